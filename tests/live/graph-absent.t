#!/usr/bin/perl
# "collect tenant" when a list answers "not found", or something on the way
# answers in place of Graph: what is not known is never read as empty, and what
# never changes ends soon.
use strict;
use warnings;
use File::Basename qw(dirname);
use lib dirname(__FILE__);
use Graph;
use JSON::XS ();
use Live;
use Time::HiRes qw(stat);

my $ever = 1000;
my $html = JSON::XS::true;
# Several at once: what lasts is mostly waited for.
my @tenants = map { started_tenant(users => 1100, groups => 24, contacts => 5,
	members => 150) } 1 .. 5;
my $t = $tenants[0];
exit_is(collect($t, "$tmp/whole", '-q'), 0, 'undisturbed');
my $whole = objects("$tmp/whole");
my %name = map { ($_->{id}, $_->{displayName}) } map {
	@{rows("$tmp/whole", "tenant.$_")} } 'groups', 'roles';
# One after the other, and with names that are no trial.
my @groups = map { $_->{id} } grep { $_->{displayName} =~ /^Group \d+$/ }
	@{rows("$tmp/whole", 'tenant.groups')};
my ($role) = map { $_->{roleId} } @{rows("$tmp/whole", 'tenant.role-members')};
my ($members, $roles) = ('tenant.group-members', 'tenant.role-members');

