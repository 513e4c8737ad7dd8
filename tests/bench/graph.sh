#!/bin/bash
# graph.sh SYNCSCOPE FOLDER-OF-MEASURE: collecting a tenant of USERS (100000)
# and GROUPS (2000) from a local server that takes 8 ms for a request, beside
# one curl that asks for the same pages one after the other on one connection,
# knowing their addresses beforehand. In each round both; the best of three.
set -euo pipefail
syncscope=$(realpath "$1")
measure=$(realpath "$2")/measure
users=${USERS:-100000} groups=${GROUPS_:-2000}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d /tmp/bench.XXXXXX)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT
cd "$work"

certificate() {
	openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 \
		-addext subjectAltName=IP:127.0.0.1 -keyout key.pem \
		-out cert.pem 2>/dev/null
	echo sesame >secret
}

# serve USERS GROUPS
serve() {
	[ -z "$server" ] || kill "$server"
	rm -f ready
	node "$here/../live/graph/tenant.mjs" --key key.pem --cert cert.pem \
		--ready ready --latency 8 --users "$1" --groups "$2" \
		--members 100 &
	server=$!
	until [ -s ready ]; do sleep 0.1; done
	url=$(head -1 ready)
	token=$(curl -sS --cacert cert.pem -d client_secret=sesame \
		"$url/x/oauth2/v2.0/token" |
		sed 's/.*"access_token":"\([^"]*\)".*/\1/')
}

collect() {
	echo "$syncscope collect tenant --tenant x --client-id y" \
		"--secret-file secret --login-url $url --graph-url $url" \
		"--ca-file cert.pem -q --force -o snapshot $*"
}

# The addresses of all pages that the program asked for, for curl.
addresses() {
	curl -sS "$(tail -1 ready)/log" |
		sed -n 's/.*"method":"GET","url":"\([^"]*\)".*/\1/p' |
		grep "$1" | while read -r path; do
		printf 'url="%s%s"\noutput=/dev/null\n' "$url" "$path"
	done >"$2"
	grep -c ^url "$2"
}

# The best of what was measured: seconds and MiB.
best() {
	sort -n "$1" | head -1
}

# compare NAME PATTERN: rounds of both.
compare() {
	curl -sS "$(tail -1 ready)/forget" >/dev/null
	$(collect) >/dev/null
	pages=$(addresses "$2" pages)
	rm -f ours theirs
	for round in 1 2 3; do
		$measure $(collect) >>ours
		$measure curl -sS --http1.1 --cacert cert.pem --compressed \
			-H "Authorization: Bearer $token" -K pages >>theirs
	done
	read -r slow memory <<<"$(best theirs)"
	printf '%-28s %10s %10s %10s %7s\n' "$1, curl" "$pages" "$slow" \
		"$memory" 1.0
	read -r fast memory <<<"$(best ours)"
	printf '%-28s %10s %10s %10s %7.1f\n' "$1, syncscope" "$pages" "$fast" \
		"$memory" "$(awk -v a="$slow" -v b="$fast" \
		'BEGIN { print a / b }')"
}

certificate
printf '%-28s %10s %10s %10s %7s\n' 'latency 8 ms' pages seconds MiB-peak times
serve 200 "$groups"
compare "$groups groups' members" '/members?'
serve "$users" "$groups"
compare "$users users and all" .
