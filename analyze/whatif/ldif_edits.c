/*
 * Reads changes of LDIF: within one modify what is deleted and what is added of
 * an attribute belong together, each value in the place of another.
 */
#include "analyze/whatif/ldif_edits.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/object/object.h"
#include "analyze/whatif/whatif.h"
#include "base/base64.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/list.h"
#include "base/utf8.h"

enum { LDIF_EDITS_MAX = 1000000 };

enum ldif_verb { VERB_NONE, VERB_DELETE, VERB_ADD, VERB_REPLACE };

/* A value of the record at hand. */
struct ldif_change {
	enum ldif_verb verb;
	const struct attr_row *setting;
	const char *value;       /* NULL: the verb alone, for all values */
	unsigned line;
	bool used;
};

/* A line with those that go on with it, taken apart. */
struct ldif_line {
	char *name;              /* NULL: "-", or the end of the record */
	bool is_dash;
	struct buf value;
	unsigned number;
};

struct ldif_edits {
	struct edits *e;
	size_t *room;
	const char *path, *at;   /* at: what is not read yet */
	unsigned line;           /* of AT */
	struct buf text;         /* of the line at hand */
	struct err *err;
	/* The record: */
	const char *dn, *normal;
	bool is_modify;
	enum ldif_verb verb;
	const struct attr_row *setting;
	bool has_values;
	struct ldif_change *changes;
	size_t count, change_room;
	unsigned modify;
};

static int
wrong(const struct ldif_edits *r, unsigned line, const char *want)
{
	return err_usage(r->err, "%s:%u: want %s", r->path, line, want);
}

/* ---- lines ---- */

/* Takes one line as it stands; false at the end of the file. */
static bool
take_raw(struct ldif_edits *r)
{
	size_t len = strcspn(r->at, "\n"), end = len;

	if (!*r->at)
		return false;
	if (end && r->at[end - 1] == '\r')
		end--;
	buf_add(&r->text, r->at, end);
	r->at += len + (r->at[len] == '\n');
	r->line++;
	return true;
}

/* The next line that is no comment, unfolded. */
static bool
take_line(struct ldif_edits *r, unsigned *number)
{
	do {
		buf_clear(&r->text);
		*number = r->line;
		if (!take_raw(r))
			return false;
		while (*r->at == ' ' && r->text.len) {
			r->at++;
			take_raw(r);
		}
	} while (r->text.len && r->text.data[0] == '#');
	return true;
}

static int
take_value(struct ldif_edits *r, const char *p, struct ldif_line *l)
{
	bool is_base64 = *p == ':';

	if (*p == '<')
		return wrong(r, l->number, "the value itself, not where it "
		             "is to be read");
	p += is_base64;
	p += strspn(p, " ");
	if (!is_base64)
		buf_adds(&l->value, p);
	else if (base64_decode(&l->value, p, strlen(p)) < 0)
		return wrong(r, l->number, "base64");
	if (strlen(buf_text(&l->value)) != l->value.len ||
	    utf8_bad(buf_text(&l->value), l->value.len) < l->value.len)
		return wrong(r, l->number, "a text in UTF-8");
	return 0;
}

/* 1 with L filled, 0 at the end of the file, -1. */
static int
next_line(struct ldif_edits *r, struct ldif_line *l)
{
	const char *text, *colon;

	free(l->name);
	l->name = NULL;
	buf_clear(&l->value);
	if (!take_line(r, &l->number))
		return 0;
	text = buf_text(&r->text);
	l->is_dash = strcmp(text, "-") == 0;
	if (l->is_dash || !*text)
		return 1;
	colon = strchr(text, ':');
	if (!colon || colon == text)
		return wrong(r, l->number, "a name and a colon");
	l->name = xstrndup(text, (size_t)(colon - text));
	return take_value(r, colon + 1, l) < 0 ? -1 : 1;
}

/* ---- edits ---- */

