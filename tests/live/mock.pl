#!/usr/bin/perl
# A directory that answers as no real one does on demand, for tests:
#
#   mock.pl --cert FILE --key FILE --port PORT --do WHAT
#
# Speaks LDAP over TLS at 127.0.0.1, through openssl's s_server, to one client
# at a time. It says that it is an Active Directory, gives no more than four
# objects a page and three members a range, whatever is asked for, and puts a
# reference before each end. It has ten users and a group of seven. WHAT
# happens to the second page of users:
#
#   nothing       all is well
#   extended      an extended response ends it, as Samba does with controls
#   busy          "busy" instead of the page, twice
#   busy-late     "busy" after half of the page, once
#   unwilling     "unwilling to perform", once: the place is lost
#   limit         "time limit exceeded" unless 300 or less are asked for
#   notice        a notice of disconnection, and the end, once
#   referral      a referral to another server, always
#   denied        "insufficient access", always
#   escape        the same, with a text that would steer a terminal
#   garbage       bytes that are no LDAP, always
#   huge          the beginning of a message of 2 GB, always
#   huge-bind     the same, instead of the answer to the sign-in
#   wide          nothing, but the sixth user has 30 MB of certificates
#   latin         as denied, with a text that is not UTF-8
#   garbled       it comes, and the control that names the next one is garbled
#
# or to the second piece of the members:
#
#   range-busy    "busy" instead of it, once
#   range-low     it begins one later than it should
#   range-name    it is another attribute's
#   range-first   that is right, but the first piece begins one too late
#   range-none    it is nothing, without the object
#   range-back    it ends before it begins
#   range-odd     it ends at no number
#   range-far     it ends at a number of ten digits
#   range-again   the first one again, always
#   range-empty   none in it, and always another one to come
#   range-slow    one in it, after a while, and always another one to come
#   range-huge    half a megabyte, and always another one to come
#
# or elsewhere:
#
#   gone          Exchange's settings are there on the first page, and then
#                 "no such object", once
#   gone-always   the same, always
#   invocation    an invocationId without a value
use strict;
use warnings;
use Getopt::Long qw(GetOptions);
use IPC::Open2 qw(open2);

my %o;
GetOptions(\%o, 'cert=s', 'key=s', 'port=i', 'do=s') && $o{port}
	or die "usage: mock.pl --cert F --key F --port N --do WHAT\n";

my $base = 'DC=mock,DC=test';
my $people = "CN=Users,$base";
my $service = "CN=NTDS Settings,CN=mock,CN=Configuration,$base";
my $times = 0;
my $huge = "\x30\x84\x7f\xff\xff\xff\x02";
my $buffer = '';

my $pid = open2(my $in, my $out, 'openssl', 's_server', '-accept',
	"127.0.0.1:$o{port}", '-cert', $o{cert}, '-key', $o{key}, '-quiet');
binmode $_ for $in, $out;
$out->autoflush(1);
$SIG{TERM} = sub {
	kill 'TERM', $pid;
	exit 0;
};
$SIG{PIPE} = 'IGNORE';
while (sysread $in, my $chunk, 65536) {
	$buffer .= $chunk;
	while (defined(my $message = next_message())) {
		answer($message);
	}
}
kill 'TERM', $pid;

# ---- BER ----

sub ber {
	my ($tag, @parts) = @_;
	my $body = join '', @parts;
	my $n = length $body;
	return chr($tag) . ($n < 128 ? chr $n : pack 'CN', 0x84, $n) . $body;
}

sub text {
	return ber(4, $_[0]);
}

# The length of the first element of a text, with its head, and the head's.
sub extent {
	my ($bytes) = @_;
	return if length $bytes < 2;
	my $n = ord substr $bytes, 1, 1;
	return (2 + $n, 2) if $n < 128;
	my $more = $n & 127;
	return if length $bytes < 2 + $more;
	$n = 0;
	$n = $n * 256 + $_ for unpack 'C*', substr $bytes, 2, $more;
	return (2 + $more + $n, 2 + $more);
}

sub next_message {
	my ($all) = extent($buffer);
	return if !$all || length $buffer < $all;
	return substr $buffer, 0, $all, '';
}

# The elements in a constructed one, as [TAG, CONTENT].
sub elements {
	my ($bytes) = @_;
	my @found;
	while (length $bytes) {
		my ($all, $head) = extent($bytes);
		push @found, [ord $bytes,
			substr $bytes, $head, $all - $head];
		substr $bytes, 0, $all, '';
	}
	return @found;
}

