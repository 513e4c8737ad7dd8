#!/usr/bin/perl
# analyze --baseline: since when findings are known, which are new, reopened, or
# were not looked at; and folders that are no baseline.
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use File::Basename qw(dirname);
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use JSON::XS;
use lib dirname(__FILE__) . '/lib';
use Trial qw(ok done slurp spew run);

chdir dirname(__FILE__) . '/..' or die "$!\n";
my $bin = $ENV{SYNCSCOPE} // 'build/syncscope';
my $tmp = tempdir(CLEANUP => 1);
my $json = JSON::XS->new->utf8->canonical;

# ---- worlds: a few users of AD, each of whom may lack its mail ----

sub guid { return sprintf '%08d-0000-4000-8000-000000000000', $_[0]; }
sub b64 {
	my ($guid) = @_;
	my ($a, $b, $c, @rest) = map { pack 'H*', $_ } split /-/, $guid;
	require MIME::Base64;
	return MIME::Base64::encode_base64(join('', map({ scalar reverse $_ }
		$a, $b, $c), @rest), '');
}
sub user {
	my ($n, %is) = @_;
	my $cn = $is{cn} // "user$n";
	my $domain = $is{domain} // 'corp.example';
	(my $dc = $domain) =~ s/(^|\.)/,DC=/g;
	my $ou = $is{ou} // 'People';
	return join "\n", "dn: CN=$cn,OU=$ou$dc", 'objectClass: user',
		'objectGUID:: ' . b64(guid($n)), "sAMAccountName: user$n",
		'userPrincipalName: ' . ($is{upn} // "user$n\@$domain"),
		"displayName: $cn",
		'userAccountControl: ' . ($is{disabled} ? 514 : 512),
		$is{mail} // 1 ? ("mail: user$n\@$domain",
			"proxyAddresses: SMTP:user$n\@$domain") : (),
		map({ "$_: $is{set}{$_}" } sort keys %{$is{set} // {}}),
		"\n";
}
spew("$tmp/policy.json", $json->encode({
	tenant => { initialDomain => 'corp.onmicrosoft.com',
		verifiedDomains => ['corp.example', 'other.example'] } }));
my $made = 0;
sub snapshot {
	my ($day, @users) = @_;
	my $to = "$tmp/s" . $made++;
	spew("$to.ldif", "version: 1\n\n", @users);
	run($bin, 'collect', 'import', "$to.ldif", '--collected',
		"${day}T06:00:00Z", '-o', $to);
	return $to;
}
# The folder of findings, or what was said and the status if it fails.
sub try {
	my ($baseline, @more) = @_;
	my $to = "$tmp/f" . $made++;
	my @command = ($bin, 'analyze', @more, grep({ $_ eq '-o' } @more)
		? () : ('-o', $to), grep({ $_ eq '--policy' } @more)
		? () : ('--policy', "$tmp/policy.json"), $baseline
		? ('--baseline', $baseline) : ());
	my $said = `@command 2>&1`;
	return ($to, $said, $? >> 8);
}
sub findings {
	my ($folder) = @_;
	return map { $json->decode($_) } split /\n/,
		slurp("$folder/findings.ndjson");
}
sub of {
	my ($folder, $rule, $n) = @_;
	my ($found) = grep { $_->{rule} eq $rule && ($_->{guid} // '') eq
		guid($n) } findings($folder);
	return $found // {};
}
sub is {
	my ($have, $want, $name) = @_;
	ok(($have // 'nothing') eq ($want // 'nothing'), $name, 'have ' .
		($have // 'nothing'), 'want ' . ($want // 'nothing'));
}

# ---- since when ----

my $january = snapshot('2016-01-15', user(1), user(2, mail => 0));
my ($first) = try(undef, $january);
is(of($first, 'mail-missing', 2)->{firstSeen}, undef,
	'without a baseline nothing is told');
my $february = snapshot('2016-02-15', user(3, mail => 0), user(1),
	user(2, mail => 0, ou => 'Moved', cn => 'New name'));
my ($second, $said, $status) = try($first, $february);
is(of($second, 'mail-missing', 2)->{firstSeen}, '2016-01-15T06:00:00Z',
	'who was moved and renamed is known since the baseline');
is(of($second, 'mail-missing', 2)->{fingerprint}, of($first, 'mail-missing',
	2)->{fingerprint}, 'by one fingerprint');
is(of($second, 'mail-missing', 3)->{firstSeen}, '2016-02-15T06:00:00Z',
	'what was not there is known since this run');
my %ages = %{$json->decode(slurp("$second/manifest.json"))->{baseline} // {}};
my @found = findings($second);
my @new = grep { $_->{firstSeen} eq '2016-02-15T06:00:00Z' } @found;
is(join(' ', @ages{qw(asOf new openBefore reopened notCompared)}),
	'2016-01-15T06:00:00Z ' . @new . ' ' . (@found - @new) . ' 0 0',
	'the manifest counts them');
my $line = @new . ' new since 2016-01-15, ' . (@found - @new) .
	' open since before, 0 reopened';
ok(scalar($said =~ /^$line$/m), 'and so does the terminal', $line, $said);
my $march = snapshot('2016-03-15', user(2, mail => 0), user(3, mail => 0),
	user(1));
my ($third) = try($second, $march);
is(of($third, 'mail-missing', 2)->{firstSeen}, '2016-01-15T06:00:00Z',
	'a baseline of a baseline hands it on');
is(of($third, 'mail-missing', 3)->{firstSeen}, '2016-02-15T06:00:00Z',
	'each its own');
my ($again) = try($second, $march, '--jobs', 1);
is(slurp("$again/findings.ndjson"), slurp("$third/findings.ndjson"),
	'whatever the number of threads');
my @told = map { join "\n", map { delete @$_{qw(firstSeen reopened)};
	$json->encode($_) } findings($_) } $third, (try(undef, $march))[0];
is($told[0], $told[1], 'nothing else of a finding changes');

# ---- what people are shown ----

`$bin report $third -o $third 2>&1`;
my $csv = slurp("$third/findings.csv");
ok(scalar($csv =~ /^[^\n]*,"firstSeen","reopened","related"\r?\n/ &&
	$csv =~ /"mail-missing".*"2016-01-15T06:00:00Z","",""\r?$/m),
	'findings.csv has it in its last columns');
ok(scalar(slurp("$third/report.html") =~
	m{open since <time datetime="2016-01-15T06:00:00Z">15 Jan 2016</time>}),
	'the page says it');
ok(scalar(`$bin show $third user2\@corp.example 2>&1` =~
	/^ +open since 2016-01-15$/m), 'show says it');

# ---- what was not looked at is not new ----

my ($few) = try(undef, $january, '--rules', 'upn-*');
my ($many, $more) = try($few, $february);
%ages = %{$json->decode(slurp("$many/manifest.json"))->{baseline} // {}};
ok($ages{notCompared} > 0 && $ages{new} == 0, 'rules that did not run',
	$json->encode(\%ages));
ok(scalar($more =~ /; $ages{notCompared} of what was not judged then$/m),
	'are told apart', $more);
my $two = snapshot('2016-02-15', user(1), user(2, mail => 0),
	user(9, mail => 0, domain => 'other.example'));
my ($wider) = try($first, $two);
%ages = %{$json->decode(slurp("$wider/manifest.json"))->{baseline} // {}};
ok($ages{notCompared} > 0, 'a domain that was not judged',
	$json->encode(\%ages));

# ---- folders of findings that are changed by hand ----

sub broken {
	my ($name, $change, $from) = @_;
	my $to = "$tmp/broken-$name";
	$from //= $first;
	make_path($to);
	for my $file (map { s{.*/}{}r } glob "$from/*") {
		next if -d "$from/$file";
		spew("$to/$file", slurp("$from/$file"));
	}
	$change->($to);
	return $to;
}
sub edit {
	my ($file, $from, $to) = @_;
	return sub {
		my $text = slurp("$_[0]/$file");
		$text =~ s/$from/$to/ or die "$file: lacks $from\n";
		spew("$_[0]/$file", $text);
	};
}
# With the digest in the manifest as the file now is.
sub forge {
	my ($from, $to) = @_;
	return sub {
		my ($folder) = @_;
		edit('findings.ndjson', $from, $to)->($folder);
		my $m = $json->decode(slurp("$folder/manifest.json"));
		my $text = slurp("$folder/findings.ndjson");
		$m->{findings}{sha256} = sha256_hex($text);
		$m->{findings}{count} = $text =~ tr/\n//;
		spew("$folder/manifest.json", $json->encode($m));
	};
}
# ---- events, of which the last snapshot alone shows nothing ----

# Filetimes of 2014 and of March 2016.
my %old = (set => { pwdLastSet => '130600000000000000' });
my %set = (set => { pwdLastSet => '131020000000000000' });
spew("$tmp/scoped.json", $json->encode({
	tenant => { initialDomain => 'corp.onmicrosoft.com',
		verifiedDomains => ['corp.example'] },
	sync => { engine => 'dirsync' },
	scope => { include => ['OU=People,DC=corp,DC=example'] } }));
my %other = (set => { mail => 'user1@corp.example' }, mail => 0);
my %alias = (set => { mailNickname => 'user1', msExchRecipientTypeDetails =>
	'2147483648', msExchRemoteRecipientType => 1 });
my %two = (set => { %{$alias{set}}, mailNickname => 'user2' });
my %none = (set => { msExchRecipientTypeDetails => '2147483648',
	msExchRemoteRecipientType => 1 });
# Rule, how it was in December, January, February and after a repair, and what
# shows that.
my $was_set = qr/^its password was set on 2016-03-\d\d$/;
my @events = (
	[ 'disabled-then-enabled', { disabled => 1 }, {}, {}, \%set,
		$was_set ],
	[ 'returned-to-scope', { ou => 'Left' }, {}, {}, \%set, $was_set ],
	[ 'moved-out-of-scope', {}, ({ ou => 'Left' }) x 2, {},
		qr/^it is in the sync scope now/ ],
	[ 'mail-cleared', {}, ({ mail => 0 }) x 2, {},
		qr/^proxyAddresses is now SMTP:user1\@corp/ ],
	[ 'mail-cleared', \%other, ({ mail => 0 }) x 2, \%other,
		qr/^mail is now user1\@corp/ ],
	[ 'mail-cleared', \%alias, (\%none) x 2, \%alias,
		qr/^mailNickname is now user1$/ ],
);

# A run of earlier than that knew neither time, or not the first: no text tells
# of what nobody knows as if it were a day.
sub dateless {
	my ($rule, $seen, $of, $as, @looks) = @_;
	for (['"after":"[^"]*","by":"[^"]*"', '"after":null,"by":null'],
		['"after":"[^"]*",', '"after":null,']) {
		my $forged = broken("dateless-$rule", forge(@$_), $seen);
		my @told = map { of((try($forged, $_, @$as))[0], $rule, $of) }
			@looks;
		my $told = $json->encode(\@told);
		ok($told !~ /unknown/, "$rule: where $_->[1]", $told);
	}
}
my @kept = qw(fingerprint event severity expected proposed unproposed);
for (@events) {
	my ($rule, @states) = @$_;
	my $proof = pop @states;
	my $day = 0;
	my ($dec, $jan, $feb, $end) = map { snapshot(('2015-12-15',
		'2016-01-15', '2016-02-15', '2016-04-15')[$day++],
		user(1, %old, %$_), user(2, %two)) } @states;
	my @as = ('--policy', "$tmp/scoped.json");
	my ($seen) = try(undef, $dec, $jan, @as);
	my ($kept) = try($seen, $feb, @as);
	my ($both) = try($seen, $dec, $jan, $feb, @as);
	my ($same) = try($kept, $feb, @as);
	my $was = of($seen, $rule, 1);
	ok(exists $was->{event}, "$rule: two snapshots show it");
	for ([ 'by the baseline alone', $kept ],
		[ 'by all snapshots as well', $both ],
		[ 'by a baseline of a baseline', $same ]) {
		my $is = of($_->[1], $rule, 1);
		is($json->encode([ @$is{@kept, 'firstSeen'} ]),
			$json->encode([ @$was{@kept},
			'2016-01-15T06:00:00Z' ]), "$rule: $_->[0]");
	}
	dateless($rule, $seen, 1, \@as, $feb, $dec);
	my ($mended) = try($kept, $end, @as);
	is(of($mended, $rule, 1)->{rule}, undef,
		"$rule: until it is repaired");
	my ($closed) = grep { $_->{rule} eq $rule } map { $json->decode($_) }
		split /\n/, slurp("$mended/closed.ndjson");
	ok(($closed->{state} // '') eq 'fixed' &&
		scalar($closed->{reason} =~ $proof), "$rule: which is told",
		$json->encode($closed // {}));
	is(of((try(undef, $feb, @as))[0], $rule, 1)->{rule}, undef,
		"$rule: the last snapshot alone shows nothing");
}

# It is back in scope, and only the baseline tells that it was not: by its place
# seen, by what is taken for scope a step lower.
{
	my @as = ('--policy', "$tmp/scoped.json");
	my %left = (%old, ou => 'Left');
	my ($dec, $jan, $feb) = map { snapshot("$$_[0]-15", user(1, %{$$_[1]}),
		user(2, %old)) } [ '2015-12', \%old ], [ '2016-01', \%left ],
		[ '2016-02', \%old ];
	my $still = snapshot('2016-02-15', user(1, %left), user(2, %old));
	my $set = snapshot('2016-05-15', user(1, %set), user(2, %old));
	my ($seen) = try(undef, $dec, $jan, @as);
	my ($back) = try($seen, $feb, @as);
	my $is = of($back, 'returned-to-scope', 1);
	is($json->encode([ @$is{qw(severity event)} ]), $json->encode([
		'medium', { what => 'returned-to-scope', sure => 'seen',
		after => '2016-01-15T06:00:00Z', by => '2016-02-15T06:00:00Z',
		from => 'CN=user1,OU=Left,DC=corp,DC=example',
		to => 'CN=user1,OU=People,DC=corp,DC=example' } ]),
		'back in scope: as if a snapshot had it outside');
	my $all = of((try(undef, $dec, $jan, $feb, @as))[0],
		'returned-to-scope', 1);
	is(join(' ', @$is{qw(fingerprint severity)}),
		join(' ', @$all{qw(fingerprint severity)}),
		'back in scope: as by all snapshots');
	is($json->encode(of((try($seen, $dec, $jan, $feb, @as))[0],
		'returned-to-scope', 1)->{event}), $json->encode($all->{event}),
		'back in scope: once, where snapshots show it');
	is(of((try($back, $set, @as))[0], 'returned-to-scope', 1)->{rule},
		undef, 'back in scope: until the password is set');
	sub closed_of {
		my ($line) = grep { $_->{rule} eq 'moved-out-of-scope' }
			map { $json->decode($_) } split /\n/,
			slurp("$_[0]/closed.ndjson");
		return $line ? "$line->{state}: $line->{reason}" : undef;
	}
	is(closed_of($back), 'fixed: it is in the sync scope now',
		'back in scope: though the rule could not look for others');
	ok(closed_of((try($seen, $feb))[0]) =~ /^not-comparable: .*scope is not/,
		'back in scope: not by a run that knows no scope');
	my ($mended) = try($back, $set, @as);
	is(of((try($mended, snapshot('2016-06-15', user(1, %set), user(2,
		%old)), @as))[0], 'returned-to-scope', 1)->{rule}, undef,
		'back in scope: and stays mended');
	spew("$tmp/wide.json", slurp("$tmp/scoped.json") =~
		s/"OU=People,/"/r);
	my $wide = of((try($seen, $still, '--policy', "$tmp/wide.json"))[0],
		'returned-to-scope', 1);
	is($wide->{severity} // 'none', 'low', 'back in scope: by the scope');
	is(of((try($seen, $jan, '--policy', "$tmp/wide.json"))[0],
		'returned-to-scope', 1)->{rule}, undef,
		'back in scope: not by reading one look otherwise');
}

# Disabled again, for two runs: nothing was repaired by that. Enabled once more,
# it lacks its password by the engine of then.
{
	my @as = ('--policy', "$tmp/scoped.json");
	my %off = (%old, disabled => 1);
	my ($dec, $jan, $feb, $mar, $apr) = map { snapshot("$$_[0]-15",
		user(1, %{$$_[1]}), user(2, %old)) } [ '2015-12', \%off ],
		[ '2016-01', \%old ], [ '2016-02', \%off ],
		[ '2016-03', \%off ], [ '2016-04', \%old ];
	my ($found) = try(undef, $dec, $jan, @as);
	my ($off) = try($found, $feb, @as);
	my ($off_still) = try($off, $mar, @as);
	sub event_closed {
		my ($line) = grep { $_->{rule} eq 'disabled-then-enabled' }
			map { $json->decode($_) } split /\n/,
			slurp("$_[0]/closed.ndjson");
		return join ' ', map { $_ // 'none' } $$line{state},
			@{$$line{event}}{qw(after by)};
	}
	is(event_closed($off), 'not-comparable 2016-02-15T06:00:00Z none',
		'disabled again: not repaired by that');
	is(event_closed($off_still), 'not-comparable 2016-03-15T06:00:00Z none',
		'disabled again: nor by a second look at it');
	my ($on) = try($off_still, $apr, @as);
	my ($was, $is) = map { of($_, 'disabled-then-enabled', 1) } $found, $on;
	is($json->encode([ @$is{qw(fingerprint firstSeen event)} ]),
		$json->encode([ $was->{fingerprint}, '2016-01-15T06:00:00Z',
		{ what => 'enabled', after => '2016-03-15T06:00:00Z',
		by => '2016-04-15T06:00:00Z', sure => 'seen', from => undef,
		to => undef } ]), 'disabled again: and enabled once more');
	spew("$tmp/new-engine.json", slurp("$tmp/scoped.json") =~
		s/"engine":"dirsync"/"engine":"connect","version":"2.5.190.0"/r);
	my @mended = ('--policy', "$tmp/new-engine.json");
	my ($by_new) = try($off_still, $apr, @mended);
	is(of($by_new, 'disabled-then-enabled', 1)->{rule}, undef,
		'disabled again: enabled under an engine that sends hashes');
	is(of((try($by_new, snapshot('2016-05-15', user(1, %old), user(2,
		%old)), @mended))[0], 'disabled-then-enabled', 1)->{rule},
		undef, 'disabled again: and nobody is accused later');
	my ($set) = try($off_still, snapshot('2016-04-15', user(1, %off,
		set => { pwdLastSet => '131045000000000000' }),
		user(2, %old)), @as);
	is((split ' ', event_closed($set))[0], 'fixed',
		'disabled again: a password that was set mends it');
}

# The old value is proposed as if the older snapshot were there: never one that
# somebody else has by now, or would get.
sub group {
	my ($count) = @_;
	return join "\n", 'dn: CN=group,OU=People,DC=corp,DC=example',
		'objectClass: group', 'objectGUID:: ' . b64(guid(50)),
		'sAMAccountName: group', 'groupType: -2147483646',
		'mail: group@corp.example',
		'proxyAddresses: SMTP:group@corp.example',
		map({ "member: CN=user$_,OU=People,DC=corp,DC=example" }
		1 .. $count), "\n";
}
sub contact {
	return join "\n", 'dn: CN=contact,OU=People,DC=corp,DC=example',
		'objectClass: contact', 'objectGUID:: ' . b64(guid(60)),
		'mail: contact@elsewhere.example',
		'proxyAddresses: SMTP:contact@elsewhere.example', "\n";
}
{
	my ($seen, $left, $taken, $wanted);
	my %lost = (%old, mail => 0, upn => 'jan@other.example');
	my @rest = (user(2, %two), group(1), contact());
	my $jan = snapshot('2016-01-15', user(1, %lost, mail => 1), @rest);
	my $feb = snapshot('2016-02-15', user(1, %lost), @rest);
	my @as = ('--policy', "$tmp/scoped.json");
	($seen) = try(undef, $jan, $feb, @as);
	$left = snapshot('2016-03-15', user(1, %lost), @rest);
	is(of((try($seen, $left, @as))[0], 'mail-cleared', 1)->{proposed}{new},
		'user1@corp.example', 'what it was is proposed');
	$taken = snapshot('2016-03-15', user(1, %lost), @rest, user(3,
		mail => 0, set => { mail => 'user1@corp.example' }));
	my $is = of((try($seen, $taken, @as))[0], 'mail-cleared', 1);
	is(join(' ', $is->{severity}, $is->{proposed}{new} // 'none'),
		'info none', 'but not what another has by now');
	$wanted = snapshot('2016-03-15', user(1, %lost), @rest, user(3,
		mail => 0, upn => 'user3@corp.local', set => {
		mail => 'user1@corp.local' }));
	my @new = map { join ' ', sort map { "$_->{guid} " .
		$_->{proposed}{new} } grep { $_->{proposed} } findings($_) }
		map { (try(@$_, @as))[0] } [ $seen, $wanted ],
		[ undef, $jan, $feb, $wanted ];
	is($new[0], $new[1], 'and nobody else is proposed it');
}

# A value that was mended, and is bad again; and a group that lost members.
{
	my @upn = map { "user1\@$_" } qw(corp.local corp.example);
	my ($dec, $jan, $feb, $mar, $apr) = map { snapshot("2016-$$_[0]-15",
		user(1, %old, upn => $upn[$$_[1]]), user(2, %old)) }
		[ '01', 0 ], [ '02', 1 ], [ '03', 0 ], [ '04', 0 ], [ '05', 1 ];
	my @as = ('--policy', "$tmp/scoped.json");
	my ($seen) = try(undef, $dec, $jan, $feb, @as);
	my $was = of($seen, 'broken-again', 1);
	ok(exists $was->{event}, 'broken-again: three snapshots show it');
	for ([ 'alone', $mar ], [ 'with an older one', $feb, $mar ],
		[ 'with the one that was good', $jan, $mar ]) {
		my ($name, @of) = @$_;
		my ($kept, $says) = try($seen, @of, @as);
		is($json->encode([ @{of($kept, 'broken-again', 1)}{@kept} ]),
			$json->encode([ @$was{@kept} ]),
			"broken-again: by the baseline $name");
	}
	dateless('broken-again', $seen, 1, \@as, $mar);
	is(of((try($seen, $apr, @as))[0], 'broken-again', 1)->{rule}, undef,
		'broken-again: until it is mended');
	my %rules = map { $_->{id} => $_ } @{$json->decode(slurp((try($seen,
		$jan, $apr, @as))[0] . '/manifest.json'))->{rules}};
	is($rules{'broken-again'}{outcome}, 'not-applicable',
		'broken-again: not clean with fewer looks than it takes');
}
{
	my ($jan, $feb, $mar, $apr) = map { snapshot("2016-$$_[0]-15",
		map({ user($_) } 1 .. 12), group($$_[1])) } [ '01', 12 ],
		[ '02', 4 ], [ '03', 5 ], [ '04', 6 ];
	my @as = ('--policy', "$tmp/scoped.json", '--profile', 'strict');
	my ($seen) = try(undef, $jan, $feb, @as);
	my ($kept) = try($seen, $mar, @as);
	my ($was, $is) = map { of($_, 'group-shrunk', 50) } $seen, $kept;
	is($json->encode([ @$is{qw(fingerprint event)} ]),
		$json->encode([ @$was{qw(fingerprint event)} ]),
		'group-shrunk: by the baseline');
	is($is->{observed}, '5 members', 'group-shrunk: as it is now');
	dateless('group-shrunk', $seen, 50, \@as, $mar);
	is(of((try($kept, $apr, @as))[0], 'group-shrunk', 50)->{rule}, undef,
		'group-shrunk: until half of them are back');
}

# The account was made between the looks, as the event was, and perhaps after
# that: a later run is no surer of it.
spew("$tmp/users.json", $json->encode({ value => [ {
	'@odata.type' => '#microsoft.graph.user', id => guid(101),
	userPrincipalName => 'user1\@corp.example', displayName => 'user1',
	onPremisesImmutableId => b64(guid(1)),
	onPremisesSyncEnabled => JSON::XS::true, accountEnabled =>
	JSON::XS::true, createdDateTime => '2016-01-05T00:00:00Z' } ] }));
my ($off, $on, $on_still) = map { snapshot($_->[0], user(1, %old, disabled =>
	$_->[1]), user(2, %old)) } ['2015-12-15', 1], ['2016-01-15', 0],
	['2016-02-15', 0];
run($bin, 'collect', 'import', "$tmp/users.json", '--collected',
	'2016-01-15T07:00:00Z', '-o', "$tmp/accounts");
my @with = ("$tmp/accounts", '--policy', "$tmp/scoped.json");
my ($unsure) = try(undef, $off, $on, @with);
my ($unsure_still) = try($unsure, $on_still, @with);
is(of($unsure, 'disabled-then-enabled', 1)->{severity}, 'info',
	'perhaps before the account was made');
is(of($unsure_still, 'disabled-then-enabled', 1)->{severity}, 'info',
	'and so in the run after that');

# ---- what was closed, as closed.ndjson of the baseline says ----

my %line = %{of($first, 'mail-missing', 2)};
sub closed {
	my ($state) = @_;
	return sub {
		my ($folder) = @_;
		forge('[^\n]*' . $line{fingerprint} . '[^\n]*\n', '')->($folder);
		my $text = $json->encode({ %line, state => $state,
			since => '2016-01-15T06:00:00Z',
			firstSeen => '2015-11-15T06:00:00Z' }) . "\n";
		spew("$folder/closed.ndjson", $text);
		my $m = $json->decode(slurp("$folder/manifest.json"));
		$m->{closed} = { count => 1, sha256 => sha256_hex($text) };
		spew("$folder/manifest.json", $json->encode($m));
	};
}
for ([ 'fixed', '2016-02-15T06:00:00Z', '2016-02-15T06:00:00Z' ],
	[ 'not-comparable', undef, undef ]) {
	my ($state, $reopened, $later) = @$_;
	my ($back) = try(broken($state, closed($state)), $february);
	my $found = of($back, 'mail-missing', 2);
	is($found->{firstSeen}, '2015-11-15T06:00:00Z',
		"$state: known since it was found first");
	is($found->{reopened}, $reopened, "$state: reopened");
	my ($next) = try($back, $march);
	is(of($next, 'mail-missing', 2)->{reopened}, $later,
		"$state: and so as long as it stays");
	%ages = %{$json->decode(slurp("$back/manifest.json"))->{baseline}};
	is($ages{reopened}, $reopened ? 1 : 0, "$state: counted");
}

# ---- folders that are no baseline ----

spew("$tmp/plan.csv", 'DistinguishedName,ObjectClass,Attribute,Error,Value,' .
	"Update,Action\n\"CN=user2,OU=People,DC=corp,DC=example\"," .
	"user,mail,blank,,user2\@corp.example,EDIT\n");
my ($edited) = try(undef, $january, '--plan', "$tmp/plan.csv");
my $other = snapshot('2016-01-15', user(7, domain => 'other.example'));
my @bad = (
	[ 'nothing there', "$tmp/nothing", 4, qr{nothing/manifest\.json} ],
	[ 'a snapshot', $january, 4, qr/is no manifest of findings/ ],
	[ 'another version', broken('version',
		edit('manifest.json', '"version":\s*1\b', '"version": 9')), 4,
		qr/has version 9; this program reads version 1/ ],
	[ 'no JSON', broken('json', edit('manifest.json', '^\{', '[')), 4,
		qr/manifest\.json:/ ],
	[ 'a line was changed', broken('changed',
		edit('findings.ndjson', 'mail-missing', 'mail-missinG')), 4,
		qr/findings\.ndjson: was changed/ ],
	[ 'a line was cut', broken('cut',
		edit('findings.ndjson', '\}\n\z', "\n")), 4,
		qr/findings\.ndjson:\d+:\d+: want/ ],
	[ 'a file lacks', broken('lack',
		sub { unlink "$_[0]/findings.ndjson" }), 4,
		qr/findings\.ndjson/ ],
	[ 'no fingerprint', broken('print', forge('"fingerprint":"\w{4}',
		'"fingerprint":"')), 4,
		qr/ndjson:\d+: want a fingerprint of 32/ ],
	[ 'a number with a sign', broken('sign', forge('"fingerprint":"\w{4}',
		'"fingerprint":"-0x1')), 4,
		qr/ndjson:\d+: want a fingerprint of 32/ ],
	[ 'no time', broken('time', forge('"rule"',
		'"firstSeen":"soon","rule"')), 4,
		qr/ndjson:\d+: want times such as/ ],
	[ 'no event', broken('event', forge('"rule"',
		'"event":{"what":"fell"},"rule"')), 4,
		qr/ndjson:\d+: want a rule, and an event/ ],
	[ 'no state', broken('state', closed('gone')), 4,
		qr/closed\.ndjson:1: want a state, fixed or not-comparable/ ],
	[ 'what was closed is changed', broken('closed', sub {
		closed('fixed')->($_[0]);
		edit('closed.ndjson', '2015-11', '2015-10')->($_[0]) }), 4,
		qr/closed\.ndjson: was changed/ ],
	[ 'a later time', $second, 2,
		qr/as of 2016-02-15T06:00:00Z, which is later than this run/,
		$january ],
	[ 'another AD', (try(undef, $other))[0], 2,
		qr/another AD: it has other.example, and .* have corp.example/ ],
	[ 'another domain of the name', broken('sid', edit('manifest.json',
		'"sid":\s*null', '"sid": "S-1-5-21-1-2-3"')), 0, qr// ],
	[ 'an edited AD', $edited, 2, qr/want findings of a run without/ ],
);
for (@bad) {
	my ($name, $folder, $want, $sentence, @more) = @$_;
	my ($to, $says, $is) = try($folder, @more ? @more : $february);
	my $good = $want ? $is == $want && !-e $to &&
		$says =~ /--baseline:[^\n]*$sentence/ : $is == 0 || $is == 3;
	ok($good, "$name: status $want", "status $is", $says);
}
my $before = slurp("$second/manifest.json");
my (undef, $same, $code) = try($second, $march, '-o', $second, '--force');
ok($code == 2 && $same =~ /--baseline: \S+ is the folder to write/ &&
	slurp("$second/manifest.json") eq $before,
	'the folder to write, by its own name', $same);
symlink $second, "$tmp/link";
(undef, $same, $code) = try("$tmp/link", $march, '-o', $second, '--force');
ok($code == 2 && $same =~ /is the folder to write/, 'and by another', $same);
done();
