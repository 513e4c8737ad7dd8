# The policies under which the world is judged. CONTRACT is the contract on
# several forests, domains and tenants.
package Policies;
use strict;
use warnings;
use Exporter qw(import);

our @EXPORT_OK = qw(policies);

my %domains = ('contoso.com' => [qw(contoso.com emea.contoso.com)],
	'fabrikam.local' => [qw(fabrikam.local tailspin.net)],
	'woodgrove.local' => [qw(woodgrove.local res.woodgrove.local)]);
my %connect = (engine => 'connect', version => '2.6.92.0');

sub dn { return join ',', map { "DC=$_" } split /\./, $_[0]; }

# Members from other forests stay where their container is in scope: not in
# fabrikam.local.
sub scope {
	my ($forest, @named) = @_;
	my @include = map { 'OU=Staff,' . dn($_), 'OU=Groups,' . dn($_),
		'OU=GAL,' . dn($_), 'OU=Mail,' . dn($_), $forest eq
		'fabrikam.local' ? () : 'CN=ForeignSecurityPrincipals,'
		. dn($_) } @named;
	return { include => \@include, exclude => [map { 'OU=Left,OU=Staff,'
		. dn($_) } @named] };
}

sub all_forests {
	my ($entry) = @_;
	return { map { $_ => $entry->($_) } keys %domains };
}

# All under one server of Connect.
sub connect_policy {
	my ($join) = @_;
	return policy({ anchor => 'ms-DS-ConsistencyGuid',
		defined $join ? (join => $join) : () }, sub { return {
		domains => $domains{$_[0]}, scope => scope($_[0],
		@{$domains{$_[0]}}), sync => { %connect } } });
}

sub policy {
	my ($sync, $entry) = @_;
	return { licensing => { exchangeOnline => 'all' }, sync => $sync,
		$entry ? (forests => all_forests($entry)) : () };
}

# CONTRACT: the anchor of Cloud Sync cannot be chosen, and it joins nothing.
sub cloud_policy {
	return policy({ engine => 'cloud-sync' }, sub { return {
		domains => $domains{$_[0]}, scope => scope($_[0],
		@{$domains{$_[0]}}) } });
}

# The newest forest under Cloud Sync beside a server of Connect.
sub mixed_policy {
	my $server = { %connect, anchor => 'ms-DS-ConsistencyGuid',
		join => 'mail' };
	return policy({}, sub {
		my ($forest) = @_;
		return { domains => $domains{$forest},
			scope => scope($forest, @{$domains{$forest}}),
			sync => $forest eq 'woodgrove.local'
			? { engine => 'cloud-sync' } : { %$server } };
	});
}

# A domain of a forest that its scope does not name.
sub unnamed_policy {
	my $policy = connect_policy('once');
	$policy->{forests}{'woodgrove.local'}{scope} =
		scope('woodgrove.local', 'woodgrove.local');
	return $policy;
}

# What holds for every forest without an entry of its own.
sub flat_policy {
	my $policy = policy({ %connect, anchor => 'ms-DS-ConsistencyGuid' });
	for my $forest (sort keys %domains) {
		my $scope = scope($forest, @{$domains{$forest}});
		push @{$policy->{scope}{$_}}, @{$scope->{$_}}
			for keys %$scope;
	}
	return $policy;
}

# CONTRACT: what the objects themselves say of their forest comes first.
sub policy_without_domains {
	my $policy = connect_policy();
	delete $_->{domains} for values %{$policy->{forests}};
	return $policy;
}

sub policies {
	return (mail => connect_policy('mail'), sid => connect_policy('sid'),
		once => connect_policy('once'), silent => connect_policy(),
		cloud => cloud_policy(), mixed => mixed_policy(),
		unnamed => unnamed_policy(), flat => flat_policy(),
		without_domains => policy_without_domains());
}

1;
