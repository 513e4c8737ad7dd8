#!/usr/bin/perl
# Mutants of the rules: in a copy of a source of analyze/rules one condition
# at a time is negated, the copy compiled and linked with all else, and the
# cases of the rules that reach it, from whatever file, are run. What no case
# notices is a survivor, told with its line, unless tests/mutants.same says why
# it does the same. What is written into messages and fixes is left alone: cases
# do not look at that. Fails for survivors, and for a rule of "syncscope rules"
# of which there was no mutant, or whose own case noticed none. Wants the folder
# of a build with tests/unit/rules, and MUTANTS_CC and MUTANTS_LIBS as the
# Makefile has them; then files of rules, or single functions of them, or all.
# make mutants [T="alias address:check_sip"]
use strict;
use warnings;
use File::Basename qw(basename dirname);
use File::Spec;
use File::Temp qw(tempdir);

chdir dirname(__FILE__) . '/..' or die "$!\n";
my ($build, @families) = @ARGV;
my $cc = $ENV{MUTANTS_CC} or die "want MUTANTS_CC; use make mutants\n";
my $libs = $ENV{MUTANTS_LIBS} // '';
my $work = tempdir(CLEANUP => 1);
my $seconds = 30;          # for the cases of one rule
my $ld = -x '/usr/bin/ld.lld' ? 'cc -fuse-ld=lld' : 'cc';
my (%same, %tried, %kills);

# What rules call, but is no condition of theirs: the runner, which
# tests/unit and tests/cases.t hold, and what chooses the words and values of
# remedies, which tests/proposals.t and tests/cases.t do; the words on what went
# with an object that left the scope, and on what is lost, which
# tests/left-scope.t holds.
my %apart = map { $_ => 1 } qw(
	assess assess_match assess_unclear catalogue cause check
	check_tenant check_whole documents needs placed readiness replica
	rule_plan screen selection unseen left_with loss
	ascii_hint explained part_texts propose propose_guard propose_names
	propose_removed suggest textf idfix_remedy);

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

