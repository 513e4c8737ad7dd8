#!/usr/bin/perl
# "collect tenant" against a reading of the same tenant by curl, list after
# list and page after page: the same objects, and of each the same values.
use strict;
use warnings;
use File::Basename qw(dirname);
use lib dirname(__FILE__);
use Graph;
use JSON::XS;
use Live;

my $json = JSON::XS->new->canonical->allow_nonref;
my %paths = (
	'tenant.users' => '/users', 'tenant.groups' => '/groups',
	'tenant.contacts' => '/contacts', 'tenant.domains' => '/domains',
	'tenant.deleted-users' =>
		'/directory/deletedItems/microsoft.graph.user',
	'tenant.organization' => '/organization',
	'tenant.skus' => '/subscribedSkus', 'tenant.roles' => '/directoryRoles',
	'tenant.sync' => '/directory/onPremisesSynchronization',
);

for my $how (['HTTP/2', 2300, 24, http1 => 0],
	['HTTP/1.1', 1100, 12, http1 => 1, overlap => 3]) {
	my ($name, $users, $groups, @more) = @$how;
	my $t = started_tenant(users => $users, groups => $groups,
		contacts => 1005, @more);
	compare($t, $name, $users);
	stop_pid($t);
}
odd_values();
versions();
done();

# All pages of a path; a list of objects without annotations.
sub read_all {
	my ($t, $path, $token) = @_;
	my @all;
	for (my $url = "$t->{url}/v1.0$path"; $url;) {
		my $r = run({ dir => $tmp }, 'curl', '-sS', '-f', '--cacert',
			$t->{ca}, '-H', "Authorization: Bearer $token", $url);
		die "curl $url: $r->{err}" if $r->{code};
		my $page = decode_json($r->{out});
		push @all, $page->{value} ? @{$page->{value}} : $page;
		$url = $page->{'@odata.nextLink'};
	}
	return @all;
}

sub token {
	my ($t) = @_;
	my $r = run({ dir => $tmp }, 'curl', '-sS', '--cacert', $t->{ca}, '-d',
		'client_secret=sesame-open-the-tenant',
		"$t->{url}/x/oauth2/v2.0/token");
	return decode_json($r->{out})->{access_token};
}

