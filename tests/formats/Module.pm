# What PowerShell's modules give as JSON and CLIXML: Get-ADUser and its kin, and
# the tenant's cmdlets.
package Module;
use strict;
use warnings;
use utf8;
use Encode qw(encode);
use JSON::XS;
use MIME::Base64 qw(encode_base64);

my $json = JSON::XS->new->canonical->allow_nonref;

# ---- values as .NET has them: [type, value], lists of such ----

sub iso { my ($t) = @_; my @p = $t =~ /\d+/g; return sprintf
	'%d-%02d-%02dT%02d:%02d:00Z', @p }

sub typed {
	my ($column, $name, $v) = @_;
	my $s = $Org::syntax{$name} // 'text';
	return ['flag', $v] if $name eq 'Enabled';
	return ['flag', $v eq 'TRUE' ? 1 : 0] if $s eq 'flag';
	return ['time', $v] if $s eq 'time' || $column eq 'PasswordLastSet';
	return [$s, $v] if $s =~ /^(?:guid|sid|octets)$/;
	return ['long', Org::filetime($v)] if $s eq 'filetime';
	return ['int', $v] if $s eq 'integer';
	return ['text', $v];
}

# Properties of objects that have values, in the order of the columns; those
# of the default set have null without one.
sub properties {
	my ($list, $o) = @_;
	my @out;
	for my $column (@{$list->{columns}}) {
		my ($name, @v) = Csv::values_of($o, $column);
		next if $column eq 'PasswordLastSet' && @v &&
			$v[0] =~ /^1601/;
		next if !@v && $column !~ /^[A-Z]/;
		my @values = map { typed($column, $name, $_) } @v;
		push @out, [$column, $Org::many{$name} &&
			$name ne 'objectClass' ? \@values : $values[0]];
	}
	return @out;
}

# ---- JSON ----

# Windows PowerShell: dates as /Date(ms)/, lists wrapped; PowerShell 7: ISO
# dates with the zone.
sub local_time {
	my ($t) = @_;
	my ($y, $m, $d, $h, $min) = $t =~ /\d+/g;
	return sprintf('%d-%02d-%02dT%02d:%02d:00+01:00', $y, $m, $d, $h + 1,
		$min) if $h < 23;
	return sprintf '%d-%02d-%02dT%02d:%02d:00-01:00', $y, $m, $d, $h - 1,
		$min;
}

