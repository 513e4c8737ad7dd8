#!/usr/bin/perl
# Which rules run: options at random against a model that goes by the printed
# catalogue; what profiles have; and by which rules a forecast says that its
# object is not ready, against the findings. SELECTIONS says how many.
use strict;
use warnings;
use Cwd qw(getcwd);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use JSON::XS;
use lib dirname(__FILE__) . '/lib';
use Trial qw(ok done slurp run);

chdir dirname(__FILE__) . '/..' or die "$!\n";
my $bin = $ENV{SYNCSCOPE} // getcwd() . '/build/syncscope';
my $f = 'fixtures/everything';
my $tmp = tempdir(CLEANUP => 1);
my $json = JSON::XS->new->utf8->canonical;
my @rules = @{$json->decode(scalar `$bin rules --format json`)};
my %rule = map { $_->{id} => $_ } @rules;
my @severities = qw(critical high medium low info);
my %worse = map { $severities[$_] => $_ } 0 .. $#severities;
my @profiles = qw(default strict idfix ad-only);
my @ids = map { $_->{id} } @rules;
my @categories = sort keys %{{ map { $_->{category} => 1 } @rules }};

run($bin, qw(collect import), (map { "$f/$_.ldif" } qw(ad-accounts ad-names
	ad-more ad-values)), (map { "$f/$_.json" } qw(users groups contacts
	deletedusers domains)), '--collected', '2016-02-15T06:00:00Z', '-o',
	"$tmp/both");
run($bin, qw(collect import --all-attributes), "$f/ad-names.ldif", '-o',
	"$tmp/ad");

# Status, what is said, and the manifest; without a shell, which has patterns.
sub analyze {
	my ($snapshot, @options) = @_;
	my $pid = open(my $in, '-|') // die "$!\n";

	if (!$pid) {
		open STDERR, '>&', \*STDOUT;
		exec $bin, 'analyze', "$tmp/$snapshot", '-o', "$tmp/f",
			'--force', '--policy', "$f/policy.json", @options;
		die "$bin: $!\n";
	}
	my $said = do { local $/; <$in> } // '';
	close $in;
	my $status = $? >> 8;
	return ($status, $said, $status == 2 ? {}
		: $json->decode(slurp("$tmp/f/manifest.json")));
}

sub lines { map { $json->decode($_) } split /\n/, slurp("$tmp/f/$_[0].ndjson") }

# ---- the model ----

sub has {
	my ($profile, $r) = @_;
	return $r->{profile} ne 'idfix' if $profile eq 'strict';
	return $r->{adOnly} if $profile eq 'ad-only';
	return $r->{profile} eq $profile;
}

sub matches {
	my ($list, $id) = @_;
	return grep { my $p = quotemeta; $p =~ s/\\\*/.*/g; $id =~ /^$p$/ }
		split /,/, $list;
}

sub wanted {
	my (%o) = @_;
	my $profile = $o{profile} // 'default';
	my @left = grep { has($profile, $_) || named($o{rules}, $_->{id}) }
		@rules;
	@left = grep { matches($o{rules}, $_->{id}) } @left if defined $o{rules};
	if (defined $o{severity}) {
		my @s = split /,/, $o{severity};
		my %s = map { $_ => 1 } @s > 1 ? @s
			: grep { $worse{$_} <= $worse{$s[0]} } @severities;
		@left = grep { $s{$_->{severity}} } @left;
	}
	if (defined $o{category}) {
		my %c = map { $_ => 1 } split /,/, $o{category};
		@left = grep { $c{$_->{category}} } @left;
	}
	@left = grep { !matches($o{'skip-rules'}, $_->{id}) } @left
		if defined $o{'skip-rules'};
	return map { $_->{id} } @left;
}

# By its whole id.
sub named { defined $_[0] && grep { $_ eq $_[1] } split /,/, $_[0] }

sub some { my ($n, @of) = @_; join ',', map { $of[rand @of] } 1 .. 1 + rand $n }

sub pattern { my $id = $ids[rand @ids]; $id =~ s/-.*/-*/ if rand > .5; $id }

sub random_options {
	my %o;
	$o{profile} = $profiles[rand @profiles] if rand > .5;
	$o{rules} = join ',', map { pattern() } 1 .. 1 + rand 12 if rand > .5;
	$o{severity} = some(3, @severities) if rand > .5;
	$o{category} = some(4, @categories) if rand > .6;
	$o{'skip-rules'} = join ',', map { pattern() } 1 .. 1 + rand 4
		if rand > .5;
	return %o;
}

# A list is one option, or one for each of its words.
sub spoken {
	my ($option, $list) = @_;
	return map { ("--$option", $_) } rand > .5 ? $list
		: split /,/, $list;
}

