# What samba.sh and slapd.sh share: sourced, not run.

# Debian keeps the servers in folders that a user's PATH leaves out, and the
# user's ldap.conf shall not change what is checked here.
PATH=/usr/sbin:/usr/bin:/sbin:/bin:$PATH
LC_ALL=C
LDAPNOINIT=1
export PATH LC_ALL LDAPNOINIT
umask 077

die() {
	echo "${0##*/}: $*" >&2
	exit 1
}

# Status 3 lets a test say "skipped" instead of "failed".
need() {
	for program; do
		command -v "$program" >/dev/null || {
			echo "${0##*/}: $program is not installed" >&2
			exit 3
		}
	done
}

# One line of an env file; values hold no single quote.
var() {
	echo "$1='$2'"
}

# Without a newline: ldapsearch -y takes the file as it is.
password() {
	printf 'Aa1-%s' "$(openssl rand -hex 9)"
}

# number_of TEXT: always the same for the same text.
number_of() {
	printf %s "$1" | cksum | cut -d' ' -f1
}

# new_key FILE
new_key() {
	openssl ecparam -name prime256v1 -genkey -noout -out "$1"
}

# new_ca FOLDER NAME [SAN]: NAME.pem signs itself.
new_ca() {
	new_key "$1/$2.key"
	openssl req -x509 -new -key "$1/$2.key" -out "$1/$2.pem" -days 30 \
		-subj "/O=syncscope test/CN=$2" \
		${3:+-addext "subjectAltName=$3"} \
		-addext 'keyUsage=keyCertSign,digitalSignature' 2>/dev/null
}

# new_cert FOLDER NAME CN SAN DAYS: NAME.pem, signed by the folder's ca.
new_cert() {
	new_key "$1/$2.key"
	printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth\n' "$4" \
		>"$1/$2.ext"
	openssl req -new -key "$1/$2.key" -subj "/CN=$3" |
		openssl x509 -req -CA "$1/ca.pem" -CAkey "$1/ca.key" \
		-set_serial "0x$(openssl rand -hex 8)" -days "$5" \
		-extfile "$1/$2.ext" -out "$1/$2.pem" 2>/dev/null
	rm "$1/$2.ext"
}

# Whether the process of a pid file runs and is ours: pids are given out
# again, so it must hold a file below the folder.
ours() {
	[ -s "$1" ] || return 1
	p=$(cat "$1")
	kill -0 "$p" 2>/dev/null || return 1
	ls -l "/proc/$p/fd" 2>/dev/null | grep -qF " -> $2/"
}

# stop PIDFILE FOLDER SIGNAL: waits until the process has gone.
stop() {
	if ours "$1" "$2"; then
		p=$(cat "$1")
		kill "-$3" "$p"
		await 100 gone "$p" || kill -KILL "$p"
	fi
	rm -f "$1"
}

gone() {
	! kill -0 "$1" 2>/dev/null || grep -q '^State:.Z' "/proc/$1/status"
}

# await TENTHS COMMAND...: until it succeeds, or in vain.
await() {
	n=$1
	shift
	until "$@" >/dev/null 2>&1; do
		n=$((n - 1))
		[ "$n" -gt 0 ] || return 1
		sleep 0.1
	done
}
