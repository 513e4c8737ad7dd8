#!/usr/bin/perl
# Signing in to a live AD: every way to give a password, Kerberos and NTLM,
# what is said when it is refused, servers found by DNS, a forest of two
# domains, and that a password never goes over a line that others can read.
use strict;
use warnings;
use File::Basename qw(dirname);
use lib dirname(__FILE__);
use Encode qw(encode);
use Live;
use MIME::Base64 qw(encode_base64);

my ($ad, $sub) = start_servers(['samba', 'ad'], ['samba', 'sub', '--realm',
	'CHILD.EXCHANGELABS.LOCAL', '--domain', 'CHILD', '--host', 'dc2']);
my $password = read_file($ad->{AD_AUDIT_PW_FILE});
my $address = $ad->{AD_ADDR};
my $child = 'child.exchangelabs.local';
my $runs = 0;

accounts();
passwords();
no_clear_text();
kerberos();
kerberos_fails();
ntlm();
refused();
nothing_to_ask();
bad_urls();
found_by_dns();
second_account();
two_forests();
second_domain();
srv_of_both();
srv_elsewhere();
two_domains();
done();

# collect OPTIONS, ARGUMENT...: {out} of OPTIONS names the folder.
sub collect {
	my ($o, @more) = @_;
	my $folder = "$tmp/s" . ++$runs;
	my $r = run({ limit => 60, %$o }, $bin, 'collect', 'ad', '-q',
		'-o', $folder, @more);
	return { %$r, folder => $folder };
}

sub simple {
	my ($o, @more) = @_;
	return collect($o, '--server', "ldaps://$address", '--ca-file',
		$ad->{AD_CA_FILE}, @more);
}

# The account may not see deleted objects: exit 3 is the best it gets.
sub whole {
	my ($r, $name) = @_;
	my $users = section($r->{folder}, 'ad.users');
	return ok($r->{code} == 3 && $users->{state} eq 'complete'
		&& $users->{count} > 5
		&& section($r->{folder}, 'ad.deleted')->{state} eq 'refused',
		$name, "$users->{state} $users->{count} "
		. "exit $r->{code} $r->{err}");
}

sub refusal {
	my ($r, $code, $sentence, $name) = @_;
	says($r, $code, $sentence, $name);
	return ok(!-e $r->{folder} && !-e "$r->{folder}.unfinished",
		"$name: no folder");
}

# ---- what the servers need ----

sub account {
	my ($name, $root, @more) = @_;
	my $dns = lc $root =~ s/,?DC=/./gr =~ s/^\.//r;
	my $octets = encode_base64(
		encode('UTF-16LE', "\"$password\""), '');
	return join "\n", "dn: CN=$name,CN=Users,$root", 'objectClass: user',
		"sAMAccountName: $name", "unicodePwd:: $octets", @more, '', '';
}

sub accounts {
	my $locked = (time + 11644473600) . '0000000';
	my %more = (
		disabled => ['userAccountControl: 66050'],
		expired => ['userAccountControl: 66048',
			'accountExpires: 130000000000000000'],
		mustchange => ['userAccountControl: 512', 'pwdLastSet: 0'],
		locked => ['userAccountControl: 66048',
			"lockoutTime: $locked"],
		old => ['userAccountControl: 512'],
	);
	my $ldif = join '', map {
		account($_, $ad->{AD_ROOT}, @{$more{$_}},
			"userPrincipalName: $_\@$ad->{AD_DNS_DOMAIN}")
	} grep { $_ ne 'old' } sort keys %more;
	# A password of long ago: it is expired.
	$ldif .= "#\@time 2015-06-01 12:00:00\n"
		. account('old', $ad->{AD_ROOT}, @{$more{old}},
		"userPrincipalName: old\@$ad->{AD_DNS_DOMAIN}");
	server('samba', 'load', $ad->{dir},
		write_file("$tmp/accounts.ldif", $ldif));
}

# The second domain gets an account of the same name and password.
sub second_account {
	server('samba', 'load', $sub->{dir}, write_file("$tmp/both.ldif",
		account('svc-both', $sub->{AD_ROOT},
		'userAccountControl: 66048',
		"userPrincipalName: $ad->{AD_AUDIT}")));
	write_file("$tmp/both.pem", read_file($ad->{AD_CA_FILE})
		. read_file($sub->{AD_CA_FILE}));
}

