#!/bin/bash
# bench.sh SYNCSCOPE FOLDER-OF-GENERATE-AND-MEASURE: import, analyze and report
# of N AD users and N tenant users, beside cat of the same files. N="..." in
# the environment changes the sizes. Each figure is the best of three runs.
set -eu
syncscope=$1
tools=$2
sizes=${N:-1000 10000 100000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

ratio() {
	awk -v a="$1" -v b="$2" 'BEGIN { printf "%.1f", (b > 0 ? a / b : 0) }'
}

least() {
	awk -v a="$1" -v b="$2" 'BEGIN { print (a < b ? a : b) }'
}

printf '%-9s %9s %10s %10s %8s %10s %8s\n' stage users seconds MiB-peak \
	MB/s users/s 'x cat'
declare -A before
last=
for n in $sizes; do
	d=$work/$n
	mkdir "$d"
	"$tools/generate" "$n" "$d"
	bytes=$(cat "$d/ad.ldif" "$d/users.json" | wc -c)
	cat=
	for stage in cat import analyze report; do
		case $stage in
		cat) command=(cat "$d/ad.ldif" "$d/users.json") ;;
		import) command=("$syncscope" collect import "$d/ad.ldif"
			"$d/users.json" --collected 2016-01-15 -o "$d/snap") ;;
		analyze) command=("$syncscope" analyze "$d/snap"
			--policy "$d/policy.json" -o "$d/findings") ;;
		report) command=("$syncscope" report "$d/findings"
			-o "$d/report") ;;
		esac
		seconds=
		for _ in 1 2 3; do
			[ "$stage" = cat ] || rm -rf "${command[-1]}"
			sync
			out=$("$tools/measure" "${command[@]}")
			read -r now memory <<<"$out"
			seconds=$(least "$now" "${seconds:-$now}")
		done
		: "${cat:=$seconds}"
		growth=
		if [ -n "$last" ]; then
			growth="  $(ratio "$seconds" "${before[$stage]}") times"
			growth+=" the time of $last users"
		fi
		before[$stage]=$seconds
		printf '%-9s %9d %10s %10s %8.0f %10.0f %8s%s\n' "$stage" "$n" \
			"$seconds" "$memory" \
			"$(awk -v b="$bytes" -v s="$seconds" \
			'BEGIN { print b / 1e6 / s }')" \
			"$(awk -v n="$n" -v s="$seconds" 'BEGIN { print n / s }')" \
			"$(ratio "$seconds" "$cat")" "$growth"
	done
	last=$n
	rm -rf "$d"
done
