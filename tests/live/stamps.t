#!/bin/sh
# Where replPropertyMetaData is hidden, the stamps that the server computes are
# read in its place. Samba computes none, so slapd holds them as plain values.
here=$(cd "$(dirname "$0")" && pwd)
syncscope=${SYNCSCOPE:-$here/../../build/syncscope}
work=$(mktemp -d /tmp/lt.XXXXXX)
trap '"$here/slapd.sh" down "$work/sl" >/dev/null 2>&1; rm -rf "$work"' EXIT
n=0

check() {
	n=$((n + 1))
	if [ "$2" = "$3" ]; then
		echo "ok $n - $1"
	else
		printf 'not ok %s - %s\n# want %s\n# have %s\n' "$n" "$1" "$3" \
			"$2"
	fi
}

# The schema gets the attribute, which any class may then have.
hide_stamps() {
	conf=$work/sl/slapd.conf
	sed -i '/^access to \* /i access to attrs=replPropertyMetaData by * none' \
		"$conf"
	echo 'attributetype ( 1.1.2.9.1 NAME '\''msDS-ReplAttributeMetaData'\'' SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )' \
		>>"$work/sl/schema"
	for dn in "$1" "$2"; do
		printf 'dn: %s\nchangetype: modify\nadd: objectClass\n' "$dn"
		printf 'objectClass: extensibleObject\n-\n'
		printf 'add: msDS-ReplAttributeMetaData\n'
		printf 'msDS-ReplAttributeMetaData:: %s\n\n' "$(base64 -w0 <<-'END'
		<DS_REPL_ATTR_META_DATA>
			<pszAttributeName>userAccountControl</pszAttributeName>
			<dwVersion>4</dwVersion>
			<ftimeLastOriginatingChange>2015-10-02T09:14:03Z</ftimeLastOriginatingChange>
		</DS_REPL_ATTR_META_DATA>
		END
		)"
	done | /usr/sbin/slapmodify -f "$conf"
}

echo 1..4
"$here/slapd.sh" up "$work/sl" 20 >/dev/null || exit 1
. "$work/sl/env"
user=$(LDAPTLS_CACERT=$LDAP_CA_FILE ldapsearch -LLL -x -o ldif-wrap=no \
	-H "$LDAPS_URI" -D "$LDAP_USER" -y "$LDAP_PW_FILE" -E pr=100/noprompt \
	-b "$LDAP_BASE" '(sAMAccountName=user7)' 1.1 | sed -n 's/^dn: //p')
"$here/slapd.sh" down "$work/sl" >/dev/null
hide_stamps "$LDAP_BASE" "$user"
"$here/slapd.sh" start "$work/sl" >/dev/null
"$syncscope" collect ad --server "$LDAPS_URI" --ca-file "$LDAP_CA_FILE" \
	--user "$LDAP_USER" --password-file "$LDAP_PW_FILE" -q -o "$work/s" \
	>/dev/null
check "deleted objects are not there" $? 3
users=$work/s/ad-users.ndjson
check "the hidden stamps are not there" \
	"$(grep -c replPropertyMetaData "$users")" 0
check "the computed ones are" \
	"$(grep -c '2015-10-02T09:14:03Z' "$users")" 1
check "and the manifest says which" \
	"$(grep -c 'msDS-ReplAttributeMetaData' "$work/s/manifest.json")" 7
