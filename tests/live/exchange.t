#!/usr/bin/perl
# The settings of a forest with an Exchange organization, as collected and as
# imported from what ldapsearch exports of the three partitions: the same, for
# all that "collect ad" asks for. Files may hold more: containers in between,
# attributes of no use.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use JSON::XS qw(decode_json);
use Live;

my ($ad) = start_servers(['samba', 'a']);
my $config = "CN=Configuration,$ad->{AD_ROOT}";
my %bases = (domain => $ad->{AD_ROOT}, configuration => $config,
	schema => "CN=Schema,$config");
# ldapsearch gives stamps only when it is asked for them.
my %apart = map { $_ => 1 } qw(dn replPropertyMetaData);
my $json = JSON::XS->new->canonical->allow_nonref;

sub sign_in {
	return ('--server', "ldaps://$ad->{AD_ADDR}", '--ca-file',
		$ad->{AD_CA_FILE}, '--user', $ad->{AD_ADMIN},
		'--password-file', $ad->{AD_ADMIN_PW_FILE});
}

sub exported {
	my ($name, $base) = @_;
	my $r = run({ env => { LDAPTLS_CACERT => $ad->{AD_CA_FILE} },
			limit => 120 }, 'ldapsearch', '-x', '-H',
		"ldaps://$ad->{AD_ADDR}", '-D', $ad->{AD_ADMIN}, '-y',
		$ad->{AD_ADMIN_PW_FILE}, '-E', 'pr=1000/noprompt', '-b',
		$base, '(objectClass=*)');
	exit_is($r, 0, "ldapsearch of $name");
	return write_file("$tmp/$name.ldif", $r->{out});
}

sub records {
	my ($folder, $name) = @_;
	my $file = section($folder, $name)->{file} or return ();
	return map { $_->{objectGUID} => $_ } map { decode_json($_) }
		split /\n/, read_file("$folder/$file");
}

# A value as a text that is the same for the same one; lists have no order.
sub text_of {
	my ($value) = @_;
	return 'nothing' if !defined $value;
	return $json->encode($value) if ref $value ne 'ARRAY';
	return '[' . join(',', sort map { $json->encode($_) } @$value) . ']';
}

# The first difference in what was asked for.
sub differs {
	my ($want, $have, @asked) = @_;
	return "$want->{dn} is missing" if !$have;
	for my $name (grep { !$apart{$_} } @asked) {
		my ($w, $h) = map { text_of($_->{$name}) } $want, $have;
		return "$want->{dn}: $name: collected $w, imported $h"
			if $w ne $h;
	}
	return '';
}

# Which of the imported are of a class that --dry-run names, and were not
# collected. Of the schema a file has all, and that is much.
sub beyond {
	my ($have, $want, $classes) = @_;
	my ($odd) = grep { !$want->{$_} && $have->{$_}{objectClass}[-1] ne
		'attributeSchema' && grep { $classes->{$_} }
		@{$have->{$_}{objectClass}} } sort keys %$have;
	return $odd ? "$have->{$odd}{dn} was not collected" : '';
}

# The classes of the searches for each section.
sub classes_asked {
	my ($text) = @_;
	my ($section, %classes);
	for (split /\n/, $text) {
		$section = $1 if /^(ad\.\w+): /;
		next if !/^    filter  /;
		$classes{$section}{$1} = 1
			while /\(objectClass=([\w-]+)\)/g;
	}
	return %classes;
}

