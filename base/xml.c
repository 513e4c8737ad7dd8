/* XML trees, over libxml2's reader. */
#include "base/xml.h"

#include <stdlib.h>
#include <string.h>

#include <libxml/xmlreader.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"

struct xml_attribute {
	const struct xml_attribute *next;
	const char *name, *value;
};

struct xml_node {
	struct xml_node *first, *last, *next;
	const struct xml_attribute *attributes;
	const char *name, *text;
	unsigned line;
};

struct xml {
	struct arena arena;
	struct xml_node *root;
};

/* A document being read: PATH_TO are the elements that are open. */
struct xml_reading {
	struct xml *x;
	const char *name, *data;
	size_t len;
	xmlTextReader *reader;
	struct xml_node *path_to[XML_DEPTH];
	struct buf texts[XML_DEPTH];
	struct err *err;
};

/* The parser itself is further on than the node at hand. */
static unsigned
line_of(const struct xml_reading *r)
{
	long line = xmlGetLineNo(xmlTextReaderCurrentNode(r->reader));

	return line > 0 ? (unsigned)line : 1;
}

/* libxml2 does not keep where it stood. */
static unsigned
doctype_line(const struct xml_reading *r)
{
	const char *at = memmem(r->data, r->len, "<!DOCTYPE", 9);
	unsigned line = 1;

	for (const char *p = r->data; at && p < at; p++)
		line += *p == '\n';
	return line;
}

static int
wrong(struct xml_reading *r, const char *want)
{
	return err_input(r->err, "%s:%u: want %s", r->name, line_of(r), want);
}

static const char *
copy(struct xml_reading *r, const xmlChar *text)
{
	return arena_strdup(&r->x->arena, text ? (const char *)text : "");
}

static void
take_attributes(struct xml_reading *r, struct xml_node *n)
{
	while (xmlTextReaderMoveToNextAttribute(r->reader) == 1) {
		struct xml_attribute *a = arena_alloc(&r->x->arena, sizeof(*a));

		*a = (struct xml_attribute){
			.next = n->attributes,
			.name = copy(r, xmlTextReaderConstLocalName(r->reader)),
			.value = copy(r, xmlTextReaderConstValue(r->reader)),
		};
		n->attributes = a;
	}
	xmlTextReaderMoveToElement(r->reader);
}

static void
append(struct xml_node *parent, struct xml_node *n)
{
	if (parent->last)
		parent->last->next = n;
	else
		parent->first = n;
	parent->last = n;
}

/* The text of the element at DEPTH is whole. */
static void
end_element(struct xml_reading *r, int depth)
{
	const char *blank = " \t\r\n";
	const char *text = buf_text(&r->texts[depth]);
	size_t len = r->texts[depth].len;

	while (len && strchr(blank, *text)) {
		text++;
		len--;
	}
	while (len && strchr(blank, text[len - 1]))
		len--;
	r->path_to[depth]->text = arena_strndup(&r->x->arena, text, len);
	buf_clear(&r->texts[depth]);
}

static int
begin_element(struct xml_reading *r, int depth)
{
	struct xml_node *n;

	if (depth >= XML_DEPTH)
		return wrong(r, "elements nested less deep");
	n = arena_alloc(&r->x->arena, sizeof(*n));
	*n = (struct xml_node){
		.name = copy(r, xmlTextReaderConstLocalName(r->reader)),
		.text = "", .line = line_of(r),
	};
	r->path_to[depth] = n;
	if (depth)
		append(r->path_to[depth - 1], n);
	else
		r->x->root = n;
	take_attributes(r, n);
	if (xmlTextReaderIsEmptyElement(r->reader) == 1)
		end_element(r, depth);
	return 0;
}

