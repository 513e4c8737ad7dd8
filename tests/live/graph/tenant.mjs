// A tenant of Microsoft Graph for tests: TLS with HTTP/2 and HTTP/1.1, tokens
// that end, pages whose addresses cannot be made up, delta links, and faults on
// request. A second port, plain and for the test alone, steers it.
import { createHash, createHmac, randomBytes, verify } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import { parseArgs } from 'node:util';
import { Changes } from './changes.mjs';
import { Faults, act, spoil } from './faults.mjs';
import * as people from './people.mjs';

const { values: o } = parseArgs({ options: Object.fromEntries([
	['users', '300'], ['groups', '20'], ['contacts', '30'],
	['members', '40'], ['deleted', '5'], ['seed', 'contoso'],
	['latency', '0'], ['key'], ['cert'], ['ready'], ['secret', 'sesame'],
	['http1', '0'], ['overlap', '0'], ['issuer', ''],
].map(([name, usual]) => [name, { type: 'string', default: usual }])) });

const tenant = { seed: o.seed, domain: 'contoso.example',
	initial: 'contoso.onmicrosoft.com', users: +o.users,
	membersPerGroup: +o.members };
const counts = { user: +o.users, group: +o.groups, contact: +o.contacts };
const changes = new Changes(tenant), faults = new Faults();
const hmacKey = randomBytes(16), tokens = new Map(), raw = new Map();
const groupNumbers = new Map(), roleNumbers = new Map();
const state = { lifetime: 3600, latency: +o.latency, deltaAge: 0, load: 0,
	wrong: false };
let log = [], base;

for (let n = 0; n < 3; n++)
	roleNumbers.set(people.idOf(o.seed, 'role', n), n);
const numberOfGroup = (id) => {
	const all = counts.group + changes.later('group').length;
	for (let n = groupNumbers.size; n < all; n++)
		groupNumbers.set(people.idOf(o.seed, 'group', n < counts.group
			? n : changes.later('group')[n - counts.group]), n);
	return groupNumbers.get(id);
};

class Refusal extends Error {
	constructor(status, code, message, headers = {}) {
		super(message);
		Object.assign(this, { status, code, headers });
	}
}

// ---- lists ----

const kinds = { users: 'user', groups: 'group', contacts: 'contact' };
const types = { user: 'user', group: 'group', contact: 'orgContact' };

// Objects of a kind from FROM on, COUNT of them; those that are gone lack.
function slice(kind, from, count) {
	const later = changes.later(kind), all = counts[kind] + later.length;
	const value = [];
	for (let n = from; n < Math.min(from + count, all); n++) {
		const one = changes.make(kind, n < counts[kind] ? n
			: later[n - counts[kind]]);
		if (!changes.isGone(one.id))
			value.push(one);
	}
	return { value, all };
}

const whole = (list) => (from, count) =>
	({ value: list.slice(from, from + count), all: list.length });

// Path -> what there is, its type, and whether pages can be sized.
function find(path) {
	const [, version, ...rest] = path.split('/');
	const name = rest.join('/'), [top, id, below] = rest;
	if (version === 'beta' && name !== 'directory/onPremisesSynchronization')
		return undefined;
	if (kinds[name])
		return { type: types[kinds[name]], paged: true, list: (a, b) =>
			slice(kinds[name], a, b) };
	if (top === 'groups' && below === 'members') {
		const n = numberOfGroup(id);
		return n === undefined || changes.isGone(id) ? undefined
			: { type: 'directoryObject', paged: true,
				list: whole(changes.members(n)) };
	}
	if (top === 'directoryRoles' && below === 'members')
		return roleNumbers.has(id) ? { type: 'directoryObject', list:
			whole(people.roleMembers(tenant, roleNumbers.get(id))) }
			: undefined;
	if (below === 'onPremisesSyncBehavior')
		return { type: 'onPremisesSyncBehavior', one: { id,
			isCloudManaged: true } };
	if (kinds[top] && id && !below && id !== 'delta')
		return findOne(kinds[top], id);
	const lists = {
		'organization': people.organization(tenant),
		'domains': people.domains(tenant),
		'subscribedSkus': people.skus(tenant),
		'directoryRoles': [0, 1, 2].map((n) => people.role(tenant, n)),
		'directory/onPremisesSynchronization':
			people.sync(tenant, version),
		'directory/deletedItems/microsoft.graph.user': [
			...Array.from({ length: +o.deleted }, (_, n) =>
				people.deletedUser(tenant, n)),
			...changes.deleted()],
	};
	return lists[name] && { type: name, list: whole(lists[name]),
		paged: name.startsWith('directory/deleted') };
}

