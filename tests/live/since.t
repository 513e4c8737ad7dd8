#!/usr/bin/perl
# A snapshot made of an older one and the differences is the same as one that
# was read whole at the same time, whatever happened in between and whatever
# the account may see: DirSync, deleted objects, or neither.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Live;
use Time::HiRes qw(sleep);

my @accounts = qw(ADMIN SYNC AUDIT);
my ($ad) = start_servers(['samba', 'a']);
my $root = $ad->{AD_ROOT};

sub start {
	my ($who, $out, @more) = @_;
	return spawn({}, $bin, 'collect', 'ad', '--server',
		"ldaps://$ad->{AD_ADDR}", '--ca-file', $ad->{AD_CA_FILE},
		'--user', $ad->{"AD_$who"}, '--password-file',
		$ad->{"AD_${who}_PW_FILE"}, -o => "$tmp/$out", @more);
}

sub collect {
	return wait_for(start(@_), 120);
}

sub change {
	my ($name, $ldif) = @_;
	$ldif =~ s/\@ROOT\@/$root/g;
	my $file = write_file("$tmp/change.ldif", $ldif);
	my $r = run({ env => { LDAPTLS_CACERT => $ad->{AD_CA_FILE} } },
		'ldapmodify', '-x', '-H', "ldaps://$ad->{AD_ADDR}", '-D',
		$ad->{AD_ADMIN}, '-y', $ad->{AD_ADMIN_PW_FILE}, '-f', $file);
	exit_is($r, 0, $name);
}

sub person {
	my ($name, $place, @more) = @_;
	return join "\n", "dn: CN=$name,$place,\@ROOT\@", 'changetype: add',
		'objectClass: user', "sAMAccountName: $name", @more, '', '';
}

sub move {
	my ($dn, $rdn, $to) = @_;
	return "dn: $dn,\@ROOT\@\nchangetype: modrdn\nnewrdn: $rdn\n" .
		"deleteoldrdn: 1\n" .
		($to ? "newsuperior: $to,\@ROOT\@\n" : '') . "\n";
}

sub gone {
	return map { "dn: $_,\@ROOT\@\nchangetype: delete\n\n" } @_;
}

sub modify {
	my ($dn, @lines) = @_;
	return "dn: $dn,\@ROOT\@\nchangetype: modify\n" .
		join('', map { "$_\n" } @lines) . "-\n\n";
}

sub add_all {
	my $ldif = '';
	for my $dn ('OU=Staff', 'OU=North,OU=Staff', 'OU=South,OU=Staff',
		'OU=Leavers', 'OU=In\\, out,OU=North,OU=Staff') {
		$ldif .= "dn: $dn,\@ROOT\@\nchangetype: add\n" .
			"objectClass: organizationalUnit\n\n";
	}
	$ldif .= person("north$_", 'OU=North,OU=Staff', "mail: n$_\@x.test",
		'description: one', $_ > 1 ? "manager: CN=north1," .
		'OU=North,OU=Staff,@ROOT@' : 'title: chief') for 1 .. 12;
	$ldif .= person("inner$_", 'OU=In\\, out,OU=North,OU=Staff',
		'manager: CN=north2,OU=North,OU=Staff,@ROOT@') for 1 .. 3;
	$ldif .= person("south$_", 'OU=South,OU=Staff') for 1 .. 5;
	for (1 .. 4) {
		$ldif .= "dn: CN=ws$_,OU=South,OU=Staff,\@ROOT\@\n" .
			"changetype: add\nobjectClass: computer\n" .
			"sAMAccountName: ws$_\$\n" . ($_ == 4
			? "userCertificate:: AQIDBA==\n" : '') . "\n";
		$ldif .= "dn: CN=contact$_,OU=Staff,\@ROOT\@\n" .
			"changetype: add\nobjectClass: contact\n" .
			"mail: c$_\@x.test\n\n";
	}
	my @members = map { "member: CN=$_,\@ROOT\@\n" }
		((map { "north$_,OU=North,OU=Staff" } 1 .. 12),
		(map { "ws$_,OU=South,OU=Staff" } 1 .. 4),
		'contact1,OU=Staff', 'inner1,OU=In\\, out,OU=North,OU=Staff');
	$ldif .= "dn: CN=group$_,OU=Staff,\@ROOT\@\nchangetype: add\n" .
		"objectClass: group\nsAMAccountName: group$_\n" .
		($_ < 4 ? join '', @members : '') . "\n" for 1 .. 5;
	change('the domain is filled', $ldif);
}

