# The forecast a second time: slow, plain, and written from the public
# documents alone, so that the engine can be held against it. PROXY is
# KB3190357, KB is KB2643629, UPNPOP "Microsoft Entra UserPrincipalName
# population", SHADOW "Microsoft Entra Connect Sync service shadow attributes",
# USERCONT "Understanding Users, Groups, and Contacts", RULEXML the sample
# configuration of the AADConnectConfigDocumenter repository.
package Model;
use strict;
use warnings;
use Exporter qw(import);

our @EXPORT_OK = qw(expected);

my @suffixes = qw(onmicrosoft.com onmicrosoft.us onmicrosoft.de
	partner.onmschina.cn microsoftonline.com);
my %legacy = map { $_ => 1 } qw(msmail x400 ms ccmail gwise notes);
# SHADOW: cloudMSExchRecipientDisplayType of shared resources.
my %resource = map { $_ => 1 } 0, 2, 7, 8, 10, 15, 16, 17, 18, 1073741824,
	1073741840;
my %mailbox = map { $_ => 1 } 1, 2, 4, 8, 16, 32, 2147483648, 8589934592,
	17179869184, 34359738368;
# RULEXML: recipients of the system, and a mailbox that waits for its master.
my %filtered = map { $_ => 1 } 2, 0x1000, 0x2000, 0x4000, 0x400000, 0x800000,
	0x1000000, 0x20000000;

