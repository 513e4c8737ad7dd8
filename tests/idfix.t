#!/usr/bin/perl
# What IdFix says of single objects (tests/idfix/vectors.ndjson: facts that were
# won by running its rules), end to end: LDIF, the profile, the CSV. Then plans.
# Where what it would write does harm, UPDATE is to be empty. Vectors share
# directories as far as none has a value that is like one of another.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use JSON::XS;
use MIME::Base64 qw(encode_base64);
use lib dirname(__FILE__) . '/lib';
use Trial qw(ok done slurp spew run);

chdir dirname(__FILE__) . '/..' or die "$!\n";
my $bin = $ENV{SYNCSCOPE} // 'build/syncscope';
my $tmp = tempdir(CLEANUP => 1);
my $json = JSON::XS->new->utf8;
my $serial = 0;

sub octets { my ($text) = @_; utf8::encode($text); return $text; }

my %chains = (user => [qw(top person organizationalPerson user)],
	inetOrgPerson => [qw(top person organizationalPerson user inetOrgPerson)],
	contact => [qw(top person organizationalPerson contact)],
	group => [qw(top group)]);

sub attribute {
	my ($name, $value) = @_;
	return join '', map { "${name}:: " .
		encode_base64(octets($_), '') . "\n" } ref $value ? @$value
		: defined $value ? $value : ();
}

sub entry {
	my ($dn, $class, $attributes) = @_;
	return attribute('dn', $dn) .
		join('', map { "objectClass: $_\n" } @{$chains{$class}}) .
		attribute('objectGUID', sprintf 'idfix%011d', ++$serial) .
		join('', map { attribute($_, $attributes->{$_}) }
			sort keys %$attributes) . "\n";
}

