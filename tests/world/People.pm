# Whom a world has: users, some groups and contacts; some users are made again
# under their old names after they were deleted.
package People;
use strict;
use warnings;
use Dice qw(between chance);
use Digest::MD5 qw(md5);
use Exporter qw(import);
use Life qw(live);
use World qw(DAY);

our @EXPORT_OK = qw(populate);

sub object {
	my ($w, $class, $n, $created) = @_;
	my $sam = substr($class, 0, 1) . $n;
	my $domain = chance(0.5) ? 'fed.example' : 'corp.example';
	return { n => $n, class => $class, user => $class =~ /^(user|inet)/
		? 1 : 0, cn => "Person $sam", sam => $sam, mail =>
		"$sam\@corp.example", upn => "$sam\@$domain", rid =>
		1000 + @{$w->{objects}}, licensed => chance(0.9),
		created => $created, guid => $w->{guid}->("$sam $created") };
}

sub add {
	my ($w, $o) = @_;
	push @{$w->{objects}}, $o;
	live($w, $o);
	return if !$o->{user} || $o->{there} || !chance(0.6);
	my $again = object($w, $o->{class}, $o->{n},
		$o->{gone} + between(DAY, 40 * DAY));
	return if $again->{created} >= $w->{to};
	$again->{upn} = $o->{upn};
	add($w, $again);
}

sub populate {
	my ($w, $people) = @_;
	$w->{guid} = sub { md5("$w->{seed} $_[0]") };
	$w->{places} = [qw(staff sales works lab branch leavers parked
		archive)];
	$w->{bin} = chance(0.4);
	$w->{objects} = [];
	for my $n (1 .. $people) {
		my $class = $n <= $people / 15 ? 'group' : $n <= $people / 7
			? 'contact' : chance(0.03) ? 'inetOrgPerson' : 'user';
		add($w, object($w, $class, $n, chance(0.6)
			? $w->{from} - between(DAY, 300 * DAY)
			: between($w->{from}, $w->{to} - DAY)));
	}
}

1;
