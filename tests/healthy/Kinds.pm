# What an organisation keeps in Active Directory, kind by kind, as Exchange and
# administrators write it: domain.md g.1 has the recipient types, h.1 what
# names may be made of. Nothing here knows what the tenant makes of it, but for
# LICENSED, which is the tenant's to give.
package Kinds;
use strict;
use warnings;
use utf8;
use Exporter qw(import);
use Names qw(person unique among chance);

our @EXPORT_OK = qw(%make);

# Kind, type, display type and remote type of what is no person's mailbox.
my %resources = (
	room => [[8589934592, -2147481850, 33], [8589934592, -2147481850, 36],
		[16, 7]],
	equipment => [[17179869184, -2147481594, 65],
		[17179869184, -2147481594, 68], [32, 8]],
	shared => [[34359738368, -2147483642, 97],
		[34359738368, -2147483642, 100], [4, 0]]);

sub legacy_dn {
	my ($w, $name) = @_;
	return '/o=First Organization/ou=Exchange Administrative Group'
		. " (FYDIBOHF23SPDLT)/cn=Recipients/cn=$name";
}

sub hex32 { return join '', map { sprintf '%04x', rand 65536 } 1 .. 8; }

# A person without anything of Exchange.
sub employee {
	my ($w, $ou) = @_;
	my $p = person();
	my $domain = among(@{$w->{mailDomains}});
	my $o = { class => 'user', forest => $w->{home}, %$p,
		ou => $ou // among(@{$w->{staff}}), uac => among(512, 512, 66048),
		upn => chance(70) ? "$p->{local}\@$domain"
		: unique($p->{sam}) . "\@$w->{mailDomains}[0]",
		password => 1 };
	$o->{address} = (chance(30) ? $p->{local} =~ s/(^|[.-])(\w)/$1\u$2/gr
		: $p->{local}) . "\@$domain";
	$o->{alias} = chance(50) ? $p->{local} : unique("a$p->{sam}");
	return $o;
}

# mail and proxyAddresses, as an e-mail address policy writes them.
sub addresses {
	my ($w, $o) = @_;
	$o->{mail} = $o->{address};
	my @all = ("SMTP:$o->{address}");
	push @all, "smtp:$o->{alias}\@$w->{routing}" if !$w->{noRouting};
	push @all, 'smtp:' . unique('old.' . $o->{local}) . '@'
		. among(@{$w->{mailDomains}}) if chance(25);
	push @all, "smtp:$o->{upn}" if chance(20)
		&& lc $o->{upn} ne lc $o->{address};
	push @all, 'x500:/o=ExchangeLabs/ou=Exchange Administrative Group'
		. ' (FYDIBOHF23SPDLT)/cn=Recipients/cn=' . hex32()
		. "-$o->{sam}" if $w->{writeback} && chance(40);
	push @all, "X500:/o=Old Org/ou=Site/cn=Recipients/cn=$o->{sam}"
		if chance(5);
	push @all, "sip:$o->{upn}" if chance($w->{skype});
	push @all, "X400:C=DE;A= ;P=First Organ;O=Exchange;S=$o->{sam};"
		if chance($w->{x400});
	$o->{proxies} = \@all;
	return $o;
}

sub exchange {
	my ($w, $o, $type, $display, $remote) = @_;
	addresses($w, $o);
	@$o{qw(nick type display remote)} = ($o->{alias}, $type, $display,
		$remote);
	$o->{legacy} = legacy_dn($w, $o->{sam});
	$o->{target} = "SMTP:$o->{alias}\@$w->{routing}" if defined $remote;
	$o->{database} = 1 if !defined $remote;
	return $o;
}

sub remote_mailbox {
	my ($w) = @_;
	my $o = employee($w);
	$o->{licensed} = 1;
	return exchange($w, $o, 2147483648, -2147483642, among(1, 1, 3, 4, 6));
}

sub local_mailbox {
	my ($w) = @_;
	my $o = employee($w);
	$o->{licensed} = chance(50);
	return exchange($w, $o, 1, 1073741824);
}

# Made without Exchange: a licence alone gave the mailbox.
sub cloud_mailbox {
	my ($w) = @_;
	my $o = employee($w);
	$o->{licensed} = 1;
	$o->{mail} = $o->{address};
	return $o if chance(30);
	addresses($w, $o);
	@{$o->{proxies}} = grep { !/\@\Q$w->{routing}\E$/ } @{$o->{proxies}};
	$o->{nick} = $o->{alias} if chance(50);
	return $o;
}

sub worker {
	my ($w) = @_;
	my $o = employee($w);
	$o->{mail} = $o->{address} if chance(30);
	return $o;
}

sub resource {
	my ($w, $kind) = @_;
	my ($type, $display, $remote) = @{among(@{$resources{$kind}})};
	my $local = unique($kind . '-' . among(qw(berlin oslo lyon kyoto)));
	my $o = { class => 'user', forest => $w->{home}, ou => $w->{mailOu},
		uac => 514, local => $local, sam => $local, alias => $local,
		name => ucfirst $local, cn => ucfirst $local };
	$o->{upn} = $o->{address} = "$local\@$w->{mailDomains}[0]";
	return exchange($w, $o, $type, $display, $remote);
}

