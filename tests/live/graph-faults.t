#!/usr/bin/perl
# "collect tenant" when the service or the way to it fails: what can be
# survived is, and equals an undisturbed reading; what cannot ends with the
# right exit code, a sentence, and a manifest that tells the truth.
use strict;
use warnings;
use File::Basename qw(dirname);
use lib dirname(__FILE__);
use Graph;
use JSON::XS ();
use Live;
use POSIX qw(strftime);
use Time::HiRes qw(sleep time);

my $users = '^/v1\.0/users$';
my $members = '^/v1\.0/groups/[^/]*/members$';
my %page = (path => $users, skip => 1);
my $ever = 1000;
my $denied = { error => { code => 'Authorization_RequestDenied',
	message => 'Insufficient privileges to complete the operation.' } };

my $t = started_tenant(users => 2300, groups => 80, overlap => 2);
exit_is(collect($t, "$tmp/whole", '-q'), 0, 'undisturbed');
my $whole = objects("$tmp/whole");
my $runs = 0;

throttled();
broken();
odd();
lasting();
tokens();
denied();
lacking();
astray();
signals();
killed();
resumed();
sign_in();
done();

sub folder {
	return "$tmp/f" . ++$runs;
}

# What is survived.
sub survives {
	my ($name, $rules, @more) = @_;
	my $folder = folder();
	faults($t, @$rules);
	my $r = collect($t, $folder, @more);
	exit_is($r, 0, $name);
	my $odd = same_objects($whole, objects($folder));
	ok(!$odd, "$name: nothing lacks", $odd);
	return ($r, $folder);
}

# What is not: exit code, sentence, and the state of the users.
sub fails {
	my ($name, $rules, $code, $sentence, $state, @more) = @_;
	my $folder = folder();
	faults($t, @$rules);
	my $r = collect($t, $folder, @more);
	says($r, $code, $sentence, $name);
	ok(section($folder, 'tenant.users')->{state} eq $state,
		"$name: users are $state",
		section($folder, 'tenant.users')->{state});
	my %tries;
	$tries{$_->{url}}++ for grep { $_->{status} =~ /\D/ } log_of($t);
	my ($often) = grep { $tries{$_} > 12 } keys %tries;
	ok(!defined $often, "$name: no page is asked for endlessly", $often);
	exit_is(run({}, $bin, 'verify', $folder), 0, "$name: verified")
		if -d $folder;
	return ($r, $folder);
}

sub throttle {
	my ($after) = @_;
	return { %page, do => { status => 429, headers => defined $after
		? { 'retry-after' => $after } : {} } };
}

