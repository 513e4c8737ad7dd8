# The life of an object of AD: what happens to it, by chance, what AD keeps of
# that (e.2, e.3), and what the looks see. The engine goes along.
package Life;
use strict;
use warnings;
use Dice qw(between chance pick weighed);
use Engine qw(cycle_due engine_cycle password_due engine_password cloud_event
	copy_of expire);
use Exporter qw(import);
use World qw(in_scope DAY HOUR);

our @EXPORT_OK = qw(live);

use constant { DISABLED => 2, NEVER_EXPIRES => 0x10000, SMARTCARD => 0x40000 };
my @inside = qw(staff sales works lab branch);
my @outside = qw(leavers parked archive);

# ---- writes ----

# A version more, and when.
sub wrote {
	my ($o, $t, @attributes) = @_;
	for my $a (@attributes) {
		$o->{stamps}{$a} = [($o->{stamps}{$a}[0] // 0) + 1, $t];
	}
	$o->{changed} = $t;
}

my $passwords = 0;

sub set_password {
	my ($o, $t, $must) = @_;
	@$o{qw(password set pwdLastSet how)} = (++$passwords, $t, $must ? 0
		: $t, 'set');
	wrote($o, $t, qw(unicodePwd pwdLastSet));
}

sub enabled { return !($_[0]{uac} & DISABLED); }

sub write_uac {
	my ($o, $t, $uac) = @_;
	my $was = enabled($o);
	$o->{uac} = $uac;
	wrote($o, $t, 'userAccountControl');
	$o->{disabledAt} = $t if $was && !enabled($o);
	return if $was || !enabled($o);
	$o->{enabledAt} = $t;
	push @{$o->{times}{enabled}}, $t;
}

sub put_below {
	my ($w, $o, $t, $ou) = @_;
	$o->{ou} = $ou;
	wrote($o, $t, 'name');
}

# ---- birth ----

# How tools make a user: what they write, each with the seconds after it.
# A flag 1 is a user that is to be enabled another day (B 19).
my %tools = (
	console => sub { my ($o, $t) = @_; write_uac($o, $t, 546);
		set_password($o, $t + 1, chance(0.1));
		write_uac($o, $t + 1, 514); write_uac($o, $t + 2, 512) },
	cmdlet => sub { my ($o, $t) = @_; write_uac($o, $t, 514);
		set_password($o, $t); write_uac($o, $t, 512) },
	ldif => sub { my ($o, $t) = @_; set_password($o, $t);
		write_uac($o, $t, 512) },
	manager => sub { my ($o, $t) = @_; write_uac($o, $t, 514);
		set_password($o, $t + 3); write_uac($o, $t + 9, 66050);
		wrote($o, $t + 20, 'name'); write_uac($o, $t + 40, 66048) },
	stocked => sub { my ($o, $t) = @_; write_uac($o, $t, 514);
		set_password($o, $t + 1) },
);

sub born {
	my ($w, $o, $t) = @_;
	@$o{qw(there created ou)} = (1, $t, pick(chance(0.82) ? @inside
		: @outside));
	wrote($o, $t, qw(name mail proxyAddresses));
	$o->{uac} = 512 | DISABLED if $o->{user};
	$tools{weighed([3, 'console'], [3, 'cmdlet'], [2, 'ldif'],
		[2, 'manager'], [1.5, 'stocked'])}->($o, $t) if $o->{user};
	$o->{enabledAt} = undef;
}

# ---- what happens ----

sub disable {
	my ($w, $o, $t) = @_;
	write_uac($o, $t, $o->{uac} | DISABLED);
}

sub enable {
	my ($w, $o, $t) = @_;
	set_password($o, $t - 20, chance(0.1)) if chance(0.25);
	write_uac($o, $t, $o->{uac} & ~DISABLED);
}

sub move_to {
	my ($w, $o, $t, @where) = @_;
	put_below($w, $o, $t, pick(grep { $_ ne $o->{ou} } @where));
}

sub rename_person {
	my ($w, $o, $t) = @_;
	$o->{cn} .= ' X';
	wrote($o, $t, qw(cn name displayName));
}

sub change_password {
	my ($w, $o, $t) = @_;
	set_password($o, $t);
	$o->{how} = 'changed';
}

sub must_change {
	my ($w, $o, $t) = @_;
	return set_password($o, $t, 1) if chance(0.6);
	$o->{pwdLastSet} = 0;
	wrote($o, $t, 'pwdLastSet');
}

sub flip {
	my ($bit) = @_;
	return sub { my ($w, $o, $t) = @_;
		write_uac($o, $t, $o->{uac} ^ $bit) };
}

sub remove {
	my ($w, $o, $t) = @_;
	@$o{qw(there gone)} = (0, $t);
	wrote($o, $t, qw(isDeleted name lastKnownParent));
}

sub undelete {
	my ($w, $o, $t) = @_;
	@$o{qw(there undeletedAt)} = (1, $t);
	wrote($o, $t, qw(isDeleted name lastKnownParent));
}

sub touch {
	my ($w, $o, $t) = @_;
	wrote($o, $t, 'telephoneNumber');
}

# What can happen to an object as it is, by weights.
sub choices {
	my ($w, $o, $t) = @_;
	my @kept = ([2, sub { move_to(@_, in_scope($w, $o->{ou}, $t) ? @inside
		: @outside) }], [1, \&rename_person], [0.5, \&touch]);
	return $o->{gone} + 150 * DAY > $t ? [1, \&undelete] : ()
		if !$o->{there};
	push @kept, in_scope($w, $o->{ou}, $t)
		? [2.5, sub { move_to(@_, @outside) }]
		: [10, sub { move_to(@_, @inside) }];
	push @kept, [0.6, \&remove] if $o->{user};
	return @kept if !$o->{user};
	return (@kept, enabled($o) ? [2.5, \&disable] : [7, \&enable],
		[1.5, sub { set_password(@_[1, 2]) }], [2, \&change_password],
		[0.4, \&must_change], [0.5, flip(NEVER_EXPIRES)],
		[0.15, flip(SMARTCARD)], [0.5, sub { cloud_event('reset', @_)
		}], [0.5, sub { $o->{licensed} = !$o->{licensed} }],
		[0.3, sub { cloud_event('purge', @_) }],
		[0.3, sub { cloud_event('restore', @_) }]);
}

# A move into or out of scope is one when seen from outside, too: the place
# itself can be renamed.
sub note_scope {
	my ($w, $o, $t) = @_;
	my $in = $o->{there} && in_scope($w, $o->{ou}, $t) ? 1 : 0;
	return if defined $o->{in} && $o->{in} == $in;
	@$o{qw(in), $in ? 'inAt' : 'outAt'} = ($in, $t);
	push @{$o->{times}{$in ? 'in' : 'out'}}, $t;
}

sub happen {
	my ($w, $o, $t) = @_;
	my @choices = choices($w, $o, $t) or return;
	weighed(@choices)->($w, $o, $t);
	note_scope($w, $o, $t);
}

# ---- time ----

# When something happens: some of it shortly after the last, some just before
# the last look.
sub moments {
	my ($w, $o) = @_;
	my $count = between(0, 2 * $w->{events});
	my @at = map { between($o->{created} + HOUR, $w->{to}) } 1 .. $count;
	push @at, $w->{to} - between(1, 3 * DAY) if chance(0.15);
	@at = sort { $a <=> $b } grep { $_ > $o->{created} } @at;
	for my $i (1 .. $#at) {
		my $gap = chance(0.08) ? between(60, 1200) : between(DAY / 2,
			20 * DAY);
		$at[$i] = $at[$i - 1] + $gap if $at[$i] < $at[$i - 1] + DAY / 2
			|| chance(0.45);
	}
	return grep { $_ < $w->{to} } @at;
}

# What AD and the tenant show at a look, or what it was like.
sub look {
	my ($o, $as, $i) = @_;
	return sub {
		my ($w, $t) = @_;
		expire($w, $o, $t);
		$o->{$as}[$i] = copy_of($o);
	};
}

sub agenda {
	my ($w, $o) = @_;
	my @agenda = ([$o->{created}, sub { born($w, $o, $_[1]);
		note_scope($w, $o, $_[1]) }]);
	push @agenda, map { [$_, sub { happen($w, $o, $_[1]) }] }
		moments($w, $o);
	push @agenda, map { ([$_->{at}, sub { note_scope($w, $o, $_[1]) }],
		$_->{seen} ? [$_->{seen}, sub {}] : ()) } @{$w->{renames}};
	push @agenda, [$w->{sync}, sub {}];
	push @agenda, map { [$w->{ad}[$_]{at}, look($o, 'seen', $_), 1] }
		0 .. $#{$w->{ad}};
	push @agenda, map { [$w->{tenant}[$_]{at}, look($o, 'cloud', $_), 1] }
		0 .. $#{$w->{tenant}};
	return sort { $a->[0] <=> $b->[0] } grep { $_->[0] >= $o->{created} }
		@agenda;
}

# After what happens the engine comes along, at the next of its times; then it
# has nothing to do until something else happens.
sub live {
	my ($w, $o) = @_;
	my @agenda = agenda($w, $o);
	my ($cycle, $password);
	while (@agenda) {
		my $t = $agenda[0][0];
		if (defined $cycle && $cycle <= $t) {
			engine_cycle($w, $o, $cycle);
			undef $cycle;
		} elsif (defined $password && $password <= $t) {
			engine_password($w, $o, $password);
			undef $password;
		} else {
			my ($at, $what, $looks) = @{shift @agenda};
			my $before = $o->{password};
			expire($w, $o, $at);
			$what->($w, $at);
			next if $looks;
			$cycle //= cycle_due($w, $at);
			$password //= password_due($w, $o, $at)
				if ($o->{password} // 0) != ($before // 0);
		}
	}
	return $o;
}

1;
