#!/bin/sh
# A real Active Directory on a loopback address, for tests: one process of
# Samba's domain controller, with LDAP, Kerberos, NTLM and DNS.
#
#   samba.sh up DIR [--exchange] [--realm REALM] [--domain NETBIOS]
#            [--host NAME] [--mail DOMAIN] [--seed FILE]...
#   samba.sh down DIR [--kill]     stops it; DIR stays
#   samba.sh start DIR             again, after down
#   samba.sh load DIR FILE...      writes LDIF offline, also while it runs
#   . DIR/env                      addresses, accounts, files
#
# Everything is below DIR, which must not exist or be empty, and may not have
# a long name (sockets are in it); remove it after "down". Ports cannot be
# moved: each DIR gets its own address 127.77.x.y, with 53, 88, 389, 464, 636,
# 3268 and 3269. Status 3: a package is missing. Debian's are samba-ad-dc
# samba-ad-provision ldb-tools ldap-utils krb5-user openssl faketime, and for
# clients libsasl2-modules-gssapi-mit gss-ntlmssp libnss-wrapper
# libresolv-wrapper.
#
# Clients that go by name and find the server by its SRV records need
#   LD_PRELOAD='libnss_wrapper.so libresolv_wrapper.so'
# with NSS_WRAPPER_HOSTS and RESOLV_WRAPPER_CONF from DIR/env, exported; for
# Kerberos KRB5_CONFIG, and KRB5_CLIENT_KTNAME=$AD_KEYTAB or a kinit -k -t
# "$AD_KEYTAB"; for NTLM NTLM_USER_FILE.
#
# LDIF files may hold @ROOTDN@ @CONFIGDN@ @SCHEMADN@ @DNSDOMAIN@ @MAILDOM@.
# A line "#@step" begins a new transaction; "#@time 2015-06-01 12:00:00" too,
# and sets the clock (UTC) for it and all after it: whenCreated, pwdLastSet and
# the replication stamps follow. "#@ OPTION" gives ldbmodify an option for the
# transaction, as in "#@ --relax".
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/common.sh"

usage() {
	sed -n '/^#   samba/s/^#  //p' "$0" >&2
	exit 2
}

options() {
	exchange= realm=EXCHANGELABS.LOCAL domain=EXCHANGELABS host=dc1
	mail=exchangelabs.nl
	: >"$dir/seeds"
	while [ $# -gt 0 ]; do
		case $1 in
		--exchange) exchange=yes; shift; continue;;
		--realm|--domain|--host|--mail|--seed) [ $# -ge 2 ] || usage;;
		*) usage;;
		esac
		case $1 in
		--realm) realm=$(echo "$2" | tr a-z A-Z);;
		--domain) domain=$(echo "$2" | tr a-z A-Z);;
		--host) host=$2;;
		--mail) mail=$2;;
		--seed) realpath "$2" >>"$dir/seeds";;
		esac
		shift 2
	done
	dns=$(echo "$realm" | tr A-Z a-z)
	fqdn=$host.$dns
	root=DC=$(echo "$dns" | sed 's/\./,DC=/g')
}

# Whether nobody listens at any of the ports that samba will want there.
free_address() {
	perl -MIO::Socket::INET -e 'for (53, 88, 389, 464, 636, 3268, 3269) {
		push @s, IO::Socket::INET->new(LocalAddr => $ARGV[0],
			LocalPort => $_, Listen => 1, ReuseAddr => 1) || exit 1
	}' "$1"
}

# The folder decides where to begin, so that suites side by side do not meet.
pick_address() {
	i=0
	h=$(number_of "$dir")
	while [ $i -lt 40 ]; do
		addr=127.77.$((h / 250 % 250 + 1)).$(((h + i) % 250 + 1))
		free_address "$addr" && return
		i=$((i + 1))
	done
	die "no free address for ports 53, 88, 389 and 636"
}

