#!/bin/sh
# The table of what stands against Cloud Sync: each limit, met, not met, or not
# known where what it needs was not collected.
cd "$(dirname "$0")/.."
syncscope=${SYNCSCOPE:-$PWD/build/syncscope}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0

ok() {
	status=$?
	n=$((n + 1))
	[ $status -eq 0 ] || printf 'not '
	echo "ok $n - $1"
	[ $status -eq 0 ] || sed 's/^/# /' "$work/table"
}

# Two people, a contact, a group, and a computer with $1 certificates, in $2;
# with $3 a member of another forest (foreign), or a computer elsewhere (left).
ad() {
	perl -e 'my ($certificates, $domain) = @ARGV;
		my $dn = join ",", map { "DC=$_" } split /\./, $domain;
		my $i = 0;
		print "version: 1\n\n";
		for (qw(user user)) {
			$i++;
			print "dn: CN=P$i,OU=Staff,$dn\nobjectClass: user\n",
				"sAMAccountName: p$i\nuserPrincipalName: ",
				"p$i\@$domain\nmail: p$i\@$domain\n",
				"userAccountControl: 512\n\n";
		}
		print "dn: CN=C,OU=Staff,$dn\nobjectClass: contact\n\n";
		print "dn: CN=G,OU=Staff,$dn\nobjectClass: group\n",
			"sAMAccountName: g\ngroupType: -2147483640\n",
			"member: CN=P1,OU=Staff,$dn\n";
		print "member: CN=S-1-5-21-1-2-3-1104,",
			"CN=ForeignSecurityPrincipals,$dn\n"
			if $ARGV[2] eq "foreign";
		print "\ndn: CN=PC,OU=Staff,$dn\nobjectClass: user\n",
			"objectClass: computer\nsAMAccountName: PC\$\n",
			"userAccountControl: 4096\n";
		print "userCertificate:: MAA=\n" for 1 .. $certificates;
		print "\n";
		print "dn: CN=Away,OU=Left,$dn\nobjectClass: user\n",
			"objectClass: computer\nsAMAccountName: AW\$\n",
			"userCertificate:: MAA=\n\n" if $ARGV[2] eq "left"' "$1" "$2" "$3"
}

collect() {
	"$syncscope" collect import "$work/$1.ldif" -o "$work/$1" --force \
		--collected 2026-11-20 >"$work/said" 2>&1
}

# Analyzes the snapshot $1, with what follows.
analyze() {
	from=$1
	shift
	"$syncscope" analyze "$work/$from" -o "$work/f" --force "$@" \
		>"$work/said" 2>&1
	case $? in 0|1|3) ;; *) return 1 ;; esac
	perl -MJSON::XS -e 'local $/; my $m = decode_json(<>);
		print "$_->{limit} $_->{state} $_->{count} $_->{evidence}\n"
			for @{$m->{cloudSync} || []}' \
		"$work/f/manifest.json" >"$work/table"
}

# The limit $1 is $2, with the count $3.
is() {
	grep -q "^$1 $2 ${3-0} ." "$work/table"
	ok "$1: $2 ${3-0}"
}

# An export of a server of build $1, with the partition's members $2 and others.
export_of() {
	cat <<-END
	{ "PolicyMetadata": { "type": "export",
	    "azureADConnectVersion": "$1" },
	  "OnpremisesDirectoryPolicy": [ {
	    "fullyQualifiedDomainName": "corp.example",
	    "partitionFilters": [ {
	      "DistinguishedName": "DC=corp,DC=example"$2 } ]$3 } ] }
	END
}

ad 0 corp.example left >"$work/plain.ldif"
ad 1 corp.example foreign >"$work/odd.ldif"
collect plain && collect odd
ok "snapshots"

# AD alone: what a smaller scope cannot break is met, the rest is not known.
analyze plain
ok "AD alone"
is objects-per-domain met
is group-members met
is cross-forest-members met
is merged-objects met
is objects-in-scope met
is custom-rules unknown
is containers-per-domain unknown
is connect-build unknown
is one-forest unknown
is excluded-containers unknown
is group-filter unknown
is custom-sign-in unknown
is write-back unknown
is directory-extensions unknown
is public-cloud unknown
! grep -q "^Cloud Sync in place" "$work/said"
ok "nobody asked: no word of it on the terminal"

# An export without anything odd.
export_of 2.6.91.0 \
	', "ContainerInclusions": [ "OU=Staff,DC=corp,DC=example" ]' "" >"$work/plain.json"
analyze plain --scope "$work/plain.json"
ok "a plain export"
is custom-rules met
is one-forest met
is connect-build met
is containers-per-domain met
is few-containers met
is excluded-containers met
is group-filter met
is device-sync met
grep -q "^Cloud Sync in place of Connect: of 17 limits 0 are not met; [0-9]" \
	"$work/said"
