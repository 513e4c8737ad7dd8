#!/usr/bin/perl
# What happened to objects (timeline.ndjson) by snapshots of AD and tenant: each
# file of tests/timeline has looks and what must be told of them; its README
# says how. CASES="a b" runs these alone.
use strict;
use warnings;
use utf8;
use Cwd qw(getcwd);
use File::Basename qw(basename dirname);
use File::Temp qw(tempdir);
use JSON::XS;
use MIME::Base64 qw(encode_base64);

chdir dirname(__FILE__) . '/..' or die "$!\n";
my $bin = $ENV{SYNCSCOPE} // 'build/syncscope';
$bin = getcwd() . "/$bin" if $bin !~ m{^/};
my $json = JSON::XS->new->utf8->canonical;
my $tmp = tempdir(CLEANUP => 1);
my $graph = 'https://graph.microsoft.com/v1.0/$metadata#';
my %lists = (users => 'users', groups => 'groups', contacts => 'contacts',
	deleted => 'directory/deletedItems/microsoft.graph.user',
	domains => 'domains');

sub slurp {
	my ($path) = @_;
	open my $in, '<:raw', $path or die "$path: $!\n";
	local $/;
	return scalar <$in>;
}

sub spew {
	my ($path, $text) = @_;
	open my $out, '>:raw', $path or die "$path: $!\n";
	print $out $text;
	close $out or die "$path: $!\n";
}

sub guid { my ($n) = @_; return sprintf '6f1c0b5e-2d44-4a7c-9b1e-%012x', $n }

sub octets {
	my ($guid) = @_;
	my ($a, $b, $c, $rest) = $guid =~ /^(.{8})-(.{4})-(.{4})-(.*)$/;
	$rest =~ s/-//;
	return encode_base64(pack('VvvH*', hex $a, hex $b, hex $c, $rest), '');
}

sub sid {
	my ($n, $domain) = @_;
	return encode_base64(pack('C8V5', 1, 5, 0, 0, 0, 0, 0, 5, 21, 1, 2,
		$domain, $n), '');
}

