/* Reads waivers: what each key may say, and what they may not say together. */
#include "analyze/waivers/waiver.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/dn.h"
#include "base/err.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/list.h"
#include "base/utf8.h"

/* A waiver while it is read. */
struct waiver_reader {
	struct waiver_sink sink;
	struct waivers *w;
	const char *file;
	const struct waiver_text *text;
	struct waiver *one;
	const char *named[WAIVED_BY_COUNT];  /* the object, as it stands */
	unsigned seen;             /* bits of keys */
	struct err *err;
};

struct waiver_key {
	const char *name;
	int (*read)(struct waiver_reader *r, const struct json *j);
};

/* ---- where something is wrong ---- */

/* The line of the key; the waiver's own, where it is not found. */
static unsigned long long
line_of(const struct waiver_reader *r, const char *key)
{
	const char *end = r->text->at + r->text->len, *at = r->text->at;
	uint64_t line = r->text->line;
	struct buf quoted = { 0 };

	json_put_string(&quoted, key, strlen(key));
	at = memmem(at, r->text->len, quoted.data, quoted.len);
	buf_release(&quoted);
	for (const char *p = r->text->at; at && p < at && p < end; p++)
		line += *p == '\n';
	return line;
}

static int
wrong(struct waiver_reader *r, const struct json *j, const char *want)
{
	const char *have = json_string(j);

	return err_usage(r->err, "%s:%llu: %s: want %s%s%s%s", r->file,
	                 line_of(r, json_key(j)), json_key(j), want,
	                 have ? ", have \"" : "", have ? have : "",
	                 have ? "\"" : "");
}

static int
lacks(struct waiver_reader *r, const char *what)
{
	return err_usage(r->err, "%s:%llu: a waiver lacks %s", r->file,
	                 (unsigned long long)r->text->line, what);
}

/* ---- values ---- */

/* A text that says something; of null NULL. */
static int
read_text(struct waiver_reader *r, const struct json *j, const char **out)
{
	const char *text = json_string(j);

	if (json_kind(j) == JSON_NULL)
		return 0;
	if (!text || !text[strspn(text, " \t\r\n")])
		return wrong(r, j, "a text that is not empty");
	*out = arena_strdup(&r->w->arena, text);
	return 0;
}

static bool
is_rule(const struct waivable_rules *rules, const struct waiver *one)
{
	for (size_t i = 0; i < rules->count; i++)
		if (waiver_has_rule(one, rules->ids[i]))
			return true;
	return false;
}

static int
no_rule(struct waiver_reader *r, const struct waiver *one)
{
	const char *near = nearest_rule(r->w->rules, one->rule);
	unsigned long long line = line_of(r, "rule");

	if (one->is_pattern)
		return err_usage(r->err, "%s:%llu: rule: no rule is called by "
		                 "the pattern \"%s\"; \"syncscope rules\" "
		                 "lists them", r->file, line, one->rule);
	return err_usage(r->err, "%s:%llu: rule: no rule is called \"%s\"; "
	                 "%s%s%s", r->file, line, one->rule,
	                 near ? "did you mean \"" : "", near ? near
	                 : "\"syncscope rules\" lists them",
	                 near ? "\"?" : "");
}

static int
read_rule(struct waiver_reader *r, const struct json *j)
{
	struct waiver *one = r->one;

	if (read_text(r, j, &one->rule) < 0 || !one->rule)
		return one->rule ? -1 : wrong(r, j, "the id of a rule, or a "
		                              "pattern");
	one->is_pattern = strpbrk(one->rule, "*?[") != NULL;
	if (r->w->rules && !is_rule(r->w->rules, one))
		return no_rule(r, one);
	return 0;
}

static int
read_guid(struct waiver_reader *r, const struct json *j)
{
	if (read_text(r, j, &r->named[WAIVED_BY_GUID]) < 0)
		return -1;
	if (r->named[WAIVED_BY_GUID] &&
	    guid_parse(&r->one->guid, r->named[WAIVED_BY_GUID]) < 0)
		return wrong(r, j, "a GUID such as "
		             "0f1d4a3e-7c52-4b8e-9a60-5d2e8c7b1f34");
	return 0;
}

/* One way of writing it, in the arena; NULL: it is none. */
static const char *
normal_dn(struct waiver_reader *r, const char *dn)
{
	const char *out = NULL;
	struct buf norm = { 0 };

	if (strchr(dn, '=') && dn_normalise(&norm, dn) == 0)
		out = arena_strdup(&r->w->arena, norm.data);
	buf_release(&norm);
	return out;
}

