#!/bin/sh
# What becomes of findings between two runs: each verdict, with its siblings, of
# small directories that are imported, analyzed, changed and analyzed again.
cd "$(dirname "$0")/.."
syncscope=${SYNCSCOPE:-$PWD/build/syncscope}
fixtures=$PWD/fixtures/exchangelabs
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

guid() {
	printf '5e1f0000-0000-4abc-8def-%012d' "$1"
}

# base64 of a GUID in the octets of AD
guid64() {
	printf '%s' "$(guid "$1")" | perl -MMIME::Base64 -ne '
		s/-//g; my @b = map { chr hex } /../g;
		print encode_base64(join("", @b[3,2,1,0,5,4,7,6,8..15]), "")'
}

# user NUMBER NAME [LINE...]: a user in LDIF, of corp.example
user() {
	printf '%s\n' "dn: CN=$2,OU=${ou:-Staff},DC=corp,DC=example" \
		"objectClass: user" "objectGUID:: $(guid64 "$1")" \
		"sAMAccountName: $2" "userPrincipalName: $2@corp.example" \
		"displayName: $2" "userAccountControl: ${uac:-512}" \
		"whenCreated: 20200101000000.0Z" "whenChanged: 20250101000000.0Z"
	shift 2
	for line; do
		[ -z "$line" ] || echo "$line"
	done
	echo
}

mailbox() {
	printf 'mail: %s@corp.example\nproxyAddresses: SMTP:%s@corp.example' "$1" "$1"
}

# run NAME DAY [OPTION...]: imports what stands on standard input, and analyzes
# it; a status of 3 says that not all was collected.
run() {
	run=$1
	day=$2
	shift 2
	cat >"$work/$run.ldif"
	rm -rf "$work/$run.s" "$work/$run"
	"$syncscope" collect import "$work/$run.ldif" --all-attributes \
		--collected "$day" -o "$work/$run.s" >/dev/null 2>&1 || [ $? -eq 3 ]
	again "$run" $snapshots "$work/$run.s" "$@"
}

# again NAME SNAPSHOT... [OPTION...]
again() {
	again=$1
	shift
	rm -rf "${work:?}/$again"
	"$syncscope" analyze "$@" --policy "$work/policy.json" \
		-o "$work/$again" >"$work/said" 2>&1 || [ $? -eq 3 ] || {
		cat "$work/said"
		return 1
	}
	"$syncscope" verify "$work/$again" >/dev/null
}

# told OLD NEW CHANGE RULE [PATTERN]: a row of the CSV
told() {
	"$syncscope" diff "$work/$1" "$work/$2" --csv >"$work/rows" || return 1
	grep "^\"$3\"" "$work/rows" | grep -F "\"$4\"" | grep -qF -- "${5:-}" || {
		cut -c1-400 "$work/rows"
		return 1
	}
}

untold() {
	! told "$@" >/dev/null && [ -s "$work/rows" ]
}

