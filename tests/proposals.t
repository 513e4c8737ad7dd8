#!/usr/bin/perl
# Every proposal is tried: a made-up world of three forests and a tenant in which
# few names are for many, so that whatever is made up is somebody's. What
# findings propose is made an edit each (what-if(5)); with all of them made,
# nothing new may be found, but that an account is yet to be made.
# PROPOSAL_OBJECTS says how many objects, PROPOSAL_SEEDS which worlds.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use JSON::PP;
use MIME::Base64 qw(encode_base64);
use lib dirname(__FILE__) . '/lib';
use Trial qw(done ok spew);

my $here = dirname(__FILE__);
my $bin = $ENV{SYNCSCOPE} // "$here/../build/syncscope";
my $tmp = tempdir(CLEANUP => 1);
my $json = JSON::PP->new->utf8->canonical;
my $objects = $ENV{PROPOSAL_OBJECTS} // 400;
my @seeds = split ' ', $ENV{PROPOSAL_SEEDS} // '1 2 3';

sub lines {
	my ($path) = @_;
	open my $in, '<:raw', $path or die "$path: $!\n";
	return map { $json->decode($_) } <$in>;
}

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

sub one_of { return $_[rand @_]; }
sub name { return 'n' . int rand $objects / 2; }
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
	my $where = $d->{mail} // 'corp.local';
	my $how = rand;
	$o{mail} = $how < 0.4 ? undef : $how < 0.6 ? address()
		: $how < 0.7 ? "$o{cn}\@corp.local" : "$o{cn}\@$where";
	$o{mail} = "$o{cn}\@corp.local" if !$d->{mail} && $o{mail};
	$o{mail} //= address() if $class eq 'contact';
	$o{proxies} = [proxies($o{mail})];
	$how = rand;
	$o{upn} = $how < 0.6 ? "$o{sam}\@corp.local" : $how < 0.8 ? address()
		: "$o{sam}\@$where" if $class eq 'user';
	$o{target} = 'SMTP:' . address() if $class eq 'contact';
	return \%o;
}

sub ldif {
	my ($o) = @_;
	my $d = $domains[$o->{at}]{dn};
	my %category = (user => 'Person', group => 'Group', contact => 'Person');
	my $text = "dn: CN=$o->{cn},OU=" . ($o->{out} ? 'Out' : 'In') . ",$d\n"
		. "objectClass: $o->{class}\nobjectCategory: CN="
		. "$category{$o->{class}},CN=Schema,CN=Configuration,"
		. "$forests[$o->{at}]\ncn: $o->{cn}\ndisplayName: $o->{cn}\n"
		. 'objectGUID:: ' . encode_base64(guid($o->{i}))
		. "whenCreated: 20200101000000.0Z\n";
	$text .= "sAMAccountName: $o->{sam}\n" if $o->{sam};
	$text .= "mail: $o->{mail}\n" if $o->{mail};
	$text .= "mailNickname: $o->{cn}\n" if $o->{mail};
	$text .= "targetAddress: $o->{target}\n" if $o->{target};
	$text .= "proxyAddresses: $_\n" for @{$o->{proxies}};
	$text .= "userPrincipalName: $o->{upn}\nuserAccountControl: 512\n"
		. "pwdLastSet: 132000000000000000\n" if $o->{class} eq 'user';
	$text .= "groupType: 8\n" if $o->{class} eq 'group';
	return "$text\n";
}

# An account: of an object of AD, of a forest that was not read, or of nobody.
sub account {
	my ($i, $o) = @_;
	my $primary = only();
	my %a = (id => id($i), displayName => "a$i", accountEnabled => JSON::PP::true,
		userType => 'Member', mail => $primary, mailNickname => "a$i",
		userPrincipalName => "a$i\@contoso.onmicrosoft.com",
		createdDateTime => '2022-01-01T00:00:00Z', assignedPlans => [],
		proxyAddresses => ["SMTP:$primary", 'smtp:' . only()],
		onPremisesSyncEnabled => undef, onPremisesImmutableId => undef);
	$a{userPrincipalName} = only() if rand() < 0.5;
	return \%a if rand() < 0.3;
	return { %a, onPremisesSyncEnabled => JSON::PP::true,
		onPremisesSamAccountName => $o ? $o->{sam} : "x$i",
		onPremisesDomainName => 'contoso.com',
		onPremisesUserPrincipalName => $o ? $o->{upn}
			: $a{userPrincipalName},
		onPremisesImmutableId => encode_base64($o ? guid($o->{i})
			: pack('N4', 9, 9, 9, $i), '') };
}

sub tenant {
	my (@all) = @_;
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
		mail => $a, mailEnabled => JSON::PP::true, proxyAddresses =>
		["SMTP:$a"], onPremisesSyncEnabled => undef } }
		1 .. $objects / 20;
	my %value = (users => \@accounts, groups => \@groups, contacts => [],
		'microsoft.graph.user/deletedItems' => \@gone, domains => [
		{ id => 'contoso.onmicrosoft.com', isVerified => JSON::PP::true,
			isInitial => JSON::PP::true, isDefault => JSON::PP::false },
		map { { id => $_, isVerified => JSON::PP::true,
			isInitial => JSON::PP::false, isDefault =>
			$_ eq 'contoso.com' ? JSON::PP::true : JSON::PP::false } }
			@verified]);
	return map { $json->encode({ '@odata.context' =>
		"https://graph.microsoft.com/v1.0/\$metadata#$_",
		value => $value{$_} }) . "\n" } sort keys %value;
}

# ---- proposals ----

# The values of proxyAddresses with TO as the primary one.
sub with_primary {
	my ($to, @have) = @_;
	return ["SMTP:$to", grep { !/^SMTP:/ && lc ne lc "smtp:$to" } @have];
}

