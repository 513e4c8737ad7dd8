#!/bin/sh
# tsan.sh SYNCSCOPE FOLDER-OF-GENERATE: what goes on in threads, by a program
# that ThreadSanitizer was built into: import and analyze of 8,000 users with
# two snapshots of AD and one of the tenant. USERS in the environment changes
# how many.
set -eu
tools=$2
grep -q __tsan_init "$1" || {
	echo "tsan.sh: $1 is built without ThreadSanitizer" >&2
	exit 1
}
export TSAN_OPTIONS="exitcode=66 halt_on_error=1"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Where addresses are strewn too widely it cannot find its own memory.
run="setarch $(uname -m) -R $1"
setarch "$(uname -m)" -R true 2>/dev/null || run=$1

# Exit status 3 says that some rules could not be assessed.
analyze() {
	$run analyze "$work/$1" "$work/$2" --jobs 4 --force \
		--policy "$work/policy.json" -o "$work/findings" \
		>/dev/null || [ $? -eq 3 ]
	[ -s "$work/findings/forecast.ndjson" ]
	grep -q '"rule":"returned-to-scope"' "$work/findings/findings.ndjson"
	grep -q '"rule":"disabled-then-enabled"' \
		"$work/findings/findings.ndjson"
}

"$tools/generate" "${USERS:-8000}" "$work"
# Some were disabled, and some out of scope, in the older one.
awk '/^dn: / { n++ }
	n % 7 == 0 { sub(/^userAccountControl: 512$/, "userAccountControl: 514") }
	n % 11 == 0 { sub(/OU=Board,OU=Accounts/, "OU=Leavers,OU=Accounts") }
	{ print }' "$work/ad.ldif" >"$work/old.ldif"
for packing in "" --compress; do
	$run collect import "$work/old.ldif" --collected 2015-12-24 \
		-o "$work/old$packing" $packing >/dev/null
	$run collect import "$work/ad.ldif" "$work/users.json" \
		--collected 2016-01-15 -o "$work/new$packing" $packing \
		>/dev/null
	analyze "old$packing" "new$packing"
done
# Contacts, linked mailboxes, former accounts, and edits.
f=$(dirname "$0")/../fixtures/everything
$run collect import "$f"/ad-accounts.ldif "$f"/ad-names.ldif \
	"$f"/ad-more.ldif "$f"/ad-values.ldif "$f"/users.json \
	"$f"/groups.json "$f"/contacts.json "$f"/deletedusers.json \
	"$f"/domains.json --collected 2016-02-15 -o "$work/everything" \
	>/dev/null 2>&1
echo '{"edits":[{"exclude":"OU=People,DC=corp,DC=example"}]}' >"$work/edits.json"
$run analyze "$work/everything" --jobs 4 --policy "$f/policy.json" \
	--what-if "$work/edits.json" -o "$work/edited" >/dev/null ||
	[ $? -eq 3 ]
[ -s "$work/edited/difference.ndjson" ]
echo "no race in ${USERS:-8000} users with history"
