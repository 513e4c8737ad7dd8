/* A comma stands before all that does not begin something. */
#include "report/export/json_out.h"

#include <inttypes.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"

static void
put_key(struct json_out *j, const char *key)
{
	size_t len = j->text.len;
	char last = len ? j->text.data[len - 1] : '{';

	if (last != '{' && last != '[')
		buf_addc(&j->text, ',');
	if (key)
		buf_addf(&j->text, "\"%s\":", key);
}

void
json_out_begin(struct json_out *j, const char *key, enum json_shape s)
{
	put_key(j, key);
	buf_addc(&j->text, s == JSON_OUT_OBJECT ? '{' : '[');
}

void
json_out_end(struct json_out *j, enum json_shape s)
{
	buf_addc(&j->text, s == JSON_OUT_OBJECT ? '}' : ']');
}

void
json_out_text(struct json_out *j, const char *key, const char *text)
{
	put_key(j, key);
	if (text)
		json_put_string(&j->text, text, strlen(text));
	else
		buf_adds(&j->text, "null");
}

void
json_out_maybe(struct json_out *j, const char *key, const char *text)
{
	if (text)
		json_out_text(j, key, text);
}

void
json_out_number(struct json_out *j, const char *key, uint64_t n)
{
	put_key(j, key);
	buf_addf(&j->text, "%" PRIu64, n);
}

void
json_out_word(struct json_out *j, const char *key, const char *word)
{
	put_key(j, key);
	buf_adds(&j->text, word);
}

/* The last byte stays: it says whether a comma comes. */
void
json_out_flush(struct json_out *j)
{
	size_t len = j->text.len;
	char last;

	if (len < 2)
		return;
	last = j->text.data[len - 1];
	outfile_add(j->out, j->text.data, len - 1);
	buf_clear(&j->text);
	buf_addc(&j->text, last);
}

void
json_out_release(struct json_out *j)
{
	if (j->text.len)
		outfile_add(j->out, j->text.data, j->text.len);
	buf_release(&j->text);
}
