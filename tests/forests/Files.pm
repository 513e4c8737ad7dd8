# The world as files: LDIF as ldifde writes it, a file a domain; the pages of
# Graph; and policies.
package Files;
use strict;
use warnings;
use Digest::MD5 qw(md5);
use Exporter qw(import);
use JSON::XS;
use MIME::Base64 qw(encode_base64);

our @EXPORT_OK = qw(write_world write_policy);

my $json = JSON::XS->new->utf8->canonical;
my %classes = (user => [qw(top person organizationalPerson user)],
	contact => [qw(top person organizationalPerson contact)],
	group => [qw(top group)],
	foreignSecurityPrincipal => [qw(top foreignSecurityPrincipal)]);
my %category = (user => 'Person', contact => 'Person', group => 'Group',
	foreignSecurityPrincipal => 'Foreign-Security-Principal');
# An attribute, and where an object keeps it.
my @texts = ([displayName => 'cn'], [sAMAccountName => 'sam'],
	[userPrincipalName => 'upn'], [mail => 'mail'],
	[mailNickname => 'nick'], [targetAddress => 'target'],
	[groupType => 'groupType'], [adminDescription => 'adminDescription'],
	[msExchRecipientTypeDetails => 'type'],
	[msExchRecipientDisplayType => 'display']);
my @sids = ([objectSid => 'sid'], [sIDHistory => 'sidHistory'],
	[msExchMasterAccountSid => 'master']);

sub write_file {
	my ($path, @text) = @_;
	open my $out, '>:raw', $path or die "$path: $!\n";
	print $out @text;
	close $out or die "$path: $!\n";
}

# MS-DTYP 2.4.2.2: revision, count, authority, and the sub-authorities.
sub sid_octets {
	my ($text) = @_;
	my (undef, $revision, $authority, @subs) = split /-/, $text;
	return pack 'CCnNV*', $revision, scalar @subs, 0, $authority, @subs;
}

sub binary { return "$_[0]:: " . encode_base64($_[1], '') . "\n"; }

sub head {
	my ($d, $o) = @_;
	my $root = join ',', map { "DC=$_" } split /\./, $d->{forest};
	return "dn: $o->{dn}\n" . join('', map { "objectClass: $_\n" }
		@{$o->{classes}}) . "objectCategory: CN=$o->{category},"
		. "CN=Schema,CN=Configuration,$root\n"
		. binary(objectGUID => $o->{guid}) . "instanceType: 4\n"
		. "whenCreated: $o->{created}.0Z\nuSNCreated: 12345\n"
		. "uSNChanged: 23456\n";
}

sub record {
	my ($o) = @_;
	my $text = head($o->{domain}, { %$o, category => $category{$o->{class}},
		classes => $classes{$o->{class}} }) . "cn: $o->{cn}\n";
	$text .= "userAccountControl: $o->{uac}\n"
		. "pwdLastSet: 132000000000000000\n" if $o->{class} eq 'user';
	for my $row (@texts) {
		my ($name, $key) = @$row;
		next if !defined $o->{$key};
		next if $o->{class} eq 'foreignSecurityPrincipal';
		$text .= "$name: $o->{$key}\n";
	}
	$text .= "proxyAddresses: $_\n" for @{$o->{proxies}};
	$text .= "member: $_\n" for @{$o->{member} // []};
	for my $row (@sids) {
		my ($name, $key) = @$row;
		$text .= binary($name, sid_octets($o->{$key}))
			if defined $o->{$key};
	}
	$text .= binary('mS-DS-ConsistencyGuid', $o->{consistency})
		if defined $o->{consistency};
	return "$text\n";
}

# The domain itself, and its containers.
sub places {
	my ($w, $d) = @_;
	my $made = sub {
		my ($rdn, $category, @classes) = @_;
		my $dn = join ',', grep { length $_ } $rdn, $d->{dn};
		return head($d, { dn => $dn, created => '20120101000000',
			category => $category, classes => ['top', @classes],
			guid => md5("$w->{seed} $dn") });
	};
	return $made->('', 'Domain-DNS', qw(domain domainDNS))
		. binary(objectSid => sid_octets($d->{sid})) . "\n",
		$made->('CN=ForeignSecurityPrincipals', 'Container',
		'container') . "cn: ForeignSecurityPrincipals\n\n",
		map { $made->($_, 'Organizational-Unit', 'organizationalUnit')
		. "ou: " . ($_ =~ /^OU=([^,]*)/)[0] . "\n\n" } 'OU=Staff',
		'OU=Sales,OU=Staff', 'OU=Plant,OU=Staff', 'OU=Left,OU=Staff',
		'OU=Service', 'OU=Groups', 'OU=GAL', 'OU=Mail';
}

sub page {
	my ($of, @values) = @_;
	return '{"@odata.context":"https://graph.microsoft.com/v1.0/'
		. '$metadata#' . $of . '","value":[' . join(",\n", map {
		$json->encode($_) } @values) . "]}\n";
}

sub tenant_domains {
	my ($w) = @_;
	my %same = (authenticationType => 'Managed', isVerified =>
		JSON::XS::true);
	return { %same, id => $w->{initial}, isInitial => JSON::XS::true,
		isDefault => JSON::XS::false },
		map { { %same, id => $_, isInitial => JSON::XS::false,
		isDefault => $_ eq $w->{verified}[0] ? JSON::XS::true
		: JSON::XS::false } } @{$w->{verified}};
}

# FOLDER/DOMAIN.ldif of each domain, and FOLDER/tenant.json.
sub write_world {
	my ($w, $folder) = @_;
	for my $d (@{$w->{domains}}) {
		write_file("$folder/$d->{dns}.ldif", "version: 1\n\n",
			places($w, $d), map { record($_) }
			grep { $_->{domain} == $d } @{$w->{objects}});
	}
	my $t = $w->{tenant};
	write_file("$folder/tenant.json", page(users => @{$t->{users}}),
		page(groups => @{$t->{groups}}),
		page(contacts => @{$t->{contacts}}),
		page('microsoft.graph.user/deletedItems', @{$t->{deleted}}),
		page(domains => tenant_domains($w)));
}

sub write_policy {
	my ($path, $policy) = @_;
	write_file($path, $json->encode($policy));
}

1;
