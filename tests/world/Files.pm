# The looks as files: LDIF as ldifde writes it, with what AD computes of
# replication where it was asked for; pages of Graph; and the policy.
package Files;
use strict;
use warnings;
use Exporter qw(import);
use JSON::XS;
use MIME::Base64 qw(encode_base64);
use POSIX qw(strftime);
use World qw(ou_dn $root);

our @EXPORT_OK = qw(ldif pages policy guid_text iso);

my $json = JSON::XS->new->utf8->canonical;
my $sid = 'S-1-5-21-1000-2000-3000';
my $initial = 'corp.onmicrosoft.com';
my %classes = (user => [qw(top person organizationalPerson user)],
	inetOrgPerson => [qw(top person organizationalPerson user
		inetOrgPerson)], group => [qw(top group)],
	contact => [qw(top person organizationalPerson contact)]);
my %category = (user => 'Person', inetOrgPerson => 'Person',
	group => 'Group', contact => 'Person');

sub iso { return strftime('%Y-%m-%dT%H:%M:%SZ', gmtime $_[0]); }
sub general { return strftime('%Y%m%d%H%M%S.0Z', gmtime $_[0]); }
sub filetime { return $_[0] ? ($_[0] + 11644473600) . '0000000' : '0'; }
sub anchor { return encode_base64($_[0]{guid}, ''); }
sub sid_text { return "$sid-$_[0]{rid}"; }
sub binary { return "$_[0]:: " . encode_base64($_[1], '') . "\n"; }

# ---- AD ----

sub guid_text {
	my ($guid) = @_;
	return sprintf '%08x-%04x-%04x-%s-%s', unpack('Vvv', $guid),
		unpack('x8H4', $guid), unpack('x10H12', $guid);
}

sub dn_of {
	my ($w, $o, $t) = @_;
	return "CN=$o->{cn}," . ou_dn($w, $o->{ou}, $t) if $o->{there};
	return "CN=$o->{cn}\\0ADEL:" . guid_text($o->{guid})
		. ",CN=Deleted Objects,$root";
}

sub stamps {
	my ($o) = @_;
	my $text = '';
	for my $a (sort keys %{$o->{stamps}}) {
		my ($version, $at) = @{$o->{stamps}{$a}};
		my $xml = join "\n\t", '<DS_REPL_ATTR_META_DATA>', map({
			my ($tag, $value) = @$_; "<$tag>$value</$tag>" }
			[pszAttributeName => $a], [dwVersion => $version],
			[ftimeLastOriginatingChange => iso($at)],
			[usnOriginatingChange => 1234],
			[usnLocalChange => 5678]);
		$text .= binary('msDS-ReplAttributeMetaData',
			"$xml\n</DS_REPL_ATTR_META_DATA>\n\0");
	}
	return $text;
}

sub addresses {
	my ($o) = @_;
	return "mail: $o->{mail}\nproxyAddresses: SMTP:$o->{mail}\n"
		. "mailNickname: $o->{sam}\n";
}

sub head {
	my ($dn, $guid, $category, $created, $changed, @classes) = @_;
	return "dn: $dn\n" . join('', map { "objectClass: $_\n" } @classes)
		. "distinguishedName: $dn\nobjectCategory: CN=$category,"
		. "CN=Schema,CN=Configuration,$root\n"
		. binary(objectGUID => $guid) . "whenCreated: "
		. general($created) . "\nwhenChanged: " . general($changed)
		. "\n";
}

sub record {
	my ($w, $o, $look) = @_;
	my $text = head(dn_of($w, $o, $look->{at}), $o->{guid},
		$category{$o->{class}}, $o->{created}, $o->{changed},
		@{$classes{$o->{class}}})
		. "cn: $o->{cn}\nname: $o->{cn}\ndisplayName: $o->{cn}\n"
		. addresses($o);
	$text .= "sAMAccountName: $o->{sam}\n" . binary(objectSid =>
		pack 'CCnNV5', 1, 5, 0, 5, 21, 1000, 2000, 3000, $o->{rid})
		if $o->{class} ne 'contact';
	$text .= "groupType: -2147483640\n" if $o->{class} eq 'group';
	$text .= "userAccountControl: $o->{uac}\npwdLastSet: "
		. filetime($o->{pwdLastSet}) . "\nuserPrincipalName: "
		. "$o->{upn}\n" if $o->{user};
	$text .= "isDeleted: TRUE\nlastKnownParent: " . ou_dn($w, $o->{ou},
		$o->{gone}) . "\n" if !$o->{there};
	return $text . ($look->{stamps} ? stamps($o) : '') . "\n";
}

# All of the domain at look I.
sub ldif {
	my ($w, $i) = @_;
	my $look = $w->{ad}[$i];
	my $text = "version: 1\n\n" . head($root, $w->{guid}->('domain'),
		'Domain-DNS', 1e9, 1e9, qw(top domain domainDNS))
		. binary(objectSid => pack 'CCnNV4', 1, 4, 0, 5, 21, 1000,
		2000, 3000) . "\n";
	for my $ou (@{$w->{places}}) {
		my $dn = ou_dn($w, $ou, $look->{at});
		my ($name) = $dn =~ /^OU=([^,]*)/;
		$text .= head($dn, $w->{guid}->("ou $ou"),
			'Organizational-Unit', 1e9, 1e9,
			qw(top organizationalUnit)) . "ou: $name\n\n";
	}
	return $text . join '', map { record($w, $_->{seen}[$i], $look) }
		grep { $_->{seen}[$i] && ($_->{seen}[$i]{there}
		|| $w->{bin}) } @{$w->{objects}};
}

