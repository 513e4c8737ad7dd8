# Plays the tenant: what an account holds once an object of AD has been
# synchronized. It forecasts nothing and judges nothing. PROXY is KB3190357,
# UPNPOP "Microsoft Entra UserPrincipalName population", SHADOW "Microsoft
# Entra Connect Sync service shadow attributes"; A and B are sections of
# domain-2026.md.
package Tenant;
use strict;
use warnings;
use Exporter qw(import);
use JSON::XS;
use MIME::Base64 qw(encode_base64);
use Names qw(among chance);

our @EXPORT_OK = qw(account guid_text);

my %mailbox = map { $_ => 1 } 1, 2, 4, 8, 16, 32, 2147483648, 8589934592,
	17179869184, 34359738368;
# SHADOW: shared resources.
my %resource = map { $_ => 1 } 0, 2, 7, 8, 10, 15, 16, 17, 18, 1073741824,
	1073741840;
my %plan = (service => 'exchange', capabilityStatus => 'Enabled',
	servicePlanId => 'efb87545-963c-4e0d-99df-69c6916d9eb0',
	assignedDateTime => '2024-02-01T00:00:00Z');
my ($true, $false) = (JSON::XS::true, JSON::XS::false);

sub guid_text {
	my ($octets) = @_;
	return sprintf '%08x-%04x-%04x-%s-%s', unpack('Vvv', $octets),
		unpack('H4', substr $octets, 8), unpack 'H12',
		substr $octets, 10;
}

