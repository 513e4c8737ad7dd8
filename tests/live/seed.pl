#!/usr/bin/perl
# Fills the domain of samba.sh with a company: seed.pl DIR. May run while the
# server does, and takes some 20 seconds; once only.
#
# Below OU=Accounts: 300 users and more, 40 groups, 40 contacts, 12 computers,
# three inetOrgPersons, the accounts of Entra Connect, and whatever is hard to
# read: names and DNs that need every escape, a conflict name, values that are
# binary, long or of several lines, deleted objects, history since 2014. With
# "samba.sh up --exchange" many carry Exchange's attributes too.
#
# The LDIF stays in DIR/seed.ldif. Accounts that can log on, or could if they
# were not disabled and so on, have the password of svc-audit.
use strict;
use warnings;
use utf8;
use Encode qw(encode);
use File::Basename qw(dirname);
use MIME::Base64 qw(encode_base64);

my $dir = shift or die "usage: seed.pl DIR\n";
my %env = read_env("$dir/env");
my $root = $env{AD_ROOT};
my $mail = $env{AD_MAIL_DOMAIN};
my $dns = $env{AD_DNS_DOMAIN};
my $exchange = $env{AD_EXCHANGE} ne '';
my $accounts = "OU=Accounts,$root";
my $org = '/o=First Organization/ou=Exchange Administrative Group '
	. '(FYDIBOHF23SPDLT)/cn=Recipients';
my $database = 'CN=DB01,CN=Databases,CN=Exchange Administrative Group '
	. '(FYDIBOHF23SPDLT),CN=Administrative Groups,CN=First Organization,'
	. "CN=Microsoft Exchange,CN=Services,CN=Configuration,$root";

# Path below OU=Accounts; parents first.
my @units = (
	['Staff'], ['Amsterdam', 'Staff'], ['Rotterdam', 'Staff'],
	['Sales, EMEA + APAC', 'Staff'],
	['Inside Sales', 'Sales, EMEA + APAC', 'Staff'],
	['Leavers'], ['History'], ['Odd names'], ['Service'], ['Groups'],
	['Contacts'], ['Members', 'Contacts'], ['Computers'],
);

my @staff_units = @units[1 .. 4];
my @departments = ('Finance', 'Sales', 'IT', 'R&D', 'Human Resources');
my @titles = ('Engineer', 'Manager', 'Clerk', 'Director', 'Analyst');
my @given = qw(Anna Bram Carla Daan Eva Finn Greta Hugo Iris Jan Kim Lars
	Mia Noah Olga Piet Quinn Rosa Sven Tess);
my @family = qw(Bakker Visser Smit Meijer Mulder Bos Vos Peters Hendriks
	Dekker Brouwer Dijkstra Kramer Postma Veenstra);

# Common name, given name, family name, account: each name is hard in its way.
my @odd = (
	['Jörg Müller', 'Jörg', 'Müller', 'jmuller'],
	['Zoë Ångström', 'Zoë', 'Ångström', 'zangstrom'],
	['Łukasz Żółć', 'Łukasz', 'Żółć', 'lzolc'],
	['山田 太郎', '太郎', '山田', 'tyamada'],
	['Αλέξης Παπάς', 'Αλέξης', 'Παπάς', 'apapas'],
	["Re\x{301}mi E\x{301}te\x{301}", "Re\x{301}mi", 'decomposed', 'rete'],
	['Smile 😀', 'Smile', '😀', 'smile'],
	['#hash first', 'Hash', 'First', 'hashfirst'],
	[' blank first', 'Blank', 'First', 'blankfirst'],
	['blank last ', 'Blank', 'Last', 'blanklast'],
	['Comma, Carl', 'Carl', 'Comma', 'ccomma'],
	['Plus + Paul', 'Paul', 'Plus', 'pplus'],
	['Quote "Q" Quentin', 'Quentin', 'Quote', 'qquote'],
	['Back\\slash Bob', 'Bob', 'Backslash', 'bbackslash'],
	['Less < Lea', 'Lea', 'Less', 'lless'],
	['Greater > Gus', 'Gus', 'Greater', 'ggreater'],
	['Semi ; Sam', 'Sam', 'Semicolon', 'ssemicolon'],
	['Equals = Eve', 'Eve', 'Equals', 'eequals'],
	['Slash / Sue', 'Sue', 'Slash', 'sslash'],
	['Star (*) Stan', 'Stan', 'Star', 'sstar'],
	["O'Neil", 'Shaun', "O'Neil", "soneil"],
);

