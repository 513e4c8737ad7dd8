/* Unwraps what PowerShell wrapped, and tells what it lost. */
#include "collect/import/json_shape.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "collect/import/graph_names.h"
#include "collect/import/joined.h"
#include "collect/import/type_name.h"

const char *
json_loss_text(enum json_loss loss)
{
	static const char *const texts[] = {
		[LOSS_NONE] = "are there",
		[LOSS_TYPE] = "were lost: names of types stand in their place",
		[LOSS_JOINED] = "were joined and cannot be told apart",
		[LOSS_SHAPE] = "are an object of another shape",
	};

	return texts[loss];
}

/*
 * What .NET's objects say as text: a list or a date with its "value", a SID,
 * Exchange's ProxyAddress; a SmtpAddress has only its two halves.
 */
static struct json_span
inner(struct json_span object)
{
	static const char *const names[] = {
		"value", "ProxyAddressString", "Address", "Guid",
	};
	struct json_span found = { 0 };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && !found.len;
	     i++)
		found = json_span_member(object, names[i]);
	return found;
}

static enum json_loss
text_of(struct json_span string, struct json_parts *p)
{
	struct buf text = { 0 };
	enum json_loss loss;

	json_span_string(&text, string);
	loss = type_name_is(buf_text(&text), FIELD_TEXT)
		? LOSS_TYPE : p->text(p, buf_text(&text), text.len);
	buf_release(&text);
	return loss;
}

/* Exchange's SmtpAddress: {"Local":"ada","Domain":"contoso.com"}. */
static enum json_loss
halves_of(struct json_span object, struct json_parts *p)
{
	struct json_span local = json_span_member(object, "Local");
	struct json_span domain = json_span_member(object, "Domain");
	struct buf text = { 0 };
	enum json_loss loss;

	if (!local.len || *local.text != '"' || !domain.len ||
	    *domain.text != '"')
		return LOSS_SHAPE;
	json_span_string(&text, local);
	buf_addc(&text, '@');
	json_span_string(&text, domain);
	loss = p->text(p, buf_text(&text), text.len);
	buf_release(&text);
	return loss;
}

/* 1 with the octets when the array has nothing else, and some; else 0. */
static bool
octets_of(struct json_span array, struct buf *out)
{
	struct json_span name, value;
	size_t at = 0;

	while (json_span_next(array, &at, &name, &value)) {
		char *end;
		long n = strtol(value.text, &end, 10);

		if (end != value.text + value.len || n < 0 || n > UINT8_MAX)
			return false;
		buf_addc(out, (char)n);
	}
	return out->len > 0;
}

static enum json_loss
array_of(struct json_span array, struct json_parts *p)
{
	struct json_span name, value;
	struct buf octets = { 0 };
	enum json_loss loss = LOSS_NONE, one;
	size_t at = 0;

	if (p->octets && octets_of(array, &octets)) {
		loss = p->octets(p, octets.data, octets.len);
		buf_release(&octets);
		return loss;
	}
	buf_release(&octets);
	while (json_span_next(array, &at, &name, &value)) {
		one = json_parts_of(value, p);
		if (!loss)
			loss = one;
	}
	return loss;
}

enum json_loss
json_parts_of(struct json_span value, struct json_parts *p)
{
	struct json_span within;

	if (json_span_is_null(value))
		return LOSS_NONE;
	switch (*value.text) {
	case '"':
		return text_of(value, p);
	case '[':
		return array_of(value, p);
	case '{':
		within = inner(value);
		return within.len ? json_parts_of(within, p)
		                  : halves_of(value, p);
	default:
		return p->plain(p, value);
	}
}

static struct value
value_of(const struct record *r, size_t attr)
{
	return record_value(r, attr, 0);
}

