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
	my @order = map { join ' ', $rank{$_->{severity}},
		sprintf('%09d', 999999999 - $_->{objects}), $_->{id} } @causes;
	push @bad, 'causes in another order' if "@order" ne join ' ',
		sort { $a cmp $b } @order;
	return @bad;
}

1;
