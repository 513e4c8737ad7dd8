#!/usr/bin/perl
# What "collect ad" makes of bad certificates, of settings of libldap that
# would switch checks off, and of servers that do not answer.
use strict;
use warnings;
use File::Basename qw(dirname);
use lib dirname(__FILE__);
use Live;

my ($ad, $big) = start_servers(['samba', 'ad'], ['slapd', 'big', 3000]);
my $address = $ad->{AD_ADDR};
my $password = read_file($ad->{AD_AUDIT_PW_FILE});
my @user = ('-u', $ad->{AD_AUDIT}, '--password-file',
	$ad->{AD_AUDIT_PW_FILE});
my @ca = ('--ca-file', $ad->{AD_CA_FILE});
my $other = "$ad->{AD_TLS_DIR}/other-ca.pem";
my $runs = 0;

control();
certificates();
start_tls();
authorities();
loosened();
silent();
nobody();
wrong_protocol();
killed();
killed_sealed();
done();

sub collect {
	my ($o, @more) = @_;
	my $folder = "$tmp/s" . ++$runs;
	my $r = run({ limit => 60, %$o }, $bin, 'collect', 'ad', '-q',
		'-o', $folder, @more);
	return { %$r, folder => $folder };
}

# A sentence that says what is wrong or to do, and nothing left behind.
sub fails {
	my ($r, $sentence, $name) = @_;
	says($r, 6, $sentence, $name);
	return ok(!-e $r->{folder} && !-e "$r->{folder}.unfinished",
		"$name: no folder");
}

# A TLS server with a certificate of the test domain that never answers what
# it gets but prints it, to {base}.out. Its input must stay open.
sub tls_server {
	my ($name) = @_;
	my $port = closed_port($address);
	my $pem = "$ad->{AD_TLS_DIR}/$name";
	my $p = spawn({}, 'sh', '-c', 'mkfifo "$1"; exec 3<>"$1"; shift;
		exec "$@" <&3', 'sh', "$tmp/fifo$port", 'openssl',
		's_server', '-accept', "$address:$port", '-cert',
		"$pem.pem", '-key', "$pem.key", '-quiet');
	await(10, sub { IO::Socket::INET->new("$address:$port") })
		or die 's_server: ' . read_file("$p->{base}.err");
	$p->{url} = "ldaps://$address:$port";
	return $p;
}

# A socket on which nobody accepts: the system does, and keeps silent.
sub silence {
	return IO::Socket::INET->new(LocalAddr => $address, Listen => 20)
		|| die "no port: $!\n";
}

sub port_of {
	my ($socket) = @_;
	return "$address:" . $socket->sockport;
}

sub was_reached {
	my ($socket) = @_;
	$socket->blocking(0);
	return defined $socket->accept;
}

# ---- certificates ----

# With the right certificate the password does arrive: so that its absence
# below means something.
sub control {
	my $s = tls_server('server');
	my $r = collect({}, '--server', $s->{url}, @ca, @user, '--timeout', 2);
	ok(index(read_file("$s->{base}.out"), $password) > 0,
		'a good certificate: the password is sent', $r->{err});
	fails($r, qr/said nothing for 2 seconds|does not answer/,
		'a server that does not answer the sign-in');
	ok($r->{seconds} < 20, 'it ends in time', $r->{seconds});
	stop_pid($s);
}

sub unsent {
	my ($s, $name) = @_;
	my $got = read_file("$s->{base}.out");
	return ok(index($got, $password) < 0 && index($got, 'svc-audit') < 0,
		"$name: no password is sent");
}

sub certificates {
	my %bad = (
		'bad-expired' => qr/certificate is expired/,
		'bad-name' =>
			qr/certificate is for another name; want a name/,
		'other-ca' => qr/authority that is not trusted.*--ca-file/,
	);
	for my $name (sort keys %bad) {
		my $s = tls_server($name);
		fails(collect({}, '--server', $s->{url}, @ca, @user),
			$bad{$name}, "certificate $name");
		unsent($s, "certificate $name");
		fails(collect({}, '--server', $s->{url}, @ca, '--auth',
			'gssapi'), $bad{$name}, "certificate $name, GSSAPI");
		stop_pid($s);
	}
	my @server = ('--server', "ldaps://$address");
	fails(collect({}, @server, '--ca-file', $other, @user),
		qr/not trusted.*--ca-file/, 'the wrong --ca-file');
	fails(collect({}, @server, @user), qr/not trusted.*--ca-file/,
		'no --ca-file: the system knows no such authority');
	address();
}

# The certificate holds one address and a name; this is another address.
sub address {
	my $p = proxy('name', to => "$address:636", do => 'pass');
	fails(collect({}, '--server', "ldaps://127.0.0.1:$p->{port}", @ca,
		@user), qr/for another name/, 'another address');
	fails(collect({}, '--server', "ldaps://localhost:$p->{port}", @ca,
		@user), qr/for another name/, 'another name');
	stop_pid($p);
}

