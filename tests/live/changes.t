#!/usr/bin/perl
# What --since must notice though the object itself was not written, or is not
# where it was: links whose target was renamed or deleted, also in other
# naming contexts; names that others took over; objects that left a section or
# came back from the bin. Always compared with a full reading.
use strict;
use warnings;
use utf8;
use FindBin;
use lib $FindBin::Bin;
use Encode qw(encode);
use JSON::XS qw(decode_json);
use MIME::Base64 qw(encode_base64);
use Live;

my @accounts = qw(ADMIN SYNC AUDIT);
my ($ad) = start_servers(['samba', 'a', '--exchange']);
my $root = $ad->{AD_ROOT};
my $accounts = "OU=Accounts,$root";
my $odd = "OU=Odd names,$accounts";
my $groups = "OU=Groups,$accounts";
my $play = "OU=Play,$accounts";
my $config = "CN=Configuration,$root";
my $database = 'CN=DB01,CN=Databases,CN=Exchange Administrative Group ' .
	'(FYDIBOHF23SPDLT),CN=Administrative Groups,CN=First Organization,' .
	"CN=Microsoft Exchange,CN=Services,$config";
exit_is(run({ limit => 300 }, "$here/seed.pl", $ad->{dir}), 0,
	'the domain is filled');

# ---- changes ----

sub ldapmodify {
	my ($name, $options, @ldif) = @_;
	my $file = write_file("$tmp/change.ldif",
		encode('UTF-8', join '', @ldif));
	my $r = run({ env => { LDAPTLS_CACERT => $ad->{AD_CA_FILE} },
			limit => 300 }, 'ldapmodify', '-x', '-H',
		"ldaps://$ad->{AD_ADDR}", '-D', $ad->{AD_ADMIN}, '-y',
		$ad->{AD_ADMIN_PW_FILE}, @$options, '-f', $file);
	exit_is($r, 0, "$name: the domain is changed");
}

sub line {
	my ($name, $value) = @_;
	return "$name: $value\n" if $value =~ /^[!-9;=-~][ -~]*\z/;
	return "${name}:: " . encode_base64(encode('UTF-8', $value), '') .
		"\n";
}

# add DN, CLASS, NAME => VALUE...
sub add {
	my ($dn, $class, @pairs) = @_;
	my $ldif = line('dn', $dn) . "changetype: add\nobjectClass: $class\n";
	while (my ($name, $value) = splice @pairs, 0, 2) {
		$ldif .= line($name, $value);
	}
	return "$ldif\n";
}

# modify DN, VERB, NAME, VALUE...
sub modify {
	my ($dn, $verb, $name, @values) = @_;
	return line('dn', $dn) . "changetype: modify\n$verb: $name\n" .
		join('', map { line($name, $_) } @values) . "-\n\n";
}

sub move {
	my ($dn, $rdn, $to) = @_;
	return line('dn', $dn) . "changetype: modrdn\n" .
		line('newrdn', $rdn) . "deleteoldrdn: 1\n" .
		($to ? line('newsuperior', $to) : '') . "\n";
}

sub gone {
	return map { line('dn', $_) . "changetype: delete\n\n" } @_;
}

sub user {
	my ($name, $place, @more) = @_;
	return add("CN=$name,$place", 'user', sAMAccountName => $name, @more);
}

# ---- comparison ----

sub collect {
	my ($who, $out, @more) = @_;
	return run({ limit => 120 }, $bin, 'collect', 'ad', '--server',
		"ldaps://$ad->{AD_ADDR}", '--ca-file', $ad->{AD_CA_FILE},
		'--user', $ad->{"AD_$who"}, '--password-file',
		$ad->{"AD_${who}_PW_FILE"}, -o => "$tmp/$out", @more);
}

# What the two snapshots have not in common, as attributes.
sub difference {
	my ($want, $have) = @_;
	my (%count, %side, @text);
	# Few lines differ, and reading JSON takes its time.
	$count{$_}++ for @{contents("$tmp/$want")};
	$count{$_}-- for @{contents("$tmp/$have")};
	for (grep { $count{$_} } keys %count) {
		my ($section, $json) = split / /, $_, 2;
		my $o = decode_json($json);
		$side{"$section $o->{objectGUID}"}{$count{$_} > 0 ? $want
			: $have} = $o;
	}
	my $text = JSON::XS->new->canonical->allow_nonref;
	for my $key (sort keys %side) {
		my ($w, $h) = @{$side{$key}}{$want, $have};
		push @text, $w ? "lacks $key $w->{dn}"
			: "too much: $key $h->{dn}" if !$w || !$h;
		next if !$w || !$h;
		my %names = (%$w, %$h);
		push @text, map {
			"$key $w->{dn}: " . substr "$_: want " .
				$text->encode($w->{$_}) . "\nhave " .
				$text->encode($h->{$_}), 0, 400
		} grep {
			my ($x, $y) = map { ref $_ eq 'ARRAY' ? [sort @$_]
				: $_ } $w->{$_}, $h->{$_};
			$text->encode($x) ne $text->encode($y)
		} sort keys %names;
	}
	return encode('UTF-8', join "\n", @text);
}

