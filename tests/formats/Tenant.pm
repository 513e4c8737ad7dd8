# The tenant as Graph answers, and as CSV of the modules.
package Tenant;
use strict;
use warnings;
use utf8;
use Encode qw(encode);
use JSON::XS;

my $json = JSON::XS->new->utf8->canonical;
my $graph = 'https://graph.microsoft.com/v1.0/$metadata#';
my %context = (users => 'users', groups => 'groups', contacts => 'contacts',
	domains => 'domains', organization => 'organization',
	deleted => 'microsoft.graph.user/deletedItems');

sub rows_of {
	my ($name, @without) = @_;
	@without = () if $name ne 'users';
	return map { my %r = %$_; delete @r{@without}; \%r }
		@{$Org::tenant{$name}};
}

sub page {
	my ($name, @rows) = @_;
	my %names = map { map { $_ => 1 } keys %$_ } @rows;
	return { '@odata.context' => "$graph$context{$name}(" .
		join(',', sort keys %names) . ')', value => \@rows };
}

# Users come in two pages.
sub pages {
	my (@without) = @_;
	my @files;
	for my $name (sort keys %context) {
		my @rows = rows_of($name, @without);
		my @first = $name eq 'users' ? splice @rows, 0, 10 : ();
		push @files, "$name-1.json" => $json->encode({
			%{page($name, @first)}, '@odata.nextLink' =>
			"https://graph.microsoft.com/v1.0/users?\$skiptoken=x"
			}) if @first;
		push @files, "$name.json" => $json->encode(page($name, @rows));
	}
	return @files;
}

# All answers of a script, one after the other.
sub stream {
	my %files = pages();
	return ('tenant.json' => join "\n", map { $files{$_} }
		sort keys %files);
}

sub lines {
	return map { my $name = $_; ("$name.json" => join '', map {
		$json->encode($_) . "\n" } rows_of($name)) }
		sort keys %context;
}

sub arrays {
	return map { ("$_.json" => $json->encode([rows_of($_)])) }
		sort keys %context;
}

sub batch {
	my $n = 0;
	return ('batch.json' => $json->encode({ responses => [map { {
		id => ++$n . '', status => 200, headers => { 'Content-Type' =>
		'application/json' }, body => page($_, rows_of($_)) } }
		sort keys %context] }));
}

# ---- CSV of users, with lists that the author joined ----

# Modules: what they call a property, and which they have; the rest is told
# as Graph tells it.
our %modules = (
	mguser => { map { $_ => ucfirst $_ } grep { $_ ne 'assignedPlans' &&
		$_ ne 'createdDateTime' } @Org::user_properties },
	azuread => { id => 'ObjectId', userPrincipalName => 'UserPrincipalName',
		displayName => 'DisplayName', mail => 'Mail',
		mailNickname => 'MailNickName',
		proxyAddresses => 'ProxyAddresses',
		accountEnabled => 'AccountEnabled', userType => 'UserType',
		onPremisesImmutableId => 'ImmutableId',
		onPremisesSyncEnabled => 'DirSyncEnabled',
		onPremisesLastSyncDateTime => 'LastDirSyncTime',
		onPremisesSecurityIdentifier => 'OnPremisesSecurityIdentifier',
		givenName => 'GivenName', surname => 'Surname' },
	msol => { id => 'ObjectId', userPrincipalName => 'UserPrincipalName',
		displayName => 'DisplayName',
		proxyAddresses => 'ProxyAddresses',
		accountEnabled => 'BlockCredential', userType => 'UserType',
		onPremisesImmutableId => 'ImmutableId',
		onPremisesLastSyncDateTime => 'LastDirSyncTime',
		givenName => 'FirstName', surname => 'LastName' },
);

$modules{'azuread-json'} = { %{$modules{azuread}},
	assignedPlans => 'AssignedPlans' };

# Which properties CSV of a module lacks; an account with a time is in sync.
sub lacks {
	my ($module) = @_;
	return grep { !$modules{$module}{$_} &&
		$_ ne 'onPremisesSyncEnabled' } @Org::user_properties;
}

sub cell {
	my ($column, $v) = @_;
	return !defined $v ? 'False' : $$v ? 'False' : 'True'
		if $column eq 'BlockCredential';
	return '' if !defined $v;
	return '2/15/2016 5:43:12 AM' if $column eq 'LastDirSyncTime';
	return join ';', @$v if ref $v eq 'ARRAY';
	return $$v ? 'True' : 'False' if ref $v;
	return $v;
}

sub user_csv {
	my ($module) = @_;
	my %is = %{$modules{$module}};
	my @names = sort { $is{$a} cmp $is{$b} } keys %is;
	my $row = sub { join(',', map { '"' . s/"/""/gr . '"' } @_) . "\r\n" };
	my $out = $row->(map { $is{$_} } @names);
	for my $u (@{$Org::tenant{users}}) {
		$out .= $row->(map { cell($is{$_}, $u->{$_}) } @names);
	}
	my %rest = pages();
	delete @rest{'users-1.json', 'users.json'};
	return ('users.csv' => encode('UTF-8', $out), %rest);
}

1;
