# An organisation as the files that its owner would hand over: LDIF as ldifde
# writes it, a file a forest, and the pages of Graph. Objects are written as
# they come, so that a hundred thousand need no memory.
package Files;
use strict;
use warnings;
use Encode qw(encode_utf8);
use Exporter qw(import);
use JSON::XS;
use MIME::Base64 qw(encode_base64);
use Tenant qw(guid_text);

our @EXPORT_OK = qw(open_files write_object write_place write_account
	write_mailbox close_files sid_octets);

my $json = JSON::XS->new->utf8->canonical;
my %classes = (user => [qw(top person organizationalPerson user)],
	contact => [qw(top person organizationalPerson contact)],
	group => [qw(top group)], domain => [qw(top domain domainDNS)],
	ou => [qw(top organizationalUnit)], container => [qw(top container)]);
my %category = (user => 'Person', contact => 'Person', group => 'Group',
	domain => 'Domain-DNS', ou => 'Organizational-Unit',
	container => 'Container', folder => 'ms-Exch-Public-Folder',
	gmsa => 'ms-DS-Group-Managed-Service-Account',
	dynamic => 'ms-Exch-Dynamic-Distribution-List');
# An attribute, and where an object keeps it.
my @texts = ([displayName => 'name'], [givenName => 'given'],
	[sn => 'family'], [sAMAccountName => 'sam'],
	[userPrincipalName => 'upn'], [mail => 'mail'],
	[mailNickname => 'nick'], [targetAddress => 'target'],
	[groupType => 'groupType'], [userAccountControl => 'uac'],
	[isCriticalSystemObject => 'critical'],
	[legacyExchangeDN => 'legacy'], [adminDescription => 'admin'],
	['msDS-ObjectSoa' => 'soa'],
	[msExchRecipientTypeDetails => 'type'],
	[msExchRecipientDisplayType => 'display'],
	[msExchRemoteRecipientType => 'remote']);
my @pages = qw(users groups contacts deleted domains);
# Get-EXOMailbox, as Export-Csv writes it.
my @columns = qw(ExternalDirectoryObjectId DisplayName Alias
	PrimarySmtpAddress EmailAddresses UserPrincipalName RecipientTypeDetails
	ExchangeGuid IsDirSynced IsExchangeCloudManaged);
my %context = (deleted => 'microsoft.graph.user/deletedItems');

# MS-DTYP 2.4.2.2: revision, count, authority, and the sub-authorities.
sub sid_octets {
	my ($text) = @_;
	my (undef, $revision, $authority, @subs) = split /-/, $text;
	return pack 'CCnNV*', $revision, scalar @subs, 0, $authority, @subs;
}

# RFC 2849: what is not plain is base64.
sub line {
	my ($name, $value) = @_;
	my $octets = encode_utf8($value);
	return "$name: $octets\n" if $octets =~ /^[!-9;=-~][ -~]*(?<! )$/;
	return "${name}:: " . encode_base64($octets, '') . "\n";
}

sub binary { return "$_[0]:: " . encode_base64($_[1], '') . "\n"; }

