/* What was not collected is told as not known: an empty cell is none. */
#include "report/object_rows.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "report/pass.h"
#include "report/view.h"

enum object_column {
	OBJECT_NAME, OBJECT_DISPLAY, OBJECT_DN, OBJECT_GUID, OBJECT_CLASS,
	OBJECT_KIND, OBJECT_DOMAIN, OBJECT_PLACE, OBJECT_SCOPE,
	OBJECT_READINESS, OBJECT_SEVERITY, OBJECT_FINDINGS, OBJECT_DO,
	OBJECT_ACTION, OBJECT_MATCH, OBJECT_UPN_NOW, OBJECT_UPN_THEN,
	OBJECT_PRIMARY_NOW, OBJECT_PRIMARY_THEN, OBJECT_CAUSES, OBJECT_CHANGES,
	OBJECT_FOREST, OBJECT_COLUMNS
};

static const struct table_column columns[OBJECT_COLUMNS] = {
	[OBJECT_NAME] = { "object", CELL_TEXT, 32 },
	[OBJECT_DISPLAY] = { "displayName", CELL_TEXT, 26 },
	[OBJECT_DN] = { "dn", CELL_TEXT, 40 },
	[OBJECT_GUID] = { "guid", CELL_TEXT, 20 },
	[OBJECT_CLASS] = { "class", CELL_TEXT, 10 },
	[OBJECT_KIND] = { "kind", CELL_TEXT, 10 },
	[OBJECT_DOMAIN] = { "domain", CELL_TEXT, 18 },
	[OBJECT_PLACE] = { "place", CELL_TEXT, 36 },
	[OBJECT_SCOPE] = { "inScope", CELL_TEXT, 9 },
	[OBJECT_READINESS] = { "readiness", CELL_TEXT, 12 },
	[OBJECT_SEVERITY] = { "severity", CELL_SEVERITY, 10 },
	[OBJECT_FINDINGS] = { "findings", CELL_NUMBER, 9 },
	[OBJECT_DO] = { "do", CELL_TEXT, 60 },
	[OBJECT_ACTION] = { "action", CELL_TEXT, 10 },
	[OBJECT_MATCH] = { "match", CELL_TEXT, 10 },
	[OBJECT_UPN_NOW] = { "signInNow", CELL_TEXT, 32 },
	[OBJECT_UPN_THEN] = { "signInThen", CELL_TEXT, 32 },
	[OBJECT_PRIMARY_NOW] = { "primaryNow", CELL_TEXT, 32 },
	[OBJECT_PRIMARY_THEN] = { "primaryThen", CELL_TEXT, 32 },
	[OBJECT_CAUSES] = { "causes", CELL_TEXT, 14 },
	[OBJECT_CHANGES] = { "changes", CELL_TEXT, 14 },
	[OBJECT_FOREST] = { "forest", CELL_TEXT, 18 },
};

const struct row_table object_table = { "objects", columns, OBJECT_COLUMNS };

enum { NUMBER_TEXT = 24 };

static const char not_known[] = "not known";

/* ---- lists of what its work has, each once ---- */

static const char *
cause_of(const struct work_item *i)
{
	return i->best.cause;
}

static const char *
change_of(const struct work_item *i)
{
	return i->change;
}

static const char *
fix_of(const struct work_item *i)
{
	return i->best.fix;
}

static bool
was_before(const struct object_work *w, size_t n,
           const char *(*text)(const struct work_item *))
{
	for (size_t i = 0; i < n; i++) {
		const char *other = text(&w->items[i]);

		if (other && strcmp(other, text(&w->items[n])) == 0)
			return true;
	}
	return false;
}

/* What comes behind a text that ends in a full stop, or does not. */
static const char *
between_of(const struct buf *so_far, const char *between)
{
	if (!so_far->len)
		return "";
	return *between == '.' && so_far->data[so_far->len - 1] == '.'
		? between + 1 : between;
}

