#!/usr/bin/perl
# Odd values of every kind in every attribute of snapshots that verify accepts:
# analyze never ends for one, what it writes is whole, and rules and forecasts
# say what they could not read.
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use JSON::PP;
use lib dirname(__FILE__) . '/lib';
use Trial qw(done ok slurp spew);

chdir dirname(__FILE__) . '/..' or die "$!\n";
my $bin = $ENV{SYNCSCOPE} // 'build/syncscope';
my $f = 'fixtures/everything';
my $tmp = tempdir(CLEANUP => 1);
my $json = JSON::PP->new->utf8->canonical->allow_nonref;

sub run {
	my $said = `@_ 2>&1`;
	return ($? & 127 ? 'signal ' . ($? & 127) : $? >> 8, $said);
}

# What a program, or somebody by hand, may have put there.
my @odd = ('', ' ', 'abc', '1.32E+17', 'WAHR', "\x{e4}\x{20ac}\x{1f600}",
	'-1', '99999999999999999999', 'A' x 3000, "\0", '=cmd()', 'AQID',
	12345, -0.5, 1e300, JSON::PP::true, JSON::PP::false, JSON::PP::null,
	[], ['x', 'y'], ['', ''], [1, JSON::PP::null], [{}], [['x']],
	[JSON::PP::true, 'x'], {}, { base64 => '/w==' },
	{ value => [], Count => 2 }, { id => 'x', name => [] });

# The snapshots as they are, object by object.
run($bin, qw(collect import), map({ "$f/$_.ldif" }
	qw(ad-accounts ad-names ad-more ad-values)), map({ "$f/$_.json" }
	qw(users groups contacts deletedusers domains)),
	qw(--collected 2016-02-15T06:00:00Z -o), "$tmp/now");
run($bin, qw(collect import), "$f/ad-before.ldif",
	qw(--collected 2015-10-12T06:00:00Z -o), "$tmp/before");
my %was = map { my $s = $_; ($s => { map { $_->{name} => [ map {
	$json->decode($_) } split /\n/, slurp("$tmp/$s/$_->{file}") ] }
	grep { $_->{file} } @{$json->decode(slurp("$tmp/$s/manifest.json"))
	->{sections}} }) } qw(now before);

# Sections that only collectors write, and what else is read by name.
my %more = ('tenant.sync' => 'tenant-sync',
	'tenant.role-members' => 'tenant-role-members',
	'tenant.sync-behavior' => 'tenant-sync-behavior');
$was{now}{$_} = [ map { $json->decode($_) } split /\n/,
	slurp("$f/$more{$_}.ndjson") ] for keys %more;
$was{now}{'tenant.organization'} = [ { id => 'x', verifiedDomains => [
	{ name => 'corp.example', isDefault => JSON::PP::true } ] } ];
for my $kind (qw(ad tenant)) {
	$was{now}{"$kind.mailboxes"} = [ map { { DistinguishedName => 'CN=M',
		Guid => "00000000-0000-4000-8000-00000000000$_",
		ExternalDirectoryObjectId =>
			"00000000-0000-4000-8000-00000000000$_",
		PrimarySmtpAddress => "m$_\@corp.example", Alias => "m$_",
		EmailAddresses => ["SMTP:m$_\@corp.example"] } } 1 .. 4 ];
}

# A snapshot with what CHANGE makes of each object.
sub write_snapshot {
	my ($from, $to, $change) = @_;
	my $m = $json->decode(slurp("$tmp/$from/manifest.json"));
	# It would not fit; an older program says nothing of them.
	delete $m->{domains};
	mkdir "$tmp/$to";
	for my $s (@{$m->{sections}}) {
		my $objects = $was{$from}{$s->{name}} or next;
		my $i = 0;
		my $rows = join '', map { $json->encode($change->($s->{name},
			$i++, { %$_ })) . "\n" } @$objects;
		($s->{file} = "$s->{name}.ndjson") =~ s/\./-/;
		spew("$tmp/$to/$s->{file}", $rows);
		delete $s->{xxh3};
		@$s{qw(state reason count sha256 attributes)} = ('complete',
			undef, scalar @$objects, sha256_hex($rows), 'all');
	}
	spew("$tmp/$to/manifest.json", $json->encode($m));
}

# What is wrong with the report, and with the stories of some objects.
sub told {
	my ($folder, $count, @formats) = @_;
	my ($rc, $said) = run($bin, 'report', $folder, '-o', "$tmp/report",
		'--force', @formats);
	my @why = $rc ? ("report: $rc", $said) : ();
	for my $guid (grep { defined && $count-- > 0 }
			map { $json->decode($_)->{guid} }
			split /\n/, slurp("$folder/forecast.ndjson")) {
		($rc, $said) = run($bin, 'show', $folder, $guid);
		push @why, "show: $rc", $said if $rc;
	}
	return @why;
}

sub analyze {
	my ($name, @args) = @_;
	my @why;
	for my $snapshot ("$tmp/new-now", "$tmp/new-before") {
		my ($rc, $said) = run($bin, 'verify', $snapshot);
		push @why, "verify: $rc", $said if $rc;
	}
	my ($rc, $said) = run($bin, 'analyze', "$tmp/new-before",
		"$tmp/new-now", '-o', "$tmp/findings", '--force', @args);
	push @why, "analyze: $rc", $said if $rc !~ /^[013]$/;
	($rc, $said) = run($bin, 'verify', "$tmp/findings");
	push @why, "findings: $rc", $said if $rc;
	push @why, told("$tmp/findings", 1);
	ok(!@why, $name, @why);
}

