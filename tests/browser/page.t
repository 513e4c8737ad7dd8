#!/bin/sh
# report.html in Debian's Chromium: a run with one before it, a hostile directory,
# and 200,000 findings; tests of each are in the .mjs beside. In Firefox, which
# is asked less, the first two.
set -u
cd "$(dirname "$0")/../.."
syncscope=${SYNCSCOPE:-$PWD/build/syncscope}
build=${BUILD:-$PWD/build}
export NODE_ROOT="$build/browser"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0 bad=0

# Takes over the tests of another program, numbered anew.
try() {
	local name=$1 said
	shift
	said=$("$@" 2>&1)
	[ $? -le 1 ] || said="$said
not ok - $name ends"
	printf '%s\n' "$said" | NAME=$name perl -ne '
		s/^((not )?ok)( \d+)? - /$1 - $ENV{NAME}: /;
		print unless /^1\.\./' >"$work/said"
	n=$((n + $(grep -c '^\(not \)*ok' "$work/said")))
	bad=$((bad + $(grep -c '^not ok' "$work/said")))
	cat "$work/said"
}

# Exit status 3 says that some rules could not be assessed.
quietly() {
	"$@" >"$work/log" 2>&1 || [ $? -eq 3 ] || {
		sed 's/^/# /' "$work/log"
		try "${1##*/} $2" false
	}
}

# ---- a year of one company ----

f=fixtures/exchangelabs
for date in 2015-10-12 2016-02-15; do
	quietly "$syncscope" collect import $f/*$date*.ldif $f/*$date*.json \
		--collected ${date}T06:00:00Z -o "$work/$date"
done
quietly "$syncscope" analyze "$work/2015-10-12" --policy $f/policy.json \
	-o "$work/before"
quietly "$syncscope" analyze "$work/2015-10-12" "$work/2016-02-15" \
	--policy $f/policy.json --baseline "$work/before" -o "$work/found"
printf '%s\n' 'object,wave' 'BWesselius@Exchangelabs.local,1' \
	'CvanDijk@exchangelabs.nl,2' >"$work/waves.csv"
for audience in engineer management customer; do
	quietly "$syncscope" report "$work/found" -o "$work/$audience" \
		--format html --audience $audience --customer 'Exchange Labs' \
		--notes 'For the board' --waves "$work/waves.csv"
done
try 'axe, engineer' node tests/browser/axe.mjs "$work/engineer/report.html"
for audience in management customer; do
	try "axe, $audience" node tests/browser/axe.mjs \
		"$work/$audience/report.html" light
done
try engineer node tests/browser/check.mjs "$work/found" \
	"$work/engineer/report.html"

# ---- a hostile directory ----

perl tests/hostile/Directory.pm "$work/files"
set --
for day in 0 1; do
	tenant=
	[ $day = 0 ] || tenant="users groups contacts domains"
	for section in $tenant; do
		set -- "$@" "$work/files/$section.json"
	done
	quietly "$syncscope" collect import "$work/files/ad-$day.ldif" "$@" \
		--all-attributes --collected 2016-0$((day + 1))-15 \
		-o "$work/hostile-$day"
done
quietly "$syncscope" analyze "$work/hostile-0" -o "$work/hostile-before"
quietly "$syncscope" analyze "$work/hostile-0" "$work/hostile-1" \
	--baseline "$work/hostile-before" --waivers "$work/files/waivers.json" \
	-o "$work/hostile-found"
quietly "$syncscope" report "$work/hostile-found" -o "$work/hostile-page" \
	--format html --title '<script>pwned=1</script>' \
	--customer '"><img src=x onerror=pwned=1>' --notes '${7*7}</p>'
try hostile node tests/browser/hostile.mjs "$work/hostile-found" \
	"$work/hostile-page/report.html"
try 'hostile counts' node tests/browser/check.mjs "$work/hostile-found" \
	"$work/hostile-page/report.html"
try firefox node tests/browser/firefox.mjs "$work/found" \
	"$work/engineer/report.html" "$work/hostile-found" \
	"$work/hostile-page/report.html"

# ---- 200,000 findings ----

mkdir "$work/large"
"$build/tests/bench/generate" 175000 "$work/large"
quietly "$syncscope" collect import "$work/large/ad.ldif" \
	"$work/large/users.json" -o "$work/large/all"
quietly "$syncscope" analyze "$work/large/all" \
	--policy "$work/large/policy.json" -o "$work/large/found"
quietly "$syncscope" report "$work/large/found" -o "$work/large/page" \
	--format html
try large node tests/browser/large.mjs "$work/large/found" \
	"$work/large/page/report.html"
try budget node tests/browser/budget.mjs "$work/engineer/report.html" \
	"$work/hostile-page/report.html" "$work/large/page/report.html"

try characters node tests/browser/visible.mjs
echo "1..$n"
[ "$bad" = 0 ]
