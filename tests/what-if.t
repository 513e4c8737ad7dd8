#!/bin/sh
# What edits change, on the fixtures; and every sentence about a wrong edit.
cd "$(dirname "$0")/.."
syncscope=${SYNCSCOPE:-$PWD/build/syncscope}
fixtures=$PWD/fixtures/exchangelabs
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0
accounts=OU=Accounts,DC=Exchangelabs,DC=local
users=OU=Users,$accounts
bert="CN=Bert Wesselius,$users"

ok() {
	n=$((n + 1))
	name=$1
	shift
	if out=$("$@" 2>&1); then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		echo "$out" | sed 's/^/# /'
	fi
}

# Status 3 says that some rules could not be assessed: settings of the tenant
# are in no file.
# what_if EDITS [OPTION...]: analyzes the fixtures with the edits given.
what_if() {
	printf '{"edits": [\n%s\n]}\n' "$1" >"$work/edits.json"
	shift
	rm -rf "$work/after"
	"$syncscope" analyze "$work/old" "$work/new" \
		--policy "$work/policy.json" --what-if "$work/edits.json" \
		-o "$work/after" "$@" >"$work/said" 2>&1 || [ $? -eq 3 ] || {
		cat "$work/said"
		return 1
	}
	"$syncscope" verify "$work/after" && alone && written
}

# Objects without GUID, and an address that two of them have.
nameless() {
	for name in a b; do
		printf '%s\n' "dn: CN=$name,OU=$name,DC=corp,DC=example" \
			"objectClass: user" "sAMAccountName: $name" \
			"mail: both@corp.example" "displayName: $name" ""
	done >"$work/nameless.ldif"
	rm -rf "$work/new"
	"$syncscope" collect import "$work/nameless.ldif" \
		--collected 2016-03-01 -o "$work/new" &&
		[ -s "$work/new/manifest.json" ]
}

# Nothing is left beside the findings.
alone() {
	[ ! -e "$work/after.before" ] && [ ! -e "$work/after.unfinished" ] &&
		[ ! -e "$work/after.before.unfinished" ]
}

written() {
	[ -s "$work/said" ] && [ -s "$work/after/findings.ndjson" ] &&
		[ -e "$work/after/difference.ndjson" ]
}

said() {
	grep -qxF -- "$1" "$work/said" || {
		cat "$work/said"
		return 1
	}
}

unsaid() {
	written && ! grep -F -- "$1" "$work/said"
}

# differs PATTERN...: some line of the difference has all the patterns.
differs() {
	cp "$work/after/difference.ndjson" "$work/left"
	for pattern; do
		grep -F -- "$pattern" "$work/left" >"$work/next"
		mv "$work/next" "$work/left"
	done
	[ -s "$work/left" ] || {
		cat "$work/after/difference.ndjson"
		return 1
	}
}

# changes CHANGE COUNT
changes() {
	[ "$(grep -c "^{\"change\":\"$1\"" "$work/after/difference.ndjson")" = "$2" ] || {
		cut -c1-300 "$work/after/difference.ndjson"
		return 1
	}
}

forecast() {
	grep -F -- "$1" "$work/after/forecast.ndjson" | grep -qF -- "$2"
}

# wrong STATUS SENTENCE EDITS: with the file as it stands; nothing is written.
wrong() {
	rm -rf "$work/after"
	printf '%s\n' "$3" >"$work/edits.json"
	(cd "$work" && "$syncscope" analyze $(ls -d old new 2>/dev/null) --policy policy.json \
		--what-if edits.json -o after >said 2>&1)
	status=$?
	[ $status = "$1" ] && [ ! -e "$work/after" ] && alone &&
		said "syncscope: $2" || {
		echo "status $status"
		cat "$work/said"
		return 1
	}
}

# refused NAME SENTENCE EDITS
refused() {
	ok "$1" wrong 2 "$2" "$3"
}

