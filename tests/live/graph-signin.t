#!/usr/bin/perl
# Each way to sign in of "collect tenant", against oidc-provider, which checks
# secrets, assertions and device codes for real.
use strict;
use warnings;
use File::Basename qw(basename dirname);
use lib dirname(__FILE__);
use Graph;
use JSON::XS qw(decode_json);
use Live;
use Time::HiRes qw(sleep);

my $modules = $ENV{SYNCSCOPE_NODE_MODULES} // "$here/../../build/graph";
if (!-d "$modules/node_modules/oidc-provider") {
	print "1..0 # SKIP oidc-provider is not in $modules\n";
	exit 0;
}

my $id = '11111111-2222-3333-4444-555555555555';
my $tenant = 'contoso.example';
my $secret = 'open-sesame-open-sesame';
my $password = 'the-keys-password';
my $runs = 0;

my $t = started_tenant(users => 60, groups => 5, issuer => "$tmp/issuer.pem");
keys_and_files();
my $auth = start_auth();

secrets();
certificates();
algorithms();
keys_that_are_wrong();
device_code();
tokens();
renewal();
refusals();
service_faults();
tls();
plain_http();
proxies();
done();

sub openssl {
	my $r = run({ dir => $tmp }, 'openssl', @_);
	die "openssl @_: $r->{err}" if $r->{code};
}

sub keys_and_files {
	openssl(qw(req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=app
		-keyout app.key -out app.crt));
	openssl(qw(req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=other
		-keyout other.key -out other.crt));
	openssl(qw(req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256
		-nodes -days 2 -subj /CN=ec -keyout ec.key -out ec.crt));
	write_file("$tmp/$_.pem", read_file("$tmp/$_.crt") .
		read_file("$tmp/$_.key")) for 'app', 'other', 'ec';
	write_file("$tmp/password", "$password\n");
	my @out = ('-in', 'app.crt', '-inkey', 'app.key', '-passout',
		"file:$tmp/password");
	openssl(qw(pkcs12 -export -out app.p12), @out);
	openssl(qw(pkcs12 -export -legacy -out old.p12), @out);
	openssl(qw(pkcs12 -export -passout pass: -out open.p12 -in app.crt
		-inkey app.key));
	openssl(qw(rsa -aes256 -in app.key -out locked.key -passout),
		"file:$tmp/password");
	write_file("$tmp/secret", "$secret\n");
}

sub start_auth {
	my ($cert, $key) = certificate('oauth', 'ca', 'IP:127.0.0.1');
	my $port = closed_port();
	my $p = spawn({}, 'node', "$here/graph/oauth.mjs", '--key', $key,
		'--cert', $cert, '--ready', "$tmp/oauth.ready", '--modules',
		$modules, '--app', "$tmp/app.crt", '--secret', $secret,
		'--client', $id, '--tenant', $tenant, '--graph', $t->{url},
		'--log', "$tmp/oauth.log", '--port', $port, '--public',
		"$tmp/issuer.pem");
	await(30, sub { read_file("$tmp/oauth.ready") =~ /\n.*\n/ })
		or die 'oauth: ' . read_file("$p->{base}.err");
	my ($url, $control) = split /\n/, read_file("$tmp/oauth.ready");
	return { %$p, url => $url, control => $control };
}

sub steer {
	my ($what) = @_;
	my $r = run({ dir => $tmp }, 'curl', '-sS', "$auth->{control}/$what");
	die $r->{err} if $r->{code};
}

sub said {
	return map { decode_json($_) } split /\n/, read_file("$tmp/oauth.log");
}

sub command {
	my ($who, @more) = @_;
	return ($bin, 'collect', 'tenant', '--login-url', $auth->{url},
		'--graph-url', $t->{url}, '--ca-file', $t->{ca}, '-o',
		"$tmp/s" . ++$runs, defined $who ? ('--tenant', $tenant,
		'--client-id', $who) : (), @more);
}

