# A made-up world: three forests of two domains each on their way into one
# tenant, and people of whom some exist in two forests. Each story tells how
# one person came to be where it is; who it becomes in the tenant is not told
# here, but in Expected.pm.
package World;
use strict;
use warnings;
use Digest::MD5 qw(md5);
use Exporter qw(import);
use List::Util qw(max shuffle);
use Groups qw(tell_groups);
use Tenant qw(account deleted_account cloud_only orphan);

our @EXPORT_OK = qw(world);

# fabrikam.local has a second tree, and woodgrove.local a domain of linked
# mailboxes, whose sign-in suffix nobody verified.
my %forests = (
	'contoso.com' => [['contoso.com', 'contoso.com'],
		['emea.contoso.com', 'emea.contoso.com']],
	'fabrikam.local' => [['fabrikam.local', 'fabrikam.com'],
		['tailspin.net', 'tailspin.net']],
	'woodgrove.local' => [['woodgrove.local', 'woodgrove.com'],
		['res.woodgrove.local', 'res.woodgrove.local']],
);
my @verified = qw(contoso.com emea.contoso.com fabrikam.com tailspin.net
	woodgrove.com);
my @given = qw(Anna Bert Chloe Dirk Emil Fien Gerd Hanna Ivo Jana Karel Lotte);
my @family = qw(Adler Bos Cramer Dekker Evers Faber Groen Haas Jansen Krol);

# What happens to how many of a thousand people; the others are plain.
my @stories = (
	[80, 'newcomer'], [50, 'anchored'], [30, 'hard_matched'],
	[25, 'soft_by_address'], [15, 'soft_by_name'], [30, 'disabled'],
	[20, 'without_mail'], [10, 'unverified_suffix'], [15, 'left'],
	[10, 'outside'], [5, 'kept_out'], [10, 'namesakes'],
	[30, 'gal_contact'], [5, 'gal_contact_alone'], [10, 'admt_before'],
	[10, 'admt_during'], [10, 'admt_switched'], [10, 'admt_after'],
	[5, 'admt_after_without_anchor'], [5, 'both_enabled'],
	[5, 'both_enabled_with_anchor'], [20, 'linked_mailbox'],
	[5, 'contested'], [5, 'contested_with_holder'], [5, 'restored'],
	[5, 'partner_twice'], [5, 'partner'], [30, 'only_in_cloud'],
	[3, 'left_over'],
);

sub pick { return $_[rand @_]; }
sub chance { return rand() < $_[0]; }

sub world {
	my ($people, $seed) = @_;
	srand($seed);
	my $w = { seed => $seed, i => 0, initial => 'contoso.onmicrosoft.com',
		verified => \@verified, objects => [], domains => [domains()],
		tenant => { users => [], groups => [], contacts => [],
			deleted => [] } };
	my $told = 0;
	for my $row (@stories) {
		my ($per_mille, $story) = @$row;
		my $times = max(2, int($people * $per_mille / 1000));
		tell_story($w, $story) for 1 .. $times;
		$told += $times;
	}
	tell_story($w, 'plain') for $told + 1 .. $people;
	tell_groups($w, \&object, max(2, int($people / 500)));
	$w->{objects} = [shuffle(@{$w->{objects}})];
	return $w;
}

# Each object knows the story that it is of.
sub tell_story {
	my ($w, $story) = @_;
	$w->{story} = $story;
	World->can($story)->($w);
}

sub domains {
	my (@all, $k);
	for my $forest (sort keys %forests) {
		for my $row (@{$forests{$forest}}) {
			my ($dns, $suffix) = @$row;
			push @all, { dns => $dns, forest => $forest,
				suffix => $suffix, rid => 1100,
				sid => 'S-1-5-21-1' . ++$k . '36348-117723'
				. "891$k-68200333$k",
				dn => join ',', map { "DC=$_" } split /\./,
				$dns };
		}
	}
	return @all;
}

# ---- objects ----

# Whoever lives in the domain of linked mailboxes has a story of its own.
sub home { return pick(@{$_[0]{domains}}[0 .. 4]); }

sub other_forest {
	my ($w, $d) = @_;
	return pick(grep { $_->{forest} ne $d->{forest} }
		@{$w->{domains}}[0 .. 4]);
}

sub octets { my ($w, $what) = @_; return md5("$w->{seed} $what"); }

