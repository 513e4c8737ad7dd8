// large.mjs FINDINGS PAGE: all is counted though the page holds a part, and it
// says so.
import { is, ok, open, until, withBrowser } from './browser.mjs';
import { checkCounts, count } from './counts.mjs';
import { readFindings } from './findings.mjs';

const [,, folder, file] = process.argv;
const data = readFindings(folder);

await withBrowser(async browser => {
	const page = await open(browser, file);

	ok(data.counted.length > 150000, 'many findings', data.counted.length);
	await checkCounts(page, data);
	await page.click('#tf');
	ok(/findings\.csv/.test(await page.textContent('#cap')),
		'the list says how many it holds, and where all are');
	await page.fill('#q', 'a');
	await until(page, () => location.hash.includes('q=a'));
	ok(/among the [\d,]+ findings in this page/.test(
		await page.textContent('#count')),
		'a search says in what it looks', await page.textContent('#count'));
	await page.click('#rs');
	is(await count(page), data.counted.length, 'clear shows all');
	is(page.wrong.join('\n'), '', 'nothing went wrong');
});
