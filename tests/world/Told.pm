# The story of an object, for whoever wants to know why something is wrong.
package Told;
use strict;
use warnings;
use Exporter qw(import);
use Files qw(iso);
use Known qw(views word);

our @EXPORT_OK = qw(story);

sub when { return defined $_[0] ? iso($_[0]) : '-'; }

sub stamps {
	my ($view) = @_;
	return '' if !$view->{stamps};
	return join '', map { my $s = $view->{stamps}{$_}; $s ? " $_ v$s->[0] "
		. when($s->[1]) : '' } qw(userAccountControl name unicodePwd);
}

sub tenant {
	my ($w, $o) = @_;
	my $text = '';
	for my $i (0 .. $#{$w->{tenant}}) {
		my $a = $o->{cloud}[$i] && $o->{cloud}[$i]{account};
		$text .= '  tenant ' . when($w->{tenant}[$i]{at}) . ($a
			&& $a->{state} ne 'none' ? " $a->{state} synced="
			. "$a->{synced} id $a->{id} created "
			. when($a->{created}) . ' set ' . when($a->{set})
			. ' hash ' . ($a->{hash} // '-') : ' -') . "\n";
	}
	return $text;
}

sub story {
	my ($w, $o) = @_;
	my $now = $o->{seen}[-1];
	my $text = "  $o->{class} $o->{sam} created " . when($o->{created})
		. " word " . ($o->{user} ? word($w, $o) : '-') . "\n";
	for my $v (views($w, $o)) {
		$text .= '  AD ' . when($v->{at}) . ' ' . (!$v->{there}
			? 'deleted' : $v->{in} ? 'in' : 'out') . ' uac '
			. ($v->{uac} // '-') . ' set ' . ($v->{set}
			? when($v->{set}) : '0') . stamps($v) . "\n";
	}
	return $text . tenant($w, $o) . '  truth: in ' . when($now->{inAt})
		. ' out ' . when($now->{outAt}) . ' disabled '
		. when($now->{disabledAt}) . ' enabled '
		. when($now->{enabledAt}) . ' password ' . when($now->{set})
		. ' ' . ($now->{password} // '-') . "\n";
}

1;
