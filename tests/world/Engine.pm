# The sync engine and the tenant, as documented, with the defects of builds
# before 1.0.9125.0 (d.2).
package Engine;
use strict;
use warnings;
use Dice qw(between chance);
use Exporter qw(import);
use World qw(build_at engine_scope DAY);

our @EXPORT_OK = qw(cycle_due engine_cycle password_due engine_password
	cloud_event copy_of expire);

use constant { DISABLED => 2, KEPT => 30 * DAY };

# ---- when ----

# The next cycle after T.
sub cycle_due {
	my ($w, $t) = @_;
	$t = $w->{sync} if $t < $w->{sync};
	my $period = build_at($w, $t)->{period};
	return $period * (int($t / $period) + 1);
}

# Hashes go every two minutes (d.3), of whom a cycle has told of.
sub password_due {
	my ($w, $o, $t) = @_;
	return 120 * (int($t / 120) + 1);
}

# ---- passwords ----

# The tenant's time is that of AD, within minutes (B 18).
sub send_hash {
	my ($w, $o, $t, $new) = @_;
	return if !$w->{phs} || $o->{class} ne 'user';
	return if !$o->{pwdLastSet} && !$w->{feature} && !$new;
	my $account = $o->{account};
	@$account{qw(hash sent set)} = ($o->{password}, $t,
		($o->{pwdLastSet} || $t) + between(0, 3) * 20);
}

# Without the hash: a change that the first fixed build loses (1.0.9131.0), or
# an error of one object, which its log calls Error.
sub is_lost {
	my ($w, $o, $t) = @_;
	return 1 if $w->{loses_changes} && $o->{how} eq 'changed'
		&& build_at($w, $t)->{fixed} && chance(0.5);
	return chance(0.05);
}

sub engine_password {
	my ($w, $o, $t) = @_;
	my $account = $o->{account};
	return if $t < $w->{sync} || !$account || $account->{state} ne 'live'
		|| !$account->{synced} || !$account->{enabled};
	$o->{lost} = is_lost($w, $o, $t);
	send_hash($w, $o, $t) if !$o->{lost};
}

# ---- cycles ----

my $ids = 0;

sub create {
	my ($w, $o, $t) = @_;
	$o->{account} = { id => ++$ids, state => 'live', synced => 1,
		created => $t, enabled => 0, sent => 0, set =>
		$w->{never} eq 'created' ? $t : undef };
	$o->{accounts}++;
}

# A new account gets the hash of an enabled user from any build (B 21), others
# do not when they come back, or are enabled, before the fix (d.2).
sub take_in {
	my ($w, $o, $t) = @_;
	my $account = $o->{account};
	my $enabled = $o->{user} && !($o->{uac} & DISABLED) ? 1 : 0;
	my $new = !$account || $account->{state} eq 'none';
	create($w, $o, $t) if $new;
	$account = $o->{account};
	my $back = $account->{state} eq 'soft' || !$account->{synced};
	my $awake = $enabled && !$account->{enabled};
	@$account{qw(state synced enabled synchronized)} = ('live', 1,
		$enabled, $t);
	delete $account->{deleted};
	@$account{'cycleBack'} = $t if $back && !$new;
	return if !$enabled || !($new || $back || $awake);
	send_hash($w, $o, $t, $new) if $new || build_at($w, $t)->{fixed};
}

sub engine_cycle {
	my ($w, $o, $t) = @_;
	return if $t < $w->{sync};
	expire($w, $o, $t);
	my $account = $o->{account};
	return take_in($w, $o, $t) if $o->{there}
		&& engine_scope($w, $o->{ou}, $t);
	return if !$account || $account->{state} ne 'live'
		|| !$account->{synced};
	# Groups and contacts do not come back (d.1).
	@$account{qw(state synced deleted)} = ($o->{user} ? 'soft' : 'none',
		0, $t);
}

# ---- the tenant by itself ----

sub expire {
	my ($w, $o, $t) = @_;
	my $account = $o->{account} or return;
	$account->{state} = 'none' if $account->{state} eq 'soft'
		&& $account->{deleted} + KEPT <= $t;
}

sub cloud_event {
	my ($what, $w, $o, $t) = @_;
	my $account = $o->{account} or return;
	if ($what eq 'reset' && $account->{state} eq 'live') {
		@$account{qw(hash set)} = ("cloud $t", $t);
	} elsif ($what eq 'purge' && $account->{state} eq 'soft') {
		$account->{state} = 'none';
	} elsif ($what eq 'restore' && $account->{state} eq 'soft') {
		# It keeps its anchor, and is managed in the cloud (d.1).
		@$account{qw(state synced)} = ('live', 0);
		delete $account->{deleted};
	}
}

sub copy_of {
	my ($o) = @_;
	my %copy = map { $_ => $o->{$_} } grep { !ref $o->{$_} } keys %$o;
	$copy{stamps} = { %{$o->{stamps}} };
	$copy{account} = { %{$o->{account}} } if $o->{account};
	return \%copy;
}

1;