my $before = 'start';

# Every account's view of what happened since the last time.
sub compare {
	my ($name) = @_;
	for my $who (@accounts) {
		my $code = $who eq 'ADMIN' ? 0 : 3;
		exit_is(collect($who, "$name-$who", '--since',
			"$tmp/$before-$who"), $code, "$who: since, $name");
		exit_is(collect($who, "$name-$who-full"), $code,
			"$who: whole, $name");
		my $odd = difference("$name-$who-full", "$name-$who");
		ok($odd eq '', "$who: $name: the same both ways", $odd);
		# The next one shall not inherit what went wrong here.
		rename "$tmp/$name-$who", "$tmp/$name-$who-since";
		rename "$tmp/$name-$who-full", "$tmp/$name-$who";
	}
	$before = $name;
}

# ---- what happens ----

my @links = qw(manager assistant altRecipient authOrig unauthOrig
	publicDelegates msExchModeratedByLink msExchDelegateListLink);

sub prepare {
	ldapmodify('start', [], add($play, 'organizationalUnit'),
		(map { add("OU=$_,$play", 'organizationalUnit') }
			'Left', 'Right', 'Inner\\, deep', 'Zoë', 'Doomed'),
		(map { user("target$_", $play) } 1 .. 4),
		user('linked1', $play, map { ($_ => "CN=target1,$play") }
			@links),
		user('linked2', $play, map { ($_ => "CN=target2,$play") }
			qw(manager assistant altRecipient publicDelegates)),
		user('linked3', "OU=Zoë,$play", manager =>
			"CN=target3,$play"),
		add("CN=owned,$play", 'group', sAMAccountName => 'owned',
			managedBy => "CN=target1,$play",
			msExchCoManagedByLink => "CN=target3,$play",
			dLMemSubmitPerms => "CN=target1,$play"),
		(map { user("doomed$_", "OU=Doomed,$play") } 1 .. 3),
		user('same', $play), user('left', "OU=Left,$play"),
		user('right', "OU=Right,$play"),
		user('deep', "OU=Inner\\, deep,$play"),
		user('zoe', "OU=Zoë,$play", manager => "CN=linked3,OU=Zoë," .
			$play),
		add("CN=crew,$play", 'group', sAMAccountName => 'crew',
			(map { (member => $_) } "CN=same,$play",
			"CN=left,OU=Left,$play", "CN=right,OU=Right,$play",
			"CN=deep,OU=Inner\\, deep,$play",
			"CN=zoe,OU=Zoë,$play",
			"CN=doomed1,OU=Doomed,$play")),
		add("CN=pc,$play", 'computer', sAMAccountName => 'pc$',
			userCertificate => 'one'),
		add("CN=pc2,$play", 'computer', sAMAccountName => 'pc2$',
			userCertificate => 'two'));
}

prepare();
# Administrators alone see the Exchange organization.
exit_is(collect($_, "start-$_"), $_ eq 'ADMIN' ? 0 : 3, "$_: start")
	for @accounts;

ldapmodify('links', [], move("CN=target1,$play", 'CN=renamed\\, \"1\"'),
	gone("CN=target2,$play"),
	move("CN=target3,$play", 'CN=target3', "OU=Left,$play"));
compare('links');

# The names are exchanged, one changes only its case, and containers move
# into each other.
ldapmodify('names', [], move("OU=Left,$play", 'OU=Other'),
	move("OU=Right,$play", 'OU=Left'), move("OU=Other,$play", 'OU=Right'),
	move("OU=Zoë,$play", 'OU=ZOË'),
	move("OU=Inner\\, deep,$play", 'OU=Inner', "OU=Left,$play"),
	move("OU=Left,$play", 'OU=Left #2', "OU=ZOË,$play"));
compare('names');

# A new one under the name of one who is gone, members alike.
ldapmodify('namesakes', [], gone("CN=same,$play"), user('same', $play),
	modify("CN=crew,$play", 'add', 'member', "CN=same,$play"),
	move("CN=target4,$play", 'CN=target4b'), add("CN=target4,$play", 'user',
		sAMAccountName => 'new4'),
	modify("CN=linked1,$play", 'replace', 'manager',
		"CN=target4,$play"));
compare('namesakes');

ldapmodify('a tree', ['-e', '!1.2.840.113556.1.4.805'],
	gone("OU=Doomed,$play"));
compare('a tree');