# counts OLD NEW "new 1 fixed 2 ...": of all severities, in the JSON
counts() {
	"$syncscope" diff "$work/$1" "$work/$2" --json >"$work/json" || return 1
	have=$(perl -MJSON::XS -e 'local $/; my $j = decode_json(<STDIN>);
		for my $k (qw(new reopened fixed not-comparable waived still-open)) {
			my $n = 0; $n += $_ for values %{$j->{counts}{$k}};
			print "$k $n " if $n }' <"$work/json")
	[ "$have" = "$3 " ] || {
		echo "have: $have"
		cut -c1-300 "$work/json"
		return 1
	}
}

# status STATUS COMMAND...
status() {
	want=$1
	shift
	"$@" >"$work/said" 2>&1
	have=$?
	[ $have = "$want" ] || {
		echo "status $have"
		head -30 "$work/said"
		return 1
	}
}

said() {
	grep -qF -- "$1" "$work/said" || {
		cat "$work/said"
		return 1
	}
}

# refused STATUS SENTENCE ARGUMENT...
refused() {
	want=$1
	sentence=$2
	shift 2
	(cd "$work" && status "$want" "$syncscope" diff "$@") &&
		[ "$(wc -l <"$work/said")" = 1 ] && said "syncscope: $sentence"
}

echo 1..53
cat >"$work/policy.json" <<'EOF'
{ "tenant": { "initialDomain": "corp.onmicrosoft.com", "verifiedDomains": ["corp.example"] },
  "scope": { "include": ["OU=Staff,DC=corp,DC=example", "OU=Staff,DC=two,DC=corp,DC=example"] },
  "sync": { "engine": "connect", "version": "1.0.8667.0" } }
EOF

# ---- what becomes of a value ----

{ user 1 anke; user 2 bert "$(mailbox bert)"; user 3 carla "$(mailbox carla)" \
	"proxyAddresses: SMTP:also@corp.example"; user 4 dirk; user 5 elke; } |
	run old 2026-01-05
{ user 1 anke "$(mailbox anke)"; user 2 bert; user 3 carla "$(mailbox carla)"
	user 4 dirk; } | run new 2026-02-05
ok "a value that is set fixes" told old new fixed mail-missing \
	'mail is now anke@corp.example'
ok "a value that is taken away is new" told old new new mail-missing bert
ok "what stays is still open" told old new still-open mail-missing dirk
ok "who is gone has nothing any more" told old new fixed mail-missing \
	'the object is gone: corp.example has it no more'
ok "an address that is gone from a list" told old new fixed \
	proxy-several-primaries 'proxyAddresses has lost SMTP:also@corp.example'
ok "text: groups have counts" status 0 "$syncscope" diff "$work/old" "$work/new"
ok "text: the new one is shown" said 'bert has neither mail'
ok "text: all fits in 80 columns" sh -c "! grep -E '^.{81}' '$work/said'"
ok "one folder twice" refused 2 'old: is given twice' old old
ok "the same by another name" refused 2 'old/.: is given twice' old old/.
ok "the newer first" refused 2 'new: is as of 2026-02-05T00:00:00Z, which is after old' new old
ok "no folder" refused 2 'diff: want two folders of findings'
ok "a folder that is not there" refused 4 'nowhere/manifest.json: cannot be read' old nowhere
ok "no such severity" refused 2 '--fail-on-new: want critical' old new --fail-on-new worst
ok "two formats" refused 2 '--json does not go with --csv' old new --json --csv
cp -r "$work/new" "$work/damaged"
sed -i 's/bert/bart/' "$work/damaged/findings.ndjson"
ok "a damaged folder" refused 4 'damaged/findings.ndjson: was changed' old damaged
ok "JSON of a damaged folder says nothing else" refused 4 'damaged/findings.ndjson: was changed' old damaged --json
sed 's/corp/other/g' "$work/new.ldif" >"$work/other.ldif"
"$syncscope" collect import "$work/other.ldif" --collected 2026-02-05 --all-attributes -o "$work/other.s" >/dev/null 2>&1
again other "$work/other.s"
ok "another forest" refused 2 'other: is of other.example, and old of corp.example' old other

ok "new ones fail" status 1 "$syncscope" diff "$work/old" "$work/new" --fail-on-new info
ok "not above what is new" status 0 "$syncscope" diff "$work/old" "$work/new" --fail-on-new low
ok "and so many there are" counts old new "new 1 fixed 3 still-open 2"

# ---- another value with the same flaw; a move; a rename ----

{ user 1 anke "mail: anke corp.example"; user 2 bert; } | run old 2026-01-05
{ user 1 anke "mail: anke  corp.example"
	ou="Office,OU=Staff" user 2 bertha; } | run new 2026-02-05
ok "another wrong value says so" told old new fixed mail-malformed \
	'the rule finds the same of anke  corp.example'
ok "a move and a new name change nothing" told old new still-open mail-missing bertha
ok "and are not told twice" untold old new fixed mail-missing
{ user 1 anke; ou=Guests user 2 bert; } | run new 2026-02-05
ok "who left the scope" told old new fixed mail-missing 'it is out of the sync scope now'

# ---- what was not looked at ----

{ user 1 anke; user 2 bert "$(mailbox bert)"; } | run old 2026-01-05
{ user 1 anke "$(mailbox anke)"; user 2 bert; } | run few 2026-02-05 --rules upn-missing
ok "a rule that did not run" told old few not-comparable mail-missing \
	'the rule did not run: it was not chosen'
{ user 1 anke "$(mailbox anke)"; } | sed '/^mail:/d; /^proxyAddresses:/d' >"$work/less.ldif"
"$syncscope" collect import "$work/less.ldif" --collected 2026-02-05 -o "$work/less.s" >/dev/null 2>&1
again less "$work/less.s"
ok "an attribute that was not asked for" told old less not-comparable mail-missing 'not assessed: AD users: mail'
ok "is no repair" untold old less fixed mail-missing
{ user 1 anke; user 2 bert; } | run older 2026-01-01 --rules upn-missing
ok "nor is what was not looked for new" told older old not-comparable mail-missing anke
ok "so that it fails nobody, and says so" status 3 "$syncscope" diff "$work/older" "$work/old" --fail-on-new info
user 11 tina | sed 's/DC=corp/DC=two,DC=corp/' >"$work/two.ldif"
"$syncscope" collect import "$work/two.ldif" --collected 2026-01-05 --all-attributes -o "$work/two.s" >/dev/null 2>&1
again both "$work/old.s" "$work/two.s"
{ user 1 anke "$(mailbox anke)"; user 2 bert "$(mailbox bert)"; } | run new 2026-02-05
ok "a domain that was not read" told both new not-comparable mail-missing 'two.corp.example was not read'
ok "beside one that was" told both new fixed mail-missing 'mail is now anke@corp.example'

# ---- events, whose snapshots go ----

{ user 1 anke "$(mailbox anke)"; uac=514 user 2 bert "$(mailbox bert)" 'pwdLastSet: 132000000000000000'; } | run one 2015-01-05
{ user 1 anke "$(mailbox anke)"; user 2 bert "$(mailbox bert)" 'pwdLastSet: 130600000000000000'; } |
	sed 's/2025/2015/; s/2020/2014/' | snapshots="$work/one.s" run two 2015-02-05
sed 's/2025/2015/; s/2020/2014/' "$work/two.ldif" | run three 2015-03-05
ok "an event is found" grep -q '"rule":"disabled-then-enabled"' "$work/two/findings.ndjson"
ok "what needs older snapshots is not fixed without" told two three not-comparable disabled-then-enabled
again kept "$work/three.s" --baseline "$work/two"
ok "nor with the baseline" untold two kept fixed disabled-then-enabled
again four "$work/one.s" "$work/three.s"
ok "with the older snapshot it is found again" told two four still-open disabled-then-enabled
sed 's/pwdLastSet: .*/pwdLastSet: 130700000000000000/' "$work/two.ldif" >"$work/set.ldif"
"$syncscope" collect import "$work/set.ldif" --collected 2015-03-05 --all-attributes -o "$work/set.s" >/dev/null 2>&1
again set "$work/one.s" "$work/set.s"
ok "a password that was set mends it" told two set fixed disabled-then-enabled

# ---- closed, reopened, remembered ----

{ user 1 anke; user 2 bert; } | run a 2026-01-05
{ user 1 anke "$(mailbox anke)"; user 2 bert; } | run b 2026-02-05 --baseline "$work/a"
{ user 1 anke; user 2 bert; } | run c 2026-03-05 --baseline "$work/b"
ok "what is fixed is closed, with the evidence" grep -q \
	'"rule":"mail-missing".*"firstSeen":"2026-01-05T00:00:00Z","lastSeen":"2026-01-05T00:00:00Z","state":"fixed","since":"2026-02-05T00:00:00Z","reason":"mail is now anke@corp.example' "$work/b/closed.ndjson"
ok "what comes back is reopened" told b c reopened mail-missing anke
ok "and no longer closed" sh -c "! grep mail-missing '$work/c/closed.ndjson'"
ok "reopened ones fail" status 1 "$syncscope" diff "$work/b" "$work/c" --fail-on-new info
"$syncscope" collect import "$work/b.ldif" --collected 2026-02-05 -o "$work/d.s" --all-attributes >/dev/null 2>&1
again d "$work/d.s" --baseline "$work/a" --rules upn-missing
ok "what was not looked for is remembered" grep -q '"rule":"mail-missing".*"state":"not-comparable"' "$work/d/closed.ndjson"
again e "$work/c.s" --baseline "$work/d"
ok "so that it is not new when it is found again" told d e still-open mail-missing anke
{ user 1 anke "$(mailbox anke)"; user 2 bert; } | run f 2026-03-05 --baseline "$work/d"
ok "and fixed when it is not" grep -q '"rule":"mail-missing".*"state":"fixed","since":"2026-03-05' "$work/f/closed.ndjson"
{ user 1 anke "$(mailbox anke)"; user 2 bert; } | run g 2028-02-01 --baseline "$work/b"
ok "what was fixed is told for two years" grep -q '"state":"fixed","since":"2026-02-05' "$work/g/closed.ndjson"
{ user 1 anke "$(mailbox anke)"; user 2 bert; } | run g 2028-02-06 --baseline "$work/b"
ok "and no longer" sh -c "! grep '2026-02-05' '$work/g/closed.ndjson'"
ok "analyze: new ones fail" status 1 "$syncscope" analyze "$work/c.s" --policy "$work/policy.json" \
	--baseline "$work/b" --fail-on-new info --force -o "$work/h"
ok "analyze: none above it" status 3 "$syncscope" analyze "$work/c.s" --policy "$work/policy.json" \
	--baseline "$work/b" --fail-on-new low --force -o "$work/h"
ok "analyze: want a baseline" status 2 "$syncscope" analyze "$work/c.s" --fail-on-new info -o "$work/i"

# ---- run by run ----

ok "one folder tells its runs" status 0 "$syncscope" diff "$work/c"
ok "each with what is new and fixed" sh -c "grep -qE '^2026-02-05 .* 0 +[12]$' '$work/said' && grep -qE '^2026-03-05 ' '$work/said'"
ok "many folders, as a table" status 0 "$syncscope" diff "$work/a" "$work/b" "$work/c"
ok "a run that looked at less is no progress" sh -c "'$syncscope' diff '$work/d' | grep -q 'not comparable with the run before: other rules ran\|rules were'"