# What is handed to check_fail is text, but for the severity, and so is what
# texts are put together of.
sub without_reports {
	my ($text) = @_;
	while ($text =~ /\b(?:check_fail\w*|check_textf|buf_add\w*)\(/g) {
		my $from = pos($text) - 1;
		my $to = closing($text, $from);
		(my $b = substr $text, $from, $to - $from) =~ s/[^\n]/ /g;
		substr($text, $from, $to - $from) = $b;
		pos($text) = $to;
	}
	return $text;
}

# What is defined in the file, by name: its type, and where it begins and ends.
# That are functions, those that a macro of the file makes, and tables, which
# may name functions; only the first are mutated.
sub definitions {
	my ($bare, $path) = @_;
	my %all;
	while ($bare =~ /^((?:\w+[ ])*\w+(?:[ ]\*)*)\n
		(\w+)\([^;{]*?\)\n\{\n/gmx) {
		my ($type, $name, $from) = ($1, $2, pos $bare);
		my $to = index $bare, "\n}\n", $from - 1;
		$all{$name} = { type => $type, name => $name, from => $from,
			to => $to, body => substr($bare, $from, $to - $from) };
	}
	my %macro;
	$macro{$1} = $2
		while $bare =~ /^#define (\w+)\(((?:[^\n]*\\\n)*[^\n]*)\n/gm;
	while ($bare =~ /^(\w+)\((\w+)[^\n{;]*\)$/gm) {
		$all{$2} //= { name => $2, body => $macro{$1} } if $macro{$1};
	}
	while ($bare =~ /^[^\n#][^\n;()]*?\b(\w+)(?:\[[^;=]*\])* = \{(.*?)^\};/gms) {
		$all{$1} //= { name => $1, body => $2 } if $1 ne 'rules';
	}
	$_->{path} = $path for values %all;
	return \%all;
}

# The rules of the file: what their rows name to be called.
sub rules_of {
	my ($text) = @_;
	my %rules;
	while ($text =~ /\.id = "([\w-]+)",(.*?)\n\t\},?\n/gs) {
		my ($id, $row) = ($1, $2);
		$rules{$id} = [$row =~ /\.(?:check\w*|lacks|moot) = (\w+)/g];
	}
	return \%rules;
}

# What is said of it, what mends it, and what many have in common; and whether
# the value that would mend it is somebody's.
sub is_of_words {
	my ($name) = @_;
	return $name =~ /^(?:fix|remedy|shared|name|observed|suggest|propose)_/ ||
		$name =~ /^(?:history_date|in_use_by_other)$/;
}

# Notes at each function which rules reach it, in their own file or another.
sub reach {
	my ($files) = @_;
	my %extern;
	for my $file (values %$files) {
		$extern{$_->{name}} = $_ for grep { ($_->{type} // 'static')
			!~ /\bstatic\b/ } values %{$file->{defined}};
	}
	for my $path (sort keys %$files) {
		my $rules = $files->{$path}{rules};
		for my $id (keys %$rules) {
			my @todo = map { [$path, $_] } @{$rules->{$id}};
			($files->{$path}{defined}{$_} // $extern{$_} // {})
				->{entry} = 1 for @{$rules->{$id}};
			while (my $at = shift @todo) {
				my ($of, $name) = @$at;
				my $f = $files->{$of}{defined}{$name}
					// $extern{$name} or next;
				next if !$f->{path} || $f->{rules}{$id}++
					|| is_of_words($f->{name})
					|| $apart{basename($f->{path}, '.c')};
				push @todo, map { [$f->{path}, $_] }
					$f->{body} =~ /\b([a-z]\w+)\b/g;
			}
		}
	}
}

# Whether the function decides, and does not only put words together: one that
# returns text does if it may have none to return.
sub decides {
	my ($f) = @_;
	return 1 if $f->{entry} || $f->{name} =~ /fault|other|holder/;
	return 0 if is_of_words($f->{name});
	return $f->{type} !~ /char \*/ || $f->{body} =~ /(?:return|[?:]) NULL\b/;
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
	while ($body =~ /\b(while|for) \(/g) {
		my ($word, $from) = ($1, pos($body) - 1);
		my $to = closing($body, $from);
		$from = index $body, ';', $from if $word eq 'for';
		$to = index $body, ';', $from + 1 if $word eq 'for';
		push @all, [$from + 1, 0, '0 && (', $to, ')', $word]
			if substr($body, $from + 1, $to - $from - 1) =~ /\S/;
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

# Whether a case notices; undef: it does not compile. Who noticed nothing yet is
# asked first, then who noticed most.
sub is_killed {
	my ($text, $name, @ids) = @_;
	open my $out, '>', "$work/$name.c" or die "$!\n";
	print $out $text;
	close $out;
	system("$cc -O0 -w -g0 -c -o $work/$name.o $work/$name.c 2>/dev/null") == 0
		or return undef;
	system("$ld -o $work/rules $work/unit.o $work/$name.o " .
		"$work/rest.a $libs") == 0 or die "does not link\n";
	for my $id (sort { !!$kills{$a} <=> !!$kills{$b} ||
		($kills{$b} // 0) <=> ($kills{$a} // 0) || $a cmp $b } @ids) {
		$tried{$id}++;
		next if system("RULE=$id timeout $seconds $work/rules " .
			">$work/said 2>&1") == 0;
		$kills{$id}++;
		return 1;
	}
	return asks_more($name);
}

# What IdFix says of single values is a list of vectors, beside the cases.
sub asks_more {
	my ($name) = @_;
	return 0 if $name !~ /^idfix/;
	# Beside the program it finds its data.
	my $program = File::Spec->rel2abs("$build/mutant");
	system("$ld -o $program $build/main.o $work/$name.o $work/rest.a $libs")
		== 0 or die "does not link\n";
	my $failed = system("SYNCSCOPE=$program tests/idfix.t " .
		">$work/said 2>&1") != 0;
	unlink $program;
	return $failed ? 1 : 0;
}

# What tests/mutants.same says: path, function, what is negated, and the line
# that has it; behind such lines, by a tab, why.
sub same {
	my (%same, $open);
	for (split /\n/, slurp('tests/mutants.same')) {
		next if /^(#|$)/;
		if (/^\t\S/) {
			undef $open;
			next;
		}
		/^\S+ \w+ \S+ ./ or die "tests/mutants.same: not understood: $_\n";
		$open = $_;
		$same{$_} = 0;
	}
	die "tests/mutants.same: there is no reason: $open\n" if $open;
	return %same;
}

sub try_file {
	my ($path, $file, $only) = @_;
	my $name = basename($path, '.c');
	my $text = $file->{text};
	my $bare = without_reports(bare($text));
	my ($tried, $killed) = (0, 0);

	for my $f (sort { $a->{from} <=> $b->{from} } grep { $_->{type} &&
		$_->{rules} && (!$only || $only->{$_->{name}}) && decides($_)
		} values %{$file->{defined}}) {
		my @ids = sort keys %{$f->{rules}};
		for my $m (mutants($bare, $f)) {
			my $line = 1 + (substr($text, 0, $m->[0]) =~ tr/\n//);
			my $code = (split /\n/, $text)[$line - 1];
			$code =~ s/^\s+|\s+$//g;
			my $what = "$path $f->{name} $m->[5] $code";
			my $is = is_killed(mutated($text, $m), $name, @ids);
			next if !defined $is;
			$tried++;
			$killed += $is;
			next if $is;
			if (exists $same{$what}) {
				$same{$what}++;
				next;
			}
			my $who = @ids > 4 ? @ids . ' rules' : "@ids";
			print "survives: $path:$line: $m->[5] of $f->{name} " .
				"($who): $code\n";
		}
	}
	print "$path: $killed of $tried killed\n" if $tried;
	return ($tried, $killed);
}

$| = 1;
%same = same();
my @objects = grep { !m{/(main|tests)[./]} } map { chomp; $_ }
	`find $build/base $build/collect $build/analyze $build/report -name '*.o'`;
system("ar", "rcs", "$work/rest.a", @objects) == 0 or die "ar\n";
system("strip -g $work/rest.a && " .
	"strip -g -o $work/unit.o $build/tests/unit/rules.o") == 0 or die "strip\n";
my %files;
for my $path (map { chomp; $_ } `git ls-files 'analyze/rules/*.c'`) {
	my $text = slurp($path);
	$files{$path} = { text => $text, rules => rules_of($text),
		defined => definitions(bare($text), $path) };
}
reach(\%files);
my %only;
for (map { /^(\w+)(?::(\w+))?$/ ? [$1, $2] : die "$_: not understood\n" }
	@families) {
	my ($path, $name) = ("analyze/rules/$_->[0].c", $_->[1]);
	die "$path: no such file\n" if !$files{$path};
	$only{$path} = undef if !exists $only{$path} || !$name;
	$only{$path}{$name} = 1 if $name;
}
my @files = sort keys %{@families ? \%only : \%files};
my ($tried, $killed) = (0, 0);
for my $path (grep { !$apart{basename($_, '.c')} } @files) {
	my ($t, $k) = try_file($path, $files{$path}, $only{$path});
	$tried += $t;
	$killed += $k;
}
print "$killed of $tried mutants killed\n";
# Of some files: rules whose rows have their functions there.
my %here = map { $_ => 1 } map { keys %{$_->{rules}} }
	grep { $_->{entry} && $_->{rules} } map { values %{$files{$_}{defined}} }
	grep { !$only{$_} } @files;
my @known = map { /^(\S+)/ ? $1 : () } `$build/syncscope rules`;
my $same = 0;
$same += $_ for values %same;
print "$same of them do the same\n" if $same;
my $bad = $killed + $same != $tried;
for my $id (grep { $here{$_} || !@families } @known) {
	next if $kills{$id};
	print $tried{$id} ? "no mutant is noticed by its case: $id\n"
		: "no mutant: $id\n";
	$bad = 1;
}
for my $what (sort grep { !$same{$_} } keys %same) {
	next if !grep { !$only{$_} && $what =~ /^\Q$_\E / } @files;
	print "tests/mutants.same: no such mutant survives: $what\n";
	$bad = 1;
}
exit $bad;
