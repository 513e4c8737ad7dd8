# What the program said, held against what is wanted.
package Said;
use strict;
use warnings;
use Exporter qw(import);
use Expected ();
use JSON::XS;
use List::Util qw(first);
use Place qw(place_of);
use Summary qw(forests_of);

our @EXPORT_OK = qw(differences findings_of histories twice_held
	whole_of);

my $json = JSON::XS->new->utf8;
my %sure = (documented => 2, derived => 1, uncertain => 0);
my %severe = (critical => 4, high => 3, medium => 2, low => 1, info => 0);

# ---- reading ----

sub guid_of { return ($_[0] =~ /"guid":"([^"]*)"/)[0] // ''; }

# The lines by GUID, without the names of snapshots, which say nothing but how
# the data were cut.
sub whole_of {
	my ($folder) = @_;
	my %said;
	for my $file (qw(findings forecast)) {
		my $path = "$folder/$file.ndjson";
		open my $in, '<:raw', $path or die "$path: $!\n";
		# By when it had happened the hour of the snapshot tells.
		my @lines = map { s/"snapshot":"[^"]*",//r
			=~ s/("by":"[\d-]+T)\d\d/$1/r } <$in>;
		my @keys = map { guid_of($_) } @lines;
		$said{$file} = [@lines[sort { $keys[$a] cmp $keys[$b]
			|| $a <=> $b } 0 .. $#lines]];
	}
	$said{forests} = forests_of($folder);
	return \%said;
}

# Members of a line by their first place: nested ones come later.
sub value_of {
	my ($line, $key) = @_;
	my ($text, $word) = $line
		=~ /"$key":(?:"((?:[^"\\]|\\.)*)"|(true|false|null))/;
	return $text if !defined $word;
	return $word eq 'true' ? 1 : $word eq 'false' ? 0 : undef;
}

sub addresses_of {
	my ($line) = @_;
	my ($list) = $line =~ /"proxyAddresses":\[(.*?)\]/;
	return map { /^smtp:(.*)/i ? lc $1 : () }
		($list // '') =~ /"((?:[^"\\]|\\.)*)"/g;
}

# ---- the forecast ----

sub word { return defined $_[0] ? ref $_[0] ? "@{$_[0]}" : $_[0] : 'null'; }

sub is_value {
	my ($key, $got, $want) = @_;
	return defined $got == defined $want && (!defined $got
		|| ($key =~ /^(upn|primarySmtp)$/ ? lc $got eq lc $want
		: $got eq $want));
}

# What is wrong with one key, or nothing.
sub wrong {
	my ($key, $line, $want) = @_;
	my $got = value_of($line, $key);
	if (ref $want eq 'HASH') {
		my @not = grep { is_value($key, $got, $_) } @{$want->{not}};
		return @not ? "$key @not, want another" : ();
	}
	my @one_of = ref $want ? @$want : ($want);
	return () if grep { is_value($key, $got, $_) } @one_of;
	return "$key " . word($got) . ', want ' . join ' or ',
		map { word($_) } @one_of;
}

my %special = (
	confidence => sub {
		my ($line, $most) = @_;
		my $got = value_of($line, 'confidence') // 'none';
		return ($sure{$got} // 9) <= $sure{$most} ? ()
			: "confidence $got, want at most $most";
	},
	stands => sub {
		my ($line, $of) = @_;
		return names_one($line, @$of) ? () : 'does not name what '
			. 'stands for it: ' . $of->[0]{dn};
	},
	says => sub {
		my ($line, $texts) = @_;
		return map { index($line, $_) >= 0 ? () : "does not say $_" }
			@$texts;
	},
	has => sub {
		my ($line, $addresses) = @_;
		my %has = map { $_ => 1 } addresses_of($line);
		return map { $has{lc $_} ? () : "lacks $_" } @$addresses;
	},
	lacks => sub {
		my ($line, $addresses) = @_;
		my %has = map { $_ => 1 } addresses_of($line);
		return map { $has{lc $_} ? "has $_" : () } @$addresses;
	},
);

# By DN or GUID, which cn, sAMAccountName and addresses in common are not.
# DC=a,DC=b below OU=y below OU=x: a.b/x/y.
sub canonical_place {
	my (undef, @parts) = split /,/, $_[0]{dn};
	my @dc = map { /^DC=(.*)/ ? $1 : () } @parts;
	return join '/', join('.', @dc), reverse map { /^(?:OU|CN)=(.*)/ ? $1
		: () } @parts;
}

# By its GUID, or by a name of its own and its place.
sub is_named {
	my ($line, $o) = @_;
	my $place = quotemeta canonical_place($o);
	my $name = join '|', map { quotemeta } grep { defined && length }
		@{$o}{qw(sam cn upn)};
	return index($line, Expected::guid_text($o->{guid})) >= 0
		|| $line =~ /(?:$name)\)? in $place,/i;
}

sub names_one {
	my ($line, @of) = @_;
	return !!first { is_named($line, $_) } @of;
}

sub differences {
	my ($w, $want, $lines) = @_;
	my %line = map { guid_of($_) => $_ } @$lines;
	my @why;
	for my $o (sort { $a->{i} <=> $b->{i} } @{$w->{objects}}) {
		my $guid = Expected::guid_text($o->{guid});
		my $wanted = $want->{$guid} or next;
		my $line = delete $line{$guid};
		my @wrong = defined $line ? map { $special{$_}
			? $special{$_}->($line, $wanted->{$_})
			: wrong($_, $line, $wanted->{$_}) }
			sort keys %$wanted : 'has no forecast';
		push @why, "$o->{dn} ($o->{story}): " . join('; ', @wrong)
			. "\n" if @wrong;
	}
	return (@why, map { "not in the world: $_" } values %line);
}

# Addresses and names that two objects would hold, of those that come to the
# tenant by themselves.
sub twice_held {
	my ($m, $lines) = @_;
	my %part = map { Expected::guid_text($_->{o}{guid}) => 1 }
		grep { ($_->{stands} && @{$_->{stands}}) || $_->{vague}
		|| $_->{open} || $_->{linked} } @{$m->{things}};
	my (%by, @why);
	for my $line (@$lines) {
		next if !value_of($line, 'inScope') || $part{guid_of($line)};
		next if (value_of($line, 'action') // '') eq 'blocked';
		my $upn = value_of($line, 'upn');
		push @{$by{$_}}, value_of($line, 'dn') for addresses_of($line),
			defined $upn ? "sign-in name \L$upn" : ();
	}
	push @why, "$_: " . join(' and ', @{$by{$_}}) . "\n"
		for grep { @{$by{$_}} > 1 } sort keys %by;
	return @why > 20 ? @why[0 .. 19] : @why;
}

# findings(5): history, if older snapshots saw it differently: in scope or not,
# enabled or not. Whether a move within the scope is told it does not say.
sub is_otherwise {
	my ($policy, $o, $was) = @_;
	return 1 if $o->{class} eq 'user' && ($was->{uac} ^ $o->{uac}) & 2;
	return '' if $was->{dn} eq $o->{dn};
	return undef if defined $o->{adminDescription};
	return place_of($policy, $o->{domain}, $was->{dn})
		ne place_of($policy, $o->{domain}, $o->{dn}) ? 1 : undef;
}

# Those domains alone have older snapshots.
sub histories {
	my ($w, $policy, $lines, @domains) = @_;
	my %line = map { guid_of($_) => $_ } @$lines;
	my %is_old = map { $_ => 1 } @domains;
	my @why;
	for my $o (grep { $_->{class} =~ /^(user|group|contact)$/ }
		@{$w->{objects}}) {
		my $was = $is_old{$o->{domain}{dns}} ? $o->{was} : undef;
		my $otherwise = $was ? is_otherwise($policy, $o, $was) : '';
		my $line = $line{Expected::guid_text($o->{guid})} // '';
		my ($told) = $line =~ /"history":\[(.*?)\]/;
		push @why, "$o->{dn}: was $was->{dn}, $was->{uac}, history "
			. ($told // 'none') . "\n" if $otherwise
			&& index($told // '', $was->{dn}) < 0;
		push @why, "$o->{dn}: history $told, though it was as it is\n"
			if defined $otherwise && !$otherwise && defined $told;
	}
	return @why > 20 ? @why[0 .. 19] : @why;
}

# ---- findings ----

# What the documents say must be told, or must not.
sub findings_of {
	my ($m, $findings, $forecast) = @_;
	my %of;
	push @{$of{guid_of($_)}}, $_ for @$findings;
	my $s = { m => $m, of => \%of, line => { map { guid_of($_) => $_ }
		@$forecast }, place => {} };
	my @why = map { $_->($s) } \&foreign_members, \&conflicts, \&namesakes,
		\&joined_contacts, \&several_parts;
	return @why > 20 ? @why[0 .. 19] : @why;
}

sub found {
	my ($s, $o, $least, $about) = @_;
	return grep { $severe{$_->{severity}} >= $severe{$least}
		&& join("\n", map { $_ // '' } @$_{qw(message observed
		expected fix attribute)}) =~ /$about/i }
		map { $json->decode($_) }
		@{$s->{of}{Expected::guid_text($o->{guid})} // []};
}

sub of_story {
	my ($s, $pattern) = @_;
	return grep { $_->{o}{story} =~ /^($pattern)$/ } @{$s->{m}{things}};
}

# USERCONT: they are lost where the container is out of scope; CONTRACT: under
# Cloud Sync always.
sub foreign_members {
	my ($s) = @_;
	my @why;
	my %thing = map { $_->{o}{dn} => $_ } @{$s->{m}{things}};
	for my $x (grep { $_->{in} } of_story($s, 'foreign_member')) {
		my $o = $x->{o};
		my $member = $thing{$o->{foreign}{dn}};
		my $kept = place_of($s->{m}{policy}, $o->{domain},
			$o->{member}[0]) eq 'included';
		if ($x->{engine} ne 'connect') {
			push @why, "$o->{dn}: no finding about the member of "
				. "another forest\n" if !found($s, $o, 'low',
				'forest');
		} elsif (!$kept) {
			push @why, "$o->{dn}: no finding about "
				. "ForeignSecurityPrincipals\n" if !found($s,
				$o, 'low', 'ForeignSecurityPrincipals');
		} elsif ($member->{in} && $member->{engine} eq 'connect') {
			push @why, "$o->{dn}: $_->{rule}, but its member "
				. "stays\n" for found($s, $o, 'low',
				'ForeignSecurityPrincipals');
		}
	}
	return @why;
}

# TOPOLOGIES: groups are not consolidated; DUPRES: an address is one object's.
sub conflicts {
	my ($s) = @_;
	my (%by, @why);
	push @{$by{$_->{o}{wants}}}, $_->{o} for grep { $_->{in} }
		of_story($s, 'address_twice|contested.*');
	for my $address (grep { @{$by{$_}} > 1 } sort keys %by) {
		push @why, "$address: no finding on either of "
			. join(' and ', map { $_->{dn} } @{$by{$address}})
			. "\n" if !grep { found($s, $_, 'high', "\Q$address\E")
			} @{$by{$address}};
	}
	return @why;
}

# sAMAccountName is unique in a domain only.
sub namesakes {
	my ($s) = @_;
	return map { my $o = $_->{o}; map { "$o->{dn}: $_->{rule} "
		. "($_->{severity}) of a namesake\n" } found($s, $o, 'medium',
		'') } of_story($s, 'namesakes');
}

# USERCONT: a GAL contact that is joined is no duplicate.
sub joined_contacts {
	my ($s) = @_;
	my @why;
	# Another contact of the same mail that nobody joins is in the way.
	my %apart = map { lc $_->{o}{mail} => 1 } grep { !$_->{stands} }
		of_story($s, 'gal_contact');
	for my $x (grep { $_->{stands} && @{$_->{stands}} == 1 &&
		!$apart{lc $_->{o}{mail}} } of_story($s, 'gal_contact')) {
		for my $o ($x->{o}, $x->{stands}[0]{o}) {
			push @why, map { "$o->{dn}: $_->{rule} although it is "
				. "joined\n" } grep { $_->{rule} =~
				/^proxy-(duplicate|conflict)$/ }
				found($s, $o, 'medium', '');
		}
	}
	return @why;
}

# CONTRACT: of several that are joined one stands for all others; two enabled
# ones are a finding on both.
sub several_parts {
	my ($s) = @_;
	my (%done, @why);
	for my $parts (grep { $_ && !$done{$_}++ } map { $_->{among} }
		@{$s->{m}{things}}) {
		my @left = grep { !is_part($s, $_, $parts) } @$parts;
		push @why, 'of ' . join(' and ', map { $_->{o}{dn} } @$parts)
			. ' ' . @left . " stand for the others, not one\n"
			if @left != 1;
		push @why, map { "$_->{o}{dn}: no finding, though two are "
			. "enabled\n" } grep { ($_->{confidence} // '') eq
			'uncertain' && !found($s, $_->{o}, 'low', '') }
			@$parts;
	}
	return @why;
}

sub is_part {
	my ($s, $x, $parts) = @_;
	my $line = $s->{line}{Expected::guid_text($x->{o}{guid})} // '';
	return (value_of($line, 'action') // '') eq 'none' && names_one($line,
		map { $_->{o} } grep { $_ != $x } @$parts);
}

1;