sub gone_json {
	return (status => 404, body => { error => { code =>
		$_[0] // 'Request_ResourceNotFound', message => 'gone' } });
}

# The members of the groups with these numbers; and the groups themselves.
sub lists {
	return '^/v1.0/groups/(?:' . join('|', @groups[@_]) . ')/members$';
}

sub whole_groups {
	return '^/v1.0/groups/(?:' . join('|', @groups[@_]) . ')(?:/members)?$';
}

# What passes: nothing lacks.
my @passing = (
	['404 in JSON, once', { path => lists(4), do => { gone_json() } }],
	['404 in HTML, once', { path => lists(4), do => { status => 404,
		html => $html } }],
	['404 of a second page, once', { path => '/members$', page => 'later',
		do => { gone_json() } }],
	['404 of users, once', { path => '^/v1.0/users$', do => {
		gone_json() } }],
	['404 of a role, once', { path => "$role/members\$", do => {
		gone_json() } }],
	['404 of three in a row, once each', { path => lists(4, 5, 6),
		times => 3, do => { gone_json() } }],
	['403 in HTML, once', { path => lists(4), do => { status => 403,
		html => $html } }],
	['511, twice', { path => '^/v1.0/domains$', times => 2, do => {
		status => 511, html => $html } }],
);

# What stays: exit code, section, its state, and a reason; members are lost.
my @lasting = (
	['404 in HTML', lists(4), { status => 404, html => $html },
		3, $members, qr{/members: 404 with HTML, which is no answer of}],
	['404 without a body', lists(4), { status => 404 },
		3, $members, qr{/members: 404, which is no answer of}],
	['404 in other JSON', lists(4), { status => 404, body => {
		value => [] } }, 3, $members, qr{/members: 404, which is no}],
	['404 with another code', lists(4), { gone_json('UnknownError') },
		3, $members, qr{/members: 404 UnknownError: gone}],
	['404 of an owner that is there', lists(4), { gone_json() },
		3, $members, qr{/members: 404, though the object itself is th}],
	['404 of a second page', '/groups/.*members$', { gone_json() },
		3, $members, qr{/members: 404 .*after a page that was found},
		page => 'later'],
	['404 of two groups in a row', whole_groups(4, 5), { gone_json() },
		3, $members, qr{/members: 404 .*the one asked for before or}],
	['an owner whom a proxy answers for', whole_groups(4), {
		status => 404, html => $html }, 3, $members, qr/404 with HTML/],
	['404 of a role', "$role(?:/members)?\$", { gone_json() },
		3, $roles, qr{/members: 404 .*such objects do not vanish}],
	['404 of users', '^/v1.0/users$', { gone_json() },
		3, 'tenant.users', qr{/users: 404 Request_Resou}],
	['404 in HTML of users', '^/v1.0/users$', { status => 404,
		html => $html }, 3, 'tenant.users', qr{/users: 404 with HTML}],
	['404 of the second page of users', '^/v1.0/users$', { gone_json() },
		3, 'tenant.users', qr{/users: 404 }, page => 'later'],
	['a captive portal', '^/v1.0/users$', { status => 302, headers => {
		location => 'https://portal.example/sign-in?x' } }, 6,
		'tenant.users', qr{302, a redirect to portal\.example, which is}],
	['a redirect to nowhere', '^/v1.0/users$', { status => 307 },
		6, 'tenant.users', qr{307, a redirect, which is not followed}],
	['HTML with 200', '^/v1.0/users$', { html => $html },
		6, 'tenant.users', qr{no whole page of Graph, but HTML: is a c}],
	['JSON too deep', '^/v1.0/users$', { deep => 100000 },
		6, 'tenant.users', qr{want fewer than 32 levels}],
	['HTML for all members', '/members$', { html => $html },
		6, $members, qr{but HTML: is a captive portal}],
	['the same, one at a time', '/groups/.*members$', { html => $html },
		6, $members, qr{but HTML}, options => ['--concurrency', 1]],
	['404 in JSON for all members', '/members$', { gone_json() },
		3, $members, qr{the object itself is there}],
	['404 in HTML for all members', '/members$', { status => 404,
		html => $html }, 3, $members, qr{404 with HTML}],
);

my @wanted = split /;/, $ENV{CASES} // '';
my $runs = 0;
together(\&passes, grep { wanted($_->[0]) } @passing);
together(\&lasts, grep { wanted($_->[0]) } @lasting);
known() if wanted('gone');
changed() if wanted('changed');
nothing_at_all() if wanted('nothing');
sign_in() if wanted('sign-in');
done();

sub wanted {
	my ($name) = @_;
	return !@wanted || grep { $name eq $_ } @wanted;
}

# A run that was begun: what is to be waited for.
sub begin {
	my ($tenant, $rule, @more) = @_;
	my $folder = "$tmp/a" . ++$runs;
	faults($tenant, $rule);
	return { %{collect_start($tenant, $folder, '--page-size', 100, @more)},
		folder => $folder };
}

sub one {
	my ($rule, @more) = @_;
	my $p = begin($t, $rule, @more);
	return (wait_for($p, 100), $p->{folder});
}

# Each scenario by a tenant of its own; USE begins it, and tells how to judge.
sub together {
	my ($use, @scenarios) = @_;
	while (my @some = splice @scenarios, 0, @tenants) {
		my @judges = map { $use->($tenants[$_], @{$some[$_]}) }
			0 .. $#some;
		$_->() for @judges;
	}
}

sub passes {
	my ($tenant, $name, $rule) = @_;
	my $p = begin($tenant, $rule);
	return sub {
		exit_is(wait_for($p, 100), 0, $name);
		my $odd = same_objects($whole, objects($p->{folder}));
		ok(!$odd, "$name: nothing lacks", $odd);
	};
}

sub lasts {
	my ($tenant, $name, $path, $do, @want) = @_;
	my ($code, $section, $reason, %o) = @want;
	my @more = @{delete $o{options} // []};
	my $p = begin($tenant, { path => $path, times => $ever, do => $do,
		%o }, @more);
	return sub {
		says(my $r = wait_for($p, 100), $code, $reason, $name);
		# When its turn comes it may have ended long ago.
		$r->{seconds} = (stat "$p->{folder}/manifest.json")[9] -
			$p->{began};
		judge($name, $p->{folder}, $section, $reason);
		ends_soon($name, $r);
		my $s = section($p->{folder}, $section);
		note(sprintf '%-36s %d  %4.1f s  %s %s: %s', $name, $r->{code},
			$r->{seconds}, $section, $s->{state}, $s->{reason});
	};
}

sub ends_soon {
	my ($name, $r) = @_;
	ok($r->{seconds} < 20, "$name: ends within 20 s", $r->{seconds});
}

sub judge {
	my ($name, $folder, $section, $reason) = @_;
	my $s = section($folder, $section);
	my $state = $name eq '404 of users' ? 'refused' : 'partial';
	ok($s->{state} eq $state, "$name: $section is $state", $s->{state});
	ok($s->{reason} =~ $reason, "$name: the reason", $s->{reason});
	named($name, $folder, $s) if $section =~ /members/;
	exit_is(run({}, $bin, 'verify', $folder), 0, "$name: verified");
}

# Whose list lacks is said by name and id.
sub named {
	my ($test, $folder, $s) = @_;
	my ($id) = $s->{reason} =~ m{/([0-9a-f-]{36})/members};
	my $name = $name{$id // ''} // '';
	$name =~ s/[^ -~].*//s;
	ok(defined $id && index($s->{reason}, qq("$name)) == 0,
		"$test: the reason names the owner", $s->{reason});
	ok(grep({ index($_, $s->{reason}) > 0 } @{manifest($folder)->{notes}}),
		"$test: and so does a note");
}

# One that was deleted meanwhile, and two that do not follow each other.
sub known {
	for ([4], [4, 7], [$#groups]) {
		my $name = "groups @$_ are gone";
		my ($r, $folder) = one({ path => whole_groups(@$_), times =>
			$ever, do => { gone_json() } });
		exit_is($r, 0, $name);
		my $s = section($folder, $members);
		ok($s->{state} eq 'complete', "$name: complete", $s->{reason});
		my $notes = join "\n", @{manifest($folder)->{notes}};
		for my $id (@groups[@$_]) {
			ok(index($notes, qq("$name{$id}" ($id) was gone)) > 0,
				"$name: $name{$id} is named", $notes);
			ok(1 == grep({ $_->{url} eq
				"/v1.0/groups/$id?\$select=id" } log_of($t)),
				"$name: $name{$id} is asked for once");
		}
	}
}

# An object that is read for itself since it changed: as a proxy says, it is
# not there, and is no deleted one for that.
sub changed {
	my $old = "$tmp/links";
	faults($t);
	exit_is(collect($t, $old, '-q', '--delta-links'), 0, 'with links');
	control($t, 'change', [{ kind => 'user', n => 700, set => {
		displayName => 'Other' } }]);
	my ($r, $folder) = one({ path => '^/v1.0/users/[^/]*-[^/]*$',
		times => $ever, do => { status => 404, html => $html } },
		'--since', $old);
	says($r, 3, qr{/users: 404 with HTML}, 'a changed object: 404 in HTML');
	ok(section($folder, 'tenant.users')->{state} eq 'partial',
		'a changed object: 404 in HTML: users are partial');
	ends_soon('a changed object: 404 in HTML', $r);
}

# All lists are answered for by something on the way.
sub nothing_at_all {
	for (['404 in HTML', { status => 404, html => $html }],
		['a captive portal', { status => 302, headers => {
		location => 'http://portal.example/' } }]) {
		my ($name, $do) = @$_;
		my ($r, $folder) = one({ path => '^/v1', times => $ever,
			do => $do });
		says($r, 6, qr/captive portal or a proxy on the way/,
			"$name for all");
		ok(!-e $folder, "$name for all: no snapshot");
		ends_soon("$name for all", $r);
	}
}

sub sign_in {
	my $token = 'oauth2/v2.0/token$';
	for (['HTML', { html => $html }, qr/none of a sign-in service, but HT/],
		['a redirect', { status => 302, headers => { location =>
			'https://portal.example/' } },
			qr/answered 302, a redirect to portal\.example/],
		['404 in HTML', { status => 404, html => $html },
			qr/answered 404 with HTML, which is no answer/]) {
		my ($name, $do, $sentence) = @$_;
		my ($r, $folder) = one({ path => $token, times => $ever,
			do => $do }, '-q');
		says($r, 6, $sentence, "sign-in: $name");
		ok($r->{err} =~ /\A[^\n]*\n\z/, "sign-in: $name: one sentence",
			$r->{err});
		ends_soon("sign-in: $name", $r);
		ok(!-e $folder, "sign-in: $name: no snapshot");
	}
}
