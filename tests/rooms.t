#!/usr/bin/perl
# Who lives in which room, and who knows whom: tests/rooms against the tree, and
# README's table against both.
use strict;
use warnings;
use Cwd;
use File::Basename;

chdir dirname(__FILE__) . "/.." or die;
my $build = $ENV{BUILD} || getcwd() . "/build";
my @files = grep { !m{^tests/} } lines("git ls-files '*.[ch]'");

# The format by which a stage knows another; main.c verifies
# both, and repairs, a format of report's own.
my %format = (analyze => ["collect/snapshot"], report => ["analyze/findings"],
	"main.c" => ["collect/snapshot", "analyze/findings", "report/repair"]);

sub lines {
	my ($command) = @_;
	chomp(my @lines = `$command`);
	die "$command: failed\n" if $?;
	return @lines;
}

# The rooms from the lowest, what each may include, and lines that are wrong.
my (@rooms, %floor, %may, @twice);
open(my $list, "<", "tests/rooms") or die;
while (<$list>) {
	next if /^#|^$/;
	/^(\S+):((?: \S+)*)$/ or die "tests/rooms:$.: want ROOM: ROOM...\n";
	push @twice, "$1 has two lines" if exists $floor{$1};
	$floor{$1} = @rooms;
	push @rooms, $1;
	$may{$1} = [split " ", $2];
}

# A file with its header, where it is one by itself, or a folder.
sub room {
	my ($file) = @_;
	my $folder = dirname($file);
	my $own = $file =~ s/\.[a-z]+$/.c/r;
	return exists $floor{$own} || !exists $floor{$folder} ? $own : $folder;
}

sub is_public {
	my ($room, $header) = @_;
	return $room eq "base" || $room eq "report" || $header eq ($room =~ /\.c$/
		? $room =~ s/\.c$/.h/r : "$room/" . basename($room) . ".h");
}

sub stage {
	return (split m{/}, $_[0])[0];
}

# What goes from a room to another.
sub arrows {
	my ($kind) = @_;
	return grep { $_->{room} ne $_->{to_room} }
		map { my ($from, $to) = split;
			{ from => $from, to => $to, room => room($from),
				to_room => room($to) } }
		lines("tests/arrows.sh '$build' $kind");
}

my $n = 0;

sub none {
	my ($name, @wrong) = @_;
	$n++;
	print @wrong ? "not ok" : "ok", " $n - $name\n";
	print "# $_\n" for @wrong;
}

sub is_allowed {
	my ($arrow) = @_;
	return grep { $_ eq $arrow->{to_room} } @{$may{$arrow->{room}} || []};
}

sub is_above {
	my ($room, $of) = @_;
	return exists $floor{$room} && exists $floor{$of} &&
		$floor{$room} < $floor{$of};
}

sub unused {
	my ($room, $used) = @_;
	return map { "$room need not know $_" }
		grep { !$used->{"$room $_"} } @{$may{$room}};
}

sub strange {
	my ($room) = @_;
	my $stage = stage($room);
	return map { "$room: $_" } grep { my $other = $_;
		$other ne "base" && stage($other) ne $stage &&
		!grep { $_ eq $other } @{$format{$stage} || []} } @{$may{$room}};
}

# "| `analyze/rules/` | what it is for |", in the section on architecture.
sub told {
	my ($section) = `cat README.md` =~ /^## Architecture\n(.*?)^## /ms;
	return $section =~ /^\| `(\S+?)\/?` \| .*\w.* \|$/mg;
}

sub differences {
	my ($have, $want) = @_;
	my %count;
	$count{$_}++ for @$have;
	return ((map { "$_ is missing" } grep { !$count{$_} } @$want),
		(map { "$_ is told twice" } grep { $count{$_} > 1 } keys %count),
		(map { "$_ is no room" } grep { !exists $floor{$_} } @$have));
}

my %lived_in = map { (room($_) => 1) } @files;

print "1..12\n";
none("every source is in a room",
	map { "$_: no line in tests/rooms" }
	grep { !exists $floor{room($_)} } @files);
none("every room has sources, and one line", @twice,
	map { "$_ has no sources" } grep { !$lived_in{$_} } @rooms);
none("a room may include only rooms above it in the list",
	map { my $room = $_; map { "$room: $_" }
		grep { !is_above($_, $room) } @{$may{$room}} } @rooms);
none("a stage may know another by its format only",
	map { strange($_) } @rooms);

my @includes = arrows("includes");
my %used = map { ("$_->{room} $_->{to_room}" => 1) } @includes;

none("a room includes only what it may",
	map { "$_->{from}: $_->{to}" } grep { !is_allowed($_) } @includes);
none("of another room only its public header is included",
	map { "$_->{from}: $_->{to}" }
	grep { !is_public($_->{to_room}, $_->{to}) } @includes);
none("every permission is used", map { unused($_, \%used) } @rooms);
none("a room calls only rooms above it in the list",
	map { "$_->{from}: $_->{to}" }
	grep { !is_above($_->{to_room}, $_->{room}) } arrows("symbols"));

for my $kind (qw(symbols includes both)) {
	my @circles = `tests/circles.sh '$build' $kind 2>&1`;
	my $failed = $?;
	chomp @circles;
	none("no circle of files, by $kind",
		$failed && !@circles ? "no arrows" : @circles);
}

none("README's table has every room", differences([told()], \@rooms));
