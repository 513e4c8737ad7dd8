#!/usr/bin/perl
# What report says: one screen of 80 x 24, of which the prompt takes a line,
# held against the folder of findings; and colours, only where they may be.
use strict;
use warnings;
use utf8;
use Encode qw(decode);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use JSON::XS;
use lib map { dirname(__FILE__) . "/$_" } qw(exports lib);
use Hostile qw(hostile_folder old_folder);
use Trial qw(ok done slurp spew run);

chdir dirname(__FILE__) . '/..' or die "$!\n";
my $bin = $ENV{SYNCSCOPE} // 'build/syncscope';
my $build = $ENV{BUILD} // 'build';
my $tmp = tempdir(CLEANUP => 1);
my $json = JSON::XS->new->utf8->canonical;
my $f = 'fixtures/exchangelabs';
my ($lines, $columns) = (23, 80);
binmode STDOUT, ':utf8';

sub objects { return map { $json->decode($_) } split /\n/, slurp($_[0]) }
sub manifest { return $json->decode(slurp("$tmp/$_[0]/manifest.json")) }

# ---- folders of findings ----

for my $date ('2015-10-12', '2016-02-15') {
	run($bin, 'collect import', glob("$f/*$date*"), '--collected', $date,
		'-o', "$tmp/$date");
}
my $both = "$tmp/2015-10-12 $tmp/2016-02-15";
run("$bin analyze $both --policy $f/policy.json -o $tmp/lab");
spew("$tmp/waivers.json", $json->encode([{ rule => 'proxy-*',
	'dn-suffix' => 'DC=Exchangelabs,DC=local', reason => 'r', owner => 'o',
	result => 'accepted' }]));
run("$bin analyze $both --policy $f/policy.json --waivers $tmp/waivers.json " .
	"-o $tmp/waived");
run("$bin report $tmp/lab --format ldif -o $tmp/first");
run("$bin analyze $both --policy $f/policy.json --what-if $tmp/first/repair " .
	"-o $tmp/tried");
run("$bin analyze $both -o $tmp/assumed");
run("$bin analyze $both --rules sam-invalid -o $tmp/nothing");
run("$bin analyze $both --rules 'mail-*,proxy-*' -o $tmp/some");
run("$bin analyze $both --rules '" . join(',', map { /^([a-z][a-z0-9-]+) / ? $1
	: () } split /\n/, run("$bin rules")) . "' -o $tmp/named");
run("$bin collect import $f/ad-2016-02-15.ldif --collected 2016-02-15 " .
	"-o $tmp/ad");
run("$bin analyze $tmp/ad -o $tmp/alone");
my $e = 'fixtures/everything';
run("$bin collect import $e/ad-accounts.ldif $e/ad-names.ldif " .
	"$e/ad-more.ldif $e/ad-values.ldif $e/users.json $e/groups.json " .
	"$e/contacts.json $e/domains.json --collected 2016-02-15 -o $tmp/every");
run("$bin analyze $tmp/every -o $tmp/everything");
run("$build/tests/unit/forests $tmp/forests");
old_folder("$tmp/lab", "$tmp/old");
hostile_folder("$tmp/lab", "$tmp/hostile");
my @folders = qw(lab some named waived tried assumed nothing alone everything forests old
	hostile);

# ---- one screen ----

