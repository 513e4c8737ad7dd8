#!/bin/sh
# assess: import, analyze and report in one go give what the three give, and end
# as they end.
cd "$(dirname "$0")/.."
syncscope=${SYNCSCOPE:-$PWD/build/syncscope}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
e=fixtures/everything
n=0

ok() {
	n=$((n + 1))
	if [ "$1" = "$2" ]; then
		echo "ok $n - $3"
	else
		echo "not ok $n - $3"
		echo "# want $1, have $2"
		sed 's/^/# /' "$work/said" | tail -5
	fi
}

# Its exit status; what it prints goes to a file.
run() {
	"$syncscope" "$@" >"$work/said" 2>&1
	echo $?
}

same() {
	cmp -s "$1" "$2" && echo same || echo "$1 differs"
}

echo 1..20
ad="$e/ad-accounts.ldif $e/ad-names.ldif"
tenant="$e/users.json $e/groups.json $e/contacts.json $e/domains.json"
at="--collected 2016-02-15"
run collect import $ad $tenant $at -o "$work/snapshot" >/dev/null
run analyze "$work/snapshot" --policy $e/policy.json -o "$work/findings" \
	>/dev/null
run report "$work/findings" -o "$work" >/dev/null
ok 3 "$(run assess $ad $tenant $at --policy $e/policy.json -o "$work/a")" \
	"ends as the steps do"
for file in report.html findings.csv forecast.csv findings/findings.ndjson \
	snapshot/ad-users.ndjson snapshot/manifest.json; do
	ok same "$(same "$work/$file" "$work/a/$file")" "$file"
done
ok 3 "$(run assess "$work/snapshot" --policy $e/policy.json -o "$work/b")" \
	"takes a snapshot"
ok same "$(same "$work/report.html" "$work/b/report.html")" \
	"and judges it as it is"
ok 1 "$(run assess $ad $tenant $at --fail-on high -o "$work/c")" \
	"findings decide"
ok 3 "$(run assess $ad $tenant $at --fail-on high --fail-on-incomplete \
	-o "$work/d")" "unless incompleteness is to"
ok 2 "$(run assess $ad $at -o "$work/a")" "refuses what is there"
ok 3 "$(run assess $ad $at --force -o "$work/a")" "or replaces it"
ok 4 "$(run assess $e/policy.json -o "$work/e")" "says what is no input"
ok 2 "$(run assess -o "$work/e")" "wants something to assess"
ok 2 "$(run assess $ad)" "and where to write"
ok 2 "$(run assess $ad $at --policy none.json -o "$work/g")" \
	"a policy that is not there"
ok 1 "$(grep -c "give $work/g/snapshot instead" "$work/said")" \
	"does not lose the import"
run assess $ad $at -o "$work/f" >/dev/null
run show "$work/f/findings" \
	"$(sed -n 's/^userPrincipalName: //p;T;q' $e/ad-accounts.ldif)" >/dev/null
ok 1 "$(grep -c 'Readiness by AD alone' "$work/said")" \
	"and of what readiness speaks"
ok 1 "$(grep -c 'since there is no policy' "$work/f/report.html")" \
	"says what it assumed"
