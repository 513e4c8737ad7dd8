// What goes wrong on the way: rules that say where, how often and what.
// {"path": "^/v1.0/users$", "skip": 1, "times": 2, "do": {"status": 429}}
import { gzipSync } from 'node:zlib';

export class Faults {
	#rules = [];

	set(rules) {
		this.#rules = rules.map((r) => ({ skip: 0, times: 1, ...r,
			met: 0, pattern: new RegExp(r.path) }));
	}

	// What is to be done to a request, or undefined.
	find(path, url) {
		for (const r of this.#rules) {
			if (!r.pattern.test(path) ||
			    (r.page && url.includes('skiptoken') !==
			     (r.page === 'later')))
				continue;
			r.met++;
			if (r.met > r.skip && r.met <= r.skip + r.times)
				return r.do;
		}
		return undefined;
	}
}

const HTML = '<!doctype html><title>Sign in</title><p>Welcome';

// Pages that are whole, and not what they seem.
export function spoil(body, d, self) {
	if (d.odd === 'bom')
		return Buffer.from('\ufeff' + body);
	if (d.odd === 'surrogate')
		return body.replace('"displayName":"',
			'"displayName":"\\ud83d');
	if (d.odd === 'nul')
		return body.replace('"displayName":"',
			'"displayName":"\\u0000\0');
	if (d.odd === 'number')
		return body.replace('"displayName":"',
			'"someNumber":1e400,"displayName":"');
	if (d.odd === 'latin1')
		return Buffer.from(body.replace('"displayName":"',
			'"displayName":"\xe9'), 'latin1');
	if (d.half)
		return body.slice(0, body.length / 2);
	if (d.deep)
		return '{"value":[{"id":"x","a":' + '['.repeat(d.deep) +
			']'.repeat(d.deep) + '}]}';
	if (d.next || d.empty) {
		const page = JSON.parse(body);
		page['@odata.nextLink'] = d.next === 'loop' || d.empty
			? self : d.next ?? page['@odata.nextLink'];
		if (d.empty)
			page.value = [];
		return JSON.stringify(page);
	}
	return d.html ? HTML : body;
}

function cutOff(res, raw, text, how) {
	const some = Buffer.from(text).subarray(0, 200);
	if (how === 'length')
		res.writeHead(200, { 'content-type': 'application/json',
			'content-length': text.length });
	else
		res.writeHead(200, { 'content-type': 'application/json' });
	res.write(some);
	setTimeout(() => how === 'reset' ? raw.resetAndDestroy()
		: res.stream ? res.stream.close(2) : raw.destroy(), 30);
}

async function drip(res, text, ms) {
	res.writeHead(200, { 'content-type': 'application/json' });
	const bytes = Buffer.from(text), part = Math.ceil(bytes.length / 8);
	for (let i = 0; i < bytes.length; i += part) {
		res.write(bytes.subarray(i, i + part));
		await new Promise((done) => setTimeout(done, ms));
	}
	res.end();
}

function huge(res, size, packed) {
	const part = Buffer.alloc(1 << 20, ' ');
	const headers = { 'content-type': 'application/json' };
	if (packed) {
		res.writeHead(200, { ...headers, 'content-encoding': 'gzip' });
		res.end(gzipSync(Buffer.alloc(size, ' ')));
		return;
	}
	res.writeHead(200, headers);
	let left = size;
	const more = () => {
		while (left > 0 && !res.destroyed) {
			left -= part.length;
			if (!res.write(part)) {
				res.once('drain', more);
				return;
			}
		}
		res.end();
	};
	res.on('error', () => {});
	more();
}

// Answers in place of the server; false when it shall go on (with a spoilt
// body). RAW is the TCP socket, since a TLS socket cannot send RST.
export function act(d, res, raw, text) {
	if (d.reset === 'before')
		raw.resetAndDestroy();
	else if (d.reset)
		cutOff(res, raw, text, 'reset');
	else if (d.cut)
		cutOff(res, raw, text, d.cut);
	else if (d.slow)
		drip(res, text, d.slow);
	else if (d.huge)
		huge(res, d.huge, d.gzip);
	else if (d.status) {
		res.writeHead(d.status, { 'content-type': d.html
			? 'text/html' : 'application/json', ...d.headers });
		res.end(d.html ? HTML : d.body === undefined ? ''
			: typeof d.body === 'string' ? d.body
			: JSON.stringify(d.body));
	} else if (!d.stall)
		return false;
	return true;
}