# The same on ldap://, where TLS begins later.
sub start_tls {
	my @server = ('--server', "ldap://$address");
	fails(collect({}, @server, '--ca-file', $other, @user),
		qr/not trusted.*--ca-file/, 'StartTLS, the wrong --ca-file');
	fails(collect({}, @server, @user), qr/not trusted.*--ca-file/,
		'StartTLS, no --ca-file');
	my $log = "$tmp/wire";
	my $p = proxy('start', to => "$address:389", do => 'pass',
		log => $log);
	fails(collect({}, '--server', "ldap://127.0.0.1:$p->{port}", @ca,
		@user), qr/for another name/, 'StartTLS, another address');
	ok(length read_file($log) && index(read_file($log), $password) < 0,
		'StartTLS, another address: no password is sent');
	stop_pid($p);
}

# ---- the file of authorities ----

sub authorities {
	my $pem = read_file($ad->{AD_CA_FILE});
	my %bad = (
		'not there' => "$tmp/absent",
		'a folder' => $tmp,
		'empty' => write_file("$tmp/empty", ''),
		'no PEM' => write_file("$tmp/text", "not a certificate\n"),
		'a key only' => "$ad->{AD_TLS_DIR}/ca.key",
		'cut short' => write_file("$tmp/cut",
			substr $pem, 0, length($pem) / 2),
	);
	for my $name (sort keys %bad) {
		for my $scheme ('ldaps', 'ldap') {
			no_authority("$scheme://, --ca-file $name", $scheme,
				$bad{$name});
		}
	}
}

# If libldap cannot make a context it takes the global one, which is loose.
sub no_authority {
	my ($name, $scheme, $file) = @_;
	my $trap = silence();
	my $r = collect({ env => { LDAPTLS_REQCERT => 'never' } }, '--server',
		"$scheme://" . port_of($trap), '--ca-file', $file, @user,
		'--timeout', 2);
	ok($r->{code} == 2 && $r->{err} =~ /\Q$file\E: .*PEM/, "$name: exit 2",
		"exit $r->{code} $r->{err}");
	ok(!was_reached($trap), "$name: nothing is connected");
	ok(!-e $r->{folder}, "$name: no folder");
}

# ---- settings that would switch checks off ----

sub loosened {
	my $never = write_file("$tmp/never.conf", "TLS_REQCERT never\n");
	my $rc = "TLS_REQCERT never\nTLS_CACERT $ad->{AD_CA_FILE}\n";
	my ($home, $here) = ("$tmp/home", "$tmp/here");
	mkdir $_ for $home, $here;
	write_file("$home/$_", $rc) for 'ldaprc', '.ldaprc';
	write_file("$here/ldaprc", $rc);
	my %ways = (
		'LDAPTLS_REQCERT' => { LDAPTLS_REQCERT => 'never' },
		'LDAPTLS_REQCERT allow' => { LDAPTLS_REQCERT => 'allow' },
		'LDAPTLS_REQSAN' => { LDAPTLS_REQCERT => 'never',
			LDAPTLS_REQSAN => 'never' },
		'LDAPTLS_CACERT' => { LDAPTLS_CACERT => $ad->{AD_CA_FILE} },
		'LDAPTLS_CACERTDIR' =>
			{ LDAPTLS_CACERTDIR => $ad->{AD_TLS_DIR} },
		'LDAPCONF' => { LDAPCONF => $never },
		'LDAPRC' => { LDAPRC => $never },
		'HOME' => { HOME => $home },
		'LDAPNOINIT set, but empty' => { LDAPNOINIT => '',
			LDAPTLS_REQCERT => 'never' },
	);
	still_checked($_, { env => $ways{$_} }) for sort keys %ways;
	still_checked('ldaprc of the current folder', { dir => $here });
}

sub still_checked {
	my ($name, $o) = @_;
	my $s = tls_server('other-ca');
	fails(collect($o, '--server', $s->{url}, @ca, @user),
		qr/not trusted/, "$name: ldaps:// is checked");
	unsent($s, $name);
	stop_pid($s);
	fails(collect($o, '--server', "ldap://$address", '--ca-file', $other,
		@user), qr/not trusted/, "$name: StartTLS is checked");
	fails(collect($o, '--server', "ldaps://$address", @user),
		qr/not trusted/, "$name: no authority comes in");
}

# ---- nobody there ----

# The system accepts and nobody ever answers.
sub silent {
	my $trap = silence();
	my $at = port_of($trap);
	in_time('ldaps://', '--server', "ldaps://$at", @ca, @user);
	in_time('StartTLS', '--server', "ldap://$at", @ca, @user);
	in_time('ldap:// with GSSAPI', '--server', "ldap://$at", '--auth',
		'gssapi');
	in_time('ldaps:// with GSSAPI', '--server', "ldaps://$at", @ca,
		'--auth', 'gssapi');
	half_way();
}