ldapmodify('the large group', [],
	modify("CN=Members of all ranges,$groups", 'delete', 'member',
		"CN=Member 0007,OU=Members,OU=Contacts,$accounts"),
	move("CN=Member 2000,OU=Members,OU=Contacts,$accounts",
		'CN=Member two thousand'),
	gone("CN=Member 3000,OU=Members,OU=Contacts,$accounts"),
	move("OU=Contacts,$accounts", 'OU=Partners'));
compare('the large group');

ldapmodify('odd names', [], move("CN=Comma\\, Carl,$odd", 'CN=Comma\\, C.'),
	move("CN=\\#hash first,$odd", 'CN=\\#hash', $play),
	move("CN=\\ blank first,$odd", 'CN=blank last\\ '
		=~ s/last/also last/r),
	modify("CN=山田 太郎,$odd", 'replace', 'info', "a\nb\0c"
		=~ s/\0//r), move("OU=Odd names,$accounts", 'OU=Ödd'));
compare('odd names');
$odd = "OU=Ödd,$accounts";

ldapmodify('sections', [], modify("CN=pc,$play", 'delete', 'userCertificate'),
	modify("CN=pc2,$play", 'replace', 'userCertificate', 'three'),
	modify("CN=linked1,$play", 'add', 'userCertificate', "\x{fe}\0x"),
	modify("CN=linked1,$play", 'delete', 'publicDelegates'),
	add("CN=dynamic,$play", 'msExchDynamicDistributionList'),
	modify("CN=crew,$play", 'delete', 'member'));
compare('sections');

# Links from the domain to the configuration, which no DirSync of the domain
# and no uSNChanged of the user tells of. Exchange allows its databases to be
# renamed (systemFlags 0x40000000), which only the server itself can do here.
my $flags = write_file("$tmp/flags.ldif", "#\@ --relax\n" .
	modify($database, 'replace', 'systemFlags', 1073741824));
server('samba', 'load', $ad->{dir}, $flags);
ldapmodify('a database', [], move($database, 'CN=DB02'));
compare('a database');
ldapmodify('a site', [], move("CN=Default-First-Site-Name,CN=Sites,$config",
	'CN=Amsterdam'));
compare('a site');

# Back from the bin (MS-ADTS 3.1.1.5.3.7).
my ($tomb) = map { /^ad\.deleted .*"dn":"(CN=target2[^"]*)"/ ? $1 : () }
	@{objects("$tmp/a site-ADMIN")};
$tomb = decode_json(qq(["$tomb"]))->[0];
ldapmodify('back', ['-e', '!1.2.840.113556.1.4.417'],
	line('dn', $tomb), "changetype: modify\ndelete: isDeleted\n-\n",
	"replace: distinguishedName\n",
	line('distinguishedName', "CN=target2,OU=Left #2,OU=ZOË,$play"),
	"-\n\n");
compare('back');

# All at once, from the first snapshot on.
for my $who (@accounts) {
	collect($who, "all-$who", '--since', "$tmp/start-$who");
	my $odd = difference("back-$who", "all-$who");
	ok($odd eq '', "$who: all at once", $odd);
}

# ---- a part of the domain ----

# Who moved into what was asked for was not written there, who left is still
# there for the account.
my @parts = (['base', '--base', $play],
	['filter', '--filter', '(department=Sales)']);
for my $part (@parts) {
	my ($name, @options) = @$part;
	exit_is(collect('SYNC', "$name-before", @options), 3, "part: $name");
	exit_is(collect('AUDIT', "$name-before-audit", @options), 3,
		"part without rights: $name");
}
my $staff = "OU=Staff,$accounts";
ldapmodify('parts', [], user('inward', $accounts, department => 'Sales'),
	move("CN=linked1,$play", 'CN=linked1', $accounts),
	move("CN=Bram Bakker,OU=Rotterdam,$staff", 'CN=Bram Bakker', $play),
	move("OU=Right,$play", 'OU=Right', $accounts),
	move($odd, 'OU=Odd names', $play),
	modify("CN=Anna Bakker,OU=Amsterdam,$staff", 'replace', 'department',
		'Sales'),
	modify("CN=Bram Bakker,$play", 'replace', 'department', 'IT'));
for my $part (@parts) {
	my ($name, @options) = @$part;
	for my $who (qw(SYNC AUDIT)) {
		my $old = "$name-before" . ($who eq 'AUDIT' ? '-audit' : '');
		exit_is(collect($who, "$name-$who-since", @options,
			'--since', "$tmp/$old"), 3, "$who: $name, since");
		exit_is(collect($who, "$name-$who", @options), 3,
			"$who: $name, whole");
		my $odd = difference("$name-$who", "$name-$who-since");
		ok($odd eq '', "$who: $name: the same both ways", $odd);
	}
}
done();
