# What the manifest of findings tells of each forest, held against the world and
# against the lines of findings and forecast. CONTRACT is the contract on
# several forests, domains and tenants.
package Summary;
use strict;
use warnings;
use Exporter qw(import);
use Expected ();
use JSON::XS;

our @EXPORT_OK = qw(forests_of places_of summary_of);

my $json = JSON::XS->new->utf8->canonical;

# Each forest of the manifest as a text, but for what says how the data were
# cut.
sub forests_of {
	my ($folder) = @_;
	my $path = "$folder/manifest.json";
	open my $in, '<:raw', $path or die "$path: $!\n";
	my $manifest = $json->decode(join '', <$in>);
	my @forests = @{$manifest->{forests} // []};
	for my $forest (@forests) {
		delete @$_{qw(snapshot collected history)}
			for @{$forest->{domains}};
		$forest->{domains} = [sort { $a->{name} cmp $b->{name} }
			@{$forest->{domains}}];
	}
	return [map { $json->encode($_) . "\n" } @forests];
}

sub count {
	my ($count, $lines, $key) = @_;
	for my $line (@$lines) {
		my ($forest) = $line =~ /"forest":"([^"]*)"/ or next;
		my ($word) = $line =~ /"$key":(?:"([^"]*)"|null)/;
		$count->{$forest}{$word // 'unknown'}++;
	}
	return $count;
}

# CONTRACT: sorted by name, with their domains; and the sums of each.
sub summary_of {
	my ($w, $said) = @_;
	my @told = map { $json->decode($_) } @{$said->{forests}};
	my %domains;
	$domains{$_->{forest}}{$_->{dns}} = $_->{sid} for @{$w->{domains}};
	my $got = join ' ', map { $_->{name} } @told;
	my $want = join ' ', sort keys %domains;
	return "forests $got, want $want\n" if $got ne $want;
	my %sums = (byAction => count({}, $said->{forecast}, 'action'),
		byReadiness => count({}, $said->{forecast}, 'readiness'),
		bySeverity => count({}, $said->{findings}, 'severity'));
	my @why;
	for my $forest (@told) {
		my $name = $forest->{name};
		push @why, domains_of($forest, $domains{$name}), map {
			sums_of("$name: $_", $forest->{$_}, $sums{$_}{$name})
			} sort keys %sums;
	}
	return @why;
}

sub domains_of {
	my ($forest, $sids) = @_;
	my $text = sub { my %of = @_; return join ', ', map { "$_ "
		. ($of{$_} // 'null') } sort keys %of; };
	my $got = $text->(map { $_->{name} => $_->{sid} }
		@{$forest->{domains}});
	my $want = $text->(%$sids);
	return () if $got eq $want;
	return "$forest->{name}: domains $got, want $want\n";
}

sub sums_of {
	my ($what, $got, $want) = @_;
	my %words = map { $_ => 1 } keys %{$got // {}}, keys %{$want // {}};
	return map { my ($g, $n) = ($got->{$_} // 0, $want->{$_} // 0);
		$g == $n ? () : "$what $_ $g, but there are $n lines\n" }
		sort keys %words;
}

# CONTRACT: findings have forest and domain, too.
sub places_of {
	my ($w, $findings) = @_;
	my %of = map { Expected::guid_text($_->{guid}) => $_->{domain} }
		@{$w->{objects}};
	my @why;
	for my $line (@$findings) {
		my ($guid) = $line =~ /"guid":"([^"]*)"/ or next;
		my $d = $of{$guid} or next;
		push @why, "not of $d->{dns} in $d->{forest}: $line"
			if $line !~ /"forest":"\Q$d->{forest}\E"/
			|| $line !~ /"domain":"\Q$d->{dns}\E"/;
	}
	return @why > 20 ? @why[0 .. 19] : @why;
}

1;