# Every kind of change in one go: what it does to others must be seen, too.
sub change_much {
	change('much is changed', join '',
		modify('CN=north3,OU=North,OU=Staff', 'replace: mail',
			'mail: new@x.test'),
		modify('CN=north4,OU=North,OU=Staff', 'delete: description'),
		modify('CN=north5,OU=North,OU=Staff', 'add: proxyAddresses',
			'proxyAddresses: SMTP:n5@x.test',
			'proxyAddresses: smtp:five@x.test'),
		modify('CN=contact2,OU=Staff', 'replace: displayName',
			'displayName: Second'),
		modify('CN=ws1,OU=South,OU=Staff', 'add: userCertificate',
			'userCertificate:: BQYHCA=='),
		modify('CN=group3,OU=Staff', 'delete: member',
			'member: CN=north6,OU=North,OU=Staff,@ROOT@', '-',
			'add: member',
			'member: CN=south5,OU=South,OU=Staff,@ROOT@'),
		person('fresh', 'OU=South,OU=Staff'),
		# A manager with another name, and one who is gone.
		move('CN=north1,OU=North,OU=Staff', 'CN=north one'),
		gone('CN=north2,OU=North,OU=Staff', 'CN=group5,OU=Staff',
			'CN=contact3,OU=Staff'),
		move('CN=south1,OU=South,OU=Staff', 'CN=south1', 'OU=Leavers'),
		# Containers, and those below them.
		move('OU=In\\, out,OU=North,OU=Staff', 'OU=Within',
			'OU=South,OU=Staff'),
		move('OU=North,OU=Staff', 'OU=Up north'),
		# The one takes the other's name.
		move('CN=south3,OU=South,OU=Staff', 'CN=south x'),
		move('CN=south4,OU=South,OU=Staff', 'CN=south3'));
}

# Members that no section holds: only the groups know of them.
sub change_unseen {
	change('unseen members are changed', join '',
		move('CN=ws2,OU=South,OU=Staff', 'CN=ws two'),
		gone('CN=ws3,OU=South,OU=Staff'),
		person('late', 'OU=Leavers'));
}

sub compare {
	my ($who, $from, $to) = @_;
	my $r = collect($who, "$to-$who", '--since', "$tmp/$from-$who");
	my $want = $who eq 'AUDIT' ? 3 : 0;
	exit_is($r, $want, "$who: $to since $from");
	exit_is(collect($who, "full-$to-$who"), $want, "$who: $to whole");
	my $same = same_objects(contents("$tmp/full-$to-$who"),
		contents("$tmp/$to-$who"));
	ok($same eq '', "$who: $to is the same both ways", $same);
	my $way = $who eq 'AUDIT' ? 'by uSNChanged' : 'by DirSync';
	my ($note) = notes("$tmp/$to-$who");
	ok($note =~ /$way$/, "$who: $to was read $way", $note);
	my ($users) = $r->{err} =~ /AD users: (\d+) objects/;
	ok($users < 20, "$who: few users were read", $r->{err});
}

