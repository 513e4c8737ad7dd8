/*
 * A sink that writes down what a parser gives it, and the way to feed a parser
 * in pieces: for unit tests and fuzzers.
 */
#ifndef TESTS_PRINT_SINK_H
#define TESTS_PRINT_SINK_H

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "base/record.h"
#include "collect/import/source.h"

struct print_sink {
	struct sink sink;
	struct buf out;
};

static inline struct buf *
print_sink_out(struct sink *s)
{
	return &((struct print_sink *)s)->out;
}

static inline int
print_sink_put(struct sink *s, enum section section, const struct record *r,
               uint64_t line, struct err *err)
{
	(void)line;
	(void)err;
	buf_addf(print_sink_out(s), "%s ", section_name(section));
	json_put_record(print_sink_out(s), r);
	return 0;
}

static inline void
print_sink_asked(struct sink *s, enum section section)
{
	(void)s;
	(void)section;
}

static inline void
print_sink_partial(struct sink *s, enum section section, const char *reason)
{
	buf_addf(print_sink_out(s), "%s partial: %s\n", section_name(section),
	         reason);
}

static inline void
print_sink_lack(struct sink *s, enum section section, const char *attribute,
                const char *reason)
{
	buf_addf(print_sink_out(s), "%s lacks %s: %s\n",
	         section_name(section), attribute, reason);
}

static inline void
print_sink_cover(struct sink *s, enum section section, enum cover cover,
                 const char *const *names, size_t n)
{
	static const char *const words[] = {
		[COVER_ALL] = "all", [COVER_LISTED] = "listed",
		[COVER_SEEN] = "seen",
	};

	buf_addf(print_sink_out(s), "%s %s:", section_name(section),
	         words[cover]);
	for (size_t i = 0; i < n && cover != COVER_ALL; i++)
		buf_addf(print_sink_out(s), " %s", names[i]);
	buf_addc(print_sink_out(s), '\n');
}

static inline void
print_sink_page(struct sink *s, enum section section, const struct page *p)
{
	buf_addf(print_sink_out(s), "%s page: %ld of %ld%s\n",
	         section_name(section), p->objects, p->total,
	         p->more ? ", more" : "");
}

static inline void
print_sink_note(struct sink *s, const char *text)
{
	buf_addf(print_sink_out(s), "note: %s\n", text);
}

static inline void
print_sink_remark(struct sink *s, const char *text)
{
	buf_addf(print_sink_out(s), "remark: %s\n", text);
}

static inline void
print_sink_init(struct print_sink *s)
{
	*s = (struct print_sink){ .sink = {
		.put = print_sink_put, .asked = print_sink_asked,
		.partial = print_sink_partial, .lack = print_sink_lack,
		.cover = print_sink_cover,
		.page = print_sink_page, .note = print_sink_note,
		.remark = print_sink_remark,
	} };
}

/*
 * What SOURCE makes of TEXT when it comes in pieces of CHUNK bytes; an error
 * is the last line. The caller frees it.
 */
static inline char *
print_sink_parse(const struct source *source, const char *text, size_t len,
                 size_t chunk)
{
	struct print_sink s;
	struct parser *p;
	struct err err = { 0 };
	int rc = 0;

	print_sink_init(&s);
	p = source->open("file", &s.sink);
	for (size_t at = 0; at < len && rc == 0; at += chunk)
		rc = p->feed(p, text + at,
		             len - at < chunk ? len - at : chunk, &err);
	if (rc == 0)
		rc = p->finish(p, &err);
	if (rc < 0)
		buf_addf(&s.out, "error: %s\n", err.text);
	p->free(p);
	return buf_detach(&s.out);
}

#endif
