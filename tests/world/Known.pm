# What the looks and the policy tell of an object, without the truth: the table
# of what can be known. Each rule has one of
#   shown    they show it: whoever reads them must find it
#   likely   they show what mostly means it: to be found where it is so
#   hint     they cannot tell: not counted
#   nothing  they show nothing of the kind: nobody may be accused
package Known;
use strict;
use warnings;
use Exporter qw(import);
use World qw(in_scope $first_fixed $v1_end DAY HOUR);

our @EXPORT_OK = qw(views word known count_agreeing least);

use constant { DISABLED => 2, SMARTCARD => 0x40000, CYCLE => 4 * HOUR };
my @levels = qw(nothing hint likely shown);
my %rank = map { $levels[$_] => $_ } 0 .. $#levels;

sub least { return (sort { $rank{$a} <=> $rank{$b} } @_)[0]; }

# ---- what is seen ----

# Of AD, the oldest look first; without those before the object was.
sub views {
	my ($w, $o) = @_;
	my @views;
	for my $i (0 .. $#{$w->{ad}}) {
		my ($s, $look) = ($o->{seen}[$i], $w->{ad}[$i]);
		next if !$s;
		push @views, { at => $look->{at}, there => $s->{there},
			in => $s->{there} && in_scope($w, $s->{ou},
			$look->{at}), on => $o->{user} && !($s->{uac}
			& DISABLED), uac => $s->{uac}, stamps =>
			$look->{stamps} && $s->{stamps}, set =>
			$s->{pwdLastSet} };
	}
	return @views;
}

