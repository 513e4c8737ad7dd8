#!/usr/bin/perl
# Any number of snapshots, with fewer open files than there are: the history of
# an object has each look that differs from the next, and each of many domains
# has its forecast.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use MIME::Base64 qw(encode_base64);

my $bin = $ENV{SYNCSCOPE} // dirname(__FILE__) . '/../build/syncscope';
my $tmp = tempdir(CLEANUP => 1);
my ($days, $files) = (60, 40);

sub put {
	my ($path, $text) = @_;
	open my $out, '>', $path or die "$path: $!\n";
	print $out $text;
	close $out or die "$path: $!\n";
	return;
}

sub slurp {
	my ($path) = @_;
	open my $in, '<', $path or return '';
	local $/;
	return <$in>;
}

sub user_in {
	my ($unit, $domain, $guid) = @_;

	$domain //= 'corp';
	$guid //= 'AAECAwQFBgcICQoLDA0ODw==';
	return join "\n", "version: 1", "",
		"dn: CN=Anna,OU=$unit,DC=$domain,DC=example", "objectClass: top",
		"objectClass: person", "objectClass: user", "cn: Anna",
		"sAMAccountName: anna",
		"objectGUID:: $guid",
		"userAccountControl: 512", "", "";
}

put("$tmp/policy", '{"scope":{"exclude":["OU=Out,DC=corp,DC=example"]}}');
for my $day (1 .. $days) {
	my $time = sprintf '2020-%02d-%02d', 1 + int(($day - 1) / 28),
		1 + ($day - 1) % 28;

	put("$tmp/ad.ldif", user_in($day % 2 ? 'Out' : 'In'));
	system("$bin collect import $tmp/ad.ldif -o $tmp/day-$day " .
		"--collected $time >$tmp/said 2>&1") == 0
		or die slurp("$tmp/said");
}
my $code = system('bash', '-c', "ulimit -n $files && $bin analyze " .
	"$tmp/day-* --policy $tmp/policy -o $tmp/f >$tmp/said 2>&1") >> 8;
my @looks = slurp("$tmp/f/forecast.ndjson") =~ /"when":/g;

my ($domains, $fewer) = (80, 64);
for my $i (1 .. $domains) {
	put("$tmp/ad.ldif", user_in('In', "d$i",
		encode_base64(sprintf('%016d', $i), '')));
	system("$bin collect import $tmp/ad.ldif -o $tmp/domain-$i " .
		"--collected 2020-01-01 >$tmp/said 2>&1") == 0
		or die slurp("$tmp/said");
}
my $present = system('bash', '-c', "ulimit -n $fewer && $bin analyze " .
	"$tmp/domain-* --jobs 1 -o $tmp/g >$tmp/present 2>&1") >> 8;
my %seen = map { $_ => 1 }
	slurp("$tmp/g/forecast.ndjson") =~ /"domain":"(d\d+\.example)"/g;

print "1..4\n";
print $code == 3 ? '' : 'not ', "ok 1 - $days snapshots, $files open files\n";
print map { "# $_\n" } split /\n/, slurp("$tmp/said") if $code != 3;
print @looks == $days - 1 ? '' : 'not ', "ok 2 - each look is there\n";
print '# have ', scalar @looks, "\n" if @looks != $days - 1;
print $present == 3 ? '' : 'not ', "ok 3 - $domains domains, $fewer open files\n";
print map { "# $_\n" } split /\n/, slurp("$tmp/present") if $present != 3;
print keys %seen == $domains ? '' : 'not ', "ok 4 - each domain is judged\n";
print '# have ', scalar keys %seen, "\n" if keys %seen != $domains;
