#!/usr/bin/perl
# Whose accounts are whose, when the tenant's files lack columns: a healthy
# organisation, all of whose objects have their accounts, with every choice of
# the columns that they can be joined by. What must come out follows from what
# a column says (domain.md b.2, b.3), not from what the program does: the source
# anchor and the SID name the object; names only hint; without any of them
# nothing is known, and nothing that is not known is a finding.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use JSON::XS;
use MIME::Base64 qw(encode_base64);
use lib dirname(__FILE__) . '/lib';
use Trial qw(done ok slurp spew);

my $here = dirname(__FILE__);
my $bin = $ENV{SYNCSCOPE} // "$here/../build/syncscope";
my $tmp = tempdir(CLEANUP => 1);
my $json = JSON::XS->new->utf8->canonical;

sub lines {
	my ($path) = @_;
	return map { $json->decode($_) } split /\n/, slurp($path);
}

# ---- the organisation: five users, two groups, a contact ----

my @people = qw(ada bob cleo dirk eve);
my @objects = map { { class => 'user', name => $_, mail => "$_\@corp.example" } }
	@people;
push @objects, { class => 'group', name => 'sales', mail => 'sales@corp.example' },
	{ class => 'group', name => 'vault' },
	{ class => 'contact', name => 'ext', mail => 'ext@partner.example' };
$objects[$_]{number} = $_ + 1 for 0 .. $#objects;

sub guid { return pack 'N4', $_[0] * 2654435761 % 2**32, $_[0], 7, $_[0]; }
sub id { return sprintf '00000000-0000-4000-8000-%012d', $_[0]; }
sub dn { return 'CN=' . ucfirst($_[0]{name}) . ',OU=A,DC=corp,DC=example'; }

sub sid {
	my ($o) = @_;
	return pack('C8 V5', 1, 5, 0, 0, 0, 0, 0, 5, 21, 1, 2, 3,
		1000 + $o->{number});
}

sub ldif {
	my ($o) = @_;
	my $class = $o->{class};
	my $text = 'dn: ' . dn($o) . "\nobjectClass: $class\ncn: "
		. ucfirst($o->{name}) . "\ndisplayName: " . ucfirst($o->{name})
		. "\nobjectGUID:: " . encode_base64(guid($o->{number}));
	$text .= "mail: $o->{mail}\nmailNickname: $o->{name}\n"
		. "proxyAddresses: SMTP:$o->{mail}\n" if $o->{mail};
	$text .= "objectSid:: " . encode_base64(sid($o))
		. "sAMAccountName: $o->{name}\n" if $class ne 'contact';
	$text .= "userPrincipalName: $o->{name}\@corp.example\n"
		. "userAccountControl: 512\n" if $class eq 'user';
	$text .= 'groupType: ' . ($o->{mail} ? 2 : -2147483646) . "\n"
		if $class eq 'group';
	return "$text\n";
}

# Which classes have a column, and what it holds of an object.
my %columns = (
	anchor => { user => sub { (onPremisesImmutableId =>
		encode_base64(guid($_[0]{number}), '')) } },
	sid => { map { $_ => sub { (onPremisesSecurityIdentifier =>
		"S-1-5-21-1-2-3-" . (1000 + $_[0]{number})) } } qw(user group) },
	dn => { user => sub { (onPremisesDistinguishedName => dn($_[0])) } },
	sam => { map { $_ => sub { (onPremisesSamAccountName => $_[0]{name},
		onPremisesDomainName => 'corp.example') } } qw(user group) },
	upn => { user => sub { (userPrincipalName =>
		"$_[0]{name}\@corp.example") } },
	mail => { map { $_ => sub { (mail => $_[0]{mail}) } }
		qw(user group contact) },
	addresses => { map { $_ => sub { (proxyAddresses => $_[0]{mail}
		? ["SMTP:$_[0]{mail}"] : []) } } qw(user group contact) },
	synced => { map { $_ => sub { (onPremisesSyncEnabled => JSON::XS::true) } }
		qw(user group contact) },
);

