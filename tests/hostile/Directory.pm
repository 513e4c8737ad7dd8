# A company, as files that an administrator hands over, whose every value is
# written for somebody who does not look: markup, formulas, escapes of
# terminals, quotes of shells, beginnings of lines, and what nobody sees.
package Directory;
use strict;
use warnings;
use utf8;
no warnings 'nonchar';
use Encode qw(encode);
use Exporter qw(import);
use File::Basename qw(dirname);
use JSON::XS;
use MIME::Base64 qw(encode_base64);
use lib map { dirname(__FILE__) . "/../$_" } qw(exports lib);
use Hostile ();
use Trial qw(spew);

our @EXPORT_OK = qw(hostile_files lasting_strings mended_objects wild_values
	@strings);

our @strings = (@Hostile::values,
	'<script>pwned=1</script>', '</script><script>pwned=1</script>',
	'</script ><!--<script>', '"><img src=x onerror=pwned=1>',
	q{' onmouseover='pwned=1}, '<!--', '-->', '--!>', '<![CDATA[',
	'&lt;b&gt;', '&#x3c;b>', '{{7*7}}', '${7*7}', '`pwned`', '$(calc)',
	q{'; Remove-ADUser x; '}, "\x{2018}; calc; \x{2019}", "\x{201A}x\x{201B}",
	"\x{201C}x\x{201D}\x{201E}", '=1+1', "\x{ff1d}1+1", "\x{ff0b}1",
	"\x{ff0d}1", "\x{ff20}SUM(1)", '+1', '-1', "\t=1", "\r=1", "\n=1", ' =1',
	"\x{a0}=1", "\x{200b}=1", "'=1", '"=1', ';=1', ',=1', '|=1',
	'%0A=1', '!A1', 'javascript:pwned=1', "\x1b]0;title\x07",
	"\x1b]8;;http://x.example\x1b\\x\x1b]8;;\x1b\\", "\x{9b}31m", "\x{9d}0;t\x{9c}",
	"\x1bP1\$r\x1b\\", "a\x08\x08b", "a\rb", "a\x{202A}b", "a\x{2067}b",
	"a\x{61c}b", "a\x{200e}b", "\x{FEFF}a", "a\x{ad}b", "a\x{fe0f}",
	"a\x{e0041}b", "a\x{1d173}b", "a\x{3164}b", 'trail ', "trail\x{a0}",
	': colon', '< file:///etc/passwd', '-', "a\n-\nadd: mail", "a\n\ndn: CN=x",
	"a\nchangetype: delete", '# comment', 'dn: CN=x', '\\', 'C:\\x', 'a\\',
	'__proto__', 'constructor', "x" x 2000, "\x{fc}" x 900, '%s%n', '--',
	"_x0041\x1f", '/*', '*/', '//', 'U+001B', '<U+001B>', '\\x1b', "'\@",
	"\"\@", '#>', '<#',
	'@(', '&calc', '%PATH%', '!x!', '_x000A_', '_x005F_', 'TRUE', '00123', '1E5',
	'<style>*{color:red}</style>', '../../etc/passwd', 'CON', 'http://[::1',
	'<a href="javascript:pwned=1">x</a>', 'https://127.0.0.1:9/x.png',
	"<https://a.example>", "| a | b |\n|---|---|", "~~~\nx\n~~~", "[x]: /y",
	'::set-output name=x::y', '##vso[task.setvariable]', '##[error]',
);

my $json = JSON::XS->new->utf8->canonical;
my $domain = 'DC=x,DC=example';

sub line {
	my ($name, $value) = @_;
	return "${name}:: " . encode_base64(encode('utf8', $value), '') . "\n";
}

