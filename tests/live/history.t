#!/usr/bin/perl
# What the rules make of three collections of a live domain, with changes in
# between, and of ten years in its replication metadata: each finds whom it
# concerns and nobody else, and an older snapshot takes no finding away.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Encode qw(encode);
use JSON::XS qw(decode_json encode_json);
use MIME::Base64 qw(encode_base64);
use Time::HiRes qw(sleep);
use Live;

my ($ad) = start_servers(['samba', 'a']);
my $root = $ad->{AD_ROOT};
my $accounts = "OU=Accounts,$root";
my $events = "OU=Events,$accounts";
my $leavers = "OU=Leavers,$accounts";
my $outside = "OU=Outside,$root";
my $secret = 'Aa1-' . join '', map { ('a' .. 'z')[rand 26] } 1 .. 16;
exit_is(run({ limit => 300 }, "$here/seed.pl", $ad->{dir}), 0,
	'the domain is filled');

# ---- the domain ----

sub change {
	my ($name, @ldif) = @_;
	# The stamps have whole seconds; nothing may share one with a
	# snapshot or with the change before.
	sleep 1.1;
	my $file = write_file("$tmp/change.ldif", join '', @ldif);
	my $r = run({ env => { LDAPTLS_CACERT => $ad->{AD_CA_FILE} } },
		'ldapmodify', '-x', '-H', "ldaps://$ad->{AD_ADDR}", '-D',
		$ad->{AD_ADMIN}, '-y', $ad->{AD_ADMIN_PW_FILE}, '-f', $file);
	exit_is($r, 0, $name);
	sleep 1.1;
}

sub password {
	my ($n) = @_;
	return 'unicodePwd:: ' . encode_base64(encode('UTF-16LE',
		qq("$secret$n")), '') . "\n";
}

sub unit {
	my ($dn) = @_;
	return "dn: $dn\nchangetype: add\nobjectClass: organizationalUnit\n\n";
}

sub person {
	my ($name, $place) = @_;
	return "dn: CN=$name,$place\nchangetype: add\nobjectClass: user\n" .
		"sAMAccountName: $name\nuserPrincipalName: $name\@" .
		"$ad->{AD_DNS_DOMAIN}\nuserAccountControl: 512\n" .
		password(0) . "\n";
}

sub modify {
	my ($dn, $line) = @_;
	my ($attr) = $line =~ /^(\w+)/;
	return "dn: $dn\nchangetype: modify\nreplace: $attr\n$line" .
		"-\n\n";
}

sub control {
	my ($value, @names) = @_;
	return map { modify("CN=$_,$events", "userAccountControl: $value\n") }
		@names;
}