static int
read_place(struct waiver_reader *r, const struct json *j, enum waived_by by)
{
	if (read_text(r, j, &r->named[by]) < 0)
		return -1;
	if (r->named[by] && !normal_dn(r, r->named[by]))
		return wrong(r, j, "a distinguished name such as "
		             "OU=Staff,DC=corp,DC=example");
	return 0;
}

static int
read_dn(struct waiver_reader *r, const struct json *j)
{
	return read_place(r, j, WAIVED_BY_DN);
}

static int
read_suffix(struct waiver_reader *r, const struct json *j)
{
	return read_place(r, j, WAIVED_BY_SUFFIX);
}

static int
read_name(struct waiver_reader *r, const struct json *j)
{
	return read_text(r, j, &r->named[WAIVED_BY_NAME]);
}

static int
read_keys(struct waiver_reader *r, const struct waiver_key *keys,
          const struct json *j, unsigned *seen);

/* Also as one text, by which it is known what it is. */
static int
read_object(struct waiver_reader *r, const struct json *j)
{
	static const struct waiver_key keys[] = {
		{ "guid", read_guid }, { "dn", read_dn },
		{ "dn-suffix", read_suffix }, { "name", read_name }, { 0 }
	};
	const char *text = json_string(j);
	struct guid guid;
	unsigned seen = 0;

	if (json_kind(j) == JSON_OBJECT)
		return read_keys(r, keys, j, &seen);
	if (!text)
		return wrong(r, j, "an object with guid, dn, dn-suffix or "
		             "name, or one of these as a text");
	if (guid_parse(&guid, text) == 0)
		return read_guid(r, j);
	return normal_dn(r, text) ? read_dn(r, j) : read_name(r, j);
}

static int
read_attribute(struct waiver_reader *r, const struct json *j)
{
	r->one->has_attribute = true;
	return read_text(r, j, &r->one->attribute);
}

/* As fingerprints have it; an empty one is a value, too. */
static int
read_value(struct waiver_reader *r, const struct json *j)
{
	const char *text = json_string(j);

	if (!text && json_kind(j) != JSON_NULL)
		return wrong(r, j, "a text, or null for a finding without a "
		             "value");
	r->one->has_value = true;
	if (!text)
		return 0;
	r->one->value = utf8_folded(&r->w->arena, text);
	r->one->value_written = arena_strdup(&r->w->arena, text);
	return 0;
}

static int
read_reason(struct waiver_reader *r, const struct json *j)
{
	return read_text(r, j, &r->one->told.reason);
}

static int
read_owner(struct waiver_reader *r, const struct json *j)
{
	return read_text(r, j, &r->one->told.owner);
}

static int
read_ticket(struct waiver_reader *r, const struct json *j)
{
	return read_text(r, j, &r->one->told.ticket);
}

int
waiver_end(when_t *out, const char *text)
{
	if (when_from_iso(out, text) < 0)
		return -1;
	/* What separates a time from its day in ISO 8601 and RFC 3339. */
	if (!strpbrk(text, "Tt "))
		*out += WHEN_DAY;
	return 0;
}

static int
read_expires(struct waiver_reader *r, const struct json *j)
{
	static const char want[] = "a date such as 2027-03-31";
	const char *text = NULL;

	if (read_text(r, j, &text) < 0)
		return -1;
	if (text && waiver_end(&r->one->expires, text) < 0)
		return wrong(r, j, want);
	r->one->told.expires = text;
	return 0;
}

static int
read_result(struct waiver_reader *r, const struct json *j)
{
	const char *text = json_string(j);

	if (json_kind(j) == JSON_NULL)
		return 0;
	if (!text || waiver_result_parse(&r->one->told.result, text) < 0)
		return wrong(r, j, "accepted, false-positive or planned");
	return 0;
}

static const struct waiver_key waiver_keys[] = {
	{ "rule", read_rule },
	{ "object", read_object },
	{ "guid", read_guid },
	{ "dn", read_dn },
	{ "dn-suffix", read_suffix },
	{ "name", read_name },
	{ "attribute", read_attribute },
	{ "value", read_value },
	{ "reason", read_reason },
	{ "owner", read_owner },
	{ "ticket", read_ticket },
	{ "expires", read_expires },
	{ "result", read_result },
	{ 0 }
};

static int
read_key(struct waiver_reader *r, const struct waiver_key *keys,
         const struct json *j, unsigned *seen)
{
	for (size_t i = 0; keys[i].name; i++) {
		if (strcmp(keys[i].name, json_key(j)) != 0)
			continue;
		if (*seen >> i & 1)
			return wrong(r, j, "the key only once");
		*seen |= 1u << i;
		return keys[i].read(r, j);
	}
	return err_usage(r->err, "%s:%llu: unknown key \"%s\"", r->file,
	                 line_of(r, json_key(j)), json_key(j));
}

