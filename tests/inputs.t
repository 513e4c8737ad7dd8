#!/usr/bin/perl
# Folders, archives, standard input, and what files look like that are no input.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename;
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use lib dirname(__FILE__) . '/lib';
use Trial qw(done ok);

my $top = abs_path(dirname(__FILE__) . "/..");
my $syncscope = $ENV{SYNCSCOPE} || "$top/build/syncscope";
my $import = "$top/fixtures/import";
my $work = tempdir(CLEANUP => 1);

chdir $work or die;

sub put {
	my ($path, $bytes) = @_;
	make_path(dirname($path));
	open(my $f, ">:raw", $path) or die "$path: $!";
	print $f $bytes;
	close($f) or die;
}

sub get {
	my ($path) = @_;
	open(my $f, "<:raw", $path) or die "$path: $!";
	local $/;
	return scalar <$f>;
}

sub user {
	my ($i) = @_;
	return sprintf('{"id":"0f3a7c00-22b4-4d0e-9a5b-%012x",' .
		'"userPrincipalName":"u%d@contoso.com"}', $i, $i);
}

sub run {
	my ($command) = @_;
	system("rm -rf s") if -e "s";
	my $out = `$command 2>&1`;
	return ($out, $? & 127 ? 128 + ($? & 127) : $? >> 8);
}

# Imports what the shell makes of $args; the exit code, and what is said or, of
# expressions, must match; "!" before what must not.
sub imports {
	my ($name, $args, $code, @say) = @_;
	my $before = $args =~ s/^(.*\|)// ? $1 : "";
	my ($out, $got) = run("$before $syncscope collect import $args -o s");
	my @wrong = grep { my $not = s/^!//r;
		/^!/ ? $out =~ /$not/ : $out !~ /$_/ } @say;
	ok($got == $code && !@wrong, $name, "exit $got, want $code",
		(map { "want: $_" } @wrong), $out);
}

sub same_snapshot {
	my ($name, $args) = @_;
	my ($out) = run("$syncscope collect import $args -o s");
	my $users = -e "s/tenant-users.ndjson"
		? join("", sort split /^/m, get("s/tenant-users.ndjson")) : "";
	our $want //= $users;
	ok($users && $users eq $want, $name, $out);
}

put("job/a.json", user(1));
put("job/Kunde/b.json", user(2));
put("job/Kunde/noch/tiefer/c.json", user(3));
put("job/Kunde/README.txt", "Liebe Kollegen\n");
put("job/.hidden/d.json", user(4));
put("job/.e.json", user(5));

# ---- folders ----

imports("folders in folders are read", "job", 0,
	'tenant users +3  complete', 'job/Kunde/README.txt: .* \(skipped\)',
	'(?m)^Kunde/noch/tiefer/c\.json \(graph-json\): tenant users 1$',
	'!hidden', '!e\.json');
my $manifest = get("s/manifest.json");
ok($manifest =~ m{"name":\s*"Kunde/b\.json",.*?"objects":\s*\{\s*"tenant\.users":\s*1\s*\}}s,
	"the manifest tells which file gave what", $manifest);
imports("so is a folder with a slash behind it", "job/", 0, '(?m)^Kunde/b');
symlink("..", "job/Kunde/round");
symlink("nowhere", "job/Kunde/broken");
imports("links to folders are not followed, and told", "job", 0,
	'job/Kunde/round: is a link to a folder', 'job/Kunde/broken: is a link',
	'tenant users +3  complete');
unlink("job/Kunde/round", "job/Kunde/broken");
system("mkfifo job/pipe");
imports("nobody waits for a pipe", "job", 0, 'job/pipe: is no regular file');
imports("nor for one that is named", "job/pipe", 4,
	'^syncscope: job/pipe: is no regular file; want');
unlink("job/pipe");
put("deep/" . "d/" x 40 . "a.json", user(1));
imports("a folder without bottom is refused", "deep", 4,
	'more than 32 folders deep');
make_path("empty/empty");
imports("a folder without files, too", "empty", 4,
	'^syncscope: empty: has no files to import$');
