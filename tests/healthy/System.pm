# What systems keep in Active Directory for themselves.
package System;
use strict;
use warnings;
use Exporter qw(import);
use Names qw(octets unique);

our @EXPORT_OK = qw(unsynced synced);

# What is in every forest, and never synchronized.
sub unsynced {
	my ($w, $f) = @_;
	my $box = 'CN=Monitoring Mailboxes,CN=Microsoft Exchange System Objects';
	my %disabled = (class => 'user', forest => $f, uac => 514);
	my @all = map { { %disabled, cn => $_, sam => $_, critical => 'TRUE',
		ou => 'CN=Users' } } qw(Administrator Guest krbtgt);
	$all[0]{uac} = 512;
	push @all, map { { class => 'group', forest => $f, cn => $_, sam => $_,
		critical => 'TRUE', ou => 'CN=Users', groupType => -2147483646 } }
		'Domain Admins', 'Domain Users';
	push @all, { %disabled, cn => 'MSOL_1a2b3c4d5e6f', sam =>
		'MSOL_1a2b3c4d5e6f', ou => 'CN=Users', uac => 66048 };
	for my $row (['SystemMailbox{1f05a927-1234-4e7d-9d2e-0a1b2c3d4e5f}',
		8388608, 10], ['DiscoverySearchMailbox {D919BA05-46A6-415f-80AD'
		. '-7E09334BB852}', 536870912, 10]) {
		push @all, arbitration(\%disabled, @$row);
	}
	push @all, map { health(\%disabled, $box, $_) } 1 .. 6;
	return @all, managed_account($f), holders($w, $f);
}

sub arbitration {
	my ($disabled, $name, $type, $display) = @_;
	my $nick = $name =~ s/ //r;
	my $address = ($nick =~ s/[{}]//gr) . "\@$disabled->{forest}{dns}";
	return { %$disabled, cn => $name, name => $name, ou => 'CN=Users',
		sam => 'SM_' . substr(unique('1f05a9'), 0, 12), nick => $nick,
		upn => $address, mail => $address, proxies => ["SMTP:$address"],
		type => $type, display => $display, database => 1 };
}

sub health {
	my ($disabled, $ou) = @_;
	my $name = 'HealthMailbox' . unpack 'H32', octets();
	my $address = "$name\@$disabled->{forest}{dns}";
	return { %$disabled, cn => $name, name => $name, ou => $ou, uac => 66048,
		sam => 'HealthMailbox' . substr($name, 13, 7), nick => $name,
		upn => $address, mail => $address, proxies => ["SMTP:$address"],
		type => 549755813888, display => 10, database => 1 };
}

# A group managed service account is a computer.
sub managed_account {
	my ($f) = @_;
	return { class => 'gmsa', forest => $f, cn => 'gmsa-sql', uac => 4096,
		sam => 'gmsa-sql$', ou => 'CN=Users' };
}

# Never synchronized, but there, with addresses.
sub holders {
	my ($w, $f) = @_;
	my $system = 'CN=Microsoft Exchange System Objects';
	my %same = (forest => $f, display => 3, database => 0);
	return map { my ($class, $type, $ou) = @$_; my $name =
		unique("$class-all"); +{ %same, class => $class, cn => $name,
		name => $name, nick => $name, type => $type, ou => $ou, mail =>
		"$name\@$w->{mailDomains}[0]", proxies =>
		["SMTP:$name\@$w->{mailDomains}[0]"] } }
		['dynamic', 2048, 'CN=Users'], ['folder', 4096, $system];
}

# Of the domain as a whole: Connect's own filters let these pass.
sub synced {
	my ($w) = @_;
	my $f = $w->{home};
	my %user = (class => 'user', forest => $f, uac => 514,
		ou => 'CN=Users', out => 1);
	return (map { { class => 'group', forest => $f, cn => $_, sam => $_,
		ou => 'CN=Users', groupType => -2147483644, security => 1,
		members => [], out => 1 } } 'DnsAdmins', 'DnsUpdateProxy'),
		{ %user, cn => 'krbtgt_AzureAD', sam => 'krbtgt_AzureAD',
		upn => "krbtgt_AzureAD\@$w->{mailDomains}[0]" },
		{ %user, cn => 'Exchange Online-ApplicationAccount',
		name => 'Exchange Online-ApplicationAccount', upn => 'Exchange_'
		. "Online-ApplicationAccount\@$w->{mailDomains}[0]",
		sam => '$LB1000-SB1C1A7HCS4V' };
}

1;