static int
read_keys(struct waiver_reader *r, const struct waiver_key *keys,
          const struct json *j, unsigned *seen)
{
	for (const struct json *k = json_first(j); k; k = json_next(k))
		if (read_key(r, keys, k, seen) < 0)
			return -1;
	return 0;
}

/* ---- a waiver as a whole ---- */

static const char *
normal_guid(struct waiver_reader *r)
{
	char text[GUID_TEXT];

	guid_format(&r->one->guid, text);
	return arena_strdup(&r->w->arena, text);
}

/* A GUID is enough; a DN or name beside it is for people. */
static int
settle_object(struct waiver_reader *r)
{
	const char *const *named = r->named;
	struct waiver *one = r->one;
	size_t n = 0;

	for (int by = WAIVED_BY_COUNT - 1; by >= 0; by--)
		if (named[by]) {
			one->by = (enum waived_by)by;
			n++;
		}
	if (!n)
		return lacks(r, "an object: its guid, dn, dn-suffix or name");
	if (n > 1 && (!named[WAIVED_BY_GUID] || named[WAIVED_BY_SUFFIX]))
		return err_usage(r->err, "%s:%llu: a waiver names its object "
		                 "twice: want one of dn, dn-suffix and name",
		                 r->file, (unsigned long long)r->text->line);
	one->written = named[WAIVED_BY_DN] ? named[WAIVED_BY_DN]
		: named[WAIVED_BY_NAME] ? named[WAIVED_BY_NAME]
		: named[one->by];
	one->has_name = named[WAIVED_BY_NAME] != NULL;
	one->dn = named[WAIVED_BY_DN] ? named[WAIVED_BY_DN]
		: named[WAIVED_BY_SUFFIX];
	if (one->by == WAIVED_BY_GUID)
		one->object = normal_guid(r);
	else if (one->by == WAIVED_BY_NAME)
		one->object = utf8_domain(&r->w->arena, one->written);
	else
		one->object = normal_dn(r, one->written);
	return 0;
}

/* One with another end is a renewal. */
static int
refuse_second(struct waiver_reader *r)
{
	const struct waiver *one = r->one, *other;
	const struct waiver_group *g = waiver_group_of(r->w, one);
	struct waiver_value v = { 0, one->has_value, one->value };
	size_t at = HASH_INDEX_FIRST;

	if (g)
		v.group = (size_t)(g - r->w->groups);
	while (g && (other = waiver_next(r->w, &v, &at)))
		if (one->expires == other->expires)
			return err_usage(r->err, "%s:%llu: the waiver of %s "
			                 "for %s is there already, in %s:%llu",
			                 r->file, (unsigned long long)
			                 r->text->line, one->rule,
			                 one->written, other->file,
			                 (unsigned long long)other->line);
	return 0;
}

static int
settle(struct waiver_reader *r)
{
	if (!r->one->rule)
		return lacks(r, "a rule: its id, or a pattern");
	if (!r->one->told.reason)
		return lacks(r, "a reason, without which none is taken");
	if (settle_object(r) < 0)
		return -1;
	return refuse_second(r);
}

static int
take(struct waiver_sink *s, const struct waiver_text *t, struct err *err)
{
	struct waiver_reader *r = (struct waiver_reader *)s;
	struct waiver one = {
		.file = r->file, .line = t->line, .expires = WHEN_NONE,
		.told.result = STATUS_WAIVED,
	};
	struct json_error e;
	struct json *tree = json_parse(t->at, t->len, &e);
	int rc;

	memset(r->named, 0, sizeof(r->named));
	r->seen = 0;
	r->text = t;
	r->one = &one;
	r->err = err;
	rc = tree ? read_keys(r, waiver_keys, tree, &r->seen)
	          : lacks(r, e.want);
	if (rc == 0)
		rc = settle(r);
	if (rc == 0)
		waivers_add(r->w, &one);
	json_free(tree);
	return rc;
}

int
waivers_parse(struct waivers *w, const char *name, const char *text,
              size_t len, struct err *err)
{
	char *base = path_base(name);
	struct waiver_reader r = { .sink.take = take, .w = w };
	char digest[DIGEST_TEXT];
	int rc;

	r.file = arena_strdup(&w->arena, base);
	free(base);
	digest_of(text, len, digest);
	LIST_RESERVE(w->files, w->file_room, w->file_count + 1);
	w->files[w->file_count++] = (struct waiver_file){
		.name = r.file, .digest = arena_strdup(&w->arena, digest),
	};
	rc = waivers_split(name, text, len, &r.sink, err);
	free(w->uses);
	w->uses = xcalloc(w->count + 1, sizeof(*w->uses));
	return rc;
}
