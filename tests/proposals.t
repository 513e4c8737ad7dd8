#!/usr/bin/perl
# Every proposal is made: a made-up world of three forests, an older snapshot and
# a tenant in which few names are for many, so that whatever is proposed is
# somebody's, with all kinds of faults that rules know; now without the tenant,
# now with parts of it, and with mailboxes that Exchange Online manages. What
# findings propose is
# made an edit each (what-if(5)); with all of them made, no rule may find
# anything new, and no value proposed may have two holders anywhere.
# PROPOSAL_OBJECTS says how many objects, PROPOSAL_SEEDS which worlds.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Path qw(remove_tree);
use File::Temp qw(tempdir);
use JSON::XS;
use MIME::Base64 qw(encode_base64);
use lib dirname(__FILE__) . '/lib';
use Trial qw(done ok spew);

my $here = dirname(__FILE__);
my $bin = $ENV{SYNCSCOPE} // "$here/../build/syncscope";
my $tmp = tempdir(CLEANUP => !$ENV{PROPOSAL_TELL});
my $json = JSON::XS->new->utf8->canonical;
my $objects = $ENV{PROPOSAL_OBJECTS} // 400;
my @seeds = split ' ', $ENV{PROPOSAL_SEEDS} // '1 2 3';

# The lines that fit; to decode all takes long.
sub lines {
	my ($path, $fit) = @_;
	open my $in, '<:raw', $path or die "$path: $!\n";
	return map { $json->decode($_) } grep { $_ =~ $fit } <$in>;
}

# What is there beside AD, a world each: a tenant with its mailboxes, none, or
# one of which not all was read.
my @tenants = qw(mailboxes none whole part mailboxes none);

# Each world's engine: how it joins decides who is another.
my @engines = ({ engine => 'connect', version => '2.6.92.0' },
	{ engine => 'connect', version => '2.6.92.0', join => 'mail' },
	{ engine => 'cloud-sync' });

# ---- a world ----

# Domains of AD, and where their people have mail, if anywhere.
my @domains = (
	{ dn => 'DC=contoso,DC=com', mail => 'contoso.com' },
	{ dn => 'DC=emea,DC=contoso,DC=com', mail => 'contoso.com' },
	{ dn => 'DC=fabrikam,DC=local', mail => 'fabrikam.com' },
	{ dn => 'DC=tailspin,DC=local' },
);
my @forests = ('DC=contoso,DC=com', 'DC=contoso,DC=com',
	'DC=fabrikam,DC=local', 'DC=tailspin,DC=local');
my @verified = qw(contoso.com fabrikam.com);
# Of the tenant, too, in worlds with Exchange on both sides; or ''.
my $routing;

sub one_of { return $_[rand @_]; }
my $names;
sub name { return "n" . int rand $names; }
sub address { return name() . '@' . one_of(@verified); }
sub guid { return pack 'N4', $_[0] * 2654435761 % 2**32, $_[0], 7, $_[0]; }

# As Graph writes it: the first three parts turned round.
sub id {
	my ($i) = @_;
	return sprintf '00000000-0000-4000-8000-%012d', $i;
}

# In the tenant an address is one object's.
my %used;
sub only {
	my $address = address();
	$address = address() while $used{$address}++;
	return $address;
}

