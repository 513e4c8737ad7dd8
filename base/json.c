/* JSON trees, over cJSON, and the one JSON escape. */
#include "base/json.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/record.h"
#include "base/utf8.h"

/* struct json is cJSON under another name; it is never completed. */
static const cJSON *
item(const struct json *j)
{
	return (const cJSON *)j;
}

static void
put_escape(struct buf *out, unsigned char c)
{
	static const char *const named[128] = {
		['"'] = "\\\"", ['\\'] = "\\\\", ['\n'] = "\\n",
		['\r'] = "\\r", ['\t'] = "\\t",
	};

	if (named[c])
		buf_adds(out, named[c]);
	else
		buf_addf(out, "\\u%04x", c);
}

static bool
is_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* The high bits of the bytes of WORD that are 0, and perhaps of their left. */
static inline uint64_t
zeros(uint64_t word)
{
	return (word - EACH(1)) & ~word;
}

/* Whether all eight bytes stand for themselves in a string. */
static inline bool
are_plain(uint64_t word)
{
	uint64_t odd = word | ((word - EACH(0x20)) & ~word) |
	               zeros(word ^ EACH('"')) | zeros(word ^ EACH('\\')) |
	               zeros(word ^ EACH(0x7f));

	return !(odd & EACH(0x80));
}

static inline bool
copy_word(char *to, const char *from)
{
	uint64_t word;

	memcpy(&word, from, 8);
	memcpy(to, &word, 8);
	return are_plain(word);
}

/* Four to seven bytes, as two halves that overlap. */
static inline bool
copy_halves(char *to, const char *from, size_t len)
{
	uint32_t head, tail;

	memcpy(&head, from, 4);
	memcpy(&tail, from + len - 4, 4);
	memcpy(to, &head, 4);
	memcpy(to + len - 4, &tail, 4);
	return are_plain((uint64_t)head << 32 | tail);
}

/* Copies to TO what leads TEXT and stands for itself; its length. */
static size_t
copy_plain(char *to, const char *text, size_t len)
{
	size_t i = 0;

	while (len - i >= 8 && copy_word(to + i, text + i))
		i += 8;
	/* The last word overlaps the one before. */
	if (len >= 8 && len - i < 8 && copy_word(to + len - 8, text + len - 8))
		return len;
	if (len >= 4 && len < 8 && copy_halves(to, text, len))
		return len;
	for (; i < len && is_plain((unsigned char)text[i]); i++)
		to[i] = text[i];
	return i;
}

/* The rest of a string that is not plain all through. */
static void
put_rest(struct buf *out, const char *text, size_t len)
{
	size_t good = utf8_bad(text, len);
	size_t i = 0;

	while (i < len) {
		size_t run = i;

		while (run < good && (is_plain((unsigned char)text[run]) ||
		                      text[run] & 0x80))
			run++;
		buf_add(out, text + i, run - i);
		i = run;
		if (i == len)
			break;
		if (i < good) {
			put_escape(out, (unsigned char)text[i++]);
			continue;
		}
		buf_adds(out, "\xef\xbf\xbd");
		i++;
		good = i + utf8_bad(text + i, len - i);
	}
	buf_addc(out, '"');
}

void
json_put_string(struct buf *out, const char *text, size_t len)
{
	size_t start = out->len, run;
	char *to = buf_extend(out, len + 2);

	if (!to)
		return;
	*to++ = '"';
	run = copy_plain(to, text, len);
	if (run == len) {
		to[len] = '"';
		return;
	}
	out->len = start + 1 + run;
	put_rest(out, text + run, len - run);
}

static void
put_value(struct buf *out, struct value v)
{
	switch (v.kind) {
	case VALUE_TEXT:
		json_put_string(out, v.data, v.len);
		break;
	case VALUE_JSON:
		buf_add(out, v.data, v.len);
		break;
	case VALUE_BYTES:
		buf_addc(out, '"');
		base64_encode(out, (const unsigned char *)v.data, v.len);
		buf_addc(out, '"');
		break;
	}
}

static void
put_attribute(struct buf *out, const struct record *r, size_t attr,
              const struct record_attr *a)
{
	if (a->shape == SHAPE_SINGLE) {
		if (a->values)
			put_value(out, record_value(r, attr, 0));
		else
			buf_adds(out, "null");
		return;
	}
	buf_addc(out, '[');
	for (size_t i = 0; i < a->values; i++) {
		if (i)
			buf_addc(out, ',');
		put_value(out, record_value(r, attr, i));
	}
	buf_addc(out, ']');
}

void
json_put_member(struct buf *out, const struct record *r, size_t attr)
{
	struct record_attr a = record_attr(r, attr);

	json_put_string(out, a.name, a.name_len);
	buf_addc(out, ':');
	put_attribute(out, r, attr, &a);
}

void
json_put_record(struct buf *out, const struct record *r)
{
	buf_addc(out, '{');
	for (size_t i = 0; i < record_count(r); i++) {
		if (i)
			buf_addc(out, ',');
		json_put_member(out, r, i);
	}
	buf_adds(out, "}\n");
}

struct json *
json_parse(const char *text, size_t len, struct json_error *e)
{
	cJSON *tree;

	if (json_check(text, len, e) < 0)
		return NULL;
	tree = cJSON_ParseWithLength(text, len);
	if (!tree)
		*e = (struct json_error){ .want = "JSON that cJSON takes" };
	return (struct json *)tree;
}

struct json *
json_of_text(const char *text)
{
	struct json_error e;

	return text ? json_parse(text, strlen(text), &e) : NULL;
}

