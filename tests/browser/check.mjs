// check.mjs FINDINGS PAGE: what the page counts, filters, sorts, copies and
// saves is what the folder holds, and it is whole without its script.
import { readFileSync, writeFileSync } from 'fs';
import { is, ok, open, until, withBrowser } from './browser.mjs';
import { checkCounts, count, filterBy, firstNumber } from './counts.mjs';
import { parseCsv, readFindings, tally } from './findings.mjs';

const [,, folder, file] = process.argv;
const data = readFindings(folder);
// ---- search ----

async function checkSearch(page) {
	const [guid, n] = [...tally(data.counted, f => f.guid)]
		.filter(x => x[0] && data.placeOf.has(x[0]))
		.sort((a, b) => b[1] - a[1])[0];

	await page.click('#tf');
	await page.fill('#q', guid.toUpperCase());
	await until(page, q => location.hash.includes(q), guid.toUpperCase());
	is(await count(page), n, 'search finds an object by its GUID');
	const rule = data.counted.find(f => f.guid === guid).rule;
	const both = data.counted.filter(f => f.guid === guid &&
		f.rule === rule).length;
	is(await filterBy(page, 'rule', rule), both, 'within a filter');
	await page.click('#rs');
	is(await count(page), data.counted.length, 'clear shows all again');
	await page.fill('#q', 'nobody is called so');
	await until(page, () => document.querySelector('#list p'));
	ok(await page.isVisible('#list p button'),
		'nothing found has a way out');
	await page.click('#list p button');
	is(await count(page), data.counted.length, 'which leads to all');
}

// ---- keyboard and address ----

const firstName = page => page.textContent(
	'#list tbody tr:first-child .open');
const has = (page, what) => page.evaluate(what);

async function checkSorting(page) {
	const head = '#list [data-k=object]';

	await page.click(head);
	const up = await firstName(page);
	is(await page.getAttribute(`#list th:has([data-k=object])`,
		'aria-sort'), 'ascending', 'sorted upwards');
	await page.click(head);
	const down = await firstName(page);
	is(await page.getAttribute(`#list th:has([data-k=object])`,
		'aria-sort'), 'descending', 'sorted downwards');
	ok(up !== down, 'which is another order', up, down);
	is(await has(page, () => document.activeElement.dataset.k), 'object',
		'the focus stays');
}

const isOpen = () => document.getElementById('dlg').open;

async function checkDialog(browser) {
	const guid = data.counted.find(f => data.placeOf.has(f.guid)).guid;
	const page = await open(browser, file, {}, '#object=' + guid);

	await until(page, isOpen);
	ok((await page.textContent('#dlg')).includes(guid),
		'an address opens an object');
	await page.keyboard.press('Escape');
	ok(!await has(page, isOpen), 'Escape closes it');
	const first = page.locator('#list .open').first();
	await first.focus();
	await page.keyboard.press('Enter');
	await until(page, isOpen);
	ok(await has(page, () => document.getElementById('dlg').contains(
		document.activeElement)), 'the focus is within the dialog');
	await page.keyboard.press('Escape');
	ok(await first.evaluate(e => e === document.activeElement),
		'and returns to the name');
	is(page.wrong.join('\n'), '', 'nothing goes wrong with it');
	await page.context().close();
}

async function checkAddress(browser) {
	const [rule, n] = [...tally(data.counted, f => f.rule)][0];
	const page = await open(browser, file, {}, '#rule=' + rule);

	is(await count(page), n, 'an address filters');
	const cause = data.counted.find(f => f.cause).cause;
	await page.evaluate(c => {
		location.hash = '#view=f&cause=' + c;
	}, cause);
	await until(page, c => document.getElementById('s-cause').value === c,
		cause);
	is(await count(page), data.counted.filter(f => f.cause === cause).length,
		'another one filters by a cause');
	ok(await has(page, () => {
		const top = document.getElementById('h-explore')
			.getBoundingClientRect().top;
		return top >= 0 && top < 400;
	}), 'and shows the list');
	await page.evaluate(() => { location.hash = '#rule=none-such'; });
	await until(page, () => document.querySelector('#list p'));
	is(page.wrong.join('\n'), '', 'a value of nothing shows an empty list');
	await page.context().close();
}

async function checkKeys(browser) {
	const page = await open(browser, file), stops = new Set();

	for (let i = 0; i < 40; i++) {
		await page.keyboard.press('Tab');
		stops.add(await has(page, () => document.activeElement.id));
	}
	ok(['theme', 'psum', 'pall'].every(id => stops.has(id)),
		'the tools are reached by the keyboard', ...stops);
	await page.context().close();
}

// ---- copying and saving ----

async function checkCopies(page) {
	await page.click('#tf');
	await page.click('#cp');
	await until(page, () => /row/.test(
		document.getElementById('count').textContent));
	const lines = (await page.evaluate(() =>
		navigator.clipboard.readText())).split('\n');
	is(lines.length, data.counted.length + 1, 'rows are copied, with a head');
	ok(lines.every(l => !/(^|\t)[=+@]/.test(l)),
		'none is computed by a spreadsheet');
	const [download] = await Promise.all([page.waitForEvent('download'),
		page.click('#dl')]);
	const csv = readFileSync(await download.path(), 'utf8');
	ok(csv.startsWith('\ufeff"'), 'CSV begins with its mark');
	const rows = parseCsv(csv.slice(1)), at = rows[0].length - 1;
	is(rows.slice(1).map(r => r[at]).sort().join(), data.counted.map(
		f => f.fingerprint).sort().join(),
		'CSV has the findings that count');
	ok(rows.every(r => r.length === at + 1 &&
		r.every(x => !/^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(x))),
		'in even lines, and none is computed');
}

