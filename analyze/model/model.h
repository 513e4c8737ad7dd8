/*
 * The model: every object of the present, joined. What is kept of an object is
 * a row of a few bytes; its text is read again from the snapshot when a rule
 * has to look at it. Built once, then const.
 */
#ifndef ANALYZE_MODEL_MODEL_H
#define ANALYZE_MODEL_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/model/keys.h"
#include "analyze/object/object.h"
#include "base/guid_set.h"
#include "base/mem.h"
#include "base/when.h"
#include "collect/snapshot.h"

struct blob;
struct edits;
struct err;
struct holding;
struct policy;
struct scope;

/* The numbers of rows are such: 0 is none, 1 the first. */
typedef uint32_t row_id;

/* What is kept of an object. */
struct row {
	uint64_t place;          /* of its line in the section's file */
	struct guid guid;        /* objectGUID; tenant: in the immutableId */
	union {
		const struct holding *holding;   /* tenant; or NULL */
		when_t created;                  /* AD: whenCreated */
	};
	uint32_t wanted;         /* bytes of the line that matter */
	row_id twin;             /* in the other side's section */
	row_id deleted;          /* AD: in the deleted users */
	uint32_t past;           /* AD: its newest sighting; 0: none */
	/* These two change while other threads read the rest. */
	bool suspect;            /* a rule may have something to say */
	bool seen_before;        /* in an older snapshot */
	unsigned has_guid : 1;
	unsigned merged : 1;     /* it only completes another row: TWIN */
	unsigned completed : 1;  /* there are lines that complete it */
	unsigned scope : 2;
	unsigned enabled : 2;
	unsigned how : 3;        /* AD: enum how */
	unsigned contested : 1;  /* AD: others claim a value of it */
	unsigned part : 1;       /* AD: a linked mailbox that has its master */
	unsigned former : 1;     /* AD: DELETED is his by name, not by anchor */
	/* AD: the low bits of the stamps' versions; 0: there are none. */
	uint16_t control_version, name_version;
};

_Static_assert(sizeof(struct row) == 56, "millions of them are kept");

/* The objects of a section of the present, in file order. */
struct table {
	struct row *rows;
	size_t count, room;
	size_t merged;               /* of them */
	struct blob *file;           /* NULL: the section has none */
	char *path;
	uint64_t covered;            /* ATTR_BITs that were asked for */
	uint32_t *piece_rows;        /* each piece's first row, and the end */
	size_t pieces;
};

/* A line that completes an object of another line, or of another section. */
struct supplement {
	enum section owner;          /* the object's section */
	uint32_t row;                /* in it, from 0 */
	enum section section;        /* the line's */
	uint64_t place;
	uint32_t wanted;
	bool is_linked;              /* the line is a linked mailbox's own */
};

/* A sighting as it is kept. */
enum { HISTORY_NOW = UINT16_MAX };

struct past_row {
	uint32_t older;              /* + 1; 0: none */
	uint16_t snapshot, newer;    /* in history; NEWER may be HISTORY_NOW */
	uint8_t scope, enabled;
	uint32_t wanted;
	enum section section;        /* of the line */
	uint64_t place;
};

/* The containers and domains that AD objects were found in. */
struct places {
	uint64_t *containers;        /* as container.hash, sorted in the end */
	size_t count, room;
	const char **domains;        /* DNS names */
	size_t domain_count;
};

/* What the tenant says of its synchronization; UNKNOWN: it does not. */
struct features {
	enum tristate block_hard, block_soft, soft_on_upn;
};

struct model {
	struct arena arena;          /* for what lives as long as the model */
	when_t as_of;
	unsigned jobs;
	const struct policy *policy;
	const struct edits *edits;   /* of the present's AD; NULL: none */
	struct scope *scope;
	struct scope *past_scope;    /* of history, when it was another */
	const struct snapshot *present[SIDE_COUNT];    /* or NULL */
	const struct snapshot **history;               /* AD, newest first */
	size_t history_count;
	struct table tables[SECTION_COUNT];
	struct supplement *supplements;                /* by owner and row */
	size_t supplement_count, supplement_room;
	struct past_row *past;
	size_t past_count, past_room;
	struct table *past_tables;   /* SECTION_COUNT for each of history */
	struct keys claims;          /* contested values, by claim_hash */
	struct features features;
	struct places places;        /* where AD objects lie */
	struct guid_set admins;      /* Entra ids that hold a role */
	struct guid_set cloud_managed;
	long deletion_threshold;     /* more stop the export; 0: none do */
	enum tristate has_metadata;  /* any user has; UNKNOWN: not yet read */
	enum tristate has_synced;    /* the same, of the tenant's users */
	bool has_synced_contacts;    /* the same, of its contacts */
	bool has_anchored;           /* any user's account has his anchor */

	const char *initial_domain;    /* NULL: not known */
	bool domains_known;            /* the verified ones */
	const char **verified_domains;
	size_t verified_count;
	const char *default_domain;    /* the tenant's default, or NULL */
};

/* How a model is built; the rules that will run over it may be few. */
struct model_plan {
	const struct policy *policy;
	const struct policy *past;     /* for history; NULL: the same */
	struct edits *edits;           /* NULL: none */
	when_t as_of;                  /* WHEN_NONE: the newest snapshot's */
	unsigned jobs;
	const bool *rules;             /* rules_count() of them; NULL: all */
};

/*
 * Builds the model from COUNT open snapshots, which stay the caller's and must
 * outlive it. 0, or -1 with ERR filled; release it in either case.
 */
int model_load(struct model *m, const struct snapshot **snapshots,
               size_t count, const struct model_plan *plan, struct err *err);
void model_release(struct model *m);

/* The snapshot that speaks for the section, or NULL. */
const struct snapshot *model_source(const struct model *m, enum section s);
/* Whether the section is there and whole. */
bool model_complete(const struct model *m, enum section s);
/* Whether every attribute of the set was asked for in the section. */
bool model_covers(const struct model *m, enum section s, uint64_t attrs);
bool model_is_verified(const struct model *m, const char *domain);
/* How many objects the section has. */
uint64_t model_objects(const struct model *m, enum section s);

/* Adds a line that completes an object. */
void model_supplement(struct model *m, struct supplement s);

#endif
