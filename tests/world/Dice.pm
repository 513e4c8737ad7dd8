# Chance, the same with every run of a seed.
package Dice;
use strict;
use warnings;
use Exporter qw(import);

our @EXPORT_OK = qw(chance pick between weighed);

sub chance { return rand() < $_[0]; }
sub pick { return $_[rand @_]; }
sub between { return $_[0] + int rand($_[1] - $_[0] + 1); }

# Of pairs of a weight and a thing.
sub weighed {
	my (@rows) = @_;
	my $sum = 0;
	$sum += $_->[0] for @rows;
	my $left = rand $sum;
	for my $row (@rows) {
		return $row->[1] if ($left -= $row->[0]) < 0;
	}
	return $rows[-1][1];
}

1;