put("many/$_.txt", "x\n") for 1 .. 50;
put("many/a.json", user(1));
imports("of many that are no input some are told", "many", 0,
	'many/10.txt', 'and 30 more files are no input', '!many/9.txt');
unlink("many/a.json");
imports("and if none is an input, that is said", "many", 4,
	'none of the 50 files is an input; want .*LDIF');

imports("a named file that is no input is skipped, and the run incomplete",
	"job/a.json job/Kunde/README.txt", 3, 'README.txt: .* \(skipped\)',
	'tenant users +1  complete');
ok(get("s/manifest.json") =~ /"notes":\s*\["README.txt: is nothing/,
	"and the manifest says so");
imports("alone it is refused", "job/Kunde/README.txt", 4,
	'^syncscope: job/Kunde/README.txt: is nothing that syncscope knows; want .*LDIF');
put("cut/a.json", user(1));
put("cut/b.json", substr(user(2), 0, 60));
imports("a damaged input among others is an error", "cut", 4,
	'^syncscope: cut/b.json:1:\d+: .*cut');
put("gone/a.json", user(1));

run("$syncscope collect import job/a.json -o s");
system("rm -rf had; mkdir had; cp job/a.json had; mv s had/snapshot");
imports("a snapshot within a folder is skipped as one", "had", 0,
	'had/snapshot: is a snapshot already; give it to analyze \(skipped\)',
	'!ndjson');
imports("named, it is refused", "had/snapshot", 4,
	'^syncscope: had/snapshot: is a snapshot already; give it to analyze$');
imports("so is its manifest", "had/snapshot/manifest.json", 4,
	'is the manifest of a snapshot');
put("had/s.unfinished/x.json", user(9));
imports("what is left of a run is no input", "had", 0,
	'had/s.unfinished: is left of a run', 'tenant users +1  complete');
make_path("had/sync/SynchronizationRules");
imports("the sync server's folder goes elsewhere", "had", 0,
	'had/sync: is the sync server.s configuration; give it to analyze --scope');

# ---- archives ----

same_snapshot("a folder", "job");
system("bsdtar --format zip -cf job.zip job");
system("bsdtar -cf job.tar job; bsdtar -czf job.tgz job; bsdtar --zstd -cf job.tar.zst job");
same_snapshot("$_ has the same users as the folder", $_)
	for "job.zip", "job.tar", "job.tgz", "job.tar.zst";
imports("its members are named after it", "job.zip", 0,
	'(?m)^job\.zip/job/Kunde/noch/tiefer/c\.json \(graph-json\): tenant users 1$',
	'job.zip/job/Kunde/README.txt: ', '!hidden');
imports("the same files are read once, wherever they are",
	"job.zip job job.tgz", 0, 'tenant users +3  complete',
	'job\.zip/job/a\.json: is the same as job/a\.json',
	'job\.tgz/job/Kunde/b\.json: is the same as job/Kunde/b\.json');
put("doubles/$_.json", user(1)) for 1 .. 30;
imports("many that are the same are counted", "doubles", 0,
	'doubles/10.json: is the same as doubles/1.json',
	'and 9 more files are the same as others', 'tenant users +1  complete');
system("gzip -c job/a.json >a.json.gz; zstd -q job/a.json -o a.json.zst");
system("bsdtar -acf a.json.bz2 --format raw job/a.json; xz -k -c job/a.json >a.json.xz");
imports("a single file that is compressed is read ($_)", "a.json.$_", 0,
	'tenant users +1  complete') for "gz", "zst", "xz";
put("both/job.zip", get("job.zip"));
put("both/d.json", user(7));
imports("an archive in a folder", "both", 0, 'tenant users +4  complete',
	'(?m)^job\.zip/job/a\.json \(graph-json\)');
system("bsdtar --format zip -cf nested.zip job.zip job/a.json");
imports("an archive in an archive is told and skipped", "nested.zip", 0,
	'nested.zip/job.zip: is a zip archive; unpack it and import what is in it \(skipped\)',
	'tenant users +1  complete');
system("bsdtar --format zip -cf only.zip job.zip");
imports("and refused if there is nothing else", "only.zip", 4,
	'^syncscope: only.zip/job.zip: is a zip archive; unpack it');
system("bsdtar --format zip --options zip:encryption=zipcrypt --passphrase pw -cf enc.zip job/a.json");
imports("an encrypted member ends it with a sentence", "enc.zip job/a.json", 4,
	'^syncscope: enc.zip/job/a.json: is encrypted; unpack it with its password');
system("bsdtar --format zip -cf none.zip job/.hidden");
imports("an archive with nothing to read", "none.zip", 4,
	'^syncscope: none.zip: is an archive with no files to import in it$');
put("none2.zip", "PK\5\6" . "\0" x 18);
imports("and one with nothing at all", "none2.zip", 4,
	'^syncscope: none2.zip: is a zip archive with nothing in it; want');

my $zip = get("job.zip");
for my $left (4, 100, length($zip) / 2, length($zip) - 30, length($zip) - 1) {
	put("cut.zip", substr($zip, 0, $left));
	imports("a zip cut after " . int($left) . " bytes", "cut.zip", 4,
		'^syncscope: cut\.zip.*: cannot be unpacked: .*cut\?.*$',
		'!\n.*\n');
}
my $tgz = get("job.tgz");
for my $left (20, length($tgz) / 2, length($tgz) - 9) {
	put("cut.tgz", substr($tgz, 0, $left));
	imports("a tar.gz cut after " . int($left) . " bytes", "cut.tgz", 4,
		'cannot be unpacked: .*; is it damaged or cut\?');
}
my $gz = get("a.json.gz");
put("cut.gz", substr($gz, 0, -6));
imports("a gzip file that was cut", "cut.gz", 4,
	'^syncscope: cut.gz: cannot be unpacked: .*; is it damaged or cut\?');
system("bsdtar --format zip --options zip:compression=store -cf crc.zip job/a.json");
put("crc.zip", get("crc.zip") =~ s/u1\@contoso/u2\@contoso/r);
imports("a checksum that is wrong", "crc.zip", 4,
	'^syncscope: crc.zip/job/a.json: cannot be unpacked: .*CRC');
ok(!-e "s", "and no snapshot is left");

# Bytes of a small archive wrong in turn: a sentence or a snapshot.
my $small = get("crc.zip");
my @bad;
for my $i (grep { $_ % 3 == 0 } 0 .. length($small) - 1) {
	my $hurt = $small;
	substr($hurt, $i, 1) ^= "\xff";
	put("hurt.zip", $hurt);
	my ($out, $code) = run("$syncscope collect import hurt.zip -o s");
	push @bad, "byte $i: exit $code: $out"
		unless $code == 4 && $out =~ /^syncscope: hurt\.zip[^\n]*\n$/ ||
			($code == 0 || $code == 3) && -e "s/manifest.json";
}
ok(!@bad, "no wrong byte does harm", @bad);

# Names are names: nothing is written where they point.
system("bsdtar --format zip -s ',job/,../../up/,' -P -cf up.zip job/a.json");
system("bsdtar --format zip -s ',job,$work/abs,' -P -cf abs.zip job/a.json");
imports("a name with ..", "up.zip", 0, 'tenant users +1  complete');
imports("an absolute name", "abs.zip", 0, 'tenant users +1  complete');
ok(!-e "../../up" && !-e "abs", "nothing was extracted");
system("mkdir names; cp job/a.json 'names/b\e[31m.json'; cp job/Kunde/b.json \"names/b\$(printf '\\344').json\"; bsdtar --format ustar -cf names.tar names");
imports("names drive no terminal", "names.tar", 0, 'b\\\\x1b\[31m\.json',
	'b\\\\xe4\.json', '!\e');

# Ceilings.
put("blanks.json", '{"value":[' . " " x 270e6 . "]}");
system("gzip -c blanks.json >bomb.gz; bsdtar --format zip -cf bomb.zip blanks.json; rm blanks.json");
imports("$_ is a bomb", $_, 4,
	"^syncscope: $_.*: unpacks to more than 200 times its size")
	for "bomb.gz", "bomb.zip";
put("crowd/$_", "") for 1 .. 5001;
system("bsdtar --format zip -cf crowd.zip crowd; rm -r crowd");
imports("an archive of too many files", "crowd.zip", 4,
	'^syncscope: crowd.zip: has more than 5000 files; unpack it');

# ---- standard input ----

imports("- is standard input", "cat job/a.json | -", 0,
	'tenant users +1  complete');
my ($digest) = `sha256sum job/a.json` =~ /^(\w+)/;
ok(get("s/manifest.json") =~ /"name":\s*"-",\s*"kind":\s*"graph-json",\s*"sha256":\s*"$digest"/,
	"the manifest has its digest");
my ($collected) = get("s/manifest.json") =~ /"collected":\s*"(\d+-\d+-\d+)/;
ok($collected eq `date -u +%F` =~ s/\n//r || $collected gt "2025",
	"it is as old as now");
imports("or as --collected says", "cat job/a.json | - --collected 2016-02-15",
	0);
ok(get("s/manifest.json") =~ /"collected":\s*"2016-02-15T00:00:00Z"/,
	"which the manifest says");
imports("it goes with files", "cat job/Kunde/b.json | job/a.json -", 0,
	'tenant users +2  complete', '(?m)^- \(graph-json\): tenant users 1$');
imports("and is read once with them", "cat job/a.json | job -", 0,
	'job/a\.json: is the same as - and is read once');
imports("only once", "cat job/a.json | - -", 2,
	'- stands for standard input and can be read but once');
imports("with --as", "(cat job/a.json; echo) | - --as ldif", 4,
	'^syncscope: -:1: is no LDIF');
imports("empty", ": | -", 4, '^syncscope: -: is empty');
imports("an archive", "cat job.zip | -", 4, '^syncscope: -: is a zip archive');
imports("longer than a block",
	"perl -e 'print \"dn: CN=A,DC=x\\nobjectClass: user\\ndescription: \", \"x\" x 3e6, \"\\n\\n\"' | -",
	0, 'AD users +1  complete');
imports("a fault far behind is told by its line",
	"perl -e 'print \"dn: CN=\$_,DC=x\\nobjectClass: user\\n\\n\" for 1 .. 50000; print \"dn: CN=\\0\\n\"' | -",
	4, '^syncscope: -:150001: a NUL byte');

# ---- --as ----

put("as/mail.csv", "\"Name\",\"PrimarySmtpAddress\",\"RecipientTypeDetails\"\n\"A\",\"a\@x.example\",\"UserMailbox\"\n");
put("as/a.json", user(1));
put("as/README.txt", "Hello\n");
imports("--as leaves files of other kinds in folders alone",
	"as --as exchange-csv", 0, '(?m)^a\.json \(graph-json\)',
	'(?m)^mail\.csv \(exchange-csv\)', 'README.txt: .* \(skipped\)');
imports("and forces files that are named", "as/README.txt --as exchange-csv",
	4, '^syncscope: .*as/README.txt$');

# ---- what files look like ----

my $crc = "\0" x 26;
sub wide { return join "", map { "$_\0" } split //, $_[0] }

my @looks = (
	["b.xlsx", "PK\3\4${crc}[Content_Types].xml and xl/workbook.xml",
	 'is an Excel workbook; save the sheet as "CSV UTF-8"'],
	["b.docx", "PK\3\4${crc}[Content_Types].xml and word/document.xml",
	 'is a Word document'],
	["b.pptx", "PK\3\4${crc}[Content_Types].xml and ppt/presentation.xml",
	 'is a PowerPoint presentation'],
	["b.ods", "PK\3\4${crc}mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
	 'is an OpenDocument spreadsheet; save the sheet'],
	["b.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" . wide("Workbook"),
	 'is an old Excel workbook'],
	["b.pw.xlsx", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" . wide("EncryptedPackage"),
	 'is an Office document with a password'],
	["b.pdf", "%PDF-1.7\n", 'is a PDF; want'],
	["b.rtf", "{\\rtf1\\ansi hello}", 'is a rich text document'],
	["b.pst", "!BDN\0\0\0\0", 'is an Outlook data file'],
	["b.evtx", "ElfFile\0\0\0", 'is a Windows event log'],
	["ntds.dit", "\0\1\2\3\xef\xcd\xab\x89", 'such as ntds\.dit.*ldifde -f'],
	["SYSTEM", "regf\1\0\0\0", 'is a registry hive'],
	["b.asc", "-----BEGIN PGP MESSAGE-----\n", 'is encrypted with OpenPGP; decrypt'],
	["b.gpg", "\x85\1\x0c\3abcdefgh", 'is encrypted with OpenPGP'],
	["b.sym.gpg", "\x8c\x0d\4\7\3\2", 'is encrypted with GPG'],
	["b.age", "age-encryption.org/v1\n-> X", 'is encrypted with age'],
	["b.key", "-----BEGIN PRIVATE KEY-----\n", 'is a private key'],
	["b.pem", "-----BEGIN CERTIFICATE-----\n", 'is a certificate'],
	["b.7z", "7z\xbc\xaf\x27\x1c\0", 'is a 7z archive; unpack it'],
	["b.rar", "Rar!\x1a\7\1\0", 'is a RAR archive; unpack it'],
	["b.sqlite", "SQLite format 3\0", 'is an SQLite database'],
	["b.lnk", "L\0\0\0\1\x14\2\0", 'is a shortcut of Windows'],
	["b.png", "\x89PNG\r\n\x1a\n", 'is a picture'],
	["nul.csv", "\0" x 5000, 'nothing but NUL bytes.*again'],
	["utf16.csv", wide("\"DN\",\"mail\"\r\n"), 'UTF-16 without a byte-order mark; want --encoding UTF-16LE'],
	["blank.csv", " \r\n\r\n", 'has nothing but spaces'],
	["zero.csv", "", 'is empty; export it again'],
	["page.csv", "<!DOCTYPE html>\n<html><title>Not found</title>", 'is a web page; want the file itself'],
	["login.json", "\n<html><head><title>Sign in to your account</title>", 'asks to sign in; sign in, download again'],
	["rule.xml", "<?xml version=\"1.0\"?>\n<synchronizationRule>", 'configuration; give its folder to analyze --scope'],
	["conn.xml", "<ma-data><id>", 'give its folder to analyze --scope'],
	["other.xml", "<?xml version=\"1.0\"?><note/>", 'is XML of a kind that is no export'],
	["x.dsml", "<dsml xmlns=\"urn\">", 'is DSML; export as LDIF'],
	["fl.txt", "\r\n\r\nDistinguishedName : CN=Ann,DC=x\r\nEnabled           : True\r\nSamAccountName    : ann\r\n",
	 'looks like Get-ADUser printed for people, as Format-List.*Export-Csv'],
	["flm.txt", "\nName                 : Ann\nRecipientTypeDetails : UserMailbox\n",
	 'looks like Get-Mailbox printed'],
	["ft.txt", "\r\nDistinguishedName Enabled\r\n----------------- -------\r\nCN=Ann,DC=x       True\r\n",
	 'looks like Get-ADUser printed for people, as Format-Table.*ConvertTo-Json'],
	["err.txt", "Get-ADUser : Cannot find an object with identity: 'ann'\r\nAt line:1 char:1\r\n    + CategoryInfo : x\r\n",
	 'is an error message \(Get-ADUser : Cannot find an object with identity: .ann.\), no export; fix that'],
	["err7.txt", "Connect-MgGraph: AADSTS65001: consent\n", 'is an error message \(Connect-MgGraph: AADSTS65001'],
	["ldaperr.txt", "ldap_sasl_bind(SIMPLE): Can't contact LDAP server (-1)\n", 'is an error message \(ldap_sasl_bind'],
	["ldif.log", "Connecting to \"dc1.corp.example\"\r\nLogging in as current user using SSPI\r\n", 'what ldifde or csvde printed'],
	["x.ps1", "Get-ADUser -Filter * | Export-Csv x.csv\n", 'is a script; want what it writes'],
	["x.sh", "#!/bin/sh\nldapsearch\n", 'is a script; want what it writes'],
	["names.txt", "\"CN=Ann,OU=Staff,DC=x\"\r\n\"CN=Bob,OU=Staff,DC=x\"\r\n", 'dsquery.*ldifde -f'],
	["part.ldif", "objectClass: user\ncn: ann\n", 'looks like LDIF, but does not begin with "dn:"'],
	["printers.csv", "Printer,Driver,Port\nP1,HP,LPT1\n", 'is CSV with the columns "Printer", "Driver", "Port", none of which'],
	["semicolon.csv", "\"Host\";\"OS\";\"IP\";\"Kern\";\"Ram\";\"Ort\";\"Raum\";\"Typ\"\n1;2;3;4;5;6;7;8\n", '"Ort" and 2 more, none of which tells.*DistinguishedName'],
	["package.json", "{\n \"name\": \"x\",\n \"version\": \"1\"\n}\n", 'is JSON without any key that exports have: it has "name", "version"; want'],
	["policy.json", "{ \"scope\": { \"include\": [\"OU=A,DC=x\"] } }", 'is a policy; give it to analyze --policy'],
	["forests.json", "{ \"forests\": { \"a.b\": { \"sync\": {} } } }", 'is a policy; give it to analyze --policy'],
	["edits.json", "{ \"edits\": [ { \"set\": \"a\" } ] }", 'is a list of edits; give it to analyze --what-if'],
	["Applied-SynchronizationPolicy.JSON", "{\"policyMetadata\":{\"type\":\"applied\"},\"onpremisesDirectoryPolicy\":[]}", 'give it to analyze --scope'],
	["ad-users.ndjson", "{\"dn\":\"CN=A,DC=x\",\"objectGUID\":\"AAAA\"}\n", 'is of a snapshot or of findings'],
	["findings.ndjson", "{\"rule\":\"mail-missing\",\"severity\":\"low\",\"dn\":\"CN=A\"}\n", 'findings that analyze made; give its folder to report'],
	["findings.csv", "\"rule\",\"severity\",\"status\",\"class\",\"dn\",\"guid\"\n", 'is findings.csv, a report of syncscope'],
	["forecast.csv", "\"dn\";\"guid\";\"class\";\"sAMAccountName\";\"userPrincipalName\";\"inScope\"\n", 'is forecast.csv, a report of syncscope'],
	["idfix.csv", "DISTINGUISHEDNAME,COMMONNAME,OBJECTCLASS,ATTRIBUTE,ERROR,VALUE,UPDATE,ACTION\n\"CN=A,DC=x\",A,user,mail,Duplicate,a,b,\n", 'is IdFix.s list of errors.*ldifde -f'],
	["x.ini", "[General]\nserver=dc1\n", 'is no JSON, though it begins with a bracket'],
	["x.vcf", "BEGIN:VCARD\n", 'is a list of contacts as vCard'],
	["x.eml", "Received: from mx\n", 'is a mail; want the file attached'],
	["devices.json", "{\"\@odata.context\":\"https://graph.microsoft.com/v1.0/\$metadata#devices(id)\",\"value\":[{\"id\":\"x\"}]}", 'is Microsoft Graph.s list of devices, which is not judged; want users'],
	["upn.txt", "\"UserPrincipalName\"\r\n\"ann\@x.example\"\r\n", 'is a list of one column, "UserPrincipalName", which tells too little; want'],
	["transcript.txt", "**********************\r\nStart der Windows PowerShell-Aufzeichnung\r\n", 'is a transcript of PowerShell'],
	["mail.txt", "Hello all,\nas promised, the list.\n", 'is nothing that syncscope knows; want .*LDIF'],
	["notes.txt", "Bitte bis Freitag.\n", 'is nothing that syncscope knows; want .*LDIF'],
);
for my $look (@looks) {
	my ($name, $bytes, $want) = @$look;
	put("looks/$name", $bytes);
	imports("$name: $want", "looks/$name", 4,
		"^syncscope: looks/$name: .*$want.*\$", '!\n.');
}
put("members.json", '{"data":[{"kind":"AZUser","data":{"id":' .
	'"0f3a7c00-22b4-4d0e-9a5b-000000000001","userPrincipalName":"a@x"}},' .
	'{"kind":"AZGroupMember","data":{"groupId":"g","members":[' .
	join(",", ('{"member":{"id":"0f3a7c00"}}') x 700000) . ']}}],' .
	'"meta":{"type":"azure","version":5,"count":2}}');
imports("members that do not fit are told and known in part", "members.json",
	3, 'members.json:1: an object of more than 16 MiB was left out',
	'group members +0  partial: an object of more than 16 MiB');
put("wide.csv", join(",", "DN", "mail", map { "c$_" } 1 .. 9999) . "\n");
imports("a header wider than any export", "wide.csv", 4,
	'^syncscope: wide.csv:1: want a header of at most 10000 columns');
unlink("looks/utf16.csv");
put("looks/z.json", user(1));
imports("beside an input all of them are skipped", "looks", 0,
	'is a picture', 'and \d+ more files are no input');

imports("JSON with unknown keys beside known ones is handed on",
	"printf '{\"\@odata.context\":\"https://graph.microsoft.com/v1.0/\$metadata#users\",\"value\":[{\"id\":\"0f3a7c00-22b4-4d0e-9a5b-000000000001\",\"colour\":\"red\"}]}' | -",
	0, 'tenant users +1');
# Names of files need not be UTF-8, and the manifest has to be.
put("n\xffame.csv", "DistinguishedName,ObjectClass,ObjectGUID,pwdLastSet\n" .
	"\"CN=a,DC=x\",user,7d6f9e4a-1111-4222-8333-0123456789ab,0\n" .
	"\"CN=b,DC=x\",user,7d6f9e4a-1111-4222-8333-0123456789ac,-1\n");
imports("a name of a file that is not UTF-8", "n*ame.csv", 3,
	'passwords are known in part only: \d+ rules .pwdLastSet .values lost.');
my ($out, $code) = (`$syncscope verify s 2>&1`, $? >> 8);
ok($code == 0, "what was made of it can be read", $out);

# A refusal is said once.
put("good.json", user(1));
put("zero.csv", "");
imports("a named file that is empty", "good.json zero.csv", 3,
	'zero.csv: is empty.*\(skipped\)', '!^syncscope: zero.csv');

put("cr.ldif", "dn: CN=a,DC=x\robjectClass: user\r\r");
imports("LDIF with the line ends of an old Mac", "cr.ldif", 4,
	'cr.ldif:1: has line ends of carriage returns alone');

# Every domain refers to these; a child domain may hold accounts.
my $entry = "dn: CN=a,DC=x\nobjectClass: user\nmail: a\@x.example\n\n";
my $ref = "# search reference\nref: ldap://";
put("ref.ldif", $entry . $ref . "DomainDnsZones.x/DC=DomainDnsZones,DC=x\n\n" .
	$ref . "x/CN=Configuration,DC=x\n\n");
imports("referrals to where no accounts are", "ref.ldif", 0,
	'^syncscope: ref.ldif: its referrals', '!warning');
put("ref.ldif", $entry . $ref . "DomainDnsZones.x/DC=DomainDnsZones,DC=x\n\n" .
	$ref . "emea.x/DC=emea,DC=x??sub\n\n");
imports("a referral to a child domain", "ref.ldif", 0,
	'warning: ref.ldif: .*referrals.*export DC=emea,DC=x as well');

put("wide.csv", "DistinguishedName,ObjectClass,ObjectGUID,description\n" .
	"\"CN=a,DC=x\",user,7d6f9e4a-1111-4222-8333-0123456789ab,\"" .
	"x" x 10_000_000 . "\"\n");
imports("a field of ten million letters", "wide.csv", 0, 'AD users +1');
done();
