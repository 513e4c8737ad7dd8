// What the lists count, by all their filters, is what the folder holds.
import { is, ok } from './browser.mjs';
import { tally, whereOf } from './findings.mjs';

export const firstNumber = text => Number((text.match(/[\d,]+/) || ['-1'])[0]
	.replaceAll(',', ''));
export const count = async page => firstNumber(
	await page.textContent('#count'));

export async function filterBy(page, key, value) {
	await page.selectOption('#s-' + key, value);
	return count(page);
}

async function eachValue(page, key, sums, name) {
	const options = (await page.$$eval(`#s-${key} option`,
		list => list.map(o => o.value))).filter(Boolean);
	const bad = [];

	for (const value of options) {
		const have = await filterBy(page, key, value);

		if (have !== (sums.get(value) || 0))
			bad.push(`${value}: have ${have}, want ` +
				(sums.get(value) || 0));
	}
	await filterBy(page, key, '');
	const missing = [...sums.keys()].filter(v => v != null &&
		!options.includes(v));

	ok(options.length && !bad.length && !missing.length,
		`${options.length} choices of ${name} count what is there`,
		...bad, ...missing.map(v => v + ' is no choice'));
}

// A place has all that lies below it.
function placeSums(data) {
	const sums = new Map();

	for (const f of data.counted) {
		const parts = (data.placeOf.get(f.guid) || '').split('/');

		for (let i = 1; i <= parts.length && parts[0]; i++) {
			const place = parts.slice(0, i).join('/');

			sums.set(place, (sums.get(place) || 0) + 1);
		}
	}
	return sums;
}

async function checkPlaces(page, data) {
	const sums = placeSums(data), bad = [];
	const options = await page.$$eval('#s-ou option',
		list => list.map(o => o.value));
	let tried = 0;

	for (const [place, n] of sums) {
		// One in a name is part of it, and a domain has more than AD's.
		if (!options.includes(place) || !place.includes('/'))
			continue;
		const have = await filterBy(page, 'ou', place);

		tried++;
		if (have !== n)
			bad.push(`${place}: have ${have}, want ${n}`);
	}
	await filterBy(page, 'ou', '');
	const plain = [...sums.keys()].some(p => /^[\w.]+\/[\w ]+$/.test(p));

	ok((tried || !plain) && !bad.length,
		`${tried} places have what lies below them`, ...bad);
}

export async function checkCounts(page, data) {
	is(await count(page), data.manifest.changes,
		'the list of changes has as many as the manifest');
	await page.click('#tf');
	is(await count(page), data.counted.length,
		'the list of findings has those that count');
	await eachValue(page, 'rule', tally(data.counted, f => f.rule), 'rules');
	await eachValue(page, 'cause', tally(data.counted, f => f.cause),
		'causes');
	await eachValue(page, 'kind', tally(data.counted,
		f => f.kind || f.class), 'kinds');
	await eachValue(page, 'where', tally(data.counted, whereOf),
		'where to change it');
	await checkPlaces(page, data);
	for (const [severity, n] of tally(data.counted, f => f.severity)) {
		const chip = page.locator(`#chips [data-s=${severity}]`);

		await chip.click();
		is(await count(page), n, 'severity ' + severity);
		await chip.click();
	}
	await filterBy(page, 'status', 'all');
	is(await count(page), data.findings.length, 'all states');
	await filterBy(page, 'status', 'counted');
	await page.click('#to');
	const accounts = firstNumber((await page.textContent('#count'))
		.replace(/^.* of /, ''));
	ok(accounts >= data.forecast.length,
		'objects: those of the forecast, and accounts without one',
		accounts, data.forecast.length);
	for (const [readiness, n] of tally(data.forecast, o => o.readiness))
		is(await filterBy(page, 'ready', readiness), n,
			'objects that are ' + readiness);
	await page.click('#rs');
}
