#!/usr/bin/perl
# The words of all texts: tests/words has those that none may use, in messages,
# reports, help and manuals; and no message names an object by its DN.
use strict;
use warnings;
use FindBin;
use JSON::XS;

chdir "$FindBin::Bin/.." or die;
binmode STDOUT, ':utf8';

my (@allowed, @words, $n);

sub slurp {
	my ($file) = @_;

	open(my $in, '<:utf8', $file) or die "$file: $!";
	local $/;
	return scalar <$in>;
}

sub check {
	my ($name, @wrong) = @_;

	print @wrong ? 'not ok ' : 'ok ', ++$n, " - $name\n";
	print "# $_\n" for @wrong > 40 ? (@wrong[0 .. 39], "and more") : @wrong;
}

sub pattern {
	my ($text) = @_;

	$text =~ s/(?<!\\)(?<!\[) /\\s+/g;
	return qr/$text/im;
}

for (split /\n/, slurp('tests/words')) {
	next if /^(#|$)/;
	if (s/^not //) {
		push @allowed, pattern($_);
	} else {
		my ($no, $use) = /^(.*) => (.*)$/ or die "tests/words: $_";
		push @words, [pattern($no), $use];
	}
}

# What of a text at a place is wrong. Newlines are kept, for its line.
sub wrong {
	my ($file, $line, $text) = @_;
	my @wrong;

	$text =~ s/($_)/"\n" x ($1 =~ tr,\n,,) . '~'/ge for @allowed;
	for (@words) {
		my ($no, $use) = @$_;

		while ($text =~ /$no/g) {
			my $at = $line + (substr($text, 0, $-[0]) =~ tr/\n//);
			push @wrong, "$file:$at: \"$&\": use $use";
			pos($text)++ if $-[0] == $+[0];
		}
	}
	return @wrong;
}

# The literals of a C file, with their lines: what stands side by side is one.
sub literals {
	my ($source) = @_;
	my ($line, @out, $one) = (1);

	while ($source =~ m{\G(?:(/\*.*?\*/|//[^\n]*|\s+)|'(?:[^'\\\n]|\\.)*'
	                      |"((?:[^"\\]|\\.)*)"|.)}gsx) {
		my ($space, $text, $all) = ($1, $2, $&);

		if (defined $text) {
			push @out, $one = [$line, ''] if !$one;
			$one->[1] .= $text;
		} elsif (!defined $space) {
			undef $one;
		}
		$line += ($all =~ tr/\n//);
	}
	return @out;
}

# Names of members, rules and options are no sentences.
sub is_text {
	my ($text) = @_;

	return $text =~ /[ ]/ || $text =~ /^[A-Z][a-z]+$/;
}

sub of_sources {
	my @wrong;

	for my $file (split /\n/, `git ls-files '*.c' '*.h'`) {
		next if $file =~ m{^tests/};
		for (literals(slurp($file))) {
			my ($line, $text) = @$_;

			$text =~ s/\\n/ /g;
			push @wrong, wrong($file, $line, $text)
				if is_text($text);
		}
	}
	return @wrong;
}

sub manuals {
	return grep { !m{^tests/golden/} }
		split /\n/, `git ls-files '*.1' '*.5' '*.md'`;
}

sub descriptions {
	my ($of) = @_;

	return map { descriptions($_) } @$of if ref $of eq 'ARRAY';
	return () if ref $of ne 'HASH';
	return map {
		$_ =~ /^(description|title)$/ && !ref $of->{$_}
			? $of->{$_} : descriptions($of->{$_})
	} sort keys %$of;
}

# Code between backticks is code.
sub prose {
	my ($text) = @_;

	$text =~ s/`[^`]*`/~/g;
	return $text;
}

# A DN of at least two parts, the last one a DC.
my $dn = qr/\b(?:CN|OU|DC)=[^,"]+,(?:[^"]*,)?\s*DC=/i;

sub csv_rows {
	my ($text) = @_;
	my (@rows, @row);

	$text =~ s/^\x{feff}//;
	my ($sep) = $text =~ /^"?[a-z]+"?([,;])/i or return;
	while ($text =~ /\G(?:"((?:[^"]|"")*)"|([^$sep\r\n]*))($sep|\r?\n|\z)/g) {
		push @row, defined $1 ? $1 : $2;
		next if $3 eq $sep;
		push @rows, [@row];
		@row = ();
		last if pos($text) >= length $text;
	}
	return @rows;
}

# Of lists of findings and causes: what is said, not whom it is about.
sub named_by_dn {
	my @wrong;

	for my $file (glob 'tests/golden/*.csv') {
		my ($head, @rows) = csv_rows(slurp($file));
		my @said = grep {
			$head->[$_] =~ /^(message|fix|title|brief|unproposed|todo)$/
		} 0 .. $#$head;

		for my $row (@rows) {
			push @wrong, map { "$file: $row->[$_]" }
				grep { ($row->[$_] // '') =~ $dn } @said;
		}
	}
	return @wrong;
}

sub rules_by_dn {
	my $program = $ENV{SYNCSCOPE} // 'build/syncscope';

	return grep { /$dn/ } map { ($_->{title}, $_->{why}, $_->{fix}) }
		@{decode_json(`$program rules --format json`)};
}

print "1..5\n";
check('texts of the program', of_sources());
check('manuals', map { wrong($_, 1, prose(slurp($_))) } manuals());
check('the schema of report.json', map { wrong('data/report.schema.json', 1, $_) }
	descriptions(decode_json(`cat data/report.schema.json`)));
check('findings name no object by its DN', named_by_dn());
check('nor do rules', rules_by_dn());
