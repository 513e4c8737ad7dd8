# One object of AD and what the tenant has that is in its way, by chance, and
# what the documents say becomes of it. A and B are sections of
# domain-2026.md; EXISTTEN is "When you have an existing tenant".
package Encounter;
use strict;
use warnings;
use Exporter qw(import);
use JSON::XS;
use MIME::Base64 qw(encode_base64);

our @EXPORT_OK = qw(encounter outcome);

my $initial = 't.onmicrosoft.com';
my $remap = 'allowOnPremUpdateOfOnPremisesObjectIdentifierEnabled';
my %plan = (service => 'exchange', capabilityStatus => 'Enabled');

sub pick { return $_[rand @_]; }
sub chance { return rand() < $_[0]; }

sub octets { return pack 'N4', $_[0] * 2654435761 % 2**32, $_[0], 7, $_[1]; }

sub guid_text {
	return sprintf '%08x-%04x-%04x-%s-%s', unpack('Vvv', $_[0]),
		unpack('H4', substr $_[0], 8), unpack 'H12', substr $_[0], 10;
}

sub id { return sprintf '%08x-0000-4000-8000-%012x', @_; }

# ---- what is met ----

sub object {
	my ($i) = @_;
	my $class = pick(('user') x 8, 'group', 'group', 'contact');
	return { i => $i, class => $class, guid => octets($i, 1),
		nick => "n$i", upn => "p$i\@x.nl", primary => "q$i\@x.nl",
		other => "r$i\@x.nl", mailOnly => $class ne 'group'
		&& chance(0.2), security => chance(0.5),
		changed => pick('20260901', '20261120') };
}

# What AD's values make of a licensed user, and of the others (PROXY).
sub made {
	my ($o, $plan) = @_;
	my @all = ("SMTP:$o->{primary}", $o->{mailOnly} ? ()
		: "smtp:$o->{other}");
	push @all, "smtp:$o->{nick}\@$initial"
		if $plan || $o->{class} eq 'group';
	push @all, "smtp:$o->{upn}" if $plan;
	return \@all;
}

# A.1, B.14: the account that has its anchor.
sub anchored {
	my ($o) = @_;
	my $synced = pick(1, 1, undef, 0);
	my $plan = chance(0.5);
	my %h = (how => 'anchor', class => 'user', synced => $synced, plan =>
		$plan, upn => $o->{upn}, nick => $o->{nick}, anchor =>
		$o->{guid}, oid => pick(undef, 'same', 'other'), proxies =>
		made($o, $plan), converted => !$synced && chance(0.2),
		seen => pick(undef, '2026-10-10', '2026-11-25'),
		extra => chance(0.4), role => chance(0.3)
		&& pick('held', 'by group', 'reader'));
	push @{$h{proxies}}, "smtp:former$o->{i}\@x.nl" if $h{extra};
	push @{$h{proxies}}, "SPO:SPO_$o->{i}\@SPO_1" if chance(0.2);
	return \%h;
}

# B.8: whose name in AD was another when it was synchronized, or still is that
# in the tenant because the feature is off.
sub renamed {
	my ($o) = @_;
	my $plan = chance(0.5);
	my $old = "o$o->{i}\@x.nl";
	my @all = map { s/:\Q$o->{upn}\E$/:$old/r } @{made($o, $plan)};
	return { how => 'renamed', class => 'user', synced => 1, plan => $plan,
		upn => $old, synced_upn => $old, nick => $o->{nick}, anchor =>
		$o->{guid}, oid => 'same', proxies => \@all, role => 0,
		seen => '2026-08-01' };
}

# Of those, who is among the deleted users: within 30 days he comes back.
sub deleted {
	my ($o) = @_;
	my $h = anchored($o);
	@$h{qw(how synced role converted)} = ('deleted', 0, 0, 0);
	return $h;
}

# DUPRES: what another had, the tenant kept back and told so.
sub quarantined {
	my ($o) = @_;
	my $h = anchored($o);
	@$h{qw(how synced role converted oid extra seen)} = ('quarantined', 1,
		0, 0, 'same', 0, '2026-11-25');
	@{$h->{proxies}} = grep { !/^smtp:(\Q$o->{other}\E$|former)/ }
		@{$h->{proxies}};
	$h->{kept_back} = 1;
	$h->{near} = bystander($o) if chance(0.6);
	return $h;
}

