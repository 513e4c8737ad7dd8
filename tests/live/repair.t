#!/usr/bin/perl
# Repairs on a live domain controller: LDIF of report --format ldif, applied by
# ldapmodify, cures what --what-if foretold and brings nothing new; a second run
# changes nothing; its rollback brings every attribute back byte for byte; and a
# value that was changed in between is left alone, and told.
use strict;
use warnings;
use utf8;
use FindBin;
use lib $FindBin::Bin;
use Encode qw(encode);
use JSON::XS qw(decode_json);
use MIME::Base64 qw(encode_base64);
use Live;

# Without Exchange its policies rewrite no address, but its schema is needed.
my ($ad) = start_servers(['samba', 'a', '--exchange']);
my $root = $ad->{AD_ROOT};
my $staff = "OU=Staff,$root";
my $json = JSON::XS->new->canonical->allow_nonref->utf8;

sub ldapmodify {
	my ($options, $file) = @_;
	return run({ env => { LDAPTLS_CACERT => $ad->{AD_CA_FILE} },
			limit => 300 }, 'ldapmodify', '-x', '-H',
		"ldaps://$ad->{AD_ADDR}", '-D', $ad->{AD_ADMIN}, '-y',
		$ad->{AD_ADMIN_PW_FILE}, @$options, '-f', $file);
}

sub line {
	my ($name, $value) = @_;
	return "$name: $value\n" if $value =~ /^[!-9;=-~]([ -~]*[!-~])?\z/;
	return "${name}:: " . encode_base64(encode('UTF-8', $value), '') .
		"\n";
}

sub add {
	my ($class, $cn, @pairs) = @_;
	my $ldif = line('dn', "CN=$cn,$staff") .
		"changetype: add\nobjectClass: $class\n";
	while (my ($name, $value) = splice @pairs, 0, 2) {
		$ldif .= line($name, $value);
	}
	return "$ldif\n";
}

sub person {
	my ($name, @pairs) = @_;
	return add('user', $name, sAMAccountName => $name, displayName => $name,
		userAccountControl => 544, userPrincipalName =>
		"$name\@contoso.com", @pairs);
}

# ---- what is wrong in the directory ----

sub fill {
	my $ldif = line('dn', $staff) .
		"changetype: add\nobjectClass: organizationalUnit\n\n";
	$ldif .= person("whole$_", mail => "whole$_\@contoso.com",
		proxyAddresses => "SMTP:whole$_\@contoso.com") for 1 .. 3;
	# No primary; blanks and what nobody sees; another primary than mail.
	$ldif .= person("second$_", mail => "second$_\@contoso.com",
		proxyAddresses => "smtp:second$_\@contoso.com",
		proxyAddresses => "smtp:also$_\@contoso.com",
		proxyAddresses => "X500:/o=Old/cn=second$_") for 1 .. 4;
	$ldif .= person("blank$_", mail => "blank$_\@contoso.com ",
		proxyAddresses => "SMTP:blank$_\@contoso.com") for 1 .. 3;
	$ldif .= person("unseen$_", mail => "unseen$_\x{200b}\@contoso.com",
		proxyAddresses => "SMTP:unseen$_\@contoso.com",
		proxyAddresses => "smtp:un\x{200b}seen.$_\@contoso.com")
		for 1 .. 3;
	$ldif .= person("none$_") for 1 .. 2;
	$ldif .= person("typed$_", mail => "typed$_\@contoso.com",
		proxyAddresses => "SMTP:typed$_\@contoso.com",
		proxyAddresses => "typed.$_\@contoso.com") for 1 .. 2;
	$ldif .= add('user', 'José', sAMAccountName => 'jose',
		userAccountControl => 544, userPrincipalName =>
		'jose@contoso.com', displayName => 'José ',
		mail => 'jose@contoso.com', proxyAddresses =>
		'smtp:jose@contoso.com');
	$ldif .= add('group', 'crew', sAMAccountName => 'crew', groupType => 8,
		mail => 'crew@contoso.com', proxyAddresses =>
		'smtp:crew@contoso.com');
	exit_is(ldapmodify([], write_file("$tmp/fill.ldif", $ldif)), 0,
		'the domain is filled');
}

my $policy = write_file("$tmp/policy.json", $json->encode({
	tenant => { initialDomain => 'contoso.onmicrosoft.com',
		verifiedDomains => ['contoso.com', 'contoso.onmicrosoft.com'] },
	scope => { include => [$staff] },
	licensing => { exchangeOnline => 'all' } }));

sub collect {
	my ($out) = @_;
	my $r = run({ limit => 120 }, $bin, 'collect', 'ad', '--server',
		"ldaps://$ad->{AD_ADDR}", '--ca-file', $ad->{AD_CA_FILE},
		'--user', $ad->{AD_ADMIN}, '--password-file',
		$ad->{AD_ADMIN_PW_FILE}, -o => "$tmp/$out");
	exit_is($r, 0, "$out is collected");
}

# As of one time, so that only AD's values differ.
sub analyze {
	my ($snapshot, $out, @more) = @_;
	my $r = run({ limit => 120 }, $bin, 'analyze', "$tmp/$snapshot",
		'--policy', $policy, '--as-of', '2030-01-01T00:00:00Z', @more,
		-o => "$tmp/$out");
	ok($r->{code} == 0 || $r->{code} == 3, "$out is judged", $r->{err});
	return $r;
}

