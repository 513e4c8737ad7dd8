# Snapshots as they would have been: some years earlier, or by somebody who may
# not read all. Whoever reads them finds nothing amiss: digests are made anew.
package Past;
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use Exporter qw(import);
use File::Basename qw(basename);
use JSON::XS;
use MIME::Base64 qw(decode_base64 encode_base64);
use POSIX qw(strftime);
use Time::Local qw(timegm);
use Live qw(read_file write_file);

our @EXPORT = qw(DAY earlier iso ticks_time time_of without);

use constant DAY => 24 * 60 * 60;
# AD's clocks begin in 1601 (MS-DTYP 2.3.3), and most count 100 ns.
use constant { SINCE_1601 => 11644473600, TICKS => 10_000_000 };

my $json = JSON::XS->new->utf8->canonical->pretty;
my $ticking = qr/pwdLastSet|lastLogonTimestamp|lockoutTime|accountExpires/;

sub iso { return strftime '%Y-%m-%dT%H:%M:%SZ', gmtime $_[0]; }

# Of 2026-11-29T15:05:43Z, or of 20261129150543.0Z.
sub time_of {
	my ($text) = @_;
	my ($y, $m, @rest) = $text =~ /^(\d{4})-?(\d\d)-?(\d\d)T?
		(\d\d):?(\d\d):?(\d\d)/x or die "no time: $text\n";
	return timegm(@rest[3, 2, 1, 0], $m - 1, $y);
}

sub written_back {
	my ($text, $seconds) = @_;
	my $at = time_of($text) - $seconds;
	return $text =~ /T/ ? iso($at) : strftime '%Y%m%d%H%M%S', gmtime $at;
}

# In seconds.
sub ticks_time { return int($_[0] / TICKS) - SINCE_1601; }

# Zero, and the end of all days, are no times.
sub ticks_back {
	my ($ticks, $seconds) = @_;
	return $ticks <= 0 || $ticks > 4e18 ? $ticks
		: $ticks - $seconds * TICKS;
}

# The number of userAccountControl, which Samba counts twice.
use constant CONTROL => 0x90008;

# A header of 16 bytes with the count in its third word, 48 bytes for each
# attribute: its number, version, and time in seconds first (MS-DRSR 5.166).
sub stamps_back {
	my ($octets, $seconds) = @_;
	for my $n (0 .. unpack('x8 V', $octets) - 1) {
		my $stamp = \substr $octets, 16 + 48 * $n, 16;
		my ($attr, $version, $time) = unpack 'V2 Q<', $$stamp;
		$version = ($version + 1) >> 1 if $attr == CONTROL;
		$$stamp = pack 'V2 Q<', $attr, $version, $time - $seconds;
	}
	return $octets;
}

sub line_back {
	my ($line, $seconds) = @_;
	$line =~ s/"(\d{14})(\.0Z")/'"' . written_back($1, $seconds) . $2/ge;
	$line =~ s/("(?:$ticking)":")(\d+)"/
		$1 . ticks_back($2, $seconds) . '"'/gex;
	$line =~ s/("replPropertyMetaData":")([^"]*)"/$1 . encode_base64(
		stamps_back(decode_base64($2), $seconds), '') . '"'/gex;
	$line =~ s/(<ftime\w+>)(\d{4}-[^<]*Z)/
		$1 . written_back($2, $seconds)/gex;
	return $line;
}

# Copies a snapshot with what CHANGE makes of each line, and of the manifest.
sub copied {
	my ($from, $to, $change, $settle) = @_;
	my $m = $json->decode(read_file("$from/manifest.json"));
	mkdir $to or die "$to: $!\n";
	for my $s (grep { $_->{file} } @{$m->{sections}}) {
		my $text = join '', map { $change->("$_\n") } split /\n/,
			read_file("$from/$s->{file}");
		write_file("$to/$s->{file}", $text);
		$s->{sha256} = sha256_hex($text);
		delete $s->{xxh3};
	}
	$settle->($m);
	write_file("$to/manifest.json", $json->encode($m));
}

# The same, DAYS earlier, and with versions as Windows counts them.
sub earlier {
	my ($from, $to, $days) = @_;
	my $seconds = $days * DAY;
	copied($from, $to, sub { line_back($_[0], $seconds) }, sub {
		my ($m) = @_;
		$m->{collected} = written_back($m->{collected}, $seconds);
	});
}

# As it would be if nobody had asked for these attributes.
sub without {
	my ($from, $to, @names) = @_;
	my $any = join '|', @names;
	copied($from, $to, sub {
		$_[0] =~ s/,"(?:$any)":(?:"[^"]*"|\[[^\]]*\])//gr;
	}, sub {
		my ($m) = @_;
		@{$_->{attributes}} = grep { !/^(?:$any)$/ } @{$_->{attributes}}
			for grep { $_->{attributes} } @{$m->{sections}};
	});
}

1;
