// TLS before Prism, which speaks plain HTTP and knows paths without a version.
// What its description of Graph does not have goes to the tenant itself. Every
// request and what the contract says of it is written to a log.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { parseArgs } from 'node:util';

const names = ['key', 'cert', 'ca', 'prism', 'tenant', 'ready', 'log'];
const { values: o } = parseArgs({ options: Object.fromEntries(
	names.map((name) => [name, { type: 'string' }])) });
const ca = readFileSync(o.ca);

// Newer than the description that is published as OpenAPI.
const unknown = /onPremisesSyncBehavior|^\/beta/;

function pass(req, res, form) {
	const known = req.url.startsWith('/v1.0/') && !unknown.test(req.url);
	const target = new URL(known ? req.url.slice('/v1.0'.length) : req.url,
		known ? o.prism : o.tenant);
	const { host, connection, ...headers } = req.headers;
	const out = (known ? http : https).request(target,
		{ method: req.method, headers, ca }, (answer) => {
			const parts = [];
			answer.on('data', (part) => parts.push(part));
			answer.on('end', () => {
				const body = Buffer.concat(parts);
				appendFileSync(o.log, JSON.stringify({ known,
					method: req.method, url: req.url,
					status: answer.statusCode, said:
					answer.statusCode === 200 ? ''
					: body.toString().slice(0, 2000),
					violations: answer.headers[
						'sl-violations'] ?? '' }) + '\n');
				res.writeHead(answer.statusCode, {
					'content-type': 'application/json' });
				res.end(body);
			});
		});
	out.on('error', (e) => {
		res.writeHead(502);
		res.end(String(e));
	});
	out.end(form);
}

const server = https.createServer({ key: readFileSync(o.key),
	cert: readFileSync(o.cert) }, (req, res) => {
	let form = '';
	req.on('data', (part) => form += part);
	req.on('end', () => pass(req, res, form));
});
server.listen(0, '127.0.0.1', () => writeFileSync(o.ready,
	`https://127.0.0.1:${server.address().port}\n`));
