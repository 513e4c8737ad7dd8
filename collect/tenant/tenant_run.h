/* A collection of a tenant under way: what it knows of its lists. */
#ifndef COLLECT_TENANT_TENANT_RUN_H
#define COLLECT_TENANT_TENANT_RUN_H

#include "base/err.h"
#include "base/when.h"
#include "collect/graph/graph.h"
#include "collect/schema/schema.h"
#include "collect/tenant/gone_list.h"
#include "collect/tenant/tenant_order.h"

/* How far a list of the tenant itself is; they go in this order. */
enum tenant_step {
	STEP_CHANGES,            /* what changed since the older snapshot */
	STEP_OBJECTS,            /* one by one */
	STEP_LINK,               /* to later changes, before all is read */
	STEP_LIST,
	STEP_DONE,
};

struct tenant_list {
	enum tenant_step step;
	bool begun;              /* the step's walk is under way */
	struct guid_set changed; /* objects that were told to have */
	struct guid_set removed; /* those of them that are no more */
	struct id_queue objects; /* that changed, to be read */
	bool odd;                /* some change has no GUID */
	long good;               /* walks that came to their end */
	long denied, lost;       /* that did not; lost in a row */
	size_t owners;           /* so many were begun with */
	struct gone_list gone;   /* owners, until it is known */
	struct id_queue doubted; /* those asked for again */
	bool given_up;           /* no more of them are begun */
};

/* What came of a section so far. */
struct tenant_tally {
	size_t open;             /* walks under way */
	long gone;               /* owners that were no more */
	long named;              /* owners whose lists are lost, in notes */
	bool finished, mended;
	struct name_set lacking; /* properties that the service has not */
	size_t again;            /* objects asked for anew without them */
};

struct tenant_run {
	struct graph_watcher watcher;    /* first: what the pool holds */
	const struct tenant_order *order;
	struct snapshot_writer *writer;
	struct snapshot *old;    /* to resume, or to go on from; or NULL */
	struct progress *progress;
	struct record *clean, *made;     /* scratch */
	struct tenant_list *lists;       /* one a query */
	struct tenant_tally tallies[SECTION_COUNT];
	struct id_queue owners[OWNER_COUNT];
	char organization[ID_TEXT];
	bool merged[SECTION_COUNT];      /* of old objects and changes */
	struct id_queue unchanged;       /* groups */
	bool restored;           /* some user came back */
	bool members_decided;    /* which memberships are read */
	bool links;              /* to later changes are kept */
	when_t collected;
	struct err end;          /* why something lacks, if by the network */
	struct err missing;      /* the first list that was not found */
};

void tenant_run_init(struct tenant_run *run);
void tenant_run_release(struct tenant_run *run);

/* What is known of the list of Q. */
struct tenant_list *tenant_run_list(const struct tenant_run *run,
                                    const struct graph_query *q);

/* The owners whose own lists are read because of an object of a section. */
void tenant_run_note_owner(struct tenant_run *run, enum section s,
                           const struct record *r);

/* Tells the writer which properties the list was asked for. */
void tenant_run_cover(struct tenant_run *run, const struct graph_query *q);

#endif
