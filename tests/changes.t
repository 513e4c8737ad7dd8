#!/usr/bin/perl
# What findings say beside themselves: which of them one change mends, whom
# else they are about, and by when something is to be done.
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use JSON::PP;
use MIME::Base64 qw(encode_base64);
use lib map { dirname(__FILE__) . "/$_" } qw(causes lib);
use Causes qw(wrong_causes);
use Trial qw(ok done slurp spew run);

chdir dirname(__FILE__) . '/..' or die "$!\n";
my $bin = $ENV{SYNCSCOPE} // 'build/syncscope';
my $tmp = tempdir(CLEANUP => 1);
my $json = JSON::PP->new->utf8;

spew("$tmp/policy.json", '{"tenant":{"initialDomain":
	"corp.onmicrosoft.com","verifiedDomains":["corp.example"]},
	"sync":{"engine":"connect"},"licensing":{"exchangeOnline":"all"}}');

sub guid { return pack('N4', 0, 0, 0, $_[0]); }

# An entry of LDIF: a user called NAME, with what else is given.
sub user {
	my ($number, $name, @more) = @_;
	return join "\n", "dn: CN=$name,OU=Staff,DC=corp,DC=example",
		'objectClass: user', 'objectGUID:: ' .
		encode_base64(guid($number), ''), "sAMAccountName: s$number",
		"displayName: $name", @more, '', '';
}

sub findings { return map { $json->decode($_) } split /\n/,
	slurp("$tmp/$_[0]/findings.ndjson"); }

sub on { my ($guid, @all) = @_; return grep { $_->{guid} =~ /$guid$/ } @all; }

my @people = (
	# Two want one address, one of them as mail alone.
	user(1, 'One', 'mail: both@corp.example',
		'proxyAddresses: SMTP:both@corp.example',
		'userPrincipalName: one@corp.example'),
	user(2, 'Two', 'mail: two@corp.example',
		'proxyAddresses: SMTP:two@corp.example',
		'proxyAddresses: smtp:BOTH@corp.example',
		'userPrincipalName: two@corp.example'),
	user(3, 'Three', 'mail: both@corp.example',
		'userPrincipalName: three@corp.example'),
	# One value, two findings: an underscore in a suffix nobody has.
	user(4, 'Four', 'mail: four@corp.example',
		'proxyAddresses: SMTP:four@corp.example',
		'userPrincipalName: fo ur@old.local'),
	user(5, 'Five', 'mail: five@corp.example',
		'proxyAddresses: SMTP:five@corp.example',
		'userPrincipalName: five@corp.example'));

sub analyze {
	my ($ldif, $to, @options) = @_;
	run($bin, qw(analyze), "$tmp/$ldif", '--policy', "$tmp/policy.json",
		'-o', "$tmp/$to", @options);
}

spew("$tmp/people.ldif", @people);
run($bin, qw(collect import), "$tmp/people.ldif", qw(--collected 2026-02-01
	-o), "$tmp/people");
analyze('people', 'now');
my @all = findings('now');

# ---- changes ----

