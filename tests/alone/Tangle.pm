# Random objects of AD, twice, and of a tenant, that share few names: whatever
# can be between two of them is between some.
package Tangle;
use strict;
use warnings;
use Exporter qw(import);
use MIME::Base64 qw(encode_base64);

our @EXPORT_OK = qw(tangle);

my $count;

sub pick { return $_[rand @_]; }
sub chance { return rand() < $_[0]; }

sub name { return "n" . int rand $count / 4; }

sub address {
	return name() . "@" . pick(qw(x.nl x.nl x.nl y.nl corp.local
		t.onmicrosoft.com));
}

# Some of the prefixes, each with an address; none twice.
sub proxies {
	my %has = map { pick(@_) . address() => 1 } 1 .. rand 4;
	return [sort keys %has];
}

sub guid {
	my ($i) = @_;
	return encode_base64(pack("N4", $i * 2654435761 % 2**32, $i, 7, $i),
	                     "");
}

sub sid {
	my ($i) = @_;
	return encode_base64(pack("C2x5CV5", 1, 5, 5, 21, 1, 2, 3, 1000 + $i),
	                     "");
}

# What objects of the class have, and how often.
sub object {
	my ($i) = @_;
	my $class = pick(("user") x 7, "group", "group", "contact");
	my %o = (mail => [0.5, chance(0.9) ? address() : "bad"],
		displayName => [0.6, "Person $i"],
		mailNickname => [0.5, name()],
		proxyAddresses => [0.5, @{proxies(qw(SMTP: smtp: smtp: smtp:
			X500:/o=), "")}],
		msExchHideFromAddressLists => [0.1, "TRUE"],
		targetAddress => [0.1, "SMTP:" . address()],
		adminDescription => [0.05, pick("User_x", "Group_x")],
		whenCreated => [0.8, "2015010" . pick(1 .. 5) . "000000.0Z"]);
	%o = (%o, sAMAccountName => [1, chance(0.9) ? "s$i" : name()],
		"objectSid:" => [1, sid($i)]) if $class ne "contact";
	$o{groupType} = [1, pick(-2147483640, 8)] if $class eq "group";
	%o = (%o, userPrincipalName => [0.9, address()],
		userAccountControl => [1, pick(512, 512, 514)],
		pwdLastSet => [0.5, sprintf "%.0f", 13e16 + rand 1e16],
		msExchRecipientTypeDetails => [0.2, pick(1, 128, 2, 4096)],
		"mS-DS-ConsistencyGuid:" => [0.1, guid(int rand $count)],
		"msExchMasterAccountSid:" => [0.2, sid(int rand $count)])
		if $class eq "user";
	delete @o{grep { !chance(shift @{$o{$_}}) } sort keys %o};
	return { i => $i, class => $class, ou => pick(qw(A A A B)),
		attributes => \%o };
}

sub ldif {
	my ($o, $ou, $control) = @_;
	my %a = %{$o->{attributes}};
	my $text = "dn: CN=O$o->{i},OU=$ou,DC=corp,DC=example\n"
		. "objectClass: $o->{class}\nobjectGUID:: " . guid($o->{i})
		. "\n";

	$a{userAccountControl} = [$control]
		if $control && $o->{class} eq "user";
	for my $key (sort keys %a) {
		$text .= "$key: $_\n" for @{$a{$key}};
	}
	return "$text\n";
}

# As it was before: elsewhere, or with another state, or not there.
sub older {
	my ($o) = @_;
	return "" if chance(0.1);
	return ldif($o, chance(0.85) ? $o->{ou} : pick(qw(A B)),
		chance(0.2) ? pick(512, 514) : 0);
}

sub quoted { return join(",", map { "\"$_\"" } @_); }

# How the account tells whose it is.
sub links {
	my ($o, $class) = @_;
	my $how = $o ? pick(qw(anchor sid name no no)) : "no";
	my %a;

	$a{onPremisesImmutableId} = quoted(guid(chance(0.9) && $how eq "anchor"
		? $o->{i} : $count + int rand 1e6))
		if $class ne "contact" && ($how eq "anchor" || chance(0.1));
	$a{onPremisesSecurityIdentifier} = quoted("S-1-5-21-1-2-3-"
		. (1000 + $o->{i})) if $class ne "contact" && $how eq "sid";
	$a{onPremisesSamAccountName} = quoted("s$o->{i}") if $how eq "name";
	$a{onPremisesSyncEnabled} = "true"
		if $how ne "no" ? chance(0.7) : chance(0.1);
	return %a;
}

sub account {
	my ($j, $o) = @_;
	my $class = $o ? $o->{class} : pick(qw(user user user group contact));
	my $id = sprintf "%08x-0000-4000-8000-000000000001", $j;
	my %a = (id => quoted($id), mailNickname => quoted(name()),
		links($o, $class));
	my $deleted = $class eq "user" && chance(0.1);

	$a{displayName} = quoted("Account $j") if chance(0.8);
	$a{mail} = quoted(address()) if chance(0.6);
	$a{proxyAddresses} = "[" . quoted(@{proxies(qw(SMTP: smtp: smtp:))})
		. "]" if chance(0.6);
	$a{mailEnabled} = pick("true", "true", "false") if $class eq "group";
	if ($class eq "user") {
		$a{userPrincipalName} = quoted(($deleted ? $id =~ s/-//gr : "")
			. address());
		$a{onPremisesUserPrincipalName} = quoted(address())
			if chance(0.3);
		$a{accountEnabled} = chance(0.8) ? "true" : "false";
		$a{userType} = quoted("Guest") if chance(0.1);
		$a{assignedPlans} = pick("[]", '[{"service":"exchange",'
			. '"capabilityStatus":"Enabled"}]') if chance(0.5);
	}
	$a{deletedDateTime} = quoted("2016-02-01T00:00:00Z") if $deleted;
	return ($deleted ? "deleted" : "${class}s",
		"{" . join(",", map { "\"$_\":$a{$_}" } sort keys %a) . "}");
}

sub put {
	my ($path, @text) = @_;
	open my $out, ">:raw", $path or die "$path: $!\n";
	print $out @text;
	close $out or die "$path: $!\n";
}

# Writes files of COUNT objects into the folder: their names tell the day.
sub tangle {
	my ($folder, $seed, $objects) = @_;
	my %pages = map { $_ => [] } qw(users groups contacts deleted);
	my %query = (deleted => "directory/deletedItems/microsoft.graph.user");
	my @all;

	srand($seed);
	$count = $objects;
	@all = map { object($_) } 0 .. $count - 1;
	for my $j (1 .. 0.9 * $count) {
		my ($page, $text) = account($j, chance(0.6) ? pick(@all)
			: undef);
		push @{$pages{$page}}, $text;
	}
	mkdir $folder;
	put("$folder/ad-2016-01-15.ldif", map { older($_) } @all);
	put("$folder/ad-2016-02-15.ldif", map { ldif($_, $_->{ou}) } @all);
	put("$folder/$_-2016-02-15.json", '{"@odata.context":"https://'
		. 'graph.microsoft.com/v1.0/$metadata#' . ($query{$_} // $_)
		. '","value":[', join(",\n", @{$pages{$_}}), "]}")
		for sort keys %pages;
	put("$folder/policy.json", '{"tenant":{"initialDomain":'
		. '"t.onmicrosoft.com","verifiedDomains":["x.nl","y.nl"]},'
		. '"licensing":{"exchangeOnline":"', pick("all", "tenant"),
		'"},"scope":{"include":["OU=A,DC=corp,DC=example"]}}');
	return $folder;
}

1;
