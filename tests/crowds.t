#!/usr/bin/perl
# What many objects have: the few among them for whom it counts are found, or it
# is said that not all were compared; and nobody goes through all for each.
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use JSON::XS;
use MIME::Base64 qw(encode_base64);
use lib dirname(__FILE__) . '/lib';
use Trial qw(ok done slurp spew run);

chdir dirname(__FILE__) . '/..' or die "$!\n";
my $bin = $ENV{SYNCSCOPE} // 'build/syncscope';
my $tmp = tempdir(CLEANUP => 1);
my $json = JSON::XS->new->utf8;
my $serial = 0;

sub entry {
	my ($class, $cn, @lines) = @_;
	return join "\n", "dn: CN=$cn,OU=A,DC=corp,DC=example",
		"objectClass: top", "objectClass: $class", "cn: $cn",
		"displayName: $cn", 'objectGUID:: ' .
		encode_base64(pack('x8Q>', ++$serial), ''), @lines, '', '';
}

# The findings of the rule, and what is said of it.
sub judge {
	my ($rule, $text, @more) = @_;
	spew("$tmp/ad.ldif", "version: 1\n\n$text");
	run("rm -rf $tmp/ad $tmp/f; $bin", qw(collect import), "$tmp/ad.ldif",
		@more, '-o', "$tmp/ad");
	my $start = (times)[2];
	my $said = `$bin analyze $tmp/ad --rules $rule -o $tmp/f --force`;
	my $cpu = (times)[2] - $start;
	my ($row) = grep { $_->{id} eq $rule } @{$json->decode(slurp(
		"$tmp/f/manifest.json") || '{"rules":[]}')->{rules}};
	return ($cpu, $row, map { $json->decode($_) } split /\n/,
		slurp("$tmp/f/findings.ndjson"));
}