# ---- the tenant ----

sub id_of { return sprintf '00000000-0000-4000-8000-%012d', $_[0]; }
sub bool { return $_[0] ? JSON::XS::true : JSON::XS::false; }

sub plan {
	my ($o) = @_;
	return [] if !$o->{licensed};
	return [{ service => 'exchange', capabilityStatus => 'Enabled',
		assignedDateTime => iso($o->{created}),
		servicePlanId => '9aaf7827-d63c-4b61-89c3-182f06f82e5c' }];
}

sub common {
	my ($o, $a) = @_;
	return (id => id_of($a->{id}), displayName => $o->{cn}, mail =>
		$o->{mail}, mailNickname => $o->{sam}, proxyAddresses =>
		["SMTP:$o->{mail}", "smtp:$o->{sam}\@$initial",
		$o->{user} && $o->{licensed} && $o->{upn} ne $o->{mail}
		? "smtp:$o->{upn}" : ()],
		onPremisesSyncEnabled => $a->{synced} ? bool(1)
		: $o->{user} ? bool(0) : undef, onPremisesLastSyncDateTime =>
		iso($a->{synchronized}), createdDateTime =>
		iso($a->{created}));
}

sub user_row {
	my ($w, $o, $a) = @_;
	my $soft = $a->{state} eq 'soft';
	return { common($o, $a), userPrincipalName => $soft
		? id_of($a->{id}) =~ tr/-//dr . $o->{upn} : $o->{upn},
		accountEnabled => bool($a->{enabled}), userType => 'Member',
		onPremisesImmutableId => anchor($o),
		onPremisesSamAccountName => $o->{sam},
		onPremisesDomainName => 'corp.example',
		onPremisesSecurityIdentifier => sid_text($o),
		onPremisesUserPrincipalName => $o->{upn}, assignedPlans =>
		plan($o), $w->{untold} ? () : (lastPasswordChangeDateTime =>
		$a->{set} && iso($a->{set})), $soft ? (deletedDateTime =>
		iso($a->{deleted})) : () };
}

sub group_row {
	my ($o, $a) = @_;
	return { common($o, $a), mailEnabled => bool(1), securityEnabled =>
		bool(1), groupTypes => [], onPremisesSamAccountName =>
		$o->{sam}, onPremisesSecurityIdentifier => sid_text($o) };
}

sub contact_row {
	my ($o, $a) = @_;
	my %row = common($o, $a);
	delete $row{createdDateTime};
	return \%row;
}

sub page {
	my ($list, @rows) = @_;
	return $json->encode({ '@odata.context' =>
		"https://graph.microsoft.com/v1.0/\$metadata#$list",
		value => \@rows });
}

sub domains {
	my ($w) = @_;
	return map { my ($name, $type) = @$_; { id => $name, isVerified =>
		bool(1), authenticationType => $type, isInitial =>
		bool($name eq $initial), isDefault =>
		bool($name eq 'corp.example'), isRoot => bool(1),
		supportedServices => ['Email'] } } ([$initial, 'Managed'],
		['corp.example', 'Managed'], ['fed.example', $w->{federated}
		? 'Federated' : 'Managed']);
}

# Of look I, the text of each file.
sub pages {
	my ($w, $i) = @_;
	my %rows = map { $_ => [] } qw(users groups contacts deleted);
	for my $o (@{$w->{objects}}) {
		my $was = $o->{cloud}[$i] or next;
		my $a = $was->{account};
		next if !$a || $a->{state} eq 'none';
		push @{$rows{$a->{state} eq 'soft' ? 'deleted' : $o->{class}
			eq 'group' ? 'groups' : $o->{class} eq 'contact'
			? 'contacts' : 'users'}}, $o->{class} eq 'group'
			? group_row($was, $a) : $o->{class} eq 'contact'
			? contact_row($was, $a) : user_row($w, $was, $a);
	}
	return (users => page('users', @{$rows{users}}),
		groups => page('groups', @{$rows{groups}}),
		contacts => page('contacts', @{$rows{contacts}}),
		deleted => page('directory/deletedItems/microsoft.graph.user',
		@{$rows{deleted}}),
		domains => page('domains', domains($w)),
		organization => page('organization', { id => id_of(0),
		displayName => 'Corp', createdDateTime => iso($w->{sync}
		- 86400), onPremisesSyncEnabled => bool(1),
		onPremisesLastSyncDateTime => iso($w->{tenant}[$i]{at} - 600),
		verifiedDomains => [map { { name => $_->{id}, isInitial =>
		$_->{isInitial}, isDefault => $_->{isDefault}, type =>
		$_->{authenticationType}, capabilities => 'Email' } }
		domains($w)], assignedPlans => [] }));
}

sub policy {
	my ($w) = @_;
	my %sync = %{$w->{says}};
	$sync{upgraded} = iso($w->{upgraded}) if $w->{upgraded};
	$sync{passwordHash} = bool($w->{phs}) if $w->{phsSaid};
	return $json->encode({ scope => { include => $w->{include}, exclude =>
		$w->{exclude} }, sync => \%sync, tenant => { initialDomain =>
		$initial, verifiedDomains => ['corp.example',
		'fed.example'] } });
}

1;
