#!/usr/bin/perl
# A simulated world (tests/world) against what is found of it: people are
# created, disabled, enabled, moved, renamed, deleted and restored by chance,
# an engine of some build synchronizes them with its documented defects, and AD
# and tenant are looked at at some moments. Who cannot sign in and who will be
# deleted has to be found where the looks show it (tests/world/Known.pm), and
# nobody else may be told above info.
# WORLD_SEEDS says how many worlds, WORLD_SEED which, WORLD_EVENTS how many
# events an object has on the average, WORLD_PEOPLE how many objects a world
# has, WORLD_ONLY which number alone, WORLD_TELL how many faults of a kind are
# told, WORLD_KEEP names a folder for the files, and WORLD_AGAIN compares those
# that are there.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use JSON::XS;
use lib map { dirname(__FILE__) . "/$_" } qw(world lib);
use Files qw(guid_text iso ldif pages policy);
use Known qw(count_agreeing known);
use People qw(populate);
use Told qw(story);
use Trial qw(done ok run slurp spew);
use Truth qw(truth);
use World qw(world);

my $bin = $ENV{SYNCSCOPE} // dirname(__FILE__) . '/../build/syncscope';
my $tmp = $ENV{WORLD_KEEP} // tempdir(CLEANUP => 1);
my $count = $ENV{WORLD_SEEDS} // 24;
my $seed = $ENV{WORLD_SEED} // 20261129;
my $events = $ENV{WORLD_EVENTS} // 6;
my $people = $ENV{WORLD_PEOPLE} // 240;
my $most = ($ENV{WORLD_TELL} // 5) - 1;
my $json = JSON::XS->new->utf8->canonical;
my @rules = qw(password-differs disabled-then-enabled returned-to-scope
	moved-out-of-scope delete);
my %loud = (none => 0, info => 1, low => 2, medium => 3, high => 4,
	critical => 5);

sub collect {
	my ($w, $folder) = @_;
	my @snapshots;
	my $import = sub {
		my ($name, $input, $at) = @_;
		run($bin, qw(collect import), "$folder/$input", '--collected',
			iso($at), '--force -o', "$folder/$name");
		push @snapshots, "$folder/$name";
	};
	for my $i (0 .. $#{$w->{ad}}) {
		spew("$folder/ad$i.ldif", ldif($w, $i));
		$import->("ad$i", "ad$i.ldif", $w->{ad}[$i]{at});
	}
	for my $i (0 .. $#{$w->{tenant}}) {
		my %pages = pages($w, $i);
		make_path("$folder/tenant$i.json");
		spew("$folder/tenant$i.json/$_.json", $pages{$_})
			for keys %pages;
		$import->("tenant$i", "tenant$i.json", $w->{tenant}[$i]{at});
	}
	return @snapshots;
}

sub rows {
	my ($path) = @_;
	return map { $json->decode($_) } split /\n/, slurp($path);
}

# By object and rule the loudest finding; of the forecast, who is deleted.
sub found {
	my ($findings) = @_;
	my %found;
	for my $f (rows("$findings/findings.ndjson")) {
		my $best = \$found{$f->{guid} // ''}{$f->{rule}};
		$$best = $f if !$$best
			|| $loud{$f->{severity}} > $loud{$$best->{severity}};
	}
	for my $f (rows("$findings/forecast.ndjson")) {
		$found{$f->{guid} // ''}{delete} = { severity => 'high' }
			if ($f->{action} // '') eq 'delete';
	}
	return \%found;
}

# ---- counts ----

my (%counts, %wrong, %dated);

sub wrong {
	my ($what, $rule, $w, $o, @how) = @_;
	push @{$wrong{$what}{$rule}}, "world $w->{n} ($w->{name}) "
		. guid_text($o->{guid}) . " @how\n" . story($w, $o);
}

# What the table calls shown has to be so, or the table is wrong.
sub compare {
	my ($w, $o, $rule, $truth, $found, $level, $least) = @_;
	$least //= 'low';
	my $knowable = $truth ne 'open' && ($truth eq 'yes'
		? $level =~ /^(shown|likely)$/ : $level eq 'nothing');
	$counts{$rule}{$truth}{$knowable ? 'yes' : 'no'}{$found}++;
	wrong('table', $rule, $w, $o) if $truth eq 'no' && $level eq 'shown';
	return if !$knowable;
	wrong('missed', $rule, $w, $o, "$level, found $found, wanted $least")
		if $truth eq 'yes' && $loud{$found} < $loud{$least};
	wrong('invented', $rule, $w, $o, "found $found")
		if $truth eq 'no' && $loud{$found} > $loud{info};
}

# Of what is told without "probably", the time that is told has to hold one at
# which it did happen (B 20); and the last day is told on which a deleted user
# can be restored.
my %what = ('disabled-then-enabled' => 'enabled', 'returned-to-scope' =>
	'in', 'moved-out-of-scope' => 'out');

# A place that was renamed, and has its name again, no look shows: nor that who
# lay there was moved by it.
sub passes_unseen {
	my ($w, $event) = @_;
	my @looks = map { iso($_->{at}) } @{$w->{ad}};
	my ($to) = grep { $_ ge ($event->{by} // 'Z') } @looks;
	my ($from) = reverse grep { $_ lt ($event->{by} // 'Z') } @looks;
	my %times;
	$times{$_->{ou}}++ for grep { iso($_->{at}) gt ($from // '')
		&& iso($_->{at}) le ($to // 'Z') } @{$w->{renames} // []};
	return grep { $_ > 1 } values %times;
}

sub check_date {
	my ($w, $o, $rule, $found) = @_;
	my $event = $found->{event};
	return if !$event || !$what{$rule} || $event->{sure} eq 'likely'
		|| $found->{message} =~ /probably/ || passes_unseen($w, $event);
	$dated{$rule}++;
	wrong('misdated', $rule, $w, $o, $json->encode($event)) if !grep {
		($event->{after} // '') le $_ && $_ le ($event->{by} // 'Z')
		} map { iso($_) } @{$o->{times}{$what{$rule}}};
	my $account = @{$w->{tenant}} && $o->{cloud}[$#{$w->{tenant}}]
		&& $o->{cloud}[$#{$w->{tenant}}]{account};
	return if $rule ne 'moved-out-of-scope' || !$account
		|| $account->{state} ne 'soft';
	my $until = substr iso($account->{deleted} + 30 * 86400), 0, 10;
	wrong('misdated', $rule, $w, $o, $found->{message})
		if index($found->{message}, $until) < 0;
}

sub judge {
	my ($n) = @_;
	my $w = world($seed, $n, $events);
	$w->{n} = $n;
	populate($w, $people);
	$w->{agreeing} = count_agreeing($w);
	my $folder = "$tmp/$n";
	make_path($folder);
	spew("$folder/policy.json", policy($w));
	run($bin, 'analyze', collect($w, $folder), '--policy',
		"$folder/policy.json", '--force -o', "$folder/findings")
		if !$ENV{WORLD_AGAIN};
	my $found = found("$folder/findings");
	for my $o (@{$w->{objects}}) {
		my ($truth, $known) = (truth($w, $o), known($w, $o));
		for my $rule (grep { $truth->{$_} } @rules) {
			my $f = $found->{guid_text($o->{guid})}{$rule};
			compare($w, $o, $rule, $truth->{$rule},
				$f ? $f->{severity} : 'none',
				@{$known->{$rule}});
			check_date($w, $o, $rule, $f) if $f;
		}
	}
}

sub told {
	my ($rule) = @_;
	printf "# %s\n# %-8s%-10s%s\n", $rule, 'truth', 'knowable', join '',
		map { sprintf '%9s', $_ } qw(high medium low info none);
	for my $truth (qw(yes no open)) {
		for my $knowable (qw(yes no)) {
			my $row = $counts{$rule}{$truth}{$knowable} or next;
			printf "# %-8s%-10s%s\n", $truth, $knowable, join '',
				map { sprintf '%9d', $row->{$_} // 0 }
				qw(high medium low info none);
		}
	}
}

# prove shows nothing else of a test; without it a free seed would be lost.
print STDERR "# tests/world.t: WORLD_SEED=$seed\n" if $ENV{WORLD_SEED};
judge($_) for $ENV{WORLD_ONLY} // (0 .. $count - 1);
print "# $count worlds of $people objects, seed $seed\n";
for my $rule (@rules) {
	told($rule);
	print "# $dated{$rule} of them with a date\n" if $dated{$rule};
	for my $what (qw(table missed invented misdated)) {
		my @why = @{$wrong{$what}{$rule} // []};
		my $last = $#why > $most ? $most : $#why;
		ok(!@why, "$rule: " . ($what eq 'table' ? 'the table of what '
			. 'can be known holds' : "nothing is $what"),
			scalar(@why), @why[0 .. $last]);
	}
}
done();
