/* Reads a data file, strictly: what it does not know it does not pass over. */
#include "analyze/data/reader.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"

enum { DATA_MAX = 16 << 20, NUMBER_MAX = 1000000 };

static void
enter(struct data_reader *r, struct json_step step)
{
	assert(r->depth < DATA_DEPTH);
	r->steps[r->depth++] = step;
}

/* "names[3].use", what is being read. */
static void
put_steps(const struct data_reader *r, struct buf *out)
{
	for (size_t i = 0; i < r->depth; i++) {
		if (r->steps[i].key)
			buf_addf(out, "%s%s", i ? "." : "", r->steps[i].key);
		else
			buf_addf(out, "[%zu]", r->steps[i].at + 1);
	}
}

int
data_wrong(struct data_reader *r, const char *want)
{
	struct buf what = { 0 };

	put_steps(r, &what);
	err_usage(r->err, "%s:%u: %s%swant %s", r->path,
	          json_line(buf_text(&r->text), r->steps, r->depth),
	          buf_text(&what), what.len ? ": " : "", want);
	buf_release(&what);
	return -1;
}

static int
unknown(struct data_reader *r, const struct data_key *keys)
{
	struct buf want = { 0 };
	size_t n = 0;
	int rc;

	while (keys[n].name)
		n++;
	for (size_t i = 0; i < n; i++)
		buf_add_listed(&want, keys[i].name, i, n);
	buf_adds(&want, " as a key");
	rc = data_wrong(r, buf_text(&want));
	buf_release(&want);
	return rc;
}

static size_t
times(const struct json *j, const char *name)
{
	size_t n = 0;

	for (const struct json *k = json_first(j); k; k = json_next(k))
		n += strcmp(json_key(k), name) == 0;
	return n;
}

/* The wanted ones are there, and none is twice. */
static int
check_keys(struct data_reader *r, const struct json *j,
           const struct data_key *keys)
{
	for (; keys->name; keys++) {
		char want[64];

		if (times(j, keys->name) > 1)
			snprintf(want, sizeof(want), "%s only once",
			         keys->name);
		else if (keys->wish == DATA_MUST && !times(j, keys->name))
			snprintf(want, sizeof(want), "the key %s",
			         keys->name);
		else
			continue;
		return data_wrong(r, want);
	}
	return 0;
}

static int
read_key(struct data_reader *r, const struct data_key *keys,
         const struct json *j)
{
	int rc = -1;

	enter(r, (struct json_step){ .key = json_key(j) });
	for (const struct data_key *k = keys; k->name; k++)
		if (strcmp(k->name, json_key(j)) == 0) {
			rc = k->read(r, j);
			r->depth--;
			return rc;
		}
	return unknown(r, keys);
}

int
data_keys(struct data_reader *r, const struct json *j,
          const struct data_key *keys)
{
	int rc = 0;

	if (json_kind(j) != JSON_OBJECT)
		return data_wrong(r, "an object");
	for (const struct json *k = json_first(j); k && rc == 0;
	     k = json_next(k))
		rc = read_key(r, keys, k);
	return rc < 0 ? rc : check_keys(r, j, keys);
}

int
data_each(struct data_reader *r, const struct json *j,
          int (*read)(struct data_reader *r, const struct json *item))
{
	size_t at = 0;
	int rc = 0;

	if (json_kind(j) != JSON_ARRAY)
		return data_wrong(r, "an array");
	for (const struct json *i = json_first(j); i && rc == 0;
	     i = json_next(i)) {
		enter(r, (struct json_step){ .at = at++ });
		rc = read(r, i);
		r->depth -= rc == 0;
	}
	return rc;
}

int
data_text(struct data_reader *r, const struct json *j, const char **out)
{
	const char *text = json_string(j);

	if (!text || !*text)
		return data_wrong(r, "a text that is not empty");
	*out = arena_strdup(r->arena, text);
	return 0;
}

int
data_day(struct data_reader *r, const struct json *j, const char **day,
         when_t *out)
{
	const char *text = json_string(j);

	if (!text || strlen(text) != strlen("2026-11-01") ||
	    when_from_iso(out, text) < 0)
		return data_wrong(r, "a day such as 2026-11-01");
	*day = arena_strdup(r->arena, text);
	return 0;
}

int
data_build(struct data_reader *r, const struct json *j,
           struct data_build *out)
{
	const char *text = json_string(j);

	if (!text || build_parse(&out->is, text) < 0)
		return data_wrong(r, "a build such as 2.6.92.0");
	out->text = arena_strdup(r->arena, text);
	return 0;
}

int
data_flag(struct data_reader *r, const struct json *j, bool *out)
{
	if (json_kind(j) != JSON_BOOL)
		return data_wrong(r, "true or false");
	*out = json_is_true(j);
	return 0;
}

int
data_number(struct data_reader *r, const struct json *j, unsigned *out)
{
	double n = json_number(j);

	if (json_kind(j) != JSON_NUMBER || n < 1 || n > NUMBER_MAX ||
	    floor(n) != n)
		return data_wrong(r, "a whole number from 1 to 1000000");
	*out = (unsigned)n;
	return 0;
}

/* ---- the head, which all files have ---- */

static int
read_source(struct data_reader *r, const struct json *j)
{
	return data_text(r, j, &r->about->source);
}

static int
read_as_of(struct data_reader *r, const struct json *j)
{
	return data_day(r, j, &r->about->day, &r->about->as_of);
}

static int
read_valid_days(struct data_reader *r, const struct json *j)
{
	return data_number(r, j, &r->about->valid_days);
}

static const struct data_key head[] = {
	{ "source", DATA_MUST, read_source },
	{ "asOf", DATA_MUST, read_as_of },
	{ "validDays", DATA_MAY, read_valid_days },
};

enum { HEAD = sizeof(head) / sizeof(head[0]), KEYS_MAX = 8 };

/* The head, and behind it the file's own. */
static int
read_top(struct data_reader *r, const struct data_key *keys)
{
	struct data_key all[HEAD + KEYS_MAX + 1] = { { 0 } };
	size_t n = HEAD;

	memcpy(all, head, sizeof(head));
	for (; keys->name; keys++) {
		assert(n < HEAD + KEYS_MAX);
		all[n++] = *keys;
	}
	return data_keys(r, r->tree, all);
}

int
data_read(struct data_reader *r, const char *folder, const char *name,
          const struct data_key *keys)
{
	r->path = path_join(folder, name);
	r->text.max = DATA_MAX;
	r->tree = json_load(r->path, &r->text, r->err);
	if (!r->tree) {
		r->err->code = EXIT_USAGE;
		return -1;
	}
	*r->about = (struct data_file){
		.name = arena_strdup(r->arena, name), .as_of = WHEN_NONE,
	};
	digest_of(buf_text(&r->text), r->text.len, r->about->digest);
	return read_top(r, keys);
}

void
data_reader_release(struct data_reader *r)
{
	json_free(r->tree);
	buf_release(&r->text);
	free(r->path);
}
