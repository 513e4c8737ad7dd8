// firefox.mjs FINDINGS PAGE HOSTILE-FINDINGS HOSTILE-PAGE: the page in Debian's
// Firefox, in short: what chromium is asked at length.
import { readFileSync, readdirSync } from 'fs';
import { join } from 'path';
import { Firefox, Tab } from './bidi.mjs';
import { finish, is, ok, tell, urlOf } from './browser.mjs';
import { firstNumber } from './counts.mjs';
import { parseCsv, readFindings, tally } from './findings.mjs';

const [,, folder, file, hostileFolder, hostileFile] = process.argv;
const ESCAPE = '\uE00C';

const told = async tab => firstNumber(await tab.run(() =>
	document.getElementById('count').textContent));

async function checkLists(tab, data) {
	is(await told(tab), data.manifest.changes, 'changes are counted');
	await tab.click('#tf');
	is(await told(tab), data.counted.length, 'findings are counted');
	await tab.click('#to');
	const of = await tab.run(() => document.getElementById('count').textContent);
	ok(firstNumber(of.replace(/^.* of /, '')) >= data.forecast.length,
		'objects are counted', of);
	await tab.click('#tf');
}

async function checkSearch(tab, data) {
	const [guid, n] = [...tally(data.counted, f => f.guid)]
		.filter(x => x[0] && data.placeOf.has(x[0]))
		.sort((a, b) => b[1] - a[1])[0];

	await tab.click('#q');
	await tab.type(guid);
	await tab.until(q => location.hash.includes(q), guid);
	is(await told(tab), n, 'what is typed is searched for');
	const first = '#list .open';
	await tab.click(first);
	await tab.until(() => document.getElementById('dlg').open);
	ok(await tab.run(g => document.getElementById('dlg').textContent
		.includes(g), guid), 'a click opens the object');
	await tab.type(ESCAPE);
	await tab.until(() => !document.getElementById('dlg').open);
	await tab.click('#rs');
	is(await told(tab), data.counted.length, 'clear shows all again');
}

async function checkFilter(tab, data) {
	const sums = [...tally(data.counted, f => f.rule)];

	for (const [rule, n] of sums.slice(0, 5)) {
		await tab.run(r => { location.hash = '#view=f&rule=' + r; }, rule);
		await tab.until(r => document.getElementById('s-rule').value === r,
			rule);
		is(await told(tab), n, 'filtered by ' + rule);
	}
	await tab.click('#rs');
}

const formula = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

// The text of the file that was saved, when it is whole.
async function saved(folder) {
	for (let i = 0; i < 100; i++) {
		const names = readdirSync(folder);
		const name = names.find(n => n.endsWith('.csv'));
		const text = name ? readFileSync(join(folder, name), 'utf8') : '';

		if (text && !names.some(n => n.endsWith('.part')))
			return text;
		await new Promise(done => setTimeout(done, 100));
	}
	throw new Error('nothing is saved');
}

async function checkCopies(tab, data) {
	await tab.click('#cp');
	await tab.until(() => / copied/.test(
		document.getElementById('count').textContent));
	const lines = (await tab.run(() => navigator.clipboard.readText()))
		.split('\n');
	is(lines.length, data.counted.length + 1, 'rows are copied, with a head');
	await tab.click('#dl');
	const csv = await saved(tab.firefox.folder);
	const rows = parseCsv(csv.slice(1)), at = rows[0].length - 1;
	is(rows.slice(1).map(r => r[at]).sort().join(), data.counted.map(
		f => f.fingerprint).sort().join(), 'CSV has what counts');
	ok(rows.flat().every(x => !formula.test(x)), 'and nothing is computed');
}

async function checkPolicy(tab) {
	const ran = await tab.run(() => {
		try {
			const script = document.createElement('script');

			script.text = 'window.ran = true';
			document.body.append(script);
		} catch {}
		return !!window.ran;
	});

	ok(!ran, 'no script is added');
	ok(await tab.run(() => new Promise(done => {
		const image = document.createElement('img');
		const url = 'https://127.0.0.1:9/x.png';

		// Nobody answers there: an error alone tells of no refusal.
		document.addEventListener('securitypolicyviolation', e => {
			if (e.effectiveDirective === 'img-src' &&
			    e.blockedURI === url)
				done(true);
		});
		setTimeout(done, 5000, false);
		image.src = url;
	})), 'no image is asked for');
	ok((await tab.run(() => window.refused)).length > 0,
		'which would be noticed');
}

async function checkPage(firefox, path, data) {
	const tab = await Tab.open(firefox, urlOf(path));

	is(await tab.count('.rule'), tally(data.findings, f => f.rule).size,
		'without script: a part of each rule that found something');
	ok(await tab.count('.rule tbody tr') > 10, 'without script: it has rows');
	is(await tab.count('#list .open'), 0, 'and script there is none');
	is(tab.wrong.join('\n'), '', 'without script: nothing goes wrong');
}

// In a Firefox of its own, which runs no script of pages.
async function checkPlain(...pages) {
	const firefox = await Firefox.start({ 'javascript.enabled': false });

	try {
		for (const [path, data] of pages)
			await checkPage(firefox, path, data);
	} finally {
		ok(await firefox.end(), 'no process is left of it');
	}
}

// When its lists are there.
async function opened(firefox, path) {
	const tab = await Tab.open(firefox, urlOf(path));

	await tab.until(() => /\d/.test(
		document.getElementById('count').textContent));
	return tab;
}

async function checkHostile(firefox, data) {
	const tab = await opened(firefox, hostileFile);

	await checkLists(tab, data);
	for (const hash of ['#view=f&status=all', '#q=%3Cscript%3E',
		'#rule=__proto__', '#object=constructor', '#view=o&sort=name'])
		await tab.run(h => { location.hash = h; }, hash);
	for (const guid of [...data.placeOf.keys()].filter((g, i) => !(i % 40)))
		await tab.run(g => { location.hash = '#object=' + g; }, guid);
	is(JSON.stringify(await tab.run(() => [typeof window.pwned,
		document.scripts.length, document.images.length,
		document.querySelectorAll('iframe, object, embed, base, form').length,
		[...document.querySelectorAll('*')].filter(e => [...e.attributes]
			.some(a => /^(on|style$)/i.test(a.name))).length,
		window.refused.length])), '["undefined",2,0,0,0,0]',
		'hostile: nothing runs, nothing is made');
	is(tab.wrong.join('\n'), '', 'hostile: nothing goes wrong');
}

const firefox = await Firefox.start();
try {
	tell(firefox.name);
	const data = readFindings(folder);
	const tab = await opened(firefox, file);

	await checkLists(tab, data);
	await checkSearch(tab, data);
	await checkFilter(tab, data);
	await checkCopies(tab, data);
	is(JSON.stringify(await tab.run(() => window.refused)), '[]',
		'nothing is refused');
	is(tab.wrong.join('\n'), '', 'nothing goes wrong');
	await checkPolicy(tab);
	const hostile = readFindings(hostileFolder);
	await checkHostile(firefox, hostile);
	await checkPlain([file, data], [hostileFile, hostile]);
} catch (e) {
	ok(false, 'no test breaks off', e.stack);
} finally {
	ok(await firefox.end(), 'no process is left');
}
finish();
