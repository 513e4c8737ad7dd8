#!/usr/bin/perl
# "collect ad" when it or its server has to stop: servers that die, size
# limits, idle connections, signals, a full disk; and that it keeps its rate
# and shows how far it is.
use strict;
use warnings;
use File::Basename qw(dirname);
use lib dirname(__FILE__);
use Faulty;
use Live;
use Time::HiRes qw(sleep);

my $users = 3000;
my $usual = 'size.pr=1000 size.prtotal=unlimited';
my ($env) = start_servers(['slapd', 'big', $users]);
my $big = slapd($env);

reference($big);
server_comes_back();
server_stays_away();
limits();
resume_keeps();
idle();
signals();
signal_early();
killed();
killed_resuming();
dry_run();
dry_run_stopped();
killed_beside();
resume_covers();
rate();
progress();
terminals();
full_disk();
full_disk_resuming();
done();

# Waits until users come in.
sub under_way {
	my ($folder) = @_;
	return await(20, sub {
		grep { -s } glob "$folder.unfinished/ad-users*"
	});
}

# So slow that there is time to do something to it.
sub slowly {
	my ($folder, $rate, @more) = @_;
	my $p = start($big, $folder, '--page-size', 100, '--max-rate', $rate,
		@more);
	under_way($folder);
	return $p;
}

# A snapshot that a cut left.
sub broken {
	my $p = before($big, 'cut', 800_000, 1000);
	my $folder = fresh();
	collect($p, $folder, '--retries', 0);
	unproxy($p);
	return $folder;
}

# ---- servers that die, and their limits ----

sub server_comes_back {
	my $folder = fresh();
	my $p = slowly($folder, 1500);
	server('slapd', 'down', $big->{dir}, '--kill');
	sleep 1;
	server('slapd', 'start', $big->{dir});
	same(wait_for($p), $big, $folder, 'server killed, started again');
}

sub server_stays_away {
	my $folder = fresh();
	my $p = slowly($folder, 1500, '--retries', 1);
	server('slapd', 'down', $big->{dir}, '--kill');
	my $r = wait_for($p);
	server('slapd', 'start', $big->{dir});
	keeps($r, $big, $folder, 'server killed');
	resumes($big, $folder, 'server killed');
}

# Starts slapd again with other limits for the reader, and lines of its own.
sub limit_to {
	my ($limits, @lines) = @_;
	my $file = "$big->{dir}/slapd.conf";
	my $all = "size.soft=1000 size.hard=1000 $limits";
	my $text = read_file($file) =~ s/^(limits \S+) .*/$1 $all/mr
		=~ s/^idletimeout .*\n//mgr;
	write_file($file, join "\n", @lines, $text);
	server('slapd', 'down', $big->{dir});
	server('slapd', 'start', $big->{dir});
}

sub limits {
	my $folder = fresh();
	limit_to('size.pr=200 size.prtotal=unlimited');
	my $r = collect($big, $folder);
	same($r, $big, $folder, 'pages of 200 at most (result 11)');
	ok($r->{err} =~ /trying again with pages of/,
		'pages of 200 at most: asks for less', $r->{err});
	for (['1500 in all (result 4)', 'size.pr=1000 size.prtotal=1500'],
		['20 in all', 'size.pr=20 size.prtotal=20'],
		['pages of 20 at most', 'size.pr=20 size.prtotal=unlimited'],
		['no pages at all', 'size.pr=1000 size.prtotal=disabled']) {
		too_little(@$_);
	}
	limit_to($usual);
}

# All users, or a section that says that they are not all.
sub too_little {
	my ($name, $limits) = @_;
	limit_to($limits);
	my $folder = fresh();
	my $r = collect($big, $folder, '--retries', 1);
	my $s = section($folder, 'ad.users');
	if (!-e $folder) {
		ok($r->{code} == 6 && $r->{err} =~ /limit|refused/,
			"$name: nothing is read, and the reason told",
			"exit $r->{code} $r->{err}");
	} elsif ($s->{state} eq 'complete') {
		same($r, $big, $folder, $name);
	} else {
		ok($r->{code} == 3 || $r->{code} == 6, "$name: exit 3 or 6",
			"exit $r->{code} $r->{err}");
		truthful($big, $folder, $name);
	}
}

# A resumed run that fails again must not lose what the first one had, even
# when that stands after the section that fails.
sub resume_keeps {
	limit_to('size.pr=1000 size.prtotal=1500');
	my $folder = fresh();
	my $r = collect($big, $folder);
	ok($r->{code} == 3 && section($folder, 'ad.users')->{state} eq
		'partial' && section($folder, 'ad.groups')->{state} eq
		'complete', 'users partial, groups complete',
		"exit $r->{code} $r->{err}");
	limit_to($usual);
	my $p = before($big, 'cut', 300_000, 1000);
	$r = collect($p, $folder, '--resume', '--retries', 0);
	unproxy($p);
	keeps($r, $big, $folder, '--resume that fails again');
	ok(section($folder, $_)->{state} eq 'complete',
		"--resume that fails again: keeps $_")
		for 'ad.groups', 'ad.contacts';
	resumes($big, $folder, '--resume that fails again');
}