echo 1..102
for date in old:2015-10-12 new:2016-02-15; do
	"$syncscope" collect import $fixtures/*${date#*:}*.ldif \
		$fixtures/*${date#*:}*.json \
		--collected ${date#*:}T06:00:00Z -o "$work/${date%:*}" >/dev/null
done
cp $fixtures/policy.json "$work/policy.json"
"$syncscope" analyze "$work/old" "$work/new" --policy "$work/policy.json" \
	-o "$work/plain" >/dev/null

ok "setting mail" what_if \
	'{"set": "BWesselius", "attribute": "MAIL", "value": "BWesselius@exchangelabs.nl"}'
ok "cures the forecast" said "  primary-onmicrosoft-forecast: 1 fixed, 0 new"
ok "and the missing address" said "  mail-missing: 1 fixed, 0 new"
ok "the forecast says so" differs '"change":"forecast"' "$bert" \
	'"primarySmtp":{"from":"BWesselius@exchangelabsnl.onmicrosoft.com","to":"BWesselius@exchangelabs.nl"}'
ok "one forecast differs" changes forecast 1
ok "two findings are cured" changes cured 2
ok "and none is new" changes new 0
cp "$work/after/difference.ndjson" "$work/first"
for object in 5e1f0000-1234-4abc-8def-000000010001 "$bert" \
	"cn=bert wesselius, OU=Users,$accounts" bwesselius@exchangelabs.LOCAL; do
	ok "found as $object" what_if \
		"{\"set\": \"$object\", \"attribute\": \"mail\", \"value\": \"BWesselius@exchangelabs.nl\"}"
	ok "and judged alike" cmp "$work/first" "$work/after/difference.ndjson"
done
ok "no edits" what_if ''
ok "change nothing" cmp /dev/null "$work/after/difference.ndjson"
ok "and give the same findings" cmp "$work/plain/findings.ndjson" \
	"$work/after/findings.ndjson"
ok "one thread and many say the same" sh -c "
	'$syncscope' analyze '$work/old' '$work/new' --policy '$work/policy.json' \
		--what-if '$work/edits.json' --jobs 1 -o '$work/one' >/dev/null
	[ \$? -eq 3 ] && cmp '$work/one/manifest.json' '$work/after/manifest.json'"

ok "addresses as a list" what_if \
	'{"set": "CvanDijk@exchangelabs.nl", "attribute": "proxyAddresses",
	  "value": ["SMTP:Cor@exchangelabs.nl", "smtp:CvanDijk@exchangelabs.nl"]}'
ok "have their primary" forecast "CN=Cor van Dijk" '"primarySmtp":"Cor@exchangelabs.nl"'
ok "null removes a value" what_if \
	'{"set": "PJacobs", "attribute": "proxyAddresses", "value": null},
	 {"set": "PJacobs", "attribute": "mail", "value": null}'
ok "and what rested on it" differs '"change":"new"' '"rule":"mail-missing"' PJacobs
ok "an edit that renames hides nothing" what_if \
	'{"set": "BWesselius", "attribute": "sAMAccountName", "value": "bert"},
	 {"set": "BWesselius", "attribute": "mail", "value": "bert@exchangelabs.nl"}'
ok "from the next" forecast "CN=Bert Wesselius" '"primarySmtp":"bert@exchangelabs.nl"'
ok "of two values" what_if \
	'{"set": "BWesselius", "attribute": "mail", "value": "one@exchangelabs.nl"},
	 {"set": "BWesselius", "attribute": "mail", "value": "two@exchangelabs.nl"}'
ok "the later counts" forecast "CN=Bert Wesselius" '"mail":"two@exchangelabs.nl"'
ok "disabling" what_if '{"set": "BWesselius", "attribute": "userAccountControl", "value": 514}'
ok "is forecast" differs Wesselius '"accountEnabled":{"from":true,"to":false}'

ok "verifying a domain" what_if '{"verify": "Exchangelabs.local"}'
ok "lets UPNs be" differs "$bert" '"upn":{"from":"BWesselius@exchangelabsnl.onmicrosoft.com","to":"BWesselius@Exchangelabs.local"}'

ok "excluding an OU" what_if "{\"exclude\": \"$users\"}"
ok "takes its users out" said "  out-of-scope: 9 -> 30"
ok "as those that were moved" test \
	"$(grep -c '"change":"new","rule":"moved-out-of-scope"' "$work/after/difference.ndjson")" -ge 20
ok "and says where the scope is" grep -q "excluded: .*OU=Users" "$work/after/manifest.json"
ok "including what was excluded" what_if "{\"include\": \"ou=leavers,$accounts\"}"
ok "brings them back" said "  moved-out-of-scope: 2 fixed, 0 new"
ok "and nobody else" said "  out-of-scope: 9 -> 7"
ok "including where no scope was given" sh -c "
	printf '{ \"edits\": [ { \"include\": \"$users\" } ] }' >'$work/edits.json' &&
	rm -rf '$work/after' &&
	'$syncscope' analyze '$work/new' --what-if '$work/edits.json' \
		-o '$work/after' >'$work/said' 2>&1
	[ \$? -eq 3 ]"
ok "is the scope" forecast "CN=Verkoop" '"scopeReason":"in no included OU"'

ok "moving an object" what_if "{\"move\": \"$bert\", \"to\": \"OU=Leavers,$accounts\"}"
ok "out of scope" differs '"change":"new","rule":"moved-out-of-scope"' \
	"\"dn\":\"CN=Bert Wesselius,OU=Leavers,$accounts\""
ok "has one forecast" changes forecast 1
ok "moving an OU" what_if "{\"move\": \"ou=users, $accounts\", \"to\": \"OU=Leavers,$accounts\"}"
ok "takes all below it along" forecast "CN=Vries\\\\, Jan de,OU=Users,OU=Leavers,$accounts" \
	'"inScope":false'
ok "out of scope, too" said "  out-of-scope: 9 -> 30"
ok "moves mean what was before" what_if \
	"{\"move\": \"OU=Leavers,$accounts\", \"to\": \"OU=Service,DC=Exchangelabs,DC=local\"},
	 {\"move\": \"CN=Bert Wesselius,$users\", \"to\": \"OU=Leavers,$accounts\"}"
ok "in any order" forecast \
	"CN=Bert Wesselius,OU=Leavers,OU=Service,DC=Exchangelabs,DC=local" \
	'"inScope":false'

ok "no licences" what_if '{"license": "*", "exchangeOnline": false}'
ok "keep only addresses that are left over" said "  primary-onmicrosoft-forecast: 1 fixed, 0 new"
ok "no licence but for one" what_if \
	"{\"license\": \"*\", \"exchangeOnline\": false},
	 {\"license\": \"$users\", \"exchangeOnline\": false},
	 {\"license\": \"DBakker\", \"exchangeOnline\": true}"
ok "changes nothing for that one" unsaid primary-onmicrosoft-forecast:
ok "some rules alone" what_if \
	'{"set": "BWesselius", "attribute": "mail", "value": "b@exchangelabs.nl"}' \
	--rules mail-missing
ok "have findings, and no forecasts" said "  mail-missing: 1 fixed, 0 new"

sed -i 's/cured/curtd/' "$work/after/difference.ndjson"
ok "a difference that was changed" sh -c "
	'$syncscope' verify '$work/after' 2>&1 |
	grep -q 'difference.ndjson: was changed'"
mkdir "$work/after.before"
touch "$work/after.before/mine"
ok "somebody else's folder" sh -c "rm -rf '$work/after'
	'$syncscope' analyze '$work/new' --what-if '$work/edits.json' \
		-o '$work/after' >'$work/said' 2>&1
	[ \$? = 2 ] && [ -e '$work/after.before/mine' ] &&
	[ ! -e '$work/after' ] && [ ! -e '$work/after.unfinished' ]"
rm -r "$work/after.before"
cp -r "$work/plain" "$work/after.before"
"$syncscope" analyze "$work/new" --what-if "$work/edits.json" \
	-o "$work/after" >/dev/null
ok "findings of such a name stay" diff -r "$work/plain" "$work/after.before"
rm -r "$work/after.before"

ok "no such file" sh -c "
	'$syncscope' analyze '$work/new' --what-if '$work/none' -o '$work/no' 2>&1 |
	grep -q 'none: cannot be read: No such file or directory'"
refused "no JSON" 'edits.json:1:11: want a JSON value' '{"edits": }'
refused "no object" 'edits.json:1: want an object with an array "edits"' '[]'
refused "no edits" 'edits.json:1: want an object with an array "edits"' '{"edit": []}'
refused "an unknown key" 'edits.json:2: unknown key "more"' '{"edits": [],
 "more": 1 }'
refused "no list" 'edits.json:2: edits: want an array' '{
 "edits": {} }'
kinds='want an edit: an object with set, move, include, exclude, verify or license'
refused "no edit" "edits.json:3: $kinds" '{"edits": [
 {"verify": "a.nl"},
 "verify"]}'
refused "an edit of nothing" "edits.json:2: $kinds" '{"edits": [
 {"to": "OU=A,DC=x"}]}'
refused "a key too many" 'edits.json:3: unknown key "to" in an edit with "include"' '{"edits": [
 {"include": "DC=Exchangelabs,DC=local",
  "to": "DC=x"}]}'
refused "two edits in one" 'edits.json:1: unknown key "move" in an edit with "set"' \
	'{"edits": [{"move": "CN=a,DC=x", "set": "a", "to": "DC=x"}]}'
refused "a key too few" 'edits.json:2: set: want "value", too' '{"edits": [
 {"set": "a", "attribute": "mail"}]}'
refused "a key twice" 'edits.json:1: value: want the key only once' \
	'{"edits": [{"set": "a", "attribute": "mail", "value": "a", "value": "b"}]}'
refused "no name" 'edits.json:1: set: want the GUID, DN, UPN, sAMAccountName or an address of an object' \
	'{"edits": [{"set": 1, "attribute": "mail", "value": "a"}]}'
refused "an unknown attribute" \
	'edits.json:3: attribute: shoeSize is not an attribute of AD that the analysis reads' \
	'{"edits": [
 {"set": "BWesselius",
  "attribute": "shoeSize", "value": "a"}]}'
refused "the DN" 'edits.json:1: attribute: dn is changed by "move"' \
	'{"edits": [{"set": "a", "attribute": "dn", "value": "a"}]}'
refused "the GUID" 'edits.json:1: attribute: objectGUID says which object it is' \
	'{"edits": [{"set": "a", "attribute": "objectGUID", "value": "a"}]}'
refused "a list for a text" 'edits.json:1: value: want a text or null' \
	'{"edits": [{"set": "a", "attribute": "mail", "value": ["a"]}]}'
refused "a number in a list" 'edits.json:1: value: want a text, an array of texts or null' \
	'{"edits": [{"set": "a", "attribute": "proxyAddresses", "value": ["a", 1]}]}'
refused "a text for a number" 'edits.json:1: value: want a whole number or null' \
	'{"edits": [{"set": "a", "attribute": "groupType", "value": "two"}]}'
refused "no whole number" 'edits.json:1: value: want a whole number or null' \
	'{"edits": [{"set": "a", "attribute": "userAccountControl", "value": 5.5}]}'
refused "no GUID" 'edits.json:1: value: want a GUID or null' \
	'{"edits": [{"set": "a", "attribute": "mS-DS-ConsistencyGuid", "value": true}]}'
dn='want a distinguished name such as OU=Accounts,DC=corp,DC=example'
refused "no DN to move" "edits.json:1: move: $dn" '{"edits": [{"move": "a", "to": "DC=x"}]}'
refused "no DN to move to" "edits.json:1: to: $dn" '{"edits": [{"move": "CN=a,DC=x", "to": "x"}]}'
refused "no DN to include" "edits.json:1: include: $dn" '{"edits": [{"include": null}]}'
refused "a domain to move" 'edits.json:1: move: want an object or OU below a domain' \
	'{"edits": [{"move": "DC=a,DC=x", "to": "DC=x"}]}'
refused "no domain" 'edits.json:1: verify: want a domain such as contoso.com' \
	'{"edits": [{"verify": "a@contoso.com"}]}'
refused "no licence" 'edits.json:1: exchangeOnline: want true or false' \
	'{"edits": [{"license": "*", "exchangeOnline": "yes"}]}'
refused "in and out" "edits.json:3: exclude: line 2 says otherwise of OU=users,$accounts" \
	"{\"edits\": [
 {\"include\": \"$users\"},
 {\"exclude\": \"OU=users,$accounts\"}]}"
refused "moved twice" "edits.json:3: move: line 2 says otherwise of $users" "{\"edits\": [
 {\"move\": \"$users\", \"to\": \"DC=Exchangelabs,DC=local\"},
 {\"move\": \"$users\", \"to\": \"$accounts\"}]}"
refused "moved into itself" "edits.json:1: move: $accounts would lie below itself" \
	"{\"edits\": [{\"move\": \"$accounts\", \"to\": \"$users\"}]}"
refused "in a circle" "edits.json:2: move: OU=Groups,$accounts would lie below itself" \
	"{\"edits\": [
 {\"move\": \"OU=Groups,$accounts\", \"to\": \"$users\"},
 {\"move\": \"$users\", \"to\": \"OU=Groups,$accounts\"}]}"
refused "no such object" 'edits.json:3: set: the AD snapshot has no object "nobody"' '{"edits": [
 {"set": "BWesselius", "attribute": "mail", "value": "a@exchangelabs.nl"},
 {"set": "nobody", "attribute": "mail", "value": null}]}'
refused "no such licensee" 'edits.json:1: license: the AD snapshot has no object "nobody"' \
	'{"edits": [{"license": "nobody", "exchangeOnline": true}]}'
refused "no such place" 'edits.json:1: exclude: the AD snapshot has nothing at or below OU=No,DC=x' \
	'{"edits": [{"exclude": "OU=No,DC=x"}]}'
refused "no such place to move to" 'edits.json:1: to: the AD snapshot has nothing at or below OU=No,DC=x' \
	"{\"edits\": [{\"move\": \"$users\", \"to\": \"OU=No,DC=x\"}]}"

ok "objects without GUID" nameless
sed -i 's/Accounts,DC=Exchangelabs,DC=local/b,DC=corp,DC=example/;s/OU=Leavers,//' "$work/policy.json"
sed -i '/"exclude"/d;s/example"\],/example"],/' "$work/policy.json"
refused "an address of two" 'edits.json:1: set: "both@corp.example" fits several objects, such as CN=a,OU=a,DC=corp,DC=example and CN=b,OU=b,DC=corp,DC=example' \
	'{"edits": [{"set": "both@corp.example", "attribute": "mail", "value": null}]}'
rm -rf "$work/old"
ok "are moved" sh -c "
	printf '{ \"edits\": [ { \"move\": \"OU=a,DC=corp,DC=example\",
		\"to\": \"OU=b,DC=corp,DC=example\" },
		{ \"set\": \"a\", \"attribute\": \"mail\",
		\"value\": \"a@corp.example\" } ] }' >'$work/edits.json' &&
	rm -rf '$work/after' &&
	'$syncscope' analyze '$work/new' --policy '$work/policy.json' \
		--what-if '$work/edits.json' -o '$work/after' >'$work/said' 2>&1; [ \$? = 3 ]"
ok "and edited" forecast "CN=a,OU=a,OU=b,DC=corp,DC=example" '"mailNickname":"a"'
ok "and are known after it" differs '"dn":"CN=a,OU=a,DC=corp,DC=example"' \
	'"inScope":{"from":false,"to":true}'
ok "each by itself" changes forecast 1

# Exchange tells an address that AD does not, and knows somebody else, too.
exchange() {
	printf '%s\n' "dn: CN=Ann,DC=corp,DC=example" "objectClass: user" \
		"sAMAccountName: ann" "objectGUID:: EXw6D7QiDk2aW2x9jp8KEQ==" "" \
		>"$work/ann.ldif"
	printf '%s\n' '"Name","Alias","EmailAddresses","PrimarySmtpAddress","DistinguishedName","Guid"' \
		'"Ann","ann","SMTP:ann@corp.example","ann@corp.example","CN=Ann,DC=corp,DC=example","0f3a7c11-22b4-4d0e-9a5b-6c7d8e9f0a11"' \
		'"Bob","bob","SMTP:bob@corp.example","bob@corp.example","CN=Bob,DC=else","0f3a7c11-22b4-4d0e-9a5b-6c7d8e9f0a12"' \
		>"$work/mailboxes.csv"
	rm -rf "$work/new"
	"$syncscope" collect import "$work/ann.ldif" "$work/mailboxes.csv" \
		--collected 2016-03-01 -o "$work/new" &&
		[ -s "$work/new/manifest.json" ]
}
ok "AD and Exchange" exchange
refused "whom only Exchange knows" 'edits.json:1: set: the AD snapshot has no object "bob@corp.example"' \
	'{"edits": [{"set": "bob@corp.example", "attribute": "mail", "value": null}]}'
ok "an address of Exchange's" sh -c "
	printf '{ \"edits\": [ { \"set\": \"ann@corp.example\",
		\"attribute\": \"mailNickname\", \"value\": \"annie\" } ] }' >'$work/edits.json' &&
	rm -rf '$work/after' &&
	'$syncscope' analyze '$work/new' --what-if '$work/edits.json' \
		-o '$work/after' >'$work/said' 2>&1; [ \$? = 3 ]"
ok "names its object" differs '"mailNickname":{"from":"ann","to":"annie"}'
