/* What the export lost, and which attributes it has; see csv_tell.h. */
#include "collect/import/csv_tell.h"

#include <stdlib.h>
#include <strings.h>

#include "base/mem.h"
#include "collect/schema/schema.h"

/* What the manifest says of an object's attribute. */
static const char *const reasons[] = {
	[LOSS_TYPE] = "the export wrote a type name instead of its values",
	[LOSS_CUT] = "the shell cut its values short",
	[LOSS_ORDER] = "day and month of its date cannot be told apart",
	[LOSS_DAY] = "its date is no day of our calendar",
	[LOSS_WORDS] = "its dates have words that are not known",
	[LOSS_FLAG] = "it is neither True nor False",
	[LOSS_LETTERS] = "the export wrote \"?\" for its letters",
};

void
csv_tell_row(struct csv_table *t, enum section s)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->losses[i] && reads_has(s, t->columns[i].attribute))
			t->sink->lack(t->sink, s, t->columns[i].attribute,
			              reasons[t->losses[i]]);
}

/* Whether anything that was met reads the column. */
static bool
is_read(const struct csv_table *t, const struct column *c)
{
	for (int s = 0; s < SECTION_COUNT; s++)
		if (t->met[s] && c->attribute &&
		    reads_has((enum section)s, c->attribute))
			return true;
	return false;
}

/*
 * Reports name objects by it. That its letters were lost is told of it even
 * where nothing else reads it, since the whole file has lost them.
 */
static bool
is_name(const struct column *c)
{
	return c->attribute && strcasecmp(c->attribute, "DisplayName") == 0;
}

static void
note(struct csv_table *t, char *text)
{
	t->sink->note(t->sink, text);
	free(text);
}

/* "FILE: column NAME: line 7 has "VALUE": WHAT". */
static void
note_column(struct csv_table *t, const struct column *c,
            const struct meeting *m, const char *what)
{
	note(t, xasprintf("%s: column %s: line %llu has \"%.100s\": %s",
	                  t->name, c->name, (unsigned long long)m->line,
	                  m->value, what));
}

/* What to write instead of the column, so that its values come out. */
static char *
calculated(const struct column *c)
{
	const struct ad_attr *a = ad_attr_find(c->attribute);

	/* Objects, which no text of a cell can be. */
	if (strcasecmp(c->attribute, "assignedPlans") == 0 ||
	    strcasecmp(c->attribute, "onPremisesProvisioningErrors") == 0)
		return xstrdup("JSON of Graph, which has them");
	if (c->treat == COLUMN_AD && a && a->kind == VALUE_BYTES &&
	    a->shape == SHAPE_SINGLE)
		return xasprintf("@{n='%s';e={[Convert]::ToBase64String("
		                 "$_.'%s')}}", c->name, c->name);
	return xasprintf("@{n='%s';e={$_.'%s' -join ';'}}", c->name, c->name);
}

static void
tell_type(struct csv_table *t, const struct column *c, const struct meeting *m)
{
	char *instead = calculated(c);
	char *what = xasprintf("that is a type name; the values are lost; "
	                       "export again with %s", instead);

	note_column(t, c, m, what);
	free(what);
	free(instead);
}

static void
tell_letters(struct csv_table *t, const struct column *c,
             const struct meeting *m)
{
	note_column(t, c, m, strcasecmp(c->attribute, AD_DN) == 0
	            ? "letters were lost when it was exported, so that names "
	              "of containers in the policy, links and accounts may "
	              "not fit it; export again with -Encoding UTF8"
	            : "letters were lost when it was exported, so that what is "
	              "said of it may be wrong; export again with -Encoding "
	              "UTF8");
}

static void
tell_losses(struct csv_table *t, const struct column *c)
{
	const struct meeting *m = c->losses;

	if (m[LOSS_TYPE].line)
		tell_type(t, c, &m[LOSS_TYPE]);
	if (m[LOSS_CUT].line)
		note_column(t, c, &m[LOSS_CUT], "the shell cut its values "
		            "short; export again with -join ';'");
	if (m[LOSS_ORDER].line)
		note_column(t, c, &m[LOSS_ORDER], "day and month of its dates "
		            "cannot be told apart; such dates are not used");
	if (m[LOSS_DAY].line)
		note_column(t, c, &m[LOSS_DAY], "want a day of our calendar, "
		            "with four digits of the year; such dates are not "
		            "used");
	if (m[LOSS_WORDS].line)
		note_column(t, c, &c->odd, "these words are not known; the "
		            "column's dates are not used");
	if (m[LOSS_FLAG].line)
		note_column(t, c, &m[LOSS_FLAG], "want True or False; such "
		            "values are not used");
	if (m[LOSS_LETTERS].line)
		tell_letters(t, c, &m[LOSS_LETTERS]);
}

/* Attributes that no one asks for by hand show a full csvde export. */
static enum cover
coverage(const struct csv_table *t)
{
	static const char *const signs[] = {
		"instanceType", "objectCategory", "uSNCreated",
		"dSCorePropagationData",
	};

	for (size_t i = 0; t->csvde && i < 4; i++)
		if (csv_table_has(t, signs[i]))
			return COVER_ALL;
	return COVER_LISTED;
}

/* Not covered: no object has what the attribute holds. */
static bool
is_lost(const struct column *c)
{
	return !c->attribute || c->losses[LOSS_TYPE].line ||
	       c->losses[LOSS_WORDS].line;
}

static void
tell_cover(struct csv_table *t)
{
	const char **names = xcalloc(t->count + t->derived.count,
	                             sizeof(*names));
	enum cover cover = coverage(t);
	size_t n = 0;

	for (size_t i = 0; i < t->count; i++) {
		if (!is_lost(&t->columns[i]))
			names[n++] = t->columns[i].attribute;
		else if (is_read(t, &t->columns[i]))
			cover = COVER_LISTED;
	}
	for (size_t i = 0; i < t->derived.count; i++)
		names[n++] = t->derived.names[i];
	for (int s = 0; s < SECTION_COUNT; s++) {
		if (!t->met[s])
			continue;
		t->sink->asked(t->sink, (enum section)s);
		t->sink->cover(t->sink, (enum section)s, cover, names, n);
	}
	free(names);
}

static void
tell_local(struct csv_table *t)
{
	for (size_t i = 0; i < t->count; i++) {
		const struct column *c = &t->columns[i];
		char *text;

		if (!c->local.line || !is_read(t, c))
			continue;
		text = xasprintf("%s: column %s: its dates are local time of "
		                 "the exporting machine; they are taken as "
		                 "UTC", t->name, c->name);
		t->sink->remark(t->sink, text);
		free(text);
		return;
	}
}

void
csv_tell(struct csv_table *t)
{
	if (t->repeated.line)
		note(t, xasprintf("%s:%llu: the header stands here once more; "
		                  "the line is skipped", t->name,
		                  (unsigned long long)t->repeated.line));
	for (size_t i = 0; i < t->count; i++) {
		const struct column *c = &t->columns[i];

		if (c->used.line)
			note(t, xasprintf("%s:%llu: \"%.100s\" stands in a "
			                  "column without a name, number %zu; "
			                  "that column is not read", t->name,
			                  (unsigned long long)c->used.line,
			                  c->used.value, i + 1));
		if (is_read(t, c))
			tell_losses(t, c);
		else if (is_name(c) && c->losses[LOSS_LETTERS].line)
			tell_letters(t, c, &c->losses[LOSS_LETTERS]);
	}
	tell_local(t);
	tell_cover(t);
}
