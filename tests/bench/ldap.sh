#!/bin/bash
# ldap.sh SYNCSCOPE FOLDER-OF-MEASURE: collecting a directory of N users
# (100000) from slapd over TLS, with all else that "collect ad" reads, beside
# ldapsearch, which reads the same attributes of the users alone. In each round
# both; the best of three.
set -euo pipefail
syncscope=$(realpath "$1")
measure=$(realpath "$2")/measure
n=${N:-100000}
here=$(cd "$(dirname "$0")" && pwd)
live=$here/../live
work=$(mktemp -d /tmp/bench.XXXXXX)
trap '"$live/slapd.sh" down "$work/slapd" >/dev/null 2>&1; rm -rf "$work"' EXIT

"$live/slapd.sh" up "$work/slapd" "$n"
. "$work/slapd/env"
export LDAPTLS_CACERT=$LDAP_CA_FILE

collect() {
	echo "$syncscope collect ad --server $LDAPS_URI --base $LDAP_BASE" \
		"--ca-file $LDAP_CA_FILE --user $LDAP_USER" \
		"--password-file $LDAP_PW_FILE -q --force -o $work/snapshot $*"
}

attributes() {
	perl -0777 -ne 'print join " ", grep { $_ ne "dn" } $1 =~ /"([^"]+)"/g
		if /"ad\.users".*?"attributes":\s*\[(.*?)\]/s' \
		"$work/snapshot/manifest.json"
}

search() {
	echo "ldapsearch -LLL -x -H $LDAPS_URI -D $LDAP_USER" \
		"-y $LDAP_PW_FILE -E pr=1000/noprompt -b $LDAP_BASE" \
		"(&(objectCategory=person)(objectClass=user)) $(attributes)"
}

# The best of what was measured: seconds and MiB.
best() {
	sort -n "$work/$1" | head -1
}

$(collect) >/dev/null || [ $? = 3 ]
for round in 1 2 3; do
	$measure $(collect) >>"$work/syncscope"
	$measure sh -c 'exec "$@" >'"$work/search.ldif" - $(search) \
		>>"$work/ldapsearch"
done
printf '%-12s %10s %10s %10s\n' "$n users" seconds MiB-peak ratio
read -r theirs memory <<<"$(best ldapsearch)"
printf '%-12s %10s %10s %10s\n' ldapsearch "$theirs" "$memory" 1.00
read -r ours memory <<<"$(best syncscope)"
printf '%-12s %10s %10s %10.2f\n' syncscope "$ours" "$memory" \
	"$(awk -v a="$ours" -v b="$theirs" 'BEGIN { print a / b }')"
