/*
 * What is kept while a model is built and not longer: the fingerprints by which
 * objects find each other; and an object on its way into the model.
 */
#ifndef ANALYZE_LOAD_REGISTRY_H
#define ANALYZE_LOAD_REGISTRY_H

#include "analyze/load/look.h"
#include "analyze/load/twin.h"
#include "analyze/model/model.h"

/* The fingerprints that are kept while a model is built. */
struct registry {
	struct model *m;
	struct screen *screen;
	unsigned wants;                      /* its SCREEN_ bits */
	struct keys ids[SECTION_COUNT];      /* GUIDs */
	struct keys sids[SECTION_COUNT];     /* AD, where history needs them */
	struct twin_ways twins[SECTION_COUNT]; /* tenant */
	struct keys held;                    /* tenant: by unique_hash */
	struct keys linked;                  /* AD: SIDs of masters */
	struct keys anchors;                 /* AD: no objectGUIDs */
	struct keys lost;                    /* AD: see lost_accounts_note */
	struct keys beside, names;           /* as IN_USE_ has them */
	struct keys values[SECTION_COUNT];   /* AD: all of an object's */
	struct key_list holdings;            /* AD: by past_holdings; no hash */
	struct keys repeats;                 /* AD: by repeated_hash */
	bool join_value;                     /* AD: somebody has it in scope */
	bool timeline;                       /* what happened is told */
	struct look_list looks[SECTION_COUNT];         /* then, of each row */
	unsigned *absences[SECTION_COUNT];   /* by the numbers of domains */
};

void registry_release(struct registry *g);

/* What comes of one object, on its way into the model. */
struct entry_lists {
	struct key_list id, sid;
	struct key_list held;        /* of tenant objects */
	struct key_list claim;       /* of AD objects */
	struct key_list linked, anchor;
	struct key_list lost;        /* what accounts are known by */
	struct key_list beside;      /* addresses that are only in use */
	struct key_list names;       /* account names and aliases, too */
	struct key_list values;
	struct key_list holding;
	struct key_list repeat;
	struct key_list controller;  /* names of domain controllers */
	struct key_list member_dn, member_sid;
	struct key_list holder;      /* rows of the tenant; none from BASE */
	struct key_list twins[TWIN_WAYS];
	struct look_list looks;
	bool join_value;             /* FACT_JOIN_VALUE */
};
void entry_lists_release(struct entry_lists *l);
/* The model's and the registry's; rows of the lists count from BASE. */
void registry_take(struct registry *g, enum section s, struct entry_lists *l,
                   size_t base);

/* An object on its way into the model, and a thread's means for that. */
struct entry {
	struct object *o;
	enum section s;
	uint32_t row;                /* in its section, or in LISTS' BASE */
	struct row *r;
	struct entry_lists *lists;
	struct arena *texts;         /* for what outlives the object */
	struct arena *scratch;       /* for what does not */
	struct fetch *fetch;
	unsigned lane;               /* of the screen */
	struct err *err;
};

/* Adds a key for ROW of a section. */
void registry_note(struct key_list *l, uint64_t hash, uint32_t row,
                   enum section s);

#endif
