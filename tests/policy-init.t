#!/bin/sh
# policy init: what it drafts of snapshots is a policy, and says what they say.
cd "$(dirname "$0")/.."
syncscope=${SYNCSCOPE:-$PWD/build/syncscope}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
f=fixtures/exchangelabs
n=0

ok() {
	n=$((n + 1))
	if [ "$1" = "$2" ]; then
		echo "ok $n - $3"
	else
		echo "not ok $n - $3"
		echo "# want $1"
		echo "# have $2"
	fi
}

# The value at a path such as scope.include, lists joined by blanks.
key() {
	perl -MJSON::XS -e 'local $/; my $v = decode_json(<STDIN>);
		$v = $v->{$_} for split /\./, shift;
		print !defined $v ? "null" : ref $v ? join " ", @$v : $v' "$1" \
		<"$work/policy.json"
}

init() {
	"$syncscope" policy init "$@" -o "$work/policy.json" --force \
		>"$work/said" 2>&1
}

echo 1..21
"$syncscope" collect import $f/ad-2016-02-15.ldif $f/*2016-02-15*.json \
	--collected 2016-02-15 -o "$work/both" >/dev/null
init "$work/both"
ok 0 $? "ends well"
ok exchangelabsnl.onmicrosoft.com "$(key tenant.initialDomain)" \
	"the tenant's initial domain"
ok "exchangelabs.nl exchangelabsnl.onmicrosoft.com" \
	"$(key tenant.verifiedDomains)" "its verified domains, the default first"
a=OU=Accounts,DC=Exchangelabs,DC=local
ok "OU=Users,$a OU=Groups,$a OU=Contacts,$a" "$(key scope.include)" \
	"where most objects are synchronized"
ok "" "$(key scope.exclude)" "and nothing is excluded"
ok null "$(key sync.engine)" "no engine of which there is no sign"
ok 1 "$(grep -c "^  ? .* 2 .*OU=Leavers,$a" "$work/said")" \
	"asks where some are synchronized"
ok "mailRouting recipientAuditing relay running: 0" \
	"$(perl -MJSON::XS -e 'local $/; my $x = decode_json(<STDIN>)->{exchange};
		print join(" ", sort keys %$x), ": ", scalar grep defined, values %$x' \
		<"$work/policy.json")" "of Exchange it asks what only people know"
# 3: the tenant's settings are in no file, and their rules not assessed.
ok 3 "$("$syncscope" analyze "$work/both" --policy "$work/policy.json" \
	-o "$work/findings" >"$work/said" 2>&1; echo $?)" "is a policy"
"$syncscope" policy init "$work/both" >"$work/policy.json" 2>"$work/said"
ok null "$(key sync.version)" "goes to standard output alone"
ok 1 "$(grep -c '^To decide' "$work/said")" "with what to decide beside it"

# AD alone: neither domains nor who is synchronized are known.
"$syncscope" collect import $f/ad-2016-02-15.ldif --collected 2016-02-15 \
	-o "$work/ad" >/dev/null
init "$work/ad"
ok null "$(key tenant.verifiedDomains)" "AD alone: no domains"
ok null "$(key scope.include)" "no scope"
ok 1 "$(grep -c 'end in exchangelabs.nl (21), ' "$work/said")" \
	"but the ends of sign-in names"

# Containers in containers, and the accounts that engines make.
cat >"$work/ad.ldif" <<END
dn: CN=MSOL_0a1b2c3d4e5f,CN=Users,DC=x
objectClass: user
objectGUID:: AAAAAAAAAAAAAAAAAAAAAQ==
sAMAccountName: MSOL_0a1b2c3d4e5f

dn: CN=A,OU=P,DC=x
objectClass: user
objectGUID:: AAAAAAAAAAAAAAAAAAAAAg==
sAMAccountName: a

dn: CN=B,OU=Old,OU=P,DC=x
objectClass: user
objectGUID:: AAAAAAAAAAAAAAAAAAAAAw==
sAMAccountName: b

dn: CN=C,OU=New,OU=P,DC=x
objectClass: user
objectGUID:: AAAAAAAAAAAAAAAAAAAABA==
sAMAccountName: c
END
cat >"$work/users.json" <<END
{"@odata.context":"x#users","value":[
 {"id":"00000000-0000-0000-0000-000000000001","userPrincipalName":"a@x",
  "onPremisesImmutableId":"AAAAAAAAAAAAAAAAAAAAAg==","onPremisesSyncEnabled":true},
 {"id":"00000000-0000-0000-0000-000000000002","userPrincipalName":"c@x",
  "onPremisesImmutableId":"AAAAAAAAAAAAAAAAAAAABA==","onPremisesSyncEnabled":true}]}
END
"$syncscope" collect import "$work/ad.ldif" "$work/users.json" \
	--collected 2016-02-15 -o "$work/small" >/dev/null
init "$work/small"
ok OU=P,DC=x "$(key scope.include)" "the highest container"
ok OU=Old,OU=P,DC=x "$(key scope.exclude)" "without what has none in it"
ok connect "$(key sync.engine)" "the engine by its account"
ok 2 "$("$syncscope" policy init >/dev/null 2>&1; echo $?)" \
	"wants a snapshot"
ok 2 "$("$syncscope" policy draft >/dev/null 2>&1; echo $?)" \
	"knows no other command"

# A container for every container: no depth and no time is without an end.
perl -e 'print "dn: CN=a,", "OU=a," x 60000, "DC=x,DC=nl\n",
	"objectClass: user\nsAMAccountName: a\nuserPrincipalName: a\@x.nl\n",
	"objectGUID:: AQIDBAUGBwgJCgsMDQ4PEA==\n"' >"$work/deep.ldif"
"$syncscope" collect import "$work/deep.ldif" -o "$work/deep" >/dev/null 2>&1
timeout 20 "$syncscope" policy init "$work/deep" >/dev/null 2>&1
ok 0 $? "containers as deep as nobody has them"

# Tenants cannot be told in a policy that is yet to be drafted.
for t in one two; do
	printf '{"@odata.context":"x#domains","value":[{"id":"%s","isInitial":%s}]}' \
		"$t.onmicrosoft.com" true >"$work/$t.json"
	"$syncscope" collect import "$work/$t.json" --collected 2016-02-15 \
		-o "$work/$t" >/dev/null 2>&1
done
init "$work/one" "$work/two"
ok "several tenants 0" "$(grep -o 'several tenants' "$work/said") $(grep -c \
	-e --policy "$work/said")" "of two tenants it wants one, in no policy"
