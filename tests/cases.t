#!/usr/bin/perl
# The cases of tests/cases: inputs as customers hand them over, each with what
# must and what must not come out; tests/cases/README.md describes the format.
# Those that tests/cases/todo lists wait for work to come: they must fail, so
# that the list is true. CASES="a b" runs these alone, SHARE=N every Nth.
use strict;
use warnings;
use utf8;
use Cwd qw(getcwd);
use Digest::SHA qw(sha256_hex);
use File::Basename qw(basename dirname);
use File::Path qw(remove_tree);
use File::Temp qw(tempdir);
use JSON::XS;
use Unicode::Normalize qw(NFC);
use lib dirname(__FILE__) . '/causes';
use Causes qw(wrong_causes);

chdir dirname(__FILE__) . '/..' or die "$!\n";
binmode STDOUT, ':utf8';
my $bin = $ENV{SYNCSCOPE} // 'build/syncscope';
$bin = getcwd() . "/$bin" if $bin !~ m{^/};
my $json = JSON::XS->new->utf8;
my %severity = (info => 0, low => 1, medium => 2, high => 3, critical => 4);
my %confidence = (uncertain => 0, derived => 1, documented => 2);
my @naming = qw(dn guid upn userprincipalname samaccountname mail id
	displayname primarysmtpaddress);
