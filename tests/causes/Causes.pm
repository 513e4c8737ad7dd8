# What findings say that they follow from, and what cause they have: another
# finding, and a line of causes.ndjson, of the same folder.
package Causes;
use strict;
use warnings;
use Exporter qw(import);
use JSON::XS;
our @EXPORT_OK = qw(wrong_causes);

my $json = JSON::XS->new->utf8;
my @severities = qw(critical high medium low info);
my %rank = map { $severities[$_] => $_ } 0 .. $#severities;

sub rows {
	my ($path) = @_;
	open my $in, '<', $path or return;
	return map { $json->decode($_) } <$in>;
}

sub uniq {
	my %seen;
	return grep { !$seen{$_}++ } @_;
}

# What is wrong with what a finding follows from.
sub wrong_follower {
	my ($f, $by) = @_;
	my ($id, $rule) = @$f{qw(follows followsRule)};
	my $root = defined $id ? $by->{$id} : undef;

	return !exists $f->{follows} ? 'has no member "follows"'
		: !defined $id ? defined $rule && 'has only followsRule'
		: !$root ? 'follows from what is not there'
		: defined $root->{follows} ? 'follows from what follows'
		: ($rule // '') ne $root->{rule} ? 'names another rule'
		: ($f->{cause} // '') ne ($root->{cause} // '-')
			? 'has another cause than its root'
		: $f->{fix} !~ /\Q$rule\E/ && 'has a fix without it';
}

# What is wrong with a cause, by the findings that have it.
sub wrong_cause {
	my ($c, @of) = @_;
	my @roots = grep { !defined $_->{follows} } @of;
	my @objects = uniq(map { $_->{guid} // $_->{dn} // $_->{object} //
		$_->{upn} // '' } @of);
	my @labels = sort { $a cmp $b } uniq(map { $_->{upn} // $_->{dn} //
		$_->{guid} // $_->{object} // '(no name)' } @of);
	my ($worst) = sort { $a <=> $b } map { $rank{$_->{severity}} } @of;
	my ($counts) = $c->{title} =~ /^([^:]+): \S/;
	my $told = 0;

	$told += $_ for ($counts // '') =~ /\b(\d+) [a-z]/g;
	$#labels = 4 if @labels > 5;
	return !@of ? 'is that of no finding'
		: $c->{objects} != @objects ? 'counts other objects'
		: $told != @objects ? 'tells another number of them'
		: $c->{findings} != @roots ? 'counts other findings'
		: $c->{attached} != @of - @roots ? 'counts others attached'
		: $c->{severity} ne $severities[$worst] ? 'is not the worst'
		: "@{$c->{examples}}" ne "@labels" ? 'has other examples'
		: !length($c->{action} // '') ? 'says nothing to do'
		: "$c->{title} $c->{action}" =~ /\{\}/ ? 'has a gap'
		: (grep { $_->{rule} ne $c->{rule} || ($_->{authority} // '')
			ne ($c->{authority} // '') } @roots)
			? 'is of another rule or authority' : undef;
}

sub key_of { return $_[0]{guid} // $_[0]{dn} // $_[0]{object} // $_[0]{upn}; }

# What blocks each object that is blocked, with others or alone: causes that can
# be cured, or nothing where a finding of it is waived.
sub blockers {
	my ($folder, $findings) = @_;
	my (%on, @sets);

	push @{$on{key_of($_) // ''}}, $_ for @$findings;
	for my $f (grep { $_->{readiness} eq 'blocked' }
		rows("$folder/forecast.ndjson")) {
		my %by = map { $_ => 1 } @{$f->{readinessRules}};
		my @of = grep { $rank{$_->{severity}} <= $rank{high} &&
			$by{$_->{rule}} } @{$on{key_of($f)}};
		push @sets, { all => { map { $_->{cause} => 1 } @of },
			stays => (grep { $_->{status} ne 'open' } @of) > 0 };
	}
	return @sets;
}

# Of each cause that can be cured, its place and how many are blocked after it:
# from all that is left the one that frees most is taken, again and again.
sub ranks {
	my ($causes, @sets) = @_;
	my %left = map { $_->{id} => $_ } grep { ($_->{status} // '') ne
		'waived' } @$causes;
	my @left = map { { %$_, all => { %{$_->{all}} } } } @sets;
	my ($blocked, $n, %ranks) = (scalar @sets, 0);

	while (%left) {
		my (%frees, %waits);
		for my $set (grep { !$_->{stays} } @left) {
			my @of = keys %{$set->{all}};
			$waits{$_}++ for @of;
			$frees{$of[0]}++ if @of == 1;
		}
		my ($next) = sort { ($frees{$b} // 0) <=> ($frees{$a} // 0) ||
			($waits{$b} // 0) <=> ($waits{$a} // 0) ||
			$rank{$left{$a}{severity}} <=> $rank{$left{$b}{severity}}
			|| $left{$b}{objects} <=> $left{$a}{objects} ||
			$a cmp $b } keys %left;
		$blocked -= $frees{$next} // 0;
		delete $_->{all}{$next} for @left;
		@left = grep { $_->{stays} || %{$_->{all}} } @left;
		$ranks{$next} = { order => ++$n, after => $blocked };
		delete $left{$next};
	}
	return ($blocked, %ranks);
}

sub changes { return scalar uniq(map { $_->{change} // () }
	grep { $_->{status} eq 'open' } @_); }

# What is wrong with the order of causes, and with what they count of others.
sub wrong_ranks {
	my ($folder, $findings, $causes) = @_;
	my ($manifest) = $json->decode(do { local $/; open my $in, '<',
		"$folder/manifest.json" or die "$folder: $!\n"; <$in> });
	my @sets = blockers($folder, $findings);
	my ($left, %ranks) = ranks($causes, @sets);
	my $has = -s "$folder/forecast.ndjson";
	my (%of, @bad, @orders);

	push @{$of{$_->{cause} // ''}}, $_ for @$findings;
	for my $c (@$causes) {
		my $is = $ranks{$c->{id}};
		my $blocked = grep { $_->{all}{$c->{id}} } @sets;
		my $changes = changes(@{$of{$c->{id}} // []});

		push @orders, $c->{order} // 1e9;
		push @bad, "$c->{title}: counts $c->{changes} changes of " .
			$changes if $c->{changes} != $changes;
		push @bad, "$c->{title}: blocks $c->{blocked}, not $blocked"
			if $has && $c->{blocked} != $blocked;
		push @bad, "$c->{title}: tells of blocked ones" if !$has &&
			exists $c->{blocked};
		push @bad, "$c->{title}: is not $is->{order} but " .
			($c->{order} // 'none') if $has &&
			($c->{order} // 0) != ($is->{order} // 0);
		push @bad, "$c->{title}: leaves $c->{blockedAfter}, not " .
			$is->{after} if $has && $is &&
			$c->{blockedAfter} != $is->{after};
		push @bad, "$c->{title}: has no steps, owner or brief" if
			!@{$c->{steps}} || !$c->{owner} || !$c->{brief};
		push @bad, "$c->{title}: claims more than told" if
			@{$c->{conflicts}} > 25;
	}
	push @bad, 'causes are not in their order' if "@orders" ne
		join ' ', sort { $a <=> $b } @orders;
	push @bad, 'another number of changes' if $manifest->{changes} !=
		changes(@$findings);
	push @bad, 'others are left' if $has && $manifest->{blockedLeft} !=
		$left;
	return @bad;
}

# Of the findings of a folder, what is wrong, as texts.
sub wrong_causes {
	my ($folder) = @_;
	my @findings = rows("$folder/findings.ndjson");
	my @causes = rows("$folder/causes.ndjson");
	my %by = map { $_->{fingerprint} => $_ } @findings;
	my %known = map { $_->{id} => $_ } @causes;
	my (%of, @bad);

	for my $f (@findings) {
		my $wrong = wrong_follower($f, \%by) || (!$known{$f->{cause} //
			''} && 'has no cause in causes.ndjson');
		push @bad, "$f->{rule} of " . ($f->{dn} // $f->{upn} // '?') .
			": $wrong" if $wrong;
		push @{$of{$f->{cause} // ''}}, $f;
	}
	for my $c (@causes) {
		my $wrong = wrong_cause($c, @{$of{$c->{id}} // []});
		push @bad, "cause $c->{title}: $wrong" if $wrong;
	}
	push @bad, 'causes of one id' if keys %known != @causes;
	push @bad, wrong_ranks($folder, \@findings, \@causes);
	return @bad;
}

1;
