# What is no longer AD's to change, or was never alone its own: objects that
# were converted to the cloud (A.4), mailboxes whose Exchange attributes are
# managed in Exchange Online (A.4), and what services write (B.15, B.16).
package Owned;
use strict;
use warnings;
use Exporter qw(import);
use Kinds qw(%make);
use Names qw(unique among chance octets);

our @EXPORT_OK = qw(%owned edited_in_exchange write_back);

sub converted {
	my (@kinds) = @_;
	return sub {
		my ($o) = $make{among(@kinds)}->($_[0]);
		$o->{converted} = 1;
		return $o;
	};
}

# What has a licence though it needs none.
sub licensed_resource {
	my ($w) = @_;
	my ($o) = $make{among(qw(room shared equipment))}->($w);
	$o->{licensed} = 1;
	return $o;
}

# IsExchangeCloudManaged: a synchronized user with a mailbox in the cloud.
sub exchange_managed {
	my ($w) = @_;
	my $o;
	do {
		($o) = $make{among(qw(remote remote shared room))}->($w);
	} while (!defined $o->{remote});
	$o->{managed} = 1;
	return $o;
}

# Unified messaging's address, and a recipient that moved between forests.
# No two have one.
my $extensions = 0;

sub telephoned {
	my ($w) = @_;
	my ($o) = $make{remote}->($w);
	push @{$o->{proxies}}, 'EUM:' . (1000 + ++$extensions)
		. ";phone-context=Main.$w->{home}{dns}", "EUM:$o->{address}"
		. ";phone-context=Main.$w->{home}{dns}" if chance(60);
	push @{$o->{proxies}}, "X500:/o=ExchangeLabs/ou=Exchange Administrative"
		. ' Group (FYDIBOHF23SPDLT)/cn=Recipients/cn='
		. unique("0123456789abcdef-$o->{sam}");
	return $o;
}

# B.17: an apostrophe in a sign-in name, an address and an alias.
sub apostrophe {
	my ($w) = @_;
	my ($o) = $make{among(qw(remote cloud worker))}->($w);
	my $name = unique("m.o'neil");
	$o->{upn} = "$name\@$w->{mailDomains}[0]";
	$o->{nick} = $name if defined $o->{nick};
	return $o;
}

# A.3: Cloud Sync writes groups of the cloud to AD, which go nowhere from there.
sub provisioned {
	my ($w) = @_;
	my ($o) = $make{security}->($w);
	@$o{qw(groupType soa gone)} = (-2147483640, 'Cloud', 'purged');
	$o->{admin} = 'Group_' . unpack('H8', octets()) . '-0000-4000-8000-'
		. unpack 'H12', octets();
	return $o;
}

# The cloud's values, once somebody changed them there; those of AD stay.
sub edited_in_exchange {
	my ($w, $o, $a) = @_;
	my @new = map { s/^SMTP:/smtp:/r } @{$a->{proxyAddresses}};
	@new = grep { !/^smtp:old\./ } @new if chance(50);
	$a->{mail} = unique("new.$o->{local}") . "\@$w->{mailDomains}[0]";
	unshift @new, "SMTP:$a->{mail}";
	push @new, 'smtp:' . unique("more.$o->{local}")
		. "\@$w->{mailDomains}[1]" if chance(50);
	$a->{proxyAddresses} = \@new;
	$a->{mailNickname} = unique("n.$o->{local}") if chance(30);
}

# A.4: mail and proxyAddresses come back to AD, mailNickname does not.
sub write_back {
	my ($o, $a) = @_;
	$o->{proxies} = [@{$a->{proxyAddresses}}];
	$o->{mail} = $a->{mail};
}

our %owned = (converteduser => converted(qw(remote worker cloud shared)),
	convertedgroup => converted(qw(mailgroup security)),
	convertedcontact => converted('contact'),
	licensedresource => \&licensed_resource,
	exchangemanaged => \&exchange_managed, telephoned => \&telephoned,
	apostrophe => \&apostrophe, provisioned => \&provisioned);

1;
