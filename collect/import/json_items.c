/* Finds where the values of checked JSON, which has no blanks, end. */
#include "collect/import/json_items.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "base/record.h"
#include "collect/graph/graph.h"

static int
wrong(const char *name, uint64_t line, const char *want, struct err *err)
{
	return err_input(err, "%s:%llu: want %s", name,
	                 (unsigned long long)line, want);
}

int
json_piece_wrong(const char *name, const struct split_piece *p,
                 const char *want, struct err *err)
{
	return wrong(name, p->line, want, err);
}

int
json_piece_read(const char *name, const struct split_piece *p,
                struct record *out, struct err *err)
{
	struct json_error e;
	uint64_t line = p->line;

	if (json_read_record(p->text, p->len, out, &e) == 0)
		return 0;
	for (size_t i = 0; i < e.offset && i < p->len; i++)
		line += p->text[i] == '\n';
	return wrong(name, line, e.want, err);
}

struct json_items
json_items_of(const struct record *r, const char *name)
{
	long at = record_find(r, name);

	return (struct json_items){
		.record = r, .attr = at < 0 ? record_count(r) : (size_t)at
	};
}

/* The end of the value that begins at P. */
static const char *
value_end(const char *p)
{
	unsigned depth = 0;
	bool string = false;

	for (; *p; p++) {
		if (string) {
			if (*p == '\\' && p[1])
				p++;
			else if (*p == '"')
				string = false;
		} else if (*p == '"') {
			string = true;
		} else if (*p == '[' || *p == '{') {
			depth++;
		} else if (depth && (*p == ']' || *p == '}')) {
			depth--;
		} else if (!depth && (*p == ',' || *p == ']' || *p == '}')) {
			break;
		}
	}
	return p;
}

/* A string of an array, without its escapes. */
static void
unquote(const char *text, size_t len, struct record *scratch,
        struct json_item *out)
{
	struct buf wrapped = { 0 };
	struct json_error e;
	struct value v = { 0 };

	buf_adds(&wrapped, "{\"v\":");
	buf_add(&wrapped, text, len);
	buf_addc(&wrapped, '}');
	if (json_read_record(wrapped.data, wrapped.len, scratch, &e) == 0 &&
	    record_count(scratch) && record_values(scratch, 0))
		v = record_value(scratch, 0, 0);
	*out = (struct json_item){
		.is_string = true, .text = v.data ? v.data : "", .len = v.len
	};
	buf_release(&wrapped);
}

/* The next item of an array that stands as text. */
static bool
next_of_text(struct json_items *it, struct record *scratch,
             struct json_item *out)
{
	while (*it->at && *it->at != ']') {
		const char *begin = it->at, *end = value_end(begin);

		it->at = *end == ',' ? end + 1 : end;
		if (*begin == '"') {
			unquote(begin, (size_t)(end - begin), scratch, out);
			return true;
		}
		if (strncmp(begin, "null", 4) == 0)
			continue;
		*out = (struct json_item){
			.text = begin, .len = (size_t)(end - begin)
		};
		return true;
	}
	return false;
}

bool
json_items_next(struct json_items *it, struct record *scratch,
                struct json_item *out)
{
	struct value v;

	if (it->at)
		return next_of_text(it, scratch, out);
	if (it->attr >= record_count(it->record) ||
	    it->next >= record_values(it->record, it->attr))
		return false;
	v = record_value(it->record, it->attr, it->next++);
	if (v.kind == VALUE_JSON && *v.data == '[') {
		it->at = v.data + 1;
		return next_of_text(it, scratch, out);
	}
	*out = (struct json_item){
		.is_string = v.kind == VALUE_TEXT, .text = v.data, .len = v.len
	};
	return true;
}

bool
json_item_object(const struct json_item *item, struct record *out)
{
	struct json_error e;

	return !item->is_string && item->len && *item->text == '{' &&
	       json_read_record(item->text, item->len, out, &e) == 0;
}

bool
json_inner(const struct record *r, const char *name, struct record *out)
{
	long at = record_find(r, name);
	struct json_item item = { 0 };

	if (at >= 0 && record_values(r, (size_t)at)) {
		struct value v = record_value(r, (size_t)at, 0);

		item = (struct json_item){
			.is_string = v.kind != VALUE_JSON, .text = v.data,
			.len = v.len
		};
	}
	return json_item_object(&item, out);
}
