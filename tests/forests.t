#!/usr/bin/perl
# Several forests against a second model (tests/forests/Expected.pm): a made-up
# world of three forests with two domains each and one tenant, under Connect,
# under Cloud Sync and under both. What comes out does not depend on how the
# data are cut into snapshots, nor on their order. FOREST_PEOPLE says how many
# people, FOREST_SEED which, FOREST_POLICIES under which policies only.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use lib map { dirname(__FILE__) . "/$_" } qw(forests forecast);
use Earlier qw(earlier);
use Expected qw(expected);
use Files qw(write_world write_policy);
use Policies qw(policies);
use Said qw(differences findings_of histories twice_held whole_of);
use Summary qw(places_of summary_of);
use World qw(world);
use lib dirname(__FILE__) . '/lib';
use Trial qw(done ok);

my $bin = abs_path($ENV{SYNCSCOPE}
	// dirname(__FILE__) . '/../build/syncscope');
my $tmp = tempdir(CLEANUP => 1);
my $people = $ENV{FOREST_PEOPLE} // 10000;
my $seed = $ENV{FOREST_SEED} // 20261128;

# ---- cuts ----

# How the domains are cut into snapshots: of each when it was collected, the
# newest of the present at 9, and the files in it. The tenant has its own.
my @domains = qw(contoso.com emea.contoso.com fabrikam.local tailspin.net
	woodgrove.local res.woodgrove.local);
my @now = map { "now/$_.ldif" } @domains;
my @then = map { "then/$_.ldif" } @domains;
my %snapshots = (
	all => ['20T09', @now],
	back => ['20T09', reverse @now],
	(map { ("forest$_" => ['20T0' . (7 + $_), @now[2 * $_, 2 * $_ + 1]]) }
		0 .. 2),
	(map { ("domain$_" => ['20T09', $now[$_]]) } 0 .. 5),
	tenant => ['20T09', 'now/tenant.json'],
	old_all => ['06T09', @then],
	(map { ("old_forest$_" => ['06T09', @then[2 * $_, 2 * $_ + 1]]) }
		0 .. 2),
	(map { ("old_domain$_" => ['06T09', $then[$_]]) } 0 .. 5),
);
my @cuts = (
	['one import', [qw(all tenant)]],
	['one import, its files in another order', [qw(tenant back)]],
	['a snapshot a forest', [qw(forest0 forest1 forest2 tenant)]],
	['the same in another order', [qw(tenant forest2 forest0 forest1)]],
	['a snapshot a domain', [map({ "domain$_" } 0 .. 5), 'tenant']],
	['the same in another order', [map({ "domain$_" } 4, 1, 5), 'tenant',
		map { "domain$_" } 0, 3, 2]],
	['a snapshot a domain, one thread', [map({ "domain$_" } 0 .. 5),
		'tenant'], '--jobs 1'],
	['the same, four', [map({ "domain$_" } 0 .. 5), 'tenant'], '--jobs 4'],
);
# With what was two weeks ago, cut in the same way or in another one.
my @with_history = (
	['one import, and one of old', [qw(all tenant old_all)]],
	['a snapshot a forest, and so of old', [map({ ("forest$_",
		"old_forest$_") } 0 .. 2), 'tenant']],
	['a snapshot a domain, and so of old', [map({ "domain$_" } 0 .. 5),
		'tenant', map { "old_domain$_" } 0 .. 5]],
	['one import, of old a snapshot a domain', [map({ "old_domain$_" }
		3, 0, 5, 1, 4, 2), qw(tenant all)]],
	['a snapshot a domain, of old one import', [qw(old_all tenant),
		map { "domain$_" } reverse 0 .. 5]],
);

# Runs the program; its exit status and what it said.
sub run {
	my ($command) = @_;
	my $said = `cd $tmp/w && $bin $command 2>&1`;
	return ($? >> 8, $said);
}

sub import_all {
	my ($w, $name) = @_;
	system "rm -rf $tmp/w && mkdir -p $tmp/w/now $tmp/w/then";
	write_world($w, "$tmp/w/now");
	write_world(earlier($w), "$tmp/w/then");
	my @bad;
	for my $snapshot (sort keys %snapshots) {
		my ($when, @files) = @{$snapshots{$snapshot}};
		my ($exit, $said) = run("collect import @files -o $snapshot "
			. "--collected 2026-11-$when:00:00Z");
		push @bad, "$snapshot: exit $exit\n$said" if $exit;
	}
	ok(!@bad, "$name: every cut is imported whole", @bad);
}

# The lines of findings and forecast, sorted; undef if there are none.
sub analyze {
	my ($snapshots, $policy, $args) = @_;
	system "rm -rf $tmp/w/f";
	my ($exit, $said) = run("analyze @$snapshots --policy $policy -o f "
		. '--quiet ' . ($args // ''));
	return (undef, "exit $exit\n$said") if $exit && $exit != 3;
	return (whole_of("$tmp/w/f"), $said);
}

# ---- checks ----

sub check_cuts {
	my ($name, $policy, @ways) = @_;
	my ($first, $why) = analyze($ways[0][1], $policy);
	ok($first, "$name: $ways[0][0] is analyzed", $why) or return;
	ok(scalar($why =~ /res\.woodgrove\.local.*\d/), "$name: a warning "
		. 'names the domain that no scope names, and how many '
		. 'objects it has', $why) if $name eq 'unnamed';
	for my $cut (@ways[1 .. $#ways]) {
		my ($what, $snapshots, $args) = @$cut;
		my ($other, $said) = analyze($snapshots, $policy, $args);
		my @why = $other ? unlike($first, $other, qw(findings forecast
			forests)) : $said;
		ok(!@why, "$name: $what says the same", @why);
	}
	return $first;
}

# The first lines that only one of two has.
sub unlike {
	my ($first, $other, @files) = @_;
	my @why;
	for my $file (@files) {
		next if "@{$first->{$file}}" eq "@{$other->{$file}}";
		my %in_first = map { $_ => 1 } @{$first->{$file}};
		my %in_other = map { $_ => 1 } @{$other->{$file}};
		my @gone = grep { !$in_other{$_} } @{$first->{$file}};
		my @new = grep { !$in_first{$_} } @{$other->{$file}};
		push @why, "$file: " . @gone . ' lines gone, ' . @new
			. " new\n", map({ "- $_" } @gone[0 .. ($#gone < 2
			? $#gone : 2)]), map { "+ $_" } @new[0 .. ($#new < 2
			? $#new : 2)];
	}
	return @why;
}

# The first twenty, of each story no more than four, and how many it has.
sub first_of {
	my (%of, @shown);
	for my $why (@_) {
		my ($story) = $why =~ /\((\w+)\): /;
		push @shown, $why if ++$of{$story // ''} <= 4 && @shown < 20;
	}
	return (@shown, map { "$_: $of{$_}\n" } sort keys %of);
}

sub check_model {
	my ($name, $w, $policy, $said) = @_;
	my ($want, $m) = expected($w, $policy);
	my @why = differences($w, $want, $said->{forecast});
	ok(!@why, "$name: " . keys(%$want) . ' objects as the model says',
		@why . " differ\n", first_of(@why));
	@why = twice_held($m, $said->{forecast});
	ok(!@why, "$name: nobody holds what another one holds", @why);
	@why = findings_of($m, $said->{findings}, $said->{forecast});
	ok(!@why, "$name: what must be told is told, and nothing else of it",
		@why);
	@why = (places_of($w, $said->{findings}), summary_of($w, $said));
	ok(!@why, "$name: forests and domains are told, and their sums", @why);
}

# The world without the domains of which there is no snapshot; the tenant knows
# of all.
sub part_of {
	my ($w, @present) = @_;
	my %is_present = map { $_ => 1 } @present;
	my @of = grep { $is_present{$_->{domain}{dns}} } @{$w->{objects}};
	return { %$w, objects => \@of, domains => [grep {
		$is_present{$_->{dns}} } @{$w->{domains}}] };
}

sub check_parts {
	my ($name, $w, $policy) = @_;
	for my $part (qw(domain1 domain4 forest0 forest1 forest2)) {
		my (undef, @files) = @{$snapshots{$part}};
		my @present = map { /([^\/]*)\.ldif/ } @files;
		my $what = "$name, only @present";
		my ($said, $why) = analyze([$part, 'tenant'], "$name.json");
		ok($said, "$what: is analyzed", $why) or next;
		check_model($what, part_of($w, @present), $policy, $said);
	}
}

# Older snapshots are history, each of its own domains; what is forecast does
# not hang on them.
sub check_history {
	my ($w, $policy) = @_;
	my $name = 'history';
	my $said = check_cuts($name, 'once.json', @with_history) or return;
	check_model($name, $w, $policy, $said);
	my @why = histories($w, $policy, $said->{forecast}, @domains);
	ok(!@why, "$name: who was otherwise is told", @why);
	($said, my $why) = analyze([qw(old_forest1 all tenant)], 'once.json');
	ok($said, "$name of one forest: is analyzed", $why) or return;
	check_model("$name of one forest", $w, $policy, $said);
	@why = histories($w, $policy, $said->{forecast}, @domains[2, 3]);
	ok(!@why, "$name of one forest: who was otherwise is told, and of "
		. 'others nothing', @why);
}

# What holds for every forest may be said once, and which domains it has the
# snapshots say.
sub check_same {
	my ($said) = @_;
	for my $name (qw(flat without_domains)) {
		my ($other, $why) = analyze($cuts[0][1], "$name.json");
		my @why = $other ? unlike($said, $other, qw(findings forecast))
			: $why;
		ok(!@why, "silent: $name says the same", @why);
	}
}

my @worlds = ([$people, qw(mail)], [int($people / 5), qw(sid once silent
	cloud mixed unnamed flat)]);
my %policies = policies();
my %only = map { $_ => 1 } split /,/, $ENV{FOREST_POLICIES} //
	join ',', keys %policies;
for my $row (@worlds) {
	my ($count, @names) = @$row;
	my $w = world($count, $seed);
	import_all($w, "$count people");
	write_policy("$tmp/w/$_.json", $policies{$_}) for keys %policies;
	for my $name (grep { $only{$_} } @names) {
		my $said = check_cuts($name, "$name.json", @cuts) or next;
		check_model($name, $w, $policies{$name}, $said);
		check_parts($name, $w, $policies{$name}) if $name eq 'flat';
		check_history($w, $policies{$name}) if $name eq 'once';
		check_same($said) if $name eq 'silent';
	}
}
done();