/* That numbers are what they were is not known: they are set. */
static struct edit *
add_edit(struct ldif_edits *r, const struct ldif_change *c)
{
	struct edits *e = r->e;

	LIST_RESERVE(e->items, *r->room, e->count + 1);
	e->items[e->count] = (struct edit){
		.kind = EDIT_SET, .line = c->line, .path = r->path,
		.target = r->dn, .dn = r->normal, .setting = c->setting,
		.modify = r->modify, .by_value = c->verb != VERB_REPLACE &&
			setting_is_text(c->setting),
	};
	return &e->items[e->count++];
}

static void
give(struct ldif_edits *r, struct edit *edit, const char *value)
{
	edit->values = arena_alloc(&r->e->arena, sizeof(*edit->values));
	edit->values[0] = value;
	edit->count = 1;
}

/* What is added for it: the first that is not taken yet. */
static struct ldif_change *
added_for(struct ldif_edits *r, const struct ldif_change *c)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->changes[i].verb == VERB_ADD && !r->changes[i].used &&
		    r->changes[i].setting == c->setting)
			return &r->changes[i];
	return NULL;
}

static void
put_deleted(struct ldif_edits *r, const struct ldif_change *c)
{
	struct ldif_change *to = added_for(r, c);
	struct edit *edit = add_edit(r, c);

	if (to)
		to->used = true;
	if (to)
		give(r, edit, to->value);
	edit->old = c->value;
}

/* All values that replace those of the attribute; none: it is removed. */
static void
put_replaced(struct ldif_edits *r, struct ldif_change *c)
{
	struct edit *edit = add_edit(r, c);
	size_t n = 0;

	edit->by_value = false;
	edit->values = arena_alloc(&r->e->arena,
	                           (r->count + 1) * sizeof(*edit->values));
	for (size_t i = 0; i < r->count; i++) {
		struct ldif_change *one = &r->changes[i];

		if (one->verb != c->verb || one->setting != c->setting)
			continue;
		one->used = true;
		if (one->value)
			edit->values[n++] = one->value;
	}
	edit->count = n;
}

static int
put_edits(struct ldif_edits *r)
{
	for (size_t i = 0; i < r->count; i++) {
		struct ldif_change *c = &r->changes[i];

		if (c->used || c->verb == VERB_ADD)
			continue;
		if (c->verb == VERB_REPLACE || !c->value)
			put_replaced(r, c);
		else
			put_deleted(r, c);
		c->used = true;
	}
	for (size_t i = 0; i < r->count; i++)
		if (!r->changes[i].used)
			give(r, add_edit(r, &r->changes[i]),
			     r->changes[i].value);
	if (r->e->count > LDIF_EDITS_MAX)
		return err_usage(r->err, "%s: want at most %d changes of "
		                 "values", r->path, LDIF_EDITS_MAX);
	return 0;
}

/* ---- a record ---- */

/* Whether the attribute takes such a value, which is tried. */
static int
try_value(const struct ldif_edits *r, const struct ldif_change *c)
{
	struct object o = { .side = SIDE_AD };
	struct arena scratch = { 0 };
	const char *values[] = { c->value };
	int rc = setting_set(c->setting, &o, values, 1, &scratch);

	arena_release(&scratch);
	return rc < 0 ? wrong(r, c->line, setting_want(c->setting)) : 0;
}

static int
add_change(struct ldif_edits *r, const char *value, unsigned line)
{
	const struct ldif_change c = {
		.verb = r->verb, .setting = r->setting, .line = line,
		.value = value ? arena_strdup(&r->e->arena, value) : NULL,
	};

	LIST_RESERVE(r->changes, r->change_room, r->count + 1);
	r->changes[r->count++] = c;
	return value && c.verb != VERB_DELETE ? try_value(r, &c) : 0;
}

/* Of "delete" and "replace" without values: the attribute as a whole. */
static int
end_verb(struct ldif_edits *r, unsigned line)
{
	int rc = 0;

	if (r->verb == VERB_ADD && !r->has_values)
		return wrong(r, line, "a value to add");
	if (r->verb != VERB_NONE && !r->has_values)
		rc = add_change(r, NULL, line);
	r->verb = VERB_NONE;
	r->has_values = false;
	return rc;
}

