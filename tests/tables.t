#!/usr/bin/perl
# The lists for people: changes.csv, objects.csv, action-plan.csv, report.xlsx.
# They are held against the folder of findings, and against each other; what
# LibreOffice makes of them, tests/office/office.t says.
use strict;
use warnings;
use utf8;
no warnings 'nonchar';
use Digest::SHA qw(sha256_hex);
use Encode qw(encode);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use JSON::XS;
use lib map { dirname(__FILE__) . "/$_" } qw(tables exports lib);
use Hostile qw(hostile_folder old_folder @values);
use Sheets qw(csv_rows csv_text unguarded rows_by book_sheets);
use Trial qw(ok done slurp spew run);

chdir dirname(__FILE__) . '/..' or die "$!\n";
my $bin = $ENV{SYNCSCOPE} // 'build/syncscope';
my $build = $ENV{BUILD} // 'build';
my $tmp = tempdir(CLEANUP => 1);
my $json = JSON::XS->new->utf8->canonical;
my $f = 'fixtures/exchangelabs';
binmode STDOUT, ':utf8';

sub lines { return map { $json->decode($_) } split /\n/, slurp($_[0]) }
sub counts { return $_[0]{status} eq 'open' || $_[0]{status} eq 'planned' }
sub table {
	my @rows = rows_by(csv_rows($_[0]));
	for my $row (@rows) {
		$_ = unguarded($_) for values %$row;
	}
	return @rows;
}
# Two of one GUID lie in different places.
sub place_of {
	return join '/', map { $_ // '' } @{$_[0]}{qw(guid dn)};
}
sub name_of { return $_[0]{guid} || $_[0]{dn} || $_[0]{object} || '' }

# ---- folders of findings ----

for my $date ('2015-10-12', '2016-02-15') {
	run($bin, 'collect import', glob("$f/*$date*"), '--collected', $date,
		'-o', "$tmp/$date");
}
my $policy = "--policy $f/policy.json";
run("$bin analyze $tmp/2015-10-12 $policy -o $tmp/first");
run("$bin analyze $tmp/2015-10-12 $tmp/2016-02-15 $policy " .
	"--baseline $tmp/first -o $tmp/lab");
spew("$tmp/waivers.json", $json->encode([{ rule => 'proxy-*',
	'dn-suffix' => 'DC=Exchangelabs,DC=local', reason => 'r', owner => 'o',
	result => 'accepted' }, { rule => 'mail-missing', reason => 'r',
	'dn-suffix' => 'DC=Exchangelabs,DC=local', owner => 'o',
	result => 'planned' }]));
run("$bin analyze $tmp/2015-10-12 $tmp/2016-02-15 $policy " .
	"--waivers $tmp/waivers.json -o $tmp/waived");
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
my $long = 'x' x 40000;
push @values, '00123', '1E5', 'TRUE', '1/2', '2026-01-01', '_x0041_', "\rx",
	"'=x", '#REF!', $long;
hostile_folder("$tmp/lab", "$tmp/hostile");
# Findings as another program might order them.
run("cp -r $tmp/lab $tmp/turned");
my @turned = reverse split /^/, slurp("$tmp/lab/findings.ndjson");
spew("$tmp/turned/findings.ndjson", @turned);
my $manifest = $json->decode(slurp("$tmp/lab/manifest.json"));
$manifest->{findings}{sha256} = sha256_hex(join '', @turned);
spew("$tmp/turned/manifest.json", $json->encode($manifest));
my @folders = qw(lab waived turned everything alone forests old hostile);
my %said;
for my $name (@folders) {
	$said{$name} = run("$bin report $tmp/$name --format csv,xlsx " .
		"-o $tmp/$name.out");
	run("$bin report $tmp/$name --format csv --all -o $tmp/$name.all");
}

# ---- changes.csv ----

my @wrong;
for my $name (@folders) {
	my (%want, %have, %cured);
	for (grep { counts($_) } lines("$tmp/$name/findings.ndjson")) {
		$want{$_->{change} . ' ' . name_of($_)}{$_->{rule}} = 1
			if defined $_->{change};
	}
	for my $row (table("$tmp/$name.out/changes.csv")) {
		my $at = name_of($row) || $row->{object};
		$have{"$_ $at"}{$row->{cures}} = 1
			for split /;/, $row->{change};
	}
	push @wrong, "$name: " . keys(%want) . ' and ' . keys(%have)
		if keys %want > keys %have;
	for my $key (grep { !/ $/ } keys %want) {
		my @cures = map { split /;/ } keys %{$have{$key} // {}};
		push @wrong, "$name: $key" if grep { my $r = $_;
			!grep { $_ eq $r } @cures } keys %{$want{$key}};
	}
}
ok(!@wrong, 'each open change of each object is listed, with what it cures',
	@wrong);

# Each proposed value is there as it is to be written.
@wrong = ();
for my $name (@folders) {
	my %have = map { join("\0", name_of($_), @$_{qw(attribute old new)}) => 1 }
		table("$tmp/$name.out/changes.csv");
	for my $line (grep { counts($_) && !$_->{follows} }
		lines("$tmp/$name/findings.ndjson")) {
		my $p = $line->{proposed} // next;
		for my $q (ref $p eq 'ARRAY' ? @$p : $p) {
			push @wrong, "$name: $line->{rule} $q->{attribute}" if
				!$have{join "\0", name_of($line),
				map { $_ // '' } @$q{qw(attribute old new)}};
		}
	}
}
ok(@wrong < 3, 'and each proposed value', @wrong);

# ---- objects.csv, forecast.csv ----

my %moves = map { $_ => 1 } qw(match update delete restore blocked);
@wrong = ();
for my $name (@folders) {
	my %open;
	my %any;
	for (lines("$tmp/$name/findings.ndjson")) {
		$any{place_of($_)}++;
		$open{place_of($_)} += counts($_) ? 1 : 0;
	}
	my @forecast = lines("$tmp/$name/forecast.ndjson");
	my @told = grep { $any{place_of($_)} || $moves{$_->{action} // ''} }
		@forecast;
	my %in = map { place_of($_) => 1 } @forecast;
	my $others = grep { $_ ne '/' && !$in{$_} } keys %any;
	my %folder = (out => [scalar @told], all => [scalar @forecast]);
	for my $which (qw(out all)) {
		my @objects = table("$tmp/$name.$which/objects.csv");
		my $rows = () = csv_rows("$tmp/$name.$which/forecast.csv");
		my $want = $folder{$which}[0];
		push @wrong, "$name.$which: forecast.csv $rows, not $want"
			if $rows - 1 != $want;
		push @wrong, "$name.$which: objects.csv " . @objects .
			" < $want + $others" if @objects < $want + $others;
		for (@objects) {
			my $key = place_of($_);
			push @wrong, "$name.$which: $key has $_->{findings}"
				if $key ne '/' &&
				$_->{findings} != ($open{$key} // 0);
			push @wrong, "$name.$which: $key is $_->{readiness}"
				if ($_->{readiness} eq 'no forecast') ne
				!$in{$key};
		}
	}
}
ok(!@wrong, 'objects have the findings that the folder has of them', @wrong);
ok(!!($said{lab} =~ /^Not in forecast\.csv and objects\.csv: (\d+) objects /m
	&& $1 == (() = csv_rows("$tmp/lab.all/objects.csv")) -
	(() = csv_rows("$tmp/lab.out/objects.csv"))), 'what is left out is told',
	$said{lab});
my ($old) = table("$tmp/old.out/objects.csv");
my %strip = map { $_->{guid} => $_ } table("$tmp/alone.out/objects.csv");
ok(!(grep { $_->{action} ne 'not known' } values %strip),
	'without a tenant no action is known');

ok(slurp("$tmp/turned.out/forecast.csv") eq slurp("$tmp/lab.out/forecast.csv"),
	'findings in another order are found all the same');
ok(join(' ', map { $_->{fingerprint} } table("$tmp/turned.out/findings.csv")) eq
	join(' ', map { $json->decode($_)->{fingerprint} } @turned),
	'and listed as they stand');

# ---- report.xlsx ----

my @sheets = qw(summary causes changes objects coverage);
@wrong = ();
for my $name (@folders) {
	my ($book, @names) = book_sheets("$tmp/$name.out/report.xlsx");
	push @wrong, "$name: @names" if "@names" ne "@sheets";
	for my $sheet (@sheets) {
		my ($xml, $rows) = @{$book->{$sheet}}{qw(xml rows)};
		push @wrong, "$name: $sheet: a formula" if
			grep { $_ && $_->{kind} eq 'formula' } map { @$_ } @$rows;
		push @wrong, "$name: $sheet: no filter, or no frozen head" if
			$xml !~ /<autoFilter ref="A1:/ ||
			$xml !~ /<pane ySplit="1" [^>]*state="frozen"/;
		my $file = "$tmp/$name.out/$sheet.csv";
		next if !-e $file;
		my @csv = csv_rows($file);
		push @wrong, "$name: $sheet: " . @$rows . ' rows' if @$rows != @csv;
		my %number = map { $_ => 1 } qw(findings objects attached waived);
		for my $r (0 .. $#csv) {
			for my $c (0 .. $#{$csv[$r]}) {
				my $cell = $rows->[$r][$c];
				my $have = $cell ? $cell->{text} : '';
				my $want = unguarded($csv[$r][$c]);
				my $kind = $r && $number{$csv[0][$c]} ? 'number'
					: 'text';
				$want = 'x' x length $want if $want =~ /\Ax{32767}/;
				next if $have eq $want &&
					(!$cell || $cell->{kind} eq $kind);
				next if length $want > 32767 &&
					length $have <= 32767 &&
					$have =~ /\(cut: \d+ characters in all\)\z/ &&
					substr($want, 0, 32000) eq
					substr($have, 0, 32000);
				push @wrong, "$name: $sheet: row $r, $csv[0][$c]: " .
					substr($have, 0, 60) . ', not ' .
					substr($want, 0, 60);
			}
		}
	}
	my $bad = `bsdtar -xOf '$tmp/$name.out/report.xlsx' \\
		'xl/worksheets/*.xml' | sed 's/<?xml[^>]*?>//' |
		(echo '<all>'; cat; echo '</all>') | xmllint --huge --noout - 2>&1`;
	push @wrong, "$name: $bad" if $bad ne '';
}
ok(!@wrong, 'sheets have the rows of CSV: texts as texts, numbers as numbers',
	@wrong);
my ($book) = book_sheets("$tmp/hostile.out/report.xlsx");
my ($cut) = grep { $_->[0]{text} eq 'cut' } @{$book->{summary}{rows}};
ok(!!($cut && $cut->[2]{text} =~ /^\d+ values are longer than the 32,767/ &&
	$said{hostile} =~ /^report\.xlsx: cut: \d+ values/m),
	'what was cut is told in the workbook and on the terminal',
	$said{hostile});
run("$bin report $tmp/lab --format xlsx -o $tmp/again");
ok(slurp("$tmp/again/report.xlsx") eq slurp("$tmp/lab.out/report.xlsx"),
	'the same findings give the same bytes');
ok(!glob("$tmp/again/report.xlsx?*"), 'nothing is left beside it');
my $full = `$bin report $tmp/lab --format xlsx -o /dev/null/x 2>&1`;
ok($? == 2 << 8, 'a folder that cannot be made is told', $full);

# ---- action-plan.csv ----

sub items { return grep { $_->{item} ne '' } table("$_[0]/action-plan.csv") }

@wrong = ();
for my $name (@folders) {
	my (%want, %have);
	for (grep { counts($_) } lines("$tmp/$name/findings.ndjson")) {
		next if !defined $_->{change} && !defined $_->{cause};
		$want{defined $_->{change} ? "change-$_->{change}"
			: "cause-$_->{cause}"} = 1;
	}
	$have{$_->{item}}++ for items("$tmp/$name.out");
	push @wrong, "$name: $_" for grep { !$have{$_} } keys %want;
	push @wrong, "$name: twice: $_" for grep { $have{$_} > 1 } keys %have;
}
ok(!@wrong, 'each open change, or cause without one, is an item, once', @wrong);

# Somebody edits it, in any way that spreadsheets save.
my @plan = csv_rows("$tmp/waived.out/action-plan.csv");
my ($head, @rest) = @plan;
my ($first, $second, $third) = map { $_->[0] } @rest[0 .. 2];
$rest[0] = [@{$rest[0]}[0, 1], 'Anna', '01.12.2026', "=soon; or \"not\"\nyet",
	@{$rest[0]}[5 .. $#$head]];
$rest[1][1] = 'done';
# Of two that are done one was last seen in an older snapshot.
$rest[3][1] = 'Fixed';
$rest[3][-1] =~ s/as of 20/as of 19/;
$rest[2][1] = 'in progress';
my $gone = 'change-' . '0' x 31 . '1';
my @gone = ('') x @$head;
@gone[0 .. 4] = ($gone, 'open', 'Carl', '', 'x');
my %at = map { $head->[$_] => $_ } 0 .. $#$head;
$gone[$at{rule}] = 'upn-malformed';
my @unknown = @gone;
$unknown[0] = 'change-' . '0' x 31 . '2';
$unknown[$at{rule}] = 'no-such-rule';
my @own = ('') x @$head;
@own[1, 2, 4] = ('todo', 'Ben', 'ask the head of sales');
my @edited = ([@$head, 'team'], (map { [@$_, "T$_->[0]"] } @rest),
	map { [@$_, 'blue'] } \@gone, \@unknown, \@own);
my %saved = (
	comma => encode('UTF-8', csv_text(',', "\n", @edited)),
	excel => "\xef\xbb\xbf" . encode('UTF-8', csv_text(';', "\r\n", @edited)),
	unicode => encode('UTF-16', csv_text("\t", "\r\n", @edited)),
	little => "\xff\xfe" . encode('UTF-16LE', csv_text("\t", "\r\n", @edited)),
	sep => encode('UTF-8', "sep=;\r\n" . csv_text(';', "\r\n", @edited)),
);
my %kept;
for (sort keys %saved) {
	spew("$tmp/$_.csv", $saved{$_});
	my $said = run("$bin report $tmp/waived --format csv --plan $tmp/$_.csv " .
		"-o $tmp/plan.$_");
	$kept{slurp("$tmp/plan.$_/action-plan.csv")} = $_;
}
ok(keys %kept == 1, 'a plan is kept, whatever it was saved as', values %kept);
my @now = table("$tmp/plan.comma/action-plan.csv");
my %now = map { $_->{item} => $_ } @now;
ok($now{$first}{owner} eq 'Anna' && $now{$first}{date} eq '01.12.2026' &&
	$now{$first}{comment} eq "=soon; or \"not\"\nyet" &&
	$now{$first}{team} eq "T$first", 'owner, date, comment and an added column');
ok($now{$second}{status} eq 'done' && $now{$third}{status} eq 'in progress',
	'what is done is so until somebody looked', $now{$second}{status});
ok($now{$rest[3][0]}{status} eq 'reopened' &&
	$now{$rest[3][0]}{seen} =~ /^as of 20/, 'and not if it is there then',
	join(' ', @{$now{$rest[3][0]}}{qw(status seen)}));
ok($now{$gone}{status} eq 'done' && $now{$gone}{owner} eq 'Carl' &&
	$now{$unknown[0]}{status} eq 'not checked',
	'what is gone is done, if its rule looked for it',
	"$now{$gone}{status}, $now{$unknown[0]}{status}");
ok(join(' ', map { $_->{item} } @now[-3 .. -1]) eq "$gone $unknown[0] " &&
	$now[-1]{comment} eq 'ask the head of sales' &&
	$now[-1]{status} eq 'todo', 'and stands at the end, as does added work');
run("$bin report $tmp/waived --format csv --plan " .
	"$tmp/plan.comma/action-plan.csv -o $tmp/plan.again");
ok(slurp("$tmp/plan.again/action-plan.csv") eq
	slurp("$tmp/plan.comma/action-plan.csv"), 'kept again, it stays as it is');
# Waived since.
run("$bin report $tmp/waived --format csv --plan " .
	"$tmp/lab.out/action-plan.csv -o $tmp/plan.waived");
my %waived = map { $_->{status} => 1 } table("$tmp/plan.waived/action-plan.csv");
ok(!!($waived{waived} && $waived{planned}), 'what is waived since is told so',
	sort keys %waived);
# Of AD alone most rules that found something cannot look.
run("$bin report $tmp/alone --format csv --plan $tmp/lab.out/action-plan.csv " .
	"-o $tmp/plan.alone");
my ($moved) = grep { $_->{rule} eq 'moved-out-of-scope' }
	table("$tmp/plan.alone/action-plan.csv");
ok($moved->{status} eq 'not checked', 'what nobody looked for is not done',
	$moved->{status});

# What people wrote is not replaced by accident.
my $lost = `$bin report $tmp/waived --format csv -o $tmp/plan.comma --force 2>&1`;
ok(!!($? == 2 << 8 && $lost =~ /--plan FILE keeps what a plan says/),
	'a plan that somebody wrote into is not replaced', $lost);
run("$bin report $tmp/waived --format csv -o $tmp/plan.comma --force --plan " .
	"$tmp/plan.comma/action-plan.csv");
ok(slurp("$tmp/plan.again/action-plan.csv") eq
	slurp("$tmp/plan.comma/action-plan.csv"), 'but by itself');

# Input that is no plan: what it says, in which line.
my @bad = (
	["item;owner\nchange-1;x\n", ':2: want an item as action-plan.csv has it'],
	["owner\n1\n", ':1: want a column "item"'],
	["item,comment\n\"$gone\",\"a\nb\"\n\"\",\"M\xfcller\"\n", ':4: is not UTF-8'],
	["item,owner\n$gone,a\n$gone,b\n", ':3: the item stands in line 2, too'],
	["item,item\n", ':1: has two columns "item"'],
	["item,owner\n$gone,a,b\n", ':2: has more fields than there are columns'],
	['', ': is empty'], ["item,owner\n\"x", ':2: the quoted field'],
	["item,owner\n$gone,a\"b\n", ':2: a double quote inside a field'],
	["item,owner\n$gone,a\0b\n", ':2: has a zero byte'],
	["PK\x03\x04", ': is a workbook'], ["\xff\xfei", ': begins as UTF-16'],
);
for (@bad) {
	my ($text, $want) = @$_;
	spew("$tmp/bad.csv", $text);
	my $said = `$bin report $tmp/lab --format csv --plan $tmp/bad.csv \\
		-o $tmp/bad.out 2>&1`;
	ok(!!($? == 2 << 8 && index($said, "$tmp/bad.csv$want") >= 0 &&
		!-e "$tmp/bad.out"), "refused: $want" =~ s/\n//gr, $said);
}
my $alone = `$bin report $tmp/lab --format html --plan $tmp/comma.csv \\
	-o $tmp/bad.out 2>&1`;
ok(!!($? == 2 << 8 && $alone =~ /want csv among --format/),
	'a plan without CSV is refused', $alone);
done();