struct json *
record_tree(const struct record *r, const char *name)
{
	return json_of_text(record_json(r, name));
}

struct json *
json_load(const char *path, struct buf *text, struct err *err)
{
	struct json_error e;
	struct json *tree;
	size_t line = 1, column = 1;

	if (file_read(path, text, err) < 0)
		return NULL;
	tree = json_parse(buf_text(text), text->len, &e);
	for (size_t i = 0; !tree && i < e.offset; i++) {
		column = text->data[i] == '\n' ? 1 : column + 1;
		line += text->data[i] == '\n';
	}
	if (!tree)
		err_input(err, "%s:%zu:%zu: want %s", path, line, column,
		          e.want);
	return tree;
}

void
json_free(struct json *j)
{
	cJSON_Delete((cJSON *)j);
}

static void
wipe(cJSON *c)
{
	for (; c; c = c->next) {
		if (c->valuestring)
			explicit_bzero(c->valuestring,
			               strlen(c->valuestring));
		wipe(c->child);
	}
}

void
json_wipe(struct json *j)
{
	wipe((cJSON *)j);
	json_free(j);
}

enum json_kind
json_kind(const struct json *j)
{
	const cJSON *c = item(j);

	if (cJSON_IsBool(c))
		return JSON_BOOL;
	if (cJSON_IsNumber(c))
		return JSON_NUMBER;
	if (cJSON_IsString(c))
		return JSON_STRING;
	if (cJSON_IsArray(c))
		return JSON_ARRAY;
	return cJSON_IsObject(c) ? JSON_OBJECT : JSON_NULL;
}

const struct json *
json_get(const struct json *object, const char *key)
{
	return (const struct json *)
		cJSON_GetObjectItemCaseSensitive(item(object), key);
}

const struct json *
json_first(const struct json *parent)
{
	return parent ? (const struct json *)item(parent)->child : NULL;
}

const struct json *
json_next(const struct json *j)
{
	return (const struct json *)item(j)->next;
}

const char *
json_key(const struct json *j)
{
	return item(j)->string;
}

const char *
json_string(const struct json *j)
{
	return cJSON_GetStringValue(item(j));
}

size_t
json_count(const struct json *parent)
{
	return (size_t)cJSON_GetArraySize(item(parent));
}

double
json_number(const struct json *j)
{
	return cJSON_IsNumber(item(j)) ? item(j)->valuedouble : 0;
}

uint64_t
json_count_of(const struct json *object, const char *key)
{
	double n = json_number(json_get(object, key));

	return n > 0 && n < 1e15 ? (uint64_t)n : 0;
}

bool
json_is_true(const struct json *j)
{
	return cJSON_IsTrue(item(j));
}

/* cJSON gives NULL when there is no memory: as with xmalloc, that ends us. */
static void *
must(void *made)
{
	if (!made)
		xalloc_failed();
	return made;
}

struct json *
json_new_object(void)
{
	return must(cJSON_CreateObject());
}

static cJSON *
attach(struct json *parent, const char *key, cJSON *child)
{
	cJSON *to = (cJSON *)parent;

	must(child);
	if (key)
		cJSON_AddItemToObject(to, key, child);
	else
		cJSON_AddItemToArray(to, child);
	return child;
}

struct json *
json_add_object(struct json *parent, const char *key)
{
	return (struct json *)attach(parent, key, cJSON_CreateObject());
}

struct json *
json_add_array(struct json *parent, const char *key)
{
	return (struct json *)attach(parent, key, cJSON_CreateArray());
}

/* File names need not be UTF-8, as JSON has to be: "\\xff" for such bytes. */
static const char *
put_clean(struct buf *out, const char *text)
{
	while (*text) {
		size_t good = utf8_bad(text, strlen(text));

		buf_add(out, text, good);
		text += good;
		if (*text)
			buf_addf(out, "\\x%02x", (unsigned char)*text++);
	}
	return buf_text(out);
}

void
json_add_text(struct json *parent, const char *key, const char *text)
{
	struct buf clean = { 0 };

	if (!text) {
		json_add_null(parent, key);
		return;
	}
	if (text[utf8_bad(text, strlen(text))])
		text = put_clean(&clean, text);
	attach(parent, key, cJSON_CreateString(text));
	buf_release(&clean);
}

void
json_add_count(struct json *parent, const char *key, uint64_t n)
{
	attach(parent, key, cJSON_CreateNumber((double)n));
}

void
json_add_null(struct json *parent, const char *key)
{
	attach(parent, key, cJSON_CreateNull());
}

void
json_add_bool(struct json *parent, const char *key, bool b)
{
	attach(parent, key, cJSON_CreateBool(b));
}

void
json_add_copy(struct json *parent, const char *key, const struct json *j)
{
	attach(parent, key, cJSON_Duplicate(item(j), true));
}

void
json_put_pretty(struct buf *out, const struct json *j)
{
	char *printed = must(cJSON_Print(item(j)));

	buf_adds(out, printed);
	buf_addc(out, '\n');
	cJSON_free(printed);
}

/* Base64 grows by a third. */
bool
json_values_fit(const struct record *r)
{
	if (record_size(r) < JSON_VALUE_MAX / 2)
		return true;
	for (size_t i = 0; i < record_count(r); i++)
		for (size_t k = 0; k < record_values(r, i); k++) {
			struct value v = record_value(r, i, k);
			size_t len = v.kind == VALUE_BYTES ? v.len / 3 * 4 + 4
			                                   : v.len;

			if (len > JSON_VALUE_MAX)
				return false;
		}
	return true;
}
