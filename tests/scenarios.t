#!/usr/bin/perl
# The worked cases of the public documents, one a line in
# tests/forecast/scenarios.ndjson: what AD and the tenant hold, and what the
# tenant will hold then. Where documents contradict each other the case says
# what is assumed. Addresses are sets, compared without case but for
# their prefix; an expected text that begins with "/" is a pattern.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use JSON::XS;

my $here = dirname(__FILE__);
my $bin = $ENV{SYNCSCOPE} // "$here/../build/syncscope";
my $tmp = tempdir(CLEANUP => 1);
my $json = JSON::XS->new->canonical;
my $guid = 'AAAAAAAAAAAAAAAAAAAAAA==';
my %classes = (user => 'user', group => 'group');
my $exchange = { service => 'exchange', capabilityStatus => 'Enabled',
	servicePlanId => '9aaf7827-d63c-4b61-89c3-182f06f82e5c' };

sub write_file {
	my ($path, $text) = @_;
	open my $out, '>:raw', $path or die "$path: $!\n";
	print $out $text;
	close $out or die "$path: $!\n";
}

sub ldif {
	my ($class, $name, $anchor, $ad) = @_;
	my @lines = ("dn: CN=$name,OU=A,DC=corp,DC=example",
		"objectClass: $class", "objectGUID:: $anchor", "cn: $name");
	push @lines, $class eq 'user' ? 'userAccountControl: 512'
		: 'groupType: -2147483640';
	push @lines, 'sAMAccountName: x' . length $name
		if !exists $ad->{sAMAccountName};
	for my $key (sort keys %$ad) {
		my $v = $ad->{$key};
		push @lines, map { "$key: $_" } ref $v ? @$v : $v;
	}
	return join("\n", @lines) . "\n\n";
}

sub account {
	my ($case) = @_;
	my $cloud = $case->{cloud} or return ();
	return { id => '00000000-0000-4000-8000-000000000001',
		onPremisesImmutableId => $guid, onPremisesSyncEnabled =>
		JSON::XS::true, assignedPlans => $case->{licensed}
		? [$exchange] : [], %$cloud };
}

# Another object that holds a value already.
sub other {
	my ($case) = @_;
	my $o = $case->{other} or return ();
	my $nick = $o->{mailNickname} // 'other';
	return { id => '00000000-0000-4000-8000-000000000002',
		onPremisesSyncEnabled => JSON::XS::true,
		onPremisesImmutableId => 'BBBBBBBBBBBBBBBBBBBBBA==',
		proxyAddresses => ["smtp:$nick\@$case->{initial}"], %$o };
}

sub run_case {
	my ($case) = @_;
	my $class = $case->{class} // 'user';
	my $anchor = $class eq 'group' ? { onPremisesSecurityIdentifier =>
		'S-1-5-21-1-2-3-1105' } : {};
	my @accounts = account($case);
	my %ad = %{$case->{ad}};
	my %pages = ($class eq 'user' ? 'users' : 'groups' =>
		[map { { %$_, %$anchor } } @accounts]);

	system "rm -rf $tmp/*";
	$ad{'objectSid:'} = 'AQUAAAAAAAUVAAAAAQAAAAIAAAADAAAAUQQAAA=='
		if $class eq 'group';
	push @{$pages{users}}, other($case);
	$pages{groups} //= [];
	$pages{contacts} = [];
	write_file("$tmp/ad.ldif", ldif($class, 'Subject', $guid, \%ad));
	for my $page (keys %pages) {
		write_file("$tmp/$page.json", $json->encode({
			'@odata.context' => 'https://graph.microsoft.com/v1.0/'
			. "\$metadata#$page", value => $pages{$page} }));
	}
	write_file("$tmp/policy.json", $json->encode({
		tenant => { initialDomain => $case->{initial},
			verifiedDomains => $case->{verified} },
		licensing => { exchangeOnline => $case->{cloud} ? 'tenant'
			: $case->{licensed} ? 'all' : 'none' },
		assume => $case->{assume} // {} }));
	my $said = `$bin collect import --collected 2026-01-01 -o $tmp/s $tmp/ad.ldif $tmp/*s.json 2>&1;
		$bin analyze $tmp/s --policy $tmp/policy.json -o $tmp/f 2>&1`;
	open my $in, '<:raw', "$tmp/f/forecast.ndjson" or return { said => $said };
	my @lines = map { $json->decode($_) } <$in>;
	return $lines[0] // { said => $said };
}

sub same_text {
	my ($want, $got) = @_;
	return !defined $got if !defined $want;
	return 0 if !defined $got;
	return $got =~ /$1/i if $want =~ m{^/(.*)};
	return lc $want eq lc $got;
}

sub same_address {
	my ($want, $got) = @_;
	return $got =~ /$1/ if $want =~ m{^/(.*)};
	my ($a, $x) = split /:/, $want, 2;
	my ($b, $y) = split /:/, $got, 2;
	return $a eq $b && lc $x eq lc $y;
}

sub same_set {
	my ($want, $got) = @_;
	return @$want == @$got && !grep {
		my $w = $_;
		!grep { same_address($w, $_) } @$got
	} @$want;
}

sub differences {
	my ($case, $got) = @_;
	return 'no forecast of it' if !defined $got->{dn};
	my %want = %{$case->{expect}};
	my $but = delete $want{but} // '';
	my @proxies = grep { !($but eq 'moera'
		&& /\@\Q$case->{initial}\E$/i) } @{$got->{proxyAddresses} // []};
	my @bad;
	if (exists $want{mailEnabled}) {
		my $is = $got->{inScope} && defined $got->{primarySmtp};
		my $want = delete $want{mailEnabled};
		push @bad, 'mailEnabled' if $want && !@proxies
			&& !defined $got->{primarySmtp};
		push @bad, 'mailEnabled' if !$want && $is;
	}
	if (my $set = delete $want{proxyAddresses}) {
		push @bad, 'proxyAddresses' if !same_set($set, \@proxies);
	}
	push @bad, grep { !same_text($want{$_}, $got->{$_}) } sort keys %want;
	return @bad;
}

open my $in, '<:raw', "$here/forecast/scenarios.ndjson" or die $!;
my @cases = map { $json->decode($_) } grep { /^\{/ } <$in>;
print '1..', scalar @cases, "\n";
my $n = 0;
for my $case (@cases) {
	my $got = run_case($case);
	my @bad = differences($case, $got);
	$n++;
	print @bad ? 'not ' : '', "ok $n - $case->{id}: $case->{source}\n";
	next if !@bad;
	print "# differs: @bad\n# want ", $json->encode($case->{expect}),
		"\n# got ", $json->encode($got), "\n";
}