sub object {
	my ($w, $d, $ou, %more) = @_;
	my $i = ++$w->{i};
	my $o = { i => $i, domain => $d, story => $w->{story},
		guid => octets($w, "object $i"),
		created => sprintf('%04d%02d%02d%02d%02d%02d', 2012
			+ int rand 13, 1 + rand 12, 1 + rand 28, rand 24,
			rand 60, rand 60), proxies => [], uac => 512, %more };
	$o->{cn} //= pick(@given) . ' ' . pick(@family) . " $i";
	$o->{dn} = "CN=$o->{cn},$ou,$d->{dn}";
	$o->{sid} = "$d->{sid}-" . ++$d->{rid} if $o->{class} ne 'contact';
	push @{$w->{objects}}, $o;
	return $o;
}

sub address_of {
	my ($o, $domain) = @_;
	return lc($o->{cn} =~ s/ /./gr) . "\@$domain";
}

# A user of the staff; what is given as undef it does not have.
sub user {
	my ($w, $d, %more) = @_;
	my $ou = delete $more{ou} // pick('OU=Staff', 'OU=Sales,OU=Staff',
		'OU=Plant,OU=Staff');
	my $o = object($w, $d, $ou, class => 'user', %more);
	$o->{sam} //= "p$o->{i}";
	$o->{upn} = "p$o->{i}\@$d->{suffix}" if !exists $o->{upn};
	if (!exists $o->{mail}) {
		$o->{mail} = address_of($o, $d->{suffix});
		$o->{proxies} = ["SMTP:$o->{mail}"];
	}
	$o->{nick} = "n$o->{i}" if !exists $o->{nick};
	return $o;
}

# ---- one person, one object ----

sub plain {
	my ($w) = @_;
	my $o = user($w, home($w));
	delete $o->{nick} if chance(0.2);
	my $how = rand;
	push @{$o->{proxies}}, "smtp:old.$o->{i}\@$o->{domain}{suffix}"
		if $how < 0.3;
	$o->{proxies} = [] if $how > 0.9;
	account($w, $o);
}

sub newcomer { user($_[0], home($_[0])); }

sub anchored {
	my ($w) = @_;
	my $o = user($w, home($w));
	$o->{consistency} = octets($w, "anchor $o->{i}");
	account($w, $o);
}

sub hard_matched {
	my ($w) = @_;
	my $o = user($w, home($w));
	$o->{consistency} = octets($w, "anchor $o->{i}");
	cloud_only($w, $o, immutable => $o->{consistency},
		upn => "h$o->{i}\@$w->{initial}",
		primary => "h$o->{i}\@contoso.com");
}

sub soft_by_address {
	my ($w) = @_;
	my $o = user($w, home($w));
	cloud_only($w, $o, upn => "s$o->{i}\@$w->{initial}",
		primary => $o->{mail});
}

sub soft_by_name {
	my ($w) = @_;
	my $o = user($w, home($w));
	cloud_only($w, $o, upn => $o->{upn},
		primary => "s$o->{i}\@contoso.com");
}

sub disabled {
	my ($w) = @_;
	account($w, user($w, home($w), uac => 514));
}

sub without_mail {
	my ($w) = @_;
	my $o = user($w, home($w), mail => undef, nick => undef);
	account($w, $o) if chance(0.5);
}

sub unverified_suffix {
	my ($w) = @_;
	my $o = user($w, home($w));
	$o->{upn} = "p$o->{i}\@corp.local";
}

# In an organizational unit that is excluded, below one that is included.
sub left {
	my ($w) = @_;
	account($w, user($w, home($w), ou => 'OU=Left,OU=Staff'));
}

# In one that nothing includes.
sub outside { user($_[0], home($_[0]), ou => 'OU=Service'); }

sub kept_out {
	my ($w) = @_;
	my $o = user($w, home($w), adminDescription => 'User_NoSync');
	account($w, $o) if chance(0.5);
}

sub restored {
	my ($w) = @_;
	deleted_account($w, user($w, home($w)));
}

sub only_in_cloud {
	my ($w) = @_;
	my $i = ++$w->{i};
	cloud_only($w, { i => $i, cn => "Cloud Person $i" },
		upn => "c$i\@contoso.com", primary => "c$i\@contoso.com");
}

# The account of somebody who is gone from AD.
sub left_over {
	my ($w) = @_;
	my $d = home($w);
	my $i = ++$w->{i};
	orphan($w, { i => $i, domain => $d, cn => "Gone Person $i",
		guid => octets($w, "object $i"), sam => "p$i", proxies => [],
		dn => "CN=Gone Person $i,OU=Staff,$d->{dn}", uac => 512,
		sid => "$d->{sid}-" . ++$d->{rid}, class => 'user',
		upn => "p$i\@$d->{suffix}", mail => "gone.$i\@$d->{suffix}" });
}