my @history = map { ["History $_", 'History', $_, lc "history.$_"] }
	qw(One Two Three Four Five);

my $hundred_kb = join '', map { chr($_ * 7 % 256) } 1 .. 100_000;
my $far = 133_900_000_000_000_000;

my %group_types = (
	global => -2147483646, local => -2147483644, universal => -2147483640,
	'distribution global' => 2, 'distribution local' => 4,
	'distribution universal' => 8,
);

sub read_env {
	my ($file) = @_;
	open my $in, '<', $file or die "seed.pl: $file: $!\n";
	return map { /^(\w+)='(.*)'$/ ? ($1, $2) : () } <$in>;
}

# A value of an RDN as RFC 4514 wants it.
sub escaped {
	my ($value) = @_;
	$value =~ s/([,+"\\<>;=])/\\$1/g;
	$value =~ s/^([# ])/\\$1/;
	$value =~ s/ \z/\\ /;
	return $value;
}

sub unit {
	return join ',', (map { 'OU=' . escaped($_) } @_), $accounts;
}

sub dn {
	my ($name, @path) = @_;
	return 'CN=' . escaped($name) . ',' . unit(@path);
}

sub octets {
	my ($value) = @_;
	return utf8::is_utf8($value) ? encode('UTF-8', $value) : $value;
}

sub line {
	my ($name, $value) = @_;
	my $bytes = octets($value);
	return "$name: $bytes\n"
		if $bytes =~ /^[!-9;=-~](?:[ -~]*[!-~])?\z/;
	return "${name}:: " . encode_base64($bytes, '') . "\n";
}

# record DN, NAME => VALUE or [VALUE...], ...: no value, no attribute.
sub record {
	my ($dn, @pairs) = @_;
	print line('dn', $dn);
	while (my ($name, $values) = splice @pairs, 0, 2) {
		print line($name, $_)
			for grep { defined && length }
			ref $values ? @$values : $values;
	}
	print "\n";
}

sub change {
	my ($dn, $verb, $name, @values) = @_;
	print line('dn', $dn), "changetype: modify\n$verb: $name\n";
	print line($name, $_) for @values;
	print "-\n\n";
}

sub at {
	print "#\@time $_[0]\n";
}

sub step {
	print "#\@step\n";
}

# pwdLastSet is the server's own unless its part for passwords is passed by.
my $raw = "#\@ --controls=local_oid:1.3.6.1.4.1.7165.4.3.20:0\n";
my $relax = "#\@ --relax\n";

sub password {
	open my $in, '<', $env{AD_AUDIT_PW_FILE} or die "seed.pl: $!\n";
	return encode('UTF-16LE', '"' . <$in> . '"');
}

sub names {
	my ($given, $family, $account) = @_;
	return (sAMAccountName => $account, givenName => $given,
		sn => $family, displayName => "$family, $given",
		userPrincipalName => "$account\@$mail");
}

sub addresses {
	my ($account, $n) = @_;
	my @more = ("smtp:$account\@$env{AD_MAIL_DOMAIN}.example",
		"X500:$org/cn=$account", "SIP:$account\@$mail",
		"smtp:$account.old\@$mail");
	return (mail => "$account\@$mail",
		proxyAddresses => ["SMTP:$account\@$mail",
			@more[0 .. $n % 5 - 1]]);
}

sub guid_octets {
	my ($n) = @_;
	return pack 'VvvC8', $n, 0x5347, 0x4abc, 0x80, 1 .. 7;
}

my @mailbox_kinds = (
	[1, 1073741824, undef], [2147483648, -2147483642, 4],
	[4, 0, undef], [128, 6, undef], [16, 7, undef],
);

# Mailbox, remote mailbox, shared mailbox, mail user, room.
sub mailbox {
	my ($account, $n) = @_;
	return () unless $exchange;
	my ($details, $display, $remote) = @{$mailbox_kinds[$n % 5]};
	return (mailNickname => $account,
		legacyExchangeDN => "$org/cn=$account",
		msExchRecipientTypeDetails => $details,
		msExchRecipientDisplayType => $display,
		msExchRemoteRecipientType => $remote,
		msExchMailboxGuid => guid_octets($n),
		msExchHideFromAddressLists => $n % 10 ? undef : 'TRUE',
		extensionAttribute1 => "cost centre $n",
		homeMDB => $n % 5 ? undef : $database,
		targetAddress => $remote || $details == 128
			? "SMTP:$account\@$mail.example" : undef);
}

sub units {
	record $accounts, objectClass => 'organizationalUnit',
		description => 'all that synchronizes';
	record unit(@$_), objectClass => 'organizationalUnit' for @units;
	change "CN=Partitions,CN=Configuration,$root", 'add', 'uPNSuffixes',
		$mail, 'exchangelabs-old.nl';
}

sub history_begins {
	my $n = 0;
	record dn($_->[0], 'History'), objectClass => 'user',
		names(@$_[1 .. 3]), userAccountControl => 512,
		addresses($_->[3], $n++) for @history;
	record dn("Deleted $_", 'Leavers'), objectClass => 'user',
		names('Deleted', $_, lc "deleted.$_"),
		userAccountControl => 512, addresses(lc "deleted.$_", 1)
		for qw(One Two);
	record dn('Deleted group', 'Groups'), objectClass => 'group',
		sAMAccountName => 'Deleted group', groupType => 8,
		member => dn('Deleted One', 'Leavers');
}

sub history_goes_on {
	my @dns = map { dn($_->[0], 'History') } @history;
	my @steps = (
		['2015-01-10 09:00:00', 'unicodePwd', password()],
		['2015-06-01 12:00:00', 'userAccountControl', 514],
		['2015-09-01 12:00:00', 'userAccountControl', 512],
	);
	for my $step (@steps) {
		my ($time, $name, $value) = @$step;
		at $time;
		change $_, 'replace', $name, $value for @dns;
	}
	at '2016-03-01 08:00:00';
	print line('dn', $_), "changetype: delete\n\n"
		for dn('Deleted One', 'Leavers'),
		dn('Deleted group', 'Groups');
	at '2018-07-01 10:00:00';
	print line('dn', $dns[4]), "changetype: modrdn\n",
		"newrdn: CN=History Moved\ndeleteoldrdn: 1\n",
		line('newsuperior', unit('Leavers')), "\n";
}

# Each tenth is disabled, each fifteenth has an end, some years ago for some.
sub staff {
	my @dns;
	for my $n (0 .. 299) {
		my $given = $given[$n % @given];
		my $family = $family[int($n / @given) % @family];
		my $account = lc "$given.$family";
		my @path = @{$staff_units[$n % @staff_units]};
		push @dns, dn("$given $family", @path);
		record $dns[-1], objectClass => 'user',
			names($given, $family, $account),
			addresses($account, $n),
			userAccountControl => $n % 10 == 3 ? 514 : 512,
			accountExpires => $n % 30 == 5 ? 130_000_000_000_000_000
				: $n % 15 == 5 ? $far : undef,
			pwdLastSet => $n % 20 == 7 ? undef
				: 131_000_000_000_000_000 + $n * 864e9,
			lastLogonTimestamp => $n % 4 == 1 ? undef
				: 132_000_000_000_000_000 + $n * 864e9,
			department => $departments[$n % 5],
			title => $titles[$n % 7 % 5],
			company => 'Exchange Labs', employeeID => 10_000 + $n,
			telephoneNumber => sprintf('+31 20 555 %04d', $n),
			l => $path[0], c => 'NL', co => 'Netherlands',
			countryCode => 528,
			manager => $n < 10 ? undef : $dns[$n % 10],
			mailbox($account, $n);
	}
	return @dns;
}

sub odd_users {
	my $n = 0;
	record dn($_->[0], 'Odd names'), objectClass => 'user',
		names(@$_[1 .. 3]), userAccountControl => 512,
		addresses($_->[3], $n++), mailbox($_->[3], $n) for @odd;
	record dn("Inet Person $_", 'Odd names'),
		objectClass => 'inetOrgPerson',
		names('Inet', "Person $_", "inet$_"),
		userAccountControl => 512, addresses("inet$_", 1) for 1 .. 3;
	record dn('Several lines', 'Odd names'), objectClass => 'user',
		names('Several', 'Lines', 'lines'), userAccountControl => 512,
		info => "first line\r\nsecond line\r\n",
		description => "one\r\ntwo";
	record dn('Picture', 'Odd names'), objectClass => 'user',
		names('Big', 'Picture', 'picture'), userAccountControl => 512,
		thumbnailPhoto => $hundred_kb, jpegPhoto => "\xff\xd8\0\r\n";
	record dn('Bare', 'Odd names'), objectClass => 'user',
		sAMAccountName => 'bare', userAccountControl => 512;
	record dn('Old domain', 'Odd names'), objectClass => 'user',
		names('Old', 'Domain', 'olddomain'), userAccountControl => 512,
		sIDHistory => 'S-1-5-21-11-22-33-1234',
		adminCount => 1;
}

# One reason each for which a simple bind is refused, and two that log on.
sub logons {
	my %uac = ('logon.disabled' => 514, 'logon.neverexpires' => 66048);
	for my $name (qw(ok disabled expired mustchange neverexpires)) {
		my $account = "logon.$name";
		record dn($account, 'Service'), objectClass => 'user',
			sAMAccountName => $account,
			userPrincipalName => "$account\@$dns",
			userAccountControl => $uac{$account} // 512,
			unicodePwd => password(),
			accountExpires => $name eq 'expired'
				? 130_000_000_000_000_000 : undef,
			pwdLastSet => $name eq 'mustchange' ? 0 : undef;
	}
}

sub entra_connect {
	my $made = 'with installation identifier '
		. '0123456789abcdef0123456789abcdef running on computer '
		. 'SYNC01 configured to synchronize to tenant '
		. 'exchangelabsnl.onmicrosoft.com.';
	record "CN=MSOL_0123456789ab,CN=Users,$root", objectClass => 'user',
		sAMAccountName => 'MSOL_0123456789ab',
		displayName => 'MSOL_0123456789ab',
		userAccountControl => 66048,
		description => 'Account created by Microsoft Azure Active '
			. "Directory Connect $made This account must have "
			. 'directory replication permissions in the local '
			. 'Active Directory and write permission on certain '
			. 'attributes to enable Hybrid Deployment.';
	record "CN=AAD_0123456789ab,CN=Users,$root", objectClass => 'user',
		sAMAccountName => 'AAD_0123456789ab',
		displayName => 'AAD_0123456789ab',
		userAccountControl => 66048,
		description => 'Service account for the Synchronization '
			. "Service $made";
}

sub computers {
	for my $n (1 .. 11) {
		my $name = sprintf 'PC%02d', $n;
		record dn($name, 'Computers'), objectClass => 'computer',
			sAMAccountName => "$name\$", userAccountControl => 4096,
			dNSHostName => lc "$name.$dns",
			operatingSystem => 'Windows 10 Enterprise',
			operatingSystemVersion => '10.0 (19045)',
			servicePrincipalName =>
				["HOST/$name", lc "HOST/$name.$dns"],
			userCertificate => $n > 4 ? undef :
				[map { pack 'C*', 0x30, 3, 2, 1, $_ } 1 .. $n];
	}
	record dn('AZUREADSSOACC', 'Computers'), objectClass => 'computer',
		sAMAccountName => 'AZUREADSSOACC$', userAccountControl => 4096,
		servicePrincipalName =>
			['HOST/autologon.microsoftazuread-sso.com',
			'HOST/aadg.windows.net.nsatc.net'];
}

sub contacts {
	my @dns;
	for my $n (1 .. 40) {
		my $account = "partner$n";
		push @dns, dn("Partner $n", 'Contacts');
		record $dns[-1], objectClass => 'contact',
			displayName => "Partner $n", givenName => 'Partner',
			sn => $n, company => 'Fabrikam',
			mail => "$account\@fabrikam.example",
			proxyAddresses => "SMTP:$account\@fabrikam.example",
			$exchange ? (mailNickname => $account,
				targetAddress =>
					"SMTP:$account\@fabrikam.example",
				msExchRecipientTypeDetails => 64,
				msExchRecipientDisplayType => 6) : ();
	}
	return @dns;
}

# So many that a group of them comes in three ranges; 500 to a transaction.
sub members {
	my @dns;
	for my $n (1 .. 3100) {
		step() if $n % 500 == 1;
		push @dns, dn(sprintf('Member %04d', $n), 'Members',
			'Contacts');
		record $dns[-1], objectClass => 'contact';
	}
	return @dns;
}

sub group {
	my ($name, $kind, $members, $account) = @_;
	my $details = $group_types{$kind} < 0 ? 1024 : 256;
	record dn($name, 'Groups'), objectClass => 'group',
		sAMAccountName => $name, groupType => $group_types{$kind},
		displayName => $name, member => $members,
		$account ? (addresses($account, 1)) : (),
		$account && $exchange ? (mailNickname => $account,
			msExchRecipientTypeDetails => $details) : ();
}

sub groups {
	my ($staff, $contacts, $members) = @_;
	my $inner = dn('Nested inner', 'Groups');
	my @kinds = sort keys %group_types;
	step();
	group 'Members of all ranges', 'universal', $members;
	group 'All staff', 'distribution universal', $staff, 'all';
	group 'Partners', 'distribution universal', $contacts, 'partners';
	group 'Nested inner', 'global', [@$staff[0 .. 4]];
	group 'Nested outer', 'universal', [$inner, $staff->[5]], 'nested';
	group 'Empty', 'global', [];
	group 'Computers', 'global', [dn('PC01', 'Computers')];
	group 'Odd names', 'universal',
		[map { dn($_->[0], 'Odd names') } @odd];
	for my $n (1 .. 32) {
		group "Group $n", $kinds[$n % 6],
			[map { $staff->[($n * 9 + $_) % 300] } 0 .. $n],
			$n % 3 ? undef : "group$n";
	}
	step();
	change $inner, 'add', 'member', dn('Nested outer', 'Groups');
}

# Replication makes such a name when two controllers got one at a time.
sub conflict {
	my $guid = '0f0e0d0c-1111-4222-8333-aaaabbbbcccc';
	my $dn = dn('Conflict', 'Odd names');
	step();
	print $relax;
	record $dn, objectClass => 'user', objectGUID => $guid,
		names('Conflict', 'Two', 'conflict'),
		userAccountControl => 512;
	step();
	print $relax, line('dn', $dn), "changetype: modrdn\n",
		"newrdn: CN=Conflict\\0ACNF:$guid\ndeleteoldrdn: 1\n\n";
}

sub everything {
	at '2014-02-03 08:00:00';
	units();
	history_begins();
	history_goes_on();
	at '2019-03-04 09:00:00';
	print $raw;
	my @staff = staff();
	step();
	odd_users();
	logons();
	entra_connect();
	computers();
	my @contacts = contacts();
	my @members = members();
	groups(\@staff, \@contacts, \@members);
	conflict();
	at '2024-05-06 07:00:00';
	print line('dn', dn('Deleted Two', 'Leavers')),
		"changetype: delete\n\n";
}

my $file = "$dir/seed.ldif";
open my $out, '>:raw', $file or die "seed.pl: $file: $!\n";
select $out;
everything();
close $out or die "seed.pl: $file: $!\n";
exec dirname($0) . '/samba.sh', 'load', $dir, $file;
