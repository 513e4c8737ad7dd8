# One organisation with flaws of all kinds, as its directory and its tenant hold
# it: values as the protocols have them, octets as octets. What writes it in a
# format stands beside this file.
package Org;
use strict;
use warnings;
use utf8;
use Digest::MD5 qw(md5);
use Encode qw(encode);
use MIME::Base64 qw(encode_base64);

our $domain = 'DC=corp,DC=contoso,DC=com';
our $accounts = "OU=Accounts,$domain";
our $leavers = "OU=Leavers,$accounts";
our $initial = 'contoso.onmicrosoft.com';

# What attributes of AD are, by its schema (MS-ADA1 to MS-ADA3).
our %syntax = (
	(map { $_ => 'guid' } qw(objectGUID)),
	(map { $_ => 'octets' } qw(mS-DS-ConsistencyGuid msExchMailboxGuid
		userCertificate)),
	(map { $_ => 'sid' } qw(objectSid msExchMasterAccountSid)),
	(map { $_ => 'integer' } qw(userAccountControl groupType instanceType
		msExchRecipientTypeDetails msExchRemoteRecipientType
		msExchRecipientDisplayType uSNCreated sAMAccountType)),
	(map { $_ => 'filetime' } qw(pwdLastSet)),
	(map { $_ => 'flag' } qw(msExchHideFromAddressLists
		isCriticalSystemObject)),
	(map { $_ => 'time' } qw(whenCreated)),
	(map { $_ => 'dn' } qw(member homeMDB objectCategory distinguishedName)),
);
our %many = map { $_ => 1 } qw(objectClass proxyAddresses member
	msDS-ReplAttributeMetaData userCertificate description
	msExchPoliciesIncluded msExchPoliciesExcluded);
our %classes = (
	user => [qw(top person organizationalPerson user)],
	inetOrgPerson => [qw(top person organizationalPerson user
		inetOrgPerson)],
	group => [qw(top group)],
	contact => [qw(top person organizationalPerson contact)],
	computer => [qw(top person organizationalPerson user computer)],
	publicFolder => [qw(top publicFolder)],
	msExchDynamicDistributionList => [qw(top
		msExchDynamicDistributionList)],
	organizationalUnit => [qw(top organizationalUnit)],
	domainDNS => [qw(top domain domainDNS)],
);

# ---- values ----

sub guid_of { my ($name) = @_; return md5(encode('UTF-8', $name)) }

sub guid_text {
	my ($octets) = @_;
	return sprintf '%08x-%04x-%04x-%s-%s', unpack('V v v', $octets),
		unpack('H4', substr $octets, 8), unpack('H12',
		substr $octets, 10);
}

sub sid_of {
	my ($rid) = @_;
	return pack 'C8 V5', 1, 5, 0, 0, 0, 0, 0, 5, 21, 1004336348,
		1177238915, 682003330, $rid;
}

sub sid_text {
	my ($octets) = @_;
	return join '-', 'S-1-5', unpack 'x8 V*', $octets;
}

# "YYYY-MM-DD HH:MM" in UTC, as seconds since 1970; whole minutes, since
# spreadsheets show no seconds.
sub seconds {
	my ($text) = @_;
	my ($y, $m, $d, $h, $min) = $text =~
		/^(\d+)-(\d+)-(\d+) (\d+):(\d+)$/ or die "time: $text\n";
	my ($years, $months) = ($m > 2 ? $y : $y - 1, ($m + 9) % 12);
	my $days = int(1461 * $years / 4) - int($years / 100) +
		int($years / 400) + int((153 * $months + 2) / 5) + $d - 719469;
	return ($days * 24 + $h) * 3600 + $min * 60;
}

sub filetime { return (seconds($_[0]) + 11644473600) * 10000000 }

