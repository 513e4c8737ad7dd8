#!/usr/bin/perl
# "collect ad" and answers that a real server gives rarely or to strangers
# only: see mock.pl.
use strict;
use warnings;
use File::Basename qw(dirname);
use lib dirname(__FILE__);
use Live;

my @options = certificate();

complete('nothing', 'pages and ranges that the server makes smaller');
complete('busy', 'busy, twice');
complete('busy-late', 'busy after half a page');
complete('unwilling', 'the place in the search lost');
complete('limit', 'a time limit that smaller pages keep');
complete('wide', 'an object of 30 MB');
complete('notice', 'a notice of disconnection');
partial('extended', 'an extended response as the end', qr/not support/);
partial('referral', 'a referral', qr/another one holds/);
partial('denied', 'no right to read on', qr/may not read/);
partial('escape', 'a text with escapes', qr/may not read/);
partial('garbage', 'bytes that are no LDAP', qr/./);
partial('huge', 'a message of 2 GB',
	qr/announced a message of more than 256 MiB/);
huge_bind();
done();

sub certificate {
	my $r = run({}, 'sh', '-c', '. "$1/common.sh"; need openssl; cd "$2";
		new_ca . ca; new_cert . server localhost \
		DNS:localhost,IP:127.0.0.1 30', 'sh', $here, $tmp);
	if ($r->{code} == 3) {
		print "1..0 # SKIP $r->{err}";
		exit 0;
	}
	return ('--ca-file', "$tmp/ca.pem", '-u', 'reader',
		'--password-file', write_file("$tmp/pw", 'secret'));
}

# Collects from a mock that does WHAT.
sub mocked {
	my ($what) = @_;
	my $port = closed_port();
	my $p = spawn({}, $^X, "$here/mock.pl", '--cert', "$tmp/server.pem",
		'--key', "$tmp/server.key", '--port', $port, '--do', $what);
	await(10, sub {
		IO::Socket::INET->new("127.0.0.1:$port")
	}) or die 'mock: ' . read_file("$p->{base}.err");
	my $folder = "$tmp/$what";
	my $r = run({ limit => 40 }, $bin, 'collect', 'ad', '-o', $folder,
		'--server', "ldaps://127.0.0.1:$port", @options,
		'--timeout', 2, '--retries', 2);
	kill 'TERM', $p->{pid};
	wait_for($p, 10);
	return ($r, $folder);
}

sub told {
	my ($r, $s) = @_;
	return "exit $r->{code} $s->{state} $s->{count} " .
		($s->{reason} // '') . "\n$r->{err}";
}

# Ten users, each once, and a group of seven.
sub complete {
	my ($what, $name) = @_;
	my ($r, $folder) = mocked($what);
	my $s = section($folder, 'ad.users');
	my %seen = map { /"sAMAccountName":"(user\d+)"/ ? ($1 => 1) : () }
		@{objects($folder)};
	ok($r->{code} == 3 && $s->{state} eq 'complete' && $s->{count} == 10
		&& keys %seen == 10, "$name: all users, each once",
		told($r, $s));
	my ($group) = grep { /^ad\.groups / } @{objects($folder)};
	my @members = ($group // '') =~ /CN=User \d+/g;
	ok(@members == 7, "$name: all members", $group // 'no group');
}

# What came before is kept or not, but it is never said to be all.
sub partial {
	my ($what, $name, $reason) = @_;
	my ($r, $folder) = mocked($what);
	my $s = section($folder, 'ad.users');
	ok(($r->{code} == 3 || $r->{code} == 6) && $s->{state} eq 'partial'
		&& $s->{count} < 10 && $s->{reason} =~ $reason,
		"$name: partial, and why", told($r, $s));
	ok("$r->{err}$r->{out}" !~ /[^\n -~]/, "$name: nothing but text",
		$r->{err});
	ok($r->{seconds} < 30, "$name: ends in time", $r->{seconds});
	exit_is(run({}, $bin, 'verify', $folder), 0, "$name: verify");
}

sub huge_bind {
	my ($r, $folder) = mocked('huge-bind');
	says($r, 6, qr/announced a message of more than 256 MiB/,
		'a message of 2 GB at sign-in');
	ok(!-e $folder, 'a message of 2 GB at sign-in: no folder');
}
