// visible.mjs: the page's script names what nobody sees as the program does, by
// the vectors that tests/unit/escape.c holds the program against.
import { readFileSync } from 'fs';
import { is, ok, withBrowser } from './browser.mjs';

const vectors = JSON.parse(readFileSync('tests/visible-vectors.json'));
const script = readFileSync('report/page/page.js', 'utf8');
const ATTRIBUTE = { addr: 'mail', upn: 'userPrincipalName',
	text: 'displayName' };

// Its part between two heads, with the words that its data block has.
const begin = script.indexOf('/* ---- nodes and words ---- */');
const end = script.indexOf('/* ---- state and address ---- */');
const part = `(() => { const LONG = 300, W = { space: "space",
	notAscii: " is not ASCII", notAllowed: " is not allowed",
	characters: "{n} characters" };
	${script.slice(begin, end)} window.visible = visible; })()`;

await withBrowser(async browser => {
	const page = await browser.newPage();

	ok(begin > 0 && end > begin && part.includes('function visible'),
		'the script has the function');
	await page.evaluate(part);
	for (const v of vectors) {
		const have = await page.evaluate(([value, attribute]) => {
			const out = [];

			for (const n of window.visible(value, attribute)
				.querySelector('bdi').childNodes) {
				const kind = n.nodeType === 3 ? 'text'
					: n.className === 'inv' ? 'invisible'
						: n.tagName === 'MARK' ? 'mark' : '';
				const last = out[out.length - 1];

				if (kind === 'text' && last && last[0] === 'text')
					last[1] += n.textContent;
				else if (kind && n.textContent)
					out.push([kind, n.textContent]);
			}
			return out;
		}, [v.value, ATTRIBUTE[v.mode]]);

		is(JSON.stringify(have), JSON.stringify(v.segments),
			`${v.mode}: ${JSON.stringify(v.value).slice(0, 60)}`);
	}
});
