#!/usr/bin/perl
# Whom an object of AD meets in the tenant, and what becomes of both: the
# forecast against tests/forecast/Encounter.pm, over random encounters in
# tenants of different features. MATCHES says how many, MATCHES_SEED which.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use JSON::XS;
use lib dirname(__FILE__) . '/forecast';
use Encounter qw(encounter outcome);
use lib dirname(__FILE__) . '/lib';
use Trial qw(add_section done ok run slurp spew);

my $bin = $ENV{SYNCSCOPE} // dirname(__FILE__) . '/../build/syncscope';
my $total = $ENV{MATCHES} // 3000;
my $tmp = tempdir(CLEANUP => 1);
my $json = JSON::XS->new->utf8->canonical;
my $group = '11111111-2222-3333-4444-555555555555';
my @roles = map { "29a7e964-67b6-9a9f-5a93-332e29e9b0d$_" } 1, 2;
srand($ENV{MATCHES_SEED} // 20261128);

my %usual = (blockCloudObjectTakeoverThroughHardMatchEnabled => 0,
	blockSoftMatchEnabled => 0, softMatchOnUpnEnabled => 1,
	synchronizeUpnForManagedUsersEnabled => 1, passwordSyncEnabled => 1,
	quarantineUponProxyAddressesConflictEnabled => 1,
	quarantineUponUpnConflictEnabled => 1,
	allowOnPremUpdateOfOnPremisesObjectIdentifierEnabled => 0);
my @tenants = ({}, { blockSoftMatchEnabled => 1 },
	{ softMatchOnUpnEnabled => 0 },
	{ blockCloudObjectTakeoverThroughHardMatchEnabled => 1 },
	{ synchronizeUpnForManagedUsersEnabled => 0 },
	{ allowOnPremUpdateOfOnPremisesObjectIdentifierEnabled => 1 });
my %context = (deletedItems => 'microsoft.graph.user/deletedItems');

# ---- running ----

sub page {
	my ($name, @rows) = @_;
	spew("$tmp/$name.json", $json->encode({ '@odata.context' =>
		'https://graph.microsoft.com/v1.0/$metadata#' . ($context{$name}
		// $name), value => \@rows }));
}

sub domain {
	my ($name, %more) = @_;
	return { id => $name, isVerified => JSON::XS::true, isInitial =>
		JSON::XS::false, isDefault => JSON::XS::false,
		authenticationType => 'Managed', %more };
}

# Roles held, held by way of a group, and one that is no privileged one.
sub roles {
	my (@met) = @_;
	my $of = sub { my ($how) = @_; return map { $_->{row}{id} }
		grep { ($_->{holder}{role} // '') eq $how } @met };
	my $member = sub { my ($role, $id, $type) = @_; return { roleId =>
		$role, id => $id, type => $type } };
	add_section("$tmp/s", 'tenant.roles', { id => $roles[0], displayName =>
		'User Administrator' }, { id => $roles[1], displayName =>
		'Message Center Reader' });
	add_section("$tmp/s", 'tenant.role-members',
		$member->($roles[0], $group, 'group'),
		(map { $member->($roles[0], $_, 'user') } $of->('held')),
		map { $member->($roles[1], $_, 'user') } $of->('reader'));
	add_section("$tmp/s", 'tenant.group-members', map { { groupId => $group, id =>
		$_, type => 'user' } } $of->('by group'));
}

# The lines of the forecast, by the number of the object.
sub forecast {
	my ($features, @all) = @_;
	my @met = grep { $_->{holder} } @all;
	my @gone = grep { $_->{holder}{how} eq 'deleted' } @met;
	my $of = sub { my ($class) = @_; return map { $_->{row} }
		grep { $_->{holder}{class} eq $class && $_->{holder}{how}
		ne 'deleted' } @met };
	system "rm -rf $tmp/*";
	spew("$tmp/ad.ldif", "version: 1\n\n", map { $_->{ldif} } @all);
	page('users', $of->('user'), map { $_->{near} // () } @met);
	page('groups', $of->('group'));
	page('contacts', $of->('contact'));
	page('deletedItems', map { $_->{row} } @gone);
	page('domains', domain('x.nl', isDefault => JSON::XS::true),
		domain('t.onmicrosoft.com', isInitial => JSON::XS::true));
	spew("$tmp/policy.json", '{"licensing":{"exchangeOnline":"tenant"}}');
	run("$bin collect import $tmp/ad.ldif $tmp/*s.json --collected "
		. "2026-11-28T06:00:00Z -o $tmp/s");
	add_section("$tmp/s", 'tenant.sync', { id => '1', features => { map { $_ =>
		$features->{$_} ? JSON::XS::true : JSON::XS::false }
		keys %$features } });
	add_section("$tmp/s", 'tenant.sync-behavior', map { { id => $_->{row}{id},
		type => 'user', isCloudManaged => JSON::XS::true } }
		grep { $_->{holder}{converted} } @met);
	roles(@met);
	run("$bin analyze $tmp/s --policy $tmp/policy.json -o $tmp/f");
	return map { $_->{dn} =~ /^CN=Object (\d+),/ ? ($1 => $_) : () }
		map { $json->decode($_) } split /\n/,
		slurp("$tmp/f/forecast.ndjson");
}

# ---- comparing ----

sub has {
	my ($f, $address) = @_;
	return scalar grep { lc $_ eq lc "smtp:$address" }
		@{$f->{proxyAddresses}};
}

# B.16: what SharePoint wrote stays.
sub takes_from_services {
	my ($f) = @_;
	return scalar grep { ($_->{from} // '') =~ /^SPO:/ }
		@{$f->{changes} // []};
}

sub difference {
	my ($e, $want, $f) = @_;
	for my $key (grep { defined $want->{$_} } qw(action match)) {
		my $is = $f->{$key} // 'null';
		return "$key $is, want $want->{$key}" if $is ne $want->{$key};
	}
	return "match $f->{match}" if defined $want->{matchNot}
		&& ($f->{match} // '') eq $want->{matchNot};
	return "$want->{lacks} is its" if defined $want->{lacks}
		&& has($f, $want->{lacks});
	return "$want->{has} is not its" if defined $want->{has}
		&& !has($f, $want->{has});
	return "it signs in as $f->{upn}" if $want->{upnTaken}
		&& lc($f->{upn} // '') eq lc $e->{object}{upn};
	return "upn $f->{upn}" if defined $want->{upn}
		&& lc($f->{upn} // '') ne lc $want->{upn};
	return 'SPO: is gone' if takes_from_services($f);
	return '';
}

my $i = 0;
for my $more (@tenants) {
	my $features = { %usual, %$more };
	my @all = map { encounter(++$i) } 1 .. $total / @tenants;
	my %line = forecast($features, @all);
	my (@why, %kinds);
	for my $e (@all) {
		my $f = $line{$e->{object}{i}} // {};
		my $want = outcome($features, $e->{object}, $e->{holder});
		my $differs = difference($e, $want, $f) or next;
		my $kind = "$e->{object}{class} meets "
			. ($e->{holder}{how} // 'nobody') . ": $differs";
		push @why, "$kind\n", $e->{ldif}, $json->encode($e->{row})
			. "\n", $json->encode($f) . "\n"
			if !$kinds{$kind =~ s/\d+/N/gr}++;
	}
	ok(!@why, (join(', ', %$more) || 'the usual') . ': what becomes of '
		. @all . ' objects', (map { "$kinds{$_} $_" } sort keys %kinds),
		@why);
}
done();
