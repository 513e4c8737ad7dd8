#!/usr/bin/perl
# Objects that are renamed while --since runs: after the changes were listed,
# and before they are read. Names below them, and links to them, are carried
# over from the older snapshot; no later difference would put them right.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use JSON::XS;
use Live;

my ($ad) = start_servers(['samba', 'a']);
my $root = $ad->{AD_ROOT};
my %code = (ADMIN => 0, AUDIT => 3);

fill();
for my $who (sort keys %code) {
	undisturbed($who);
	renamed($who, 'container', "OU=Staff,$root", 'OU=People');
	renamed($who, 'container below', "OU=North,OU=People,$root",
		'OU=Up north');
	renamed($who, 'user', "CN=chief,OU=People,$root", 'CN=boss');
	created($who);
	modify('names as they were', move("CN=boss,OU=People,$root",
		'CN=chief'), move("OU=Up north,OU=People,$root", 'OU=North'),
		move("OU=People,$root", 'OU=Staff'));
	between($who);
	out_and_back($who);
}
done();

# ---- what is there, and what happens to it ----

sub modify {
	my ($name, @ldif) = @_;
	my $file = write_file("$tmp/change.ldif", join '', @ldif);
	my $r = run({ env => { LDAPTLS_CACERT => $ad->{AD_CA_FILE} } },
		'ldapmodify', '-x', '-H', "ldaps://$ad->{AD_ADDR}", '-D',
		$ad->{AD_ADMIN}, '-y', $ad->{AD_ADMIN_PW_FILE}, '-f', $file);
	exit_is($r, 0, $name);
}

sub add {
	my ($dn, $class, @lines) = @_;
	return join "\n", "dn: $dn,$root", 'changetype: add',
		"objectClass: $class", @lines, '', '';
}

sub move {
	my ($dn, $rdn) = @_;
	return "dn: $dn\nchangetype: modrdn\nnewrdn: $rdn\n" .
		"deleteoldrdn: 1\n\n";
}

sub fill {
	modify('the domain is filled',
		(map { add($_, 'organizationalUnit') } 'OU=Staff',
			'OU=North,OU=Staff'),
		add('CN=chief,OU=Staff', 'user', 'sAMAccountName: chief'),
		(map { add("CN=north$_,OU=North,OU=Staff", 'user',
			"sAMAccountName: north$_",
			"manager: CN=chief,OU=Staff,$root") } 1 .. 5),
		add('CN=crew,OU=Staff', 'group', 'sAMAccountName: crew',
			"member: CN=chief,OU=Staff,$root",
			"member: CN=north1,OU=North,OU=Staff,$root"));
}

# ---- readings ----

sub command {
	my ($who, $out, @more) = @_;
	return ($bin, 'collect', 'ad', '--server', "ldaps://$ad->{AD_ADDR}",
		'--ca-file', $ad->{AD_CA_FILE}, '--user', $ad->{"AD_$who"},
		'--password-file', $ad->{"AD_${who}_PW_FILE"}, -o =>
		"$tmp/$out", @more);
}

sub whole {
	my ($who, $out) = @_;
	exit_is(run({ limit => 60 }, command($who, $out)), $code{$who},
		"$who: $out");
}

# The run that WHAT is done to between the list of changes and containers.
sub disturbed {
	my ($who, $out, $old, $what) = @_;
	my $p = spawn({}, command($who, $out, '--since', "$tmp/$old",
		'--max-rate', 20));
	my $listed = await(30, sub {
		read_file("$p->{base}.err") =~ /^Read as differences/m
	});
	$what->();
	my $said = read_file("$p->{base}.err");
	ok($listed && $said !~ /^AD (?:Exchange|domains)/m,
		"$who: $out in time", $said);
	return exit_is(wait_for($p, 120), $code{$who}, "$who: $out");
}

