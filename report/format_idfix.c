/*
 * idfix.csv: the columns that IdFix exports and reads, but as RFC 4180 has CSV,
 * and all rows: one for each value in which something was found, by their DNs.
 */
#include <stdlib.h>
#include <string.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "report/csv_file.h"
#include "report/format.h"
#include "report/idfix_names.h"
#include "report/view.h"

/* A row; the texts are the arena's. */
struct idfix_line {
	const char *dn, *folded, *class, *attribute;
	const char *error, *value, *update, *action;
	size_t order;            /* in which it was found */
};

struct idfix_lines {
	struct idfix_line *items;
	size_t count, room;
	size_t first;            /* of the object that was met last */
	struct arena texts;
};

static const char *const titles[] = {
	"DISTINGUISHEDNAME", "COMMONNAME", "OBJECTCLASS", "ATTRIBUTE", "ERROR",
	"VALUE", "UPDATE", "PROPOSEDACTION", "ACTION"
};

/* Without a DN what else names the object, to which edits can be applied. */
static const char *
name_of(const struct finding *f)
{
	return f->dn ? f->dn : f->guid ? f->guid : f->object;
}

/*
 * What becomes of one value: that of the finding, or one that is changed with
 * it, of which each has a row.
 */
struct idfix_change {
	const char *attribute, *value, *update, *action;
};

/* What is proposed for that value itself; NULL: nothing. */
static const struct proposed *
own_part(const struct finding *f)
{
	const struct proposed *p = f->proposed.attribute ? &f->proposed : NULL;

	while (p && (strcmp(p->attribute, f->attribute) != 0 ||
	             (p->old && f->observed &&
	              strcmp(p->old, f->observed) != 0)))
		p = p->and;
	return p;
}

static struct idfix_change
change_of(const struct proposed *p)
{
	return (struct idfix_change){
		p->attribute, p->old, p->new, p->new ? "EDIT" : "REMOVE",
	};
}

/* Where nothing is proposed, who takes all proposals is to do nothing. */
static struct idfix_change
own_change(const struct finding *f)
{
	const struct proposed *p = own_part(f);

	if (f->idfix.error)
		return (struct idfix_change){
			f->attribute, f->observed, f->idfix.update,
			f->idfix.action,
		};
	return p ? change_of(p) : (struct idfix_change){
		f->attribute, f->observed, NULL, "COMPLETE",
	};
}

static const char *
kept(struct idfix_lines *l, const char *text)
{
	return arena_strdup(&l->texts, text ? text : "");
}

/* The row of the same value, among those of the object; or NULL. */
static struct idfix_line *
find_line(struct idfix_lines *l, const struct idfix_change *c)
{
	for (size_t i = l->first; i < l->count; i++)
		if (strcmp(l->items[i].attribute, c->attribute) == 0 &&
		    strcmp(l->items[i].value, c->value ? c->value : "") == 0)
			return &l->items[i];
	return NULL;
}

/* Whether LIST, joined by comma and blank, has the words already. */
static bool
lists(const char *list, const char *words)
{
	const char *p = strstr(list, words);
	size_t len = strlen(words);

	for (; p; p = strstr(p + 1, words))
		if ((p == list || p[-1] == ' ') &&
		    (!p[len] || p[len] == ','))
			return true;
	return false;
}

/* Another finding of the value: what it is called, and what mends it. */
static void
add_to_line(struct idfix_lines *l, struct idfix_line *to,
            const struct finding *f, const struct idfix_change *c)
{
	const char *names = idfix_names(f);
	struct buf both = { 0 };

	if (!lists(to->error, names)) {
		buf_addf(&both, "%s, %s", to->error, names);
		to->error = kept(l, both.data);
	}
	if (strcmp(to->action, "COMPLETE") == 0) {
		to->update = kept(l, c->update);
		to->action = kept(l, c->action);
	}
	buf_release(&both);
}

static void
add_line(struct idfix_lines *l, const struct finding *f,
         const struct idfix_change *c)
{
	const char *dn = name_of(f) ? name_of(f) : "";

	if (!l->count || strcmp(l->items[l->first].dn, dn) != 0)
		l->first = l->count;
	LIST_RESERVE_BY_HALF(l->items, l->room, l->count + 1);
	l->items[l->count] = (struct idfix_line){
		.folded = utf8_folded(&l->texts, dn),
		.class = kept(l, f->idfix.class ? f->idfix.class : f->class),
		.attribute = kept(l, c->attribute),
		.error = kept(l, idfix_names(f)), .value = kept(l, c->value),
		.update = kept(l, c->update),
		.action = kept(l, c->action), .order = l->count,
	};
	l->items[l->count].dn = l->first < l->count ? l->items[l->first].dn
	                                            : kept(l, dn);
	l->count++;
}

static void
take_change(struct idfix_lines *l, const struct finding *f,
            const struct idfix_change *c)
{
	const char *dn = name_of(f) ? name_of(f) : "";
	struct idfix_line *same = NULL;

	if (l->count && strcmp(l->items[l->first].dn, dn) == 0)
		same = find_line(l, c);
	if (same)
		add_to_line(l, same, f, c);
	else
		add_line(l, f, c);
}

static void
take(struct idfix_lines *l, const struct finding *f)
{
	const struct proposed *p = f->proposed.attribute ? &f->proposed : NULL;
	struct idfix_change c;

	/* What is waived is nobody's work. */
	if (!idfix_names(f) || !f->attribute || f->status != STATUS_OPEN)
		return;
	c = own_change(f);
	take_change(l, f, &c);
	for (; p && !f->idfix.error; p = p->and) {
		c = change_of(p);
		if (p != own_part(f))
			take_change(l, f, &c);
	}
}

static int
compare_lines(const void *a, const void *b)
{
	const struct idfix_line *x = a, *y = b;
	int by = strcmp(x->folded, y->folded);

	return by ? by : x->order < y->order ? -1 : 1;
}

static void
put_line(struct csv_file *c, const struct idfix_line *l)
{
	struct buf cn = { 0 };
	const char *fields[] = {
		l->dn, NULL, l->class, l->attribute, l->error, l->value,
		l->update, l->action, ""
	};

	if (strchr(l->dn, '='))
		dn_first_value(&cn, l->dn);
	fields[1] = buf_text(&cn);
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		csv_file_data(c, fields[i]);
	csv_file_end_row(c);
	buf_release(&cn);
}

static void
put_all(struct idfix_lines *l, const struct format_options *o,
        struct outfile *out)
{
	struct csv_file c;

	if (l->count)
		qsort(l->items, l->count, sizeof(*l->items), compare_lines);
	csv_file_begin(&c, o, out);
	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++)
		csv_file_field(&c, titles[i]);
	csv_file_end_row(&c);
	for (size_t i = 0; i < l->count; i++)
		put_line(&c, &l->items[i]);
	csv_file_release(&c);
}

int
format_idfix(const struct view *v, const struct format_options *o,
             struct outfile *out, struct err *err)
{
	struct findings_reader *r = findings_read(v->findings, err);
	struct idfix_lines l = { 0 };
	struct finding f;
	int rc = r ? 1 : -1;

	while (rc > 0 && (rc = findings_next(r, &f, err)) > 0)
		take(&l, &f);
	findings_reader_close(r);
	if (rc == 0)
		put_all(&l, o, out);
	arena_release(&l.texts);
	free(l.items);
	return rc;
}
