# The world two weeks earlier: some were elsewhere, some disabled or enabled,
# and some not there yet.
package Earlier;
use strict;
use warnings;
use Exporter qw(import);

our @EXPORT_OK = qw(earlier);

sub chance { return rand() < $_[0]; }

# Tells each object how it was, or that it was not: was, with dn and uac. Gives
# the world as it was.
sub earlier {
	my ($w) = @_;
	srand($w->{seed} + 1);
	my @then;
	for my $o (@{$w->{objects}}) {
		$o->{was} = undef;
		next if $o->{story} eq 'newcomer' && chance(0.5);
		my %is = (%$o, changed_place($o), changed_state($o));
		$o->{was} = { dn => $is{dn}, uac => $is{uac} };
		push @then, \%is;
	}
	return { %$w, objects => \@then };
}

# Who left was among the staff; a few of the staff were elsewhere, or had left.
sub changed_place {
	my ($o) = @_;
	my $dn = $o->{dn};
	return (dn => $dn =~ s/,OU=Left,OU=Staff,/,OU=Staff,/r)
		if $dn =~ /,OU=Left,/ && chance(0.7);
	return () if $o->{class} ne 'user' || $dn !~ /,OU=Staff,DC=/;
	return (dn => $dn =~ s/,(OU=\w+,)?OU=Staff,/,OU=Left,OU=Staff,/r)
		if chance(0.02);
	return (dn => $dn =~ s/,(OU=\w+,)?OU=Staff,/,OU=Plant,OU=Staff,/r)
		if chance(0.02);
	return ();
}

sub changed_state {
	my ($o) = @_;
	return () if $o->{class} ne 'user' || defined $o->{master};
	return chance($o->{uac} & 2 ? 0.3 : 0.02) ? (uac => $o->{uac} ^ 2) : ();
}

1;