# A real forest replicates its configuration; here the first domain is told of
# the second.
sub second_domain {
	my $partitions = "CN=Partitions,CN=Configuration,$ad->{AD_ROOT}";
	my $ldif = <<"END";
#@ --relax
dn: CN=CHILD,$partitions
objectClass: crossRef
nCName: $sub->{AD_ROOT}
dnsRoot: $child
nETBIOSName: CHILD
systemFlags: 3

END
	server('samba', 'load', $ad->{dir},
		write_file("$tmp/crossref.ldif", $ldif));
}

# As long as neither knows of the other they are two forests.
sub two_forests {
	my @user = ('-u', $ad->{AD_AUDIT}, '--password-file',
		$ad->{AD_AUDIT_PW_FILE}, '--ca-file', "$tmp/both.pem");
	my ($a, $b) = ("ldaps://$address", "ldaps://$sub->{AD_ADDR}");
	refusal(collect({}, '--server', join(',', @$_), @user), 2,
		qr/one forest; \Q$_->[0]\E\S* has CN=\S+ and \Q$_->[1]\E/,
		"servers of two forests: @$_") for [$a, $b], [$b, $a];
	whole(collect({}, '--server', "$a,$a", @user), 'the same one twice');
}

# ---- passwords ----

sub passwords {
	my @user = ('-u', $ad->{AD_AUDIT});
	my $crlf = write_file("$tmp/crlf", "$password\r\n");
	whole(simple({}, @user, '--password-file', $ad->{AD_AUDIT_PW_FILE}),
		'password from a file');
	whole(simple({}, @user, '--password-file', $crlf),
		'a file with a line end of Windows');
	whole(simple({ in => $crlf }, @user, '--password-file', '-'),
		'password from standard input');
	whole(simple({ env => { SYNCSCOPE_PASSWORD => $password } }, @user),
		'password from SYNCSCOPE_PASSWORD');
	whole(from_descriptor(@user), 'password from --password-fd');
	whole(simple({ env => { SYNCSCOPE_PASSWORD => $password } }, '-u',
		"$ad->{AD_DOMAIN}\\svc-audit"), 'NETBIOS\\name');
	whole(simple({ env => { SYNCSCOPE_PASSWORD => $password } }, '-u',
		"CN=svc-audit,CN=Users,$ad->{AD_ROOT}"), 'a DN');
	prompt(@user);
	prompt_stopped(@user);
	wrong_places(@user);
}

sub from_descriptor {
	my (@user) = @_;
	my $folder = "$tmp/fd";
	my $r = run({}, 'sh', '-c', 'exec 7<"$1"; shift; exec "$@"', 'sh',
		$ad->{AD_AUDIT_PW_FILE}, $bin, 'collect', 'ad', '-q', '-o',
		$folder, '--server', "ldaps://$address", '--ca-file',
		$ad->{AD_CA_FILE}, @user, '--password-fd', 7);
	return { %$r, folder => $folder };
}

sub prompt {
	my (@user) = @_;
	my $folder = "$tmp/prompt";
	my $r = terminal({}, qr/Password of \S+: /, "$password\n", $bin,
		'collect', 'ad', '-q', '-o', $folder, '--server',
		"ldaps://$address", '--ca-file', $ad->{AD_CA_FILE}, @user);
	whole({ %$r, folder => $folder }, 'password at a prompt');
	ok($r->{out} =~ /Password of svc-audit\@/, 'the prompt names who',
		$r->{out});
	ok(index($r->{out}, $password) < 0, 'the password is not shown',
		$r->{out});
	$r = run({ limit => 20 }, 'setsid', $bin, 'collect', 'ad', '-q', '-o',
		"$tmp/none", '--server', "ldaps://$address", @user);
	says($r, 2, qr/no terminal.*--password-file/,
		'no terminal, no prompt');
}

# Ctrl-C or Ctrl-\ at the prompt must not leave a terminal that shows nothing.
sub prompt_stopped {
	my (@user) = @_;
	for (['INT', "\x03"], ['QUIT', "\x1c"]) {
		my ($name, $key) = @$_;
		my $r = terminal({ limit => 20 }, qr/Password of \S+: /, $key,
			'sh', '-c', "trap : $name;"
			. '"$@"; echo "exit $?"; stty -a', 'sh', $bin,
			'collect', 'ad', '-q', '-o', "$tmp/none", '--server',
			"ldaps://$address", @user);
		ok($r->{out} =~ /interrupted/ && $r->{out} =~ /exit 6/,
			"SIG$name at the prompt: exit 6", $r->{out});
		ok($r->{out} =~ /[ ;]echo / && $r->{out} !~ /-echo /,
			"SIG$name at the prompt: the terminal shows again "
			. 'what is typed', $r->{out});
	}
}

