#!/bin/sh
# A directory as large as one likes, for tests of scale and of limits:
# OpenLDAP's slapd with a schema that looks like Active Directory's.
#
#   slapd.sh up DIR USERS       makes it and starts it
#   slapd.sh down DIR [--kill]  stops it; DIR stays
#   slapd.sh start DIR          again, after down, on the same ports
#   . DIR/env                   addresses, the account, files
#
# Unlike Samba it refuses what Active Directory refuses: more than 1,000
# entries without pages (result 4, with the first 1,000), and also pages of
# more than 1,000 (result 11; Active Directory would cut them). Anonymous
# clients see the root DSE only. No ranges, no tombstones, no Kerberos.
# objectCategory is a plain string, as in (objectCategory=person).
#
# Everything is below DIR, which must not exist or be empty. Status 3: slapd,
# ldap-utils or openssl is not installed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/common.sh"
base=DC=scale,DC=test
reader=CN=reader,$base
limits='size.soft=1000 size.hard=1000 size.pr=1000 size.prtotal=unlimited'

usage() {
	sed -n '/^#   slapd/s/^#  //p' "$0" >&2
	exit 2
}

# Kind and name of each attribute; "+" may have several values. The object
# identifiers are of the arc for experiments.
attributes() {
	awk '
	BEGIN {
		s = "1.3.6.1.4.1.1466.115.121.1."
		kind["text"] = "EQUALITY caseIgnoreMatch" \
			" SUBSTR caseIgnoreSubstringsMatch SYNTAX " s "15"
		kind["number"] = "EQUALITY integerMatch" \
			" ORDERING integerOrderingMatch SYNTAX " s "27"
		kind["time"] = "EQUALITY generalizedTimeMatch" \
			" ORDERING generalizedTimeOrderingMatch SYNTAX " s "24"
		kind["octets"] = "EQUALITY octetStringMatch SYNTAX " s "40"
		kind["dn"] = "EQUALITY distinguishedNameMatch SYNTAX " s "12"
		kind["truth"] = "EQUALITY booleanMatch SYNTAX " s "7"
	}
	{
		for (i = 2; i <= NF; i++) {
			single = sub(/\+$/, "", $i) ? "" : " SINGLE-VALUE"
			print "attributetype ( 1.1.2.1." ++n " NAME \047" $i \
				"\047 " kind[$1] single " )"
		}
	}' <<-'END'
	text dc ou sn givenName displayName sAMAccountName userPrincipalName
	text mail mailNickname proxyAddresses+ targetAddress legacyExchangeDN
	text department company title telephoneNumber objectCategory
	text extensionAttribute1 extensionAttribute2 extensionAttribute3
	text uPNSuffixes+ dnsHostName supportedCapabilities+
	text domainFunctionality
	number userAccountControl pwdLastSet uSNCreated uSNChanged groupType
	number highestCommittedUSN
	time whenCreated whenChanged
	octets objectGUID objectSid replPropertyMetaData
	dn manager member+ memberOf+
	dn defaultNamingContext rootDomainNamingContext
	dn configurationNamingContext schemaNamingContext
	truth isDeleted
	END
}

# class NAME PARENT ATTRIBUTE...
class() {
	c=$((c + 1))
	name=$1 parent=$2
	shift 2
	echo "objectclass ( 1.1.2.2.$c NAME '$name' SUP $parent STRUCTURAL"
	echo "	MAY ( $(echo "$@" | sed 's/ / $ /g') ) )"
}

classes() {
	c=0
	any='cn name description objectGUID objectSid objectCategory
		whenCreated whenChanged uSNCreated uSNChanged isDeleted
		replPropertyMetaData displayName memberOf sAMAccountName'
	mail='mail mailNickname proxyAddresses targetAddress legacyExchangeDN
		extensionAttribute1 extensionAttribute2 extensionAttribute3'
	class domainDNS top dc $any
	class organizationalUnit top ou $any
	class container top uPNSuffixes $any
	class group top member groupType manager $any $mail
	class person top sn givenName telephoneNumber $any
	class organizationalPerson person department company title manager \
		$mail
	class contact organizationalPerson cn
	class user organizationalPerson userPrincipalName userAccountControl \
		pwdLastSet userPassword
	class computer user cn
}