my %as_json = (
	flag => sub { $_[0] ? JSON::XS::true : JSON::XS::false },
	guid => sub { Org::guid_text($_[0]) },
	sid => sub { my $text = Org::sid_text($_[0]);
		return { BinaryLength => length $_[0], AccountDomainSid =>
		{ BinaryLength => 24, AccountDomainSid => $text =~ s/-\d+$//r,
		Value => $text =~ s/-\d+$//r }, Value => $text } },
	octets => sub { [unpack 'C*', $_[0]] },
	long => sub { $_[0] + 0 },
	int => sub { $_[0] + 0 },
	text => sub { "$_[0]" },
);

sub json_value {
	my ($v, $old) = @_;
	return undef if !defined $v;
	my ($type, $value) = @$v;
	if (!@$v || ref $type) {
		my @list = map { json_value($_, $old) } @$v;
		return $old ? { value => \@list, Count => @list + 0 } : \@list;
	}
	return $old ? '/Date(' . Org::seconds($value) * 1000 . ')/'
		: local_time($value) if $type eq 'time';
	return $as_json{$type}->($value);
}

# Out-File of Windows PowerShell writes UTF-16; a slash of /Date()/ is escaped,
# and so are apostrophes and the brackets of HTML.
sub written {
	my ($text, $old) = @_;
	return encode('UTF-8', $text) if !$old;
	$text =~ s{"/Date\((-?\d+)\)/"}{"\\/Date($1)\\/"}g;
	$text =~ s/([<>&'])/sprintf '\\u%04x', ord $1/ge;
	return "\xff\xfe" . encode('UTF-16LE', $text =~ s/\n/\r\n/gr);
}

sub ad_json {
	my ($old, $lists) = @_;
	my @files;
	for my $list (@{$lists // \@Csv::lists}) {
		my @rows;
		for my $o (grep { $_->{class} =~ $list->{class} } @Org::ad) {
			push @rows, { map { $_->[0] => json_value($_->[1],
				$old) } properties($list, $o) };
		}
		push @files, "$list->{name}.json" => written(
			$json->encode(\@rows) =~ s/},\{/},\n{/gr, $old);
	}
	return @files;
}

# ConvertTo-Json -Compress of one object after the other.
sub ad_lines {
	my %files = ad_json(0);
	return map { $_ => join '', map { "$_\n" } split /\n/,
		$files{$_} =~ s/^\[|\]$//gr =~ s/\},\n/}\n/gr } keys %files;
}

# ---- CLIXML ([MS-PSRP] 2.2.5) ----

my ($ref, %types);

# Characters that XML cannot have, and _x itself, as _xHHHH_.
sub xml {
	my ($text) = @_;
	$text =~ s/_(?=x[0-9A-Fa-f]{4}_)/_x005F_/g;
	$text =~ s/&/&amp;/g;
	$text =~ s/</&lt;/g;
	$text =~ s/>/&gt;/g;
	$text =~ s/([\x00-\x1f])/sprintf '_x%04X_', ord $1/ge;
	return $text;
}

sub element {
	my ($tag, $name, $text) = @_;
	my $n = defined $name ? ' N="' . xml($name) =~ s/"/&quot;/gr . '"' : '';
	return defined $text ? "<$tag$n>" . xml($text) . "</$tag>"
		: "<$tag$n />";
}

# Names of types stand once, and then by reference.
sub type_names {
	my (@names) = @_;
	return "<TNRef RefId=\"$types{$names[0]}\" />"
		if defined $types{$names[0]};
	$types{$names[0]} = keys %types;
	return "<TN RefId=\"$types{$names[0]}\">" . join('', map {
		element('T', undef, $_) } @names, 'System.Object') . '</TN>';
}

sub object {
	my ($name, $types, $inside) = @_;
	my $n = defined $name ? " N=\"$name\"" : '';
	my $id = $ref++;
	return "<Obj$n RefId=\"$id\">" . type_names(@$types) . $inside .
		'</Obj>';
}

my %tag = (flag => 'B', guid => 'G', octets => 'BA', long => 'I64',
	int => 'I32', text => 'S', time => 'DT');

sub xml_value {
	my ($name, $v) = @_;
	return element('Nil', $name) if !defined $v;
	my ($type, $value) = @$v;
	return object($name, ['Microsoft.ActiveDirectory.Management.' .
		'ADPropertyValueCollection',
		'System.Collections.CollectionBase'], '<IE>' . join('', map {
		xml_value(undef, $_) } @$v) . '</IE>') if ref $type;
	return object($name, ['System.Security.Principal.SecurityIdentifier',
		'System.Security.Principal.IdentityReference'],
		element('ToString', undef, Org::sid_text($value)) . '<Props>' .
		element('I32', 'BinaryLength', length $value) .
		element('S', 'Value', Org::sid_text($value)) . '</Props>')
		if $type eq 'sid';
	# Some exporters break the base64 of octets into lines.
	my $text = $type eq 'flag' ? ($value ? 'true' : 'false')
		: $type eq 'guid' ? Org::guid_text($value)
		: $type eq 'octets' ? encode_base64($value, '')
		: $type eq 'time' ? local_time($value) : $value;
	return element($tag{$type}, $name, $text);
}

sub document {
	my (@objects) = @_;
	my $text = join("\n", '<Objs Version="1.1.0.1" xmlns="http://schemas.' .
		'microsoft.com/powershell/2004/04">', @objects, '</Objs>');
	return "\xff\xfe" . encode('UTF-16LE', $text =~ s/\n/\r\n/gr);
}

sub ad_clixml {
	my @files;
	for my $list (@Csv::lists) {
		my @rows;
		($ref, %types) = (0);
		for my $o (grep { $_->{class} =~ $list->{class} } @Org::ad) {
			push @rows, object(undef, ["Microsoft.ActiveDirectory." .
				"Management.$list->{type}",
				"Microsoft.ActiveDirectory.Management.ADEntity"],
				element('ToString', undef, $o->{dn}) .
				'<Props>' . join('', map { xml_value(@$_) }
				properties($list, $o)) . '</Props>');
		}
		push @files, "$list->{name}.xml" => document(@rows);
	}
	return @files;
}

# ---- the tenant's cmdlets: properties in Pascal case ----

sub pascal {
	my ($v, $old) = @_;
	return [map { pascal($_, $old) } @$v] if ref $v eq 'ARRAY';
	return { map { ucfirst $_ => pascal($v->{$_}, $old) } keys %$v }
		if ref $v eq 'HASH';
	return '/Date(' . Org::seconds("$1 $2") * 1000 . ')/' if $old &&
		($v // '') =~ /^(\d+-\d+-\d+)T(\d+:\d+):00Z$/;
	return $v;
}

# A property that Graph did not have is null, or an empty list.
our %mg = (users => 'User', groups => 'Group', contacts => 'OrgContact',
	domains => 'Domain', organization => 'Organization',
	deleted => 'User');

sub mg_json {
	my ($old) = @_;
	return map { my $name = $_; ("$name.json" => written($json->encode([map {
		{ %{pascal($_, $old)}, AdditionalProperties => {},
		$name eq 'users' ? (DeletedDateTime => undef) : () } }
		@{$Org::tenant{$name}}]) =~ s/},\{"Acc/},\n{"Acc/gr, $old)) }
		sort keys %mg;
}

# The modules before: other names for the same.
sub older_json {
	my ($module) = @_;
	my %is = %{$Tenant::modules{$module}};
	my %files = Tenant::pages();
	delete @files{'users-1.json', 'users.json'};
	return (%files, 'users.json' => written($json->encode([map {
		my $u = $_;
		+{ map { $is{$_} =>
			older_value($is{$_}, $u->{$_}) } keys %is }
		} @{$Org::tenant{users}}]), 1));
}

sub older_clixml {
	my ($module, $type) = @_;
	my %is = %{$Tenant::modules{$module}};
	my %files = Tenant::pages();
	delete @files{'users-1.json', 'users.json'};
	($ref, %types) = (0);
	return (%files, 'users.xml' => document(map { my $u = $_;
		object(undef, [$type], '<Props>' . join('', map {
			my ($column, $v) = ($is{$_}, $u->{$_});
			$v = defined $v && $$v ? \0 : \1
				if $column eq 'BlockCredential';
			mg_xml($column, $v, 'Plan') } sort keys %is) .
			'</Props>') } @{$Org::tenant{users}}));
}

sub older_value {
	my ($column, $v) = @_;
	return defined $v && $$v ? JSON::XS::false : JSON::XS::true
		if $column eq 'BlockCredential';
	return defined $v ? '/Date(1455514992000)/' : undef
		if $column eq 'LastDirSyncTime';
	return pascal($v, 1);
}

sub mg_xml {
	my ($name, $v, $type) = @_;
	return element('Nil', $name) if !defined $v;
	return element('B', $name, $$v ? 'true' : 'false')
		if ref $v eq 'SCALAR';
	return object($name, ["System.String[]", 'System.Array'], '<LST>' .
		join('', map { mg_xml(undef, $_, 'AssignedPlan') } @$v) .
		'</LST>') if ref $v eq 'ARRAY';
	return object($name, ["Microsoft.Graph.PowerShell.Models." .
		"MicrosoftGraph$type"], '<Props>' . join('', map {
		mg_xml(ucfirst $_, $v->{$_}) } sort keys %$v) . '</Props>')
		if ref $v;
	return element('DT', $name, $v) if $v =~ /^\d{4}-\d\d-\d\dT[\d:]+Z$/;
	return element('S', $name, $v);
}

sub mg_clixml {
	my @files;
	for my $name (sort keys %mg) {
		($ref, %types) = (0);
		push @files, "$name.xml" => document(map {
			mg_xml(undef, $_, $mg{$name}) } @{$Org::tenant{$name}});
	}
	return @files;
}

1;
