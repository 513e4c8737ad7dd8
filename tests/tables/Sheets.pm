# Tables as other programs read them: CSV by RFC 4180, and the sheets of a
# workbook by their XML, with ECMA-376's escapes undone.
package Sheets;
use strict;
use warnings;
no warnings 'nonchar';
use Encode qw(decode encode);
use Exporter qw(import);
use Trial qw(slurp);

our @EXPORT_OK = qw(csv_rows csv_text unguarded rows_by book_sheets);

# Lists of texts. Fields are looked for by their quotes: they may be long.
sub csv_rows {
	my ($path, $delimiter) = @_;
	my $text = decode('utf8', slurp($path));
	my $d = quotemeta($delimiter // ',');
	my (@rows, @row);
	$text =~ s/\A\x{feff}//;
	pos($text) = 0;
	while (pos($text) < length $text) {
		my $field = '';
		if ($text =~ /\G"/gc) {
			while ($text =~ /\G([^"]*)"/gc) {
				$field .= $1;
				last if $text !~ /\G"/gc;
				$field .= '"';
			}
		} else {
			$text =~ /\G([^"\r\n$d]*)/gc;
			$field = $1;
		}
		push @row, $field;
		next if $text =~ /\G$d/gc;
		$text =~ /\G\r?\n/gc or die "$path: stops at " . pos($text) . "\n";
		push @rows, [@row];
		@row = ();
	}
	return @rows;
}

sub csv_text {
	my ($delimiter, $end, @rows) = @_;
	return join '', map { join($delimiter, map { '"' . s/"/""/gr . '"' }
		@$_) . $end } @rows;
}

# What csv_put_field guards.
sub unguarded {
	return $_[0] =~ s/\A'(?='*[=+\-@\t\r\n\x{ff1d}\x{ff0b}\x{ff0d}\x{ff20}])//r;
}

# Of a file with titles: hashes by title.
sub rows_by {
	my ($head, @rows) = @_;
	return map { my %row; @row{@$head} = @$_; \%row } @rows;
}

# ---- a workbook ----

sub entity {
	my ($text) = @_;
	my %is = (lt => '<', gt => '>', amp => '&', quot => '"', apos => "'");
	return $text =~ s/&(\w+);/$is{$1} \/\/ die "entity $1\n"/ger;
}

sub cell_text {
	my ($xml) = @_;
	return entity($xml) =~ s/_x([0-9A-Fa-f]{4})_/chr hex $1/ger;
}

sub column_number {
	my ($n, $letters) = (0, @_);
	$n = 26 * $n + ord($_) - 64 for split //, $letters;
	return $n - 1;
}

sub part { return scalar `bsdtar -xOf '$_[0]' '$_[1]'` }

# name => { xml, rows => [[{ kind, text }...]...] }, and the names in order.
sub book_sheets {
	my ($path) = @_;
	my @names = part($path, 'xl/workbook.xml') =~ /<sheet name="([^"]*)"/g;
	my %sheets;
	for my $i (0 .. $#names) {
		my $xml = decode('utf8', part($path,
			'xl/worksheets/sheet' . ($i + 1) . '.xml'));
		my @rows;
		while ($xml =~ m{<row r="(\d+)"[^>]*>(.*?)</row>}gs) {
			my ($n, $cells) = ($1 - 1, $2);
			while ($cells =~ m{<c r="([A-Z]+)\d+"([^>]*?)>(.*?)</c>}gs) {
				my ($at, $how, $in) = (column_number($1), $2, $3);
				my $kind = $in =~ /<f>/ ? 'formula'
					: $how =~ /t="inlineStr"/ ? 'text' : 'number';
				my ($text) = $in =~ m{<(?:t|v)(?: [^>]*)?>(.*)</(?:t|v)>}s;
				$rows[$n][$at] = { kind => $kind,
					text => $kind eq 'text'
					? cell_text($text // '') : $text };
			}
		}
		$sheets{$names[$i]} = { xml => $xml, rows => \@rows };
	}
	return (\%sheets, @names);
}

1;
