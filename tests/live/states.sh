#!/bin/sh
# Makes the states of fixtures/exchange again: each of an Active Directory of
# its own, as states.pl fills it, exported as an administrator would.
#
#   states.sh [STATE]...           default: all
#
# The tenant's files beside the exports are not touched: they hold by the GUIDs
# of states.pl. SIDs, times and other GUIDs are new, so there is a difference
# each time, and asOf in tests/exchange-states has to follow.
#
# What Windows and Samba fill by themselves, 2 MB of display specifiers and the
# like, is cut out of the exports, and the numbers at their end say so.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
fixtures=$here/../../fixtures/exchange
work=$(mktemp -d /tmp/st.XXXXXX)
trap '"$here/samba.sh" down "$work/ad" --kill >/dev/null 2>&1; rm -rf "$work"' EXIT
noise='CN=(DisplaySpecifiers|Extended-Rights|ForestUpdates|Physical Locations)'
noise="$noise,CN=Configuration,|,CN=(System|Builtin),DC="
# Of the schema these are left, and what its version is told by.
schema='Schema|ms-Exch-Schema-Version-Pt|E-mail-Addresses|Proxy-Addresses
	ms-Exch-Mail-Nickname|ms-Exch-Target-Address|Legacy-Exchange-DN
	ms-Exch-Extension-Attribute-1|ms-Exch-Home-MDB|ms-Exch-Mailbox-Guid
	ms-Exch-Recipient-Type-Details|ms-Exch-Recipient-Display-Type
	ms-Exch-Remote-Recipient-Type|ms-Exch-Hide-From-Address-Lists
	ms-Exch-Archive-GUID|ms-Exch-User-Hold-Policies
	ms-Exch-Public-Delegates|MS-DS-Consistency-Guid
	ms-DS-External-Directory-Object-Id|ms-DS-cloudExtensionAttribute1'
schema="CN=($(echo $schema | tr ' ' '|')),"

# The domain as DIR/base has it, running.
restore() {
	"$here/samba.sh" down "$work/ad"
	rm -rf "$work/ad/private"
	cp -a "$work/$1" "$work/ad/private"
	"$here/samba.sh" start "$work/ad"
}

keep() {
	"$here/samba.sh" down "$work/ad"
	cp -a "$work/ad/private" "$work/$1"
}

search() {
	LDAPTLS_CACERT=$AD_CA_FILE ldapsearch -x -H "ldaps://$AD_ADDR" \
		-D "$AD_ADMIN" -y "$AD_ADMIN_PW_FILE" -E pr=1000/noprompt "$@"
}

# trim NOISE [KEPT]: without the entries whose name matches the one, and of
# those that do not match the other.
trim() {
	awk -v noise="$1" -v kept="${2-}" '
	BEGIN { RS = ""; ORS = "\n\n" }
	{
		name = $0
		gsub(/\n /, "", name)
		sub(/^# [^\n]*\n/, "", name)
	}
	sub(/^dn: /, "", name) {
		sub(/\n.*/, "", name)
		if (name ~ noise || kept && name !~ "^" kept) { cut++; next }
	}
	/^# numResponses: / {
		ORS = "\n"
		n = split($0, lines, "\n")
		for (i = 1; i <= n; i++) {
			at = match(lines[i], /(Responses|Entries): /) + RLENGTH
			if (RSTART)
				lines[i] = substr(lines[i], 1, at - 1) \
					(substr(lines[i], at) - cut)
			print lines[i]
		}
		next
	}
	{ print }'
}

exports() {
	mkdir -p "$fixtures/$1"
	search -b "$AD_ROOT" '(objectClass=*)' | trim "$noise" \
		>"$fixtures/$1/domain.ldif"
	search -b "CN=Configuration,$AD_ROOT" '(objectClass=*)' |
		trim "$noise" >"$fixtures/$1/configuration.ldif"
	search -b "CN=Schema,CN=Configuration,$AD_ROOT" '(objectClass=*)' |
		trim "$noise" "$schema" >"$fixtures/$1/schema.ldif"
}

"$here/samba.sh" up "$work/ad"
. "$work/ad/env"
keep plain
"$here/samba.sh" load "$work/ad" "$here/exchange-schema.ldif"
keep extended
for state in ${*:-green-field schema-only servers tools-only cloud-managed}; do
	base=extended
	[ "$state" != green-field ] || base=plain
	restore $base
	"$here/states.pl" "$state" >"$work/state.ldif"
	"$here/samba.sh" load "$work/ad" "$work/state.ldif"
	exports "$state"
done