static int
take_node(struct xml_reading *r)
{
	int depth = xmlTextReaderDepth(r->reader);

	switch (xmlTextReaderNodeType(r->reader)) {
	case XML_READER_TYPE_ELEMENT:
		return begin_element(r, depth);
	case XML_READER_TYPE_END_ELEMENT:
		end_element(r, depth);
		return 0;
	case XML_READER_TYPE_TEXT:
	case XML_READER_TYPE_CDATA:
		buf_adds(&r->texts[depth - 1],
		         (const char *)xmlTextReaderConstValue(r->reader));
		return 0;
	case XML_READER_TYPE_DOCUMENT_TYPE:
		return err_input(r->err, "%s:%u: want no document type",
		                 r->name, doctype_line(r));
	case XML_READER_TYPE_ENTITY_REFERENCE:
		return wrong(r, "no entities of its own");
	default:
		return 0;
	}
}

/* libxml2's own words: "Opening and ending tag mismatch: a line 1 and b". */
static int
not_well_formed(struct xml_reading *r)
{
	const xmlError *e = xmlGetLastError();
	const char *said = e && e->message ? e->message : "cut short";
	int line = e && e->line > 0 ? e->line : 1;

	return err_input(r->err, "%s:%d: want well-formed XML: %.*s", r->name,
	                 line, (int)strcspn(said, "\n"), said);
}

static int
read_all(struct xml_reading *r)
{
	int rc;

	while ((rc = xmlTextReaderRead(r->reader)) == 1)
		if (take_node(r) < 0)
			return -1;
	return rc < 0 || !r->x->root ? not_well_formed(r) : 0;
}

struct xml *
xml_parse(const char *name, const char *data, size_t len, struct err *err)
{
	const int options = XML_PARSE_NONET | XML_PARSE_NOERROR |
	                    XML_PARSE_NOWARNING;
	struct xml_reading r = { .name = name, .data = data, .len = len,
	                     .err = err };
	int rc = -1;

	if (len > XML_MAX) {
		err_input(err, "%s: want at most %d bytes", name, XML_MAX);
		return NULL;
	}
	xmlResetLastError();
	r.x = xcalloc(1, sizeof(*r.x));
	r.reader = xmlReaderForMemory(data, (int)len, NULL, NULL, options);
	if (r.reader)
		rc = read_all(&r);
	else
		not_well_formed(&r);
	xmlFreeTextReader(r.reader);
	for (int i = 0; i < XML_DEPTH; i++)
		buf_release(&r.texts[i]);
	if (rc == 0)
		return r.x;
	xml_free(r.x);
	return NULL;
}

struct xml *
xml_load(const char *path, struct err *err)
{
	struct buf text = { .max = XML_MAX };
	struct xml *x = NULL;

	if (file_read(path, &text, err) == 0)
		x = xml_parse(path, buf_text(&text), text.len, err);
	buf_release(&text);
	return x;
}

void
xml_free(struct xml *x)
{
	if (!x)
		return;
	arena_release(&x->arena);
	free(x);
}

const struct xml_node *
xml_root(const struct xml *x)
{
	return x->root;
}

/* N or the first one behind it whose name is LEN bytes of NAME. */
static const struct xml_node *
find(const struct xml_node *n, const char *name, size_t len)
{
	while (n && (strncmp(n->name, name, len) != 0 || n->name[len]))
		n = n->next;
	return n;
}

const struct xml_node *
xml_child(const struct xml_node *n, const char *name)
{
	return n ? find(n->first, name, strlen(name)) : NULL;
}

const struct xml_node *
xml_again(const struct xml_node *n)
{
	return n ? find(n->next, n->name, strlen(n->name)) : NULL;
}

const struct xml_node *
xml_at(const struct xml_node *n, const char *path)
{
	while (n && *path) {
		size_t len = strcspn(path, "/");

		n = find(n->first, path, len);
		path += len + (path[len] == '/');
	}
	return n;
}

const char *
xml_name(const struct xml_node *n)
{
	return n ? n->name : "";
}

const char *
xml_text(const struct xml_node *n)
{
	return n ? n->text : "";
}

const char *
xml_attribute(const struct xml_node *n, const char *name)
{
	const struct xml_attribute *a = n ? n->attributes : NULL;

	while (a && strcmp(a->name, name) != 0)
		a = a->next;
	return a ? a->value : NULL;
}

unsigned
xml_line(const struct xml_node *n)
{
	return n ? n->line : 0;
}