sub findings {
	my ($folder) = @_;
	my %of;
	for (split /\n/, read_file("$tmp/$folder/findings.ndjson")) {
		my $x = decode_json($_);
		$of{$x->{fingerprint}} = "$x->{rule} " . ($x->{dn} // '') .
			' ' . ($x->{observed} // '');
	}
	return \%of;
}

sub changed {
	my ($from, $to) = @_;
	my ($x, $y) = map { findings($_) } $from, $to;
	return (join("\n", sort map { $x->{$_} } grep { !$y->{$_} } keys %$x),
		join("\n", sort map { $y->{$_} } grep { !$x->{$_} } keys %$y));
}

# All values of what is below staff, but for what every write changes.
sub values_of {
	my ($snapshot) = @_;
	my %of;
	for (@{objects("$tmp/$snapshot")}) {
		my ($section, $text) = split / /, $_, 2;
		my $o = decode_json($text);
		next if ($o->{dn} // '') !~ /OU=Staff/;
		delete @$o{qw(whenChanged uSNChanged replPropertyMetaData
			modifyTimeStamp)};
		ref eq 'ARRAY' and @$_ = sort @$_ for values %$o;
		$of{$o->{dn}} = $json->encode($o);
	}
	return \%of;
}

sub differing {
	my ($then, $now) = map { values_of($_) } @_;
	return join "\n", map { "$_: " . ($then->{$_} // 'none') . ' -> ' .
		($now->{$_} // 'none') } grep { ($then->{$_} // '') ne
		($now->{$_} // '') } sort keys %{{%$then, %$now}};
}

sub apply {
	my ($undo) = @_;
	my @files = sort grep { /\.undo\./ eq ($undo ? 1 : '') }
		glob "$tmp/out/repair/*.ldf";
	my @runs = map { ldapmodify(['-c'], $_) }
		$undo ? reverse @files : @files;
	my $all = join '', map { $_->{out} } @runs;
	my $told = join '', map { $_->{err} } @runs;
	return { codes => join(' ', map { $_->{code} } @runs), err => $told,
		refused => scalar(() = $told =~ /^ldap_modify: /mg),
		tried => scalar(() = $all =~ /^modifying entry/mg) };
}

fill();
collect('before');
analyze('before', 'found');
my $r = run({ limit => 60 }, $bin, 'report', "$tmp/found", '--format',
	'ldif,ps1', -o => "$tmp/out");
exit_is($r, 0, 'repairs are written');
my ($changes) = $r->{out} =~ /repair: (\d+) objects to change/;
ok($changes >= 12, "there are enough: " . ($changes // 'none'), $r->{out});
analyze('before', 'foretold', '--what-if', "$tmp/out/repair");

# ---- do ----

my $did = apply('');
ok($did->{codes} =~ /^0( 0)*$/ && $did->{tried} == $changes,
	"$changes objects are changed, none refused",
	"$did->{codes}: $did->{tried} tried\n$did->{err}");
collect('after');
analyze('after', 'mended');
my ($gone, $new) = changed('found', 'mended');
my ($foretold) = changed('found', 'foretold');
my $cured = () = $gone =~ /^/mg;
ok($gone && $gone eq $foretold, "$cured findings are cured, as was foretold",
	"gone:\n$gone\nforetold:\n$foretold");
ok($new eq '', 'nothing is new', $new);
note("$changes objects changed, $cured findings cured");

# ---- again ----

my $again = apply('');
collect('again');
my $odd = differing('after', 'again');
ok($odd eq '', 'a second run changes nothing', $odd);
note("second run: $again->{refused} of $again->{tried} refused, exit " .
	$again->{codes});

# ---- undo ----

my $undone = apply('undo');
ok($undone->{codes} =~ /^0( 0)*$/, 'all is taken back', $undone->{err});
collect('undone');
$odd = differing('before', 'undone');
ok($odd eq '', 'every attribute is as it was, byte for byte', $odd);
note("rollback: $undone->{tried} objects, exit $undone->{codes}");

# ---- a value that was changed in between ----

exit_is(ldapmodify([], write_file("$tmp/between.ldif",
	"dn: CN=second1,$staff\nchangetype: modify\n" .
	"replace: proxyAddresses\nproxyAddresses: SMTP:other\@contoso.com\n-\n\n" .
	"dn: CN=none1,$staff\nchangetype: modify\n" .
	"add: mail\nmail: own\@contoso.com\n-\n\n")), 0, 'somebody was quicker');
collect('between');
$did = apply('');
my @codes = grep { $_ } split / /, $did->{codes};
ok(@codes && $did->{tried} == $changes && $did->{refused} > 0 &&
	$did->{err} =~ /No such attribute|value exists/i,
	'who has another value by now is told', "$did->{codes}\n$did->{err}");
note("changed in between: $did->{refused} refused, exit $did->{codes}");
collect('left');
my ($then, $now) = map { values_of($_) } 'between', 'left';
for my $name ('second1') {
	my $dn = "CN=$name,$staff";
	ok($then->{$dn} eq $now->{$dn}, "$name is left alone", $now->{$dn});
}
ok($now->{"CN=second2,$staff"} ne $then->{"CN=second2,$staff"},
	'the others are changed');
my ($mail) = map { decode_json($_)->{mail} } $now->{"CN=none1,$staff"};
ok($mail eq 'own@contoso.com', 'and what was written meanwhile stays', $mail);
done();
