#!/usr/bin/perl
# Each request of "collect tenant" against Microsoft's OpenAPI description of
# Graph, which Prism checks, the answers included. The description is not part
# of this repository: SYNCSCOPE_GRAPH_CONTRACT names it.
use strict;
use warnings;
use File::Basename qw(dirname);
use lib dirname(__FILE__);
use Graph;
use JSON::XS qw(decode_json);
use Live;

my $contract = $ENV{SYNCSCOPE_GRAPH_CONTRACT} //
	"$here/../../../shared/graph/graph-v1-slice.json";
my $prism = ($ENV{SYNCSCOPE_NODE_MODULES} // "$here/../../build/graph") .
	'/node_modules/@stoplight/prism-cli/dist/index.js';

for ([$contract, 'the description of Graph'], [$prism, 'Prism']) {
	next if -r $_->[0];
	print "1..0 # SKIP $_->[1] is not at $_->[0]\n";
	exit 0;
}

my $t = started_tenant(users => 1100, groups => 25, contacts => 20);
my $front = start_front();
checks_at_all();
reading();
differences();
done();

sub start_front {
	my $port = closed_port();
	my $p = spawn({ env => { NODE_EXTRA_CA_CERTS => $t->{ca},
		NO_PROXY => '*' } }, 'node', $prism, 'proxy', '--errors', '-h',
		'127.0.0.1', '-p', $port, $contract, "$t->{url}/v1.0");
	await(60, sub { read_file("$p->{base}.out") =~ /is listening/ })
		or die 'prism: ' . read_file("$p->{base}.err") .
			read_file("$p->{base}.out");
	my ($cert, $key) = certificate('front', 'ca', 'IP:127.0.0.1');
	my $f = spawn({}, 'node', "$here/graph/front.mjs", '--key', $key,
		'--cert', $cert, '--ca', $t->{ca}, '--prism',
		"http://127.0.0.1:$port", '--tenant', $t->{url}, '--ready',
		"$tmp/front.ready", '--log', "$tmp/front.log");
	await(20, sub { read_file("$tmp/front.ready") =~ /\n/ })
		or die 'front: ' . read_file("$f->{base}.err");
	chomp(my $url = read_file("$tmp/front.ready"));
	control($t, 'base', { url => $url });
	return { url => $url, ca => $t->{ca} };
}

sub said {
	return map { decode_json($_) } split /\n/, read_file("$tmp/front.log");
}

sub get {
	my ($path) = @_;
	my $r = run({ dir => $tmp }, 'curl', '-sS', '--cacert', $t->{ca}, '-d',
		'client_secret=sesame-open-the-tenant',
		"$t->{url}/x/oauth2/v2.0/token");
	my $token = decode_json($r->{out})->{access_token};
	run({ dir => $tmp }, 'curl', '-sS', '--cacert', $t->{ca}, '-H',
		"Authorization: Bearer $token", "$front->{url}/v1.0$path");
	return (said())[-1];
}

# A description that does not compile lets everything pass in silence.
sub checks_at_all {
	for my $list ('users', 'groups', 'contacts') {
		my $good = get("/$list?\$select=id,displayName&\$top=5");
		ok($good->{status} == 200, "$list: a good request passes",
			$good->{said});
		my $bad = get("/$list?\$select=id,nonsense");
		ok($bad->{status} == 422, "$list: a wrong \$select is caught",
			"$bad->{status} $bad->{said}");
		$bad = get("/$list?\$select=id&\$top=1000");
		ok($bad->{status} == 422, "$list: a page of 1000 is caught",
			"$bad->{status} $bad->{said}");
		control($t, 'state', { wrong => JSON::XS::true });
		$bad = get("/$list?\$select=id,displayName&\$top=5");
		control($t, 'state', { wrong => JSON::XS::false });
		ok($bad->{status} >= 500, "$list: a wrong answer is caught",
			"$bad->{status} $bad->{said}");
	}
	ok(get('/nonsense')->{status} == 404, 'an unknown path is caught');
}

sub judge {
	my ($name) = @_;
	my @known = grep { $_->{known} } said();
	my ($bad) = grep { $_->{status} != 200 || $_->{violations} } @known;
	ok(!$bad, "$name: each of " . @known . ' requests passes',
		$bad && "$bad->{url}: $bad->{status} $bad->{said} " .
		$bad->{violations});
	my %paths = map { (s/\?.*//r =~ s/[0-9a-f-]{36}/{id}/r, 1) }
		map { $_->{url} } @known;
	note("$name: " . join ' ', sort keys %paths);
	return %paths;
}

sub reading {
	write_file("$tmp/front.log", '');
	exit_is(collect($front, "$tmp/contract", '-q', '--concurrency', 4), 0,
		'through the contract');
	my %paths = judge('a reading');
	ok(11 == keys %paths, 'a reading: eleven paths', join ' ',
		sort keys %paths);
	exit_is(run({}, $bin, 'verify', "$tmp/contract"), 0, 'verified');
}

sub differences {
	exit_is(collect($front, "$tmp/links", '-q', '--delta-links'), 0,
		'with links');
	control($t, 'change', [{ kind => 'user', n => 3, set => {
		displayName => 'Other' } }, { kind => 'group', n => 3, add =>
		[9] }, { kind => 'contact', n => 3, set => { mail => undef } }]);
	write_file("$tmp/front.log", '');
	exit_is(collect($front, "$tmp/next", '-q', '--since', "$tmp/links"), 0,
		'differences');
	my %paths = judge('differences');
	ok($paths{'/v1.0/users/delta'} && $paths{'/v1.0/users/{id}'},
		'differences: delta queries and single objects');
}
