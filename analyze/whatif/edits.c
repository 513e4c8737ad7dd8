/* Reads the file of edits: the forms of an edit, and their keys. */
#include "analyze/whatif/whatif.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/object/object.h"
#include "analyze/whatif/edit_lines.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/err.h"
#include "base/file.h"
#include "base/json.h"

enum {
	EDITS_FILE_MAX = 512 << 20,
	EDITS_MAX = 1000000,
	LAST_WHOLE_DOUBLE = 53,
};

struct edits_reader {
	struct edits *e;
	struct edit_lines lines;
	size_t at;               /* the edit being read, from 0 */
	struct err *err;
};

/* A key of an edit beside the one that names its kind. */
struct edit_key {
	const char *name;
	int (*read)(struct edits_reader *r, struct edit *e,
	            const struct json *j);
	enum { KEY_WANTED, KEY_MAY_LACK } is;
};

struct edit_form {
	int (*read)(struct edits_reader *r, struct edit *e,
	            const struct json *j);
	const struct edit_key *keys;
};

static unsigned
line_of(struct edits_reader *r, enum edit_level level, const char *key)
{
	return edit_line(&r->lines, r->at, level, key);
}

static int
wrong(struct edits_reader *r, const struct json *j, const char *want)
{
	return err_usage(r->err, "%s:%u: %s: want %s", r->e->path,
	                 line_of(r, EDIT_LEVEL, json_key(j)), json_key(j),
	                 want);
}

static int
read_text(struct edits_reader *r, const struct json *j, const char *want,
          const char **out)
{
	const char *text = json_string(j);

	if (!text || !*text)
		return wrong(r, j, want);
	*out = arena_strdup(&r->e->arena, text);
	return 0;
}

static int
read_dn(struct edits_reader *r, const struct json *j, const char **out,
        const char **normal)
{
	static const char want[] = "a distinguished name such as "
	                           "OU=Accounts,DC=corp,DC=example";

	if (read_text(r, j, want, out) < 0)
		return -1;
	*normal = edit_normal(*out, &r->e->arena);
	return *normal ? 0 : wrong(r, j, want);
}

static int
read_object(struct edits_reader *r, struct edit *e, const struct json *j)
{
	if (read_text(r, j, "the GUID, DN, UPN, sAMAccountName or an address "
	              "of an object", &e->target) < 0)
		return -1;
	e->dn = strchr(e->target, '=')
		? edit_normal(e->target, &r->e->arena) : NULL;
	return 0;
}

static int
read_licensed(struct edits_reader *r, struct edit *e, const struct json *j)
{
	e->everyone = json_string(j) && strcmp(json_string(j), "*") == 0;
	return read_object(r, e, j);
}

static int
read_place(struct edits_reader *r, struct edit *e, const struct json *j)
{
	return read_dn(r, j, &e->target, &e->dn);
}

/* What is moved lies in something; a domain does not. */
static int
read_moved(struct edits_reader *r, struct edit *e, const struct json *j)
{
	if (read_place(r, e, j) < 0)
		return -1;
	if (strncmp(e->dn, "dc=", 3) == 0 || !*dn_parent(e->dn))
		return wrong(r, j, "an object or OU below a domain");
	return 0;
}

static int
read_to(struct edits_reader *r, struct edit *e, const struct json *j)
{
	return read_dn(r, j, &e->to, &e->to_dn);
}

static int
read_domain(struct edits_reader *r, struct edit *e, const struct json *j)
{
	static const char want[] = "a domain such as contoso.com";

	if (read_text(r, j, want, &e->target) < 0)
		return -1;
	if (!strchr(e->target, '.') || strpbrk(e->target, "@ \t\r\n/\\"))
		return wrong(r, j, want);
	return 0;
}

static int
read_licence(struct edits_reader *r, struct edit *e, const struct json *j)
{
	if (json_kind(j) != JSON_BOOL)
		return wrong(r, j, "true or false");
	e->licence = json_is_true(j) ? YES : NO;
	return 0;
}

static int
read_attribute(struct edits_reader *r, struct edit *e, const struct json *j)
{
	const char *why, *name = json_string(j);

	if (!name)
		return wrong(r, j, "the name of an attribute of AD");
	e->setting = setting_find(name, &why);
	if (!e->setting)
		return err_usage(r->err, "%s:%u: attribute: %s %s", r->e->path,
		                 line_of(r, EDIT_LEVEL, "attribute"), name,
		                 why);
	return 0;
}

