#!/bin/sh
# The sync server's own export as the scope: tests/sync-config.
syncscope=${SYNCSCOPE:-$PWD/build/syncscope}
cd "$(dirname "$0")/sync-config"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0

ok() {
	status=$?
	n=$((n + 1))
	if [ $status -eq 0 ]; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		sed 's/^/# /' "$work/stderr"
	fi
}

analyze() {
	rm -rf "$work/f"
	"$syncscope" analyze "$work/ad" "$@" -o "$work/f" \
		>"$work/stdout" 2>"$work/stderr"
}

# The object whose DN begins with CN=$1 is in scope or not, for the reason $3.
object() {
	grep "\"dn\":\"CN=$1," "$work/f/forecast.ndjson" |
		grep -qF "\"inScope\":$2,\"scopeReason\":\"$3\""
	ok "$1: $2, $3"
}

says() {
	grep -qF -- "$1" "$work/stderr"
	ok "says: $1"
}

# The warnings are these, and no word more.
warns() {
	cat >"$work/want"
	cmp -s "$work/want" "$work/stderr"
	ok "warns: $(cut -c1-60 "$work/want")"
}

# The scope at $1 is refused with the exit code $2 and the sentence $3.
refused() {
	analyze --scope "$1"
	[ $? -eq "$2" ] && [ "$(wc -l <"$work/stderr")" -eq 1 ] &&
		grep -qF -- "$3" "$work/stderr"
	ok "$1: $3"
}

manifest() {
	grep -qF -- "$1" "$work/f/manifest.json"
	ok "manifest: $1"
}

domain=exchangelabs.local
accounts=$domain/Accounts
echo 1..81
"$syncscope" collect import ad.ldif --collected 2016-02-15 -o "$work/ad" \
	>"$work/stdout" 2>"$work/stderr" && [ -s "$work/ad/manifest.json" ]
ok "import"

# A folder: the nearest container decides, then rules.
analyze --scope folder
[ $? -eq 3 ]
ok "folder"
object "Anke Haverkamp" true "included by $accounts"
object "Bert Wesselius" false \
	"filtered: extensionAttribute15 EQUAL NoSync"
object "Testgebruiker" false \
	"filtered: department STARTSWITH Test and title ISNULL"
object "Tester met titel" true "included by $accounts"
object "Els Visser" false "excluded by $accounts/Leavers"
object "svc-backup" false "excluded by $domain"
object "Koos Fabriek" true "included by fabriek.$domain"
says 'custom rule "Mail uit afdeling" (it does not set cloudFiltered)'
says 'rule "In from AD - Group Common" of the engine is disabled'
says 'custom rule "Leden van een lijst" (ISMEMBEROF)'
[ -s "$work/stderr" ] &&
	! grep -q 'Uitgezet\|User Join\|is no container' "$work/stderr"
ok "says nothing of what changes nothing"
manifest 'read from folder'
manifest '"engine":	"Microsoft Entra Connect Sync, build 1.6.4.0"'

# What the policy says itself stays; only one of them may say the scope.
echo '{ "sync": { "version": "1.1.105.0", "deletionThreshold": 12 } }' \
	>"$work/policy.json"
analyze --scope folder --policy "$work/policy.json"
manifest 'build 1.1.105.0'
echo '{ "scope": {} }' >"$work/policy.json"
analyze --scope folder --policy "$work/policy.json"
[ $? -eq 2 ]
ok "a scope in the policy, too"
says "policy.json and folder both say the scope"

# Rules that let through are exceptions of later ones.
analyze --scope positive
object "Anke Haverkamp" true "not excluded"
object "Bert Wesselius" false "filtered: department NOTEQUAL Verkoop"
object "svc-backup" false "filtered: department NOTEQUAL Verkoop"
says "filter group CN=Pilot,OU=Accounts,DC=Exchangelabs,DC=local (group filtering is off)"
says "the sync server is in staging mode: it exports nothing"
says "password hash synchronization is off"
says "the threshold for deletions is off"

# The filter group; a file in UTF-16; what is not in the folder is said.
analyze --scope group
object "Anke Haverkamp" true "not excluded"
object "Bert Wesselius" false "no direct member of $accounts/Pilot"
says "group: not understood: the rules (there are no SynchronizationRules)"

# A domain that is whole, below one that is left out.
analyze --scope child
object "Anke Haverkamp" false "excluded by $domain"
object "Koos Fabriek" true "included by fabriek.$domain"

# A file: any case, one object or many, UTF-8 or UTF-16.
analyze --scope policy.json
[ $? -eq 3 ]
ok "policy.json"
object "Anke Haverkamp" true "included by $accounts"
object "Bert Wesselius" false \
	"filtered: extensionAttribute15 EQUAL NoSync"
object "Els Visser" false "excluded by $accounts/Leavers"
object "svc-backup" false "in no included OU"
warns <<-'END'
	syncscope: warning: policy.json: not understood: cloudKerberos; partitionFilters.objectTypes; custom rule "Uit naar Entra" (it does not set cloudFiltered)
	END
manifest 'build 2.1.20.0'
cp "$work/f/forecast.ndjson" "$work/utf-8"
analyze --scope utf-16be.json
cmp -s "$work/utf-8" "$work/f/forecast.ndjson"
ok "utf-16be.json"
analyze --scope one.json
[ -s "$work/f/forecast.ndjson" ] && [ ! -s "$work/stderr" ]
ok "one.json"
object "Anke Haverkamp" true "not excluded"
object "Testgebruiker" false "filtered: department STARTSWITH Test"
object "Els Visser" false "excluded by $accounts/Leavers"

