# Collections that break, for tests: a directory to read, the same behind a
# proxy that does harm, and what every broken or resumed snapshot must hold.
package Faulty;
use strict;
use warnings;
use Exporter qw(import);
use Live;

our @EXPORT = qw(before collect directory fresh harm keeps reference resumes
	same slapd start truthful unproxy);

my %titles = (
	'ad.users' => 'AD users', 'ad.groups' => 'AD groups',
	'ad.contacts' => 'AD contacts', 'ad.computers' => 'AD computers',
	'ad.containers' => 'AD domains, OUs and containers',
	'ad.deleted' => 'deleted AD objects', 'ad.other' => 'other AD objects',
);
my $folders = 0;

sub fresh {
	return "$tmp/s" . ++$folders;
}

# directory NAME, URL, CODE, OPTION...: CODE is the exit of a run that nothing
# disturbs.
sub directory {
	my ($name, $url, $code, @options) = @_;
	return { name => $name, url => $url, code => $code,
		options => \@options };
}

# What slapd.sh made. It knows no deleted objects, so 3 is the best exit.
sub slapd {
	my ($env) = @_;
	return { %{directory('slapd', $env->{LDAPS_URI}, 3, '--ca-file',
		$env->{LDAP_CA_FILE}, '-u', $env->{LDAP_USER},
		'--password-file', $env->{LDAP_PW_FILE})},
		dir => $env->{dir} };
}

sub start {
	my ($d, $folder, @more) = @_;
	return spawn({}, $bin, 'collect', 'ad', '-o', $folder, '--server',
		$d->{url}, @{$d->{options}}, @more);
}

sub collect {
	return wait_for(start(@_), 60);
}

# The undisturbed run that the others are compared with.
sub reference {
	my ($d) = @_;
	$d->{whole} = fresh();
	my $r = collect($d, $d->{whole});
	$d->{want} = contents($d->{whole});
	my $users = section($d->{whole}, 'ad.users');
	return ok($r->{code} == $d->{code} && $users->{state} eq 'complete'
		&& $users->{count} > 300, "undisturbed, $d->{name}",
		"exit $r->{code} $r->{err}");
}

sub same {
	my ($r, $d, $folder, $name) = @_;
	exit_is($r, $d->{code}, $name);
	my $odd = same_objects($d->{want}, contents($folder));
	return ok($odd eq '', "$name: the same objects", $odd);
}

# A snapshot that is not whole: it says where and why, holds nothing that is
# not there, can be checked, and is never taken for a clean one.
sub truthful {
	my ($d, $folder, $name) = @_;
	my @partial = grep { $_->{state} eq 'partial' }
		@{manifest($folder)->{sections}};
	ok(@partial && !grep({ !$_->{reason} } @partial),
		"$name: a section is partial and says why");
	my %there;
	$there{$_}++ for @{$d->{want}};
	my @odd = grep { --($there{$_} //= 0) < 0 } @{objects($folder)};
	ok(!@odd, "$name: no object that is not there, and none twice",
		substr $odd[0] // '', 0, 200);
	exit_is(run({}, $bin, 'verify', $folder), 0, "$name: verify");
	exit_is(run({}, $bin, 'analyze', '-o', fresh(), $folder), 3,
		"$name: analyze");
	return ok(!-e "$folder.unfinished", "$name: nothing else is left");
}

# A run that the server ended: exit 6, and all of the above.
sub keeps {
	my ($r, $d, $folder, $name) = @_;
	ok($r->{code} == 6 && $r->{err} =~
		/what was read is in \Q$folder\E, and --resume goes on/,
		"$name: exit 6, and how to go on", "exit $r->{code} after "
		. "$r->{seconds} s: $r->{err}");
	return truthful($d, $folder, $name);
}

# --resume with a healthy server reads what lacks, and that only.
sub resumes {
	my ($d, $folder, $name) = @_;
	my %was = map { $_->{name} => $_->{state} }
		@{manifest($folder)->{sections}};
	my $r = collect($d, $folder, '--resume');
	same($r, $d, $folder, "$name, --resume");
	my @odd = grep {
		my $read = $r->{err} =~ /^\Q$titles{$_}\E: / ? 1
			: $r->{err} =~ /\n\Q$titles{$_}\E: / ? 1 : 0;
		$read == ($was{$_} eq 'complete' ? 1 : 0)
	} sort keys %titles;
	return ok(!@odd, "$name, --resume reads what was not complete",
		"@odd\n$r->{err}");
}

# before DIRECTORY, WHAT, BYTES, TIMES: the same behind a proxy, at an address
# that its certificate holds.
sub before {
	my ($d, $do, $after, $times) = @_;
	my ($host, $port) = $d->{url} =~ m{//(.*?)(?::(\d+))?$};
	my $p = proxy('proxy' . ++$folders, to => "$host:" . ($port // 636),
		listen => $host, do => $do, after => $after, times => $times);
	return { %$d, url => "ldaps://$host:$p->{port}", proxy => $p };
}

sub unproxy {
	my ($d) = @_;
	return stop_pid($d->{proxy});
}

# How many connections suffered.
sub harm {
	my ($d) = @_;
	my @lines = split /\n/, read_file("$d->{proxy}{dir}/proxy.log");
	return scalar @lines;
}

1;