/* What the value is, as SET_... bits; 0 when it is nothing to be set. */
static unsigned
kind_of(const struct json *j)
{
	double n = json_number(j);

	switch (json_kind(j)) {
	case JSON_STRING:
		return SET_TEXT;
	case JSON_BOOL:
		return SET_BOOL;
	case JSON_NUMBER:
		/* Larger ones lose digits; they are to be texts, as in AD. */
		return n > -(double)(UINT64_C(1) << LAST_WHOLE_DOUBLE) &&
		       n < (double)(UINT64_C(1) << LAST_WHOLE_DOUBLE) &&
		       n == (double)(int64_t)n ? SET_NUMBER : 0;
	case JSON_ARRAY:
		for (j = json_first(j); j; j = json_next(j))
			if (!json_string(j))
				return 0;
		return SET_TEXTS;
	default:
		return 0;
	}
}

static const char *
value_text(struct edits_reader *r, const struct json *j)
{
	char number[32];

	if (json_string(j))
		return arena_strdup(&r->e->arena, json_string(j));
	if (json_kind(j) == JSON_BOOL)
		return json_is_true(j) ? "true" : "false";
	snprintf(number, sizeof(number), "%.0f", json_number(j));
	return arena_strdup(&r->e->arena, number);
}

/* The key "attribute" was read before. */
static int
read_value(struct edits_reader *r, struct edit *e, const struct json *j)
{
	struct arena scratch = { 0 };
	const struct json *item = j;
	struct object o;
	size_t n = 1;
	int rc;

	if (json_kind(j) == JSON_NULL)
		return 0;
	if (!(kind_of(j) & setting_kinds(e->setting)))
		return wrong(r, j, setting_want(e->setting));
	if (json_kind(j) == JSON_ARRAY) {
		n = 0;
		for (item = json_first(j); item; item = json_next(item))
			n++;
		item = json_first(j);
	}
	e->values = arena_alloc(&r->e->arena, n * sizeof(*e->values) + 1);
	for (; e->count < n; item = json_next(item))
		e->values[e->count++] = value_text(r, item);
	o = (struct object){ .side = SIDE_AD };
	rc = setting_set(e->setting, &o, e->values, e->count, &scratch);
	arena_release(&scratch);
	return rc < 0 ? wrong(r, j, setting_want(e->setting)) : 0;
}

/* The keys "attribute" and "value" were read before. */
static int
read_old(struct edits_reader *r, struct edit *e, const struct json *j)
{
	const char *text = json_string(j);

	if (!setting_is_text(e->setting))
		return wrong(r, j, "an attribute whose values are texts");
	if (!text && json_kind(j) != JSON_NULL)
		return wrong(r, j, "a text or null");
	if (e->count > 1 || (!text && !e->count))
		return wrong(r, j, "one \"value\" for it, or null");
	e->by_value = true;
	e->old = text ? arena_strdup(&r->e->arena, text) : NULL;
	return 0;
}

static const struct edit_key set_keys[] = {
	{ "attribute", read_attribute, KEY_WANTED },
	{ "value", read_value, KEY_WANTED },
	{ "old", read_old, KEY_MAY_LACK },
	{ 0 }
};

static const struct edit_key move_keys[] = {
	{ "to", read_to, KEY_WANTED }, { 0 }
};

static const struct edit_key license_keys[] = {
	{ "exchangeOnline", read_licence, KEY_WANTED }, { 0 }
};

static const struct edit_key no_keys[] = { { 0 } };

static const struct edit_form forms[EDIT_KINDS] = {
	[EDIT_SET] = { read_object, set_keys },
	[EDIT_MOVE] = { read_moved, move_keys },
	[EDIT_INCLUDE] = { read_place, no_keys },
	[EDIT_EXCLUDE] = { read_place, no_keys },
	[EDIT_VERIFY] = { read_domain, no_keys },
	[EDIT_LICENSE] = { read_licensed, license_keys },
};

/* Every key once, and none that is not known: 0 or -1. */
static int
check_keys(struct edits_reader *r, const struct json *j)
{
	const struct edit *e = &r->e->items[r->at];
	const struct edit_form *f = &forms[e->kind];
	const char *word = edit_word(e->kind);

	for (const struct json *k = json_first(j); k; k = json_next(k)) {
		const struct edit_key *key = f->keys;

		while (key->name && strcmp(key->name, json_key(k)) != 0)
			key++;
		if (!key->name && strcmp(word, json_key(k)) != 0)
			return err_usage(r->err, "%s:%u: unknown key \"%s\" "
			                 "in an edit with \"%s\"", r->e->path,
			                 line_of(r, EDIT_LEVEL, json_key(k)),
			                 json_key(k), word);
		if (json_get(j, json_key(k)) != k)
			return wrong(r, k, "the key only once");
	}
	for (const struct edit_key *key = f->keys; key->name; key++)
		if (!json_get(j, key->name) &&
		    key->is == KEY_WANTED)
			return err_usage(r->err, "%s:%u: %s: want \"%s\", too",
			                 r->e->path,
			                 line_of(r, EDIT_LEVEL, NULL), word,
			                 key->name);
	return 0;
}