sub wrong_places {
	my (@user) = @_;
	my $empty = write_file("$tmp/empty", "\n");
	refusal(simple({}, @user, '--password-file', $empty), 2,
		qr/holds no password/, 'an empty password');
	refusal(simple({}, @user, '--password-file', '/dev/null'), 2,
		qr/holds no password/, 'no password at all');
	refusal(simple({ limit => 20, env => { SYNCSCOPE_PASSWORD => '' } },
		@user, '--password-fd', 9), 2, qr/cannot be read/,
		'--password-fd that is not open');
	refusal(simple({}, @user, '--password-fd', 'x'), 2, qr/--password-fd/,
		'--password-fd without number');
	refusal(simple({}, @user, '--password-file', "$tmp/absent"), 2,
		qr/absent/, '--password-file that is not there');
	refusal(simple({}, @user, '--password-file', write_file("$tmp/two",
		"one\ntwo\n")), 2, qr/one line/, 'a password of two lines');
	refusal(simple({ env => { SYNCSCOPE_PASSWORD => $password } }, '-u',
		''), 2, qr/--user/, 'an empty name');
	refusal(simple({}, '--auth', 'simple'), 2, qr/--user/,
		'anonymous');
}

# ---- the line ----

# On ldap:// StartTLS comes first, and neither name nor password is to see.
sub no_clear_text {
	my $log = "$tmp/wire.log";
	my $p = proxy('wire', to => "$address:389", listen => $address,
		do => 'pass', log => $log);
	my @user = ('--ca-file', $ad->{AD_CA_FILE}, '-u', $ad->{AD_AUDIT},
		'--password-file', $ad->{AD_AUDIT_PW_FILE});
	my $r = collect({}, '--server', "ldap://$address:$p->{port}", @user);
	my $wire = read_file($log);
	whole($r, 'StartTLS on ldap://');
	ok(index($wire, '1.3.6.1.4.1.1466.20037') > 0, 'it asks for TLS',
		length($wire) . ' bytes');
	ok(index($wire, $password) < 0 && index($wire, 'svc-audit') < 0,
		'and sends neither name nor password without');
	stop_pid($p);
	sealed($log);
	without_tls(@user);
}

# GSSAPI on ldap:// seals.
sub sealed {
	my ($log) = @_;
	unlink $log;
	my $p = proxy('wire', to => "$address:389", listen => $address,
		do => 'pass', log => $log);
	my $r = collect({ env => tickets() }, '--server',
		"ldap://$ad->{AD_HOST}:$p->{port}");
	whole($r, 'GSSAPI on ldap://');
	ok(length read_file($log) && index(read_file($log), 'crossRef') < 0,
		'and nobody on the way sees what is asked');
	stop_pid($p);
}

# Servers that have no TLS, and one that says it has: answers to StartTLS by
# result code, after which everything that comes is kept.
sub without_tls {
	my (@user) = @_;
	for (['protocol error', 2], ['unavailable', 52], ['success', 0]) {
		my ($name, $code) = @$_;
		my $s = listener($code);
		my $r = collect({ limit => 40 }, '--server',
			"ldap://127.0.0.1:$s->{port}", '--timeout', 3, @user);
		my $sent = read_file($s->{log});
		ok($r->{code} == 5 || $r->{code} == 6,
			"StartTLS answered by $name: exit 5 or 6", $r->{err});
		ok(length $sent && index($sent, $password) < 0
			&& index($sent, 'svc-audit') < 0,
			"StartTLS answered by $name: no password is sent");
		ok(!-e $r->{folder}, "StartTLS answered by $name: no folder");
		stop_pid($s);
	}
}