my @claims = grep { ($_->{observed} // '') =~ /both\@/i &&
	$_->{rule} =~ /duplicate/ } @all;
my %ids = map { $_->{change} // '' => 1 } @claims;
ok(@claims == 3 && keys %ids == 1 && !$ids{''},
	'a conflict of three is one change', $json->encode(\@claims));
my @four = grep { ($_->{attribute} // '') eq 'userPrincipalName' }
	on('4', @all);
%ids = map { $_->{change} // '' => 1 } @four;
ok(@four > 1 && keys %ids < @four,
	'what is wrong with one value is one change', $json->encode(\@four));
ok(!grep({ exists $_->{change} && defined $_->{change} &&
	$_->{change} !~ /^[0-9a-f]{32}$/ } @all) &&
	!grep({ !exists $_->{change} } @all), 'all have one, or null');
ok(!grep({ $_->{severity} ne 'info' && !$_->{change} } @all),
	'what is not for information alone has a change');

# ---- whom else they are about ----

my ($one) = grep { $_->{rule} eq 'proxy-duplicate' } on('1', @claims);
ok(join(' ', sort map { $_->{name} } @{$one->{related} // []}) eq
	'Three (s3) Two (s2)' && !grep({ $_->{dn} !~ /^CN=/ ||
	$_->{guid} !~ /^[0-9a-f-]{36}$/ } @{$one->{related}}),
	'those who have the value are told', $json->encode($one));
ok(!grep({ $_->{message} =~ /DC=corp/ } @all),
	'no message has the DN of another one');

# ---- causes ----

my @causes = map { $json->decode($_) } split /\n/,
	slurp("$tmp/now/causes.ndjson");
ok(!wrong_causes("$tmp/now"), 'causes count as a second model does',
	wrong_causes("$tmp/now"));
my ($double) = grep { $_->{rule} eq 'proxy-duplicate' } @causes;
ok(@{$double->{conflicts}} == 1 && $double->{conflicts}[0]{value} =~
	/^both\@corp.example$/i && "@{$double->{conflicts}[0]{claimants}}" eq
	'One (s1) Three (s3) Two (s2)', 'a conflict has all its claimants',
	$json->encode($double));
my ($command) = grep { defined } map { $_->{command} } @causes;
ok(!!($command && $command =~ /^Set-AD\w+\ -Identity\ '[0-9a-f-]{36}'
	\ -Server\ 'corp\.example'\ .*\ -WhatIf$/x), 'a command only tells what it would do',
	$command // 'none');

# ---- what was not collected ----

my $manifest = $json->decode(slurp("$tmp/now/manifest.json"));
my @missing = @{$manifest->{missing}};
sub rules_that { my ($is) = @_; return join ' ', sort map { $_->{id} }
	grep { $is->($_) } @{$manifest->{rules}}; }
sub named { my ($key) = @_; my %is = map { $_ => 1 } map { @{$_->{$key}} }
	@missing; return join ' ', sort keys %is; }
ok(named('rules') eq rules_that(sub { $_[0]{outcome} eq 'not-assessed' }) &&
	named('partly') eq rules_that(sub { $_[0]{outcome} eq 'found' &&
	defined $_[0]{reason} }), 'all that lacks is told of each rule');
my ($of_users) = grep { "@{$_->{sections}}" eq 'tenant.users' } @missing;
ok(!!($of_users && @{$of_users->{rules}} > 5 && $of_users->{command} =~
	/^syncscope collect tenant /), 'what lacks is told once for all rules',
	$json->encode($of_users // {}));
my ($attrs) = grep { "@{$_->{sections}}" eq 'ad.users' &&
	@{$_->{attributes}} } @missing;
ok($attrs && !grep({ !/^[A-Za-z-]+$/ } @{$attrs->{attributes}}),
	'attributes are told by their names', $json->encode($attrs // {}));
my %reasons;
$reasons{$_->{reason}}++ for @missing;
ok(!grep({ $_ > 1 } values %reasons), 'each once');

# Of two domains one lacks an attribute, and both another: each is told of its
# own, and no domain is blamed for what it has.
spew("$tmp/two.ldif", map { s/DC=corp/DC=other/r =~
	s/s(?=\d+$)/o/mr =~ s/^proxyAddresses: .*\n//mgr =~
	s/objectGUID::.*/'objectGUID:: ' . encode_base64(guid(99), '')/er }
	$people[4]);
run($bin, qw(collect import), "$tmp/two.ldif", qw(--collected 2026-02-01 -o),
	"$tmp/two");
run($bin, 'analyze', "$tmp/people", "$tmp/two", '-o', "$tmp/two-f");
my %where;
for my $m (@{$json->decode(slurp("$tmp/two-f/manifest.json"))->{missing}}) {
	push @{$where{"$m->{sections}[0] $_"}}, "@{$m->{domains}}"
		for @{$m->{attributes}};
}
ok("@{$where{'ad.users proxyAddresses'} // ['-']}" eq 'other.example' &&
	"@{$where{'ad.users targetAddress'} // ['-']}" eq '',
	'what a domain lacks is told of it, and of all what all lack',
	$json->encode(\%where));
ok(!grep({ @$_ > 1 } values %where), 'each attribute once');
run($bin, 'report', "$tmp/two-f", '--format', 'html', '-o', "$tmp/two-r");
ok(slurp("$tmp/two-r/report.html") =~
	/other\.example: AD users: proxyAddresses/, 'and so on the page');

# ---- threads ----

analyze('people', "jobs$_", '--jobs', $_) for 1, 7;
ok(!grep({ slurp("$tmp/jobs1/$_") ne slurp("$tmp/jobs7/$_") }
	qw(findings.ndjson causes.ndjson forecast.ndjson manifest.json)),
	'the number of threads changes nothing');

# ---- older folders ----

# As a program wrote it that knew none of this.
sub older {
	my ($from, $to) = @_;
	my %names = (findings => [qw(change related deadline)], causes =>
		[qw(steps brief owner command changes order conflicts blocked
		blockedAfter)], forecast => [qw(displayName place mailNow
		primaryNow)]);
	run('cp', '-r', "$tmp/$from", "$tmp/$to");
	my $m = $json->decode(slurp("$tmp/$to/manifest.json"));
	for my $file (sort keys %names) {
		my $text = join '', map { my $o = $json->decode($_);
			delete @$o{@{$names{$file}}};
			$json->canonical->encode($o) . "\n" }
			split /\n/, slurp("$tmp/$to/$file.ndjson");
		# The id stands first in a line, which the difference reads.
		$text =~ s/^\{(.*?),?("id":"[0-9a-f]{32}"),?/{$2,$1,/mg
			if $file eq 'causes';
		spew("$tmp/$to/$file.ndjson", $text);
		$m->{$file}{sha256} = sha256_hex($text);
	}
	delete @$m{qw(changes blockedLeft deadlines missing)};
	spew("$tmp/$to/manifest.json", $json->encode($m));
}

older('now', 'old');
run($bin, 'verify', "$tmp/old");
run($bin, 'report', "$tmp/old", '--format', 'html,csv', '-o',
	"$tmp/old-report");
ok(slurp("$tmp/old-report/findings.csv") ne '', 'an older folder is read');
run($bin, 'show', "$tmp/old", 'two@corp.example');
analyze('people', 'after-old', '--baseline', "$tmp/old");
ok(!grep({ ($_->{severity} // '') ne 'info' && !defined $_->{firstSeen} }
	findings('after-old')), 'and is a baseline');

# ---- what AD has today ----

sub forecasts { return map { $json->decode($_) } split /\n/,
	slurp("$tmp/$_[0]/forecast.ndjson"); }

my ($two, $three) = map { on($_, forecasts('now')) } 2, 3;
ok($two->{displayName} eq 'Two' && $two->{place} eq 'corp.example/Staff' &&
	$two->{mailNow} eq 'two@corp.example' && $two->{primaryNow} eq
	'two@corp.example', 'names, mail and place', $json->encode($two));
ok(exists $three->{primaryNow} && !defined $three->{primaryNow},
	'null where AD has none', $json->encode($three));
spew("$tmp/bare.csv", "DistinguishedName,ObjectGUID,sAMAccountName," .
	"objectClass,mail\n" . '"CN=One,OU=Staff,DC=corp,DC=example",' .
	"00000000-0000-0000-0000-000000000001,s1,user,\n" .
	'"CN=Two,OU=Staff,DC=corp,DC=example",00000000-0000-0000-0000-' .
	"000000000002,s2,user,two\@corp.example\n");
run($bin, qw(collect import), "$tmp/bare.csv", qw(--collected 2026-02-01
	-o), "$tmp/bare");
analyze('bare', 'bare-now');
my ($bare) = forecasts('bare-now');
ok(!exists $bare->{primaryNow} && !exists $bare->{displayName} &&
	exists $bare->{mailNow} && !defined $bare->{mailNow},
	'nothing where it was not collected', $json->encode($bare));
analyze('people', 'moved', '--what-if', do { spew("$tmp/edits.json",
	'{"edits":[{"set":"00000000-0000-0000-0000-000000000002","attribute":
	"mail","value":"new@corp.example"}]}'); "$tmp/edits.json" });
my ($moved) = on(2, forecasts('moved'));
ok($moved->{mailNow} eq 'two@corp.example',
	'edits change what will be, and not what is', $json->encode($moved));

# ---- by when ----

spew("$tmp/gone.ldif", user(6, 'Six', 'userPrincipalName: six@corp.example'));
spew("$tmp/users.json", $json->encode({ '@odata.context' =>
	'https://graph.microsoft.com/v1.0/$metadata#users', value => [
	map { { id => sprintf('00000000-0000-0000-0000-%012d', $_),
		userPrincipalName => "n$_\@corp.example", accountEnabled =>
		JSON::PP::true, onPremisesSyncEnabled => JSON::PP::true,
		onPremisesImmutableId => encode_base64(guid($_), ''),
		proxyAddresses => [], mail => undef, displayName => "N$_" } }
	6 ] }));
spew("$tmp/scoped.json", '{"tenant":{"initialDomain":
	"corp.onmicrosoft.com","verifiedDomains":["corp.example"]},
	"scope":{"include":["OU=Other,DC=corp,DC=example"]},
	"sync":{"engine":"connect"}}');
run($bin, qw(collect import), "$tmp/gone.ldif", "$tmp/users.json",
	qw(--collected 2026-02-01 -o), "$tmp/left");
spew("$tmp/policy.json", slurp("$tmp/scoped.json"));
analyze('left', 'left-now');
my ($left) = grep { $_->{rule} eq 'moved-out-of-scope' } findings('left-now');
ok($left && ($left->{deadline}{date} // '') eq '2026-03-03' &&
	$left->{deadline}{kind} eq 'restore-until',
	'who left can be restored for thirty days',
	$json->encode($left // {}));
spew("$tmp/waivers.json", '{"waivers":[{"rule":"moved-out-of-scope",
	"object":{"dn-suffix":"DC=corp,DC=example"},
	"reason":"they go","expires":"2026-06-30"}]}');
analyze('left', 'waived', '--waivers', "$tmp/waivers.json");
($left) = grep { $_->{rule} eq 'moved-out-of-scope' } findings('waived');
ok($left && ($left->{deadline}{date} // '') eq '2026-06-30' &&
	$left->{deadline}{kind} eq 'waiver',
	'of who is waived the last day is that of the waiver',
	$json->encode($left // {}));
done();