# What an address can be at all (RFC 5322, dot-atom).
my $atom = qr/[A-Za-z0-9!#\$%&'*+\/=?^_`{|}~-]+/;
my $address = qr/^$atom(?:\.$atom)*\@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/;

# ---- the case at hand ----

my ($case, $folder, $work, %exit, %said, @steps);

sub listed { my ($v) = @_; return ref $v eq 'ARRAY' ? @$v : ($v) }
sub truth { my ($v) = @_; return JSON::XS::is_bool($v) }
sub low { my ($v) = @_; return defined $v && !ref $v ? lc $v : $v }

# A value as a text that is the same for the same value, whatever its case.
my $plain = JSON::XS->new->canonical->allow_nonref;
sub same_as {
	my ($v) = @_;
	return lc $plain->encode($v);
}

sub slurp {
	my ($path) = @_;
	open my $in, '<:raw', $path or return '';
	local $/;
	return <$in> // '';
}

sub rows_of {
	my ($path) = @_;
	return map { $json->decode($_) } grep { /\S/ } split /\n/,
		slurp($path);
}

# Runs the program; what it says goes to %said under LABEL.
sub call {
	my ($label, @args) = @_;
	my $pid = open(my $out, '-|') // die "$!\n";
	if (!$pid) {
		open STDERR, '>&', \*STDOUT;
		open STDIN, '<', '/dev/null';
		chdir $folder or die "$!\n";
		alarm 60;
		exec $bin, @args or exit 127;
	}
	local $/;
	my $text = <$out> // '';
	close $out;
	$exit{$label} = $? & 127 ? 'signal ' . ($? & 127) : $? >> 8;
	utf8::decode($text);
	$said{$label} = $text;
	push @steps, $label;
}

sub is_done { my ($e) = @_; return $e =~ /^[013]$/ }

# A section that only collectors write, as snapshot(5) says.
sub add_section {
	my ($s) = @_;
	my $snapshot = "$work/$s->{of}";
	my $text = slurp("$snapshot/manifest.json") or return;
	my $manifest = $json->decode($text);
	my $rows = join '', map { $json->encode($_) . "\n" } @{$s->{rows}};
	(my $file = "$s->{section}.ndjson") =~ s/\./-/;
	for my $entry (@{$manifest->{sections}}) {
		next if $entry->{name} ne $s->{section};
		@$entry{qw(state reason count file sha256 attributes)} =
			('complete', undef, scalar @{$s->{rows}},
			$rows ? ($file, sha256_hex($rows)) : (undef, undef),
			'all');
		delete @$entry{qw(xxh3 lacks objects)};
	}
	for ([$file, $rows], ['manifest.json', $json->encode($manifest)]) {
		open my $out, '>:raw', "$snapshot/$_->[0]" or die "$!\n";
		print $out $_->[1];
		close $out or die "$!\n";
	}
}

sub collected { my ($s) = @_; return $s->{collected}
	? ('--collected', $s->{collected}) : () }

my %kinds_of_step = (
	import => sub {
		my ($s) = @_;
		call($s->{as}, qw(collect import), listed($s->{import}), '-o',
			"$work/$s->{as}", collected($s),
			listed($s->{args} // []));
	},
	section => \&add_section,
	analyze => sub {
		my ($s) = @_;
		if (grep { !is_done($exit{$_} // '') } listed($s->{analyze})) {
			@exit{$s->{as}} = ('not run');
			$said{$s->{as}} = '';
			push @steps, $s->{as};
			return;
		}
		call($s->{as}, 'analyze', map({ "$work/$_" }
			listed($s->{analyze})), '-o', "$work/$s->{as}",
			$s->{policy} ? ('--policy', $s->{policy}) : (),
			listed($s->{args} // []));
	},
	verify => sub {
		my ($s) = @_;
		call($s->{as}, 'verify', "$work/$s->{verify}");
	},
	show => sub {
		my ($s) = @_;
		# Where lines end is for tests/unit/wrap.c.
		local $ENV{COLUMNS} = 1000;
		call($s->{as}, 'show', "$work/$s->{of}", $s->{show});
	},
);

sub run_steps {
	for my $s (listed($case->{steps})) {
		my ($kind) = grep { exists $s->{$_} }
			qw(import section analyze verify show);
		$kinds_of_step{$kind}->($s);
	}
}

# ---- what came out ----

sub manifest {
	my ($label) = @_;
	my $text = slurp("$work/$label/manifest.json")
		or die "$label was not written\n";
	return $json->decode($text);
}

sub section {
	my ($label, $name) = @_;
	my ($s) = grep { $_->{name} eq $name } @{manifest($label)->{sections}};
	return $s // { state => 'no such section', count => 0 };
}

sub last_of {
	my ($w) = @_;
	return $w->{of} if $w->{of};
	return (map { $_->{as} } grep { exists $_->{analyze} }
		listed($case->{steps}))[-1];
}

sub lines_of {
	my ($w, $file) = @_;
	manifest(last_of($w));
	return rows_of("$work/" . last_of($w) . "/$file.ndjson");
}

# The value of the first part of a DN, its escapes taken away.
sub first_rdn {
	my ($dn) = @_;
	return undef if ($dn // '') !~ /^[^=]+=((?:\\.|[^,\\])*)/s;
	(my $rdn = $1) =~ s/\\([ ,+#<>;"\\])/$1/g;
	return $rdn;
}

# An object is named by its cn, DN, GUID, sign-in name, account or address.
sub is_object {
	my ($row, $name) = @_;
	return 1 if !defined $name || $name eq '*';
	my @have = (first_rdn($row->{dn}), map { $row->{$_} }
		grep { my $k = lc; grep { $_ eq $k } @naming } keys %$row);
	return grep { defined && !ref && lc eq lc $name } @have;
}

sub is_named {
	my ($rule, $patterns) = @_;
	for (listed($patterns)) {
		my $p = join '.*', map { quotemeta } split /\*/, $_, -1;
		return 1 if $rule =~ /^$p$/;
	}
	return 0;
}

# A text in any case, or /expression/ as it stands; of a list one is enough.
sub has_text {
	my ($text, $want) = @_;
	for (listed($want)) {
		return 1 if m{^/(.+)/$} ? $text =~ /$1/
			: index(lc NFC($text), lc NFC($_)) >= 0;
	}
	return 0;
}

sub text_of {
	my ($row, @keys) = @_;
	@keys = qw(message observed expected fix attribute) if !@keys;
	return join "\n", grep { defined } map { $row->{$_} } @keys;
}

sub chosen {
	my ($w) = @_;
	return grep { is_object($_, $w->{object}) }
		grep { !$w->{rule} || is_named($_->{rule}, $w->{rule}) }
		grep { !$w->{rule_not} ||
			!is_named($_->{rule}, $w->{rule_not}) }
		grep { !$w->{class} || $_->{class} eq $w->{class} }
		lines_of($w, 'findings');
}

sub called {
	my ($w) = @_;
	return join(' ', listed($w->{rule} // 'any rule')) . ' on ' .
		($w->{object} // 'any object');
}

# ---- expectations: each gives what is not as it should be ----

my %want;

$want{output} = sub {
	my ($w) = @_;
	my $text = join "\n", map { $said{$_} // '' } listed($w->{step});
	my @step = listed($w->{step});
	# Folders are called by the case.
	my $bare = $text =~ s/\Q$work\E//gr;
	return ((map { "output of @step: want " . same_as($_) }
		grep { !has_text($text, $_) } listed($w->{has} // [])),
		(map { "output of @step: want it without " . same_as($_) }
		grep { has_text($bare, $_) } listed($w->{lacks} // [])));
};

$want{state} = sub {
	my ($w) = @_;
	my $s = section(@$w{qw(snapshot section)});
	my $is = sub { my ($l) = @_; grep { $_ eq $s->{state} } listed($l) };
	return (($w->{is} && !$is->($w->{is}) || $w->{is_not} &&
		$is->($w->{is_not}) ? "$w->{section} is $s->{state}" : ()),
		defined $w->{count} && $s->{count} != $w->{count}
		? "$w->{section} has $s->{count} objects" : ());
};

sub is_value {
	my ($have, $want) = @_;
	return 1 if same_as($have) eq same_as($want);
	return 0 if ref $want ne 'ARRAY';
	return @$want == 1 && same_as($have) eq same_as($want->[0])
		if ref $have ne 'ARRAY';
	return join("\n", sort map { same_as($_) } @$have) eq
		join("\n", sort map { same_as($_) } @$want);
}

$want{content} = sub {
	my ($w) = @_;
	my $s = section(@$w{qw(snapshot section)});
	my ($row) = grep { is_object($_, $w->{object}) } $s->{file}
		? rows_of("$work/$w->{snapshot}/$s->{file}") : ();
	return "$w->{section} has no $w->{object}" if !$row;
	my ($key) = grep { lc eq lc $w->{attribute} } keys %$row;
	my $have = defined $key ? $row->{$key} : undef;
	my $none = !defined $have || same_as($have) =~ /^(?:""|\[\])$/;
	return "$w->{object}: $w->{attribute} is " . same_as($have)
		if exists $w->{is} && !is_value($have, $w->{is}) ||
		$w->{one_of} && !grep({ same_as($have) eq same_as($_) }
			@{$w->{one_of}}) || $w->{absent} && !$none;
	return ();
};

$want{finding} = sub {
	my ($w) = @_;
	my @rows = chosen($w);
	my $had = join ', ', map { "$_->{severity} $_->{rule}" } @rows;
	my @bad = grep { $severity{$_->{severity}} > $severity{$w->{max}} }
		$w->{max} ? @rows : ();
	return called($w) . ": want at most $w->{max}, have $had" if @bad;
	@rows = grep { $severity{$_->{severity}} >= $severity{$w->{min}} }
		@rows if $w->{min};
	for my $text (listed($w->{mentions} // [])) {
		@rows = grep { has_text(text_of($_), $text) } @rows;
	}
	for my $text (listed($w->{fix_has} // [])) {
		@rows = grep { has_text(text_of($_, 'fix'), $text) } @rows;
	}
	return (defined $w->{count} ? @rows != $w->{count} : !@rows)
		? 'want ' . called($w) . ", have $had" : ();
};

$want{no_finding} = sub {
	my ($w) = @_;
	my @rows = grep { !$w->{above} || $severity{$_->{severity}} >
		$severity{$w->{above}} } chosen($w);
	for my $text (listed($w->{mentions} // [])) {
		@rows = grep { has_text(text_of($_), $text) } @rows;
	}
	return map { "want none: $_->{severity} $_->{rule}: $_->{message}" }
		@rows;
};

$want{fix} = sub {
	my ($w) = @_;
	my @bad;
	for my $row (chosen($w)) {
		my $text = text_of($row, qw(fix expected));
		push @bad, map { "fix of $row->{rule} lacks $_: $text" }
			grep { !has_text($text, $_) } listed($w->{has} // []);
		push @bad, map { "fix of $row->{rule} has $_: $text" }
			grep { has_text($text, $_) } listed($w->{lacks} // []);
	}
	return @bad;
};

# Addresses and names that cannot exist at all.
sub impossible {
	my ($row) = @_;
	return map { "no such address can exist: $_" } grep { !/$address/ }
		(grep { defined } @$row{qw(primarySmtp upn)}),
		map { /^smtp:(.*)/is ? $1 : () }
		@{$row->{proxyAddresses} // []};
}

$want{forecast} = sub {
	my ($w) = @_;
	my ($row) = grep { is_object($_, $w->{object}) && (!$w->{class} ||
		$_->{class} eq $w->{class}) } lines_of($w, 'forecast');
	return "no forecast of $w->{object}" if !$row;
	my %proxy = map { lc() => 1 } @{$row->{proxyAddresses} // []};
	my $is = sub {
		my ($key, $values) = @_;
		grep { same_as($_) eq same_as($row->{$key}) } listed($values);
	};
	my ($have, $is_w, $not) = ($confidence{$row->{confidence}},
		$w->{is} // {}, $w->{not} // {});
	return ((map { "$w->{object}: $_ is " . same_as($row->{$_}) }
		(grep { !$is->($_, $is_w->{$_}) } sort keys %$is_w),
		(grep { $is->($_, $not->{$_}) } sort keys %$not)),
		(map { "$w->{object}: want $_ in " .
			same_as($row->{proxyAddresses}) }
		grep { !$proxy{lc $_} } listed($w->{proxy_has} // [])),
		(map { "$w->{object}: want no $_" }
		grep { $proxy{lc $_} } listed($w->{proxy_lacks} // [])),
		($w->{confidence_max} &&
			$have > $confidence{$w->{confidence_max}} ||
		$w->{confidence_min} &&
			$have < $confidence{$w->{confidence_min}}
		? "$w->{object}: confidence is $row->{confidence}" : ()),
		$w->{possible} ? impossible($row) : ());
};

$want{no_forecast_with} = sub {
	my ($w) = @_;
	my @keys = grep { $_ ne 'of' } sort keys %$w;
	my @rows = grep { my $row = $_; !grep { my $k = $_;
		!grep { same_as($_) eq same_as($row->{$k}) }
			listed($w->{$k}) } @keys } lines_of($w, 'forecast');
	return map { "want no such forecast: $_->{dn}" } @rows;
};

$want{rule} = sub {
	my ($w) = @_;
	my %rules = map { $_->{id} => $_ }
		@{manifest(last_of($w))->{rules}};
	my @bad;
	for my $id (listed($w->{id})) {
		my $r = $rules{$id} // { outcome => 'no such rule' };
		my $assessed = $r->{outcome} =~ /^(?:found|clean)$/;
		my %is = (assessed => $assessed,
			'not assessed' => $r->{outcome} eq 'not-assessed',
			whole => $assessed && !$r->{reason},
			'not whole' => !($assessed && !$r->{reason}));
		push @bad, "rule $id is $r->{outcome}: " .
			($r->{reason} // 'no reason') if !$is{$w->{is}};
	}
	return @bad;
};

$want{same_fingerprint} = sub {
	my ($w) = @_;
	my %seen;
	for my $of (@{$w->{of}}) {
		my @have = sort map { $_->{fingerprint} }
			chosen({ %$w, of => $of });
		$seen{"@have"} = 1;
	}
	return keys %seen == 1 && !$seen{''} ? ()
		: 'want one fingerprint of ' . called($w);
};

# Steps end with 0, 1 or 3, if nothing else is wanted; what comes after one
# that was to fail is not asked for.
sub bad_exits {
	my ($wanted) = @_;
	my ($stopped, @bad);
	for (@steps) {
		my $e = $exit{$_};
		next if $e eq 'not run' && $stopped;
		my $good = exists $wanted->{$_}
			? grep({ $_ eq $e } listed($wanted->{$_}))
			: is_done($e);
		push @bad, "exit of $_ is $e: " . substr($said{$_}, -160)
			if !$good;
		$stopped = 1 if $good && !is_done($e);
	}
	return @bad;
}

sub check_leaf {
	my ($expect, $exits) = @_;
	my @bad = $exits ? bad_exits($exits) : ();
	for my $key (sort keys %$expect) {
		next if $key =~ /^(?:exit|note|any_of)$/;
		my $check = $want{$key};
		push @bad, "no expectation is called $key" if !$check;
		for my $w ($check ? listed($expect->{$key}) : ()) {
			push @bad, eval { $check->($w) };
			push @bad, $@ if $@;
		}
	}
	return @bad;
}

sub check {
	my ($expect, $exits) = @_;
	my %exits = (%{$exits // {}}, %{$expect->{exit} // {}});
	return check_leaf($expect, \%exits) if !$expect->{any_of};
	my @tries = map { [check($_, \%exits)] } @{$expect->{any_of}};
	return (check_leaf($expect, undef), (grep { !@$_ } @tries) ? ()
		: 'none of: ' . join(' | ', map { "@$_" } @tries));
}

# ---- all of them ----

my %told;        # "ROOT FOLLOWER", of what follows

# A DN of at least two parts: objects are told by their names and places.
my $dn = qr/\b(?:CN|OU|DC)=[^,"]+,(?:[^"]*,)?\s*DC=/i;

sub named_by_dn {
	my ($folder) = @_;
	my %said = map { $_ => 1 } map {
		my $row = $_;
		map { "$_ names by a DN: $row->{$_}" }
			grep { ($row->{$_} // '') =~ $dn }
			qw(message fix unproposed title brief);
	} map { rows_of("$folder/$_.ndjson") } qw(findings causes);
	return sort keys %said;
}

sub causes_in {
	my ($path) = @_;
	$told{"$_->{followsRule} $_->{rule}"} = 1
		for grep { defined $_->{followsRule} } rows_of($path);
	return (wrong_causes(dirname($path)), named_by_dn(dirname($path)));
}

my %todo = map { $_ => 1 } grep { /^[^#]/ } split /\s*\n/,
	slurp('tests/cases/todo');
my @ids = $ENV{CASES} ? split(' ', $ENV{CASES})
	: map { basename(dirname($_)) } sort glob 'tests/cases/*/case.json';
my $share = $ENV{SHARE} // 1;
@ids = @ids[grep { $_ % $share == 0 } 0 .. $#ids];
my $whole = !$ENV{CASES} && $share == 1;
my $tmp = tempdir(CLEANUP => 1);
my $top = getcwd();
my $n = 0;

print '1..', @ids + $whole, "\n";
for my $id (@ids) {
	($folder, $work) = ("$top/tests/cases/$id", "$tmp/$id");
	(%exit, %said, @steps) = ();
	mkdir $work;
	my @bad = eval {
		$case = $json->decode(slurp("$folder/case.json"));
		run_steps();
		(check($case->{expect}), map { causes_in($_) }
			glob("$work/*/findings.ndjson"));
	};
	push @bad, $@ if $@;
	remove_tree($work);
	my $good = $todo{$id} ? @bad : !@bad;
	$n++;
	print $good ? '' : 'not ', "ok $n - $id",
		$todo{$id} ? ' (to do)' : '', "\n";
	next if $good;
	@bad = 'holds by now: take it off tests/cases/todo' if $todo{$id};
	print map { "# $_\n" } map { split /\n/, substr $_, 0, 400 } @bad;
}

# Each row of the table of causes is shown by some case.
if ($whole) {
	my @rows = map { s/", "/ /r } slurp('analyze/rules/cause.c') =~
		/^\t\{ "([\w-]+", "[\w-]+)",/mg;
	my @lacks = @rows ? grep { !$told{$_} } @rows : 'any row';
	print @lacks ? 'not ' : '', 'ok ', $n + 1, " - every cause\n",
		map { "# no case of $_\n" } @lacks;
}