smb_conf() {
	cat <<-END
	[global]
	realm = $realm
	workgroup = $domain
	netbios name = $(echo "$host" | tr a-z A-Z)
	server role = active directory domain controller
	server services = ldap kdc dns
	interfaces = $addr/8
	bind interfaces only = yes
	dns forwarder =
	allow dns updates = disabled
	log file = $dir/log/samba
	private dir = $dir/private
	state directory = $dir/state
	cache directory = $dir/cache
	lock directory = $dir/lock
	pid directory = $dir/run
	ncalrpc dir = $dir/run/ncalrpc
	binddns dir = $dir/run/binddns
	winbindd socket directory = $dir/run/winbindd
	ntp signd socket directory = $dir/run/ntp
	tls enabled = yes
	tls cafile = $dir/tls/ca.pem
	tls certfile = $dir/tls/server.pem
	tls keyfile = $dir/tls/server.key
	ldap server require strong auth = allow_sasl_over_tls
	dsdb:schema update allowed = yes
	ldb:nosync = yes
	[sysvol]
	path = $dir/state/sysvol
	read only = no
	[netlogon]
	path = $dir/state/sysvol/$dns/scripts
	read only = no
	END
}

# The bad ones have everything right but the one thing.
certificates() {
	names=DNS:$fqdn,IP:$addr
	new_ca "$dir/tls" ca
	new_ca "$dir/tls" other-ca "$names"
	new_cert "$dir/tls" server "$fqdn" "$names" 30
	new_cert "$dir/tls" bad-expired "$fqdn" "$names" -1
	new_cert "$dir/tls" bad-name other.example.test \
		DNS:other.example.test 30
}

# Hosts' files with a KDC by address: no resolver is asked, no cache is left
# in /tmp.
client_files() {
	cat >"$dir/krb5.conf" <<-END
	[libdefaults]
	default_realm = $realm
	default_ccache_name = FILE:$dir/krb5cc
	dns_lookup_realm = false
	dns_lookup_kdc = false
	dns_canonicalize_hostname = false
	rdns = false
	udp_preference_limit = 1
	[realms]
	$realm = {
	kdc = $addr:88
	kpasswd_server = $addr:464
	}
	[domain_realm]
	.$dns = $realm
	$dns = $realm
	END
	echo "$addr $fqdn $host" >"$dir/hosts"
	echo "nameserver $addr" >"$dir/resolv.conf"
	echo "$domain:svc-audit:$(cat "$dir/svc-audit.pw")" >"$dir/ntlm"
}

# Samba's own tool, but without NT ACLs on sysvol: they need a privilege that
# containers lack, and nobody reads sysvol here.
tool() {
	timeout "$limit" /usr/bin/python3 - "$@" --configfile="$dir/smb.conf" \
		>>"$dir/log/tool" 2>&1 <<-'END'
	import sys
	import samba.provision
	from samba.netcmd.main import cmd_sambatool
	samba.provision.setsysvolacl = lambda *args, **more: None
	command = cmd_sambatool()
	sys.exit(command._run("samba-tool", *sys.argv[1:]))
	END
}

provision() {
	limit=90
	tool domain provision --realm="$realm" --domain="$domain" \
		--host-name="$host" --host-ip="$addr" --server-role=dc \
		--adminpass="$(cat "$dir/administrator.pw")" \
		--dns-backend=SAMBA_INTERNAL --use-rfc2307 \
		--backend-store=tdb --quiet
}

utf16() {
	printf '"%s"' "$(cat "$dir/$1.pw")" | iconv -t UTF-16LE | base64 -w0
}

account() {
	cat <<-END
	dn: CN=$1,CN=Users,$root
	objectClass: user
	sAMAccountName: $1
	userPrincipalName: $1@$dns
	description: $2
	userAccountControl: 66048
	unicodePwd:: $(utf16 "$1")

	END
}

# The server registers its names for Kerberos by a service that does not run.
accounts() {
	account_ldif >"$dir/ldif"
	ldb_write "$dir/ldif"
}

