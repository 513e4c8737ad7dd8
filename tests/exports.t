#!/usr/bin/perl
# What other programs read: report.json, findings.sarif, junit.xml, report.md.
# Validators are others' (python3-jsonschema, xmllint, cmark-gfm), and the
# numbers of each format are held against the manifest of the findings.
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use Encode qw(decode);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use JSON::XS;
use List::Util qw(sum0 uniq);
use lib map { dirname(__FILE__) . "/$_" } qw(exports lib);
use Hostile qw(hostile_folder many_folder old_folder shown @values);
use Trial qw(ok done slurp spew run);

chdir dirname(__FILE__) . '/..' or die "$!\n";
my $bin = $ENV{SYNCSCOPE} // 'build/syncscope';
my $build = $ENV{BUILD} // 'build';
my $tmp = tempdir(CLEANUP => 1);
my $json = JSON::XS->new->utf8->canonical;
my $f = 'fixtures/exchangelabs';
my @severities = qw(critical high medium low info);
my $sarif_schema = "build/sarif/node_modules/\@microsoft/jest-sarif/lib/" .
	'schemas/sarif-2.1.0-rtm.5.json';

sub lines { return map { $json->decode($_) } split /\n/, slurp($_[0]) }
sub manifest { return $json->decode(slurp("$tmp/$_[0]/manifest.json")) }
sub document { return $json->decode(slurp("$tmp/$_[0].out/$_[1]")) }
sub by_severity { return join ' ', map { $_[0]{$_} // 0 } @severities }

# ---- folders of findings ----

for my $date ('2015-10-12', '2016-02-15') {
	run($bin, 'collect import', glob("$f/*$date*"), '--collected', $date,
		'-o', "$tmp/$date");
}
my $policy = "--policy $f/policy.json";
my $both = "$tmp/2015-10-12 $tmp/2016-02-15 $policy";
run("$bin analyze $both -o $tmp/lab");
run("$bin analyze $tmp/2015-10-12 $policy -o $tmp/first");
my @waivers = (['proxy-*', 'accepted'], ['mail-missing', 'false-positive'],
	['moved-out-of-scope', 'planned']);
spew("$tmp/waivers.json", $json->encode([map { {
	rule => $_->[0], 'dn-suffix' => 'DC=Exchangelabs,DC=local',
	reason => "sea | `x` <b>", owner => 'A', ticket => 'T-1',
	result => $_->[1] } } @waivers]));
run("$bin analyze $both --baseline $tmp/first --waivers $tmp/waivers.json " .
	"-o $tmp/waived");
spew("$tmp/edits.json", '{"edits": [{"set": "BWesselius", ' .
	'"attribute": "mail", "value": "BWesselius@exchangelabs.nl"}]}');
run("$bin analyze $both --what-if $tmp/edits.json -o $tmp/edited");
run("$bin analyze $both --rules mail-missing -o $tmp/chosen");
run("$bin analyze $both --profile idfix -o $tmp/idfix");
run("$bin report $tmp/idfix --format idfix -o $tmp/idfix.rows");
spew("$tmp/plan.csv", slurp("$tmp/idfix.rows/idfix.csv") =~
	s/""(\r?\n)/"EDIT"$1/gr);
run("$bin analyze $both --profile idfix --plan $tmp/plan.csv -o $tmp/plan");
run("$bin collect import $f/ad-2016-02-15.ldif --collected 2016-02-15 " .
	"-o $tmp/ad");
run("$bin analyze $tmp/ad -o $tmp/alone");
run("$build/tests/unit/forests $tmp/forests");
old_folder("$tmp/lab", "$tmp/old");
many_folder("$tmp/lab", "$tmp/many");
hostile_folder("$tmp/waived", "$tmp/hostile");
my @folders = qw(lab waived edited chosen plan alone forests old many hostile);
for my $name (@folders) {
	run("$bin report $tmp/$name --format json,sarif,junit,markdown " .
		"-o $tmp/$name.out");
}

# ---- report.json ----

my $said = `tests/exports/validate.py data/report.schema.json \\
	$tmp/*.out/report.json 2>&1`;
ok($? == 0 && $said eq '', 'report.json is as the published schema says', $said);

# It must be known to refuse at all.
my $strange = document('lab', 'report.json');
$strange->{forecast}[0]{novel} = 1;
delete $strange->{findings}[0]{rule};
spew("$tmp/strange.json", $json->encode($strange));
$said = `tests/exports/validate.py data/report.schema.json $tmp/strange.json`;
ok(!!($? == 1 << 8 && $said =~ /novel/ && $said =~ /'rule' is a required/),
	'an unknown member of a forecast, and a lack, are refused', $said);
$strange = document('lab', 'report.json');
$strange->{findings}[0]{novel} = 1;
spew("$tmp/strange.json", $json->encode($strange));
`tests/exports/validate.py data/report.schema.json $tmp/strange.json`;
ok($? == 0, 'findings may have newer members, as findings(5) promises');

sub undescribed {
	my ($schema, $at) = @_;
	my @none;
	return map { undescribed($_, $at) } @$schema if ref $schema eq 'ARRAY';
	return () if ref $schema ne 'HASH';
	for my $key (sort keys %$schema) {
		if ($key eq 'properties' || $key eq '$defs') {
			for (sort keys %{$schema->{$key}}) {
				push @none, "$at/$_" if
					!$schema->{$key}{$_}{description};
				push @none, undescribed($schema->{$key}{$_},
					"$at/$_");
			}
		} else {
			push @none, undescribed($schema->{$key}, "$at/$key");
		}
	}
	return @none;
}
my $schema = $json->decode(slurp('data/report.schema.json'));
my @none = undescribed($schema, '');
ok(!@none, 'every member is described', @none);
my $old = document('old', 'report.json');
ok($schema->{'$id'} eq $old->{'$schema'}, 'the document names the schema');

# Each list is its file; what has no file is null.
my %files = (causes => 'causes', findings => 'findings',
	forecast => 'forecast', timelines => 'timeline', closed => 'closed',
	history => 'history', difference => 'difference', plan => 'plan');
my @wrong;
for my $name (@folders) {
	my ($d, $m) = (document($name, 'report.json'), manifest($name));
	push @wrong, "$name: manifest" if
		$json->encode($d->{manifest}) ne $json->encode($m);
	my $exchange = slurp("$tmp/$name/exchange.json");
	push @wrong, "$name: exchange" if !$m->{exchange} ? $d->{exchange} :
		$json->encode($d->{exchange}) ne
		$json->encode($json->decode($exchange));
	for my $key (sort keys %files) {
		my $count = ($m->{$files{$key}} || {})->{count};
		my @lines = lines("$tmp/$name/$files{$key}.ndjson");
		push @wrong, "$name: $key" if !defined $count ?
			defined $d->{$key} : @{$d->{$key}} != $count ||
			$json->encode($d->{$key}) ne $json->encode(\@lines);
	}
}
ok(!@wrong, 'all of the folder is in it, line by line', @wrong);
ok(!defined $old->{timelines} && !defined $old->{history} &&
	!defined $old->{exchange}, 'what an older program did not write is null');

# A line that was changed, and one that no reader takes.
for my $change (['"status":"open"', '"status":"waived"', 'SHA-256'],
	['"rule":"', '"rule":"\ud800', 'surrogate']) {
	my ($from, $to, $want) = @$change;
	`rm -rf $tmp/bad $tmp/bad.out; cp -r $tmp/lab $tmp/bad`;
	spew("$tmp/bad/findings.ndjson",
		slurp("$tmp/lab/findings.ndjson") =~ s/\Q$from\E/$to/r);
	$said = `$bin report $tmp/bad --format json -o $tmp/bad.out 2>&1`;
	ok(!!($? == 4 << 8 && $said =~ /\Q$want\E/ && !glob("$tmp/bad.out/*")),
		"nothing is written of a folder that is damaged: $want", $said);
}

# ---- findings.sarif ----

if (-e $sarif_schema) {
	$said = `tests/exports/validate.py '$sarif_schema' \\
		$tmp/*.out/findings.sarif 2>&1`;
	ok($? == 0 && $said eq '', "findings.sarif is as SARIF's schema says",
		$said);
} else {
	ok(1, "findings.sarif # skip no SARIF schema: make build/sarif/node_modules");
}

sub keys_of {
	my ($j) = @_;
	return map { keys_of($_) } @$j if ref $j eq 'ARRAY';
	return ref $j ne 'HASH' ? () : map { ($_, keys_of($j->{$_})) } keys %$j;
}

# What its text says, and a schema cannot.
sub sarif_faults {
	my ($name) = @_;
	my ($m, $d) = (manifest($name), document($name, 'findings.sarif'));
	my $run = $d->{runs}[0];
	my @results = @{$run->{results}};
	my @rules = @{$run->{tool}{driver}{rules}};
	my @lines = lines("$tmp/$name/findings.ndjson");
	my (@faults, %open, %told, %gaps, %states);
	push @faults, 'number of results' if @results != $m->{findings}{count};
	push @faults, 'rules' if join(' ', map { $_->{id} } @rules) ne
		join(' ', map { $_->{id} } @{$m->{rules}});
	for my $i (0 .. $#results) {
		my ($r, $line) = ($results[$i], $lines[$i]);
		my $rule = $rules[$r->{ruleIndex}];
		my ($place) = map { @{$_->{logicalLocations}} } @{$r->{locations}};
		push @faults, "$i: rule" if $rule->{id} ne $line->{rule};
		push @faults, "$i: fingerprint" if $line->{fingerprint} ne
			$r->{partialFingerprints}{'syncscope/v1'};
		push @faults, "$i: place" if $place->{kind} ne $line->{class} ||
			($line->{dn} &&
			$place->{fullyQualifiedName} ne $line->{dn});
		for (qw(severity cause authority)) {
			push @faults, "$i: $_" if
				($r->{properties}{$_} // '') ne ($line->{$_} // '');
		}
		push @faults, "$i: proposed" if
			$json->encode([$r->{properties}{proposed}]) ne
			$json->encode([$line->{proposed}]);
		push @faults, "$i: level" if $r->{level} ne { critical => 'error',
			high => 'error', medium => 'warning', low => 'note',
			info => 'note' }->{$line->{severity}};
		my $off = grep { $_->{status} eq 'accepted' }
			@{$r->{suppressions} || []};
		push @faults, "$i: suppressed" if
			!!$off ne ($line->{status} ne 'open');
		push @faults, "$i: why" if $off && index(
			$r->{suppressions}[0]{justification},
			($line->{waiver} || {})->{reason} // '') < 0;
		$open{$line->{severity}}++ if !$off;
		$states{$r->{baselineState} // 'none'}++ if !$off;
	}
	push @faults, 'open results' if by_severity(\%open) ne
		by_severity($m->{bySeverity});
	my $with = grep { exists $_->{suppressions} } @results;
	push @faults, 'some results alone have suppressions' if
		$with && $with != @results;
	my $b = $m->{baseline};
	push @faults, 'baseline' if $b && (($states{unchanged} // 0) !=
		$b->{openBefore} || ($states{new} // 0) != $b->{new} +
		$b->{notCompared} + $b->{reopened});
	push @faults, 'a baseline that is none' if !$b &&
		join(' ', keys %states) ne 'none' && @results;
	$told{"$_->{associatedRule}{id} $_->{descriptor}{id}"}++ for
		grep { $_->{associatedRule} }
		@{$run->{invocations}[0]{toolExecutionNotifications}};
	$gaps{"$_->{id} " . ($_->{outcome} eq 'found' ? 'assessed-in-part'
		: 'not-assessed')}++ for grep { $_->{outcome} eq 'not-assessed' ||
		($_->{outcome} eq 'found' && defined $_->{reason}) } @{$m->{rules}};
	push @faults, 'rules that were not assessed' if
		join(',', sort keys %told) ne join(',', sort keys %gaps);
	push @faults, 'a file' if
		grep { /^(physical|artifact)Location$/ } keys_of($d);
	return map { "$name: $_" } @faults;
}
@wrong = map { sarif_faults($_) } @folders;
ok(!@wrong, 'results, suppressions, states and gaps are those of the findings',
	@wrong);
my $sarif = slurp("$tmp/waived.out/findings.sarif");
ok(!!((() = $sarif =~ /"status":"accepted"/g) ==
	sum0(values %{manifest('waived')->{waived}}) &&
	$sarif =~ /"baselineState":"unchanged"/ &&
	$sarif =~ /"baselineState":"new"/),
	'of waived findings and a baseline there are some');

# ---- junit.xml ----

$said = `xmllint --noout --nonet --schema tests/exports/junit.xsd \\
	$tmp/*.out/junit.xml 2>&1`;
my @valid = $said =~ / validates$/mg;
ok($? == 0 && @valid == @folders, 'junit.xml is well-formed, and in its form',
	$said);

# "name=value" of the attributes of each element called so, as xmllint has them.
sub elements {
	my ($name, $element) = @_;
	my $text = slurp("$tmp/$name.out/junit.xml");
	return map { { /(\w+)="([^"]*)"/g } } $text =~ /<$element\b([^>]*)>/g;
}

sub junit_faults {
	my ($name) = @_;
	my $m = manifest($name);
	my $text = slurp("$tmp/$name.out/junit.xml");
	my ($all, @faults, %open) = elements($name, 'testsuites');
	my %rule = map { ($_->{id} => $_) } @{$m->{rules}};
	$open{$_->{rule}}++ for grep { $_->{status} eq 'open' }
		lines("$tmp/$name/findings.ndjson");
	while ($text =~ m{<testcase classname="(.*?)" name="(.*?)">\n(.*?)</testcase>}gs) {
		my ($category, $id, $in) = ($1, $2, $3);
		my $r = delete $rule{$id} or push(@faults, "$id is twice"), next;
		my ($n) = $in =~ /<failure message="(\d+) open finding/;
		push @faults, "$id: category" if
			$category ne ($r->{category} // 'rules');
		push @faults, "$id: open" if ($n // 0) != ($open{$id} // 0);
		my $blind = $r->{outcome} =~ /^not-/ ||
			($r->{outcome} eq 'found' && defined $r->{reason});
		push @faults, "$id: skipped" if !$n &&
			!!$blind ne !!($in =~ /<skipped message="\S/);
		my ($waived) = $in =~ /(\d+) findings? (?:is|are) waived/;
		push @faults, "$id: waived" if
			($waived // 0) != $r->{findings} - ($n // 0);
		push @faults, "$id: in part is not told" if $n && $blind &&
			$in !~ /Not everything was looked at/;
	}
	push @faults, map { "$_ is missing" } sort keys %rule;
	for my $key (qw(tests failures errors skipped)) {
		push @faults, "sum of $key" if $all->{$key} !=
			sum0(map { $_->{$key} } elements($name, 'testsuite'));
	}
	push @faults, 'tests' if $all->{tests} != @{$m->{rules}};
	push @faults, 'failures' if $all->{failures} !=
		(() = $text =~ /<failure /g);
	push @faults, 'skipped' if $all->{skipped} != (() = $text =~ /<skipped /g);
	return map { "$name: $_" } @faults;
}
@wrong = map { junit_faults($_) } @folders;
ok(!@wrong, 'cases fail, are skipped and pass as the rules did', @wrong);
my $junit = slurp("$tmp/many.out/junit.xml");
ok(!!($junit =~ /<failure message="301 open findings on 301 objects/ &&
	$junit =~ /These are 20 of 301;/), 'a cap is said, and the count is true');

# ---- report.md ----

my @extensions = map { ('-e', $_) } qw(table autolink strikethrough tasklist);
sub html { return decode('UTF-8',
	scalar `cmark-gfm --unsafe @extensions $tmp/$_[0].out/report.md`) }

# What a renderer may make of it: headings, lists, tables and code, no more.
sub markdown_faults {
	my ($name) = @_;
	my ($m, $html, @faults) = (manifest($name), html($name));
	my @causes = grep { ($_->{status} // 'open') eq 'open' }
		lines("$tmp/$name/causes.ndjson");
	my @tags = uniq($html =~ m{<(/?\w+)}g);
	push @faults, "tag $_" for grep { !m{^/?(h[1-3]|ul|li|p|code|table|thead|tbody|tr|th|td)$} } @tags;
	my @rows = $html =~ m{<tr>\s*<td[^>]*>(\d+)</td>\s*<td>(\w+)</td>\s*<td[^>]*>(\d+)</td>\s*<td[^>]*>(\d+)</td>\s*<td>.*?</td>\s*</tr>}gs;
	my @titles = $html =~ m{<td>([^\n]*)</td>\s*</tr>}g;
	my @heads = map { s/^\d+: //r } $html =~ m{<h3>(.*?)</h3>}gs;
	push @faults, 'a title in the table' if "@titles" ne "@heads";
	push @faults, 'rows of causes' if @rows / 4 != @causes;
	push @faults, 'numbers of causes' if join(' ', @rows) ne join ' ',
		map { ($_ + 1, @{$causes[$_]}{qw(severity objects)},
		$causes[$_]{findings} + $causes[$_]{attached}) } 0 .. $#causes;
	my $n = sum0(values %{$m->{bySeverity}});
	push @faults, 'open findings' if $html !~ /Open findings: $n\b/;
	push @faults, 'causes' if (() = $html =~ /<h3>/g) != @causes;
	my ($blind, $all, $part) = $html =~
		/could not be checked: (\d+) of (\d+); only in part: (\d+)/;
	push @faults, 'gaps' if ($blind // 0) != (grep {
		$_->{outcome} eq 'not-assessed' } @{$m->{rules}}) ||
		($part // 0) != grep { $_->{outcome} eq 'found' &&
		defined $_->{reason} } @{$m->{rules}};
	return map { "$name: $_" } @faults;
}
@wrong = map { markdown_faults($_) } @folders;
ok(!@wrong, 'Markdown has the causes, and nothing acts in it', @wrong);
my $page = slurp("$tmp/many.out/report.md");
ok(!!($page =~ /^These are 5 of 30\d findings; all are in/m),
	'a cap is said there, too');
ok(!!(slurp("$tmp/lab.out/report.md") =~ /^# Not ready: \d+ of \d+ objects in scope are blocked\.$/m &&
	slurp("$tmp/alone.out/report.md") =~ /^- The tenant was not collected/m &&
	slurp("$tmp/chosen.out/report.md") =~ /^# Readiness is not known/m),
	'the answer comes first, and what was not looked at is none');

# ---- every value is hostile ----

# As code, each as it is shown; in XML the same.
my $html = html('hostile');
my @code = map { s/&lt;/</gr } map { s/&gt;/>/gr } map { s/&quot;/"/gr }
	map { s/&amp;/\x00/gr } $html =~ m{<code>(.*?)</code>}gs;
s/\x00/&/g for @code;
my %code = map { ($_ => 1) } @code;
@wrong = grep { !$code{shown($_)} } @values;
ok(!@wrong, 'hostile values stand in Markdown as they are shown',
	map { encode_json([shown($_)]) } @wrong);
my $xml = decode('UTF-8', scalar `xmllint --xpath 'string(/)' $tmp/hostile.out/junit.xml`);
@wrong = grep { index($xml, ': ' . shown($_)) < 0 } @values;
ok(!@wrong, 'and in XML', map { encode_json([shown($_)]) } @wrong);
my %upns = map { ($_->{properties}{upn} // '' => 1) }
	@{document('hostile', 'findings.sarif')->{runs}[0]{results}};
@wrong = grep { !$upns{$_} } @values;
ok(!@wrong, 'in SARIF as they are', map { encode_json([$_]) } @wrong);
for my $name (qw(report.json findings.sarif junit.xml report.md)) {
	my $text = slurp("$tmp/hostile.out/$name");
	# JSON is for programs: it has what it may have.
	my $for_people = $name =~ /xml|md/;
	my $copy = $text;
	ok(!!(utf8::decode($copy) && $text !~ /\xed[\xa0-\xbf]/ &&
		$text !~ /[\x00-\x08\x0b-\x1f]/ && !($for_people && $text =~
		/[\t\x7f]|\xc2[\x80-\xa0]|\xe2\x80[\x8b-\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]/)),
		"$name has no control character");
}

# ---- the program ----

run("make -s install DESTDIR=$tmp/root PREFIX=/usr B=$build");
ok(slurp("$tmp/root/usr/share/syncscope/data/report.schema.json") eq
	slurp('data/report.schema.json'), 'the schema is installed');
$said = `$bin report $tmp/lab --format json -o $tmp/lab.out 2>&1`;
ok(!!($? == 2 << 8 && $said =~ /report\.json: exists already/),
	'reports that exist are not replaced', $said);
done();
