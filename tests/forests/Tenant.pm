# The tenant of the world: what Graph tells of accounts, as PROXY (KB3190357)
# says they come to be. Everybody has a mailbox in Exchange Online.
package Tenant;
use strict;
use warnings;
use Digest::MD5 qw(md5_hex);
use Exporter qw(import);
use JSON::XS;
use MIME::Base64 qw(encode_base64);

our @EXPORT_OK = qw(account deleted_account cloud_only orphan group);

my $plan = { service => 'exchange', capabilityStatus => 'Enabled',
	servicePlanId => 'efb87545-963c-4e0d-99df-69c6916d9eb0',
	assignedDateTime => '2022-01-01T00:00:00Z' };
my $last = '2026-11-19T23:00:00Z';

sub id {
	my ($w, $what) = @_;
	return md5_hex("$w->{seed} tenant $what")
		=~ s/^(.{8})(.{4})(.{4})(.{4})/$1-$2-$3-$4-/r;
}

sub anchor { return encode_base64($_[0], ''); }

sub truth { return $_[0] ? JSON::XS::true : JSON::XS::false; }

# What every user shows, whoever masters it.
sub common {
	my ($w, $o, $upn, $nick, $primary) = @_;
	my %once = map { lc $_ => 1 } $primary;
	return { id => id($w, $o->{i}), userPrincipalName => $upn,
		displayName => $o->{cn}, userType => 'Member',
		createdDateTime => '2022-01-01T00:00:00Z', mail => $primary,
		mailNickname => $nick, assignedPlans => [$plan],
		accountEnabled => truth(!(($o->{uac} // 512) & 2)),
		proxyAddresses => ["SMTP:$primary", map { $once{lc $_}++ ? ()
			: "smtp:$_" } "$nick\@$w->{initial}", $upn] };
}

# PROXY: the alias of AD, else the prefix of the primary address.
sub synced {
	my ($w, $o, $box) = @_;
	my $from = $box // $o;
	my ($primary) = map { /^SMTP:(.*)/ ? $1 : () } @{$from->{proxies}};
	$primary //= $from->{mail} // $o->{upn};
	my $nick = $from->{nick} // ($primary =~ /^([^\@]*)/)[0];
	my $t = common($w, $o, $o->{upn}, $nick, $primary);
	push @{$t->{proxyAddresses}}, grep { /^smtp:/ } @{$from->{proxies}};
	$t->{onPremisesImmutableId} = anchor($o->{consistency} // $o->{guid});
	$t->{onPremisesUserPrincipalName} = $o->{upn};
	return { %$t, from_ad($o) };
}

sub from_ad {
	my ($o) = @_;
	return (onPremisesSyncEnabled => truth(1), onPremisesSamAccountName =>
		$o->{sam}, onPremisesLastSyncDateTime => $last,
		onPremisesDistinguishedName => $o->{dn},
		onPremisesDomainName => $o->{domain}{dns},
		onPremisesSecurityIdentifier => $o->{sid},
		onPremisesProvisioningErrors => []);
}

# The account that synchronization made of the object; a linked mailbox gives
# its names.
sub account {
	my ($w, $o, %more) = @_;
	push @{$w->{tenant}{contacts}}, org_contact($w, $o)
		if $o->{class} eq 'contact';
	push @{$w->{tenant}{users}}, synced($w, $o, $more{mailbox})
		if $o->{class} eq 'user';
}

sub orphan { account(@_); }

sub org_contact {
	my ($w, $o) = @_;
	return { id => id($w, $o->{i}), displayName => $o->{cn},
		mail => $o->{mail}, mailNickname => $o->{nick},
		proxyAddresses => [@{$o->{proxies}}],
		onPremisesSyncEnabled => truth(1),
		onPremisesLastSyncDateTime => $last,
		onPremisesProvisioningErrors => [] };
}

sub deleted_account {
	my ($w, $o) = @_;
	push @{$w->{tenant}{deleted}}, { %{synced($w, $o)},
		deletedDateTime => '2026-11-10T00:00:00Z' };
}

# Graph says null, not nothing, of what an account of the cloud does not have.
sub cloud_only {
	my ($w, $o, %is) = @_;
	my $t = common($w, $o, $is{upn}, "c$o->{i}", $is{primary});
	$t->{onPremisesImmutableId} = $is{immutable} ? anchor($is{immutable})
		: undef;
	$t->{$_} = undef for map { "onPremises$_" } qw(SyncEnabled
		LastSyncDateTime SamAccountName UserPrincipalName
		DistinguishedName DomainName SecurityIdentifier);
	push @{$w->{tenant}{users}}, { %$t, onPremisesProvisioningErrors =>
		[] };
}

sub group {
	my ($w, $o) = @_;
	my $mail = $o->{mail};
	push @{$w->{tenant}{groups}}, { id => id($w, $o->{i}),
		displayName => $o->{cn}, mail => $mail, groupTypes => [],
		mailEnabled => truth(defined $mail), proxyAddresses => [
		defined $mail ? ("SMTP:$mail", 'smtp:' . ($o->{nick}
			// $o->{sam}) . "\@$w->{initial}") : ()],
		mailNickname => $o->{nick} // $o->{sam},
		securityEnabled => truth($o->{security}),
		createdDateTime => '2022-01-01T00:00:00Z',
		onPremisesNetBiosName => uc(($o->{domain}{dns}
			=~ /^([^.]*)/)[0]), from_ad($o) };
	delete $w->{tenant}{groups}[-1]{onPremisesDistinguishedName};
}

1;