account_ldif() {
	account svc-audit 'reads what everybody may read'
	account svc-sync 'reads changes and deleted objects'
	cat <<-END
	dn: CN=$host,OU=Domain Controllers,$root
	changetype: modify
	add: servicePrincipalName
	END
	for name in "$fqdn" "$host" "$addr"; do
		echo "servicePrincipalName: ldap/$name"
	done
	echo "servicePrincipalName: ldap/$fqdn/$dns"
	echo "servicePrincipalName: GC/$fqdn/$dns"
	echo -
}

ldb_value() {
	ldbsearch --configfile="$dir/smb.conf" -H "$dir/private/sam.ldb" \
		--show-deleted -s base -b "$1" "$2" 2>/dev/null |
		sed -e ':a' -e '$!N;s/\n //;ta' -e 'P;D' |
		sed -n "s/^$2: //p"
}

# Replicating Directory Changes on the domain, and a look into the bin, which
# samba-tool cannot see.
rights() {
	sid=$(ldb_value "CN=svc-sync,CN=Users,$root" objectSid)
	bin="CN=Deleted Objects,$root"
	cat >"$dir/ldif" <<-END
	dn: $bin
	changetype: modify
	replace: nTSecurityDescriptor
	nTSecurityDescriptor: $(ldb_value "$bin" nTSecurityDescriptor |
		sed "s/)S:.*/)/; s/\$/(A;;LCRPLORC;;;$sid)/")
	END
	limit=30
	ldb_write "$dir/ldif" --show-deleted &&
		tool dsacl set -H "$dir/private/sam.ldb" --objectdn="$root" \
		--sddl="(OA;;CR;1131f6aa-9c07-11d1-f79f-00c04fc2dcd2;;$sid)"
}

keytab() {
	limit=30
	for name in administrator svc-audit svc-sync; do
		tool domain exportkeytab "$dir/keytab" \
			--principal="$name@$realm" || return 1
	done
}

write_env() {
	var AD_ADDR "$addr"
	var AD_HOST "$fqdn"
	var AD_REALM "$realm"
	var AD_DOMAIN "$domain"
	var AD_DNS_DOMAIN "$dns"
	var AD_MAIL_DOMAIN "$mail"
	var AD_EXCHANGE "$exchange"
	var AD_ROOT "$root"
	var AD_CA_FILE "$dir/tls/ca.pem"
	var AD_TLS_DIR "$dir/tls"
	var AD_ADMIN "administrator@$dns"
	var AD_ADMIN_PW_FILE "$dir/administrator.pw"
	var AD_AUDIT "svc-audit@$dns"
	var AD_AUDIT_PW_FILE "$dir/svc-audit.pw"
	var AD_SYNC "svc-sync@$dns"
	var AD_SYNC_PW_FILE "$dir/svc-sync.pw"
	var KRB5_CONFIG "$dir/krb5.conf"
	var AD_KEYTAB "$dir/keytab"
	var NTLM_USER_FILE "$dir/ntlm"
	var NSS_WRAPPER_HOSTS "$dir/hosts"
	var RESOLV_WRAPPER_CONF "$dir/resolv.conf"
	var AD_SAM "$dir/private/sam.ldb"
	var AD_SMB_CONF "$dir/smb.conf"
	var AD_PID_FILE "$dir/samba.pid"
}

# ldb_write FILE [OPTION]...: with $at set, at that time. Without the first
# variable ldb's modules would not see the false clock.
ldb_write() {
	file=$1
	shift
	${at:+env TZ=UTC LDB_MODULES_DISABLE_DEEPBIND=1 faketime -f "@$at"} \
		ldbmodify --configfile="$dir/smb.conf" \
		-H "$dir/private/sam.ldb" "$@" "$file" \
		>>"$dir/log/ldb" 2>&1 || {
		tail -n 5 "$dir/log/ldb" >&2
		return 1
	}
}

