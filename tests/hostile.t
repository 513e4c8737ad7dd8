#!/usr/bin/perl
# A directory that means harm (tests/hostile/Directory.pm) goes the whole way:
# import, analysis, all formats of reports, and what stands on the terminal.
# Other programs than ours read what was written: values come back whole, or are
# named where a format is for people, and nothing acts.
use strict;
use warnings;
use utf8;
no warnings 'nonchar';
use Cwd qw(abs_path);
use Encode qw(decode encode);
use File::Basename qw(basename dirname);
use File::Temp qw(tempdir);
use JSON::XS;
use List::Util qw(uniq);
use Net::LDAP::LDIF;
use lib map { dirname(__FILE__) . "/$_" } qw(hostile exports lib);
use Directory qw(hostile_files lasting_strings mended_objects
	wild_values @strings);
use Hostile qw(shown);
use Trial qw(done ok slurp spew);

chdir dirname(__FILE__) . '/..' or die "$!\n";
my $bin = $ENV{SYNCSCOPE} // 'build/syncscope';
my $tmp = tempdir(CLEANUP => 1);
my $json = JSON::XS->new->utf8->canonical;

sub lines { return map { $json->decode($_) } split /\n/, slurp($_[0]) }

# ---- the program ----

# What it says on both channels, and whether it should have said that; what it
# prints.
my (%said, @ends);
sub says {
	my ($name, @words) = @_;
	my $pid = open(my $from, '-|') // die "$!\n";
	if (!$pid) {
		open STDERR, '>', "$tmp/errors" or die "$!\n";
		exec $bin, map { encode('utf8', $_) } @words or die "$!\n";
	}
	local $/;
	my $prints = <$from> // '';
	close $from;
	$said{$name} = $prints . slurp("$tmp/errors");
	push @ends, "$name: status " . ($? >> 8) . ": $said{$name}" if
		$? != 0 && $? != 3 << 8;
	return $prints;
}

# Names of folders are written by somebody, too.
my $now = "$tmp/now \e[31m<b>=1'\x{2019}`\$x|\x{202e}\n";
my $d = "$tmp/files";
hostile_files($d);
says('import, before', qw(collect import --all-attributes --collected),
	'2016-01-15', "$d/ad-0.ldif", '-o', "$tmp/before");
says('import', qw(collect import --all-attributes --collected 2016-02-15),
	(map { "$d/$_" } qw(ad-1.ldif users.json groups.json contacts.json
	domains.json)), '-o', $now);
my @policy = ('--policy', "$d/policy.json");
says('analyze, before', 'analyze', "$tmp/before", @policy, '-o', "$tmp/first");
says('analyze', 'analyze', "$tmp/before", $now, @policy, '--baseline',
	"$tmp/first", '--waivers', "$d/waivers.json", '-o', "$tmp/found");
my $out = "$tmp/out";
says('report', 'report', "$tmp/found", '-o', $out, '--max-changes', 1000,
	'--format', 'html,csv,xlsx,json,sarif,junit,markdown,ldif,ps1,idfix',
	'--title', $strings[0], '--customer', $now, '--notes', '=1`|</p>',
	'--waves', "$d/waves.csv");

