# A healthy organisation: so many people, the mixture of kinds that a traits
# table asks for, and the tenant that is in sync with it.
package Organisation;
use strict;
use warnings;
use utf8;
use Exporter qw(import);
use JSON::XS;
use Files qw(open_files write_object write_place write_account
	write_mailbox close_files);
use Born qw(%born cloud_admin);
use Kinds qw(%make);
use Names qw(among chance octets);
use Odd qw(%odd);
use Owned qw(%owned edited_in_exchange write_back);
use Pairs qw(%pairs);
use System qw(unsynced synced);
use Tenant qw(account guid_text);

our @EXPORT_OK = qw(organisation mixed);

my ($true, $false) = (JSON::XS::true, JSON::XS::false);
# Of 1000 objects beside the people.
my %mixture = (remote => 560, local => 60, cloud => 60, worker => 80,
	linked => 60, mailuser => 30, contact => 40, room => 15,
	equipment => 5, shared => 20, security => 40, mailgroup => 30,
	service => 5, admin => 5, leaver => 30, converteduser => 8,
	convertedgroup => 4, convertedcontact => 4, licensedresource => 3,
	telephoned => 10, apostrophe => 5, exchangemanaged => 20, admt => 20,
	provisioned => 3);
my %kinds = (%make, %odd, %owned, %pairs);
my @cloud = ([guest => 50], [team => 30], [deleted => 5], [former => 5]);
my %traits = (skype => 5, writeback => 1, moved => 50, oldMoera => 2,
	unknownSync => 1, staleSync => 2, noRouting => 0, forests => 2,
	wholeDomain => 0, mixture => \%mixture, objectGuidAnchors => 2,
	routingVerified => 1, x400 => 3, quirks => 0,
	federated => 0, engine => 'connect', version => '2.6.92.0',
	saysAnchor => 1, saysJoin => 1, saysFeatures => 1, noChanged => 0,
	mailboxes => 0, history => 0, stamps => 0,
	children => 0, join => 'sid', beta => 1, comesBack => 0,
	saysManaged => 1);

sub forest {
	my ($dns, $sid) = @_;
	my ($root) = $dns =~ /((?:\w+\.){2}\w+)$/;
	return { dns => $dns, sid => $sid, next => 1100, root => join(',',
		map { "DC=$_" } split /\./, $root), dn => join ',',
		map { "DC=$_" } split /\./, $dns };
}

sub world {
	my ($seed, %asked) = @_;
	srand $seed;
	Names::forget();
	my $w = { %traits, %asked, seed => $seed,
		initial => 'contoso.onmicrosoft.com',
		routing => 'contoso.mail.onmicrosoft.com',
		tenantId => guid_text(octets()),
		mailDomains => [qw(contoso.com contoso.de contoso.co.jp)],
		foreign => [qw(fabrikam.com wingtiptoys.com tailspintoys.com)],
		staff => ['OU=Sales,OU=Staff', 'OU=Plant,OU=Staff', 'OU=東京',
		'OU=Köln,OU=Staff'], mailOu => 'OU=Mail', groups => 'OU=Groups',
		partners => 'OU=Partners', service => 'OU=Service',
		admins => 'OU=Admins', leavers => 'OU=Leavers' };
	$w->{home} = forest('corp.contoso.com', 'S-1-5-21-101-102-103');
	$w->{resource} = forest('exch.contoso.net', 'S-1-5-21-201-202-203');
	$w->{child} = forest('emea.corp.contoso.com', 'S-1-5-21-301-302-303');
	$w->{verified} = { map { $_ => 1 } $w->{initial}, $w->{routing},
		@{$w->{mailDomains}} };
	return $w;
}

sub place {
	my ($files, $f, $rdn) = @_;
	my ($kind, $name) = $rdn =~ /^(\w*)=?([^,]*)/;
	write_place($files, $f, { cn => $name, guid => octets(), dn => join(',',
		grep { length } $rdn, $f->{dn}), class => !length $kind
		? 'domain' : $kind eq 'OU' ? 'ou' : 'container' });
}

sub places {
	my ($w, $files) = @_;
	my $system = 'CN=Microsoft Exchange System Objects';
	for my $f ($w->{home}, $w->{children} ? $w->{child} : ()) {
		place($files, $f, $_) for '', 'OU=Staff', @{$w->{staff}},
			@$w{qw(mailOu groups partners service admins leavers)},
			'CN=Users', 'CN=Builtin', $system,
			"CN=Monitoring Mailboxes,$system";
	}
	return if $w->{forests} < 2;
	place($files, $w->{home}, 'OU=GAL');
	place($files, $w->{resource}, $_) for '', 'OU=Linked', 'OU=GAL',
		'OU=Migrated', 'CN=Users', $system, "CN=Monitoring Mailboxes,$system";
}