# The server ends connections on which nothing is asked for a second. So slow
# a reader may not succeed, but has to tell.
sub idle {
	limit_to($usual, 'idletimeout 1');
	my $folder = fresh();
	my $r = collect($big, $folder, '--max-rate', 300, '--retries', 1);
	if ($r->{code} == 6) {
		keeps($r, $big, $folder, 'idle connection');
	} else {
		same($r, $big, $folder, 'idle connection');
	}
	limit_to($usual);
	resumes($big, $folder, 'idle connection');
}

# ---- signals ----

sub signals {
	for my $name ('INT', 'TERM', 'HUP', 'QUIT') {
		my $folder = fresh();
		my $p = slowly($folder, 600);
		kill $name, $p->{pid};
		my $r = wait_for($p, 30);
		ok($r->{err} =~ /interrupted/, "SIG$name: says so", $r->{err});
		keeps($r, $big, $folder, "SIG$name");
		resumes($big, $folder, "SIG$name");
	}
}

# While the server keeps silent in the handshake, and in a page.
sub signal_early {
	for (['the handshake', 700], ['a page', 500_000]) {
		my ($where, $after) = @$_;
		my $d = before($big, 'stall', $after, 1000);
		my $folder = fresh();
		my $p = start($d, $folder);
		await(20, sub { harm($d) });
		sleep 0.5;
		kill 'INT', $p->{pid};
		my $r = wait_for($p, 20);
		unproxy($d);
		ok($r->{code} == 6 && $r->{err} =~ /interrupted/,
			"SIGINT while stalled in $where: exit 6",
			"exit $r->{code} $r->{err}");
		if ($after > 10_000) {
			keeps($r, $big, $folder, "stalled in $where");
		} else {
			ok(!-e $folder, "stalled in $where: no folder");
		}
	}
}

sub killed {
	my $folder = fresh();
	stop_pid(slowly($folder, 1000));
	ok(!-e $folder && -d "$folder.unfinished",
		'SIGKILL: nothing under the final name');
	says(collect($big, $folder), 2, qr/unfinished: is left of a run/,
		'SIGKILL: what is left is not written over');
	my $r = collect($big, $folder, '--resume');
	same($r, $big, $folder, 'SIGKILL, --resume');
	ok($r->{err} !~ /^AD domains, OUs and containers: /m
		&& $r->{err} =~ /^AD users: /m,
		'SIGKILL, --resume reads what was not complete', $r->{err});
	ok(!-e "$folder.unfinished", 'SIGKILL, --resume: nothing is left');
	stop_pid(slowly($folder = fresh(), 1000));
	same(collect($big, $folder, '--force'), $big, $folder,
		'SIGKILL, --force');
}

# The older snapshot stays until the new one is whole.
sub killed_resuming {
	my $folder = broken();
	my $before = read_file("$folder/manifest.json");
	stop_pid(slowly($folder, 1000, '--resume'));
	ok(length $before && read_file("$folder/manifest.json") eq $before,
		'SIGKILL of --resume: the older snapshot is there');
	resumes($big, $folder, 'SIGKILL of --resume');
}

# ---- --dry-run ----

# The worst of what failed is the end of it, as in a collection.
sub dry_run {
	my @dry = ('--dry-run', '--retries', 0);
	my $r = collect($big, fresh(), @dry);
	exit_is($r, 3, '--dry-run, no deleted objects');
	ok($r->{err} eq '', '--dry-run: silent', $r->{err});
	ok($r->{out} =~ /^ad\.users: about $users objects|more than 1000/m
		&& $r->{out} =~ /^In all /m, '--dry-run: how much', $r->{out});
	my $p = before($big, 'cut', 800_000, 1000);
	$r = collect($p, fresh(), @dry);
	unproxy($p);
	says($r, 6, qr/AD users: the connection was lost/,
		'--dry-run, connections cut: exit 6');
	ok($r->{out} =~ /^ad\.groups: \d+ objects/m,
		'--dry-run, connections cut: goes on with the next section',
		$r->{out});
	limit_to('size.pr=200 size.prtotal=unlimited');
	$r = collect($big, fresh(), @dry);
	limit_to($usual);
	ok($r->{code} == 3 && $r->{out} =~ /limit/,
		'--dry-run, a limit reached: exit 3', "$r->{code} $r->{out}");
}

sub dry_run_stopped {
	for my $name ('INT', 'TERM') {
		my $d = before($big, 'stall', 500_000, 1000);
		my $p = start($d, fresh(), '--dry-run');
		await(20, sub { harm($d) });
		sleep 0.5;
		kill $name, $p->{pid};
		my $r = wait_for($p, 20);
		unproxy($d);
		says($r, 6, qr/interrupted\n\z/, "--dry-run, SIG$name: exit 6");
		ok($r->{out} !~ /^ad\.groups|^In all/m,
			"--dry-run, SIG$name: nothing more is asked",
			$r->{out});
	}
}

