#!/bin/sh
# What Cloud Sync takes no more of than so many: objects of a domain, members of
# a group. Too many for tests/rules and fixtures; Connect takes as many.
cd "$(dirname "$0")/.."
syncscope=${SYNCSCOPE:-build/syncscope}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0

ok() {
	n=$((n + 1))
	name=$1
	shift
	if out=$("$@" 2>&1); then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		echo "$out" | sed 's/^/# /'
	fi
}

# Contacts, and groups: the first of 49,999 of them, the second of one more.
domain() {
	perl -e 'my ($n, $groups) = @ARGV;
		print "version: 1\n\n";
		for my $i (1 .. $n) {
			print "dn: CN=C$i,DC=x,DC=nl\nobjectClass: contact\n\n";
		}
		for my $g (1 .. $groups) {
			print "dn: CN=G$g,DC=x,DC=nl\nobjectClass: group\n",
				"sAMAccountName: g$g\ngroupType: -2147483646\n";
			print "member: CN=C$_,DC=x,DC=nl\n"
				for 1 .. 49_998 + $g;
			print "\n";
		}' "$1" "$2"
}

policy() {
	printf '{ "sync": { "engine": "%s" }, "scope": { "include": [] } }\n' \
		"$1" >"$work/$1.json"
}

analyze() {
	"$syncscope" analyze "$work/$1" --policy "$work/$2.json" \
		-o "$work/$1-$2" --force >"$work/$1-$2.said" 2>&1
	case $? in 0|1|3) ;; *) cat "$work/$1-$2.said"; return 1 ;; esac
}

# The finding on the domain, or its lack.
too_large() {
	analyze "$1" "$2" && grep '"rule":"cloud-sync-limits"' \
		"$work/$1-$2/findings.ndjson" | grep '"dn":"DC=x,DC=nl"' |
		grep '"class":"domain"' | grep -q '"observed":"150001"'
}

takes() {
	analyze "$1" "$2" && ! grep -q '"rule":"cloud-sync-limits"' \
		"$work/$1-$2/findings.ndjson"
}

# It is told as such, whatever the order of threads.
same_with() {
	"$syncscope" analyze "$work/150001" --policy "$work/cloud-sync.json" \
		--jobs 4 -o "$work/four" --force >/dev/null 2>&1
	cmp "$work/150001-cloud-sync/findings.ndjson" "$work/four/findings.ndjson"
}

# By the domain's name, and by its DN.
shown() {
	"$syncscope" show "$work/150001-cloud-sync" "$1" |
		grep 'cloud-sync-limits: x.nl has 150001 users'
}

# The finding of the group CN=$3, or its lack.
finds() {
	analyze "$1" "$2" && grep '"group-too-large","severity":"high"' \
		"$work/$1-$2/findings.ndjson" | grep -q "\"CN=$3,"
}

lacks() {
	analyze "$1" "$2" && ! finds "$1" "$2" "$3"
}

is_out() {
	grep "\"CN=$3,DC" "$work/$1-$2/forecast.ndjson" |
		grep -q '"inScope":false'
}

policy cloud-sync
policy connect
for size in 150000 150001; do
	domain $size 0 >"$work/$size.ldif"
	"$syncscope" collect import "$work/$size.ldif" -o "$work/$size" \
		>/dev/null 2>&1
done
domain 50000 2 >"$work/groups.ldif"
"$syncscope" collect import "$work/groups.ldif" -o "$work/groups" \
	>/dev/null 2>&1

ok "a domain of 150,001 objects is too large" too_large 150001 cloud-sync
ok "so it is with any number of threads" same_with
ok "show finds the domain by its name" shown x.nl
ok "and by its DN" shown dc=X,dc=nl
ok "one of 150,000 is not" takes 150000 cloud-sync
ok "Connect takes it" takes 150001 connect
printf '{ "sync": { "engine": "cloud-sync" }, "scope": { "include": [],
	"exclude": ["CN=C7,DC=x,DC=nl"] } }\n' >"$work/fewer.json"
ok "what is out of scope does not count" takes 150001 fewer
{
	cat "$work/150001.ldif"
	printf 'dn: CN=C1,DC=y,DC=nl\nobjectClass: contact\n\n'
} >"$work/two.ldif"
"$syncscope" collect import "$work/two.ldif" -o "$work/two" >/dev/null 2>&1
ok "nor what is of another domain" takes two fewer
ok "a new group of 50,000 members is not synchronized" \
	finds groups cloud-sync G2
ok "and is out of scope" is_out groups cloud-sync G2
ok "one of 49,999 is" lacks groups cloud-sync G1
ok "Connect takes it" lacks groups connect G2
echo "1..$n"
