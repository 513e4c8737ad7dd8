#!/bin/sh
# The command exchange, the section of the report and the lines of summaries, of
# findings that tests/unit/exchange_told.c writes; and of folders without them.
# GOLDEN=write rewrites tests/golden/exchange-told.*; git diff is the review.
cd "$(dirname "$0")/.."
syncscope=${SYNCSCOPE:-$PWD/build/syncscope}
build=${BUILD:-$PWD/build}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0

# A check that held (its status is $?) or not, and its name.
check() {
	status=$?
	n=$((n + 1))
	if [ $status -eq 0 ]; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
	fi
}

golden() {
	if [ "${GOLDEN:-}" = write ] && [ -s "$2" ]; then
		cp "$2" "tests/golden/$1"
	fi
	diff -u "tests/golden/$1" "$2" 2>&1 | head -20 | sed 's/^/# /' \
		>"$work/diff"
	[ -s "tests/golden/$1" ] && [ -s "$2" ] && [ ! -s "$work/diff" ]
	check "$1"
	cat "$work/diff"
}

# refused STATUS PATTERN FINDINGS: with that status and sentence.
refused() {
	"$syncscope" exchange "$3" >"$work/out" 2>"$work/err"
	[ $? -eq "$1" ] && [ ! -s "$work/out" ] &&
		grep -q -e "$2" "$work/err"
}

echo 1..17
"$build/tests/unit/exchange_told" "$work/told"
"$syncscope" exchange "$work/told" >"$work/told.txt"
check "a verdict that is one is status 0"
golden exchange-told.txt "$work/told.txt"
awk 'length($0) > 80 { exit 1 }' "$work/told.txt"
check "no line is longer than a terminal is wide"
"$syncscope" exchange --json "$work/told" >"$work/told.json"
check "--json is status 0"
cmp -s "$work/told.json" "$work/told/exchange.json"
check "and gives the file as it is"
"$syncscope" verify "$work/told" >/dev/null
check "verify takes it"

mkdir "$work/report"
"$syncscope" report "$work/told" -v --format html -o "$work/report" \
	>"$work/summary"
sed -n '/^<section id="exchange"/,/^<\/section>/p' \
	"$work/report/report.html" >"$work/section"
golden exchange-told.html "$work/section"
grep -q '^Last Exchange server: The last Exchange server must stay' \
	"$work/summary"
check "the summary of report has the verdict"

"$syncscope" exchange "$work/told" >/dev/full 2>/dev/null
[ $? -eq 2 ]
check "a full disk is told"
"$syncscope" exchange --json "$work/told" >/dev/full 2>/dev/null
[ $? -eq 2 ]
check "and of the file as well"
"$syncscope" exchange >/dev/null 2>"$work/err"
[ $? -eq 2 ] && grep -q 'want one folder of findings' "$work/err"
check "without a folder"

# Whoever gave no data of Exchange gets no line, and a status that says so.
"$syncscope" collect import fixtures/exchangelabs/*2016-02-15* \
	--collected 2016-02-15 -o "$work/snapshot" >/dev/null 2>&1
"$syncscope" analyze "$work/snapshot" -o "$work/findings" >"$work/analyzed"
! grep -q 'last Exchange server' "$work/analyzed"
check "analyze says nothing of what nobody asked"
"$syncscope" exchange "$work/findings" >"$work/out"
[ $? -eq 3 ] && grep -q 'can go is not known: ' "$work/out"
check "a verdict that is not assessed is status 3"

cp -r "$work/told" "$work/changed"
sed -i 's/must-keep/no-server/' "$work/changed/exchange.json"
refused 4 'exchange.json: was changed' "$work/changed"
check "a file that was changed"
"$syncscope" verify "$work/changed" >/dev/null 2>&1
[ $? -eq 4 ]
check "which verify sees, too"
cp -r "$work/told" "$work/missing"
rm "$work/missing/exchange.json"
refused 4 'exchange.json: ' "$work/missing"
check "a file that is gone"
cp -r "$work/missing" "$work/older"
perl -0pi -e 's/\t"exchange":\t\{.*?\},\n//s' "$work/older/manifest.json"
refused 4 'an older program wrote these findings' "$work/older"
check "a folder of an older program"
