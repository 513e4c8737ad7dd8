#!/usr/bin/env python3
"""read.py FILE...: what a program that is not ours reads in files of the kinds
below, as JSON: of each file a list of its texts. What must not be in such a file
is a line of errors, and fails."""
import csv
import html.parser
import json
import re
import sys
import xml.etree.ElementTree as ET
import zipfile

wrong = []


def texts_of(tree):
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        for name, value in tree.items():
            yield name
            yield from texts_of(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from texts_of(value)


def link(url, where):
    """One that could be followed leads to the web, or within the page."""
    if not re.match(r"https://[a-z0-9.-]+(/[!-~]*)?$", url):
        wrong.append(f"{where}: address {url!r}")


def links_of(tree):
    if isinstance(tree, dict):
        for name, value in tree.items():
            if re.search(r"uri$", name, re.I) and isinstance(value, str):
                yield value
            else:
                yield from links_of(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from links_of(value)


def read_json(path):
    with open(path, encoding="utf-8", newline="") as f:
        tree = json.load(f)
    for url in links_of(tree):
        link(url, path)
    return list(texts_of(tree))


def read_ndjson(path):
    with open(path, encoding="utf-8", newline="\n") as f:
        return list(texts_of([json.loads(line) for line in f]))


# What a spreadsheet computes (OWASP, "CSV Injection").
FORMULA = re.compile("[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def read_csv(path):
    """Fields as they were before their guard; all lines are equally long."""
    out, width = [], None
    csv.field_size_limit(1 << 30)
    # For IdFix, which takes values as they are.
    bare = path.endswith("idfix.csv")
    # What is not quoted would be a number.
    with open(path, encoding="utf-8-sig", newline="") as f:
        rows = list(csv.reader(f, strict=True, quoting=csv.QUOTE_NONNUMERIC))
    for row in rows:
        width = width or len(row)
        if len(row) != width:
            wrong.append(f"{path}: {len(row)} fields, not {width}: {row[0]!r}")
        for field in row:
            if FORMULA.match(field) and not bare:
                wrong.append(f"{path}: a formula: {field[:60]!r}")
            if not bare and field[:1] == "'" and FORMULA.match(
                    field.lstrip("'")):
                field = field[1:]
            out.append(field)
    return out


class Page(html.parser.HTMLParser):
    """The page as a browser would take it apart, as far as matters here."""

    def __init__(self, path):
        super().__init__(convert_charrefs=True)
        self.path, self.texts, self.counts, self.data = path, [], {}, None
        self.open = None

    def handle_starttag(self, tag, attributes):
        self.counts[tag] = self.counts.get(tag, 0) + 1
        self.open = (tag, dict(attributes))
        for name, value in attributes:
            if name.startswith("on") or name in ("style", "srcdoc", "action"):
                wrong.append(f"{self.path}: {tag} has {name}={value!r}")
            if name == "href" and not value.startswith("#"):
                link(value, self.path)
            self.texts.append(value or "")

    def handle_data(self, data):
        tag, attributes = self.open or ("", {})
        if tag == "script" and attributes.get("type") == "application/json":
            self.data = data
        elif tag not in ("script", "style"):
            self.texts.append(data)

    def handle_endtag(self, tag):
        self.open = None


def read_html(path):
    with open(path, encoding="utf-8", newline="") as f:
        page = Page(path)
        page.feed(f.read())
        page.close()
    for tag in page.counts:
        if tag in ("img", "iframe", "object", "embed", "base", "form", "link",
                   "failure", "h", "a.example"):
            wrong.append(f"{path}: an element {tag}")
    for tag, most in (("script", 2), ("style", 1), ("html", 1), ("body", 1)):
        if page.counts.get(tag) != most:
            wrong.append(f"{path}: {page.counts.get(tag)} of {tag}")
    return page.texts + list(texts_of(json.loads(page.data)))


def read_xlsx(path):
    """Texts of cells (ECMA-376, 22.4.2.4 has their escapes)."""
    out = []
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            for node in ET.fromstring(book.read(name)).iter():
                tag = node.tag.rpartition("}")[2]
                if tag in ("f", "hyperlink", "externalReference"):
                    wrong.append(f"{path}: {name}: {tag}")
                if tag == "t":
                    out.append(re.sub(
                        r"_x([0-9A-Fa-f]{4})_",
                        lambda m: chr(int(m[1], 16)), node.text or ""))
    return out


def read_xml(path):
    return [text for node in ET.parse(path).iter()
            for text in [node.text or "", *node.attrib.values()]]


readers = {"json": read_json, "sarif": read_json, "csv": read_csv,
           "ndjson": read_ndjson, "html": read_html, "xlsx": read_xlsx, "xml": read_xml}
texts = {}
for path in sys.argv[1:]:
    try:
        texts[path] = sorted(set(readers[path.rpartition(".")[2]](path)))
    except Exception as e:  # pylint: disable=broad-except
        wrong.append(f"{path}: {type(e).__name__}: {e}")
json.dump(texts, sys.stdout)
for line in wrong[:20]:
    print(line.encode("ascii", "backslashreplace").decode(), file=sys.stderr)
sys.exit(len(wrong) > 0)