sub in_time {
	my ($name, @more) = @_;
	my $r = collect({ limit => 30 }, @more, '--timeout', 2);
	my $kerberos = $name =~ /^ldap:.*GSSAPI/;
	ok($kerberos && $r->{code} == 5 || $r->{code} == 6,
		"silent server, $name: ends", "exit $r->{code} $r->{err}");
	ok($r->{seconds} < 20, "silent server, $name: in time",
		$r->{seconds});
	ok($r->{err} =~ /^syncscope: [^\n]+\n\z/ && !-e $r->{folder},
		"silent server, $name: one sentence, no folder", $r->{err});
}

# Silent from some byte of the TLS handshake or of the sign-in on; and so slow
# that each byte resets a timeout that counts from the last one.
sub half_way {
	for ([stall => 1], [stall => 100], [stall => 700], [stall => 1100],
		[slow => 1]) {
		my ($do, $after) = @$_;
		my $p = proxy("half$do$after", to => "$address:636",
			listen => $address, do => $do, after => $after,
			times => 99);
		in_time("$do after $after bytes, ldaps://", '--server',
			"ldaps://$address:$p->{port}", @ca, @user);
		stop_pid($p);
		$p = proxy("half$do$after", to => "$address:389",
			listen => $address, do => $do, after => $after,
			times => 99);
		in_time("$do after $after bytes, StartTLS", '--server',
			"ldap://$address:$p->{port}", @ca, @user);
		stop_pid($p);
	}
}

sub nobody {
	for my $scheme ('ldap', 'ldaps') {
		my $port = closed_port($address);
		my $r = collect({}, '--server', "$scheme://$address:$port",
			@ca, @user);
		fails($r, qr/no server answers/, "nobody listens, $scheme://");
		ok($r->{seconds} < 10, "nobody listens, $scheme://: at once",
			$r->{seconds});
	}
}

sub wrong_protocol {
	my $r = collect({}, '--server', "ldaps://$address:389", @ca, @user,
		'--timeout', 3);
	fails($r, qr/ldaps:\S+: /, 'ldaps:// at the port of ldap://');
	ok($r->{seconds} < 20, 'it ends in time', $r->{seconds});
	$r = collect({}, '--server', "ldap://$address:636", @ca, @user,
		'--timeout', 3);
	fails($r, qr/ldap:\S+: /, 'ldap:// at the port of ldaps://');
	ok($r->{seconds} < 20, 'it ends in time', $r->{seconds});
}

# libldap writes to the closed connection: that must not end the program, here
# between two pages.
sub killed {
	my $folder = "$tmp/killed";
	my $p = spawn({}, $bin, 'collect', 'ad', '-o', $folder, '--server',
		$big->{LDAPS_URI}, '--ca-file', $big->{LDAP_CA_FILE}, '-u',
		$big->{LDAP_USER}, '--password-file', $big->{LDAP_PW_FILE},
		'--page-size', 100, '--max-rate', 400, '--retries', 0);
	await(20, sub { grep { -s } glob "$folder.unfinished/ad-users*" });
	server('slapd', 'down', $big->{dir}, '--kill');
	my $r = wait_for($p, 60);
	ok($r->{code} == 6, 'server killed between pages of ldaps://: exit 6',
		"exit $r->{code} $r->{err}");
	ok($r->{err} =~ /--resume/, 'and a word on how to go on', $r->{err});
	my $users = section($folder, 'ad.users');
	ok($users->{state} eq 'partial' && $users->{count} < 3000
		&& $users->{reason}, 'the section is partial',
		"$users->{state} $users->{count}");
}

# The same where Kerberos seals and there is no TLS.
sub killed_sealed {
	my $folder = "$tmp/sealed";
	my %env = (LD_PRELOAD => 'libnss_wrapper.so',
		KRB5_CONFIG => $ad->{KRB5_CONFIG},
		KRB5CCNAME => "FILE:$tmp/cache",
		NSS_WRAPPER_HOSTS => $ad->{NSS_WRAPPER_HOSTS});
	run({ env => \%env }, 'kinit', '-k', '-t', $ad->{AD_KEYTAB},
		"svc-audit\@$ad->{AD_REALM}");
	my $p = spawn({ env => \%env }, $bin, 'collect', 'ad', '-o', $folder,
		'--server', $ad->{AD_HOST}, '--page-size', 20, '--max-rate',
		60, '--retries', 0);
	await(20, sub { -s "$folder.unfinished/manifest.json" });
	server('samba', 'down', $ad->{dir}, '--kill');
	my $r = wait_for($p, 60);
	ok($r->{code} == 6 && $r->{err} =~ /--resume/,
		'server killed between pages of sealed ldap://: exit 6',
		"exit $r->{code} $r->{err}");
	ok(scalar(grep { $_->{state} eq 'partial' }
		@{manifest($folder)->{sections}}), 'and a section is partial');
}
