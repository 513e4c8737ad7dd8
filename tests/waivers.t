#!/usr/bin/perl
# Waivers: what they change and what they do not, which of several holds, what
# becomes of those that are over or not used, each sentence about a wrong one,
# and what "waive" writes. tests/everything.t waives all that is found there.
use strict;
use warnings;
use Cwd qw(getcwd);
use Digest::SHA qw(sha256_hex);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use JSON::XS;
use lib dirname(__FILE__) . '/lib';
use Trial qw(ok done slurp spew);

chdir dirname(__FILE__) . '/..' or die "$!\n";
my $bin = $ENV{SYNCSCOPE} // getcwd() . '/build/syncscope';
my $tmp = tempdir(CLEANUP => 1);
my $json = JSON::XS->new->utf8->canonical;
my $ou = 'OU=Staff,DC=corp,DC=example';

# Status and what is said; without a shell, which has patterns.
sub call {
	my (@words) = @_;
	my $pid = open(my $in, '-|') // die "$!\n";

	if (!$pid) {
		open STDERR, '>&', \*STDOUT;
		exec $bin, @words;
		die "$bin: $!\n";
	}
	my $said = do { local $/; <$in> } // '';
	close $in;
	return ($? >> 8, $said);
}

sub lines { return map { $json->decode($_) } split /\n/, slurp($_[0]); }
sub manifest { return $json->decode(slurp("$tmp/$_[0]/manifest.json")); }

sub is_verified {
	my ($status, $said) = call('verify', "$tmp/f");
	return ok($status == 0, $_[0], $said);
}

# ---- a small world ----

# What is wrong: ann has no display name; bob an alias with a comma, and an
# address with one, too; col both, in another OU.
my %people = (
	ann => { guid => 'AAAAAAAAAAAAAAAAAAAAAQ==', displayName => undef },
	bob => { guid => 'AAAAAAAAAAAAAAAAAAAAAg==',
		 mailNickname => 'bo,b', proxyAddresses => 'smtp:bo,b@corp.example' },
	col => { guid => 'AAAAAAAAAAAAAAAAAAAAAw==', in => 'OU=Lab',
		 displayName => undef, mailNickname => 'co,l' },
);
my %guid = map { $_->[0] => "00000000-0000-0000-0000-00000000000$_->[1]" }
	(['ann', 1], ['bob', 2], ['col', 3]);
my @rules = ('--rules', 'displayname-missing,mailnickname-malformed,'
	. 'proxy-malformed');