# So many users whose mail, which their addresses mask, is where two contacts'
# mail goes.
sub masked {
	my ($n) = @_;
	return join '', map({ entry('user', "m$_", "sAMAccountName: m$_",
		'mail: info@y.nl', "proxyAddresses: SMTP:m$_\@x.nl") } 1 .. $n),
		map { entry('contact', "c$_", "mail: c$_\@x.nl",
			"proxyAddresses: SMTP:c$_\@x.nl",
			'targetAddress: SMTP:info@y.nl') } 1 .. 2;
}
for my $n (0, 15, 16, 100) {
	my (undef, $row, @found) = judge('address-duplicate', masked($n));
	ok(@found == 2, "two contacts' target beside $n masked addresses",
		scalar(@found) . " findings, $row->{outcome}");
}
my (undef, $row, @found) = judge('address-duplicate', masked(1000));
my $is_told = ($row->{reason} // '') =~
	/so many others that not all were compared/;
ok(@found == 2 || ($row->{outcome} ne 'clean' && $is_told),
	'beside 1000 they are found, or it is not clean',
	scalar(@found) . " findings, $row->{outcome}");

# So many groups without mail that have the alias of two contacts.
sub nicks {
	my ($n) = @_;
	return join '', map({ entry('group', "g$_", "sAMAccountName: g$_",
		'groupType: -2147483646', 'mailNickname: info') } 1 .. $n),
		map { entry('contact', "c$_", "mail: c$_\@x.nl",
			'mailNickname: info') } 1 .. 2;
}
for my $n (0, 7, 8, 100) {
	my (undef, $is, @told) = judge('nickname-duplicate', nicks($n));
	ok(@told == 2, "two contacts' alias beside $n groups without mail",
		scalar(@told) . " findings, $is->{outcome}");
}

# Users who are made anew, while the accounts of their SIDs are others'.
sub sid {
	my ($rid) = @_;
	return 'objectSid:: ' . encode_base64(pack('C2x5CV5', 1, 5, 5, 21, 1,
		2, 3, $rid), '');
}
sub outranked {
	my ($n) = @_;
	my ($text, @accounts) = '';
	for my $i (1 .. $n) {
		$text .= entry('user', "ida$i", "sAMAccountName: ida$i",
			"userPrincipalName: ida$i\@x.nl", sid(1000 + $i)) .
			entry('user', "alt$i", "sAMAccountName: alt$i",
			"userPrincipalName: alt$i\@x.nl", sid(5000000 + $i));
		push @accounts, { id => sprintf('00000000-0000-4000-8000-%012x',
			$i), userPrincipalName => "alt$i\@x.nl",
			mail => undef, displayName => 'A', accountEnabled =>
			JSON::XS::true, onPremisesSyncEnabled =>
			JSON::XS::true, proxyAddresses => [],
			onPremisesImmutableId => encode_base64(
				pack('x8Q>', $serial), ''),
			onPremisesSecurityIdentifier =>
			'S-1-5-21-1-2-3-' . (1000 + $i) };
	}
	spew("$tmp/users.json", $json->encode({ '@odata.context' =>
		'https://graph.microsoft.com/v1.0/$metadata#users',
		value => \@accounts }));
	return $text;
}
my $few = 5000;
my ($once, undef, @some) = judge('sid-shared', outranked($few),
	"$tmp/users.json");
my ($cpu, undef, @all) = judge('sid-shared', outranked(8 * $few),
	"$tmp/users.json");
ok(@some == $few && @all == 8 * $few, 'SIDs that are held by other accounts',
	scalar(@some) . ' and ' . @all);
ok($cpu < 16 * $once + 0.5, 'and of eight times as many in eight times as long',
	"$once and $cpu seconds");

# Findings of one object, in as many values, or of as many events: in a folder
# that the program wrote, and that got so many lines.
spew("$tmp/one.ldif", "version: 1\n\n" . entry('user', 'one'));
for my $day (1, 2) {
	run("$bin collect import $tmp/one.ldif --collected 2016-02-0$day -o",
		"$tmp/day$day; $bin analyze $tmp/day$day -o $tmp/found$day",
		'--rules displayname-missing');
}
sub fold {
	my ($n, $day, $kind) = @_;
	my $to = "$tmp/$kind$day";
	my $m = $json->decode(slurp("$tmp/found$day/manifest.json"));
	my $text = join '', map { $json->encode($_) . "\n" } map { {
		rule => 'displayname-missing', severity => 'high',
		status => 'open', class => 'user', message => 'm',
		dn => 'CN=one,OU=A,DC=corp,DC=example',
		guid => '00000001-0000-4000-8000-000000000000',
		attribute => 'proxyAddresses', observed => "$day-$_",
		domain => 'corp.example', forest => 'corp.example',
		fingerprint => sprintf('%016x%016x', $day, $_),
		$kind eq 'events' ? (event => { what => 'enabled',
			sure => 'seen', after => undef, by => sprintf
			'2015-%02d-%02dT00:%02d:00Z', 1 + $_ % 12, 1 + $_ % 28,
			$_ % 60 }) : () } } 1 .. $n;
	$m->{findings} = { count => $n, sha256 => sha256_hex($text) };
	run("rm -rf $to; cp -r $tmp/found$day $to");
	spew("$to/findings.ndjson", $text);
	spew("$to/manifest.json", $json->encode($m));
	return $to;
}
sub seconds {
	my ($n, $kind, $command) = @_;
	my @folders = map { fold($n, $_, $kind) } 1, 2;
	my $start = (times)[2];
	run($command->(@folders));
	return (times)[2] - $start;
}
for (['values', 'findings of one object are compared',
	sub { "$bin diff $_[0] $_[1] --csv" }],
	['events', 'events of one object are remembered',
	sub { "$bin analyze $tmp/day2 --baseline $_[0] -o $tmp/f --force" .
		' --rules displayname-missing' }]) {
	my ($kind, $name, $command) = @$_;
	my ($one, $eight) = map { seconds($_ * $few, $kind, $command) } 1, 8;
	ok($eight < 16 * $one + 0.5, "eight times as many $name in eight times "
		. 'as long', "$one and $eight seconds");
}

# Waivers of one place that differ in values.
sub waive_all {
	my ($n) = @_;
	spew("$tmp/w.json", join '', map { $json->encode({
		rule => 'displayname-missing', value => "v$_", reason => 'r',
		'dn-suffix' => 'DC=corp,DC=example' }) . "\n" } 1 .. $n);
	my $start = (times)[2];
	run("$bin analyze $tmp/day2 --waivers $tmp/w.json -o $tmp/f --force",
		'--rules displayname-missing');
	return (times)[2] - $start;
}
my ($one, $eight) = map { waive_all($_ * $few) } 1, 8;
ok($eight < 16 * $one + 0.5, 'eight times as many waivers of one place in ' .
	'eight times as long', "$one and $eight seconds");

# Users who were moved out one by one, while as many containers went elsewhere.
spew("$tmp/policy.json", $json->encode({ scope => { include =>
	['OU=Staff,DC=corp,DC=example'] } }));
sub unit {
	my ($dn, $id) = @_;
	return join "\n", "dn: $dn", 'objectClass: organizationalUnit',
		'objectGUID:: ' . encode_base64(pack('x8Q>', $id), ''), '', '';
}
sub look {
	my ($n, $ou, $name, $version, $when) = @_;
	return join '', 'version: 1', "\n\n", map({ unit(@$_) }
		['OU=Staff,DC=corp,DC=example', 2],
		['OU=Left,DC=corp,DC=example', 3],
		["OU=$name,DC=corp,DC=example", 4], map { [
		"OU=o$_,OU=$name,DC=corp,DC=example", 1000000 + $_ ] } 1 .. $n),
		map { join "\n", "dn: CN=u$_,OU=$ou,DC=corp,DC=example",
		'objectClass: user', "sAMAccountName: u$_", 'objectGUID:: ' .
		encode_base64(pack('x8Q>', 9000000 + $_), ''),
		'msDS-ReplAttributeMetaData: <DS_REPL_ATTR_META_DATA>' .
		'<pszAttributeName>name</pszAttributeName><dwVersion>' .
		"$version</dwVersion><ftimeLastOriginatingChange>$when" .
		'</ftimeLastOriginatingChange></DS_REPL_ATTR_META_DATA>',
		'', '' } 1 .. $n;
}
sub leave {
	my ($n) = @_;
	spew("$tmp/then.ldif", look($n, 'Staff', 'Old', 1,
		'2010-01-01T00:00:00Z'));
	spew("$tmp/now.ldif", look($n, 'Left', 'New', 2,
		'2016-01-20T00:00:00Z'));
	run("rm -rf $tmp/then $tmp/now; $bin collect import $tmp/then.ldif",
		"--all-attributes --collected 2016-01-10 -o $tmp/then; $bin",
		"collect import $tmp/now.ldif --all-attributes --collected",
		"2016-02-10 -o $tmp/now");
	my $start = (times)[2];
	run("$bin analyze $tmp/then $tmp/now --policy $tmp/policy.json",
		"--rules moved-out-of-scope -o $tmp/f --force");
	return ((times)[2] - $start, slurp("$tmp/f/findings.ndjson"));
}
my ($some_left) = leave(500);
my ($all_left, $told_all) = leave(4000);
ok($told_all =~ tr/\n// == 4000 && $told_all !~ /between 2016/ &&
	$all_left < 16 * $some_left + 0.5, 'eight times as many who were ' .
	'moved beside containers that went in eight times as long',
	"$some_left and $all_left seconds");
done();
