# The files of an organization, edited in memory, and what the program makes of
# them. tests/exchange/variants says what the edits are.
package Organization;
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use File::Basename qw(dirname);
use File::Path qw(make_path);
use JSON::XS;
use MIME::Base64 qw(encode_base64);
use lib dirname(__FILE__) . '/../lib';
use Trial qw(slurp spew);

my $json = JSON::XS->new->utf8->canonical;
my $here = dirname(__FILE__);

my %short = (dom => 'DC=ad,DC=tailspin,DC=example');
$short{config} = "CN=Configuration,$short{dom}";
$short{org} = 'CN=Tailspin Mail,CN=Microsoft Exchange,CN=Services,'
	. $short{config};
$short{group} = 'CN=Exchange Administrative Group (FYDIBOHF23SPDLT),'
	. "CN=Administrative Groups,$short{org}";
$short{servers} = "CN=Servers,$short{group}";
$short{mx1} = "CN=MX1,$short{servers}";
$short{db} = "CN=DB-MX1,CN=Databases,$short{group}";
$short{receive} = "CN=SMTP Receive Connectors,CN=Protocols,$short{mx1}";
$short{scp} = "CN=Autodiscover,CN=Protocols,$short{mx1}";
$short{send} = 'CN=Connections,CN=Exchange Routing Group (DWBGZMFD01QNBJR),'
	. "CN=Routing Groups,$short{group}";
$short{remote} = "CN=Internet Message Formats,CN=Global Settings,$short{org}";
$short{accounts} = "OU=Accounts,$short{dom}";
$short{exchgroups} = "OU=Microsoft Exchange Security Groups,$short{dom}";
$short{meso} = "CN=Microsoft Exchange System Objects,$short{dom}";
$short{sid} = 'AQUAAAAAAAUVAAAA3PTcO4M9K0aCi6Yo';

sub new {
	my ($class, $case) = @_;
	my $told = $json->decode(slurp("$here/$case/expect.json"));
	my %files = map { $_ => slurp("$here/$case/$_") } map { @$_ }
		values %{$told->{files}};
	$files{$_} =~ s/\r?\n //g for grep { /\.ldif$/ } keys %files;
	my %side = ((map { $_ => 'tenant' } @{$told->{files}{tenant}}),
		map { $_ => 'ad' } @{$told->{files}{ad}});
	$side{$_} = /server/ ? 'ad' : 'tenant'
		for @{$told->{files}{unknown}};
	return bless { case => $case, asOf => $told->{asOf}, told => $told,
		files => \%files, side => \%side, policy =>
		$json->decode(slurp("$here/$case/policy.json")) }, $class;
}

# {name} stands for a place that the files have.
sub whole {
	my ($text) = @_;
	$text =~ s/\{(\w+)\}/$short{$1} \/\/ "{$1}"/ge;
	return $text;
}

sub file {
	my ($o, $name) = @_;
	die "$name: no such file\n" if !defined $o->{files}{$name};
	return \$o->{files}{$name};
}

sub drop {
	my ($o, $name) = @_;
	$o->file($name);
	delete $o->{files}{$name};
}

sub edit {
	my ($o, $line) = @_;
	my ($name, $edit) = $line =~ /^(\S+) (.*)$/;
	local $_ = ${$o->file($name)};
	my $done = eval whole($edit);
	die "edit $line: " . ($@ || "nothing to edit\n") if !$done;
	$o->{files}{$name} = $_;
}

