/*
 * What older snapshots say that newer ones do not: of each object a chain of
 * values that it had, each with the looks between which it lost them. What
 * stays the same costs nothing. A part of the model's header.
 */
#ifndef ANALYZE_MODEL_TIMELINE_H
#define ANALYZE_MODEL_TIMELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/model/rows.h"
#include "base/hash_index.h"

struct model;

/* What a look tells of an object. */
enum look_fact {
	/* Texts; of proxyAddresses they are joined, the first with a ", ". */
	LOOK_PLACE, LOOK_UPN, LOOK_MAIL, LOOK_PROXIES, LOOK_NICKNAME,
	LOOK_TARGET,
	LOOK_PASSWORD,               /* AD: a time */
	LOOK_PRINTS,                 /* of these a fingerprint is compared */
	/* States. */
	LOOK_ENABLED = LOOK_PRINTS,
	LOOK_SCOPE, LOOK_SYNCED, LOOK_LICENSED, LOOK_EXCHANGE, LOOK_LIFE,
	LOOK_FACTS
};

/* In the place of a state: it is not known. */
enum { LOOK_UNSEEN = UINT8_MAX };

/* The states of LOOK_LIFE. */
enum life { LIFE_LIVE, LIFE_DELETED, LIFE_ABSENT };

/*
 * A value that an object had, and had no more at the next newer look; or has
 * still, of what was written more than once in between.
 */
struct past_value {
	uint32_t older;              /* in the chain, + 1; 0: none */
	/* The last look that has it and the first that has another: */
	uint16_t snapshot, newer;    /* in history; NEWER may be HISTORY_NOW */
	uint8_t fact, state;         /* enum look_fact; of a state */
	bool opens;                  /* what came then is not known */
	bool exact;                  /* WHEN is the only write since */
	/*
	 * Of LOOK_PASSWORD the value; of a deleted user's LOOK_LIFE when it was
	 * deleted; else the last write until NEWER, or WHEN_NONE.
	 */
	when_t when;
	const char *text;            /* NULL: none */
};

/* What an object had at a look, of each fact that is a text. */
struct look_texts {
	const char *of[LOOK_TARGET + 1];
};

/* One that the present does not have. */
struct gone_object {
	enum section section;
	bool has_guid, has_anchor;
	bool is_owned;               /* tenant: by an AD object that is there */
	struct guid guid;            /* objectGUID, or the Entra id */
	struct guid anchor;          /* tenant: in its immutableId */
	unsigned domain;             /* AD: its number, from 1; 0: unknown */
	uint16_t snapshot;           /* the last that has it */
	uint32_t newest;             /* of its values, + 1 */
	struct look_texts had;       /* in that */
	const char *sam, *sid;       /* or NULL */
	uint8_t states[LOOK_FACTS];  /* likewise; or LOOK_UNSEEN */
	when_t created, deleted;     /* or WHEN_NONE */
	when_t password;
};

/* All of one side, where older snapshots of it are there. */
struct timelines {
	struct past_value *values;
	size_t count, room;
	uint32_t *newest[SECTION_COUNT];     /* of each row, + 1; 0: none */
	struct gone_object *gone;
	size_t gone_count, gone_room;
	struct hash_index names;     /* of GONE: as gone_name_hash */
	struct hash_index anchors;   /* of GONE: of the tenant */
};

/* The newest value that the row's object had and has no more; 0: none. */
uint32_t timelines_newest(const struct timelines *t, enum section s,
                          uint32_t row);
/* What a name of an object is found by; 0: it has none. */
enum gone_name { GONE_SAM, GONE_UPN, GONE_NAMES };
uint64_t gone_name_hash(enum gone_name which, const char *name,
                        unsigned domain);

/* When the snapshot of that number in the side's history was taken; NOW. */
when_t timelines_when(const struct model *m, enum side side, uint16_t snapshot,
                      const struct domain *d);
/* The oldest look at the domain, or at the tenant; WHEN_NONE: none. */
when_t timelines_begin(const struct model *m, enum side side,
                       const struct domain *d);
/* When AD deleted the object of that GUID; WHEN_NONE: it does not say. */
when_t tombstones_when(const struct model *m, const struct guid *guid);

#endif