sub listener {
	my ($code) = @_;
	my $log = "$tmp/listener";
	my $ready = "$tmp/listener.port";
	unlink $log, $ready;
	my $p = spawn({}, $^X, '-MIO::Socket::INET', '-e', <<'END',
my ($code, $log, $ready) = @ARGV;
my $l = IO::Socket::INET->new(LocalAddr => "127.0.0.1", Listen => 5) or die;
open my $at, ">", $ready or die;
print $at $l->sockport, "\n";
close $at;
open my $out, ">>:raw", $log or die;
$out->autoflush(1);
while (my $c = $l->accept) {
	my $first = 1;
	while (sysread $c, my $chunk, 65536) {
		print $out $chunk;
		my $answer = sprintf "300c02010178070a01%02x04000400", $code;
		syswrite $c, pack "H*", $answer if $first;
		$first = 0;
	}
}
END
		$code, $log, $ready);
	await(10, sub { read_file($ready) =~ /\n/ }) or die 'no listener';
	chomp($p->{port} = read_file($ready));
	$p->{log} = $log;
	return $p;
}

# ---- Kerberos ----

my $caches;

sub kerberos_env {
	my ($cache) = @_;
	return {
		LD_PRELOAD => 'libnss_wrapper.so',
		KRB5_CONFIG => $ad->{KRB5_CONFIG},
		KRB5CCNAME => "FILE:$cache",
		NSS_WRAPPER_HOSTS => $ad->{NSS_WRAPPER_HOSTS},
	};
}

