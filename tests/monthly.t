#!/usr/bin/perl
# Twelve months of audits of a small organization, by the script that
# syncscope.1 shows in EXAMPLES, as it stands there: what each month found that
# is new, was repaired, or came back, is what happened. Only collecting is not
# done: a program of its name copies the month's snapshots.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use JSON::XS;
use MIME::Base64 qw(encode_base64);
use POSIX qw(strftime);
use Time::Local qw(timegm);
use lib dirname(__FILE__) . '/lib';
use Trial qw(done ok slurp spew);

my $here = dirname(__FILE__);
my $bin = $ENV{SYNCSCOPE} // "$here/../build/syncscope";
my $tmp = $ENV{MONTHLY_KEEP} || tempdir(CLEANUP => 1);
my $json = JSON::XS->new->utf8->canonical;
my $root = 'DC=corp,DC=example';
my @months = map { sprintf '%d-%02d-01', 2015 + int(($_ + 1) / 12),
	($_ + 1) % 12 + 1 } 0 .. 11;

sub seconds {
	my ($day) = @_;
	my ($y, $m, $d) = $day =~ /^(\d+)-(\d+)-(\d+)$/ or die;
	return timegm(0, 0, 0, $d, $m - 1, $y);
}

# ---- the organization ----

my %people;

sub hire {
	my ($name, $n) = @_;
	$people{$name} = { n => $n, ou => 'OU=Staff,OU=Accounts',
		mail => "$name\@contoso.example", control => 512,
		password => seconds('2014-12-01'), hash => seconds('2014-12-01'),
		version => 1 };
}

hire("p$_", $_) for 1 .. 30;

# What happens in a month, before its snapshots are taken on the day.
my %happens = (
	1 => sub { $people{p1}{mail} = undef; },
	2 => sub { $people{p2}{mail} = undef; },
	3 => sub { $people{p3}{control} = 514; $people{p2}{mail} =
		'p2@contoso.example'; $people{p5}{mail} = undef; },
	4 => sub { $people{p3}{control} = 512; $people{p1}{mail} =
		'p1@contoso.example'; },
	5 => sub { $people{p4}{ou} = 'OU=Leavers'; },
	6 => sub { $people{p4}{ou} = 'OU=Staff,OU=Accounts';
		$people{p2}{mail} = undef; },
	# All of a container at once, which is nothing to be told.
	7 => sub { $_->{ou} =~ s/OU=Staff,/OU=People,/ for values %people; },
	8 => sub { my ($day) = @_; @{$people{p3}}{qw(password hash)} =
		($day - 86400) x 2; },
	9 => sub { $people{p2}{mail} = 'p2@contoso.example'; },
	10 => sub { my ($day) = @_; @{$people{p4}}{qw(password hash)} =
		($day - 86400) x 2; },
);

# ---- its snapshots ----

sub stamp {
	my ($seconds) = @_;
	return strftime('%Y%m%d%H%M%S.0Z', gmtime $seconds);
}

sub time_of {
	my ($seconds) = @_;
	return strftime('%Y-%m-%dT%H:%M:%SZ', gmtime $seconds);
}

sub guid {
	my ($n) = @_;
	return encode_base64(pack('VvvC8', 0x19000000 + $n, 1, 0x4000,
		0x80, 1 .. 7), '');
}

sub container {
	my ($ou) = @_;
	my ($name) = $ou =~ /^OU=([^,]+)/;
	return "dn: $ou,$root\nobjectClass: organizationalUnit\nou: $name\n" .
		"objectGUID:: " . guid(900 + length $ou) . "\n\n";
}

sub person {
	my ($name) = @_;
	my $p = $people{$name};
	my @lines = ("dn: CN=$name,$p->{ou},$root", 'objectClass: user',
		"cn: $name", "displayName: Person $p->{n}",
		"sAMAccountName: $name", 'objectGUID:: ' . guid($p->{n}),
		"userPrincipalName: $name\@contoso.example",
		"userAccountControl: $p->{control}",
		'whenCreated: ' . stamp(seconds('2014-12-01')),
		'pwdLastSet: ' . ($p->{password} + 11644473600) . '0000000',
		"mailNickname: $name");

	push @lines, "mail: $p->{mail}", "proxyAddresses: SMTP:$p->{mail}"
		if $p->{mail};
	return join("\n", @lines) . "\n\n";
}

