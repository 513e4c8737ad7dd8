// The six rules in Node: node.mjs SNAPSHOT POLICY OUT
import { closeSync, openSync, readFileSync, readSync, writeFileSync }
	from 'node:fs';

const [snapshot, policy, out] = process.argv.slice(2);
const { include, exclude = [] } = JSON.parse(readFileSync(policy)).scope;
const named = [...include.map((dn) => [',' + dn.toLowerCase(), true]),
	...exclude.map((dn) => [',' + dn.toLowerCase(), false])]
	.sort((a, b) => b[0].length - a[0].length);
const found = [];
const report = (rule, key) => found.push(rule + ',' + key);

function inScope(dn) {
	const low = dn.toLowerCase();
	for (const [suffix, verdict] of named)
		if (low.endsWith(suffix))
			return verdict;
	return false;
}

function* objects(path) {
	const file = openSync(path), block = Buffer.alloc(1 << 20);
	let rest = Buffer.alloc(0), n;
	while ((n = readSync(file, block)) > 0) {
		const data = Buffer.concat([rest, block.subarray(0, n)]);
		let from = 0, end;
		while ((end = data.indexOf(10, from)) >= 0) {
			yield JSON.parse(data.toString('utf8', from, end));
			from = end + 1;
		}
		rest = data.subarray(from);
	}
	closeSync(file);
}

const accounts = new Map();
for (const o of objects(snapshot + '/tenant-users.ndjson')) {
	const prime = o.proxyAddresses?.find((x) => x.startsWith('SMTP:'))
		?? o.mail;
	if (prime?.toLowerCase().endsWith('.onmicrosoft.com'))
		report('primary-onmicrosoft', o.onPremisesImmutableId ?? o.id);
	if (o.onPremisesImmutableId)
		accounts.set(o.onPremisesImmutableId, o.accountEnabled);
}
const owners = new Map(), shared = new Set();
for (const o of objects(snapshot + '/ad-users.ndjson')) {
	const key = o.objectGUID, proxies = o.proxyAddresses ?? [];
	for (const value of new Set(proxies.map((x) => x.toLowerCase()))) {
		const first = owners.get(value);
		if (first === undefined) {
			owners.set(value, key);
		} else {
			shared.add(first);
			shared.add(key);
		}
	}
	if (!inScope(o.dn))
		continue;
	if (!o.mail && !proxies.some((x) => x.startsWith('SMTP:')))
		report('mail-missing', key);
	const enabled = accounts.get(o['mS-DS-ConsistencyGuid'] ?? key);
	if (enabled === undefined)
		report('account-missing', key);
	else if (enabled !== !(Number(o.userAccountControl) & 2))
		report('enabled-differs', key);
	if (o.userPrincipalName && !/^[A-Za-z0-9'._!#^~-]+@[A-Za-z0-9.-]+$/
	    .test(o.userPrincipalName))
		report('upn-malformed', key);
}
for (const key of shared)
	report('proxy-duplicate', key);
writeFileSync(out, found.join('\n') + '\n');