# RFC 4514: what a DN escapes.
sub rdn {
	my ($value) = @_;
	$value =~ s/([\\,+"<>;=#\0\r\n])/sprintf '\\%02X', ord $1/ge;
	$value =~ s/^ | $/\\20/g;
	return $value;
}

my %classes = (
	user => [qw(top person organizationalPerson user)],
	group => [qw(top group)],
	contact => [qw(top person organizationalPerson contact)],
);

sub guid { return pack 'NNNN', 1, 2, 3, $_[0] }
sub sid { return pack 'CCnNV5', 1, 5, 0, 5, 21, 1, 2, 3, $_[0] }

my %names;       # of class: DNs
my @upns;        # of who can be mended

# What every object of AD has, whatever it is called.
sub head {
	my ($class, $n, $name, $ou) = @_;
	my $dn = 'CN=' . rdn(substr $name, 0, 50) . "\\2C$n,OU=" .
		rdn(substr $ou, 0, 40) . ",$domain";
	$names{$class}{$dn} = 1;
	return line('dn', $dn), map({ "objectClass: $_\n" } @{$classes{$class}}),
		line('cn', substr($name, 0, 50) . ",$n"),
		'objectGUID:: ' . encode_base64(guid($n), '') . "\n",
		$class eq 'contact' ? () :
		('objectSid:: ' . encode_base64(sid(1000 + $n), '') . "\n",
		line('sAMAccountName', substr($name, 0, 12) . $n)),
		$class eq 'user' ? ("userAccountControl: 512\n",
		"pwdLastSet: 130000000000000000\n") : (),
		$class eq 'group' ? "groupType: -2147483640\n" : (),
		"whenChanged: 20160101000000.0Z\n";
}

# Each of its values is a string, or made of two.
sub wild {
	my ($class, $n, $i) = @_;
	my $s = $strings[$i % @strings];
	my $t = $strings[($i * 7 + 3) % @strings];
	return head($class, $n, $s, $strings[$n % 17]), line('displayName', $s),
		line('mail', "$t\@x.example"), line('mailNickname', $s),
		map({ line('proxyAddresses', $_) } "SMTP:$s\@x.example",
			"smtp:$t", "$s:$t", $n % 20 ? () : 'smtp:shared@x.example'),
		$class eq 'contact' ? line('targetAddress', $t) : (),
		$class eq 'user' ? line('userPrincipalName', "$s\@$t") : (), "\n";
}

# Names are strings; of its values one alone is wrong, and can be mended.
sub mendable {
	my ($n, $i) = @_;
	my $s = $strings[$i % @strings];
	my $quotes = "o\x{200b}'\x{ad}b";
	return head('user', $n, $s, $strings[($i + 1) % 17]),
		line('displayName', $i % 3 ? $s : ''),
		line('userPrincipalName', "u$n\@x.example"),
		line('mail', $i % 2 ? "u$n\@x.example" : " $quotes.$n\@x.example\x{a0}"),
		line('mailNickname', "u$n"),
		map({ line('proxyAddresses', $_) } $i % 2
			? "smtp:u$n\@x.example" : "SMTP:$quotes.$n\@x.example",
			"x500:/o=$s/cn=$n", "smtp:$quotes.a$n\@x.example\x{200b} "),
		"\n";
}

# AD on one of two days: of the second some are renamed, gone, or new.
sub ad_ldif {
	my ($day) = @_;
	my ($n, @out) = (0, "version: 1\n\n");
	push @out, wild('user', ++$n, $_ + ($_ % 5 ? 0 : $day))
		for 0 .. $#strings;
	push @out, wild('user', ++$n, $_) for 0 .. 12;
	push @out, wild('group', ++$n, 3 * $_ + $day) for 0 .. @strings / 3;
	push @out, wild('contact', ++$n, 3 * $_ + 1) for 0 .. @strings / 3;
	for (0 .. $#strings) {
		my @one = mendable(++$n, $_);
		next if ($_ + $day) % 7 == 0;
		push @out, @one;
		push @upns, "u$n\@x.example" if $day;
	}
	return join '', @out;
}

# NUL, and what is no UTF-8 (Unicode, table 3-7).
my @broken = ("a\0b", "\0", "\xff\xfe", "a\xed\xa0\x80b", "\xc0\xaf",
	"\xf4\x90\x80\x80", "\xe2\x80", "a\0=1\e[31m");

sub broken_ldif {
	my $n = 0;
	return join '', map { my $bytes = $_; $n++; (line('dn', "CN=$n,$domain"),
		map({ "objectClass: $_\n" } @{$classes{user}}),
		'objectGUID:: ' . encode_base64(guid(9000 + $n), '') . "\n",
		map({ "$_->[0]:: " . encode_base64("$_->[1]$bytes", '') . "\n" }
		['displayName', ''], ['mail', ''], ['proxyAddresses', 'smtp:']),
		"\n") } @broken;
}

sub graph_id { return sprintf '00000000-0000-4000-8000-%012x', $_[0] }

# Who is in the tenant: some are AD's, by their anchor, and some nobody's.
sub tenant {
	my ($kind) = @_;
	my @rows;
	for my $i (0 .. $#strings) {
		my ($s, $t) = @strings[$i, ($i * 3 + 1) % @strings];
		my %is = (id => graph_id($i + 1000 * length $kind),
			displayName => $s, mail => "$t\@x.example",
			mailNickname => $s, proxyAddresses => ["SMTP:$s\@x.example",
			"smtp:$t\@x.example"], onPremisesSyncEnabled => JSON::XS::true,
			onPremisesProvisioningErrors => []);
		%is = (%is, userPrincipalName => "$s\@x.example",
			accountEnabled => JSON::XS::true, userType => 'Member',
			assignedPlans => [], serviceProvisioningErrors => [],
			onPremisesDistinguishedName => $s,
			onPremisesImmutableId => $i % 2
			? encode_base64(guid($i + 1), '') : $s)
			if $kind eq 'users';
		push @rows, \%is;
	}
	return $json->encode({ '@odata.context' =>
		"https://graph.microsoft.com/v1.0/\$metadata#$kind",
		value => \@rows });
}

my $domains = { '@odata.context' =>
	'https://graph.microsoft.com/v1.0/$metadata#domains', value => [
	{ id => 'x.onmicrosoft.com', isDefault => JSON::XS::false,
	isInitial => JSON::XS::true, isVerified => JSON::XS::true },
	{ id => 'x.example', isDefault => JSON::XS::true,
	isInitial => JSON::XS::false, isVerified => JSON::XS::true } ] };

# DNs of users, of whom some can be mended.
sub mended_objects { return keys %{$names{user}} }

# Those of a user on both days.
sub lasting { return grep { $_ % 5 } 0 .. $#strings }
sub lasting_strings { return @strings[lasting()] }

# Values of proxyAddresses that are no addresses, each of one user.
sub wild_values {
	return map { "$strings[$_]:$strings[($_ * 7 + 3) % @strings]" } lasting();
}

# Writes the files into FOLDER: ad-0.ldif and ad-1.ldif of two days, broken.ldif,
# the tenant's as JSON, and what an administrator adds in words of his own.
sub hostile_files {
	my ($folder) = @_;
	mkdir $folder;
	spew("$folder/ad-$_.ldif", ad_ldif($_)) for 0, 1;
	spew("$folder/broken.ldif", broken_ldif());
	spew("$folder/$_.json", tenant($_)) for qw(users groups contacts);
	spew("$folder/domains.json", $json->encode($domains));
	spew("$folder/policy.json", '{}');
	spew("$folder/waves.csv", encode('utf8', join '', "object,wave\n",
		map { "$upns[$_],\"" . ($strings[$_] =~ s/"/""/gr =~
		s/^\s*$/x/r) . "\"\n" } 0 .. $#upns));
	spew("$folder/waivers.json", $json->encode([map { {
		rule => 'proxy-malformed', value => "$strings[$_]:" .
			$strings[($_ * 7 + 3) % @strings],
		'dn-suffix' => $domain, reason => $strings[$_] =~ s/^\s*$/x/r,
		owner => $strings[$_ + 1] =~ s/^\s*$/x/r,
		ticket => $strings[$_ + 2] =~ s/^\s*$/x/r } } 0 .. 20]));
}

# As a program: perl Directory.pm FOLDER.
hostile_files(@ARGV) if !caller;

1;
