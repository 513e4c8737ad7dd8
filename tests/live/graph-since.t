#!/usr/bin/perl
# "collect tenant --since": what changed, and nothing else, is read again, and
# the snapshot equals a whole reading; where links are of no use it is one.
use strict;
use warnings;
use File::Basename qw(dirname);
use lib dirname(__FILE__);
use Graph;
use JSON::XS ();
use Live;

my $t = started_tenant(users => 1500, groups => 60, contacts => 40);
my ($runs, $last) = (0, "$tmp/first");

exit_is(collect($t, $last, '-q', '--delta-links'), 0, 'first');
ok(3 == grep({ /"deltaLink"/ } split /\n/,
	read_file("$last/manifest.json")), 'three links are kept');

nothing();
changed();
memberships();
deleted();
restored();
created();
expired();
much();
without_links();
foreign();
interrupted();
odd_changes();
no_link();
lacking();
another_token();
done();

# Goes on from the snapshot before; equals a whole reading. How many requests.
sub goes_on {
	my ($name, @changes) = @_;
	control($t, 'change', \@changes) if @changes;
	my ($next, $whole) = ("$tmp/since" . ++$runs, "$tmp/whole$runs");
	forget($t);
	exit_is(collect($t, $next, '--since', $last), 0, $name);
	my @asked = log_of($t);
	exit_is(collect($t, $whole, '-q'), 0, "$name: a whole reading");
	my $odd = same_objects(objects($whole), objects($next));
	ok(!$odd, "$name: equals it", $odd);
	exit_is(run({}, $bin, 'verify', $next), 0, "$name: verified");
	$last = $next;
	return grep { $_->{url} =~ m{^/v1} } @asked;
}

sub lists {
	return grep { $_->{url} =~ m{^/v1.0/(?:users|groups|contacts)\?} } @_;
}

sub notes {
	return join ' ', @{manifest($last)->{notes}};
}

sub nothing {
	my @asked = goes_on('nothing changed');
	ok(!lists(@asked), 'nothing changed: no list is read');
	ok(notes() =~ /Read as differences/, 'nothing changed: a note', notes());
	ok(!grep({ $_->{url} =~ m{groups/[^/]*/members} } @asked),
		'nothing changed: no members are read');
}

sub changed {
	my @asked = goes_on('names changed', map { { kind => 'user', n => $_,
		set => { displayName => "Other $_" } } } 3, 4, 3, 700);
	ok(3 == grep({ $_->{url} =~ m{users/[^/]*\?\$select} } @asked),
		'names changed: each is read once');
	goes_on('an object changed in all kinds', { kind => 'group', n => 4,
		set => { displayName => 'Other' } }, { kind => 'contact',
		n => 4, set => { displayName => 'Other' } });
}

sub memberships {
	my @asked = goes_on('members came and went', { kind => 'group', n => 5,
		add => [7, 8, 1400], drop => [185, 186] }, { kind => 'group',
		n => 1, add => [9] });
	ok(2 == grep({ $_->{url} =~ m{groups/[^/]*/members} } @asked),
		'members came and went: two groups are asked');
}

sub deleted {
	goes_on('users, groups and contacts deleted', { kind => 'user',
		n => 190, remove => 1 }, { kind => 'user', n => 191,
		purge => 1 }, { kind => 'group', n => 7, purge => 1 },
		{ kind => 'contact', n => 9, purge => 1 });
}

# Groups do not tell that a member came back.
sub restored {
	my @asked = goes_on('a user restored', { kind => 'user', n => 190,
		restore => 1 });
	ok(notes() =~ /members of all groups were read again/,
		'a user restored: a note', notes());
	goes_on('deleted and restored at once', { kind => 'user', n => 20,
		remove => 1 }, { kind => 'user', n => 20, restore => 1 });
}

sub created {
	goes_on('created', { kind => 'user', n => 5000, create => 1 },
		{ kind => 'group', n => 5000, create => 1 });
}

sub expired {
	control($t, 'state', { deltaAge => 1000 });
	my @asked = goes_on('links that have expired');
	control($t, 'state', { deltaAge => 0 });
	ok(3 == grep({ $_->{status} == 410 } @asked) && 3 <= lists(@asked),
		'links that have expired: 410, then all is read');
	ok(notes() =~ /tenant users: read again: 410 syncStateNotFound/,
		'links that have expired: a note', notes());
	goes_on('after that', { kind => 'user', n => 30,
		set => { jobTitle => 'x' } });
}

sub much {
	my @asked = goes_on('much changed', map { { kind => 'user', n => $_,
		set => { jobTitle => 'y' } } } 100 .. 1150);
	ok(notes() =~ /users: read again: much has changed/,
		'much changed: read again', notes());
	ok(!grep({ $_->{url} =~ m{users/[^/]*-[^/]*\?\$select} } @asked),
		'much changed: not one by one');
}

sub without_links {
	my $plain = "$tmp/plain";
	exit_is(collect($t, $plain, '-q'), 0, 'no links');
	$last = $plain;
	goes_on('no links');
	ok(notes() =~ /Everything was read again: plain has no links/,
		'no links: a note', notes());
	my @asked = goes_on('then there are');
	ok(!lists(@asked), 'then there are: no list is read');
}

