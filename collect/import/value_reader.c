/* Verdicts, and how a value becomes a text; see value_reader.h. */
#include "collect/import/value_reader.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "collect/import/type_name.h"

void
value_reading_release(struct value_reading *r)
{
	buf_release(&r->value);
	buf_release(&r->text);
}

enum value_verdict
reader_changed(struct value_reading *out, enum value_kind kind,
               const char *data, size_t len)
{
	out->kind = kind;
	buf_clear(&out->value);
	buf_add(&out->value, data, len);
	return VERDICT_CHANGED;
}

enum value_verdict
reader_changed_text(struct value_reading *out, const char *text)
{
	return reader_changed(out, VALUE_TEXT, text, strlen(text));
}

enum value_verdict
reader_unclear(struct value_reading *out, const char *why)
{
	snprintf(out->why, sizeof(out->why), "%s", why);
	return VERDICT_UNCLEAR;
}

static size_t
blank_length(const char *text, size_t len)
{
	/* U+00A0, which Excel and web pages leave at the ends. */
	if (len >= 2 && (unsigned char)text[0] == 0xc2 &&
	    (unsigned char)text[1] == 0xa0)
		return 2;
	return len && strchr(" \t\r\n", text[0]) && text[0] ? 1 : 0;
}

bool
reader_is_text(const struct value *v)
{
	for (size_t i = 0; i < v->len; i++)
		if ((unsigned char)v->data[i] < ' ' &&
		    (!v->data[i] || !strchr("\t\r\n", v->data[i])))
			return false;
	return utf8_bad(v->data, v->len) == v->len;
}

const char *
reader_text(struct value_reading *out, const struct value *v)
{
	const char *text = v->data;
	size_t len = v->len, n;

	if (!reader_is_text(v))
		return NULL;
	while ((n = blank_length(text, len)) > 0) {
		text += n;
		len -= n;
	}
	while (len && strchr(" \t\r\n", text[len - 1]))
		len--;
	while (len >= 2 && blank_length(text + len - 2, 2) == 2)
		len -= 2;
	buf_clear(&out->text);
	buf_add(&out->text, text, len);
	return buf_text(&out->text);
}

bool
reader_is_scalar(const struct value *v)
{
	return v->kind != VALUE_JSON ||
	       (v->data[0] != '{' && v->data[0] != '[');
}

const char *
reader_glance(const char *text)
{
	size_t len = strlen(text);

	if (type_name_is(text, FIELD_VALUES))
		return "is the name of a type, not its value";
	if (len >= 3 && (strcmp(text + len - 3, "...") == 0 ||
	                 strcmp(text + len - 3, "\xe2\x80\xa6") == 0))
		return "was cut by the program that wrote it";
	if (strcmp(text, "#NAME?") == 0 || strcmp(text, "#VALUE!") == 0 ||
	    strcmp(text, "#REF!") == 0 || strcmp(text, "#N/A") == 0 ||
	    strspn(text, "#") == len)
		return "is what a spreadsheet shows instead of a value";
	return "";
}
