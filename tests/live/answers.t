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
complete('range-busy', 'busy in the midst of members');
complete('invocation', 'an invocationId without a value');
partial('extended', 'an extended response as the end', qr/not support/);
partial('referral', 'a referral', qr/another one holds/);
partial('denied', 'no right to read on', qr/may not read/);
partial('escape', 'a text with escapes', qr/may not read/);
partial('garbage', 'bytes that are no LDAP', qr/./);
partial('huge', 'a message of 2 GB',
	qr/announced a message of more than 256 MiB/);
huge_bind();
partial('latin', 'a text that is not UTF-8',
	qr/Zugriff verweigert f\\xfcr S\\xf8ren/);
partial('garbled', 'a page control that is garbled', qr/understood/);
lacking('range-low', 'members with a gap', qr/understood/);
lacking('range-name', 'members under another name', qr/understood/);
lacking("range-$_->[0]", "members that $_->[1]", qr/./) for
	['first', 'begin too late'], ['none', 'are nowhere'],
	['back', 'go backwards'], ['odd', 'end at no number'],
	['far', 'end far away'];
lacking('range-again', 'the same members for ever', qr/understood/);
lacking('range-empty', 'no members for ever', qr/understood/);
lacking('range-huge', 'more members than a snapshot holds',
	qr/CN=Group,.* is too large for a snapshot and was left out/);
settings('gone', 'complete', 'settings gone for a moment');
settings('gone-always', 'partial', 'settings gone for good');
interrupted();
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

# Collects from a mock that does WHAT; MEANWHILE is given the run.
sub mocked {
	my ($what, $meanwhile) = @_;
	my $port = closed_port();
	my $p = spawn({}, $^X, "$here/mock.pl", '--cert', "$tmp/server.pem",
		'--key', "$tmp/server.key", '--port', $port, '--do', $what);
	await(10, sub {
		IO::Socket::INET->new("127.0.0.1:$port")
	}) or die 'mock: ' . read_file("$p->{base}.err");
	my $folder = "$tmp/$what";
	my $c = spawn({}, $bin, 'collect', 'ad', '-o', $folder,
		'--server', "ldaps://127.0.0.1:$port", @options,
		'--timeout', 2, '--retries', 2);
	$meanwhile->($c) if $meanwhile;
	my $r = wait_for($c, 40);
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

# A group whose members cannot all be had is not there, and that is told.
sub lacking {
	my ($what, $name, $reason) = @_;
	my ($r, $folder) = mocked($what);
	my $s = section($folder, 'ad.groups');
	ok(($r->{code} == 3 || $r->{code} == 6) && $s->{state} eq 'partial'
		&& !$s->{count} && $s->{reason} =~ $reason,
		"$name: partial, and why", told($r, $s));
	ok($r->{seconds} < 30, "$name: ends in time", $r->{seconds});
	exit_is(run({}, $bin, 'verify', $folder), 0, "$name: verify");
}

# What is below a part of the directory that goes away while it is read is not
# all there is.
sub settings {
	my ($what, $state, $name) = @_;
	my ($r, $folder) = mocked($what);
	my $s = section($folder, 'ad.exchange');
	ok($s->{state} eq $state && $s->{count} == ($state eq 'complete'
		? 2 : 1), "$name: $state", told($r, $s));
}

# Ctrl-C is heard between two pieces of the same object.
sub interrupted {
	my ($r, $folder) = mocked('range-slow', sub {
		my ($c) = @_;
		await(20, sub { read_file("$c->{base}.err") =~
			/^AD contacts: /m });
		select undef, undef, undef, 1;
		kill 'INT', $c->{pid};
	});
	ok($r->{code} == 6 && $r->{err} =~ /AD groups: interrupted/ &&
		$r->{seconds} < 10, 'Ctrl-C in the midst of members',
		told($r, section($folder, 'ad.groups')));
}
