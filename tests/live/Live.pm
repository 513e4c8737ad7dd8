# What the tests of "collect ad" share: servers, proxies, runs of the program
# and snapshots read back. All is below one short folder in /tmp; the end of
# the test, however it comes, stops what runs and removes it.
package Live;
use strict;
use warnings;
use Cwd qw(abs_path);
use Exporter qw(import);
use File::Basename qw(dirname);
use File::Path qw(remove_tree);
use File::Temp qw(tempdir);
use IO::Socket::INET;
use JSON::XS qw(decode_json);
use POSIX qw(WNOHANG);
use Time::HiRes qw(sleep time);

our @EXPORT = qw($bin $here $tmp await closed_port contents done exit_is note objects
	manifest now ok proxy read_file run same_objects script section server
	says spawn start_servers stop_pid terminal wait_for write_file);

our $here = abs_path(dirname(__FILE__));
our $bin = abs_path($ENV{SYNCSCOPE} // "$here/../../build/syncscope");
our $tmp = tempdir('/tmp/lt.XXXXXX');

my $owner = $$;
my ($count, $failed) = (0, 0);
my (%running, @servers);

umask 077;
$| = 1;
delete $ENV{$_} for grep { /^(?:SYNCSCOPE_|LDAP|KRB5|NTLM|LD_PRELOAD)/ }
	keys %ENV;
$ENV{LC_ALL} = 'C';
$ENV{HOME} = $tmp;
$SIG{$_} = sub { exit 1 } for qw(INT TERM HUP);
$SIG{PIPE} = 'IGNORE';

END {
	if ($$ == $owner) {
		my $status = $?;
		kill 'KILL', keys %running;
		waitpid $_, 0 for keys %running;
		system "$here/$_->[0].sh", 'down', $_->[1], '--kill'
			for @servers;
		remove_tree($tmp);
		$? = $status;
	}
}

# ---- TAP ----

sub note {
	my ($text) = @_;
	print map { "# $_\n" } split /\n/, $text // '';
}

# The prototype makes a scalar of a match that fails, which is no empty list.
sub ok($$;$) {
	my ($good, $name, $why) = @_;
	$count++;
	print $good ? '' : 'not ', "ok $count - $name\n";
	return $good if $good;
	$failed++;
	note(substr $why // '', 0, 2000);
	return $good;
}

sub done {
	print "1..$count\n";
	exit($failed ? 1 : 0);
}

# What a run said, for the notes of a test that failed.
sub told {
	my ($r) = @_;
	return sprintf "exit %s after %.1f s\nstderr: %s\nstdout: %s",
		$r->{code}, $r->{seconds}, $r->{err}, $r->{out};
}

sub exit_is {
	my ($r, $code, $name) = @_;
	return ok($r->{code} == $code, "$name: exit $code", told($r));
}

# Exit code and a sentence, in one.
sub says {
	my ($r, $code, $sentence, $name) = @_;
	return ok($r->{code} == $code && $r->{err} =~ $sentence, $name,
		"want exit $code and $sentence\n" . told($r));
}

# ---- files ----

sub read_file {
	my ($path) = @_;
	open my $in, '<:raw', $path or return '';
	local $/;
	return scalar(<$in>) // '';
}

sub write_file {
	my ($path, $text) = @_;
	open my $out, '>:raw', $path or die "$path: $!\n";
	print $out $text;
	close $out or die "$path: $!\n";
	return $path;
}

# ---- processes ----

# In the child: standard streams, environment, command.
sub become {
	my ($o, $base, @command) = @_;
	open STDIN, '<', $o->{in} // '/dev/null' or die;
	open STDOUT, '>', "$base.out" or die;
	open STDERR, '>', "$base.err" or die;
	chdir($o->{dir} // $tmp) or die;
	my $env = $o->{env} // {};
	for (keys %$env) {
		defined $env->{$_} ? $ENV{$_} = $env->{$_} : delete $ENV{$_};
	}
	# Whoever runs us in the background may have had some ignored.
	$SIG{$_} = 'DEFAULT' for qw(HUP INT PIPE QUIT TERM);
	exec @command or POSIX::_exit(127);
}

my $runs = 0;

# Starts a command; {env}, {in} and {dir} as the options say.
sub spawn {
	my ($o, @command) = @_;
	my $base = "$tmp/run" . ++$runs;
	my $pid = fork // die "fork: $!\n";
	become($o, $base, @command) if !$pid;
	$running{$pid} = 1;
	return { pid => $pid, base => $base, began => time };
}

# Waits for what spawn began; what takes too long is killed: code 124.
sub wait_for {
	my ($p, $limit) = @_;
	my $end = time + ($limit // 60);
	my ($late, $got) = (0, 0);
	until (($got = waitpid $p->{pid}, WNOHANG)) {
		if (time > $end && !$late) {
			$late = 1;
			kill 'KILL', $p->{pid};
		}
		sleep 0.02;
	}
	my $status = $?;
	delete $running{$p->{pid}};
	return { code => $late ? 124 : $status & 127
			? 128 + ($status & 127) : $status >> 8,
		seconds => time - $p->{began},
		out => read_file("$p->{base}.out"),
		err => read_file("$p->{base}.err") };
}

sub run {
	my ($o, @command) = @_;
	return wait_for(spawn($o, @command), $o->{limit});
}

sub await {
	my ($limit, $what) = @_;
	my $end = time + $limit;
	until ($what->()) {
		return 0 if time > $end;
		sleep 0.05;
	}
	return 1;
}

sub stop_pid {
	my ($p) = @_;
	kill 'KILL', $p->{pid};
	return wait_for($p, 5);
}

# The command at a terminal of its own, to which INPUT is typed once PROMPT
# is there to see.
sub terminal {
	my ($o, $prompt, $input, @command) = @_;
	# The shell of script(1) must not stay: signals of the terminal kill it.
	my $line = join ' ', 'exec',
		map { s/'/'\\''/gr =~ s/(.*)/'$1'/sr } @command;
	pipe my $from, my $to or die;
	fcntl $from, 2, 0;
	my $p = spawn({ %$o, in => '/proc/self/fd/' . fileno $from },
		'script', '-E', 'always', '-qec', $line, '/dev/null');
	close $from;
	$to->autoflush(1);
	await(20, sub { read_file("$p->{base}.out") =~ $prompt })
		if defined $prompt;
	# What is typed before the program has set the terminal is lost.
	sleep 0.3;
	print $to $input;
	my $r = wait_for($p, $o->{limit});
	close $to;
	return $r;
}

# ---- servers ----

sub read_env {
	my ($file) = @_;
	return map { /^(\w+)='(.*)'$/ ? ($1, $2) : () }
		split /\n/, read_file($file);
}

# start_servers [KIND, NAME, ARGUMENT...]...: side by side. KIND is samba or
# slapd; gives a hash of DIR/env for each, with its folder as {dir}.
sub start_servers {
	my @up = map {
		my ($kind, $name, @more) = @$_;
		push @servers, [$kind, "$tmp/$name"];
		[$kind, $name, spawn({ dir => '/' }, "$here/$kind.sh", 'up',
			"$tmp/$name", @more)]
	} @_;
	return map {
		my ($kind, $name, $p) = @$_;
		my $r = wait_for($p, 240);
		if ($r->{code} == 3) {
			print "1..0 # SKIP $r->{err}";
			exit 0;
		}
		if ($r->{code}) {
			print "Bail out! $kind: $r->{err}";
			exit 1;
		}
		+{ read_env("$tmp/$name/env"), dir => "$tmp/$name" }
	} @up;
}

# server KIND, VERB, DIR, ...
sub server {
	my ($kind, @more) = @_;
	my $r = run({ dir => '/', limit => 120 }, "$here/$kind.sh", @more);
	die "$kind @more: $r->{err}" if $r->{code};
}

# proxy NAME, OPTION => VALUE...: {port}, {dir} with proxy.log, {pid}.
sub proxy {
	my ($name, %o) = @_;
	my $dir = "$tmp/$name";
	mkdir $dir;
	unlink "$dir/proxy.port", "$dir/proxy.log";
	my $p = spawn({}, $^X, "$here/proxy.pl", '--dir', $dir,
		map { ("--$_", $o{$_}) } sort keys %o);
	await(10, sub { read_file("$dir/proxy.port") =~ /\n/ })
		or die "proxy: " . read_file("$p->{base}.err");
	chomp($p->{port} = read_file("$dir/proxy.port"));
	$p->{dir} = $dir;
	return $p;
}

sub closed_port {
	my ($address) = @_;
	my $s = IO::Socket::INET->new(LocalAddr => $address // '127.0.0.1',
		Listen => 1) or die "no port: $!\n";
	return $s->sockport;
}

# ---- snapshots ----

sub manifest {
	my ($folder) = @_;
	my $text = read_file("$folder/manifest.json");
	return eval { decode_json($text) } // { sections => [] };
}

sub section {
	my ($folder, $name) = @_;
	my ($s) = grep { $_->{name} eq $name }
		@{manifest($folder)->{sections}};
	return $s // { state => 'no manifest', count => -1, reason => '' };
}

# Every line of every section, sorted.
sub objects {
	my ($folder) = @_;
	my @lines;
	for my $s (@{manifest($folder)->{sections}}) {
		next unless $s->{file};
		push @lines, map { "$s->{name} $_" }
			split /\n/, read_file("$folder/$s->{file}");
	}
	return [sort @lines];
}

# These, and what is said of domains but for reasons, which quote what was asked
# for: all that is the same however a directory was read.
sub contents {
	my ($folder) = @_;
	my $json = JSON::XS->new->canonical;
	my @lines;
	for my $d (@{manifest($folder)->{domains} // []}) {
		delete $_->{reason} for values %{$d->{sections}};
		push @lines, 'domain ' . $json->encode($d);
	}
	return [@{objects($folder)}, @lines];
}

# The first line that only one of two has, or nothing.
sub same_objects {
	my ($want, $have) = @_;
	my %seen;
	$seen{$_}++ for @$want;
	$seen{$_}-- for @$have;
	my ($odd) = sort grep { $seen{$_} } keys %seen;
	return @$want && !defined $odd ? ''
		: sprintf '%d objects, want %d; %s %s', scalar @$have,
		scalar @$want, defined $odd ? $seen{$odd} : '',
		substr $odd // 'nothing', 0, 200;
}

1;
