// What a folder of findings holds, read without the program: what the page says
// is held against it.
import { readFileSync } from 'fs';

const rowsOf = path => readFileSync(path, 'utf8').split('\n').filter(Boolean)
	.map(line => JSON.parse(line));

// The words of the page's filters for who is asked.
const WHERE = { 'ad': 'ad', 'exchange-online': 'exchange-online',
	'entra': 'entra', 'not-assessed': 'not-known', 'none': 'none' };

export function readFindings(folder) {
	const manifest = JSON.parse(readFileSync(folder + '/manifest.json'));
	const findings = rowsOf(folder + '/findings.ndjson');
	const forecast = rowsOf(folder + '/forecast.ndjson');
	const placeOf = new Map(forecast.map(o => [o.guid, o.place]));

	return { manifest, findings, forecast, placeOf,
		counted: findings.filter(f => f.status === 'open' ||
			f.status === 'planned') };
}

export const whereOf = f => WHERE[f.authority] ?? 'none';

// How many there are of each value of what OF takes from a row.
export function tally(rows, of) {
	const sums = new Map();

	for (const r of rows)
		sums.set(of(r), (sums.get(of(r)) || 0) + 1);
	return sums;
}

// RFC 4180, all fields quoted.
export function parseCsv(text) {
	const lines = [];

	for (const m of text.matchAll(/(?:"(?:[^"]|"")*",?)+\r\n/g))
		lines.push([...m[0].matchAll(/"((?:[^"]|"")*)"/g)]
			.map(x => x[1].replaceAll('""', '"')));
	return lines;
}
