// hostile.mjs FINDINGS PAGE: what a directory holds stays text, whatever it is,
// and no address of the page breaks it.
import { readFileSync } from 'fs';
import { is, ok, open, until, withBrowser } from './browser.mjs';
import { readFindings } from './findings.mjs';

const [,, folder, file] = process.argv;
const data = readFindings(folder);

// What the page is made of; its program has one script, one style, one block.
const made = page => page.evaluate(() => ({
	ran: typeof window.pwned, scripts: document.scripts.length,
	styles: document.querySelectorAll('style').length,
	images: document.images.length,
	frames: document.querySelectorAll(
		'iframe, object, embed, base, form, link').length,
	handlers: [...document.querySelectorAll('*')].filter(e =>
		[...e.attributes].some(a => /^(on|style$)/i.test(a.name))).length,
	links: [...document.querySelectorAll('a[href]')].filter(a =>
		!/^(#|https:)/.test(a.getAttribute('href'))).length,
	twice: (() => {
		const seen = new Set();

		return [...document.querySelectorAll('[id]')].filter(e =>
			seen.has(e.id) || !seen.add(e.id)).length;
	})(),
}));

const WANT = JSON.stringify({ ran: 'undefined', scripts: 2, styles: 1,
	images: 0, frames: 0, handlers: 0, links: 0, twice: 0 });

const HASHES = ['#sort=__proto__', '#sort=constructor', '#view=zzz',
	'#rule=__proto__', '#sev=zzz', '#q=%E0%A4%A', '#object=constructor',
	'#status=toString', '#constructor=1', '#rule=%3Cscript%3E&ou=%22',
	'#view=o&sort=severity', '#view=o&sort=findings.desc',
	'#view=f&sort=value', '#q=%3Cimg%20src%3Dx%20onerror%3Dpwned%3D1%3E',
	'#' + 'a'.repeat(100000), '#&&&===', '#view=f&status=all'];

// The list shows a hundred rows of what is searched for.
// Searches are without case, and of all that is known of an object.
const all = data.findings.map(f => JSON.stringify(f).toLowerCase());
const inFew = v => all.filter(f => f.includes(v.toLowerCase())).length <= 50;

// What is seen is what AD has: of each kind of value that has nothing unseen.
async function valuesLost(page) {
	const plain = [...new Set(data.findings.map(f => f.observed)
		.filter(v => v && v.length <= 300 && !v.includes('; ') &&
			/^[\x21-\x7e]+$/.test(v) && inFew(v)))];
	const lost = plain.length > 20 ? [] : ['few values: ' + plain.length];

	for (let i = 0; i < plain.length; i += Math.ceil(plain.length / 30)) {
		await page.fill('#q', plain[i]);
		await until(page, v => new URLSearchParams(
			location.hash.slice(1)).get('q') === v, plain[i]);
		const shown = await page.$$eval('#list .v bdi',
			list => list.map(e => e.textContent));
		if (!shown.includes(plain[i]))
			lost.push(plain[i]);
	}
	return lost;
}

await withBrowser(async browser => {
	const page = await open(browser, file, { acceptDownloads: true });

	is(JSON.stringify(await made(page)), WANT,
		'the page has what the program makes');
	for (const hash of HASHES) {
		await page.evaluate(h => { location.hash = h; }, hash);
		await page.waitForTimeout(50);
	}
	is(page.wrong.join('\n'), '', `${HASHES.length} addresses`);
	await page.evaluate(() => {
		location.hash = '#view=f&status=all';
	});
	await until(page, () => document.getElementById('s-status').value ===
		'all');
	for (let i = 0; i < 3 && await page.isVisible('#more'); i++)
		await page.click('#more');
	const names = page.locator('#list .open');
	const n = Math.min(await names.count(), 90);
	for (let i = 0; i < n; i += 3) {
		await names.nth(i).click();
		await page.keyboard.press('Escape');
	}
	is(JSON.stringify(await made(page)), WANT,
		`${n} rows and every third object shown: the same`);
	const lost = await valuesLost(page);
	is(lost.join('\n'), '', 'values stand as they are');
	await page.click('#rs');
	ok(await page.locator('#list .inv').count() > 10,
		'what is not seen is named');
	const [download] = await Promise.all([page.waitForEvent('download'),
		page.click('#dl')]);
	const csv = readFileSync(await download.path(), 'utf8');
	ok(!/(^|,)"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/m.test(csv.slice(1)), 'no field is a formula');
	is(page.wrong.join('\n'), '', 'nothing ran, nothing was asked for');
	const still = await open(browser, file, { javaScriptEnabled: false });
	is(still.wrong.join('\n'), '', 'nor without script');
});