# The objects of a vector, each in a place of its own.
sub objects {
	my ($v) = @_;
	my $n = 0;
	my %own = (cn => 'Test Object', $v->{named}
		? (displayName => 'Test Object') : (), %{$v->{other} // {}});
	$own{$v->{attribute}} = $v->{value};
	return (map({ entry('CN=' . $_->{attributes}{cn} . ',OU=b' . $n++ .
			",OU=$v->{id},DC=contoso,DC=com", $_->{class},
			$_->{attributes}) } @{$v->{before} // []}),
		entry(dn_of($v, $own{cn}), $v->{class}, \%own));
}

sub dn_of {
	my ($v, $cn) = @_;
	return "CN=$cn,OU=$v->{id},DC=contoso,DC=com";
}

# What must not meet: values that are alike, by attribute.
sub marks {
	my ($v) = @_;
	my @all = ({ %{$v->{other} // {}}, $v->{attribute} => $v->{value} },
		map { $_->{attributes} } @{$v->{before} // []});
	my %marks;

	for my $o (@all) {
		for my $a (grep { !/^(cn|displayName)$/ } keys %$o) {
			my $of = $o->{$a};
			for my $value (ref $of ? @$of : $of // ()) {
				(my $like = lc $value =~ s/[^ -~]//gr) =~ s/[^a-z0-9]//g;
				$marks{"$a " . substr($like, 0, 12)} = 1;
			}
		}
	}
	return keys %marks;
}

# The rows of a CSV that quotes every field, as our own does.
sub rows {
	my ($text) = @_;
	my (@rows, @row);

	utf8::decode($text);
	while ($text =~ /\G"((?:[^"]|"")*)"(,|\r\n)/gc) {
		my ($field, $end) = ($1, $2);
		push @row, $field =~ s/""/"/gr;
		next if $end eq ',';
		push @rows, [@row];
		@row = ();
	}
	ok((pos($text) // 0) == length $text, 'the CSV is whole');
	return @rows;
}

sub analyze {
	my ($name, $ldif, @options) = @_;
	my $to = "$tmp/$name";

	spew("$to.ldif", "version: 1\n\n$ldif") if defined $ldif;
	run($bin, qw(collect import), "$to.ldif", qw(--all-attributes
		--collected 2026-11-01), '-o', "$to.ad", '--force')
		if defined $ldif;
	run($bin, 'analyze', "$to.ad", '-o', "$to.found", '--force', @options);
	run($bin, 'report', "$to.found", qw(--format idfix --force -o),
		"$to.out");
	return slurp("$to.out/idfix.csv");
}

# ---- the vectors ----

my @vectors = map { $json->decode($_) }
	grep { /\S/ } split /\n/, slurp('tests/idfix/vectors.ndjson');
ok(@vectors > 140, 'there are vectors', scalar @vectors);

my @batches;
for my $v (@vectors) {
	my ($to) = grep { my $b = $_; !$v->{alternate} && !$b->{alternate} &&
		!grep { $b->{marks}{$_} } marks($v) } @batches;
	push @batches, $to = { alternate => $v->{alternate} } if !$to;
	$to->{marks}{$_} = 1 for marks($v);
	push @{$to->{vectors}}, $v;
}

spew("$tmp/alternate.json", '{"sync": {"signInName": "mail"}}');

# "Character|fix|edit" of each value of the attribute.
sub told {
	my ($v, $rows) = @_;
	my $dn = dn_of($v, ($v->{other} // {})->{cn} // 'Test Object');
	return join '; ', sort map { "$_->[5]: $_->[4]|$_->[6]|" . lc $_->[7] }
		grep { $_->[0] eq $dn && $_->[3] eq $v->{attribute} } @$rows;
}

my $number = 0;
for my $b (@batches) {
	my $csv = analyze('vectors' . $number++, join('', map { objects($_) }
		@{$b->{vectors}}), qw(--profile idfix), $b->{alternate}
		? ('--policy', "$tmp/alternate.json") : ());
	my @rows = rows($csv);
	for my $v (@{$b->{vectors}}) {
		my $want = join '; ', sort map { my $r = $v->{rows}{$_};
			"$_: $r->[0]|$r->[1]|$r->[2]" } keys %{$v->{rows}};
		my $have = told($v, \@rows);
		ok($have eq $want, $v->{id}, octets("want $want\nhave $have"));
	}
}

# ---- the file ----

my $users = 'OU=Staff,DC=contoso,DC=com';
my $people = entry("CN=Zoe,$users", 'user', { cn => 'Zoe', displayName => 'Zoe',
		sAMAccountName => 'zoe', userPrincipalName => 'zo e@contoso.com',
		mail => 'zoe@contoso.com', mailNickname => 'zoe',
		proxyAddresses => ['SMTP:zoe@contoso.com',
			'smtp:in fo@contoso.com', 'smtp:shared@contoso.com'] }) .
	entry("CN=Adam,$users", 'user', { cn => 'Adam', sAMAccountName => 'adam',
		userPrincipalName => 'adam@contoso.com',
		mail => 'adam@contoso.com', mailNickname => 'adam',
		proxyAddresses => ['SMTP:adam@contoso.com',
			'smtp:SHARED@contoso.com'] }) .
	entry("CN=All,$users", 'group', { cn => 'All', sAMAccountName => 'all',
		groupType => 8, displayName => 'All',
		proxyAddresses => ['SMTP:all@contoso.com',
			'smtp:shared@contoso.com'] }) .
	entry("CN=Eve,$users", 'contact', { cn => 'Eve', displayName => 'Eve',
		mail => 'eve@contoso.com' });
my $csv = analyze('file', $people, qw(--profile idfix --jobs 1));
my ($head, @rows) = rows($csv);
ok("@$head" eq 'DISTINGUISHEDNAME COMMONNAME OBJECTCLASS ATTRIBUTE ERROR ' .
	'VALUE UPDATE PROPOSEDACTION ACTION', 'the columns of IdFix', "@$head");
ok(join(' ', map { "$_->[1]:$_->[3]" } @rows) eq
	'Adam:displayName Adam:proxyAddresses All:proxyAddresses ' .
	'Zoe:proxyAddresses Zoe:proxyAddresses Zoe:userPrincipalName',
	'one row a value, by their DNs, with all holders of a value',
	map { "$_->[1]:$_->[3]" } @rows);
ok($csv eq analyze('file', undef, qw(--profile idfix --jobs 4)),
	'the same with any number of threads');

my $said = analyze('file', undef);
my %names = map { ("$_->[1] $_->[5]" => "$_->[4] $_->[6]") } rows($said);
ok(($names{'Zoe smtp:in fo@contoso.com'} // '') =~ /^(Format|Character)\b/ &&
	($names{'All smtp:shared@contoso.com'} // '') =~ /^Duplicate\b/,
	'findings of the default rules have their names', %names);

# Beside each other: what IdFix has no word for, what two values mend together,
# what a spreadsheet would compute, and what becomes of it on the way back.
my $others = entry("CN=Two,$users", 'user', { cn => 'Two', displayName => 'Two',
		sAMAccountName => 'two', userPrincipalName => 'two@contoso.com',
		mail => 'two@contoso.com', mailNickname => 'two',
		proxyAddresses => ['SMTP:two@contoso.com',
			'SMTP:second@contoso.com'] }) .
	entry("CN=Sum,$users", 'user', { cn => 'Sum', displayName => 'Sum',
		sAMAccountName => 'sum', userPrincipalName => '=s um@contoso.com',
		mail => 'sum@contoso.com', mailNickname => 'sum',
		proxyAddresses => ['SMTP:sum@contoso.com'] }) .
	entry("CN=Free,$users", 'user', { cn => 'Free', displayName => 'Free',
		sAMAccountName => 'free', userPrincipalName => 'fr ee@contoso.com',
		mail => 'free@contoso.com', mailNickname => 'free',
		proxyAddresses => ['SMTP:free@contoso.com'] }) .
	entry("CN=Held,$users", 'user', { cn => 'Held', displayName => 'Held',
		sAMAccountName => 'held', userPrincipalName => 'ta ken@contoso.com',
		mail => 'held@contoso.com', mailNickname => 'held',
		proxyAddresses => ['SMTP:held@contoso.com'] }) .
	entry("CN=Taken,$users", 'contact', { cn => 'Taken',
		displayName => 'Taken', mail => 'taken@contoso.com' }) .
	entry("CN=Club,$users", 'group', { cn => 'Club', displayName => 'Club',
		groupType => 8, sAMAccountName => 'club' });
my $default = analyze('others', $others);
my $summary = run($bin, 'report', "$tmp/others.found",
	qw(--format idfix --force -o), "$tmp/others.out");
ok(scalar($summary =~ /idfix\.csv: \d+ findings? (is|are) left out/),
	'the summary says how many have none', $summary);
%names = map { ("$_->[1] $_->[3]" => "$_->[4] $_->[5] $_->[7]") }
	rows($default);
ok(($names{'Free userPrincipalName'} // '') eq
	'Character fr ee@contoso.com COMPLETE',
	'where nothing is proposed, nothing is to be done', %names);

# What IdFix would write is proposed where others' proposals would be.
sub proposed {
	my %of;
	for (split /\n/, slurp("$tmp/others.found/findings.ndjson")) {
		my $f = $json->decode($_);
		next if $f->{attribute} ne 'userPrincipalName';
		my ($who) = $f->{dn} =~ /CN=(\w+)/;
		$of{$who} = $f->{proposed} ? $f->{proposed}{new}
			: "none: $f->{unproposed}";
	}
	return %of;
}
spew("$tmp/domains.json", '{"tenant": {"verifiedDomains": ["contoso.com"]}}');
my $known = analyze('others', undef, qw(--profile idfix --policy),
	"$tmp/domains.json");
my %told = proposed();
ok($told{Free} eq 'free@contoso.com' && $told{Held} =~
	/^none: what IdFix would write is not/,
	'what is safe is proposed, and nothing that another object has', %told);
my %updates = map { ("$_->[1] $_->[3]" => "$_->[5] $_->[6]") } rows($known);
ok($updates{'Held userPrincipalName'} eq
	'ta ken@contoso.com taken@contoso.com', 'UPDATE is that of IdFix',
	%updates);
ok($updates{'Sum userPrincipalName'} eq '=s um@contoso.com sum@contoso.com',
	'a value that begins as a formula is as it is', %updates);
spew("$tmp/accepted.csv", join "\r\n", map { s/""$/"EDIT"/r }
	split /\r\n/, $known);
run($bin, 'analyze', "$tmp/others.ad", qw(--profile idfix --force --plan),
	"$tmp/accepted.csv", '-o', "$tmp/accepted.found");
ok(scalar(slurp("$tmp/accepted.found/plan.ndjson") =~
	/"value":"=s um\@contoso\.com".*"outcome":"taken"/),
	'and known again in a plan');
analyze('others', undef, qw(--profile idfix));
%told = proposed();
ok($told{Free} =~ /^none: which domains/,
	'without verified domains none is proposed', %told);

# ---- plans ----

my $columns = 'DISTINGUISHEDNAME,COMMONNAME,OBJECTCLASS,ATTRIBUTE,ERROR,' .
	"VALUE,UPDATE,PROPOSEDACTION,ACTION\n";

# "attribute value: outcome, rules cured, rules new", a row each.
sub plan {
	my ($text) = @_;
	my $to = "$tmp/plan.found";

	spew("$tmp/plan.csv", $text);
	my $out = `$bin analyze $tmp/file.ad --profile idfix --force -o $to \\
		--plan $tmp/plan.csv 2>&1`;
	return ($? >> 8, $out) if $? && $? != 3 << 8;
	run($bin, 'verify', $to);
	return (0, $out, map { my $r = $json->decode($_);
		my @who = map { my $of = $_; join ' ', sort map {
			($_->{dn} =~ /CN=(\w+)/)[0] . ":$_->{attribute}" }
			@{$r->{$of}} } qw(cures breaks);
		join ', ', "$r->{line} $r->{outcome}", @who }
		split /\n/, slurp("$to/plan.ndjson"));
}

my @plan = (qq{"CN=Zoe,$users",Zoe,user,userPrincipalName,Character,} .
	"zo e\@contoso.com,zoe\@contoso.com,EDIT,EDIT\n",
	qq{"CN=Zoe,$users",Zoe,user,proxyAddresses,Duplicate,} .
	"smtp:shared\@contoso.com,,,remove\n",
	qq{"CN=Adam,$users",Adam,user,proxyAddresses,Duplicate,} .
	"smtp:SHARED\@contoso.com,smtp:shared2\@contoso.com,EDIT,EDIT\n",
	qq{"CN=Adam,$users",Adam,user,displayName,Blank,,Adam,EDIT,EDIT\n},
	qq{"CN=Eve,$users",Eve,contact,mail,x,eve\@contoso.com,} .
	"ADAM\@contoso.com,EDIT,EDIT\n",
	qq{"CN=Eve,$users",Eve,contact,displayName,x,Ev,Eva,EDIT,EDIT\n},
	qq{"CN=All,$users",All,group,proxyAddresses,,a,b,EDIT,COMPLETE\n},
	qq{"CN=All,$users",All,group,proxyAddresses,,a,b,EDIT,\n},
	qq{"CN=All,$users",All,group,proxyAddresses,,a,b,EDIT,UNDO\n});
my ($code, $out, @done) = plan($columns . join '', @plan);
my @want = ('2 taken, Zoe:userPrincipalName, ',
	'3 taken, All:proxyAddresses Zoe:proxyAddresses, ',
	'4 taken, Adam:proxyAddresses All:proxyAddresses, ',
	'5 taken, Adam:displayName, ', '6 taken, , Adam:mail Eve:mail',
	'7 stale, , ');
ok($code == 0 && join("\n", @done) eq join("\n", @want),
	'each row says what it cures and breaks', $out, @done);
ok($out =~ /2 rows have COMPLETE/ && $out =~ /1 rows? (has|have) UNDO/ &&
	$out =~ /not there any more/, 'and the terminal what is not done', $out);

# As other programs write it.
my %spellings = (
	semicolons => join('', map { my $l = $_;
		$l =~ s/"([^"]*)"|,/defined $1 ? $1 : ';'/ger }
		"\xef\xbb\xbf$columns", $plan[0]),
	'UTF-16' => "\xff\xfe" . join('', map { "$_\0" }
		split //, "sep=,\r\n$columns$plan[0]"),
	'columns in another order' =>
		"ACTION,UPDATE,VALUE,attribute,DistinguishedName\n" .
		"EDIT,zoe\@contoso.com,zo e\@contoso.com,userPrincipalName," .
		qq{"CN=Zoe,$users"\n},
	'quotes that are not doubled' => $columns . $plan[0] .
		qq{"CN=Eve,$users",Eve,contact,displayName,,Eve,Eve "E" X,,EDIT\n},
);
my $nbsp = "\xc2\xa0";
$spellings{'blanks that nobody sees'} = $columns =~ s/ACTION/ACTION$nbsp/r .
	$plan[0] =~ s/,EDIT\n/, EDIT$nbsp\n/r =~ s/Name,/Name\xe2\x80\x8b,/r =~
	s/zoe\@contoso.com,/ zoe\@contoso.com $nbsp,/r =~ s/example"/example "/r;
$spellings{'lone carriage returns'} = ($columns . $plan[0]) =~ s/\n/\r/gr;
$spellings{'sep= and carriage returns'} = "sep=;\r" .
	$spellings{semicolons} =~ s/^\xef\xbb\xbf//r =~ s/\n/\r/gr;
for my $name (sort keys %spellings) {
	my ($code, $out, @rows) = plan($spellings{$name});
	ok($code == 0 && ($rows[0] // '') =~
		/taken, Zoe:userPrincipalName, $/, "a plan with $name",
		$out, @rows);
}
($code, $out) = plan($columns =~ s/\n/,Owner\n/r . $plan[0] =~ s/\n/,me\n/r);
ok($code == 0 && $out =~ /plan\.csv:1: the column "Owner"/,
	'another column is told', $out);

# Wrong ones: a sentence with the line, and 2.
my @wrong = (
	['plan\.csv:1: want a column UPDATE', $columns =~ s/UPDATE,//r],
	['plan\.csv:1: want the columns of IdFix', ''],
	['plan\.csv:1: ACTION: want the column only once',
		$columns =~ s/\n/,ACTION\n/r],
	['plan\.csv:2: ACTION: want EDIT, REMOVE', $columns .
		$plan[0] =~ s/EDIT\n/DELETE\n/r],
	['plan\.csv:2: UPDATE: want the value', $columns .
		$plan[0] =~ s/,zoe\@contoso.com,/,,/r],
	['plan\.csv:2: VALUE: want the value to remove', $columns .
		qq{"CN=Zoe,$users",,,mail,,,,,REMOVE\n}],
	['plan\.csv:2: DISTINGUISHEDNAME: want the', $columns .
		",,,mail,,a,,,REMOVE\n"],
	['plan\.csv:2: DISTINGUISHEDNAME: the AD snapshot has no object',
		$columns . qq{"CN=Nobody,$users",,,mail,,a,,,REMOVE\n}],
	['plan\.csv:2: ATTRIBUTE: member', $columns .
		qq{"CN=Zoe,$users",,,member,,a,,,REMOVE\n}],
	['plan\.csv:2: ATTRIBUTE: want one whose values are texts', $columns .
		qq{"CN=Zoe,$users",,,groupType,,a,,,REMOVE\n}],
	['plan\.csv:2: want 9 fields, have 3', $columns . "a,b,c\n"],
	['plan\.csv:3: VALUE: line 2 says what becomes of it', $columns .
		$plan[0] x 2],
	['plan\.csv:3: VALUE: line 2 says what becomes of it', $columns .
		$plan[0] . $plan[0] =~ s/"[^"]*"/zo e\@contoso.com/r],
	['plan\.csv:3: ACTION: want EDIT.*have "CHANGE"', ($columns . $plan[0] .
		$plan[0] =~ s/EDIT\n/CHANGE\n/r) =~ s/\n/\r/gr],
	['plan\.csv:3: want text, have a byte that is 0', $columns . $plan[0] .
		"\0" . $plan[1]],
	['^syncscope: [^\n]*:1: want the columns.*for --what-if', qq({"edits": [) .
		qq({"set": "a", "attribute": "mail", "value": "b"}]}\n)],
	['^syncscope: [^\n]*:1: want the columns of IdFix, such', "a,b\n1,2\n"],
	['plan\.csv: want UTF-8', $columns . "\xff\n"],
	['plan\.csv:\d+: the quoted field', $columns . qq{"CN=Zoe\n}],
);
for my $w (@wrong) {
	my ($code, $out) = plan($w->[1]);
	ok($code == 2 && $out =~ /$w->[0]/, "wrong: $w->[0]", "$code: $out");
}

# A row whose VALUE and UPDATE are one address breaks what another has once; and
# one object has as many rows as there may be, each with its own value.
sub person {
	my ($cn, @values) = @_;
	return join("\n", "dn: CN=$cn,$users", map({ "objectClass: $_" }
		@{$chains{user}}), "cn: $cn", "sAMAccountName: $cn",
		"displayName: $cn", 'userAccountControl: 512',
		'objectGUID:: ' . encode_base64(sprintf('%-16s', $cn), ''),
		"userPrincipalName: $cn\@contoso.com", "mail: $cn\@contoso.com",
		map({ "proxyAddresses: $_" } "SMTP:$cn\@contoso.com", @values))
		. "\n\n";
}
spew("$tmp/one.ldif", "version: 1\n\n" . person('anna', 'info@contoso.com') .
	person('bert', 'smtp:info@contoso.com'));
run($bin, qw(collect import), "$tmp/one.ldif", '-o', "$tmp/one.ad");
sub row_plan {
	spew("$tmp/one.csv", join "\n", $columns =~ s/\n//r, @_, '');
	my $said = `$bin analyze $tmp/one.ad --force \\
		-o $tmp/one.found --plan $tmp/one.csv 2>&1`;
	return ($? >> 8, $said, map { $json->decode($_) } split /\n/,
		slurp("$tmp/one.found/plan.ndjson"));
}
my ($status, undef, @one) = row_plan(qq{"CN=anna,$users",,,proxyAddresses,,} .
	'info@contoso.com,smtp:info@contoso.com,,EDIT');
my %broken;
$broken{"$_->{rule} $_->{dn}"}++ for map { @{$_->{breaks}} } @one;
ok(@one == 1 && $broken{"proxy-duplicate CN=bert,$users"} == 1 &&
	!grep({ $_ > 1 } values %broken), 'what breaks is told once',
	"status $status", %broken);
my $many = int(100_000 / ($ENV{SHARE} // 1));
($status, undef, @one) = row_plan(map { qq{"CN=anna,$users",,,proxyAddresses,,} .
	"smtp:x$_\@contoso.com,,,REMOVE" } 1 .. $many);
ok(@one == $many && !grep({ $_->{outcome} ne 'stale' } @one),
	'many rows of one object', "status $status, " . @one . ' rows');

# Rows on several values of one list, in either order, and by any name.
{
	my @rows = (qq{"CN=Zoe,$users",,,proxyAddresses,,} .
		"smtp:shared\@contoso.com,smtp:third\@contoso.com,,EDIT\n",
		"zo e\@contoso.com,,,proxyAddresses,," .
		"SMTP:zoe\@contoso.com,smtp:shared\@contoso.com,,EDIT\n");
	for my $order ([0, 1], [1, 0]) {
		my ($code, $out, @done) = plan($columns . join '',
			@rows[@$order]);
		my $story = `$bin show $tmp/plan.found zoe 2>&1`;
		ok($code == 0 && @done == 2 &&
			$story =~ /addresses +smtp:shared\@.*smtp:third\@/s,
			"rows on one list, @$order: none is lost",
			$out, $story);
	}
}
my $both = `$bin analyze $tmp/file.ad --force -o $tmp/both --plan a --what-if b 2>&1`;
ok($? >> 8 == 2 && $both =~ /--plan: want it without --what-if/,
	'one file of edits', $both);
done();
