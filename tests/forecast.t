#!/usr/bin/perl
# The forecast against a second, naive model (tests/forecast/Model.pm), over
# random objects in tenants of different settings, and with the input in
# another order. FORECAST_OBJECTS says how many, FORECAST_SEED which.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use List::Util qw(shuffle);
use MIME::Base64 qw(encode_base64);
use lib map { dirname(__FILE__) . "/$_" } qw(forecast lib);
use Conflicts qw(settle);
use Model qw(expected);
use Trial qw(done ok);

my $here = dirname(__FILE__);
my $bin = $ENV{SYNCSCOPE} // "$here/../build/syncscope";
my $tmp = tempdir(CLEANUP => 1);
my $total = $ENV{FORECAST_OBJECTS} // 20000;
srand($ENV{FORECAST_SEED} // 20260201);

my %usual = (initial => 't.onmicrosoft.com', dns => 'corp.example',
	verified => ['x.nl', 'Y.nl'], exchangeOnline => 'all',
	routingDomain => 'accepted', signInName => 'userPrincipalName',
	masking => 'raw', severalPrimaries => 'first',
	unverifiedPrimary => 'moera', nicknameOnUpnChange => 'keep',
	invalidCharacters => 'discard');
my @tenants = (
	{}, { exchangeOnline => 'tenant' }, { exchangeOnline => 'none' },
	{ exchangeOnline => 'tenant', verified => ['x.nl', 'corp.example'] },
	{ routingDomain => 'reserved', signInName => 'mail' },
	{ masking => 'sanitised', exchangeOnline => 'tenant' },
	{ severalPrimaries => 'moera', initial => 'T.onmicrosoft.com' },
	{ unverifiedPrimary => 'keep', exchangeOnline => 'tenant' },
	{ nicknameOnUpnChange => 'follow', exchangeOnline => 'tenant' },
	{ invalidCharacters => 'underscore' },
);

sub pick { return $_[rand @_]; }
sub chance { return rand() < $_[0]; }

# ---- random objects ----

my @domains = qw(x.nl x.nl y.nl old.example corp.local t.onmicrosoft.com
	other.onmicrosoft.com t.microsoftonline.com t.mail.onmicrosoft.com
	other.mail.onmicrosoft.com z.onmicrosoft.us);

sub address {
	my ($name) = @_;
	my $local = pick($name, $name, $name, "a.$name", "a`$name", "a $name",
		"a/$name", "($name)", uc $name);
	return "$local\@" . pick(@domains) if chance(0.94);
	return pick("$local", "$local\@nodot", "\@x.nl", "$local\@a\@x.nl");
}

sub proxy {
	my ($name) = @_;
	my $body = address($name);
	return 'SMTP:' . $body if chance(0.35);
	return pick('smtp:', 'smtp:', 'smtp:', 'Smtp:') . $body if chance(0.7);
	return pick("X500:/o=Org/cn=$name", "x500:/o=MicrosoftOnline/cn=$name",
		"x500:/o=MicrosoftOnlineElse/cn=$name", "MSMAIL:o/p/$name",
		"X400:c=nl;s=$name", "sip:$name\@x.nl", "NOTES:$name", $body,
		"EUM:$name", " smtp:$body ");
}

sub account {
	my ($t, $o, $i) = @_;
	my $initial = $t->{initial};
	my @proxies = map { pick("smtp:c$i.$_\@x.nl", "SMTP:c$i.$_\@x.nl") }
		1 .. int rand 3;
	push @proxies, "smtp:m$i\@$initial" if chance(0.5);
	push @proxies, "SIP:s$i\@x.nl" if chance(0.1);
	my $same = $o->{upn} // "$o->{sam}\@$t->{dns}";
	my %a = (plan => chance(0.5), proxies => \@proxies,
		synced => pick(1, 1, 1, 0, undef),
		upn => pick("cu$i\@x.nl", "cu$i\@$initial", "cu$i\@gone.example",
			$same =~ /\@(x\.nl|y\.nl)$/ ? $same : "cv$i\@y.nl"));
	$a{nick} = "cn$i" if chance(0.8);
	$a{onPremUpn} = pick($same, $same, uc $same, "was$i\@x.nl")
		if chance(0.8);
	return \%a;
}

sub object {
	my ($t, $i) = @_;
	my $class = pick(('user') x 7, 'group', 'contact');
	my %o = (i => $i, class => $class, cn => "Object $i", sam => "sam$i",
		proxies => []);
	my @names = map { "u$i" . chr 97 + $_ } 0 .. 6;
	$o{mail} = pick('', '', '', ' ', "\t") . address($names[0])
		. pick('', '', '', ' ') if chance(0.55);
	# A contact with another's mail would be one with it.
	delete $o{mail} if $class eq 'contact' && ($o{mail} // '') =~ /^\s*\@/;
	$o{nick} = "n$i" if chance(0.5);
	push @{$o{proxies}}, proxy($names[1 + $_]) for 0 .. int(rand 6) - 2;
	push @{$o{proxies}}, uc $o{proxies}[0] =~ s/^(\w+):/smtp:/r
		if @{$o{proxies}} && $o{proxies}[0] =~ /^smtp:/i && chance(0.1);
	if ($class eq 'user') {
		$o{upn} = pick("p$i\@x.nl", "p$i\@Y.nl", "p$i\@corp.example",
			"p $i\@x.nl", "p$i\@t.onmicrosoft.com", "P$i\@X.NL")
			if chance(0.9);
		$o{type} = pick(1, 128, 2147483648, 34359738368, 2, 0x1000)
			if chance(0.3);
		$o{remote} = pick(1, 4, 8) if chance(0.15);
		$o{target} = 'SMTP:' . pick("t$i\@x.nl", "t$i\@old.example",
			"t$i\@t.mail.onmicrosoft.com") if chance(0.2);
	}
	$o{display} = pick(0, 7, 6, 1073741824, -2147483642)
		if chance(0.15);
	$o{security} = chance(0.5) if $class eq 'group';
	$o{account} = account($t, \%o, $i)
		if $class eq 'user' && chance(0.5);
	return \%o;
}

# ---- files ----

sub write_file {
	my ($path, @text) = @_;
	open my $out, '>:raw', $path or die "$path: $!\n";
	print $out @text;
	close $out or die "$path: $!\n";
}

sub anchor {
	my ($i) = @_;
	return encode_base64(pack('N4', $i * 2654435761 % 2**32, $i, 7, $i), '');
}

# A value with blanks at its ends must be encoded.
sub attribute {
	my ($name, $v) = @_;
	return $v =~ /^\s|\s$/ ? "${name}:: " . encode_base64($v, '') . "\n"
		: "$name: $v\n";
}

sub ldif {
	my ($o) = @_;
	my %names = (mail => 'mail', nick => 'mailNickname',
		upn => 'userPrincipalName', type => 'msExchRecipientTypeDetails',
		remote => 'msExchRemoteRecipientType',
		display => 'msExchRecipientDisplayType',
		target => 'targetAddress');
	my $text = "dn: CN=$o->{cn},OU=A,DC=corp,DC=example\n"
		. "objectClass: $o->{class}\ncn: $o->{cn}\nobjectGUID:: "
		. anchor($o->{i}) . "\n";
	$text .= "sAMAccountName: $o->{sam}\n" if $o->{class} ne 'contact';
	$text .= 'groupType: ' . ($o->{security} ? -2147483640 : 8) . "\n"
		if $o->{class} eq 'group';
	$text .= "userAccountControl: 512\n" if $o->{class} eq 'user';
	$text .= attribute($names{$_}, $o->{$_})
		for grep { defined $o->{$_} } sort keys %names;
	$text .= attribute('proxyAddresses', $_) for @{$o->{proxies}};
	return "$text\n";
}

sub graph {
	my ($o) = @_;
	my $a = $o->{account};
	my $text = sprintf '{"id":"%08x-0000-4000-8000-000000000001",'
		. '"onPremisesImmutableId":"%s","userPrincipalName":"%s",'
		. '"proxyAddresses":[%s],"assignedPlans":[%s]', $o->{i},
		anchor($o->{i}), $a->{upn},
		join(',', map { "\"$_\"" } @{$a->{proxies}}), $a->{plan}
		? '{"service":"exchange","capabilityStatus":"Enabled"}' : '';
	$text .= ",\"mailNickname\":\"$a->{nick}\"" if defined $a->{nick};
	$text .= ",\"onPremisesUserPrincipalName\":\"$a->{onPremUpn}\""
		if defined $a->{onPremUpn};
	$text .= ',"onPremisesSyncEnabled":' . (defined $a->{synced}
		? $a->{synced} ? 'true' : 'false' : 'null');
	return "$text}";
}

sub policy {
	my ($t) = @_;
	my $text = sub { return "\"$_\":\"$t->{$_}\"" };
	return sprintf '{"tenant":{"initialDomain":"%s","verifiedDomains":[%s],'
		. '"routingDomain":"%s"},"sync":{"signInName":"%s"},'
		. '"licensing":{"exchangeOnline":"%s"},"assume":{%s}}',
		$t->{initial}, join(',', map { "\"$_\"" } @{$t->{verified}}),
		$t->{routingDomain}, $t->{signInName}, $t->{exchangeOnline},
		join ',', map { $text->() } qw(masking severalPrimaries
		unverifiedPrimary nicknameOnUpnChange invalidCharacters);
}

sub forecast {
	my ($t, @objects) = @_;
	return forecast_of($t, [map { ldif($_) } @objects], { contacts => [],
		groups => [], users =>
		[map { graph($_) } grep { $_->{account} } @objects] });
}

# Runs the program; the lines of its forecast.
sub forecast_of {
	my ($t, $ldif, $pages) = @_;
	my $odata = '"@odata.context":"https://graph.microsoft.com/v1.0/'
		. '$metadata#%s"';
	system "rm -rf $tmp/*";
	write_file("$tmp/ad.ldif", @$ldif);
	write_file("$tmp/$_.json", sprintf("{$odata,\"value\":[", $_),
		join(",\n", @{$pages->{$_}}), ']}') for keys %$pages;
	write_file("$tmp/policy.json", policy($t));
	my $said = `$bin collect import $tmp/ad.ldif $tmp/*s.json -o $tmp/s --collected 2026-01-01 2>&1 && $bin analyze $tmp/s --policy $tmp/policy.json -o $tmp/f 2>&1`;
	open my $in, '<:raw', "$tmp/f/forecast.ndjson" or die "$said\n";
	return <$in>;
}

# ---- comparing ----

sub text_of {
	my ($line, $key) = @_;
	return ($line =~ /"$key":"((?:[^"\\]|\\.)*)"/)[0];
}

