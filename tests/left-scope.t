#!/usr/bin/perl
# Who left the sync scope, in made-up worlds of few objects: with a container
# that was renamed or moved, which is one cause with its count, or alone; what
# becomes of accounts; and each fix made as an edit (what-if(5)), which must
# cure what it is for and give rise to nothing new.
use strict;
use warnings;
use Digest::MD5 qw(md5 md5_hex);
use File::Basename qw(dirname);
use File::Path qw(remove_tree);
use File::Temp qw(tempdir);
use JSON::XS;
use MIME::Base64 qw(encode_base64);
use lib dirname(__FILE__) . '/lib';
use Trial qw(done ok slurp spew);

my $here = dirname(__FILE__);
my $bin = $ENV{SYNCSCOPE} // "$here/../build/syncscope";
my $tmp = tempdir(CLEANUP => !$ENV{LEFT_TELL});
my $json = JSON::XS->new->utf8->canonical;
my ($dc, $at) = ('DC=contoso,DC=com', 'contoso.com');
my $rule = 'moved-out-of-scope';

sub lines {
	my ($path) = @_;
	open my $in, '<:raw', $path or return ();
	return map { $json->decode($_) } <$in>;
}

# ---- a world ----

sub guid { return encode_base64(md5($_[0]), ''); }

# An entry of LDIF; MORE are lines of it.
sub entry {
	my ($key, $dn, $classes, @more) = @_;
	my @guid = $key ? ('objectGUID:: ' . guid($key)) : ();
	return join "\n", "dn: $dn",
		(map { "objectClass: $_" } 'top', split / /, $classes), @guid,
		@more, '';
}

# Places by key: "staff=OU=Staff"; without a key it has no objectGUID.
sub places {
	return entry('dc', $dc, 'domain domainDNS'), map {
		my ($key, $dn) = /^(\w*)=(.*)$/;
		entry($key, "$dn,$dc", 'organizationalUnit');
	} @_;
}

sub user {
	my ($key, $place, @more) = @_;
	return entry($key, "CN=$key,$place,$dc",
		'person organizationalPerson user', "sAMAccountName: $key",
		"userPrincipalName: $key\@contoso.com", "displayName: $key",
		"mail: $key\@contoso.com", "mailNickname: $key",
		"proxyAddresses: SMTP:$key\@contoso.com",
		'userAccountControl: 512', 'pwdLastSet: 131000000000000000',
		@more);
}

sub group {
	my ($key, $place) = @_;
	return entry($key, "CN=$key,$place,$dc", 'group',
		"sAMAccountName: $key", "displayName: $key",
		'groupType: -2147483640');
}

sub contact {
	my ($key, $place) = @_;
	return entry($key, "CN=$key,$place,$dc",
		'person organizationalPerson contact', "displayName: $key",
		"mail: $key\@fabrikam.com", "mailNickname: $key",
		"proxyAddresses: SMTP:$key\@fabrikam.com",
		"targetAddress: SMTP:$key\@fabrikam.com");
}

sub id { return '00000000-0000-4000-8000-' . substr md5_hex($_[0]), 0, 12; }

sub account {
	my ($key, %more) = @_;
	my $sku = '6fd2c87f-b296-42f0-b197-1e91e994b900';
	return {
		'@odata.type' => '#microsoft.graph.user',
		id => id($key), userPrincipalName => "$key\@contoso.com",
		displayName => $key, mail => "$key\@contoso.com",
		mailNickname => $key, accountEnabled => JSON::XS::true,
		proxyAddresses => ["SMTP:$key\@contoso.com"],
		onPremisesSyncEnabled => JSON::XS::true,
		onPremisesImmutableId => guid($key),
		onPremisesSamAccountName => $key, onPremisesDomainName =>
			'contoso.com', usageLocation => 'NL',
		onPremisesDistinguishedName => "CN=$key,OU=Staff,$dc",
		onPremisesLastSyncDateTime => '2026-01-20T00:00:00Z',
		assignedPlans => [{ capabilityStatus => 'Enabled',
			service => 'exchange', servicePlanId =>
			'efb87545-963c-4e0d-99df-69c6916d9eb0' }],
		assignedLicenses => [{ skuId => $sku }],
		licenseAssignmentStates => [{ skuId => $sku,
			state => 'Active' }],
		%more,
	};
}