bool
json_shape_fits(const struct record *r, size_t attr, enum json_holds holds)
{
	size_t n = record_values(r, attr);
	struct value v;

	if (!n)
		return true;
	v = value_of(r, attr);
	if (holds == HOLDS_OBJECTS)
		return n == 1 && v.kind == VALUE_JSON && *v.data == '[' &&
		       (v.len < 3 || (v.data[1] == '{' && v.data[2] == '"' &&
		        islower((unsigned char)v.data[3])));
	if (holds == HOLDS_ONE && v.kind == VALUE_JSON)
		return *v.data != '{' && *v.data != '[';
	if (v.kind != VALUE_TEXT ||
	    record_shape(r, attr) != (holds == HOLDS_ONE ? SHAPE_SINGLE
	                                                 : SHAPE_LIST))
		return false;
	if (holds == HOLDS_ADDRESSES && n == 1 && joined_has_several(v.data))
		return false;
	/* Types are written for all elements of a list, or for none. */
	return (v.len || holds != HOLDS_ONE) &&
	       !type_name_is(v.data, FIELD_TEXT);
}

/* The parts of an attribute that holds texts. */
struct texts {
	struct json_parts parts; /* first: what json_parts_of holds */
	struct record *to;
	const char *name;
	enum json_holds holds;
};

static enum json_loss
add_text(struct json_parts *p, const char *text, size_t len)
{
	struct texts *t = (struct texts *)p;
	long at = record_find(t->to, t->name);

	if (t->holds == HOLDS_ONE && record_values(t->to, (size_t)at))
		return LOSS_SHAPE;
	record_add(t->to, t->name, VALUE_TEXT, text, len);
	return LOSS_NONE;
}

static enum json_loss
add_plain(struct json_parts *p, struct json_span s)
{
	struct texts *t = (struct texts *)p;
	long at = record_find(t->to, t->name);

	if (t->holds != HOLDS_ONE || record_values(t->to, (size_t)at))
		return LOSS_SHAPE;
	record_add(t->to, t->name, VALUE_JSON, s.text, s.len);
	return LOSS_NONE;
}

/* An attribute whose only value is a text. */
static enum json_loss
add_joined(struct record *to, const char *name, enum json_holds holds,
           const char *text)
{
	int rc = 0;

	if (type_name_is(text, FIELD_TEXT))
		return LOSS_TYPE;
	switch (holds) {
	case HOLDS_ONE:
		/* An empty text is what some programs make of null. */
		if (*text)
			record_add_text(to, name, text);
		break;
	case HOLDS_ADDRESSES:
		rc = joined_addresses(to, name, text);
		break;
	case HOLDS_WORDS:
		rc = joined_words(to, name, text);
		break;
	case HOLDS_OBJECTS:
		return *text ? LOSS_TYPE : LOSS_NONE;
	}
	return rc < 0 ? LOSS_JOINED : LOSS_NONE;
}

/* JSON without blanks, in which Pascal's names become Graph's. */
static void
put_camel(struct buf *out, struct json_span s)
{
	struct json_span name, value;
	size_t at = 0;
	const char *comma = "";

	if (*s.text != '{' && *s.text != '[') {
		buf_add(out, s.text, s.len);
		return;
	}
	buf_addc(out, *s.text);
	while (json_span_next(s, &at, &name, &value)) {
		buf_adds(out, comma);
		comma = ",";
		if (name.len) {
			buf_addc(out, '"');
			graph_put_member(out, name.text + 1, name.len - 2);
			buf_adds(out, "\":");
		}
		put_camel(out, value);
	}
	buf_addc(out, *s.text == '{' ? '}' : ']');
}

/* {"value":[...],"Count":2}; an object may have a value of its own, too. */
static bool
is_wrapped(struct json_span s)
{
	struct json_span value = json_span_member(s, "value");

	return value.len && (*value.text == '[' || *value.text == '{');
}