# Another object of a partition, before what ldapsearch says at the end.
sub entry {
	my ($o, $line, @body) = @_;
	my ($name, $dn) = whole($line) =~ /^(\S+) (.*)$/;
	my $text = $o->file($name);
	my ($cn) = $dn =~ /^\w+=([^,]*)/;
	my $guid = substr sha256_hex($dn), 0, 32;
	my $change = $$text =~ /^changetype: add$/m ? "changetype: add\n" : '';
	my $entry = join "\n", "dn: $dn", (map { whole($_) } @body),
		"distinguishedName: $dn", 'instanceType: 4',
		'whenCreated: 20180412091500.0Z',
		'whenChanged: 20180412091500.0Z', "name: $cn", 'objectGUID:: '
		. encode_base64(pack('H*', $guid), ''), "cn: $cn", "\n";
	$entry =~ s/\n/\n$change/;
	$$text =~ s/(?=^# search result$)/$entry/m or $$text =~ s/\n*\z/\n\n/,
		$$text .= $entry;
}

sub user {
	my ($o, $dn, @body) = @_;
	my $rid = 5000 + ++$o->{users};
	my $sid = pack 'C2 n N V5', 1, 5, 0, 5, 21, 1004336348,
		1177238915, 682003330, $rid;
	my %own = map { /^([\w-]+)/ => 1 } @body;
	my @usual = ("sAMAccountName: u$rid",
		"userPrincipalName: u$rid\@tailspin.example",
		'userAccountControl: 512', 'sAMAccountType: 805306368',
		'objectSid:: ' . encode_base64($sid, ''), 'primaryGroupID: 513',
		'pwdLastSet: 133800000000000000', 'accountExpires: 0');
	$o->entry("domain.ldif $dn", (map { "objectClass: $_" } qw(top person
		organizationalPerson user)), (grep { /^([\w-]+)/ && !$own{$1} }
		@usual), @body);
}

sub users {
	my ($o, $line, @body) = @_;
	my ($from, $to, $dn) = $line =~ /^(\d+) (\d+) (.*)$/;
	for my $n ($from .. $to) {
		my $power = sprintf '%.0f', 2 ** $n;
		my @one = map { s/\{n\}/$n/gr =~ s/\{power\}/$power/gr } $dn,
			@body;
		$o->user(@one);
	}
}

# Objects whose names begin so.
sub without {
	my ($o, $line) = @_;
	my ($name, $begin) = whole($line) =~ /^(\S+) (.*)$/;
	my $text = $o->file($name);
	$$text =~ s/^dn: \Q$begin\E.*?\n(\n+|\z)//msg
		or die "without $line: no such object\n";
}

# All below an object.
sub prune {
	my ($o, $line) = @_;
	my ($name, $dn) = whole($line) =~ /^(\S+) (.*)$/;
	my $text = $o->file($name);
	$$text =~ s/^dn: [^\n]*,\Q$dn\E\n.*?\n(\n+|\z)//msg
		or die "prune $line: nothing below\n";
}

# Only these attributes were asked for.
sub asked {
	my ($o, $line) = @_;
	my ($name, @lost) = split ' ', $line;
	my $text = $o->file($name);
	my %has = map { $_ => 1 } $$text =~ /^([A-Za-z][\w-]*)::? /mg;
	delete @has{@lost, 'dn', 'search', 'result'};
	my $lost = join '|', @lost;
	$$text =~ s/^(?:$lost)::? [^\n]*\n//mg;
	my $asked = join ' ', sort keys %has;
	$$text =~ s/^# requesting: ALL$/# requesting: $asked /m
		or die "asked $line: not of ldapsearch\n";
}

sub rows {
	my ($text) = @_;
	return map { [/"([^"]*)"/g] } split /\r?\n/, $text;
}

sub csv {
	return join '', map { join(',', map { "\"$_\"" } @$_) . "\r\n" } @_;
}

# A column taken away, or called otherwise.
sub column {
	my ($o, $line) = @_;
	my ($name, $column, $other) = split ' ', $line;
	my ($head, @rows) = rows(${$o->file($name)});
	my ($at) = grep { $head->[$_] eq $column } 0 .. $#$head;
	die "$name: no $column\n" if !defined $at;
	if (defined $other) {
		$head->[$at] = $other;
	} else {
		splice @$_, $at, 1 for $head, @rows;
	}
	$o->{files}{$name} = csv($head, @rows);
}

# A value in a column of all rows, or of those that have a text.
sub cells {
	my ($o, $line) = @_;
	my ($name, $column, $value, $of) = split ' ', $line;
	my ($head, @rows) = rows(${$o->file($name)});
	my ($at) = grep { $head->[$_] eq $column } 0 .. $#$head;
	die "$name: no $column\n" if !defined $at;
	for my $row (grep { !defined $of || "@$_" =~ /\Q$of\E/ } @rows) {
		$row->[$at] = $value eq 'EMPTY' ? '' : $value;
	}
	$o->{files}{$name} = csv($head, @rows);
}

# As many rows in all, of mailboxes that only the cloud knows.
sub fill {
	my ($o, $line) = @_;
	my ($name, $count, %own) = split ' ', $line;
	my ($head, @rows) = rows(${$o->file($name)});
	my %usual = (RecipientType => 'UserMailbox', RecipientTypeDetails =>
		'UserMailbox', IsDirSynced => 'False', IsExchangeCloudManaged
		=> 'False', ArchiveStatus => 'None', %own);
	for my $n (@rows + 1 .. $count) {
		my %row = (%usual, UserPrincipalName =>
			"c$n\@tailspin.example", Alias => "c$n", DisplayName =>
			"Cloud $n", PrimarySmtpAddress =>
			"c$n\@tailspin.example", EmailAddresses =>
			"SMTP:c$n\@tailspin.example", ExternalDirectoryObjectId
			=> sprintf('%08x-0000-4000-8000-000000000001', $n),
			ExchangeGuid => sprintf('%08x-0000-4000-8000-'
			. '000000000002', $n));
		push @rows, [map { $row{$_} // '' } @$head];
	}
	$o->{files}{$name} = csv($head, @rows);
}

# What edits the objects of an answer of Graph.
sub of_graph {
	my ($o, $name, $do) = @_;
	my $answer = $json->decode(${$o->file($name)});
	$do->($answer->{value});
	$o->{files}{$name} = $json->encode($answer);
}

# One object more.
sub add {
	my ($o, $line) = @_;
	my ($name, $object) = split ' ', $line, 2;
	$o->of_graph($name, sub { push @{$_[0]}, $json->decode($object) });
}

# A property of all objects, or of the one that is called so; - takes it away.
sub property {
	my ($o, $line) = @_;
	my ($name, $key, $value, $of) = split ' ', $line, 4;
	my $any = JSON::XS->new->allow_nonref;
	$o->of_graph($name, sub { for my $object (@{$_[0]}) {
		next if defined $of && $object->{displayName} ne $of;
		$value eq '-' ? delete $object->{$key}
			: ($object->{$key} = $any->decode($value));
	} });
}

# As ConvertTo-Json has it.
sub as_json {
	my ($o, $line) = @_;
	my ($name, $other) = split ' ', $line;
	my ($head, @rows) = rows(${$o->file($name)});
	my @objects;
	for my $row (@rows) {
		my %object;
		@object{@$head} = map { /^True$/ ? JSON::XS::true : /^False$/
			? JSON::XS::false : do { utf8::decode(my $t = $_); $t }
		} @$row;
		push @objects, \%object;
	}
	delete $o->{files}{$name};
	$o->{files}{$other} = $json->encode(\@objects);
	$o->{side}{$other} = $o->{side}{$name};
}

# As csvde writes a partition.
sub as_csvde {
	my ($o, $line) = @_;
	my ($name, $other) = split ' ', $line;
	my (@objects, %seen);
	for my $record (split /\n\n+/, ${$o->file($name)}) {
		my %object;
		while ($record =~ /^([A-Za-z][\w-]*)(::?) (.*)$/mg) {
			my ($key, $value) = ($1, $3);
			$value = MIME::Base64::decode($value) if $2 eq '::';
			$value = "X'" . unpack('H*', $value) . "'" if
				$key =~ /^(objectGUID|objectSid|msEx\w+Guid)$/;
			$value =~ s/([;\\])/\\$1/g;
			push @{$object{$key eq 'dn' ? 'DN' : $key}}, $value;
		}
		next if !$object{DN};
		push @objects, \%object;
		$seen{$_} = 1 for keys %object;
	}
	my @head = ('DN', grep { $_ ne 'DN' } sort keys %seen);
	delete $o->{files}{$name};
	$o->{files}{$other} = join "\r\n", join(',', @head), (map {
		my $object = $_; join ',', map { my $t = join ';',
		@{$object->{$_} // []}; $t =~ s/"/""/g;
		$t =~ /[",;]/ ? "\"$t\"" : $t } @head } @objects), '';
	$o->{side}{$other} = $o->{side}{$name};
}

# A file of its own: its side, its name, and what is in it.
sub write {
	my ($o, $line, @body) = @_;
	my ($side, $name) = split ' ', $line;
	$o->{files}{$name} = join '', map { whole($_) . "\n" } @body;
	$o->{side}{$name} = $side;
}

# Another organization's file, as a part of this one: named so, and edited.
sub take {
	my ($o, $line) = @_;
	my ($case, $name, $other) = split ' ', $line;
	my $from = Organization->new($case);
	$o->{files}{$other} = ${$from->file($name)};
	$o->{side}{$other} = $from->{side}{$name};
}

# A key of the policy, by its path; - takes it away.
sub policy {
	my ($o, $line) = @_;
	my ($path, $value) = split ' ', $line, 2;
	my @keys = split /\./, $path;
	my $last = pop @keys;
	my $at = $o->{policy};
	$at = $at->{$_} //= {} for @keys;
	return delete $at->{$last} if $value eq '-';
	$at->{$last} = JSON::XS->new->allow_nonref->decode($value);
}

sub as_of {
	my ($o, $when) = @_;
	$o->{asOf} = $when;
}

my %edits = (drop => \&drop, edit => \&edit, entry => \&entry, user => \&user,
	users => \&users, without => \&without, prune => \&prune,
	asked => \&asked, column => \&column, cells => \&cells,
	fill => \&fill, json => \&as_json, csvde => \&as_csvde,
	write => \&write, take => \&take, policy => \&policy,
	add => \&add, property => \&property, 'as-of' => \&as_of);

sub can_edit { return exists $edits{$_[0]}; }

sub change {
	my ($o, $word, $line, @body) = @_;
	$edits{$word}->($o, $line, @body);
}

# What ldapsearch counts at the end.
sub count_entries {
	my ($text) = @_;
	my $n = () = $text =~ /^dn::? /mg;
	$text =~ s/^# numEntries: \d+/# numEntries: $n/m;
	$text =~ s/^# numResponses: \d+/'# numResponses: ' . ($n + 1)/me;
	return $text;
}

sub program {
	my ($o, @command) = @_;
	my $said = `@command 2>&1`;
	return ($? >> 8, $said);
}

my %imported;

# A snapshot of the files of a side, made once of the same files.
sub snapshot {
	my ($o, $bin, $tmp, $side) = @_;
	my @names = grep { $o->{side}{$_} eq $side } sort keys %{$o->{files}};
	return if !@names;
	my %texts = map { $_ => /\.ldif$/ ? count_entries($o->{files}{$_})
		: $o->{files}{$_} } @names;
	my $key = sha256_hex(join "\0", $o->{asOf}, map { $_, $texts{$_} }
		@names);
	my $folder = "$tmp/$key";
	return @{$imported{$key}} if $imported{$key};
	make_path("$folder.files");
	spew("$folder.files/$_", $texts{$_}) for @names;
	my ($status, $said) = $o->program($bin, qw(collect import), (map {
		"$folder.files/$_" } @names), '--collected', $o->{asOf}, '-o',
		"$folder.snapshot");
	$imported{$key} = ["$folder.snapshot", $status, $said];
	return @{$imported{$key}};
}

# What comes of it: status and words of import and analyze, and the files.
sub judged {
	my ($o, $bin, $tmp, $name, @options) = @_;
	my (@snapshots, %result);
	for my $side (qw(ad tenant)) {
		my ($path, $status, $said) = $o->snapshot($bin, $tmp, $side)
			or next;
		$result{$side} = [$status, $said];
		push @snapshots, $path if $status == 0 || $status == 3;
	}
	my $policy = $json->encode($o->{policy});
	my $path = "$tmp/" . sha256_hex($policy) . '.json';
	spew($path, $policy);
	my $folder = "$tmp/$o->{case}+$name.findings";
	@result{qw(status said)} = $o->program($bin, 'analyze', @snapshots,
		'--policy', $path, '--as-of', $o->{asOf}, '-q',
		@options, '-o', $folder);
	$result{folder} = $folder;
	$result{text} = slurp("$folder/exchange.json");
	$result{exchange} = eval { $json->decode($result{text}) };
	$result{$_} = [map { $json->decode($_) } split /\n/,
		slurp("$folder/$_.ndjson")] for qw(findings forecast);
	return \%result;
}

1;