# A recipient of another organization, with an account here.
sub mail_user {
	my ($w) = @_;
	my $o = employee($w, $w->{partners});
	$o->{address} = "$o->{local}\@" . among(@{$w->{foreign}});
	@$o{qw(mail nick type display)} = ($o->{address}, $o->{alias}, 128, 6);
	$o->{target} = "SMTP:$o->{address}";
	$o->{proxies} = ["SMTP:$o->{address}"];
	push @{$o->{proxies}}, 'smtp:' . unique("ext.$o->{local}")
		. "\@$w->{mailDomains}[0]" if chance(40);
	$o->{legacy} = legacy_dn($w, $o->{sam});
	return $o;
}

sub contact {
	my ($w) = @_;
	my $p = person();
	my $address = "$p->{local}\@" . among(@{$w->{foreign}});
	my $o = { class => 'contact', forest => $w->{home}, %$p,
		ou => $w->{partners}, mail => $address };
	delete $o->{sam};
	return $o if chance(10);
	@$o{qw(nick type display)} = (unique("c.$p->{local}"), 64, 6);
	$o->{proxies} = ["SMTP:$address"];
	$o->{target} = "SMTP:$address";
	return $o;
}

# groupType: 2 global, 8 universal, 4 domain local, 0x80000000 security.
sub security_group {
	my ($w, $ou) = @_;
	my $name = unique(among(qw(GG UG DL)) . '-'
		. among('Finance', 'Verkauf', 'R&D', 'Büro', 'IT'));
	my %type = (GG => -2147483646, UG => -2147483640, DL => -2147483644);
	return { class => 'group', forest => $w->{home}, cn => $name,
		sam => $name, name => $name, ou => $ou // $w->{groups},
		groupType => $type{substr $name, 0, 2}, security => 1 };
}

sub mail_group {
	my ($w) = @_;
	my $security = chance(30);
	my $local = unique('team-' . among(qw(nord sued ost west hq)));
	my $o = { class => 'group', forest => $w->{home}, cn => "Team $local",
		name => "Team $local", sam => $local, local => $local,
		ou => $w->{groups}, alias => $local, upn => '',
		address => "$local\@" . among(@{$w->{mailDomains}}) };
	addresses({ %$w, skype => 0 }, $o);
	@{$o->{proxies}} = grep { $_ ne 'smtp:' } @{$o->{proxies}};
	delete $o->{upn};
	@$o{qw(nick groupType type display security)} = ($local, $security
		? (-2147483640, 1024, 1073741833, 1) : (8, 256, 1, 0));
	return $o;
}

sub service_account {
	my ($w) = @_;
	my $name = unique('svc-' . among(qw(sql backup scan web)));
	return { class => 'user', forest => $w->{home}, cn => $name,
		sam => $name, name => $name, local => $name, uac => 66048,
		upn => "$name\@$w->{mailDomains}[0]", ou => $w->{service},
		password => 1 };
}

sub administrator {
	my ($w) = @_;
	my $p = person();
	return { class => 'user', forest => $w->{home}, %$p, sam =>
		unique(substr "adm-$p->{sam}", 0, 18), uac => 512, upn =>
		"adm-$p->{local}\@$w->{mailDomains}[0]",
		ou => $w->{admins}, role => chance(30), password => 1 };
}

# Gone: disabled, out of scope, and for long no account in the tenant.
sub leaver {
	my ($w) = @_;
	my $o = employee($w, $w->{leavers});
	$o->{uac} = 514;
	exchange($w, $o, 2147483648, -2147483642, 4) if chance(50);
	return { %$o, gone => chance(10) ? 'deleted' : 'purged' };
}

# The person in the account forest, and the mailbox in the resource forest.
sub linked {
	my ($w) = @_;
	my $person = employee($w);
	my $box = { %$person, forest => $w->{resource}, uac => 514,
		ou => 'OU=Linked', sam => unique("l$person->{sam}"),
		password => 0, linked => 1, master => $person };
	if (chance($w->{moved})) {
		exchange($w, $box, 2147483648, -2147483642, 4);
	} else {
		exchange($w, $box, 2, 1073741824);
	}
	$person->{mail} = $person->{address} if chance(50);
	$person->{licensed} = $w->{moved} || chance(50);
	$box->{upn} = "$box->{sam}\@$w->{resource}{dns}";
	$person->{box} = $box;
	return ($person, $box);
}

our %make = (remote => \&remote_mailbox, local => \&local_mailbox,
	cloud => \&cloud_mailbox, worker => \&worker, linked => \&linked,
	mailuser => \&mail_user, contact => \&contact,
	room => sub { resource($_[0], 'room') },
	equipment => sub { resource($_[0], 'equipment') },
	shared => sub { resource($_[0], 'shared') },
	security => \&security_group, mailgroup => \&mail_group,
	service => \&service_account, admin => \&administrator,
	leaver => \&leaver);

1;
