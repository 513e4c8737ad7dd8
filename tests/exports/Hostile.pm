# Folders of findings as a program would write them, of what no fixture has:
# hostile values everywhere, many findings of one rule, an older program's.
package Hostile;
use strict;
use warnings;
use utf8;
use Digest::SHA qw(sha256_hex);
use Exporter qw(import);
use JSON::XS;
use Trial qw(slurp spew);

our @EXPORT_OK = qw(hostile_folder many_folder old_folder shown @values);

my $json = JSON::XS->new->utf8->canonical;
my $any_ascii = JSON::XS->new->ascii->canonical;

# What names of directories could be made of.
our @values = (
	'<script>alert(1)</script>', '</failure><failure message="x">',
	']]>', '<!-- x', '<?x y?>', '"><img src=x onerror=alert(1)>',
	"=cmd|'/C calc'!A0", '+1+1', '@SUM(1)', "a\tb",
	"line\r\nbreak", "two\n\n# lines", "\x{1}\x{8}\x{b}\x{1b}[31mred",
	"\x{7f}\x{85}", "\x{fffe}\x{ffff}\x{fdd0}", "\x{202e}txt.exe\x{202c}",
	"\x{2066}a\x{2069}\x{200b}\x{a0}", "\x{2028}x\x{2029}",
	'`', '``` a', 'a`b``c', '`a`', ' a ', 'a|b', 'a\\|b', 'a\\', '|', '||',
	'*a*', '_b_', '~~c~~', '[d](http://e.example)', '![f](g)', '<h@i.example>',
	'https://j.example/k', 'www.l.example', '@everyone', '#1', 'a#1', ':m:',
	'&amp;', '&#60;b&#62;', '$n$', '- o', '1. p', '1)', '# q', '> r', '---',
	'===', '    s', '[ ] t', '[^u]', 'http', "O'Brien “x”", 'Müller',
	'%{v}', '${w}', '${{x}}', "\x{1f600}", "e\x{301}", '"', "'", '\\n', '\\u0000',
);

# As people see it: what nobody sees is named.
sub shown {
	my ($text) = @_;
	return $text =~ s/([\x00-\x1f\x7f-\x9f\xa0\x{200b}-\x{200f}\x{2028}-\x{202e}\x{2060}-\x{2069}\x{fdd0}\x{fffe}\x{ffff}])/sprintf '<U+%04X>', ord $1/ger;
}

sub read_lines {
	my ($path) = @_;
	return map { $json->decode($_) } split /\n/, slurp($path);
}

# Replaces a file of the folder, and what the manifest says of it.
sub put_lines {
	my ($folder, $m, $name, @lines) = @_;
	# Escaped, so that the encoder need not know what UTF-8 cannot have.
	my $text = join '', map { $any_ascii->encode($_) . "\n" } @lines;
	spew("$folder/$name.ndjson", $text);
	$m->{$name} = { count => scalar @lines, sha256 => sha256_hex($text) };
}

sub copy_folder {
	my ($from, $to) = @_;
	`cp -r '$from' '$to'`;
	return $json->decode(slurp("$to/manifest.json"));
}

sub number {
	return sprintf '%08x-0000-4000-8000-000000000000', $_[0];
}

