#!/usr/bin/perl
# What happens to objects of a live domain between collections: each is told by
# timeline, "show" and the rules, from two snapshots and from one with metadata,
# and nobody else is accused: whole lists are compared, with events.want.
#
# No engine of today forgets passwords, so the same is judged as if it had been
# in 2015, too, when all did. Versions of stamps are counted as Windows does
# then: of userAccountControl Samba counts two for each change.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Encode qw(encode);
use JSON::XS qw(decode_json encode_json);
use MIME::Base64 qw(decode_base64 encode_base64);
use POSIX qw(strftime);
use Time::HiRes qw(sleep);
use Live;
use Past;

my ($ad) = start_servers(['samba', 'ad']);
my $root = $ad->{AD_ROOT};
my $mail = $ad->{AD_MAIL_DOMAIN};
my ($staff, $sales, $team, $outside) = map { "OU=$_,$root" }
	qw(Staff Sales Team Outside);
my ($leavers, $unit) = map { "OU=$_,$staff" } qw(Leavers Unit);
my $made = int(time) - 60 * DAY;
my $renewed = $made + 20 * DAY;

# ---- what one does to a domain ----

# AD takes a password in quotes, as UTF-16 (MS-ADTS 3.1.1.3.1.5).
sub password {
	my ($n) = @_;
	return 'unicodePwd:: ' . encode_base64(encode('UTF-16LE',
		qq("Long-enough-$n!")), '') . "\n";
}

sub object {
	my ($dn, $class, @lines) = @_;
	return join "\n", "dn: $dn", 'changetype: add', "objectClass: $class",
		@lines, '', '';
}

sub names {
	my ($name) = @_;
	return ("sAMAccountName: $name", "displayName: $name",
		"mail: $name\@$mail", "proxyAddresses: SMTP:$name\@$mail");
}

