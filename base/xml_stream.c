/* XML in pieces, over libxml2's push parser. */
#include "base/xml_stream.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/xml.h"

struct xml_stream {
	char *name;
	struct xml_stream_sink *sink;
	xmlParserCtxt *parser;
	int depth;
	bool failed;             /* ERR of the call at hand is filled */
	struct err *err;
};

/* What libxml2 gives of an attribute: five pointers. */
enum { AT_NAME, AT_PREFIX, AT_URI, AT_VALUE, AT_END, AT_COUNT };

bool
xml_tag_get(const struct xml_tag *t, const char *name, struct buf *out)
{
	for (int i = 0; i < t->count; i++) {
		const void *const *a = t->attributes + i * AT_COUNT;
		const char *value = a[AT_VALUE], *end = a[AT_END];

		if (strcmp(a[AT_NAME], name) != 0)
			continue;
		buf_clear(out);
		buf_add(out, value, (size_t)(end - value));
		return true;
	}
	return false;
}

uint64_t
xml_stream_line(const struct xml_stream *s)
{
	int line = xmlSAX2GetLineNumber(s->parser);

	return line > 0 ? (uint64_t)line : 1;
}

static void
stop(struct xml_stream *s)
{
	s->failed = true;
	xmlStopParser(s->parser);
}

static void
refuse(struct xml_stream *s, const char *want)
{
	err_input(s->err, "%s:%llu: want %s", s->name,
	          (unsigned long long)xml_stream_line(s), want);
	stop(s);
}

static void
on_begin(void *context, const xmlChar *name, const xmlChar *prefix,
         const xmlChar *uri, int namespaces, const xmlChar **declared,
         int attributes, int defaulted, const xmlChar **values)
{
	struct xml_stream *s = context;
	const struct xml_tag tag = {
		.name = (const char *)name,
		.space = uri ? (const char *)uri : "",
		.line = xml_stream_line(s),
		.attributes = (const void *const *)values,
		.count = attributes,
	};

	(void)prefix;
	(void)namespaces;
	(void)declared;
	(void)defaulted;
	if (s->failed)
		return;
	if (++s->depth > XML_DEPTH)
		refuse(s, "elements nested less deep");
	else if (s->sink->begin(s->sink, &tag, s->err) < 0)
		stop(s);
}

static void
on_end(void *context, const xmlChar *name, const xmlChar *prefix,
       const xmlChar *uri)
{
	struct xml_stream *s = context;

	(void)name;
	(void)prefix;
	(void)uri;
	if (s->failed)
		return;
	s->depth--;
	if (s->sink->end(s->sink, s->err) < 0)
		stop(s);
}

static void
on_text(void *context, const xmlChar *text, int len)
{
	struct xml_stream *s = context;

	if (!s->failed && s->depth &&
	    s->sink->text(s->sink, (const char *)text, (size_t)len,
	                  s->err) < 0)
		stop(s);
}

/* Called before any of its entities is declared. */
static void
on_doctype(void *context, const xmlChar *name, const xmlChar *external,
           const xmlChar *system)
{
	struct xml_stream *s = context;

	(void)name;
	(void)external;
	(void)system;
	if (!s->failed)
		refuse(s, "no document type");
}

struct xml_stream *
xml_stream_new(const char *name, struct xml_stream_sink *sink)
{
	const int options = XML_PARSE_NONET | XML_PARSE_NOERROR |
	                    XML_PARSE_NOWARNING | XML_PARSE_IGNORE_ENC;
	xmlSAXHandler handler = {
		.initialized = XML_SAX2_MAGIC,
		.internalSubset = on_doctype,
		.startElementNs = on_begin, .endElementNs = on_end,
		.characters = on_text, .ignorableWhitespace = on_text,
		.cdataBlock = on_text,
	};
	struct xml_stream *s = xcalloc(1, sizeof(*s));

	s->name = xstrdup(name);
	s->sink = sink;
	s->parser = xmlCreatePushParserCtxt(&handler, s, NULL, 0, NULL);
	if (!s->parser)
		xalloc_failed();
	xmlCtxtUseOptions(s->parser, options);
	xmlSwitchEncoding(s->parser, XML_CHAR_ENCODING_UTF8);
	return s;
}

void
xml_stream_free(struct xml_stream *s)
{
	if (!s)
		return;
	xmlFreeParserCtxt(s->parser);
	free(s->name);
	free(s);
}

/* libxml2's own words: "Opening and ending tag mismatch: a line 1 and b". */
static int
not_well_formed(struct xml_stream *s)
{
	const xmlError *e = xmlCtxtGetLastError(s->parser);
	const char *said = e && e->message ? e->message : "cut short";
	int line = e && e->line > 0 ? e->line : 1;

	s->failed = true;
	return err_input(s->err, "%s:%d: want well-formed XML: %.*s", s->name,
	                 line, (int)strcspn(said, "\n"), said);
}

int
xml_stream_feed(struct xml_stream *s, const char *data, size_t len,
                struct err *err)
{
	s->err = err;
	while (len && !s->failed) {
		int piece = len < INT_MAX ? (int)len : INT_MAX;
		int rc = xmlParseChunk(s->parser, data, piece, 0);

		if (rc != XML_ERR_OK && !s->failed &&
		    !s->parser->wellFormed)
			not_well_formed(s);
		data += piece;
		len -= (size_t)piece;
	}
	return s->failed ? -1 : 0;
}

int
xml_stream_finish(struct xml_stream *s, struct err *err)
{
	s->err = err;
	if (s->depth)
		return err_input(err, "%s:%llu: want the end of the XML "
		                 "document; is the file cut?", s->name,
		                 (unsigned long long)xml_stream_line(s));
	xmlParseChunk(s->parser, NULL, 0, 1);
	if (!s->failed && !s->parser->wellFormed)
		not_well_formed(s);
	return s->failed ? -1 : 0;
}