# One to a file, in the order in which ldifde would not write them.
sub write_ad {
	my ($file) = @_;
	my %ous = map { $_->{ou} => 1 } values %people;

	spew($file, "dn: $root\nobjectClass: domainDNS\n\n",
		(map { container($_) } 'OU=Accounts', 'OU=Leavers',
			grep { !/^OU=(Accounts|Leavers)$/ } sort keys %ous),
		map { person($_) } sort keys %people);
}

sub account {
	my ($name) = @_;
	my $p = $people{$name};

	return { id => sprintf('00000000-0000-4000-8000-%012d', $p->{n}),
		userPrincipalName => "$name\@contoso.example",
		displayName => "Person $p->{n}",
		onPremisesImmutableId => guid($p->{n}),
		onPremisesSyncEnabled => JSON::XS::true,
		accountEnabled => $p->{control} & 2 ? JSON::XS::false
			: JSON::XS::true,
		mail => "$name\@contoso.example",
		proxyAddresses => ["SMTP:$name\@contoso.example"],
		createdDateTime => '2014-12-01T01:00:00Z' };
}

sub write_tenant {
	my ($file, $day) = @_;
	my @gone = grep { $people{$_}{ou} =~ /Leavers/ } sort keys %people;
	my @users = map { account($_) }
		grep { $people{$_}{ou} !~ /Leavers/ } sort keys %people;
	my $meta = 'https://graph.microsoft.com/v1.0/$metadata#';
	my @pages = (["${meta}users", @users],
		["${meta}microsoft.graph.user/deletedItems", map { +{
			%{account($_)}, deletedDateTime =>
			time_of($day - 86400) } } @gone],
		["${meta}groups"], ["${meta}contacts"],
		["${meta}domains", map { +{ id => $_->[0],
			isVerified => JSON::XS::true,
			isInitial => $_->[1], isDefault => !$_->[1]
			? JSON::XS::true : JSON::XS::false,
			authenticationType => 'Managed' } }
			['contoso.example', JSON::XS::false],
			['contoso.onmicrosoft.com', JSON::XS::true]]);

	spew($file, map { my ($context, @rows) = @$_;
		$json->encode({ '@odata.context' => $context,
			value => \@rows }) . "\n" } @pages);
}

# ---- the audit ----

