# The forecast of several forests a second time: plain, by looking at everybody,
# and written from the documents alone. CONTRACT is the contract on several
# forests, domains and tenants, USERCONT "Understanding Users, Groups, and
# Contacts", TOPOLOGIES "Topologies for Microsoft Entra Connect", EXISTTEN
# "When you have an existing tenant", FILTER "Configure filtering", DUPRES
# "Identity synchronization and duplicate attribute resiliency". What an object
# by itself becomes is asked of Model.pm. Where documents are silent nothing is
# wanted.
package Expected;
use strict;
use warnings;
use Exporter qw(import);
use Joining qw(join_objects);
use MIME::Base64 qw(encode_base64);
use Model ();
use Place qw(engine_of setting_of place_of);

our @EXPORT_OK = qw(expected);

my %assumed = (routingDomain => 'accepted', signInName =>
	'userPrincipalName', masking => 'raw', severalPrimaries => 'first',
	unverifiedPrimary => 'moera', nicknameOnUpnChange => 'keep',
	invalidCharacters => 'discard');

# What is wanted of each object, by its GUID: keys of its forecast with a value,
# a list of values of which one is right, or { not => [...] }; and confidence,
# the most that it may be; stands, objects of which one must be named; says,
# texts; has and lacks, addresses.
sub expected {
	my ($w, $policy) = @_;
	my $m = { world => $w, policy => $policy, tenant => tenant_of($w),
		things => [map { thing($w, $policy, $_) } grep {
		$_->{class} =~ /^(user|group|contact)$/ } @{$w->{objects}}] };
	join_objects($m);
	note_claims($m);
	my %want;
	for my $x (@{$m->{things}}) {
		$want{guid_text($x->{o}{guid})} = { forest =>
			$x->{o}{domain}{forest}, domain => $x->{o}{domain}{dns},
			wanted_of($m, $x) };
	}
	return (\%want, $m);
}

sub guid_text {
	my ($octets) = @_;
	my ($a, $b, $c, @d) = unpack 'VvvnC6', $octets;
	return sprintf '%08x-%04x-%04x-%04x-%02x%02x%02x%02x%02x%02x', $a, $b,
		$c, @d;
}

# ---- the tenant ----

sub addresses { return map { /^smtp:(.*)/i ? lc $1 : () } @{$_[0]}; }

sub primary_of {
	my ($list) = @_;
	return (map { /^SMTP:(.*)/ ? lc $1 : () } @$list)[0];
}

sub tenant_of {
	my ($w) = @_;
	my %t;
	for my $a (@{$w->{tenant}{users}}) {
		my $anchor = $a->{onPremisesImmutableId};
		$t{anchor}{$anchor} = $a if defined $anchor;
		next if defined $anchor || $a->{onPremisesSyncEnabled};
		$t{free}{primary_of($a->{proxyAddresses})} = $a;
		$t{name}{lc $a->{userPrincipalName}} = $a;
	}
	$t{deleted}{$_->{onPremisesImmutableId}} = $_
		for @{$w->{tenant}{deleted}};
	$t{sid}{$_->{onPremisesSecurityIdentifier}} = $_
		for @{$w->{tenant}{groups}};
	$t{contact}{primary_of($_->{proxyAddresses})} = $_
		for @{$w->{tenant}{contacts}};
	for my $a (map { @{$w->{tenant}{$_}} } qw(users groups contacts)) {
		$t{holder}{$_} = $a for addresses($a->{proxyAddresses});
	}
	return \%t;
}

# ---- one object ----