sub domain { return lc(($_[0] =~ /\@([^\@]*)$/)[0] // ''); }

sub prefix { return ($_[0] =~ /^([^\@]*)/)[0]; }

# SHADOW: who loses addresses of domains that are not verified.
sub strict {
	my ($o, $m) = @_;
	return $o->{licensed} || (defined $m->{nick} && (defined $m->{remote}
		|| (defined $m->{display} && $resource{$m->{display}})));
}

sub trimmed { return $_[0] =~ s/^\s+|\s+$//gr; }

# PROXY: the values of AD that pass.
sub passed {
	my ($w, $o, $m) = @_;
	my @values = grep { !/^x400:/i } map { trimmed($_) }
		@{$m->{proxies} // []};
	@values = ('SMTP:' . trimmed($m->{mail}))
		if !@values && defined $m->{mail};
	return @values if !strict($o, $m);
	return grep { !/^smtp:/i || $w->{verified}{domain($_)} } @values;
}

# RULEXML: what stands for a sign-in name that AD lacks.
sub sign_in { return $_[0]{upn} // "$_[0]{sam}\@$_[0]{forest}{dns}"; }

# UPNPOP: the first that there is.
sub nickname {
	my ($o, $m) = @_;
	return $m->{nick} if defined $m->{nick};
	my ($primary) = map { /^SMTP:(.*)/ ? $1 : () } @{$m->{proxies} // []};
	for my $from ($primary, $m->{mail},
		$o->{class} eq 'user' ? sign_in($o) : undef) {
		return prefix(trimmed($from)) if defined $from;
	}
	return $o->{sam} // $o->{cn};
}

# UPNPOP: AD's where its suffix is verified.
sub cloud_upn {
	my ($w, $o, $nick) = @_;
	my $name = sign_in($o);
	return $w->{verified}{domain($name)} ? $name : "$nick\@$w->{initial}";
}

# PROXY: licensed, or a recipient of Exchange; B.12: no mail user.
sub recipient {
	my ($o, $m) = @_;
	return @{$m->{proxies} // []} || defined $m->{mail}
		if $o->{class} eq 'group';
	return 0 if $o->{class} eq 'contact';
	return $o->{licensed} || (defined $m->{nick}
		&& $mailbox{$m->{type} // 0});
}

# The address in the initial domain, the sign-in name, SIP and SharePoint's.
sub added {
	my ($w, $o, $nick, @has) = @_;
	my $moera = (chance($w->{oldMoera}) ? $nick . int(1000 + rand 9000)
		: $nick) . "\@$w->{initial}";
	my $upn = $o->{class} eq 'user' ? cloud_upn($w, $o, $nick) : undef;
	my @more;
	push @more, 'SMTP:' . (@has ? $moera : $upn)
		if !grep { /^SMTP:/ } @has;
	push @more, "smtp:$moera";
	return @more if !defined $upn;
	push @more, "smtp:$upn";
	push @more, "SIP:$upn" if $o->{licensed} && !grep { /^sip:/i } @has;
	push @more, 'SPO:SPO_' . guid_text(Names::octets()) . '@SPO_'
		. $w->{tenantId} if $o->{licensed} && chance(30);
	push @more, "X500:/o=ExchangeLabs/ou=Exchange Administrative Group "
		. "(FYDIBOHF23SPDLT)/cn=Recipients/cn=" . guid_text(
		Names::octets()) if $o->{licensed} && chance(20);
	return @more;
}

# What documents leave open, or what was once and stays: an account that was
# synchronized since proves it.
sub quirk {
	my ($w, $o, @has) = @_;
	return () if !grep { /^SMTP:/ } @has;
	my $name = Names::unique('former');
	return among("smtp:$name\@$w->{mailDomains}[0]",
		"EUM:$name\@$w->{mailDomains}[0];phone-context=Main",
		"X500:/o=ExchangeLabs/ou=Exchange Administrative Group"
		. " (FYDIBOHF23SPDLT)/cn=Recipients/cn=$name");
}

sub proxies {
	my ($w, $o, $m, $nick) = @_;
	my @all = passed($w, $o, $m);
	push @all, added($w, $o, $nick, @all) if recipient($o, $m);
	push @all, quirk($w, $o, @all) if !$o->{box} && !$o->{partner}
		&& chance($w->{quirks});
	my (%seen, @once);
	for my $v (@all) {
		push @once, $v if !$seen{lc $v}++;
	}
	return @once;
}

sub mail_part {
	my ($w, $o) = @_;
	my $m = $o->{box} // $o;
	my $nick = nickname($o, $m);
	my @all = proxies($w, $o, $m, $nick);
	my ($primary) = map { /^SMTP:(.*)/ ? $1 : () } @all;
	return (mail => $primary, mailNickname => $nick,
		proxyAddresses => \@all,
		displayName => $m->{name} // $m->{cn});
}

# Whether and when the service saw it last: nearly always after its last change.
sub seen {
	my ($w, $o) = @_;
	my $other = $o->{box} // $o->{partner};
	my $changed = $other && $other->{changed} gt $o->{changed}
		? $other->{changed} : $o->{changed};
	return undef if chance($w->{unknownSync});
	my $late = chance($w->{staleSync}) ? '2025-11-01T00:00:00Z' : undef;
	return $late // '2026-11-2' . int(rand 8) . 'T0' . int(rand 6)
		. ':30:00Z' if $changed lt '20261120';
	return $late // '2026-11-28T05:30:00Z';
}

sub shared_part {
	my ($w, $o) = @_;
	return (id => guid_text(Names::octets()), mail_part($w, $o),
		onPremisesSyncEnabled => $o->{converted} ? undef : $true,
		onPremisesLastSyncDateTime => seen($w, $o),
		onPremisesProvisioningErrors => [],
		serviceProvisioningErrors => []);
}

# FILETIME to Graph's text; d.3: within minutes of pwdLastSet.
sub password_time {
	my ($o) = @_;
	my @t = gmtime $o->{passwordSet} + int rand 100;
	return sprintf '%04d-%02d-%02dT%02d:%02d:%02dZ', $t[5] + 1900,
		$t[4] + 1, @t[3, 2, 1, 0];
}

sub user {
	my ($w, $o) = @_;
	my %same = shared_part($w, $o);
	return { %same, onPremisesUserPrincipalName => sign_in($o),
		userPrincipalName => cloud_upn($w, $o, $same{mailNickname}),
		givenName => $o->{given}, surname => $o->{family},
		userType => 'Member', creationType => undef,
		accountEnabled => $o->{uac} & 2 ? $false : $true,
		createdDateTime => '2022-03-04T05:06:07Z',
		lastPasswordChangeDateTime => $o->{password}
		? password_time($o) : '2022-03-04T05:06:07Z',
		onPremisesImmutableId => encode_base64($o->{anchor}, ''),
		$w->{beta} ? (onPremisesObjectIdentifier =>
		guid_text($o->{guid})) : (),
		onPremisesSamAccountName => $o->{sam},
		onPremisesDomainName => $o->{forest}{dns},
		onPremisesDistinguishedName => $o->{dn},
		onPremisesSecurityIdentifier => $o->{sid},
		assignedLicenses => $o->{licensed} ? [{ disabledPlans => [],
		skuId => '6fd2c87f-b296-42f0-b197-1e91e994b900' }] : [],
		assignedPlans => $o->{licensed} ? [\%plan] : [],
		usageLocation => 'DE', deletedDateTime => undef };
}

sub group {
	my ($w, $o) = @_;
	return { shared_part($w, $o), groupTypes => [],
		mailEnabled => recipient($o, $o) ? $true : $false,
		securityEnabled => $o->{security} ? $true : $false,
		recipient($o, $o) ? () : (mail => undef),
		onPremisesSamAccountName => $o->{sam},
		onPremisesDomainName => $o->{forest}{dns},
		onPremisesSecurityIdentifier => $o->{sid} };
}

sub account {
	my ($w, $o) = @_;
	return user($w, $o) if $o->{class} eq 'user';
	return group($w, $o) if $o->{class} eq 'group';
	return { shared_part($w, $o), givenName => $o->{given},
		surname => $o->{family} };
}

1;
