#!/bin/bash
# peers.sh SYNCSCOPE TOOLS NODE_MODULES: the same six rules over the same
# snapshot in syncscope, DuckDB, Python, Node and jq, each beside `wc -l` of the
# files in the same round. All must find the same objects. N="..." changes the
# sizes; the slow ones stop at SLOW users (100000).
set -euo pipefail
syncscope=$1
tools=$2
modules=$3
here=$(dirname "$0")/peers
sizes=${N:-100000 1000000}
slow=${SLOW:-100000}
rounds=${ROUNDS:-3}
rules=primary-onmicrosoft,mail-missing,proxy-duplicate,account-missing
rules+=,enabled-differs,upn-malformed
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/duckdb.mjs" "$work/"
ln -s "$modules" "$work/node_modules"

way() {
	case $1 in
	wc) wc -l "$s/ad-users.ndjson" "$s/tenant-users.ndjson" ;;
	syncscope-*) "$syncscope" analyze "$s" --policy "$p" --rules $rules \
		--jobs "${1#*-}" -o "$d/findings" --force || [ $? = 3 ] ;;
	duckdb-*) node "$work/duckdb.mjs" "$s" "$p" "${1#*-}" "$d/$1" ;;
	python-*) /usr/bin/python3 "$here/python.py" "${1#*-}" "$s" "$p" "$d/$1" ;;
	node) node "$here/node.mjs" "$s" "$p" "$d/$1" ;;
	jq) jq -n -r --slurpfile policy "$p" -f "$here/rules.jq" \
		"$s/tenant-users.ndjson" "$s/ad-users.ndjson" >"$d/$1" ;;
	esac
}
export -f way
export here syncscope rules work

ratio() {
	awk -v a="$1" -v b="$2" 'BEGIN { printf "%.1f", (b > 0 ? a / b : 0) }'
}

least() {
	awk -v a="$1" -v b="$2" 'BEGIN { print (a < b ? a : b) }'
}

for n in $sizes; do
	export d=$work/$n s=$work/$n/snapshot p=$work/$n/policy.json
	mkdir "$d"
	"$tools/generate" "$n" "$d"
	"$syncscope" collect import "$d/ad.ldif" "$d/users.json" -o "$s" \
		--collected 2016-01-15 >/dev/null
	rm "$d/ad.ldif" "$d/users.json"
	ways="wc syncscope-1 syncscope-2 duckdb-1 duckdb-2 node python-json"
	! /usr/bin/python3 -c 'import orjson' 2>/dev/null ||
		ways+=" python-orjson"
	[ "$n" -gt "$slow" ] || ways+=" jq"
	declare -A best=() peak=()
	for round in $(seq "$rounds"); do
		for w in $ways; do
			# What takes long is measured once.
			if [ "$round" -gt 1 ] && awk -v t="${best[$w]}" \
				'BEGIN { exit !(t > 15) }'; then
				continue
			fi
			cat "$s"/*.ndjson >/dev/null
			read -r t m <<<"$("$tools/measure" bash -c "way $w")"
			best[$w]=$(least "$t" "${best[$w]:-$t}")
			peak[$w]=$m
		done
	done
	/usr/bin/python3 "$here/findings.py" "$d/findings" "$d/ours"
	printf '%-14s %9s %9s %9s %8s %12s %9s\n' "$n users" seconds MiB-peak \
		'x wc -l' 'x ours' 'memory/ours' findings
	for w in $ways; do
		threads=1
		[ "$w" != duckdb-2 ] || threads=2
		count=-
		case $w in
		wc) ;;
		syncscope-*) count=$(wc -l <"$d/ours") ;;
		*)
			sort -u -o "$d/$w" "$d/$w"
			count=$(wc -l <"$d/$w")
			if ! cmp -s "$d/$w" <(sort "$d/ours"); then
				echo "$w found other objects:"
				diff "$d/$w" <(sort "$d/ours") | head -20
				exit 1
			fi
			;;
		esac
		printf '%-14s %9s %9s %9s %8s %12s %9s\n' "$w" "${best[$w]}" \
			"${peak[$w]}" "$(ratio "${best[$w]}" "${best[wc]}")" \
			"$(ratio "${best[$w]}" "${best[syncscope-$threads]}")" \
			"$(ratio "${peak[$w]}" "${peak[syncscope-$threads]}")" \
			"$count"
	done
	echo "all ways found the same objects"
	echo
	rm -rf "$d"
done
