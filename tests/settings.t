#!/usr/bin/perl
# What import makes of a forest's settings: which sections they come to, and
# what can be known of what is not there. Each trial names the objects of its
# files, lines of ldapsearch around them, and what the manifest has to say.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use JSON::XS qw(decode_json);
use lib dirname(__FILE__) . '/lib';
use Trial qw(ok done slurp spew);

chdir dirname(__FILE__) . '/..' or die "$!\n";
my $bin = $ENV{SYNCSCOPE} // 'build/syncscope';
my $tmp = tempdir(CLEANUP => 1);

my $forest = 'DC=a,DC=nl';
my $config = "CN=Configuration,$forest";
my $exchange = "CN=Microsoft Exchange,CN=Services,$config";
my $group = "CN=AG,CN=Administrative Groups,CN=Org,$exchange";
my $server = "CN=EX01,CN=Servers,$group";

# By name: the DN, and the class.
my %objects = (
	head => [$config, 'configuration'],
	services => ["CN=Services,$config", 'container'],
	partitions => ["CN=Partitions,$config", 'crossRefContainer'],
	crossref => ["CN=A,CN=Partitions,$config", 'crossRef',
	             'nCName: DC=a,DC=nl', 'systemFlags: 3'],
	site => ["CN=S,CN=Sites,$config", 'site'],
	dc => ["CN=DC1,CN=Servers,CN=S,CN=Sites,$config", 'server'],
	ntds => ["CN=NTDS Settings,CN=DC1,CN=Servers,CN=S,CN=Sites,$config",
	         'nTDSDSA'],
	nt => ["CN=Directory Service,CN=Windows NT,CN=Services,$config",
	       'nTDSService'],
	device => ["CN=1,CN=Device Registration Configuration,CN=Services,"
	           . $config, 'serviceConnectionPoint'],
	top => [$exchange, 'container;msExchConfigurationContainer'],
	org => ["CN=Org,$exchange", 'container;msExchOrganizationContainer'],
	groups => ["CN=Administrative Groups,CN=Org,$exchange",
	           'container;msExchAdminGroupContainer'],
	group => [$group, 'msExchAdminGroup'],
	servers => ["CN=Servers,$group", 'container;msExchServersContainer'],
	server => [$server, 'server;msExchExchangeServer',
	           'serialNumber: Version 15.2 (Build 31748.10)'],
	blanks => ["CN=Org, CN=microsoft exchange ,CN=Services,$config",
	           'container;msExchOrganizationContainer'],
	classless => ["CN=X,CN=Org,$exchange", ''],
	schema => ["CN=Schema,$config", 'dMD'],
	mail => ["CN=Mail,CN=Schema,$config", 'attributeSchema',
	         'lDAPDisplayName: mail'],
	class => ["CN=User,CN=Schema,$config", 'classSchema'],
	domain => [$forest, 'domainDNS'],
	meso => ["CN=Microsoft Exchange System Objects,$forest",
	         'container;msExchSystemObjectsContainer',
	         'objectVersion: 13243'],
	user => ["CN=U,$forest", 'person;user', 'sAMAccountName: u'],
	# Of another forest, and names that only look alike.
	'b-crossref' => ["CN=B,CN=Partitions,CN=Configuration,DC=b,DC=nl",
	                 'crossRef', 'nCName: DC=b,DC=nl', 'systemFlags: 3'],
	'b-user' => ['CN=U,DC=b,DC=nl', 'person;user', 'sAMAccountName: u'],
	alike => ["CN=X\\,CN=Microsoft Exchange,CN=Services,OU=x,$forest",
	          'container'],
);
my $whole = 'head services partitions crossref';
my $tree = 'top org groups group servers server';

