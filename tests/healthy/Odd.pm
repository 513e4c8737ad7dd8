# What is in sync all the same, though nobody would call it healthy: each
# document's worked case, as AD has it.
package Odd;
use strict;
use warnings;
use Exporter qw(import);
use Kinds qw(%make);
use Names qw(unique among chance);

our @EXPORT_OK = qw(%odd);

sub licensed {
	my ($w) = @_;
	my ($o) = $make{worker}->($w);
	delete $o->{mail};
	$o->{licensed} = 1;
	return $o;
}

# KB2643629 row 2: secondary addresses alone.
sub secondaries {
	my ($w) = @_;
	my $o = licensed($w);
	$o->{proxies} = ["smtp:$o->{address}"];
	$o->{nick} = $o->{alias} if chance(50);
	return $o;
}

# UPNPOP: a suffix that the tenant does not have, or no name at all.
sub elsewhere {
	my ($w) = @_;
	my ($o) = $make{among(qw(worker cloud remote))}->($w);
	$o->{upn} = "$o->{sam}\@$w->{home}{dns}";
	delete $o->{upn} if chance(30);
	$o->{proxies} = [grep { !/^sip:/i } @{$o->{proxies}}]
		if $o->{proxies};
	return $o;
}

# SHADOW: strict objects keep no secondary of an unverified domain.
sub foreign_address {
	my ($w) = @_;
	my ($o) = $make{among(qw(remote local room shared))}->($w);
	push @{$o->{proxies}}, 'smtp:' . unique("alt.$o->{local}") . '@'
		. among(@{$w->{foreign}});
	return $o;
}

# KB3124148: the mark of a disabled remote mailbox on a mail user.
sub marked_mail_user {
	my ($w) = @_;
	my ($o) = $make{mailuser}->($w);
	my $address = unique("in.$o->{local}") . "\@$w->{mailDomains}[0]";
	$o->{proxies} = ["SMTP:$address", 'smtp:' . unique("x.$o->{local}")
		. '@' . among(@{$w->{foreign}})];
	@$o{qw(mail remote)} = ($address, 8);
	return $o;
}

# RULEXML: without mailNickname nothing of Exchange flows.
sub nameless {
	my ($w) = @_;
	my ($o) = $make{remote}->($w);
	delete $o->{nick};
	return $o;
}

# RULEXML: trimmed, and each once.
sub blanks {
	my ($w) = @_;
	my ($o) = $make{among(qw(remote cloud local))}->($w);
	$o->{mail} = " $o->{mail} " if defined $o->{mail};
	push @{$o->{proxies}}, 'smtp:' . unique("b.$o->{local}")
		. "\@$w->{mailDomains}[0] " if $o->{proxies};
	return $o;
}

sub unlicensed {
	my ($w) = @_;
	my ($o) = $make{remote}->($w);
	$o->{licensed} = 0;
	return $o;
}

# DEFCFG: cn stands for a displayName that is not there.
sub unnamed {
	my ($w) = @_;
	my ($o) = $make{among(qw(remote worker contact security))}->($w);
	delete $o->{name};
	return $o;
}

our %odd = (bare => \&licensed, secondaries => \&secondaries,
	elsewhere => \&elsewhere, foreign => \&foreign_address,
	marked => \&marked_mail_user, nameless => \&nameless,
	blanks => \&blanks, unlicensed => \&unlicensed,
	unnamed => \&unnamed);

1;