# What curl got, as lines: section, and the object with sorted names.
sub want {
	my ($t) = @_;
	my $token = token($t);
	my %want;
	my $put = sub {
		my ($section, $o) = @_;
		my %plain = map { ($_, $o->{$_}) } grep { !/\@/ } keys %$o;
		$want{"$section " . $json->encode(\%plain)} = 1;
	};
	for my $section (sort keys %paths) {
		$put->($section, $_)
			for read_all($t, "$paths{$section}?\$top=500", $token);
	}
	for my $owner (['groups', 'group'], ['directoryRoles', 'role']) {
		my ($list, $word) = @$owner;
		for my $o (read_all($t, "/$list?\$select=id", $token)) {
			$put->("tenant.$word-members", { "${word}Id" =>
				$o->{id}, id => $_->{id}, type =>
				$_->{'@odata.type'} =~ s/.*\.//r })
				for read_all($t, "/$list/$o->{id}/members",
					$token);
		}
	}
	return \%want;
}

sub have {
	my ($folder) = @_;
	my %have;
	for my $s (map { $_->{name} } @{manifest($folder)->{sections}}) {
		next if $s eq 'tenant.sync-behavior';
		$have{"$s " . $json->encode($_)}++ for @{rows($folder, $s)};
	}
	return \%have;
}

sub compare {
	my ($t, $name, $users) = @_;
	my $folder = "$tmp/read-" . ($name =~ s/\W/-/gr);
	exit_is(collect($t, $folder), 0, $name);
	my ($want, $have) = (want($t), have($folder));
	my ($lacks) = sort grep { !$have->{$_} } keys %$want;
	my ($odd) = sort grep { !$want->{$_} } keys %$have;
	my ($twice) = sort grep { $have->{$_} > 1 } keys %$have;
	ok(!defined $lacks, "$name: all of " . keys(%$want) . ' objects',
		$lacks);
	ok(!defined $odd, "$name: nothing else", $odd);
	ok(!defined $twice, "$name: nothing twice", $twice);
	ok(section($folder, 'tenant.users')->{count} == $users,
		"$name: $users users");
	my ($protocol) = map { $_->{protocol} } grep {
		$_->{agent} =~ /^syncscope/ } log_of($t);
	ok($protocol eq ($name =~ s/HTTP.//r =~ s/^2$/2.0/r),
		"$name is what was spoken", $protocol);
	ok(!(grep { $_->{method} ne 'GET' && $_->{url} !~ /token$/ }
		log_of($t)), "$name: nothing but GET");
	for my $more (['--page-size', 100], ['--compress'],
		['--concurrency', 1]) {
		my $other = "$folder$more->[0]";
		exit_is(collect($t, $other, @$more), 0, "$name, @$more");
		ok(same_counts($folder, $other), "$name, @$more: the same");
		my $r = run({}, $bin, 'verify', $other);
		exit_is($r, 0, "$name, @$more, verified");
	}
}

sub same_counts {
	my ($a, $b) = map { my $f = $_; join ' ', map { "$_->{name}=$_->{count}" }
		@{manifest($f)->{sections}} } @_;
	return $a eq $b;
}

# The first users have what only ever meets a program once.
sub odd_values {
	my $t = started_tenant(users => 80, groups => 30);
	my $folder = "$tmp/odd";
	exit_is(collect($t, $folder), 0, 'odd values');
	my %by = map { ($_->{displayName}, $_) }
		@{rows($folder, 'tenant.users')};
	ok($by{$_->[1]}, "a name with $_->[0]") for (
		['quotes', 'with "quotes" and \\backslash'],
		['a line end', "line\nbreak"], ['escapes', "escape \e[2J"],
		['marks of direction', "right \x{202e}to left"],
		['256 characters', 'x' x 256]);
	my @addresses = sort { $b <=> $a } map { scalar
		@{$_->{proxyAddresses}} } values %by;
	ok($addresses[0] == 392, 'a user with 392 addresses');
	my %causes = map { ($_->{propertyCausingError}, 1) } map {
		@{$_->{onPremisesProvisioningErrors}} } values %by;
	ok(join(' ', sort keys %causes) eq
		'ProxyAddress ProxyAddresses UserPrincipalName',
		'provisioning errors of three kinds', join ' ', keys %causes);
	my %types = map { ($_->{type}, 1) }
		@{rows($folder, 'tenant.group-members')};
	ok(join(' ', sort keys %types) eq
		'device group orgContact servicePrincipal user',
		'members of five types', join ' ', keys %types);
	my @left = map { $_->{id} } grep {
		!defined $_->{onPremisesSyncEnabled} &&
		defined $_->{onPremisesSecurityIdentifier} } map {
		@{rows($folder, $_)} } 'tenant.users', 'tenant.groups';
	my @asked = map { $_->{id} } @{rows($folder, 'tenant.sync-behavior')};
	ok(@left && join(' ', sort @left) eq join(' ', sort @asked),
		'converted objects, and they alone, are asked for authority');
	my $findings = run({}, $bin, 'analyze', $folder, '-o', "$tmp/odd-f");
	ok($findings->{code} == 3, 'analyze takes it', $findings->{err});
	my @found = map { decode_json($_) } split /\n/,
		read_file("$tmp/odd-f/findings.ndjson");
	my @errors = grep { $_->{rule} =~ /^(?:sync|service)-error$/ } @found;
	# The tenant's last synchronization is a day of 2024.
	ok(1 == grep({ $_->{rule} eq 'primary-onmicrosoft' && $_->{upn} eq
		'user25@contoso.example' } @found) &&
		1 == grep({ $_->{rule} eq 'sync-stale' } @found) &&
		@found == 2 + @errors,
		'and finds the one with the tenant\'s own address',
		join ' ', map { $_->{rule} } @found);
	my %told = map { ($_->{upn} // $_->{guid}, 1) } @errors;
	ok(@errors && !grep({ ref $_ && $told{$_->{userPrincipalName} // ''} &&
		!@{$_->{onPremisesProvisioningErrors} // []} &&
		!@{$_->{serviceProvisioningErrors} // []} } values %by),
		'and what the tenant reports, of those of whom it does',
		join ' ', sort keys %told);
	stop_pid($t);
}

# The beta version tells the engine's own version; and only when asked to.
sub versions {
	my $t = started_tenant(users => 5, groups => 0);
	collect($t, "$tmp/v1");
	collect($t, "$tmp/beta", '--beta');
	my ($v1, $beta) = map { rows("$tmp/$_", 'tenant.sync')->[0]
		{configuration}{synchronizationClientVersion} } 'v1', 'beta';
	ok(!defined $v1 && $beta eq '2.5.190.0', 'the engine\'s version');
	ok(1 == grep({ $_->{url} =~ m{^/beta} } log_of($t)),
		'one request goes to beta');
	stop_pid($t);
}
