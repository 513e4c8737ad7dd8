#!/usr/bin/perl
# Whatever is imported: the domains that import writes are those that verify
# finds by reading the objects again, which is what is done with the snapshots
# of older programs, too.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use JSON::XS qw(decode_json);
use lib dirname(__FILE__) . '/lib';
use Trial qw(slurp);

chdir dirname(__FILE__) . '/..' or die "$!\n";
my $bin = $ENV{SYNCSCOPE} // 'build/syncscope';
my $tmp = tempdir(CLEANUP => 1);
my ($n, $domains) = (0, 0);

sub ok($$@) {
	my ($good, $name, @why) = @_;
	$n++;
	print $good ? '' : 'not ', "ok $n - $name\n";
	print map { "# $_\n" } @why if !$good;
}

for my $file (grep { -f && !/\.want$/ } glob('fixtures/*/* tests/sources/*/*')) {
	system("'$bin' collect import '$file' -o $tmp/s --force >$tmp/out 2>&1");
	next if !-e "$tmp/s/manifest.json";
	my $said = `'$bin' verify $tmp/s 2>&1`;
	my $m = decode_json(slurp("$tmp/s/manifest.json"));
	my $ad = grep { $_->{name} =~ /^ad\./ && $_->{state} ne 'not-asked' }
		@{$m->{sections}};
	ok($? == 0 && !$ad == !$m->{domains}, $file, $said);
	$domains += grep { $_->{name} ne '' } @{$m->{domains} // []};
	system("rm -r $tmp/s");
}
ok($n > 100 && $domains > 50, "there were $domains domains in $n snapshots");
print "1..$n\n";
