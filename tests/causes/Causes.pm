# What findings say that they follow from: another finding of the same folder.
package Causes;
use strict;
use warnings;
use Exporter qw(import);
our @EXPORT_OK = qw(wrong_causes);

# Of the findings of one folder, what is wrong, as texts.
sub wrong_causes {
	my %by = map { $_->{fingerprint} => $_ } @_;
	my @bad;

	for my $f (@_) {
		my ($id, $rule) = @$f{qw(cause causeRule)};
		my $root = defined $id ? $by{$id} : undef;
		my $wrong = !exists $f->{cause} ? 'has no member "cause"'
			: !defined $id ? defined $rule && 'has only causeRule'
			: !$root ? 'follows from what is not there'
			: defined $root->{cause} ? 'follows from what follows'
			: ($rule // '') ne $root->{rule} ? 'names another rule'
			: $f->{fix} !~ /\Q$rule\E/ && 'has a fix without it';
		push @bad, "$f->{rule} of " . ($f->{dn} // $f->{upn} // '?') .
			": $wrong" if $wrong;
	}
	return @bad;
}

1;