my (%said, @large, @shown, @order, @gaps, @files, @answer);
for my $name (@folders) {
	my $said = decode('UTF-8', run("$bin report $tmp/$name " .
		"--format html,csv,markdown -o $tmp/$name.out"));
	my @said = split /\n/, $said;
	my @causes = sort { $a->{order} <=> $b->{order} }
		grep { $_->{order} // $_->{status} ne 'waived' }
		objects("$tmp/$name/causes.ndjson");
	my $m = manifest($name);

	$said{$name} = $said;
	# A terminal breaks what is longer than its lines.
	my $rows = @said;
	$rows += int((length($_) - 1) / $columns) for grep { length } @said;
	push @large, "$name: $rows rows" if $rows > $lines;
	# A command is one line, to be copied; a name is never cut.
	push @large, map { "$name: $_" } grep { length > $columns &&
		!/^  \S+ / && /^ *\S+ +\S/ } @said;
	push @shown, "$name: $said" if $said =~
		/[^\P{Cc}\n]|[\x{202a}-\x{202e}\x{2066}-\x{2069}\x{200b}]/;
	my @told = $said =~ /^\d\. (?:critical|high|medium|low|info) +(.*)/mg;
	for my $i (0 .. $#told) {
		next if $name eq 'hostile' || $name eq 'old';
		my ($begin) = $told[$i] =~ /^(.*?)(?: \[.*)?$/;
		push @order, "$name: $told[$i]"
			if index($causes[$i]{title}, $begin) != 0;
	}
	push @order, "$name: " . @causes if @causes &&
		$said !~ /^What to do first \(@{[scalar @told]} of /m;
	my @not = grep { ($_->{outcome} // '') eq 'not assessed' } @{$m->{rules}};
	push @gaps, "$name: " . @not if @not && $said !~
		/^Not looked at: @{[scalar @not]} of @{[scalar @{$m->{rules}}]} /m;
	(my $flat = $said) =~ s/\n/ /g;
	push @files, "$name: $_" for grep { $flat !~ /Reports in .* \Q$_\E / }
		map { s,.*/,,r } glob("$tmp/$name.out/*");
	my ($first) = slurp("$tmp/$name.out/report.md") =~ /\*\*(.*?)\*\*/;
	push @answer, "$name: $first" if $first && index($flat, $first) != 0;
}
ok(!@large, 'one screen of 80 x 24, whatever there is to say', @large);
ok(!@shown, 'no control character, and nothing that turns a line', @shown);
ok(!@order, 'causes in their order, and how many of them', @order);
ok(!@gaps, 'what was not looked at, as often as the manifest has it', @gaps);
ok(!@files, 'all files that were written', @files);
ok(!@answer, 'the answer is that of the other reports', @answer);
ok($said{lab} =~ /^Not ready: (\d+) of .*\n.* \1 blocked, /, 'its counts',
	$said{lab});
ok($said{nothing} =~ /^No finding is open/m && $said{nothing} !~ /Next:/,
	'where nothing is open', $said{nothing});
ok($said{alone} =~ /^By AD alone: /m && $said{alone} =~
	/^! The tenant was not collected/m, 'without a tenant', $said{alone});
ok($said{tried} =~ /^! judged as if the edits of/m, 'what-if', $said{tried});
ok($said{assumed} =~ /^! There is no policy, so \d+ things? w/m,
	'what was assumed', $said{assumed});
ok($said{waived} =~ /^! \d+ findings are waived/m, 'what is waived',
	$said{waived});

# What was cut still says that it lacks.
run("$bin collect import fixtures/everything/ad-accounts.ldif " .
	"--collected 2016-02-15 -o $tmp/users");
run("$bin analyze $tmp/users -o $tmp/cut");
my $cut = run("$bin report $tmp/cut -o $tmp/cut.out") =~ s/\n  / /gr;
ok($cut =~ /can be called ready: [^!]*, \.\.\. not collected/,
	'a list that is cut ends in what it is a list of', $cut);

# ---- what to type ----

my @wrong;
for my $name (@folders) {
	my @next = $said{$name} =~ /^  syncscope (.*)/mg;

	for my $command (grep { !/SNAPSHOT/ } @next) {
		my $out = `$bin $command 2>&1`;
		push @wrong, "$command: $out" if $?;
	}
	push @wrong, "$name: nothing to type" if !@next && $name ne 'nothing';
}
ok(!@wrong, 'commands that are told can be typed', @wrong);
my $odd = "$tmp/it's \$HOME; -o";
rename "$tmp/waived", $odd or die "$!\n";
(my $quoted = $odd) =~ s/'/'\\''/g;
my $said = `$bin report '$quoted' -o $tmp/odd.out`;
my @next = $said =~ /^  syncscope (show .*|report .*)/mg;
ok(@next == 2 && !(grep { system("$bin $_ >/dev/null") } @next),
	'also of folders with quotes, blanks and dollars', $said);
ok(`$bin report $tmp/lab -v -o $tmp/verbose.out` =~
	/^Causes: .*^Readiness: .*^The worst 5 findings:.*^Not assessed:/ms,
	'--verbose says all');

# ---- colours ----

my $n = 0;

# As a terminal gets it, with VARIABLES set.
sub terminal {
	my ($variables, $to) = ($_[0], "$tmp/colour." . $n++);
	my $out = run("env -u NO_COLOR -u TERM $variables script -qec " .
		"'$bin report $tmp/lab --format csv -o $to' /dev/null");

	return $out =~ s/\r//gr =~ s/\Q$to\E/OUT/gr;
}
my $coloured = terminal('TERM=xterm');
ok($coloured =~ /^\e\[31mNot ready.*\n?.*\e\[0m/ &&
	$coloured =~ /^1\. \e\[31mhigh +\e\[0m/m, 'colours on a terminal',
	$coloured);
my $without = terminal('TERM=xterm NO_COLOR=1');
ok($without !~ /\e/, 'none with NO_COLOR', $without);
ok(terminal('TERM=xterm NO_COLOR=') eq $coloured, 'an empty one is none');
ok(terminal('TERM=dumb') eq $without && terminal('') eq $without,
	'none on a dumb terminal, and on one that is not known');
ok($coloured =~ s/\e\[\d+m//gr eq $without, 'and no word hangs on them');
ok($said{lab} !~ /\e/, 'none into a pipe');
done();