# The variables of a client with a ticket, in a cache of its own.
sub tickets {
	my ($who) = @_;
	my $env = kerberos_env("$tmp/cache" . ++$caches);
	my $r = run({ env => $env }, 'kinit', '-k', '-t', $ad->{AD_KEYTAB},
		$who // "svc-audit\@$ad->{AD_REALM}");
	die "kinit: $r->{err}" if $r->{code};
	return $env;
}

sub kerberos {
	my $host = $ad->{AD_HOST};
	my @ca = ('--ca-file', $ad->{AD_CA_FILE});
	whole(collect({ env => tickets() }, '--server', $host),
		'GSSAPI with a host alone');
	whole(collect({ env => tickets() }, '--server', "ldaps://$host",
		@ca), 'GSSAPI over ldaps://');
	whole(collect({ env => tickets() }, '--server', "ldap://$host",
		'--auth', 'gss-spnego'), 'GSS-SPNEGO with Kerberos');
	whole(collect({ env => tickets() }, '--server', "ldaps://$host", @ca,
		'--auth', 'gss-spnego'), 'GSS-SPNEGO over ldaps://');
	my $r = collect({ env => tickets("svc-sync\@$ad->{AD_REALM}") },
		'--server', $host);
	ok(section($r->{folder}, 'ad.deleted')->{state} eq 'complete',
		'the ticket says who asks: this one sees deleted objects',
		$r->{err});
	keytab();
}

# What cron uses: a keytab, and no kinit. Its first name is administrator's,
# who may read all.
sub keytab {
	my $env = kerberos_env("$tmp/cache" . ++$caches);
	$env->{KRB5_CLIENT_KTNAME} = "FILE:$ad->{AD_KEYTAB}";
	exit_is(collect({ env => $env }, '--server', $ad->{AD_HOST}), 0,
		'GSSAPI with a client keytab');
}

sub kerberos_fails {
	my @server = ('--server', $ad->{AD_HOST});
	refusal(collect({ env => kerberos_env("$tmp/none") }, @server), 5,
		qr/no Kerberos ticket; get one with kinit/, 'no ticket');
	refusal(faked('+3d', tickets(), @server), 5,
		qr/ticket is expired; renew it/, 'an expired ticket');
	refusal(faked('+20m', tickets(), @server), 5, qr/set the clock/,
		'a clock that is 20 minutes off');
	no_kdc(@server);
	my $env = tickets();
	$env->{NSS_WRAPPER_HOSTS} = write_file("$tmp/hosts",
		"$address strange.$ad->{AD_DNS_DOMAIN}\n");
	refusal(collect({ env => $env }, '--server',
		"strange.$ad->{AD_DNS_DOMAIN}"), 5,
		qr/no service of this name/, 'a name that Kerberos lacks');
	refusal(collect({ env => tickets() }, '--server', $ad->{AD_HOST},
		'-u', $ad->{AD_AUDIT}, '--auth', 'gssapi'), 2,
		qr/--user is for --auth simple/, '--user with gssapi');
}

sub faked {
	my ($by, $env, @more) = @_;
	my $folder = "$tmp/s" . ++$runs;
	my %clean = %$env;
	delete $clean{LD_PRELOAD};
	my $r = run({ env => \%clean, limit => 60 }, 'faketime', '-f', $by,
		'sh', '-c', 'LD_PRELOAD="$LD_PRELOAD libnss_wrapper.so" ' .
		'exec "$@"', 'sh', $bin, 'collect', 'ad', '-q', '-o', $folder,
		@more);
	return { %$r, folder => $folder };
}

sub no_kdc {
	my (@server) = @_;
	my $env = tickets();
	my $port = closed_port();
	$env->{KRB5_CONFIG} = write_file("$tmp/krb5.conf",
		read_file($ad->{KRB5_CONFIG})
		=~ s/^kdc = .*/kdc = 127.0.0.1:$port/mr);
	refusal(collect({ env => $env }, @server), 5,
		qr/no Kerberos server of the realm answers/, 'KDC away');
}

sub ntlm {
	my %env = (LD_PRELOAD => 'libnss_wrapper.so',
		KRB5_CONFIG => '/dev/null', KRB5CCNAME => "FILE:$tmp/none",
		NSS_WRAPPER_HOSTS => $ad->{NSS_WRAPPER_HOSTS},
		NTLM_USER_FILE => $ad->{NTLM_USER_FILE});
	my @way = ('--server', "ldap://$address", '--auth', 'gss-spnego');
	whole(collect({ env => \%env }, @way),
		'GSS-SPNEGO with NTLM');
	$env{NTLM_USER_FILE} = write_file("$tmp/ntlm",
		"$ad->{AD_DOMAIN}:svc-audit:wrong\n");
	refusal(collect({ env => \%env }, @way), 5,
		qr/the name or the password is wrong/, 'NTLM, wrong password');
}

# ---- refusals ----

sub refused {
	my %means = (
		disabled => qr/account is disabled .*data 533/,
		expired => qr/account is expired .*data 701/,
		mustchange => qr/password must be changed .*data 773/,
		locked => qr/account is locked .*data 775/,
		old => qr/password is expired.* .*data 532/,
	);
	my $file = $ad->{AD_AUDIT_PW_FILE};
	refusal(simple({}, '-u', "$_\@$ad->{AD_DNS_DOMAIN}",
		'--password-file', $file), 5, $means{$_}, "account $_")
		for sort keys %means;
	refusal(simple({}, '-u', "nobody\@$ad->{AD_DNS_DOMAIN}",
		'--password-file', $file), 5, 
		qr/the name or the password|no such/,
		'account that is not there');
	my $r = simple({ env => { SYNCSCOPE_PASSWORD => 'not it' } }, '-u',
		$ad->{AD_AUDIT});
	refusal($r, 5, qr/the name or the password is wrong .*data 52e/,
		'wrong password');
	ok($r->{err} !~ /not it/ && $r->{err} =~ /ldaps:\/\/\Q$address/,
		'it names the server, and not the password', $r->{err});
	ok($r->{err} =~ /^syncscope: [^\n]+\n\z/, 'in one line', $r->{err});
}

# ---- servers ----

sub nothing_to_ask {
	my $with = { env => { SYNCSCOPE_PASSWORD => $password } };
	my @user = ('-u', $ad->{AD_AUDIT});
	refusal(collect($with, @user), 2, qr/want --server/, 'no server');
	refusal(collect($with, @user, '--server', ''), 2, qr/--server/,
		'an empty list of servers');
	refusal(collect($with, @user, '--server', ', ,'), 2, qr/--server/,
		'a list of nothing');
	refusal(collect($with, @user, '--auth', 'digest', '--server',
		$address), 2, qr/gssapi, gss-spnego or simple/,
		'a way that is none');
	refusal(collect($with, @user, '--server', 'no.such.invalid'), 6,
		qr/no\.such\.invalid/, 'a name that DNS does not know');
}

sub bad_urls {
	my $with = { env => { SYNCSCOPE_PASSWORD => $password } };
	my @user = ('-u', $ad->{AD_AUDIT}, '--ca-file', $ad->{AD_CA_FILE});
	for ('http://dc1', 'ldapi:///', 'ldaps://', 'ldaps://:636',
		"ldaps://$address:0", "ldaps://$address:65536",
		"ldaps://$address:-1", "ldaps://$address:abc",
		"ldaps://$address/DC=x", "ldaps://$address/?cn",
		"ldaps://$address:636:636", 'ldaps://[::1', 'cldap://dc1',
		"ldap://user:secret\@$address") {
		my $r = collect($with, @user, '--server', $_);
		ok($r->{code} == 2 && $r->{err} =~ /--server/
			&& !-e $r->{folder}, "refused: $_",
			"exit $r->{code} $r->{err}");
	}
	for (3268, 3269) {
		my $scheme = $_ == 3268 ? 'ldap' : 'ldaps';
		refusal(collect($with, @user, '--server',
			"$scheme://$address:$_"), 2, qr/global catalog/,
			"port $_");
	}
	whole(collect($with, @user, '--server', $address),
		'a host alone with --user is ldaps://');
	whole(collect($with, @user, '--server', 
		"LDAPS://$address:636"), 'a scheme in capitals');
}

# ---- discovery ----

sub dns_env {
	my ($env) = @_;
	return { %$env,
		LD_PRELOAD => 'libnss_wrapper.so libresolv_wrapper.so',
		NSS_WRAPPER_HOSTS => $ad->{NSS_WRAPPER_HOSTS},
		RESOLV_WRAPPER_CONF => $ad->{RESOLV_WRAPPER_CONF} };
}

sub found_by_dns {
	my $env = dns_env({ SYNCSCOPE_PASSWORD => $password });
	my @user = ('-u', $ad->{AD_AUDIT}, '--ca-file', $ad->{AD_CA_FILE});
	my $dns = $ad->{AD_DNS_DOMAIN};
	whole(collect({ env => $env }, @user, '--domain', $dns),
		'--domain, by SRV records');
	whole(collect({ env => $env }, @user, '--forest', $dns),
		'--forest, by SRV records');
	whole(collect({ env => dns_env(tickets()) }, '--domain',
		$dns),
		'--domain, by SRV records, with GSSAPI');
	refusal(collect({ env => $env }, @user, '--domain', 'none.example'),
		6, qr/_ldap\._tcp\.dc\._msdcs\.none\.example.*--server/,
		'a domain without SRV records');
	refusal(collect({ env => $env }, @user, '--server', $address,
		'--domain', 'none.example'), 2, qr/no domain none\.example/,
		'a domain that is not of the forest');
	refusal(collect({ env => $env }, @user, '--server', $address,
		'--domain', "$dns,none.example"), 2,
		qr/no domain none\.example; it has \Q$dns\E/,
		'such a domain beside one that is');
}

# Records of two domains, as a forest's DNS has them.
sub srv_of_both {
	my @user = ('-u', $ad->{AD_AUDIT}, '--ca-file', "$tmp/both.pem");
	my $srv = '_ldap._tcp.dc._msdcs';
	my %env = (SYNCSCOPE_PASSWORD => $password,
		LD_PRELOAD => 'libnss_wrapper.so libresolv_wrapper.so',
		RESOLV_WRAPPER_HOSTS => write_file("$tmp/srv", <<"END"),
SRV $srv.$ad->{AD_DNS_DOMAIN} $ad->{AD_HOST} 389
SRV $srv.$child $sub->{AD_HOST} 389
END
		NSS_WRAPPER_HOSTS => write_file("$tmp/hosts2",
			read_file($ad->{NSS_WRAPPER_HOSTS})
			. read_file($sub->{NSS_WRAPPER_HOSTS})));
	my $r = collect({ env => \%env }, @user, '--forest',
		$ad->{AD_DNS_DOMAIN});
	whole($r, 'a forest of two domains, by DNS alone');
	of_both($r->{folder}, 'by DNS');
}

# DNS is not to be believed who gets the password. The host is the domain
# controller by another name: only the name may stop us.
sub srv_elsewhere {
	my $log = "$tmp/elsewhere.log";
	my $dns = $ad->{AD_DNS_DOMAIN};
	my $p = proxy('elsewhere', to => "$address:636", listen => $address,
		do => 'pass', log => $log);
	my %env = (SYNCSCOPE_PASSWORD => $password,
		LD_PRELOAD => 'libnss_wrapper.so libresolv_wrapper.so',
		RESOLV_WRAPPER_HOSTS => write_file("$tmp/srv3",
			"SRV _ldap._tcp.dc._msdcs.$dns dc1.evil.test "
			. "$p->{port}\n"),
		NSS_WRAPPER_HOSTS => write_file("$tmp/hosts3",
			"$address dc1.evil.test\n"));
	my $sentence = qr/dc1\.evil\.test.*not inside that domain.*--server/;
	refusal(collect({ env => \%env }, '-u', $ad->{AD_AUDIT}, $_, $dns),
		2, $sentence, "$_, a host of another domain, a password")
		for '--domain', '--forest';
	refusal(collect({ env => \%env }, '--auth', 'gss-spnego', '--domain',
		$dns), 2, $sentence, 'such a host, perhaps NTLM');
	ok(!-s $log, 'such a host, perhaps NTLM: nothing is sent');
	delete $env{SYNCSCOPE_PASSWORD};
	my $r = collect({ env => { %{tickets()}, %env } }, '--domain', $dns);
	ok($r->{code} == 5 && $r->{err} !~ /not inside/,
		'Kerberos asks such a host to prove its name',
		"exit $r->{code} $r->{err}");
	stop_pid($p);
}

# ---- two domains ----

# Each object comes once, and from the server of its own domain.
sub of_both {
	my ($folder, $how) = @_;
	my @users = grep { /^ad\.users / } @{objects($folder)};
	my ($one) = grep { /"sAMAccountName":"svc-audit".*
		"dn":"CN=svc-audit,CN=Users,\Q$ad->{AD_ROOT}\E"|
		"dn":"CN=svc-audit,CN=Users,\Q$ad->{AD_ROOT}\E"/x } @users;
	my @two = grep { /CN=svc-both,CN=Users,\Q$sub->{AD_ROOT}\E"/ } @users;
	ok($one && @two == 1, "$how: users of both domains",
		scalar(@users) . ' users');
	my @heads = grep { /"dn":"(?:\Q$ad->{AD_ROOT}\E|\Q$sub->{AD_ROOT}\E)"/ }
		@{objects($folder)};
	ok(@heads == 2, "$how: the heads of both domains, each once",
		join "\n", map { substr $_, 0, 150 } @heads);
	my %at = map { $_->{domain} => lc $_->{host} }
		@{manifest($folder)->{servers}};
	ok(($at{$ad->{AD_ROOT}} // '') eq $ad->{AD_HOST}
		&& ($at{$sub->{AD_ROOT}} // '') eq $sub->{AD_HOST},
		"$how: each from its own server", join ' ', %at);
}

sub two_domains {
	my @user = ('-u', $ad->{AD_AUDIT}, '--password-file',
		$ad->{AD_AUDIT_PW_FILE}, '--ca-file', "$tmp/both.pem");
	my ($a, $b) = ("ldaps://$address", "ldaps://$sub->{AD_ADDR}");
	my $r = collect({}, '--server', "$a,$b", @user);
	whole($r, 'two domains, each with its server');
	of_both($r->{folder}, 'two servers');
	one_of_two($a, @user);
	$r = collect({}, '--server', $a, @user, '--domain',
		$ad->{AD_DNS_DOMAIN});
	exit_is($r, 3, '--domain narrows');
	ok((section($r->{folder}, 'ad.users')->{reason} // '')
		=~ /domain \Q$child\E was not asked for/, 'and says so');
	refusal(collect({}, '--server', "$a,http://x", @user), 2,
		qr/--server/, 'a list with one that is no server');
	my $away = 'ldaps://127.0.0.1:' . closed_port();
	$r = collect({}, '--server', "$a,$away,$b", @user);
	ok($r->{err} =~ /\Q$away/ && $r->{code} == 3,
		'one server away, the others hold everything',
		"exit $r->{code} $r->{err}");
}

# No server for the second domain: all that is known is in, and the rest is
# told; --resume adds it.
sub one_of_two {
	my ($a, @user) = @_;
	my $r = collect({}, '--server', $a, @user, '--dry-run');
	says($r, 6, qr/domain \Q$child\E was not read/,
		'two domains, one server, --dry-run');
	$r = collect({}, '--server', $a, @user);
	exit_is($r, 6, 'two domains, one server');
	for (qw(ad.users ad.groups ad.contacts ad.computers ad.containers)) {
		my $s = section($r->{folder}, $_);
		ok($s->{state} eq 'partial' && ($s->{reason} // '')
			=~ /domain \Q$child\E was not read: .*SRV/,
			"$_ is partial", "$s->{state} " . ($s->{reason} // ''));
	}
	ok(section($r->{folder}, 'ad.users')->{count} > 5,
		'with what the first domain has');
	my $again = run({}, $bin, 'collect', 'ad', '-q', '--resume', '-o',
		$r->{folder}, '--server', "$a,ldaps://$sub->{AD_ADDR}", @user);
	whole({ %$again, folder => $r->{folder} },
		'--resume with both servers makes it whole');
}
