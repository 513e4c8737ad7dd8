/*
 * What was judged: snapshots with their sections, forests with their domains,
 * the tenant. A part of findings.h.
 */
#ifndef ANALYZE_FINDINGS_JUDGED_TOLD_H
#define ANALYZE_FINDINGS_JUDGED_TOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/findings/words.h"
#include "base/when.h"

/* A section of a snapshot that was judged. */
struct judged_section {
	const char *snapshot;      /* its name */
	const char *section;       /* "ad.users" */
	const char *title;         /* "AD users" */
	const char *state;         /* complete, partial, refused, not-asked */
	const char *reason;        /* or NULL */
	uint64_t objects;
};

/* Whether it was asked for; else its state says nothing else. */
bool judged_section_is_asked(const struct judged_section *s);

struct judged_snapshot {
	const char *name, *digest;
	when_t collected;
	const char *role;          /* "present", "history", "other-tenant" */
	const char *sides;         /* "ad", "tenant", "ad, tenant" */
	const char *const *domains;          /* of AD, DNS names */
	size_t domain_count;
};

/* The tenant that was judged; a member that is not known is NULL. */
struct judged_tenant {
	const char *id, *initial_domain;
	const char *snapshot;      /* its name */
};

/* A domain of AD that was judged. */
struct judged_domain {
	const char *name;          /* NULL: not known */
	const char *sid;           /* or NULL */
	const char *snapshot;      /* the name of the one that is its present */
	when_t collected;
	size_t history;            /* so many older snapshots hold it */
};

/*
 * A forest that was judged. What is put without a forest counts for the one
 * without a name, if there is one, and else in the totals alone.
 */
struct judged_forest {
	const char *name;          /* NULL or "": not known */
	const char *engine, *scope;          /* in words */
	bool scopeless;            /* none was given: all count as in scope */
	const struct judged_domain *domains;
	size_t domain_count;
	/* as the totals of struct findings; when written, the writer's own */
	uint64_t by_severity[SEVERITY_COUNT];
	uint64_t by_readiness[READINESS_COUNT];
	uint64_t by_action[ACTION_COUNT];
};

/* Why no object of a class can be ready: what was not looked at. */
struct not_known {
	const char *class, *reason;
};

#endif
