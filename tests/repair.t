#!/usr/bin/perl
# The folder repair/ of reports: changes of AD as LDIF with their rollback, and
# as PowerShell. Over all worlds of fixtures/everything each file is judged by
# --what-if, applied to a model of the directory, and taken back; then made-up
# findings: in which order, what is refused, and values that mean harm.
# WORLDS is a pattern of the worlds to be tried.
use strict;
use warnings;
use utf8;
use Cwd qw(abs_path);
use Digest::SHA qw(sha256_hex);
use File::Basename qw(basename dirname);
use File::Path qw(remove_tree);
use File::Temp qw(tempdir);
use JSON::XS;
use Storable qw(dclone);
use lib map { dirname(__FILE__) . "/$_" } qw(exports lib);
use Hostile qw(@values);
use Modify qw(apply directory read_ldif);
use Trial qw(done ok slurp spew);

chdir dirname(__FILE__) . '/..' or die "$!\n";
my $bin = $ENV{SYNCSCOPE} // 'build/syncscope';
my $tmp = tempdir(CLEANUP => 1);
my $json = JSON::XS->new->utf8->canonical;

# The runs of tests/everything.t, and its functions that make snapshots.
my $everything = slurp('tests/everything.t');
my ($f, @tenant, @runs) = ('fixtures/everything');
sub part {
	my ($from, $to) = @_;
	my ($text) = $everything =~ /^(\Q$from\E.*?^\Q$to\E)/ms
		or die "tests/everything.t: lacks $from\n";
	return $text;
}
eval join "\n", map { my $t = $_; $t =~ s/^my //;
		$t =~ s/^\trun\(\$bin, 'report'.*\n//m; $t }
	part('my @tenant = qw(', "\n"), part('my @runs = (', ');'),
	part('sub run {', '}'), part('sub add_section {', '}'),
	part('sub crowd {', '}'), part('sub analyze {', '}'),
	'sub waive {}', '1'
	or die "tests/everything.t: $@";

sub lines { return map { $json->decode($_) } split /\n/, slurp($_[0]) }
sub bytes { my ($text) = @_; utf8::encode($text); return $text; }

# Fields of CSV with quotes, as RFC 4180 has it.
sub rows {
	my ($path) = @_;
	my ($text, @rows, @row) = (slurp($path));
	while ($text =~ /\G"((?:[^"]|"")*)"(,|\r\n)/g) {
		my ($field, $end) = ($1, $2);
		push @row, $field =~ s/""/"/gr;
		next if $end eq ',';
		push @rows, [@row];
		@row = ();
	}
	my $head = shift @rows;
	return map { my $r = $_; +{ map { $head->[$_] => $r->[$_] }
		0 .. $#$head } } @rows;
}

# Status, output and errors of a report's run.
sub report {
	my ($of, $to, @options) = @_;
	my $said = `$bin report $of -o $to --force @options 2>&1`;
	return ($? >> 8, $said);
}

sub ldif_files { return grep { !/\.undo\./ } glob "$_[0]/repair/*.ldf" }

# ---- the fixtures ----

# What the tenant shows goes with its next synchronization, not with an edit.
# Of several values that were lost one at a time can be proposed.
my %stays = map { $_ => 1 } qw(primary-onmicrosoft proxy-quarantined
	mail-cleared);

sub what_if {
	my ($r, $to, @paths) = @_;
	my @snapshots = grep { -d } map { "$tmp/$r->{name}.$_" }
		qw(past before now);
	run($bin, 'analyze', '-q', @snapshots, $r->{policy}
		? ('--policy', "$f/$r->{policy}.json") : (), $r->{scope}
		? ('--scope', "$f/$r->{scope}") : (), $r->{profile}
		? ('--profile', $r->{profile}) : (), '--force', '-o',
		"$tmp/after", map { "--what-if '$_'" } @paths);
	my %is;
	push @{$is{$_->{change}}}, $_ for lines("$tmp/after/difference.ndjson");
	return \%is;
}

# Proposals that a file has are those that manual.csv does not.
sub promised {
	my ($folder) = @_;
	my %manual = map { $_->{fingerprint} => 1 }
		rows("$folder/out/repair/manual.csv");
	return grep { $_->{proposed} && $_->{status} eq 'open' &&
		!$manual{$_->{fingerprint}} } lines("$folder/findings.ndjson");
}

sub told {
	my ($x) = @_;
	return bytes("$x->{rule} " . ($x->{dn} // '') . ': ' . $x->{message});
}

sub dns_of { return map { $_->{dn} => 1 } map { read_ldif(slurp($_)) } @_ }

sub tries {
	my ($r, $name, $want, @paths) = @_;
	my $is = what_if($r, $name, @paths);
	my %cured = map { $_->{fingerprint} => 1 } @{$is->{cured} // []};
	my @left = grep { !$cured{$_->{fingerprint}} &&
		!$stays{$_->{rule}} } @$want;
	my @new = @{$is->{new} // []};
	ok(!@left, "$name: cures what it says", map { told($_) } @left);
	ok(!@new, "$name: brings nothing new", map { told($_) } @new);
	return scalar keys %cured;
}

# Made, made again, taken back: how many records, or what went wrong.
sub applies {
	my ($r, @files) = @_;
	my $then = directory(map { lines($_) }
		glob "$tmp/$r->{name}.now/ad-*.ndjson");
	my $now = dclone($then);
	my @do = map { read_ldif(slurp($_)) } @files;
	my @undo = map { read_ldif(slurp(s/ldf$/undo.ldf/r)) } reverse @files;
	my @wrong = grep { $_ } map { apply($now, $_) } @do;
	my $made = dclone($now);
	my $again = grep { !apply($now, $_) } @do;
	push @wrong, "$again made again" if $again ||
		$json->encode($made) ne $json->encode($now);
	push @wrong, grep { $_ } map { apply($now, $_) } @undo;
	for my $dn (keys %$then) {
		for my $of ($then, $now) {
			$_ = [sort @$_] for values %{$of->{$dn}};
			delete @{$of->{$dn}}{grep { !@{$of->{$dn}{$_}} }
				keys %{$of->{$dn}}};
		}
		push @wrong, "$dn is not as it was" if
			$json->encode($then->{$dn}) ne
			$json->encode($now->{$dn});
	}
	return (scalar @do, @wrong);
}

# Proposals of what the object has: nothing would be changed. A target is the
# same in other case, and with its type or without.
sub had {
	my ($r) = @_;
	my $has = directory(map { lines($_) }
		glob "$tmp/$r->{name}.now/ad-*.ndjson");
	my @bad;
	# One rule is about the case alone.
	for my $x (grep { $_->{dn} && $_->{proposed} &&
		$_->{rule} ne 'target-upper-smtp' }
		lines("$tmp/$r->{name}/findings.ndjson")) {
		for (my $p = $x->{proposed}; $p; $p = $p->{and}) {
			my $fold = lc $p->{attribute} eq 'targetaddress' ? sub {
				lc $_[0] =~ s/^smtp://ir } : sub { $_[0] };
			push @bad, told($x) if defined $p->{new} && grep {
				$fold->($_) eq $fold->($p->{new}) }
				@{$has->{$x->{dn}}{lc $p->{attribute}} // []};
		}
	}
	return @bad;
}

my ($all_changes, $all_cured, $worlds) = (0, 0, 0);
my $pattern = $ENV{WORLDS} // '.';
$| = 1;
my @scripts;
for my $r (grep { !$_->{edits} && $_->{name} =~ /$pattern/ } @runs) {
	my $to = "$tmp/$r->{name}";
	analyze($r);
	my @had = had($r);
	ok(!@had, "$r->{name}: nothing is proposed that is there", @had);
	report($to, "$to/out", '--format ldif,ps1 --max-changes 100000');
	my @files = ldif_files("$to/out") or next;
	my @promised = promised($to);
	my ($count, @wrong) = applies($r, @files);
	ok(!@wrong, "$r->{name}: applied once, and taken back",
		map { bytes($_) } @wrong);
	my $cured = tries($r, $r->{name}, \@promised, "$to/out/repair");
	# Files one by one: each is to be good by itself.
	for my $file (@files > 1 ? @files : ()) {
		my ($rule) = $file =~ m{/\d+-(.*?)-[^-]*\.ldf};
		my %dns = dns_of($file);
		tries($r, "$r->{name}, " . basename($file), [grep {
			$dns{$_->{dn}} && $_->{rule} eq $rule } @promised],
			$file);
	}
	push @scripts, glob "$to/out/repair/*.ps1";
	$all_changes += $count;
	$all_cured += $cured;
	$worlds++;
}
ok($all_changes > 20 || $pattern ne '.',
	"there is something to change: $worlds worlds, $all_changes objects, " .
	"$all_cured findings cured");

# ---- scripts ----

my $modules = abs_path('build/powershell/node_modules');
sub parsed {
	return map { $json->decode($_) } split /\n/,
		`node tests/powershell/read.mjs $modules @_ 2>&1`;
}

sub same_commands {
	my ($name, @read) = @_;
	my @bad = map { my $p = $_; map { "$p->{file}: $_" } @{$p->{errors}} }
		@read;
	ok(@read && !@bad, "$name: the grammar takes all, no string ends early",
		map { bytes($_) } @bad);
	ok(!(grep { !$_->{mark} } @read), "$name: begin with a mark");
	my %calls = map { join(' ', @{$_->{calls}}) => 1 }
		grep { $_->{file} !~ /cloud/ } @read;
	ok(keys %calls <= 1, "$name: all have the same commands", keys %calls);
}

# The same as the LDIF beside it has.
sub same_as_ldif {
	my ($p) = @_;
	my $ldif = $p->{file} =~ s/ps1$/ldf/r;
	my @ldif = map { my $o = $_; map { my ($verb, $name, @v) = @$_;
		map { "$o->{dn} $verb $name $_" } @v } @{$o->{mods}} }
		read_ldif(slurp($ldif));
	my @script = map { my $o = $_; map { my $v = $_;
		(defined $v->{Old} ? "$o->{Name} delete $v->{Attribute} $v->{Old}"
		: (), defined $v->{New} ? "$o->{Name} add $v->{Attribute} " .
		$v->{New} : ()) } @{$o->{Values}} } @{$p->{data}{Changes}};
	return join("\n", sort @ldif) eq join "\n", sort @script;
}

my @read = @scripts ? parsed(@scripts) : ();
same_commands('fixtures', @read) if @scripts;
my @other = grep { !same_as_ldif($_) } grep { $_->{file} !~ /cloud/ } @read;
ok(!@other, 'scripts and LDIF say the same', map { $_->{file} } @other);

# ---- made-up findings ----

# A folder whose findings propose these: [rule, name, attribute, old, new].
my %like;
sub folder {
	my ($to, @proposals) = @_;
	`rm -rf $to; cp -r $tmp/everything $to; rm -rf $to/out`;
	my $m = $json->decode(slurp("$to/manifest.json"));
	my ($one) = grep { $_->{status} eq 'open' && $_->{guid} &&
		$_->{class} eq 'user' } lines("$to/findings.ndjson");
	my ($cause) = lines("$to/causes.ndjson");
	my (@findings, %causes, $n, $ids);
	for my $p (@proposals) {
		my ($rule, $dn, @parts) = @$p;
		my %more = ref $parts[-1] eq 'HASH' ? %{pop @parts} : ();
		my ($first, @rest) = map { +{ attribute => $_->[0],
			old => $_->[1], new => $_->[2] } } @parts;
		$first->{and} = $_, $first = $first for @rest;
		$causes{$rule} = sprintf '%032x', ++$ids
			if !exists $causes{$rule};
		my $id = $causes{$rule};
		push @findings, { %$one, rule => $rule, dn => $dn, guid => undef,
			upn => $dn, authority => 'ad', severity => 'high', proposed => $first,
			attribute => $first->{attribute}, cause => $id,
			observed => $first->{old}, change => sprintf('%032x', ++$n),
			domain => 'corp.example', follows => undef,
			followsRule => undef, fingerprint => sprintf('%032x', $n),
			%more };
	}
	my @causes = map { { %$cause, id => $causes{$_}, rule => $_,
		title => "1 user: $_", order => 0 + hex $causes{$_},
		severity => 'high' } } sort { $causes{$a} cmp $causes{$b} }
		keys %causes;
	for (['findings', @findings], ['causes', @causes]) {
		my ($name, @rows) = @$_;
		my $text = join '', map { $json->encode($_) . "\n" } @rows;
		spew("$to/$name.ndjson", $text);
		$m->{$name} = { %{ref $m->{$name} ? $m->{$name} : {}},
			count => scalar @rows, sha256 => sha256_hex($text) };
	}
	spew("$to/manifest.json", $json->encode($m));
	return $to;
}

sub written {
	my ($to) = @_;
	return join ' ', map { my $n = basename($_); $n =~ s/-corp.*//r . ':' .
		join ',', map { $_->{dn} =~ /CN=(\w+)/ } read_ldif(slurp($_)) }
		ldif_files($to);
}
sub reasons {
	my ($to) = @_;
	return join '; ', map { ($_->{dn} =~ /CN=(\w+)/)[0] . ": $_->{reason}" }
		rows("$to/repair/manual.csv");
}
my $out = "$tmp/made.out";
sub made {
	my ($proposals, @options) = @_;
	folder("$tmp/made", @$proposals);
	my ($code, $said) = report("$tmp/made", $out, '--format ldif,ps1',
		@options);
	return ($code, $said, $code ? '' : written($out),
		$code ? '' : reasons($out));
}

sub is {
	my ($name, $have, $want) = @_;
	ok($have eq $want, $name, "have $have", "want $want");
}

analyze($runs[0]) if !-d "$tmp/everything";
sub dn { return "CN=$_[0],OU=Staff,DC=corp,DC=example" }
sub proxy { return ['proxyAddresses', @_] }
my ($code, $said, $files, $why) = made([
	['mail-missing', dn('anna'), ['mail', undef, 'x@corp.com']],
	['proxy-no-primary', dn('bert'), proxy('smtp:X@corp.com', 'smtp:y@corp.com')]]);
is('an address is given up before it is given away, across causes', $files,
	'01-proxy-no-primary:bert 02-mail-missing:anna');
($code, $said, $files, $why) = made([
	['proxy-no-primary', dn('anna'), proxy(undef, 'smtp:x@corp.com')],
	['proxy-no-primary', dn('bert'), ['mail', 'x@corp.com', 'y@corp.com']],
	['proxy-no-primary', dn('cor'), ['userPrincipalName', 'Y@corp.com',
		'z@corp.com']]]);
is('and within a file', $files, '01-proxy-no-primary:cor,bert,anna');
($code, $said, $files, $why) = made([
	['upn-suffix-unverified', dn('anna'), ['userPrincipalName', 'a@corp.com', 'b@corp.com']],
	['upn-suffix-unverified', dn('bert'), ['userPrincipalName', 'b@corp.com', 'a@corp.com']]]);
ok($files eq '' && $why =~ /^anna: .*; bert: .*no order of the changes/s ||
	$why =~ /objects wait for each other/, 'who swap have to be told', $why);
($code, $said, $files, $why) = made([
	['upn-suffix-unverified', dn('anna'), ['userPrincipalName', 'a@corp.com', 'b@corp.com']],
	['mail-malformed', dn('anna'), ['userPrincipalName', 'a@corp.com', 'c@corp.com']],
	['mail-malformed', dn('bert'), ['mail', undef, 'a@corp.com']],
	['mail-malformed', dn('cor'), ['mail', 'c', 'cor@corp.com']]]);
is('what two findings propose otherwise is for people, and who waits for it',
	"$files | $why", '01-mail-malformed:cor | anna: findings propose different ' .
	'values for it; anna: findings propose different values for it; bert: ' .
	'another object has to give up the value first, and that change is not ' .
	'made here');
($code, $said, $files, $why) = made([
	['upn-suffix-unverified', dn('anna'), ['mail', 'a@corp.com', 'b@corp.com']],
	['mail-malformed', dn('anna'), ['mail', 'a@corp.com', 'b@corp.com'],
		proxy('smtp:a@corp.com', 'SMTP:b@corp.com')]]);
is('what they propose alike is one change', $files, '01-upn-suffix-unverified:anna');
my ($once) = read_ldif(slurp((ldif_files($out))[0]));
is('of both attributes', join(' ', map { "@$_" } @{$once->{mods}}),
	'delete mail a@corp.com add mail b@corp.com delete proxyAddresses ' .
	'smtp:a@corp.com add proxyAddresses SMTP:b@corp.com');

my @three = map { ['mail-malformed', dn($_), ['mail', "$_ ", $_]] } qw(a b c);
($code, $said, $files, $why) = made(\@three, '--max-changes 2');
ok($files eq '01-mail-malformed:a,b' && $why =~ /^c: left out: --max-changes/ &&
	$said =~ /left out by --max-changes 2: 1 object;/,
	'--max-changes says what it leaves out', $files, $why, $said);
for (['--max-changes 0', qr/max-changes/], ['--select rule', qr/KEY=WORDS/],
	['--select colour=red', qr/with a key of rule, severity, ou/],
	['--select readiness=fine', qr/readiness: want a list of ready/],
	['--select authority=us', qr/want a list of ad, exchange-online/],
	['--select rule=none', qr/nothing was found by "none"/],
	['--select ou=Staff', qr/ou: want a distinguished name/],
	['--select rule=a --select rule=b', qr/rule only once/]) {
	my ($options, $want) = @$_;
	($code, $said) = made(\@three, $options);
	ok($code == 2 && $said =~ $want, "$options is refused", $code, $said);
}
($code, $said) = report("$tmp/made", $out, '--format csv --select rule=x');
ok($code == 2 && $said =~ /want --format ldif or ps1/,
	'--select without a format for it', $said);
my @mixed = (@three, ['upn-suffix-unverified', 'CN=d,OU=Sales,DC=corp,DC=example',
	['mail', 'd ', 'd'], { severity => 'low', class => 'group' }]);
for (['rule=upn-*', 'd'], ['ou=OU=Staff,DC=corp,DC=example', 'a,b,c'],
	['class=group', 'd'], ['severity=low,info', 'd'],
	['cause=' . '0' x 31 . '1', 'a,b,c'], ['authority=ad', 'a,b,c,d'],
	['object=' . dn('b'), 'b'], ['attribute=mail', 'a,b,c,d']) {
	my ($select, $want) = @$_;
	($code, $said, $files) = made(\@mixed, "--select '$select'");
	is("--select $select", join(',', map { /:(.*)/ } split / /, $files),
		$want);
}
ok($said !~ /not chosen/, 'nothing is said of what is not left out', $said);
($code, $said) = made(\@mixed, '--select rule=upn-suffix-unverified');
ok($said =~ /not chosen by --select: 3 open findings/, 'else it is', $said);
($code, $said, $files, $why) = made([
	['mail-malformed', dn('anna'), ['mail', undef, 'x@corp.com']],
	['upn-suffix-unverified', dn('bert'), ['mail', 'x@corp.com', 'y@corp.com']]],
	'--select rule=mail-malformed');
ok($files eq '' && $why =~ /^anna: another object has to give up/,
	'who waits for what is not chosen waits', $files, $why);
($code, $said, $files, $why) = made([
	['mail-malformed', dn('anna'), ['mail', 'a ', 'a'], { authority => undef }],
	['mail-malformed', dn('bert'), ['mail', 'b ', 'b'],
		{ authority => 'not-assessed' }],
	['mail-malformed', dn('cor'), ['mail', 'c ', 'c'], { status => 'waived' }],
	['mail-malformed', dn('dirk'), ['mail', 'd ', 'd'],
		{ proposed => undef, authority => 'exchange-online' }],
	['mail-malformed', dn('els'), ['mail', 'e ', 'e'],
		{ proposed => undef, change => undef }]]);
my $not_known = 'that AD is the source of authority is not known';
is('who is not mastered in AD is not changed there', "$files$why",
	"anna: $not_known; bert: $not_known; dirk: Exchange Online is the " .
	'source of authority: it is changed there');
my ($cloud) = parsed("$out/repair/cloud.ps1");
ok(!@{$cloud->{errors}} && @{$cloud->{data}{Changes}} == 1 &&
	$cloud->{data}{Changes}[0]{Command} eq 'Set-Mailbox' &&
	!defined $cloud->{data}{Changes}[0]{New},
	'cloud.ps1 has its command, and no value that nobody knows',
	$json->encode($cloud));

# ---- LDIF of others ----

my ($who) = map { $_->{dn} } grep { $_->{dn} && ($_->{mail} // '') =~ /^\w+@/ }
	lines("$tmp/everything.now/ad-users.ndjson");
sub judged {
	my ($name, $text) = @_;
	spew("$tmp/$name", bytes($text));
	my $options = "--policy $f/policy.json --force -o $tmp/after";
	my $said = `$bin analyze -q $tmp/everything.now $options --what-if $tmp/$name 2>&1`;
	return ($? >> 8, $said =~ s/.*referrals lead.*\n//r);
}
my $modify = "dn: $who\nchangetype: modify\n";
for (["dn: $who\nchangetype: delete\n", ':2: want "changetype: modify"'],
	["dn: $who\ndelete: mail\n", ':2: want "changetype: modify"'],
	["cn: x\n", ':1: want "dn:"'], ["dn: x\n", ':1: want a distinguished'],
	["version: 1\n\n${modify}add: mail\n-\n", ':6: want a value to add'],
	["${modify}add: manager\nmanager: x\n", ':3: add: manager '],
	["${modify}add: mail\ncn: x\n", ':4: want a value of mail, or "-"'],
	["${modify}add: mail\nmail:< file:///x\n", ':4: want the value itself'],
	["${modify}add: mail\nmail:: x\n", ':4: want base64'],
	["${modify}add: mail\nmail:: /w==\n", ':4: want a text in UTF-8'],
	["${modify}increment: mail\n", ':3: want add, delete or replace'],
	["${modify}x\n", ':3: want a name and a colon'],
	["dn: CN=nobody,DC=x\nchangetype: modify\ndelete: mail\n-\n",
		':4: dn: the AD snapshot has no object'],
	["${modify}replace: mail\nmail: a\@b.c\n-\n\n${modify}replace: mail\n" .
		"mail: d\@b.c\n-\n", 'says what becomes of the value, too']) {
	my ($text, $want) = @$_;
	my ($is, $told) = judged('x.ldif', $text);
	ok($is == 2 && index($told, $want) >= 0, "LDIF: $want", $is, $told);
}
my ($is, $told) = judged('some', "# no name\n${modify}replace: mail\nmail: " .
	"new\n @" . "all.example\n-\n");
ok(($is == 0 || $is == 3) && (grep { ($_->{dn} // '') eq $who }
	lines("$tmp/after/difference.ndjson")),
	'LDIF is known by what it begins with; lines go on', $is, $told);
($is, $told) = judged('x.ldf', "${modify}delete: mail\nmail: other\n-\n" .
	"replace: displayName\ndisplayName: Other\n-\n");
ok(($is == 0 || $is == 3) && $told =~ /:4: dn: .* has no mail "other" any more/
	&& !lines("$tmp/after/difference.ndjson"),
	'of a modify with a stale value nothing is made, and it is told', $told);
mkdir "$tmp/none";
my $none = `$bin analyze $tmp/everything.now -o $tmp/x --what-if $tmp/none 2>&1`;
ok($? >> 8 == 2 && $none =~ /want a folder with \.ldf files/,
	'a folder without LDIF', $none);
spew("$tmp/edits.json", '{"edits": []}');
$none = `$bin analyze $tmp/everything.now -o $tmp/x --what-if $tmp/x.ldf --what-if $tmp/edits.json 2>&1`;
ok($? >> 8 == 2 && $none =~ /want LDIF beside other files/, 'no other beside it',
	$none);

# ---- a folder that is there ----

my $plain = `$bin report $tmp/made --format ldif -o $out 2>&1`;
ok($? >> 8 == 2 && $plain =~ /repair: exists already; --force/,
	'a folder is replaced by --force alone', $plain);
spew("$out/repair/mine.txt", 'x');
($code, $said) = report("$tmp/made", $out, '--format ldif');
ok($code == 2 && $said =~ /not a folder that syncscope wrote/ &&
	-s "$out/repair/mine.txt", 'and not if somebody keeps files in it', $said);
unlink "$out/repair/mine.txt";
($code, $said) = report("$tmp/made", $out, '--format ldif');
ok($code == 0 && !glob("$out/repair/*.ps1"), 'without ps1 there is none', $said);

# ---- its list ----

made(\@three);
my @lists = grep { -s } map { "$_/repair/repair.json" } $out,
	map { "$tmp/$_->{name}/out" } @runs;
my $schema = 'data/repair.schema.json';
sub invalid { return scalar `tests/exports/validate.py $schema @_ 2>&1` }
my $odd = invalid(@lists);
ok(@lists && $odd eq '', scalar(@lists) . ' lists are as the schema says', $odd);
my $list = $json->decode(slurp("$out/repair/repair.json"));
ok($list->{'$schema'} eq $json->decode(slurp($schema))->{'$id'},
	'which they name');
$list->{files}[0]{name} = '../x';
spew("$tmp/odd.json", $json->encode($list));
ok(invalid("$tmp/odd.json") =~ /does not match/, 'it can refuse');

# What verify says of the folder, once THIS was done to a copy of it.
sub verified {
	my ($this) = @_;
	`rm -rf $tmp/copy; cp -r $out/repair $tmp/copy; cd $tmp/copy && $this`;
	my $said = `timeout 20 $bin verify $tmp/copy 2>&1`;
	return ($? >> 8) . " $said";
}
my ($first) = map { basename($_) } ldif_files($out);
for (['true', qr/^0 .*: syncscope-repair, \d+ files, as/],
	['touch log.csv', qr/^0 /],
	["echo >> $first", qr/^4 .*\Q$first\E: was changed: its SHA-256/],
	["rm $first", qr/^4 .*\Q$first\E: cannot be read/],
	['touch 99-x.ldf', qr/^4 .*99-x\.ldf: repair\.json does not list it/],
	["rm $first; mkfifo $first", qr/^4 .*\Q$first\E: want a file, as/],
	["mv $first ../copied; ln -s ../copied $first",
		qr/^4 .*\Q$first\E: want a file, as/],
	(map { ["touch '$_'", qr/^4 .*\Q$_\E: repair\.json does not list it/] }
		'x.PS1', 'x.bat', 'x.CMD', 'x.psm1', 'x.psd1', 'x.ps1.', 'x.ps1 .'),
	(map { ["touch '$_'", qr/^0 /] } 'x.bats', 'ps1', 'x.ps1.log', '...'),
	['mkdir more; touch more/x.ldf', qr/^4 .*more: is a folder: syncscope/],
	['ln -s /tmp more', qr/^4 .*more: is a folder: syncscope/],
	['echo {} > repair.json', qr/^4 .*want "format": "syncscope-snapshot",/],
	['sed -i s/:.1,/:2,/ repair.json', qr/^4 .*want "version": 1/],
	["sed -i s,$first,../copy/$first, repair.json", qr/^4 .*want of each/],
	['sed -i \'0,/"count":.[0-9]*/s//"count": 9/\' repair.json',
		qr/^4 .*: has \d+ changes?, but 9 by repair\.json/],
	['sed -i \'s/"changes":.[0-9]*/"changes": 99/\' repair.json',
		qr/^4 .*: says "changes": 99, but the files have \d+/],
	['sed -i s/files/other/ repair.json', qr/^4 .*want "files": an array/]) {
	my ($this, $want) = @$_;
	my $is = verified($this);
	ok($is =~ $want, "verify: $this", $is);
}

# ---- values that mean harm ----

my @harm = (@values, ' lead', ':colon', '<less', '-', "a\n b", "a\r\n-\r\ndn: x",
	'$(Remove-Item x)', '$x', '`n', "it's", "'; Remove-Item x; '", "\x{2018}",
	"\x{2019}; Remove-Item x; \x{2019}", "\x{201a}\x{201b}'", "a''b", "#> x",
	"'@", "\@'\nx\n'\@", "\r\n\t\@{\r\ndn: x\r\n", '"$(x)"', "\x{200b}", 'x' x 300, "\x{fc}" x 100,
	"\x{1f468}\x{200d}\x{1f469}", "trail ", '# SIG # Begin signature block');
sub escaped {
	return bytes($_[0]) =~ s/([^A-Za-z0-9])/sprintf '\\%02X', ord $1/ger;
}
my @hostile = map { my $v = $harm[$_];
	["displayname-missing", "CN=u$_ " . escaped($v) . ',DC=corp,DC=example',
		['displayName', $v, "$v."], { upn => $v, domain => $_ % 3
		? 'corp.example' : $v }] } 0 .. $#harm;
folder("$tmp/hostile", @hostile);
($code, $said) = report("$tmp/hostile", "$tmp/hostile.out",
	'--format ldif,ps1', '--max-changes 1000');
is('a hostile directory', $code, 0);
$said = `$bin verify $tmp/hostile.out/repair 2>&1`;
ok($? == 0, 'no value of which counts as a change', $said);
my %have = map { my $o = $_; $o->{dn} => $o->{mods} } map { read_ldif(slurp($_)) }
	ldif_files("$tmp/hostile.out");
my @bad = grep { my ($rule, $dn, $p) = @$_; my $m = $have{$dn};
	!$m || $m->[0][2] ne $p->[1] || $m->[1][2] ne $p->[2] } @hostile;
ok(!@bad, 'LDIF has each value as it is', map { bytes($_->[1]) } @bad);
my @parsed = parsed(glob "$tmp/hostile.out/repair/*.ps1");
same_commands('hostile', @parsed, @read);
my %script = map { $_->{Name} => $_->{Values}[0] }
	map { @{$_->{data}{Changes}} } @parsed;
@bad = grep { my ($rule, $dn, $p) = @$_; my $v = $script{$dn};
	!$v || $v->{Old} ne $p->[1] || $v->{New} ne $p->[2] } @hostile;
ok(!@bad, 'so have scripts', map { bytes($_->[1]) } @bad);
@bad = grep { slurp($_) =~ /[^\r\n -~]/ } glob "$tmp/hostile.out/repair/*.ldf";
ok(!@bad, 'no byte of LDIF acts on a terminal', @bad);
@bad = grep { basename($_) !~ /^[A-Za-z0-9._-]+$/ }
	glob "$tmp/hostile.out/repair/*";
ok(!@bad, 'nor has a file a name that does', @bad);
done();
