// The six rules in DuckDB: duckdb.mjs SNAPSHOT POLICY THREADS OUT
import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const [snapshot, policy, threads, out] = process.argv.slice(2);
const { include, exclude = [] } = JSON.parse(readFileSync(policy)).scope;
const quote = (text) => `'${text.replaceAll("'", "''")}'`;

// The nearest container that the policy names decides: the longest DN.
const named = [...include.map((dn) => [dn, 'true']),
	...exclude.map((dn) => [dn, 'false'])]
	.sort((a, b) => b[0].length - a[0].length);
const scope = 'CASE ' + named.map(([dn, verdict]) =>
	`WHEN ends_with(lower(dn), ${quote(',' + dn.toLowerCase())}) ` +
	`THEN ${verdict}`).join(' ') + ' ELSE false END';

const instance = await DuckDBInstance.create(':memory:', { threads });
const db = await instance.connect();

// Only the columns that the rules need are declared, and so, parsed into.
await db.run(`
CREATE TEMP TABLE ad AS
SELECT "objectGUID" AS key,
       coalesce("mS-DS-ConsistencyGuid", "objectGUID") AS anchor,
       "userPrincipalName" AS upn, mail, "proxyAddresses" AS proxies,
       "userAccountControl"::INTEGER & 2 = 0 AS enabled, ${scope} AS scoped
FROM read_ndjson(${quote(snapshot + '/ad-users.ndjson')}, columns = {
	"dn": 'VARCHAR', "objectGUID": 'VARCHAR',
	"mS-DS-ConsistencyGuid": 'VARCHAR', "userPrincipalName": 'VARCHAR',
	"mail": 'VARCHAR', "proxyAddresses": 'VARCHAR[]',
	"userAccountControl": 'VARCHAR'})`);
await db.run(`
CREATE TEMP TABLE tenant AS
SELECT "onPremisesImmutableId" AS anchor, "accountEnabled" AS enabled,
       coalesce("onPremisesImmutableId", id) AS key,
       coalesce(list_filter("proxyAddresses",
                lambda x: starts_with(x, 'SMTP:'))[1], mail) AS prime
FROM read_ndjson(${quote(snapshot + '/tenant-users.ndjson')}, columns = {
	"id": 'VARCHAR', "onPremisesImmutableId": 'VARCHAR',
	"accountEnabled": 'BOOLEAN', "mail": 'VARCHAR',
	"proxyAddresses": 'VARCHAR[]'})`);
await db.run(`
COPY (
WITH address AS (
	SELECT key, unnest(list_distinct(list_transform(proxies,
	       lambda x: lower(x)))) AS value FROM ad),
-- Grouping by hashes first, and comparing what remains, is twice as fast.
alike AS (SELECT hash(value) AS h FROM address GROUP BY h HAVING count(*) > 1),
shared AS (SELECT value FROM address SEMI JOIN alike ON hash(value) = h
	GROUP BY value HAVING count(*) > 1)
SELECT 'primary-onmicrosoft', key FROM tenant
WHERE ends_with(lower(prime), '.onmicrosoft.com')
UNION ALL
SELECT 'mail-missing', key FROM ad WHERE scoped AND mail IS NULL AND NOT
	coalesce(list_bool_or(list_transform(proxies,
	         lambda x: starts_with(x, 'SMTP:'))), false)
UNION ALL
SELECT DISTINCT 'proxy-duplicate', key FROM address SEMI JOIN shared
	USING (value)
UNION ALL
SELECT 'account-missing', key FROM ad ANTI JOIN tenant
	ON ad.anchor = tenant.anchor WHERE scoped
UNION ALL
SELECT 'enabled-differs', ad.key FROM ad JOIN tenant
	ON ad.anchor = tenant.anchor
	WHERE scoped AND ad.enabled <> tenant.enabled
UNION ALL
SELECT 'upn-malformed', key FROM ad WHERE scoped AND upn IS NOT NULL AND NOT
	regexp_full_match(upn, '[A-Za-z0-9''._!#^~-]+@[A-Za-z0-9.-]+')
) TO ${quote(out)} (FORMAT csv, HEADER false)`);