srand 17;
my (@bad, $none, $some);
for (1 .. $ENV{SELECTIONS} // 60) {
	my %o = random_options();
	my @want = wanted(%o);
	# A pattern that names none of the profile's is an error as well.
	my @lost = grep { my $w = $_; !grep { matches($w, $_->{id}) &&
		(has($o{profile} // 'default', $_) || $_->{id} eq $w) } @rules }
		split /,/, $o{rules} // '';
	my ($status, $said, $m) = analyze('both',
		map { spoken($_, $o{$_}) } sort keys %o);
	my @have = map { $_->{id} } @{$m->{rules} // []};
	my $alone = keys %o == 1 && defined $o{rules};
	my $options = join ' ', map { "--$_ $o{$_}" } sort keys %o;

	@want = () if @lost;
	@want ? $some++ : $none++;
	push @bad, "$options: status $status, want @want, have @have"
		if (@want ? $status == 2 : $status != 2) || "@want" ne "@have";
	next if !@want;
	push @bad, "$options: forecast" if !$alone != !!-s "$tmp/f/forecast.ndjson";
	my $s = $m->{selection};
	my %default = (profile => 'default');
	push @bad, "$options: selection" if %o && $json->encode(\%o) ne
		$json->encode(\%default) && ("@{$s->{ran} // []}" ne "@have" ||
		($s->{severity} // '') ne ($o{severity} // ''));
}
ok(!@bad && $some > 10 && $none > 2, "options at random: $some choices, " .
	"$none of nothing", @bad);

# ---- what is there ----

for my $case (
	['--profile', 'x', qr/default, strict, idfix or ad-only/],
	['--category', 'x', qr/attributes, uniqueness.* or idfix/],
	['--category', 'tenant,', qr/have ""/],
	['--severity', 'worst', qr/critical, high, medium, low or info/],
	['--rules', 'mail-missing,x', qr/no rule is called "x"/],
	['--skip-rules', 'x-*', qr/no rule is called "x-\*"/],
	['--skip-rules', '*', qr/no rule is left/]) {
	my ($option, $value, $want) = @$case;
	my ($status, $said) = analyze('both', $option, $value);
	ok($status == 2 && $said =~ $want, "$option $value", $status, $said);
}

# ---- profiles ----

my ($status, $said, $all) = analyze('both');
my $findings = slurp("$tmp/f/findings.ndjson") . slurp("$tmp/f/forecast.ndjson");
ok(!$all->{selection} && $said !~ /^selection/m, 'by default nothing is chosen',
	$said);
ok(!grep({ $rule{$_->{id}}{profile} ne 'default' } @{$all->{rules}}),
	'by default neither strict rules nor those of IdFix run');
my (undef, undef, $same) = analyze('both', qw(--profile default));
ok($json->encode($same) eq $json->encode($all) && $findings eq
	slurp("$tmp/f/findings.ndjson") . slurp("$tmp/f/forecast.ndjson"),
	'the default profile is what runs by default');

(undef, $said, my $ad) = analyze('ad', qw(--profile ad-only));
my @ran = map { $_->{id} } @{$ad->{rules}};
my @tenant = map { "$_->{id}: $_->{reason}" } grep {
	($_->{reason} // '') =~ /tenant/ && $_->{reason} !~ /older AD snapshot/
} @{$ad->{rules}};
ok(@ran > 20 && !@tenant, 'ad-only has no rule that wants the tenant', @tenant);
my (undef, undef, $default) = analyze('ad');
# Half of what proxy-conflict looks at is the tenant's.
my @silent = grep { $_->{id} ne 'proxy-conflict' } grep { my $r = $_; !grep { $_ eq $r->{id} } @ran }
	grep { $_->{findings} } @{$default->{rules}};
ok(!@silent, 'ad-only finds all that is found of AD alone',
	map { $_->{id} } @silent);
ok($said =~ /^selection: \d+ rules ran, chosen by --profile ad-only; readiness/m,
	'the terminal says that readiness is by them', $said);
run($bin, 'report', "$tmp/f", '-o', "$tmp/r");
analyze('both', qw(--severity high));
$said = run($bin, 'report', "$tmp/f", '-o', "$tmp/r", '--force');
ok($said =~ /ran, chosen by --severity high; readiness is by them alone/ &&
	slurp("$tmp/r/report.html") =~ /chosen by --severity high; readiness/,
	'summary and page say it, too', $said);
(my $dn) = map { $_->{dn} } grep { $_->{readiness} eq 'blocked' } lines('forecast');
$said = run($bin, 'show', "$tmp/f", "'$dn'");
ok($said =~ /Readiness.*: blocked.*\n  \d+ rules ran, chosen by --severity high/,
	'show says it of an object', $said);

# ---- by which rules an object is not ready ----

sub unready {
	my (@options) = @_;
	my (%of, @wrong);
	my $told = 0;

	analyze('both', @options);
	my %elsewhere = map { $_->{id} => 1 } grep { !$_->{readiness} }
		@rules;
	for my $x (grep { !$elsewhere{$_->{rule}} } lines('findings')) {
		push @{$of{$x->{dn} // $x->{guid} // ''}}, $x
			if $x->{status} eq 'open';
	}
	for my $x (lines('forecast')) {
		my $least = { blocked => 1, warning => 3 }->{$x->{readiness}};
		my %by = map { $_->{rule} => 1 } grep { defined $least &&
			$worse{$_->{severity}} <= $least }
			@{$of{$x->{dn} // $x->{guid} // ''} // []};
		my $have = join ' ', sort @{$x->{readinessRules} // []};
		my $want = join ' ', sort keys %by;
		$told++ if $have;
		push @wrong, "$x->{dn}: want $want, have $have" if $want ne $have;
	}
	ok(!@wrong && $told > 5, "readinessRules of $told objects @options", @wrong);
}

unready();
unready('--category', 'uniqueness,matching');
unready('--skip-rules', '*-duplicate,*-missing');

# ---- accounts that nobody counts ----

(undef, undef, my $m) = analyze('both', qw(--skip-rules orphan));
ok(grep({ /not counted among the deletions/ } @{$m->{notes} // []}),
	'without the rule orphan deletions are told to lack it');
ok(!grep({ /not counted among the deletions/ } @{$all->{notes} // []}),
	'with it they do not');
done();
