#!/usr/bin/perl
# The LDIF that slapd.sh loads: slapd-users.pl USERS BASE READER-PASSWORD.
# The same arguments give the same bytes. Every thousand users share a group,
# the first 5,000 one more, and to each fifty there is a contact.
use strict;
use warnings;
use MIME::Base64 qw(encode_base64);

my ($users, $base, $password) = @ARGV;
my $units = 20;
my $accounts = "OU=Accounts,$base";
my $all = "CN=All,OU=Groups,$base";
my @departments = qw(Finance Sales IT Research Personnel);

# Ascending, as a server keeps them.
my @attids = (0x00000000, 0x00000003, 0x00000004, 0x0000000d, 0x0000002a,
	0x00020001, 0x00020002, 0x0002000d, 0x0002008d, 0x000200d2,
	0x00090001, 0x00090008, 0x0009005a, 0x00090060, 0x00090092,
	0x000900dd, 0x00150003);
my $invocation = pack 'C16', 0x10 .. 0x1f;

sub b64 {
	return encode_base64($_[0], '');
}

sub guid {
	my ($kind, $n) = @_;
	return b64(pack 'VvvC8', $n, $kind, 0x4000, 0x80, 1 .. 7);
}

sub sid {
	return b64(pack 'C8V5', 1, 5, 0, 0, 0, 0, 0, 5, 21, 11, 22, 33,
		1000 + $_[0]);
}

# Seconds since 1601 as GeneralizedTime.
sub stamp {
	my @t = gmtime($_[0] - 11644473600);
	return sprintf '%04d%02d%02d%02d%02d%02d.0Z', $t[5] + 1900, $t[4] + 1,
		@t[3, 2, 1, 0];
}

# Made at one time and changed, in the last five attributes, at another.
sub meta_data {
	my ($n, $made, $changed) = @_;
	my $meta = pack 'V4', 1, 0, scalar @attids, 0;
	my $i = 0;
	for (@attids) {
		my $late = $i++ >= @attids - 5;
		$meta .= pack 'VVQ<a16Q<Q<', $_, $late ? 2 : 1,
			$late ? $changed : $made, $invocation,
			5000 + $n, 5000 + $n;
	}
	return b64($meta);
}

sub unit_dn {
	return sprintf 'OU=Unit %02d,%s', $_[0] % $units, $accounts;
}

sub user_dn {
	return sprintf 'CN=User %07d,%s', $_[0], unit_dn($_[0]);
}

sub group_dn {
	return sprintf 'CN=Group %04d,OU=Groups,%s', $_[0], $base;
}

sub frame {
	my ($dc) = $base =~ /^DC=([^,]+)/;
	print "dn: $base\nobjectClass: domainDNS\ndc: $dc\n",
		'objectGUID:: ', guid(1, 0), "\n",
		'objectSid:: ', b64(pack 'C8V4', 1, 4, 0, 0, 0, 0, 0, 5, 21,
		11, 22, 33), "\n\n",
		"dn: CN=reader,$base\nobjectClass: user\ncn: reader\n",
		"userPassword: $password\n\n";
	for ('Configuration', 'Schema,CN=Configuration',
		'Partitions,CN=Configuration') {
		my ($cn) = /^([^,]+)/;
		print "dn: CN=$_,$base\nobjectClass: container\ncn: $cn\n\n";
	}
	my @all = ($accounts, (map { unit_dn($_) } 0 .. $units - 1),
		"OU=Groups,$base", "OU=Contacts,$base");
	for my $n (0 .. $#all) {
		my ($ou) = $all[$n] =~ /^OU=([^,]+)/;
		print "dn: $all[$n]\nobjectClass: organizationalUnit\n",
			"ou: $ou\nname: $ou\nobjectGUID:: ", guid(2, $n),
			"\n\n";
	}
}

sub user {
	my ($n) = @_;
	my $dn = user_dn($n);
	my $made = 13_000_000_000 + $n * 300 % 400_000_000;
	my $changed = $made + 10_000_000;
	my $more = $n < 5000 ? "memberOf: $all\n" : '';
	$more .= 'manager: ' . user_dn(int $n / 10) . "\n" if $n >= 10;
	print <<"END";
dn: $dn
objectClass: top
objectClass: person
objectClass: organizationalPerson
objectClass: user
cn: ${\sprintf 'User %07d', $n}
name: ${\sprintf 'User %07d', $n}
sn: ${\sprintf '%07d', $n}
givenName: User
displayName: ${\sprintf '%07d, User', $n}
sAMAccountName: user$n
userPrincipalName: user$n\@scale.test
mail: user$n\@scale.test
mailNickname: user$n
proxyAddresses: SMTP:user$n\@scale.test
proxyAddresses: smtp:u$n\@scale.test
legacyExchangeDN: /o=Scale/ou=Recipients/cn=user$n
department: $departments[$n % 5]
company: Scale
title: Clerk
telephoneNumber: +31 20 555 $n
extensionAttribute1: cost centre ${\($n % 100)}
userAccountControl: ${\($n % 10 ? 512 : 514)}
pwdLastSet: ${changed}0000000
whenCreated: ${\stamp($made)}
whenChanged: ${\stamp($changed)}
uSNCreated: ${\(5000 + $n)}
uSNChanged: ${\(5000 + $n)}
objectCategory: person
objectGUID:: ${\guid(3, $n)}
objectSid:: ${\sid($n)}
replPropertyMetaData:: ${\meta_data($n, $made, $changed)}
memberOf: ${\group_dn(int $n / 1000)}
$more
END
}

sub group {
	my ($dn, $n, @members) = @_;
	my ($cn) = $dn =~ /^CN=([^,]+)/;
	print "dn: $dn\nobjectClass: group\ncn: $cn\nname: $cn\n",
		"sAMAccountName: $cn\ngroupType: 8\nobjectCategory: group\n",
		'objectGUID:: ', guid(4, $n), "\n",
		'objectSid:: ', sid($users + $n), "\n",
		(map { "member: $_\n" } @members), "\n";
}

sub groups {
	my $n = 0;
	for (my $at = 0; $at < $users; $at += 1000) {
		my $end = $at + 999 < $users ? $at + 999 : $users - 1;
		group(group_dn($n), ++$n, map { user_dn($_) } $at .. $end);
	}
	my $end = $users < 5000 ? $users - 1 : 4999;
	group($all, 0, map { user_dn($_) } 0 .. $end);
}

sub contact {
	my ($n) = @_;
	print "dn: CN=Partner $n,OU=Contacts,$base\nobjectClass: top\n",
		"objectClass: person\nobjectClass: contact\n",
		"cn: Partner $n\nname: Partner $n\nobjectCategory: person\n",
		"displayName: Partner $n\nmail: p$n\@partner.test\n",
		"targetAddress: SMTP:p$n\@partner.test\n",
		"proxyAddresses: SMTP:p$n\@partner.test\n",
		'objectGUID:: ', guid(5, $n), "\n\n";
}

frame();
user($_) for 0 .. $users - 1;
groups();
contact($_) for 1 .. $users / 50;
