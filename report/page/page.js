/*
 * The lists and the dialog of report.html. The page is whole without them. All
 * text comes from the data block, words of the language included, and becomes
 * nodes by createElement and textContent alone: no string is read as HTML.
 */
(function () {
"use strict";

const $ = id => document.getElementById(id);
let D;

/* A block that is damaged leaves the page as it is without a script. */
try {
	D = JSON.parse($("data").textContent);
	if (D.v !== 1)
		return;
} catch (e) {
	return;
}

/*
 * Cells are one text: what each key is more than the one before, in base 36,
 * and ".COUNT.MORE" unless these are 1 and 0. The key's digits are the sides.
 */
function unpack(text, bases) {
	const cells = [];
	let key = 0;

	for (const part of text ? text.split(" ") : []) {
		const [more, count, other] = part.split(".");
		const at = cells.length;

		key += parseInt(more, 36);
		for (let i = bases.length - 1, rest = key; i >= 0; i--) {
			cells[at + i] = rest % bases[i];
			rest = Math.floor(rest / bases[i]);
		}
		cells.push(count ? parseInt(count, 36) : 1,
			other ? parseInt(other, 36) : 0);
	}
	return cells;
}

D.cube = unpack(D.cube, D.cubeBases);
D.ocube = unpack(D.ocube, D.ocubeBases);

const W = D.w, F = D.f, O = D.o;
const LONG = 300, STEP = 100, PRINT_MOST = 1000, WAIT = 120;

/* Members of a row: of findings, of objects, of a cell of the counts. */
const f = { object: 0, place: 1, rule: 2, cause: 3, sev: 4, status: 5, age: 6,
	kind: 7, where: 8, attr: 9, now: 10, want: 11, exp: 12, message: 13,
	fix: 14, print: 15, waiver: 16, more: 17, claimants: 18, others: 19 };
const o = { place: 0, name: 1, sam: 2, kind: 3, ready: 4, guid: 5, dn: 6, upn: 7,
	next: 8, primary: 9, act: 10, enabled: 11, open: 12, extra: 13 };
const CELL = 10, OCELL = 5;
const OPEN = D.status.indexOf("open"), PLANNED = D.status.indexOf("planned");
const counts = status => status === OPEN || status === PLANNED;

/* ---- nodes and words ---- */

/* el("p", { class: "soft" }, child, [children], ...): null is no child. */
function el(tag, props, ...children) {
	const e = document.createElement(tag);

	for (const [key, value] of Object.entries(props || {})) {
		if (value == null || value === false)
			continue;
		if (typeof value === "function")
			e.addEventListener(key, value);
		else
			e.setAttribute(key, value === true ? "" : value);
	}
	for (const c of children.flat(3))
		if (c != null && c !== false)
			e.append(c);
	return e;
}

const number = n => n.toLocaleString("en");

/* Fills {n} with numbers and {} with texts, in their order. */
function say(text, ...values) {
	let i = 0;

	return text.replace(/\{n?\}/g, m => m === "{n}" ? number(values[i++])
		: values[i++]);
}

const plural = (key, n) => n === 1 ? W[key + "1"] : say(W[key + "N"], n);
const button = (text, click, props) => el("button",
	Object.assign({ type: "button", click: click }, props), text);
const th = text => el("th", { scope: "col" }, text);

/* ---- visible characters: as esc_value of the program has them ---- */

const NAMES = { 0: "null", 9: "tab", 10: "line feed", 13: "carriage return",
	0xA0: "no-break space", 0xAD: "soft hyphen", 0x2007: "figure space",
	0x2009: "thin space", 0x200B: "zero-width space",
	0x200C: "zero-width non-joiner", 0x200D: "zero-width joiner",
	0x200E: "left-to-right mark", 0x200F: "right-to-left mark",
	0x202A: "left-to-right embedding", 0x202B: "right-to-left embedding",
	0x202C: "pop directional formatting", 0x202D: "left-to-right override",
	0x202E: "right-to-left override", 0x202F: "narrow no-break space",
	0x2060: "word joiner", 0x2066: "left-to-right isolate",
	0x2067: "right-to-left isolate", 0x2068: "first strong isolate",
	0x2069: "pop directional isolate", 0x2800: "braille blank",
	0x3000: "ideographic space", 0x3164: "Hangul filler",
	0xFEFF: "byte-order mark" };
const UNSEEN = new RegExp("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Co}\\p{Cs}\\p{Cn}" +
	"\\u00A0\\u1680\\u2000-\\u200A\\u202F\\u205F\\u3000\\u034F\\u115F" +
	"\\u1160\\u17B4\\u17B5\\u2800\\u3164\\uFFA0\\uFE00-\\uFE0F" +
	"\\u{E0100}-\\u{E01EF}]", "u");
const OF_UPN = /[A-Za-z0-9'._!#^~@-]/;

function point(code) {
	return "U+" + code.toString(16).toUpperCase().padStart(4, "0");
}

function unseenName(c) {
	const code = c.codePointAt(0);

	if (code === 32)
		return W.space;
	return point(code) + (NAMES[code] ? " " + NAMES[code] : "");
}

function modeOf(attr) {
	if (attr === "userPrincipalName")
		return "upn";
	return ["mail", "proxyAddresses", "mailNickname", "targetAddress"]
		.includes(attr) ? "addr" : "text";
}

/* A character as a node, or null where it stands as it is. */
function look(c, mode, oddSpace) {
	const code = c.codePointAt(0);

	if (UNSEEN.test(c) || (c === " " && oddSpace))
		return el("span", { class: "inv" }, unseenName(c));
	if ((mode !== "text" && code > 126) ||
	    (mode === "upn" && c !== " " && !OF_UPN.test(c)))
		return el("mark", { title: point(code) +
			(code > 126 ? W.notAscii : W.notAllowed) }, c);
	return null;
}

/* "SMTP:a@x; SMTP:b@x" are two, as rules tell them. */
function isBetween(all, i) {
	let end = i + 1;

	while (end < all.length && /^[A-Za-z0-9]$/.test(all[end]))
		end++;
	return i > 0 && all[i - 1] === ";" && end > i + 1 && all[end] === ":";
}

/* The value of an attribute; of "" a name. */
function visible(value, attr) {
	const mode = modeOf(attr), isolated = el("bdi");
	let all = Array.from(String(value)), run = "", first = 0, behind;
	const length = all.length, cut = length > LONG;

	if (cut)
		all = all.slice(0, LONG);
	behind = all.length;
	while (first < all.length && all[first] === " ")
		first++;
	while (!cut && behind > 0 && all[behind - 1] === " ")
		behind--;
	all.forEach((c, i) => {
		const node = look(c, mode, mode !== "text" ? c === " " &&
			!isBetween(all, i) : i < first || i >= behind ||
			all[i - 1] === " " || all[i + 1] === " ");

		if (node) {
			isolated.append(run, node);
			run = "";
		} else {
			run += c;
		}
		if (c === "@" && mode !== "text") {
			isolated.append(run, el("wbr"));
			run = "";
		}
	});
	isolated.append(run);
	return el("span", { class: attr === "" ? "nm" : "v" }, isolated,
		cut && el("span", { class: "cut" }, say(W.characters, length)));
}

const name = value => visible(value, "");

function path(text) {
	return el("span", { class: "nm" }, text.split("/").map((part, i) =>
		[i ? ["/", el("wbr")] : null, name(part)]));
}

const severity = i => el("span", { class: "sev " + D.sev[i] }, D.sevWords[i]);

/* ---- state and address ---- */

const HAS_CHANGES = D.totals[2] > 0;
const FIRST_VIEW = HAS_CHANGES ? "t" : "f";
const START = { view: FIRST_VIEW, sev: "", rule: "", cause: "", ou: "", kind: "",
	status: "counted", change: "", where: "", ready: "", q: "", sort: "",
	object: "" };
let S = Object.assign({}, START), shown = STEP;

/* Keys and views that are none are ignored; false: the hash has no key. */
function readHash() {
	const state = Object.assign({}, START, { view: "" });
	let hit = false;

	for (const part of location.hash.slice(1).split("&")) {
		const at = part.indexOf("="), key = part.slice(0, at);

		if (at < 0 || !Object.hasOwn(START, key))
			continue;
		try {
			state[key] = decodeURIComponent(part.slice(at + 1));
			hit = true;
		} catch (e) {
			continue;
		}
	}
	if (!hit)
		return false;
	if (!["t", "f", "o"].includes(state.view) ||
	    (state.view === "t" && !HAS_CHANGES))
		state.view = state.rule || state.status !== "counted"
			? "f" : FIRST_VIEW;
	S = state;
	return true;
}

function writeHash() {
	const hash = Object.keys(START).filter(k => S[k] !== START[k])
		.map(k => k + "=" + encodeURIComponent(S[k])).join("&");

	try {
		history.replaceState(null, "", "#" + (hash || "explore"));
	} catch (e) {
		return;
	}
}

/* ---- filters ---- */

/* -1: all; -2: a value that there is none of. */
function numberOf(list, value, id) {
	if (!value)
		return -1;
	const at = list.findIndex(x => (id === undefined ? x : x[id]) === value);

	return at < 0 ? -2 : at;
}

/* The places below one, and itself: those above stand before those below. */
function placesIn(place) {
	const within = D.places.map((p, i) => i === place);

	D.places.forEach((p, i) => {
		if (p[1] >= 0 && within[p[1]])
			within[i] = true;
	});
	return within;
}

function criteria() {
	const place = numberOf(D.places, S.ou, 0);

	return {
		sev: S.sev ? S.sev.split(",").map(x => D.sev.indexOf(x)) : null,
		rule: numberOf(D.rules, S.rule, 0),
		cause: numberOf(D.causes, S.cause, 0),
		place: place, within: place >= 0 ? placesIn(place) : null,
		kind: numberOf(D.kinds, S.kind), where: numberOf(D.where, S.where),
		age: numberOf(D.change, S.change),
		status: S.status === "counted" ? [OPEN, PLANNED]
			: S.status === "all" ? null : [D.status.indexOf(S.status)],
		ready: numberOf(D.ready, S.ready),
		words: S.q.trim().toLowerCase().split(/\s+/).filter(Boolean),
	};
}

const inPlace = (c, place) => c.within ? c.within[place] : c.place === -1;

function fits(c, rule, cause, sev, status, age, kind, place, where) {
	return (c.rule === -1 || c.rule === rule) &&
		(c.cause === -1 || c.cause === cause) &&
		(!c.sev || c.sev.includes(sev)) &&
		(!c.status || c.status.includes(status)) &&
		(c.age === -1 || c.age === age) &&
		(c.kind === -1 || c.kind === kind) &&
		(c.where === -1 || c.where === where) && inPlace(c, place);
}

const fitsRow = (c, r) => fits(c, r[f.rule], r[f.cause], r[f.sev], r[f.status],
	r[f.age], r[f.kind], r[f.place], r[f.where]);

/* What is searched in, made once for each row. */
const textCache = new Map();

function textOf(r, make) {
	let text = textCache.get(r);

	if (text === undefined) {
		text = make().filter(x => x != null).join("\n").toLowerCase();
		textCache.set(r, text);
	}
	return text;
}

const objectText = x => textOf(x, () => [x[o.name], x[o.sam], x[o.dn], x[o.upn],
	x[o.next], x[o.primary], x[o.guid]]);
const findingText = r => textOf(r, () => [objectText(O[r[f.object]]), r[f.now],
	r[f.want], r[f.message], D.rules[r[f.rule]][0], D.rules[r[f.rule]][1],
	D.attrs[r[f.attr]], r[f.print]].concat(r[f.others] || []));
const hasWords = (text, words) => words.every(w => text.includes(w));

/* Findings of an object that are in the page. */
let byObject = null;

function findingsOf(i) {
	if (!byObject) {
		byObject = new Map();
		for (const r of F) {
			const list = byObject.get(r[f.object]);

			if (list)
				list.push(r);
			else
				byObject.set(r[f.object], [r]);
		}
	}
	return byObject.get(i) || [];
}

const openCount = x => x[o.open] ? x[o.open].reduce((a, b) => a + b, 0) : 0;

/* ---- selecting ---- */

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
const isChange = r => r[f.more] >= 0;
const changesHere = F.filter(isChange).length;
let rows = [], total = 0, exact = true;

function selectFindings(c) {
	const changes = S.view === "t";

	rows = F.filter(r => (!changes || isChange(r)) && fitsRow(c, r) &&
		(c.ready === -1 || O[r[f.object]][o.ready] === c.ready) &&
		hasWords(findingText(r), c.words));
	exact = !c.words.length && c.ready === -1;
	total = exact ? 0 : rows.length;
	for (let i = 0; exact && i < D.cube.length; i += CELL) {
		const x = D.cube;

		if (fits(c, x[i], x[i + 1], x[i + 2], x[i + 3], x[i + 4],
			x[i + 5], x[i + 6], x[i + 7]))
			total += x[i + (changes ? 9 : 8)];
	}
}

function selectObjects(c) {
	const byFinding = c.rule !== -1 || c.cause !== -1 || c.sev ||
		c.age !== -1 || c.where !== -1;
	const any = Object.assign({}, c, { kind: -1, place: -1, within: null });

	rows = O.filter((x, i) => (c.ready === -1 || x[o.ready] === c.ready) &&
		(c.kind === -1 || x[o.kind] === c.kind) && inPlace(c, x[o.place]) &&
		hasWords(objectText(x), c.words) &&
		(!byFinding || findingsOf(i).some(r => fitsRow(any, r))));
	exact = !c.words.length && !byFinding;
	total = exact ? 0 : rows.length;
	for (let i = 0; exact && i < D.ocube.length; i += OCELL) {
		const x = D.ocube;

		if ((c.ready === -1 || x[i] === c.ready) &&
		    (c.kind === -1 || x[i + 1] === c.kind) &&
		    inPlace(c, x[i + 2]))
			total += x[i + 3];
	}
}

const FINDING_KEYS = {
	severity: r => r[f.sev], object: r => O[r[f.object]][o.name],
	finding: r => D.rules[r[f.rule]][1], value: r => r[f.now] || "",
	place: r => D.places[r[f.place]][0], where: r => D.whereWords[r[f.where]],
};
const OBJECT_KEYS = {
	object: x => x[o.name], readiness: x => x[o.ready],
	findings: x => -openCount(x), place: x => D.places[x[o.place]][0],
	signin: x => x[o.next] || "", primary: x => x[o.primary] || "",
};

function sortRows() {
	const [name, order] = S.sort.split(".");
	const keys = S.view === "o" ? OBJECT_KEYS : FINDING_KEYS;
	const sign = order === "desc" ? -1 : 1;

	if (!Object.hasOwn(keys, name))
		return;
	rows = rows.map((r, i) => [keys[name](r), i, r]).sort((a, b) =>
		sign * (typeof a[0] === "number" ? a[0] - b[0]
			: collator.compare(a[0], b[0])) || a[1] - b[1])
		.map(x => x[2]);
}

function select() {
	const c = criteria();

	if (S.view === "o")
		selectObjects(c);
	else
		selectFindings(c);
	sortRows();
}

/* ---- rows of the lists ---- */

function change(more) {
	Object.assign(S, more);
	shown = STEP;
	writeHash();
	draw();
}

function sortHead(key, title) {
	const up = S.sort === key, down = S.sort === key + ".desc";

	return el("th", { scope: "col", "aria-sort": up ? "ascending"
		: down ? "descending" : null }, button(title, () => {
		S.sort = up ? key + ".desc" : key;
		writeHash();
		draw();
		const again = document.querySelector('#list [data-k="' + key + '"]');
		if (again)
			again.focus();
	}, { "data-k": key }));
}

function nowAndWanted(r) {
	const attr = D.attrs[r[f.attr]];
	const wanted = r[f.want] != null ? el("dd", null, visible(r[f.want], attr))
		: D.exps[r[f.exp]] ? el("dd", { class: "ex" },
			name(D.exps[r[f.exp]])) : null;

	return el("dl", { class: "hw" }, el("dt", null, W.now),
		el("dd", null, r[f.now] == null ? el("span", { class: "ex" },
			W.empty) : visible(r[f.now], attr)),
		wanted && [el("dt", null, W.wanted), wanted]);
}

/* A conflict is one change, with a choice among all who claim the value. */
function claim(r) {
	if (!r[f.others])
		return null;
	return el("div", { class: "claim" }, el("span", { class: "sub" },
		W.claimedBy + " ", name(O[r[f.object]][o.name]),
		r[f.others].map(x => [", ", name(x)])),
		S.view === "t" && el("span", { class: "sub" }, W.choose));
}

function valueCell(r) {
	const words = S.view === "t" ? D.fixes[r[f.fix]] : r[f.message];

	return el("td", null, nowAndWanted(r), claim(r),
		(r[f.want] == null || S.view === "f") &&
		el("span", { class: "sub" }, name(words)));
}

function tags(r) {
	const list = [];

	if (r[f.status] !== OPEN)
		list.push(D.statusWords[r[f.status]]);
	if (D.compared && D.change[r[f.age]] !== "still")
		list.push(D.changeWords[r[f.age]]);
	return list.length ? el("span", { class: "sub tagl" }, list.map(t =>
		el("span", { class: "tag" }, t))) : null;
}

function opener(i) {
	return button(name(O[i][o.name]), () => {
		S.object = O[i][o.guid] || "";
		writeHash();
		openObject(i);
	}, { class: "open" });
}

const underName = x => el("span", { class: "sub" },
	x[o.sam] ? [name(x[o.sam]), " \u00B7 "] : null, D.kinds[x[o.kind]]);

function underRule(r) {
	const list = [D.attrs[r[f.attr]]];

	if (S.view === "t" && r[f.more] > 0)
		list.push(plural("andMore", r[f.more]));
	return el("span", { class: "sub" }, list.filter(Boolean).join(" \u00B7 "));
}

function findingRow(r) {
	const x = O[r[f.object]];

	return el("tr", { class: counts(r[f.status]) ? null : "muted" },
		el("td", null, severity(r[f.sev])),
		el("th", { scope: "row" }, opener(r[f.object]), underName(x)),
		el("td", { "data-n": W.finding }, D.rules[r[f.rule]][1],
			underRule(r), tags(r)),
		valueCell(r),
		el("td", { "data-n": W.place, class: "small" },
			path(D.places[r[f.place]][0])),
		el("td", { "data-n": W.changeIn }, el("span", { class: "tag" },
			D.whereWords[r[f.where]])),
		el("td", { class: "a-act" }, button([W.copy, el("span",
			{ class: "vh" }, " " + say(W.copyRow, x[o.name]))],
			() => copy(tsv([r]), W.rowCopied), { class: "mini" })));
}

function openWords(x) {
	const list = D.sev.map((s, i) => x[o.open] && x[o.open][i]
		? number(x[o.open][i]) + " " + D.sevWords[i].toLowerCase() : null);

	return list.filter(Boolean).join(", ") || W.none;
}

function objectRow(x) {
	return el("tr", null,
		el("th", { scope: "row" }, opener(O.indexOf(x)), underName(x)),
		el("td", { "data-n": W.readiness }, D.readyWords[x[o.ready]]),
		el("td", { "data-n": W.findings }, openWords(x)),
		el("td", { "data-n": W.signIn }, x[o.next]
			? visible(x[o.next], "userPrincipalName") : W.dash),
		el("td", { "data-n": W.primary }, x[o.primary]
			? visible(x[o.primary], "mail") : W.dash),
		el("td", { "data-n": W.nextSync }, D.acts[x[o.act]]),
		el("td", { "data-n": W.place, class: "small" },
			path(D.places[x[o.place]][0])));
}

const columns = names => el("colgroup", null,
	names.map(c => el("col", { class: c || null })));

function tableOf(body) {
	if (S.view === "o")
		return el("table", { class: "cards" },
			el("caption", { class: "vh" }, W.objects),
			columns(["c-obj", "c-rd", "c-fn", "", "", "c-nx", "c-ou"]),
			el("thead", null, el("tr", null,
				sortHead("object", W.object),
				sortHead("readiness", W.readiness),
				sortHead("findings", W.openFindings),
				sortHead("signin", W.signInAfter),
				sortHead("primary", W.primaryAfter),
				th(W.nextSync), sortHead("place", W.place))), body);
	return el("table", { class: "cards" },
		el("caption", { class: "vh" }, S.view === "t" ? W.changesToMake
			: W.findings),
		columns(["c-sev", "c-obj", "c-what", "", "c-ou", "c-wh", "c-act"]),
		el("thead", null, el("tr", null, sortHead("severity", W.severity),
			sortHead("object", W.object), sortHead("finding", W.finding),
			sortHead("value", W.value), sortHead("place", W.place),
			sortHead("where", W.changeIn),
			el("th", { scope: "col", class: "a-act" },
				el("span", { class: "vh" }, W.copy)))), body);
}

/* ---- the list ---- */

const KEY = { t: "change", f: "finding", o: "object" };
const FILE = { t: W.fileT, f: W.fileF, o: W.fileO };
const here = () => S.view === "o" ? O.length : S.view === "f" ? F.length
	: changesHere;
const everywhere = () => D.totals[{ f: 0, o: 1, t: 2 }[S.view]];


/* What the count says is true of all data, or says of what it is. */
function tell() {
	const word = KEY[S.view], all = everywhere(), part = !exact && here() < all;

	$("count").textContent = part ? say(W.foundAmong, number(rows.length),
		plural(word, here())) : total === all ? plural(word, all)
		: say(W.of, number(total), plural(word, all));
	$("cap").textContent = rows.length < total
		? say(W.holds, rows.length, total, FILE[S.view])
		: part ? say(W.looksAt, here(), all - here(), FILE[S.view]) : "";
}

function drawState() {
	$("tt").setAttribute("aria-pressed", S.view === "t");
	$("tf").setAttribute("aria-pressed", S.view === "f");
	$("to").setAttribute("aria-pressed", S.view === "o");
	for (const b of $("chips").querySelectorAll("button"))
		b.setAttribute("aria-pressed",
			S.sev.split(",").includes(b.dataset.s));
	for (const k of Object.keys(lists))
		if (lists[k].value !== S[k])
			lists[k].value = S[k];
	if (query.value !== S.q)
		query.value = S.q;
}

/* Rows of the list behind those that BODY has, as many as are shown. */
function addRows(body) {
	const n = Math.min(shown, rows.length);

	for (let i = body.rows.length; i < n; i++)
		body.append(S.view === "o" ? objectRow(rows[i])
			: findingRow(rows[i]));
	$("more").hidden = n >= rows.length;
	$("more").textContent = say(W.more, Math.min(STEP, rows.length - n),
		rows.length - n);
}

function draw() {
	const body = el("tbody");

	select();
	relabel();
	addRows(body);
	$("list").replaceChildren(rows.length ? tableOf(body)
		: el("p", null, W.nothing, button(W.clear, clear)));
	tell();
	drawState();
}

function clear() {
	S = Object.assign({}, START, { view: S.view });
	change({});
	query.focus();
}

/* ---- the filters' lists ---- */

const lists = {};
const labels = [];
let query, labelled = "";

/* How many there are of each value that counts, by a side of the cells. */
function tally(side, changes) {
	const sums = new Map();

	for (let i = 0; i < D.cube.length; i += CELL)
		if (counts(D.cube[i + 3]))
			sums.set(D.cube[i + side], (sums.get(D.cube[i + side]) || 0) +
				D.cube[i + (changes ? 9 : 8)]);
	return sums;
}

/* A place has what lies below it: those below stand behind those above. */
function tallyPlaces(changes) {
	const sums = tally(6, changes);

	for (let i = D.places.length - 1; i >= 0; i--)
		if (D.places[i][1] >= 0)
			sums.set(D.places[i][1], (sums.get(D.places[i][1]) || 0) +
				(sums.get(i) || 0));
	return sums;
}

const tallyOf = (side, changes) => side === 6 ? tallyPlaces(changes)
	: tally(side, changes);

/* Numbers behind the choices, by what is listed. */
function relabel() {
	if (labelled === S.view)
		return;
	labelled = S.view;
	for (const l of labels) {
		const sums = tallyOf(l.side, S.view === "t");

		for (const x of l.items) {
			const n = number(sums.get(x.number) || 0);

			x.node.textContent = l.chip ? " " + n
				: x.text + (S.view === "o" ? "" : " (" + n + ")");
		}
	}
}

function listOf(key, label, first, choices, side) {
	const id = "s-" + key, items = [];
	const options = choices.map(c => {
		const node = el("option", { value: c.value }, c.text);

		if (side != null)
			items.push({ node: node, number: c.number, text: c.text });
		return node;
	});

	lists[key] = el("select", { id: id, autocomplete: "off", change: () => {
		const more = {};

		more[key] = lists[key].value;
		if (S.view === "t" && (key === "rule" || key === "status"))
			more.view = "f";
		change(more);
	} }, first && el("option", { value: "" }, first), options);
	if (side != null)
		labels.push({ side: side, items: items });
	return el("div", null, el("label", { for: id }, label), lists[key]);
}

/* Those that there are, most first; places as their tree stands. */
function choicesOf(list, side, value, text) {
	const sums = tallyOf(side, false);
	const all = list.map((x, i) => ({ value: value(x), number: i,
		text: text(x, i), n: sums.get(i) || 0 })).filter(c => c.n && c.value);

	return side === 6 ? all.sort((a, b) => collator.compare(a.text, b.text))
		: all.sort((a, b) => b.n - a.n || collator.compare(a.text, b.text));
}

function statusChoices() {
	return [{ value: "counted", text: W.openAndPlanned }].concat(
		D.status.map((s, i) => ({ value: s, text: D.statusWords[i] })),
		[{ value: "all", text: W.all }]);
}

function makeChips() {
	const sums = tally(2, false), label = { side: 2, chip: true, items: [] };

	labels.push(label);
	D.sev.forEach((s, i) => {
		const count = el("span");

		if (!sums.get(i))
			return;
		label.items.push({ node: count, number: i });
		$("chips").append(button([severity(i), count], () => {
			const on = S.sev ? S.sev.split(",") : [];

			change({ sev: (on.includes(s) ? on.filter(x => x !== s)
				: on.concat(s)).join(",") });
		}, { "data-s": s, "aria-pressed": "false" }));
	});
}

function makeFilters() {
	let timer;
	const id = x => x[0], title = x => x[1], self = x => x;

	query = el("input", { type: "search", id: "q", autocomplete: "off",
		spellcheck: "false", input: () => {
			clearTimeout(timer);
			timer = setTimeout(() => change({ q: query.value }), WAIT);
		} });
	$("filters").append(
		el("div", null, el("label", { for: "q" }, W.search), query),
		listOf("cause", W.cause, W.allCauses,
			choicesOf(D.causes, 1, id, title), 1),
		listOf("rule", W.rule, W.allRules,
			choicesOf(D.rules, 0, id, title), 0),
		listOf("ou", W.place, W.allPlaces,
			choicesOf(D.places, 6, id, id), 6),
		listOf("kind", W.kind, W.allKinds,
			choicesOf(D.kinds, 5, self, self), 5),
		listOf("where", W.changeIn, W.everywhere,
			choicesOf(D.where, 7, self, (x, i) => D.whereWords[i]), 7),
		D.compared ? listOf("change", W.sinceLast, W.all,
			choicesOf(D.change, 4, self, (x, i) => D.changeWords[i]), 4)
			: "",
		listOf("status", W.status, null, statusChoices()),
		listOf("ready", W.readiness, W.all, D.ready.map((r, i) =>
			({ value: r, text: D.readyWords[i] }))));
	makeChips();
}

/* ---- copying and saving ---- */

/* A spreadsheet would compute what begins so. */
function guard(value) {
	const text = value == null ? "" : String(value);

	return /^'*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(text)
		? "'" + text : text;
}

function findingCells(r) {
	const x = O[r[f.object]];

	return [D.sev[r[f.sev]], D.rules[r[f.rule]][0], D.status[r[f.status]],
		D.compared ? D.change[r[f.age]] : "", x[o.name], x[o.sam],
		D.kinds[r[f.kind]], D.places[r[f.place]][0], x[o.dn],
		D.attrs[r[f.attr]], r[f.now], r[f.want], r[f.message],
		D.fixes[r[f.fix]], D.whereWords[r[f.where]],
		r[f.others] ? r[f.others].join("; ") : "", r[f.print]];
}

const objectCells = x => [x[o.name], x[o.sam], D.kinds[x[o.kind]],
	D.readyWords[x[o.ready]], x[o.upn], x[o.next], x[o.primary],
	D.acts[x[o.act]], D.places[x[o.place]][0], x[o.dn], x[o.guid]];

/* Rows of findings are asked for in the dialog of a list of objects, too. */
function cellsOf(list) {
	const findings = list.length ? F.includes(list[0]) : S.view !== "o";

	return [(findings ? W.headF : W.headO).split(",")].concat(
		list.map(findings ? findingCells : objectCells));
}

const tsv = list => cellsOf(list).map(line => line.map(x =>
	guard(x).replace(/[\t\r\n]+/g, " ")).join("\t")).join("\n");
const csv = list => "\uFEFF" + cellsOf(list).map(line => line.map(x =>
	'"' + guard(x).replace(/"/g, '""') + '"').join(",")).join("\r\n") + "\r\n";

function announce(text) {
	$("count").textContent = text;
	setTimeout(tell, 1500);
}

/* Without the clipboard of today: through a field that nobody sees. */
function copyOld(text) {
	const area = el("textarea", { class: "vh", "aria-hidden": "true",
		tabindex: "-1" });
	let done = false;

	area.value = text;
	(dialog.open ? dialog : document.body).append(area);
	area.select();
	try {
		done = document.execCommand("copy");
	} catch (e) {
		done = false;
	}
	area.remove();
	return done;
}

function copy(text, done, tellIt) {
	const told = tellIt || announce;
	const old = () => told(copyOld(text) ? done : W.couldNotCopy);

	if (navigator.clipboard && window.isSecureContext)
		navigator.clipboard.writeText(text).then(() => told(done), old);
	else
		old();
}

function save() {
	const url = URL.createObjectURL(new Blob([csv(rows)],
		{ type: "text/csv" }));
	const link = el("a", { href: url, download: { t: W.saveT, f: W.saveF,
		o: W.saveO }[S.view] });

	document.body.append(link);
	link.click();
	link.remove();
	setTimeout(() => URL.revokeObjectURL(url), 9000);
}

/* ---- one object ---- */

const dialog = $("dlg");

const pairs = list => el("dl", { class: "kv" }, list.filter(Boolean).map(x =>
	[el("dt", null, x[0]), el("dd", null, x[1])]));
const valueOr = (value, attr, other) => value ? visible(value, attr) : other;
const headed = (titles, body) => el("table", null, el("thead", null,
	el("tr", null, titles.map(th))), el("tbody", null, body));

/* What AD has today is known only where it was collected. */
function namesTable(x, extra) {
	const today = extra.ad ? W.empty : W.notCollected;
	const line = (title, now, next) => el("tr", null,
		el("th", { scope: "row" }, title), el("td", null, now),
		el("td", null, next));

	return headed([W.attribute, W.inAd, W.afterSync], [
		line(W.signIn, valueOr(x[o.upn], "userPrincipalName", W.empty),
			valueOr(x[o.next], "userPrincipalName", W.dash)),
		line(W.primary, valueOr(extra.primary, "mail", today),
			valueOr(x[o.primary], "mail", W.dash)),
		line(W.mail, valueOr(extra.mail, "mail", today), W.dash)]);
}

function changesTable(list) {
	return headed([W.attribute, W.from, W.to], list.map(c => el("tr", null,
		el("th", { scope: "row" }, c[0]),
		el("td", null, c[1] == null ? W.dash : visible(c[1], c[0])),
		el("td", null, c[2] == null ? W.removed : visible(c[2], c[0])))));
}

function waiverLine(r) {
	const w = r[f.waiver];

	if (!w)
		return null;
	return el("p", { class: "soft" }, D.statusWords[r[f.status]] + ": ",
		name(w[0]), w[1] ? [" (", name(w[1]), ")"] : null,
		w[2] ? ", " + say(W.until, w[2]) : null);
}

function findingBlock(r, copier) {
	return el("div", { class: "fnd" },
		el("p", null, severity(r[f.sev]), " ", el("strong", null,
			D.rules[r[f.rule]][1]), " ", tags(r)),
		el("p", null, name(r[f.message])),
		el("div", null, el("span", { class: "sub" }, D.attrs[r[f.attr]]),
			nowAndWanted(r), claim(r)),
		el("p", null, el("strong", null, W.toDo), name(D.fixes[r[f.fix]]),
			" ", el("span", { class: "tag" }, D.whereWords[r[f.where]])),
		waiverLine(r),
		el("p", { class: "acts" },
			copier(W.copyFix, D.fixes[r[f.fix]], W.fixCopied),
			r[f.want] != null && copier(W.copyWanted, r[f.want],
				W.valueCopied),
			copier(W.copyRowOnly, tsv([r]), W.rowCopied)),
		el("p", { class: "small soft" }, D.rules[r[f.rule]][0] +
			" \u00B7 " + r[f.print]));
}

function historyLine(h) {
	return el("li", null, h[0] + ": " + (h[1] > 0 ? W.inScope
		: h[1] < 0 ? W.notKnown : W.outOfScope) +
		(h[2] ? W.disabled : "") + ", ", h[3] == null ? W.dash : name(h[3]));
}

function listPart(title, list, line) {
	return list ? [el("h3", null, title), el("ul", null, list.map(line))] : null;
}

function headPart(x, status, copier) {
	const extra = x[o.extra] || {};

	return [el("header", null, el("div", null, el("h2", { id: "dlg-h" },
		name(x[o.name])), el("span", { class: "soft" }, D.kinds[x[o.kind]] +
		" \u00B7 " + D.readyWords[x[o.ready]] + " "), status),
		button(W.close, () => dialog.close(), { autofocus: true })),
	pairs([x[o.sam] && [W.account, name(x[o.sam])],
		x[o.dn] && [W.dn, [name(x[o.dn]), " ",
			copier(W.copyDn, x[o.dn], W.dnCopied)]],
		extra.scope && [W.scope, name(extra.scope)],
		[W.nextSync, [D.acts[x[o.act]],
			extra.match ? ["; ", name(extra.match)] : null]]])];
}

function findingsPart(x, list, copier) {
	const all = openCount(x), open = list.filter(r => counts(r[f.status])).length;

	return [el("h3", null, list.length ? plural("finding", list.length)
		: W.noFindings),
		open < all ? el("p", { class: "soft" }, say(W.someFindings, open,
			all)) : null,
		list.map(r => findingBlock(r, copier))];
}

function openObject(i) {
	const x = O[i], extra = x[o.extra] || {};
	const status = el("span", { role: "status", class: "small soft" });
	const copier = (title, text, done) => button(title, () => copy(text, done,
		t => { status.textContent = t; }), { class: "mini" });
	const parts = [headPart(x, status, copier),
		el("h3", null, W.names), namesTable(x, extra),
		extra.changes ? [el("h3", null, W.whatChanges),
			changesTable(extra.changes)] : null,
		findingsPart(x, findingsOf(i), copier),
		listPart(W.dropped, extra.dropped, d => el("li", null,
			visible(d[0] == null ? "" : d[0], "proxyAddresses"),
			" \u2013 ", name(d[1] || ""))),
		listPart(W.earlier, extra.history, historyLine),
		listPart(W.doubts, extra.doubts, d => el("li", null, name(d))),
		el("h3", null, W.technical),
		pairs([["objectGUID", el("code", null, x[o.guid] || W.dash)],
			extra.anchor && [W.anchor, el("code", null, extra.anchor)],
			extra.conf && [W.forecast, extra.conf]])];

	$("dr").replaceChildren(...parts.flat(4).filter(Boolean));
	if (!dialog.open)
		dialog.showModal();
	dialog.scrollTop = 0;
}

/* ---- start ---- */

function go(first) {
	if (!readHash()) {
		if (first)
			draw();
		return;
	}
	shown = STEP;
	draw();
	const at = S.object ? O.findIndex(x => x[o.guid] === S.object) : -1;
	if (at >= 0)
		openObject(at);
	else if (dialog.open)
		dialog.close();
	if (!S.object || first)
		$("explore").scrollIntoView();
	if (!S.object) {
		$("h-explore").tabIndex = -1;
		$("h-explore").focus({ preventScroll: true });
	}
}

function print(what) {
	const before = shown;

	if (what)
		document.body.classList.add(what);
	if (what === "p-list") {
		shown = PRINT_MOST;
		draw();
	}
	window.print();
	document.body.classList.remove("p-sum", "p-list");
	if (what === "p-list") {
		shown = before;
		draw();
	}
}

function showMore() {
	const before = shown;

	const body = document.querySelector("#list tbody");

	shown += STEP;
	addRows(body);
	const row = body.rows[before];
	const next = row && row.querySelector("button");
	if (next)
		next.focus();
}

function rememberTheme() {
	const theme = $("theme");

	try {
		theme.value = localStorage.getItem("syncscope-theme") || "auto";
	} catch (e) {
		return;
	}
	theme.addEventListener("change", () => {
		try {
			localStorage.setItem("syncscope-theme", theme.value);
		} catch (e) {
			return;
		}
	});
}

for (const e of document.querySelectorAll(".js"))
	e.hidden = false;
rememberTheme();
$("psum").onclick = () => print("p-sum");
$("pall").onclick = () => print("");
if (!$("explore"))
	return;
$("explore").hidden = false;
$("tt").hidden = !HAS_CHANGES;
makeFilters();
dialog.addEventListener("close", () => {
	S.object = "";
	writeHash();
});
dialog.addEventListener("click", e => {
	if (e.target === dialog)
		dialog.close();
});
$("tt").onclick = () => change({ view: "t", rule: "", status: "counted",
	sort: "" });
$("tf").onclick = () => change({ view: "f", sort: "" });
$("to").onclick = () => change({ view: "o", sort: "" });
$("more").onclick = showMore;
$("rs").onclick = clear;
$("cp").onclick = () => copy(tsv(rows), plural("row", rows.length));
$("cl").onclick = () => {
	writeHash();
	copy(location.href, W.linkCopied);
};
$("dl").onclick = save;
$("pl").onclick = () => print("p-list");
window.addEventListener("hashchange", () => go(false));
go(true);
})();
