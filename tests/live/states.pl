#!/usr/bin/perl
# LDIF for samba.sh load that makes a state of an Exchange organization:
# states.pl green-field|schema-only|servers|tools-only|cloud-managed
#
# All but the first want exchange-schema.ldif to be loaded, and nobody's
# organization. Whoever is in the tenant has a GUID that is made of the account
# name: the tenant's files below fixtures/exchange hold to that.
use strict;
use warnings;
use Digest::MD5 qw(md5);
use MIME::Base64 qw(encode_base64);

my $cloud = 'exchangelabsnl.mail.onmicrosoft.com';
my $org = 'CN=Exchangelabs Mail,CN=Microsoft Exchange,CN=Services,@CONFIGDN@';
my $group = 'CN=Exchange Administrative Group (FYDIBOHF23SPDLT),'
	. "CN=Administrative Groups,$org";
my $legacy = '/o=Exchangelabs Mail/ou=Exchange Administrative Group '
	. '(FYDIBOHF23SPDLT)';
my $database = "CN=DB01,CN=Databases,$group";
my $accounts = 'OU=Accounts,@ROOTDN@';
my $policy = '{26491CFC-9E50-4857-861B-0CB8DF22B5D7}';
my $security = 'OU=Microsoft Exchange Security Groups,@ROOTDN@';
my $version = 88218628259840;

# ---- LDIF ----

sub line {
	my ($name, $value) = @_;
	return "$name: $value\n" if $value =~ /^[!-9;=-~](?:[ -~]*[!-~])?\z/;
	return "${name}:: " . encode_base64($value, '') . "\n";
}

# add DN, NAME => VALUE or [VALUE...], ...: no value, no attribute.
sub add {
	my ($dn, @pairs) = @_;
	print line('dn', $dn), "changetype: add\n";
	while (my ($name, $values) = splice @pairs, 0, 2) {
		print line($name, $_)
			for grep { defined } ref $values ? @$values : $values;
	}
	print "\n";
}

sub containers {
	my ($above, @names) = @_;
	add("CN=$_,$above", objectClass => 'container') for @names;
}

# GUIDs and dates of passwords are the server's own unless it is told.
sub began {
	my ($when) = @_;
	print "#\@time $when\n#\@ --relax\n",
		"#\@ --controls=local_oid:1.3.6.1.4.1.7165.4.3.20:0\n";
}

# ---- recipients ----

sub addresses {
	my ($account, @more) = @_;
	return (mail => "$account\@\@MAILDOM\@",
		proxyAddresses => ["SMTP:$account\@\@MAILDOM\@", @more]);
}

