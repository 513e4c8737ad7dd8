/* A file's columns, and the record of its row; see csv_table.h. */
#include "collect/import/csv_table.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/record.h"
#include "collect/schema/schema.h"

/* Of nearly all columns the first letter tells that they are others. */
static bool
is_same(const char *a, const char *b)
{
	return (*a | 32) == (*b | 32) && strcasecmp(a, b) == 0;
}

bool
csv_table_has(const struct csv_table *t, const char *column)
{
	for (size_t i = 0; i < t->count; i++)
		if (is_same(t->columns[i].squeezed, column))
			return true;
	return false;
}

const char *
csv_table_text(const struct csv_table *t, const char *attribute)
{
	const char *text = record_text(t->record, attribute);

	for (size_t i = 0; i < t->count && (!text || !*text); i++)
		if (t->columns[i].attribute &&
		    is_same(t->columns[i].attribute, attribute))
			text = record_text(t->record, t->columns[i].name);
	return text && *text ? text : NULL;
}

void
csv_table_derive(struct csv_table *t, const char *attribute)
{
	if (!name_set_has(&t->derived, attribute))
		name_set_add(&t->derived, attribute);
}

/* Attributes of DNs that are computed, so that no row says they are links. */
static bool
holds_names(const struct ad_attr *a)
{
	size_t len = strlen(a->name);

	return a->link == LINK_DN || strcasecmp(a->name, "memberOf") == 0 ||
	       strcasecmp(a->name, "directReports") == 0 ||
	       strcasecmp(a->name, "managedObjects") == 0 ||
	       (len > 2 && strcmp(a->name + len - 2, "BL") == 0);
}

static enum split_by
split_of(const struct csv_table *t, const struct column *c)
{
	const struct ad_attr *a = ad_attr_find(c->attribute);

	/* The first column has the DN as it is. */
	if (t->csvde)
		return a && a->shape != SHAPE_LIST &&
		       strcmp(a->name, AD_DN) != 0
			? SPLIT_CSVDE_ONE : SPLIT_CSVDE;
	if (c->treat == COLUMN_ADDRESSES)
		return SPLIT_ADDRESSES;
	if (strcasecmp(c->attribute, "objectClass") == 0)
		return SPLIT_WORDS;
	return a && holds_names(a) ? SPLIT_NAMES : SPLIT_TEXTS;
}

void
csv_column_set(struct csv_table *t, size_t at)
{
	const struct column_table *known = t->dialect->columns;
	struct column *c = &t->columns[at];
	const struct column_map *map = column_find(known, c->squeezed);
	const char *property = NULL;

	if (!*c->squeezed) {
		c->treat = COLUMN_JUNK;
		return;
	}
	if (!map && known->property)
		property = known->property(c->squeezed);
	/* What another word means is treated as the attribute is. */
	if (property)
		map = column_find(known, property);
	c->treat = map ? map->treat : t->dialect->otherwise;
	c->attribute = map ? map->attribute : property ? property
		: c->treat == COLUMN_JUNK ? NULL : c->name;
	if (c->attribute)
		c->by = split_of(t, c);
}

/*
 * Two columns may hold one attribute: PowerShell's EmailAddress and mail, or
 * csvde's DN and distinguishedName. The attribute's own name wins, then the
 * column that comes first; the other is kept under its own name.
 */
static void
settle(struct csv_table *t, size_t at)
{
	struct column *c = &t->columns[at];

	for (size_t i = 0; i < t->count && c->attribute; i++) {
		const struct column *other = &t->columns[i];

		if (i == at || !other->attribute ||
		    strcasecmp(other->attribute, c->attribute) != 0 ||
		    !strcasecmp(c->name, c->attribute))
			continue;
		if (i > at && strcasecmp(other->name, other->attribute) != 0)
			continue;
		c->attribute = c->name;
		c->treat = COLUMN_TEXT;
		return;
	}
}

void
csv_column_settle(struct csv_table *t)
{
	for (size_t i = 0; i < t->count; i++)
		settle(t, i);
	for (size_t i = 0; i < t->count; i++)
		if (t->columns[i].attribute)
			t->columns[i].ad =
				ad_attr_find(t->columns[i].attribute);
}

void
csv_column_release(struct column *c)
{
	free(c->name);
	free(c->squeezed);
	free(c->odd.value);
	free(c->local.value);
	free(c->used.value);
	for (size_t i = 0; i < LOSS_COUNT; i++)
		free(c->losses[i].value);
}
