#!/usr/bin/perl
# CSV and workbooks as LibreOffice opens them, of a plain directory and of a
# hostile one: no formula, texts as texts and counts as numbers, all rows, and
# values as they were.
use strict;
use warnings;
use utf8;
no warnings 'nonchar';
use File::Basename qw(basename dirname);
use File::Temp qw(tempdir);
use JSON::XS;
use lib map { dirname(__FILE__) . "/../$_" } qw(tables exports lib);
use Hostile qw(hostile_folder @values);
use Sheets qw(csv_rows unguarded);
use Trial qw(ok done run spew);

chdir dirname(__FILE__) . '/../..' or die "$!\n";
my $bin = $ENV{SYNCSCOPE} // 'build/syncscope';
my $tmp = tempdir(CLEANUP => 1);
my $f = 'fixtures/exchangelabs';
binmode STDOUT, ':utf8';

for my $date ('2015-10-12', '2016-02-15') {
	run($bin, 'collect import', glob("$f/*$date*"), '--collected', $date,
		'-o', "$tmp/$date");
}
my $policy = "--policy $f/policy.json";
run("$bin analyze $tmp/2015-10-12 $policy -o $tmp/first");
run("$bin analyze $tmp/2015-10-12 $tmp/2016-02-15 $policy " .
	"--baseline $tmp/first -o $tmp/plain");
push @values, '00123', '1E5', 'TRUE', '1/2', '2026-01-01', '_x0041_', "'=x",
	'#REF!', '1,5', '12:30', '$3', '50 %', '{=1+1}', 'x' x 40000;
hostile_folder("$tmp/plain", "$tmp/hostile");
for my $name (qw(plain hostile)) {
	run("$bin report $tmp/$name --format csv,xlsx -o $tmp/$name.out");
}

# A profile of its own, so that no other LibreOffice is asked to do it.
sub office {
	my ($to, $filter, @files) = @_;
	my $said = `soffice -env:UserInstallation=file://$tmp/profile --headless \\
		$filter --convert-to fods --outdir '$to' @files 2>&1`;
	die "soffice: $said\n" if grep { !-s "$to/" .
		basename($_) =~ s/\.\w+$/.fods/r } @files;
	my @made = map { "$to/" . basename($_) =~ s/\.\w+$/.fods/r } @files;
	return @{JSON::XS->new->utf8->decode(scalar
		`tests/office/cells.py @made`)};
}

# Of a text what OpenDocument can hold: no control, and one end of a line.
sub held {
	my ($text) = @_;
	$text =~ s/\r\n?/\n/g;
	$text =~ s/[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]//g;
	return $text;
}

# Fields: comma, quote, UTF-8, from line 1; then whether what is in quotes is
# text, no special numbers, and whether formulas are computed.
my $csv = '--infilter="Text - txt - csv (StarCalc):44,34,76,1,,0,%s,false,' .
	'false,false,false,0,true"';

sub wrong_rows {
	my ($sheet, $number, @want) = @_;
	my @wrong;
	push @wrong, @$sheet . ' rows, not ' . @want if @$sheet != @want;
	for my $r (0 .. $#want) {
		for my $c (0 .. $#{$want[$r]}) {
			my $cell = $sheet->[$r][$c];
			my $want = held($want[$r][$c]);
			my $have = $cell ? $cell->{text} : '';
			my $kind = $cell ? $cell->{kind} // '' : '';
			my $like = $r && $number->{$want[0][$c]} ? 'float'
				: 'string';
			$have = $want if $want eq '' && !$kind ||
				length $want > 32767 && $have =~ /\(cut: / &&
				substr($have, 0, 32000) eq
				substr($want, 0, 32000);
			push @wrong, "row $r, $want[0][$c]: $kind " .
				substr($have, 0, 60) . ', not ' .
				substr($want, 0, 60) if $have ne $want ||
				($kind && $kind ne $like);
		}
	}
	return @wrong;
}

sub formulas {
	return grep { $_->{formula} } map { @$_ } map { @$_ } map { values %$_ } @_;
}

my %number = map { $_ => 1 } qw(findings objects attached waived);
for my $name (qw(plain hostile)) {
	my $out = "$tmp/$name.out";
	my @files = sort glob("$out/*.csv");
	my @texts = office("$tmp/$name.texts", sprintf($csv, 'true'), @files);
	for my $i (0 .. $#files) {
		my ($sheet) = values %{$texts[$i]};
		my @wrong = wrong_rows($sheet, {}, csv_rows($files[$i]));
		ok(!@wrong, "$name: " . basename($files[$i]) . ' as texts',
			@wrong[0 .. ($#wrong < 9 ? $#wrong : 9)]);
	}
	my @guessed = office("$tmp/$name.guessed", sprintf($csv, 'false'), @files);
	ok(!formulas(@guessed), "$name: nothing of CSV is computed, however it "
		. 'is opened');
	my ($book) = office("$tmp/$name.book", '', "$out/report.xlsx");
	ok(!formulas($book), "$name: no formula in the workbook");
	for my $sheet (qw(causes changes objects)) {
		my @want = map { [map { unguarded($_) } @$_] }
			csv_rows("$out/$sheet.csv");
		my @wrong = wrong_rows($book->{$sheet}, \%number, @want);
		ok(!@wrong, "$name: sheet $sheet",
			@wrong[0 .. ($#wrong < 9 ? $#wrong : 9)]);
	}
	ok(@{$book->{summary}} > 10 && @{$book->{coverage}} > 100,
		"$name: sheets summary and coverage");
}

# It must be known to notice a formula at all.
spew("$tmp/formula.csv", "\"a\"\r\n\"=1+1\"\r\n");
ok(!!formulas(office("$tmp/formula", sprintf($csv, 'false'),
	"$tmp/formula.csv")), 'a formula is noticed');
done();