# EXISTTEN: of those without an anchor.
sub born {
	my ($o, $how) = @_;
	my $primary = $how eq 'address' ? $o->{primary} : "a$o->{i}\@x.nl";
	return { how => $how, class => 'user', synced => pick(undef, 0),
		plan => chance(0.5), nick => "b$o->{i}", oid => undef, upn =>
		$how eq 'name' ? $o->{upn} : "b$o->{i}\@x.nl",
		proxies => ["SMTP:$primary"], role => chance(0.2)
		&& pick('held', 'by group') };
}

# B.5: an anchor of nobody, on who is not synchronized.
sub left_over {
	my ($o) = @_;
	return { %{born($o, pick('address', 'name'))}, how => 'left over',
		anchor => octets($o->{i}, 2), role => 0 };
}

# B.4: who has the address, or signs in with it, keeps it.
sub bystander {
	my ($o) = @_;
	my $h = { %{born($o, 'bystander')}, role => 0 };
	if (chance(0.5)) {
		push @{$h->{proxies}}, "smtp:$o->{other}";
	} else {
		$h->{upn} = $o->{other};
	}
	return $h;
}

# B.2: no Microsoft 365 group is matched; a distribution list is.
sub group {
	my ($o, $unified) = @_;
	return { how => $unified ? 'unified' : 'address', class => 'group',
		synced => undef, unified => $unified, proxies =>
		["SMTP:$o->{primary}"] };
}

# B.3: a contact takes the address away from a guest.
sub guest {
	my ($o) = @_;
	return { how => 'guest', class => 'user', synced => undef, guest => 1,
		nick => "g$o->{i}", upn => "g$o->{i}_x#EXT#\@$initial",
		proxies => ["SMTP:$o->{primary}"] };
}

sub met {
	my ($o) = @_;
	return undef if chance(0.1);
	return pick(sub { group($o, 1) }, sub { group($o, 0) })->()
		if $o->{class} eq 'group';
	return pick(sub { guest($o) }, sub { return { how => 'address',
		class => 'contact', synced => undef, proxies =>
		["SMTP:$o->{primary}"] } })->() if $o->{class} eq 'contact';
	return pick(sub { quarantined($o) }, sub { anchored($o) })->()
		if chance(0.1) && !$o->{mailOnly};
	return pick(sub { anchored($o) }, sub { anchored($o) },
		sub { renamed($o) }, sub { deleted($o) },
		sub { born($o, 'address') }, sub { born($o, 'name') },
		sub { left_over($o) }, sub { bystander($o) })->();
}

# ---- what becomes of it ----

sub blocked { return { action => 'blocked' }; }

