# What was born in the tenant.
package Born;
use strict;
use warnings;
use Exporter qw(import);
use JSON::XS;
use Kinds qw(%make);
use Names qw(among chance octets person unique);
use Tenant qw(account guid_text);

our @EXPORT_OK = qw(%born cloud_admin);

my ($true, $false) = (JSON::XS::true, JSON::XS::false);

my %no_errors = (onPremisesProvisioningErrors => [],
	serviceProvisioningErrors => []);

# B.3: who is invited after a contact of the address gets no proxyAddresses.
sub guest {
	my ($w) = @_;
	my $p = person();
	my $address = "$p->{local}\@" . among(@{$w->{foreign}});
	my $twin = chance(20) && among(@{$w->{contacts}});
	$address = $twin if $twin;
	return (users => { %no_errors, id => guid_text(octets()),
		displayName => $p->{name}, mail => $address, userType => 'Guest',
		userPrincipalName => ($address =~ s/\@/_/r) .
		"#EXT#\@$w->{initial}", proxyAddresses => $twin ? []
		: ["SMTP:$address"], mailNickname =>
		($address =~ s/\@/_/r) . '#EXT#', accountEnabled => $true,
		onPremisesSyncEnabled => undef, assignedPlans => [],
		onPremisesImmutableId => undef });
}

sub team {
	my ($w) = @_;
	my $local = unique(among(qw(Projekt Vorstand Launch Retail)));
	my $address = "$local\@" . among(@{$w->{mailDomains}});
	return (groups => { %no_errors, id => guid_text(octets()),
		displayName => $local, mail => $address, mailNickname => $local, groupTypes =>
		['Unified'], mailEnabled => $true, securityEnabled => $false,
		onPremisesSyncEnabled => undef, resourceProvisioningOptions =>
		chance(60) ? ['Team'] : [], proxyAddresses =>
		["SMTP:$address", "smtp:$local\@$w->{initial}",
		'SPO:SPO_' . guid_text(octets()) . "\@SPO_$w->{tenantId}"] });
}

# Of an object that AD no longer has. B.25: its names are free for others.
sub deleted {
	my ($w, $placed) = @_;
	my ($o) = $make{remote}->($w);
	my $a = account($w, $placed->($w, $o));
	$a->{deletedDateTime} = '2026-11-10T08:00:00Z';
	@$a{qw(onPremisesSyncEnabled assignedPlans)} = ($false, []);
	my $heir = chance(30) && among(@{$w->{living}});
	@$a{qw(mail userPrincipalName proxyAddresses)} = ($heir->{mail},
		($a->{id} =~ s/-//gr) . $heir->{userPrincipalName},
		$heir->{proxyAddresses}) if $heir;
	return (deleted => $a);
}

# A.4: who is synchronized no longer may keep any of what sync wrote.
sub former {
	my ($w, $placed) = @_;
	my ($o) = $make{among(qw(remote worker))}->($w);
	my $a = account($w, $placed->($w, $o));
	$a->{onPremisesSyncEnabled} = among(undef, $false);
	for my $left (grep { /^onPremises[A-Z].*(Name|Id|Identifier)$/ }
	              sort keys %$a) {
		$a->{$left} = undef if chance(40);
	}
	return (users => $a);
}

sub cloud_admin {
	my ($w, $n) = @_;
	my $id = guid_text(octets());
	push @{$w->{holders}}, $id;
	return (users => { %no_errors, id => $id,
		displayName => "Break glass $n",
		userPrincipalName => "breakglass$n\@$w->{initial}", userType =>
		'Member', mailNickname => "breakglass$n", proxyAddresses => [],
		mail => undef, accountEnabled => $true, assignedPlans => [],
		onPremisesSyncEnabled => undef, onPremisesImmutableId =>
		undef });
}

our %born = (guest => \&guest, team => \&team, deleted => \&deleted,
	former => \&former);

1;
