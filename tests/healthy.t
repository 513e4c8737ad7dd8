#!/usr/bin/perl
# Healthy organisations, made by tests/healthy, whose tenants are in sync: what
# is forecast for them is nothing, and what is found is at most for information.
# HEALTHY_PEOPLE=100000 for a large one, HEALTHY_SEEDS for more mixtures.
# HEALTHY_KEEP names a folder for the files.
use strict;
use warnings;
use utf8;
use File::Basename qw(dirname);
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use JSON::XS;
use lib dirname(__FILE__) . '/healthy';
use Odd qw(%odd);
use Organisation qw(organisation mixed);
use lib dirname(__FILE__) . '/lib';
use Trial qw(add_section done ok run slurp spew);

my $bin = $ENV{SYNCSCOPE} // dirname(__FILE__) . '/../build/syncscope';
my $people = $ENV{HEALTHY_PEOPLE} // 3000;
my $seeds = $ENV{HEALTHY_SEEDS} // 8;
my $tmp = $ENV{HEALTHY_KEEP} // tempdir(CLEANUP => 1);
my $json = JSON::XS->new->utf8->canonical;
my $tenant = '00000000-0000-4000-8000-0000000000f0';

sub features {
	return { softMatchOnUpnEnabled => JSON::XS::true,
		synchronizeUpnForManagedUsersEnabled => JSON::XS::true,
		quarantineUponUpnConflictEnabled => JSON::XS::true,
		quarantineUponProxyAddressesConflictEnabled => JSON::XS::true,
		passwordSyncEnabled => JSON::XS::true,
		blockSoftMatchEnabled => JSON::XS::true,
		blockCloudObjectTakeoverThroughHardMatchEnabled =>
			JSON::XS::true };
}

sub policy {
	my ($w) = @_;
	my @roots = map { $_->{dn} } grep { $_ != $w->{resource} }
		@{$w->{forestList}};
	my %scope = ('corp.contoso.com' => { domains => [map { $_->{dns} }
		grep { $_ != $w->{resource} } @{$w->{forestList}}], scope =>
		$w->{wholeDomain} ? { include => \@roots, exclude => [map {
		("OU=Leavers,$_", "CN=Microsoft Exchange System Objects,$_") }
		@roots] } : { include => [map { my $root = $_; map {
		"OU=$_,$root" } qw(Staff 東京 Mail Groups Partners Service
		Admins), $w->{forests} > 1 && $root eq $w->{home}{dn} ? 'GAL'
		: () } @roots] } });
	$scope{'exch.contoso.net'} = { scope => { include => [map {
		"OU=$_,$w->{resource}{dn}" } qw(Linked GAL Migrated)] } }
		if $w->{forests} > 1;
	my %sync = (engine => $w->{engine});
	$sync{version} = $w->{version} if $w->{version}
		&& $w->{engine} eq 'connect';
	$sync{anchor} = 'ms-DS-ConsistencyGuid' if $w->{saysAnchor};
	$sync{join} = $w->{join} if $w->{saysJoin} && $w->{engine} eq 'connect';
	return { forests => \%scope, licensing => { exchangeOnline =>
		'tenant' }, sync => \%sync };
}

# The snapshots of an organisation: one a forest, and the tenant's.
sub collect {
	my ($w, $folder) = @_;
	my @snapshots;
	for my $f (@{$w->{forestList}}) {
		my $before = "$folder/$f->{dns}.before";
		run($bin, qw(collect import), "$before.ldif", '--collected',
			"2026-05-01T06:00:00Z -o $before") if $w->{history};
		push @snapshots, $before if $w->{history};
		push @snapshots, "$folder/$f->{dns}.snapshot";
		run($bin, qw(collect import), "$folder/$f->{dns}.ldif",
			'--collected 2026-11-28T06:00:00Z -o', $snapshots[-1]);
	}
	run($bin, qw(collect import), (map { "$folder/$_.json" } qw(users
		groups contacts deleted domains)), $w->{mailboxes}
		? "$folder/mailboxes.csv" : (), '--collected',
		'2026-11-28T06:10:00Z -o', "$folder/tenant.snapshot");
	add_section("$folder/tenant.snapshot", 'tenant.sync',
		{ id => $tenant, features => features() })
		if $w->{saysFeatures};
	add_section("$folder/tenant.snapshot", 'tenant.role-members',
		map { { id => $_, roleId => "$tenant", type => 'user' } }
		@{$w->{holders}});
	add_section("$folder/tenant.snapshot", 'tenant.sync-behavior',
		map { { %$_, isCloudManaged => JSON::XS::true } }
		@{$w->{converted}});
	return @snapshots, "$folder/tenant.snapshot";
}

sub rows {
	my ($path) = @_;
	return map { $json->decode($_) } split /\n/, slurp($path);
}

