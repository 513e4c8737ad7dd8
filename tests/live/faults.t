#!/usr/bin/perl
# "collect ad" over connections that are cut, reset, stalled or slow at many
# places. What healed must give the very same objects as an undisturbed run;
# what did not must say so, and --resume goes on with it.
use strict;
use warnings;
use File::Basename qw(dirname);
use lib dirname(__FILE__);
use Faulty;
use Live;

# In the handshake, in what the server says of itself, in the first page of
# users, in later ones, near the end.
my @places = (1, 700, 2500, 6000, 100_000, 1_000_000, 3_000_000);

my ($env, $samba) = start_servers(['slapd', 'big', 3000], ['samba', 'ad']);
my $big = slapd($env);
my $ad = directory('Samba', "ldaps://$samba->{AD_ADDR}", 0, '--ca-file',
	$samba->{AD_CA_FILE}, '-u', $samba->{AD_SYNC}, '--password-file',
	$samba->{AD_SYNC_PW_FILE});

seed();
reference($_) for $big, $ad;
healed();
unhealed();
nothing_read();
resume_asks();
other_request();
since_stopped();
done();

sub seed {
	my $r = run({ dir => '/', limit => 300 }, $^X, "$here/seed.pl",
		$samba->{dir});
	die "seed: $r->{err}" if $r->{code};
	# The first sign-in leaves a time on the account.
	collect($ad, fresh());
}

sub heals {
	my ($d, $do, $after, @more) = @_;
	my $name = "$d->{name}: $do after $after bytes";
	my $p = before($d, $do, $after, 1);
	my $folder = fresh();
	my $r = collect($p, $folder, @more);
	ok(harm($p) == 1, "$name: happened");
	same($r, $d, $folder, $name);
	unproxy($p);
}

sub healed {
	heals($big, 'cut', $_, '--page-size', 200) for @places;
	heals($big, 'reset', $_, '--page-size', 200) for @places[1, 3, 5];
	heals($big, 'truncate', $_, '--page-size', 200) for @places[0, 4, 6];
	heals($big, 'stall', $_, '--timeout', 2) for 6000, 500_000;
	heals($ad, @$_) for ['cut', 500_000], ['reset', 1_500_000],
		['truncate', 2_200_000], ['stall', 900_000, '--timeout', 3];
	# Fewer faults than retries, each in another connection.
	my $p = before($big, 'cut', 700_000, 3);
	my $folder = fresh();
	same(collect($p, $folder), $big, $folder, 'three faults');
	ok(harm($p) == 3, 'three faults: happened');
	unproxy($p);
}

sub stays {
	my ($d, $do, $after) = @_;
	my $name = "$d->{name}: always $do after $after bytes";
	my $p = before($d, $do, $after, 1000);
	my $folder = fresh();
	my $r = collect($p, $folder, '--retries', 1, '--timeout', 2);
	unproxy($p);
	keeps($r, $d, $folder, $name);
	resumes($d, $folder, $name);
}

sub unhealed {
	stays($big, @$_) for ['cut', 60_000], ['reset', 800_000],
		['truncate', 800_000], ['stall', 800_000], ['slow', 800_000];
	stays($ad, @$_) for ['cut', 1_200_000], ['stall', 1_200_000];
}

# Before anything is read there is nothing to keep.
sub nothing_read {
	for my $do ('cut', 'stall', 'reset') {
		my $p = before($big, $do, 700, 1000);
		my $folder = fresh();
		my $r = collect($p, $folder, '--retries', 1, '--timeout', 2);
		unproxy($p);
		ok($r->{code} == 6 && $r->{seconds} < 30,
			"always $do at sign-in: exit 6",
			"exit $r->{code} $r->{seconds} $r->{err}");
		ok(!-e $folder && !-e "$folder.unfinished",
			"always $do at sign-in: no folder");
	}
}

# ---- --resume ----

sub resume_asks {
	my $folder = fresh();
	says(collect($big, $folder, '--resume'), 2, qr/nothing to resume/,
		'--resume with nothing there');
	ok(!-e $folder, 'and makes nothing');
	my $r = collect($ad, $ad->{whole}, '--resume');
	same($r, $ad, $ad->{whole}, '--resume of what is complete');
	ok($r->{err} !~ /AD users: /, 'reads no users again', $r->{err});
	mkdir $folder;
	says(collect($big, $folder, '--resume'), 2, qr/nothing to resume/,
		'--resume of an empty folder');
	write_file("$folder/manifest.json", "{}\n");
	$r = collect($big, $folder, '--resume');
	ok($r->{code} == 4 || $r->{code} == 2,
		'--resume of what is no snapshot: exit 2 or 4',
		"exit $r->{code} $r->{err}");
}

# A snapshot that a cut left.
sub broken {
	my $p = before($big, 'cut', 800_000, 1000);
	my $folder = fresh();
	collect($p, $folder, '--retries', 0);
	unproxy($p);
	return $folder;
}

# What was asked for otherwise, or is of another domain, does not go together.
sub other_request {
	my $folder = broken();
	my $before = read_file("$folder/manifest.json");
	my %with = ('--base' => 'OU=Accounts,DC=scale,DC=test',
		'--filter' => '(sn=x)', '--domain' => 'scale.test');
	says(collect($big, $folder, '--resume', $_, $with{$_}), 2,
		qr/was collected without $_; want the same/,
		"--resume with another $_") for sort keys %with;
	says(collect($big, $folder, '--resume', '--since', $big->{whole}), 2,
		qr/does not go with --resume/, '--resume with --since');
	exit_is(collect({ %$big, url => 'ldaps://127.0.0.1:'
		. closed_port() }, $folder, '--resume'), 6,
		'--resume without server');
	ok(read_file("$folder/manifest.json") eq $before,
		'none of these has touched it');
	resumes($big, $folder, 'after all of these');
	$folder = broken();
	$before = read_file("$folder/manifest.json");
	says(collect($ad, $folder, '--resume'), 2, qr/scale|another/i,
		'--resume with a server of another domain');
	ok(read_file("$folder/manifest.json") eq $before,
		'the other domain has not touched it');
}

# Ctrl-C while the differences are learnt: nothing was read anew, and nothing
# says so. This account goes by uSNChanged, which reads the names of all.
sub since_stopped {
	my $d = directory('Samba', "ldaps://$samba->{AD_ADDR}", 3, '--ca-file',
		$samba->{AD_CA_FILE}, '-u', $samba->{AD_AUDIT},
		'--password-file', $samba->{AD_AUDIT_PW_FILE});
	my ($old, $folder) = (fresh(), fresh());
	collect($d, $old);
	my $behind = before($d, 'stall', 60_000, 1000);
	my $p = start($behind, $folder, '--since', $old);
	await(20, sub { harm($behind) });
	sleep 1;
	kill 'INT', $p->{pid};
	my $r = wait_for($p, 20);
	unproxy($behind);
	says($r, 6, qr/changes: interrupted\n\z/,
		'SIGINT while changes are learnt');
	ok($r->{err} !~ /read again/ && !-e $folder,
		'and nothing is said to be read again', $r->{err});
}