# The account in the newest look at the tenant.
sub account {
	my ($w, $o) = @_;
	my $a = @{$w->{tenant}} && $o->{cloud}[$#{$w->{tenant}}]
		&& $o->{cloud}[$#{$w->{tenant}}]{account};
	return $a && $a->{state} ne 'none' ? $a : undef;
}

# What the tenant's time says of the present password (B 18). About when the
# account was created it may be that none ever came (d.3 [?]).
sub word {
	my ($w, $o) = @_;
	my $a = account($w, $o);
	my $set = $o->{seen}[-1]{pwdLastSet};
	return 'none' if !$w->{phs} || $w->{untold} || !$a
		|| $a->{state} ne 'live' || !$a->{synced} || !$a->{set}
		|| !$set;
	my $late = $w->{tenant}[-1]{at} - $set;
	return 'early' if $late < 900;
	my $older = $set - $a->{set};
	# An engine that is behind a day is not one that lost it.
	return $late < DAY ? 'unsure' : 'older' if $older > HOUR;
	return 'born' if abs($a->{set} - $a->{created}) <= 600;
	return 'agrees' if abs $older <= 600;
	return $older < -600 ? 'newer' : 'unsure';
}

sub count_agreeing {
	my ($w) = @_;
	return scalar grep { $_->{user} && word($w, $_) eq 'agrees' }
		@{$w->{objects}};
}

# Who signs in by other means than the hash, or not at all. That one came back
# who is disabled now may be told, or not.
sub sign_in {
	my ($w, $o, $now, $is_return) = @_;
	return 'nothing' if !$now->{there} || !$now->{in}
		|| !$now->{on} && !$is_return || $o->{class} ne 'user'
		|| !$w->{phs} && $w->{phsSaid};
	my $federated = $w->{federated} && $o->{upn} =~ /fed\.example$/;
	return 'nothing' if $federated && @{$w->{tenant}};
	return 'hint' if $federated || $now->{uac} & (SMARTCARD | DISABLED)
		|| !$now->{set} || !$w->{phs};
	return 'shown';
}

# Whether what ran from LO to HI had the fix; "connect" with a build says it of
# the present only, "upgraded" since when.
sub engine {
	my ($w, $lo, $hi) = @_;
	my $says = $w->{says};
	my $engine = $says->{engine} // '';
	return 'fixed' if $engine eq 'cloud-sync' || $lo >= $v1_end;
	return 'unknown' if $hi >= $v1_end;
	return 'old' if $hi < $first_fixed || $engine =~ /^(dirsync|aadsync)/;
	my $version = $says->{version} // return 'unknown';
	return 'old' if $version =~ /^1\.0\.8/;
	return 'unknown' if !$w->{upgraded} && !$says->{upgraded};
	my $since = $w->{upgraded} // 0;
	return 'fixed' if $lo >= $since;
	return $hi < $since && $version eq '1.0.9125.0' ? 'old' : 'unknown';
}

# ---- events that the looks frame ----

sub stamp {
	my ($view, $a) = @_;
	return @{$view->{stamps} ? $view->{stamps}{$a} // [0, 0] : [0, 0]};
}

# From look I to J: how often it was written (undef: not known), and when last
# (0: not known, or not since I).
sub written {
	my ($i, $j, $a) = @_;
	my ($was) = stamp($i, $a);
	my ($is, $at) = stamp($j, $a);
	return ($was && $is ? $is - $was : undef, $at > $i->{at} ? $at : 0);
}

# B 20: a last stamp dates an event only if the version grew by one.
sub framed {
	my ($i, $j, $a, $level) = @_;
	my ($times, $last) = written($i, $j, $a);
	my $hi = $last || $j->{at};
	return { lo => ($times // 0) == 1 ? $hi : $i->{at}, hi => $hi,
		level => $level };
}

# What is written later than an hour after the creation, of the oldest look with
# stamps (B 19); after a look without stamps, it lies somewhere between (B 20).
sub stamped {
	my ($o, $a, $level, @views) = @_;
	my ($oldest) = grep { $_->{stamps} } @views or return;
	my ($version, $at) = stamp($oldest, $a);
	return if $version < 2 || $at <= $o->{created} + HOUR;
	my ($before) = reverse grep { $_->{at} < $at } @views;
	return { lo => $before->{at}, hi => $at, level => 'hint' } if $before;
	return { lo => $at, hi => $at, level => $level->($oldest) };
}

# Whose other flags are not usual may have got those by the last write.
sub was_enabled {
	my ($view) = @_;
	return 'nothing' if !$view->{on};
	return $view->{uac} == 512 ? 'likely' : 'hint';
}

sub enablings {
	my ($w, $o, @views) = @_;
	my @found = stamped($o, 'userAccountControl', \&was_enabled, @views);
	for my $n (1 .. $#views) {
		my ($i, $j) = @views[$n - 1, $n];
		next if !$j->{on};
		my ($times, $last) = written($i, $j, 'userAccountControl');
		my $changed = ($i->{uac} ^ $j->{uac}) & ~DISABLED;
		my $level = !$i->{on} ? 'shown' : !$last ? next
			: !defined $times ? 'hint' : $times > 1 ? $changed
			? 'hint' : 'likely' : next;
		push @found, framed($i, $j, 'userAccountControl', $level);
	}
	return @found;
}

sub renamed_place {
	my ($w, $i, $j) = @_;
	return grep { $_->{at} > $i->{at} && $_->{at} <= $j->{at} }
		@{$w->{renames}};
}

# There and back are two writes of the name (e.3), as two moves within the scope
# are: that is to be mentioned. One look alone cannot tell.
sub returns {
	my ($w, $o, @views) = @_;
	my @found = stamped($o, 'name', sub { $_[0]{in} ? 'hint'
		: 'nothing' }, @views);
	for my $n (1 .. $#views) {
		my ($i, $j) = @views[$n - 1, $n];
		next if !$j->{in};
		my ($times, $last) = written($i, $j, 'name');
		if (!$i->{in}) {
			push @found, framed($i, $j, 'name', $i->{there}
				? 'shown' : 'hint');
			@{$found[-1]}{qw(lo hi)} = ($i->{at}, $j->{at})
				if renamed_place($w, $i, $j);
		} elsif ($last && ($times // 2) > 1) {
			push @found, { %{framed($i, $j, 'name', defined $times
				? 'likely' : 'hint')}, least => 'info' };
		}
	}
	return (@found, came_back($w, $o));
}

# An account that was among the deleted ones and lives.
sub came_back {
	my ($w, $o) = @_;
	my $a = account($w, $o) or return;
	return map { { lo => $_->{account}{deleted}, hi => $_->{at},
		level => 'hint' } } grep { $_->{account}
		&& $_->{account}{state} eq 'soft'
		&& $_->{account}{id} == $a->{id} } map { { at =>
		$w->{tenant}[-1]{at}, account => $_ && $_->{account} } }
		@{$o->{cloud}};
}

# ---- what they come to ----

# The password was set since, for sure not, or nobody knows: what is done within
# an hour may be one act.
sub since {
	my ($event, $set) = @_;
	return 'nothing' if $set > $event->{hi} + CYCLE;
	return $set < $event->{lo} - HOUR ? 'shown' : 'hint';
}

# B 21. A new account after a return was made by that. Without a tenant nobody
# knows.
sub existed {
	my ($w, $o, $event, $is_return) = @_;
	return 'likely' if !@{$w->{tenant}};
	my $a = account($w, $o);
	return 'hint' if !$a || $a->{state} ne 'live';
	return 'nothing' if $a->{created} > $event->{hi}
		|| $is_return && $a->{created} > $event->{lo};
	return $a->{created} + CYCLE < $event->{lo} ? 'shown' : 'hint';
}

sub agreed {
	my ($w, $o, $event) = @_;
	my $word = word($w, $o);
	return 'shown' if $word =~ /^(none|early|older)$/;
	return $word eq 'agrees' && $event->{hi} <= $w->{tenant}[-1]{at}
		? 'nothing' : 'hint';
}

my %engines = (old => 'shown', fixed => 'nothing', unknown => 'hint');

sub event {
	my ($w, $o, $now, $is_return, @events) = @_;
	my ($most, $least) = ('nothing', 'info');
	for my $e (@events) {
		my $level = least($e->{level}, sign_in($w, $o, $now,
			$is_return),
			since($e, $now->{set}), existed($w, $o, $e,
			$is_return), $engines{engine($w, $e->{lo},
			$e->{hi})}, agreed($w, $o, $e));
		$least = 'low' if !$e->{least} && $level =~ /^(shown|likely)$/;
		$most = $level if $rank{$level} > $rank{$most};
	}
	return ($most, $least);
}

sub differs {
	my ($w, $o, $now) = @_;
	my $word = word($w, $o);
	return 'nothing' if $word !~ /^(older|unsure)$/ || !$w->{phs};
	return 'hint' if $word eq 'unsure' || $w->{agreeing} < 30
		|| $o->{class} ne 'user' && $now->{in} && $now->{on};
	return sign_in($w, $o, $now);
}

# Where it was in scope, after the tenant was.
sub was_inside {
	my ($w, @views) = @_;
	my $since = @{$w->{tenant}} ? $w->{sync} + DAY : 0;
	return grep { $_->{in} && $_->{at} > $since } @views;
}

# Beside the level how loud it has to be: what is still to be deleted is not
# just information; of the rest documents do not say.
sub moved_out {
	my ($w, $o, $now, @views) = @_;
	return 'nothing' if !$now->{there} || $now->{in};
	my $a = account($w, $o);
	return ($a->{synced} ? 'shown' : 'hint', 'low')
		if $a && $a->{state} eq 'live';
	return ('shown', 'info') if $a;
	my @inside = was_inside($w, @views);
	my @had = grep { $_ && $_->{account} && $_->{account}{synced} }
		@{$o->{cloud}};
	return ('likely', 'info') if @inside || @had;
	return grep({ $_->{in} && $_->{at} > $w->{sync} - DAY } @views)
		? 'hint' : 'nothing';
}

sub deleted {
	my ($w, $o, $now) = @_;
	my $a = account($w, $o);
	return 'hint' if !@{$w->{tenant}};
	return $now->{there} && !$now->{in} && $a && $a->{synced}
		&& $a->{state} eq 'live' ? 'shown' : 'nothing';
}

# By rule, the level, and how loud it has to be.
sub known {
	my ($w, $o) = @_;
	my @views = views($w, $o);
	my $now = $views[-1];
	my %known = ('moved-out-of-scope' => [moved_out($w, $o, $now, @views)],
		delete => [deleted($w, $o, $now)]);
	return \%known if !$o->{user};
	@views = grep { $_->{there} } @views;
	return { %known, 'disabled-then-enabled' => [event($w, $o, $now, 0,
		enablings($w, $o, @views))], 'returned-to-scope' => [event($w,
		$o, $now, 1, returns($w, $o, views($w, $o)))],
		'password-differs' => [differs($w, $o, $now)] };
}

1;
