#!/usr/bin/perl
# One organisation, tests/formats/Org.pm, in every format that import takes: all
# say the same. Each gives the snapshot that the organisation is, attribute by
# attribute, and the findings and forecasts of the reference, which is LDIF of
# ldifde with pages of Graph. What a format cannot hold stands in @formats.
# FORMATS="a b" runs these alone; KEEP=folder keeps what was written.
use strict;
use warnings;
use utf8;
use File::Basename qw(dirname);
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use Cwd qw(getcwd);
use JSON::XS;

use lib dirname(__FILE__) . '/formats';
use Org;
use Ldif;
use Csv;
use Module;
use Tenant;
use lib dirname(__FILE__) . '/lib';
use Trial qw(slurp spew);

chdir dirname(__FILE__) . '/..' or die "$!\n";
binmode STDOUT, ':utf8';
my $bin = $ENV{SYNCSCOPE} // 'build/syncscope';
$bin = getcwd() . "/$bin" if $bin !~ m{^/};
my $work = $ENV{KEEP} // tempdir(CLEANUP => 1);
my $json = JSON::XS->new->utf8->canonical->allow_nonref;
my @history = ('msDS-ReplAttributeMetaData');
# Certificates are only counted: base64 stays as it is.
my %certificates = (userCertificate => qr/PC1/);
# No column of the cmdlets: several descriptions are as rare as a user's.
my %described = (%certificates, description => qr/Zo/);
my $n = 0;