# The file, cut at its marks into DIR/parts/NNN, with NNN.at and NNN.options.
cut_ldif() {
	rm -rf "$dir/parts"
	mkdir "$dir/parts"
	sed -e "s/@ROOTDN@/$root/g" -e "s/@CONFIGDN@/CN=Configuration,$root/g" \
		-e "s/@SCHEMADN@/CN=Schema,CN=Configuration,$root/g" \
		-e "s/@DNSDOMAIN@/$dns/g" -e "s/@MAILDOM@/$mail/g" \
		-e "s/@RANGEUPPER@/17003/g" "$1" |
	awk -v to="$dir/parts/" '
	function open() {
		f = to sprintf("%03d", ++n)
		if (at) print at >(f ".at")
	}
	BEGIN { open() }
	/^#@step/ { open() }
	/^#@time/ { at = substr($0, 8); open() }
	/^#@ / { print substr($0, 4) >(f ".options"); next }
	{ print >f }
	/^[^#]/ { full[f] = 1 }
	END { for (f in full) print "" >(f ".full") }'
}

load() {
	cut_ldif "$1"
	for full in $(ls "$dir/parts" | grep 'full$'); do
		part=$dir/parts/${full%.full}
		at= opts=
		[ ! -e "$part.at" ] || at=$(cat "$part.at")
		[ ! -e "$part.options" ] || opts=$(cat "$part.options")
		ldb_write "$part" $opts || die "$1: part ${part##*/} fails"
	done
	at=
	rm -r "$dir/parts"
}

answers() {
	ldapsearch -x -H "ldap://$AD_ADDR" -o nettimeout=2 -s base -b '' \
		defaultNamingContext &&
		perl -MIO::Socket::INET -e 'for (53, 88, 636) {
			IO::Socket::INET->new("$ARGV[0]:$_") || exit 1
		}' "$AD_ADDR"
}

start() {
	. "$dir/env"
	! ours "$AD_PID_FILE" "$dir" || return 0
	free_address "$AD_ADDR" || return 1
	samba -F -M single --no-process-group -l "$dir/log" --debug-stdout \
		-s "$dir/smb.conf" </dev/null >>"$dir/log/samba" 2>&1 &
	echo $! >"$AD_PID_FILE"
	await 150 answers || {
		stop "$AD_PID_FILE" "$dir" KILL
		return 1
	}
}

make_domain() {
	rm -rf "$dir/private" "$dir/state" "$dir/cache" "$dir/lock" \
		"$dir/run" "$dir/tls" "$dir/keytab"
	mkdir -p "$dir/private" "$dir/state/sysvol" "$dir/cache" "$dir/lock" \
		"$dir/run" "$dir/log" "$dir/tls"
	pick_address
	for name in administrator svc-audit svc-sync; do
		password >"$dir/$name.pw"
	done
	smb_conf >"$dir/smb.conf"
	client_files
	write_env >"$dir/env.new"
	certificates && provision && accounts && rights && keytab
}

up() {
	[ -z "$(ls -A "$dir" 2>/dev/null)" ] || die "$dir is not empty"
	[ ${#dir} -le 60 ] || die "$dir is too long a name for sockets"
	mkdir -p "$dir"
	options "$@"
	make_domain || make_domain || die "cannot provision: see $dir/log"
	for file in ${exchange:+exchange-schema exchange-organization}; do
		load "$here/$file.ldif"
	done
	while read -r seed; do
		load "$seed"
	done <"$dir/seeds"
	mv "$dir/env.new" "$dir/env"
	start || die "does not answer: see $dir/log"
}

known() {
	[ -e "$dir/env" ] || die "$dir has no domain"
	. "$dir/env"
	root=$AD_ROOT dns=$AD_DNS_DOMAIN mail=$AD_MAIL_DOMAIN
}

[ $# -ge 2 ] || usage
verb=$1
dir=$(realpath -m "$2")
shift 2
at=
need samba ldbmodify ldapsearch perl openssl faketime /usr/bin/python3
case $verb in
up)
	up "$@";;
start)
	known
	start || die "does not answer: see $dir/log";;
down)
	known
	signal=TERM
	[ "${1:-}" != --kill ] || signal=KILL
	stop "$AD_PID_FILE" "$dir" $signal;;
load)
	known
	for file; do
		load "$file"
	done;;
*)
	usage;;
esac