static const char *
list_of(struct object_work *w, const char *between,
        const char *(*text)(const struct work_item *))
{
	struct buf out = { 0 };
	const char *list;

	for (size_t i = 0; i < w->count; i++)
		if (text(&w->items[i]) && !was_before(w, i, text))
			buf_addf(&out, "%s%s", between_of(&out, between),
			         text(&w->items[i]));
	list = arena_strdup(&w->arena, buf_text(&out));
	buf_release(&out);
	return list;
}

static void
fill_work(struct object_work *w, const char **cells, char *number)
{
	snprintf(number, NUMBER_TEXT, "%" PRIu64, w ? w->open : 0);
	cells[OBJECT_FINDINGS] = number;
	if (!w || !w->open)
		return;
	cells[OBJECT_SEVERITY] = severity_name(w->worst);
	cells[OBJECT_DO] = list_of(w, ". ", fix_of);
	cells[OBJECT_CAUSES] = list_of(w, ";", cause_of);
	cells[OBJECT_CHANGES] = list_of(w, ";", change_of);
}

/* ---- what is forecast ---- */

static const char *
or_not_known(const char *word)
{
	return word ? word : not_known;
}

static const char *
known(const struct known_text *t)
{
	return t->is_known ? t->text : not_known;
}

static const char *
upn_now(const struct forecast *f)
{
	for (size_t i = 0; i < f->ad_lacks.count && !f->ad_upn; i++)
		if (strcmp(f->ad_lacks.names[i], "userPrincipalName") == 0)
			return not_known;
	return f->ad_upn;
}

static void
fill_forecast(const struct forecast *f, const char **cells)
{
	cells[OBJECT_NAME] = f->ad_upn ? f->ad_upn : f->sam ? f->sam
		: view_name(f);
	cells[OBJECT_DISPLAY] = known(&f->display_name);
	cells[OBJECT_DN] = f->dn;
	cells[OBJECT_GUID] = f->guid;
	cells[OBJECT_CLASS] = f->class;
	cells[OBJECT_KIND] = f->kind;
	cells[OBJECT_DOMAIN] = f->domain;
	cells[OBJECT_FOREST] = f->forest;
	cells[OBJECT_PLACE] = f->place;
	cells[OBJECT_SCOPE] = f->unplaced ? not_known
		: f->in_scope ? "true" : "false";
	cells[OBJECT_READINESS] = readiness_name(f->readiness);
	cells[OBJECT_ACTION] = or_not_known(action_name(f->action));
	cells[OBJECT_MATCH] = or_not_known(match_name(f->match));
	cells[OBJECT_UPN_NOW] = upn_now(f);
	cells[OBJECT_UPN_THEN] = f->upn;
	cells[OBJECT_PRIMARY_NOW] = known(&f->primary_now);
	cells[OBJECT_PRIMARY_THEN] = f->primary_smtp;
}

/* An account that AD does not have, a domain, the tenant. */
static void
fill_other(const struct finding *f, const char **cells)
{
	cells[OBJECT_NAME] = finding_label(f);
	cells[OBJECT_DN] = f->dn;
	cells[OBJECT_GUID] = f->guid;
	cells[OBJECT_CLASS] = f->class;
	cells[OBJECT_KIND] = f->kind;
	cells[OBJECT_DOMAIN] = f->domain;
	cells[OBJECT_FOREST] = f->forest;
	cells[OBJECT_READINESS] = "no forecast";
}

int
object_row_put(struct pass_object *o, struct table_sink *to, struct err *err)
{
	const char *cells[OBJECT_COLUMNS] = { NULL };
	char number[NUMBER_TEXT];

	if (o->forecast && pass_fill(o, err) < 0)
		return -1;
	if (o->forecast)
		fill_forecast(o->forecast, cells);
	else
		fill_other(&o->work->first, cells);
	fill_work(o->work, cells, number);
	to->row(to, &object_table, cells);
	return 0;
}
