# What exchange.json has to be whatever the organization (findings(5)): each
# condition and path in order, and what follows from what within one file.
package Contract;
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use Exporter qw(import);

our @EXPORT_OK = qw(faults conditions paths);

my @every = qw(no-sync management-tools cloud-managed);

my @conditions = (
	['organization-read', 'blocks', @every],
	['mailboxes-moved', 'blocks', @every],
	['archives-moved', 'blocks', @every],
	['public-folders-moved', 'blocks', @every],
	['remote-mailbox-twins', 'blocks', @every],
	['no-relay', 'blocks', @every],
	['mail-routing-cloud', 'blocks', @every],
	['sync-off', 'blocks', 'no-sync'],
	['sync-on', 'blocks', 'management-tools', 'cloud-managed'],
	['one-server', 'blocks', 'management-tools'],
	['target-delivery-domain', 'blocks', 'management-tools'],
	['no-recipient-auditing', 'blocks', 'management-tools'],
	['engine-version', 'blocks', 'cloud-managed'],
	['mailboxes-cloud-managed', 'blocks', 'cloud-managed'],
	['groups-contacts-cloud-managed', 'blocks', 'cloud-managed'],
	['system-mailboxes', 'task', @every],
	['hybrid-leftovers', 'task', @every],
	['autodiscover-scp', 'task', @every],
	['address-policies', 'task', @every],
	['management-tools-prepared', 'task', 'management-tools'],
	['cloud-managed-default', 'task', 'cloud-managed'],
);

my %last_step = ('no-sync' => 'uninstall', 'management-tools' => 'shut-down',
	'cloud-managed' => 'uninstall');

my %ended = map { $_ => 1 } qw(none schema-only prepared tools-only);

# Of these every object that is counted is a finding.
my @of_objects = qw(mailboxes-moved archives-moved public-folders-moved
	remote-mailbox-twins one-server mailboxes-cloud-managed
	groups-contacts-cloud-managed system-mailboxes hybrid-leftovers
	autodiscover-scp address-policies);

sub conditions { return map { $_->[0] } @conditions; }

sub paths { return @every; }

sub lacks {
	my ($what, $thing, @keys) = @_;
	return map { exists $thing->{$_} ? () : "$what has no $_" } @keys;
}

sub same {
	my ($what, $have, $want) = @_;
	return "@$have" eq "@$want" ? () : "$what: [@$have], want [@$want]";
}

# None when met, some when not met, null where nobody can know.
sub count_fault {
	my ($c) = @_;
	my ($result, $count) = @$c{qw(result count)};
	return defined $count && $count == 0 if $result eq 'met';
	return defined $count && $count >= 1 if $result eq 'not-met';
	return !defined $count;
}

