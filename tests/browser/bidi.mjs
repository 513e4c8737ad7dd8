// Debian's Firefox, driven as it is: WebDriver BiDi over a socket of this
// machine (https://www.w3.org/TR/webdriver-bidi/), since playwright-core drives
// none but a Firefox of its own making.
import { spawn } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { createRequire } from 'module';
import { tmpdir } from 'os';
import { join } from 'path';

const require = createRequire(process.env.NODE_ROOT + '/package.json');
const WebSocket = require('ws');

// All it would ask for goes to a port of this machine that nobody listens on.
const prefs = {
	'network.proxy.type': 1, 'network.proxy.http': '127.0.0.1',
	'network.proxy.http_port': 9, 'network.proxy.ssl': '127.0.0.1',
	'network.proxy.ssl_port': 9, 'network.proxy.no_proxies_on': '',
	'network.proxy.allow_hijacking_localhost': true,
	'network.trr.mode': 5, 'network.dns.disablePrefetch': true,
	'network.captive-portal-service.enabled': false,
	'network.connectivity-service.enabled': false,
	'network.http.speculative-parallel-limit': 0,
	'app.update.disabledForTesting': true, 'app.normandy.enabled': false,
	'browser.safebrowsing.malware.enabled': false,
	'browser.safebrowsing.phishing.enabled': false,
	'datareporting.policy.dataSubmissionEnabled': false,
	'toolkit.telemetry.unified': false, 'extensions.update.enabled': false,
	'services.settings.server': 'data:,#remote-settings-dummy/v1',
	'browser.shell.checkDefaultBrowser': false,
	'dom.events.testing.asyncClipboard': true,
	'browser.download.folderList': 2,
	'browser.download.useDownloadDir': true,
	'browser.download.always_ask_before_handling_new_types': false,
};

const wait = ms => new Promise(done => setTimeout(done, ms));

// Where it listens; it says so once, on its errors.
function listening(child) {
	return new Promise((done, fail) => {
		let said = '';

		child.stderr.on('data', text => {
			const at = /BiDi listening on (ws:\S+)/.exec(said += text);

			if (at)
				done(at[1]);
		});
		child.on('exit', code => fail(new Error(`firefox ends with ${code}: ` +
			said)));
		child.on('error', fail);
	});
}

// Whether a process of its group is there still.
function lives(group) {
	try {
		process.kill(-group, 0);
		return true;
	} catch {
		return false;
	}
}

export class Firefox {
	#next = 0;
	#asked = new Map();
	#listeners = [];

	// With more preferences than those.
	static async start(more = {}) {
		const f = new Firefox();

		f.folder = mkdtempSync(join(tmpdir(), 'firefox-'));
		writeFileSync(join(f.folder, 'user.js'), Object.entries({ ...prefs,
			...more, 'browser.download.dir': f.folder }).map(([name, value]) =>
			`user_pref("${name}", ${JSON.stringify(value)});\n`).join(''));
		f.child = spawn('/usr/bin/firefox-esr', ['--headless', '--no-remote',
			'--profile', f.folder, '--remote-debugging-port', '0',
			'about:blank'], { detached: true,
			stdio: ['ignore', 'ignore', 'pipe'],
			env: { ...process.env, HOME: f.folder, MOZ_CRASHREPORTER_DISABLE: '1' } });
		f.socket = new WebSocket(await listening(f.child) + '/session',
			{ maxPayload: 1 << 28, perMessageDeflate: false });
		await new Promise((done, fail) => f.socket.on('open', done)
			.on('error', fail));
		f.socket.on('message', text => f.#take(JSON.parse(text)));
		const { capabilities } = await f.ask('session.new',
			{ capabilities: {} });
		f.name = `${capabilities.browserName} ${capabilities.browserVersion}`;
		return f;
	}

	#take(message) {
		if (message.type === 'event')
			return this.#listeners.forEach(l => l(message.method,
				message.params));
		const asked = this.#asked.get(message.id);

		this.#asked.delete(message.id);
		if (message.type === 'success')
			asked.done(message.result);
		else
			asked.fail(new Error(`${asked.method}: ${message.error}: ` +
				message.message));
	}

	onEvent(listener) {
		this.#listeners.push(listener);
	}

	ask(method, params) {
		const id = ++this.#next;

		return new Promise((done, fail) => {
			this.#asked.set(id, { method, done, fail });
			this.socket.send(JSON.stringify({ id, method, params }));
		});
	}

	// Ends it, and what it started; whether nothing of that is left.
	async end() {
		const group = this.child.pid;

		await this.ask('browser.close', {}).catch(() => {});
		this.socket.close();
		for (let i = 0; i < 100 && lives(group); i++)
			await wait(100);
		const ended = !lives(group);

		if (!ended)
			process.kill(-group, 'SIGKILL');
		rmSync(this.folder, { recursive: true, force: true,
			maxRetries: 10, retryDelay: 200 });
		return ended;
	}
}