sub equal {
	my ($name, $want, $have) = @_;
	my $odd = same_objects(contents("$tmp/$want"), contents("$tmp/$have"));
	ok($odd eq '', "$name: the same as a whole reading", $odd);
	exit_is(run({}, $bin, 'verify', "$tmp/$have"), 0, "$name: verify");
}

sub notes_are {
	my ($name, $folder, $want) = @_;
	my @notes = @{manifest("$tmp/$folder")->{notes}};
	ok(@notes == 1 && $notes[0] =~ $want, "$name: the notes say it",
		join "\n", @notes);
}

# ---- cases ----

sub undisturbed {
	my ($who) = @_;
	whole($who, "$who-a");
	exit_is(run({ limit => 60 }, command($who, "$who-b", '--since',
		"$tmp/$who-a")), $code{$who}, "$who: nothing happens");
	equal("$who: nothing happens", "$who-a", "$who-b");
	notes_are("$who: nothing happens", "$who-b",
		qr/^Read as differences from $who-a, by/);
}

sub anew {
	my ($who, $name, $reason, $what) = @_;
	whole($who, "$who-$name-before");
	disturbed($who, "$who-$name", "$who-$name-before", $what);
	whole($who, "$who-$name-whole");
	equal("$who: $name", "$who-$name-whole", "$who-$name");
	notes_are("$who: $name", "$who-$name",
		qr/^Everything was read again: .*$reason$/);
	exit_is(run({ limit => 60 }, command($who, "$who-$name-next",
		'--since', "$tmp/$who-$name")), $code{$who},
		"$who: after $name");
	equal("$who: after $name", "$who-$name-whole", "$who-$name-next");
}

sub renamed {
	my ($who, $name, $dn, $rdn) = @_;
	anew($who, $name, qr/$rdn,.* was moved, renamed or .*/, sub {
		modify("$name is renamed", move($dn, $rdn));
	});
}

# What comes with others in it that were there before is told by none of them.
sub created {
	my ($who) = @_;
	anew($who, 'new container', qr/OU=$who,.* was moved, renamed or .*/, sub {
		modify('a container is made', add("OU=$who",
			'organizationalUnit'));
	});
}

# A container renamed while the older snapshot was made: that has its new name
# already, perhaps with old ones below it. Here they are all new, but nobody can
# know that.
sub between {
	my ($who) = @_;
	whole($who, "$who-early");
	modify('renamed between two pages', move("OU=Staff,$root", 'OU=Crew'));
	whole($who, "$who-late");
	system 'cp', '-r', "$tmp/$who-late", "$tmp/$who-mixed";
	my $mixed = manifest("$tmp/$who-late");
	$mixed->{servers} = manifest("$tmp/$who-early")->{servers};
	write_file("$tmp/$who-mixed/manifest.json",
		JSON::XS->new->canonical->encode($mixed));
	exit_is(run({ limit => 60 }, command($who, "$who-since", '--since',
		"$tmp/$who-mixed")), $code{$who}, "$who: since a mixed one");
	equal("$who: since a mixed one", "$who-late", "$who-since");
	notes_are("$who: since a mixed one", "$who-since",
		qr/OU=Crew,\S+ was moved or renamed, perhaps while/);
	modify('renamed back', move("OU=Crew,$root", 'OU=Staff'));
}

# Nothing tells it from the above: links to it may have been read between.
sub out_and_back {
	my ($who) = @_;
	whole($who, "$who-out");
	modify('out and back', move("CN=chief,OU=Staff,$root", 'CN=out'),
		move("CN=out,OU=Staff,$root", 'CN=chief'));
	whole($who, "$who-back");
	exit_is(run({ limit => 60 }, command($who, "$who-same", '--since',
		"$tmp/$who-out")), $code{$who}, "$who: out and back");
	equal("$who: out and back", "$who-back", "$who-same");
	notes_are("$who: out and back", "$who-same",
		qr/CN=chief,\S+ was moved or renamed, perhaps while/);
}