sub evidence_faults {
	my ($c) = @_;
	my @evidence = @{$c->{evidence}};
	my @faults = map { lacks("evidence of $c->{id}", $_,
		qw(dn guid attribute value)) } @evidence;
	my @dns = map { $_->{dn} // '' } @evidence;
	my @sorted = sort @dns;
	push @faults, same("evidence of $c->{id}", \@dns, \@sorted);
	push @faults, "$c->{id}: evidence of " . @evidence if @evidence > 50;
	push @faults, "$c->{id}: met, with evidence"
		if $c->{result} eq 'met' && @evidence;
	return @faults;
}

sub condition_faults {
	my ($c, $row) = @_;
	my ($id, $kind, @paths) = @$row;
	my @faults = lacks($id, $c, qw(id result count reason evidence kind
		paths fix source));
	return @faults if @faults;
	push @faults, "$id: result $c->{result}" if $c->{result} !~
		/^(met|not-met|not-applicable|not-assessed)$/;
	push @faults, "$id: $c->{result}, count " . ($c->{count} // 'null')
		if !count_fault($c);
	push @faults, "$id: not assessed without a reason"
		if $c->{result} eq 'not-assessed' && !$c->{reason};
	push @faults, "$id: kind $c->{kind}" if $c->{kind} ne $kind;
	push @faults, same("paths of $id", $c->{paths}, \@paths);
	push @faults, "$id: no $_" for grep { !$c->{$_} } qw(fix source);
	return @faults, evidence_faults($c);
}

sub path_state {
	my ($state, $missing, $open) = @_;
	return 'not-applicable' if $ended{$state};
	return @$missing ? 'not-ready' : @$open ? 'not-assessed' : 'ready';
}

sub path_faults {
	my ($p, $j) = @_;
	my @faults = lacks("path $p->{id}", $p,
		qw(id state missing open lastStep));
	return @faults if @faults;
	my %of;
	for my $c (@{$j->{conditions}}) {
		push @{$of{$c->{result}}}, $c->{id} if $c->{kind} eq 'blocks'
			&& grep { $_ eq $p->{id} } @{$c->{paths}};
	}
	my @missing = @{$of{'not-met'} // []};
	my @open = @{$of{'not-assessed'} // []};
	my $state = path_state($j->{organization}{state}, \@missing, \@open);
	push @faults, "path $p->{id}: $p->{state}, want $state"
		if $p->{state} ne $state;
	push @faults, "path $p->{id}: last step $p->{lastStep}"
		if $p->{lastStep} ne $last_step{$p->{id}};
	return @faults if $state eq 'not-applicable';
	return @faults, same("missing of $p->{id}", $p->{missing}, \@missing),
		same("open of $p->{id}", $p->{open}, \@open);
}

sub verdict {
	my ($state, %paths) = @_;
	return 'never-needed' if $state =~ /^(none|schema-only)$/;
	return 'no-server' if $state =~ /^(prepared|tools-only)$/;
	if ($state eq 'servers') {
		return 'can-go-by-cloud-managed'
			if $paths{'cloud-managed'} eq 'ready';
		return 'can-go-by-management-tools'
			if $paths{'management-tools'} eq 'ready';
		return 'can-go-without-sync' if $paths{'no-sync'} eq 'ready';
	}
	return 'must-keep' if !grep { $_ ne 'not-ready' } values %paths;
	return 'not-assessed';
}

sub organization_faults {
	my ($o) = @_;
	my @faults = (lacks('organization', $o, qw(state reason name dn hybrid
		objectVersion domainVersion schema)), lacks('schema',
		$o->{schema} // {}, qw(rangeUpper release attributes)));
	push @faults, "state $o->{state}" if $o->{state} !~
		/^(none|schema-only|prepared|tools-only|servers|unknown)$/;
	push @faults, 'state unknown without a reason'
		if $o->{state} eq 'unknown' && !$o->{reason};
	return @faults;
}

sub server_faults {
	my ($s) = @_;
	my @faults = lacks('server', $s, qw(name dn guid version product
		update roles support supportEnds));
	push @faults, "support $s->{support}" if $s->{support} !~
		/^(supported|esu|ended|unknown)$/;
	push @faults, "$s->{name}: an update without a product"
		if $s->{update} && !$s->{product};
	return @faults;
}

sub finding_faults {
	my ($j, $findings) = @_;
	my %count;
	$count{$_->{rule}}++ for @$findings;
	my %wanted = map { $_ => 1 } @of_objects;
	return map { my $found = $count{"exchange-$_->{id}"} // 0;
		$found == $_->{count} ? () : "$_->{id}: count $_->{count}, "
		. "$found findings" } grep { $wanted{$_->{id}}
		&& defined $_->{count} } @{$j->{conditions}};
}

# What is wrong with an exchange.json, its findings beside it.
sub faults {
	my ($j, $findings) = @_;
	my @faults = lacks('exchange.json', $j, qw(format version asOf verdict
		organization servers conditions paths));
	return @faults if @faults;
	push @faults, "format $j->{format} $j->{version}"
		if "$j->{format} $j->{version}" ne 'syncscope-exchange 1';
	push @faults, same('conditions', [map { $_->{id} }
		@{$j->{conditions}}], [conditions()]);
	push @faults, same('paths', [map { $_->{id} } @{$j->{paths}}],
		\@every);
	return @faults if @faults;
	push @faults, organization_faults($j->{organization});
	push @faults, map { server_faults($_) } @{$j->{servers}};
	push @faults, condition_faults($j->{conditions}[$_], $conditions[$_])
		for 0 .. $#conditions;
	push @faults, map { path_faults($_, $j) } @{$j->{paths}};
	my $verdict = verdict($j->{organization}{state}, map { $_->{id} =>
		$_->{state} } @{$j->{paths}});
	push @faults, "verdict $j->{verdict}, want $verdict"
		if $j->{verdict} ne $verdict;
	return @faults, finding_faults($j, $findings);
}

1;