ok "Connect is in use: a line on the terminal"

# The same with what stands against it.
places=$(perl -e 'print join ", ", map { "\"OU=O$_,DC=corp,DC=example\"" }
	1 .. 31')
export_of 2.6.84.0 ", \"ContainerInclusions\": [
	\"OU=Staff,DC=corp,DC=example\", $places ],
	\"containerExclusions\": [ \"OU=A,OU=Staff,DC=corp,DC=example\" ]" \
	', "customSynchronizationRules": [ { "name": "Own",
	"direction": "Inbound", "source": "user", "attributeMappings": [] } ]' \
	>"$work/odd.json"
analyze odd --scope "$work/odd.json"
ok "an export with much"
is custom-rules not-met 1
is connect-build not-met 1
is containers-per-domain met
is few-containers not-met 32
is excluded-containers not-met 1
is cross-forest-members not-met 1
is device-sync not-met 1
grep -q "are not met: cross-forest-members, custom-rules, " "$work/said"
ok "the terminal names them"

# A group that is too large, and a linked mailbox with its master.
perl -e 'print "version: 1\n\n";
	print "dn: CN=C$_,DC=corp,DC=example\nobjectClass: contact\n\n"
		for 1 .. 50_000;
	print "dn: CN=G,DC=corp,DC=example\nobjectClass: group\n",
		"sAMAccountName: g\ngroupType: -2147483640\n";
	print "member: CN=C$_,DC=corp,DC=example\n" for 1 .. 50_000;
	for my $i (1, 2) {
		print "\ndn: CN=P$i,DC=corp,DC=example\nobjectClass: user\n",
			"sAMAccountName: p$i\nobjectSid: ",
			"S-1-5-21-1-2-3-110$i\nuserAccountControl: ",
			$i == 1 ? 512 : 514, "\n";
		print "msExchMasterAccountSid: S-1-5-21-1-2-3-1101\n",
			"msExchRecipientTypeDetails: 2\n" if $i == 2;
	}
	print "\n"' >"$work/large.ldif"
export_of 2.6.91.0 "" "" >"$work/wide.json"
collect large && analyze large --scope "$work/wide.json"
ok "a large group, a linked mailbox"
is group-members not-met 1
is merged-objects not-met 1
is device-sync unknown
is objects-in-scope not-met 50002
is objects-per-domain met

# The folder that the sync server writes says more.
mkdir -p "$work/folder/Connectors" "$work/folder/GlobalSettings" &&
	cp tests/sync-config/folder/Connectors/* "$work/folder/Connectors/" &&
	sed 's/userPrincipalName/employeeID/g' \
		tests/sync-config/folder/GlobalSettings/*.xml \
		>"$work/folder/GlobalSettings/MV.xml"
analyze plain --scope "$work/folder"
ok "a folder without rules"
is custom-rules unknown
is custom-sign-in not-met 1
analyze plain --scope tests/sync-config/folder
ok "a folder"
is custom-rules not-met 3
is custom-sign-in met

# With some rules alone members are not counted.
analyze plain --rules upn-missing
ok "some rules"
is group-members unknown
is merged-objects unknown

# Where Cloud Sync is in use there is nothing to move.
echo '{ "sync": { "engine": "cloud-sync" }, "scope": { "include": [
	"OU=Staff,DC=corp,DC=example" ] } }' >"$work/cloud.json"
analyze plain --policy "$work/cloud.json"
ok "under Cloud Sync"
is containers-per-domain met
! grep -q "^one-forest " "$work/table"
ok "no limits of the move"

# A tenant alone has no AD to judge.
echo '{ "@odata.context":
	"https://graph.microsoft.com/v1.0/$metadata#users", "value": [ { "id":
	"11111111-2222-3333-4444-555555555555", "userPrincipalName":
	"a@corp.onmicrosoft.us", "displayName": "A" } ] }' >"$work/t.json"
"$syncscope" collect import "$work/t.json" -o "$work/t" \
	--collected 2026-11-20 >"$work/said" 2>&1 && analyze t
ok "a tenant alone"
! grep -q "^group-members " "$work/table"
ok "no table"

"$syncscope" analyze "$work/plain" --scope "$work/odd.json" -o "$work/f" \
	--force >/dev/null 2>&1
"$syncscope" report "$work/f" --format html -o "$work/out" --force \
	>"$work/said" 2>&1 &&
	grep -q "<summary>What stands against Cloud Sync" "$work"/out/*.html &&
	grep -q "Guided move: at most 30 containers of a domain" \
		"$work"/out/*.html
ok "the page has it"

echo "1..$n"
