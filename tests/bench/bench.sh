#!/bin/bash
# bench.sh SYNCSCOPE FOLDER-OF-GENERATE-AND-MEASURE: every stage on N AD users
# and about as many tenant users, beside `wc -l` of the files that it reads, in
# the same round. N="..." in the environment changes the sizes, MONTHS_N that of
# the twelve months (0: without them). Each figure is the best of three rounds;
# "+ forecast" is what analyze does when nothing is said, with all rules and the
# forecast of every object, written. What it costs to work forecasts out is told
# by two runs of one rule that finds little, of which the second needs them.
set -euo pipefail
syncscope=$1
tools=$2
sizes=${N:-1000 100000 1000000}
six=primary-onmicrosoft,mail-missing,proxy-duplicate,account-missing
six+=,enabled-differs,upn-malformed
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

ratio() {
	awk -v a="$1" -v b="$2" 'BEGIN { printf "%.1f", (b > 0 ? a / b : 0) }'
}

least() {
	awk -v a="$1" -v b="$2" 'BEGIN { print (a < b ? a : b) }'
}

# What a stage reads, for the floor and the MB/s; of packed files their text.
reads() {
	case $1 in
	import) echo "$d/ad.ldif $d/users.json" ;;
	report) echo "$d/findings/findings.ndjson" ;;
	*) echo "$d/plain/ad-users.ndjson $d/plain/tenant-users.ndjson" ;;
	esac
}

command_of() {
	local analyze="$syncscope analyze --force --policy $d/policy.json"

	case $1 in
	import) echo "$syncscope collect import $(reads import) --force" \
		"--collected 2016-01-15 -o $d/plain" ;;
	six-1) echo "$analyze $d/plain -o $d/some --jobs 1 --rules $six" ;;
	six-2) echo "$analyze $d/plain -o $d/some --jobs 2 --rules $six" ;;
	load-2) echo "$analyze $d/plain -o $d/some --jobs 2" \
		"--rules displayname-missing" ;;
	foresee-2) echo "$analyze $d/plain -o $d/some --jobs 2" \
		"--rules primary-onmicrosoft-forecast" ;;
	all-2) echo "$analyze $d/plain -o $d/some --jobs 2 --rules *" ;;
	forecast-2) echo "$analyze $d/plain -o $d/findings --jobs 2" ;;
	packed) echo "$analyze $d/packed -o $d/some --jobs 2 --rules $six" ;;
	report) echo "$syncscope report $d/findings -o $d/report --force" ;;
	esac
}

titles() {
	case $1 in
	six-1) echo "six rules, 1 job" ;;
	six-2) echo "six rules, 2 jobs" ;;
	load-2) echo "one rule, 2 jobs" ;;
	foresee-2) echo "one on forecasts" ;;
	all-2) echo "all rules, 2 jobs" ;;
	forecast-2) echo "+ forecast, 2 jobs" ;;
	packed) echo "six, packed, 2 jobs" ;;
	*) echo "$1" ;;
	esac
}

# Twelve months of 100,000 users against the newest alone, and against two: CPU
# and memory, the ratios of one round.
months() {
	local d=$work/months n=${MONTHS_N:-100000} m run at out line

	mkdir "$d"
	for m in 01 02 03 04 05 06 07 08 09 10 11 12; do
		"$tools/generate" "$n" "$d" "${m#0}"
		"$syncscope" collect import "$d/ad.ldif" -o "$d/ad-$m" \
			--collected "2016-$m-15T08:00:00Z" >/dev/null
		"$syncscope" collect import "$d/users.json" \
			-o "$d/tenant-$m" \
			--collected "2016-$m-15T09:00:00Z" >/dev/null
		rm "$d/ad.ldif" "$d/users.json"
	done
	printf '%-20s %9s %8s %8s\n' "$n users, months" seconds MiB-peak \
		times
	for run in 12 11+12 all; do
		set --
		for m in 01 02 03 04 05 06 07 08 09 10 11 12; do
			case $run/$m in
			12/12|11+12/1[12]|all/*)
				set -- "$@" "$d/ad-$m" "$d/tenant-$m" ;;
			esac
		done
		read -r at out <<<"$("$tools/measure" "$syncscope" analyze \
			"$@" --policy "$d/policy.json" --force --jobs 2 \
			-o "$d/findings" 2>/dev/null)"
		[ "$run" != 12 ] || line=$at
		printf '%-20s %9s %8s %8s\n' "$run" "$at" "$out" \
			"$(ratio "$at" "$line")"
	done
	rm -rf "$d"
}

set -f
stages="import load-2 foresee-2 six-1 six-2 all-2 forecast-2 packed report"
declare -A before best peak
for n in $sizes; do
	d=$work/$n
	mkdir "$d"
	"$tools/generate" "$n" "$d"
	"$syncscope" collect import "$d/ad.ldif" "$d/users.json" --compress \
		--collected 2016-01-15 -o "$d/packed" >/dev/null
	for stage in $stages; do
		best[$stage]= best[wc-$stage]=
		for _ in 1 2 3; do
			set -- $(reads "$stage")
			cat "$@" >/dev/null
			read -r t m <<<"$("$tools/measure" wc -l "$@")"
			best[wc-$stage]=$(least "$t" "${best[wc-$stage]:-$t}")
			read -r t m <<<"$("$tools/measure" \
				$(command_of "$stage"))"
			best[$stage]=$(least "$t" "${best[$stage]:-$t}")
			peak[$stage]=$m
		done
	done
	objects=$(cat $(reads six-1) | wc -l)
	printf '%-20s %9s %8s %8s %10s %8s %8s\n' "$n users" seconds \
		MiB-peak MB/s objects/s 'x wc -l' growth
	for stage in $stages; do
		bytes=$(cat $(reads "$stage") | wc -c)
		growth=-
		[ -z "${before[$stage]:-}" ] ||
			growth=$(ratio "${best[$stage]}" "${before[$stage]}")
		before[$stage]=${best[$stage]}
		printf '%-20s %9s %8s %8.0f %10.0f %8s %8s\n' \
			"$(titles "$stage")" "${best[$stage]}" \
			"${peak[$stage]}" \
			"$(ratio "$(ratio "$bytes" 1e6)" "${best[$stage]}")" \
			"$(ratio "$objects" "${best[$stage]}")" \
			"$(ratio "${best[$stage]}" "${best[wc-$stage]}")" \
			"$growth"
	done
	awk -v one="${best[six-1]}" -v two="${best[six-2]}" \
		-v peak="${peak[forecast-2]}" -v n="$objects" 'BEGIN {
		printf "2 jobs against 1: %.2f; %.0f bytes an object at the ", \
			one / two, peak * 1048576 / n
		print "peak of all rules and forecast" }'
	awk -v load="${best[load-2]}" -v all="${best[foresee-2]}" 'BEGIN {
		printf "forecasting adds %.2f of what loading costs\n\n", \
			(all - load) / load }'
	rm -rf "$d"
done
[ "${MONTHS_N:-}" = 0 ] || months