# One finding of each value, which stands in all its texts, and is a cause.
sub hostile_folder {
	my ($from, $to) = @_;
	my $m = copy_folder($from, $to);
	my ($one) = grep { $_->{status} eq 'open' && $_->{class} eq 'user' }
		read_lines("$from/findings.ndjson");
	my @findings = read_lines("$from/findings.ndjson");
	my @causes = read_lines("$from/causes.ndjson");
	my ($like) = grep { $_->{id} eq $one->{cause} } @causes;
	my @more;
	for my $i (0 .. $#values) {
		my $v = $values[$i];
		my $id = sprintf '%032x', $i + 1;
		push @more, { %$one, upn => $v, dn => $v, guid => number($i),
			observed => $v, expected => $v, message => "have $v now",
			fix => $v, attribute => $v, fingerprint => $id,
			cause => $id, proposed => { attribute => $v, old => $v,
			new => $v } };
		push @causes, { %$like, id => $id, title => $v, action => $v,
			tool => $v, shared => $v, examples => [$v],
			objects => 1, findings => 1, attached => 0 };
	}
	# The causes come by severity, and those that are waived last.
	my %waived = map { ($_ => ($_->{status} // 'open') eq 'waived') } @causes;
	put_lines($to, $m, 'findings', @findings, @more);
	put_lines($to, $m, 'causes', (grep { !$waived{$_} } @causes),
		grep { $waived{$_} } @causes);
	$m->{bySeverity}{$one->{severity}} += @more;
	$m->{baseline}{$one->{firstSeen} eq $m->{asOf} ? 'new'
		: 'openBefore'} += @more;
	# Reasons begin an item of a list: first what would begin another thing.
	my @reasons = grep { /^([-=>#+*]|\d+[.)])/ } @values;
	my $k = 0;
	for my $r (@{$m->{rules}}) {
		$r->{findings} += @more if $r->{id} eq $one->{rule};
		$r->{reason} = $reasons[$k++ % @reasons] if
			$r->{outcome} eq 'not-assessed';
		$r->{source} = 'https://a.example/"><script>' if $k == 1;
		$r->{source} = 'javascript:alert(1)' if $k == 2;
	}
	spew("$to/manifest.json", $any_ascii->encode($m));
	# Only the worst of a rule are told in junit.xml: let each be a rule's.
	split_rules($to, $m, $one->{rule}, \@findings, \@more);
}

# Twenty findings a rule, so that all are shown.
sub split_rules {
	my ($to, $m, $rule, $findings, $more) = @_;
	my ($like) = grep { $_->{id} eq $rule } @{$m->{rules}};
	$like->{findings} -= @$more;
	for my $i (0 .. $#$more) {
		my $id = sprintf 'hostile-%d', $i / 20;
		push @{$m->{rules}}, { %$like, id => $id, findings => 0,
			objects => 0, title => $more->[$i]{upn} } if $i % 20 == 0;
		$m->{rules}[-1]{$_}++ for qw(findings objects);
		$more->[$i]{rule} = $id;
	}
	put_lines($to, $m, 'findings', @$findings, @$more);
	spew("$to/manifest.json", $any_ascii->encode($m));
}

# 300 more of a finding, on other objects.
sub many_folder {
	my ($from, $to) = @_;
	my $m = copy_folder($from, $to);
	my @findings = read_lines("$from/findings.ndjson");
	my @causes = read_lines("$from/causes.ndjson");
	my ($one) = grep { my $r = $_->{rule}; !$_->{follows} &&
		1 == grep { $_->{rule} eq $r } @findings } @findings;
	push @findings, map { { %$one, upn => "u$_\@x.example", dn => "CN=u$_",
		guid => number($_), fingerprint => sprintf('%032x', $_) } } 1 .. 300;
	for (grep { $_->{id} eq $one->{cause} } @causes) {
		$_->{findings} += 300;
		$_->{objects} += 300;
	}
	for (grep { $_->{id} eq $one->{rule} } @{$m->{rules}}) {
		$_->{findings} += 300;
		$_->{objects} += 300;
	}
	$m->{bySeverity}{$one->{severity}} += 300;
	put_lines($to, $m, 'findings', @findings);
	put_lines($to, $m, 'causes', @causes);
	spew("$to/manifest.json", $json->encode($m));
}

# Without what programs did not always write.
sub old_folder {
	my ($from, $to) = @_;
	my $m = copy_folder($from, $to);
	unlink map { "$to/$_" } qw(exchange.json timeline.ndjson history.ndjson);
	delete @$m{qw(exchange timeline history)};
	delete $_->{category} for @{$m->{rules}};
	spew("$to/manifest.json", $json->encode($m));
}

1;