sub throttled {
	for (['2', 2], ['1.128', 1.128], ['a date', 1], [undef, 0.7],
		['soon', 0.7], ['-5', 0.7], ['', 0.7]) {
		my ($after, $least) = @$_;
		my $name = 'Retry-After ' . ($after // 'lacks');
		$after = strftime('%a, %d %b %Y %H:%M:%S GMT', gmtime time + 2)
			if defined $after && $after eq 'a date';
		my ($r) = survives($name, [throttle($after)]);
		my $early = refused_early($t, $least);
		ok(!$early, "$name: nothing before", $early);
		ok($r->{err} =~ /made us wait for \d+ s/,
			"$name: says how long it waited", $r->{err});
	}
	survives('all lists throttled', [{ path => '^/v1', times => 9,
		do => { status => 429, headers => { 'retry-after' => 1 } } }]);
	fails('Retry-After of a day', [throttle(86400)], 6,
		qr/asks to wait for 86400 seconds.*--resume/, 'partial');
	fails('throttled for ever', [{ %page, times => $ever,
		do => { status => 429 } }], 6, qr/429; given up after 3 tries/,
		'partial', '--retries', 2);
	control($t, 'state', { load => 1.2 });
	survives('a load of 1.2', []);
	control($t, 'state', { load => 0 });
}

sub broken {
	survives("status $_->[0]", [{ %page, do => { status => $_->[0],
		$_->[1] ? (html => JSON::XS::true) : () } }])
		for [500], [502, 1], [503], [504], [509];
	survives("503 with Retry-After", [{ %page, do => { status => 503,
		headers => { 'retry-after' => '1.5' } } }]);
	for my $how ([reset => 'before'], [reset => 'middle'],
		[cut => 'chunked'], [cut => 'length'], [half => 1],
		[slow => 200]) {
		survives("@$how", [{ %page, do => { @$how } }]);
		survives("@$how, of members", [{ path => $members, skip => 3,
			do => { @$how } }]);
	}
	survives('a server that is silent', [{ %page, do => { stall => 1 } }],
		'--timeout', 1);
	survives('HTML with 200', [{ %page, do => { html => 1 } }]);
	survives('a redirect', [{ %page, do => { status => 302, headers =>
		{ location => 'https://elsewhere.example/' } } }]);
	survives('a page of 200 MB', [{ %page, do => { huge => 2e8 } }]);
	survives('the same, packed', [{ %page, do => { huge => 2e8,
		gzip => 1 } }]);
	survives('deep JSON', [{ %page, do => { deep => 100000 } }]);
	my ($r) = survives('an expired page token', [{ path => $users,
		page => 'later', do => { status => 400, body => { error => {
		code => 'Directory_ExpiredPageToken', message => 'Expired.' }
		} } }]);
	ok(2 == grep({ $_->{url} =~ /users\?\$select/ } log_of($t)),
		'then the list begins once more');
}

# Not strict JSON, but all there is: taken, and said.
sub odd {
	for my $odd ('bom', 'surrogate', 'nul', 'number', 'latin1') {
		my $folder = folder();
		faults($t, { %page, do => { odd => $odd } });
		exit_is(collect($t, $folder), 0, "odd JSON: $odd");
		ok(section($folder, 'tenant.users')->{count} == 2300,
			"odd JSON: $odd: all users");
		my $notes = join ' ', @{manifest($folder)->{notes}};
		ok(($odd ne 'number') == ($notes =~ /no strict JSON/),
			"odd JSON: $odd: a note when mended", $notes);
		exit_is(run({}, $bin, 'verify', $folder), 0,
			"odd JSON: $odd: verified");
	}
}

sub lasting {
	my @few = ('--retries', 1);
	fails('500 for ever', [{ %page, times => $ever, do => { status => 500 }
		}], 6, qr{/users: 500; given up after 2 tries.*--resume},
		'partial', @few);
	fails('HTML for ever', [{ %page, times => $ever, do => { html => 1 } }],
		6, qr/no whole page of Graph/, 'partial', @few);
	fails('cut for ever', [{ %page, times => $ever, do => {
		cut => 'length' } }], 6, qr/cut off|broke/, 'partial', @few);
	fails('200 MB for ever', [{ %page, times => $ever, do => {
		huge => 2e8 } }], 6, qr/larger than 32 MiB/, 'partial', @few);
	fails('a page token that is never good', [{ path => $users,
		page => 'later', times => $ever, do => { status => 400,
		body => '' } }], 6, qr{/users: 400}, 'partial', @few);
	my ($r, $folder) = fails('no list at all', [{ path => '^/v1',
		times => $ever, do => { status => 500 } }], 6, qr/500/,
		'no manifest', @few);
	ok(!-e $folder, 'then there is no snapshot');
	($r, $folder) = fails('members that fail for ever', [{ path =>
		$members, skip => 5, times => $ever, do => { status => 500 } }],
		6, qr{/members: 500}, 'complete', @few);
	ok(section($folder, 'tenant.group-members')->{state} eq 'partial',
		'then members are partial');
}

sub tokens {
	my $folder = folder();
	my ($r) = survives('401 in mid-run', [{ %page, do => { status => 401 }
		}]);
	ok(2 == grep({ $_->{url} =~ /token$/ } log_of($t)),
		'then one more token is asked for');
	fails('401 for ever', [{ %page, times => $ever, do => { status => 401,
		body => { error => { code => 'InvalidAuthenticationToken',
		message => 'Token revoked.' } } } }], 5,
		qr/refuses the token: 401 InvalidAuth.*Token revoked.*--resume/,
		'partial');
	survives('401 of many while throttled', [{ path => $members, skip => 2,
		times => 4, do => { status => 401 } }, { path => $members,
		do => { status => 429, headers => { 'retry-after' => 1 } } }]);
	survives('401 without a try to lose', [{ path => $users, do => {
		status => 401 } }], '--retries', 0);
	control($t, 'state', { lifetime => 2, latency => 60 });
	($r) = survives('tokens that last two seconds', [],
		'--concurrency', 1);
	ok(2 <= grep({ $_->{url} =~ /token$/ } log_of($t)),
		'then some are asked for');
	ok(!grep({ $_->{status} eq '401' } log_of($t)),
		'before they have ended');
	control($t, 'state', { lifetime => 3600, latency => 0 });
	my $p = collect_start($t, "$tmp/never", '--token-stdin', '-q');
	says(wait_for($p), 2, qr/--token-stdin/,
		'two ways to sign in');
}

sub denied {
	my %no = (times => $ever, do => { status => 403, body => $denied });
	my ($r, $folder) = fails('no right to read users', [{ path => $users,
		%no }], 3, qr/User\.Read\.All: 403 Authorization_RequestDenied/,
		'refused');
	ok(section($folder, 'tenant.groups')->{state} eq 'complete',
		'then groups are complete all the same');
	ok(section($folder, 'tenant.users')->{reason} =~ /User\.Read\.All/,
		'and the manifest names the permission');
	($r, $folder) = fails('no right to read members', [{ path => $members,
		%no }], 3, qr/Group\.Read\.All/, 'complete');
	ok(section($folder, 'tenant.group-members')->{state} eq 'refused',
		'then members are refused');
	ok(@{[grep { $_->{url} =~ /members/ } log_of($t)]} < 60,
		'and not each group is asked');
	fails('no right at all', [{ path => '^/v1', %no }], 5,
		qr/no list may be read; --dry-run/, 'refused');
}

sub lacking {
	my $folder = folder();
	faults($t, { path => $users, do => { status => 400, body => { error => {
		code => 'Request_BadRequest', message => 'Could not find a ' .
		"property named 'faxNumber' on type 'microsoft.graph.user'." }
		} } });
	exit_is(collect($t, $folder), 0, 'a property that a cloud lacks');
	my $s = section($folder, 'tenant.users');
	ok($s->{count} == 2300 && !grep({ $_ eq 'faxNumber' }
		@{$s->{attributes}}), 'then it is not asked for, nor covered');
	ok("@{manifest($folder)->{notes}}" =~ /no property faxNumber/,
		'and a note says so');
}

# Where the next page is said to be.
sub astray {
	my $third = started_tenant(users => 1, groups => 0);
	for (["$third->{url}/v1.0/users", 'another host'],
		[$t->{url} =~ s/https/http/r, 'plain http'],
		['file:///etc/passwd', 'a file'],
		["https://x\@127.0.0.1/", 'a user in it'], ['', 'nothing']) {
		fails("a next page at $_->[1]", [{ %page, do => { next =>
			$_->[0] } }], 6, qr/leads elsewhere/, 'partial')
			if length $_->[0];
	}
	ok(!log_of($third), 'the other host is never asked');
	fails('a next page that is this one', [{ %page, times => $ever,
		do => { next => 'loop' } }], 6, qr/round in a circle/,
		'partial');
	stop_pid($third);
}

sub signals {
	my $folder = folder();
	faults($t);
	control($t, 'state', { latency => 150 });
	my $p = collect_start($t, $folder, '--concurrency', 2);
	await(10, sub { glob "$folder.unfinished/tenant-users*" });
	kill 'INT', $p->{pid};
	my $r = wait_for($p, 10);
	control($t, 'state', { latency => 0 });
	says($r, 6, qr/interrupted.*--resume/, 'Ctrl-C');
	my $s = section($folder, 'tenant.users');
	ok($s->{state} eq 'partial' && grep({ $_ eq 'mail' }
		@{$s->{attributes}}), 'Ctrl-C: users are partial, and covered');
	exit_is(run({}, $bin, 'verify', $folder), 0, 'Ctrl-C: verified');
	exit_is(collect($t, $folder, '--resume'), 0, 'Ctrl-C, resumed');
	my $odd = same_objects($whole, objects($folder));
	ok(!$odd, 'Ctrl-C, resumed: nothing lacks', $odd);
}

# A kill leaves no time for anything; what was whole by then is of use.
sub killed {
	my $folder = folder();
	control($t, 'state', { latency => 150 });
	my $p = collect_start($t, $folder, '--concurrency', 6);
	await(10, sub { -s "$folder.unfinished/manifest.json" &&
		glob "$folder.unfinished/tenant-users*" });
	stop_pid($p);
	control($t, 'state', { latency => 0 });
	ok(!-e $folder, 'SIGKILL: no snapshot');
	forget($t);
	exit_is(collect($t, $folder, '--resume'), 0, 'SIGKILL, resumed');
	ok(!grep({ $_->{url} =~ m{^/v1.0/domains} } log_of($t)),
		'SIGKILL, resumed: what was whole is not read again');
	my $odd = same_objects($whole, objects($folder));
	ok(!$odd, 'SIGKILL, resumed: nothing lacks', $odd);
}

sub resumed {
	my ($r, $folder) = fails('given up', [{ %page, times => $ever, do => {
		status => 503 } }], 6, qr/503/, 'partial', '--retries', 0);
	my $before = section($folder, 'tenant.users')->{count};
	faults($t, { path => $users, times => $ever, do => { status => 503 } });
	says(collect($t, $folder, '--resume', '--retries', 0), 6, qr/503/,
		'resumed too early');
	ok(section($folder, 'tenant.users')->{count} >= $before,
		'resumed too early: what was read stays');
	faults($t);
	exit_is(collect($t, $folder, '--resume'), 0, 'resumed');
	ok(!grep({ $_->{url} =~ m{^/v1.0/groups\?} } log_of($t)),
		'resumed: groups are not read again');
	my $odd = same_objects($whole, objects($folder));
	ok(!$odd, 'resumed: nothing lacks', $odd);
	says(collect($t, $folder), 2, qr/exists|already/, 'again without --force');
	exit_is(collect($t, $folder, '--force'), 0, 'with --force');
	says(collect($t, folder(), '--resume'), 2, qr/nothing to resume/,
		'nothing to resume');
}

sub sign_in {
	my $folder = folder();
	my $token = 'oauth2/v2.0/token$';
	survives('a token service that is busy', [{ path => $token, do => {
		status => 503 } }]);
	faults($t, { path => $token, times => $ever, do => { status => 503 } });
	says(collect($t, $folder, '--retries', 1), 6, qr/503/,
		'a token service that is busy for ever');
	faults($t, { path => $token, times => $ever, do => { html => 1 } });
	says(collect($t, $folder, '--retries', 1), 6, qr/none of a sign-in/,
		'a token service that speaks HTML');
	faults($t);
	write_file("$tmp/wrong", 'open-barley');
	says(collect($t, $folder, '--secret-file', "$tmp/wrong"), 5,
		qr/AADSTS7000215.*the secret's value/, 'a wrong secret');
	ok(!-e $folder, 'then there is no snapshot');
}
