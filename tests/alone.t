#!/usr/bin/perl
# Alone, as --rules gives it, every rule says of a fixture, and of random
# objects that are much entangled, what it says among all rules, but for what
# that follows from, which other rules find;
# tests/unit/alone.c does the same with the rules' own cases. ALONE_TANGLES says
# how many tangles. Rules take turns, longer ones by SHARE, but where ALONE_ALL
# is set.
use strict;
use warnings;
use Cwd;
use File::Basename;
use File::Temp;
use lib dirname(__FILE__) . "/alone";
use Tangle qw(tangle);

chdir dirname(__FILE__) . "/.." or die;
my $syncscope = $ENV{SYNCSCOPE} || getcwd() . "/build/syncscope";
my $work = File::Temp->newdir;
my $said = "$work/said";
# Those of IdFix run by its profile alone.
my @ids = grep { !/^idfix-/ } map { /^(\S+)/ ? $1 : () }
	`"$syncscope" rules`;

# Without a shell: it is done a thousand times.
sub run {
	my @words = map { split " " } @_;
	my $pid = fork // die "fork: $!\n";

	if (!$pid) {
		open(STDOUT, ">", $said) && open(STDERR, ">&", \*STDOUT)
			&& exec { $syncscope } $syncscope, @words;
		die "$syncscope: $!\n";
	}
	waitpid($pid, 0);
	return $? == 0 || $? == 3 << 8;
}

sub slurp {
	my ($path) = @_;
	open(my $f, "<", $path) or return "";
	local $/;
	return scalar <$f>;
}