# The organisation made, read and judged.
sub judged {
	my ($name, $seed, $size, %asked) = @_;
	my $folder = "$tmp/$name";
	make_path($folder);
	my $w = organisation($folder, $seed, $size, %asked);
	spew("$folder/policy.json", $json->encode(policy($w)));
	run($bin, 'analyze', collect($w, $folder), '--policy',
		"$folder/policy.json", '-o', "$folder/findings");
	return { w => $w, findings =>
		[rows("$folder/findings/findings.ndjson")], forecasts =>
		[rows("$folder/findings/forecast.ndjson")], manifest =>
		$json->decode(slurp("$folder/findings/manifest.json")) };
}

# The first few, cut.
sub told {
	return map { substr $json->encode($_), 0, 600 }
		@_[0 .. ($#_ > 9 ? 9 : $#_)];
}

# A converted account is left alone, and that is told as blocked.
sub rests {
	my ($w, $f) = @_;
	return 1 if ($f->{action} // '') eq 'none';
	return ($f->{action} // '') eq 'blocked' && $f->{match} eq 'none'
		&& grep { $_->{id} eq $f->{matchedId} }
		@{$w->{converted}};
}

# Whatever the mixture: nothing happens, to as many objects as are in sync.
sub quiet {
	my ($name, $r) = @_;
	my @moving = grep { !rests($r->{w}, $_) } @{$r->{forecasts}};
	ok(!@moving, "$name: nothing is forecast to happen", told(@moving));
	my $synced = grep { $_->{inScope} && ($_->{match} // '') eq 'synced' }
		@{$r->{forecasts}};
	ok($synced + @{$r->{w}{converted}} == $r->{w}{count}, "$name: all are in sync",
		"$synced of $r->{w}{count}");
}

# What Exchange Online manages differs from AD's copy, which is no fault, but
# told (tests/cases/exchange-attributes-in-cloud).
sub is_copy {
	my ($f) = @_;
	return $f->{rule} eq 'cloud-managed-differs'
		&& $f->{severity} eq 'low'
		&& $f->{authority} eq 'exchange-online';
}

sub silent {
	my ($name, $r) = @_;
	my @loud = grep { $_->{severity} ne 'info' && !is_copy($_) }
		@{$r->{findings}};
	ok(!@loud, "$name: nothing is found above info", told(@loud));
}

sub model {
	my ($name, $r, $least) = @_;
	my $m = $r->{manifest}{model};
	ok($m && $m->{inSync} >= 0.95 * $r->{w}{proving}, "$name: the evidence",
		told($m));
	ok($m && $m->{explained} >= $least * $m->{inSync},
		"$name: the model explains what is in sync", told($m));
	my $said = run($bin, 'report', '-v', "$tmp/$name/findings", '-o',
		"$tmp/$name/report");
	ok($said =~ /^Forecast: it explains (\S+) % of $m->{inSync} objects/m
		&& $1 >= 100 * $least, "$name: and the report says so", $said);
}

sub sure {
	my ($name, $r) = @_;
	my @scoped = grep { $_->{inScope} } @{$r->{forecasts}};
	my @unsure = grep { $_->{confidence} eq 'uncertain' } @scoped;
	ok(@unsure <= 0.02 * @scoped, "$name: at least 98 % are documented or "
		. 'derived', scalar(@unsure) . ' of ' . @scoped, told(@unsure));
}

my $large = judged('large', 1, $people, history => 1, stamps => 1,
	mailboxes => 1);
quiet('large', $large);
silent('large', $large);
model('large', $large, 0.995);
sure('large', $large);

# AD alone, without a policy: nothing is known of the scope, of licences or of
# domains, and so nothing of it is wrong.
sub alone {
	my ($name, $r) = @_;
	run($bin, 'analyze', (map { ("$tmp/$name/$_->{dns}.snapshot",
		-d "$tmp/$name/$_->{dns}.before"
		? "$tmp/$name/$_->{dns}.before" : ()) }
		@{$r->{w}{forestList}}), '-o', "$tmp/$name/alone");
	my @loud = grep { $_->{severity} ne 'info' }
		rows("$tmp/$name/alone/findings.ndjson");
	ok(-e "$tmp/$name/alone/manifest.json" && !@loud,
		"$name: nothing is found above info of AD alone", told(@loud));
}

# Of the kinds of healthy organisations every other one.
for my $seed (1 .. $seeds) {
	my $r = judged("mixture-$seed", $seed, 500, mixed($seed,
		$seed % 2 ? sort keys %odd : ()));
	quiet("mixture $seed", $r);
	next if $seed % 2;
	silent("mixture $seed", $r);
	sure("mixture $seed", $r);
	alone("mixture-$seed", $r);
}

alone('large', $large);

# What the documents do not know: the accounts prove it.
my $quirks = judged('quirks', 99, 800, quirks => 30, unknownSync => 0,
	staleSync => 0);
quiet('quirks', $quirks);

# A.4, B.14: nobody exported who manages the mailboxes; what the accounts hold
# tells that AD is not asked.
my $unsaid = judged('unsaid', 98, 800, ownerUnsaid => 1, unknownSync => 0,
	staleSync => 0);
quiet('unsaid', $unsaid);

done();
