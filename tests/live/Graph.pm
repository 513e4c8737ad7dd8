# What the tests of "collect tenant" share: the tenant that graph/tenant.mjs
# makes, its certificates, runs against it, and its log.
package Graph;
use strict;
use warnings;
use Exporter qw(import);
use File::Basename qw(basename);
use JSON::XS qw(decode_json encode_json);
use Live;

our @EXPORT = qw(authority certificate collect collect_start control
	faults forget log_of refused_early rows started_tenant);

my $secret = 'sesame-open-the-tenant';

sub openssl {
	my $r = run({ dir => $tmp }, 'openssl', @_);
	die "openssl @_: $r->{err}" if $r->{code};
}

# A throw-away authority: NAME.pem and NAME.key in $tmp; the folder's path.
sub authority {
	my ($name) = @_;
	openssl(qw(req -x509 -newkey rsa:2048 -nodes -days 2 -subj), "/CN=$name",
		'-keyout', "$name.key", '-out', "$name.pem");
	return "$tmp/$name.pem";
}

# A server's certificate by an authority; DAYS may be 0 to have it expired.
sub certificate {
	my ($name, $ca, $names, %o) = @_;
	write_file("$tmp/$name.ext", "subjectAltName=$names\n");
	openssl(qw(req -newkey rsa:2048 -nodes -subj), "/CN=$name", '-keyout',
		"$name.key", '-out', "$name.csr");
	my @sign = (qw(openssl x509 -req -in), "$name.csr", '-CA', "$ca.pem",
		'-CAkey', "$ca.key", '-CAcreateserial', '-extfile',
		"$name.ext", '-days', 2, '-out', "$name.pem");
	unshift @sign, qw(faketime -f -30d) if $o{expired};
	my $r = run({ dir => $tmp }, @sign);
	die "@sign: $r->{err}" if $r->{code};
	return ("$tmp/$name.pem", "$tmp/$name.key");
}

my $tenants = 0;

# A tenant with options of tenant.mjs; {url}, {control}, {ca}.
sub started_tenant {
	my (%o) = @_;
	my $ca = delete $o{ca} // 'ca';
	authority($ca) if !-e "$tmp/$ca.pem";
	my $name = 'server' . $tenants++;
	my ($cert, $key) = certificate($name, $ca, delete $o{names}
		// 'IP:127.0.0.1,DNS:localhost', expired => delete $o{expired});
	my $ready = "$tmp/$name.ready";
	my $p = spawn({}, 'node', "$here/graph/tenant.mjs", '--key', $key,
		'--cert', $cert, '--ready', $ready, '--secret', $secret,
		map { ("--$_", $o{$_}) } sort keys %o);
	await(20, sub { read_file($ready) =~ /\n.*\n/ })
		or die 'tenant: ' . read_file("$p->{base}.err");
	my ($url, $control) = split /\n/, read_file($ready);
	return { %$p, url => $url, control => $control,
		ca => "$tmp/ca.pem" };
}

sub curl {
	my $r = run({ dir => $tmp, limit => 120 }, 'curl', '-sS', '-f', @_);
	die "curl @_: $r->{err}" if $r->{code};
	return $r->{out};
}

# What steers the tenant; see verbs in tenant.mjs.
sub control {
	my ($t, $verb, $body) = @_;
	write_file("$tmp/control.json", encode_json($body // {}));
	curl('--data-binary', "\@$tmp/control.json", "$t->{control}/$verb");
}

sub faults {
	my ($t, @rules) = @_;
	control($t, 'faults', \@rules);
	forget($t);
}

sub forget {
	my ($t) = @_;
	control($t, 'forget');
}

sub log_of {
	my ($t) = @_;
	return map { decode_json($_) } split /\n/, curl("$t->{control}/log");
}

# Options that every run has.
sub options {
	my ($t) = @_;
	write_file("$tmp/secret", "$secret\n");
	return ('collect', 'tenant', '--tenant', 'contoso.example',
		'--client-id', '11111111-2222-3333-4444-555555555555',
		'--secret-file', "$tmp/secret", '--login-url', $t->{url},
		'--graph-url', $t->{url}, '--ca-file', $t->{ca});
}

sub collect_start {
	my ($t, $folder, @more) = @_;
	return spawn({}, $bin, options($t), '-o', $folder, @more);
}

# A run to its end; nothing it prints or writes may hold the secret.
sub collect {
	my ($t, $folder, @more) = @_;
	my $r = wait_for(collect_start($t, $folder, @more), 100);
	my $all = join '', $r->{err}, $r->{out},
		map { read_file($_) } glob "$folder/*";
	ok(index($all, $secret) < 0 && $all !~ /tok\.[\w-]{20}/,
		basename($folder) . ': neither secret nor token is seen');
	return $r;
}

# The objects of a section.
sub rows {
	my ($folder, $section) = @_;
	my $file = section($folder, $section)->{file} // return [];
	return [map { decode_json($_) } split /\n/,
		read_file("$folder/$file")];
}

# Whether some request came back before a time was over: its line, or ''. What
# was under way when the answer went out does not count.
sub refused_early {
	my ($t, $seconds) = @_;
	my ($until, $grace) = (0, 0);
	for my $l (sort { $a->{began} <=> $b->{began} } log_of($t)) {
		return "$l->{url} at $l->{began}, not before $until"
			if $l->{began} < $until && $l->{began} > $grace;
		next unless $l->{status} =~ /"status":429/;
		$until = $l->{ended} + 1000 * $seconds;
		$grace = $l->{ended} + 300;
	}
	return '';
}

1;
