/*
 * Finds the objects and links of an answer, and mends JSON that is nearly
 * right.
 */
#include "collect/graph/graph_page.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/record.h"
#include "base/utf8.h"
#include "collect/graph/json_split.h"

static const char replacement[] = "\\ufffd";

struct page_reading {
	struct split_sink pieces;        /* first: what the splitter holds */
	struct graph_page *page;
	struct graph_page_sink *sink;    /* NULL: only look */
	struct record *raw;
	size_t seen;
};

void
graph_page_release(struct graph_page *p)
{
	free(p->next);
	free(p->delta);
	*p = (struct graph_page){ 0 };
}

/* The unit of "\uXXXX" at TEXT, or -1. */
static long
unit_at(const char *text, size_t len)
{
	char digits[5] = { 0 };

	if (len < 6 || text[0] != '\\' || text[1] != 'u')
		return -1;
	memcpy(digits, text + 2, 4);
	if (strspn(digits, "0123456789abcdefABCDEF") != 4)
		return -1;
	return strtol(digits, NULL, 16);
}

static bool
is_high(long unit)
{
	return unit >= 0xd800 && unit < 0xdc00;
}

static bool
is_low(long unit)
{
	return unit >= 0xdc00 && unit < 0xe000;
}

/* Appends the escape at TEXT; how many bytes it was. */
static size_t
mend_escape(struct buf *out, const char *text, size_t len)
{
	long unit = unit_at(text, len);
	size_t taken = unit < 0 ? 2 : 6;

	if (is_high(unit) && is_low(unit_at(text + 6, len - 6)))
		taken = 12;
	if (taken > len)
		taken = len;
	if (taken == 6 && (is_high(unit) || is_low(unit)))
		buf_adds(out, replacement);
	else
		buf_add(out, text, taken);
	return taken;
}

/*
 * Makes strict JSON of what is nearly so: drops a byte-order mark; puts U+FFFD
 * for halves of surrogate pairs and what is not UTF-8, and escapes for control
 * characters in strings. Appends to OUT.
 */
static void
mend(struct buf *out, const char *text, size_t len)
{
	bool string = false;
	size_t i = len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	size_t good = i + utf8_bad(text + i, len - i);

	while (i < len) {
		unsigned char c = (unsigned char)text[i];

		if (i == good) {
			buf_adds(out, replacement);
			i++;
			good = i + utf8_bad(text + i, len - i);
			continue;
		}
		if (string && c == '\\') {
			i += mend_escape(out, text + i, len - i);
			continue;
		}
		string ^= c == '"';
		if (c < ' ' && string)
			buf_addf(out, "\\u%04x", c);
		else
			buf_addc(out, c ? (char)c : ' ');
		i++;
	}
}

static struct page_reading *
of_pieces(struct split_sink *s)
{
	return (struct page_reading *)s;
}

static bool
read_piece(struct page_reading *r, const struct split_piece *p)
{
	struct json_error e;

	if (json_read_record(p->text, p->len, r->raw, &e) == 0)
		return true;
	r->page->bad = e.want;
	return false;
}

/* Looking, a fault is noted and the rest is not looked at. */
static int
stop(struct page_reading *r, const char *want, struct err *err)
{
	r->page->bad = want;
	return err_input(err, "%s", want);
}

static int
take_object(struct split_sink *s, const struct split_piece *p,
            struct err *err)
{
	struct page_reading *r = of_pieces(s);

	if (!read_piece(r, p))
		return stop(r, r->page->bad, err);
	if (!r->sink && !record_text(r->raw, "id"))
		return stop(r, "an \"id\" in every object", err);
	r->seen++;
	return r->sink ? r->sink->object(r->sink, r->raw, err) : 0;
}

static int
begin_page(struct split_sink *s, const struct split_piece *p, struct err *err)
{
	(void)s, (void)p, (void)err;
	return 0;
}

/* A link that is there and no text would be a page that nobody reads. */
static int
take_link(struct page_reading *r, const char *name, char **link,
          struct err *err)
{
	long at = record_find(r->raw, name);
	const char *text = record_text(r->raw, name);

	if (at >= 0 && record_values(r->raw, (size_t)at) && !text)
		return stop(r, "an address in every link", err);
	free(*link);
	*link = text ? xstrdup(text) : NULL;
	return 0;
}

static int
end_page(struct split_sink *s, const struct split_piece *p, struct err *err)
{
	struct page_reading *r = of_pieces(s);

	if (!read_piece(r, p))
		return stop(r, r->page->bad, err);
	if (r->sink)
		return 0;
	if (r->page->is_list)
		return stop(r, "one page", err);
	r->seen++;
	r->page->is_list = true;
	return take_link(r, "@odata.nextLink", &r->page->next, err) < 0 ||
	       take_link(r, "@odata.deltaLink", &r->page->delta, err) < 0
		? -1 : 0;
}

static int
go_through(struct page_reading *r, const struct buf *body, struct err *err)
{
	struct json_split *split = json_split_new("answer", &r->pieces);
	int rc = json_split_feed(split, body->data, body->len, err);

	if (rc == 0)
		rc = json_split_finish(split, err);
	json_split_free(split);
	return rc;
}

/* Whether it is strict JSON, after mending if need be. */
static bool
is_json(struct graph_page *p, struct buf *body)
{
	struct buf mended = { .max = body->max };
	struct json_error e;

	if (!body->len) {
		p->bad = "a body";
		return false;
	}
	if (json_check(body->data, body->len, &e) == 0)
		return true;
	mend(&mended, body->data, body->len);
	if (mended.full || json_check(buf_text(&mended), mended.len, &e) < 0) {
		buf_release(&mended);
		p->bad = e.want;
		return false;
	}
	p->mended = true;
	buf_clear(body);
	buf_add(body, mended.data, mended.len);
	buf_release(&mended);
	return true;
}

int
graph_page_read(struct graph_page *p, struct buf *body,
                struct graph_page_sink *sink, struct err *err)
{
	struct page_reading r = {
		.pieces = { .object = take_object, .page_begin = begin_page,
		            .page_end = end_page },
		.page = p,
	};
	struct err ignored = { 0 };
	int rc = 0;

	*p = (struct graph_page){ 0 };
	if (!is_json(p, body))
		return 0;
	r.raw = record_new();
	/* First to look, then to take. */
	if (go_through(&r, body, &ignored) < 0 || !r.seen) {
		if (!p->bad)
			p->bad = "a page of objects";
		graph_page_release(&(struct graph_page){ .next = p->next,
		                                         .delta = p->delta });
		p->next = p->delta = NULL;
	} else {
		r.sink = sink;
		r.seen = 0;
		rc = go_through(&r, body, err);
		p->objects = r.seen;
	}
	record_free(r.raw);
	return rc;
}
