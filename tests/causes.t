#!/usr/bin/perl
# Causes: what many objects share is one, whatever the objects are called and
# wherever they lie; with more values than a rule may have, and with any number
# of threads; and what is said of folders whose causes are damaged.
use strict;
use warnings;
use Encode ();
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use JSON::XS;
use MIME::Base64 qw(encode_base64);
use lib map { dirname(__FILE__) . "/$_" } qw(causes lib);
use Causes qw(wrong_causes);
use Trial qw(ok done slurp spew run);

chdir dirname(__FILE__) . '/..' or die "$!\n";
my $bin = $ENV{SYNCSCOPE} // 'build/syncscope';
my $tmp = tempdir(CLEANUP => 1);
my $json = JSON::XS->new->utf8;

spew("$tmp/policy.json", '{"tenant":{"initialDomain":
	"corp.onmicrosoft.com","verifiedDomains":["corp.example"]},
	"sync":{"engine":"connect"},"licensing":{"exchangeOnline":"all"}}');

# An entry of LDIF; of the rest of its name and place nothing may hang.
sub entry {
	my ($number, $class, $ou, %with) = @_;
	my $guid = encode_base64(pack('N4', 0, 0, 0, $number), '');
	my $name = ($with{name} // "n$number");
	return join "\n", "dn: CN=$name,OU=$ou,DC=corp,DC=example",
		"objectClass: $class", "objectGUID:: $guid",
		"sAMAccountName: s$number", "displayName: Number $number",
		"mail: s$number\@corp.example",
		"proxyAddresses: SMTP:s$number\@corp.example",
		$with{upn} ? "userPrincipalName: s$number\@$with{upn}" : (),
		map({ "proxyAddresses: $_" } @{$with{more} // []}), '', '';
}

sub import_ldif {
	my ($name, @entries) = @_;
	spew("$tmp/$name.ldif", @entries);
	run($bin, qw(collect import), "$tmp/$name.ldif", qw(--force --collected
		2026-02-01 -o), "$tmp/$name");
}

sub analyze {
	my ($name, $to, @options) = @_;
	return run($bin, 'analyze', "$tmp/$name", '--policy',
		"$tmp/policy.json", '-o', "$tmp/$to", @options);
}

sub causes { return map { $json->decode($_) } split /\n/,
	slurp("$tmp/$_[0]/causes.ndjson"); }

sub right {
	my ($folder, $name) = @_;
	my @bad = wrong_causes("$tmp/$folder");
	ok(!@bad, "causes of $name", @bad);
}

# ---- one cause for all, and for each value ----

# 38 users with one suffix, 2 with another, and values of both classes.
sub people {
	my ($ou, $name) = @_;
	return map({ entry($_, 'user', $ou, name => "$name$_", upn => $_ < 39
		? $_ % 2 ? 'brandt.local' : 'Brandt.LOCAL' : 'old.local') }
		1 .. 40), map { entry($_, $_ % 2 ? 'user' : 'group', $ou,
		name => "$name$_", upn => $_ % 2 && 'corp.example',
		more => ['smtp:a,b@corp.example']) } 41 .. 45;
}

import_ldif('people', people('Staff', 'n'));
my $said = analyze('people', 'now');
right('now', 'forty-five people');
my ($brandt) = grep { ($_->{shared} // '') =~ /^brandt\.local$/i }
	causes('now');
# The domain, and all who follow from that it is in use.
ok($brandt && $brandt->{rule} eq 'domain-unverified-in-use' &&
	$brandt->{title} eq '38 users and 1 domain: brandt.local is in use, '
	. 'and can never be verified' && $brandt->{objects} == 39 &&
	$brandt->{findings} == 1 && $brandt->{attached} == 76 &&
	$brandt->{authority} eq 'ad' && $brandt->{action} =~
	/^Add a domain .* in the place of brandt\.local/,
	'38 users, one suffix, one action',
	$brandt ? $json->encode($brandt) : 'no cause of it');
my ($malformed) = grep { $_->{rule} eq 'proxy-malformed' } causes('now');
ok($malformed && $malformed->{title} =~ /^3 users and 2 groups: /,
	'classes are counted', $malformed ? $malformed->{title} : 'none');
my $suffixes = grep { $_->{rule} eq 'domain-unverified-in-use' } causes('now');
ok($suffixes == 2, 'a cause for each suffix', "have $suffixes");

# What the terminal says adds up with the files.
my @findings = map { $json->decode($_) } split /\n/,
	slurp("$tmp/now/findings.ndjson");
for ([causes => causes('now')], [findings => grep { !$_->{follows} } @findings],
	['that follow from these' => grep { $_->{follows} } @findings]) {
	my ($what, @rows) = @$_;
	my %by;
	$by{$_->{severity}}++ for @rows;
	my $want = "$what: " . join ', ', map { ($by{$_} // 0) . " $_" }
		qw(critical high medium low info);
	ok(@rows && $said =~ /^\Q$want\E$/m, "the terminal counts $what",
		"want $want", $said);
}

import_ldif('moved', reverse people('Elsewhere', 'renamed'));
analyze('moved', 'then');
right('then', 'the same, moved, renamed and in another order');
my @ids = map { join ' ', map { "$_->{id} $_->{objects}" } causes($_) }
	qw(now then);
ok($ids[0] && $ids[0] eq $ids[1], 'they are the same causes', @ids);

# ---- one domain in two spellings ----

# As AD has it, so that it can be found there, whoever is met first; a policy
# may write it as DNS does, with the dot of the root.
my $sharp = "k\x{c3}\x{b6}ntoso.example";
my $ascii = 'xn--kntoso-wxa.example';
sub spelt {
	my @domains = @_;
	return map { entry($_, 'user', 'Staff', upn => 'corp.example') =~
		s/SMTP:s\d+\@\K.*/$domains[$_ - 1]/r } 1 .. @domains;
}
for my $domains ([$ascii, $sharp, uc $ascii, "K\x{c3}\x{96}NTOSO.example"],
	[$sharp, $ascii], [$ascii, uc $ascii]) {
	import_ldif('spelt', spelt(@$domains));
	analyze('spelt', 'spelt-f', '--force');
	right('spelt-f', "@$domains");
	my @of = grep { $_->{rule} eq 'domain-unverified-in-use' }
		causes('spelt-f');
	my $want = "@$domains" =~ /\xc3/ ? $sharp : $ascii;
	my $have = @of ? Encode::encode_utf8($of[0]{title}) : 'none';
	ok(@of == 1 && $have =~ /: \Q$want\E is in use/i,
		"one cause of @$domains", "have " . @of, $have);
	spew("$tmp/spelt.json", run($bin, 'waive', "$tmp/spelt-f", '--rule',
		$of[0]{rule}, '--object', $ascii, '--reason', 'x'));
	analyze('spelt', 'spelt-w', '--force', '--waivers', "$tmp/spelt.json");
	ok(slurp("$tmp/spelt-w/findings.ndjson") =~
		/"domain-unverified-in-use","severity":"\w+","status":"waived"/,
		'which is waived by either name');
}
spew("$tmp/policy.json", slurp("$tmp/policy.json") =~
	s/"corp.example"/"Corp.Example.", "$ascii."/r);
analyze('spelt', 'spelt-f', '--force');
ok(!grep({ $_->{rule} eq 'domain-unverified-in-use' } causes('spelt-f')),
	'and is one to the policy, with the dot of the root');
spew("$tmp/policy.json", slurp("$tmp/policy.json") =~ s/, "\Q$ascii\E\."//r);

# ---- more values than a rule may have causes of ----

my $most = 1000;
my @many = map { entry($_, 'user', 'Staff', upn => $_ % 10
	? "s$_.local" : 'brandt.local') } 1 .. 1500;
import_ldif('many', @many);
analyze('many', "many-$_", '--jobs', $_) for 1, 4;
right('many-1', 'many suffixes');
my %kinds = (rule => 0, value => 0);
$kinds{defined $_->{shared} ? 'value' : 'rule'}++
	for grep { $_->{rule} eq 'domain-unverified-in-use' } causes('many-1');
ok($kinds{value} == $most && $kinds{rule} == 1, 'the first have causes of '
	. 'their own, the others that of the rule', %kinds);
my ($first) = causes('many-1');
ok($first->{objects} == 2 * (1500 - 150 - $most + 1) && !defined $first->{shared},
	'most objects come first', $json->encode($first));
for my $file (qw(causes findings)) {
	my @texts = map { slurp("$tmp/many-$_/$file.ndjson") } 1, 4;
	ok($texts[0] && $texts[0] eq $texts[1],
		"$file.ndjson hangs on no number of threads");
}

# ---- with edits ----

spew("$tmp/edits.json", '{"edits": [{"set": "s39", "attribute":
	"userPrincipalName", "value": "s39@corp.example"}, {"set": "s40",
	"attribute": "userPrincipalName", "value": "s40@new.local"}]}');
$said = analyze('people', 'edited', '--what-if', "$tmp/edits.json");
right('edited', 'people with edits');
ok($said =~ /^  causes: 1 fixed, 1 new$/m, 'edits cure causes and make some',
	$said);
my %changed = map { $_->{change} => $_->{title} // '' } map { $json->decode($_)
	} split /\n/, slurp("$tmp/edited/difference.ndjson");
ok(($changed{'cause-cured'} // '') =~ /^2 users and 1 domain: old\.local/ &&
	($changed{'cause-new'} // '') =~ /^1 domain and 1 user: new\.local/,
	'which the difference names', %changed);
$said = run($bin, 'verify', "$tmp/edited");
ok($said =~ /as the manifest says/, 'the folder is as its manifest says', $said);

# ---- damaged folders ----

# What the command says of a copy of the findings after CHANGE.
sub damaged {
	my ($change, $command) = @_;
	run('rm', '-rf', "$tmp/copy");
	run('cp', '-r', "$tmp/now", "$tmp/copy");
	$change->("$tmp/copy");
	my $told = `$bin $command 2>&1`;
	return ($? >> 8) . " $told";
}

sub edit {
	my ($file, $from, $to) = @_;
	return sub {
		my $text = slurp("$_[0]/$file");
		$text =~ s/$from/$to/s or die "nothing to change in $file\n";
		spew("$_[0]/$file", $text);
	};
}

for (['a cause that was changed', edit('causes.ndjson', '38 users', '39 users'),
		qr{^4 .*causes\.ndjson: was changed}],
	['a cause without a number', edit('causes.ndjson', '"objects":39',
		'"objects":"x"'),
		qr{^4 .*causes\.ndjson:\d+: want an id, a rule, a severity, a }],
	['a cause that is gone', edit('causes.ndjson', '[^\n]*\n', ''),
		qr{^4 .*causes\.ndjson: has \d+ lines; the manifest says \d+}],
	['no causes at all', sub { unlink "$_[0]/causes.ndjson" },
		qr{^4 .*causes\.ndjson: }],
	['findings of an older program', edit('manifest.json', '"causes":',
		'"other":'), qr{^4 .*manifest\.json: want count and sha256 of }
		. 'causes, findings and forecast']) {
	my ($name, $change, $want) = @$_;
	my $verified = damaged($change, "verify $tmp/copy");
	my $reported = damaged($change, "report $tmp/copy -o $tmp/reports");
	ok($verified =~ /$want/ && $reported =~ /$want/, $name, $verified,
		$reported);
}

done();