/* Lists in lists become one. */
static enum json_loss
put_objects(struct buf *out, struct json_span s)
{
	struct json_span name, value;
	enum json_loss loss = LOSS_NONE;
	size_t at = 0;

	if (json_span_is_null(s))
		return LOSS_NONE;
	if (*s.text == '{' && is_wrapped(s))
		return put_objects(out, json_span_member(s, "value"));
	if (*s.text == '{') {
		buf_adds(out, out->len > 1 ? "," : "");
		put_camel(out, s);
		return s.len > 2 ? LOSS_NONE : LOSS_SHAPE;
	}
	if (*s.text != '[')
		return LOSS_TYPE;
	while (!loss && json_span_next(s, &at, &name, &value))
		loss = put_objects(out, value);
	return loss;
}

static enum json_loss
add_objects(struct record *to, const char *name, struct json_span s)
{
	struct buf out = { 0 };
	enum json_loss loss;

	buf_addc(&out, '[');
	loss = put_objects(&out, s);
	buf_addc(&out, ']');
	if (!loss && out.len > 2)
		record_add(to, name, VALUE_JSON, out.data, out.len);
	else if (!loss)
		record_declare(to, name, SHAPE_LIST);
	buf_release(&out);
	return loss;
}

/* A list of texts: of each what it says, or all are lost. */
static enum json_loss
add_list(struct texts *t, const struct record *from, size_t attr)
{
	for (size_t i = 0; i < record_values(from, attr); i++)
		if (type_name_is(record_value(from, attr, i).data, FIELD_TEXT))
			return LOSS_TYPE;
	for (size_t i = 0; i < record_values(from, attr); i++) {
		struct value v = record_value(from, attr, i);
		enum json_loss loss = t->parts.text(&t->parts, v.data, v.len);

		if (loss)
			return loss;
	}
	return LOSS_NONE;
}

static enum json_loss
add_shape(struct record *to, const char *name, enum json_holds holds,
          const struct record *from, size_t attr)
{
	struct texts t = {
		.parts = { .text = add_text, .plain = add_plain },
		.to = to, .name = name, .holds = holds,
	};
	struct value v;

	if (!record_values(from, attr))
		return LOSS_NONE;
	v = value_of(from, attr);
	/* What a command put out that put out nothing (PowerShell 9231). */
	if (holds == HOLDS_ONE && v.kind == VALUE_JSON &&
	    strcmp(v.data, "{}") == 0)
		return LOSS_NONE;
	if (v.kind == VALUE_TEXT && strlen(v.data) != v.len)
		return LOSS_SHAPE;
	if (v.kind == VALUE_TEXT &&
	    (record_shape(from, attr) == SHAPE_SINGLE ||
	     (holds == HOLDS_ADDRESSES && record_values(from, attr) == 1)))
		return add_joined(to, name, holds, v.data);
	if (v.kind == VALUE_TEXT)
		return holds == HOLDS_OBJECTS ? LOSS_TYPE
		                              : add_list(&t, from, attr);
	if (holds == HOLDS_OBJECTS)
		return add_objects(to, name, json_span_of(v.data, v.len));
	return json_parts_of(json_span_of(v.data, v.len), &t.parts);
}

enum json_loss
json_shape_add(struct record *to, const char *name, enum json_holds holds,
               const struct record *from, size_t attr)
{
	struct record *shaped = record_new();
	enum json_loss loss;

	/* A list of objects is one value, which is JSON. */
	record_declare(shaped, name,
	               holds == HOLDS_ADDRESSES || holds == HOLDS_WORDS
	               ? SHAPE_LIST : SHAPE_SINGLE);
	loss = add_shape(shaped, name, holds, from, attr);
	if (!loss) {
		record_declare(to, name, record_shape(shaped, 0));
		for (size_t i = 0; i < record_values(shaped, 0); i++) {
			struct value v = record_value(shaped, 0, i);

			record_add(to, name, v.kind, v.data, v.len);
		}
	}
	record_free(shaped);
	return loss;
}