sub generalized { return $_[0] =~ s/\D//gr . '00.0Z' }

# Truth: what the snapshot holds of a value, as snapshot(5) says.
sub stored {
	my ($name, $value) = @_;
	my $s = $syntax{$name} // 'text';
	return encode_base64($value, '') if $s =~ /^(?:guid|sid|octets)$/;
	return filetime($value) . '' if $s eq 'filetime';
	return generalized($value) if $s eq 'time';
	return "$value";
}

# ---- the directory ----

our (@ad, %by);
my $rid = 1100;

sub add {
	my ($class, $dn, %is) = @_;
	my $name = delete $is{key} // $is{sAMAccountName} // $dn;
	my %object = (
		objectClass => $classes{$class},
		instanceType => 4,
		uSNCreated => 5000 + @ad,
		objectCategory => 'CN=' . ($class =~ /^(?:user|contact|inet)/
			? 'Person' : ucfirst $class) .
			",CN=Schema,CN=Configuration,$domain",
		objectGUID => guid_of("guid $name"),
		whenCreated => '2014-05-16 08:30',
		%is,
	);
	defined $object{$_} or delete $object{$_} for keys %object;
	$_ = ref $_ ? $_ : [$_] for values %object;
	my $o = { class => $class, dn => $dn, is => \%object };
	push @ad, $o;
	return $by{$name} = $o;
}

sub escaped { return $_[0] =~ s/([,\\+"<>;=])/\\$1/gr }

# A user "Given Last" with mailbox, account given.last and all that is right;
# %is says what is not.
sub user {
	my ($cn, %is) = @_;
	my $class = delete $is{class} // 'user';
	my $ou = delete $is{ou} // $accounts;
	my $rdn = delete $is{rdn} // escaped($cn);
	my ($given, $last) = $cn =~ /^(\S+) (.*)$/;
	my $sam = $is{sAMAccountName} //= lc "$given.$last";
	my $at = "$sam\@contoso.com";
	return add($class, "CN=$rdn,$ou", cn => $cn, displayName => $cn,
		givenName => $given, sn => $last,
		userPrincipalName => $at, mail => $at, mailNickname => $sam,
		proxyAddresses => ["SMTP:$at"], userAccountControl => 512,
		sAMAccountType => 805306368, pwdLastSet => '2015-11-23 09:15',
		accountExpires => '9223372036854775807',
		objectSid => sid_of($rid++), %is);
}

sub none { return map { $_ => undef } @_ }

sub containers {
	add('domainDNS', $domain);
	add('organizationalUnit', "OU=$_,$domain")
		for 'Accounts', 'Gruppen', 'Außenstelle';
	add('organizationalUnit', "OU=$_,$accounts")
		for 'Leavers', 'R\, D';
}

# What replication says when an attribute changed last.
sub change {
	my ($attribute, $version, $when) = @_;
	return "<DS_REPL_ATTR_META_DATA>\n" .
		"\t<pszAttributeName>$attribute</pszAttributeName>\n" .
		"\t<dwVersion>$version</dwVersion>\n" .
		"\t<ftimeLastOriginatingChange>$when" .
		"</ftimeLastOriginatingChange>\n" .
		"\t<uuidLastOriginatingDsaInvocationID>" .
		"5c1f0e0e-7a3b-4c55-8f6e-2d9a6a0a7b11" .
		"</uuidLastOriginatingDsaInvocationID>\n" .
		"\t<usnOriginatingChange>812</usnOriginatingChange>\n" .
		"\t<usnLocalChange>812</usnLocalChange>\n" .
		"\t<pszLastOriginatingDsaDN></pszLastOriginatingDsaDN>\n" .
		"</DS_REPL_ATTR_META_DATA>\n";
}

sub users {
	user('Anke Braun', msExchMailboxGuid => guid_of('box anke'),
		msExchRecipientTypeDetails => 1, streetAddress =>
		"Hauptstraße 1\r\n80331 München");
	user('Bernd Local', userPrincipalName => 'bernd@corp.local',
		none(qw(mail mailNickname proxyAddresses)));
	user('Carla Second', mail => undef, proxyAddresses =>
		['smtp:carla@contoso.com', 'smtp:c.second@contoso.com']);
	user('Dieter Two', proxyAddresses => ['SMTP:dieter.two@contoso.com',
		'SMTP:d2@contoso.com', 'sip:dieter.two@contoso.com']);
	user('Eva Malformed', proxyAddresses => ['SMTP:eva@contoso.com',
		'smtp:eva malformed@contoso.com', 'eva@contoso.de']);
	user('Frank Mail', mail => 'frank@@contoso.com');
	user('Gerda Other', mail => 'gerda@contoso.de', proxyAddresses =>
		['SMTP:gerda.other@contoso.com', 'smtp:gerda@corp.local']);
	user('Heinz Nick', mailNickname => undef,
		msExchRecipientTypeDetails => 2147483648,
		msExchRemoteRecipientType => 4,
		msExchRecipientDisplayType => -2147483642,
		msExchHideFromAddressLists => 'TRUE',
		targetAddress => 'SMTP:heinz@contoso.mail.onmicrosoft.com');
	user('Ida Alias', mailNickname => 'ida öztürk');
	user('Jörg Müller', sAMAccountName => 'joerg.mueller',
		adminDescription => 'Buchhaltung');
	user('Karl Same', proxyAddresses => ['SMTP:karl.same@contoso.com',
		'smtp:sales.team@contoso.com']);
	user('Lena Same', proxyAddresses => ['SMTP:lena.same@contoso.com',
		'smtp:Sales.Team@contoso.com']);
	my $twin = guid_text(guid_of('conflict'));
	user("Max Weiß\nCNF:$twin", rdn => "Max Weiß\\0ACNF:$twin",
		displayName => 'Max Weiß', sn => 'Weiß',
		sAMAccountName => '$DUPLICATE-45f', mail => 'max@contoso.com',
		userPrincipalName => undef, mailNickname => 'max',
		proxyAddresses => ['SMTP:max@contoso.com']);
	user('Nora Raum', userAccountControl => 514,
		msExchRecipientTypeDetails => 16,
		msExchRecipientDisplayType => 7);
	user('Otto Aus', userAccountControl => 66050);
	user('Paula Hidden', msExchHideFromAddressLists => 'TRUE',
		homeMDB => "CN=DB1,CN=Databases,$domain", by_policy());
	user('Quirin Target', targetAddress => 'quirin at contoso.com',
		msExchHideFromAddressLists => 'FALSE');
	user('Rosa Old', proxyAddresses => ['SMTP:rosa.old@contoso.com',
		'X400:C=DE;A= ;P=CORP;O=Exchange;S=Old;G=Rosa;',
		'x500:/o=Corp/ou=Exchange Administrative Group ' .
			'(FYDIBOHF23SPDLT)/cn=Recipients/cn=Rosa, Old',
		'sip:rosa.old@contoso.com', 'smtp:rosa+o=old@contoso.com']);
	user('Stefan Anchor',
		'mS-DS-ConsistencyGuid' => guid_of('anchor stefan'));
	user('Stefan Copy', whenCreated => '2015-12-01 10:00',
		'mS-DS-ConsistencyGuid' => guid_of('anchor stefan'));
	user('Tina Print', 'mS-DS-ConsistencyGuid' => '0123456789abcdef');
	user('Uwe Linked', userAccountControl => 514,
		msExchRecipientTypeDetails => 2,
		msExchMasterAccountSid => pack('C8 V5', 1, 5, 0, 0, 0, 0, 0, 5,
			21, 11, 22, 33, 1601));
	user('Vera Linked', userAccountControl => 514,
		msExchRecipientTypeDetails => 2);
	user('Willi Left', ou => $leavers, userAccountControl => 514);
	user('Xenia Upn', userPrincipalName => 'xenia upn@contoso.com ');
	user('Yannik Soft');
	user('Zoe Blank', displayName => undef);
	user('Zoë Łucka', sAMAccountName => 'zoe.lucka', class =>
		'inetOrgPerson', description => ['Wien; 2. Stock', 'a, "c"']);
	user('Meier, Jan "JM" \\ Ext', sAMAccountName => 'jan.meier',
		givenName => 'Jan', sn => 'Meier', ou => "OU=R\\, D,$accounts",
		displayName => 'Meier, Jan "JM"; extern | \\Berlin');
	user('Hanna Taken');
	user('Back Again', pwdLastSet => '2015-03-04 05:06',
		'msDS-ReplAttributeMetaData' => [
			change('userAccountControl', 4, '2016-01-20T06:00:00Z'),
			change('name', 3, '2016-01-10T06:00:00Z')]);
	user('Enabled Again', pwdLastSet => '2015-03-04 05:06',
		'msDS-ReplAttributeMetaData' =>
			[change('userAccountControl', 6, '2016-01-20T06:00:00Z')]);
	user('Former Same');
	user('Hard Cloud');
	user('Blocked Way');
	user('Ulla Same', userPrincipalName => 'LENA.same@contoso.com');
	user('Never Set', pwdLastSet => '1601-01-01 00:00');
	user('krbtgt key', sAMAccountName => 'krbtgt', ou => "CN=Users,$domain",
		isCriticalSystemObject => 'TRUE', userAccountControl => 514,
		none(qw(mail mailNickname proxyAddresses displayName
			userPrincipalName)));
}

sub group {
	my ($cn, $type, %is) = @_;
	return add('group', "CN=" . ($is{rdn} // escaped $cn) . ',' .
		($is{ou} // "OU=Gruppen,$domain"), cn => $cn,
		displayName => $cn, sAMAccountName => $cn, groupType => $type,
		sAMAccountType => $type < 0 ? 268435456 : 268435457,
		objectSid => sid_of($rid++), %is, rdn => undef, ou => undef);
}

sub members { return member => [map { $by{$_}{dn} } @_] }

# As Exchange leaves who was taken from a policy, one of each class.
sub by_policy {
	return (msExchPoliciesExcluded =>
			['{26491cfc-9e50-4857-861b-0cb8df22b5d7}'],
		msExchPoliciesIncluded =>
			['f7bd8d3c-0e4f-4c5d-9d5b-2c4d6b1e2a3f']);
}

sub mailed {
	my ($nick) = @_;
	return (mail => "$nick\@contoso.com", mailNickname => $nick,
		proxyAddresses => ["SMTP:$nick\@contoso.com"]);
}

sub groups {
	group('Vertrieb', 8, mailed('vertrieb'), members('anke.braun',
		'jan.meier', 'joerg.mueller', '$DUPLICATE-45f', 'zoe.lucka'),
		msExchRecipientDisplayType => 1, ou => $accounts);
	group('Sicherheit', -2147483646, members('anke.braun'));
	group('Sales Team', -2147483640, mailed('sales.team'),
		ou => $accounts, msExchHideFromAddressLists => 'TRUE',
		by_policy());
	group('Ohne Namen', 2, mailed('ohne'), displayName => undef,
		ou => $accounts, targetAddress => 'SMTP:ohne@fabrikam.com');
	group('Lokal', 4, mail => 'lokal@corp.local', mailNickname => 'lo kal',
		proxyAddresses => ['smtp:lokal@corp.local'], ou => $accounts,
		msExchRecipientTypeDetails => 1);
	group('Gegangen', 8, mailed('gegangen'), ou => $leavers);
	group('Admins, all; "EMEA" | \\x', -2147483644, sAMAccountName =>
		'Domain Admins', ou => "CN=Users,$domain",
		isCriticalSystemObject => 'TRUE', adminDescription =>
		'Group_1f2e', members('jan.meier'));
	group("Doppelt\nCNF:" . guid_text(guid_of('twice')), 2,
		rdn => "Doppelt\\0ACNF:" . guid_text(guid_of('twice')),
		sAMAccountName => '$DUPLICATE-46a', ou => $accounts,
		'mS-DS-ConsistencyGuid' => guid_of('anchor group'));
}

sub contact {
	my ($cn, %is) = @_;
	return add('contact', "CN=" . escaped($cn) . ",$accounts", key => $cn,
		cn => $cn, displayName => $cn, %is);
}

sub outside {
	my ($name) = @_;
	return (mail => "$name\@fabrikam.com", mailNickname => $name,
		proxyAddresses => ["SMTP:$name\@fabrikam.com"],
		targetAddress => "SMTP:$name\@fabrikam.com");
}

sub contacts_and_others {
	contact('Ada Außen', outside('ada'), givenName => 'Ada',
		sn => 'Außen', isCriticalSystemObject => 'FALSE');
	contact('Ben Leer');
	contact('Cleo Same', outside('cleo'), proxyAddresses =>
		['SMTP:cleo@fabrikam.com', 'smtp:karl.same@contoso.com'],
		msExchHideFromAddressLists => 'TRUE',
		msExchRecipientTypeDetails => 64, by_policy());
	contact('Dora Target', outside('dora'), targetAddress =>
		'SMTP:dora@@fabrikam.com');
	contact('Emil Cloud', outside('emil'),
		'mS-DS-ConsistencyGuid' => guid_of('anchor contact'));
	add('publicFolder', "CN=Ordner,CN=Microsoft Exchange System Objects," .
		$domain, cn => 'Ordner', displayName => 'Ordner',
		mail => 'ordner@contoso.com', mailNickname => 'ordner',
		proxyAddresses => ['SMTP:ordner@contoso.com',
		'smtp:lena.same@contoso.com']);
	add('msExchDynamicDistributionList', "CN=Alle,$accounts",
		cn => 'Alle', displayName => 'Alle', mailed('alle'));
	add('computer', "CN=PC1,$accounts", cn => 'PC1', sAMAccountName =>
		'PC1$', objectSid => sid_of($rid++), userAccountControl =>
		4096, sAMAccountType => 805306369, displayName => 'PC1$',
		userCertificate => ["\x30\x82\x01\x0a\x00\xff;\\"]);
}

# ---- the tenant ----

our %tenant = map { $_ => [] } qw(users groups contacts deleted domains
	organization);

my $synced = '2016-02-15T05:43:12Z';

sub cloud_id { my ($name) = @_; return guid_text(guid_of("cloud $name")) }

sub plans {
	my ($status) = @_;
	return [{ assignedDateTime => '2015-01-02T03:04:05Z',
		capabilityStatus => $status, service => 'exchange',
		servicePlanId => 'efb87545-963c-4e0d-99df-69c6916d9eb0' },
		{ assignedDateTime => '2015-01-02T03:04:05Z',
		capabilityStatus => 'Enabled', service => 'SharePoint',
		servicePlanId => '5dbe027f-2339-4123-9542-606e4d348a72' }];
}

my @premises = map { "onPremises$_" } qw(ImmutableId SyncEnabled
	DistinguishedName SamAccountName SecurityIdentifier DomainName
	UserPrincipalName LastSyncDateTime);
our @user_properties = (qw(id userPrincipalName displayName mail mailNickname
	proxyAddresses accountEnabled userType givenName surname), @premises,
	qw(assignedPlans createdDateTime));

sub cloud_user {
	my ($name, %is) = @_;
	my $u = { (map { $_ => undef } @user_properties),
		id => cloud_id($name),
		userPrincipalName => "$name\@contoso.com",
		displayName => $name, mail => "$name\@contoso.com",
		mailNickname => $name,
		proxyAddresses => ["SMTP:$name\@contoso.com",
			"smtp:$name\@$initial"],
		accountEnabled => \1, userType => 'Member',
		assignedPlans => [],
		createdDateTime => '2015-01-02T03:04:05Z', %is };
	$u->{onPremisesLastSyncDateTime} = $synced
		if $u->{onPremisesSyncEnabled};
	push @{$tenant{users}}, $u;
	return $u;
}

sub one { my ($o, $name) = @_; return ($o->{is}{$name} // [])->[0] }

# What synchronization made of a user of AD.
sub twin {
	my ($name, %is) = @_;
	my $o = $by{$name};
	my $upn = one($o, 'userPrincipalName');
	return cloud_user($name, displayName => one($o, 'displayName'),
		givenName => one($o, 'givenName'), surname => one($o, 'sn'),
		userPrincipalName => $upn, onPremisesUserPrincipalName => $upn,
		accountEnabled => one($o, 'userAccountControl') & 2 ? \0 : \1,
		onPremisesImmutableId => encode_base64(
			one($o, 'mS-DS-ConsistencyGuid') //
			one($o, 'objectGUID'), ''),
		onPremisesSyncEnabled => \1,
		onPremisesDistinguishedName => $o->{dn},
		onPremisesSamAccountName => $name,
		onPremisesSecurityIdentifier => sid_text(one($o, 'objectSid')),
		onPremisesDomainName => 'corp.contoso.com',
		assignedPlans => plans('Enabled'), %is);
}

sub tenant_users {
	twin($_) for qw(anke.braun carla.second dieter.two joerg.mueller
		karl.same rosa.old stefan.anchor tina.print paula.hidden
		nora.raum willi.left jan.meier zoe.lucka back.again
		enabled.again);
	twin('bernd.local', mail => "bernd.local\@$initial",
		userPrincipalName => "bernd\@$initial",
		proxyAddresses => ["SMTP:bernd.local\@$initial"]);
	twin('gerda.other', userPrincipalName => 'gerda.alt@contoso.com');
	twin('otto.aus', accountEnabled => \1,
		assignedPlans => plans('Suspended'));
	twin('blocked.way', onPremisesImmutableId =>
		encode_base64(guid_of('of another'), ''));
	twin('hard.cloud', onPremisesSyncEnabled => undef,
		map { $_ => undef } grep { !/Immutable/ } @premises);
	cloud_user('yannik.soft', displayName => 'Yannik, "cloud"; ü|x',
		proxyAddresses => ['SMTP:yannik.soft@contoso.com',
		'smtp:yannik+news@contoso.com', 'SIP:yannik.soft@contoso.com'],
		assignedPlans => plans('Enabled'));
	cloud_user('hanna.other', userPrincipalName =>
		"hanna.other\@$initial", mail => 'hanna.taken@contoso.com',
		proxyAddresses => ['SMTP:hanna.taken@contoso.com'],
		onPremisesImmutableId => 'bm90IGEgR1VJRA==');
	cloud_user('admin', userPrincipalName => "admin\@$initial",
		mail => undef, proxyAddresses => []);
	cloud_user('gast', userPrincipalName =>
		"gast_fabrikam.com#EXT#\@$initial", userType => 'Guest',
		mail => 'gast@fabrikam.com', mailNickname =>
		'gast_fabrikam.com#EXT#',
		proxyAddresses => ['SMTP:gast@fabrikam.com']);
	cloud_user('waise', onPremisesSyncEnabled => \1,
		onPremisesImmutableId => encode_base64(guid_of('gone'), ''),
		onPremisesDistinguishedName => "CN=Waise,$accounts",
		onPremisesSamAccountName => 'waise',
		onPremisesSecurityIdentifier => sid_text(sid_of(999)));
	my $gone = cloud_user('former.same',
		deletedDateTime => '2016-02-01T10:00:00Z',
		onPremisesSyncEnabled => \1, onPremisesImmutableId =>
			encode_base64(guid_of('former'), ''));
	pop @{$tenant{users}};
	$gone->{userPrincipalName} = $gone->{id} =~ s/-//gr .
		$gone->{userPrincipalName};
	push @{$tenant{deleted}}, $gone;
}

sub tenant_rest {
	for my $name ('Vertrieb', 'Sales Team') {
		my $o = $by{$name};
		push @{$tenant{groups}}, { id => cloud_id($name),
			displayName => $name, mail => one($o, 'mail'),
			mailNickname => one($o, 'mailNickname'),
			proxyAddresses => $o->{is}{proxyAddresses},
			mailEnabled => \1, securityEnabled => \0,
			groupTypes => [], onPremisesSyncEnabled => \1,
			onPremisesSecurityIdentifier =>
				sid_text(one($o, 'objectSid')),
			onPremisesSamAccountName => $name,
			onPremisesDomainName => 'corp.contoso.com' };
	}
	push @{$tenant{groups}}, { id => cloud_id('Team'),
		displayName => 'Team "Ö"; x', mail => 'frank.mail@contoso.com',
		mailNickname => 'team', mailEnabled => \1,
		securityEnabled => \0, groupTypes => ['Unified'],
		proxyAddresses => ['SMTP:frank.mail@contoso.com'],
		map { $_ => undef } grep { !/Immu|Dist|User/ } @premises };
	push @{$tenant{contacts}}, { id => cloud_id('emil'),
		displayName => 'Emil Cloud', mail => 'emil@fabrikam.com',
		mailNickname => 'emil', givenName => 'Emil', surname => 'Cloud',
		proxyAddresses => ['SMTP:emil@fabrikam.com'],
		companyName => 'Fabrikam', phones => [], addresses => [],
		onPremisesSyncEnabled => \1 };
	push @{$tenant{domains}}, { id => $_->[0], isVerified => $_->[1],
		isInitial => $_->[2], isDefault => $_->[3],
		authenticationType => 'Managed' }
		for ['contoso.com', \1, \0, \1], ['contoso.de', \1, \0, \0],
			[$initial, \1, \1, \0], ['fabrikam.org', \0, \0, \0];
	push @{$tenant{organization}}, { id => cloud_id('tenant'),
		displayName => 'Contoso', onPremisesSyncEnabled => \1,
		verifiedDomains => [map { { name => $_->{id},
			isInitial => $_->{isInitial},
			isDefault => $_->{isDefault}, type => 'Managed',
			capabilities => 'Email' } }
			@{$tenant{domains}}[0 .. 2]] };
}

# The directory some months before: who came back was elsewhere, who is enabled
# was not.
sub before {
	my %then = ('back.again' => { dn => "CN=Back Again,OU=Gruppen,$domain" },
		'enabled.again' => { userAccountControl => [514] });
	return map { my $o = $_;
		my $t = $then{($o->{is}{sAMAccountName} // [''])->[0]} // {};
		my %is = (%{$o->{is}}, %$t);
		delete @is{qw(dn msDS-ReplAttributeMetaData)};
		+{ %$o, dn => $t->{dn} // $o->{dn}, is => \%is } } @ad;
}

containers();
users();
groups();
contacts_and_others();
tenant_users();
tenant_rest();

1;
