// axe.mjs PAGE [light]: axe-core finds nothing to complain of in any state of
// the page, or in that one.
import { readFileSync } from 'fs';
import { axePath, ok, open, tell, withBrowser } from './browser.mjs';

const [,, file, alone] = process.argv;
const axe = readFileSync(axePath, 'utf8');

async function judge(page, name) {
	await page.evaluate(axe);
	const found = await page.evaluate(() => window.axe.run(document));
	const eye = found.incomplete.reduce((n, i) => n + i.nodes.length, 0);

	ok(!found.violations.length, 'axe: ' + name, ...found.violations
		.flatMap(v => v.nodes.map(n => v.id + ' ' + n.target.join(' '))));
	tell(`${found.passes.length} rules passed, ${eye} to judge by eye`);
}

const STATES = {
	light: {},
	dark: { colorScheme: 'dark' },
	'more contrast': { contrast: 'more' },
	'forced colours': { forcedColors: 'active' },
	phone: { viewport: { width: 390, height: 844 }, isMobile: true,
		hasTouch: true },
};

await withBrowser(async browser => {
	for (const [name, options] of Object.entries(STATES)) {
		if (alone && alone !== name)
			continue;
		const page = await open(browser, file, options);

		await judge(page, name);
		await page.context().close();
	}
	if (alone)
		return;
	const page = await open(browser, file);
	for (const theme of ['light', 'dark', 'contrast']) {
		await page.selectOption('#theme', theme);
		await judge(page, 'theme ' + theme);
	}
	await page.selectOption('#theme', 'auto');
	await page.evaluate(() => {
		for (const d of document.querySelectorAll('details'))
			d.open = true;
	});
	await judge(page, 'all details open');
	await page.click('#tf');
	await judge(page, 'findings');
	await page.click('#to');
	await judge(page, 'objects');
	await page.locator('#list .open').first().click();
	await judge(page, 'one object');
});
