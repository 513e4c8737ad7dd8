#!/usr/bin/perl
# A connection that fails half-way, for tests: passes bytes on both ways and
# does harm once the server has sent so many.
#
#   proxy.pl --to HOST:PORT --do cut|reset|stall|slow|pass|truncate
#            --after BYTES [--times N] [--listen ADDRESS] [--dir DIR]
#            [--log FILE]
#
# Listens on a free port of 127.0.0.1, or of ADDRESS (with a server's own
# address its certificate still fits), and prints the port. With --dir it also
# writes DIR/proxy.port and DIR/proxy.log, a line for each harm done. With
# --log all that clients send goes to FILE, too, as it is. The first N
# connections (one, if not told) that reach BYTES suffer; all others pass. Ends
# on SIGTERM, and when its parent has gone, so start it from the script itself
# and not within $(...):
#
#   proxy.pl --to ... >port & pid=$!; until [ -s port ]; do sleep 0.1; done
#
#   cut       closes both sides, after exactly BYTES
#   reset     the same, but the client gets a reset
#   truncate  sends half of the chunk that passes BYTES, then closes
#   stall     forwards nothing any more, and keeps the connection open
#   slow      from then on one byte each 10 ms
#   pass      does nothing
use strict;
use warnings;
use Getopt::Long qw(GetOptions);
use IO::Select;
use IO::Socket::INET;
use Socket qw(SOL_SOCKET SO_LINGER);
use Time::HiRes qw(time);

my %o = (listen => '127.0.0.1', times => 1, after => 0);
GetOptions(\%o, 'to=s', 'listen=s', 'do=s', 'after=i', 'times=i', 'dir=s',
	'log=s')
	&& $o{to} && ($o{do} // '') =~ /^(cut|reset|stall|slow|pass|truncate)$/
	or die "usage: proxy.pl --to HOST:PORT --do WHAT --after BYTES\n";

my $parent = getppid;
my $most = 65536;
my $harmed = 0;
my %pair;

$SIG{PIPE} = 'IGNORE';
$SIG{TERM} = sub { exit 0 };

my $listener = IO::Socket::INET->new(LocalAddr => $o{listen}, LocalPort => 0,
	Listen => 64) or die "proxy.pl: $o{listen}: $!\n";
announce($listener->sockport);
serve();

sub announce {
	my ($port) = @_;
	$| = 1;
	print "$port\n";
	write_to('>', 'proxy.port', $port) if $o{dir};
}

sub write_to {
	my ($mode, $name, $text) = @_;
	open my $out, $mode, "$o{dir}/$name" or die "proxy.pl: $name: $!\n";
	print $out "$text\n";
	close $out;
}

sub record {
	my ($chunk) = @_;
	open my $out, '>>:raw', $o{log} or die "proxy.pl: $o{log}: $!\n";
	print $out $chunk;
	close $out;
}

# Each connection: its two sockets, what waits for either, and what the
# server has sent so far. "wait_client" is what goes to the client.
sub begin {
	my $client = $listener->accept or return;
	my $server = IO::Socket::INET->new(PeerAddr => $o{to});
	return close $client unless $server;
	my $c = { client => $client, server => $server, sent => 0,
		wait_client => '', wait_server => '', state => 'pass',
		next => 0, eof => '' };
	$_->blocking(0) for $client, $server;
	$pair{fileno $client} = $pair{fileno $server} = $c;
}

sub finish {
	my ($c) = @_;
	delete $pair{fileno $c->{$_}} for 'client', 'server';
	close $c->{$_} for 'client', 'server';
}

# Those of what has come from the server that may still go to the client.
sub judge {
	my ($c, $chunk) = @_;
	my $before = $c->{sent};
	$c->{sent} += length $chunk;
	return $chunk if $c->{state} ne 'pass' || $o{do} eq 'pass'
		|| $c->{sent} < $o{after} || $harmed >= $o{times};
	$harmed++;
	$c->{state} = $o{do};
	write_to('>>', 'proxy.log', "$o{do} after $c->{sent} bytes")
		if $o{dir};
	my $left = $o{after} > $before ? $o{after} - $before : 0;
	$left = int(length($chunk) / 2) if $o{do} eq 'truncate';
	return $o{do} eq 'slow' ? $chunk : substr $chunk, 0, $left;
}

sub read_side {
	my ($c, $from) = @_;
	my $to = $from eq 'client' ? 'wait_server' : 'wait_client';
	my $chunk;
	my $n = sysread $c->{$from}, $chunk, $most;
	return if !defined $n && $!{EAGAIN};
	if (!$n) {
		$c->{eof} = $from;
		return;
	}
	record($chunk) if $o{log} && $from eq 'client';
	$c->{$to} .= $from eq 'server' ? judge($c, $chunk) : $chunk;
}

sub write_side {
	my ($c, $to) = @_;
	my $slow = $c->{state} eq 'slow' && $to eq 'client';
	return if $slow && time < $c->{next};
	my $n = syswrite $c->{$to}, $c->{"wait_$to"}, $slow ? 1 : $most;
	$c->{next} = time + 0.01;
	if (defined $n) {
		substr $c->{"wait_$to"}, 0, $n, '';
	} elsif (!$!{EAGAIN}) {
		$c->{eof} = 'both';
	}
}

# Whether all that may still be sent has been sent, and so it is over.
sub over {
	my ($c) = @_;
	return 1 if $c->{eof} eq 'both';
	return 0 if length $c->{wait_client};
	return 1 if $c->{state} =~ /^(cut|reset|truncate)$/;
	return $c->{state} ne 'stall' && $c->{eof} ne ''
		&& !length $c->{wait_server};
}

sub end {
	my ($c) = @_;
	setsockopt $c->{client}, SOL_SOCKET, SO_LINGER, pack('ii', 1, 0)
		if $c->{state} eq 'reset';
	finish($c);
}

# A stalled side is not read, so that the server feels it too; of a slow one
# no more is taken than can be given.
sub wants_read {
	my ($c, $side) = @_;
	my $to = $side eq 'client' ? 'wait_server' : 'wait_client';
	return $c->{state} !~ /^(cut|reset|truncate|stall)$/
		&& $c->{eof} eq '' && length $c->{$to} < $most;
}

sub wants_write {
	my ($c, $side) = @_;
	return length $c->{"wait_$side"}
		&& !($side eq 'client' && $c->{state} eq 'slow'
			&& time < $c->{next});
}

sub serve {
	while (getppid == $parent) {
		my (%all, $r, $w);
		$all{$_->{client}} = $_ for values %pair;
		$r = IO::Select->new($listener);
		$w = IO::Select->new;
		for my $c (values %all) {
			for my $side ('client', 'server') {
				$r->add($c->{$side}) if wants_read($c, $side);
				$w->add($c->{$side}) if wants_write($c, $side);
			}
		}
		my $slow = grep { $_->{state} eq 'slow' } values %all;
		my ($in, $out) = IO::Select->select($r, $w, undef,
			$slow ? 0.01 : 0.5);
		move($_, 'read') for @{$in // []};
		move($_, 'write') for @{$out // []};
		end($_) for grep { over($_) } values %all;
	}
}

sub move {
	my ($socket, $way) = @_;
	return begin() if $socket == $listener;
	my $c = $pair{fileno $socket} or return;
	my $side = $socket == $c->{client} ? 'client' : 'server';
	$way eq 'read' ? read_side($c, $side) : write_side($c, $side);
}