# What the finding says to do to its object, as attributes with values.
sub edits_of {
	my ($f, $o) = @_;
	my $fix = $f->{fix};
	my $address = qr/([^\s@]+@[a-z.]*[a-z])/;
	my %set;
	$set{userPrincipalName} = $f->{expected}
		if $f->{rule} =~ /^upn-(suffix|onmicrosoft)/ && $f->{expected};
	$set{mail} = $1 if $fix =~ /set mail to $address/;
	$set{mail} = $f->{expected}
		if $f->{rule} =~ /^(mail-not-primary|contact-mail-missing)$/
		&& $f->{expected};
	$set{proxyAddresses} = with_primary($1, @{$o->{proxies}})
		if $fix =~ /SMTP:$address/
		|| $fix =~ /SMTP: value of proxyAddresses to $address/;
	push @{$set{proxyAddresses} //= [@{$o->{proxies}}]}, "smtp:$1"
		if $f->{rule} eq 'address-lost' && $fix =~ /add smtp:$address/;
	return %set;
}

# Two findings' values of one proxyAddresses: the primary that one of them
# gives is what the other need not know.
sub merged {
	my ($one, $other) = @_;
	my %seen;
	return [grep { !$seen{lc $_}++ } sort @$one, @$other];
}

sub analyze {
	my ($to, @args) = @_;
	my @command = ($bin, 'analyze', '--force', '-q', '--policy',
		"$tmp/policy.json", '-o', "$tmp/$to", "$tmp/ad", "$tmp/ten", @args);
	system(@command);
	my $code = $? >> 8;
	die "analyze: exit $code\n" if $code != 0 && $code != 3 && $code != 1;
	return lines("$tmp/$to/" . (@args ? 'difference' : 'findings')
		. '.ndjson');
}

# What follows from what was wanted: a name changes, the service makes up an
# address of its own of it, who gives up what another wants is waited for, and
# what two had before comes to light.
sub is_wanted {
	my ($f, $o, $proposed) = @_;
	my $value = ($f->{observed} // '') =~ s/^smtp://ir;
	my %own = map { $_ ? (lc s/^smtp://ir => 1) : () }
		$o->{mail}, $o->{upn}, $o->{target}, @{$o->{proxies}};
	return $f->{rule} eq 'upn-changes' || $value =~ /onmicrosoft\.com$/
		|| $f->{message} =~ /gives? it up only in the same/
		|| ($own{lc $value} && !$proposed->{lc $value});
}

sub try {
	my ($seed) = @_;
	srand $seed;
	%used = ();
	my %taken;
	my @all = map { made_up($_, \%taken) } 1 .. $objects;
	my %by_cn = map { $_->{cn} => $_ } @all;
	spew("$tmp/ad.ldif", map { ldif($_) } @all);
	spew("$tmp/tenant.json", tenant(@all));
	spew("$tmp/policy.json", $json->encode({ licensing => { exchangeOnline =>
		'all' }, sync => $engines[$seed % @engines],
		scope => { include => [map { "OU=In,$_->{dn}" } @domains] } }));
	for (['ad', 'ad.ldif', '20T00'], ['ten', 'tenant.json', '20T06']) {
		system("$bin collect import --force --collected 2026-11-$_->[2]:00:00Z"
			. " -o $tmp/$_->[0] $tmp/$_->[1] >$tmp/said 2>&1") == 0
			or die "import of $_->[1]\n";
	}
	my (%set, @double);
	for my $f (analyze('before')) {
		my ($cn) = ($f->{dn} // '') =~ /^CN=([^,]*)/ or next;
		my $o = $by_cn{$cn} or next;
		my %of = edits_of($f, $o);
		for my $attribute (keys %of) {
			my ($have, $value) = (\$set{$cn}{$attribute},
				$of{$attribute});
			$value = merged($$have, $value) if $$have && ref $value;
			push @double, "$cn: $attribute: $$have, $value"
				if $$have && !ref $value && $$have ne $value;
			push @double, "$cn: @$value"
				if ref $value && (grep { /^SMTP:/ } @$value) > 1;
			$$have = $value;
		}
	}
	my @edits;
	for my $cn (sort keys %set) {
		my $o = $by_cn{$cn};
		push @edits, { set => "CN=$cn,OU=" . ($o->{out} ? 'Out' : 'In')
			. ",$domains[$o->{at}]{dn}", attribute => $_,
			value => $set{$cn}{$_} }
			for sort keys %{$set{$cn}};
	}
	spew("$tmp/edits.json", $json->encode({ edits => \@edits }));
	my %proposed = map { map { lc s/^smtp://ir => 1 } grep { !/^smtp:/ }
		ref $_->{value} ? @{$_->{value}} : $_->{value} } @edits;
	my $built = grep { !ref $_->{value} } @edits;
	ok($built > 20, "world $seed: there is something to try", scalar @edits);
	ok(!@double, 'no object is proposed two values', @double);
	my %changed = (cured => 0);
	my @new;
	for my $d (analyze('after', '--what-if', "$tmp/edits.json")) {
		$changed{$d->{change}}++;
		push @new, "$d->{severity} $d->{rule} $d->{dn}: $d->{message}"
			if $d->{change} eq 'new' && $d->{rule} ne
			'account-missing' && !is_wanted($d,
				$by_cn{($d->{dn} =~ /^CN=([^,]*)/)[0]},
				\%proposed);
	}
	ok($changed{cured} > 20, 'the edits cure', $changed{cured});
	ok(!@new, 'and bring nothing new', @new);
}

try($_) for @seeds;
done();