# ---- a run ----

my $name;
sub call {
	my (@args) = @_;
	my $pid = fork // die "$!\n";
	if (!$pid) {
		open STDOUT, '>', "$tmp/said";
		open STDERR, '>&', \*STDOUT;
		exec $bin, @args or exit 127;
	}
	waitpid $pid, 0;
	return if $? >> 8 == 0 || $? >> 8 == 3;
	open my $in, '<', "$tmp/said";
	die "$name: syncscope @args: " . ($? >> 8) . "\n" . join '', <$in>;
}

# world NAME, SCOPE, [DATE, ENTRY...]..., {tenant, options}: its snapshots.
sub world {
	my ($is, $scope, @looks) = @_;
	my $more = ref $looks[-1] eq 'HASH' ? pop @looks : {};
	my @paths;

	$name = $is;
	mkdir "$tmp/$is";
	for my $look (@looks) {
		my ($date, @entries) = @$look;
		spew("$tmp/$is/ad$date.ldif", join "\n", @entries);
		call('collect', 'import', "$tmp/$is/ad$date.ldif",
			'--collected', "${date}T00:00:00Z", '-o',
			"$tmp/$is/ad$date");
		push @paths, "$tmp/$is/ad$date";
	}
	if ($more->{tenant}) {
		my ($date, @accounts) = @{$more->{tenant}};
		spew("$tmp/$is/tenant.json", $json->encode(
			{ value => \@accounts }));
		call('collect', 'import', "$tmp/$is/tenant.json",
			'--collected', "${date}T06:00:00Z", '-o',
			"$tmp/$is/tenant");
		push @paths, "$tmp/$is/tenant";
	}
	spew("$tmp/$is/policy.json", $json->encode({
		scope => $scope, sync => { engine => 'connect',
			version => '2.6.92.0' },
		tenant => { initialDomain => 'contoso.onmicrosoft.com',
			verifiedDomains => ['contoso.com'] },
	}));
	return [$is, @paths];
}

sub analyze {
	my ($world, $to, @args) = @_;
	my ($is, @paths) = @$world;
	my $out = "$tmp/$is/$to";

	$name = $is;
	remove_tree($out);
	call('analyze', @paths, '--policy', "$tmp/$is/policy.json", '-o', $out,
		@args);
	return $out;
}

# The findings of the rule, by the cn of their objects.
sub left {
	my ($out) = @_;
	return map { (($_->{dn} =~ /^CN=([^,]*)/)[0] => $_) }
		grep { $_->{rule} eq $rule } lines("$out/findings.ndjson");
}

sub causes {
	my ($out) = @_;
	return sort map { $_->{title} } grep { $_->{rule} eq $rule }
		lines("$out/causes.ndjson");
}

sub is {
	my ($what, $have, $want) = @_;
	ok($have eq $want, $what, "have: $have\nwant: $want");
}