sub account {
	my ($o, @has) = @_;
	my %a = (id => id($o->{number}), displayName => ucfirst $o->{name});
	$a{mailEnabled} = $o->{mail} ? JSON::XS::true : JSON::XS::false
		if $o->{class} eq 'group';
	%a = (%a, accountEnabled => JSON::XS::true, userType => 'Member',
		assignedPlans => [{ service => 'exchange',
			capabilityStatus => 'Enabled' }])
		if $o->{class} eq 'user';
	for my $column (@has) {
		next if $o->{bare} && $column =~ /^(anchor|sid)$/;
		my $of = $columns{$column}{$o->{class}} or next;
		%a = (%a, $of->($o));
	}
	%a = (%a, onPremisesImmutableId => undef,
		onPremisesSecurityIdentifier => undef) if $o->{bare};
	$a{onPremisesImmutableId} = '#NAME?' if $o->{spoilt};
	return \%a;
}

# ---- what must come out ----

# How well the object can be told: by a key, by name, not at all.
sub known {
	my ($o, %has) = @_;
	my $class = $o->{class};
	return 'key' if $class eq 'user' && grep { $has{$_} } qw(anchor sid dn sam);
	return 'key' if $class eq 'group' && ($has{sid} || $has{sam});
	return 'name' if $class eq 'user' && $has{upn};
	return 'name' if $o->{mail} && ($has{mail} || $has{addresses});
	return 'not';
}