sub user {
	my ($name, $place, $control) = @_;
	chomp(my $password = password(0));
	return object("CN=$name,$place", 'user', names($name),
		"userPrincipalName: $name\@$mail", $password,
		'userAccountControl: ' . ($control // 512));
}

sub modify {
	my ($name, $line) = @_;
	my ($attr) = $line =~ /^(\w+)/;
	return "dn: CN=$name,$staff\nchangetype: modify\nreplace: $attr\n" .
		"$line\n-\n\n" =~ s/\n\n-/\n-/r;
}

sub control {
	my ($value, @names) = @_;
	return map { modify($_, "userAccountControl: $value") } @names;
}

sub renew { return map { modify($_, password(1)) } @_; }

sub move {
	my ($name, $from, $to, $new) = @_;
	my $rdn = $name =~ /=/ ? $name : "CN=$name";
	return "dn: $rdn,$from\nchangetype: modrdn\nnewrdn: " .
		($new // $rdn) . "\ndeleteoldrdn: 1\nnewsuperior: $to\n\n";
}

sub remove {
	return map { "dn: CN=$_,$staff\nchangetype: delete\n\n" } @_;
}

# As tools for accounts do: one write for each flag, at once.
sub born {
	my ($name) = @_;
	return object("CN=$name,$staff", 'user', names($name),
		"userPrincipalName: $name\@$mail", 'userAccountControl: 546'),
		modify($name, password(0)),
		map { control($_, $name) } 514, 512, 66048, 512;
}

# From 2000 on without a recycle bin, as Samba has it: what the tombstone does
# not keep is written again.
sub revive {
	my ($snapshot, $name) = @_;
	my ($dn) = map { $_->{dn} } grep { $_->{sAMAccountName} eq $name }
		map { decode_json($_) } split /\n/,
		read_file("$tmp/$snapshot/ad-deleted.ndjson");
	return "dn: $dn\nchangetype: modify\ndelete: isDeleted\n-\n" .
		"replace: distinguishedName\ndistinguishedName: " .
		"CN=$name,$staff\n-\n\n", map { modify($name, $_) }
		"displayName: $name", "mail: $name\@$mail",
		"userPrincipalName: $name\@$mail";
}

# ---- and when ----

my %step;                  # NAME => first and last second
my %name;                  # objectGUID => the first name

sub change {
	my ($name, @ldif) = @_;
	my $file = write_file("$tmp/change.ldif", join '', @ldif);
	# Stamps have whole seconds: no two steps share one.
	sleep 1.1;
	$step{$name} = [int time];
	exit_is(run({ env => { LDAPTLS_CACERT => $ad->{AD_CA_FILE} } },
		'ldapmodify', '-x', '-H', "ldaps://$ad->{AD_ADDR}", '-D',
		$ad->{AD_ADMIN}, '-y', $ad->{AD_ADMIN_PW_FILE}, '-e',
		'!1.2.840.113556.1.4.417', '-f', $file), 0, "step $name");
	$step{$name}[1] = int time;
	sleep 1.1;
}

sub collect {
	my ($out) = @_;
	exit_is(run({ limit => 300 }, $bin, 'collect', 'ad', '-q', '--server',
		"ldaps://$ad->{AD_ADDR}", '--ca-file', $ad->{AD_CA_FILE},
		'--user', $ad->{AD_SYNC}, '--password-file',
		$ad->{AD_SYNC_PW_FILE}, -o => "$tmp/$out"), 0, "collect $out");
	for (map { decode_json($_) } map { split /\n/,
		read_file("$tmp/$out/ad-$_.ndjson") } qw(users groups contacts)) {
		$name{lc guid_text($_->{objectGUID})} //= $_->{cn};
	}
}

sub guid_text {
	my ($a, $b, $c, $d, $e) = unpack 'VvvH4H12', decode_base64($_[0]);
	return sprintf '%08x-%04x-%04x-%s-%s', $a, $b, $c, $d, $e;
}

sub at { return strftime "#\@time %Y-%m-%d %H:%M:%S\n", gmtime $_[0]; }

# Two months before all else, with other passwords later: this needs no server.
sub begin {
	my @people = qw(plain switched renewed early off late twice way
		back left outside other other-way renamed lost restored
		new-password);
	my @away = qw(returned returned-renewed comes-and-goes);
	my @ldif = ((map { object($_, 'organizationalUnit') } $staff, $unit,
		$leavers, $sales, $team, $outside),
		(map { user($_, $staff) } @people), user('late-on', $staff,
		514), (map { user($_, $outside) } @away),
		(map { user("team$_", $team) } 1 .. 3),
		(map { user("unit$_", $unit) } 1 .. 2),
		(map { object("CN=$_,$staff", 'contact', "displayName: $_",
			"mail: $_\@fabrikam.example") } qw(partner partner-left)),
		map { object("CN=$_,$staff", 'group', names($_)) }
		qw(crew crew-left));
	server('samba', 'load', $ad->{dir}, write_file("$tmp/begin.ldif",
		join '', at($made), @ldif, at($renewed), renew(@people)));
}

begin();
change('born', born('born-before'));
collect('a');
change('1', control(514, qw(switched renewed off early)), renew('twice'),
	move('left', $staff, $leavers), move('partner-left', $staff, $leavers),
	(map { move($_, $staff, $outside) } qw(outside crew-left back way
		other-way)), move('other', $staff, $sales),
	move('renamed', $staff, $staff, 'CN=renamed too'),
	(map { move($_, $outside, $staff) } qw(returned returned-renewed)),
	move('OU=Team', $root, $root, 'OU=Crew'),
	move('OU=Unit', $staff, $staff, 'OU=Unit two'),
	remove(qw(lost restored)), born('born-between'));
collect('m');
change('2', renew('early'), control(514, 'twice'),
	control(512, qw(switched renewed early late-on twice)),
	renew('new-password'), (map { move($_, $outside, $staff) } qw(back way
		comes-and-goes)), move('comes-and-goes', $staff, $outside),
	move('other-way', $outside, $sales), revive('m', 'restored'));
change('3', renew(qw(renewed returned-renewed restored)));
collect('b');

# ---- what is told ----

sub lines {
	return map { decode_json($_) } split /\n/, read_file("$tmp/$_[0]");
}

# "Staff", or "Staff/renamed too" of one that had another name at first.
sub place {
	my ($dn, $name) = @_;
	$dn =~ s/,\Q$root\E$//i or return $dn;
	my @path = reverse map { s/^\w+=//r } split /,/, $dn;
	pop @path if $path[-1] eq $name;
	return join '/', @path;
}

sub told {
	my ($e, $name) = @_;
	return "$e->{what} $e->{sure}" . (defined $e->{attribute} ?
		" $e->{attribute}" : '') . (defined $e->{from} ? ' ' .
		place($e->{from}, $name) . ' > ' . (defined $e->{to} ?
		place($e->{to}, $name) : 'none') : '');
}

# What is told of what happened after the beginning: how, of whom, and when.
sub timeline {
	my ($folder, $days) = @_;
	my $since = $renewed + DAY - $days * DAY;
	my %out;
	for my $o (lines("$folder/timeline.ndjson")) {
		my $name = $name{lc $o->{guid}} // $o->{dn};
		push @{$out{told($_, $name)}{$name}}, $_
			for grep { time_of($_->{by}) > $since } @{$o->{events}};
	}
	return \%out;
}

sub findings {
	my ($folder) = @_;
	my %out;
	push @{$out{"$_->{rule} $_->{severity}"}},
		$name{lc($_->{guid} // '')} // '-'
		for lines("$folder/findings.ndjson");
	return \%out;
}

# ---- what should be ----

# By the name of a run: {events} HOW => NAME => STEP, {findings} RULE => NAMES.
my %want;
for (split /\n/, read_file("$here/events.want")) {
	my ($first, $rest) = /^(\S+) (.*)$/ or next;
	my ($how, $names) = $rest =~ /^(.*): (.*)$/;
	if ($first eq '=') {
		$want{''} = $want{$rest} //= { events => {}, findings => {} };
	} elsif ($first eq '!') {
		$want{''}{findings}{$how} = [split / /, $names];
	} elsif ($first ne '#') {
		$want{''}{events}{$how}{$_} = $first for split / /, $names;
	}
}

sub text {
	my ($lists) = @_;
	return join "\n", map { "$_: " . join ' ', sort map { s/ /-/gr }
		ref $lists->{$_} eq 'HASH' ? keys %{$lists->{$_}}
		: @{$lists->{$_}} } sort keys %$lists;
}

sub same {
	my ($what, $want, $have) = map { ref $_ ? text($_) : $_ } @_;
	ok($have eq $want, $what, "want: $want\nhave: $have");
}

# Whether the event lies where it is said to; one that is dated, exactly.
sub is_in_bounds {
	my ($e, $step, $days) = @_;
	my ($after, $by) = map { $_ ? time_of($_) + $days * DAY : 0 }
		@$e{qw(after by)};
	my ($first, $last) = @{$step{$step}};
	return $after <= $last && $by >= $first &&
		($after == $by || $after < $first);
}

# The events of a run are those of WANT, each in its time.
sub events_are {
	my ($want, $run, $days) = @_;
	my $have = timeline($run, $days);
	my $events = $want{$want}{events};
	my @odd;
	same("$run: all that happened, and nothing else", $events, $have);
	for my $how (keys %$events) {
		for my $name (keys %{$events->{$how}}) {
			my ($e, @more) = @{$have->{$how}{$name} // []};
			push @odd, "$name: $how: " . encode_json($e // {})
				if @more || !$e || !is_in_bounds($e,
					$events->{$how}{$name}, $days);
		}
	}
	ok(!@odd, "$run: and when", join "\n", @odd);
}

# ---- runs ----

write_file("$tmp/policy.json", encode_json({
	tenant => { initialDomain => 'x.onmicrosoft.com',
		verifiedDomains => [$mail] },
	scope => { include => [$staff, $sales, $team],
		exclude => [$leavers] },
	sync => { engine => 'connect', version => '1.0.8667.0' },
}));

sub analyze {
	my ($run, @snapshots) = @_;
	exit_is(run({ limit => 300 }, $bin, 'analyze', '--policy',
		"$tmp/policy.json", '-o', "$tmp/$run", map { "$tmp/$_" }
		@snapshots), 3, "$run: analyze @snapshots");
	same("$run: all findings", $want{$run}{findings}, findings($run));
}

sub outcome {
	my ($run, $rule, $want, $reason) = @_;
	my ($r) = grep { $_->{id} eq $rule } @{decode_json(read_file(
		"$tmp/$run/manifest.json"))->{rules}};
	my $have = "$r->{outcome}: " . ($r->{reason} // '');
	ok($have =~ /^$want: .*$reason/, "$run: $rule is $want", $have);
}

my %runs = (am => ['a', 'm'], mb => ['m', 'b'], ab => ['a', 'b'],
	amb => ['a', 'm', 'b'], alone => ['b']);
for my $run (sort keys %runs) {
	analyze($run, @{$runs{$run}});
	events_are($run, $run, 0);
}

# ---- as in 2015 ----

my $days = int((time - time_of('2015-09-15T00:00:00')) / DAY);
for (qw(a m b)) {
	earlier("$tmp/$_", "$tmp/old-$_", $days);
	exit_is(run({}, $bin, 'verify', "$tmp/old-$_"), 0, "verify old-$_");
}
# Where Windows counts one write, it dates the change.
for my $run (keys %runs) {
	my $events = $want{$run}{events};
	$events->{s/ seen$/ stamped/r} = delete $events->{$_}
		for grep { /^(?:dis|en)abled seen$/ } keys %$events;
}
for my $run (sort keys %runs) {
	analyze("old-$run", map { "old-$_" } @{$runs{$run}});
	events_are($run, "old-$run", $days);
}

# ---- with the tenant ----

# The account of a user, whose password it has, or one that is older.
sub account {
	my ($o, $days, $older) = @_;
	my $name = $name{lc guid_text($o->{objectGUID})};
	my $set = $older ? $made + DAY : ticks_time($o->{pwdLastSet});
	return {
		'@odata.type' => '#microsoft.graph.user',
		id => guid_text($o->{objectGUID}) =~ s/^..../cccc/r,
		userPrincipalName => "$name\@$mail", displayName => $name,
		mail => "$name\@$mail", mailNickname => $name,
		proxyAddresses => ["SMTP:$name\@$mail"],
		accountEnabled => $o->{userAccountControl} & 2
			? JSON::XS::false : JSON::XS::true,
		onPremisesSyncEnabled => JSON::XS::true,
		onPremisesImmutableId => $o->{objectGUID},
		onPremisesSamAccountName => $name, usageLocation => 'NL',
		onPremisesDomainName => $ad->{AD_DNS_DOMAIN},
		createdDateTime => iso($made + 3600 - $days * DAY),
		lastPasswordChangeDateTime => iso($set - $days * DAY),
		onPremisesLastSyncDateTime => iso($made + 30 * DAY -
			$days * DAY), assignedPlans => [],
		assignedLicenses => [], licenseAssignmentStates => [],
	};
}

sub tenant {
	my ($out, $days, $later, @older) = @_;
	my %older = map { $_ => 1 } @older;
	my @users = map { account($_, $days, $older{$_->{sAMAccountName}}) }
		grep { $_->{pwdLastSet} && $_->{sAMAccountName} !~ /^born|goes/
			&& ($_->{userPrincipalName} // '') =~ /\@\Q$mail\E$/ }
		lines('b/ad-users.ndjson');
	my $file = write_file("$tmp/$out.json", encode_json({
		'@odata.context' => 'https://graph.microsoft.com/v1.0/' .
			'$metadata#users', value => \@users }));
	exit_is(run({}, $bin, 'collect', 'import', $file, '--collected',
		iso(time + $later - $days * DAY), '-o', "$tmp/$out"), 0,
		"tenant $out");
}
tenant('tenant', 0, 0, qw(new-password plain));
tenant('later', 0, 3 * 3600, qw(new-password plain));
tenant('agrees', $days, 0);
tenant('differs', $days, 0, qw(switched back));
# What was set just now may be on its way.
analyze("alone-$_", 'b', $_) for qw(tenant later);
analyze("old-amb-$_", (map { "old-$_" } qw(a m b)), $_)
	for qw(agrees differs);

# ---- what findings tell, and "show" ----

# That it happened when it did, from where and to where it did.
sub findings_are_dated {
	my ($run, $base, $days) = @_;
	my (@odd, %moves);
	for my $o (lines("$run/timeline.ndjson")) {
		$moves{join ' ', map { $_ // '-' } $o->{guid}, @$_{
			qw(what from to)}} = 1 for @{$o->{events}};
	}
	for my $f (grep { $_->{event} } lines("$run/findings.ndjson")) {
		my ($e, $name) = ($f->{event}, $name{lc $f->{guid}});
		my @steps = map { $_->{$name} // () }
			map { $want{$base}{events}{$_} }
			grep { /^(?:moved|$e->{what}) / }
			keys %{$want{$base}{events}};
		push @odd, "$name: " . encode_json($e) if
			!grep { is_in_bounds($e, $_, $days) } @steps or
			$e->{from} && !$moves{join ' ', map { $_ // '-' }
				$f->{guid}, @$e{qw(what from to)}};
	}
	ok(!@odd, "$run: findings tell when, from where and to where",
		join "\n", @odd);
}
findings_are_dated($_, $_, 0) for qw(am ab amb);
findings_are_dated("old-$_", $_, $days) for qw(am ab amb alone);

my ($crew) = grep { $_->{title} =~ m{/Crew\b} } lines('amb/causes.ndjson');
ok($crew && $crew->{objects} == 3, 'a renamed OU is one cause, of three',
	encode_json($crew // {}));

for my $run (qw(amb alone)) {
	my $events = $want{$run}{events};
	my (%words, @odd);
	for my $how (keys %$events) {
		push @{$words{$_}}, $how =~ /^(\S+)/
			for keys %{$events->{$how}};
	}
	my %guid = reverse %name;
	for my $name (sort keys %words) {
		my $r = run({}, $bin, 'show', "$tmp/$run", $guid{$name});
		push @odd, map { "$name: $_" } grep { $r->{code} ||
			$r->{out} !~ /\b$_\b/ } @{$words{$name}};
	}
	ok(!@odd, "$run: show tells it, too", join "\n", @odd);
}

# ---- what cannot be told ----

outcome('alone', 'returned-to-scope', 'not-applicable', 'older AD snapshot');
outcome('alone', 'moved-out-of-scope', 'not-assessed', 'older AD snapshot');
without("$tmp/b", "$tmp/blind", 'replPropertyMetaData');
exit_is(run({}, $bin, 'verify', "$tmp/blind"), 0, 'verify blind');
analyze('dark', 'blind');
events_are('dark', 'dark', 0);
outcome('dark', $_, 'not-applicable', 'MetaData') for
	qw(disabled-then-enabled mail-cleared restored);
outcome('dark', 'moved-out-of-scope', 'not-assessed', 'older AD snapshot');
outcome('dark', 'returned-to-scope', 'not-applicable', 'older AD snapshot');
done();
