#!/usr/bin/env python3
"""The cells of flat OpenDocument sheets, as JSON: kind, text, formula."""
import json
import sys
import xml.etree.ElementTree as ET

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def text_of(node):
    if node.tag == TEXT + "s":
        out = " " * int(node.get(TEXT + "c", "1"))
    elif node.tag == TEXT + "tab":
        out = "\t"
    elif node.tag == TEXT + "line-break":
        out = "\n"
    else:
        out = (node.text or "") + "".join(
            text_of(c) + (c.tail or "") for c in node)
    return out


def cells_of(row):
    cells = []
    for cell in row:
        many = int(cell.get(TABLE + "number-columns-repeated", "1"))
        one = {
            "kind": cell.get(OFFICE + "value-type"),
            "formula": cell.get(TABLE + "formula") is not None,
            "text": "\n".join(text_of(p) for p in cell.findall(TEXT + "p")),
        }
        # What repeats to the edge of the sheet is empty.
        cells += [one] * (many if many < 200 else 1)
    while cells and not cells[-1]["kind"]:
        cells.pop()
    return cells


def rows_of(table):
    rows = []
    for row in table.iter(TABLE + "table-row"):
        many = int(row.get(TABLE + "number-rows-repeated", "1"))
        rows += [cells_of(row)] * (many if many < 10000 else 1)
    while rows and not rows[-1]:
        rows.pop()
    return rows


print(json.dumps([
    {table.get(TABLE + "name"): rows_of(table)
     for table in ET.parse(path).iter(TABLE + "table")}
    for path in sys.argv[1:]]))