sub addresses_of {
	my ($line) = @_;
	my ($list) = $line =~ /"proxyAddresses":\[(.*?)\],"(?:accountEnabled|adAttributes)"/;
	return [$list =~ /"((?:[^"\\]|\\.)*)"/g];
}

# A prefix counts with its case, an address without.
sub folded {
	my ($proxy) = @_;
	return $proxy =~ /^(SMTP:)(.*)$/ ? $1 . lc $2 : lc $proxy;
}

sub same_set {
	my ($x, $y) = @_;
	return join("\n", sort map { folded($_) } @$x)
		eq join "\n", sort map { folded($_) } @$y;
}

sub difference {
	my ($want, $line) = @_;
	my $in = $line =~ /"inScope":true/ ? 1 : 0;
	return "inScope $in" if $in != ($want->{inScope} ? 1 : 0);
	return '' if !$in;
	for my $key (qw(upn mailNickname primarySmtp)) {
		my ($x, $y) = (text_of($line, $key), $want->{$key});
		return "$key " . ($x // 'none') . ', want ' . ($y // 'none')
			if defined $x != defined $y
			|| (defined $x && lc $x ne lc $y);
	}
	my $got = addresses_of($line);
	return "proxyAddresses @$got, want @{$want->{proxyAddresses}}"
		if !same_set($got, $want->{proxyAddresses});
	return '';
}

sub compare {
	my ($t, $name, $objects) = @_;
	my %line = map { /CN=Object (\d+),/ ? ($1 => $_) : () }
		forecast($t, @$objects);
	my ($bad, @why) = (0);
	for my $o (@$objects) {
		my $line = $line{$o->{i}} // '';
		my $differs = difference(expected($t, $o), $line) or next;
		push @why, "$differs\n", ldif($o), $o->{account}
			? graph($o) . "\n" : '', $line if $bad++ < 3;
	}
	ok(!$bad && keys %line == @$objects, "$name: " . @$objects
		. ' objects as the model says', "$bad differ\n", @why);
	return \%line;
}

my $each = int($total / @tenants);
my $i = 0;
for my $more (@tenants) {
	my $t = { %usual, %$more };
	my $name = join(', ', map { ref $more->{$_} ? "$_ @{$more->{$_}}"
		: "$_ $more->{$_}" } sort keys %$more) || 'the usual';
	my @objects = map { object($t, ++$i) } 1 .. $each;
	my $first = compare($t, $name, \@objects);
	next if $name ne 'the usual' && $name ne 'exchangeOnline tenant';
	my %again = map { /CN=Object (\d+),/ ? ($1 => $_) : () }
		forecast($t, shuffle(@objects));
	ok(!(grep { $again{$_} ne $first->{$_} } keys %$first),
		"$name: the same in another order");
}

# ---- several want the same ----

# A handful of users and of tenant objects that share a few values.
sub quarrel {
	my ($t, $k, $users, $tenant) = @_;
	my (@mine, @near);
	my $word = sub { return "$_[0]$k." . int rand 3 };
	for (1 .. 1 + int rand 4) {
		my $o = { i => ++$i, class => 'user', cn => "Object $i",
			sam => "sam$i", nick => "n$i",
			upn => $word->(pick('p', 'p', 'q', 'r')) . '@x.nl',
			primary => $word->('q') . '@x.nl',
			other => chance(0.5) ? $word->('r') . '@x.nl' : undef,
			created => 20150101 + int rand 3 };
		$o->{proxies} = ["SMTP:$o->{primary}",
			defined $o->{other} ? "smtp:$o->{other}" : ()];
		$o->{guid} = pack 'N4', $o->{i} * 2654435761 % 2**32,
			$o->{i}, 7, $o->{i};
		push @mine, $o;
	}
	for my $j (0 .. int(rand 4) - 1) {
		my $class = pick('user', 'user', 'user', 'group');
		my $h = { id => sprintf('%08x-0000-4000-8000-%012x', $k, $j),
			class => $class, guest => $class eq 'user'
			&& chance(0.15), anchored => 0, synced => 0,
			primary => "q$k.$j\@x.nl", other => chance(0.5)
			? "r$k.$j\@x.nl" : undef };
		$h->{upn} = "p$k." . (($j + 1) % 3) . '@x.nl'
			if $class eq 'user';
		if ($class eq 'user' && !$h->{guest} && chance(0.3)) {
			$h->{anchored} = $h->{synced} = 1;
			$h->{owner} = chance(0.7) ? pick(@mine) : undef;
			$h->{owner} = undef if $h->{owner}
				&& defined $h->{owner}{account};
			$h->{owner}{account} = $h->{id} if $h->{owner};
		}
		push @near, $h;
	}
	$tenant->{near}{$_->{i}} = \@near for @mine;
	push @{$tenant->{all}}, @near;
	push @$users, @mine;
}

sub holder {
	my ($h) = @_;
	my $anchor = $h->{owner} ? anchor($h->{owner}{i})
		: encode_base64(pack('N4', 9, 9, 9, hex substr $h->{id}, 0, 8), '');
	my @proxies = ("SMTP:$h->{primary}",
		defined $h->{other} ? "smtp:$h->{other}" : ());
	my $text = "{\"id\":\"$h->{id}\",\"proxyAddresses\":["
		. join(',', map { "\"$_\"" } @proxies) . ']';
	$text .= ",\"userPrincipalName\":\"$h->{upn}\",\"mailNickname\":"
		. "\"h\",\"userType\":\"" . ($h->{guest} ? 'Guest' : 'Member')
		. '"' if $h->{class} eq 'user';
	$text .= ",\"onPremisesSyncEnabled\":true,\"onPremisesImmutableId\":"
		. "\"$anchor\"" if $h->{anchored};
	# Graph tells null of whom it is asked, and nothing of whom it is not.
	$text .= ',"onPremisesSyncEnabled":null,"onPremisesImmutableId":null'
		if !$h->{anchored};
	return "$text}";
}

# Which values of the user the line does not give it.
sub lost_of {
	my ($o, $line) = @_;
	my %has = map { lc $_ => 1 } @{addresses_of($line)};
	my @lost = map { $has{$_} ? () : $_ } map { 'smtp:' . lc $_ }
		grep { defined $_ } $o->{primary}, $o->{other}, $o->{upn};
	push @lost, 'upn:' . lc $o->{upn}
		if lc(text_of($line, 'upn') // '') ne lc $o->{upn};
	my %once = map { $_ => 1 } @lost;
	return join ' ', sort keys %once;
}

sub quarrels {
	my ($count) = @_;
	my $t = { %usual };
	my (@users, %tenant);
	quarrel($t, $_, \@users, \%tenant) for 1 .. $count;
	my %pages = map { my $class = $_; ("${class}s" => [map { holder($_) }
		grep { $_->{class} eq $class } @{$tenant{all}}]) }
		qw(user group);
	# Nobody's name is computed anew by the way.
	$_->{account} and delete $_->{lost} for @users;
	settle(\@users, \%tenant);
	my %line = map { /CN=Object (\d+),/ ? ($1 => $_) : () }
		forecast_of($t, [shuffle(map { ldif($_) =~ s/(objectGUID::)/whenCreated: $_->{created}000000.0Z\n$1/r } @users)],
		{ %pages, contacts => [] });
	my ($bad, @why) = (0);
	for my $o (@users) {
		my $line = $line{$o->{i}} // '';
		my $match = text_of($line, 'match') // 'none';
		my $want = $o->{match} eq 'conflict' ? '' : join ' ',
			sort keys %{$o->{lost} // {}};
		my $got = $match eq 'conflict' ? '' : lost_of($o, $line);
		next if $match eq $o->{match} && $got eq $want;
		push @why, "match $match, want $o->{match}; lost $got, want "
			. "$want\n", ldif($o), map({ holder($_) . "\n" }
			@{$tenant{near}{$o->{i}}}), $line if $bad++ < 3;
	}
	ok(!$bad, @users . ' users who want the same, and who gets it',
		"$bad differ\n", @why);
}

quarrels(int($total / 20));
done();