# Nothing that is secret stands where others can read it.
sub clean {
	my ($name, $r) = @_;
	my $all = join '', $r->{out}, $r->{err},
		map { read_file($_) } glob "$tmp/s$runs/*";
	my $key = (split /\n/, read_file("$tmp/app.key"))[3];
	my ($seen) = grep { index($all, $_) >= 0 } $secret, $password, $key;
	ok(!defined $seen && $all !~ /eyJ[\w-]+\.eyJ/,
		"$name: nothing secret is seen", $seen // $all);
}

sub works {
	my ($name, $env, $who, @more) = @_;
	my $r = run({ env => $env }, command($who, @more));
	exit_is($r, 0, $name);
	clean($name, $r);
	ok(section("$tmp/s$runs", 'tenant.users')->{count} == 60,
		"$name: all users");
	return $r;
}

sub refused {
	my ($name, $env, $code, $sentence, $who, @more) = @_;
	my $r = run({ env => $env }, command($who, @more));
	says($r, $code, $sentence, $name);
	clean($name, $r);
	ok(!-e "$tmp/s$runs", "$name: no snapshot");
}

sub secrets {
	works('secret of a file', {}, $id, '--secret-file', "$tmp/secret");
	works('secret of the environment', { AZURE_CLIENT_SECRET => $secret },
		$id);
	works('all of the environment', { AZURE_CLIENT_SECRET => $secret,
		AZURE_TENANT_ID => $tenant, AZURE_CLIENT_ID => $id }, undef);
	my $r = run({ in => "$tmp/secret" }, command($id, '--secret-file',
		'-'));
	exit_is($r, 0, 'secret of standard input');
	$r = terminal({}, qr/Client secret: /, "$secret\n", command($id));
	exit_is($r, 0, 'secret asked for');
	ok(index($r->{out}, $secret) < 0, 'secret asked for: not shown');
}

sub certificates {
	my $app = "$id-cert";
	my %word = (AZURE_CLIENT_CERTIFICATE_PASSWORD => $password);
	works('PEM', {}, $app, '--cert', "$tmp/app.pem");
	works('PEM and key', {}, $app, '--cert', "$tmp/app.crt", '--key',
		"$tmp/app.key");
	works('PEM of the environment', { AZURE_CLIENT_CERTIFICATE_PATH =>
		"$tmp/app.pem" }, $app);
	works('encrypted key', \%word, $app, '--cert', "$tmp/app.crt", '--key',
		"$tmp/locked.key");
	works('encrypted key, password of a file', {}, $app, '--cert',
		"$tmp/app.crt", '--key', "$tmp/locked.key",
		'--cert-password-file', "$tmp/password");
	works('PKCS#12', \%word, $app, '--cert', "$tmp/app.p12");
	works('PKCS#12 of old', \%word, $app, '--cert', "$tmp/old.p12");
	works('PKCS#12 without password', {}, $app, '--cert', "$tmp/open.p12");
	my $r = terminal({}, qr/Password of \S+p12: /, "$password\n",
		command($app, '--cert', "$tmp/app.p12"));
	exit_is($r, 0, 'password asked for');
	ok(index($r->{out}, $password) < 0, 'password asked for: not shown');
}

sub algorithms {
	for my $alg ('PS256', 'RS256') {
		works($alg, {}, "$id-cert", '--cert', "$tmp/app.pem",
			'--assertion', lc $alg);
		my ($last) = reverse grep { $_->{alg} } said();
		ok($last->{alg} eq $alg && $last->{life} == 600 &&
			$last->{aud} eq "$auth->{url}/$tenant/oauth2/v2.0/token",
			"$alg: as the service saw it", $last->{alg});
	}
}

sub keys_that_are_wrong {
	my $app = "$id-cert";
	refused("$_->[0]", $_->[1], 2, $_->[2], $app, '--cert', @{$_->[3]}) for
		['an EC key', {}, qr/want an RSA key/, ["$tmp/ec.pem"]],
		['no key', {}, qr/want a private key/, ["$tmp/app.crt"]],
		['another key', {}, qr/not that of the certificate/,
			["$tmp/app.crt", '--key', "$tmp/other.key"]],
		['a wrong password', { AZURE_CLIENT_CERTIFICATE_PASSWORD =>
			'x' }, qr/password does not open/, ["$tmp/app.p12"]],
		['no such file', {}, qr/cannot be read/, ["$tmp/none.pem"]],
		['no certificate', {}, qr/want a certificate/, ["$tmp/secret"]];
	refused('an unregistered certificate', {}, 5,
		qr/AADSTS700027.*registered with the application/, $app,
		'--cert', "$tmp/other.pem");
}

# Starts a run by device code; what is done once the code is shown.
sub by_code {
	my ($what, $wait) = @_;
	my $p = spawn({}, command("$id-user", '--device-code', '-q'));
	await(20, sub { read_file("$p->{base}.err") =~ /enter the code/ });
	my ($code) = read_file("$p->{base}.err") =~ /enter the code (\S+)/;
	sleep $wait if $wait;
	steer("$what?code=$code") if $what;
	return wait_for($p, 40);
}

sub device_code {
	my $r = by_code('approve', 1.5);
	exit_is($r, 0, 'device code, approved');
	clean('device code', $r);
	ok($r->{err} =~ /open \S+ and enter the code \S+/,
		'device code: says what to do');
	says(by_code('decline'), 5, qr/authorization_declined.*AADSTS70000/,
		'device code, declined');
	says(by_code('expire'), 5, qr/expired_token.*AADSTS70020/,
		'device code, expired');
	steer('state?slow=1');
	my $before = said();
	$r = by_code('approve');
	exit_is($r, 0, 'device code, slow_down');
	my @polls = map { $_->{at} } grep { ($_->{grant} // '') =~
		/device_code/ } (said())[$before .. said() - 1];
	ok(@polls == 2 && $polls[1] - $polls[0] >= 5900,
		'device code, slow_down: five seconds more', "@polls");
	$r = by_code('approve');
	refused('device code, of an application with a secret', {}, 5,
		qr/AADSTS7000215/, $id, '--device-code');
}

sub token {
	my ($client) = @_;
	my $r = run({ dir => $tmp }, 'curl', '-sS', '--cacert', $t->{ca}, '-d',
		"client_id=$id&grant_type=client_credentials", '-d',
		"client_secret=$secret", '--data-urlencode',
		"scope=$t->{url}/.default",
		"$auth->{url}/$tenant/oauth2/v2.0/token");
	return decode_json($r->{out})->{access_token};
}

sub tokens {
	my $file = write_file("$tmp/token", token() . "\n");
	my $before = said();
	my $r = run({ in => $file }, command(undef, '--token-stdin'));
	exit_is($r, 0, '--token-stdin');
	clean('--token-stdin', $r);
	ok($before == said(), '--token-stdin: no other is asked for');
	write_file($file, substr(token(), 0, -9) . "AAAAAAAAA\n");
	$r = run({ in => $file }, command(undef, '--token-stdin'));
	says($r, 5, qr/refuses the token: 401 InvalidAuthenticationToken/,
		'--token-stdin, forged');
	clean('--token-stdin, forged', $r);
}

# Tokens that live for two seconds; a reading that takes longer.
sub renewal {
	steer('state?lifetime=2');
	control($t, 'state', { latency => 150 });
	my $before = said();
	works('tokens that end', {}, "$id-cert", '--cert', "$tmp/app.pem",
		'--concurrency', 1, '--page-size', 20);
	ok(said() - $before >= 2, 'tokens that end: another is asked for');
	my $p = spawn({}, command("$id-user", '--device-code', '-q',
		'--concurrency', 1, '--page-size', 20));
	await(20, sub { read_file("$p->{base}.err") =~ /enter the code/ });
	my ($code) = read_file("$p->{base}.err") =~ /enter the code (\S+)/;
	steer("approve?code=$code");
	exit_is(wait_for($p, 40), 0, 'tokens that end, of a device code');
	ok(0 < grep({ ($_->{grant} // '') eq 'refresh_token' } said()),
		'tokens that end, of a device code: refreshed');
	steer('state?lifetime=3600');
	control($t, 'state', { latency => 0 });
}

sub refusals {
	my @in = ('--secret-file', "$tmp/secret");
	write_file("$tmp/wrong", 'open-barley-open-barley');
	refused('a wrong secret', {}, 5, qr/AADSTS7000215.*not its id/, $id,
		'--secret-file', "$tmp/wrong");
	refused('an unknown client', {}, 5, qr/AADSTS700016.*--client-id/,
		'22222222-2222-3333-4444-555555555555', @in);
	refused('an unknown tenant', {}, 5, qr/AADSTS90002.*--tenant/, $id,
		'--tenant', 'fabrikam.example', @in);
	refused('a Graph of another name', {}, 5, qr/AADSTS70011/, $id,
		'--graph-url', $t->{url} =~ s/127\.0\.0\.1/localhost/r, @in);
}

sub service_faults {
	my @in = ('--secret-file', "$tmp/secret", '--retries');
	steer('state?fail=1');
	works('503 once', {}, $id, @in, 2);
	steer('state?fail=9');
	refused('503 for ever', {}, 6, qr/answered 503/, $id, @in, 1);
	steer('state?fail=0&html=9');
	refused('HTML', {}, 6, qr/none of a sign-in service/, $id, @in, 1);
	steer('state?html=0');
	my $port = closed_port();
	refused('nobody there', {}, 6, qr/no connection/, $id, @in, 1,
		'--login-url', "https://127.0.0.1:$port");
}

# The certificate of Graph; that of the token service goes the same way.
sub tls {
	my @in = ('--secret-file', "$tmp/secret", '--retries', 1);
	authority('foreign');
	refused('another authority', {}, 6, qr/certificate is not accepted/,
		$id, @in, '--ca-file', "$tmp/foreign.pem");
	refused('the system\'s authorities', {}, 6, qr/not accepted/, $id, @in,
		'--ca-file', '/etc/ssl/certs/ca-certificates.crt')
		if -e '/etc/ssl/certs/ca-certificates.crt';
	for (['another name', qr/for another name/, names =>
		'DNS:elsewhere.example'], ['an expired certificate',
		qr/has expired/, expired => 1]) {
		my ($name, $why, @how) = @$_;
		my $other = started_tenant(users => 1, groups => 0, @how);
		refused($name, {}, 6, $why, $id, @in,
			'--login-url', $other->{url});
		ok(!log_of($other), "$name: nothing was sent");
		stop_pid($other);
	}
	refused('no authorities', {}, 2, qr/want certificates in PEM/, $id,
		@in, '--ca-file', "$tmp/secret");
}

# Only to this machine, and only when asked to.
sub plain_http {
	my $plain = $t->{url} =~ s/https/http/r;
	my @in = ('--secret-file', "$tmp/secret", '--retries', 0);
	refused('http', {}, 2, qr/want https.*--allow-http/, $id, @in,
		'--graph-url', $plain);
	refused('http to others', {}, 2, qr/want https/, $id, @in,
		'--allow-http', '--login-url', 'http://login.example');
	my $r = run({}, command($id, @in, '--allow-http', '--login-url',
		$auth->{control}));
	says($r, 6, qr/none of a sign-in service/, 'http to this machine, when allowed');
}

sub proxies {
	my $p = spawn({}, 'node', "$here/graph/connect.mjs",
		"$tmp/connect.ready", "$tmp/connect.log", "$tmp/connect.no");
	await(20, sub { read_file("$tmp/connect.ready") =~ /\n/ })
		or die 'connect: ' . read_file("$p->{base}.err");
	chomp(my $url = read_file("$tmp/connect.ready"));
	my @in = ('--secret-file', "$tmp/secret", '--retries', 0);
	my %through = (HTTPS_PROXY => $url, NO_PROXY => undef);
	works('a proxy', \%through, $id, @in);
	my %seen = map { ("https://$_", 1) } split /\n/,
		read_file("$tmp/connect.log");
	ok($seen{$auth->{url}} && $seen{$t->{url}} && keys %seen == 2,
		'a proxy: both go through it', join ' ', keys %seen);
	write_file("$tmp/connect.log", '');
	works('NO_PROXY', { %through, NO_PROXY => '127.0.0.1' }, $id, @in);
	ok(!length read_file("$tmp/connect.log"), 'NO_PROXY: none does');
	write_file("$tmp/connect.no", '');
	refused('a proxy that wants a name', \%through, 6, qr/407/, $id, @in);
	stop_pid($p);
}
