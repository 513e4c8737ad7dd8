// budget.mjs PAGE...: what a browser needs for it, printed for those who read;
// held are its size and what it keeps, which no machine changes.
import { statSync } from 'fs';
import { ok, open, tell, withBrowser } from './browser.mjs';

const MEGABYTE = 1e6;

const paint = page => page.evaluate(() => ({
	paint: Math.round((performance.getEntriesByType('paint')[0] || {})
		.startTime),
	ready: Math.round(performance.getEntriesByType('navigation')[0]
		.domContentLoadedEventEnd),
	heap: performance.memory.usedJSHeapSize,
	elements: document.getElementsByTagName('*').length,
}));

// Each in turn, to the next frame.
const latencies = page => page.evaluate(async () => {
	const out = {};
	const frame = () => new Promise(r => requestAnimationFrame(() =>
		setTimeout(r, 0)));
	const take = async (name, act) => {
		const begin = performance.now();

		act();
		await frame();
		out[name] = Math.round(performance.now() - begin);
	};
	const set = (id, i) => {
		const e = document.getElementById(id);

		e.selectedIndex = i;
		e.dispatchEvent(new Event('change'));
	};
	const click = what => document.querySelector(what).click();

	await take('rule', () => set('s-rule', 1));
	await take('all rules', () => set('s-rule', 0));
	await take('place', () => set('s-ou', 1));
	await take('all places', () => set('s-ou', 0));
	await take('severity', () => click('#chips button'));
	await take('all severities', () => click('#chips button'));
	await take('sort by object', () => click('#list [data-k=object]'));
	await take('sort by place', () => click('#list [data-k=place]'));
	await take('objects', () => click('#to'));
	return out;
});

await withBrowser(async browser => {
	for (const file of process.argv.slice(2)) {
		const page = await open(browser, file);
		const p = await paint(page), size = statSync(file).size;

		tell(`${size} bytes, ${p.elements} elements, first paint ${p.paint}` +
			` ms, ready ${p.ready} ms, heap ` +
			`${(p.heap / MEGABYTE).toFixed(1)} MB`);
		tell(Object.entries(await latencies(page)).map(x =>
			`${x[0]} ${x[1]} ms`).join(', '));
		ok(size < 5 * MEGABYTE, 'the page has less than 5 MB', size);
		ok(p.heap < 50 * MEGABYTE, 'its script keeps less than 50 MB',
			p.heap);
		ok(p.elements < 50000, 'in less than 50,000 elements', p.elements);
		ok(!page.wrong.length, 'without an error', ...page.wrong);
		await page.context().close();
	}
}, '--enable-precise-memory-info');