# lacks: what the format, or the command that is usual for it, does not hold;
# the reference is then one without that. last: of objectClass only the class
# itself. unlike: attributes of objects, by DN, whose values it does not keep or
# a reader cannot tell. options: what has to be said. packed: in an archive of
# this name.
my @formats = (
	{ name => 'ldifde', ad => [\&Ldif::ldifde] },
	{ name => 'ldifde-u', ad => [\&Ldif::ldifde_u] },
	{ name => 'ldapsearch', ad => [\&Ldif::ldapsearch, 1, '*', @history] },
	{ name => 'ldapsearch-list', ad => [\&Ldif::ldapsearch, 1, 'cn',
		sort keys %{{ map { %{$_->{is}} } @Org::ad }}] },
	{ name => 'ldapsearch-LLL', ad => [\&Ldif::ldapsearch, 0] },
	# Samba gives no msDS-ReplAttributeMetaData with * alone.
	{ name => 'ldbsearch', ad => [\&Ldif::ldbsearch], lacks => \@history },
	{ name => 'csvde-u', ad => [\&Csv::csvde, 0] },
	{ name => 'csvde', ad => [\&Csv::csvde, 1],
	  options => '--encoding windows-1252' },
	{ name => 'studio', ad => [\&Csv::studio],
	  unlike => { %described, map { $_ => qr/./ } @history } },
	# The cmdlets give what replication says only if it is asked for, and
	# of classes the last.
	{ name => 'aduser-comma', ad => [\&Csv::powershell, 'comma'],
	  lacks => \@history, last => 1, unlike => \%described },
	{ name => 'aduser-excel', ad => [\&Csv::powershell, 'excel'],
	  lacks => \@history, last => 1, unlike => { %described,
		pwdLastSet => qr/Never Set/ },
	  but => { line => qr/"CN=Never Set,/, rule => 'password-must-change' } },
	{ name => 'aduser-utf16', ad => [\&Csv::powershell, 'utf16'],
	  lacks => \@history, last => 1, unlike => \%described },
	{ name => 'aduser-german', ad => [\&Csv::powershell, 'german'],
	  lacks => \@history, last => 1, unlike => \%described },
	{ name => 'adobject-csv', ad => [\&Csv::powershell, 'comma',
		\@Csv::one_list], lacks => \@history, last => 1,
	  unlike => \%described },
	{ name => 'aduser-words-csv', ad => [\&Csv::powershell, 'german',
		\@Csv::worded], lacks => \@history, last => 1,
	  unlike => \%described },
	{ name => 'adobject-json', ad => [\&Module::ad_json, 0,
		\@Csv::one_list], lacks => \@history, last => 1,
	  unlike => { description => qr/Zo/ } },
	{ name => 'aduser-words-json', ad => [\&Module::ad_json, 1,
		\@Csv::worded], lacks => \@history, last => 1,
	  unlike => { description => qr/Zo/ } },
	{ name => 'aduser-json-5', ad => [\&Module::ad_json, 1],
	  lacks => \@history, last => 1,
	  unlike => { description => qr/Zo/ } },
	{ name => 'aduser-json-7', ad => [\&Module::ad_json, 0],
	  lacks => \@history, last => 1,
	  unlike => { description => qr/Zo/ } },
	{ name => 'aduser-json-lines', ad => [\&Module::ad_lines],
	  lacks => \@history, last => 1,
	  unlike => { description => qr/Zo/ } },
	{ name => 'aduser-clixml', ad => [\&Module::ad_clixml],
	  lacks => \@history, last => 1,
	  unlike => { description => qr/Zo/ } },
	{ name => 'zip', ad => [\&Ldif::ldifde], packed => 'all.zip' },
	{ name => 'zip-csv', ad => [\&Csv::powershell, 'comma'],
	  lacks => \@history, last => 1, unlike => \%described,
	  packed => 'all.zip' },
	{ name => 'graph-lines', tenant => [\&Tenant::lines] },
	{ name => 'graph-stream', tenant => [\&Tenant::stream] },
	{ name => 'graph-arrays', tenant => [\&Tenant::arrays] },
	{ name => 'graph-batch', tenant => [\&Tenant::batch] },
	{ name => 'mguser-json', tenant => [\&Module::mg_json, 0] },
	{ name => 'mguser-json-5', tenant => [\&Module::mg_json, 1] },
	{ name => 'mguser-clixml', tenant => [\&Module::mg_clixml] },
	{ name => 'azuread-clixml', tenant => [\&Module::older_clixml,
		'azuread', 'Microsoft.Open.AzureAD.Model.User'],
	  lacks => [Tenant::lacks('azuread')] },
	{ name => 'msol-clixml', tenant => [\&Module::older_clixml,
		'msol', 'Microsoft.Online.Administration.User'],
	  lacks => [Tenant::lacks('msol')] },
	map({ { name => "$_-csv", tenant => [\&Tenant::user_csv, $_],
		lacks => [Tenant::lacks($_)] } } qw(mguser azuread msol)),
	map({ { name => "$_-json", tenant => [\&Module::older_json, $_],
		lacks => [Tenant::lacks($_)] } } qw(azuread azuread-json msol)),
);

my $policy = { scope => { include => [$Org::accounts],
	exclude => [$Org::leavers] }, sync => { engine => 'dirsync' } };

sub ok($$@) {
	my ($good, $name, @why) = @_;
	$n++;
	print $good ? '' : 'not ', "ok $n - $name\n";
	splice @why, 12, @why - 12, '...' if @why > 12;
	print map { "# $_\n" } @why if !$good;
}

sub rows_of {
	my ($path) = @_;
	return map { $json->decode($_) } split /\n/, slurp($path);
}

# ---- what a run gives ----

sub run {
	my ($folder, $command) = @_;
	my $said = `cd $folder && $command 2>&1`;
	return ($? >> 8, $said);
}

# Every run has folders of the same names, so that findings can be the same.
sub assess {
	my ($f) = @_;
	my $folder = "$work/$f->{name}";
	make_path("$folder/in");
	my @lacks = @{$f->{lacks} // []};
	my ($ad, @ad_args) = @{$f->{ad} // [\&Ldif::ldifde, @lacks]};
	my ($tenant, @args) = @{$f->{tenant} // [\&Tenant::pages, @lacks]};
	my %ad = $ad->(@ad_args);
	my %tenant = $tenant->(@args);
	# Users of both sides may come as users.json.
	spew("$folder/in/ad-$_", $ad{$_}) for keys %ad;
	spew("$folder/in/tenant-$_", $tenant{$_}) for keys %tenant;
	spew("$folder/policy.json", $json->encode($policy));
	run("$folder", "bsdtar -acf $f->{packed} in && rm -r in")
		if $f->{packed};
	my @out = run($folder, "$bin collect import " . ($f->{packed} // 'in') .
		' ' . ($f->{options} // '') .
		' --collected 2016-02-15T06:00:00Z --force -o s');
	return ($folder, @out) if $out[0] != 0 && $out[0] != 3;
	my @then = run($folder, "$bin analyze --force --quiet --policy " .
		'policy.json ../before s -o findings');
	return ($folder, $then[0] == 3 ? 0 : $then[0], $out[1] . $then[1]);
}

# ---- snapshots against the organisation ----

sub text {
	my ($v) = @_;
	return $json->encode(ref $v eq 'SCALAR' ? $$v ? JSON::XS::true
		: JSON::XS::false : $v);
}

# Values without order; none, null and an empty list are the same.
sub values_in {
	my ($v) = @_;
	return join ' ', sort map { text($_) } grep { defined }
		ref $v eq 'ARRAY' ? @$v : ($v);
}

sub differences {
	my ($f, $what, $want, $have) = @_;
	my %lacks = map { $_ => 1 } @{$f->{lacks} // []};
	my @out;
	for my $name (sort keys %$want) {
		my $unlike = ($f->{unlike} // {})->{$name};
		next if $lacks{$name} || ($unlike && $what =~ $unlike);
		my ($w, $h) = (values_in($want->{$name}),
			values_in($have->{$name}));
		push @out, "$what: $name: want $w", "have $h" if $w ne $h;
	}
	return @out;
}

sub ad_truth {
	my ($f, $o) = @_;
	my %want = map { my $name = $_; $name => [map {
		Org::stored($name, $_) } @{$o->{is}{$name}}] } keys %{$o->{is}};
	@{$want{objectClass}} = $want{objectClass}[-1] if $f->{last};
	return \%want;
}

# What cmdlets hold beside the attributes that they were asked for.
my %unasked = map { $_ => 1 } qw(instanceType uSNCreated objectCategory
	sAMAccountType);

sub compare_ad {
	my ($f, $folder) = @_;
	my (%have, @why);
	for my $path (glob "$folder/s/ad-*.ndjson") {
		$have{$_->{dn}} = $_ for rows_of($path);
	}
	for my $o (@Org::ad) {
		my $h = delete $have{$o->{dn}};
		if (!$h) {
			push @why, "no $o->{dn}";
			next;
		}
		$h->{objectClass} = [(ref $h->{objectClass}
			? @{$h->{objectClass}} : $h->{objectClass})[-1]]
			if $f->{last};
		my $want = ad_truth($f, $o);
		delete @$want{keys %unasked} if $f->{last};
		push @why, differences($f, $o->{dn}, $want, $h);
	}
	ok(!@why && !keys %have, "$f->{name}: the directory is the same", @why,
		map { "unknown $_" } keys %have);
}

sub compare_tenant {
	my ($f, $folder) = @_;
	my @why;
	for my $section (sort keys %Org::tenant) {
		my $name = $section eq 'deleted' ? 'deleted-users' : $section;
		my %have = map { $_->{id} => $_ }
			rows_of("$folder/s/tenant-$name.ndjson");
		for my $row (@{$Org::tenant{$section}}) {
			my $h = delete $have{$row->{id}};
			push @why, $h ? differences($f, $row->{id}, $row, $h)
				: "no $section $row->{id}";
		}
		push @why, map { "unknown $section $_" } keys %have;
	}
	ok(!@why, "$f->{name}: the tenant is the same", @why);
}

# ---- findings against the reference ----

# Byte for byte, but for the order, and for whom the format loses.
sub compare_lines {
	my ($f, $file, $want, $have) = @_;
	my ($name, $but) = ($f->{name}, $f->{but}{line} // qr/(*FAIL)/);
	my %count;
	$count{$_}++ for grep { !/$but/ }
		split /\n/, slurp("$want/findings/$file");
	my $lines = keys %count;
	$count{$_}-- for grep { !/$but/ }
		split /\n/, slurp("$have/findings/$file");
	my @why = map { ($count{$_} > 0 ? '- ' : '+ ') . $_ }
		sort grep { $count{$_} } keys %count;
	ok($lines && !@why, "$name: the same $file", @why);
}

# What became of each rule, without the words.
sub outcomes {
	my ($folder) = @_;
	my $m = $json->decode(slurp("$folder/findings/manifest.json") || '{}');
	return { map { $_->{id} => $_->{outcome} } @{$m->{rules} // []} };
}

# Lists of attributes do not name what these read beside, of which nobody has
# any: userSMIMECertificate, msExchArchiveGUID, description, legacyExchangeDN.
my %unlisted = map { $_ => 1 } qw(certificates-too-many exchange-guid-shared
	sync-on-dc x500-missing);

sub is_unlisted {
	my ($outcomes, $rule) = @_;
	return $unlisted{$rule}
		&& ($outcomes->{$rule} // '') eq 'not-assessed';
}

sub compare_outcomes {
	my ($f, $want, $have) = @_;
	my ($w, $h) = (outcomes($want), outcomes($have));
	my $name = $f->{name};
	delete $w->{$f->{but}{rule} // ''};
	my @why = map { "$_: want $w->{$_}, have " . ($h->{$_} // 'none') }
		grep { ($h->{$_} // '') ne $w->{$_} && !is_unlisted($h, $_) }
		sort keys %$w;
	ok(%$w && !@why, "$name: rules end as they ought to", @why);
}

# ---- the runs ----

{
	local @Org::ad = Org::before();
	spew("$work/before.ldf", {Ldif::ldifde()}->{'ad.ldf'});
	my ($exit, $said) = run($work, "$bin collect import before.ldf " .
		'--collected 2015-10-12T06:00:00Z --force -o before');
	ok($exit == 0, 'an older snapshot', split /\n/, $said);
}

my %references;

sub reference {
	my (@lacks) = @_;
	my $name = join '-', 'reference', sort @lacks;
	$references{$name} //= (assess({ name => 'reference-' .
		keys %references, lacks => \@lacks }))[0];
	return $references{$name};
}

my %chosen = map { $_ => 1 } split ' ', $ENV{FORMATS} // '';
for my $f (grep { !%chosen || $chosen{$_->{name}} } @formats) {
	my ($folder, $exit, $said) = assess($f);
	ok($exit == 0, "$f->{name}: is read in full", split /\n/, $said);
	compare_ad($f, $folder);
	compare_tenant($f, $folder);
	my $reference = reference(@{$f->{lacks} // []});
	compare_lines($f, $_, $reference, $folder)
		for 'findings.ndjson', 'forecast.ndjson';
	compare_outcomes($f, $reference, $folder);
}

print "1..$n\n";
