# Changes as LDIF (RFC 2849) has them, read and applied to a directory that is a
# hash: DN to attribute, in small letters, to values. As a directory does, a
# change is made whole or refused (RFC 4511, section 4.6).
package Modify;
use strict;
use warnings;
use Exporter qw(import);
use MIME::Base64 qw(decode_base64);

our @EXPORT_OK = qw(apply directory read_ldif);

# Records with dn and mods: [verb, attribute, values]... Dies where it is none.
sub read_ldif {
	my ($text) = @_;
	die "no version\n" if $text !~ s/\Aversion: 1\r\n//;
	die "a line end\n" if $text =~ /(?<!\r)\n|\r(?!\n)/;
	die "a line that is too long\n" if $text =~ /^[^#\n]{78}/m;
	die "a byte that is not safe\n" if $text =~ /[^\r\n -~]/;
	$text =~ s/\r\n //g;
	$text =~ s/^#.*\r\n//mg;
	return map { record(split /\r\n/) } grep { /\S/ }
		split /(?:\r\n){2,}/, $text =~ s/\A(?:\r\n)+//r;
}

sub field {
	my ($line) = @_;
	$line =~ /\A([A-Za-z][A-Za-z0-9-]*)(::?) (.*)\z/ or die "line: $line\n";
	my ($name, $how, $value) = ($1, $2, $3);
	if ($how eq ':') {
		die "not safe: $line\n" if $value =~ /\A[ :<]| \z/;
		return ($name, $value);
	}
	die "no base64: $line\n" if $value !~ m{\A[A-Za-z0-9+/]*={0,2}\z};
	$value = decode_base64($value);
	utf8::decode($value) or die "no UTF-8: $line\n";
	return ($name, $value);
}

sub record {
	my ($dn_line, $type, @lines) = @_;
	my ($dn, $is) = (field($dn_line))[1, 0];
	die "no dn: $dn_line\n" if $is ne 'dn';
	die "no modify: $type\n" if $type ne 'changetype: modify';
	my (@mods, $open);
	for (@lines) {
		if ($_ eq '-') {
			die "a dash\n" if !$open;
			push @mods, $open;
			$open = undef;
		} elsif (!$open) {
			my ($verb, $attribute) = field($_);
			die "verb: $_\n" if $verb !~ /\A(?:add|delete)\z/;
			$open = [$verb, $attribute];
		} else {
			my ($name, $value) = field($_);
			die "of another: $_\n" if $name ne $open->[1];
			push @$open, $value;
		}
	}
	die "no dash at the end\n" if $open;
	return { dn => $dn, mods => \@mods };
}

# Why it is refused; '': it was made. Values are told apart byte by byte.
sub apply {
	my ($directory, $record) = @_;
	my $o = $directory->{$record->{dn}} or return 'no such object';
	my %new = map { $_ => [@{$o->{$_}}] } keys %$o;
	for my $mod (@{$record->{mods}}) {
		my ($verb, $attribute, @values) = @$mod;
		my $have = $new{lc $attribute} //= [];
		for my $value (@values) {
			my ($at) = grep { $have->[$_] eq $value } 0 .. $#$have;
			return "no such value: $value"
				if $verb eq 'delete' && !defined $at;
			return "value exists: $value" if $verb eq 'add' &&
				(defined $at || (@$have && lc $attribute ne
				'proxyaddresses'));
			$verb eq 'add' ? push(@$have, $value)
				: splice @$have, $at, 1;
		}
	}
	%$o = map { $_ => $new{$_} } grep { @{$new{$_}} } keys %new;
	return '';
}

# That of rows as snapshot(5) has them.
sub directory {
	my %of;
	for my $o (@_) {
		my $dn = $o->{dn} // $o->{distinguishedName} // next;
		for (keys %$o) {
			next if $_ eq 'dn' || ref $o->{$_} eq 'HASH';
			$of{$dn}{lc $_} = [grep { defined && !ref } ref $o->{$_}
				? @{$o->{$_}} : $o->{$_}];
		}
	}
	return \%of;
}

1;
