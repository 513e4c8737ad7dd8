// oidc-provider at Entra's addresses, with Entra's errors: it checks secrets,
// assertions and device codes for real. What Entra asks beyond it, the
// certificate's thumbprint in the assertion and the scope, is checked here.
// A second port, plain and for the test alone, plays the user and the faults.
import { X509Certificate, createPublicKey, generateKeyPairSync }
	from 'node:crypto';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';

const names = ['key', 'cert', 'ready', 'modules', 'app', 'secret', 'client',
	'tenant', 'graph', 'log', 'port', 'public'];
const { values: o } = parseArgs({ options: Object.fromEntries(
	names.map((name) => [name, { type: 'string' }])) });
const load = createRequire(`${o.modules}/x.js`);
const { default: Provider } = await import(load.resolve('oidc-provider'));

const base = `https://127.0.0.1:${o.port}`, app = readFileSync(o.app);
const scope = `${o.graph}/.default`, path = `/${o.tenant}/oauth2/v2.0`;
const state = { lifetime: 3600, slow: 0, fail: 0, html: 0, asked: 0 };
const jwk = (key, more) => ({ ...createPublicKey(key).export(
	{ format: 'jwk' }), use: 'sig', ...more });
const signing = generateKeyPairSync('rsa', { modulusLength: 2048 });

// For those who check tokens.
writeFileSync(o.public, signing.publicKey.export({ type: 'spki',
	format: 'pem' }));

const common = { client_id: o.client, redirect_uris: [], response_types: [] };
const provider = new Provider(base, {
	clients: [
		{ ...common, client_secret: o.secret,
			token_endpoint_auth_method: 'client_secret_post',
			grant_types: ['client_credentials'] },
		{ ...common, client_id: `${o.client}-cert`,
			token_endpoint_auth_method: 'private_key_jwt',
			grant_types: ['client_credentials'],
			jwks: { keys: [jwk(app)] } },
		{ ...common, client_id: `${o.client}-user`,
			token_endpoint_auth_method: 'none',
			application_type: 'native', grant_types: [
				'urn:ietf:params:oauth:grant-type:device_code',
				'refresh_token'] },
	],
	jwks: { keys: [{ ...signing.privateKey.export({ format: 'jwk' }),
		use: 'sig', alg: 'RS256' }] },
	clientAuthMethods: ['client_secret_post', 'private_key_jwt', 'none'],
	enabledJWA: { clientAuthSigningAlgValues: ['PS256', 'RS256'] },
	scopes: ['openid', 'offline_access', scope],
	routes: { token: `${path}/token`,
		device_authorization: `${path}/devicecode`,
		jwks: `/${o.tenant}/discovery/v2.0/keys` },
	ttl: { ClientCredentials: () => state.lifetime,
		AccessToken: () => state.lifetime, DeviceCode: 60,
		RefreshToken: 3600, Grant: 3600 },
	issueRefreshToken: () => true,
	findAccount: (ctx, id) => ({ accountId: id,
		claims: () => ({ sub: id }) }),
	features: {
		devInteractions: { enabled: false },
		clientCredentials: { enabled: true },
		deviceFlow: { enabled: true },
		resourceIndicators: { enabled: true,
			defaultResource: () => o.graph,
			useGrantedResource: () => true,
			getResourceServerInfo: () => ({ scope, audience: o.graph,
				accessTokenFormat: 'jwt', jwt: { sign: {
					alg: 'RS256' } } }) },
	},
});

// ---- errors as Entra words them ----

const numbers = { authorization_pending: 70016, expired_token: 70020,
	access_denied: 70000, invalid_scope: 70011, invalid_grant: 70008 };

function numberOf(error, form) {
	if (error !== 'invalid_client')
		return numbers[error] ?? 900144;
	return !form.get('client_id')?.startsWith(o.client) ? 700016
		: form.has('client_assertion') ? 700027 : 7000215;
}

function worded(error, number, text) {
	return { error: error === 'access_denied'
		? 'authorization_declined' : error,
	error_description: `AADSTS${number}: ${text}\r\nTrace ID: 1\r\n` +
		'Correlation ID: 2', error_codes: [number],
	timestamp: new Date().toISOString(), trace_id: '1',
	correlation_id: '2' };
}