function findOne(kind, id) {
	const later = changes.later(kind);
	for (let n = 0; n < counts[kind] + later.length; n++) {
		const number = n < counts[kind] ? n : later[n - counts[kind]];
		if (people.idOf(o.seed, kind, number) === id)
			return changes.isGone(id) ? undefined
				: { type: types[kind], one: changes.make(kind,
					number) };
	}
	return undefined;
}

// ---- OData ----

function pick(one, names, type) {
	const out = {};
	if (one['@odata.type'])
		out['@odata.type'] = one['@odata.type'];
	if (one['@removed'])
		return one;
	for (const name of names ?? Object.keys(one)) {
		if (!(name in one) && name !== 'members')
			throw new Refusal(400, 'Request_BadRequest',
				`Could not find a property named '${name}' on ` +
				`type 'microsoft.graph.${type}'.`);
		if (name in one)
			out[name] = one[name];
	}
	return out;
}

const seal = (text) => {
	const mac = createHmac('sha256', hmacKey).update(text).digest('hex');
	return Buffer.from(`${text}|${mac}`).toString('base64url');
};

function unseal(token, path, code) {
	const text = Buffer.from(token, 'base64url').toString();
	const at = text.lastIndexOf('|'), said = text.slice(0, at);
	if (at < 0 || seal(said) !== token || !said.startsWith(`${path}|`))
		throw new Refusal(400, code, 'The token is not valid.');
	return said.slice(path.length + 1).split('|');
}

const allowed = /^\$(select|top|skiptoken|deltatoken|count)$/;

function options(url) {
	const q = Object.fromEntries(url.searchParams);
	for (const name of Object.keys(q))
		if (!allowed.test(name))
			throw new Refusal(400, 'Request_BadRequest',
				`Unrecognized query parameter '${name}'.`);
	const top = +(q.$top ?? 100);
	if (!(top >= 1 && top <= 999))
		throw new Refusal(400, 'Request_BadRequest',
			'Invalid page size.');
	return { ...q, top, names: q.$select?.split(',') };
}

function answerList(found, url, q) {
	const overlap = q.$skiptoken ? +o.overlap : 0;
	const [from, top, select] = q.$skiptoken ? unseal(q.$skiptoken,
		url.pathname, 'Directory_ExpiredPageToken')
		: ['0', found.paged ? q.top : 1e9, q.$select ?? ''];
	const names = select ? select.split(',') : undefined;
	const start = Math.max(0, +from - overlap), end = +from + +top;
	const { value, all } = found.list(start, end - start);
	const page = { '@odata.context': `${base}/v1.0/$metadata#x`,
		value: value.map((one) => pick(one, names, found.type)) };
	// So that a contract that checks nothing is noticed.
	if (state.wrong && page.value[0])
		page.value[0].displayName = { not: 'a string' };
	if (end < all)
		page['@odata.nextLink'] = `${base}${url.pathname}?$skiptoken=` +
			seal(`${url.pathname}|${end}|${top}|${select}`);
	return page;
}

function answerDelta(kind, url, q) {
	const link = (n, select) => `${base}${url.pathname}?$deltatoken=` +
		seal(`${url.pathname}|${n}|${select}`);
	const page = { '@odata.context': `${base}/v1.0/$metadata#x`, value: [] };
	if (q.$deltatoken === 'latest' || !q.$deltatoken)
		return { ...page, '@odata.deltaLink': link(changes.now,
			q.$select ?? '') };
	const [from, select] = unseal(q.$deltatoken, url.pathname,
		'Directory_ResyncRequired');
	if (+from < state.deltaAge)
		throw new Refusal(410, 'syncStateNotFound', 'Resync required.',
			{ location: `${base}${url.pathname}?$deltatoken=` });
	const told = changes.since(kind, +from);
	const names = select ? select.split(',') : undefined;
	// Graph may tell of an object twice.
	page.value = told.concat(told.slice(0, 1)).map((one) =>
		pick(one, names, types[kind]));
	return { ...page, '@odata.deltaLink': link(changes.now, select) };
}

function answer(url) {
	const q = options(url), [, , top, last] = url.pathname.split('/');
	if (last === 'delta' && kinds[top])
		return answerDelta(kinds[top], url, q);
	const found = find(url.pathname);
	if (!found)
		throw new Refusal(404, 'Request_ResourceNotFound',
			`Resource '${url.pathname}' does not exist.`);
	return found.one ? { '@odata.context': 'x',
		...pick(found.one, q.names, found.type) }
		: answerList(found, url, q);
}

// ---- sign-in, as simple as can be; oauth.mjs is the strict one ----

