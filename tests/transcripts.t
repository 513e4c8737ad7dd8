#!/usr/bin/perl
# Command lines and what they must print: tests/transcripts/*.txt. A line
# "# ..." is a comment, "$ COMMAND" is run by sh in an empty folder, with syncscope on the PATH and
# $F the fixtures; what follows is its output, standard error included, and
# "? N" its exit status when that is not 0. GOLDEN=write rewrites the files.
use strict;
use warnings;
use Cwd qw(getcwd abs_path);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);

my $top = abs_path(dirname($0) . "/..");
my $bin = dirname($ENV{SYNCSCOPE} // "$top/build/syncscope");
$ENV{PATH} = "$bin:$ENV{PATH}";
$ENV{F} = "$top/fixtures";
$ENV{HOME} = "/nonexistent";
delete $ENV{$_} for grep { /^SYNCSCOPE_/ } keys %ENV;

my $aside = tempdir(CLEANUP => 1);

sub run {
	my ($command) = @_;
	# Files that may not grow spoil the counts of make coverage, too.
	local @ENV{qw(GCOV_PREFIX GCOV_ERROR_FILE)} = ($aside, "/dev/null")
		if $command =~ /ulimit -f/;
	open(my $pipe, "-|", "sh", "-c", "exec 2>&1; $command") or die $!;
	local $/;
	my $out = <$pipe> // "";
	close($pipe);
	my $status = $? & 127 ? 128 + ($? & 127) : $? >> 8;
	$out .= "\n" if length $out && $out !~ /\n\z/;
	$out =~ s/\Q$ENV{F}\E/\$F/g;
	$out .= "? $status\n" if $status;
	return $out;
}

my @files = sort glob("$top/tests/transcripts/*.txt");
print "1..", scalar @files, "\n";
my $failed = 0;
for my $i (0 .. $#files) {
	open(my $in, "<", $files[$i]) or die $!;
	my @lines = <$in>;
	close($in);
	chdir(tempdir(CLEANUP => 1)) or die $!;
	my ($want, $have) = ("", "");
	for my $line (@lines) {
		$want .= $line;
		if ($line =~ /^\$ (.*)/) {
			$have .= $line . run($1);
		} elsif ($line =~ /^#/) {
			$have .= $line;
		}
	}
	my ($name) = $files[$i] =~ m{([^/]+)\.txt$};
	if (($ENV{GOLDEN} // "") eq "write") {
		open(my $to, ">", $files[$i]) or die $!;
		print $to $have;
		close($to);
		$want = $have;
	}
	my $ok = $want eq $have;
	print $ok ? "ok" : "not ok", " ", $i + 1, " - $name\n";
	next if $ok;
	$failed = 1;
	my @w = split /\n/, $want;
	my @h = split /\n/, $have;
	for my $k (0 .. ($#w > $#h ? $#w : $#h)) {
		next if ($w[$k] // "") eq ($h[$k] // "");
		print "# line ", $k + 1, "\n# want ", $w[$k] // "(end)",
			"\n# have ", $h[$k] // "(end)", "\n";
		last;
	}
}
chdir("/");
exit $failed;