sub head {
	my ($f, $o) = @_;
	return line(dn => $o->{dn}) . join('', map { "objectClass: $_\n" }
		@{$classes{$o->{class}}})
		. "objectCategory: CN=$category{$o->{class}},"
		. "CN=Schema,CN=Configuration,$f->{root}\n"
		. binary(objectGUID => $o->{guid}) . "instanceType: 4\n"
		. "whenCreated: 20220304050607.0Z\n" . ($o->{unchanged} ? ''
		: line(whenChanged => ($o->{changed} // '20240101000000')
		. '.0Z'));
}

# Modules of old have no word on who manages it.
sub columns {
	my ($files) = @_;
	return grep { $files->{saysManaged} || !/^Is/ } @columns;
}

sub open_files {
	my ($folder, $w, @forests) = @_;
	my %out;
	my $files = { out => \%out, begun => {}, saysManaged =>
		$w->{saysManaged} };
	my @lists = map { ("$_->{dns}.ldif", "$_->{dns}.before.ldif") }
		@forests;
	for my $name (@lists,
		(map { "$_.json" } @pages), 'mailboxes.csv') {
		open $out{$name}, '>:raw', "$folder/$name"
			or die "$folder/$name: $!\n";
	}
	print { $out{$_} } "version: 1\n\n" for @lists;
	print { $out{"$_.json"} } '{"@odata.context":"https://graph.'
		. 'microsoft.com/v1.0/$metadata#' . ($context{$_} // $_)
		. '","value":[' for @pages;
	print { $out{'mailboxes.csv'} } join(',', columns($files)) . "\n";
	return $files;
}

# Containers are where they were.
sub write_place {
	my ($files, $f, $o) = @_;
	my $text = head($f, $o);
	$text .= line(ou => $o->{cn}) if $o->{class} eq 'ou';
	$text .= line(cn => $o->{cn}) if $o->{class} eq 'container';
	$text .= binary(objectSid => sid_octets($f->{sid}))
		if $o->{class} eq 'domain';
	print { $files->{out}{$_} } "$text\n"
		for "$f->{dns}.ldif", "$f->{dns}.before.ldif";
}

# Seconds since 1970 to 100 ns since 1601.
sub filetime { return sprintf '%.0f', ($_[0] + 11644473600) * 1e7; }

sub linked_to {
	my ($o) = @_;
	return '' if !$o->{master};
	return binary(msExchMasterAccountSid =>
		sid_octets($o->{master}{sid}));
}

sub mailbox {
	my ($f, $o) = @_;
	return '' if !$o->{database};
	return line(homeMDB => "CN=DB01,CN=Databases,CN=Exchange Administrative"
		. ' Group (FYDIBOHF23SPDLT),CN=Administrative Groups,CN=First'
		. ' Organization,CN=Microsoft Exchange,CN=Services,'
		. "CN=Configuration,$f->{root}")
		. line(msExchHomeServerName => '/o=First Organization/ou='
		. 'Exchange Administrative Group (FYDIBOHF23SPDLT)/cn='
		. 'Configuration/cn=Servers/cn=EX01')
		. binary(msExchMailboxGuid => $o->{guid});
}

# AD's own record of the last changes; the creation of a user writes the
# control three times.
sub stamps {
	my ($o) = @_;
	my @stamps = @{$o->{stamps} // []};
	return join '', map { my ($name, $version, $time) = @$_;
		line('msDS-ReplAttributeMetaData' => "<DS_REPL_ATTR_META_DATA>"
		. "\n\t<pszAttributeName>$name</pszAttributeName>\n\t"
		. "<dwVersion>$version</dwVersion>\n\t<ftimeLastOriginating"
		. "Change>$time</ftimeLastOriginatingChange>\n\t"
		. '<uuidLastOriginatingDsaInvocationID>6b1e2f5a-0000-4000-8000'
		. "-000000000001</uuidLastOriginatingDsaInvocationID>\n\t"
		. "<usnOriginatingChange>1234</usnOriginatingChange>\n\t"
		. "<usnLocalChange>5678</usnLocalChange>\n\t"
		. "<pszLastOriginatingDsaDN></pszLastOriginatingDsaDN>\n"
		. "</DS_REPL_ATTR_META_DATA>\n\0") } @stamps;
}

sub write_object {
	my ($files, $o, $file) = @_;
	my $f = $o->{forest};
	my $text = head($f, $o) . line(cn => $o->{cn});
	for my $row (@texts) {
		my ($name, $key) = @$row;
		$text .= line($name, $o->{$key}) if defined $o->{$key};
	}
	$text .= line(proxyAddresses => $_) for @{$o->{proxies} // []};
	$text .= line(member => $_) for @{$o->{members} // []};
	$text .= binary(objectSid => sid_octets($o->{sid})) if $o->{sid};
	$text .= 'pwdLastSet: ' . filetime($o->{passwordSet}) . "\n"
		if $o->{class} eq 'user';
	$text .= binary('mS-DS-ConsistencyGuid', $o->{anchor})
		if $o->{class} eq 'user' && !$o->{objectGuidAnchor}
		&& defined $o->{anchor};
	print { $files->{out}{$file // "$f->{dns}.ldif"} } $text
		. mailbox($f, $o) . linked_to($o) . stamps($o) . "\n";
}

sub write_account {
	my ($files, $page, $account) = @_;
	print { $files->{out}{"$page.json"} } $files->{begun}{$page}++
		? ",\n" : '', $json->encode($account);
}

sub write_mailbox {
	my ($files, $o, $a) = @_;
	my $box = $o->{box} // $o;
	my %type = (2147483648 => 'UserMailbox', 8589934592 => 'RoomMailbox',
		17179869184 => 'EquipmentMailbox', 34359738368 =>
		'SharedMailbox');
	my %row = (ExternalDirectoryObjectId => $a->{id}, DisplayName =>
		$a->{displayName}, Alias => $a->{mailNickname},
		PrimarySmtpAddress => $a->{mail}, EmailAddresses => join(',',
		@{$a->{proxyAddresses}}), UserPrincipalName =>
		$a->{userPrincipalName}, RecipientTypeDetails =>
		$box->{database} ? 'MailUser' : $type{$box->{type} // ''}
		// 'UserMailbox', ExchangeGuid => $box->{database}
		? guid_text($box->{guid}) : $a->{id}, IsDirSynced =>
		$o->{converted} ? 'False' : 'True', IsExchangeCloudManaged =>
		$o->{managed} ? 'True' : 'False');
	print { $files->{out}{'mailboxes.csv'} } join(',', map { '"'
		. encode_utf8($row{$_} =~ s/"/""/gr) . '"' } columns($files)) . "\n";
}

sub close_files {
	my ($files) = @_;
	print { $files->{out}{"$_.json"} } "]}\n" for @pages;
	close $_ or die "$!\n" for values %{$files->{out}};
}

1;