conf() {
	cat <<-END
	include $dir/schema
	modulepath /usr/lib/ldap
	moduleload back_mdb
	TLSCACertificateFile $dir/ca.pem
	TLSCertificateFile $dir/server.pem
	TLSCertificateKeyFile $dir/server.key
	rootDSE $dir/rootdse
	access to dn.base="" by * read
	access to attrs=userPassword by anonymous auth by * none
	access to * by dn.exact="$reader" read by anonymous auth by * none
	database mdb
	suffix $base
	directory $dir/db
	maxsize $((users * 10000 + 100000000))
	limits dn.exact="$reader" $limits
	index objectClass,objectCategory,uSNChanged,sAMAccountName eq
	index mail,objectGUID eq
	END
}

# What a client looks at to know Active Directory by.
root_dse() {
	cat <<-END
	dn:
	defaultNamingContext: $base
	rootDomainNamingContext: $base
	configurationNamingContext: CN=Configuration,$base
	schemaNamingContext: CN=Schema,CN=Configuration,$base
	dnsHostName: localhost
	highestCommittedUSN: $((5000 + users))
	domainFunctionality: 7
	supportedCapabilities: 1.2.840.113556.1.4.800
	supportedCapabilities: 1.2.840.113556.1.4.1670
	END
}

free_ports() {
	perl -MIO::Socket::INET -e 'push @s, IO::Socket::INET->new(Listen => 1,
		LocalAddr => "127.0.0.1") for 1, 2;
		print join(" ", map { $_->sockport } @s), "\n"'
}

write_env() {
	var LDAP_URI "ldap://127.0.0.1:$1"
	var LDAPS_URI "ldaps://127.0.0.1:$2"
	var LDAP_CA_FILE "$dir/ca.pem"
	var LDAP_BASE "$base"
	var LDAP_USER "$reader"
	var LDAP_PW_FILE "$dir/reader.pw"
	var LDAP_PID_FILE "$dir/slapd.pid"
}

answers() {
	ldapsearch -x -H "$LDAP_URI" -o nettimeout=2 -s base -b '' \
		defaultNamingContext
}

start() {
	. "$dir/env"
	! ours "$LDAP_PID_FILE" "$dir" || return 0
	slapd -f "$dir/slapd.conf" -h "$LDAP_URI $LDAPS_URI" -d 0 \
		</dev/null >>"$dir/log" 2>&1 &
	echo $! >"$LDAP_PID_FILE"
	await 100 running || {
		stop "$LDAP_PID_FILE" "$dir" KILL
		return 1
	}
}

# An answer alone could be that of another who was quicker to get the port.
running() {
	answers && ours "$LDAP_PID_FILE" "$dir"
}

up() {
	users=$1
	[ -z "$(ls -A "$dir" 2>/dev/null)" ] || die "$dir is not empty"
	mkdir -p "$dir/db"
	password >"$dir/reader.pw"
	new_ca "$dir" ca
	new_cert "$dir" server localhost DNS:localhost,IP:127.0.0.1 30
	{ attributes; classes; } >"$dir/schema"
	root_dse >"$dir/rootdse"
	conf >"$dir/slapd.conf"
	perl "$here/slapd-users.pl" "$users" "$base" \
		"$(cat "$dir/reader.pw")" |
		slapadd -q -f "$dir/slapd.conf" >"$dir/log" 2>&1 ||
		die "slapadd fails: see $dir/log"
	for try in 1 2 3; do
		write_env $(free_ports) >"$dir/env"
		if start; then
			return
		fi
	done
	die "does not answer: see $dir/log"
}

[ $# -ge 2 ] || usage
verb=$1
dir=$(realpath -m "$2")
shift 2
need slapd slapadd ldapsearch openssl perl
case $verb in
up)
	[ $# -eq 1 ] || usage
	up "$1";;
start)
	[ -e "$dir/env" ] || die "$dir has no directory"
	start || die "does not answer: see $dir/log";;
down)
	[ -e "$dir/env" ] || die "$dir has no directory"
	. "$dir/env"
	signal=TERM
	[ "${1:-}" != --kill ] || signal=KILL
	stop "$LDAP_PID_FILE" "$dir" $signal;;
*)
	usage;;
esac
