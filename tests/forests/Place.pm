# What a policy says of a forest: its engine, its scope, and the settings that
# all forests of one sync server share. CONTRACT is the contract on several
# forests, FILTER "Configure filtering".
package Place;
use strict;
use warnings;
use Exporter qw(import);

our @EXPORT_OK = qw(engine_of setting_of place_of);

# CONTRACT: a forest's scope replaces the top-level one, sync completes it key
# by key.
sub engine_of {
	my ($policy, $forest) = @_;
	return $policy->{forests}{$forest}{sync}{engine}
		// $policy->{sync}{engine};
}

# Anchor and join: one for all forests under Connect.
sub setting_of {
	my ($policy, $key) = @_;
	for my $forest (sort keys %{$policy->{forests} // {}}) {
		my $value = $policy->{forests}{$forest}{sync}{$key};
		return $value if defined $value;
	}
	return $policy->{sync}{$key};
}

sub scope_of_forest {
	my ($policy, $forest) = @_;
	return $policy->{forests}{$forest}{scope} // $policy->{scope} // {};
}

# FILTER: the nearest container of the two lists decides. CONTRACT: a domain
# that no list names is out. Returns included, excluded or unnamed.
sub place_of {
	my ($policy, $domain, $dn) = @_;
	my $scope = scope_of_forest($policy, $domain->{forest});
	my ($best, $place) = (0, @{$scope->{include} // []} ? 'excluded'
		: 'included');
	for my $row (['included', $scope->{include}],
		['excluded', $scope->{exclude}]) {
		for my $container (@{$row->[1] // []}) {
			next if lc(",$dn") !~ /,\Q@{[lc $container]}\E$/;
			next if length $container <= $best;
			($best, $place) = (length $container, $row->[0]);
		}
	}
	return $place if $best || $place eq 'included';
	return names_domain($scope, $domain) ? $place : 'unnamed';
}

sub names_domain {
	my ($scope, $domain) = @_;
	for my $container (@{$scope->{include} // []},
		@{$scope->{exclude} // []}) {
		my @parts = $container =~ /(?:^|,)DC=([^,]*)/gi;
		return 1 if lc join('.', @parts) eq lc $domain->{dns};
	}
	return 0;
}

1;
