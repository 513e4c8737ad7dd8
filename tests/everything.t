#!/usr/bin/perl
# fixtures/everything: one of each thing that the analysis can say, byte for
# byte in tests/golden, and whether it is each: rules, pairs of match and action,
# reasons of blocks and doubts are looked up in the program and its sources.
# GOLDEN=write rewrites the files; git diff is the review.
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use File::Basename qw(dirname);
use File::Copy qw(copy);
use File::Temp qw(tempdir);
use JSON::XS;
use lib map { dirname(__FILE__) . "/$_" } qw(causes lib);
use Causes qw(wrong_causes);
use Trial qw(ok done slurp spew);

chdir dirname(__FILE__) . '/..' or die "$!\n";
my $bin = $ENV{SYNCSCOPE} // 'build/syncscope';
my $f = 'fixtures/everything';
my $tmp = tempdir(CLEANUP => 1);
my $json = JSON::XS->new->utf8->canonical;
my @tenant = qw(users groups contacts deletedusers domains);

# The runs. Sections that only collectors write come as they write them.
my @runs = (
	{ name => 'everything', ad => [qw(ad-accounts ad-names ad-more ad-values)],
	  before => 'ad-before', tenant => \@tenant, policy => 'policy',
	  sections => { 'tenant.sync' => 'tenant-sync',
		'tenant.role-members' => 'tenant-role-members',
		'tenant.sync-behavior' => 'tenant-sync-behavior' } },
	# The tenant takes nothing over.
	{ name => 'everything-blocked', ad => ['ad-accounts'],
	  tenant => \@tenant, policy => 'policy',
	  sections => { 'tenant.sync' => 'tenant-sync-blocks' } },
	# Neither a policy nor all of the tenant; then AD by a few columns alone.
	{ name => 'everything-unsaid', ad => ['ad-accounts'],
	  tenant => ['users'] },
	# Groups and deleted users of which no key was asked for.
	{ name => 'everything-unasked', ad => ['ad-accounts'], policy => 'policy',
	  tenant => [qw(users groups-unasked contacts deletedusers-unasked
		domains)] },
	# Two forests, and no word on how they are joined.
	{ name => 'everything-forests', ad => ['ad-forests'],
	  tenant => \@tenant },
	# They are joined by an attribute that was not asked for.
	{ name => 'everything-unjoined', csv => 'ad-forests',
	  policy => 'policy-joined' },
	# A filter reads an attribute that was not asked for.
	{ name => 'everything-unfiltered', csv => 'ad-forests',
	  policy => 'policy-filter' },
	{ name => 'everything-alone', csv => 'ad-columns' },
	# Under Cloud Sync, beside a server with a connector to another forest.
	{ name => 'everything-cloud', ad => ['ad-cloud'],
	  before => 'ad-cloud-before', tenant => [qw(users-cloud domains)],
	  policy => 'policy-cloud', scope => 'export',
	  sections => { 'tenant.sync' => 'tenant-sync' } },
	# What the tenant of 2026 refuses, in the middle of the roll-out.
	{ name => 'everything-2026', ad => ['ad-2026'], policy => 'policy',
	  when => '2026-08-15T06:00:00Z', tenant => [qw(users-2026 groups-2026 domains)],
	  sections => { 'tenant.sync' => 'tenant-sync',
		'tenant.roles' => 'tenant-roles',
		'tenant.role-members' => 'tenant-roles-2026',
		'tenant.sync-behavior' => 'tenant-sync-behavior' },
	  attributes => { 'tenant.role-members' => [qw(id roleId type)] } },
	{ name => 'everything-unmapped', ad => ['ad-unmapped'],
	  policy => 'policy', when => '2026-11-15T06:00:00Z',
	  tenant => [qw(users-unmapped domains)],
	  sections => { 'tenant.sync' => 'tenant-sync',
		'tenant.role-members' => 'tenant-roles-2026' } },
	# Accounts of which no source anchor was asked for.
	{ name => 'everything-anchorless', ad => ['ad-anchorless'],
	  policy => 'policy', tenant => [qw(users-anchorless domains)] },
	# The tenant lets no licensed user be renamed, and who is, is not known.
	{ name => 'everything-upn', ad => ['ad-upn'], policy => 'policy',
	  tenant => [qw(users-upn domains)],
	  sections => { 'tenant.sync' => 'tenant-sync-upn' } },
	# Exchange Online manages a mailbox, the cloud an object of AD.
	{ name => 'everything-mail', ad => ['ad-mail'], policy => 'policy',
	  when => '2026-11-15T06:00:00Z', mailboxes => 'mailboxes-mail',
	  tenant => [qw(users-mail domains)],
	  sections => { 'tenant.sync' => 'tenant-sync',
		'tenant.role-members' => 'tenant-roles-2026' } },
	# An account that holds something else than AD gives, and an edit.
	{ name => 'everything-edited', ad => ['ad-edited'], policy => 'policy',
	  tenant => [qw(users-edited domains)], edits => 'edits',
	  sections => { 'tenant.sync' => 'tenant-sync' } },
	# AD without distinguished names.
	{ name => 'everything-placeless', csv => 'ad-placeless', policy => 'policy' },
	# IdFix's own rules.
	{ name => 'everything-idfix', ad => ['ad-idfix'], profile => 'idfix' },
	# Names and addresses of private networks, without a tenant; and domains
	# that the tenant has not verified, or that are federated.
	{ name => 'everything-suffixes', ad => ['ad-suffixes'] },
	{ name => 'everything-domains', ad => ['ad-domains'], policy => 'policy',
	  tenant => [qw(users-domains domains-domains)] },
	# What is wrong with the tenant as a whole; and one that sync has left.
	{ name => 'everything-tenant', ad => ['ad-tenant'],
	  policy => 'policy-tenant', profile => 'strict',
	  when => '2026-11-15T06:00:00Z',
	  tenant => [qw(users-tenant deletedusers-tenant domains)],
	  sections => { 'tenant.organization' => 'tenant-organization',
		'tenant.sync' => 'tenant-sync-open',
		'tenant.role-members' => 'tenant-roles-held' },
	  attributes => { 'tenant.role-members' =>
		[qw(id roleId type eligible)] } },
	{ name => 'everything-tenant-off', ad => ['ad-tenant'],
	  when => '2026-11-15T06:00:00Z', tenant => [qw(users-tenant domains)],
	  sections => { 'tenant.organization' => 'tenant-organization-off',
		'tenant.sync' => 'tenant-sync-hashes' } },
	# What can be proposed, and what Exchange would write anew.
	{ name => 'everything-propose17', ad => ['ad-propose17'],
	  policy => 'policy', tenant => [qw(users groups contacts domains)] },
	# What several objects have, in one attribute or another.
	{ name => 'everything-unique17', ad => ['ad-unique17'],
	  policy => 'policy', tenant => [qw(users-unique17
		deletedusers-unique17 domains)] },
	# Values that are too long, too many, or hold what nobody sees.
	{ name => 'everything-attributes', ad => ['ad-attributes'],
	  policy => 'policy', tenant => ['domains'] },
	# Servers: of sync, by what it exports, and of Exchange; each too old.
	{ name => 'everything-engine17', ad => ['ad-engine17'],
	  policy => 'policy-engine17', when => '2026-11-15T06:00:00Z' },
	{ name => 'everything-engine17-ended', ad => ['ad-engine17'],
	  scope => 'export-engine17-ended', when => '2026-11-15T06:00:00Z',
	  tenant => [qw(users-engine17 domains)],
	  mailboxes => 'mailboxes-engine17' },
	{ name => 'everything-engine17-flawed', ad => ['ad-engine17'],
	  scope => 'export-engine17-flawed', when => '2026-11-15T06:00:00Z' },
	# Recipients of a hybrid organization; then nobody is on premises.
	{ name => 'everything-recipients17', ad => ['ad-recipients17'],
	  policy => 'policy', profile => 'strict',
	  mailboxes => 'mailboxes-recipients17',
	  tenant => [qw(users-recipients17 domains-recipients17)] },
	{ name => 'everything-scp17', ad => ['ad-scp17'], policy => 'policy',
	  sections => { 'ad.exchange' => 'ad-exchange-scp17' } },
	# Who can sign in, and what sync does not take of groups and folders.
	{ name => 'everything-objects17', ad => ['ad-objects17'],
	  crowd => 50000, policy => 'policy', profile => 'strict',
	  tenant => [qw(users-objects17 domains)] },
	# What older snapshots show, two of AD and one of the tenant.
	{ name => 'everything-history17', ad => ['ad-history17'],
	  before => 'ad-history17-before', profile => 'strict',
	  past => [qw(ad-history17-first.ldif users-history17-before.json
		domains.json)],
	  policy => 'policy', tenant => [qw(users-history17 domains)] },
	# Addresses in domains that are not in ASCII, and who needs no mail.
	{ name => 'everything-mendb17', ad => ['ad-mendb17'],
	  policy => 'policy', profile => 'strict' },
	# Licences, and what the strict profile says of names and addresses.
	{ name => 'everything-w3rows', ad => ['ad-w3rows'],
	  policy => 'policy-w3rows', profile => 'strict',
	  tenant => [qw(users-w3rows domains)] },
	# A recipient made on premises where Exchange Online takes none.
	{ name => 'everything-w3cloud', ad => ['ad-w3cloud'],
	  when => '2026-11-15T06:00:00Z', tenant => [qw(users-engine17 domains)],
	  sections => { 'tenant.exchange' => 'tenant-exchange-w3cloud' } },
	# Whose mail goes elsewhere, and what was converted in the tenant.
	{ name => 'everything-w4recip', ad => ['ad-w4recip'],
	  policy => 'policy', mailboxes => 'mailboxes-w4recip',
	  tenant => [qw(users-w4recip domains-recipients17)] },
	# What AD alone shows of mailboxes made anew, managers and the engine.
	{ name => 'everything-w5rows', ad => ['ad-w5rows'],
	  before => 'ad-w5rows-before', policy => 'policy',
	  profile => 'strict' },
	# All that the last Exchange server is kept for; sync is on, then off.
	{ name => 'everything-last18', ad => ['ad-last18'],
	  when => '2026-11-15T06:00:00Z', policy => 'policy-last18',
	  mailboxes => 'mailboxes-last18', tenant => [qw(users-last18
		groups-last18 contacts-last18 domains-recipients17)],
	  sections => { 'tenant.organization' => 'tenant-organization',
		'tenant.exchange' => 'tenant-exchange-last18' } },
	{ name => 'everything-last18-off', ad => ['ad-last18'],
	  when => '2026-11-15T06:00:00Z', tenant => [qw(users-last18
		domains-recipients17)],
	  sections => { 'tenant.organization' =>
		'tenant-organization-off' } },
);

