// look.mjs FILE PICTURE [phone|dark|noscript|full|#hash|eval:CODE]...: a page as
// chromium shows it; what it says on the console, and what it asks for.
import { createRequire } from 'module';
const require = createRequire(process.env.NODE_ROOT || import.meta.url);
const { chromium } = require('playwright-core');
const [,, file, out, ...what] = process.argv;
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const opts = { viewport: { width: what.includes('phone') ? 390 : 1280, height: 900 }, colorScheme: what.includes('dark') ? 'dark' : 'light', javaScriptEnabled: !what.includes('noscript') };
const p = await b.newPage(opts);
p.on('console', m => console.log('console', m.type(), m.text()));
p.on('pageerror', e => console.log('pageerror', e.message));
p.on('request', r => { if (!r.url().startsWith('file:') && !r.url().startsWith('data:') && !r.url().startsWith('blob:')) console.log('request', r.url()); });
const hash = what.find(w => w.startsWith('#')) || '';
await p.goto('file://' + file + hash);
await p.waitForTimeout(400);
for (const w of what) if (w.startsWith('eval:')) console.log(JSON.stringify(await p.evaluate(w.slice(5))));
await p.waitForTimeout(200);
await p.screenshot({ path: out, fullPage: what.includes('full') });
await b.close();
