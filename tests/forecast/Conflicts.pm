# Who gets which account and which value when several want them: by looking at
# everybody, for everybody. EXISTTEN is "When you have an existing tenant",
# DUPRES "Identity synchronization and duplicate attribute resiliency".
package Conflicts;
use strict;
use warnings;
use Exporter qw(import);

our @EXPORT_OK = qw(settle);

# Users of AD: guid (octets), created, upn, primary, other (an address or undef),
# id of the account that has their anchor. Objects of the tenant: id, class,
# guest, anchored, synced, upn, primary, other.
# A user's UPN is an address, too (PROXY, note): all of them have licences.
sub values_of {
	my ($o) = @_;
	return grep { defined $_ } defined $o->{upn} ? "upn:$o->{upn}" : undef,
		map { defined $_ ? "smtp:$_" : undef } $o->{primary}, $o->{other},
		$o->{class} eq 'user' && defined $o->{i} ? $o->{upn} : undef;
}

sub candidate {
	my ($o, $how, @tenant) = @_;
	my ($found) = grep { $_->{class} eq 'user' && !$_->{guest}
		&& !$_->{anchored} && defined $_->{$how}
		&& lc $_->{$how} eq lc $o->{$how} } @tenant;
	return $found;
}

# EXISTTEN: the anchor, then the primary address, then the UPN.
sub wish {
	my ($o, @tenant) = @_;
	if (my ($t) = grep { defined $o->{account}
		&& $_->{id} eq $o->{account} } @tenant) {
		return (0, $t);
	}
	my $t = candidate($o, 'primary', @tenant);
	return (1, $t) if $t;
	$t = candidate($o, 'upn', @tenant);
	return (2, $t) if $t;
	return (3, undef);
}

sub before {
	my ($x, $y) = @_;
	return $x->{how} <=> $y->{how} || age($x, $y);
}

sub age {
	my ($x, $y) = @_;
	return $x->{created} <=> $y->{created} || $x->{guid} cmp $y->{guid};
}

# An object of another class that a soft match would meet (SYNCERR).
sub is_blocked {
	my ($o, @tenant) = @_;
	return scalar grep { $_->{class} ne 'user' && !$_->{synced}
		&& lc $_->{primary} eq lc $o->{primary} } @tenant;
}

# Sets match and lost (a set of values) of each user.
sub settle {
	my ($users, $tenant) = @_;
	my (%claimed, %owner, %holders, %claims);
	for my $o (@$users) {
		($o->{how}, my $t) = wish($o, @{$tenant->{near}{$o->{i}}});
		push @{$claimed{$t->{id}}}, $o if $t;
	}
	for my $id (keys %claimed) {
		my @in_order = sort { before($a, $b) } @{$claimed{$id}};
		$owner{$id} = $in_order[0];
		$in_order[0]{got} = $id;
	}
	for my $t (@{$tenant->{all}}) {
		push @{$holders{lc $_}}, $t for values_of($t);
	}
	# O365Troubleshooters 215: a name is nobody else's address, mailbox or
	# not; but who has the address today keeps it.
	for my $t (grep { $_->{class} eq 'user' && !$_->{guest} }
	           @{$tenant->{all}}) {
		push @{$holders{lc "smtp:$t->{upn}"}}, $t;
	}
	for my $o (@$users) {
		$o->{match} = defined $o->{got} ? (qw(synced soft soft))[$o->{how}]
			: is_blocked($o, @{$tenant->{near}{$o->{i}}})
			? 'conflict' : 'create';
		push @{$claims{lc $_}}, $o for values_of($o);
	}
	for my $v (keys %claims) {
		my $first = first_of($v, $claims{$v}, $holders{$v}, \%owner);
		$_->{lost}{$v} = 1 for grep { !$first || $_ != $first }
			@{$claims{$v}};
	}
	for my $o (@$users) {
		# Who loses the name has the placeholder as an address.
		my ($name, @kept) = map { defined $_ ? lc $_ : '' } $o->{upn},
			$o->{primary}, $o->{other};
		$o->{lost}{"smtp:$name"} = 1 if $o->{lost}{"upn:$name"}
			&& !grep { $_ eq $name } @kept;
	}
}

# DUPRES: who holds it keeps it; then the older, then the smaller objectGUID.
sub first_of {
	my ($v, $claimants, $holders, $owner) = @_;
	for my $t (@{$holders // []}) {
		my $o = $owner->{$t->{id}};
		return undef if !$o;
		return $o if grep { $_ == $o } @$claimants;
	}
	return (sort { age($a, $b) } @$claimants)[0];
}

1;