# A killed run that was to replace what is there is another one: to resume
# that which is there would remove what it had read.
sub killed_beside {
	my $folder = broken();
	sleep 1.1;
	my $p = start($big, $folder, '--force', '--page-size', 100,
		'--max-rate', 1000);
	await(20, sub { -e "$folder.unfinished/manifest.json" });
	under_way($folder);
	stop_pid($p);
	my %before = map { $_ => read_file("$_/manifest.json") } $folder,
		"$folder.unfinished";
	says(collect($big, $folder, '--resume'), 2,
		qr/unfinished: is left of another run/,
		'--resume beside a killed --force is refused');
	ok(length $before{$_} && read_file("$_/manifest.json") eq $before{$_},
		'and nothing is lost') for sort keys %before;
	ok(-s "$folder.unfinished/ad-containers.ndjson",
		'nor are the objects');
	rename "$folder.unfinished", "$folder.away";
	resumes($big, $folder, 'with the killed one away');
}

# What was carried over was asked for then, not now.
sub resume_covers {
	my $folder = broken();
	my $text = read_file("$folder/manifest.json");
	$text =~ s/("name":\s*"ad.containers".*?)"objectVersion",\s*/$1/s;
	write_file("$folder/manifest.json", $text);
	same(collect($big, $folder, '--resume'), $big, $folder,
		'--resume of an older version');
	my %asked = map {
		my $s = section($folder, $_);
		$_ => { map { $_ => 1 } @{$s->{attributes}} }
	} 'ad.containers', 'ad.users';
	ok($asked{'ad.containers'}{description}
		&& !$asked{'ad.containers'}{objectVersion}
		&& $asked{'ad.users'}{pager},
		'claims for each section what was asked for',
		join ' ', sort keys %{$asked{'ad.containers'}});
}

# ---- rate and progress ----

sub rate {
	my $folder = fresh();
	my $r = collect($big, $folder, '--max-rate', 1000, '-q');
	my $due = @{$big->{want}} / 1000;
	same($r, $big, $folder, '--max-rate');
	ok($r->{seconds} > $due / 2 && $r->{seconds} < $due * 2 + 5,
		'--max-rate is kept', $r->{seconds});
	ok($r->{err} eq '', '-q: silent', $r->{err});
}

sub progress {
	my $r = collect($big, fresh());
	ok($r->{err} =~ /^AD users: $users objects/m,
		'progress: a line for each section', $r->{err});
	ok("$r->{err}$r->{out}" !~ /[\r\e]/,
		'progress: no control characters without a terminal');
}

sub terminals {
	my @command = ($bin, 'collect', 'ad', '--server', $big->{url},
		@{$big->{options}});
	my $r = terminal({}, undef, '', @command, '-o', fresh(), '--max-rate',
		1500);
	my @renewed = $r->{out} =~ /\r\e\[KAD users: (\d+) objects/g;
	ok(@renewed > 1 && $renewed[-1] > $renewed[0],
		'progress: renewed on a terminal', $r->{out});
	ok($r->{out} !~ /a second\r?\n/, 'progress: in one line', $r->{out});
	ok($r->{out} =~ /AD users +$users +complete/, 'and the result stays',
		$r->{out});
	$r = terminal({}, undef, '', @command, '-o', fresh(), '-q');
	ok($r->{out} !~ /\e|a second/, '-q: silent on a terminal, too',
		$r->{out});
}

# ---- a full disk ----

# A limit on the size of files stands for it.
sub limited {
	my ($kb, $folder, @more) = @_;
	return run({ limit => 60 }, 'bash', '-c',
		'ulimit -f "$1"; shift; trap "" XFSZ; exec "$@"', 'bash', $kb,
		$bin, 'collect', 'ad', '-q', '-o', $folder, '--server',
		$big->{url}, @{$big->{options}}, @more);
}

sub full_disk {
	for ([1], [100], [20, '--compress']) {
		my ($kb, @more) = @$_;
		my $folder = fresh();
		says(limited($kb, $folder, @more), 2, qr/too large|No space/,
			"files of $kb KiB at most: exit 2");
		ok(!-e $folder && !-e "$folder.unfinished",
			"files of $kb KiB at most: nothing is left");
	}
	says(collect($big, "$tmp/no/such"), 2, qr/no\/such/,
		'no place to write');
}

sub full_disk_resuming {
	my $folder = broken();
	my $before = read_file("$folder/manifest.json");
	exit_is(limited(100, $folder, '--resume'), 2,
		'disk full in --resume');
	ok(length $before && read_file("$folder/manifest.json") eq $before,
		'disk full in --resume: the older snapshot is there');
	truthful($big, $folder, 'disk full in --resume');
	resumes($big, $folder, 'disk full in --resume');
}