# ---- two people ----

sub namesakes {
	my ($w) = @_;
	my $d = home($w);
	my $first = user($w, $d);
	my $second = user($w, other_forest($w, $d), sam => $first->{sam});
	account($w, $first);
	account($w, $second) if chance(0.5);
}

# Two who want one secondary address. The accounts of both know nothing of it,
# or that of the first holds it.
sub contested {
	my ($w, $held) = @_;
	my $d = home($w);
	my $first = user($w, $d);
	my $second = user($w, other_forest($w, $d));
	my $address = "desk.$first->{i}\@contoso.com";
	push @{$_->{proxies}}, "smtp:$address" for $first, $second;
	$_->{wants} = $address for $first, $second;
	account($w, $first) if $held;
}

sub contested_with_holder { contested($_[0], 'held'); }

# ---- contacts ----

sub contact {
	my ($w, $d, $ou, $mail, %more) = @_;
	my $o = object($w, $d, $ou, class => 'contact', mail => $mail,
		proxies => ["SMTP:$mail"], target => "SMTP:$mail", %more);
	$o->{nick} = "k$o->{i}";
	return $o;
}

# GAL synchronization puts users of one forest as contacts into another.
sub gal_contact {
	my ($w) = @_;
	my $o = user($w, home($w));
	account($w, $o) if chance(0.7);
	my $near = other_forest($w, $o->{domain});
	contact($w, $near, 'OU=GAL', $o->{mail}, cn => $o->{cn});
	my ($far) = grep { $_->{forest} ne $near->{forest} && $_->{forest}
		ne $o->{domain}{forest} } @{$w->{domains}};
	contact($w, $far, 'OU=GAL', $o->{mail}, cn => $o->{cn})
		if chance(0.3);
}

sub gal_contact_alone {
	my ($w) = @_;
	my $o = user($w, home($w), ou => 'OU=Service');
	contact($w, other_forest($w, $o->{domain}), 'OU=GAL', $o->{mail},
		cn => $o->{cn});
}

sub partner {
	my ($w) = @_;
	my $i = $w->{i} + 1;
	my $o = contact($w, home($w), 'OU=GAL', "out$i\@outside.example");
	account($w, $o) if chance(0.5);
}

sub partner_twice {
	my ($w) = @_;
	my $d = home($w);
	my $i = $w->{i} + 1;
	contact($w, $_, 'OU=GAL', "out$i\@outside.example",
		cn => "Partner $i") for $d, other_forest($w, $d);
}

# ---- one person in two forests ----

# ADMT makes the target with the names of the source, and its SID in history.
sub admt {
	my ($w, %how) = @_;
	my $d = home($w);
	my $source = user($w, $d, uac => $how{source}, exists $how{ou}
		? (ou => $how{ou}) : ());
	my $target = user($w, other_forest($w, $d), uac => $how{target},
		cn => $source->{cn}, sam => $source->{sam},
		mail => $source->{mail}, proxies => [@{$source->{proxies}}],
		nick => $source->{nick}, sidHistory => $source->{sid});
	$target->{consistency} = $source->{guid} if $how{anchor};
	account($w, $source);
}

sub admt_before { admt($_[0], source => 512, target => 514); }

sub admt_during {
	admt($_[0], source => 512, target => 514, anchor => 1);
}

sub admt_switched {
	admt($_[0], source => 514, target => 512, anchor => 1);
}

sub admt_after {
	admt($_[0], source => 514, target => 512, anchor => 1,
		ou => 'OU=Left,OU=Staff');
}

sub admt_after_without_anchor {
	admt($_[0], source => 514, target => 512, ou => 'OU=Left,OU=Staff');
}

sub both_enabled { admt($_[0], source => 512, target => 512); }

sub both_enabled_with_anchor {
	admt($_[0], source => 512, target => 512, anchor => 1);
}

# The account in its forest, the mailbox in that of the resources.
sub linked_mailbox {
	my ($w) = @_;
	my $d = pick(@{$w->{domains}}[0 .. 3]);
	my $master = user($w, $d, mail => undef, nick => undef);
	my $mail = address_of($master, $d->{suffix});
	$master->{mail} = $mail if chance(0.5);
	my $box = user($w, $w->{domains}[5], uac => 514, cn => $master->{cn},
		sam => $master->{sam}, mail => $mail,
		proxies => ["SMTP:$mail"], ou => 'OU=Mail',
		master => $master->{sid}, type => chance(0.9) ? 2
		: 2147483648);
	$box->{display} = 1073741824;
	account($w, $master, mailbox => $box) if chance(0.6);
}

1;