# ---- LDAP ----

my $id;

sub send_message {
	my ($op, $controls) = @_;
	print $out ber(0x30, $id, $op, $controls // '');
}

sub result {
	my ($tag, $code, @more) = @_;
	my %says = (escape => "\e[2J\e]0;title\x07\r\nno",
		latin => "Zugriff verweigert f\xfcr S\xf8ren \xe2\x82");
	my $said = $code == 50 ? $says{$o{do}} // '' : '';
	return ber($tag, ber(10, chr $code), text(''), text($said), @more);
}

sub entry {
	my ($dn, %values) = @_;
	send_message(ber(0x64, text($dn), ber(0x30, map {
		ber(0x30, text($_), ber(0x31, map { text($_) }
			ref $values{$_} ? @{$values{$_}} : $values{$_}))
	} sort keys %values)));
}

# The control of a page's end; no cookie says that it was the last one.
sub page_end {
	my ($cookie, $garbage) = @_;
	return ber(0xa0, ber(0x30, text('1.2.840.113556.1.4.319'),
		text($garbage // ber(0x30, ber(2, chr 0), text($cookie)))));
}

sub answer {
	my ($message) = @_;
	my ($number, $op, $controls) = elements((elements($message))[0][1]);
	$id = ber(2, $number->[1]);
	print $out $huge if $op->[0] == 0x60 && $o{do} eq 'huge-bind';
	send_message(result(0x61, 0)) if $op->[0] == 0x60;
	search($op->[1], $controls) if $op->[0] == 0x63;
}

sub search {
	my ($op, $controls) = @_;
	my @parts = elements($op);
	my ($where, $scope) = ($parts[0][1], ord $parts[1][1]);
	my %asked = map { $_->[1] => 1 } elements($parts[7][1]);
	my ($size, $cookie) = paging($controls);
	if ($where eq '' && $scope == 0) {
		root_dse();
	} elsif ($scope == 0 && lc $where eq lc "CN=Group,$people") {
		return unless members(keys %asked);
	} elsif ($asked{invocationId} && $where eq $service) {
		entry($service, invocationId => []);
	} elsif ($scope == 0 && lc $where eq lc $base) {
		my ($range) = grep { /^objectClass;range=/ } keys %asked;
		entry($base, !$range ? (objectClass => ['top', 'domainDNS'])
			: $range =~ /0-0/ ? ($range => 'top')
			: ('objectClass;range=1-*' => 'domainDNS'));
	} elsif ($asked{employeeID} && $asked{userPrincipalName}) {
		return users($size, $cookie);
	} elsif ($asked{msExchAcceptedDomainName} && $o{do} =~ /^gone/) {
		return exchange($cookie);
	} elsif ($asked{groupType}) {
		group();
	}
	send_message(result(0x65, 0), defined $size ? page_end('') : '');
}

sub paging {
	my ($controls) = @_;
	for ($controls ? elements($controls->[1]) : ()) {
		my ($oid, @rest) = elements($_->[1]);
		next unless $oid->[1] eq '1.2.840.113556.1.4.319';
		my ($size, $cookie) =
			elements((elements($rest[-1][1]))[0][1]);
		my $n = 0;
		$n = $n * 256 + $_ for unpack 'C*', $size->[1];
		return ($n, $cookie->[1]);
	}
	return;
}

sub root_dse {
	entry('', defaultNamingContext => $base,
		configurationNamingContext => "CN=Configuration,$base",
		schemaNamingContext => "CN=Schema,CN=Configuration,$base",
		rootDomainNamingContext => $base, namingContexts => [$base],
		dnsHostName => 'mock.test', highestCommittedUSN => 5,
		$o{do} eq 'invocation' ? (dsServiceName => $service) : (),
		supportedCapabilities => '1.2.840.113556.1.4.800');
}

# ---- what it holds ----

sub user {
	my ($n) = @_;
	entry("CN=User $n,$people", cn => "User $n",
		objectClass => ['top', 'person', 'user'],
		objectGUID => pack('Vx12', $n), sAMAccountName => "user$n",
		userPrincipalName => "user$n\@mock.test",
		userAccountControl => 512,
		$n == 6 && $o{do} eq 'wide' ? (userCertificate =>
			[map { chr(48 + $_) . "\0" x 999_999 } 1 .. 30]) : ());
}

sub group {
	entry("CN=Group,$people", cn => 'Group', groupType => -2147483646,
		objectClass => ['top', 'group'], objectGUID => pack('Vx12', 99),
		($o{do} eq 'range-first' ? 'member;range=1-2'
			: 'member;range=0-2') =>
			[map { "CN=User $_,$people" } 1 .. 3]);
}

# Two settings, a page each.
sub exchange {
	my ($cookie) = @_;
	my $most = $o{do} eq 'gone' ? 1 : 1e9;
	if (length $cookie && $times++ < $most) {
		send_message(result(0x65, 32));
		return;
	}
	my $n = length $cookie ? 2 : 1;
	entry("CN=Domain $n,$base", objectGUID => pack('Vx12', 50 + $n),
		objectClass => ['top', 'msExchAcceptedDomain']);
	send_message(result(0x65, 0), page_end($n == 1 ? 'next' : ''));
}

# Whether the end of the search is still to be sent.
sub members {
	for (@_) {
		next unless /^member;range=(\d+)-/;
		my $first = $1;
		return odd_members($first) if $o{do} =~ /^range/
			&& ($o{do} ne 'range-busy' || !$times++);
		my $last = $first + 2 < 6 ? $first + 2 : 6;
		range('member', $first, $last, $last == 6 ? '*' : $last);
	}
	return 1;
}

sub range {
	my ($name, $first, $last, $end) = @_;
	entry("CN=Group,$people", "$name;range=$first-$end" =>
		[map { 'CN=User ' . ($_ + 1) . ",$people" } $first .. $last]);
}

sub odd_members {
	my ($first) = @_;
	my $group = "CN=Group,$people";
	if ($o{do} eq 'range-busy') {
		send_message(result(0x65, 51));
		return 0;
	} elsif ($o{do} eq 'range-low') {
		range('member', $first + 1, 6, '*');
	} elsif ($o{do} eq 'range-name') {
		range('managedBy', $first, 6, '*');
	} elsif ($o{do} eq 'range-back') {
		range('member', $first, 6, $first - 1);
	} elsif ($o{do} eq 'range-odd') {
		range('member', $first, 6, 'x');
	} elsif ($o{do} eq 'range-far') {
		range('member', $first, 6, 1000000005);
	} elsif ($o{do} eq 'range-again') {
		range('member', 0, 2, 2);
	} elsif ($o{do} eq 'range-none') {
		return 1;
	} elsif ($o{do} eq 'range-empty') {
		entry($group, "member;range=$first-$first" => []);
	} elsif ($o{do} eq 'range-slow') {
		select undef, undef, undef, 0.1;
		range('member', $first, $first, $first);
	} else {
		entry($group, "member;range=$first-$first" =>
			"CN=$first" . 'x' x 500_000);
	}
	return 1;
}

sub users {
	my ($size, $cookie) = @_;
	my $first = length $cookie ? $cookie : 1;
	my $last = $first + 3 < 10 ? $first + 3 : 10;
	return if $first == 5 && mishap($size);
	user($_) for $first .. $last;
	send_message(ber(0x73, text("ldaps://other.test/CN=X,$base")));
	send_message(result(0x65, 0), page_end($last < 10 ? $last + 1 : ''));
}

# Whether the second page is to go wrong, and has.
sub mishap {
	my ($size) = @_;
	my %code = (busy => 51, unwilling => 53, limit => 3, denied => 50,
		escape => 50, latin => 50);
	return 0 if $o{do} =~ /^(?:range|gone|invocation)/;
	my %most = (nothing => 0, wide => 0, busy => 2, 'busy-late' => 1,
		unwilling => 1, notice => 1);
	return 0 if $times >= ($most{$o{do}} // 1e9)
		|| $o{do} eq 'limit' && $size <= 300;
	$times++;
	if ($code{$o{do}}) {
		send_message(result(0x65, $code{$o{do}}));
	} elsif ($o{do} eq 'busy-late') {
		user($_) for 5, 6;
		send_message(result(0x65, 51));
	} elsif ($o{do} eq 'garbled') {
		user($_) for 5 .. 8;
		send_message(result(0x65, 0), page_end('', "\xff\xff\xff"));
	} elsif ($o{do} eq 'extended') {
		send_message(result(0x78, 12));
	} elsif ($o{do} eq 'referral') {
		send_message(result(0x65, 10,
			ber(0xa3, text("ldaps://other.test/$base"))));
	} elsif ($o{do} eq 'notice') {
		$id = ber(2, chr 0);
		send_message(result(0x78, 52,
			ber(0x8a, '1.3.6.1.4.1.1466.20036')));
	} else {
		print $out $o{do} eq 'huge' ? $huge : "\xff" x 100;
	}
	return 1;
}
