# The groups of the world, with members in other forests and without.
package Groups;
use strict;
use warnings;
use Exporter qw(import);
use Tenant qw(group);

our @EXPORT_OK = qw(tell_groups);

my $security = -2147483640;
my $distribution = 8;

# Each story as often as said; make is who makes an object of AD.
sub tell_groups {
	my ($w, $make, $times) = @_;
	my $g = { world => $w, make => $make,
		users => [grep { $_->{class} eq 'user' && $_->{dn}
			=~ /OU=Staff,DC=/ && $_->{dn} !~ /OU=Left/ }
			@{$w->{objects}}] };
	for my $story (qw(plain_group plain_group new_group list_without_mail
		foreign_member foreign_member foreign_member address_twice
		moved_with_anchor anchor_twice left_group)) {
		$w->{story} = $story;
		Groups->can($story)->($g) for 1 .. $times;
	}
	return;
}

sub pick { return $_[rand @_]; }

sub home { return pick(@{$_[0]{world}{domains}}[0 .. 4]); }

sub other_forest {
	my ($g, $d) = @_;
	return pick(grep { $_->{forest} ne $d->{forest} }
		@{$g->{world}{domains}}[0 .. 4]);
}

sub of_domain {
	my ($g, $d) = @_;
	return grep { $_->{domain} == $d } @{$g->{users}};
}

sub make_group {
	my ($g, $d, %more) = @_;
	my $ou = delete $more{ou} // 'OU=Groups';
	my $i = $g->{world}{i} + 1;
	my $o = $g->{make}->($g->{world}, $d, $ou, class => 'group',
		cn => "Group $i", sam => "g$i", security => 1,
		groupType => $security, %more);
	$o->{member} //= [map { $_->{dn} } (of_domain($g, $d))[0 .. 2]];
	$o->{member} = [grep { defined $_ } @{$o->{member}}];
	return $o;
}

sub with_mail {
	my ($g) = @_;
	my $mail = 'team' . ($g->{world}{i} + 1) . '@contoso.com';
	return (mail => $mail, proxies => ["SMTP:$mail"],
		nick => 'team' . ($g->{world}{i} + 1));
}

sub plain_group {
	my ($g) = @_;
	group($g->{world}, make_group($g, home($g), rand() < 0.5
		? with_mail($g) : ()));
}

sub new_group { my ($g) = @_; make_group($g, home($g), with_mail($g)); }

# Neither security nor mail: never exported.
sub list_without_mail {
	my ($g) = @_;
	make_group($g, home($g), security => 0, groupType => $distribution);
}

sub left_group {
	my ($g) = @_;
	group($g->{world}, make_group($g, home($g),
		ou => 'OU=Left,OU=Staff', with_mail($g)));
}

# A member from another forest, by the object that stands for its SID.
sub foreign_member {
	my ($g) = @_;
	my $d = home($g);
	my $far = pick(of_domain($g, other_forest($g, $d)));
	my $near = pick(of_domain($g, $d));
	return if !$far || !$near;
	my $dn = "CN=$far->{sid},CN=ForeignSecurityPrincipals,$d->{dn}";
	make_group($g, $d, member => [$dn, $near->{dn}], foreign => $far);
	return if $g->{principal}{$dn}++;
	my $o = $g->{make}->($g->{world}, $d, 'CN=ForeignSecurityPrincipals',
		class => 'foreignSecurityPrincipal', cn => $far->{sid});
	$o->{sid} = $far->{sid};
}

sub address_twice {
	my ($g) = @_;
	my $d = home($g);
	my %same = with_mail($g);
	my $first = make_group($g, $d, %same);
	my $second = make_group($g, other_forest($g, $d), %same,
		cn => $first->{cn}, sam => $first->{sam});
	$_->{wants} = $same{mail} for $first, $second;
}

sub moved {
	my ($g, $ou) = @_;
	my $d = home($g);
	my $source = make_group($g, $d, ou => $ou);
	my $target = make_group($g, other_forest($g, $d), cn => $source->{cn},
		sam => $source->{sam}, consistency => $source->{guid},
		sidHistory => $source->{sid});
	group($g->{world}, $source);
	return ($source, $target);
}

sub moved_with_anchor { moved($_[0], 'OU=Left,OU=Staff'); }

sub anchor_twice { moved($_[0], 'OU=Groups'); }

1;
