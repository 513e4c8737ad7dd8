#!/usr/bin/perl
# Mutants of the rules: in a copy of a rule's source one condition at a time is
# negated, the copy compiled and linked with all else, and the cases of the
# rules that reach it are run; what no case notices is a survivor, told with its
# line. What is written into messages and fixes is left alone: cases do not look
# at that. Wants the folder of a build with tests/unit/rules, and MUTANTS_CC and
# MUTANTS_LIBS as the Makefile has them; then files of rules, or all.
# make mutants [T="alias address"]
use strict;
use warnings;
use File::Basename qw(basename dirname);
use File::Temp qw(tempdir);

chdir dirname(__FILE__) . '/..' or die "$!\n";
my ($build, @families) = @ARGV;
my $cc = $ENV{MUTANTS_CC} or die "want MUTANTS_CC; use make mutants\n";
my $libs = $ENV{MUTANTS_LIBS} // '';
my $work = tempdir(CLEANUP => 1);
my $seconds = 30;          # for the cases of one rule

sub slurp {
	my ($path) = @_;
	open my $in, '<', $path or die "$path: $!\n";
	local $/;
	return scalar <$in>;
}

# The text with what stands in comments and strings blanked, as long as it was.
sub bare {
	my ($text) = @_;
	$text =~ s{(/\*.*?\*/|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')}
		{(my $b = $1) =~ s/[^\n]/ /g; $b}gse;
	return $text;
}

# Where the parenthesis at AT is closed.
sub closing {
	my ($text, $at) = @_;
	my $deep = 0;
	for my $i ($at .. length($text) - 1) {
		my $c = substr $text, $i, 1;
		$deep += $c eq '(' ? 1 : $c eq ')' ? -1 : 0;
		return $i if !$deep;
	}
	die "unbalanced\n";
}

# What is handed to check_fail is text, but for the severity.
sub without_reports {
	my ($text) = @_;
	while ($text =~ /\bcheck_fail(?:_domain)?\(/g) {
		my $from = pos($text) - 1;
		my $to = closing($text, $from);
		(my $b = substr $text, $from, $to - $from) =~ s/[^\n]/ /g;
		substr($text, $from, $to - $from) = $b;
		pos($text) = $to;
	}
	return $text;
}

# Functions of the file: name, type, where the body begins and ends.
sub functions {
	my ($bare) = @_;
	my @all;
	while ($bare =~ /^((?:\w+[ ])*\w+(?:[ ]\*)*)\n
		(\w+)\([^;{]*?\)\n\{\n/gmx) {
		my ($type, $name, $from) = ($1, $2, pos $bare);
		my $to = index $bare, "\n}\n", $from - 1;
		push @all, { type => $type, name => $name, from => $from,
			to => $to };
	}
	return @all;
}

# The rules of the file, by the function that checks.
sub rules_of {
	my ($text) = @_;
	my %rules;
	while ($text =~ /\.id = "([\w-]+)",(.*?)\n\t\},?\n/gs) {
		my ($id, $row) = ($1, $2);
		push @{$rules{$1}}, $id
			if $row =~ /\.check(?:_domain)? = (\w+)/;
	}
	return %rules;
}

# Rules by the functions of the file that they reach.
sub reached {
	my ($bare, $functions, %rules) = @_;
	my %by = map { $_->{name} => $_ } @$functions;
	my %reach;
	for my $check (keys %rules) {
		my @todo = $check;
		my %seen;
		while (my $name = shift @todo) {
			next if !$by{$name} || $seen{$name}++;
			my $body = substr $bare, $by{$name}{from},
				$by{$name}{to} - $by{$name}{from};
			push @todo, grep { $by{$_} } $body =~ /\b(\w+)\b/g;
		}
		push @{$reach{$_}}, @{$rules{$check}} for keys %seen;
	}
	return %reach;
}

# Whether the function decides, and does not only put words together.
sub decides {
	my ($f) = @_;
	return $f->{type} !~ /char \*/ || $f->{name} =~ /fault|other|holder/;
}

# All mutants of a function: place, length, what stands there then.
sub mutants {
	my ($bare, $f) = @_;
	my $body = substr $bare, 0, $f->{to};
	my @all;
	pos($body) = $f->{from};
	while ($body =~ /\bif \(/g) {
		my $from = pos($body) - 1;
		my $to = closing($body, $from);
		push @all, [$from + 1, 0, '!(', $to, ')', 'if'];
	}
	pos($body) = $f->{from};
	while ($body =~ /\breturn ([^;]+);/g) {
		my ($from, $to) = ($-[1], $+[1]);
		push @all, [$from, 0, '!(', $to, ')', 'return']
			if $f->{type} =~ /\bbool$/;
	}
	pos($body) = $f->{from};
	while ($body =~ /(&&|\|\||[=!]=)/g) {
		my %other = ('&&' => '||', '||' => '&&', '==' => '!=',
			'!=' => '==');
		push @all, [$-[1], 2, $other{$1}, undef, '', $1];
	}
	pos($body) = $f->{from};
	while ($body =~ /!(?=[\w(])/g) {
		push @all, [$-[0], 1, '', undef, '', '!'];
	}
	return @all;
}

sub mutated {
	my ($text, $m) = @_;
	my ($at, $len, $new, $end, $tail) = @$m;
	substr($text, $end, 0) = $tail if defined $end;
	substr($text, $at, $len) = $new;
	return $text;
}

# Whether a case notices; undef: it does not compile.
sub is_killed {
	my ($text, $name, @ids) = @_;
	open my $out, '>', "$work/$name.c" or die "$!\n";
	print $out $text;
	close $out;
	system("$cc -O0 -w -c -o $work/$name.o $work/$name.c 2>/dev/null") == 0
		or return undef;
	system("cc -o $work/rules $build/tests/unit/rules.o $work/$name.o " .
		"$work/rest.a $libs") == 0 or die "does not link\n";
	for my $id (@ids) {
		return 1 if system("RULE=$id timeout $seconds $work/rules " .
			">$work/said 2>&1") != 0;
	}
	return 0;
}

sub try_file {
	my ($path) = @_;
	my $name = basename($path, '.c');
	my $text = slurp($path);
	my $bare = bare($text);
	my %rules = rules_of($text);
	my @functions = functions($bare);
	my %reach = reached($bare, \@functions, %rules);
	my ($tried, $killed) = (0, 0);

	return (0, 0) if !%rules;
	$bare = without_reports($bare);
	for my $f (grep { $reach{$_->{name}} && decides($_) } @functions) {
		my @ids = sort @{$reach{$f->{name}}};
		for my $m (mutants($bare, $f)) {
			my $is = is_killed(mutated($text, $m), $name, @ids);
			next if !defined $is;
			$tried++;
			$killed += $is;
			next if $is;
			my $line = 1 + (substr($text, 0, $m->[0]) =~ tr/\n//);
			my $code = (split /\n/, $text)[$line - 1];
			$code =~ s/^\s+//;
			print "survives: $path:$line: $m->[5] of $f->{name} " .
				"(@ids): $code\n";
		}
	}
	print "$path: $killed of $tried killed\n";
	return ($tried, $killed);
}

$| = 1;
my @objects = grep { !m{/(main|tests)[./]} } map { chomp; $_ }
	`find $build/base $build/collect $build/analyze $build/report -name '*.o'`;
system("ar", "rcs", "$work/rest.a", @objects) == 0 or die "ar\n";
my @files = @families ? map { "analyze/rules/$_.c" } @families
	: map { chomp; $_ } `git ls-files 'analyze/rules/*.c'`;
my ($tried, $killed) = (0, 0);
for my $path (@files) {
	my ($t, $k) = try_file($path);
	$tried += $t;
	$killed += $k;
}
print "$killed of $tried mutants killed\n";
