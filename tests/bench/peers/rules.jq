# The six rules in jq: jq -n -r --slurpfile policy POLICY -f rules.jq
# TENANT-USERS AD-USERS, in this order. Objects become small facts first, so
# that the one reduce has a flat state, which setpath changes where it is: an
# assignment, or a path of two, would copy it for every fact.
def primary: (.proxyAddresses // []) | map(select(startswith("SMTP:")))[0];
($policy[0].scope | [(.include[] | [",\(ascii_downcase)", true]),
 ((.exclude // [])[] | [",\(ascii_downcase)", false])]
 | sort_by(-(.[0] | length))) as $named |
def in_scope: (.dn | ascii_downcase) as $dn |
	([$named[] | select(.[0] as $tail | $dn | endswith($tail))][0]
	 // [0, false])[1];
def tenant_facts:
	(select(.onPremisesImmutableId)
	 | ["account", .onPremisesImmutableId, .accountEnabled]),
	(select((primary // .mail // "") | ascii_downcase
	        | endswith(".onmicrosoft.com"))
	 | ["found", "primary-onmicrosoft", .onPremisesImmutableId // .id]);
def ad_facts:
	(.objectGUID as $key | (.proxyAddresses // []) | map(ascii_downcase)
	 | unique[] | ["address", ., $key]),
	(select(in_scope)
	 | (select((.mail | not) and (primary | not))
	    | ["found", "mail-missing", .objectGUID]),
	   (select(.userPrincipalName and (.userPrincipalName
	           | test("^[A-Za-z0-9'._!#^~-]+@[A-Za-z0-9.-]+$") | not))
	    | ["found", "upn-malformed", .objectGUID]),
	   ["enabled", .["mS-DS-ConsistencyGuid"] // .objectGUID,
	    (.userAccountControl | tonumber / 2 | floor % 2) == 0,
	    .objectGUID]);
reduce (inputs | if .dn then ad_facts else tenant_facts end) as $fact ({};
	if $fact[0] == "account" then
		setpath(["a" + $fact[1]]; $fact[2])
	elif $fact[0] == "found" then
		setpath(["f\($fact[1]),\($fact[2])"]; true)
	elif $fact[0] == "enabled" then
		.["a" + $fact[1]] as $enabled |
		if $enabled == null then
			setpath(["faccount-missing,\($fact[3])"]; true)
		elif $enabled != $fact[2] then
			setpath(["fenabled-differs,\($fact[3])"]; true)
		else . end
	else
		.["o" + $fact[1]] as $owner |
		if $owner then
			setpath(["fproxy-duplicate,\($owner)"]; true)
			| setpath(["fproxy-duplicate,\($fact[2])"]; true)
		else
			setpath(["o" + $fact[1]]; $fact[2])
		end
	end)
| keys_unsorted[] | select(startswith("f")) | .[1:]
