/*
 * Fuzzes the quick way of reading lines, by every vector way there is, against
 * the strict reader, and against cJSON: the same values, or all refuse.
 *
 * cJSON's own faults, which are let pass: it takes control characters and
 * bytes that are not UTF-8 in strings, other blanks, numbers that are none, a
 * byte-order mark, and anything behind a NUL or a deeper nesting than ours; it
 * ends a text at \u0000; and it refuses numbers of 63 characters and more.
 */
#include <cjson/cJSON.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/json_pick.h"
#include "base/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const names[] = {
	"dn", "mail", NULL, "proxyAddresses", "a", "userPrincipalName",
};

enum { NAMES = sizeof(names) / sizeof(names[0]), NUMBER_MAX = 62 };

static void
must(int ok)
{
	if (!ok)
		abort();
}

/* The picked text, as the model gets it; a NUL has become U+FFFD. */
static void
same_text(const char *picked, struct value v)
{
	struct buf want = { 0 };

	for (size_t i = 0; i < v.len; i++)
		if (v.data[i])
			buf_addc(&want, v.data[i]);
		else
			buf_adds(&want, "\xef\xbf\xbd");
	must(strcmp(picked, buf_text(&want)) == 0);
	buf_release(&want);
}

static void
same_values(const struct pick *k, const struct record *r, size_t attr)
{
	size_t n = record_values(r, attr);
	const char **texts = calloc(n + 1, sizeof(*texts));

	must(pick_count(k) == n);
	if (n && record_value(r, attr, 0).kind == VALUE_JSON) {
		must(k->kind == PICK_JSON && pick_json(k) != NULL);
	} else if (n) {
		must(pick_texts(k, texts) == n);
		for (size_t i = 0; i < n; i++)
			same_text(texts[i], record_value(r, attr, i));
	}
	free(texts);
}

/* Of names that come twice cJSON has all, and the last counts. */
static const cJSON *
last_of(const cJSON *tree, const char *name)
{
	const cJSON *found = NULL;

	for (const cJSON *c = tree->child; c; c = c->next)
		if (strcasecmp(c->string, name) == 0)
			found = c;
	return found;
}

static int
is_plain(const char *line, size_t len)
{
	size_t run = 0;

	for (size_t i = 0; i < len; i++) {
		run = strchr("0123456789+-.eE", line[i]) && line[i] ? run + 1
		                                                    : 0;
		if (run > NUMBER_MAX || !line[i])
			return 0;
	}
	return !strstr(line, "\\u0000");
}

static void
against_cjson(const char *line, size_t len, const struct record *r)
{
	cJSON *tree = cJSON_ParseWithOpts(line, NULL, 1);

	must(tree && cJSON_IsObject(tree));
	for (size_t i = 0; i < NAMES; i++) {
		const cJSON *c = names[i] ? last_of(tree, names[i]) : NULL;
		long attr = names[i] ? record_find(r, names[i]) : -1;

		(void)len;
		must((attr >= 0) == (c != NULL));
		if (c && cJSON_IsString(c)) {
			struct value v = record_value(r, (size_t)attr, 0);

			must(strcmp(c->valuestring, v.data) == 0);
		}
		if (c && cJSON_IsArray(c) &&
		    record_values(r, (size_t)attr) > 1)
			must((size_t)cJSON_GetArraySize(c) ==
			     record_values(r, (size_t)attr));
	}
	cJSON_Delete(tree);
}

static void
one_way(enum json_way way, const char *data, size_t size)
{
	struct picker *p = picker_new(names, NAMES, way);
	struct record *r = record_new();
	char *block = malloc(size + PICK_PAD);

	if (size)
		memcpy(block, data, size);
	picker_load(p, block, size);
	for (size_t at = 0; at < size; ) {
		const char *nl = memchr(data + at, '\n', size - at);
		size_t len = (nl ? (size_t)(nl - data) : size) - at;
		struct json_error e = { 0 }, other = { 0 };
		const struct picked *line;
		int ok = picker_line(p, at, &line, &e) == 0;

		must(ok == (json_read_record(data + at, len, r, &other) ==
		            0));
		must(line->next == at + len + 1);
		must(ok || (e.offset == other.offset && e.want == other.want));
		for (size_t i = 0; ok && i < NAMES; i++) {
			long attr = names[i] ? record_find(r, names[i]) : -1;
			int there = picked_has(line, i);

			must(there ? attr >= 0 : attr < 0);
			if (there)
				same_values(&line->at[i], r, (size_t)attr);
		}
		if (ok && way == JSON_PLAIN) {
			char *copy = strndup(data + at, len);

			if (is_plain(copy, len))
				against_cjson(copy, len, r);
			free(copy);
		}
		at += len + 1;
	}
	picker_free(p);
	record_free(r);
	free(block);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	for (int way = 0; way < JSON_WAYS; way++)
		if (json_way_works((enum json_way)way))
			one_way((enum json_way)way, (const char *)data, size);
	return 0;
}