# Links in a manifest that lead elsewhere get no token.
sub foreign {
	my $third = started_tenant(users => 1, groups => 0);
	my $text = read_file("$last/manifest.json");
	my $old = "$tmp/tampered";
	run({}, 'cp', '-r', $last, $old);
	$text =~ s{("deltaLink":\s*")https://127\.0\.0\.1:\d+}
		{$1$third->{url}}g;
	write_file("$old/manifest.json", $text);
	$last = $old;
	goes_on('links that lead elsewhere');
	ok(!log_of($third), 'the other host is never asked');
	stop_pid($third);
	my $other = started_tenant(users => 3, groups => 0, seed => 'other');
	$text = read_file("$last/manifest.json");
	$text =~ s/\Q$t->{url}\E/$other->{url}/g;
	run({}, 'cp', '-r', $last, "$tmp/moved");
	write_file("$tmp/moved/manifest.json", $text);
	says(collect($other, "$tmp/wrong", '--since', "$tmp/moved"), 2,
		qr/is of the tenant \S+, and this is/, 'another tenant');
	ok(!-e "$tmp/wrong", 'another tenant: no snapshot');
	stop_pid($other);
}

sub interrupted {
	control($t, 'change', [map { { kind => 'user', n => $_,
		set => { jobTitle => 'z' } } } 40 .. 60]);
	my $next = "$tmp/cut";
	faults($t, { path => '^/v1.0/users/[^/]*$', skip => 9, times => 1000,
		do => { status => 500 } });
	my $r = collect($t, $next, '--since', $last, '--retries', 0);
	says($r, 6, qr/500/, 'changes that cannot be read');
	ok(section($next, 'tenant.users')->{state} eq 'partial',
		'changes that cannot be read: users are partial');
	faults($t);
	exit_is(collect($t, $next, '--resume'), 0, 'and resumed');
	exit_is(collect($t, "$tmp/cut-whole", '-q'), 0, 'a whole reading');
	my $odd = same_objects(objects("$tmp/cut-whole"), objects($next));
	ok(!$odd, 'and resumed: equals it', $odd);
}

# Changes that do not say that they are all, or of whom they are.
sub odd_changes {
	for (['without a link at their end', { value => [] }, qr/end without a/],
		['of no GUID', { value => [{ id => 'x' }], '@odata.deltaLink' =>
			"$t->{url}/v1.0/users/delta?x" }, qr/no GUID/]) {
		my ($name, $body, $note) = @$_;
		my $next = "$tmp/odd" . ++$runs;
		control($t, 'change', [{ kind => 'user', n => 71, set => {
			jobTitle => $name } }]);
		faults($t, { path => 'users/delta$', do => { status => 200,
			body => $body } });
		exit_is(collect($t, $next, '--since', $last), 0,
			"changes $name");
		exit_is(collect($t, "$next-whole", '-q'), 0, 'a whole reading');
		my $odd = same_objects(objects("$next-whole"), objects($next));
		ok(!$odd, "changes $name: read again", $odd);
		ok("@{manifest($next)->{notes}}" =~ $note,
			"changes $name: a note", @{manifest($next)->{notes}});
	}
}

sub no_link {
	faults($t, { path => 'groups/delta$', do => { status => 403 } });
	exit_is(collect($t, "$tmp/no-link", '--delta-links'), 0,
		'a link that is not given');
	ok(join(" ", @{manifest("$tmp/no-link")->{notes}}) =~
		/tenant groups: no link to later changes: 403/,
		'a link that is not given: a note');
}

# A cloud may lack a property, of single objects and of links as well.
sub lacking {
	my $body = { error => { code => 'Request_BadRequest', message =>
		"Could not find a property named 'faxNumber' on type " .
		"'microsoft.graph.user'." } };
	my $no = { status => 400, body => $body };
	faults($t, { path => 'users/delta$', do => $no });
	my $old = "$tmp/lack";
	exit_is(collect($t, $old, '--delta-links'), 0, 'a property that lacks');
	ok(3 == grep({ /"deltaLink"/ } split /\n/,
		read_file("$old/manifest.json")), 'three links all the same');
	ok(!grep({ $_ eq 'faxNumber' } @{section($old, 'tenant.users')
		->{attributes}}), 'and it is not covered');
	control($t, 'change', [map { { kind => 'user', n => $_, set => {
		jobTitle => 'q' } } } 300 .. 320]);
	faults($t, { path => 'v1.0/users/[^/]*-[^/]*$', times => 5,
		do => $no });
	exit_is(collect($t, "$old-next", '--since', $old), 0,
		'and lacks in changed objects');
	ok(section("$old-next", 'tenant.users')->{count} ==
		section($old, 'tenant.users')->{count}, 'none is lost');
	ok(!grep({ $_ eq 'faxNumber' } @{section("$old-next",
		'tenant.users')->{attributes}}), 'nor is it covered then');
}

# What goes on with another tenant's token would be a mixture.
sub another_token {
	my $folder = "$tmp/mixed";
	faults($t, { path => 'v1.0/users$', times => 1000, do => {
		status => 500 } });
	says(collect($t, $folder, '--retries', 0), 6, qr/500/, 'given up');
	faults($t);
	my $other = started_tenant(users => 3, groups => 0, seed => 'other');
	my $text = read_file("$folder/manifest.json");
	$text =~ s/\Q$t->{url}\E/$other->{url}/g;
	write_file("$folder/manifest.json", $text);
	says(collect($other, $folder, '--resume'), 2, qr/is of the tenant/,
		'resumed with another tenant');
	ok(section($folder, 'tenant.groups')->{count} > 50,
		'resumed with another tenant: what there was stays');
	stop_pid($other);
}