# People write into the plan, and it is read back.
my $plan = slurp("$out/action-plan.csv");
my $filled = 0;
$plan =~ s/^("(?:change|cause)-\w+","\w+"),"","",""/
	my ($head, $s) = ($1, $strings[$filled++ % @strings]);
	$s = encode('utf8', $s =~ s{"}{""}gr);
	qq($head,"$s","$s","$s")/gme;
spew("$d/plan.csv", $plan);
says('plan', 'report', "$tmp/found", '--format', 'csv,xlsx', '--plan',
	"$d/plan.csv", '-o', "$tmp/planned");
says('what-if', 'analyze', "$tmp/before", $now, @policy, '--what-if',
	"$out/repair", '-o', "$tmp/mended");
says('report, what-if', 'report', "$tmp/mended", '-o', "$tmp/mended.out",
	'--format', 'html,json,markdown');
says('idfix', 'analyze', $now, @policy, '--profile', 'idfix', '-o',
	"$tmp/idfix");
says('report, idfix', 'report', "$tmp/idfix", '--format', 'idfix', '-o',
	"$tmp/idfix.out");
says('diff', 'diff', '--all', "$tmp/first", "$tmp/found");
spew("$out/diff.json", says('diff, JSON', 'diff', '--json', "$tmp/first",
	"$tmp/found"));
spew("$out/diff.csv", says('diff, CSV', 'diff', '--csv', "$tmp/first",
	"$tmp/found"));
says('exchange', 'exchange', "$tmp/found");
says('policy', 'policy', 'init', "$tmp/before", $now);
says("verify $_", 'verify', $_) for $now, "$tmp/found", "$out/repair";
spew("$out/waive.ndjson", says('waive', 'waive', "$tmp/found", '--rule',
	'proxy-malformed', '--reason', $strings[1]));
# What is told to be typed has a word for what cannot be typed.
my @typed = grep { /syncscope / } map { split /\n/, $_ }
	says('analyze, odd', 'analyze', $now, @policy, '-o', "$now found"),
	map { says("report, odd@$_", 'report', "$now found", '--format',
		'ldif,ps1', '-o', "$now out@$_", @$_) } [], ['-v'];
# Of each string one, as a user, a group, a contact, or who can be mended.
my @guids = uniq(map { $_->{guid} } lines("$tmp/found/forecast.ndjson"));
my $step = 13 * ($ENV{SHARE} // 1);
@guids = @guids[grep { $_ % $step == 0 } 0 .. $#guids];
says("show $_", 'show', "$tmp/found", $_) for @guids;
ok(!@ends && @guids > 400 / $step, 'each command ends as it should',
	scalar @guids, @ends);

# What no text can be is told, and is no value.
my @told = says('import, broken', qw(collect import --all-attributes),
	"$d/broken.ldif", '-o', "$tmp/broken") =~ /(\w+) in 8 objects/g;
ok("@told" eq 'displayName mail proxyAddresses',
	'bytes that are no text are told', $said{'import, broken'});
says('analyze, broken', 'analyze', "$tmp/broken", '-o', "$tmp/unknown");
ok(!lines("$tmp/unknown/findings.ndjson"), 'and nothing is found in them');

# ---- what findings tell ----

# Values are kept as they are, and so are the reasons that people gave for their
# waivers; sentences and places show all that is in them.
my %sentence = map { $_ => 1 } qw(message fix unproposed title brief todo
	scopeReason matchReason place), 'dropped.reason';
my %unseen;
sub look {
	my ($of, $file, $key) = @_;
	if (ref $of eq 'HASH') {
		look($of->{$_}, $file, $key eq 'dropped' ? "$key.$_" : $_)
			for sort keys %$of;
	} elsif (ref $of eq 'ARRAY') {
		look($_, $file, $key) for @$of;
	} elsif ($sentence{$key} && ($of // '') =~
			/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\x{a0}]/) {
		$unseen{"$file $key: " . $json->encode([$of])} = 1;
	}
}
my @sentences = map { my $file = $_; map { look($_, $file, ''); $_ }
	lines("$tmp/found/$file.ndjson") } qw(findings causes forecast);
ok(!%unseen, 'of ' . @sentences . ' lines, each sentence is seen whole',
	sort keys %unseen);

# ---- the terminal ----

# Of what nobody sees there is the blank and the end of a line, and of what
# reorders nothing.
my %for_programs = map { $_ => 1 } 'diff, JSON', 'diff, CSV', 'waive',
	'policy';
sub acts {
	my ($text) = @_;
	my $copy = $text;
	return 'no UTF-8' if !utf8::decode($copy);
	return $copy =~ /((?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\x{a0}])/
		? sprintf('U+%04X behind %s', ord $1, $json->encode([substr
		$copy, $-[0] > 40 ? $-[0] - 40 : 0, 40])) : '';
}
my @bad = map { my $why = acts($said{$_}); $why ? "$_: $why" : () }
	grep { !$for_programs{$_} } sort keys %said;
ok(!@bad, 'nothing on the terminal acts, of ' . keys(%said) . ' commands', @bad);
ok(acts("a\x{1b}[31m") && acts("\xc2\x9b") && acts("\xe2\x80\xae") &&
	acts("\t") && acts("\xff") && !acts("a b\n\xc3\xbc"),
	'which would be noticed');
my $what_if = 'syncscope analyze SNAPSHOT... --what-if REPAIR -o FOLDER';
my %typed = map { $_ => 1 } 'next: syncscope report FINDINGS -o FOLDER',
	"  $what_if", "try them first: $what_if";
ok(3 == (grep { $typed{$_} } @typed) && (grep { /show FINDINGS / } @typed),
	'commands have words for folders that cannot be typed', @typed);
@bad = grep { $said{$_} !~ /\S/ } sort keys %said;
ok(!@bad, 'each command says something', @bad);
my ($shown) = grep { /displayName/ } map { $said{$_} }
	sort grep { /^show/ } keys %said;
ok(!!$shown, 'stories have names');
# What files have is the same under sanitizers.
if ($step > 13) {
	done();
	exit;
}

# ---- files ----

my @files = ((map { "$out/$_" } qw(report.json findings.sarif diff.json
	waive.ndjson report.xlsx report.html junit.xml causes.csv findings.csv
	forecast.csv history.csv changes.csv objects.csv action-plan.csv diff.csv
	idfix.csv repair/manual.csv)), map { "$tmp/$_" }
	qw(planned/action-plan.csv planned/report.xlsx mended.out/report.html
	mended.out/report.json idfix.out/idfix.csv));
my $texts = $json->decode(`tests/hostile/read.py @files 2>$tmp/errors`);
ok($? == 0 && -z "$tmp/errors", 'others read ' . @files . ' files',
	slurp("$tmp/errors"));

# The texts of a file that are values must be among those of FILE.
sub whole {
	my ($file, @want) = @_;
	my %have = map { $_ => 1 } @{$texts->{$file}};
	my @lost = grep { !$have{$_} } @want;
	ok(@want > 100 && !@lost, basename($file) . ': ' . @want .
		' values are whole', map { $json->encode([$_]) }
		@lost[0 .. ($#lost < 9 ? $#lost : 9)]);
}

# Some are values of a type that only looks odd, in which nothing is wrong.
my %found = map { $_->{observed} // '' => 1 } lines("$tmp/found/findings.ndjson");
my @values = grep { $found{$_} } wild_values();
my @names = grep { !/^\s*$/ } uniq(lasting_strings());
whole("$out/$_", @values) for qw(report.json findings.sarif findings.csv
	diff.json diff.csv repair/manual.csv);
whole("$out/$_", @names) for qw(report.json objects.csv report.xlsx);
# The page shows no more of one.
whole("$out/report.html", grep { length() <= 300 } @values);
whole("$tmp/planned/$_", @strings[0 .. ($filled < @strings ? $filled - 1
	: $#strings)]) for qw(action-plan.csv);
ok(!!(grep { index($_, shown($strings[3])) >= 0 } @{$texts->{"$out/junit.xml"}}),
	'junit.xml shows values');

# ---- Markdown ----

for my $folder ($out, "$tmp/mended.out") {
	my $html = decode('UTF-8', scalar `cmark-gfm --unsafe -e table -e autolink \\
		-e strikethrough -e tasklist $folder/report.md`);
	@bad = grep { !m{^/?(h[1-3]|ul|li|p|code|table|thead|tbody|tr|th|td)$} }
		uniq($html =~ m{<(/?[^\s>]+)}g);
	ok($html =~ /<code>/ && !@bad, 'nothing acts in Markdown', @bad);
	ok(slurp("$folder/report.md") !~ /[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\x8b-\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]|^(?:::|##vso)/m,
		'nor of its bytes');
}

# ---- LDIF and PowerShell ----

# dn, verb, attribute, value of each change, as Net::LDAP has them.
sub read_changes {
	my ($file) = @_;
	my $ldif = Net::LDAP::LDIF->new($file, 'r', onerror => 'die');
	my @changes;
	while (my $e = $ldif->read_entry) {
		die "$file: " . $e->changetype . "\n" if
			$e->changetype ne 'modify';
		my @left = $e->changes;
		while (my ($verb, $values) = splice @left, 0, 2) {
			while (my ($name, $list) = splice @$values, 0, 2) {
				push @changes, map { join "\0", decode('utf8',
					$e->dn), $verb, $name, decode('utf8', $_) }
					ref $list ? @$list : $list;
			}
		}
	}
	return @changes;
}

my @repairs = grep { !/\.undo\./ } glob "$out/repair/*.ldf";
my @changes = map { read_changes($_) } @repairs;
my %undo = map { $_ => 1 } map { read_changes(s/ldf$/undo.ldf/r) } @repairs;
my %turn = (add => 'delete', delete => 'add');
ok(@changes > 100, 'there is something to change', scalar @changes);
@bad = grep { my ($dn, $verb, $rest) = split /\0/, $_, 3;
	!$undo{"$dn\0$turn{$verb}\0$rest"} } @changes;
ok(!@bad && keys %undo == uniq(@changes), 'and to undo, the same', @bad);
my %dn = map { (split /\0/)[0] => 1 } @changes;
my %known = map { $_ => 1 } mended_objects();
@bad = grep { !$known{$_} } sort keys %dn;
ok(!@bad && keys %dn > 50, keys(%dn) . ' objects, by their own names',
	map { encode('utf8', $_) } @bad);
@bad = grep { slurp($_) =~ /[^\r\n -~]/ } glob "$out/repair/*.ldf";
ok(!@bad, 'LDIF is of characters that everybody sees', @bad);
my $modules = abs_path('build/powershell/node_modules');
my @scripts = map { $json->decode($_) } split /\n/, `node \\
	tests/powershell/read.mjs $modules $out/repair/*.ps1 2>&1`;
@bad = map { my $p = $_; map { "$p->{file}: $_" } @{$p->{errors}} } @scripts;
ok(@scripts && !@bad, 'the grammar of PowerShell takes the scripts',
	map { encode('utf8', $_) } @bad);
my %made = map { $_ => 1 } @changes;
@bad = ();
for my $o (map { @{$_->{data}{Changes}} } grep { $_->{file} !~ /cloud/ }
	@scripts) {
	for my $v (@{$o->{Values}}) {
		my %is = (delete => $v->{Old}, add => $v->{New});
		push @bad, grep { !delete $made{$_} } map { join "\0",
			$o->{Name}, $_, $v->{Attribute}, $is{$_} }
			grep { defined $is{$_} } sort keys %is;
	}
}
ok(!@bad && !%made, 'and they make the changes of LDIF', map {
	encode('utf8', $_) } @bad, keys %made);
done();