provider.use(async (ctx, next) => {
	await next();
	if (ctx.body?.error)
		ctx.body = worded(ctx.body.error, numberOf(ctx.body.error,
			ctx.req.form), ctx.body.error_description);
	if (ctx.body?.user_code && ctx.status === 200) {
		ctx.body.verification_uri = `${base}/devicelogin`;
		ctx.body.interval = 1;
		ctx.body.message = 'To sign in, open ' +
			`${ctx.body.verification_uri} and enter the code ` +
			`${ctx.body.user_code}`;
	}
});

// ---- what Entra asks beyond ----

const thumbprint = Buffer.from(new X509Certificate(app).fingerprint256
	.replaceAll(':', ''), 'hex').toString('base64url');
const decode = (part) => JSON.parse(Buffer.from(part, 'base64url'));

function objection(req, form) {
	if (!req.url.startsWith(`/${o.tenant}/`))
		return ['invalid_request', 90002, 'Tenant not found.'];
	if (form.has('client_assertion')) {
		const [head] = form.get('client_assertion').split('.');
		if (decode(head)['x5t#S256'] !== thumbprint)
			return ['invalid_client', 700027, 'The certificate with ' +
				'this identifier is not registered.'];
	}
	if (form.get('grant_type') === 'client_credentials' &&
	    form.get('scope') !== scope)
		return ['invalid_scope', 70011, 'The scope is not valid.'];
	if (form.has('device_code') && state.slow-- > 0)
		return ['slow_down', 50196, 'Slow down.'];
	return undefined;
}

function note(req, form) {
	const jwt = form.get('client_assertion')?.split('.').slice(0, 2)
		.map(decode);
	appendFileSync(o.log, JSON.stringify({ at: Date.now(), url: req.url,
		method: req.method, grant: form.get('grant_type'),
		alg: jwt?.[0].alg, aud: jwt?.[1].aud,
		life: jwt && jwt[1].exp - jwt[1].iat }) + '\n');
}

const callback = provider.callback();
https.createServer({ key: readFileSync(o.key), cert: readFileSync(o.cert) },
	(req, res) => {
		let text = '';
		req.on('data', (part) => text += part);
		req.on('end', () => {
			const form = new URLSearchParams(text);
			note(req, form);
			const bad = state.fail-- > 0 ? 503 : state.html-- > 0
				? 200 : 0;
			const no = objection(req, form);
			if (bad || no) {
				res.writeHead(bad || 400, { 'content-type': bad
					? 'text/html' : 'application/json' });
				res.end(bad ? '<p>Welcome' :
					JSON.stringify(worded(...no)));
				return;
			}
			req.form = form;
			req.body = text;
			callback(req, res);
		});
	}).listen(+o.port, '127.0.0.1');

// ---- the user in the browser ----

async function grant(code) {
	const g = new provider.Grant({ accountId: 'user',
		clientId: code.clientId });
	g.addOIDCScope('openid offline_access');
	g.addResourceScope(o.graph, scope);
	Object.assign(code, { accountId: 'user', grantId: await g.save(),
		scope: `offline_access ${scope}`, resource: o.graph });
}

const acts = {
	approve: grant,
	decline: (code) => Object.assign(code, { error: 'access_denied',
		errorDescription: 'The user declined.' }),
	expire: (code) => Object.assign(code, { error: 'expired_token',
		errorDescription: 'The code has expired.' }),
};

const control = http.createServer(async (req, res) => {
	const url = new URL(req.url, 'http://x'), act = url.pathname.slice(1);
	if (acts[act]) {
		const code = await provider.DeviceCode.findByUserCode(
			url.searchParams.get('code').replaceAll('-', ''));
		await acts[act](code);
		await code.save();
	} else {
		for (const [name, value] of url.searchParams)
			state[name] = +value;
	}
	res.end('ok');
});
control.listen(0, '127.0.0.1', () => writeFileSync(o.ready,
	`${base}\nhttp://127.0.0.1:${control.address().port}\n`));
