# Which objects of several forests are one to Connect, and which of them stands
# for the others. CONTRACT is the contract on several forests, USERCONT
# "Understanding Users, Groups, and Contacts", INSTALL "Custom installation of
# Microsoft Entra Connect".
package Joining;
use strict;
use warnings;
use Exporter qw(import);
use Place qw(setting_of);

our @EXPORT_OK = qw(join_objects);

# Sets of each thing: stands, the things of which one stands for it; box, its
# linked mailbox; confidence, the most that is due; silent, if it is joined by
# what nobody said; vague, if little can be said of it; open, if nothing.
sub join_objects {
	my ($m) = @_;
	my $join = setting_of($m->{policy}, 'join') // 'nobody says';
	push @{$m->{by_anchor}{$_->{anchor}}}, $_ for @{$m->{things}};
	doubt_cloud_sync($m);
	my @mine = grep { $_->{in} && $_->{engine} eq 'connect'
		&& $_->{o}{class} ne 'group' } @{$m->{things}};
	$_->{parts} = [$_] for @mine;
	by_anchor(@mine);
	by_mail($join, @mine);
	by_sid($join, @mine);
	my %done;
	settle($_->{parts}) for grep { !$done{$_->{parts}}++ } @mine;
	doubt_groups($m);
}

sub merge {
	my ($x, $y, $silent) = @_;
	$_->{silent} = 1 for $silent ? ($x, $y) : ();
	return if $x->{parts} == $y->{parts};
	my $all = [@{$x->{parts}}, @{$y->{parts}}];
	$_->{parts} = $all for @$all;
}

sub by_key {
	my ($key, @things) = @_;
	my %by;
	for my $x (@things) {
		my $value = $key->($x) // next;
		push @{$by{lc $value}}, $x;
	}
	return map { $by{$_} } grep { @{$by{$_}} > 1 } sort keys %by;
}

# Anchors are told apart by case: base64.
sub by_anchor {
	my %by;
	push @{$by{$_->{anchor}}}, $_ for grep { $_->{o}{class} eq 'user'
		&& !$_->{linked} } @_;
	for my $same (grep { @$_ > 1 } map { $by{$_} } sort keys %by) {
		merge($same->[0], $_) for @$same;
	}
}

# If nobody says how, users and contacts of one mail look as one. Whether two
# users or two contacts do, the documents do not say; and by SID alone a
# contact is joined or not, as it comes (USERCONT).
sub by_mail {
	my ($join, @things) = @_;
	return if $join eq 'once';
	for my $same (by_key(sub { $_[0]{o}{mail} }, @things)) {
		if ($join eq 'mail') {
			merge($same->[0], $_) for @$same;
			next;
		}
		my @users = grep { $_->{o}{class} eq 'user' } @$same;
		my @contacts = grep { $_->{o}{class} ne 'user' } @$same;
		if ($join eq 'nobody says' && @users == 1) {
			merge($users[0], $_, 'silent') for @contacts;
		} else {
			open_all($join, \@users, \@contacts);
		}
	}
}

sub open_all {
	my ($join, $users, $contacts) = @_;
	$_->{open} = 1 for @$contacts;
	return if $join ne 'nobody says';
	my %parts = map { $_->{parts} => 1 } @$users;
	$_->{open} = 1 for keys %parts > 1 ? @$users : ();
}

# INSTALL: objectSID with msExchMasterAccountSid.
sub by_sid {
	my ($join, @things) = @_;
	my %by = map { $_->{o}{sid} // '' => $_ } @things;
	for my $box (grep { defined $_->{o}{master} } @things) {
		my $master = $by{$box->{o}{master}} or next;
		next if $join !~ /^(sid|nobody says)$/
			&& $master->{parts} != $box->{parts};
		$_->{open} = 0 for $master, $box;
		merge($master, $box, $join eq 'nobody says');
		$master->{box} = $box;
	}
}

sub is_enabled { return !($_[0]{o}{uac} & 2); }

# CONTRACT: the enabled account, else the disabled one, unless it is a linked
# mailbox; a contact never.
sub settle {
	my ($parts) = @_;
	return if @$parts == 1;
	my @users = grep { $_->{o}{class} eq 'user' && !$_->{linked} }
		@$parts;
	my @enabled = grep { is_enabled($_) } @users;
	my @first = @enabled ? @enabled : @users;
	return settle_several($parts, \@first) if @first != 1;
	$_->{stands} = [$first[0]] for grep { $_ != $first[0] } @$parts;
	doubt_silent(@$parts) if grep { $_->{silent} } @$parts;
}

# CONTRACT: joins that nobody ordered are derived at most. Of who stands for the
# others that is wanted where a mailbox gives it names.
sub doubt_silent {
	for my $x (@_) {
		$x->{silent} = $x->{stands} || $x->{box};
		$x->{confidence} = 'derived' if $x->{silent};
	}
}

# Two enabled ones: uncertain, and one of them stands for the other. Which of
# several contacts or disabled accounts does, nobody says.
sub settle_several {
	my ($parts, $first) = @_;
	my %is_first = map { $_ => 1 } @$first;
	for my $x (@$parts) {
		$x->{among} = $parts;
		if ($is_first{$x} || !@$first) {
			$x->{vague} = 1;
			$x->{confidence} = 'uncertain' if @$first
				&& is_enabled($x);
		} else {
			$x->{stands} = $first;
		}
	}
}

# CONTRACT 3: Cloud Sync merges nothing; two of one anchor are a doubt. What
# two engines do to one account nobody says.
sub doubt_cloud_sync {
	my ($m) = @_;
	for my $same (values %{$m->{by_anchor}}) {
		my @users = grep { $_->{o}{class} eq 'user' && !$_->{linked} }
			@$same;
		my @in = grep { $_->{in} } @users;
		my %engines = map { $_->{engine} => 1 } @users;
		next if @users < 2 || !$engines{'cloud-sync'};
		next if @in < 2 && keys %engines == 1;
		$_->{vague} = 1 for @in;
		$_->{confidence} = 'derived' for @in > 1 ? @in : ();
	}
}

# Groups are never joined: one anchor on two is a conflict, and who gets the
# account is not told.
sub doubt_groups {
	my ($m) = @_;
	my %by;
	push @{$by{$_->{anchor}}}, $_ for grep { $_->{in}
		&& $_->{o}{class} eq 'group' } @{$m->{things}};
	for my $same (grep { @$_ > 1 } values %by) {
		$_->{vague} = 1 for @$same;
	}
}

1;
