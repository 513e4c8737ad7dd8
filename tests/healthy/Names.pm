# Names as the world has them, and the plain form that their addresses take.
# Chance is rand's: who calls srand with the same seed gets the same people.
package Names;
use strict;
use warnings;
use utf8;
use Exporter qw(import);

our @EXPORT_OK = qw(person unique among chance octets);

my @given = (['Jürgen', 'juergen'], ['Søren', 'soeren'], ['Zoë', 'zoe'],
	['François', 'francois'], ['José', 'jose'], ['Łukasz', 'lukasz'],
	['Seán', 'sean'], ['Anne-Marie', 'anne-marie'], ['Mary', 'mary'],
	['太郎', 'taro'], ['美咲', 'misaki'], ['伟', 'wei'], ['민준', 'minjun'],
	['Дмитрий', 'dmitry'], ['Ελένη', 'eleni'], ['محمد', 'mohammed'],
	['Ayşe', 'ayse'], ['Björk', 'bjoerk'], ['Chloé', 'chloe'],
	['Hans-Peter', 'hans-peter'], ['Ngọc', 'ngoc'], ['Renée', 'renee'],
	['Jean Luc', 'jean-luc'], ['Aoife', 'aoife'], ['Priya', 'priya'],
	['Olu', 'olu'], ['Ivana', 'ivana'], ['Tove', 'tove'], ['Kim', 'kim']);
my @family = (['Müller', 'mueller'], ["O'Brien", "o'brien"],
	["D’Angelo", 'dangelo'], ["d'Arc", "d'arc"], ['Groß', 'gross'],
	['Nuñez', 'nunez'], ['山田', 'yamada'], ['王', 'wang'], ['김', 'kim'],
	['Smith-Jones', 'smith-jones'], ['van der Berg', 'vanderberg'],
	['St. John', 'stjohn'], ['Åkesson', 'akesson'], ['Čapek', 'capek'],
	['Иванова', 'ivanova'], ['Παπαδοπούλου', 'papadopoulou'],
	['Þórsdóttir', 'thorsdottir'], ['Nguyễn', 'nguyen'],
	['Wójcik', 'wojcik'], ['Yıldız', 'yildiz'], ['Patel', 'patel'],
	['Adeyemi', 'adeyemi'], ['Sørensen', 'soerensen'], ['Li', 'li'],
	['Martin', 'martin'], ['von Weizsäcker', 'weizsaecker'],
	['Mac Giolla Phádraig', 'macgiolla'], ['佐藤', 'sato']);

my %taken;

sub among { return $_[rand @_]; }

sub chance { return rand(100) < $_[0]; }

# Sixteen octets of chance.
sub octets { return pack 'n8', map { rand 65536 } 1 .. 8; }

# NAME, or NAME2, NAME3, ...: each once, compared without case.
sub unique {
	my ($name) = @_;
	my $n = ++$taken{lc $name};
	return $n == 1 ? $name : unique("$name$n");
}

sub forget { %taken = (); }

# What people call it, and the number that tells namesakes apart.
sub person {
	my ($given, $family) = (among(@given), among(@family));
	my $local = unique("$given->[1].$family->[1]");
	my ($number) = $local =~ /(\d*)$/;
	my $han = $family->[0] =~ /\p{Han}|\p{Hangul}/;
	my $display = $han ? "$family->[0] $given->[0]" : among(
		"$given->[0] $family->[0]", "$family->[0], $given->[0]");
	(my $plain = $local) =~ s/[^a-z0-9]//g;
	return { given => $given->[0], family => $family->[0],
		name => $display, cn => length $number
		? "$display ($number)" : $display, local => $local,
		sam => unique(substr $plain, 0, 14) };
}

1;
