// Reads scripts by tree-sitter's grammar: read.mjs NODE_MODULES FILE...
// Prints a JSON object a line for each: what the grammar does not take, strings
// that end early, and the data that is assigned at the top, as a program of
// PowerShell would have it.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, ...files] = process.argv.slice(2);
const at = (...names) => path.resolve(modules, ...names);
const { Parser, Language } = await import(
	pathToFileURL(at('web-tree-sitter', 'web-tree-sitter.js')));

await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(
	at('tree-sitter-powershell', 'tree-sitter-powershell.wasm')));

// PowerShell takes all of these for a single quote (CharTraits.cs), which the
// grammar does not know.
const quotes = '\'\u2018\u2019\u201a\u201b';

// What the literal TEXT, with its quotes, is; null: it ends before its end.
function literal(text) {
	const body = [...text.slice(1, -1)];
	let out = '';

	for (let i = 0; i < body.length; i++) {
		if (quotes.includes(body[i]) &&
			(i + 1 >= body.length || !quotes.includes(body[++i])))
			return null;
		out += body[i];
	}
	return out;
}

// Nodes of the grammar's own making that only pass on what is in them.
function within(node) {
	while (node.namedChildCount === 1 && ![
		'string_literal', 'parenthesized_expression', 'variable',
		'array_expression', 'hash_literal_expression',
		'cast_expression'].includes(node.type))
		node = node.namedChild(0);
	return node;
}

const constants = { $null: null, $true: true, $false: false };

const values = {
	string_literal: (n) => {
		const text = n.text.startsWith('\'') ? literal(n.text) : null;

		if (text === null)
			throw new Error(`no string in single quotes: ${n.text}`);
		return text;
	},
	variable: (n) => {
		if (!(n.text in constants))
			throw new Error(`a variable: ${n.text}`);
		return constants[n.text];
	},
	parenthesized_expression: (n) => value(n.namedChild(0)),
	additive_expression: (n) => n.namedChildren.map(value).join(''),
	cast_expression: (n) => {
		const cast = /^\[char\](0x[0-9A-F]{4})$/.exec(n.text);

		if (!cast)
			throw new Error(`a cast: ${n.text}`);
		return String.fromCodePoint(Number(cast[1]));
	},
	array_expression: (n) => n.namedChildCount
		? n.namedChild(0).namedChildren.map(value) : [],
	hash_literal_expression: (n) => Object.fromEntries(
		n.namedChild(0).namedChildren.map((entry) =>
			[entry.namedChild(0).text, value(entry.namedChild(1))])),
};

function value(node) {
	const inner = within(node);
	const read = values[inner.type];

	if (!read)
		throw new Error(`no data: ${inner.type}: ${inner.text}`);
	return read(inner);
}

function walk(node, visit) {
	visit(node);
	for (const child of node.children)
		walk(child, visit);
}

function readFile(file) {
	const bytes = fs.readFileSync(file);
	const out = {
		file, errors: [], data: {}, calls: [],
		mark: bytes.subarray(0, 3).toString('hex') === 'efbbbf',
	};
	const text = bytes.toString('utf8').replace(/^\ufeff/, '');
	const root = parser.parse(text).rootNode;

	walk(root, (n) => {
		if (n.isError || n.isMissing)
			out.errors.push(`line ${n.startPosition.row + 1}: ${n.text}`);
		if (n.type === 'verbatim_string_characters' &&
			literal(n.text) === null)
			out.errors.push(`ends early: ${n.text}`);
		if (n.type === 'command_name')
			out.calls.push(n.text);
	});
	for (const n of root.namedChild(root.namedChildCount - 1)
		.namedChildren) {
		const set = /^\$(Domain|Changes) = /.exec(n.text);

		if (!set)
			continue;
		try {
			out.data[set[1]] = value(n.namedChild(0).namedChild(2));
		} catch (e) {
			out.errors.push(e.message);
		}
	}
	return out;
}

for (const file of files)
	console.log(JSON.stringify(readFile(file)));