export class Tab {
	// A page of URL, and what goes wrong in it.
	static async open(firefox, url) {
		const t = new Tab();

		t.firefox = firefox;
		t.wrong = [];
		t.id = (await firefox.ask('browsingContext.create',
			{ type: 'tab' })).context;
		await firefox.ask('session.subscribe', { contexts: [t.id], events: [
			'log.entryAdded', 'network.beforeRequestSent',
			'browsingContext.userPromptOpened'] });
		firefox.onEvent((name, p) => t.#note(name, p));
		await firefox.ask('script.addPreloadScript', { contexts: [t.id],
			functionDeclaration: `() => {
				window.refused = [];
				document.addEventListener('securitypolicyviolation',
					e => window.refused.push(e.violatedDirective));
			}` });
		await firefox.ask('browsingContext.navigate', { context: t.id, url,
			wait: 'complete' });
		return t;
	}

	#note(name, p) {
		if ((p.context ?? p.source?.context) !== this.id)
			return;
		if (name === 'log.entryAdded' && /error|warn/.test(p.level))
			this.wrong.push(`${p.level}: ${p.text}`);
		if (name === 'network.beforeRequestSent' &&
			!/^(file|data|blob):/.test(p.request.url))
			this.wrong.push('request: ' + p.request.url);
		if (name === 'browsingContext.userPromptOpened')
			this.wrong.push('dialog: ' + p.message);
	}

	// What CODE, a function within the page, returns of ARGUMENTS.
	async run(code, ...args) {
		const { result, exceptionDetails } = await this.firefox.ask(
			'script.callFunction', { awaitPromise: true,
				target: { context: this.id }, arguments: [{
					type: 'string', value: JSON.stringify(args) }],
				functionDeclaration: `async text => JSON.stringify(
					await (${code})(...JSON.parse(text)) ?? null)` });

		if (exceptionDetails)
			throw new Error(exceptionDetails.text);
		return JSON.parse(result.value);
	}

	async until(code, ...args) {
		for (let i = 0; i < 100; i++) {
			if (await this.run(code, ...args))
				return true;
			await wait(100);
		}
		throw new Error('never: ' + code);
	}

	async #perform(type, actions, more = {}) {
		await this.firefox.ask('input.performActions', { context: this.id,
			actions: [{ type, id: type, actions, ...more }] });
	}

	async click(selector) {
		const { nodes } = await this.firefox.ask('browsingContext.locateNodes',
			{ context: this.id, locator: { type: 'css', value: selector },
				maxNodeCount: 1 });

		await this.run(s => document.querySelector(s).scrollIntoView(
			{ block: 'center', behavior: 'instant' }), selector);
		await this.#perform('pointer', [{ type: 'pointerMove', x: 0, y: 0,
			origin: { type: 'element', element: {
				sharedId: nodes[0].sharedId } } },
		{ type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }]);
	}

	async type(text) {
		await this.#perform('key', [...text].flatMap(value => [
			{ type: 'keyDown', value }, { type: 'keyUp', value }]));
	}

	count(selector) {
		return this.firefox.ask('browsingContext.locateNodes', {
			context: this.id, locator: { type: 'css', value: selector } })
			.then(r => r.nodes.length);
	}
}