# The program must end with one of the statuses 0 and 3: some not assessed.
sub run {
	my $said = `@_ 2>&1`;
	return if $? == 0 || $? == 3 << 8;
	print "# $_\n" for "@_: status " . ($? >> 8), split /\n/, $said;
}

# Adds a section to a snapshot, as snapshot(5) says.
sub add_section {
	my ($snapshot, $section, $from, $attributes) = @_;
	my $manifest = $json->decode(slurp("$snapshot/manifest.json") || '{}');
	my $rows = slurp("$f/$from.ndjson");
	my ($entry) = grep { $_->{name} eq $section }
		@{$manifest->{sections} // []};
	return if !$entry;
	($entry->{file} = "$section.ndjson") =~ s/\./-/;
	spew("$snapshot/$entry->{file}", $rows);
	@$entry{qw(state count sha256 attributes)} =
		('complete', $rows =~ tr/\n//, sha256_hex($rows),
		 $attributes // 'all');
	spew("$snapshot/manifest.json", $json->encode($manifest));
}

# A group with more members than any file of fixtures should have.
sub crowd {
	my ($path, $size) = @_;
	spew($path, "version: 1\n\ndn: CN=Crowd,OU=People,DC=corp,DC=example\n"
		. "objectClass: group\nsAMAccountName: crowd\ncn: Crowd\n"
		. "objectGUID:: Y3Jvd2Rjcm93ZGNyb3dkMQ==\ndisplayName: Crowd\n"
		. "groupType: -2147483640\n" . join('', map {
		"member: CN=$_,OU=Elsewhere,DC=other,DC=example\n" }
		1 .. $size));
	return $path;
}

sub analyze {
	my ($r) = @_;
	my $to = "$tmp/$r->{name}";
	my @snapshots = "$to.now";
	my @made = $r->{crowd} ? crowd("$to.crowd.ldif", $r->{crowd}) : ();
	run($bin, qw(collect import), @made, map({ "$f/$_.ldif" } @{$r->{ad} // []}),
		map({ "$f/$_.csv" } grep { $_ } $r->{csv},
			$r->{mailboxes}),
		map({ "$f/$_.json" } @{$r->{tenant} // []}), '--collected',
		$r->{when} // '2016-02-15T06:00:00Z', '-o', "$to.now");
	if ($r->{before}) {
		run($bin, qw(collect import), "$f/$r->{before}.ldif",
			'--collected', '2015-10-12T06:00:00Z', '-o',
			"$to.before");
		unshift @snapshots, "$to.before";
	}
	if ($r->{past}) {
		run($bin, qw(collect import), map({ "$f/$_" } @{$r->{past}}),
			'--collected', '2015-08-12T06:00:00Z', '-o',
			"$to.past");
		unshift @snapshots, "$to.past";
	}
	my %sections = %{$r->{sections} // {}};
	add_section("$to.now", $_, $sections{$_}, ($r->{attributes} // {})->{$_})
		for sort keys %sections;
	my @as = (@snapshots, $r->{policy}
		? ('--policy', "$f/$r->{policy}.json") : (), $r->{scope}
		? ('--scope', "$f/$r->{scope}") : (), $r->{edits}
		? ('--what-if', "$f/$r->{edits}.json") : (), $r->{profile}
		? ('--profile', $r->{profile}) : ());
	run($bin, 'analyze', @as, '-o', $to);
	run($bin, 'report', $to, '--format', 'html,csv,json,xlsx', '-o', $to);
	waive($to, @as);
}

# All that was found is waived: nothing is open, and each waiver is used.
sub waive {
	my ($to, @as) = @_;
	return if !-s "$to/findings.ndjson";
	run($bin, 'waive', $to, "--rule '*' --reason known >$to.waivers");
	run($bin, 'analyze', @as, '--waivers', "$to.waivers --fail-on info -o",
		"$to.waived");
	my $manifest = $json->decode(slurp("$to.waived/manifest.json") || '{}');
	my $w = $manifest->{waivers} // {};
	my @findings = map { $json->decode($_) } split /\n/,
		slurp("$to.waived/findings.ndjson");
	my @open = grep { $_->{status} ne 'waived' } @findings;
	delete @$_{qw(status waiver)} for @findings;
	my @plain = map { $json->decode($_) } split /\n/,
		slurp("$to/findings.ndjson");
	delete $_->{status} for @plain;
	my $good = @findings == @plain && !@open && $w->{used} == $w->{count} &&
		!@{$w->{told}} && $json->encode(\@findings) eq
		$json->encode(\@plain) && slurp("$to/forecast.ndjson") eq
		slurp("$to.waived/forecast.ndjson");
	ok($good, "all of " . $to =~ s,.*/,,r . " can be waived",
		map { "$_->{rule} is open" } @open);
}

sub golden {
	my ($have, $name) = @_;
	my $want = "tests/golden/$name";
	copy($have, $want) if ($ENV{GOLDEN} // '') eq 'write' && -s $have;
	my $good = -s $have && -s $want && slurp($have) eq slurp($want);
	ok($good, $name, $good ? () : -s $have
		? split(/\n/, substr `diff -u $want $have`, 0, 3000)
		: 'was not written');
}

for my $r (@runs) {
	analyze($r);
	golden("$tmp/$r->{name}/findings.csv", "$r->{name}.csv");
	golden("$tmp/$r->{name}/forecast.ndjson", "$r->{name}-forecast.ndjson");
}

# ---- whether it is everything ----

my @forecasts = map { $json->decode($_) } map { split /\n/,
	slurp("$tmp/$_->{name}/forecast.ndjson") } @runs;
my @findings = map { $json->decode($_) } map { split /\n/,
	slurp("$tmp/$_->{name}/findings.ndjson") } @runs;
for my $r (@runs) {
	my @bad = wrong_causes("$tmp/$r->{name}");
	ok(!@bad, "causes of $r->{name}", @bad);
}
# Objects are counted by what findings say they are on: of a tenant's domains, or
# servers, a rule may report several.
sub counts {
	my ($name) = @_;
	my %on;
	for (map { $json->decode($_) } split /\n/,
		slurp("$tmp/$name/findings.ndjson")) {
		my $called = join ' ', map { $_ // '' }
			@$_{qw(class guid dn object)};
		$on{$_->{rule}}{$called} = 1;
	}
	my $manifest = $json->decode(slurp("$tmp/$name/manifest.json") || '{}');
	return map { "$_->{id}: $_->{objects} objects" } grep { $_->{objects} !=
		keys %{$on{$_->{id}} // {}} } @{$manifest->{rules} // []};
}
for my $r (@runs) {
	my @bad = counts($r->{name});
	ok(!@bad, "objects of $r->{name}", @bad);
}
# Findings of the forecast's objects come in its order, then the rest: reports
# read both side by side.
sub out_of_order {
	my ($name) = @_;
	my ($n, $last, %place, @bad) = (0, 0);
	my $called = sub { join ' ', map { $_ // '' }
		@{$_[0]}{qw(guid dn object)} };
	$place{$called->($json->decode($_))} = ++$n for split /\n/,
		slurp("$tmp/$name/forecast.ndjson");
	for (map { $json->decode($_) } split /\n/,
		slurp("$tmp/$name/findings.ndjson")) {
		my $at = $place{$called->($_)} // $n + 1;
		push @bad, $_->{fingerprint} if $at < $last;
		$last = $at;
	}
	return @bad;
}
for my $r (@runs) {
	my @bad = out_of_order($r->{name});
	ok(!@bad, "findings of $r->{name} stand as the forecast does", @bad);
}

my $sources = join '', map { chomp; slurp($_) }
	`git ls-files 'analyze/*.c'`;

my $string = qr/"(?:[^"\\]|\\.)*"/;

# The texts of the rows [PREFIX...] of tables in the sources.
sub texts {
	my ($prefix) = @_;
	my %text;
	while ($sources =~ /\[($prefix\w+)\]\ =\ (?:\{\ \w+,)?\s*
		((?:$string\s*)+)/gx) {
		my ($key, $strings) = ($1, $2);
		$text{$key} = join '', map { substr $_, 1, -1 }
			$strings =~ /$string/g;
	}
	return %text;
}

# Each of the wanted occurs, and they are as many as there were, or more.
sub all_of {
	my ($name, $least, $wanted, $has) = @_;
	my @lacks = grep { !$has->($_) } @$wanted;
	ok(@$wanted >= $least && !@lacks, "$name: " . @$wanted, @$wanted < $least
		? "want $least of them, have only " . @$wanted : (),
		map { "lacks $_" } @lacks);
}

# This one only tells what was not read.
my %never = ('exchange-organization-read' => 1);
my %rule = map { $_->{rule} => 1 } @findings;
all_of('every rule', 120, [grep { !$never{$_} } map { /^(\S+)/ }
	split /\n/, `$bin rules`], sub { $rule{$_[0]} });

my %doubt = map { $_ => 1 } map { @{$_->{doubts} // []} } @forecasts;
my %doubts = texts('DOUBT_');
all_of('every doubt', 71, [map { $doubts{$_} } sort keys %doubts],
	sub { $doubt{$_[0]} });

my %blocks = texts('BLOCK_');
my @blocked = map { $_->{matchReason} } grep { ($_->{action} // '') eq
	'blocked' } @forecasts;
all_of('every reason of a block', 7, [map { $blocks{$_} } sort keys %blocks],
	sub { scalar grep { /\Q$_[0]\E$/ } @blocked });

my %words = (texts('MATCH_'), texts('ACTION_'));
$words{$_} = 'null' for qw(MATCH_UNKNOWN ACTION_UNKNOWN);
sub pair { return join ' ', map { $words{$_} // $_ } @_; }
my %pairs = map { $_ => 1 } pair(qw(MATCH_CONFLICT ACTION_BLOCKED)),
	pair(qw(MATCH_NONE ACTION_BLOCKED)),
	pair(qw(MATCH_SYNCED ACTION_NONE));
$pairs{pair($1, $2)} = 1
	while $sources =~ /\bset\(&?t, (MATCH_\w+), (ACTION_\w+)/g;
my %pair = map { join(' ', $_->{match} // 'null', $_->{action} // 'null')
	=> 1 } @forecasts;
all_of('every pair of match and action', 12, [sort keys %pairs],
	sub { $pair{$_[0]} });
my %unheard = map { $_ => 1 } grep { !$pairs{$_} } keys %pair;
ok(%pair && !%unheard, 'and no other', sort keys %unheard);
for my $what (qw(match action)) {
	my %known = texts(uc "${what}_");
	my %is = map { $_->{$what} // 'null' => 1 } @forecasts;
	all_of("every word of $what", 6, [sort values %known],
		sub { $is{$_[0]} });
}

# Every finding has a proposal, or says why none is safe; but for those of rules
# whose cure is no value of an attribute, as all that the last server is kept for.
my %no_value = map { $_ => 1 } (grep { /^exchange-/ &&
	$_ ne 'exchange-guid-shared' } keys %rule), qw(account-missing admin-synced
	exo-default-too-early licence-error
	anchor-objectguid cloud-enforced cloud-passwords-never-expire
	cloud-sync-limits conflict-object deletes-over-threshold
	disabled-then-enabled disabled-with-mailbox domain-default-initial
	domain-federated domain-unverified-in-use enabled-differs
	engine-stopped engine-too-old-soa engine-unsupported engine-vulnerable
	exchange-out-of-support filter-group-used former-hard-match
	group-dynamic group-members-lost group-too-large guest-holds-address
	hard-match inetorgperson-password licence-no-mailbox
	linked-without-master mailbox-no-licence matching-open
	moved-out-of-scope orphan password-must-change password-sync-off
	public-folder-mail remap-bypass-on remote-no-twin restore-deadline
	restored returned-to-scope scp-left service-account-in-scope
	service-error smartcard-only snapshots-too-far sync-account-left
	sync-error sync-off-leftovers sync-stale sync-suspended system-account
	threshold-off upn-updates-off);
my %silent = map { $_->{rule} => 1 } grep { !$_->{proposed} &&
	!$_->{unproposed} && !$no_value{$_->{rule}} } @findings;
ok(!%silent, 'a proposal, or why there is none', sort keys %silent);

# A fix does not order what it is said to be too early for: it has a condition,
# or says what comes first; what is right already wants no other value.
my %torn = map { ("$_->{rule}: $_->{fix} | $_->{unproposed}" => 1) } grep {
	my $why = $_->{unproposed} // '';
	($why =~ /(?:decided|found out|seen|asked|chosen) first/ &&
		$why !~ /meant to be has/ && $_->{fix} !~ /\b(?:if|decide|
			check|ask|find|looks?|see|choose|correct|say|first|
			verify|shorter|shorten|valid|user's)\b/xi) ||
	($_->{fix} =~ /^AD (?:is right|has \S+) already/ &&
		$why !~ /already|former/) ||
	($why =~ /policy of Exchange \w+ undo/ &&
		$_->{fix} !~ /First (?:switch off|check)/) ||
	($why =~ /AD has no object/ && $_->{fix} =~ /^In AD, (?!find)/)
} @findings;
ok(!%torn, 'fix and reason agree', sort keys %torn);

# What is in conflict with an object of another forest names that one.
my %of = map { ($_->{dn} // '') => $_ } grep { $_->{rule} =~
	/^(?:group-anchor-shared|joined-both-enabled)$/ } @findings;
for (['CN=Former,OU=People,DC=corp,DC=example', 'other.example'],
	['CN=Migrated,OU=People,DC=other,DC=example', 'corp.example'],
	['CN=Twice-1,OU=People,DC=corp,DC=example', 'other.example'],
	['CN=Linked,OU=People,DC=corp,DC=example', undef]) {
	my ($dn, $other) = @$_;
	my $have = ($of{$dn} // { otherForest => 'no finding' })->{otherForest};
	ok(($have // '') eq ($other // ''), "the other forest of $dn",
		'have ' . ($have // 'none'));
}

# What tests/exports.t says of a few folders holds for all that there is to say.
my $said = `tests/exports/validate.py data/report.schema.json \\
	$tmp/*/report.json 2>&1`;
ok($? == 0 && $said eq '', 'report.json is as its schema says', $said);

done();
