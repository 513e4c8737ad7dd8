# What is so, which only the simulator knows: yes, no, or open where documents
# are silent, or the engine has not had its time yet.
package Truth;
use strict;
use warnings;
use Exporter qw(import);
use Known qw(word);
use World qw(build_at engine_scope in_scope DAY HOUR);

our @EXPORT_OK = qw(truth);

use constant { DISABLED => 2, SMARTCARD => 0x40000, CYCLE => 4 * HOUR };

# Who signs in with the hash of the AD password, if it is there.
sub by_hash {
	my ($w, $o, $now, $at) = @_;
	return 'no' if !$now->{there} || !$now->{in}
		|| $o->{class} ne 'user' || !$w->{phs} || $w->{federated}
		&& $o->{upn} =~ /fed\.example$/;
	return 'open' if $now->{uac} & SMARTCARD || !$now->{pwdLastSet}
		|| !engine_scope($w, $now->{ou}, $at);
	return 'yes';
}

# Something at T by a build without the fix, and no password since. Whose hash
# is there in spite of that, which the tenant's time tells, can sign in.
sub lost {
	my ($w, $o, $now, $t, $engine_at) = @_;
	my $a = $now->{account};
	return 'no' if !defined $t || $now->{set} > $t + CYCLE;
	return 'open' if $now->{set} > $t || !$a || $a->{state} ne 'live'
		|| !$a->{synced} || $t + CYCLE > $w->{ad}[-1]{at};
	return 'no' if $a->{created} > $t
		|| build_at($w, $engine_at)->{fixed};
	return 'open' if $a->{sent} > $t;
	return 'yes' if word($w, $o) ne 'agrees';
	return ($a->{hash} // '') eq $now->{password} ? 'no' : 'open';
}

sub enabled {
	my ($w, $o, $now) = @_;
	my $t = $now->{enabledAt};
	my $lost = lost($w, $o, $now, $t, $t);
	return $lost eq 'yes' && defined $now->{disabledAt}
		&& $t - $now->{disabledAt} < CYCLE ? 'open' : $lost;
}

sub returned {
	my ($w, $o, $now) = @_;
	return 'no' if !defined $now->{outAt};
	my $t = $now->{inAt};
	my $cycle = ($now->{account} && $now->{account}{cycleBack}) // 0;
	my $lost = lost($w, $o, $now, $t, $cycle);
	return $lost if $lost ne 'yes';
	return 'open' if $t - $now->{outAt} < CYCLE || $cycle < $t
		|| ($now->{undeletedAt} // 0) >= $now->{outAt};
	return 'yes';
}

# The newest look at the tenant is at an account whose hash is not that of the
# password that AD has then and in its newest look.
sub differs {
	my ($w, $o, $now) = @_;
	my $then = @{$w->{tenant}} && $o->{cloud}[$#{$w->{tenant}}];
	my $a = $then && $then->{account};
	return 'no' if !$a || $a->{state} ne 'live' || !$a->{synced}
		|| ($a->{hash} // '') eq $now->{password};
	my $late = $w->{tenant}[-1]{at} - CYCLE;
	return 'open' if $then->{password} ne $now->{password}
		|| grep { ($then->{$_} // 0) > $late } qw(enabledAt inAt);
	return ($a->{hash} // '') =~ /^cloud/ && $a->{set} > $now->{set}
		? 'no' : 'yes';
}

sub both {
	my ($one, $other) = @_;
	return 'no' if $one eq 'no' || $other eq 'no';
	return $one eq 'open' ? $one : $other;
}

sub moved_out {
	my ($w, $o, $now) = @_;
	return 'no' if !$now->{there} || $now->{in};
	return $now->{accounts} ? 'yes' : 'no';
}

# Where Cloud Sync did not notice that a place was renamed, documents say that
# it does not delete (c.8), and the snapshots do not tell.
sub deleted {
	my ($w, $o, $now) = @_;
	my $then = @{$w->{tenant}} && $o->{cloud}[$#{$w->{tenant}}];
	my $a = $then && $then->{account};
	return 'no' if !$now->{there} || $now->{in} || !$a
		|| $a->{state} ne 'live' || !$a->{synced};
	return 'open' if $w->{tenant}[-1]{at} > $w->{ad}[-1]{at}
		&& (!$then->{there} || $then->{in});
	return 'open' if $w->{engine} eq 'cloud-sync'
		&& engine_scope($w, $now->{ou}, $w->{ad}[-1]{at});
	return 'yes';
}

sub truth {
	my ($w, $o) = @_;
	my $now = $o->{seen}[-1];
	my %truth = ('moved-out-of-scope' => moved_out($w, $o, $now),
		delete => deleted($w, $o, $now));
	return \%truth if !$o->{user};
	my $by = by_hash($w, $o, $now, $w->{ad}[-1]{at});
	my $on = $now->{uac} & DISABLED ? 'no' : $by;
	return { %truth, 'disabled-then-enabled' => both($on, enabled($w, $o,
		$now)), 'returned-to-scope' => both($on eq $by ? $by : 'open',
		returned($w, $o, $now)), 'password-differs' => both($on,
		differs($w, $o, $now)) };
}

1;
