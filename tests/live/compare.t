#!/usr/bin/perl
# What ldapsearch finds with the searches that --dry-run names is what the
# snapshot holds: object by object, value by value. And how one asks makes no
# difference to what one gets.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use JSON::XS qw(decode_json);
use MIME::Base64 qw(decode_base64 encode_base64);
use Live;

my ($ad, $plain) = start_servers(['samba', 'a', '--exchange'],
	['samba', 'b', '--realm', 'PLAIN.TEST', '--domain', 'PLAIN']);
schema_only();
my $seed = run({ limit => 300 }, "$here/seed.pl", $ad->{dir});
exit_is($seed, 0, 'the domain is filled');

sub collect {
	my ($server, $who, $out, @more) = @_;
	return run({ limit => 120 }, $bin, 'collect', 'ad', '--server',
		"ldaps://$server->{AD_ADDR}", '--ca-file',
		$server->{AD_CA_FILE}, '--user', $server->{"AD_$who"},
		'--password-file', $server->{"AD_${who}_PW_FILE"},
		-o => "$tmp/$out", @more);
}

# The schema, and no organization yet: nothing is said to be hidden.
sub schema_only {
	collect($ad, 'AUDIT', 'schema');
	my $s = section("$tmp/schema", 'ad.exchange');
	my $notes = join ' ', @{manifest("$tmp/schema")->{notes} // []};
	ok($s->{state} eq 'complete' && $notes =~
		/sees no Exchange organization: there is none, or it may not/,
		'a schema with Exchange, and no organization',
		"$s->{state} $notes");
}

# ---- ldapsearch ----

# The binary values of LDIF and the texts alike, as bytes.
sub parse_ldif {
	my ($text) = @_;
	my %found;
	for my $entry (split /\n\n+/, $text) {
		my (%o, $guid);
		for my $line (split /\n/, $entry) {
			next if $line =~ /^#/;
			my ($name, $colon, $value) =
				$line =~ /^([^:]+)(::?) ?(.*)$/s or next;
			$value = decode_base64($value) if $colon eq '::';
			$name =~ s/;range=.*//;
			push @{$o{$name}}, $value;
			$guid = $value if $name eq 'objectGUID';
		}
		$found{$guid} = \%o if defined $guid;
	}
	return \%found;
}

my $trouble = '';

sub ldapsearch {
	my ($server, $search, @names) = @_;
	my $scope = $search->{reach} eq 'subtree' ? 'sub'
		: $search->{reach} eq 'base' ? 'base' : 'one';
	my @deleted = $search->{base} =~ /^CN=Deleted Objects/
		? (-E => '!1.2.840.113556.1.4.417') : ();
	my $r = run({ env => { LDAPTLS_CACERT => $server->{AD_CA_FILE} },
			limit => 120 }, 'ldapsearch', '-LLL', '-x', '-o',
		'ldif-wrap=no', '-H', "ldaps://$server->{AD_ADDR}", '-D',
		$server->{AD_ADMIN}, '-y', $server->{AD_ADMIN_PW_FILE},
		'-E', 'pr=1000/noprompt', @deleted, '-b', $search->{base},
		'-s', $scope, $search->{filter}, @names);
	# What a forest lacks (32) holds nothing.
	$trouble ||= "$search->{base}: $r->{err}"
		if $r->{code} != 0 && $r->{code} != 32;
	return parse_ldif($r->{out});
}

sub searches {
	my ($text) = @_;
	my (@all, $section);
	for (split /\n/, $text) {
		$section = $1 if /^(ad\.\w+): /;
		push @all, { section => $section, base => $1, reach => $2 }
			if /^    base    (.*) \(([\w ]+)\)$/;
		$all[-1]{filter} = $1 if /^    filter  (.*)$/;
	}
	return @all;
}

# ---- the snapshot ----

# The bytes of a value, whichever of the ways of snapshot(5) it is written in.
sub bytes_of {
	my ($value, $octets) = @_;
	return decode_base64($value->{base64}) if ref $value eq 'HASH';
	return decode_base64($value) if $octets;
	utf8::encode($value);
	return $value;
}

# An octet string is base64 always, a text only when it cannot be a string.
sub wrongly_written {
	my ($value, $octets) = @_;
	return $octets && encode_base64(decode_base64($value), '') ne $value
		if !ref $value;
	return 1 if $octets;
	my $bytes = decode_base64($value->{base64});
	return $bytes !~ /\0/ && utf8::decode($bytes);
}

sub differs {
	my ($want, $have, $octets) = @_;
	my %names = map { $_ => 1 } keys %$want, keys %$have;
	for my $name (sort keys %names) {
		my $h = $have->{$name};
		my @have = sort map { bytes_of($_, $octets->{lc $name}) }
			!defined $h ? () : ref $h eq 'ARRAY' ? @$h : $h;
		return "$name is not written as it should be"
			if grep { wrongly_written($_, $octets->{lc $name}) }
			!defined $h ? () : ref $h eq 'ARRAY' ? @$h : $h;
		my @want = sort @{$want->{$name} // []};
		return "$name: want @want\nhave @have"
			if join("\0", @want) ne join("\0", @have);
	}
	return '';
}

# What the schema says: octet strings, and who has one value only.
sub schema {
	my ($server) = @_;
	my $root = "CN=Schema,CN=Configuration,$server->{AD_ROOT}";
	my $found = ldapsearch($server, { base => $root, reach => 'one',
		filter => '(objectClass=attributeSchema)' }, qw(objectGUID
		lDAPDisplayName attributeSyntax isSingleValued));
	return map { (lc $_->{lDAPDisplayName}[0], {
		octets => $_->{attributeSyntax}[0] =~
			/^2\.5\.5\.(10|15|17)$/ ? 1 : 0,
		single => $_->{isSingleValued}[0] eq 'TRUE' ? 1 : 0,
	}) } values %$found;
}

my %schema = schema($ad);
my %octets = map { $_ => $schema{$_}{octets} } keys %schema;
my $r = collect($ad, 'ADMIN', 'full');
exit_is($r, 0, 'everything is read');
my $dry = run({ limit => 60 }, $bin, 'collect', 'ad', '--dry-run', '--server',
	"ldaps://$ad->{AD_ADDR}", '--ca-file', $ad->{AD_CA_FILE}, '--user',
	$ad->{AD_ADMIN}, '--password-file', $ad->{AD_ADMIN_PW_FILE});
exit_is($dry, 0, '--dry-run');
my @searches = searches($dry->{out});
ok(@searches >= 12, '--dry-run names the searches', $dry->{out});

for my $s (grep { $_->{name} =~ /^ad\./ && $_->{name} ne 'ad.mailboxes' }
	@{manifest("$tmp/full")->{sections}}) {
	my @names = grep { $_ ne 'dn' } @{$s->{attributes}};
	my %want = map { %{ldapsearch($ad, $_, @names)} }
		grep { $_->{section} eq $s->{name} } @searches;
	my (%have, $lines);
	for (split /\n/, $s->{file} ? read_file("$tmp/full/$s->{file}") : '') {
		my $o = decode_json($_);
		$have{decode_base64($o->{objectGUID})} = $o;
		$lines++;
	}
	ok($s->{state} eq 'complete', "$s->{name} is complete", $s->{reason});
	ok(keys %want || $s->{name} eq 'ad.other', "$s->{name} has objects");
	my $odd = keys %want == keys %have ? '' : sprintf '%d objects, want %d',
		scalar keys %have, scalar keys %want;
	my $shape = '';
	for my $guid (keys %want) {
		$odd ||= $have{$guid} ? differs($want{$guid}, $have{$guid},
			\%octets) : "lacks $want{$guid}{dn}[0]";
		for my $name (keys %{$have{$guid} // {}}) {
			my $attr = $schema{lc $name} or next;
			my $list = ref $have{$guid}{$name} eq 'ARRAY';
			$shape ||= "$name in $have{$guid}{dn}"
				if $list == $attr->{single};
		}
	}
	ok(($lines // 0) == keys %have, "$s->{name} has nobody twice");
	ok($odd eq '', "$s->{name} is what ldapsearch finds", $odd);
	ok($shape eq '', "$s->{name}: lists are lists, as the schema says",
		$shape);
}

ok($trouble eq '', 'ldapsearch is content', $trouble);

my ($most) = sort { $b <=> $a } map { scalar @{$_->{member} // []} }
	map { decode_json($_) }
	split /\n/, read_file("$tmp/full/ad-groups.ndjson");
ok($most > 3000, 'a group has more members than one range', $most);

# ---- ways of asking ----

for my $way (['page', '--page-size', 7], ['packed', '--compress'],
	['starttls', '--server', "ldap://$ad->{AD_ADDR}"]) {
	my ($name, @options) = @$way;
	$r = collect($ad, 'ADMIN', $name, @options);
	exit_is($r, 0, $name);
	if ($name eq 'packed') {
		exit_is(run({}, $bin, 'verify', "$tmp/packed"), 0,
			'verify packed');
		exit_is(run({}, 'zstd', '-q', '-d', '--rm',
			glob("$tmp/packed/*.zst")), 0, 'unpacked');
		rename $_, s/\.unpacked$//r for glob("$tmp/packed/*.unpacked");
		my @have = sort map { split /\n/, read_file($_) }
			glob("$tmp/packed/*.ndjson");
		my @want = sort map { split /\n/, read_file($_) }
			glob("$tmp/full/*.ndjson");
		ok("@have" eq "@want", "$name holds the same");
		next;
	}
	my $same = same_objects(contents("$tmp/full"), contents("$tmp/$name"));
	ok($same eq '', "$name holds the same", $same);
}
exit_is(run({}, $bin, 'verify', "$tmp/$_"), 0, "verify $_")
	for qw(full page starttls);

# ---- rights, and no Exchange ----

$r = collect($ad, 'AUDIT', 'audit');
exit_is($r, 3, 'without rights');
my $deleted = section("$tmp/audit", 'ad.deleted');
ok($deleted->{state} eq 'refused' && $deleted->{reason} =~ /may not read/,
	'deleted objects are refused', $deleted->{reason});
# Some containers, and the organization, show themselves to administrators.
for my $s (grep { $_->{name} =~ /^ad\.(?!deleted|mailboxes)/ }
	@{manifest("$tmp/audit")->{sections}}) {
	next if $s->{name} eq 'ad.exchange';
	my $all = $s->{name} =~ /containers/ ||
		$s->{count} == section("$tmp/full", $s->{name})->{count};
	ok($s->{state} eq 'complete' && $all,
		"$s->{name} is complete all the same", $s->{reason});
}

my $hidden = section("$tmp/audit", 'ad.exchange');
ok($hidden->{state} eq 'partial' && $hidden->{reason} =~
	/sees no Exchange organization, though there are mailboxes/,
	'an organization that is hidden is not said to be absent',
	"$hidden->{state} " . ($hidden->{reason} // ''));

$r = collect($plain, 'ADMIN', 'plain');
exit_is($r, 0, 'a domain without Exchange');
my $exchange = section("$tmp/plain", 'ad.exchange');
ok($exchange->{state} eq 'complete' && $exchange->{count} == 0,
	'has no Exchange organization');
ok(!grep({ /Exchange/ } @{manifest("$tmp/plain")->{notes} // []}),
	'and nothing is to be noted of that');
my $forest = read_file("$tmp/plain/ad-forest.ndjson");
ok($forest =~ /"lDAPDisplayName":"proxyAddresses"/ &&
	$forest !~ /"(?:mailNickname|msExch\w+)"|ms-Exch-Schema-Version/,
	'and its schema neither');
ok(read_file("$tmp/full/ad-forest.ndjson") =~ /ms-Exch-Schema-Version-Pt/,
	'the other one has the schema');
done();