# Rules go by their precedence, in whatever order the file has them.
analyze --scope order.json
[ -s "$work/f/forecast.ndjson" ] && [ ! -s "$work/stderr" ]
ok "order.json"
object "Bert Wesselius" true "not excluded"

# What sets cloudNoFlow leaves objects to Cloud Sync, if a rule reads it.
cp -r folder "$work/no-flow"
rules=$work/no-flow/SynchronizationRules
sed -i s/cloudFiltered/cloudNoFlow/ "$rules/SynchronizationRule_{02}.xml"
analyze --scope "$work/no-flow"
says 'custom rule "Niet synchroniseren" (it sets cloudNoFlow, but no rule of link type JoinNoFlow reads it)'
cp two/SynchronizationRules/4.xml "$rules/join.xml"
analyze --scope "$work/no-flow"
object "Bert Wesselius" false \
	'no flow: custom rule \"Niet synchroniseren\" (cloudNoFlow); Cloud Sync has it'
object "Anke Haverkamp" true "included by $accounts"
! grep -q 'cloudNoFlow\|Pilot out' "$work/stderr"
ok "says nothing of rules that are understood"
sed -i 's/>True<\/csValue/>False<\/csValue/' "$rules/join.xml"
analyze --scope "$work/no-flow"
says 'custom rule "Pilot out" (its scope is not cloudNoFlow EQUAL True)'

# Two connectors, each with its group and its rules; several servers.
analyze --scope two
! grep -q 'not understood' "$work/stderr"
ok "two connectors are understood"
sed 's/AlwaysProvision/Mail/' two/GlobalSettings/MV.xml >"$work/MV.xml"
cp -r two "$work/joined"
cp "$work/MV.xml" "$work/joined/GlobalSettings/MV.xml"
analyze --scope "$work/joined"
says "joined: not understood: JoinCriteria Mail"
analyze --scope two --scope "$work/joined"
[ $? -eq 2 ]
ok "a forest in two exports"
says "two and $work/joined both have a connector to contoso.com: want each"
sed 's/2.6.92.0/2.6.91.0/' forests.json >"$work/older.json"
analyze --scope two --scope "$work/older.json"
[ $? -eq 2 ]
ok "two versions of one server"
says "two and $work/older.json: version: want one for all forests under Connect"
echo '{ "sync": { "version": "2.6.92.0" } }' >"$work/policy.json"
analyze --scope two --scope "$work/older.json" --policy "$work/policy.json"
! grep -q "version: want one" "$work/stderr"
ok "the policy decides between them"
echo '{ "forests": { "contoso.com": { "scope": {} } } }' >"$work/policy.json"
analyze --scope two --policy "$work/policy.json"
[ $? -eq 2 ]
ok "a forest's scope in the policy, too"
says "policy.json and two both say the scope of contoso.com"
sed 's/DC=wingtip,DC=toys/DC=asia,DC=tailspin,DC=net/' forests.json \
	>"$work/twice.json"
analyze --scope "$work/twice.json"
[ $? -eq 2 ]
ok "a domain in two connectors"
says "twice.json: want one connector to a forest, have two to tailspin.net"

# Whom a filter leaves out that reads what was not collected is not known.
printf 'DistinguishedName,SamAccountName,ObjectClass\n"%s",anke,user\n' \
	"CN=Anke Haverkamp,OU=Accounts,DC=Exchangelabs,DC=local" >"$work/ad.csv"
"$syncscope" collect import "$work/ad.csv" --collected 2016-02-15 --force \
	-o "$work/ad" >"$work/stdout" 2>"$work/stderr"
analyze --scope policy.json
says "policy.json: not applied, since the AD snapshot does not have the"
object "Anke Haverkamp" null \
	"not known whether filtered: extensionAttribute15 EQUAL NoSync"

# Numbers are digits: neither a sign nor anything after them is guessed at.
cp -r folder "$work/numbers"
sed -i 's/>250</>+250</' "$work/numbers/GlobalSettings/MV.xml"
sed -i 's/<precedence>90</<precedence>90x</' \
	"$work/numbers/SynchronizationRules/SynchronizationRule_{02}.xml"
analyze --scope "$work/numbers"
says "deletion threshold +250"
says "(its precedence is no number)"

guid='{5A1C0D52-6B1E-4C53-9E0B-3B8B5C2F7A01}'
xml=Connectors/Connector_$guid.xml
refused broken/cut 4 "$xml:22: want well-formed XML: Opening and ending tag"
refused broken/no-partitions 4 "$xml:2: want the partitions of the AD connector"
refused broken/only-entra 4 "want a connector of category AD among its 1"
refused broken/selected 4 "$xml:20: partition: want selected, 0 or 1, have"
refused broken/no-dn 4 "$xml:31: inclusion: want a distinguished name such as"
refused broken/both 4 "both includes and excludes OU=A,DC=Exchangelabs,DC=local"
refused broken/root 4 "$xml:2: want ma-data as the root, have ma-info"
refused broken/entity 4 "$xml:2: want no document type"
refused broken/deep 4 "$xml:2: want elements nested less deep"
refused broken/empty 4 "broken/empty: want Connectors/Connector_{GUID}.xml"
refused broken/comma.json 4 "comma.json:3: want a name in double quotes"
refused broken/number.json 4 "number.json:1: onpremisesDirectoryPolicy: want an"
refused broken/dn.json 4 "dn.json:4: distinguishedName: want a distinguished"
refused broken/rule.json 4 "rule.json:1: an element: want an object"
refused broken/nothing.json 4 "nothing.json: want partitionFilters in it"
refused missing.json 4 "missing.json: cannot be read: No such file"
refused ad.ldif 4 "ad.ldif:1: want"