static int
no_edit(struct edits_reader *r, unsigned line)
{
	struct buf words = { 0 };
	int rc;

	for (int k = 0; k < EDIT_KINDS; k++)
		buf_add_listed(&words, edit_word((enum edit_kind)k), (size_t)k,
		               EDIT_KINDS);
	rc = err_usage(r->err, "%s:%u: want an edit: an object with %s",
	               r->e->path, line, buf_text(&words));
	buf_release(&words);
	return rc;
}

static int
read_edit(struct edits_reader *r, const struct json *j)
{
	struct edit *e = &r->e->items[r->at];
	unsigned line = line_of(r, EDIT_LEVEL, NULL);
	const struct edit_form *f;
	int kind = 0;

	while (kind < EDIT_KINDS &&
	       !json_get(j, edit_word((enum edit_kind)kind)))
		kind++;
	if (json_kind(j) != JSON_OBJECT || kind == EDIT_KINDS)
		return no_edit(r, line);
	*e = (struct edit){ .kind = (enum edit_kind)kind, .line = line };
	f = &forms[kind];
	if (check_keys(r, j) < 0 ||
	    f->read(r, e, json_get(j, edit_word(e->kind))) < 0)
		return -1;
	for (const struct edit_key *key = f->keys; key->name; key++)
		if (json_get(j, key->name) &&
		    key->read(r, e, json_get(j, key->name)) < 0)
			return -1;
	r->e->count++;
	return 0;
}

static int
read_list(struct edits_reader *r, const struct json *list)
{
	size_t n = 0;

	if (json_kind(list) != JSON_ARRAY)
		return err_usage(r->err, "%s:%u: edits: want an array",
		                 r->e->path, line_of(r, TOP_LEVEL, "edits"));
	for (const struct json *j = json_first(list); j; j = json_next(j))
		n++;
	if (n > EDITS_MAX)
		return err_usage(r->err, "%s: want at most %d edits, have %zu",
		                 r->e->path, EDITS_MAX, n);
	r->e->items = xcalloc(n, sizeof(*r->e->items));
	for (const struct json *j = json_first(list); j; j = json_next(j)) {
		if (read_edit(r, j) < 0)
			return -1;
		r->at++;
	}
	return 0;
}

static int
read_top(struct edits_reader *r, const struct json *tree)
{
	const struct json *list = json_get(tree, "edits");

	if (json_kind(tree) != JSON_OBJECT || !list)
		return err_usage(r->err, "%s:1: want an object with an array "
		                 "\"edits\"", r->e->path);
	for (const struct json *j = json_first(tree); j; j = json_next(j))
		if (j != list)
			return err_usage(r->err, "%s:%u: unknown key \"%s\"",
			                 r->e->path,
			                 line_of(r, TOP_LEVEL, json_key(j)),
			                 json_key(j));
	return read_list(r, list);
}

/* The text is that of the tree: lines are counted in it. */
static struct edits *
from_tree(const char *path, const struct buf *text, const struct json *tree,
          struct err *err)
{
	struct edits_reader r = { .e = xcalloc(1, sizeof(*r.e)), .err = err };
	char *base = path_base(path);

	r.lines.text = buf_text(text);
	r.e->path = arena_strdup(&r.e->arena, path);
	r.e->name = arena_strdup(&r.e->arena, base);
	digest_of(buf_text(text), text->len, r.e->digest);
	free(base);
	if (read_top(&r, tree) < 0 || edits_check(r.e, err) < 0) {
		edits_free(r.e);
		return NULL;
	}
	return r.e;
}

struct edits *
edits_parse(const char *name, const struct buf *text, struct err *err)
{
	struct json_error e;
	struct json *tree = json_parse(buf_text(text), text->len, &e);
	struct edits *edits = NULL;

	if (tree)
		edits = from_tree(name, text, tree, err);
	else
		err_usage(err, "%s: want %s", name, e.want);
	json_free(tree);
	return edits;
}

struct edits *
edits_load(const char *path, struct err *err)
{
	struct buf text = { .max = EDITS_FILE_MAX };
	struct json *tree = json_load(path, &text, err);
	struct edits *e = NULL;

	if (tree)
		e = from_tree(path, &text, tree, err);
	else
		err->code = EXIT_USAGE;
	json_free(tree);
	buf_release(&text);
	return e;
}

void
edits_free(struct edits *e)
{
	if (!e)
		return;
	hash_index_release(&e->objects);
	hash_index_release(&e->places);
	arena_release(&e->arena);
	free(e->items);
	free(e);
}

const char *
edits_name(const struct edits *e)
{
	return e->name;
}

const char *
edits_digest(const struct edits *e)
{
	return e->digest;
}

