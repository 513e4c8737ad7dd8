#!/usr/bin/perl
# exchange.json of organizations in tests/exchange/: the cases, each a folder
# with what has to be said of it in expect.json, and the variants, which are
# cases with an edit, in tests/exchange/variants. CASES="a b" takes only these;
# EXCHANGE_KEEP names a folder for the files.
use strict;
use warnings;
use utf8;
use Digest::SHA qw(sha256_hex);
use File::Basename qw(dirname);
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use JSON::XS;
use lib dirname(__FILE__) . '/exchange';
use Contract qw(faults conditions paths);
use Organization;
use lib dirname(__FILE__) . '/lib';
use Trial qw(done ok slurp);

my $bin = $ENV{SYNCSCOPE} // dirname(__FILE__) . '/../build/syncscope';
my $here = dirname(__FILE__) . '/exchange';
my $tmp = $ENV{EXCHANGE_KEEP} || tempdir(CLEANUP => 1);
my $json = JSON::XS->new->utf8->canonical->allow_nonref;
my %only = map { $_ => 1 } split ' ', $ENV{CASES} // '';
my %is_condition = map { $_ => 1 } conditions();
my %is_path = map { $_ => 1 } paths();

binmode STDOUT, ':utf8';

sub told {
	my ($value) = @_;
	return ref $value || !defined $value ? $json->encode($value)
		: "$value";
}

# A value, or one of several with | between them; * is any.
sub fits {
	my ($have, $want) = @_;
	$have = JSON::XS::is_bool($have) ? $have ? 'true' : 'false'
		: $have // 'null';
	return $want eq '*' || grep { $have eq $_ } split /\|/, $want;
}

sub wrong {
	my ($what, $have, $want) = @_;
	return fits($have, $want) ? () : "$what: " . told($have)
		. ", want $want";
}

sub condition {
	my ($j, $id) = @_;
	return (grep { $_->{id} eq $id } @{$j->{conditions}})[0];
}

sub path {
	my ($j, $id) = @_;
	return (grep { $_->{id} eq $id } @{$j->{paths}})[0];
}

sub condition_wrong {
	my ($j, $id, $result, $count) = @_;
	my $c = condition($j, $id);
	return wrong($id, $c->{result}, $result), defined $count
		? wrong("count of $id", $c->{count}, $count) : ();
}