# One value in each attribute, but for every object's next one; then in all.
my $share = $ENV{SHARE} // 1;    # every Nth
for my $shift (grep { $_ % $share == 0 } 0 .. $#odd) {
	for my $which ('one in three', 'every one') {
		my $change = sub {
			my ($section, $i, $o) = @_;
			my $a = 0;
			for my $key (sort keys %$o) {
				$a++;
				next if $which eq 'one in three' &&
					(($i + $a) % 3 || $key eq 'dn');
				$o->{$key} = $odd[($i + $a + $shift) % @odd];
			}
			return $o;
		};
		write_snapshot('now', 'new-now', $change);
		write_snapshot('before', 'new-before', $change);
		analyze("$which, from odd value $shift on", $shift % 2
			? () : ('--policy', "$f/policy.json"));
	}
}

# ---- findings that somebody wrote by hand ----

# One of three members becomes odd, also within others.
my $turn = 0;

sub oddly {
	my ($v) = @_;
	return $odd[$turn % @odd] if $turn++ % 3 == 0;
	return [ map { oddly($_) } @$v ] if ref $v eq 'ARRAY';
	return { map { $_ => oddly($v->{$_}) } sort keys %$v }
		if ref $v eq 'HASH';
	return $v;
}

# Lines that are still an object's, or a rule's; with the manifest's word.
my @kept = qw(dn guid class match action confidence readiness rule severity
	status message fingerprint id title objects findings attached);

# Leaves alone, but for words of a list: without those it is refused.
my %word = map { $_ => 1 } qw(format version verdict state support result kind
	owner id path paths what sure after by until side asOf);

sub leaves {
	my ($v) = @_;
	return [ map { ref ? leaves($_) : $_ } @$v ] if ref $v eq 'ARRAY';
	return { map { $_ => $word{$_} ? $v->{$_} : leaves($v->{$_}) }
		sort keys %$v } if ref $v eq 'HASH';
	return $turn++ % 3 == 0 ? $odd[$turn % @odd] : $v;
}

sub write_findings {
	my ($m) = @_;
	for my $file (qw(causes findings forecast)) {
		my $rows = join '', map { my $o = $json->decode($_);
			my $new = oddly({ %$o });
			$new = {} if ref $new ne 'HASH';
			exists $o->{$_} && ($new->{$_} = $o->{$_}) for @kept;
			$new->{event} = leaves($o->{event}) if $o->{event};
			$json->encode($new) . "\n" }
			split /\n/, slurp("$tmp/findings/$file.ndjson");
		spew("$tmp/hand/$file.ndjson", $rows);
		delete $m->{$file}{xxh3};
		$m->{$file}{sha256} = sha256_hex($rows);
	}
	for my $file (qw(timeline history)) {
		my $rows = join '', map { my $o = $json->decode($_);
			my $new = leaves($o);
			exists $o->{$_} && ($new->{$_} = $o->{$_}) for @kept;
			$json->encode($new) . "\n" }
			split /\n/, slurp("$tmp/findings/$file.ndjson");
		spew("$tmp/hand/$file.ndjson", $rows);
		$m->{$file}{sha256} = sha256_hex($rows);
	}
	my $was = $json->decode(slurp("$tmp/findings/exchange.json"));
	my $state = $json->encode(leaves($was));
	spew("$tmp/hand/exchange.json", $state);
	$m->{exchange}{sha256} = sha256_hex($state);
	spew("$tmp/hand/manifest.json", $json->encode($m));
}

my ($formats) = `$bin report --help` =~ /Of (.*?); default/s;
$formats =~ s/,? and |,\s*/,/g;
$formats =~ s/\s//g;
write_snapshot('now', 'new-now', sub { return $_[2] });
write_snapshot('before', 'new-before', sub { return $_[2] });
analyze('as it was', '--policy', "$f/policy.json");
mkdir "$tmp/hand";
for my $round (1 .. 8 / $share) {
	write_findings($json->decode(slurp("$tmp/findings/manifest.json")));
	my @why = told("$tmp/hand", 20, '--format', $formats);
	ok(!@why, "findings written by hand, $round", @why);
}

# ---- what is said of one value ----

my $same = sub { $_[2] };
my ($whose) = grep { ($_->{sAMAccountName} // '') ne '' && $_->{objectGUID} }
	@{$was{now}{'ad.users'}};
write_snapshot('before', 'new-before', $same);
for my $attribute (qw(pwdLastSet proxyAddresses objectGUID
	userAccountControl)) {
	write_snapshot('now', 'new-now', sub {
		my ($section, $i, $o) = @_;
		$o->{$attribute} = { odd => 1 }
			if ($o->{dn} // '') eq $whose->{dn};
		return $o;
	});
	analyze("$attribute of one object", '--policy', "$f/policy.json");
	my $m = $json->decode(slurp("$tmp/findings/manifest.json"));
	my @rules = grep { ($_->{reason} // '') =~
		/\b$attribute cannot be read of 1 object\b/ } @{$m->{rules}};
	ok(scalar @rules, "$attribute: rules say that they could not read it");
	my ($row) = grep { $_->{dn} eq $whose->{dn} } map { $json->decode($_) }
		split /\n/, slurp("$tmp/findings/forecast.ndjson");
	my @doubts = grep { /\b$attribute cannot be read/ } @{$row->{doubts}};
	ok($attribute eq 'pwdLastSet' ? !@doubts : @doubts == 1 &&
		$row->{confidence} eq 'uncertain',
		"$attribute: the forecast doubts what hangs on it",
		@{$row->{doubts}});
	ok(($row->{accountEnabled} // 'null') eq 'null' ||
		$attribute ne 'userAccountControl',
		"$attribute: whether it is enabled is not known");
}
done();