# RFC 4514, as far as these names go.
sub escaped { return $_[0] =~ s/([,+"\\<>;])/\\$1/gr; }

# Where and when, and who it is.
sub placed {
	my ($w, $o) = @_;
	my $f = $o->{forest};
	$o->{dn} = 'CN=' . escaped($o->{cn}) . ",$o->{ou},$f->{dn}";
	$o->{guid} = octets();
	$o->{sid} = "$f->{sid}-" . $f->{next}++ if $o->{class} ne 'contact';
	$o->{changed} = sprintf '2026%02d%02d%02d0000', 1 + rand 10,
		1 + rand 28, rand 24;
	$o->{changed} = '20261127120000' if chance(3);
	$o->{unchanged} = $w->{noChanged};
	$o->{passwordSet} = 1764547200 + int rand 25000000;
	return $o if $o->{class} ne 'user' || $o->{linked};
	$o->{anchor} = $o->{person}{anchor} if $o->{person};
	return $o if $o->{person};
	$o->{objectGuidAnchor} = !$o->{paired}
		&& chance($w->{objectGuidAnchors});
	$o->{anchor} = !$o->{objectGuidAnchor} && chance(3) ? octets()
		: $o->{guid};
	return $o;
}

# Joined with another, it has no account of its own.
sub stands_behind { return $_[0]{linked} || $_[0]{joined}; }

# Half a year ago: some were disabled, elsewhere, or out of scope. Since then
# nobody set a password, and no engine of today minds.
sub write_before {
	my ($w, $files, $o) = @_;
	my %then = (%$o, changed => '20260401000000');
	if ($o->{class} eq 'user' && !$o->{gone} && !stands_behind($o)) {
		my $ou = chance(3) ? $w->{leavers} : chance(5)
			? $w->{mailOu} : $o->{ou};
		$then{uac} |= 2 if chance(5);
		$then{dn} = join ',', 'CN=' . escaped($o->{cn}), $ou,
			$o->{forest}{dn};
	}
	write_object($files, \%then, "$o->{forest}{dns}.before.ldif");
}

# The creation of a user writes its control three times within seconds.
sub stamped {
	my ($o) = @_;
	my $later = chance(10) ? '2026-03-04T05:06:07Z' : undef;
	$o->{stamps} = [['userAccountControl', $later ? 5 : 3,
		$later // '2022-03-04T05:06:09Z'],
		['name', 1 + (defined $later), $later
		// '2022-03-04T05:06:07Z'],
		['unicodePwd', 2, '2022-03-04T05:06:08Z']];
}

# The tenant's page of an object.
sub in_tenant {
	my ($w, $files, $o, $a) = @_;
	push @{$w->{contacts}}, $a->{mail} if $o->{class} eq 'contact';
	push @{$w->{living}}, $a if $o->{class} eq 'user' && !$o->{gone}
		&& @{$w->{living}} < 500;
	if ($o->{gone}) {
		$a->{deletedDateTime} = '2026-11-15T08:00:00Z';
		$a->{onPremisesSyncEnabled} = $false;
		$a->{assignedPlans} = $a->{assignedLicenses} = [];
		return write_account($files, 'deleted', $a);
	}
	write_account($files, "$o->{class}s", $a);
	write_mailbox($files, $o, $a) if $w->{mailboxes} && ($o->{licensed}
		|| ($o->{remote} && $o->{class} eq 'user'));
	push @{$w->{holders}}, $a->{id} if $o->{role};
	push @{$w->{converted}}, { id => $a->{id}, type => $o->{class} eq
		'contact' ? 'orgContact' : $o->{class} } if $o->{converted};
}

# The tenant's account of an object, unless it has none.
sub account_of {
	my ($w, $o) = @_;
	return undef if stands_behind($o) || ($o->{gone} // '') eq 'purged';
	my $a = account($w, $o);
	return $a if !$o->{managed};
	edited_in_exchange($w, $o, $a);
	write_back($o, $a) if $w->{comesBack};
	return $a;
}

sub members {
	my ($w, $o) = @_;
	my @pool = @{$w->{pool}};
	return if !@pool;
	$o->{members} = [sort keys %{{ map { $pool[rand @pool] => 1 }
		1 .. 2 + rand 12 }}];
}

sub make {
	my ($w, $files, $kind) = @_;
	my @objects = ref $kind ? $kind
		: $kinds{$kind}->($w);
	if ($w->{children} && !ref $kind && @objects == 1 && chance(30)) {
		$objects[0]{forest} = $w->{child};
	}
	placed($w, $_) for @objects;
	for my $o (@objects) {
		members($w, $o) if $o->{class} eq 'group';
		stamped($o) if $w->{stamps} && $o->{class} eq 'user';
		my $a = account_of($w, $o);
		write_object($files, $o);
		write_before($w, $files, $o) if $w->{history};
		in_tenant($w, $files, $o, $a) if $a;
		push @{$w->{pool}}, $o->{dn} if !$o->{gone}
			&& !stands_behind($o) && !$o->{out}
			&& @{$w->{pool}} < 5000;
	}
	my @synced = grep { !$_->{gone} && !stands_behind($_) } @objects;
	$w->{count} += @synced;
	$w->{proving} += grep { !$_->{converted} && !$_->{managed}
		&& !$_->{box} && !$_->{partner} } @synced;
}

sub domains {
	my ($w, $files) = @_;
	my %domain = (authenticationType => 'Managed', isVerified => $true);
	my $federated = $w->{federated} ? $w->{mailDomains}[1] : '';
	write_account($files, 'domains', { %domain, id => $_, $_ eq
		$federated ? (authenticationType => 'Federated') : (),
		isInitial => $_ eq $w->{initial} ? $true : $false, isDefault =>
		$_ eq $w->{mailDomains}[0] ? $true : $false })
		for grep { $w->{routingVerified} || $_ ne $w->{routing} }
		sort keys %{$w->{verified}};
}

# Kinds in the order of a shuffled deck, so that groups find their members.
sub deck {
	my ($mixture, $people) = @_;
	my @deck;
	for my $kind (sort keys %$mixture) {
		my $share = $mixture->{$kind} * $people / 1000;
		push @deck, ($kind) x int($share + rand 1);
	}
	return map { $_->[1] } sort { $a->[0] <=> $b->[0] }
		map { [rand, $_] } @deck;
}

# Traits and a mixture of all kinds, by chance.
sub mixed {
	my ($seed, @more) = @_;
	srand $seed;
	my @kinds = (keys %mixture, 'gal', @more);
	my $engine = among(qw(connect connect connect cloud-sync));
	return (engine => $engine, version => among(undef, '2.6.92.0'),
		federated => chance(30), saysAnchor => chance(50), saysJoin =>
		chance(50), saysFeatures => chance(70), noChanged => chance(20),
		mailboxes => chance(50), history => chance(50), stamps =>
		chance(50), children => chance(40), join => among(qw(sid
		mail)), beta => chance(60), comesBack => chance(50),
		saysManaged => chance(80), skype => int rand 60,
		writeback => chance(50), moved => int rand 101,
		oldMoera => int rand 20, unknownSync => among(0, 5, 100),
		staleSync => among(0, 10, 100), forests =>
		$engine eq 'connect' ? among(1, 2) : 1,
		wholeDomain => chance(50), routingVerified => chance(50),
		objectGuidAnchors => int rand 50, mixture =>
		{ map { $_ => int(rand 3) * int rand 60 } sort @kinds });
}

# Two forests are for Connect to join; who owns a mailbox's attributes is to be
# seen; and joined by mail, nobody without mail is synchronized.
sub possible {
	my ($w, $kind) = @_;
	return 0 if $kind =~ /^(linked|gal|admt)$/ && $w->{forests} < 2;
	return 0 if $kind eq 'gal' && $w->{saysJoin} && $w->{join} eq 'sid';
	return $w->{mailboxes} && $w->{saysManaged}
		if $kind eq 'exchangemanaged' && !$w->{ownerUnsaid};
	return $w->{join} ne 'mail' || !$w->{saysJoin} || $kind
		=~ /^(remote|local|room|equipment|shared|contact|gal|.*group
		|security|mailuser|telephoned|leaver|provisioned)$/x;
}

# Writes FOLDER; the number of objects that are in sync is its count.
sub organisation {
	my ($folder, $seed, $people, %asked) = @_;
	my $w = world($seed, %asked);
	my @forests = @$w{$w->{forests} < 2 ? 'home' : qw(home resource)};
	push @forests, $w->{child} if $w->{children};
	my $files = open_files($folder, $w, @forests);
	@$w{qw(pool holders converted contacts living count proving
		forestList)} = ([], [], [], [], [], 0, 0, \@forests);
	places($w, $files);
	write_object($files, placed($w, $_)) for map { unsynced($w, $_) }
		@forests;
	make($w, $files, $_) for $w->{wholeDomain} && possible($w, 'system')
		? synced($w) : ();
	my %mixture = %{$w->{mixture}};
	delete @mixture{grep { !possible($w, $_) } keys %mixture};
	make($w, $files, $_) for deck(\%mixture, $people);
	for my $row (@cloud) {
		write_account($files, $born{$row->[0]}->($w, \&placed))
			for 1 .. $row->[1] * $people / 1000;
	}
	write_account($files, cloud_admin($w, $_)) for 1 .. 3;
	domains($w, $files);
	close_files($files);
	return $w;
}

1;
