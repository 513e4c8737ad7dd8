#!/usr/bin/perl
# Fingerprints of findings survive what is no repair: lines and values in another
# order, moves and new names of objects, DNs that are spelled otherwise, another
# snapshot name and an hour more, in all worlds of fixtures/everything. And what
# of each rule stands in them: the observed value, or nothing of it, as
# tests/fingerprints says.
# WORLDS limits it to those that match.
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use File::Basename qw(dirname);
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use JSON::XS;
use lib dirname(__FILE__) . '/lib';
use Trial qw(ok done slurp spew);

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
eval join "\n", map { my $t = $_; $t =~ s/^my //; $t }
	part('my @tenant = qw(', "\n"), part('my @runs = (', ');'),
	part('sub run {', '}'), part('sub add_section {', '}'),
	part('sub crowd {', '}'), part('sub analyze {', '}'),
	'sub waive {}', '1'
	or die "tests/everything.t: $@";

# ---- what is changed ----

# What AD has of users and contacts that a GUID tells, by their old names. Every
# second one is moved as well, so that no container is left empty.
my %moved;
sub collect_moves {
	my ($folder) = @_;
	my %met;
	for my $section (qw(users contacts)) {
		for (split /\n/, slurp("$folder/ad-$section.ndjson")) {
			my $o = $json->decode($_);
			my $dn = $o->{dn} // $o->{distinguishedName};
			next if !$o->{objectGUID} || !$dn || ref $dn ||
				$dn =~ /[\\"]/ ||
				$dn !~ /^CN=([^,]+),((?:OU|CN)=.*)$/i;
			$moved{lc $dn} = "CN=$1 renamed," .
				($met{lc $2}++ % 2 ? 'OU=Moved,' : '') . $2;
		}
	}
}
sub spell {
	my ($dn) = @_;
	return $dn if $dn !~ /^(?:CN|OU)=[^\\"]+,DC=/i;
	$dn =~ s/,/ , /g;
	return $dn =~ s/^(\w+)=/\L$1\E=/r;
}
my $each_text;
$each_text = sub {
	my ($v, $do) = @_;
	return [map { $each_text->($_, $do) } @$v] if ref $v eq 'ARRAY';
	return +{map {; $_ => $each_text->($v->{$_}, $do) } keys %$v}
		if ref $v eq 'HASH';
	return defined $v && !ref $v && $v =~ /=/ ? $do->($v) : $v;
};
# Of lists in which the order says nothing.
my %ordered = map { $_ => 1 } qw(objectClass certificateUserIds);
sub turned {
	my ($o) = @_;
	for (keys %$o) {
		$o->{$_} = [reverse @{$o->{$_}}]
			if ref $o->{$_} eq 'ARRAY' && !$ordered{$_};
	}
	return $o;
}
my %changes = (
	'lines in another order' => { lines => sub { reverse @_ } },
	'values in another order' => { object => \&turned },
	'moved and renamed' => { prepare => \&collect_moves,
		object => sub { $each_text->($_[0],
			sub { $moved{lc $_[0]} // $_[0] }) } },
	'DNs spelled otherwise' => { object =>
		sub { $each_text->($_[0], \&spell) } },
	'another snapshot, an hour later' => { name => 'february',
		manifest => sub { s/("collected": ?"\d+-\d+-\d+T)06/${1}07/g } },
);

# A copy of the snapshot with that change; its folder.
sub changed {
	my ($from, $to, $change) = @_;
	make_path($to);
	%moved = ();
	$change->{prepare}->($from) if $change->{prepare};
	my $text = slurp("$from/manifest.json");
	my $manifest = $json->decode($text);
	for my $s (@{$manifest->{sections}}) {
		my @lines = split /\n/, slurp("$from/" . ($s->{file} // next));
		@lines = map { $json->encode($change->{object}
			->($json->decode($_))) } @lines if $change->{object};
		@lines = $change->{lines}->(@lines) if $change->{lines};
		my $new = join '', map { "$_\n" } @lines;
		spew("$to/$s->{file}", $new);
		$s->{sha256} = sha256_hex($new);
		delete $s->{xxh3};
	}
	$text = JSON::XS->new->utf8->canonical->pretty->encode($manifest);
	if ($change->{manifest}) {
		local $_ = $text;
		$change->{manifest}->();
		$text = $_;
	}
	spew("$to/manifest.json", $text);
	return $to;
}

sub options {
	my ($r) = @_;
	return ($r->{policy} ? ('--policy', "$f/$r->{policy}.json") : (),
		$r->{scope} ? ('--scope', "$f/$r->{scope}") : (),
		$r->{edits} ? ('--what-if', "$f/$r->{edits}.json") : (),
		$r->{profile} ? ('--profile', $r->{profile}) : ());
}
sub prints {
	my ($folder) = @_;
	my %of;
	push @{$of{$_->{fingerprint}}}, $_ for map { $json->decode($_) }
		split /\n/, slurp("$folder/findings.ndjson");
	return \%of;
}
sub told {
	my ($sign, $of, @prints) = @_;
	return map { my $x = $of->{$_}[0]; "$sign $x->{rule} " .
		($x->{dn} // $x->{upn} // $x->{object} // '') . ' ' .
		($x->{attribute} // '') . '=' . ($x->{observed} // '') .
		": $x->{message}" } sort @prints;
}

# ---- what of each rule is in them ----

# As findings_print does, of texts that are not spelled in two ways.
sub print_of {
	my ($x, $value) = @_;
	my $object = $x->{guid} // $x->{dn} // $x->{object} // $x->{upn};
	return substr sha256_hex(join '', map { utf8_of(lc($_ // '')) . "\n" }
		$x->{rule}, $object, $x->{attribute}, $value), 0, 32;
}
sub utf8_of { my ($text) = @_; utf8::encode($text); return $text; }

# As tests/fingerprints has it: the value of the first finding that tells.
sub heeded {
	my (@findings) = @_;
	my %heeded;
	for (@findings) {
		my $bare = $_->{fingerprint} eq print_of($_, undef);
		my $is = $bare ? 'nothing'
			: ($_->{observed} // '') =~ /[^\0-\x7f]|xn--/ ||
			$_->{fingerprint} eq print_of($_, $_->{observed})
			? 'observed' : 'key';
		$heeded{$_->{rule}}{$is} = 1;
	}
	return map { my $is = $heeded{$_};
		($_ => $is->{observed} ? 'observed' : $is->{key} ? 'key'
			: 'nothing') } keys %heeded;
}

my $worlds = $ENV{WORLDS} // '.';
my @all;
for my $r (grep { $_->{name} =~ /$worlds/ } @runs) {
	analyze($r);
	my $to = "$tmp/$r->{name}";
	my $plain = prints($to);
	push @all, map { @$_ } values %$plain;
	my @twice = grep { @{$plain->{$_}} > 1 } keys %$plain;
	ok(!@twice, "$r->{name}: no two findings of one fingerprint",
		told('twice:', $plain, @twice));
	my $at = 0;
	for my $name (sort keys %changes) {
		my $change = $changes{$name};
		my $as = $change->{name} // 'now';
		my @snapshots = map { changed("$to.$_", "$to.$at." .
			($_ eq 'now' ? $as : $_), $change) }
			grep { -d "$to.$_" } qw(past before now);
		run($bin, 'analyze', '-q', @snapshots, options($r), '-o',
			"$to.$at");
		my $other = prints("$to.$at");
		if (!%$other) {
			ok(!%$plain, "$r->{name}: $name", 'found nothing');
			$at++;
			next;
		}
		my @lost = grep { !$other->{$_} } keys %$plain;
		my @new = grep { !$plain->{$_} } keys %$other;
		ok(!@lost && !@new, "$r->{name}: $name",
			told('-', $plain, @lost), told('+', $other, @new));
		$at++;
	}
}

# Of all rules, where all worlds were looked at.
sub compare_table {
	my %have = heeded(@all);
	my %want = map { /^(\S+): (\w+)$/ ? ($1 => $2) : () }
		split /\n/, slurp('tests/fingerprints');
	my @bad = map { "$_: have " . ($have{$_} // 'no finding') . ', want ' .
		($want{$_} // 'a line in tests/fingerprints') }
		grep { ($have{$_} // '') ne ($want{$_} // '') }
		sort keys %{{%have, %want}};
	my @lack = grep { !$want{$_} } map { /^(\S+)/ } split /\n/,
		`$bin rules`;
	ok(!@bad && "@lack" eq 'exchange-organization-read',
		'what of each rule is in its fingerprints', @bad,
		map { "$_ has no line" } @lack);
}
compare_table() if !$ENV{WORLDS};
done();