sub move {
	my ($name, $from, $to, $new) = @_;
	my $rdn = $name =~ /=/ ? $name : "CN=$name";
	return "dn: $rdn,$from\nchangetype: modrdn\nnewrdn: " .
		($new // $rdn) . "\ndeleteoldrdn: 1\nnewsuperior: $to\n\n";
}

sub collect {
	my ($out, @more) = @_;
	my $r = run({ limit => 120 }, $bin, 'collect', 'ad', '--server',
		"ldaps://$ad->{AD_ADDR}", '--ca-file', $ad->{AD_CA_FILE},
		'--user', $ad->{AD_ADMIN}, '--password-file',
		$ad->{AD_ADMIN_PW_FILE}, -o => "$tmp/$out", @more);
	exit_is($r, 0, "snapshot $out");
}

# ---- the rules ----

# Every rule's findings, as name => severity; and each finding by its name.
my (%said, %where);

sub policy {
	my ($name, %sync) = @_;
	write_file("$tmp/$name.json", encode_json({
		tenant => { initialDomain => 'x.onmicrosoft.com',
			verifiedDomains => [$ad->{AD_MAIL_DOMAIN}] },
		scope => { include => [$accounts], exclude => [$leavers] },
		sync => \%sync,
	}));
}

sub analyze {
	my ($policy, $out, @snapshots) = @_;
	%said = %where = ();
	my $r = run({ limit => 120 }, $bin, 'analyze',
		(map { "$tmp/$_" } @snapshots), '--policy',
		"$tmp/$policy.json", '-o', "$tmp/$out");
	# Nobody collected the tenant, so some rules could not look.
	exit_is($r, 3, "@snapshots are judged by $policy");
	for (split /\n/, read_file("$tmp/$out/findings.ndjson")) {
		my $f = decode_json($_);
		next if !defined $f->{dn};    # of the tenant
		my ($name) = $f->{dn} =~ /^CN=([^,]*)/;
		$said{$f->{rule}}{$name} = $f->{severity};
		$where{$f->{rule}}{$name} = $f;
	}
}

# finds RULE, NAME => SEVERITY...: these and no others.
sub finds {
	my ($what, $rule, %want) = @_;
	my $text = sub {
		my ($h) = @_;
		return join ', ', map { "$_ $h->{$_}" } sort keys %$h;
	};
	my ($want, $have) = ($text->(\%want), $text->($said{$rule} // {}));
	ok($have eq $want, "$what: $rule finds whom it concerns",
		"want: $want\nhave: $have");
}

sub outcome {
	my ($folder, $rule, $want) = @_;
	my $m = decode_json(read_file("$tmp/$folder/manifest.json"));
	my ($r) = grep { $_->{id} eq $rule } @{$m->{rules}};
	ok($r->{outcome} eq $want, "$folder: $rule is $want",
		"$r->{outcome}: " . ($r->{reason} // ''));
}

# ---- what happens ----

my @people = qw(toggled twice disabled newpassword oldpassword off
	left excluded roundtrip roundtrip2 shortly deleted renamed untouched);
change('before the first snapshot', unit($events), unit($outside),
	unit("OU=Team,$events"), (map { person($_, $events) } @people),
	person('team', "OU=Team,$events"), person('newcomer', $outside),
	"dn: CN=crew,$events\nchangetype: add\nobjectClass: group\n" .
	"sAMAccountName: crew\n\n");
collect('A');

# Disabled, moved out, deleted; and what is over before anybody looks.
change('between the first and the second',
	control(514, qw(toggled twice disabled newpassword oldpassword
		off)),
	move('left', $events, $outside), move('excluded', $events, $leavers),
	move('roundtrip', $events, $outside),
	move('roundtrip2', $events, $outside),
	move('shortly', $events, $outside),
	move('shortly', $outside, $events),
	move('crew', $events, $outside),
	move('OU=Team', $events, $outside),
	move('renamed', $events, $events, 'CN=renamed too'),
	"dn: CN=deleted,$events\nchangetype: delete\n\n");
change('in the same time, later', control(512, qw(toggled twice)));
collect('M', '--since', "$tmp/A");

change('between the second and the third',
	modify("CN=oldpassword,$events", password(1)));
change('a little later',
	control(512, qw(disabled newpassword oldpassword)),
	move('roundtrip', $outside, $events),
	move('roundtrip2', $outside, $events),
	move('newcomer', $outside, $events),
	# The last write says nothing of the ones before.
	control(66048, 'twice'));
change('and at the end',
	modify("CN=newpassword,$events", password(1)),
	modify("CN=roundtrip2,$events", password(1)));
collect('B');
collect('S', '--since', "$tmp/M");

# ---- what is said ----

my %history = map { ("History $_" => 'low') } qw(One Two Three Four);
my @moved = map { ($_ => 'high') } qw(left excluded team crew);
policy('dirsync', engine => 'dirsync');
policy('connect', engine => 'connect', version => '1.0.8667.0');
policy('new', engine => 'connect', version => '2.4.18.0',
	upgraded => '2024-01-01T00:00:00Z');

# The stamps of the seed alone: disabled and enabled in 2015, the one who
# went to the leavers in 2018 is out of scope.
for my $policy (qw(dirsync connect new)) {
	analyze($policy, "one-$policy", 'A');
	finds("one snapshot, $policy", 'disabled-then-enabled', %history);
	finds("one snapshot, $policy", 'moved-out-of-scope');
	finds("one snapshot, $policy", 'returned-to-scope');
}
my $one = $where{'disabled-then-enabled'}{'History One'};
ok($one->{message} =~ /probably enabled again on 2015-09-01/,
	'the metadata dates it', $one->{message});
ok(($one->{observed} // '') =~ /^2015-01-10/,
	'and the password is what is older', $one->{observed});
outcome('one-new', 'returned-to-scope', 'not-applicable');

# An older snapshot adds what it saw and takes nothing away.
for my $policy (qw(dirsync connect)) {
	my $f = "all-$policy";
	analyze($policy, $f, qw(A M B));
	# No engine of today has the defect, whatever the policy says of it.
	finds("three, $policy", 'disabled-then-enabled', %history);
	finds("three, $policy", 'moved-out-of-scope', @moved);
	finds("three, $policy", 'returned-to-scope');
	outcome($f, $_, 'found') for qw(disabled-then-enabled
		moved-out-of-scope);
}
ok($where{'moved-out-of-scope'}{left}{expected} =~
	/\Qit was in $events\E$/i, 'a move says from where',
	$where{'moved-out-of-scope'}{left}{message});

# The old build had gone before any of today's events.
analyze('new', 'all-new', qw(A M B));
finds('three, new', 'disabled-then-enabled', %history);
finds('three, new', 'returned-to-scope');
finds('three, new', 'moved-out-of-scope', @moved);

# The second snapshot is the present.
analyze('dirsync', 'early', qw(A M));
finds('first two', 'disabled-then-enabled', %history);
finds('first two', 'moved-out-of-scope', @moved,
	map { ($_ => 'high') } qw(roundtrip roundtrip2));

# Nobody looked in the middle: what was undone is known from metadata or not.
analyze('dirsync', 'two', qw(A B));
finds('two', 'disabled-then-enabled', %history);
finds('two', 'moved-out-of-scope', @moved);
finds('two', 'returned-to-scope');

# Without the first one there is no move, but the state is the same.
analyze('dirsync', 'last', qw(M B));
finds('last two', 'disabled-then-enabled', %history);
finds('last two', 'returned-to-scope');

# How a snapshot was collected makes no difference.
analyze('dirsync', 'since', qw(A M S));
my $since = [map { s/"snapshot":"S"/"snapshot":"B"/r } split /\n/,
	read_file("$tmp/since/findings.ndjson")];
my $same = same_objects([split /\n/,
	read_file("$tmp/all-dirsync/findings.ndjson")], $since);
ok($same eq '', 'differences and a full reading are judged alike', $same);

# ---- reports ----

exit_is(run({}, $bin, 'report', "$tmp/all-dirsync", '-o', "$tmp/report"), 0,
	'report');
my $html = read_file("$tmp/report/report.html");
my $csv = read_file("$tmp/report/findings.csv");
for my $name (qw(disabled roundtrip left)) {
	ok($html =~ /CN=$name,/i && $csv =~ /CN=$name,/i,
		"the reports name $name");
}
exit_is(run({}, $bin, 'verify', "$tmp/all-dirsync"), 0, 'verify');
done();
