#!/usr/bin/perl
# Five states of an Exchange organization, of fixtures/exchange, each from what
# is imported to what is said. What must come out is in tests/exchange-states,
# a file for each: "files" go into a snapshot of AD and one of the tenant;
# "asOf" is the day of both; of "expect"
#
#   verdict, organization, servers   are as in exchange.json, which may say more
#   paths       each path's state; "missing" has exactly these
#   conditions  the result, or the result and the count
#   evidence    a condition's has names that begin so
#   findings    rule and beginning of a name; none of a condition's rule at
#               all when the list is empty
#   authority   is in forecast.ndjson, of objects whose names begin so
#   says, show  "syncscope exchange", and "show" of an account, match these
#
# STATES="a b" walks these alone.
use strict;
use warnings;
use utf8;
use Cwd qw(getcwd);
use File::Basename qw(basename dirname);
use File::Temp qw(tempdir);
use JSON::XS;

chdir dirname(__FILE__) . '/..' or die "$!\n";
my $bin = $ENV{SYNCSCOPE} // 'build/syncscope';
$bin = getcwd() . "/$bin" if $bin !~ m{^/};
my $tmp = tempdir('/tmp/xs.XXXXXX', CLEANUP => 1);
my $json = JSON::XS->new->utf8->canonical->allow_nonref;
my $count = 0;
my $state;
my %last = ('no-sync' => 'uninstall', 'management-tools' => 'shut-down',
	'cloud-managed' => 'uninstall');

sub ok($$@) {
	my ($good, $name, $why) = @_;
	$count++;
	print $good ? '' : 'not ', "ok $count - $state: $name\n";
	print "# $_\n" for $good ? () : split /\n/, substr $why // '', 0, 600;
	return $good;
}

sub slurp {
	my ($path) = @_;
	open my $in, '<:raw', $path or return '';
	local $/;
	return <$in> // '';
}

sub rows {
	my ($path) = @_;
	return map { $json->decode($_) } split /\n/, slurp($path);
}

# Exit status, and all that was said.
sub call {
	my (@args) = @_;
	my $pid = open(my $out, '-|') // die "$!\n";
	if (!$pid) {
		open STDERR, '>&', \*STDOUT;
		exec $bin, @args or exit 127;
	}
	local $/;
	my $text = <$out> // '';
	close $out;
	return ($? >> 8, $text);
}

# Whether a value is as expected; of an object what is expected of it.
sub agrees {
	my ($want, $have) = @_;
	return !grep { !agrees($want->{$_}, $have->{$_}) } keys %$want
		if ref $want eq 'HASH' && ref $have eq 'HASH';
	return $json->encode($want) eq $json->encode($have);
}

sub same {
	my ($want, $have, $name) = @_;
	ok(agrees($want, $have), $name, 'want ' . $json->encode($want)
		. "\nhave " . $json->encode($have));
}

sub begins {
	my ($name, @rows) = @_;
	return grep { index($_->{dn} // '', $name) == 0 } @rows;
}

# ---- the parts of an expectation ----

sub servers {
	my ($want, $have) = @_;
	same(scalar @$want, scalar @{$have->{servers} // []}, 'servers');
	same($want->[$_], $have->{servers}[$_], "server $want->[$_]{name}")
		for 0 .. $#$want;
}

sub paths {
	my ($want, $have) = @_;
	my %paths = map { $_->{id} => $_ } @{$have->{paths} // []};
	for my $id (sort keys %last) {
		my $p = $paths{$id} // {};
		same($want->{paths}{$id}, $p->{state}, "path $id");
		same($want->{missing}{$id}, $p->{missing}, "$id misses")
			if $want->{missing}{$id};
		same($last{$id}, $p->{lastStep}, "the last step of $id");
	}
}

sub conditions {
	my ($want, $have) = @_;
	my %conditions = map { $_->{id} => $_ } @{$have->{conditions} // []};
	for my $id (sort keys %{$want->{conditions}}) {
		my $w = $want->{conditions}{$id};
		my $c = $conditions{$id} // {};
		same(ref $w ? $w : [$w], ref $w ? [$c->{result}, $c->{count}]
			: [$c->{result}], $id);
		my @gone = grep { !begins($_, @{$c->{evidence} // []}) }
			@{$want->{evidence}{$id} // []};
		ok(!@gone, "the evidence of $id", "lacks @gone");
	}
}

sub findings {
	my ($want, $have, $folder) = @_;
	my %rules = map { ("exchange-$_->{id}" => 1) }
		@{$have->{conditions} // []};
	my @rows = grep { $rules{$_->{rule}} } rows("$folder/findings.ndjson");
	ok(@$want > 0 || !@rows, 'nobody stands against a condition',
		join "\n", map { "$_->{rule} $_->{dn}" } @rows);
	for my $line (@$want) {
		my ($rule, $name) = split / /, $line, 2;
		ok(scalar(begins($name, grep { $_->{rule} eq $rule } @rows)),
			"finding $line");
	}
}

sub authority {
	my ($want, $folder) = @_;
	my @rows = rows("$folder/forecast.ndjson");
	for my $name (sort keys %$want) {
		my ($o) = begins("$name,", @rows);
		same($want->{$name}, $o->{authority}, "authority of $name");
	}
}

sub says {
	my ($patterns, $name, @args) = @_;
	my ($exit, $text) = call(@args);
	# Lines are broken anywhere.
	$text =~ s/\s+/ /g;
	my @gone = grep { my ($p, $i) = m{^/(.*)/(i?)$};
		$text !~ ($i ? qr/$p/i : qr/$p/) } @$patterns;
	ok($exit == 0 && !@gone, $name, "exit $exit; lacks @gone\n$text");
}

# ---- the walk ----

sub collect {
	my ($to, $case, $side) = @_;
	my ($exit, $text) = call(qw(collect import), map({
		"fixtures/exchange/$state/$_" } @{$case->{files}{$side}}),
		'--collected', $case->{asOf}, '-o', $to);
	ok($exit == 0, "files of $side are imported whole",
		"exit $exit\n$text");
	return $to;
}

sub walk {
	my ($case) = @_;
	my $want = $case->{expect};
	my $folder = "$tmp/$state";
	my @snapshots = map { collect("$folder.$_", $case, $_) }
		qw(ad tenant);
	my ($exit, $text) = call('analyze', @snapshots, '--policy',
		"fixtures/exchange/$state/policy.json", '--as-of',
		$case->{asOf}, '-o', $folder);
	ok($exit == 0 || $exit == 3, 'is analyzed', "exit $exit\n$text");
	my $told = slurp("$folder/exchange.json");
	my $have = eval { $json->decode($told) } // {};
	same($want->{verdict}, $have->{verdict}, 'verdict');
	same($case->{asOf}, $have->{asOf}, 'day');
	same($want->{organization}, $have->{organization}, 'organization');
	servers($want->{servers}, $have);
	paths($want, $have);
	conditions($want, $have);
	findings($want->{findings}, $have, $folder) if $want->{findings};
	authority($want->{authority}, $folder);
	says($want->{says}, 'what is said', 'exchange', $folder);
	says($want->{show}{$_}, "the story of $_", 'show', $folder, $_)
		for sort keys %{$want->{show}};
}

my %only = map { $_ => 1 } split ' ', $ENV{STATES} // '';
for my $file (sort glob 'tests/exchange-states/*.json') {
	$state = basename($file, '.json');
	walk($json->decode(slurp($file))) if !%only || $only{$state};
}
print "1..$count\n";