sub user {
	my ($account, $name, @more) = @_;
	my %has = @more;
	my ($given, $family) = $name =~ /^(\w+) (.+)/;
	add('CN=' . $name . ',' . (delete $has{below} // $accounts),
		objectClass => 'user', objectGUID => md5("guid $account"),
		sAMAccountName => $account, displayName => $name,
		givenName => $given, sn => $family,
		userPrincipalName => delete $has{upn}
			// "$account\@\@MAILDOM\@",
		userAccountControl => delete $has{control} // 66048,
		pwdLastSet => '133800000000000000',
		map { ($_, $has{$_}) } sort keys %has);
}

sub recipient {
	my ($account, $details, $display) = @_;
	return (mailNickname => $account, legacyExchangeDN =>
			"$legacy/cn=Recipients/cn=" . $account,
		msExchVersion => $version,
		msExchRecipientTypeDetails => $details,
		msExchRecipientDisplayType => $display);
}

# With the marks that the default policy leaves on whom it serves.
sub mailbox {
	my ($account, $name, $details, $display, @more) = @_;
	user($account, $name, addresses($account,
			"smtp:$account\@$cloud"),
		recipient($account, $details, $display),
		msExchMailboxGuid => md5("mailbox $account"),
		homeMDB => $database, mDBUseDefaults => 'TRUE',
		msExchHomeServerName =>
			"$legacy/cn=Configuration/cn=Servers/cn=EX01",
		msExchPoliciesIncluded => [md5_text($account), $policy], @more);
}

# Users, and a shared mailbox, that have moved.
sub remote {
	my ($account, $name, %o) = @_;
	user($account, $name, addresses($account, "smtp:$account\@$cloud"),
		$o{shared} ? recipient($account, 34359738368, -2147483642)
			: recipient($account, 2147483648, -2147483642),
		msExchMailboxGuid => md5("mailbox $account"),
		targetAddress => "SMTP:$account\@$cloud",
		msExchRemoteRecipientType => $o{shared} ? 100 : 4,
		control => $o{shared} ? 66050 : 66048,
		msExchPoliciesIncluded => $o{policy}
			? [md5_text($account), $policy] : undef);
}

sub md5_text {
	my ($account) = @_;
	return '{' . join('-', unpack('H8H4H4H4H12', md5("policy $account")))
		. '}';
}

sub security_group {
	my ($name, $above) = @_;
	add("CN=$name,$above", objectClass => 'group',
		sAMAccountName => $name, groupType => -2147483640);
}

sub distribution_group {
	my ($account, $name, @members) = @_;
	add("CN=$name,$accounts", objectClass => 'group',
		objectGUID => md5("guid $account"),
		sAMAccountName => $account, displayName => $name,
		groupType => 8, addresses($account),
		recipient($account, undef, 1),
		member => [map { "CN=$_,$accounts" } @members]);
}

sub mail_contact {
	my ($account, $name, $address) = @_;
	add("CN=$name,$accounts", objectClass => 'contact',
		objectGUID => md5("guid $account"), displayName => $name,
		mail => $address, proxyAddresses => "SMTP:$address",
		targetAddress => "SMTP:$address",
		recipient($account, undef, 6));
}

sub moved {
	remote('ahaverkamp', 'Anna Haverkamp', @_);
	remote('bwesselius', 'Bram Wesselius', @_);
	remote('balie', 'Balie', shared => 1, @_);
}

# ---- the organization ----

sub organization {
	my ($object_version) = @_;
	add('CN=Microsoft Exchange,CN=Services,@CONFIGDN@',
		objectClass => 'msExchConfigurationContainer');
	add($org, objectClass => 'msExchOrganizationContainer',
		objectVersion => $object_version,
		legacyExchangeDN => '/o=Exchangelabs Mail',
		msExchVersion => $version);
	add("CN=Administrative Groups,$org",
		objectClass => 'msExchAdminGroupContainer');
	add($group, objectClass => 'msExchAdminGroup',
		legacyExchangeDN => $legacy);
	add("CN=Servers,$group", objectClass => 'msExchServersContainer');
	containers($group, 'Databases', 'Routing Groups');
	containers($org, 'Transport Settings', 'Global Settings',
		'Recipient Policies', 'Federation', 'Federation Trusts',
		'Hybrid Configuration', 'Address Lists Container', 'RBAC');
	containers("CN=Global Settings,$org", 'Internet Message Formats');
	containers("CN=Transport Settings,$org", 'Accepted Domains');
	accepted_domain('@MAILDOM@', 4);
	accepted_domain($cloud, 0);
	remote_domain('Default', '*', 30);
	remote_domain("Hybrid Domain - $cloud", $cloud, 286);
	add("CN=Default Policy,CN=Recipient Policies,$org",
		objectClass => 'msExchRecipientPolicy',
		msExchPolicyOrder => 2147483647,
		purportedSearch => '(mailNickname=*)',
		gatewayProxy => ['SMTP:@@MAILDOM@', "smtp:%m\@$cloud"]);
	add('CN=Microsoft Exchange System Objects,@ROOTDN@',
		objectClass => 'msExchSystemObjectsContainer',
		objectVersion => 13243);
	add($security, objectClass => 'organizationalUnit');
	security_group($_, $security) for 'Organization Management',
		'Recipient Management', 'Exchange Trusted Subsystem',
		'Exchange Windows Permissions';
}

sub accepted_domain {
	my ($name, $flags) = @_;
	add("CN=$name,CN=Accepted Domains,CN=Transport Settings,$org",
		objectClass => 'msExchAcceptedDomain',
		msExchAcceptedDomainName => $name,
		msExchAcceptedDomainFlags => $flags);
}

# Bit 256 makes it the target delivery domain.
sub remote_domain {
	my ($name, $domain, $types) = @_;
	add("CN=$name,CN=Internet Message Formats,CN=Global Settings,$org",
		objectClass => 'msExchDomainContentConfig',
		domainName => $domain,
		msExchRoutingAcceptMessageType => $types,
		msExchDomainContentConfigFlags => 0);
}

my @connectors = (
	['Default %s', 2525], ['Client Proxy %s', 465],
	['Default Frontend %s', 25], ['Outbound Proxy Frontend %s', 717],
	['Client Frontend %s', 587],
);

# A server as setup leaves it: 30000 is added to the build.
sub mail_server {
	my ($name, $minor, $update) = @_;
	my $server = "CN=$name,CN=Servers,$group";
	my $fqdn = lc($name) . '.@DNSDOMAIN@';
	add($server, objectClass => 'msExchExchangeServer',
		objectGUID => md5("guid $name"),
		serialNumber => sprintf('Version 15.2 (Build %d.%d)',
			30000 + $minor, $update),
		versionNumber => 1942126592 + $minor,
		msExchCurrentServerRoles => 16423,
		networkAddress => ["ncacn_ip_tcp:$fqdn", "netbios:$name"],
		msExchProductID => '02064-110-2345678-12345',
		legacyExchangeDN => "$legacy/cn=Configuration/cn=Servers"
			. "/cn=$name", msExchVersion => $version);
	containers($server, 'Protocols');
	containers("CN=Protocols,$server", 'Autodiscover',
		'SMTP Receive Connectors');
	add("CN=$name,CN=Autodiscover,CN=Protocols,$server",
		objectClass => 'serviceConnectionPoint',
		keywords => ['77378F46-2C66-4aa9-A6A6-3E7A48B19596',
			'Site=Default-First-Site-Name'],
		serviceClassName => 'ms-Exchange-AutoDiscover-Service',
		serviceBindingInformation => 'https://autodiscover.@MAILDOM@'
			. '/autodiscover/autodiscover.xml');
	for (@connectors) {
		my ($pattern, $port) = @$_;
		add('CN=' . sprintf($pattern, $name)
			. ",CN=SMTP Receive Connectors,CN=Protocols,$server",
			objectClass => 'msExchSmtpReceiveConnector',
			msExchSmtpReceiveBindings => "0.0.0.0:$port",
			msExchSmtpReceiveRemoteIPRanges =>
				'0.0.0.0-255.255.255.255',
			msExchSmtpReceiveEnabled => 'TRUE');
	}
	add($database, objectClass => 'msExchPrivateMDB',
		displayName => 'DB01', msExchOwningServer => $server,
		msExchEDBFile => 'D:\\DB01\\DB01.edb');
}

# What the Hybrid Configuration wizard leaves.
sub hybrid {
	my $routes = "CN=Routing Groups,$group";
	my $route = "CN=Exchange Routing Group (DWBGZMFD01QNBJR),$routes";
	containers($routes, 'Exchange Routing Group (DWBGZMFD01QNBJR)');
	containers($route, 'Connections');
	add("CN=Outbound to Office 365,CN=Connections,$route",
		objectClass => 'msExchRoutingSMTPConnector',
		routingList => "SMTP:$cloud;1");
	add("CN=Hybrid Configuration,CN=Hybrid Configuration,$org",
		objectClass => 'msExchCoexistenceRelationship');
	add("CN=Microsoft Federation Gateway,CN=Federation Trusts,$org",
		objectClass => 'msExchFedTrust');
	add("CN=On-premises to O365,CN=Federation,$org",
		objectClass => 'msExchFedSharingRelationship');
	containers($org, 'Intra Organization Connectors');
	add("CN=HybridIOC,CN=Intra Organization Connectors,$org",
		objectClass => 'msExchIntraOrganizationConnector');
}

# ---- the states ----

# Mail attributes that every AD has: one, the other, both, none of them. Nor
# does the last one have a name that the Internet knows.
sub without_exchange {
	user('bwesselius', 'Bram Wesselius', mail => 'bwesselius@@MAILDOM@');
	user('ahaverkamp', 'Anna Haverkamp',
		proxyAddresses => 'SMTP:ahaverkamp@@MAILDOM@');
	user('mhendriks', 'Mia Hendriks', addresses('mhendriks'));
	user('cvandijk', 'Kees van Dijk', upn => 'cvandijk@@DNSDOMAIN@');
}

sub green_field {
	without_exchange();
	security_group('Directie', $accounts);
}

# With an attribute editor, as those do who never had a server.
sub schema_only {
	without_exchange();
	user('pjacobs', 'Piet Jacobs', addresses('pjacobs'),
		mailNickname => 'pjacobs', extensionAttribute1 => 'Finance',
		msExchHideFromAddressLists => 'TRUE');
	user('rkuipers', 'Rosa Kuipers', mail => 'rosa@partner.example',
		proxyAddresses => 'SMTP:rosa@partner.example',
		mailNickname => 'rkuipers',
		targetAddress => 'SMTP:rosa@partner.example');
}

sub servers {
	organization(16763);
	mail_server('EX01', 1748, 10);
	hybrid();
	print "#\@step\n#\@ --relax\n",
		"#\@ --controls=local_oid:1.3.6.1.4.1.7165.4.3.20:0\n";
	mailbox('oort', 'Olga Ort', 1, 1073741824,
		msExchArchiveGUID => md5('archive oort'),
		msExchArchiveName => 'Archive - Olga Ort',
		msExchArchiveDatabaseLink => $database);
	mailbox('magazijn', 'Magazijn', 4, 0, control => 66050);
	mailbox('SM_1f05a927', 'SystemMailbox{1f05a927-3bc0-4e30-9b5a-'
		. '6b3d6e2e3b6e}', 8388608, 10, control => 66050,
		below => 'CN=Users,@ROOTDN@',
		msExchHideFromAddressLists => 'TRUE');
	moved(policy => 1);
	mail_contact('leverancier', 'Oude leverancier',
		'info@leverancier.example');
	distribution_group('directie', 'Directie', 'Olga Ort',
		'Anna Haverkamp');
}

# Two of 2019 CU12 or later: their group, and the organization's version.
sub tools_only {
	organization(16763);
	security_group('Recipient Management EMT', 'CN=Users,@ROOTDN@');
	moved();
}

sub cloud_managed {
	organization(16763);
	mail_server('EX01', 2562, 17);
	hybrid();
	moved();
}

my %states = ('green-field' => \&green_field, 'schema-only' => \&schema_only,
	servers => \&servers, 'tools-only' => \&tools_only,
	'cloud-managed' => \&cloud_managed);
my $state = $states{$ARGV[0] // ''}
	or die 'usage: states.pl ' . join('|', sort keys %states) . "\n";
began('2025-06-02 08:00:00');
add($accounts, objectClass => 'organizationalUnit');
$state->();