function issue(form) {
	const f = new URLSearchParams(form);
	if (f.get('client_secret') !== o.secret)
		return [401, { error: 'invalid_client', error_description:
			'AADSTS7000215: Invalid client secret provided.\r\n' +
			'Trace ID: 1', error_codes: [7000215] }];
	const token = `tok.${randomBytes(400).toString('base64url')}`;
	tokens.set(token, Date.now() + state.lifetime * 1000);
	return [200, { token_type: 'Bearer', expires_in: state.lifetime,
		access_token: token }];
}

// A token of oauth.mjs: signature, audience, and time.
function admit(token) {
	const [head, body, signature] = token.split('.');
	const claims = JSON.parse(Buffer.from(body, 'base64url'));
	if (claims.aud === base && verify('sha256', `${head}.${body}`,
		readFileSync(o.issuer), Buffer.from(signature, 'base64url')))
		tokens.set(token, claims.exp * 1000);
}

function checkToken(req) {
	const token = req.headers.authorization?.replace(/^Bearer /, '');
	if (o.issuer && !tokens.has(token) && token?.split('.').length === 3)
		admit(token);
	if (!(tokens.get(token) > Date.now()))
		throw new Refusal(401, 'InvalidAuthenticationToken',
			'Access token has expired or is not yet valid.');
}

// ---- the server ----

function respond(req, form) {
	const url = new URL(req.url, base);
	if (url.pathname.endsWith('/oauth2/v2.0/token') &&
	    req.method === 'POST')
		return issue(form);
	try {
		checkToken(req);
		if (req.method !== 'GET')
			throw new Refusal(405, 'Request_BadRequest', 'No.');
		return [200, answer(url)];
	} catch (e) {
		if (!(e instanceof Refusal))
			throw e;
		return [e.status, { error: { code: e.code, message:
			e.message } }, e.headers];
	}
}

function note(req, status, began) {
	log.push({ began, ended: Date.now(), method: req.method, url: req.url,
		status, protocol: req.httpVersion, token: createHash('sha256')
			.update(req.headers.authorization ?? '').digest('hex')
			.slice(0, 12), agent: req.headers['user-agent'] });
}

function serve(req, res, form, began) {
	const path = req.url.split('?')[0], d = faults.find(path, req.url);
	const tcp = raw.get((req.stream?.session?.socket ?? req.socket)
		.remotePort);
	const [status, body, headers] = respond(req, form);
	let text = JSON.stringify(body);
	note(req, d ? JSON.stringify(d) : status, began);
	if (d && status === 200 && act(d, res, tcp, text))
		return;
	if (d && status === 200)
		text = spoil(text, d, base + req.url);
	res.writeHead(status, { 'content-type': 'application/json',
		...(state.load ? { 'x-ms-throttle-limit-percentage':
			String(state.load) } : {}), ...headers });
	res.end(text);
}

function listener(req, res) {
	const began = Date.now();
	let form = '';
	req.on('data', (part) => form += part);
	req.on('error', () => {});
	res.on('error', () => {});
	req.on('end', () => {
		if (state.latency)
			setTimeout(serve, state.latency, req, res, form, began);
		else
			serve(req, res, form, began);
	});
}

const identity = { key: readFileSync(o.key), cert: readFileSync(o.cert) };
const server = +o.http1 ? https.createServer(identity, listener)
	: http2.createSecureServer({ allowHTTP1: true, ...identity }, listener);
server.on('connection', (socket) => {
	const port = socket.remotePort;
	raw.set(port, socket);
	socket.on('close', () => raw.delete(port));
	socket.on('error', () => {});
});
server.on('sessionError', () => {});

const verbs = {
	'/faults': (body) => faults.set(body),
	'/change': (body) => body.forEach((c) => changes.apply(c)),
	'/state': (body) => Object.assign(state, body),
	// Where links lead, when something stands before this server.
	'/base': (body) => { base = body.url; },
	'/revoke': () => tokens.clear(),
	'/forget': () => { log = []; },
};
const control = http.createServer((req, res) => {
	let text = '';
	req.on('data', (part) => text += part);
	req.on('end', () => {
		verbs[req.url]?.(text ? JSON.parse(text) : undefined);
		res.end(req.url === '/log'
			? log.map((l) => JSON.stringify(l)).join('\n') : 'ok');
	});
});

server.listen(0, '127.0.0.1', () => control.listen(0, '127.0.0.1', () => {
	base = `https://127.0.0.1:${server.address().port}`;
	writeFileSync(o.ready, `${base}\n` +
		`http://127.0.0.1:${control.address().port}\n`);
}));