// ---- what the browser refuses ----

async function checkPolicy(page) {
	ok(await has(page, () => {
		try {
			document.body.innerHTML = '<b>x</b>';
			return false;
		} catch (e) {
			return e instanceof TypeError;
		}
	}), 'no string becomes HTML');
	ok(await has(page, () => new Promise(done => {
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
	ok(await has(page, () => {
		const script = document.createElement('script');

		try {
			script.text = 'window.ran = true';
			document.body.append(script);
		} catch (e) {
			return true;
		}
		return !window.ran;
	}), 'no script is added');
}

// ---- without a script, narrow, printed, damaged ----

async function checkPlain(browser) {
	const page = await open(browser, file, { javaScriptEnabled: false });
	const rules = tally(data.findings, f => f.rule).size;

	ok(!await page.isVisible('#explore'), 'without script: no lists');
	is(await page.locator('.rule').count(), rules,
		'without script: a part of each rule that found something');
	await page.locator('.rule summary').first().click();
	ok(await page.locator('.rule tbody tr').first().isVisible(),
		'without script: its rows open');
	const before = await page.locator('body').evaluate(
		e => getComputedStyle(e).backgroundColor);
	await page.selectOption('#theme', 'dark');
	ok(before !== await page.locator('body').evaluate(
		e => getComputedStyle(e).backgroundColor),
		'without script: the theme changes');
	const html = readFileSync(file, 'utf8');
	const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(m => m[1]);
	const links = [...html.matchAll(/ href="#([^"]*)"/g)].map(m => m[1]
		.replaceAll('&amp;', '&'));
	const all = new Set(ids.map(i => i.replaceAll('&amp;', '&')));
	is(ids.length, all.size, 'no id stands twice');
	is(links.filter(l => !all.has(l) && !l.startsWith('view=')).join('\n'),
		'', 'every link within the page has a target');
	await page.context().close();
}

async function checkWidths(browser) {
	for (const [width, options] of [[320, {}], [390, {}], [768, {}],
		[640, { deviceScaleFactor: 2 }]]) {
		const page = await open(browser, file, { ...options,
			viewport: { width, height: 800 } });

		ok(await page.evaluate(() => document.documentElement.scrollWidth
			<= innerWidth), `no sideways scroll at ${width} pixels`);
		await page.context().close();
	}
}

const pagesOf = pdf => (pdf.toString('latin1')
	.match(/\/Type\s*\/Page\b(?!s)/g) || []).length;

async function checkPrint(browser) {
	const page = await open(browser, file);

	const whole = pagesOf(await page.pdf({ preferCSSPageSize: true }));
	await page.evaluate(() => document.body.classList.add('p-sum'));
	is(pagesOf(await page.pdf({ preferCSSPageSize: true })), 1,
		'the summary is printed on one page');
	ok(whole > 1, `all of it on ${whole}`);
	await page.context().close();
}

async function checkDamage(browser) {
	const html = readFileSync(file, 'utf8');
	const broken = file.replace(/\.html$/, '-damaged.html');

	writeFileSync(broken, html.replace(
		/(<script type="application\/json" id="data">.{40}).*?<\/script>/s,
		'$1</script>'));
	const page = await open(browser, broken);
	is(page.wrong.join('\n'), '', 'damaged data: no error');
	ok(!await page.isVisible('#explore') && await page.isVisible('#summary')
		&& await page.isVisible('#rules'), 'damaged data: a whole page');
	await page.context().close();
}

// Before, less, more: what is told adds up to what is there.
async function checkSum(page) {
	const told = await page.locator('#change-sum li').allTextContents();

	if (!data.manifest.baseline)
		return is(told.length, 0, 'no run before: no sum');
	const numbers = told.map(firstNumber);
	const now = numbers.pop();
	const sum = told.slice(0, numbers.length).reduce((n, text, i) =>
		n + (/^\s*[\u2212-]/.test(text) ? -1 : 1) * numbers[i], 0);

	is(sum, now, 'the change adds up: ' + told.join(' '));
	is(now, data.counted.length, 'to what counts');
}

await withBrowser(async browser => {
	const page = await open(browser, file, { acceptDownloads: true,
		permissions: ['clipboard-read', 'clipboard-write'] });

	ok(await page.isVisible('#explore'), 'with its script it has lists');
	await checkCounts(page, data);
	await checkSearch(page);
	await checkSorting(page);
	await checkCopies(page);
	await checkSum(page);
	is(page.wrong.join('\n'), '', 'nothing was asked for, nothing failed');
	await checkPolicy(page);
	await checkKeys(browser);
	await checkDialog(browser);
	await checkAddress(browser);
	await checkPlain(browser);
	await checkWidths(browser);
	await checkPrint(browser);
	await checkDamage(browser);
});