# What is wrong with a forecast.
sub wrong {
	my ($o, $f, %has) = @_;
	my $known = known($o, %has);
	my $match = $f->{match} // 'null';
	my $synced = $known eq 'key' || ($known eq 'name' && $has{synced});
	my @wrong;
	push @wrong, "match $match" if $match ne ($synced ? 'synced' : 'null');
	push @wrong, 'action ' . ($f->{action} // 'null')
		if ($f->{action} // 'null') !~ ($synced ? qr/^(update|none)$/
		                                        : qr/^null$/);
	push @wrong, 'matchedId ' . ($f->{matchedId} // 'null')
		if ($f->{matchedId} // 'null') ne
			($known eq 'not' ? 'null' : id($o->{number}));
	push @wrong, 'reason ' . ($f->{matchReason} // 'null')
		if $known eq 'name' && $o->{class} ne 'contact' &&
			($f->{matchReason} // '') !~ /joined by name/;
	push @wrong, 'no doubt' if ($known eq 'name' && $o->{class} ne 'contact'
			|| $match eq 'null') && ($f->{confidence} ne 'uncertain'
			|| "@{$f->{doubts} // []}" !~ /\$select/);
	push @wrong, "the address $o->{mail} is lost" if $o->{mail} &&
		!grep { lc $_ eq "smtp:$o->{mail}" } @{$f->{proxyAddresses}};
	return map { "$o->{name}: $_" } @wrong;
}

# Rules that ask who has which account, and so of a class cannot say "clean".
my %asks = (
	user => [qw(account-missing enabled-differs upn-changes upn-conflict
		soft-match match-blocked proxy-conflict address-lost hard-match
		former-account anchor-differs cloud-managed-differs orphan)],
	group => [qw(soft-match match-blocked proxy-conflict address-lost
		cloud-managed-differs orphan)],
	contact => [qw(soft-match match-blocked proxy-conflict address-lost
		cloud-managed-differs)],
);

# The classes of which an account does not say whose it is.
sub open_classes {
	my (%has) = @_;
	my @open;
	push @open, 'user' if !$has{anchor} && !$has{sid};
	push @open, 'group' if !$has{sid};
	push @open, 'contact' if !$has{synced} || (!$has{mail}
	                                           && !$has{addresses});
	return @open;
}

spew("$tmp/policy.json", $json->encode({
	tenant => { initialDomain => 'corp.onmicrosoft.com', verifiedDomains =>
		['corp.example', 'partner.example'] },
	scope => { include => ['OU=A,DC=corp,DC=example'] },
}));

sub import_files {
	my ($to, @files) = @_;
	system("$bin collect import @files --collected 2026-11-20 -o $to "
		. '>/dev/null 2>&1');
	-e "$to/manifest.json" or die "$to was not imported\n";
}

sub import_ad {
	my ($name, @text) = @_;
	spew("$tmp/$name.ldif", @text);
	import_files("$tmp/$name", "$tmp/$name.ldif");
	return "$tmp/$name";
}

my $ad = import_ad('ad', map { ldif($_) } @objects);

# Analyzes the accounts with these columns; the folder of the findings.
sub analyze {
	my ($name, $ad, $args, $accounts, @has) = @_;
	my %list;
	push @{$list{$_->{class}}}, account($_, @has) for @$accounts;
	for my $class (qw(user group contact)) {
		spew("$tmp/$class.json", $json->encode({
			'@odata.context' => 'https://graph.microsoft.com/v1.0/'
				. '$metadata#' . $class . 's',
			value => $list{$class} // [] }));
	}
	spew("$tmp/deleted.json", $json->encode({ '@odata.context' =>
		'https://graph.microsoft.com/v1.0/$metadata#microsoft.graph.user'
		. '/deletedItems', value => [] }));
	import_files("$tmp/$name.tenant", map { "$tmp/$_.json" }
		qw(user group contact deleted));
	system("$bin analyze $ad $tmp/$name.tenant $args --policy "
		. "$tmp/policy.json -o $tmp/$name >$tmp/$name.out 2>&1");
	return "$tmp/$name";
}

# Forecasts by the name of the object.
sub forecasts {
	my ($to) = @_;
	return map { $_->{dn} =~ /^CN=(\w+)/ ? (lc $1 => $_) : () }
		lines("$to/forecast.ndjson");
}

sub bad_findings {
	my ($to) = @_;
	return map { "$_->{severity} $_->{rule}: $_->{message}" }
		grep { $_->{severity} !~ /^(low|info)$/ }
		lines("$to/findings.ndjson");
}

my @keys = qw(anchor sid dn sam upn mail addresses);

# None, each alone, each pair, all but one, all; with and without "synced".
for my $choice (0 .. 2 ** (@keys + 1) - 1) {
	my @has = map { $choice >> $_ & 1 ? $keys[$_] : () } 0 .. $#keys;
	next if @has > 2 && @has < $#keys;
	push @has, 'synced' if $choice >> @keys & 1;
	my %has = map { $_ => 1 } @has;
	my $to = analyze("c$choice", $ad, '', \@objects, @has);
	my %forecast = forecasts($to);
	my @wrong = map { my $f = $forecast{$_->{name}};
		$f ? wrong($_, $f, %has) : "$_->{name}: no forecast" } @objects;
	push @wrong, bad_findings($to);
	my %rule = map { $_->{id} => $_ }
		@{$json->decode(slurp("$to/manifest.json"))->{rules}};
	for my $class (open_classes(%has)) {
		push @wrong, map { "$_ says clean" }
			grep { $rule{$_}{outcome} eq 'clean' } @{$asks{$class}};
	}
	ok(!@wrong, "columns: @has", @wrong);
}

# ---- who has none, and who cannot be asked ----

# The match and action of an object, and what else is wrong.
sub is {
	my ($name, $to, $who, $match, $action) = @_;
	my %forecast = forecasts($to);
	my $f = $forecast{$who} // {};
	my @is = map { $_ // 'null' } @$f{qw(match action)};
	ok("@is" eq "$match $action" && !bad_findings($to), $name,
		"have @is, want $match $action", bad_findings($to));
}

my $new = { class => 'user', name => 'flo', mail => 'flo@corp.example',
	number => 9 };
my $more = import_ad('more', map { ldif($_) } @objects, $new);
is('a new user, where the anchors are known, is made', analyze('new', $more,
	'', \@objects, @keys, 'synced'), 'flo', 'create', 'create');
is('where they are not, who is not found is not known', analyze('unknown',
	$more, '', \@objects, qw(upn synced)), 'flo', 'null', 'null');
is('nor of whom names alone are known', analyze('names', $more, '',
	\@objects, qw(upn mail addresses)), 'flo', 'null', 'null');

# It is told how many: five users, a group and a contact have such a name.
{
	my $manifest = $json->decode(slurp("$tmp/names/manifest.json"));
	system("$bin report $tmp/names --format html,csv --all "
		. "-o $tmp/names.report "
		. '>/dev/null 2>&1');
	my $csv = slurp("$tmp/names.report/forecast.csv");
	ok(($manifest->{joinedByName} // 0) == 7, 'the manifest counts them',
		$manifest->{joinedByName} // 'none');
	ok(slurp("$tmp/names.out") =~ /^joined by name\b.*: 7$/m,
		'so does the summary', slurp("$tmp/names.out"));
	ok(slurp("$tmp/names.report/report.html") =~ /Joined by name: 7 /,
		'and the report');
	ok(7 == (() = $csv =~ /joined by name: /g), 'whose rows say so');
	ok(`$bin show $tmp/names ada` =~ /^ +match +joined by name: /m,
		'as does the story of one');
}

# Who of AD has no key is not told from others by theirs.
(my $spoilt = ldif($objects[0])) =~ s/^object(GUID|Sid)::.*\n//mg;
is('a user of AD without GUID and SID may have an account', analyze('keyless',
	import_ad('spoilt', $spoilt, map { ldif($_) } @objects[1 .. $#objects]),
	'', \@objects, qw(anchor sid upn mail addresses synced)), 'ada',
	'null', 'null');

# One synchronized account without a key among others makes nobody unknown.
{
	my @accounts = @objects;
	$accounts[1] = { %{$objects[1]}, bare => 1 };
	my $to = analyze('stray', $more, '', \@accounts, qw(anchor sid upn
		mail addresses synced));
	is('one account without a key is joined by name', $to, 'bob', 'synced',
		'update');
	is('and the others are known', $to, 'flo', 'create', 'create');
}

# Nor does one whose key was spoilt on its way.
{
	my @accounts = @objects;
	$accounts[1] = { %{$objects[1]}, spoilt => 1 };
	my $to = analyze('damaged', $more, '', \@accounts, qw(anchor upn
		mail addresses synced));
	is('one whose key was spoilt is joined by name', $to, 'bob', 'synced',
		'update');
	is('and the others are known as well', $to, 'flo', 'create', 'create');
}

# What edits make of the names joins nobody else.
my %edits = (userPrincipalName => 'a.new@corp.example',
	mail => 'a.new@corp.example',
	proxyAddresses => ['SMTP:a.new@corp.example']);
spew("$tmp/edits.json", $json->encode({ edits => [map { {
	set => dn($objects[0]), attribute => $_, value => $edits{$_} } }
	sort keys %edits] }));
is('joined by the name it has before the edits', analyze('edited', $ad,
	"--what-if $tmp/edits.json", \@objects, qw(upn mail synced)), 'ada',
	'synced', 'update');

# A second file that has the keys completes the first.
{
	my $to = "$tmp/both";
	spew("$tmp/keys.json", $json->encode({
		'@odata.context' => 'https://graph.microsoft.com/v1.0/'
			. '$metadata#users',
		value => [map { account($_, @keys, 'synced') } grep {
			$_->{class} eq 'user' } @objects] }));
	analyze('first', $ad, '', \@objects, qw(upn mail synced));
	spew("$tmp/user.json", $json->encode({
		'@odata.context' => 'https://graph.microsoft.com/v1.0/'
			. '$metadata#users',
		value => [map { account($_, qw(upn mail)) } grep {
			$_->{class} eq 'user' } @objects] }));
	import_files("$to.tenant", map { "$tmp/$_.json" }
		qw(user keys group contact deleted));
	system("$bin analyze $ad $to.tenant --policy $tmp/policy.json -o $to "
		. '>/dev/null 2>&1');
	my %forecast = forecasts($to);
	ok(($forecast{ada}{matchReason} // '') eq 'synchronized already',
		'keys of a second file join', $forecast{ada}{matchReason} // '');
}

done();
