# A small world: a forest with places in and out of scope, a sync engine of a
# chosen build, a tenant, and when each was looked at. Sections in comments are
# those of what is published of synchronization, as the project's notes number
# them: b matching, c scope, d life cycle and passwords, e what AD keeps.
package World;
use strict;
use warnings;
use Dice qw(between chance pick);
use Exporter qw(import);
use Time::Local qw(timegm);

our @EXPORT_OK = qw(world ou_dn in_scope engine_scope build_at $root
	$first_fixed $v1_end DAY HOUR);

use constant { HOUR => 3600, DAY => 86400 };

our $root = 'DC=corp,DC=example';
# The build with the fixes (d.2), and the end of all builds before 2.0 (B 22).
our $first_fixed = timegm(0, 0, 0, 1, 10, 2015);
our $v1_end = timegm(0, 0, 0, 1, 9, 2023);

# ---- what ran, and what the policy says of it ----

# When it begins; the builds, each with the share of the time after which it
# runs, minutes between cycles, and whether it has the fixes; "says" is of the
# policy, where "upgraded" is the moment of the last build.
my %kinds = (
	dirsync => { begins => '2014-10', engine => 'dirsync', builds =>
		[[0, 180, 0]], says => { engine => 'dirsync' } },
	aadsync => { begins => '2014-11', engine => 'aadsync', builds =>
		[[0, 180, 0]], says => { engine => 'aadsync',
		version => '1.0.491.0413' } },
	'connect-old' => { begins => '2015-07', engine => 'connect',
		builds => [[0, 180, 0]], says => { engine => 'connect',
		version => '1.0.8667.0' } },
	'first-fixed' => { begins => '2015-06', engine => 'connect',
		builds => [[0, 180, 0], ['2015-12', 180, 1]],
		says => { engine => 'connect', version => '1.0.9125.0' },
		tells => 1, loses_changes => 1 },
	upgraded => { begins => '2015-06', engine => 'connect', builds =>
		[[0, 180, 0], ['2016-03', 30, 1]], says => {
		engine => 'connect', version => '1.1.105.0' }, tells => 1 },
	fixed => { begins => '2017-06', engine => 'connect', builds =>
		[[0, 30, 1]], says => { engine => 'connect',
		version => '1.1.524.0', upgraded => '2017-05-20T00:00:00Z' } },
	unsaid => { begins => '2023-03', engine => 'connect', builds =>
		[[0, 180, 0], ['2023-09', 30, 1]], says => {} },
	today => { begins => '2025-08', engine => 'connect', builds =>
		[[0, 30, 1]], says => { engine => 'connect',
		version => '2.5.79.0' } },
	cloud => { begins => '2025-08', engine => 'cloud-sync', builds =>
		[[0, 2, 1]], says => { engine => 'cloud-sync' } },
	'today-unsaid' => { begins => '2025-08', engine => 'connect',
		builds => [[0, 30, 1]], says => {} },
);

# A world's kind, and what else is so in it.
my @worlds = (
	['dirsync'], ['connect-old'], ['today'], ['aadsync', untold => 1],
	['first-fixed'], ['cloud'], ['connect-old', federated => 1],
	['upgraded'], ['today', feature => 1], ['unsaid'],
	['connect-old', phs => 0, phsSaid => 1], ['fixed'],
	['today', federated => 1], ['dirsync', alone => 1],
	['today-unsaid'], ['connect-old', unborn => 1],
	['today', phs => 0, phsSaid => 0], ['aadsync', alone => 1],
	['cloud', phs => 0, phsSaid => 1], ['connect-old', untold => 1],
	['dirsync', untold => 1], ['first-fixed', untold => 1],
	['unsaid', alone => 1], ['connect-old', phs => 0, phsSaid => 0],
);

sub month {
	my ($year, $month) = split /-/, $_[0];
	return timegm(0, 0, 0, 1, $month - 1, $year);
}

sub builds {
	my ($w, $kind) = @_;
	for my $row (@{$kind->{builds}}) {
		my ($from, $minutes, $fixed) = @$row;
		push @{$w->{builds}}, { from => $from ? month($from)
			+ between(20 * DAY, 45 * DAY) : 0,
			period => 60 * $minutes, fixed => $fixed };
	}
}

sub build_at {
	my ($w, $t) = @_;
	my ($build) = grep { $_->{from} <= $t } reverse @{$w->{builds}};
	return $build;
}

# ---- places ----

# Each below the root or below another; the policy names some by their DNs.
my %ous = (staff => ['Staff'], sales => ['Sales', 'staff'],
	works => ['Works', 'staff'], lab => ['Lab', 'works'],
	branch => ['Branch'], leavers => ['Leavers', 'staff'],
	parked => ['Parked', 'leavers'], archive => ['Archive']);