# As the manual has it: a shell script in its own display.
sub script {
	my ($text) = slurp("$here/../syncscope.1") =~
		/^\.Sh EXAMPLES\n.*?^\.Bd[^\n]*\n(#!\/bin\/sh\n.*?)^\.Ed\n/ms
		or die "syncscope.1 has no script in EXAMPLES\n";
	return $text =~ s/\\e/\\/gr =~ s/\\&//gr;
}

my $audit = "$tmp/audit";
make_path($audit, "$tmp/bin");
spew("$audit/monthly", script());
spew("$audit/policy.json", $json->encode({
	tenant => { initialDomain => 'contoso.onmicrosoft.com',
		verifiedDomains => ['contoso.example'] },
	scope => { include => ["OU=Accounts,$root"], exclude => [],
		group => undef },
	sync => { engine => 'connect', version => '1.0.8667.0' },
	licensing => { exchangeOnline => 'all' } }));
spew("$audit/waivers.json", "[]\n");
spew("$tmp/bin/syncscope", <<"END");
#!/bin/sh
test "\$1" = collect || exec "\$BINARY" "\$@"
kind=\$2
while test \$# -gt 1; do shift; done
exec "\$BINARY" collect import --collected "\$DAY" "$tmp/\$kind" -o "\$1"
END
spew("$tmp/bin/date", "#!/bin/sh\necho \$DAY\n");
chmod 0755, "$tmp/bin/syncscope", "$tmp/bin/date";

sub month {
	my ($i) = @_;
	my $day = seconds($months[$i]);

	$happens{$i}->($day) if $happens{$i};
	make_path("$tmp/ad", "$tmp/tenant");
	write_ad("$tmp/ad/ad.ldif");
	write_tenant("$tmp/tenant/tenant.json", $day);
	local $ENV{DAY} = $months[$i];
	local $ENV{BINARY} = $bin =~ m{^/} ? $bin : "$ENV{PWD}/$bin";
	local $ENV{PATH} = "$tmp/bin:$ENV{PATH}";
	my $said = `cd "$audit" && sh monthly 2>&1`;
	return ($? >> 8, $said);
}

sub lines {
	my ($file) = @_;
	return map { $json->decode($_) } split /\n/, slurp($file);
}

# "rule name", of what is new, came back, or was repaired in the month.
sub told {
	my ($i) = @_;
	my $folder = "$audit/findings-$months[$i]";
	my $day = time_of(seconds($months[$i]));
	my %out = (new => [], reopened => [], fixed => []);

	for my $f (lines("$folder/findings.ndjson")) {
		next if $f->{severity} eq 'info' || $f->{status} ne 'open';
		my $what = ($f->{reopened} // '') eq $day ? 'reopened'
			: ($f->{firstSeen} // $day) eq $day ? 'new' : next;
		push @{$out{$what}}, "$f->{rule} " . name($f);
	}
	for my $f (lines("$folder/closed.ndjson")) {
		push @{$out{$f->{state}}}, "$f->{rule} " . name($f)
			if $f->{since} eq $day && $f->{severity} ne 'info';
	}
	return \%out;
}

sub name {
	my ($f) = @_;
	return ($f->{dn} // '') =~ /^CN=(\w+)/ ? $1 : $f->{upn} // 'tenant';
}

my @rules = qw(mail-missing disabled-then-enabled moved-out-of-scope
	returned-to-scope);
my %want = (
	1 => { new => ['mail-missing p1'] },
	2 => { new => ['mail-missing p2'] },
	3 => { new => ['mail-missing p5'], fixed => ['mail-missing p2'] },
	4 => { new => ['disabled-then-enabled p3'],
		fixed => ['mail-missing p1'] },
	5 => { new => ['moved-out-of-scope p4'] },
	6 => { new => ['returned-to-scope p4'],
		reopened => ['mail-missing p2'],
		fixed => ['moved-out-of-scope p4'] },
	8 => { fixed => ['disabled-then-enabled p3'] },
	9 => { fixed => ['mail-missing p2'] },
	10 => { fixed => ['returned-to-scope p4'] },
);

sub of_rules {
	my (@told) = @_;
	my %is = map { $_ => 1 } @rules;
	return join ', ', sort grep { /^(\S+)/ && $is{$1} } @told;
}

# From the fifth month on somebody has taken one upon him.
sub waive {
	my $said = `cd "$audit" && "$bin" waive findings-$months[4] \\
		--rule mail-missing --object p5\@contoso.example --reason "on leave" \\
		--expires 2015-12-15 >waivers.json`;
	ok($? == 0, 'waived', $said);
}
for my $i (0 .. 11) {
	my ($status, $said) = month($i);
	my $have = told($i);
	my $want = $want{$i} // {};
	my %of = map { /(\S+)$/ ? ($1 => 1) : () } map { @$_ } values %$want;

	ok($status == 0 || $status == 1 || $status == 3,
		"$months[$i]: the audit", "status $status", $said);
	for my $what (qw(new reopened fixed)) {
		my $list = of_rules(@{$have->{$what}});
		my $expected = join ', ', sort @{$want->{$what} // []};
		ok($list eq $expected || !$i, "$months[$i]: $what: $expected",
			$list);
		my @others = grep { /(\S+)$/ && !$of{$1} } @{$have->{$what}};
		ok(!@others || !$i, "$months[$i]: nothing $what of others",
			@others);
	}
	# High or worse, and new, is what cron is to tell of.
	my $new = grep { /disabled-then|moved-out|mail-missing/ }
		@{$have->{new}};
	waive() if $i == 4;
}

done();