sub notes {
	return @{manifest($_[0])->{notes} // []};
}

# A copy of a snapshot whose manifest says something else.
sub forge {
	my ($from, $to, $edit) = @_;
	system('cp', '-r', "$tmp/$from", "$tmp/$to");
	local $_ = read_file("$tmp/$to/manifest.json");
	$edit->();
	write_file("$tmp/$to/manifest.json", $_);
}

sub read_anew {
	my ($name, $since, $reason) = @_;
	my $r = collect('ADMIN', $name, '--since', "$tmp/$since");
	exit_is($r, 0, $name);
	is_whole($name, 'full-d-ADMIN', $reason);
}

sub is_whole {
	my ($name, $full, $reason) = @_;
	my ($note) = notes("$tmp/$name");
	ok(($note // '') =~ /^Everything was read again: .*$reason/,
		"$name: all is read, and the notes say why", $note);
	is_same($name, $full);
}

sub is_same {
	my ($name, $full) = @_;
	my $same = same_objects(contents("$tmp/$full"), contents("$tmp/$name"));
	ok($same eq '', "$name: nothing is missing", $same);
}

# So slow that WHAT happens while the settings are read, which come first.
sub meanwhile {
	my ($name, $what, @more) = @_;
	my $p = start('ADMIN', $name, '--max-rate', 25, @more);
	ok(await(20, sub {
		@more ? read_file("$p->{base}.err") =~ /^changes: /m
			: -d "$tmp/$name.unfinished"
	}), "$name: under way");
	sleep 0.4 unless @more;
	kill 'STOP', $p->{pid};
	change("$name: meanwhile", $what);
	kill 'CONT', $p->{pid};
	exit_is(wait_for($p, 60), 0, $name);
}

# Names that change when the changes have been told: nobody would correct those
# that are kept.
sub renamed_meanwhile {
	my %moves = (container => move('OU=South,OU=Staff', 'OU=Deep south'),
		user => move('CN=inner1,OU=Within,OU=Deep south,OU=Staff',
			'CN=inner one'));
	for my $name ('container', 'user') {
		exit_is(collect('ADMIN', "$name-old"), 0, "$name: old");
		meanwhile($name, $moves{$name}, '--since', "$tmp/$name-old");
		exit_is(collect('ADMIN', "$name-full"), 0, "$name: whole");
		is_whole($name, "$name-full", 'while differences were read');
		exit_is(collect('ADMIN', "$name-next", '--since',
			"$tmp/$name"), 0, "$name: the next one");
		is_same("$name-next", "$name-full");
	}
}

# What is only new is told the next time, and no reason to begin anew.
sub created_meanwhile {
	exit_is(collect('ADMIN', 'new-old'), 0, 'new: old');
	meanwhile('new', person('newest', 'OU=Leavers'), '--since',
		"$tmp/new-old");
	my ($note) = notes("$tmp/new");
	ok(($note // '') =~ /by DirSync$/, 'new: differences do', $note);
	exit_is(collect('ADMIN', 'new-full'), 0, 'new: whole');
	is_same('new', 'new-full');
}

# A whole reading is no transaction, either: it says so, and the next
# differences do not go on from it.
sub renamed_in_whole {
	meanwhile('torn', move('OU=Up north,OU=Staff', 'OU=North again'));
	my ($note) = notes("$tmp/torn");
	ok(($note // '') =~ /^While .* was read, 1 of its objects were renamed/,
		'torn: the notes say so', $note);
	exit_is(collect('ADMIN', 'torn-full'), 0, 'torn: whole');
	ok(!notes("$tmp/torn-full"), 'nothing else is noted',
		join ' ', notes("$tmp/torn-full"));
	exit_is(collect('ADMIN', 'torn-next', '--since', "$tmp/torn"), 0,
		'torn: the next one');
	is_whole('torn-next', 'torn-full',
		'perhaps while the older snapshot was written');
	change('out and back', join '',
		move('CN=south5,OU=Deep south,OU=Staff', 'CN=south5',
			'OU=Leavers'),
		move('CN=south5,OU=Leavers', 'CN=south5',
			'OU=Deep south,OU=Staff'));
	exit_is(collect('ADMIN', 'back-full'), 0, 'back: whole');
	exit_is(collect('ADMIN', 'back', '--since', "$tmp/torn-full"), 0,
		'back');
	is_whole('back', 'back-full', 'south5');
}

# What is compared with the older request.
sub narrowed {
	my ($staff, $sales) = ("OU=Staff,$root", '(description=one)');
	exit_is(collect('ADMIN', 'base', '--base', $staff), 3, 'a base');
	exit_is(collect('ADMIN', 'lower', '--base', lc $staff, '--since',
		"$tmp/base"), 3, 'the same in lower case');
	(my $blanks = $staff) =~ s/,/ , /g;
	exit_is(collect('ADMIN', 'blanks', '--base', $blanks, '--since',
		"$tmp/base"), 3, 'the same with blanks around commas');
	my ($note) = notes("$tmp/lower");
	ok(($note // '') =~ /by DirSync$/, 'and as differences', $note);
	is_same('lower', 'base');
	exit_is(collect('ADMIN', 'all', '--base', lc $root), 0,
		'the whole domain as a base, in lower case');
	is_same('all', 'full-d-ADMIN');
	says(collect('ADMIN', 'x', '--since', "$tmp/base", '--base',
		"OU=Leavers,$root"), 2, qr/with --base OU=Staff/,
		'another base is refused');
	exit_is(collect('ADMIN', 'filter', '--filter', $sales), 3,
		'a filter');
	exit_is(collect('ADMIN', 'filter-since', '--filter', $sales,
		'--since', "$tmp/filter"), 3, 'the same filter');
	is_whole('filter-since', 'filter', 'what a filter finds may change');
	says(collect('ADMIN', 'x', '--since', "$tmp/filter", '--filter',
		'(description=two)'), 2, qr/with --filter \(description=one/,
		'another filter is refused');
}

# DirSync with no right to see what was deleted: who is gone is found out.
sub without_bin {
	my $bin = "CN=Deleted Objects,$root";
	my $r = run({}, 'ldbsearch', "--configfile=$ad->{dir}/smb.conf", '-H',
		"$ad->{dir}/private/sam.ldb", '--show-deleted', '-s', 'base',
		'-b', $bin, 'nTSecurityDescriptor');
	my ($rights) = $r->{out} =~ s/\n //gr
		=~ /^nTSecurityDescriptor: (.*)/m;
	ok($rights =~ s/\(A;;\w+;;;S-[-\d]*\)//, 'the right is there',
		$rights);
	server('samba', 'load', $ad->{dir}, write_file("$tmp/rights.ldif",
		"#@ --show-deleted\ndn: $bin\nchangetype: modify\n" .
		"replace: nTSecurityDescriptor\n" .
		"nTSecurityDescriptor: $rights\n"));
	exit_is(collect('SYNC', 'blind-old'), 3, 'no right to the bin');
	change('and some are gone', join '', gone('CN=north7,OU=North again,' .
		'OU=Staff', 'CN=contact4,OU=Staff'));
	exit_is(collect('SYNC', 'blind', '--since', "$tmp/blind-old"), 3,
		'no right to the bin, since');
	exit_is(collect('SYNC', 'blind-full'), 3, 'and whole');
	is_same('blind', 'blind-full');
}

add_all();
exit_is(collect($_, "a-$_"), $_ eq 'AUDIT' ? 3 : 0, "$_: a") for @accounts;
compare($_, 'a', 'b') for @accounts;
change_much();
compare($_, 'b', 'c') for @accounts;
change_unseen();
compare($_, 'c', 'd') for @accounts;

forge('d-ADMIN', 'restored',
	sub { s/("invocationId":\s*").{8}/${1}00000000/ });
read_anew('another database', 'restored', 'another database');
forge('d-ADMIN', 'moved', sub { s/("host":\s*")[^"]*/${1}dc9.other.test/ });
read_anew('another server', 'moved', 'dc9.other.test');
forge('d-ADMIN', 'older', sub { s/"pager", //g });
read_anew('fewer attributes', 'older', 'pager was not read');

forge('d-ADMIN', 'part', sub {
	s/("name":\s*"ad.contacts",\s*"state":\s*")complete/${1}partial/;
});
read_anew('a part only', 'part', 'contacts only in part');

forge('d-ADMIN', 'no invocation',
	sub { s/("invocationId":\s*")[^"]*/$1/ });
read_anew('no database', 'no invocation', 'another database');
forge('d-ADMIN', 'ahead', sub {
	s/("highestCommittedUSN":\s*")[^"]*/${1}99999999/;
});
read_anew('a server put back', 'ahead', 'fewer changes than then');
forge('d-ADMIN', 'no host', sub { s/"host":\s*"[^"]*",// });
read_anew('no server', 'no host', 'does not say from where');

forge('d-ADMIN', 'foreign', sub { s/("domain":\s*")[^"]*/${1}DC=y,DC=z/ });
says(collect('ADMIN', 'x', '--since', "$tmp/foreign"), 2,
	qr/DC=y,DC=z, which is not in the forest/, 'another forest is refused');
forge('d-ADMIN', 'odd cookie',
	sub { s/("dirSyncCookie":\s*")[^"]*/${1}AAAA/ });
my $odd = collect('ADMIN', 'e', '--since', "$tmp/odd cookie");
exit_is($odd, 0, 'a cookie that the server does not take');
ok((manifest("$tmp/e")->{notes}[0] // '') =~ /by uSNChanged$/,
	'leaves the other way', join ' ',
	@{manifest("$tmp/e")->{notes}});
my $same = same_objects(contents("$tmp/full-d-ADMIN"), contents("$tmp/e"));
ok($same eq '', 'with the same end', $same);

# Packed or not, and onto itself.
exit_is(collect('ADMIN', 'packed', '--since', "$tmp/d-ADMIN", '--compress'),
	0, 'packed since plain');
exit_is(collect('ADMIN', 'plain', '--since', "$tmp/packed"), 0,
	'plain since packed');
$same = same_objects(contents("$tmp/full-d-ADMIN"), contents("$tmp/plain"));
ok($same eq '', 'is the same', $same);
exit_is(collect('ADMIN', 'plain', '--since', "$tmp/plain", '--force'), 0,
	'a snapshot replaced by what came of it');
$same = same_objects(contents("$tmp/full-d-ADMIN"), contents("$tmp/plain"));
ok($same eq '', 'is the same, too', $same);
exit_is(run({}, $bin, 'verify', "$tmp/plain"), 0, 'and verified');

narrowed();
renamed_meanwhile();
created_meanwhile();
renamed_in_whole();
without_bin();

says(collect('ADMIN', 'x', '--since', "$tmp/d-ADMIN", '--base',
	"OU=Staff,$root"), 2, qr/without --base/, 'another request is refused');
says(collect('ADMIN', 'x', '--since', "$tmp/nothing"), 4,
	qr/nothing: cannot be read/, 'no such snapshot');
my $ldif = write_file("$tmp/a.ldif", "dn: CN=a,DC=x\nobjectClass: user\n" .
	"sAMAccountName: a\n");
run({}, $bin, 'collect', 'import', $ldif, '-o', "$tmp/imported");
says(collect('ADMIN', 'x', '--since', "$tmp/imported"), 2,
	qr/not collected from a live AD/, 'an imported snapshot is refused');
done();