# CHANGE: other values of some.
sub snapshot {
	my ($name, $when, %change) = @_;
	my @ldif = "version: 1\n";

	for my $who (sort keys %people) {
		my %o = (displayName => ucfirst $who, mail => "$who\@corp.example",
			mailNickname => $who, sAMAccountName => $who,
			userPrincipalName => "$who\@corp.example",
			cn => ucfirst $who, in => 'OU=Staff', %{$people{$who}},
			%{$change{$who} // {}});
		my ($in, $guid) = delete @o{qw(in guid)};
		push @ldif, join "\n", "dn: CN=$o{cn},$in,DC=corp,DC=example",
			'objectClass: user', 'objectCategory: '
			. 'CN=Person,CN=Schema,CN=Configuration,DC=corp,DC=example',
			"objectGUID:: $guid", 'userAccountControl: 512',
			(map { defined $o{$_} ? "$_: $o{$_}" : () } sort keys %o), '';
	}
	push @ldif, "dn: CN=Group,$ou", 'objectClass: group', 'cn: Group',
		'objectGUID:: AAAAAAAAAAAAAAAAAAAABA==', 'displayName: Group',
		'sAMAccountName: Group', 'groupType: -2147483646', '',
		"dn: CN=Contact,$ou", 'objectClass: contact', 'cn: Contact',
		'objectGUID:: AAAAAAAAAAAAAAAAAAAABQ==', 'displayName: Contact',
		'';
	spew("$tmp/$name.ldif", join "\n", @ldif, '');
	my ($status, $said) = call(qw(collect import --all-attributes),
		"$tmp/$name.ldif", '--collected', $when, '-o', "$tmp/$name");
	die $said if $status;
}

snapshot('now', '2026-06-01T06:00:00Z');

# Waivers as they are, or what makes some.
sub file {
	my ($text) = @_;
	spew("$tmp/w.json", ref $text eq 'ARRAY' ? map { $json->encode($_) . "\n" }
		@$text : $text);
	return "$tmp/w.json";
}

sub judge {
	my ($snapshot, $waivers, @options) = @_;
	my $all = @options && $options[0] eq '--all' && shift @options;
	return call('analyze', "$tmp/$snapshot", '-o', "$tmp/f", '--force',
		$all ? () : @rules, defined $waivers
		? ('--waivers', file($waivers)) : (), @options);
}

# What is open, as "rule object", and what else there is.
sub by_status {
	my %by;
	push @{$by{$_->{status}}}, "$_->{rule} " . lc(($_->{upn} =~ /^(\w+)/)[0])
		for lines("$tmp/f/findings.ndjson");
	return join '; ', map { "$_: " . join ', ', sort @{$by{$_}} }
		sort keys %by;
}

sub fates {
	my ($w) = manifest('f')->{waivers} or return 'no waivers';
	return join '; ', "used $w->{used}", map { $_->{fate} . " $_->{line}" }
		@{$w->{told}};
}

sub is {
	my ($have, $want, $name) = @_;
	return ok($have eq $want, $name, "have $have", "want $want");
}

my $all = 'displayname-missing ann, displayname-missing col, '
	. 'mailnickname-malformed bob, mailnickname-malformed col, '
	. 'proxy-malformed bob';
judge('now', undef);
is(by_status(), "open: $all", 'the world has five flaws');
my @plain = lines("$tmp/f/findings.ndjson");
ok(!exists manifest('f')->{waivers} && !exists manifest('f')->{waived},
	'without --waivers the manifest says nothing of them');

# ---- round trip ----

sub waive {
	my (@options) = @_;
	return call('waive', "$tmp/f", '--reason', 'known', @options);
}

my ($status, $written) = waive('--rule', '*', '--owner', 'Ann', '--ticket',
	'T-1', '--expires', '2027-01-31', '--result', 'planned');
is($status, 0, 'waive: all');
is(scalar(split /\n/, $written), 5, 'a waiver of each finding');
($status, my $said) = judge('now', $written, '--fail-on', 'info');
is($status, 0, '--fail-on passes over what is waived');
is(by_status(), "planned: $all", 'all are what the waiver says');
is(fates(), 'used 5', 'and each waiver is used');
my @waived = lines("$tmp/f/findings.ndjson");
my @same = map { my %o = %$_; delete @o{qw(status waiver deadline)};
	\%o } @waived;
delete $_->{status} for @plain;
is($json->encode(\@same), $json->encode(\@plain),
	'nothing else of a finding changes');
is($json->encode($waived[0]{waiver}), $json->encode({ reason => 'known',
	owner => 'Ann', ticket => 'T-1', expires => '2027-01-31',
	result => 'planned' }), 'a finding says its waiver');
my $m = manifest('f');
is($m->{waivers}{files}[0]{sha256}, sha256_hex(slurp("$tmp/w.json")),
	'the manifest has the digest of the file');
is($json->encode($m->{waived}), $json->encode({ critical => 0, high => 0,
	medium => 3, low => 0, info => 2 }), 'and counts by severity');
is($json->encode($m->{bySeverity}) . $json->encode($m->{causesBySeverity}),
	$json->encode({ map { $_ => 0 } qw(critical high medium low info) }) x 2,
	'no finding and no cause is open');
is_verified('verify');
my $text = slurp("$tmp/f/findings.ndjson") . slurp("$tmp/f/manifest.json");
judge('now', $written, '--jobs', 1);
is(slurp("$tmp/f/findings.ndjson") . slurp("$tmp/f/manifest.json"), $text,
	'the number of threads changes nothing');
judge('now', "\xef\xbb\xbf" . '[' . join(",\n", split /\n/, $written) . ']');
is(fates(), 'used 5', 'as an array, behind a mark');
my @two = split /(?<=\n)/, $written;
judge('now', "{\"waivers\": [\n$two[0],$two[1]]}[$two[2]]$two[3]$two[4]");
is(fates(), 'used 5', 'as a sequence of an object, an array and others');
spew("$tmp/w2.json", $two[0]);
judge('now', join('', @two[1 .. 4]), '--waivers', "$tmp/w2.json");
is(fates(), 'used 5', 'of two files');
is(scalar @{manifest('f')->{waivers}{files}}, 2, 'which the manifest names');
judge('now', '');
is(fates(), 'used 0', 'an empty file has none');

# ---- what is found again ----

snapshot('moved', '2026-06-02T06:00:00Z', ann => { in => 'OU=Lab',
	cn => 'Anna', sAMAccountName => 'annab' }, bob => { in => 'OU=X',
	cn => 'Robert' });
judge('moved', $written);
is(by_status(), "planned: $all", 'who is moved and renamed stays waived');
snapshot('changed', '2026-06-02T06:00:00Z', bob => { mailNickname => 'b,ob',
	proxyAddresses => 'SMTP:Bo,B@corp.example' });
judge('changed', $written);
is(by_status() =~ /^open: mailnickname-malformed bob;/ ? 1 : by_status(), 1,
	'another value is open, another case is the same');
my ($one) = grep { $_->{rule} eq 'mailnickname-malformed' }
	@{manifest('f')->{waivers}{told}};
is("$one->{fate}, $one->{why}", 'unused, another value is found there',
	'and its waiver is told as unused');

# ---- time ----

my $ann = { rule => 'displayname-missing', object => { guid => $guid{ann} },
	reason => 'a robot', expires => '2026-06-01' };
for my $t (['2026-06-01T23:59:59Z', 'waived', 'used 1; expiring 1'],
	['2026-06-02T00:00:00Z', 'open', 'used 0; expired 1']) {
	($status, $said) = judge('now', [$ann], '--as-of', $t->[0]);
	my ($f) = grep { $_->{guid} eq $guid{ann} }
		lines("$tmp/f/findings.ndjson");
	is($f->{status}, $t->[1], "at $t->[0]");
	is(fates(), $t->[2], "which is told at $t->[0]");
}
ok($said =~ /w\.json:1: .*: expired on 2026-06-01, 1 finding is open again/,
	'one that has expired is told', $said);
my ($open) = grep { $_->{guid} eq $guid{ann} } lines("$tmp/f/findings.ndjson");
is(!exists $open->{waiver} && $open->{expiredWaiver}{reason}, 'a robot',
	'by its finding as well');
judge('now', [{ %$ann, expires => '2026-07-01T05:00:00Z' }]);
is(fates(), 'used 1; expiring 1', 'a moment within 30 days is soon');
judge('now', [{ %$ann, expires => '2026-07-02' }]);
is(fates(), 'used 1', 'the 31st day is not');
for my $t ('2026-06-01T05:59:00Z', '2026-06-01 05:59', '2026-06-01t05:59z') {
	judge('now', [{ %$ann, expires => $t }]);
	is(fates(), 'used 0; expired 1', "of $t the day is not over, the time is");
}

# ---- which of several ----

my $suffix = { 'dn-suffix' => 'DC=corp,DC=example' };
for my $t (
	['the object before the place', 2, { object => $suffix },
		{ rule => '*', object => { guid => $guid{ann} } }],
	['the nearest place', 1, { object => { 'dn-suffix' => lc $ou } },
		{ object => $suffix }],
	['the rule before a pattern', 2, { rule => 'display*' }, {}],
	['a value before none', 2, {}, { value => undef }],
	['an attribute before none', 2, {}, { attribute => 'displayname' }],
	['of equals the first', 1, {}, { object => { dn => "cn=ann, $ou" } }],
	['what holds before what has expired', 2, { expires => '2026-05-31' },
		{ object => $suffix, rule => '*' }],
	['a renewal', 2, { expires => '2026-05-31' },
		{ expires => '2027-05-31' }]) {
	my ($name, $want, @both) = @$t;
	judge('now', [map { { rule => 'displayname-missing', reason => "$_",
		object => { guid => $guid{ann} }, %{$both[$_ - 1]} } } 1, 2]);
	my ($f) = grep { $_->{guid} eq $guid{ann} }
		lines("$tmp/f/findings.ndjson");
	is("$f->{status} $f->{waiver}{reason}", "waived $want", $name);
}
for my $t (['a GUID as text', uc $guid{ann}], ['a DN as text', "CN=ANN,$ou"],
	['braces', { guid => "{$guid{ann}}" }]) {
	judge('now', [{ rule => 'displayname-missing', reason => 'x',
		object => $t->[1] }]);
	is(fates(), 'used 1', "an object by $t->[0]");
}
judge('now', [{ rule => 'displayname-missing', reason => 'x', 'dn-suffix' =>
	$ou }, { rule => 'mailnickname-*', guid => $guid{bob}, reason => 'x' }]);
is(fates(), 'used 2', 'the object without an object around it');
judge('now', [map { { rule => 'displayname-missing', reason => 'x',
	object => { 'dn-suffix' => $_ } } } 'OU=taff,DC=corp,DC=example',
	'Staff,DC=corp,DC=example' ]);
is($? >> 8 || fates(), 2, 'what is no DN is none');
judge('now', [{ rule => 'displayname-missing', reason => 'x',
	object => { 'dn-suffix' => 'OU=aff,DC=corp,DC=example' } }]);
is(fates(), 'used 0; unused 1', 'a part of a name is no place');

# ---- used or not ----

my $bob = { rule => 'displayname-missing', object => { guid => $guid{bob} },
	reason => 'x' };
for my $t (
	['its object has no such finding', $bob, 'unused'],
	['its rule did not run', { %$bob, rule => 'mail-missing' }, 'not-known',
		qr/did not run/],
	['its rule was not assessed', { %$bob, rule => 'orphan' }, 'not-known',
		qr/orphan was not a/, '--all'],
	['a rule of the pattern was not', { %$bob, rule => 'o*' }, 'not-known',
		qr/was not a/, '--all'],
	['its domain is elsewhere', { %$bob, object => { guid =>
		'00000000-0000-0000-0000-0000000000ff', dn =>
		'CN=x,DC=other,DC=example' } }, 'not-known', qr/its domain/],
	['an OU elsewhere', { %$bob, object => { 'dn-suffix' =>
		'OU=x,DC=other,DC=example' } }, 'not-known', qr/its domain/],
	['its object is gone', { %$bob, object => { guid =>
		'00000000-0000-0000-0000-0000000000ff', dn => "CN=Gone,$ou" } },
		'unused'],
	['a GUID that nobody has', { %$bob, object => { guid =>
		'00000000-0000-0000-0000-0000000000ff' } }, 'not-known',
		qr/has its GUID/]) {
	my ($name, $w, $fate, $why, $all) = @$t;
	($status, $said) = judge('now', [$w], $all // ());
	my $told = manifest('f')->{waivers}{told}[0] // { fate => 'used' };
	my $good = $told->{fate} eq $fate && ($why ? ($told->{why} // '') =~ $why
		: !defined $told->{why});
	ok($good, "$name: $fate", $json->encode($told));
}
ok($said =~ /^waivers: 1, used 0, not known whether used 1$/m,
	'the terminal says so', $said);

# ---- causes, readiness, reports ----

# All that two users lack is one cause.
judge('now', undef, '--all');
my %before = map { $_ => slurp("$tmp/f/$_") } qw(forecast.ndjson exchange.json);
my %cause = map { $_->{rule} => $_ } lines("$tmp/f/causes.ndjson");
is($cause{'displayname-missing'}{objects}, 2, 'two objects share a cause');
judge('now', [$ann], '--all');
my %less = map { $_->{rule} => $_ } lines("$tmp/f/causes.ndjson");
is(join(' ', @{$less{'displayname-missing'}}{qw(status waived objects findings)},
	@{$less{'displayname-missing'}{examples}}), 'open 1 1 1 col@corp.example',
	'a cause counts what is open, and names whom');
ok($less{'displayname-missing'}{title} =~ /^1 user: /, 'in its title, too');
judge('now', [{ rule => '*', object => $suffix, reason => 'a test domain' }],
	'--all');
is($_ . slurp("$tmp/f/$_"), $_ . $before{$_}, "waivers leave $_ alone")
	for sort keys %before;
my @causes = lines("$tmp/f/causes.ndjson");
ok(scalar(grep { ($_->{status} // '') eq 'waived' && $_->{objects} } @causes),
	'a cause of which all is waived says so');
my ($last, $first) = (0, 0);
for my $c (@causes) {
	$last = 1 if ($c->{status} // '') eq 'waived';
	$first++ if $last && ($c->{status} // 'open') ne 'waived';
}
is($first, 0, 'and stands behind the others');
call('report', "$tmp/f", '-o', "$tmp/r", '--format', 'html,csv,idfix',
	'--force');
my $page = slurp("$tmp/r/report.html");
ok($page =~ m{<section id="waivers".*?a test domain}s,
	'the page has what is waived in a part of its own');
ok($page !~ m{id="rule=displayname-missing"}, 'and no part of a rule with nothing else');
is(join(',', grep { $page !~ /id="\Q${\substr $_, 1}\E"/ }
	$page =~ /href="(#[\w=-]+)"/g), '', 'all links within the page lead somewhere');
ok(slurp("$tmp/r/findings.csv") =~ /"waived",.*"a test domain"/m,
	'findings.csv has the reason');
ok(slurp("$tmp/r/idfix.csv") !~ /mailNickname/, 'idfix.csv leaves it out');
($status, $said) = call('show', "$tmp/f", 'bob@corp.example');
ok($said =~ /proxy-malformed, waived:.*\n(?:.*\n)?.*waived: a test domain$/m
	&& $said =~ /^Readiness by AD alone: blocked, by 1 high finding$/m,
	'show says the reason, and what decides readiness all the same', $said);

# What follows from a waived finding stays open, below it.
my $f = 'fixtures/everything';
call(qw(collect import), (map { "$f/ad-$_.ldif" } qw(accounts names more)),
	(map { "$f/$_.json" } qw(users groups contacts domains)), '--collected',
	'2016-02-15T06:00:00Z', '-o', "$tmp/both");
judge('both', undef, '--all', '--policy', "$f/policy.json");
my @found = lines("$tmp/f/findings.ndjson");
my %by_print = map { $_->{fingerprint} => $_ } @found;
my ($follower) = grep { $_->{follows} && $by_print{$_->{follows}} } @found;
my $root = $by_print{$follower->{follows}};
my ($its) = grep { $_->{id} eq $root->{cause} } lines("$tmp/f/causes.ndjson");
judge('both', [{ rule => $root->{rule}, guid => $root->{guid}, reason => 'x',
	attribute => $root->{attribute}, value => $root->{observed} }], '--all',
	'--policy', "$f/policy.json");
is(fates(), 'used 1', 'the root of others is waived');
my ($still) = grep { $_->{fingerprint} eq $follower->{fingerprint} }
	lines("$tmp/f/findings.ndjson");
is("$still->{status} $still->{followsRule}", "open $root->{rule}",
	'what follows from it is open');
my ($now) = grep { $_->{id} eq $root->{cause} } lines("$tmp/f/causes.ndjson");
is("$now->{status} $now->{findings} $now->{attached} $now->{waived}",
	join(' ', 'open', $its->{findings} - 1, $its->{attached}, 1),
	'and its cause has it');
is($json->encode([manifest('f')->{attachedBySeverity}{$follower->{severity}}]),
	$json->encode([scalar grep { $_->{follows} && $_->{severity} eq
	$follower->{severity} } @found]), 'as the manifest has');

# ---- edits ----

spew("$tmp/edits.json", $json->encode({ edits => [{ set => $guid{ann},
	attribute => 'mailNickname', value => 'an,n' }, { set => $guid{bob},
	attribute => 'mailNickname', value => 'bob' }] }));
($status, $said) = judge('now', [{ rule => 'mailnickname-malformed',
	object => $suffix, reason => 'x' }], '--what-if', "$tmp/edits.json");
ok($said !~ /mailnickname-malformed: \d/ && $said =~ /no finding is fixed or new/,
	'what edits cure and make of waived ones is not counted', $said);
is(join(' ', sort map { "$_->{change}:$_->{status}" } grep { $_->{rule} &&
	$_->{fingerprint} } lines("$tmp/f/difference.ndjson")),
	'cured:waived new:waived', 'but told');
is_verified('verify, with edits');
is(fates(), 'used 1', 'and the waiver is counted once');

# ---- what is no object of AD ----

my $tenant = 'fixtures/everything';
call(qw(collect import), (map { "$tenant/$_" } qw(ad-tenant.ldif
	users-tenant.json domains.json)), '--collected', '2026-11-15T06:00:00Z',
	'-o', "$tmp/tenant");
call('analyze', "$tmp/tenant", '-o', "$tmp/f", '--force');
for my $class (qw(tenant domain)) {
	my ($f) = grep { $_->{class} eq $class } lines("$tmp/f/findings.ndjson")
		or next;
	for my $name (grep { defined } @$f{qw(object domain)}) {
		call('analyze', "$tmp/tenant", '-o', "$tmp/g", '--force',
			'--waivers', file([{ rule => $f->{rule}, reason => 'x',
			object => { name => uc $name } }]));
		my ($g) = grep { $_->{fingerprint} eq $f->{fingerprint} }
			lines("$tmp/g/findings.ndjson");
		is($g->{status}, 'waived', "a $class is called by $name");
	}
}

# ---- what is wrong ----

my $good = '"rule": "mail-missing", "object": {"dn": "CN=A,DC=x"}, '
	. '"reason": "r"';
for my $t (
	['{', ':1:2: want '],
	["[{$good}", ':1:\d+: want '],
	['"x"', ':1: want a waiver, an object'],
	["\xff\xfe{\0}\0", ':1: want UTF-8, which PowerShell'],
	["{$good}\n{\0}\0\r\0\n\0", ':2: want UTF-8, which PowerShell'],
	["{$good, \"ticket\": \"\xe9\"}", ':1: want UTF-8'],
	["[{$good},\n 7]", ':2: want a waiver, an object'],
	["{$good}\n{$good}", ':2: the waiver of mail-missing for CN=A,DC=x is '
		. 'there already, in w\.json:1'],
	["{$good, \"colour\": 1}", ':1: unknown key "colour"'],
	["{$good,\n\n\"colour\": 1}", ':3: unknown key "colour"'],
	["{$good, \"reason\": \"s\"}", ':1: reason: want the key only once'],
	['{"waivers": 1}', ':1: want nothing but "waivers", an array'],
	["{\"waivers\": [{$good}], \"x\": 1}", ':1: want nothing but "waivers"'],
	['{"object": "CN=A,DC=x", "reason": "r"}', ':1: a waiver lacks a rule'],
	['{"rule": "mail-missing", "reason": "r"}',
		':1: a waiver lacks an object'],
	['{"rule": "mail-missing", "object": {}, "reason": "r"}',
		':1: a waiver lacks an object'],
	['{"rule": "mail-missing", "object": "CN=A,DC=x"}',
		':1: a waiver lacks a reason'],
	['{"rule": "mail-missing", "object": "CN=A,DC=x", "reason": " "}',
		':1: reason: want a text that is not empty'],
	['{"rule": "mail-missing", "object": "CN=A,DC=x", "reason": 7}',
		':1: reason: want a text that is not empty'],
	["{\n\"rule\": \"mail-mising\", \"object\": \"a\", \"reason\": \"r\"}",
		':2: rule: no rule is called "mail-mising"; did you mean '
		. '"mail-missing"\?'],
	['{"rule": "xyzzyxyzzy", "object": "a", "reason": "r"}', ':1: rule: no '
		. 'rule is called "xyzzyxyzzy"; "syncscope rules" lists them'],
	['{"rule": "xyzzy*", "object": "a", "reason": "r"}', ':1: rule: no rule '
		. 'is called by the pattern "xyzzy\*"'],
	["{$good, \"expires\": \"2027-02-30\"}", ':1: expires: want a date such '
		. 'as 2027-03-31, have "2027-02-30"'],
	["{$good, \"expires\": \"soon\"}", ':1: expires: want a date'],
	["{$good, \"expires\": 20270331}", ':1: expires: want a text'],
	["{$good, \"result\": \"wontfix\"}", ':1: result: want accepted, '
		. 'false-positive or planned, have "wontfix"'],
	["{$good, \"value\": 7}", ':1: value: want a text, or null'],
	['{"rule": "mail-missing", "object": {"guid": "7"}, "reason": "r"}',
		':1: guid: want a GUID such as'],
	['{"rule": "mail-missing", "object": {"dn": "Ann"}, "reason": "r"}',
		':1: dn: want a distinguished name'],
	['{"rule": "mail-missing", "object": {"dn-suffix": "Staff"}, '
		. '"reason": "r"}', ':1: dn-suffix: want a distinguished name'],
	['{"rule": "mail-missing", "object": {"upn": "a"}, "reason": "r"}',
		':1: unknown key "upn"'],
	['{"rule": "mail-missing", "object": 7, "reason": "r"}',
		':1: object: want an object with guid'],
	["{$good, \"name\": \"Ann\"}", ':1: a waiver names its object twice'],
	["{$good, \"dn-suffix\": \"DC=x\"}",
		':1: a waiver names its object twice']) {
	my ($text, $want) = @$t;
	($status, $said) = judge('now', $text);
	ok($status == 2 && $said =~ /^syncscope: .*w\.json$want[^\n]*\n\z/,
		"wrong: $text" =~ s/\n/ /gr, "status $status", $said, $want);
}
($status, $said) = call('analyze', "$tmp/now", '-o', "$tmp/n", '--waivers',
	"$tmp/none.json");
ok($status == 2 && $said =~ /none\.json: cannot be/ && !-e "$tmp/n",
	'a file that is not there', $said);

# ---- the command ----

judge('now', undef);
for my $t (
	['--rule', 'displayname-*,proxy-malformed', 3], ['--object', $guid{bob}, 2],
	['--object', 'BOB@corp.example', 2], ['--object', "cn=bob,$ou", 2],
	['--ou', $ou, 3], ['--dn-suffix', "CN=Ann,$ou", 1], ['--class', 'user', 5],
	['--attribute', 'MailNickname', 2], ['--value', 'BO,B', 1],
	['--severity', 'info', 5], ['--severity', 'medium', 3],
	['--severity', 'low,info', 2]) {
	my ($option, $value, $n) = @$t;
	($status, $said) = waive($option, $value);
	is($status . ' ' . split(/\n/, $said), "0 $n", "$option $value");
}
($status, $said) = waive('--rule', '*', '--ou', $ou, '--pattern');
is($said, join('', map { "{\"rule\":\"$_\",\"object\":{\"dn-suffix\":\"$ou\"},"
	. "\"reason\":\"known\",\"result\":\"accepted\"}\n" }
	qw(displayname-missing proxy-malformed mailnickname-malformed)),
	'--pattern writes one of each rule');
judge('now', $said);
is(fates(), 'used 3', 'which analyze takes');
($status, $said) = waive('--rule', '*');
ok($said =~ /^syncscope: 3 findings that were chosen are waived already/m
	&& $said =~ /"col\@|00000000-0000-0000-0000-000000000003/ &&
	$said !~ /0000000002"/, 'what is waived already is left out, and told',
	$said);
is((judge('now', $written . $written))[0], 2, 'all again is there already');
judge('now', $written =~ s/2027-01-31/2026-05-31/gr . $written);
is(fates(), 'used 5; unused 1; unused 2; unused 3; unused 4; unused 5',
	'what is renewed holds');
judge('now', undef);
for my $t (
	[qr/want which findings, by --rule/],
	[qr/no finding is chosen; there are .*proxy-malformed \(1\)/, '--class',
		'group'],
	[qr/nothing was found by "mail-missing"; there are findings of/, '--rule',
		'mail-missing'],
	[qr/--severity: want critical.*have "bad"/, '--severity', 'bad'],
	[qr/--ou: want a distinguished name/, '--ou', 'Staff'],
	[qr/--expires: want a date.*have "soon"/, '--rule', '*', '--expires',
		'soon'],
	[qr/--expires: 2026-05-31 is over: the findings are as of 2026-06-01/,
		'--rule', '*', '--expires', '2026-05-31'],
	[qr/--expires: 2026-06-01 05:59 is over/, '--rule', '*', '--expires',
		'2026-06-01 05:59'],
	[qr/--result: want accepted/, '--rule', '*', '--result', 'no'],
	[qr/--pattern: want it with --ou/, '--rule', '*', '--pattern'],
	[qr/--pattern: want it without --object/, '--ou', $ou, '--pattern',
		'--class', 'user'],
	[qr/want --reason TEXT/, '--rule', '*', '--reason', ' ']) {
	my ($want, @options) = @$t;
	($status, $said) = waive(@options);
	ok($status == 2 && $said =~ $want && $said !~ /^\{/m, "waive @options",
		$said);
}

done();
