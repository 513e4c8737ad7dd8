# What test programs have in common: they count what holds, read and write
# files, run the program, and put into a snapshot what only collectors write.
package Trial;
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use Exporter qw(import);
use JSON::XS;

our @EXPORT_OK = qw(ok done slurp spew run add_section);

my $n = 0;
my $json = JSON::XS->new->utf8->canonical;

# WHY is told line by line, of what does not hold. A match that fails is an
# empty list, which would take the name for what holds: hence the prototype.
sub ok($$@) {
	my ($good, $name, @why) = @_;
	$n++;
	print $good ? '' : 'not ', "ok $n - $name\n";
	print map { "# $_\n" } map { split /\n/ } @why if !$good;
	return $good;
}

sub done { print "1..$n\n"; }

# Nothing of a file that is not there.
sub slurp {
	my ($path) = @_;
	open my $in, '<:raw', $path or return '';
	local $/;
	return <$in> // '';
}

sub spew {
	my ($path, @text) = @_;
	open my $out, '>:raw', $path or die "$path: $!\n";
	print $out @text;
	close $out or die "$path: $!\n";
}

# What the command says; 3 is "not all was assessed".
sub run {
	my $said = `@_ 2>&1`;
	return $said if $? == 0 || $? == 3 << 8;
	die "@_: status " . ($? >> 8) . "\n$said";
}

# As snapshot(5) has it.
sub add_section {
	my ($snapshot, $name, @rows) = @_;
	my $manifest = $json->decode(slurp("$snapshot/manifest.json"));
	my ($entry) = grep { $_->{name} eq $name } @{$manifest->{sections}};
	my $text = join '', map { $json->encode($_) . "\n" } @rows;
	($entry->{file} = "$name.ndjson") =~ s/\./-/;
	spew("$snapshot/$entry->{file}", $text);
	@$entry{qw(state count sha256 attributes)} =
		('complete', scalar @rows, sha256_hex($text), 'all');
	spew("$snapshot/manifest.json", $json->encode($manifest));
}

1;