# A.1: whom a new object would take over by its anchor.
sub hard {
	my ($t, $h) = @_;
	return blocked() if $h->{converted}
		|| ($h->{role} || 'reader') ne 'reader'
		|| $t->{blockCloudObjectTakeoverThroughHardMatchEnabled};
	return blocked() if ($h->{oid} // '') eq 'other' && !$t->{$remap};
	return { action => 'match', match => 'hard' };
}

# B.14: who was synchronized since the object changed has what AD makes.
sub in_sync {
	my ($t, $o, $h) = @_;
	return blocked() if ($h->{oid} // '') eq 'other' && !$t->{$remap};
	return { action => 'none', match => 'synced' } if !$h->{extra}
		|| (defined $h->{seen} && ($h->{seen} =~ s/-//gr)
		gt $o->{changed});
	return { action => 'update', match => 'synced', lacks =>
		"former$o->{i}\@x.nl" };
}

# SVCFEAT: without the feature a licensed user keeps the name that he has.
sub called {
	my ($t, $o, $h) = @_;
	return { upn => $h->{upn} } if $h->{plan}
		&& !$t->{synchronizeUpnForManagedUsersEnabled};
	return { action => 'update', upn => $o->{upn} };
}

# A.1: within 30 days the same object finds its account.
sub restored {
	my ($t, $h) = @_;
	return {} if $t->{blockCloudObjectTakeoverThroughHardMatchEnabled};
	return blocked() if ($h->{oid} // '') eq 'other' && !$t->{$remap};
	return { action => 'restore', match => 'hard' };
}

# DUPRES: the service gives it back within an hour of the end of the conflict;
# as long as it tells of one, somebody has the value, to be seen or not.
sub kept_back {
	my ($o) = @_;
	return { action => 'none', lacks => $o->{other} };
}

sub soft {
	my ($t, $h, %is) = @_;
	return blocked() if $h->{role} || $t->{blockSoftMatchEnabled};
	return { action => 'match', match => 'soft', %is };
}

sub outcome {
	my ($t, $o, $h) = @_;
	return { action => 'create', match => 'create' } if !$h;
	if ($h->{how} eq 'anchor') {
		return $h->{synced} ? in_sync($t, $o, $h) : hard($t, $h);
	}
	return called($t, $o, $h) if $h->{how} eq 'renamed';
	return restored($t, $h) if $h->{how} eq 'deleted';
	return kept_back($o) if $h->{how} eq 'quarantined';
	return soft($t, $h) if $h->{how} eq 'address';
	# EXISTTEN: by the name only with the feature, else it is taken.
	if ($h->{how} eq 'name') {
		return soft($t, $h) if $t->{softMatchOnUpnEnabled};
		return { upnTaken => 1 };
	}
	# DUPRES: what another has is put into quarantine.
	return { match => 'create', $h->{upn} eq $o->{upn} ? (upnTaken => 1)
		: (lacks => $o->{primary}) } if $h->{how} eq 'left over';
	return { match => 'create', lacks => $o->{other} }
		if $h->{how} eq 'bystander' && !$o->{mailOnly};
	return { action => 'create', has => $o->{primary} }
		if $h->{how} =~ /^(guest|bystander)$/;
	return { matchNot => 'soft', lacks => $o->{primary} };
}

# ---- as the files have it ----

sub ldif {
	my ($o) = @_;
	my $text = "dn: CN=Object $o->{i},OU=A,DC=corp,DC=example\n"
		. "objectClass: $o->{class}\ncn: Object $o->{i}\nobjectGUID:: "
		. encode_base64($o->{guid}, '') . "\nwhenCreated: "
		. "20200101000000.0Z\nwhenChanged: $o->{changed}000000.0Z\n"
		. "mailNickname: $o->{nick}\nmail: $o->{primary}\n";
	$text .= "proxyAddresses: SMTP:$o->{primary}\nproxyAddresses: smtp:"
		. "$o->{other}\n" if !$o->{mailOnly};
	$text .= "sAMAccountName: s$o->{i}\n" if $o->{class} ne 'contact';
	$text .= 'groupType: ' . ($o->{security} ? -2147483640 : 8) . "\n"
		if $o->{class} eq 'group';
	$text .= "userAccountControl: 512\nuserPrincipalName: $o->{upn}\n"
		if $o->{class} eq 'user';
	return "$text\n";
}

sub flag {
	my ($v) = @_;
	return defined $v ? $v ? JSON::XS::true : JSON::XS::false : undef;
}

sub user_row {
	my ($o, $h) = @_;
	my $oid = !defined $h->{oid} ? undef : guid_text($h->{oid} eq 'same'
		? $o->{guid} : octets($o->{i}, 3));
	return (userPrincipalName => $h->{upn}, mailNickname => $h->{nick},
		userType => $h->{guest} ? 'Guest' : 'Member',
		accountEnabled => flag(1), assignedPlans => $h->{plan}
		? [\%plan] : [], onPremisesImmutableId => $h->{anchor}
		? encode_base64($h->{anchor}, '') : undef,
		onPremisesUserPrincipalName => $h->{synced}
		? $h->{synced_upn} // $o->{upn} : undef, onPremisesObjectIdentifier => $oid);
}

sub error {
	my ($o) = @_;
	return { category => 'PropertyConflict', propertyCausingError =>
		'ProxyAddresses', value => "smtp:$o->{other}",
		occurredDateTime => '2026-11-01T05:00:00Z' };
}

# The tenant's row of whom it meets.
sub row {
	my ($o, $h, $n) = @_;
	my %row = (id => id($o->{i}, $n), displayName => "Object $o->{i}",
		proxyAddresses => $h->{proxies}, mail => $h->{proxies}[0]
		=~ s/^SMTP://r, onPremisesSyncEnabled => flag($h->{synced}),
		onPremisesLastSyncDateTime => $h->{seen}
		&& "$h->{seen}T05:00:00Z", onPremisesProvisioningErrors =>
		$h->{kept_back} ? [error($o)] : [],
		serviceProvisioningErrors => []);
	$row{deletedDateTime} = '2026-11-20T05:00:00Z'
		if $h->{how} eq 'deleted';
	return { %row, user_row($o, $h) } if $h->{class} eq 'user';
	return { %row, mailNickname => "n$o->{i}" }
		if $h->{class} eq 'contact';
	return { %row, mailNickname => "n$o->{i}", groupTypes => $h->{unified}
		? ['Unified'] : [], mailEnabled => flag(1),
		securityEnabled => flag(0) };
}

sub encounter {
	my ($i) = @_;
	my $o = object($i);
	my $h = met($o);
	return { object => $o, holder => $h, ldif => ldif($o),
		row => $h && row($o, $h, 1), near => $h && $h->{near}
		&& row($o, $h->{near}, 2) };
}

1;
