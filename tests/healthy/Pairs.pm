# One person, two objects in two forests: B.10 and B.11. The first of a pair
# stands for it, the other is joined with it and has no account of its own.
package Pairs;
use strict;
use warnings;
use Exporter qw(import);
use Kinds qw(%make);
use Names qw(unique among chance);

our @EXPORT_OK = qw(%pairs);

# Both forests, the one of the person first.
sub sides {
	my ($w) = @_;
	my @sides = ([$w->{home}, among(@{$w->{staff}})],
		[$w->{resource}, 'OU=Migrated']);
	return chance(50) ? @sides : reverse @sides;
}

# GAL synchronization writes a contact for each recipient of the other forest.
sub gal {
	my ($w) = @_;
	my ($here) = sides($w);
	my ($o) = $make{among(qw(remote local cloud))}->($w);
	my $there = $here->[0] == $w->{home} ? $w->{resource} : $w->{home};
	@$o{qw(forest ou)} = @$here;
	my %contact = (class => 'contact', forest => $there, ou => 'OU=GAL',
		cn => $o->{cn}, name => $o->{name}, given => $o->{given},
		family => $o->{family}, mail => $o->{mail}, type => 64,
		display => 6, nick => $o->{alias}, target => "SMTP:$o->{mail}",
		proxies => ["SMTP:$o->{mail}"], joined => 1);
	push @{$contact{proxies}}, "X500:$o->{legacy}"
		if defined $o->{legacy} && chance(50);
	$o->{partner} = \%contact;
	return ($o, \%contact);
}

# The account that ADMT made, enabled, and the disabled one that it was made
# of; both have one ms-DS-ConsistencyGuid.
sub admt {
	my ($w) = @_;
	my ($new, $old) = sides($w);
	my ($o) = $make{among(qw(remote cloud worker))}->($w);
	my %source = (%$o, uac => 514, joined => 1, person => $o,
		proxies => $o->{proxies} ? [@{$o->{proxies}}] : undef);
	$source{upn} = "$o->{sam}\@$old->[0]{dns}" if chance(50);
	delete @source{qw(mail proxies nick type display remote target legacy)}
		if chance(30);
	@$o{qw(forest ou paired)} = (@$new, 1);
	@source{qw(forest ou)} = @$old;
	$o->{partner} = \%source;
	return ($o, \%source);
}

our %pairs = (gal => \&gal, admt => \&admt);

1;
