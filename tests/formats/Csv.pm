# The directory as CSV: csvde, Get-ADUser and its kin, Apache Directory Studio.
package Csv;
use strict;
use warnings;
use utf8;
use Encode qw(encode FB_QUIET);
use MIME::Base64 qw(encode_base64);

sub hex_text { my ($bytes) = @_; return "X'" . unpack('H*', $bytes) . "'" }

sub when_needed {
	my ($delimiter, $text) = @_;
	return $text if $text !~ /["\r\n\Q$delimiter\E]/;
	return '"' . $text =~ s/"/""/gr . '"';
}

sub always {
	my ($delimiter, $text) = @_;
	return '"' . $text =~ s/"/""/gr . '"';
}

# ---- csvde ----

# What code page 1252 does not have is the hexadecimal of UTF-8.
sub paged {
	my ($text, $ansi) = @_;
	my $rest = $text;
	encode('cp1252', $rest, FB_QUIET);
	return $ansi && length $rest ? hex_text(encode('UTF-8', $text)) : $text;
}

sub csvde_value {
	my ($name, $v, $ansi) = @_;
	my $s = $Org::syntax{$name} // 'text';
	return hex_text($v) if $s =~ /^(?:guid|sid|octets)$/;
	return paged(Org::stored($name, $v), $ansi) =~ s/([;\\])/\\$1/gr;
}

sub csvde {
	my ($ansi) = @_;
	my (@names, %seen);
	for my $o (@Org::ad) {
		push @names, grep { !$seen{$_}++ } Ldif::order($o);
	}
	my $out = join(',', 'DN', @names) . "\r\n";
	for my $o (@Org::ad) {
		$out .= join(',', map { when_needed(',', $_) }
			paged($o->{dn}, $ansi),
			map { my $name = $_; join ';', map {
				csvde_value($name, $_, $ansi) }
				@{$o->{is}{$name} // []} } @names) . "\r\n";
	}
	return ('csvde.csv' => $ansi ? encode('cp1252', $out)
		: "\xff\xfe" . encode('UTF-16LE', $out));
}

# ---- Apache Directory Studio: values between bars, octets as base64 ----

sub studio {
	my (@names, %seen);
	for my $o (@Org::ad) {
		push @names, grep { !$seen{$_}++ } Ldif::order($o);
	}
	my $out = join(',', 'dn', @names) . "\n";
	for my $o (@Org::ad) {
		$out .= join(',', map { when_needed(',', $_) } $o->{dn},
			map { my $name = $_; join '|', map {
				Org::stored($name, $_) }
				@{$o->{is}{$name} // []} } @names) . "\n";
	}
	return ('studio.csv' => encode('UTF-8', $out));
}

# ---- Get-ADUser, Get-ADGroup, Get-ADObject ----

# The lists: who gives which classes, with which columns.
my @common = qw(whenCreated cn displayName mail mailNickname proxyAddresses
	targetAddress msExchRecipientTypeDetails msExchHideFromAddressLists
	mS-DS-ConsistencyGuid isCriticalSystemObject
	msExchPoliciesIncluded msExchPoliciesExcluded);
our @lists = (
	{ name => 'users', type => 'ADUser', class => qr/^(?:user|inet)/,
	  columns => [qw(DistinguishedName Enabled GivenName Name ObjectClass
		ObjectGUID SamAccountName SID Surname UserPrincipalName),
		@common, qw(pwdLastSet PasswordLastSet userAccountControl
		adminDescription msExchRemoteRecipientType
		msExchRecipientDisplayType msExchMasterAccountSid
		msExchMailboxGuid accountExpires homeMDB streetAddress)] },
	{ name => 'groups', type => 'ADGroup', class => qr/^group/,
	  columns => [qw(DistinguishedName GroupCategory GroupScope Name
		ObjectClass ObjectGUID SamAccountName SID), @common,
		qw(groupType adminDescription member
		msExchRecipientDisplayType)] },
	{ name => 'objects', type => 'ADObject',
	  class => qr/^(?!user|inet|group)/,
	  columns => [qw(DistinguishedName Name ObjectClass ObjectGUID), @common,
		qw(givenName sn sAMAccountName objectSid userAccountControl
		userCertificate)] },
);
# Get-ADObject of everything: one list, attributes under their own names.
our @one_list = ({ name => 'all', type => 'ADObject', class => qr/./,
	columns => [qw(DistinguishedName Name ObjectClass ObjectGUID), @common,
		qw(sAMAccountName objectSid userPrincipalName givenName sn
		pwdLastSet userAccountControl groupType adminDescription
		msExchRemoteRecipientType msExchRecipientDisplayType
		msExchMasterAccountSid msExchMailboxGuid accountExpires homeMDB
		streetAddress member
		userCertificate)] });

# The same properties by the words of the cmdlets alone.
my %words = (mail => 'EmailAddress', whenCreated => 'Created',
	displayName => 'DisplayName', cn => 'CN');
our @worded = map { my $l = $_;
	+{ %$l, columns => [map { $l->{name} eq 'users' && $words{$_} ||
		($_ eq 'member' ? 'Members' : $_) } @{$l->{columns}}] } }
	@lists;

# Properties of the cmdlets that are attributes under another name.
our %attribute = (EmailAddress => 'mail', Created => 'whenCreated',
	DisplayName => 'displayName', CN => 'cn', Members => 'member',
	ObjectGUID => 'objectGUID', SID => 'objectSid',
	SamAccountName => 'sAMAccountName', Surname => 'sn',
	GivenName => 'givenName', UserPrincipalName => 'userPrincipalName',
	ObjectClass => 'objectClass', PasswordLastSet => 'pwdLastSet');

sub values_of {
	my ($o, $column) = @_;
	my $name = $attribute{$column} // $column;
	my @values = @{$o->{is}{$name} // []};
	my $type = ($o->{is}{groupType} // [0])->[0];
	return ($name, $o->{dn}) if $column eq 'DistinguishedName';
	return ($name, @{$o->{is}{cn} // []}) if $column eq 'Name';
	return ('Enabled', $o->{is}{userAccountControl}[0] & 2 ? 0 : 1)
		if $column eq 'Enabled';
	return ($name, $type < 0 ? 'Security' : 'Distribution')
		if $column eq 'GroupCategory';
	return ($name, $type & 2 ? 'Global' : $type & 4 ? 'DomainLocal'
		: 'Universal') if $column eq 'GroupScope';
	return ($name, $values[-1]) if $name eq 'objectClass';
	return ($name, @values);
}

sub parts { my ($t) = @_; return $t =~ /\d+/g }

# Each dialect: how a culture and the author of a command write values.
my %dialects = (
	# PowerShell 7, en-US.
	comma => { delimiter => ',', quote => \&always, encode => sub {
		encode('UTF-8', $_[0]) }, join => ';',
		flag => ['False', 'True'], octets => sub {
		encode_base64($_[0], '') }, date => sub {
		my ($y, $m, $d, $h, $min) = parts($_[0]);
		return sprintf '%d/%d/%d %d:%s:00 %s', $m, $d, $y,
			$h % 12 || 12, $min, $h < 12 ? 'AM' : 'PM' } },
	# Excel of a German Windows; it would round pwdLastSet.
	excel => { delimiter => ';', quote => \&when_needed, encode => sub {
		"\xef\xbb\xbf" . encode('UTF-8', $_[0]) }, join => ';',
		flag => ['FALSCH', 'WAHR'], octets => sub {
		encode_base64($_[0], '') }, without => qr/^pwdLastSet$/,
		date => sub { my ($y, $m, $d, $h, $min) = parts($_[0]);
		return sprintf '%02d.%02d.%d %02d:%s', $d, $m, $y, $h, $min } },
	# Windows PowerShell, -Encoding Unicode, tabs, fr-FR; the author made
	# a GUID of the anchor.
	utf16 => { delimiter => "\t", quote => \&always, encode => sub {
		"\xff\xfe" . encode('UTF-16LE', $_[0]) }, join => '|',
		flag => ['False', 'True'], octets => sub { length $_[0] == 16
		? Org::guid_text($_[0]) : encode_base64($_[0], '') },
		type => 'Selected.', date => sub {
		my ($y, $m, $d, $h, $min) = parts($_[0]);
		return sprintf '%02d/%02d/%d %02d:%s:00', $d, $m, $y, $h,
			$min } },
);

# Another author: German culture, commas between values, octets as decimals.
$dialects{german} = { %{$dialects{comma}}, delimiter => ';', join => ',',
	octets => sub { join ' ', unpack 'C*', $_[0] }, date => sub {
		my ($y, $m, $d, $h, $min) = parts($_[0]);
		return sprintf '%02d.%02d.%d %02d:%s:00', $d, $m, $y, $h,
			$min } };

sub powershell_value {
	my ($d, $column, $name, $v) = @_;
	my $s = $Org::syntax{$name} // 'text';
	return $d->{flag}[$v] if $name eq 'Enabled';
	return $d->{flag}[$v eq 'TRUE'] if $s eq 'flag';
	return Org::guid_text($v) if $s eq 'guid';
	return Org::sid_text($v) if $s eq 'sid';
	return $d->{octets}->($v) if $s eq 'octets';
	return $v =~ /^1601/ ? '' : $d->{date}->($v) if $s eq 'time' ||
		$column eq 'PasswordLastSet';
	return Org::stored($name, $v);
}

sub powershell {
	my ($dialect, $lists) = @_;
	my $d = $dialects{$dialect};
	my @files;
	for my $list (@{$lists // \@lists}) {
		my @columns = grep { !$d->{without} || !/$d->{without}/ }
			@{$list->{columns}};
		my $out = $d->{type} ? "#TYPE $d->{type}Microsoft." .
			"ActiveDirectory.Management.$list->{type}\r\n" : '';
		$out .= join($d->{delimiter}, map { $d->{quote}->(
			$d->{delimiter}, $_) } @columns) . "\r\n";
		for my $o (grep { $_->{class} =~ $list->{class} } @Org::ad) {
			my @cells;
			for my $column (@columns) {
				my ($name, @v) = values_of($o, $column);
				push @cells, $d->{quote}->($d->{delimiter},
					join $d->{join}, map { powershell_value(
					$d, $column, $name, $_) } @v);
			}
			$out .= join($d->{delimiter}, @cells) . "\r\n";
		}
		push @files, "$list->{name}.csv" => $d->{encode}->($out);
	}
	return @files;
}

1;