sub thing {
	my ($w, $policy, $o) = @_;
	my $x = { o => $o, engine => engine_of($policy, $o->{domain}{forest}) };
	$x->{anchor} = encode_base64(anchor_of($policy, $x), '');
	$x->{linked} = defined $o->{master} && ($o->{type} // 0) == 2;
	($x->{in}, $x->{why}) = scope_of($w, $policy, $x);
	return $x;
}

# CONTRACT 1 and 3: users, and groups where it is said to be the anchor; under
# Cloud Sync wherever it is set.
sub anchor_of {
	my ($policy, $x) = @_;
	my ($o, $said) = ($x->{o}, setting_of($policy, 'anchor') // '');
	return $o->{guid} if !defined $o->{consistency};
	return $o->{guid} if $x->{engine} eq 'connect'
		&& $said eq 'objectGUID';
	return $o->{guid} if $x->{engine} eq 'connect' && !$said
		&& $o->{class} eq 'group';
	return $o->{consistency};
}

# Whether it is in scope, and if not what keeps it out.
sub scope_of {
	my ($w, $policy, $x) = @_;
	my $o = $x->{o};
	my $place = place_of($policy, $o->{domain}, $o->{dn});
	return (0, $place) if $place ne 'included';
	return (0, 'filter') if ($o->{adminDescription} // '') =~ /^User_/;
	return (1, 'linked') if $x->{linked};
	return (0, 'filter') if !forecast($w, $policy, $x)->{inScope};
	# CONTRACT: matching by mail, and users without.
	return (0, 'mail') if $x->{engine} eq 'connect' && $o->{class} eq 'user'
		&& (setting_of($policy, 'join') // '') eq 'mail'
		&& !defined $o->{mail};
	return (1, '');
}

# Model.pm's view of it; a linked mailbox gives what its master lacks.
sub forecast {
	my ($w, $policy, $x, $account, $box) = @_;
	my %o = (sam => '', %{$x->{o}}, account => undef);
	if ($box) {
		$o{$_} //= $box->{o}{$_} for qw(mail nick);
		$o{proxies} = $box->{o}{proxies} if !@{$o{proxies}};
	}
	$o{account} = { plan => 1, proxies => $account->{proxyAddresses},
		synced => $account->{onPremisesSyncEnabled} ? 1 : 0,
		upn => $account->{userPrincipalName},
		nick => $account->{mailNickname}, onPremUpn =>
		$account->{onPremisesUserPrincipalName} } if $account
		&& $x->{o}{class} eq 'user';
	return Model::expected({ %assumed, initial => $w->{initial},
		verified => $w->{verified}, dns => $x->{o}{domain}{dns},
		exchangeOnline => $policy->{licensing}{exchangeOnline} }, \%o);
}

# ---- who wants what ----

sub is_part { my ($x) = @_; return $x->{stands} && @{$x->{stands}}; }

# Addresses that several want, of those that come to the tenant by themselves.
sub note_claims {
	my ($m) = @_;
	for my $x (grep { $_->{in} && !$_->{linked} && !is_part($_) }
		@{$m->{things}}) {
		my %once = map { $_ => 1 } addresses($x->{o}{proxies}),
			defined $x->{o}{mail} ? lc $x->{o}{mail} : ();
		push @{$m->{claims}{$_}}, $x for keys %once;
	}
}

sub rivals {
	my ($m, $address) = @_;
	return scalar @{$m->{claims}{lc($address // '')} // []} > 1;
}

# ---- what is wanted ----

sub wanted_of {
	my ($m, $x) = @_;
	return () if $x->{open};
	return (inScope => 0, wanted_outside($m, $x)) if !$x->{in};
	return wanted_part($x) if is_part($x);
	return wanted_linked($x) if $x->{linked};
	return (inScope => 1, wanted_doubt($x)) if $x->{vague};
	my %want = (inScope => 1, wanted_doubt($x), $x->{o}{class} eq 'user'
		? wanted_user($m, $x) : $x->{o}{class} eq 'group'
		? wanted_group($m, $x) : wanted_contact($m, $x));
	return %want;
}

# FILTER: what left is deleted, but what another object took over stays.
sub wanted_outside {
	my ($m, $x) = @_;
	my $o = $x->{o};
	return (match => 'none') if $x->{why} eq 'unnamed';
	return (action => { not => [qw(create match restore)] })
		if $x->{why} eq 'mail' || $x->{linked};
	my $account = $o->{class} eq 'user' ? $m->{tenant}{anchor}{$x->{anchor}}
		: $o->{class} eq 'group' ? $m->{tenant}{sid}{$o->{sid}} : undef;
	return (match => 'none', action => 'none') if !$account;
	my @heirs = grep { $_->{in} && $_->{anchor} eq $x->{anchor} }
		@{$m->{by_anchor}{$x->{anchor}}};
	return (match => 'none', action => 'delete') if !@heirs;
	return () if grep { $_->{engine} ne 'connect' } $x, @heirs;
	return (action => { not => [qw(delete create match)] });
}

# CONTRACT: action none, and the name of the one that stands for it.
sub wanted_part {
	my ($x) = @_;
	return (action => 'none', stands => [map { $_->{o} }
		@{$x->{stands}}], wanted_doubt($x));
}

# TOPOLOGIES: not exported without its account. Of Cloud Sync nobody says it.
sub wanted_linked {
	my ($x) = @_;
	return () if $x->{engine} ne 'connect';
	return (action => { not => [qw(create match update restore)] });
}

sub wanted_doubt {
	my ($x) = @_;
	return (($x->{confidence} ? (confidence => $x->{confidence}) : ()),
		$x->{silent} ? (says => ['sync.join']) : ());
}

sub wanted_user {
	my ($m, $x) = @_;
	my $account = $m->{tenant}{anchor}{$x->{anchor}};
	my $is = forecast(@$m{qw(world policy)}, $x, $account, $x->{box});
	my %want = (sourceAnchor => $x->{anchor}, accountEnabled =>
		$x->{o}{uac} & 2 ? 0 : 1);
	my $how = wanted_match($m, $x, $account, $is, \%want);
	return %want if $how eq 'in the way';
	return %want if !$account && rivals($m, $is->{primarySmtp});
	$want{upn} = $is->{upn};
	$want{primarySmtp} = $is->{primarySmtp};
	return (%want, wanted_address($m, $x));
}

# EXISTTEN: the anchor, then the primary address, then the sign-in name.
sub wanted_match {
	my ($m, $x, $account, $is, $want) = @_;
	my $t = $m->{tenant};
	my $set = sub { @$want{qw(match action)} = @_[1, 2]; return $_[0]; };
	return $set->('synced', 'synced', ['none', 'update'])
		if $account && $account->{onPremisesSyncEnabled};
	return $set->('hard', 'hard', 'match') if $account;
	if ($t->{deleted}{$x->{anchor}}) {
		$want->{action} = 'restore';
		return 'restored';
	}
	my $primary = lc($is->{primarySmtp} // '');
	return $set->('soft', 'soft', 'match') if $t->{free}{$primary};
	my $named = $t->{name}{lc $is->{upn}};
	# azure-docs#74931: Cloud Sync does not match by name alone.
	return 'in the way' if $named && $x->{engine} ne 'connect';
	return $set->('soft', 'soft', 'match') if $named;
	if ($t->{holder}{$primary}) {
		$want->{match} = { not => [qw(synced hard soft)] };
		delete @$want{qw(accountEnabled sourceAnchor)};
		return 'in the way';
	}
	$set->('create', 'create', 'create') if !rivals($m, $primary);
	return 'create';
}

# DUPRES: who holds it keeps it. findings(5): the older comes first, then the
# one whose objectGUID has the smaller octets.
sub wanted_address {
	my ($m, $x) = @_;
	my $address = $x->{o}{wants} // return ();
	my $holder = $m->{tenant}{holder}{lc $address};
	my @order = sort { $a->{o}{created} cmp $b->{o}{created}
		|| $a->{o}{guid} cmp $b->{o}{guid} }
		@{$m->{claims}{lc $address}};
	my $first = $order[0] == $x;
	$first = ($m->{tenant}{anchor}{$x->{anchor}} // 0) == $holder
		if $holder;
	return $first ? (has => [$address]) : (lacks => [$address]);
}

# USERCONT: by the address alone.
sub wanted_contact {
	my ($m, $x) = @_;
	my $primary = primary_of($x->{o}{proxies});
	return (match => 'synced', action => ['none', 'update'],
		primarySmtp => $primary) if $m->{tenant}{contact}{$primary};
	return (action => { not => ['none'] }, match =>
		{ not => [qw(synced hard)] }) if rivals($m, $primary)
		|| $m->{tenant}{holder}{$primary};
	return (match => 'create', action => 'create', primarySmtp =>
		$primary);
}

# CONTRACT: a group with the anchor of one that left takes its account over.
sub wanted_group {
	my ($m, $x) = @_;
	my $o = $x->{o};
	my $primary = primary_of($o->{proxies});
	return (match => 'synced', action => ['none', 'update'],
		primarySmtp => $primary) if $m->{tenant}{sid}{$o->{sid}};
	return () if defined $o->{consistency} && $x->{engine} ne 'connect';
	# Graph does not tell the anchors of groups: only the old group does.
	return () if defined $o->{consistency}
		&& @{$m->{by_anchor}{$x->{anchor}}} < 2;
	return (match => { not => ['create'] }, action =>
		{ not => ['create'] }) if $x->{anchor}
		ne encode_base64($o->{guid}, '');
	return (action => { not => ['none'] }) if rivals($m, $primary);
	return (match => 'create', action => 'create',
		primarySmtp => $primary);
}

1;
