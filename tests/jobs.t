#!/bin/sh
# Many pieces, many threads: every number of jobs gives the same bytes, packed
# or not, and so do lines in another order of keys and with blanks.
cd "$(dirname "$0")/.."
build=${BUILD:-build}
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

analyze() {
	snapshot=$1
	shift
	mkdir -p "$work/in"
	rm -rf "$work/in/snapshot"
	ln -s "$work/$snapshot" "$work/in/snapshot"
	"$syncscope" analyze "$work/in/snapshot" --policy "$work/policy.json" \
		-o "$work/findings" --force "$@" >/dev/null
	[ $? = 3 ]
}

# Snapshots of other bytes have another digest in the manifest.
same() {
	analyze "$@" && cmp "$work/first/findings.ndjson" \
		"$work/findings/findings.ndjson" &&
		cmp "$work/first/forecast.ndjson" \
		"$work/findings/forecast.ndjson"
}

# Another writer: keys from last to first, with blanks; no checksum of ours.
rewrite() {
	cp -r "$work/plain" "$work/other"
	for f in "$work"/other/*.ndjson; do
		perl -MJSON::XS -ne 'BEGIN { $j = JSON::XS->new->utf8->allow_nonref }
			$o = $j->decode($_);
			print "{ ", join(" , ", map { $j->encode($_) . " : " .
				$j->encode($o->{$_}) } reverse sort keys %$o), " }\r\n"' \
			"$work/plain/${f##*/}" >"$f" || return 1
		digest=$(sha256sum <"$f" | cut -c1-64)
		sed -i "/\"${f##*/}\"/,/sha256/s/\(sha256\":[^\"]*\"\)[0-9a-f]*/\1$digest/" \
			"$work/other/manifest.json"
	done
	sed -i '/"xxh3"/d' "$work/other/manifest.json"
}

# What is wrong in a late line is told with line and column, by any threads.
wrong() {
	edit=$1
	want=$2
	cp "$work/plain/ad-users.ndjson" "$work/kept"
	LC_ALL=C sed -i "$edit" "$work/plain/ad-users.ndjson"
	for jobs in 1 3; do
		"$syncscope" analyze "$work/plain" -o "$work/no" --jobs $jobs \
			2>&1 | sed 's/.*plain.//'
	done >"$work/said"
	mv "$work/kept" "$work/plain/ad-users.ndjson"
	[ "$(sort -u "$work/said")" = "ad-users.ndjson:$want" ] || {
		cat "$work/said"
		return 1
	}
}

echo 1..14
"$build/tests/bench/generate" 3000 "$work"
# Groups whose lines are longer than a piece, and one that is short.
awk 'BEGIN { for (g = 0; g < 3; g++) {
	printf "dn: CN=Group %d,OU=Accounts,DC=corp,DC=example\n", g
	print "objectClass: group\ngroupType: -2147483640"
	printf "objectGUID:: AAAAAAAAAAAAAAAAAAAA%dQ==\n", g
	printf "sAMAccountName: g%d\nproxyAddresses: smtp:g@corp.example\n", g
	for (n = 0; n < g * 8000; n++)
		printf "member: CN=Someone %d,OU=Accounts,DC=corp,DC=example\n", n
	print "" } }' >"$work/groups.ldif"
for packing in plain packed; do
	"$syncscope" collect import "$work/ad.ldif" "$work/groups.ldif" \
		"$work/users.json" \
		--collected 2016-01-15 -o "$work/$packing" \
		$([ $packing = plain ] || echo --compress) >/dev/null
done
ok "one thread" analyze plain --jobs 1
cp -r "$work/findings" "$work/first"
ok "there is something to find" test "$(wc -l <"$work/first/findings.ndjson")" -gt 100
for jobs in 2 3 16; do
	ok "$jobs threads" same plain --jobs $jobs
done
ok "packed" same packed --jobs 2
ok "not UTF-8" wrong '2500s/^{"dn":"CN=/&\xff/' "2500:11: want UTF-8"
ok "not JSON" wrong '2600s/}$/,}/;2700s/{//' \
	"2600:$(sed -n '2600s/}$/,}/p' "$work/plain/ad-users.ndjson" | wc -c | awk '{ print $1 - 1 }'): want a name in double quotes"
ok "no number" wrong '1999s/^{/{"n":01,/' "1999:7: want a comma or }"
ok "a line too many" wrong '3000s/$/\n{"dn":"CN=x"}/' \
	"3001: more objects than the manifest's 3000"
ok "written by another program" rewrite
ok "and judged alike" same other --jobs 2

cat >"$work/edits.json" <<-'END'
	{ "edits": [
	{ "set": "u0001500", "attribute": "mail", "value": "x@corp.example" },
	{ "move": "OU=Leavers,OU=Accounts,DC=corp,DC=example",
	  "to": "DC=corp,DC=example" },
	{ "license": "OU=Accounts,DC=corp,DC=example", "exchangeOnline": false }
	] }
END
ok "edits" analyze plain --jobs 1 --what-if "$work/edits.json"
rm -rf "$work/first"
cp -r "$work/findings" "$work/first"
same_difference() {
	same plain --jobs 3 --what-if "$work/edits.json" &&
		[ -s "$work/first/difference.ndjson" ] &&
		cmp "$work/first/difference.ndjson" \
			"$work/findings/difference.ndjson"
}
ok "change the same in three threads" same_difference