sub has_evidence {
	my ($j, $id, $begin) = @_;
	return grep { index($_->{dn} // '', $begin) == 0 }
		@{condition($j, $id)->{evidence}};
}

sub list_wrong {
	my ($j, $key, $id, @want) = @_;
	my @have = @{path($j, $id)->{$key}};
	return "@have" eq "@want" ? () : "$key of $id: @have, want @want";
}

sub server_wrong {
	my ($j, $name, $key, $want) = @_;
	my ($server) = grep { $_->{name} eq $name } @{$j->{servers}};
	return "no server $name" if !$server;
	return wrong("$key of $name", $key eq 'roles' ? join(',',
		@{$server->{roles}}) : $server->{$key}, $want);
}

sub authority_wrong {
	my ($r, $begin, $key, $want) = @_;
	my @lines = grep { index($_->{dn} // '', $begin) == 0 }
		@{$r->{forecast}};
	return "no forecast of $begin" if !@lines;
	return map { wrong("authority of $begin, $key", $_->{authority}{$key},
		$want) } @lines;
}

sub at {
	my ($j, $path) = @_;
	for my $key (split /\./, $path) {
		$j = ref $j eq 'ARRAY' ? $j->[$key] : $j->{$key};
	}
	return ref $j eq 'ARRAY' ? scalar @$j : $j;
}

# What all have in common.
sub common_faults {
	my ($r) = @_;
	my $j = $r->{exchange};
	my @faults = faults($j, $r->{findings});
	push @faults, "analyze: status $r->{status}: $r->{said}"
		if $r->{status} != 0 && $r->{status} != 3;
	my $manifest = slurp("$r->{folder}/manifest.json");
	my $sum = sha256_hex($r->{text});
	push @faults, "manifest.json has not the SHA-256 of exchange.json"
		if index($manifest, $sum) < 0;
	return @faults;
}

# What a case has to say, as its expect.json says it.
sub case_faults {
	my ($r, $e) = @_;
	my $j = $r->{exchange};
	my $one = sub { ref $_[0] eq 'ARRAY' ? join '|', @{$_[0]}
		: JSON::XS::is_bool($_[0]) ? $_[0] ? 'true' : 'false'
		: $_[0] // 'null' };
	my @faults = (wrong('verdict', $j->{verdict}, $one->($e->{verdict})),
		wrong('state', $j->{organization}{state}, $one->($e->{state})));
	push @faults, wrong('hybrid', $j->{organization}{hybrid},
		$one->($e->{hybrid})) if exists $e->{hybrid};
	push @faults, map { wrong("path $_", path($j, $_)->{state},
		$one->($e->{paths}{$_})) } sort keys %{$e->{paths}};
	for my $id (sort keys %{$e->{conditions}}) {
		my $want = $e->{conditions}{$id};
		push @faults, condition_wrong($j, $id, ref $want ? @$want
			: $want);
	}
	push @faults, map { list_wrong($j, 'missing', $_,
		@{$e->{missing}{$_}}) } sort keys %{$e->{missing}};
	for my $id (sort keys %{$e->{evidence}}) {
		push @faults, map { has_evidence($j, $id, $_) ? ()
			: "evidence of $id has not $_" }
			@{$e->{evidence}{$id}};
	}
	for my $id (sort keys %{$e->{no_evidence}}) {
		push @faults, map { has_evidence($j, $id, $_)
			? "evidence of $id has $_" : () }
			@{$e->{no_evidence}{$id}};
	}
	push @faults, 'servers: ' . @{$j->{servers}} if $e->{servers}
		&& @{$j->{servers}} != @{$e->{servers}};
	for my $s (@{$e->{servers} // []}) {
		push @faults, map { server_wrong($j, $s->{name}, $_, $s->{$_}) }
			sort keys %$s;
	}
	push @faults, wrong('rangeUpper', at($j,
		'organization.schema.rangeUpper'), $one->($e->{schema}
		{rangeUpper})) if exists $e->{schema}{rangeUpper};
	my $attributes = $e->{schema}{attributes} // {};
	push @faults, map { wrong("schema has $_", at($j,
		"organization.schema.attributes.$_"),
		$one->($attributes->{$_})) } sort keys %$attributes;
	for my $begin (sort keys %{$e->{authority}}) {
		my $want = $e->{authority}{$begin};
		push @faults, map { authority_wrong($r, $begin, $_,
			$one->($want->{$_})) } sort keys %$want;
	}
	return @faults;
}

# Whatever the number of jobs; and the folder is sound.
sub stable_faults {
	my ($o, $r, $name) = @_;
	my $four = $o->judged($bin, $tmp, "$name.4", '--jobs 4');
	my @faults = map { slurp("$r->{folder}/$_") eq
		slurp("$four->{folder}/$_") ? () : "$_: others with four jobs" }
		qw(exchange.json findings.ndjson forecast.ndjson);
	my ($status, $said) = $o->program($bin, 'verify', $r->{folder});
	push @faults, "verify: status $status: $said" if $status;
	return @faults;
}

sub try_case {
	my ($name) = @_;
	my $o = Organization->new($name);
	my $r = $o->judged($bin, $tmp, $name, '--jobs 1');
	my @faults = map { $r->{$_} && $r->{$_}[0] != 0 && $r->{$_}[0] != 3
		? "import $_: status $r->{$_}[0]: $r->{$_}[1]" : () }
		qw(ad tenant);
	push @faults, $r->{exchange} ? (common_faults($r),
		case_faults($r, $o->{told}{expect}),
		stable_faults($o, $r, $name)) : "no exchange.json: $r->{said}";
	ok(!@faults, $name, @faults);
}

# What the command exchange says of it, on one line.
sub told_by {
	my ($r) = @_;
	utf8::decode(my $said = `$bin exchange $r->{folder} 2>&1`);
	return $said =~ s/\s+/ /gr;
}

# Words of a variant's expectations, and what is wrong with the result.
my %wants = (
	verdict => sub { wrong('verdict', $_[0]{exchange}{verdict}, $_[1]) },
	state => sub { wrong('state', $_[0]{exchange}{organization}{state},
		$_[1]) },
	is => sub { my ($r, $path, @want) = @_;
		wrong($path, at($r->{exchange}, $path), "@want") },
	server => sub { my ($r, $name, $key, @want) = @_;
		server_wrong($r->{exchange}, $name, $key, "@want") },
	missing => sub { my $r = shift;
		list_wrong($r->{exchange}, 'missing', @_) },
	open => sub { my $r = shift;
		list_wrong($r->{exchange}, 'open', @_) },
	evidence => sub { my ($r, $id, @begin) = @_;
		has_evidence($r->{exchange}, $id, "@begin") ? ()
		: "evidence of $id has not @begin" },
	'no-evidence' => sub { my ($r, $id, @begin) = @_;
		has_evidence($r->{exchange}, $id, "@begin")
		? "evidence of $id has @begin" : () },
	'evidence-count' => sub { wrong("evidence of $_[1]", scalar
		@{condition($_[0]{exchange}, $_[1])->{evidence}}, $_[2]) },
	reason => sub { my ($r, $id, @words) = @_;
		my $reason = $id eq 'state' ? at($r->{exchange},
			'organization.reason')
			: condition($r->{exchange}, $id)->{reason};
		($reason // '') =~ /@words/i ? ()
			: "reason of $id: " . told($reason) },
	fix => sub { my ($r, $id, @words) = @_;
		grep({ $_->{rule} eq "exchange-$id" && $_->{fix} =~ /@words/i }
		@{$r->{findings}}) ? () : "no fix of $id says @words" },
	says => sub { my ($r, @words) = @_;
		told_by($r) =~ /@words/i ? () : "exchange says no @words" },
	'says-not' => sub { my ($r, @words) = @_;
		told_by($r) =~ /@words/i ? "exchange says @words" : () },
	authority => sub { my ($r, $key, $want, @begin) = @_;
		authority_wrong($r, "@begin", $key, $want) },
	refused => sub { my ($r, $side, @words) = @_;
		my ($status, $said) = @{$r->{$side} // [0, 'no files']};
		$status && $said =~ /@words/i ? ()
		: "import $side: status $status: $said" },
);

sub want_faults {
	my ($r, $word, @line) = @_;
	return $wants{$word}->($r, @line) if $wants{$word};
	return condition_wrong($r->{exchange}, $word, @line)
		if $is_condition{$word};
	return wrong("path $word", path($r->{exchange}, $word)->{state},
		$line[0]) if $is_path{$word};
	die "variants: $word is no word\n";
}

sub try_variant {
	my ($v) = @_;
	my $o = Organization->new($v->{of});
	eval { $o->change(@$_) for @{$v->{edits}}; 1 }
		or return ok(0, "$v->{of}: $v->{name}", $@);
	my $r = $o->judged($bin, $tmp, $v->{name});
	my $refused = grep { $_->[0] eq 'refused' } @{$v->{wants}};
	my @faults = map { $r->{$_} && $r->{$_}[0] != 0 && $r->{$_}[0] != 3
		&& !$refused ? "import $_: status $r->{$_}[0]: $r->{$_}[1]"
		: () } qw(ad tenant);
	if ($r->{exchange} || $refused) {
		push @faults, common_faults($r) if !$refused;
		push @faults, map { want_faults($r, @$_) } @{$v->{wants}};
	} else {
		push @faults, "no exchange.json: $r->{said}";
	}
	ok(!@faults, "$v->{of}: $v->{name}", @faults);
}

# variant NAME of CASE, and its lines, one tab in; two tabs in stands what the
# edit above them writes.
sub variants {
	my @variants;
	my $n = 0;
	for (split /\n/, slurp("$here/variants")) {
		$n++;
		utf8::decode($_);
		next if /^#/ || /^\s*$/;
		if (/^variant (\S+) of (\S+)$/) {
			push @variants, { name => $1, of => $2, edits => [],
				wants => [] };
		} elsif (/^\t\t(.*)$/) {
			push @{$variants[-1]{edits}[-1]}, $1;
		} elsif (/^\t(\S+) ?(.*)$/) {
			my ($word, $line) = ($1, $2);
			push @{$variants[-1]{edits}}, [$word, $line]
				if Organization::can_edit($word);
			push @{$variants[-1]{wants}}, [$word, split ' ', $line]
				if !Organization::can_edit($word);
		} else {
			die "tests/exchange/variants:$n: $_\n";
		}
	}
	return @variants;
}

make_path($tmp);
for my $path (sort glob "$here/*/expect.json") {
	my ($name) = $path =~ m{([^/]+)/expect\.json$};
	try_case($name) if !%only || $only{$name};
}
my $share = $ENV{SHARE} // 1;     # every Nth variant
my @variants = variants();
for my $v (@variants[grep { $_ % $share == 0 } 0 .. $#variants]) {
	try_variant($v) if !%only || $only{$v->{name}};
}
done();
