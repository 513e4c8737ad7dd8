/* What an answer "not found" proves. */
#include "collect/graph/graph_absence.h"

#include <stdio.h>
#include <string.h>

#include "collect/graph/graph_error.h"
#include "collect/graph/graph_query.h"
#include "collect/graph/graph_walk.h"

static enum absence
doubt(struct graph_failure *f, const char *why)
{
	size_t len = strlen(f->text);

	f->fate = GRAPH_ODD;
	snprintf(f->text + len, sizeof(f->text) - len, "%s", why);
	return ABSENCE_DOUBT;
}

enum absence
graph_absence_of_page(const struct graph_walk *w, struct graph_failure *f)
{
	/* It was asked for itself. */
	if (w->aim == WALK_OBJECT)
		return ABSENCE_KNOWN;
	if (w->query->owner == OWNER_TENANT)
		return doubt(f, "");
	if (w->pages || w->objects)
		return doubt(f, ", after a page that was found");
	if (graph_owner_vanishing(w->query->owner) == LASTING)
		return doubt(f, ", though such objects do not vanish");
	if (w->doubted)
		return doubt(f, ", as of the one asked for before or after");
	return ABSENCE_ASK;
}

enum absence
graph_absence_of_owner(struct graph_failure *f)
{
	char why[GRAPH_TEXT / 2];

	if (f->fate == GRAPH_GONE)
		return ABSENCE_KNOWN;
	snprintf(why, sizeof(why), "%.*s", GRAPH_TEXT / 2 - 1, f->text);
	*f = (struct graph_failure){ .status = 404 };
	if (!*why)
		return doubt(f, "404, though the object itself is there");
	doubt(f, "404, and whether the object is there is not told: ");
	return doubt(f, why);
}
