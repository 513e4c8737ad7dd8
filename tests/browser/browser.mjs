// Debian's Chromium with a page of a file, and lines of TAP of what is tried.
import { createRequire } from 'module';
import { resolve } from 'path';

const require = createRequire(process.env.NODE_ROOT + '/package.json');
const { chromium } = require('playwright-core');

export const axePath = require.resolve('axe-core/axe.min.js');

let n = 0, failed = 0;

export function ok(good, name, ...why) {
	n++;
	failed += !good;
	console.log(`${good ? '' : 'not '}ok ${n} - ${name}`);
	if (!good)
		for (const w of why)
			console.log('# ' + String(w).replaceAll('\n', '\n# '));
	return good;
}

export const is = (have, want, name) => ok(have === want, name,
	'have ' + JSON.stringify(have), 'want ' + JSON.stringify(want));

export const tell = text => console.log('# ' + text);

export const urlOf = file => 'file://' + resolve(file);

export function finish() {
	console.log(`1..${n}`);
	process.exit(failed ? 1 : 0);
}

// Runs WHAT with the browser, and says how many tests there were.
export async function withBrowser(what, ...flags) {
	const browser = await chromium.launch({
		executablePath: '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic',
			'--no-first-run', '--disable-background-networking',
			'--disable-component-update', '--disable-sync', ...flags],
	});

	try {
		await what(browser);
	} catch (e) {
		ok(false, 'no test breaks off', e.stack);
	} finally {
		await browser.close();
	}
	finish();
}

// A page of FILE as OPTIONS say, and what goes wrong in it.
export async function open(browser, file, options = {}, hash = '') {
	const context = await browser.newContext({
		viewport: { width: 1280, height: 900 }, ...options });
	const page = await context.newPage();
	const wrong = [];

	page.on('pageerror', e => wrong.push('error: ' + e.message));
	page.on('console', m => {
		if (m.type() === 'error' || m.type() === 'warning')
			wrong.push(m.type() + ': ' + m.text());
	});
	page.on('dialog', d => {
		wrong.push('dialog: ' + d.message());
		d.dismiss();
	});
	page.on('request', r => {
		if (!/^(file|data|blob):/.test(r.url()))
			wrong.push('request: ' + r.url());
	});
	page.wrong = wrong;
	await page.goto(urlOf(file) + hash);
	return page;
}

// Waits until CHECK, a function within the page, is true.
export const until = (page, check, arg) => page.waitForFunction(check, arg,
	{ timeout: 10000 });