sub compare {
	my ($classes) = @_;
	for my $name (qw(ad.forest ad.exchange ad.users ad.groups ad.contacts)) {
		my $s = section("$tmp/collected", $name);
		my %want = records("$tmp/collected", $name);
		my %have = records("$tmp/imported", $name);
		my ($odd) = grep { $_ } map { differs($want{$_}, $have{$_},
			@{$s->{attributes}}) } sort keys %want;
		ok(keys %want, "$name: there are some");
		ok(!$odd, "$name: what was collected is imported, too", $odd);
		$odd = beyond(\%have, \%want, $classes->{$name} // {});
		ok($odd eq '', "$name: and nothing of its kind besides", $odd);
		my $state = section("$tmp/imported", $name);
		ok($state->{state} eq $s->{state} &&
			$state->{state} eq 'complete', "$name: both are "
			. 'complete', "$s->{state}; $state->{state}: "
			. ($state->{reason} // ''));
	}
}

# What the conditions for the last server to go are told by.
my %evidence = (
	'ad.exchange' => [qw(objectClass=msExchConfigurationContainer
		objectClass=msExchOrganizationContainer
		objectClass=msExchExchangeServer objectClass=msExchPrivateMDB
		objectClass=msExchPublicMDB objectClass=msExchPFTree
		objectClass=msExchAcceptedDomain
		objectClass=msExchDomainContentConfig
		objectClass=msExchRecipientPolicy
		objectClass=msExchCoexistenceRelationship
		objectClass=msExchFedTrust
		objectClass=msExchFedSharingRelationship
		objectClass=msExchIntraOrganizationConnector
		objectClass=msExchRoutingSMTPConnector
		objectClass=msExchSmtpReceiveConnector
		objectClass=serviceConnectionPoint
		objectVersion=16763 gatewayProxy=SMTP:@exchangelabs.nl
		routingList=SMTP:exchangelabsnl.mail.onmicrosoft.com;1
		msExchRoutingAcceptMessageType=286
		keywords=77378F46-2C66-4aa9-A6A6-3E7A48B19596)],
	'ad.forest' => [qw(cn=ms-Exch-Schema-Version-Pt rangeUpper=17003
		objectClass=dMD objectClass=crossRef objectClass=nTDSDSA
		lDAPDisplayName=mail)],
	'ad.containers' => [qw(objectVersion=13243)],
	'ad.users' => [qw(msExchRecipientTypeDetails=8388608),
		'msExchArchiveName=Archive - Olga Ort',
		'msExchArchiveDatabaseLink=CN=DB01,CN=Databases,CN=Exchange '
		. 'Administrative Group (FYDIBOHF23SPDLT),CN=Administrative '
		. 'Groups,CN=Exchangelabs Mail,CN=Microsoft Exchange,'
		. "CN=Services,$config"],
);

sub holds {
	my ($folder) = @_;
	for my $name (sort keys %evidence) {
		my %have = records("$tmp/$folder", $name);
		my %seen;
		for my $o (values %have) {
			for my $key (keys %$o) {
				$seen{"$key=$_"} = 1 for ref $o->{$key}
					eq 'ARRAY' ? @{$o->{$key}} : $o->{$key};
			}
		}
		my @missing = grep { !$seen{$_} } @{$evidence{$name}};
		ok(!@missing, "$folder: $name tells what it must", "@missing");
	}
}

# What no state has: public folders of old.
sub old_folders {
	my $org = 'CN=Exchangelabs Mail,CN=Microsoft Exchange,CN=Services,'
		. '@CONFIGDN@';
	my $group = 'CN=Exchange Administrative Group (FYDIBOHF23SPDLT),'
		. "CN=Administrative Groups,$org";
	return "dn: CN=Folder Hierarchies,$group\nchangetype: add\n"
		. "objectClass: container\n\ndn: CN=Public Folders,"
		. "CN=Folder Hierarchies,$group\nchangetype: add\n"
		. "objectClass: msExchPFTree\n\ndn: CN=PF01,CN=Databases,"
		. "$group\nchangetype: add\nobjectClass: msExchPublicMDB\n\n";
}

# Each state in turn has what makes it: from no schema to servers.
sub states {
	my ($state, $count) = @_;
	my @files = map { exported($_, $bases{$_}) } sort keys %bases;
	for my $way (['collected', 'ad', sign_in()],
		['imported', 'import', @files]) {
		my ($to, @more) = @$way;
		my $r = run({ limit => 120 }, $bin, 'collect', @more, '-o',
			"$tmp/$to", '--force');
		exit_is($r, 0, "$state, $to");
		my $s = section("$tmp/$to", 'ad.exchange');
		ok($s->{state} eq 'complete' && !$s->{count} == !$count,
			"$state, $to: the organization is known",
			"$s->{state} $s->{count} " . ($s->{reason} // ''));
	}
}

my $dry = run({ limit => 60 }, $bin, 'collect', 'ad', '--dry-run', sign_in());
my %classes = classes_asked($dry->{out});
ok($classes{'ad.exchange'}{msExchExchangeServer}, '--dry-run names classes',
	$dry->{out});
states('green field', 0);
server('samba', 'load', $ad->{dir}, "$here/exchange-schema.ldif");
states('schema only', 0);
my $r = run({}, "$here/states.pl", 'servers');
server('samba', 'load', $ad->{dir}, write_file("$tmp/servers", $r->{out}),
	write_file("$tmp/folders", old_folders()));
states('servers', 1);
compare(\%classes);
holds($_) for qw(collected imported);
done();
