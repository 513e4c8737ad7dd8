/*
 * The container with which an object left the scope. Where all containers were
 * collected then and now, their objectGUIDs tell it; else the names of what lay
 * in one and lies in another, which is a guess.
 */
#include "analyze/rules/left_with.h"

#include <strings.h>

#include "analyze/rules/rule.h"
#include "base/dn.h"

/*
 * By names: what lay in another container, that holds nothing any more, lies in
 * this one by the same names. NULL: it was moved by itself.
 */
static const char *
guess_container(struct check *c, const struct object *o, const char *then)
{
	const char *now = o->dn, *old = NULL, *place = NULL, *before = then;

	while (then && now && *then && *now &&
	       dn_first_len(then) == dn_first_len(now) &&
	       strncasecmp(then, now, dn_first_len(then)) == 0) {
		old = then;
		place = now;
		then = dn_parent(then);
		now = dn_parent(now);
	}
	if (!old || !*then || !*now || !check_is_emptied(c, before))
		return NULL;
	/* It was renamed where it is; else the last that is alike was moved. */
	if (dn_same(dn_parent(then), dn_parent(now)) &&
	    check_is_emptied(c, old))
		return now;
	return place == o->dn ? NULL : place;
}

/* It lies elsewhere, or its filters would be the same: by place alone. */
static bool
left_by_place(const struct object *o)
{
	return o->scope.state == SCOPE_EXCLUDED &&
	       o->scope.cause != SCOPE_BY_GROUP;
}

static struct left_with
guess(struct check *c, const struct object *o, const char *then)
{
	const char *now = guess_container(c, o, then);

	/* The account tells where its object lay, without a snapshot. */
	if (o->links.renamed_to)
		return (struct left_with){
			LEFT_LIKELY, WENT_UNKNOWN, o->links.renamed,
			o->links.renamed_to
		};
	return (struct left_with){
		now ? LEFT_LIKELY : LEFT_ALONE, WENT_UNKNOWN, NULL, now
	};
}

struct left_with
left_with(struct check *c, const struct object *o,
          const struct history_event *e)
{
	struct went_with went = { .how = WENT_UNKNOWN };

	if (check_is_screening(c) || !left_by_place(o))
		return (struct left_with){ .sure = LEFT_ALONE };
	if (e->before)
		went = check_left_with(c, o, e->before->when);
	if (went.how == WENT_UNKNOWN)
		return guess(c, o, e->before ? e->before->dn : e->remembered
		             ? e->remembered->event.from : NULL);
	return (struct left_with){
		went.how == WENT_ALONE ? LEFT_ALONE : LEFT_SEEN, went.how,
		went.was, went.now
	};
}

static const char *
told(struct check *c, const char *container)
{
	return place_described(container, check_arena(c));
}

const char *
left_with_text(struct check *c, const struct left_with *w)
{
	static const char *const did[] = {
		[WENT_RENAMED] = "renamed", [WENT_MOVED] = "moved",
	};

	if (w->sure == LEFT_SEEN)
		return check_textf(c, "with its container, which was %s from "
		                   "%s to %s", did[w->how], told(c, w->was),
		                   told(c, w->now));
	return w->was
		? check_textf(c, "with its container: AD has no %s any more, "
		              "and what lay there lies in %s",
		              told(c, w->was), told(c, w->now))
		: check_textf(c, "likely with its container, to %s: nothing "
		              "lies any more where it lay", told(c, w->now));
}

/* The container in the place of {}; by how it went. */
static const struct shared_cause causes[] = {
	[WENT_RENAMED] = {
		NULL, "Left the sync scope with the container {}, which was "
		"renamed", "Include {} in the sync scope, or give the "
		"container its former name, within 30 days, and synchronize: "
		"no object has to be moved. If it was given up, confirm that "
		"the accounts may be deleted."
	},
	[WENT_MOVED] = {
		NULL, "Left the sync scope with the container {}, which was "
		"moved", "Move the container {} back, or include it in the "
		"sync scope, within 30 days, and synchronize: no object has to "
		"be moved by itself. If it was given up, confirm that the "
		"accounts may be deleted."
	},
	[WENT_UNKNOWN] = {
		NULL, "Left the sync scope with the container {}",
		"If the container was renamed or moved by mistake, include {} "
		"in the sync scope, or give it its former name and place, "
		"within 30 days, and synchronize: no object has to be moved. "
		"If not, confirm that the accounts may be deleted."
	},
};

struct shared_cause
left_with_cause(const struct object *o, const struct left_with *w)
{
	struct shared_cause out = {
		o->dn ? dn_parent(o->dn) : NULL,
		"Moved out of sync scope, to {}", NULL
	};

	if (o->scope.state == SCOPE_FILTERED)
		return (struct shared_cause){
			o->scope.reason, "Left the sync scope: {}",
			"If it was a mistake, change what they are filtered by "
			"within 30 days and synchronize; if not, confirm that "
			"the accounts may be deleted."
		};
	if (o->scope.cause == SCOPE_BY_GROUP)
		return (struct shared_cause){
			o->scope.reason, "Left the sync scope: {}",
			"If it was a mistake, make them direct members of the "
			"group again within 30 days and synchronize; if not, "
			"confirm that the accounts may be deleted."
		};
	if (w->sure == LEFT_ALONE)
		return out;
	out = causes[w->how];
	out.value = w->now;
	return out;
}

/* A guess says on what it rests. */
const char *
left_with_cure(struct check *c, const struct left_with *w)
{
	if (w->sure == LEFT_SEEN && w->how == WENT_RENAMED)
		return check_textf(c, "include %s in the sync scope, or give "
		                   "it its former name, %s", told(c, w->now),
		                   told(c, w->was));
	if (w->sure == LEFT_SEEN)
		return check_textf(c, "include %s in the sync scope, or move "
		                   "that container back to %s", told(c, w->now),
		                   told(c, dn_parent(w->was)));
	return check_textf(c, "include %s in the sync scope, or give the "
	                   "container its former name and place%s%s, if it was "
	                   "renamed or moved", told(c, w->now),
	                   w->was ? ", " : "", w->was ? told(c, w->was) : "");
}