sub has {
	my ($what, $text, @want) = @_;
	my @lack = grep { index($text // '', $_) < 0 } @want;
	ok(!@lack, $what, "lacks: @lack\nin: " . ($text // 'nothing'));
}

# The edits cure the findings of all these, and nothing new is found.
sub cures {
	my ($world, $edits, @who) = @_;
	my $path = "$tmp/$world->[0]/edits.json";
	my ($out, %left, @new);

	spew($path, $json->encode({ edits => $edits }));
	$out = analyze($world, 'after', '--what-if', $path);
	%left = left($out);
	@new = grep { $_->{change} eq 'new' && $_->{rule} }
		lines("$out/difference.ndjson");
	ok(!grep({ $left{$_} } @who), "$name: the fix cures " .
		join(', ', @who), join ' ', sort keys %left);
	ok(!@new, "$name: and nothing is new",
		join "\n", map { $json->encode($_) } @new);
}

# ---- containers ----

my $staff = { include => ["OU=Staff,$dc"] };
my @then = (places('staff=OU=Staff', 'sales=OU=Sales,OU=Staff', 'out=OU=Out'),
	user('ann', 'OU=Staff'), user('bob', 'OU=Sales,OU=Staff'),
	user('cas', 'OU=Staff'), group('gus', 'OU=Sales,OU=Staff'),
	contact('kim', 'OU=Staff'), user('zoe', 'OU=Out'));

# What lies in the container CALLED, but for one who was moved out of it.
sub below {
	my ($called) = @_;
	return (places("staff=$called", "sales=OU=Sales,$called", 'out=OU=Out'),
		user('ann', $called), user('bob', "OU=Sales,$called"),
		user('cas', 'OU=Out'), group('gus', "OU=Sales,$called"),
		contact('kim', $called), user('zoe', 'OU=Out'));
}

my $w = world('renamed', $staff, ['2026-01-01', @then],
	['2026-02-01', below('OU=People')]);
my $out = analyze($w, 'f');
my %left = left($out);
is('renamed: one cause, and one who was moved', join("\n", causes($out)),
	"1 user: Moved out of sync scope, to $at/Out\n" .
	'2 users, 1 contact and 1 group: Left the sync scope with the ' .
	"container $at/People, which was renamed");
is('renamed: nobody else', join(' ', sort keys %left), 'ann bob cas gus kim');
has('renamed: when, from where and to where', $left{bob}{message},
	"between 2026-01-01 and 2026-02-01", "renamed from $at/Staff ",
	"to $at/People:");
has('renamed: the fix is on the container', $left{bob}{fix},
	"include $at/People in", 'no object has to be moved');
ok($left{cas}{fix} !~ m{include |/People},
	'renamed: the fix of who was moved is not', $left{cas}{fix});
has('renamed: a contact is gone for good', $left{kim}{message},
	'contacts cannot be restored');
call('show', $out, 'kim@fabrikam.com');
has('renamed: it is shown by the address that AD has',
	do { local @ARGV = "$tmp/said"; scalar <> },
	"CN=kim,OU=People,$dc (contact)\n");
is('renamed: the event', $json->encode($left{ann}{event}), $json->encode({
	what => 'left-scope', after => '2026-01-01T00:00:00Z',
	by => '2026-02-01T00:00:00Z', sure => 'seen',
	from => "CN=ann,OU=Staff,$dc", to => "CN=ann,OU=People,$dc" }));
cures($w, [{ include => "OU=People,$dc" }], qw(ann bob gus kim));
cures($w, [{ move => "CN=cas,OU=Out,$dc", to => "OU=People,$dc" },
	{ include => "OU=People,$dc" }], qw(ann bob cas gus kim));

$w = world('renamed twice', $staff, ['2026-01-01', @then],
	['2026-02-01', below('OU=People')], ['2026-03-01', below('OU=Folk')]);
$out = analyze($w, 'f');
is('renamed twice: one cause', join("\n", causes($out)),
	"1 user: Moved out of sync scope, to $at/Out\n" .
	'2 users, 1 contact and 1 group: Left the sync scope with the ' .
	"container $at/Folk, which was renamed");
%left = left($out);
has('renamed twice: when it left, and where it is', $left{ann}{message},
	'between 2026-01-01 and 2026-02-01', "to $at/Folk:");
cures($w, [{ include => "OU=Folk,$dc" }], qw(ann bob gus kim));

# All of them at once are more than the export lets pass: with the cause that
# they have in common, and not with that of the one who was moved.
sub limited {
	my ($limit) = @_;
	my $world = world("limit $limit", $staff, ['2026-01-01', @then],
		['2026-02-01', below('OU=People')]);
	my $path = "$tmp/$world->[0]/policy.json";
	my $policy = $json->decode(slurp($path));
	$policy->{sync}{deletionThreshold} = $limit + 0;
	spew($path, $json->encode($policy));
	return map { ($_->{title} =~ /^(\d)/)[0] . ' ' . ($_->{action} =~
		/( These are up to.*)/ ? $1 : 'no limit') } grep {
		$_->{rule} eq $rule } lines(analyze($world, 'f') .
		'/causes.ndjson');
}
is('limit: named in the cause', join("\n", sort(limited(3))), "1 no limit\n" .
	'2  These are up to 4 deletions: more than 3 in one run, as the ' .
	'policy says, stop the export.');
is('limit: near it', (sort(limited(4)))[1], '2  These are up to 4 deletions: ' .
	'more than 4 in one run, as the policy says, stop the export.');
is('limit: far from it', (sort(limited(9)))[1], '2 no limit');

# The finding stays the same one, whatever it is called since.
my %twice = %left;
$w = world('once', $staff, ['2026-01-01', @then],
	['2026-02-01', below('OU=People')]);
%left = left(analyze($w, 'f'));
ok(!grep({ $left{$_}{fingerprint} ne $twice{$_}{fingerprint} } keys %left),
	'the fingerprint stays', join ' ', keys %left);

$w = world('named anew', { include => ["OU=People,$dc"] },
	['2026-01-01', @then], ['2026-02-01', below('OU=People')]);
%left = left(analyze($w, 'f'));
is('named anew: the scope names what it is called now', join(' ',
	sort keys %left), '');

my $rest = { include => [$dc], exclude => ["OU=Out,$dc"] };
$w = world('moved', $rest, ['2026-01-01', @then], ['2026-02-01',
	places('staff=OU=Staff', 'sales=OU=Vente,OU=Out', 'out=OU=Out'),
	user('ann', 'OU=Vente,OU=Out'), user('bob', 'OU=Vente,OU=Out'),
	user('cas', 'OU=Staff'), group('gus', 'OU=Vente,OU=Out'),
	contact('kim', 'OU=Staff'), user('zoe', 'OU=Out')]);
$out = analyze($w, 'f');
# Ann went into it, and it went.
is('moved: one cause', join("\n", causes($out)), '2 users and 1 group: Left ' .
	"the sync scope with the container $at/Out/Vente, which was " .
	'moved');
cures($w, [{ move => "OU=Vente,OU=Out,$dc", to => "OU=Staff,$dc" }],
	qw(ann bob gus));
cures($w, [{ include => "OU=Vente,OU=Out,$dc" }], qw(ann bob gus));

# A container that is new took nobody along; one that is gone did not, either.
$w = world('given up', $staff, ['2026-01-01', @then], ['2026-02-01',
	places('new=OU=New', 'out=OU=Out'), user('ann', 'OU=New'),
	user('bob', 'OU=New'), user('cas', 'OU=New'), group('gus', 'OU=New'),
	contact('kim', 'OU=New'), user('zoe', 'OU=Out')]);
$out = analyze($w, 'f');
is('given up: they were moved', join("\n", causes($out)), '3 users, 1 ' .
	'contact and 1 group: Moved out of sync scope, to ' .
	"$at/New");
%left = left($out);
has('given up: where it lay is gone', $left{ann}{fix},
	"$at/Staff, where it lay, is there no more");

# What was included is named, though more than that was renamed.
$w = world('above', { include => ["OU=Sales,OU=Staff,$dc"] },
	['2026-01-01', @then], ['2026-02-01', below('OU=People')]);
is('above: the container that was in scope', join("\n",
	causes(analyze($w, 'f'))), '1 group and 1 user: Left the sync scope ' .
	"with the container $at/People/Sales, which was renamed");
cures($w, [{ include => "OU=Sales,OU=People,$dc" }], qw(bob gus));

# In the look between the two it was out of scope by itself.
$w = world('looks between', $staff,
	['2026-01-01', places('staff=OU=Staff'), user('ann', 'OU=Staff')],
	['2026-01-15', places('staff=OU=Staff'), user('ann', 'OU=Staff',
		'adminDescription: User_NoSync')],
	['2026-02-01', places('staff=OU=People'), user('ann', 'OU=People')]);
is('looks between: the place of all of them', join("\n",
	causes(analyze($w, 'f'))), '1 user: Left the sync scope with the ' .
	"container $at/People, which was renamed");

# An edit moves a container, too.
$w = world('to be moved', $rest, ['2026-01-01', @then], ['2026-02-01', @then]);
spew("$tmp/move.json", $json->encode({ edits => [
	{ move => "OU=Sales,OU=Staff,$dc", to => "OU=Out,$dc" }] }));
is('to be moved: one cause', join("\n", causes(analyze($w, 'f', '--what-if',
	"$tmp/move.json"))), '1 group and 1 user: Left the sync scope with ' .
	"the container $at/Out/Sales, which was moved");

# Without objectGUID of containers names tell: no more than likely.
my @bare = map { my $e = $_; $e =~ s/^objectGUID:.*\n//m
	if $e =~ /organizationalUnit|domainDNS/; $e } @then;
my @later = map { my $e = $_; $e =~ s/^objectGUID:.*\n//m
	if $e =~ /organizationalUnit|domainDNS/; $e } below('OU=People');
$w = world('by names', $staff, ['2026-01-01', @bare],
	['2026-02-01', @later]);
%left = left(analyze($w, 'f'));
has('by names: likely', $left{ann}{message}, 'likely with its container');
has('by names: if it was so', $left{bob}{fix}, 'if it was renamed or moved');

# ---- what becomes of accounts ----

my @two = (places('staff=OU=Staff', 'out=OU=Out'), user('ann', 'OU=Staff'),
	user('bob', 'OU=Staff'));
my @gone = (places('staff=OU=Staff', 'out=OU=Out'), user('ann', 'OU=Out'),
	user('bob', 'OU=Staff'));

# MORE of the account of ann, who was moved out.
sub fate {
	my ($is, $tenant, %more) = @_;
	my $world = world($is, $staff, ['2026-01-01', @two],
		['2026-02-01', @gone], { tenant => [$tenant,
			account('ann', %more), account('bob')] });
	my %is = left(analyze($world, 'f'));
	return ($is{ann}, $world);
}

my $f;
($f, $w) = fate('live', '2026-02-01');
has('live: what goes, and until when', $f->{message},
	"from $at/Staff to $at/Out:",
	'deletes its account, with its mailbox in Exchange Online and its ' .
	'license', 'until 2026-03-03');
has('live: in time, and too late', $f->{fix}, "it lay in $at/Staff)",
	'within 30 days', 'comes back as it was',
	'a new account with an empty mailbox', 'hold');
is('live: severity', $f->{severity}, 'high');
cures($w, [{ move => "CN=ann,OU=Out,$dc", to => "OU=Staff,$dc" }], 'ann');
cures($w, [{ include => "OU=Out,$dc" }], 'ann');

($f) = fate('without a licence', '2026-02-01', assignedPlans => [],
	assignedLicenses => [], licenseAssignmentStates => []);
ok($f->{message} !~ /mailbox|license/ && $f->{fix} =~
	/later a new account is created/, 'without a licence: no mailbox is told',
	"$f->{message}\n$f->{fix}");

# The engine wrote to it when it had left by what the policy says.
($f) = fate('synchronized since', '2026-02-20',
	onPremisesLastSyncDateTime => '2026-02-19T00:00:00Z');
has('synchronized since: that is told', $f->{message},
	'synchronized on 2026-02-19');

# One that is deleted has a name of its own in the tenant.
sub deleted {
	my ($is, $when, $tenant) = @_;
	my $world = world($is, $staff, ['2026-01-01', @two],
		['2026-02-01', @gone], { tenant => [$tenant,
			account('ann', deletedDateTime => $when,
				userPrincipalName => ('0' x 32) .
				'ann@contoso.com'), account('bob')] });
	my %is = left(analyze($world, 'f'));
	return $is{ann};
}

$f = deleted('deleted', '2026-01-31T10:00:00Z', '2026-02-01');
has('deleted: when, and until when', $f->{message}, 'deleted on 2026-01-31',
	'can be restored until 2026-03-02');
has('deleted: in time, and too late', $f->{fix}, 'comes back as it was');
$f = deleted('too late', '2026-01-02T10:00:00Z', '2026-02-28');
has('too late: until when it could', $f->{message},
	'could be restored until 2026-02-01');
has('too late: what is made', $f->{fix}, 'a new account',
	'what was in the old one is lost');

# Nothing of the tenant: a span, and what was not collected.
$w = world('no tenant', $staff, ['2026-01-01', @two], ['2026-02-01', @gone]);
%left = left(analyze($w, 'f'));
has('no tenant: from when to when', $left{ann}{message}, 'not collected',
	'end between 2026-01-31 and 2026-03-03');

# One look, and the account says where its object lay.
$w = world('one look', $staff, ['2026-02-01', @gone], { tenant =>
	['2026-02-01', account('ann'), account('bob')] });
%left = left(analyze($w, 'f'));
has('one look: from where, and after when', $left{ann}{message},
	'moved after 2026-01-20', "from $at/Staff");
is('one look: likely', $left{ann}{event}{sure}, 'likely');

# The tenant was read before it left, a month before AD: nothing is over.
$w = world('stale tenant', $staff, ['2026-01-01', @two],
	['2026-02-01', @gone], ['2026-02-10', @gone], { tenant =>
	['2026-01-01', account('ann'), account('bob')] });
%left = left(analyze($w, 'f'));
has('stale tenant: from when to when', $left{ann}{message},
	'its account, which was there on 2026-01-01, is deleted by the ' .
	'synchronization that follows',
	'end between 2026-01-31 and 2026-03-03');

# A security group that was deleted: for 30 days, and after that.
sub group_fate {
	my ($is, $now) = @_;
	my @in = (@two, group('gus', 'OU=Staff'));
	my @out = (@two, group('gus', 'OU=Out'));
	my %other = ('@odata.type' => '#microsoft.graph.group',
		id => id('other'), displayName => 'other', groupTypes => [],
		mailEnabled => JSON::XS::false, onPremisesSyncEnabled => undef,
		onPremisesSecurityIdentifier => undef,
		securityEnabled => JSON::XS::true);
	my $world = world($is, $staff, ['2026-01-01', @in],
		['2026-01-20', @out], [$now, @out],
		{ tenant => [$now, \%other] });
	my %is = left(analyze($world, 'f'));
	return $is{gus};
}
$f = group_fate('group', '2026-02-10');
is('group: severity while it can be restored', $f->{severity}, 'high');
ok($f->{message} =~ /can be restored for 30 days$/, 'group: until then',
	$f->{message});
$f = group_fate('group, too late', '2026-03-10');
is('group, too late: severity', $f->{severity}, 'medium');
has('group, too late: the days are over', $f->{message},
	'which are over if it was deleted when it left');

# ---- another way out than by place ----

$w = world('filtered', { include => [$dc] }, ['2026-01-01', @two],
	['2026-02-01', places('staff=OU=Staff', 'out=OU=Out'),
		user('ann', 'OU=Staff', 'adminDescription: User_NoSync'),
		user('bob', 'OU=Staff')]);
%left = left($out = analyze($w, 'f'));
has('filtered: by what', join("\n", causes($out)),
	'1 user: Left the sync scope: filtered: adminDescription');
ok(!$left{ann}{event}{from}, 'filtered: no place is told',
	$json->encode($left{ann}{event}));
cures($w, [{ set => 'ann', attribute => 'adminDescription', value => undef }],
	'ann');

# ---- remembered ----

$w = world('before', $staff, ['2026-01-01', @two], ['2026-02-01', @gone]);
my $before = analyze($w, 'f');
$w = world('remembered', $staff, ['2026-03-01', @gone]);
%left = left(analyze($w, 'f', '--baseline', $before));
has('remembered: when and from where', $left{ann}{message},
	'between 2026-01-01 and 2026-02-01', "from $at/Staff");
is('remembered: the same finding', $left{ann}{fingerprint} // '',
	(left($before))[1]{fingerprint});
done();
