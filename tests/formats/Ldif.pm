# The directory as LDIF: ldifde, ldapsearch, ldbsearch.
package Ldif;
use strict;
use warnings;
use utf8;
use Encode qw(decode encode);
use MIME::Base64 qw(encode_base64);

# What servers send: texts as UTF-8, octets as they are.
sub sent {
	my ($name, $value) = @_;
	my $s = $Org::syntax{$name} // 'text';
	return $value if $s =~ /^(?:guid|sid|octets)$/;
	return encode('UTF-8', Org::stored($name, $value));
}

# RFC 2849: what is no SAFE-STRING, and what ends with a space, is base64.
sub line {
	my ($name, $bytes) = @_;
	return $bytes =~ /[^\x01-\x7f]|[\r\n]|^[ :<]| $/
		? "${name}:: " . encode_base64($bytes, '')
		: "$name: $bytes";
}

sub folded {
	my ($line, $width) = @_;
	my $out = substr $line, 0, $width, '';
	$out .= "\n " . substr $line, 0, $width - 1, '' while length $line;
	return "$out\n";
}

sub order {
	my ($o, %without) = @_;
	return ('objectClass', grep { $_ ne 'objectClass' && !$without{$_} }
		sort { lc $a cmp lc $b } keys %{$o->{is}});
}

sub values_of { my ($o, $name) = @_; return @{$o->{is}{$name}} }

# ldifde -f: CR LF, changetype, the attributes that are asked for with -l.
sub ldifde {
	my %without = map { $_ => 1 } @_;
	my $out = '';
	for my $o (@Org::ad) {
		$out .= folded(line('dn', encode('UTF-8', $o->{dn})), 76);
		$out .= "changetype: add\n";
		for my $name (order($o, %without)) {
			$out .= folded(line($name, sent($name, $_)), 76)
				for values_of($o, $name);
		}
		$out .= folded(line('distinguishedName',
			encode('UTF-8', $o->{dn})), 76) . "\n";
	}
	return ('ad.ldf' => $out =~ s/\n/\r\n/gr);
}

# ldifde -u
sub ldifde_u {
	my %file = ldifde();
	return ('ad.ldf' => "\xff\xfe" . encode('UTF-16LE',
		decode('UTF-8', $file{'ad.ldf'})));
}

# ldapsearch -LLL says nothing but entries; what replication says ends there
# with a NUL, as domain controllers send it.
sub ldapsearch {
	my ($talk, @asked) = @_;
	my $out = $talk ? "# extended LDIF\n#\n# LDAPv3\n" .
		"# base <$Org::domain> with scope subtree\n" .
		"# filter: (objectClass=*)\n" .
		"# requesting: @asked \n" .
		"# with pagedResults control: size=1000\n#\n\n" : '';
	for my $o (@Org::ad) {
		my @rdns = map { s/\\(.)/$1/gr } grep { !/^\s*$/ }
			map { s/^\w+=//r } split /(?<!\\),/, $o->{dn};
		$out .= folded('# ' . encode('UTF-8', join(', ', @rdns)) =~
			s/[^ -~]/_/gr, 76) if $talk;
		$out .= folded(line('dn', encode('UTF-8', $o->{dn})), 76);
		for my $name (order($o)) {
			my $nul = $name =~ /MetaData/ ? "\0" : '';
			$out .= folded(line($name, sent($name, $_) . $nul), 76)
				for values_of($o, $name);
		}
		$out .= "\n";
	}
	$out .= "# search reference\nref: ldap://DomainDnsZones.$_/DC=x\n\n"
		for $talk ? 'corp.contoso.com' : ();
	$out .= "# pagedresults: cookie=\n" .
		"# search result\nsearch: 2\nresult: 0 Success\n\n" .
		"# numResponses: " . (@Org::ad + 2) . "\n# numEntries: " .
		@Org::ad . "\n# numReferences: 1\n" if $talk;
	return ('ldapsearch.txt' => $out);
}

# ldbsearch of Samba: GUIDs and SIDs as texts, records with numbers.
sub ldbsearch {
	my $out = '';
	my $n = 0;
	for my $o (@Org::ad) {
		$out .= '# record ' . ++$n . "\n";
		$out .= folded(line('dn', encode('UTF-8', $o->{dn})), 77);
		for my $name (order($o, 'msDS-ReplAttributeMetaData' => 1)) {
			my $s = $Org::syntax{$name} // 'text';
			for my $v (values_of($o, $name)) {
				my $text = $s eq 'guid' ? Org::guid_text($v)
					: $s eq 'sid' ? Org::sid_text($v)
					: sent($name, $v);
				$out .= folded(line($name, $text), 77);
			}
		}
		$out .= folded(line('distinguishedName',
			encode('UTF-8', $o->{dn})), 77) . "\n";
	}
	return ('ad.txt' => $out . "# Referral\nref: ldap://corp.contoso.com/" .
		"CN=Configuration,$Org::domain\n\n# returned " . ($n + 1) .
		" records\n# $n entries\n# 1 referrals\n");
}

1;