sub domain { my ($a) = @_; return lc(($a =~ /\@([^\@]*)$/)[0] // ''); }
sub prefix { my ($a) = @_; return ($a =~ /^([^\@]*)/)[0]; }

sub routing {
	my ($t) = @_;
	return lc($t->{initial}) =~ s/\./.mail./r;
}

sub verified {
	my ($t, $d) = @_;
	return 1 if lc $d eq lc $t->{initial};
	return scalar grep { lc $_ eq lc $d } @{$t->{verified}};
}

sub reserved {
	my ($t, $d) = @_;
	return $t->{routingDomain} eq 'reserved' if $d eq routing($t);
	for my $s (@suffixes) {
		return 1 if $d =~ /(^|\.)\Q$s\E$/ && ($d ne $s
			|| $s eq 'microsoftonline.com');
	}
	return 0;
}

# RFC 5322, as far as the generator goes.
sub valid {
	my ($a) = @_;
	return $a =~ /^[^\s()<>;,\[\]"\@:]+\@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;
}

# "Email address contains an underscore character".
sub underscored {
	my ($t, $a) = @_;
	my ($local, $rest) = $a =~ /^([^\@]*)(.*)$/;
	my $odd = $t->{invalidCharacters} eq 'underscore' ? '`|=?/% ()'
		: '`|=?/%';
	$local =~ s/[\Q$odd\E]/_/g if length $rest;
	return $local . $rest;
}

sub holds {
	my ($account, $a) = @_;
	return scalar grep { lc $_ eq lc "smtp:$a" } @{$account->{proxies}};
}

# PROXY: what an address becomes; undef and why when it is dropped.
sub address {
	my ($t, $o, $a) = @_;
	$a =~ s/^\s+|\s+$//g;
	$a = underscored($t, $a);
	return (undef, 'malformed') if !valid($a);
	my $d = domain($a);
	return ($a) if $d eq routing($t) && ($t->{routingDomain} eq 'accepted'
		|| verified($t, $d) || ($o->{account} && $o->{account}{synced}
		&& holds($o->{account}, $a)));
	return (undef, 'reserved') if reserved($t, $d);
	return (undef, 'unverified') if strict($t, $o) && !verified($t, $d);
	return ($a);
}

sub licensed {
	my ($t, $o) = @_;
	return 0 if $o->{class} ne 'user';
	return $t->{exchangeOnline} eq 'all' && !of_others($t, $o)
		if $t->{exchangeOnline} ne 'tenant';
	return $o->{account} ? $o->{account}{plan} : !of_others($t, $o);
}

# SHADOW, B.12: a mail user stands for a recipient of another organization, and
# so does who is no mailbox and whose mail goes elsewhere.
sub of_others {
	my ($t, $o) = @_;
	return 0 if defined $o->{nick} && $mailbox{$o->{type} // 0};
	return 1 if ($o->{type} // 0) == 128;
	return 0 if !defined $o->{target};
	my $d = domain($o->{target});
	return $d ne routing($t) && !verified($t, $d);
}

sub is_resource {
	my ($o) = @_;
	return defined $o->{display} && $resource{$o->{display}};
}

# Exchange attributes flow only beside a mailNickname (RULEXML).
sub strict {
	my ($t, $o) = @_;
	return 1 if licensed($t, $o);
	return 0 if !defined $o->{nick};
	return 1 if $o->{class} eq 'user' && defined $o->{remote};
	return is_resource($o);
}

sub recipient {
	my ($o) = @_;
	return 0 if !defined $o->{nick};
	return (defined $o->{remote} && ($o->{type} // 0) != 128)
		|| is_resource($o)
		|| ($o->{type} && $mailbox{$o->{type}});
}

# USERCONT, RULEXML: proxyAddresses first, mail only when it is empty.
sub mail_enabled {
	my ($o) = @_;
	return 1 if grep { /^smtp:.*\@/i } @{$o->{proxies}};
	return !@{$o->{proxies}} && defined $o->{mail} && $o->{mail} =~ /\@/;
}

sub in_scope {
	my ($o) = @_;
	return !($o->{type} && $filtered{$o->{type}}) if $o->{class} eq 'user';
	return mail_enabled($o) if $o->{class} eq 'contact';
	return $o->{security} || mail_enabled($o);
}

sub sign_in {
	my ($t, $o) = @_;
	return $o->{mail} if $t->{signInName} eq 'mail' && defined $o->{mail};
	return $o->{upn} // "$o->{sam}\@$t->{dns}";
}

sub moera_of {
	my ($t, $o) = @_;
	my $a = $o->{account} or return undef;
	return (grep { domain($_) eq lc $t->{initial} }
		map { /^smtp:(.*)/i ? $1 : () } @{$a->{proxies}})[0];
}

# No address or sign-in name in the initial domain has what none can have.
sub cleaned {
	my ($local, $odd) = @_;
	$local =~ s/[\xC0-\xFF][\x80-\xBF]*/_/g;
	$local =~ s/[^A-Za-z0-9.$odd]/_/g;
	$local =~ s/^\.|(?<=\.)\.|\.\z/_/g;
	return $local;
}

sub sorted { return sort { lc $a cmp lc $b } @_; }

# UPNPOP, in its order; afterwards only AD's alias changes it.
sub nickname {
	my ($t, $o, $sign_in) = @_;
	my $a = $o->{account};
	return prefix($sign_in) if $t->{nicknameOnUpnChange} eq 'follow'
		&& upn_changed($o, $sign_in);
	return $o->{nick} if defined $o->{nick};
	return $a->{nick} if $a && defined $a->{nick};
	my ($primary) = sorted(map { /^SMTP:(.*\@.*)/ ? $1 : () }
		@{$o->{proxies}});
	my ($secondary) = sorted(map { !/^SMTP:/ && /^smtp:(.*\@.*)/i ? $1
		: () } @{$o->{proxies}});
	for my $from ($primary, $o->{mail}, $o->{class} eq 'user' ? $sign_in
		: undef, $secondary) {
		return prefix($from) if defined $from && length prefix($from);
	}
	return $o->{class} eq 'contact' ? $o->{cn} : $o->{sam};
}

sub upn_changed {
	my ($o, $sign_in) = @_;
	my $a = $o->{account} or return 0;
	return defined $a->{onPremUpn} && lc $a->{onPremUpn} ne lc $sign_in;
}

sub upn_usable {
	my ($t, $name) = @_;
	# domain.md, h.1: letters, digits and ' . - _ ! # ^ ~.
	return $name =~ /^([A-Za-z0-9'.\-_!#^~]{1,64})\@[A-Za-z0-9.\-]+$/
		&& $name !~ /^\.|\.\.|\.\@|\.$/ && verified($t, domain($name));
}

# UPNPOP, VERIFDOM.
sub cloud_upn {
	my ($t, $o, $sign_in, $nick) = @_;
	my $a = $o->{account};
	return undef if $o->{class} ne 'user';
	my $new = upn_usable($t, $sign_in) ? $sign_in
		: cleaned($nick, q('\-_!#^~)) . "\@$t->{initial}";
	return $new if !$a || !defined $a->{upn} || $a->{upn} !~ /\@/;
	return $new if defined $a->{synced} ? !$a->{synced}
		: !defined $a->{onPremUpn};
	return $new if upn_changed($o, $sign_in);
	return $new if !verified($t, domain($a->{upn}));
	return $a->{upn} if !upn_usable($t, $sign_in);
	return $a->{upn} if defined $a->{onPremUpn}
		&& !reserved_initial(domain($a->{upn}));
	return $new;
}

sub reserved_initial {
	my ($d) = @_;
	return $d =~ /\.(onmicrosoft\.(com|us|de)|partner\.onmschina\.cn)$/;
}

# PROXY: the values that are left of proxyAddresses, each once.
sub sanitise {
	my ($t, $o) = @_;
	my (@kept, $dropped_primary);
	for my $raw (@{$o->{proxies}}) {
		(my $v = $raw) =~ s/^\s+|\s+$//g;
		my ($p, $body) = $v =~ /^([A-Za-z0-9._+-]+):(.*)$/;
		next if !defined $p || $legacy{lc $p};
		if (lc $p ne 'smtp') {
			push @kept, ['', $v] unless $v
				=~ m{^x500:/o=MicrosoftOnline(/|$)}i
				|| grep { lc $_->[1] eq lc $v } @kept;
			next;
		}
		my ($a, $why) = address($t, $o, $body);
		if (!defined $a && $p eq 'SMTP' && $why eq 'unverified'
			&& $t->{unverifiedPrimary} eq 'keep') {
			$a = underscored($t, $body);
		}
		$dropped_primary = 1 if $p eq 'SMTP' && !defined $a;
		next if !defined $a;
		my ($same) = grep { $_->[0] && lc $_->[1] eq lc $a } @kept;
		if (!$same) {
			push @kept, [$p eq 'SMTP' ? 'SMTP' : 'smtp', $a];
		} elsif ($p eq 'SMTP') {
			@$same = ('SMTP', $a);
		}
	}
	return @kept;
}

# PROXY and KB: which address is primary.
sub primary {
	my ($t, $o, $is, @kept) = @_;
	my @smtp = sorted(map { $_->[0] eq 'SMTP' ? $_->[1] : () } @kept);
	my $masked = $t->{masking} eq 'sanitised' ? @kept : @{$o->{proxies}};
	return $smtp[0] if @smtp == 1
		|| (@smtp && $t->{severalPrimaries} eq 'first');
	if (!$masked) {
		return nothing($o, $is) if !defined $o->{mail};
		my ($mail) = address($t, $o, $o->{mail});
		return $mail if defined $mail;
	}
	return $is->{exo} ? $is->{moera} : undef;
}

# Neither mail nor proxyAddresses.
sub nothing {
	my ($o, $is) = @_;
	return undef if !$is->{exo};
	return $is->{moera} if $is->{formerly} || $o->{class} ne 'user';
	return $is->{upn};
}

# RULEXML: mail and each value of proxyAddresses are trimmed.
sub trimmed {
	my ($o) = @_;
	my %new = (%$o, proxies => [map { s/^\s+|\s+$//gr }
		@{$o->{proxies}}]);
	$new{mail} =~ s/^\s+|\s+$//g if defined $new{mail};
	return \%new;
}

sub expected {
	my ($t, $as_read) = @_;
	my $o = trimmed($as_read);
	return { inScope => 0 } if !in_scope($o);
	my $sign_in = sign_in($t, $o);
	my %is = (nick => nickname($t, $o, $sign_in));
	my $now = $o->{class} eq 'group' ? mail_enabled($o)
		: $o->{class} eq 'user' ? licensed($t, $o) || recipient($o) : 0;
	my $moera = moera_of($t, $o);
	$is{formerly} = !$now && $o->{class} ne 'contact' && defined $moera;
	$is{exo} = $now || $is{formerly};
	$is{moera} = $moera // cleaned($is{nick}, q('\-_!#^~$&*+{})) .
		"\@$t->{initial}";
	$is{upn} = cloud_upn($t, $o, $sign_in, $is{nick});

	my @kept = sanitise($t, $o);
	my $primary = primary($t, $o, \%is, @kept);
	my $bare = !defined $o->{mail} && ($t->{masking} eq 'sanitised'
		? !@kept : !@{$o->{proxies}});
	my @all;
	push @all, "SMTP:$primary" if defined $primary;
	push @all, map { $_->[0] ? "smtp:$_->[1]" : $_->[1] } @kept;
	push @all, "smtp:$is{moera}" if $is{exo};
	push @all, "smtp:$is{upn}" if $is{exo} && $o->{class} eq 'user'
		&& !($is{formerly} && ($bare
		|| !holds($o->{account}, $is{upn} // '')));
	push @all, 'SIP:' . (defined $o->{upn} ? $is{upn} : $primary // '')
		if sip($t, $o) && !grep { /^sip:/i } @all;
	my (%seen, @once);
	for my $v (grep { $_ ne 'SIP:' } @all) {
		push @once, $v if !$seen{lc $v}++;
	}
	return { inScope => 1, upn => $is{upn}, mailNickname => $is{nick},
		primarySmtp => $primary, proxyAddresses => \@once };
}

# SHADOW: Exchange gives people with a mailbox one.
sub sip {
	my ($t, $o) = @_;
	return 0 if $o->{class} ne 'user';
	return 1 if $o->{type} && ($o->{type} == 1 || $o->{type} == 2147483648)
		&& (licensed($t, $o) || defined $o->{nick});
	return $o->{account} && grep { /^sip:/i } @{$o->{account}{proxies}};
}

1;