# An object of AD: what is said of it, and what most have; null is none.
sub entry {
	my ($o, $skip) = @_;
	my ($name, $n) = @$o{qw(is n)};
	my $class = $o->{class} // 'user';
	return "dn: OU=$name,DC=contoso,DC=com\nobjectClass: top\n" .
		"objectClass: $class\nou: $name\nobjectGUID:: " .
		octets(guid($n)) . "\n\n" if $class eq 'organizationalUnit';
	my %have = (cn => ucfirst $name, ou => 'Staff',
		dc => 'DC=contoso,DC=com', sAMAccountName => $name,
		userPrincipalName => "$name\@contoso.com",
		mail => "$name\@contoso.com", mailNickname => $name,
		proxyAddresses => ["SMTP:$name\@contoso.com"],
		userAccountControl => 512, whenCreated => '20150102030405.0Z',
		pwdLastSet => '130900000000000000', guid => guid($n));
	delete @have{qw(userPrincipalName userAccountControl pwdLastSet
		sAMAccountName)} if $class eq 'contact';
	%have = (%have, %$o);
	my $dn = "CN=$have{cn}," . ($have{in} // "OU=$have{ou}") .
		",$have{dc}";
	my @lines = ("dn: $dn", map { "objectClass: $_" } 'top',
		$class eq 'group' ? 'group' : ('person',
		'organizationalPerson', $class));
	push @lines, 'objectGUID:: ' . octets($have{guid}) if $have{guid};
	push @lines, 'objectSid:: ' . sid($n, length $have{dc})
		if $class ne 'contact' && !$have{nosid};
	delete @have{qw(is n cn ou in dc guid class nosid)};
	delete @have{@$skip};
	for my $k (sort keys %have) {
		push @lines, map { "$k: $_" } grep { defined }
			ref $have{$k} ? @{$have{$k}} : $have{$k};
	}
	return join("\n", @lines) . "\n\n";
}

my @plans = (assignedPlans => [{ service => 'exchange',
	capabilityStatus => 'Enabled',
	servicePlanId => '9aaf7827-d63c-4b61-89c3-182f06f82e5c' }]);

sub account {
	my ($o) = @_;
	my ($name, $n) = @$o{qw(is n)};
	my %have = (id => guid($n + 0x1000), displayName => $name,
		userPrincipalName => "$name\@contoso.com",
		mail => "$name\@contoso.com", mailNickname => $name,
		proxyAddresses => ["SMTP:$name\@contoso.com"],
		accountEnabled => JSON::XS::true, userType => 'Member',
		onPremisesImmutableId => octets(guid($n)),
		onPremisesSyncEnabled => JSON::XS::true,
		createdDateTime => '2015-02-01T00:00:00Z', @plans, %$o);
	delete @have{qw(is n)};
	return \%have;
}

sub import_look {
	my ($l, $work) = @_;
	my @files;
	if ($l->{ad}) {
		push @files, "$work/$l->{name}.ldif";
		spew($files[-1], "version: 1\n\n" . join '',
			map { entry($_, $l->{skip} // []) } @{$l->{ad}});
	}
	if ($l->{file}) {
		push @files, "$work/$l->{name}.$l->{type}";
		spew($files[-1], join "\n", @{$l->{file}}, '');
	}
	for my $list (grep { $l->{$_} } sort keys %lists) {
		my @rows = $list eq 'domains' ? @{$l->{$list}}
			: map { account($_) } @{$l->{$list}};
		push @files, "$work/$l->{name}-$list.json";
		spew($files[-1], $json->encode({ value => \@rows,
			'@odata.context' => "$graph$lists{$list}" }) . "\n");
	}
	system("$bin collect import @files --collected $l->{at} -o " .
		"$work/$l->{name} >$work/said 2>&1");
	die slurp("$work/said") if $? >> 8 && $? >> 8 != 3;
	cut($l, $work) if $l->{partial};
}

# The section was not read to its end.
sub cut {
	my ($l, $work) = @_;
	my $path = "$work/$l->{name}/manifest.json";
	my $m = $json->decode(slurp($path));
	for my $s (grep { $_->{name} eq $l->{partial} } @{$m->{sections}}) {
		@$s{qw(state reason)} = ('partial', 'cut');
	}
	for my $d (@{$m->{domains} // []}) {
		my $s = $d->{sections}{$l->{partial}};
		@$s{qw(state reason)} = ('partial', 'cut') if $s;
	}
	spew($path, $json->encode($m));
}

# "moved 2016-01-10 2016-02-10 seen: a -> b", as cases write it.
sub text_of {
	my ($e) = @_;
	my ($after, $by) = map { defined ? /^(.{10})/ : '-' }
		@$e{qw(after by)};
	my $text = "$e->{what} $after" . ($after eq $by ? '' : " $by") .
		" $e->{side} $e->{sure}";
	$text .= " $e->{attribute}" if defined $e->{attribute};
	$text .= ': ' . ($e->{from} // 'none') . ' -> ' . ($e->{to} // 'none')
		if defined $e->{from} || defined $e->{to};
	$text .= ' until ' . substr $e->{until}, 0, 10 if $e->{until};
	return $text;
}

sub name_of {
	my ($t) = @_;
	my ($cn) = ($t->{dn} // '') =~ /^CN=([^,]*)/;
	return ($t->{side} eq 'ad' ? '' : 'tenant:') .
		($t->{upn} ? $t->{upn} =~ s/\@.*//r : lc($cn // $t->{guid}));
}

sub told {
	my ($folder) = @_;
	my %told;
	return {} if !-e "$folder/timeline.ndjson";
	for (split /\n/, slurp("$folder/timeline.ndjson")) {
		my $t = $json->decode($_);
		push @{$told{name_of($t)}}, map { text_of($_) }
			grep { $_->{what} !~ /^(?:created|password-set)$/ ||
				$_->{after} gt '2015-12-31' }
			@{$t->{events}};
	}
	return \%told;
}

sub run {
	my ($id) = @_;
	my $case = $json->decode(slurp("tests/timeline/$id.json"));
	my $work = "$tmp/$id";
	mkdir $work;
	import_look($_, $work) for @{$case->{looks}};
	my $policy = $case->{policy} // { scope => { include =>
		['OU=Staff,DC=contoso,DC=com'] }, tenant => {
		initialDomain => 'contoso.onmicrosoft.com',
		verifiedDomains => ['contoso.com'] } };
	spew("$work/policy.json", $json->encode($policy));
	my $looks = join ' ', map { "$work/$_->{name}" } @{$case->{looks}};
	for my $jobs (1, 3) {
		system("$bin analyze $looks --policy $work/policy.json -q " .
			"--jobs $jobs -o $work/f$jobs >$work/said 2>&1");
		die slurp("$work/said") if $? >> 8 && $? >> 8 != 3;
	}
	my @bad = system("$bin verify $work/f1 >$work/said 2>&1")
		? 'verify: ' . slurp("$work/said") : ();
	push @bad, '--jobs changes bytes' if -e "$work/f1/timeline.ndjson" &&
		slurp("$work/f1/timeline.ndjson") ne
		slurp("$work/f3/timeline.ndjson");
	my $have = $json->encode(told("$work/f1"));
	my $want = $json->encode($case->{told});
	push @bad, "want $want\nhave $have" if $have ne $want;
	return @bad;
}

my @ids = $ENV{CASES} ? split ' ', $ENV{CASES}
	: map { basename($_, '.json') } sort glob 'tests/timeline/*.json';
my $share = $ENV{SHARE} // 1;
@ids = @ids[grep { $_ % $share == 0 } 0 .. $#ids];
print '1..', scalar @ids, "\n";
my $n = 0;
for my $id (@ids) {
	my @bad = eval { run($id) };
	push @bad, $@ if $@;
	$n++;
	print @bad ? 'not ' : '', "ok $n - $id\n";
	print map { s/^/# /gmr . "\n" } @bad;
}