sub proxies {
	my ($mail) = @_;
	my $how = rand;
	return if $how < 0.5;
	return ('SMTP:' . ($mail // address())) if $how < 0.7;
	return ('smtp:' . address()) if $how < 0.8;
	return ('SMTP:' . ($mail // address()), 'smtp:' . address());
}

# What nobody means to write: at an edge, or within.
my @dirt = (sub { " $_[0]" }, sub { "$_[0] " }, sub { "$_[0]\x{200b}" },
	sub { substr($_[0], 0, 2) . "\x{200b}" . substr $_[0], 2 },
	sub { "\x{a0}$_[0]" }, sub { $_[0] =~ s/@/ @/r }, sub { $_[0] =~ s/\@/|x@/r },
	sub { $_[0] =~ s/\@/..@/r }, sub { $_[0] =~ s/n/\x{f1}/r },
	sub { "$_[0]\x{200f}" }, sub { "$_[0]\t" }, sub { "\x{feff}$_[0]" },
	sub { "$_[0]\x{a0} " }, sub { $_[0] =~ s/@/\x{e9}\x{df}@/r },
	sub { $_[0] =~ s/@/\x{436}@/r }, sub { 'l' x 70 . $_[0] },
	sub { $_[0] =~ s/@.*/@/r . 'd' x 70 . '.com' },
	sub { $_[0] =~ s/@.*/@/r . 'd.' x 120 . 'com' },
	sub { $_[0] =~ s/@.*/\@localhost/r }, sub { $_[0] =~ s/@.*/\@ad.lan/r },
	sub { $_[0] =~ s/@.*/\@corp/r }, sub { $_[0] =~ s/@.*/\@b\x{fc}ro.com/r },
	sub { $_[0] =~ s/@.*/\@xn--bro-hoa.com/r }, sub { uc $_[0] }, sub { $_[0] =~ s/\.com$/.c\x{f6}m/r });

sub dirty {
	my ($text, $often) = @_;
	return $text if !defined $text || rand() >= ($often // 0.06);
	return one_of(@dirt)->($text);
}

sub dirty_proxy {
	my ($value) = @_;
	my $how = rand;
	return $value =~ s/^smtp://ir if $how < 0.02;
	return $value =~ s/^smtp:/Smtp:/ir if $how < 0.03;
	return $value =~ s/^(smtp:)/$1 /ir if $how < 0.04;
	return "smtp:n" . int(rand $names) . '@' . one_of('corp.local', 'ad.lan',
		'contoso.onmicrosoft.com', 'other.onmicrosoft.com',
		'contoso.mail.onmicrosoft.com') if $how < 0.08;
	return one_of('SIP:', "sip:\x{200b}", 'EUM:') . address()
		if $how < 0.1;
	my ($prefix, $body) = $value =~ /^(\w+:)(.*)/s;
	return $prefix . dirty($body, 0.08);
}

# One value again, in other case, with a blank, or with the other prefix.
sub repeated {
	my ($value) = @_;
	return one_of(uc $value, lc $value, "$value ", "$value\x{200b}",
		$value =~ s/^(\w+:)(.*)/$1\U$2/sr,
		$value =~ s/^(\w+):/$1 eq 'SMTP' ? 'smtp:' : 'SMTP:'/er);
}

my $address_policy = '{26491cfc-9e50-4857-861b-0cb8df22b5d7}';

# Where Exchange of the other side sends to, by the alias or another name.
sub route {
	my ($o) = @_;
	my $name = one_of($o->{nickname} // name(), name());
	$o->{database} = 'CN=DB1,DC=contoso,DC=com'
		if $o->{type} == 1 && rand() < 0.8;
	$o->{target} = "SMTP:$name\@$routing"
		if $o->{remote} && rand() < 0.5;
	push @{$o->{proxies}}, "smtp:$name\@$routing" if rand() < 0.3;
}

# What Exchange wrote.
sub exchange {
	my ($o) = @_;
	my $how = rand;
	$o->{nickname} = $o->{cn} if $o->{mail} && $how < 0.8;
	$o->{nickname} = dirty($o->{sam} // $o->{cn}) if $how < 0.2;
	$o->{nickname} = one_of('a b', 'a@b', '.x', "x\x{200b}$o->{i}",
		" y$o->{i}") if $how > 0.97;
	$o->{hidden} = 1 if rand() < 0.03;
	$o->{nickname} = one_of('l' x 70, "y\x{e9}") . $o->{i}
		if rand() < 0.01;
	$o->{type} = one_of(1, 128, 2147483648) if $o->{class} eq 'user' &&
		rand() < 0.15;
	$o->{remote} = 4 if ($o->{type} // 0) > 128;
	route($o) if $o->{type} && $routing;
	$o->{in} = "1d0d8c5e-0b4e-4e9a-9d5e-0c9a3a2b1c0d,$address_policy"
		if $o->{type} && rand() < 0.3;
	$o->{outside} = $address_policy if $o->{in} && rand() < 0.3;
	$o->{soa} = 'Cloud' if rand() < 0.03;
	$o->{mailbox} = pack 'N4', 1, 1, 1, int rand $objects * 2
		if $o->{type} && rand() < 0.5;
	return $o;
}

# An object of AD with what it has by chance.
sub made_up {
	my ($i, $taken) = @_;
	my $at = int rand @domains;
	my $d = $domains[$at];
	my $class = one_of(qw(user user user user group contact));
	my ($sam, $tries) = (name(), 0);
	$sam = name() while $taken->{$at, $sam} && $tries++ < 50;
	my %o = (class => $class, i => $i, at => $at, cn => "$sam-$i",
		out => rand() < 0.2);
	if ($class ne 'contact' && !$taken->{$at, $sam}++) {
		$o{sam} = $sam;
	} elsif ($class ne 'contact') {
		$o{sam} = "$sam-$i";
	}
	$o{sam} = "$sam-averylongaccountname$i" if $o{sam} && rand() < 0.02;
	$o{shown} = rand() < 0.04 ? one_of(undef, ' ', 'x' x 300) : $o{cn};
	my $where = $d->{mail} // 'corp.local';
	my $how = rand;
	$o{mail} = $how < 0.4 ? undef : $how < 0.6 ? address()
		: $how < 0.7 ? "$o{cn}\@corp.local" : "$o{cn}\@$where";
	$o{mail} = "$o{cn}\@corp.local" if !$d->{mail} && $o{mail};
	$o{mail} //= address() if $class eq 'contact' && rand() < 0.9;
	$o{proxies} = [map { dirty_proxy($_) } proxies($o{mail})];
	push @{$o{proxies}}, 'SMTP:' . one_of(address(), "$o{cn}\@corp.local")
		if @{$o{proxies}} && rand() < 0.05;
	push @{$o{proxies}}, dirty("x500:/o=Old/cn=$o{cn}", 0.5)
		if @{$o{proxies}} && rand() < 0.05;
	push @{$o{proxies}}, repeated(one_of(@{$o{proxies}}))
		if @{$o{proxies}} && rand() < 0.08;
	push @{$o{proxies}}, "smtp:$o{mail}"
		if @{$o{proxies}} && $o{mail} && rand() < 0.05;
	$o{mail} = dirty($o{mail});
	$how = rand;
	$o{upn} = dirty($how < 0.6 ? "$o{sam}\@corp.local" : $how < 0.8
		? address() : "$o{sam}\@$where") if $class eq 'user';
	$o{upn} = dirty("p." . name() . '@' . one_of('corp.local', 'corp',
		'ad.lan', @verified), 0.1) if $o{upn} && rand() < 0.1;
	$o{upn} = undef if rand() < 0.04;
	$o{target} = dirty('SMTP:' . one_of(address(), name() . '@corp.local'))
		if $class eq 'contact' || rand() < 0.03;
	return exchange(\%o);
}

# What is no plain text is in base64.
sub line {
	my ($name, $value) = @_;
	return '' if !defined $value;
	utf8::encode(my $bytes = $value);
	return "$name: $bytes\n" if $bytes =~ /^[!-~]([ -~]*[!-~])?$/ &&
		$bytes !~ /^[:<]/;
	return "${name}:: " . encode_base64($bytes, '') . "\n";
}

sub ldif {
	my ($o) = @_;
	my $d = $domains[$o->{at}]{dn};
	my %category = (user => 'Person', group => 'Group', contact => 'Person',
		publicFolder => 'ms-Exch-Public-Folder',
		msExchDynamicDistributionList =>
		'ms-Exch-Dynamic-Distribution-List');
	my $text = "dn: CN=$o->{cn},OU=" . ($o->{out} ? 'Out' : 'In') . ",$d\n"
		. "objectClass: $o->{class}\nobjectCategory: CN="
		. "$category{$o->{class}},CN=Schema,CN=Configuration,"
		. "$forests[$o->{at}]\ncn: $o->{cn}\n"
		. 'objectGUID:: ' . encode_base64(guid($o->{i}))
		. "whenCreated: 20200101000000.0Z\n"
		. line('displayName', $o->{shown})
		. line('sAMAccountName', $o->{sam}) . line('mail', $o->{mail})
		. line('mailNickname', $o->{nickname})
		. line('homeMDB', $o->{database})
		. line('targetAddress', $o->{target})
		. line('msExchRecipientTypeDetails', $o->{type})
		. line('msExchRemoteRecipientType', $o->{remote})
		. line('msExchPoliciesIncluded', $o->{in})
		. line('msExchPoliciesExcluded', $o->{outside})
		. line('msExchHideFromAddressLists', $o->{hidden} && 'TRUE')
		. line('servicePrincipalName', $o->{spn})
		. line('adminCount', $o->{admin})
		. line('msDS-ObjectSoa', $o->{soa});
	$text .= 'msExchMailboxGuid:: ' . encode_base64($o->{mailbox})
		if $o->{mailbox};
	$text .= line('proxyAddresses', $_) for @{$o->{proxies}};
	$text .= line('userPrincipalName', $o->{upn}) . "userAccountControl: 512\n"
		. "pwdLastSet: 132000000000000000\n" if $o->{class} eq 'user';
	$text .= "groupType: 8\n" if $o->{class} eq 'group';
	return "$text\n";
}

# A public folder or a dynamic group in the root domain, whom sync does not take
# as it takes others.
sub folder {
	my ($i) = @_;
	return { class => one_of('publicFolder', 'publicFolder',
		'msExchDynamicDistributionList'), i => $i, at => 0,
		cn => "folder$i", shown => "folder$i",
		mail => one_of(undef, dirty(address(), 0.2)),
		proxies => [map { dirty_proxy($_) } 'SMTP:' . address()] };
}

# With its plan it lost its address; in an older snapshot it has both.
my %past_account;
sub lose_plan {
	my ($a) = @_;
	my $plan = { service => 'exchange', servicePlanId =>
		'efb87545-963c-4e0d-99df-69c6916d9eb0' };
	my $primary = "$a->{mailNickname}\@contoso.onmicrosoft.com";
	$past_account{$a->{id}} = { proxyAddresses => $a->{proxyAddresses},
		mail => $a->{mail}, assignedPlans => [
		{ %$plan, capabilityStatus => 'Enabled' }] };
	$a->{assignedPlans} = [{ %$plan, capabilityStatus => 'Deleted' }];
	$a->{mail} = $primary;
	$a->{proxyAddresses} = ["SMTP:$primary"];
}

# The tenant's pages of users as they were.
sub past_tenant {
	return map { my $page = $json->decode($_);
		$json->encode({ %$page, value => [map { { %$_,
			%{$past_account{$_->{id}} // {}} } }
			@{$page->{value}}] }) . "\n" }
		grep { m{\$metadata#users"} } @_;
}

# An account: of an object of AD, of a forest that was not read, or of nobody.
sub account {
	my ($i, $o) = @_;
	my $primary = only();
	my %a = (id => id($i), displayName => "a$i", accountEnabled => JSON::XS::true,
		userType => 'Member', mail => $primary, mailNickname => "a$i",
		userPrincipalName => "a$i\@contoso.onmicrosoft.com",
		createdDateTime => '2022-01-01T00:00:00Z', assignedPlans => [],
		proxyAddresses => ["SMTP:$primary", 'smtp:' . only()],
		onPremisesSyncEnabled => undef, onPremisesImmutableId => undef);
	$a{userPrincipalName} = only() if rand() < 0.5;
	push @{$a{proxyAddresses}}, 'smtp:' . name() . "x$i\@$routing"
		if $routing && rand() < 0.3;
	lose_plan(\%a) if rand() < 0.1;
	return \%a if rand() < 0.3;
	return { %a, onPremisesSyncEnabled => JSON::XS::true,
		onPremisesSamAccountName => $o ? $o->{sam} : "x$i",
		onPremisesDomainName => 'contoso.com',
		onPremisesUserPrincipalName => $o ? $o->{upn}
			: $a{userPrincipalName},
		onPremisesImmutableId => encode_base64($o ? guid($o->{i})
			: pack('N4', 9, 9, 9, $i), '') };
}

sub tenant {
	my ($how, @all) = @_;
	my @users = grep { $_->{class} eq 'user' && !$_->{out} } @all;
	my $i = 5000;
	my @accounts = map { account($i++, rand() < 0.5 ? one_of(@users) : undef) }
		1 .. $objects / 8;
	my %seen;
	@accounts = grep { my $a = $_->{onPremisesImmutableId};
		!$seen{lc $_->{userPrincipalName}}++ && (!$a || !$seen{$a}++) }
		@accounts;
	my @gone = map { { %{account($i++)}, deletedDateTime =>
		'2026-11-10T00:00:00Z' } } 1 .. $objects / 20;
	my @groups = map { my $a = only(); { id => id($i++), displayName => 'g',
		mail => $a, mailEnabled => JSON::XS::true, proxyAddresses =>
		["SMTP:$a"], onPremisesSyncEnabled => undef } }
		1 .. $objects / 20;
	my %value = (users => \@accounts, groups => \@groups, contacts => [],
		'microsoft.graph.user/deletedItems' => \@gone, domains => [
		{ id => 'contoso.onmicrosoft.com', isVerified => JSON::XS::true,
			isInitial => JSON::XS::true, isDefault => JSON::XS::false },
		map { { id => $_, isVerified => JSON::XS::true,
			isInitial => JSON::XS::false, isDefault =>
			$_ eq 'contoso.com' ? JSON::XS::true : JSON::XS::false } }
			@verified, $routing || ()]);
	my $next = 'https://graph.microsoft.com/v1.0/users?$skiptoken=x';
	return map { $json->encode({ '@odata.context' =>
		"https://graph.microsoft.com/v1.0/\$metadata#$_",
		value => $value{$_}, $how eq 'part' && $_ eq 'users'
		? ('@odata.nextLink' => $next) : () }) . "\n" }
		sort keys %value;
}

# ---- proposals ----

# What belongs together, one after the other.
sub changes {
	my ($p) = @_;
	return $p ? ($p, changes($p->{and})) : ();
}

sub analyze {
	my ($to, $file, $fit, @args) = @_;
	my @command = ($bin, 'analyze', '--force', '-q', '--policy',
		"$tmp/policy.json", '-o', "$tmp/$to", @args, "$tmp/old",
		"$tmp/ad", grep { -d } "$tmp/was", "$tmp/ten");
	system(@command);
	my $code = $? >> 8;
	die "analyze: exit $code\n" if $code != 0 && $code != 3 && $code != 1;
	return lines("$tmp/$to/$file.ndjson", $fit);
}

# An address, however it is written.
sub bare {
	my ($value) = @_;
	return lc $value =~ s/^\s+|\s+$//gr =~ s/^smtp:\s*//ir;
}

# Who has what: AD as it would be, its past, and the tenant.
sub holders {
	my ($of, $values, $who) = @_;
	$of->{bare($_)}{$who} = 1 for grep { defined } @$values;
}

sub values_of {
	my ($o) = @_;
	return [$o->{mail}, $o->{upn}, grep { /^smtp:/i } @{$o->{proxies}}];
}

# What Exchange Online says of the mailboxes of synchronized accounts.
sub mailboxes {
	my (@accounts) = @_;
	my $q = sub { join(',', map { s/"/""/gr =~ s/.*/"$&"/sr } @_) . "\n" };
	return ($q->(qw(Alias DisplayName ExternalDirectoryObjectId
		PrimarySmtpAddress EmailAddresses RecipientTypeDetails
		UserPrincipalName IsDirSynced IsExchangeCloudManaged)),
		map { $q->($_->{mailNickname}, $_->{displayName}, $_->{id},
			$_->{mail}, join(';', @{$_->{proxyAddresses}}),
			'UserMailbox', $_->{userPrincipalName}, 'True',
			rand() < 0.3 ? 'True' : 'False') }
		grep { $_->{onPremisesSyncEnabled} } @accounts);
}

# The object with the change made.
my %member = (mail => 'mail', userPrincipalName => 'upn',
	mailNickname => 'nickname', displayName => 'shown',
	targetAddress => 'target');
sub change {
	my ($o, $p) = @_;
	if ($p->{attribute} eq 'proxyAddresses') {
		my @list = grep { !defined $p->{old} || $_ ne $p->{old} }
			@{$o->{proxies}};
		push @list, grep { my $new = $_; defined $new &&
			!grep { $_ eq $new } @list } $p->{new};
		$o->{proxies} = \@list;
	} else {
		$o->{$member{$p->{attribute}}} = $p->{new};
	}
}

my $policy;

# What is wrong with the change itself, whoever else there is; or nothing.
sub flaw {
	my ($o, $p) = @_;
	my $new = $p->{new};
	return 'cloud-managed' if $o->{soa};
	return 'a policy undoes it' if $o->{in} && !$o->{outside} &&
		$p->{attribute} =~ /^(mail|proxyAddresses)$/;
	return 'X500' if ($p->{old} // '') =~ /^x500:/i;
	return if !defined $new || $p->{attribute} =~ /^(displayName|mailN)/;
	return 'no clean address' if $new !~
		/^(smtp:)?[a-z0-9_-][a-z0-9._-]*@[a-z.]+$/i;
	my $domain = lc $new =~ s/.*@//r;
	return "$domain is not verified" if !grep { $_ eq $domain } @verified,
		$p->{attribute} eq 'proxyAddresses' ? $routing : ();
	return;
}

sub import_all {
	my @from = @_;
	for (@from) {
		my ($to, $when, @files) = @$_;
		system("$bin collect import --force --collected $when:00:00Z"
			. " -o $tmp/$to @files >$tmp/said 2>&1");
		# 3: not all was there, as is meant.
		$? == 0 || $? >> 8 == 3 or die "import of @files\n" . `cat $tmp/said`;
	}
}

# It had another address, and maybe others that it has lost since.
sub past_of {
	my ($o) = @_;
	my $mail = address();
	my %lost = (proxies => ["SMTP:$mail", 'smtp:' . address()]);
	$lost{nickname} = name() if rand() < 0.5;
	return { %$o, mail => $mail, rand() < 0.4 ? %lost : () };
}

sub try {
	my ($seed) = @_;
	srand $seed;
	$names = $objects * one_of(0.5, 1, 3);
	%used = %past_account = ();
	$routing = one_of('', 'contoso.mail.onmicrosoft.com',
		'contoso.mail.onmicrosoft.com');
	my %taken;
	my @all = map { made_up($_, \%taken) } 1 .. $objects;
	my @folders = map { folder($objects + $_) } 1 .. $objects / 50;
	# Some are gone since, and some had another address.
	my @past = ((map { { %{made_up($objects * 2 + $_, \%taken)} } }
		1 .. $objects / 20), map { past_of($_) }
		grep { rand() < 0.05 } @all);
	my %by_guid;
	for my $o (@all, @folders) {
		my ($a, $b, $c, @rest) = (unpack('V', guid($o->{i})),
			unpack('x4 v2', guid($o->{i})),
			unpack('x8 H4 H12', guid($o->{i})));
		$by_guid{sprintf '%08x-%04x-%04x-%s-%s', $a, $b, $c, @rest} = $o;
	}
	spew("$tmp/ad.ldif", map { ldif($_) } @all, @folders);
	spew("$tmp/old.ldif", map { ldif($_) } @past);
	my $how = $tenants[$seed % @tenants];
	my @tenant = $how eq 'none' ? () : tenant($how, @all);
	spew("$tmp/tenant.json", @tenant);
	spew("$tmp/mailboxes.csv", $how eq 'mailboxes' ? mailboxes(map {
		@{$_->{value}} } grep { $_->{'@odata.context'} =~ /#users$/ }
		map { $json->decode($_) } @tenant) : ());
	spew("$tmp/policy.json", $json->encode({ licensing => { exchangeOnline =>
		$seed % 2 ? 'all' : 'tenant' }, sync => $engines[$seed % @engines],
		$how eq 'none' ? (tenant => { initialDomain =>
		'contoso.onmicrosoft.com', verifiedDomains => [@verified,
		'contoso.onmicrosoft.com', $routing || ()] }) : (),
		scope => { include => [map { "OU=In,$_->{dn}" } @domains] } }));
	spew("$tmp/was.json", past_tenant(@tenant));
	remove_tree(["$tmp/ten", "$tmp/was"]);
	import_all(['old', '2026-10-20T00', "$tmp/old.ldif"],
		['ad', '2026-11-20T00', "$tmp/ad.ldif"],
		$how eq 'none' ? () : ['was', '2026-10-20T06',
		"$tmp/was.json"], $how eq 'none' ? () : ['ten', '2026-11-20T06',
		"$tmp/tenant.json", $how eq 'mailboxes'
		? "$tmp/mailboxes.csv" : ()]);
	my (%made, @edits, @double, @flaws, %ruled, %why);
	for my $f (analyze('before', 'findings', $ENV{PROPOSAL_TELL}
			? qr/proposed":[{"]/ : qr/"proposed":\{/)) {
		$why{$f->{unproposed}}++ if $f->{unproposed};
		$ruled{$f->{rule}}++ if $f->{proposed};
		for my $p (changes($f->{proposed})) {
			my $o = $by_guid{$f->{guid}} or die "$f->{guid}\n";
			my $of = "$f->{guid} $p->{attribute} " .
				($p->{attribute} eq 'proxyAddresses'
				? $p->{old} // "+$p->{new}" : '');
			my $new = $p->{new} // '-';
			push @double, "$of: $made{$of}, $new" if
				defined $made{$of} && $made{$of} ne $new;
			next if defined $made{$of};
			$made{$of} = $new;
			my $flaw = flaw($o, $p);
			push @flaws, "$f->{rule} $o->{cn} $of $new: $flaw"
				if $flaw;
			push @edits, { set => $f->{guid}, value => $p->{new},
				attribute => $p->{attribute}, old => $p->{old} };
		}
	}
	spew("$tmp/edits.json", $json->encode({ edits => \@edits }));
	if ($ENV{PROPOSAL_TELL}) {
		print "# $ruled{$_} $_\n" for sort keys %ruled;
		print "# $why{$_} not: $_\n" for sort { $why{$b} <=> $why{$a} }
			grep { !/ as | have | wants | come of | has /} keys %why;
	}
	ok(@edits > $objects / 20, "world $seed: there is something to try",
		scalar @edits);
	ok(!@double, 'no value is proposed two others', @double);
	ok(!@flaws, 'each is valid and stays', @flaws);
	change($by_guid{$_->{set}}, { %$_, new => $_->{value} }) for @edits;
	my %own = map { $_->{matchedId} => "o$by_guid{$_->{guid}}{i}" }
		lines("$tmp/before/forecast.ndjson", qr/"matchedId":"/);
	two_holders(\@edits, \%by_guid, \@past, \@tenant, \%own);
	my %changed = (cured => 0);
	my @new;
	for my $d (analyze('after', 'difference', qr/"change":"(new|cured)"/,
		'--what-if', "$tmp/edits.json")) {
		$changed{$d->{change}}++;
		push @new, "$d->{severity} $d->{rule} $d->{dn}: $d->{message}"
			if $d->{change} eq 'new';
	}
	ok($changed{cured} > $objects / 20, 'they cure', $changed{cured});
	my $new = @new;
	ok(!$new, 'and bring nothing new', $new, grep { defined } @new[0 .. 19]);
	print "# world $seed, tenant: $how: " . @edits . " edits cure " .
		"$changed{cured}, new: $new\n"
		if $ENV{PROPOSAL_TELL};
}

# Nobody else has a value that was proposed, in AD, its past, or the tenant.
sub two_holders {
	my ($edits, $by_guid, $past, $tenant, $own) = @_;
	my %of;
	holders(\%of, values_of($_), "o$_->{i}") for values %$by_guid, @$past;
	my %by_anchor = map { encode_base64(guid($_->{i}), '') => "o$_->{i}" }
		values %$by_guid;
	for my $a (map { @{$json->decode($_)->{value}} } @$tenant) {
		next if !$a->{proxyAddresses};
		my $anchor = $a->{onPremisesImmutableId};
		holders(\%of, [$a->{userPrincipalName},
			@{$a->{proxyAddresses}}], $own->{$a->{id}} //
			$by_anchor{$anchor // ''} // "a$a->{id}");
	}
	my @twice;
	for my $e (@$edits) {
		next if !defined $e->{value} ||
			$e->{attribute} =~ /^(displayName|mailN|target)/;
		my @who = keys %{$of{bare($e->{value})}};
		push @twice, "$e->{attribute} $e->{value}: @who" if @who > 1;
	}
	ok(!@twice, 'no value has two holders', @twice);
}

# ---- what is proposed, and what is not ----

# AD alone, with the policy's domains; and what each object is proposed.
my $invisible = "\x{200b}";
my @known = (
	# Two rules on one name propose the same one.
	{ sam => 'anna', upn => ' anna@corp.local', mail => 'anna@contoso.com',
	  want => ['userPrincipalName  anna@corp.local anna@contoso.com'] },
	{ sam => 'bert', upn => 'bert@contoso.com',
	  mail => "bert\@contoso.com$invisible",
	  want => ["mail bert\@contoso.com$invisible bert\@contoso.com"] },
	# The primary address in a domain that is not verified, and mail with it.
	{ sam => 'cora', upn => 'cora@contoso.com', mail => 'cora@corp.local',
	  proxies => ['SMTP:cora@corp.local', 'smtp:cora@contoso.com'],
	  want => ['mail cora@corp.local cora@contoso.com',
		'proxyAddresses SMTP:cora@corp.local SMTP:cora@contoso.com',
		'proxyAddresses smtp:cora@contoso.com -'] },
	{ sam => 'dirk', upn => 'dirk@contoso.com', mail => 'dirk@contoso.com',
	  proxies => ['SMTP:dirk@contoso.com', 'dirkje@contoso.com'],
	  want => ['proxyAddresses dirkje@contoso.com smtp:dirkje@contoso.com'] },
	{ sam => 'emil', upn => 'emil@contoso.com', type => 2147483648,
	  mail => 'emil@contoso.com', want => ['mailNickname - emil'] },
	{ sam => 'fien', upn => 'fien@contoso.com', shown => ' ',
	  mail => 'fien@contoso.com', want => ['displayName   fien'] },
	# One value is for two who clean theirs: for neither. What another had
	# once is not for anybody, either; a name of one's own may be.
	{ sam => 'gijs', upn => 'gijs@contoso.com', mail => " two\@contoso.com" },
	{ sam => 'hans', upn => 'hans@contoso.com',
	  mail => "t${invisible}wo\@contoso.com",
	  want => ["mail t${invisible}wo\@contoso.com hans\@contoso.com"] },
	{ sam => 'nico', upn => 'nico@contoso.com', mail => ' past@contoso.com',
	  want => ['mail  past@contoso.com nico@contoso.com'] },
	# What was lost it gets again, but where it has another still.
	{ sam => 'olga', upn => 'olga@contoso.com',
	  was => { mail => 'olga.w@contoso.com' },
	  want => ['mail - olga.w@contoso.com'] },
	{ sam => 'paul', upn => 'paul@contoso.com',
	  was => { mail => 'p.old@contoso.com' },
	  proxies => ['smtp:p.new@contoso.com'],
	  want => ['proxyAddresses smtp:p.new@contoso.com ' .
		'SMTP:p.new@contoso.com'] },
	{ sam => 'rosa', upn => 'rosa@contoso.com',
	  was => { mail => 'r.old@contoso.com' },
	  proxies => ['SMTP:rosa@contoso.com'],
	  want => ['mail - rosa@contoso.com'] },
	{ sam => 'siem', upn => 'siem@contoso.com', mail => 'siem@contoso.com',
	  was => { nickname => 'siem' } },
	# Cleaned, it would be there twice.
	{ sam => 'teun', upn => 'teun@contoso.com',
	  proxies => ['SMTP: Teun@contoso.com', 'smtp: teun@contoso.com'] },
	# In scope again, its mail would be sent on to nowhere.
	{ sam => 'uwe', class => 'contact', target => 'SMTP:u@corp.local',
	  was => { mail => 'uwe@contoso.com' } },
	{ sam => 'vera', class => 'contact', target => ' SMTP:v@contoso.com',
	  was => { mail => 'vera@contoso.com' } },
	# What the tenant makes of mail and what was beside it are two.
	{ sam => 'past', upn => 'past@corp.local', mail => 'w|x@contoso.com',
	  was => { mail => 'w.old@contoso.com',
		proxies => ['SMTP:w.old@contoso.com'] },
	  want => ['mail w|x@contoso.com w_x@contoso.com'] },
	# Mail would be sent on, and what is no address then decide.
	{ sam => 'xavi', upn => 'xavi@contoso.com', mail => 'x.a@contoso.com',
	  target => "SMTP:xavi.t\@contoso.com\t", proxies =>
	  ["SMTP:gi${invisible}js\@contoso.com"],
	  want => ["proxyAddresses SMTP:gi${invisible}js\@contoso.com " .
		'SMTP:x.a@contoso.com'] },
	# The domain may be verified instead; what a server needs, or a program
	# or an administrator signs in with, is asked for first.
	{ sam => 'yara', upn => 'yara@contoso.com', mail => 'yara@sister.com',
	  proxies => ['SMTP:yara@sister.com', 'smtp:yara@contoso.com'] },
	{ sam => 'yves', upn => 'yves@sister.com', mail => 'yves@contoso.com' },
	{ sam => 'zara', upn => 'zara@contoso.com', mail => 'zara@contoso.com',
	  proxies => ['SMTP:zara@contoso.com', 'smtp:zara@corp.local'] },
	{ sam => 'sql', upn => 'sql@corp.local', mail => 'sql@contoso.com',
	  spn => 'MSSQLSvc/db.corp.local' },
	{ sam => 'adm', upn => 'adm@corp.local', mail => 'adm@contoso.com',
	  admin => 1 },
	# A contact's mail goes to others' domains; the account name is sound,
	# and yet not what the name was meant to be.
	{ sam => 'kurt', class => 'contact', mail => 'kurt@partner.com',
	  target => "SMTP:ext\@partner.com\t",
	  want => ["targetAddress SMTP:ext\@partner.com\t " .
		'SMTP:ext@partner.com'] },
	{ sam => 'dd', upn => 'd..d@contoso.com', mail => 'd..d@contoso.com',
	  why => qr/its account is called otherwise/ },
	# With the root's dot the domain is the one that is verified.
	{ sam => 'dora', upn => 'dora@contoso.com.', mail => 'd@contoso.com',
	  want => ['userPrincipalName dora@contoso.com. d@contoso.com'] },
	# A policy writes it anew; the cloud masters it; X500, IDN, a cut.
	{ sam => 'ilse', upn => 'ilse@contoso.com', type => 1,
	  nickname => 'ilse', mail => "ilse\@contoso.com$invisible",
	  in => "x,$address_policy" },
	{ sam => 'joep', upn => ' joep@corp.local', soa => 'Cloud',
	  mail => 'joep@contoso.com' },
	{ sam => 'kees', upn => 'kees@contoso.com', mail => 'kees@contoso.com',
	  proxies => ['SMTP:kees@contoso.com', "x500:/o=A$invisible/cn=k"] },
	{ sam => 'lars', upn => 'lars@contoso.com', mail => 'lars@contoso.com',
	  proxies => ['SMTP:lars@contoso.com', "smtp:lars\@c\x{f6}ntoso.com "] },
	{ sam => 'mies', upn => 'mies@contoso.com',
	  mail => 'm' x 70 . '@contoso.com', proxies =>
	  ['SMTP:mies@contoso.com', 'smtp:' . 'm' x 70 . '@contoso.com'],
	  want => ['mail ' . 'm' x 70 . '@contoso.com mies@contoso.com'] },
);

sub known {
	my $i = 0;
	my %want = map { ($_->{cn} //= $_->{sam}, $_->{want} // []) } @known;
	my %because = map { ($_->{cn} => $_->{why}) } @known;
	for my $o (@known) {
		%$o = (class => 'user', i => ++$i, at => 0, shown => $o->{cn},
			proxies => [], %$o);
	}
	my %gone = (class => 'user', i => 999, at => 0, cn => 'gone',
		shown => 'gone', sam => 'gone', upn => 'gone@contoso.com',
		mail => 'past@contoso.com', proxies => []);
	my %nobody = (at => 0, proxies => [], shown => 'x');
	spew("$tmp/ad.ldif", map { ldif($_) } @known,
		{ %nobody, class => 'group', i => 500, cn => 'g', sam => 'g' },
		{ %nobody, class => 'contact', i => 501, cn => 'c',
		  mail => 'c@else.example' });
	spew("$tmp/old.ldif", map { ldif({ %$_, %{$_->{was} // {}} }) } @known,
		\%gone);
	spew("$tmp/policy.json", $json->encode({ tenant => { initialDomain =>
		'contoso.onmicrosoft.com', verifiedDomains => ['contoso.com',
		'contoso.onmicrosoft.com'] }, scope => { include =>
		['OU=In,DC=contoso,DC=com'] } }));
	import_all(['old', '2026-10-20T00', "$tmp/old.ldif"],
		['ad', '2026-11-20T00', "$tmp/ad.ldif"]);
	system("$bin analyze --force -q --policy $tmp/policy.json -o $tmp/f"
		. " $tmp/old $tmp/ad >$tmp/said");
	my (%is, %why);
	for my $f (lines("$tmp/f/findings.ndjson", qr/"proposed"/)) {
		my ($cn) = ($f->{dn} // '') =~ /^CN=(\w+)/ or next;
		$is{$cn}{join ' ', map { $_ // '-' } @$_{qw(attribute old new)}}
			= 1 for changes($f->{proposed});
		$why{$cn} .= "$f->{unproposed}; " if $f->{unproposed};
	}
	for my $cn (sort keys %want) {
		my $is = join "\n", sort keys %{$is{$cn} // {}};
		my $want = join "\n", sort @{$want{$cn}};
		utf8::encode($is);
		utf8::encode($want);
		my $because = $because{$cn} // qr/^/;
		ok($is eq $want && (@{$want{$cn}} ||
			($why{$cn} // '') =~ /./ && $why{$cn} =~ $because),
			"what $cn is proposed", $is, 'want', $want);
	}
}

# A sign-in name is nobody's address yet: who may have it as one was read, or it
# is not proposed.
sub unread {
	my %user = (at => 0, i => 1, cn => 'zita', shown => 'zita',
		class => 'user', sam => 'zita', upn => 'zita@contoso.com',
		nickname => 'zita', proxies => []);
	my %group = (at => 0, i => 2, cn => 'g', shown => 'g', proxies => [],
		class => 'group', sam => 'g');
	my %contact = (at => 0, i => 3, cn => 'c', shown => 'c', proxies => [],
		class => 'contact', mail => 'c@else.example');
	my @tries = (
		['nobody has it', 'zita@contoso.com', \%group, \%contact],
		['contacts and groups were not read', ''],
		['groups were not read', '', \%contact],
		['contacts were not read', '', \%group],
		['a group has it', '', \%contact,
			{ %group, mail => 'zita@contoso.com' }],
	);
	for (@tries) {
		my ($what, $want, @others) = @$_;
		spew("$tmp/ad.ldif", map { ldif($_) } \%user, @others);
		import_all(['ad', '2026-11-20T00', "$tmp/ad.ldif"]);
		system("$bin analyze --force -q --policy $tmp/policy.json "
			. "-o $tmp/f $tmp/ad >$tmp/said");
		my %is = map { ($_->{new} => 1) } map { changes($_->{proposed})
			} grep { ($_->{dn} // '') =~ /^CN=zita/ } lines(
			"$tmp/f/findings.ndjson", qr/"proposed":\{/);
		my $is = join ' ', sort keys %is;
		ok($is eq $want, "a sign-in name as mail: $what", $is);
	}
}

try($_) for @seeds;
known();
unread();
done();
