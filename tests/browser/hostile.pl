#!/usr/bin/perl
# hostile.pl: a directory, as LDIF, whose every value is written for somebody
# who does not look: markup, formulas, escapes of terminals, quotes of shells,
# beginnings of lines of LDIF, and characters that nobody sees.
use strict;
use warnings;
use utf8;
use Encode qw(encode);
use MIME::Base64 qw(encode_base64);

my @strings = (
	'<script>pwned=1</script>', '</script><script>pwned=1</script>',
	'"><img src=x onerror=pwned=1>', q{' onmouseover='pwned=1},
	'<!--', '-->', ']]>', '<![CDATA[', '&lt;b&gt;', '&#x3c;b>', '{{7*7}}',
	'${7*7}', '`pwned`', '$(calc)', q{'; Remove-ADUser x; '},
	"\x{2018}; calc; \x{2019}", "\x{201A}x\x{201B}", '=1+1',
	q{=cmd|' /C calc'!A0}, '@SUM(1+1)', '+1', '-1', "\t=1", 'javascript:pwned=1',
	"\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "a\x{202E}b", "a\x{2066}b",
	"a\x{200B}b", "a\x{A0}b", "\x{FEFF}a", "a\r\nb", ' lead', 'trail ',
	': colon', '< file:///etc/passwd', '\\', 'C:\\x', '__proto__',
	'constructor', "x" x 2000, "\x{1F600}", "e\x{301}", '#{x}', '%s%n', '--',
	'/*', '*/', '//', 'U+001B', "a\x{2028}b", '<style>*{color:red}</style>',
	'<a href="javascript:pwned=1">x</a>', 'https://127.0.0.1:9/x.png',
);
my $n = 0;

sub line {
	my ($name, $value) = @_;
	return "${name}:: " . encode_base64(encode('UTF-8', $value), '') . "\n";
}

# RFC 4514: what a DN escapes.
sub rdn {
	my ($value) = @_;
	$value =~ s/([\\,+"<>;=#\0\r\n])/sprintf '\\%02X', ord $1/ge;
	$value =~ s/^ | $/\\20/g;
	return $value;
}

sub object {
	my ($class, $i, %more) = @_;
	my $s = $strings[$i % @strings];
	my $t = $strings[($i * 7 + 3) % @strings];
	my @classes = $class eq 'user' ? qw(top person organizationalPerson user)
		: $class eq 'group' ? qw(top group)
		: qw(top person organizationalPerson contact);
	$n++;
	print line('dn', 'CN=' . rdn(substr($s, 0, 60)) . "\\2C$n,OU=" .
		rdn(substr($strings[$n % 9], 0, 40)) . ',DC=x,DC=example'),
		map({ "objectClass: $_\n" } @classes),
		line('cn', substr($s, 0, 60) . ",$n"),
		'objectGUID:: ' . encode_base64(pack('NNNN', 1, 2, 3, $n), ''), "\n",
		line('displayName', $s), line('mail', "$t\@x.example"),
		line('mailNickname', $s),
		map({ line('proxyAddresses', $_) } "SMTP:$s\@x.example",
			"smtp:$t", "$s:$t", "smtp:shared\@x.example"),
		$class eq 'contact' ? line('targetAddress', $t)
			: line('sAMAccountName', substr($s, 0, 20) . $n);
	print line('userPrincipalName', "$s\@$t"),
		'userAccountControl: 512' . "\n" if $class eq 'user';
	print "\n";
}

print "version: 1\n\n";
object('user', $_) for 0 .. 3 * @strings;
object('group', $_) for 0 .. @strings - 1;
object('contact', $_) for 0 .. @strings - 1;
