#!/usr/bin/perl
# What happens to accounts of a live domain between two collections, and what
# happened to them long ago, is what the rules find: those accounts, and no
# others.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use JSON::PP qw(decode_json encode_json);
use Live;

my ($ad) = start_servers(['samba', 'ad', '--exchange']);
exit_is(run({ limit => 120 }, "$here/seed.pl", $ad->{dir}), 0,
	'the domain is filled');
my $root = $ad->{AD_ROOT};
my $home = "OU=Staff,OU=Accounts,$root";
my $away = "OU=Leavers,OU=Accounts,$root";

write_file("$tmp/policy.json", encode_json({
	tenant => { initialDomain => 'exchangelabsnl.onmicrosoft.com',
		verifiedDomains => ['exchangelabs.nl'] },
	scope => { include => ["OU=Accounts,$root"], exclude => [$away],
		group => undef },
	sync => { engine => 'connect', version => '1.0.8667.0' },
}));

# The account does not see the Exchange organization: exit 3.
sub collect {
	my ($out) = @_;
	exit_is(run({ limit => 120 }, $bin, 'collect', 'ad', '-q', '--server',
		"ldaps://$ad->{AD_ADDR}", '--ca-file', $ad->{AD_CA_FILE},
		'--user', $ad->{AD_SYNC}, '--password-file',
		$ad->{AD_SYNC_PW_FILE}, -o => "$tmp/$out"), 3, "collect $out");
}

sub change {
	my ($name, $ldif) = @_;
	my $file = write_file("$tmp/change.ldif", $ldif);
	exit_is(run({ env => { LDAPTLS_CACERT => $ad->{AD_CA_FILE} } },
		'ldapmodify', '-x', '-H', "ldaps://$ad->{AD_ADDR}", '-D',
		$ad->{AD_ADMIN}, '-y', $ad->{AD_ADMIN_PW_FILE}, '-f', $file),
		0, $name);
}

sub person {
	my ($name) = @_;
	return "dn: CN=$name,$home\nchangetype: add\nobjectClass: user\n" .
		"sAMAccountName: $name\nuserPrincipalName: " .
		"$name\@exchangelabs.nl\nmail: $name\@exchangelabs.nl\n" .
		password() . "userAccountControl: 512\n\n";
}

# AD takes a password in quotes, as UTF-16 (MS-ADTS 3.1.1.3.1.5).
my $passwords = 0;

sub password {
	my $text = join '', map { "$_\0" } split //,
		'"Long-enough-' . ++$passwords . '!"';
	require MIME::Base64;
	return 'unicodePwd:: ' . MIME::Base64::encode_base64($text, '') . "\n";
}

sub modify {
	my ($name, @lines) = @_;
	return "dn: CN=$name,$home\nchangetype: modify\n" .
		join('', map { /\n\z/ ? $_ : "$_\n" } @lines) . "-\n\n";
}

sub control {
	my ($name, $value) = @_;
	return modify($name, 'replace: userAccountControl',
		"userAccountControl: $value");
}

sub move {
	my ($name, $from, $to) = @_;
	return "dn: CN=$name,$from\nchangetype: modrdn\nnewrdn: CN=$name\n" .
		"deleteoldrdn: 1\nnewsuperior: $to\n\n";
}

# Who has a finding of the rule, and which.
sub found {
	my ($folder, $rule) = @_;
	return map { ($_->{dn} =~ /^CN=((?:\\.|[^,])*)/ ? $1 : $_->{dn}, $_) }
		grep { $_->{rule} eq $rule } map { decode_json($_) }
		split /\n/, read_file("$tmp/$folder/findings.ndjson");
}

sub analyze {
	my ($out, @snapshots) = @_;
	my $r = run({ limit => 60 }, $bin, 'analyze',
		(map { "$tmp/$_" } @snapshots), '--policy',
		"$tmp/policy.json", -o => "$tmp/$out");
	ok($r->{code} == 3, "analyze @snapshots", $r->{err});
	return $r;
}

sub are {
	my ($folder, $rule, @want) = @_;
	my %have = found($folder, $rule);
	my $have = join ', ', sort keys %have;
	ok($have eq join(', ', sort @want), "$folder: $rule: @want", $have);
	return \%have;
}

my @people = qw(plain switched renewed leaver roundtrip lost returned
	stays-off);
change('people come', join '', map { person($_) } @people);
change('one is away', move('returned', $home, $away) .
	control('stays-off', 514));
collect('a');
# Stamps are of seconds: what is to be later must be.
sleep 2;
change('disabled', control('switched', 514) . control('renewed', 514));
change('enabled again', control('switched', 512) . control('renewed', 512));
sleep 2;
change('with a new password', modify('renewed', 'replace: unicodePwd',
	password()));
change('moved', move('leaver', $home, $away) .
	move('roundtrip', $home, $away) . move('roundtrip', $away, $home) .
	move('returned', $away, $home));
change('deleted', "dn: CN=lost,$home\nchangetype: delete\n\n");
collect('b');

# ---- both together ----

my @past = ('History 3', 'History 4');
analyze('both', 'a', 'b');
my %now = found('both', 'disabled-then-enabled');
# No engine of today has the defect, whatever the policy says of it.
ok(!$now{$_}, "not found: $_") for qw(plain switched renewed leaver
	stays-off);
my $out = are('both', 'moved-out-of-scope', 'leaver');
ok(($out->{leaver}{observed} // '') =~ /Leavers/ ||
	$out->{leaver}{message} =~ /Leavers/, 'with where to',
	$out->{leaver}{message});
are('both', 'returned-to-scope');

# What happened is told all the same.
my %happened = map { my $o = decode_json($_);
	($o->{dn} =~ /^CN=([^,]*)/ ? $1 : $o->{dn},
		join ' ', map { $_->{what} } @{$o->{events}}) }
	split /\n/, read_file("$tmp/both/timeline.ndjson");
for (['leaver', 'left-scope'], ['leaver', 'moved'],
		['returned', 'returned-to-scope'], ['renewed', 'password-set'],
		['lost', 'deleted']) {
	my ($name, $what) = @$_;
	ok(($happened{$name} // '') =~ /\b$what\b/, "timeline: $name: $what",
		$happened{$name} // 'nothing');
}

# ---- one alone: only the stamps tell ----

analyze('alone', 'b');
my %alone = found('alone', 'disabled-then-enabled');
ok(!$alone{$_}, "alone, not found: $_") for qw(plain renewed stays-off);
my @old = grep { /^History/ } sort keys %alone;
ok(@old > 0, 'accounts of 2015 are found by their stamps',
	join ', ', sort keys %alone);
for (@old) {
	ok($alone{$_}{severity} ne 'high', "$_: lower than with a history",
		$alone{$_}{severity});
	ok($alone{$_}{message} =~ /2015-09-01/, "$_: on the day it was",
		$alone{$_}{message});
}

my %deleted = map { decode_json($_)->{sAMAccountName} // '', 1 }
	split /\n/, read_file("$tmp/b/ad-deleted.ndjson");
ok($deleted{lost}, 'the deleted account is in its section');
exit_is(run({}, $bin, 'report', "$tmp/both", -o => "$tmp/report"), 0,
	'report');
ok(read_file("$tmp/report/findings.csv") =~ /leaver/, 'with the findings');
done();