# The manifest, without what the choice of rules changes; and the rules' rows.
sub manifest {
	my $text = slurp("$_[0]/manifest.json");
	my %rules;

	$text =~ s/^\t"(by\w+|(?:causes|attached)BySeverity|causes|exchange|findings|forecast|history|members|model|selection|timeline)":\t\{.*?^\t\},?\n//gms;
	$text =~ s/"(orphans|leaving|changes|blockedLeft)":\t\d+,?\s*//g;
	$text =~ s/^\t"blockedLeftWhy":\t".*",?\n//m;
	# What all rules lack, and what ends for their findings.
	$text =~ s/^\t"(missing|deadlines)":\t\[.*?\],\n(?=\t")//gms;
	# Limits of Cloud Sync that only all rules look up.
	$text =~ s/^\t"cloudSync":\t\[.*?\],?\n//ms;
	# Those of each forest.
	$text =~ s/"by\w+":\t\{.*?\},?//gs;
	$text =~ s/^\t"notKnown":\t\[.*?\],?\n//ms;
	$text =~ s/^\t"rules":(.*)//ms or die;
	for my $row (split /\}, \{/, $1) {
		$row =~ s/^\W+|\W+$//g;
		$rules{$1} = $row if $row =~ /^id":\t"([^"]+)"/;
	}
	return ($text, \%rules);
}

# One to a folder that has a policy, or one to a date in the names of its
# files; else one to each file, if it can be read.
sub snapshots {
	my ($folder) = @_;
	my @files = grep { -f && !/\.(md|sh|ndjson)$|what-if|policy/ }
		glob("$folder/*");
	my %dates = map { /(\d{4}-\d\d-\d\d)/ ? ($1 => 1) : () } @files;
	my @made;

	return map { snapshot($folder, $_) } @files
		if !%dates && !-e "$folder/policy.json";
	%dates = ("" => 1) if !%dates;
	for my $date (sort keys %dates) {
		my ($one) = snapshot("$folder-$date",
		                     grep { /\Q$date\E/ } @files);

		push @made, $one // die slurp($said);
	}
	return join(" ", @made);
}

sub snapshot {
	my ($name, @files) = @_;
	my ($date) = $name =~ /(\d{4}-\d\d-\d\d)$/;
	my $to = "$work/" . join("-", basename($name), $date || @files > 1
		? () : basename($files[0]));

	run("collect import", @files, "--collected", $date // "2016-02-15",
	    "-o", $to, $name =~ /tangle/ ? "--all-attributes" : ())
		or return ();
	return $to;
}

# The findings without what they follow from.
sub findings {
	my $first = "first, from which this follows. If it still stands then:";
	my $before = qr/See [\w-]+ first\. If that is meant to be, .*? does it:/;
	my $along = qr/ It follows from [\w-]+: fix that, and this is fixed, too/;
	my $text = "";

	for (split /^/, slurp("$_[0]/findings.ndjson")) {
		s/"cause":"\w+",//;
		s/"follows":(?:null|"\w+"),//;
		# What mends the root mends this, too.
		s/"change":(?:null|"\w+"),//;
		s/"fix":"\K(?:Mend .*? \Q$first\E|$before) // || s/$along\.// ||
			s/\.$along// if s/,"followsRule":"[^"]*"//;
		$text .= $_;
	}
	return $text;
}

# Without what is proposed where the root of what follows refuses to: alone
# nobody asks that. By the fingerprints of those.
sub unrefused {
	my ($text, $refused) = @_;

	return join "", map { /"fingerprint":"(\w+)"/ && $refused->{$1}
		? s/"(expected|fix|unproposed)":"(?:[^"\\]|\\.)*"//gr
			=~ s/"proposed":(?:null|\{.*?\}),?//r : $_ }
		split /^/, $text;
}

sub refused {
	my ($folder) = @_;

	return { map { /"follows":"\w/ && /"proposed":null,"unproposed"/ &&
		/"fingerprint":"(\w+)"/ ? ($1 => 1) : () }
		split /^/, slurp("$folder/findings.ndjson") };
}

# Each rule has a part of what is judged, in turns.
my $turns = $ENV{ALONE_ALL} ? 1 : 3 * ($ENV{SHARE} // 1);
my $first = 0;

sub turn {
	my (@all) = @_;
	$first++;
	return @all[grep { ($_ + $first) % $turns == 0 } 0 .. $#all];
}

# What differs, as text.
sub differences {
	my ($snapshots, $policy) = @_;
	my $with = -e $policy ? "--policy $policy" : "";
	my $out = "";

	run("analyze $snapshots $with -o $work/all --force --jobs 1")
		or return slurp($said);
	my ($same, $rows) = manifest("$work/all");
	my %lines = map { $_ => "" } @ids;
	my $refused = refused("$work/all");
	for (split /^/, findings("$work/all")) {
		$lines{$1} .= $_ if /^\{"rule":"([^"]+)"/;
	}
	# Of another profile there is nothing to compare with.
	for my $id (turn(grep { defined $rows->{$_} } @ids)) {
		run("analyze $snapshots $with -o $work/one --force --jobs 1",
		    "--rules $id") or return slurp($said);
		my ($rest, $row) = manifest("$work/one");
		# What counts the forecast says that there is none.
		next if $row->{$id} =~ /no forecast is written/;
		$out .= "$id: the manifest is another\n" if $rest ne $same;
		$out .= "$id: its row in the manifest is another\n"
			if $row->{$id} ne $rows->{$id};
		$out .= "$id: its findings are others\n"
			if unrefused(findings("$work/one"), $refused) ne
				unrefused($lines{$id}, $refused);
	}
	return $out;
}

my $n = 0;

sub ok {
	my ($name, $out) = @_;

	$n++;
	print $out eq "" ? "" : "not ", "ok $n - $name\n";
	print map { "# " . substr($_, 0, 400) . "\n" }
		grep { defined } (split /\n/, $out)[0 .. 9];
}

# A group that has grown past what Cloud Sync takes: it left the scope.
sub grown {
	my $folder = "$work/grown";

	mkdir $folder;
	for (["2016-01-15", 1], ["2016-02-15", 50000]) {
		my ($date, $members) = @$_;
		Tangle::put("$folder/ad-$date.ldif", "dn: CN=Big,OU=A,DC=x\n",
			"objectClass: group\nsAMAccountName: big\n",
			"objectGUID:: EREREREREREREREREREREQ==\n",
			"groupType: -2147483640\n",
			map { "member: CN=$_,DC=x\n" } 1 .. $members);
	}
	Tangle::put("$folder/policy.json", '{"scope":{"include":["OU=A,DC=x"]}',
		',"sync":{"engine":"cloud-sync"}}');
	return $folder;
}

for my $folder (grep({ -d } glob("fixtures/*")), grown(),
		map { tangle("$work/tangle-$_", $_, 60) }
		1 .. $ENV{ALONE_TANGLES} // 6) {
	for my $snapshots (snapshots($folder)) {
		ok(join(" and ", map { basename($_) } split(/ /, $snapshots)),
		   differences($snapshots, "$folder/policy.json"));
	}
}
ok("rules and fixtures are there", @ids > 30 && $n > 25 ? "" : "too few");
print "1..$n\n";