# Renames of places: what of it the engine takes in comes with its next full
# import (c.7); Cloud Sync does not notice (c.8).
sub renames {
	my ($w) = @_;
	my $rename = sub {
		my ($ou, $name, $at) = @_;
		push @{$w->{renames}}, { ou => $ou, name => $name, at => $at,
			seen => $w->{engine} eq 'cloud-sync' ? undef
			: $at + between(1, 20) * DAY };
	};
	my $some = sub { $w->{from} + between(100, 400) * DAY };
	$rename->('sales', 'Vertrieb', $some->()) if chance(0.4);
	$rename->('lab', 'Laboratory', $some->()) if chance(0.3);
	if (chance(0.3)) {
		my $at = $some->();
		$rename->('branch', 'Branches', $at);
		$rename->('branch', 'Branch', $at + between(25, 80) * DAY)
			if chance(0.5);
	}
	$rename->('leavers', 'Former', $some->()) if chance(0.1);
	@{$w->{renames}} = sort { $a->{at} <=> $b->{at} }
		@{$w->{renames} // []};
}

# KEY says which time of a rename counts: at, or seen.
sub place {
	my ($w, $ou, $t, $key) = @_;
	return $root if !defined $ou;
	my ($name, $above) = @{$ous{$ou}};
	for my $r (@{$w->{renames}}) {
		$name = $r->{name} if $r->{ou} eq $ou
			&& defined $r->{$key} && $r->{$key} <= $t;
	}
	return "OU=$name," . place($w, $above, $t, $key);
}

sub ou_dn {
	my ($w, $ou, $t) = @_;
	return place($w, $ou, $t, 'at');
}

# The nearest of the containers of the two lists decides (c.7).
sub scoped {
	my ($w, $dn) = @_;
	for (; length $dn; $dn =~ s/^[^,]*,?//) {
		return 1 if grep { $_ eq $dn } @{$w->{include}};
		return 0 if grep { $_ eq $dn } @{$w->{exclude}};
	}
	return 0;
}

sub in_scope {
	my ($w, $ou, $t) = @_;
	return scoped($w, place($w, $ou, $t, 'at'));
}

sub engine_scope {
	my ($w, $ou, $t) = @_;
	return scoped($w, place($w, $ou, $t, 'seen'));
}

# ---- looks ----

# When AD and the tenant were looked at, in some worlds only of late; the newest
# of each lie together, but for some.
sub looks {
	my ($w) = @_;
	my $since = pick($w->{from}, $w->{from}, $w->{to} - 130 * DAY);
	my $old = sub { map { between($since + 9 * DAY, $w->{to}) }
		1 .. $_[0] };
	my @ad = (sort({ $a <=> $b } $old->(pick(0, 0, 1, 1, 2, 3, 6, 11))),
		$w->{to});
	my $late = pick(0, 0, 0, between(-6 * HOUR, 12 * HOUR),
		between(600, 2 * DAY), between(-20 * DAY, -DAY));
	my @tenant = $w->{alone} ? () : (sort({ $a <=> $b }
		$old->(pick(0, 0, 1, 2, 5, 11))), $ad[-1] + $late);
	@tenant = sort { $a <=> $b } @tenant;
	my $stamped = pick(0, 0.5, 1, 1);
	$w->{ad} = [map { { at => $_, stamps => chance($stamped) } } @ad];
	$w->{tenant} = [grep { $_->{at} > $w->{sync} } map { { at => $_ } }
		@tenant];
}

# Number N of a seed.
sub world {
	my ($seed, $n, $events) = @_;
	srand $seed * 1000 + $n;
	my ($name, %other) = @{$worlds[$n % @worlds]};
	my $kind = $kinds{$name};
	my $w = { phs => 1, phsSaid => 0, name => $name, %other,
		seed => "$seed.$n", events => $events, says => $kind->{says},
		engine => $kind->{engine}, from => month($kind->{begins}),
		include => ["OU=Staff,$root", "OU=Branch,$root"],
		exclude => ["OU=Leavers,OU=Staff,$root"] };
	$w->{to} = $w->{from} + 480 * DAY;
	$w->{sync} = $w->{from} + ($w->{unborn} ? 200 : between(2, 20)) * DAY;
	$w->{loses_changes} = $kind->{loses_changes};
	builds($w, $kind);
	$w->{upgraded} = $w->{builds}[-1]{from} if $kind->{tells};
	# What the tenant says of a password that never came (d.3 [?]).
	$w->{never} = chance(0.8) ? 'created' : 'null';
	renames($w);
	looks($w);
	return $w;
}

1;
