/*
 * XML that comes in pieces and is not held: elements and texts are passed on
 * as they end. As base/xml.h, with libxml2 behind it: no document type, and so
 * no entities but the five of XML, nothing fetched, and ceilings.
 */
#ifndef BASE_XML_STREAM_H
#define BASE_XML_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct err;
struct xml_stream;

/* An element's begin; borrowed, and gone after the call. */
struct xml_tag {
	const char *name;        /* without prefix */
	const char *space;       /* the URI of its namespace, or "" */
	uint64_t line;           /* that the tag ends in */
	const void *const *attributes;   /* libxml2's, for xml_tag_get */
	int count;
};

/* Whether the tag has the attribute NAME; then OUT is its value. */
bool xml_tag_get(const struct xml_tag *t, const char *name, struct buf *out);

/* Each returns 0, or -1 with ERR filled, which ends the stream. */
struct xml_stream_sink {
	int (*begin)(struct xml_stream_sink *s, const struct xml_tag *t,
	             struct err *err);
	/* A piece of the text in the element that began last. */
	int (*text)(struct xml_stream_sink *s, const char *text, size_t len,
	            struct err *err);
	int (*end)(struct xml_stream_sink *s, struct err *err);
};

/*
 * NAME stands for the file in errors, "NAME:LINE: want ...". What is fed must
 * be UTF-8, which is for the caller to check, whatever the text's own
 * declaration says of its encoding.
 */
struct xml_stream *xml_stream_new(const char *name,
                                  struct xml_stream_sink *sink);
void xml_stream_free(struct xml_stream *s);
int xml_stream_feed(struct xml_stream *s, const char *data, size_t len,
                    struct err *err);
int xml_stream_finish(struct xml_stream *s, struct err *err);
/* The line that has been reached. */
uint64_t xml_stream_line(const struct xml_stream *s);

#endif