sub ldif {
	my ($names, $before, $after) = @_;
	my $text = $before // '';
	for my $name (split ' ', $names) {
		my ($dn, $class, @rest) = @{$objects{$name} // die "$name\n"};
		$text .= join "\n", "dn: $dn",
			(map { "objectClass: $_" } 'top', split /;/, $class),
			@rest, 'objectGUID:: AQIDBAUGBwgJCgsMDQ4PEA==',
			'instanceType: 4', "\n" if $class;
		$text .= "dn: $dn\ninstanceType: 4\n\n" if !$class;
	}
	return $text . ($after // '');
}

sub search {
	my ($names, $filter, $result) = @_;
	return ldif($names, "# extended LDIF\n#\n# base <$config> with scope "
		. "subtree\n# filter: $filter\n# requesting: ALL\n#\n\n",
		"search: 2\nresult: $result\n");
}

my $any = '(objectClass=*)';
my $list = qq{"Name","ServerRole","AdminDisplayVersion","DistinguishedName"\n}
	. qq{"EX01","Mailbox","Version 15.2 (Build 1748.10)","$server"\n};
my $other = $list =~ s/EX01/EX09/gr;

# Name; files; exit status; of sections: state, count, words of the reason.
my @trials = (
	['a domain alone', [ldif('domain user')], 0,
	 exchange => 'not-asked', forest => 'not-asked'],
	['a whole partition with Exchange', [ldif("$whole $tree"),
	 ldif('schema mail')], 0,
	 exchange => 'complete 6', forest => 'complete 4'],
	['one without', [ldif($whole), ldif('schema mail')], 0,
	 exchange => 'complete 0', forest => 'complete 4'],
	['the same by ldapsearch', [search($whole, $any, '0 Success'),
	 search('schema mail', $any, '0 Success')], 0,
	 exchange => 'complete 0', forest => 'complete 4'],
	['cut by a limit', [search($whole, $any, '4 Size limit exceeded')], 3,
	 exchange => 'partial 0 Size limit'],
	['cut in a tree that looks whole', [search("$whole $tree", $any,
	 '4 Size limit exceeded')], 3, exchange => 'partial 6 Size limit'],
	['of some classes', [search($whole, '(|(objectClass=configuration)'
	 . '(objectClass=container)(objectClass=crossRef))', '0 Success')], 3,
	 exchange => 'partial 0 by the filter'],
	['of one class', [search('crossref', '(objectClass=crossRef)',
	 '0 Success')], 3, exchange => 'not-asked',
	 forest => 'partial 1 schema partition'],
	['containers alone', [ldif('services top org')], 3,
	 exchange => 'partial 2 without what lies below it'],
	['servers by a filter', [ldif('server')], 3,
	 exchange => 'partial 1 was not exported, but what lies below it'],
	['the tree of Exchange alone', [ldif($tree)], 0,
	 exchange => 'complete 6', forest => 'not-asked'],
	['the tree without its root', [ldif('org groups group')], 3,
	 exchange => 'partial 3 "microsoft exchange"'],
	['a tree in two files', [ldif('top org groups'),
	 ldif('group servers server')], 0, exchange => 'complete 6'],
	['without classes', [ldif("$whole $tree classless")], 3,
	 exchange => 'partial 7 without objectClass'],
	['no head', [ldif('services partitions crossref')], 3,
	 exchange => 'not-asked', forest => 'partial 2'],
	['no services', [ldif('head partitions crossref')], 3,
	 exchange => 'not-asked'],
	['a schema alone', [ldif('schema mail class')], 3,
	 exchange => 'not-asked', forest => 'partial 2 list of partitions',
	 other => 'complete 1'],
	['all of a forest', [ldif('head site dc ntds nt device crossref '
	 . 'schema mail')], 0, forest => 'complete 7', other => 'complete 2'],
	['blanks and case in names', [ldif('blanks')], 3,
	 exchange => 'partial 1'],
	['what only looks alike', [ldif('domain alike user')], 0,
	 exchange => 'not-asked', containers => 'complete 2'],
	['system objects of the domain', [ldif('domain meso user')], 0,
	 exchange => 'not-asked', containers => 'complete 2'],
	['a list of servers alone', [$list], 3,
	 exchange => 'partial 1 only servers are known'],
	['beside the domain', [ldif('domain user'), $list], 3,
	 exchange => 'partial 1 only servers are known'],
	['beside the tree', [ldif($tree), $list], 0,
	 exchange => 'complete 7'],
	['of a server that the tree lacks', [ldif($tree), $other], 3,
	 exchange => 'partial 7 is a server by Get-ExchangeServer'],
	['beside a partition without Exchange', [ldif($whole), $list], 3,
	 exchange => 'partial 1 is a server by Get-ExchangeServer'],
);

sub import_files {
	my @files;
	for my $text (@_) {
		push @files, "$tmp/" . @files
			. ($text =~ /^"Name"/ ? '.csv' : '.ldif');
		spew($files[-1], $text);
	}
	my $said = `'$bin' collect import @files -o $tmp/s --force 2>&1`;
	my $status = $? >> 8;
	return ($status, $said, -e "$tmp/s/manifest.json"
		? decode_json(slurp("$tmp/s/manifest.json")) : {});
}

sub fits {
	my ($section, $want) = @_;
	my ($state, $count, $words) = split ' ', $want, 3;
	return $section->{state} eq $state
		&& (!defined $count || $section->{count} == $count)
		&& (!defined $words || ($section->{reason} // '') =~ /\Q$words/);
}

for my $trial (@trials) {
	my ($name, $files, $want, %sections) = @$trial;
	my ($status, $said, $m) = import_files(@$files);
	my %have = map { $_->{name} => $_ } @{$m->{sections} // []};
	my @bad = grep { !fits($have{"ad.$_"} // { state => '' },
	                       $sections{$_}) } sort keys %sections;

	ok($status == $want && !@bad, $name, "exit $status, want $want", $said,
	   map { "$_: want $sections{$_}, have "
	         . JSON::XS->new->canonical->encode($have{"ad.$_"} // {}) }
	   @bad);
	system("rm -rf $tmp/s $tmp/*.ldif $tmp/*.csv");
}

# What is said of one forest is not said of another.
{
	my (undef, $said, $m) = import_files(ldif($whole), ldif('domain user'),
		ldif('b-crossref'), ldif('b-user'));
	my %of = map { $_->{name} => $_->{sections}{'ad.exchange'}
		// { state => 'not-asked' } } @{$m->{domains}};
	ok($of{'a.nl'}{state} eq 'complete' && $of{'b.nl'}{state}
		eq 'not-asked', 'each forest by itself', $said,
		map { "$_: $of{$_}{state}" } sort keys %of);
}

done();