static int
begin_verb(struct ldif_edits *r, const struct ldif_line *l)
{
	static const char *const verbs[] = {
		[VERB_DELETE] = "delete", [VERB_ADD] = "add",
		[VERB_REPLACE] = "replace",
	};
	const char *why, *name = buf_text(&l->value);
	int v = VERB_DELETE;

	while (v <= VERB_REPLACE && ascii_casecmp(verbs[v], l->name) != 0)
		v++;
	if (v > VERB_REPLACE)
		return wrong(r, l->number, "add, delete or replace");
	r->setting = setting_find(name, &why);
	if (!r->setting)
		return err_usage(r->err, "%s:%u: %s: %s %s", r->path,
		                 l->number, verbs[v], name, why);
	r->verb = (enum ldif_verb)v;
	return 0;
}

static int
begin_record(struct ldif_edits *r, const struct ldif_line *l)
{
	if (ascii_casecmp(l->name, "version") == 0)
		return 0;
	if (ascii_casecmp(l->name, "dn") != 0)
		return wrong(r, l->number, "\"dn:\", with which a record "
		             "begins");
	r->dn = arena_strdup(&r->e->arena, buf_text(&l->value));
	r->normal = edit_normal(r->dn, &r->e->arena);
	r->modify++;
	return r->normal ? 0 : wrong(r, l->number, "a distinguished name");
}

static int
take_in_record(struct ldif_edits *r, const struct ldif_line *l)
{
	if (!r->is_modify) {
		r->is_modify = ascii_casecmp(l->name, "changetype") == 0 &&
		               strcmp(buf_text(&l->value), "modify") == 0;
		return r->is_modify ? 0
			: wrong(r, l->number, "\"changetype: modify\": other "
			        "changes are not judged");
	}
	if (r->verb == VERB_NONE)
		return begin_verb(r, l);
	if (ascii_casecmp(l->name, setting_name(r->setting)) != 0)
		return err_usage(r->err, "%s:%u: want a value of %s, or \"-\"",
		                 r->path, l->number, setting_name(r->setting));
	r->has_values = true;
	return add_change(r, buf_text(&l->value), l->number);
}

static int
end_record(struct ldif_edits *r, unsigned line)
{
	int rc;

	if (!r->dn)
		return 0;
	rc = end_verb(r, line);
	if (rc == 0)
		rc = put_edits(r);
	r->dn = NULL;
	r->is_modify = false;
	r->count = 0;
	return rc;
}

static int
take_one(struct ldif_edits *r, const struct ldif_line *l)
{
	if (l->is_dash)
		return r->dn ? end_verb(r, l->number)
		             : wrong(r, l->number, "a record");
	if (!l->name)
		return end_record(r, l->number);
	return r->dn ? take_in_record(r, l) : begin_record(r, l);
}

int
ldif_edits_read(struct edits *e, size_t *room, const char *path,
                const struct buf *text, struct err *err)
{
	struct ldif_edits r = {
		.e = e, .room = room, .err = err, .line = 1,
		.path = arena_strdup(&e->arena, path), .at = buf_text(text),
		.modify = e->count ? e->items[e->count - 1].modify : 0,
	};
	struct ldif_line l = { 0 };
	int rc;

	if (strncmp(r.at, "\xef\xbb\xbf", 3) == 0)
		r.at += 3;
	while ((rc = next_line(&r, &l)) > 0 && (rc = take_one(&r, &l)) == 0)
		;
	if (rc == 0)
		rc = end_record(&r, r.line);
	free(l.name);
	buf_release(&l.value);
	buf_release(&r.text);
	free(r.changes);
	return rc;
}

bool
ldif_edits_is(const char *path, const char *text)
{
	const char *end = strrchr(path, '.');

	if (end && (ascii_casecmp(end, ".ldf") == 0 ||
	            ascii_casecmp(end, ".ldif") == 0))
		return true;
	if (strncmp(text, "\xef\xbb\xbf", 3) == 0)
		text += 3;
	return *text == '#' || strncmp(text, "dn:", 3) == 0 ||
	       strncmp(text, "version:", 8) == 0;
}
