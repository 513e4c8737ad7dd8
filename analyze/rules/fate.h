/*
 * What happens in the tenant, or has happened, to the account of an object that
 * is in the sync scope no more, by what both sides say.
 */
#ifndef ANALYZE_RULES_FATE_H
#define ANALYZE_RULES_FATE_H

#include "analyze/findings/findings.h"
#include "analyze/object/object.h"
#include "analyze/rules/history.h"

struct check;

/* Whether it comes back as it was. */
enum chance {
	CHANCE_OPEN,             /* if the object does in time */
	CHANCE_BEFORE,           /* only if it does before it is deleted */
	CHANCE_GONE,             /* no more: a new one is made */
	CHANCE_STAYS,            /* nothing deletes it, as far as is known */
};

struct fate {
	enum severity severity;
	const char *text;
	enum chance chance;
	const char *successor;   /* what is made when it is too late */
	struct told_deadline until;          /* to restore it; or none */
};

/* Of an object that left the scope by E, whose BEFORE may be NULL. */
struct fate fate_of(struct check *c, const struct object *o,
                    const struct history_event *e);

#endif
