/*
 * What the analysis reads of a snapshot: which attributes of each section, as
 * the section spells them, and what for. Stages know nothing of each other, so
 * that this is data, and tests/unit/reads.c holds it against the rules and
 * against analyze/object/attributes.h.
 */
#ifndef COLLECT_SCHEMA_READS_H
#define COLLECT_SCHEMA_READS_H

#include <stdbool.h>
#include <stddef.h>

#include "collect/schema/section_set.h"

/* What an attribute is read for. */
enum purpose {
	PURPOSE_OBJECT,          /* which object it is, and of what kind */
	PURPOSE_MATCHING,        /* which account belongs to which object */
	PURPOSE_SYNCED,          /* what the tenant has of synchronization */
	PURPOSE_SIGN_IN,
	PURPOSE_ADDRESSES,
	PURPOSE_EXCHANGE,        /* what Exchange makes of the object */
	PURPOSE_NAMES,           /* what people read */
	PURPOSE_ENABLED,
	PURPOSE_PASSWORDS,
	PURPOSE_SCOPE,           /* what synchronization leaves out */
	PURPOSE_LICENCES,
	PURPOSE_HISTORY,         /* what became of the object, and when */
	PURPOSE_ERRORS,          /* what the tenant reports of it */
	PURPOSE_DOMAINS,
	PURPOSE_SETTINGS,        /* of the tenant's synchronization */
	PURPOSE_COUNT
};

/* What it takes for the purpose to be known. */
enum want {
	WANT_EACH,               /* else it is known in part only */
	WANT_ONE,                /* of these, one will do */
	WANT_INSTEAD,            /* it does as well as one of these */
	WANT_NONE,               /* it helps where it is there */
};

/*
 * What tells that an attribute without any value was asked for: others of its
 * kin that have values (collect/import/empty.c).
 */
enum kin {
	KIN_ALONE,               /* nothing but itself */
	KIN_EXCHANGE,            /* what an Exchange schema or server gives */
	KIN_SELDOM,              /* what most objects do not have */
	KIN_ALWAYS,              /* every object has it */
	KIN_ANCHOR,              /* what synchronization writes of AD */
	KIN_SYNCED,              /* whether it does so */
	KIN_FATE,                /* no object that lives has it */
	KIN_LIST,                /* a list, which is there when it is empty */
};

struct reads {
	const char *name;        /* "proxyAddresses" */
	enum purpose purpose;
	struct section_set sections;
	enum want want;
	enum kin kin;
};

/* "addresses", "are". */
struct purpose_word {
	const char *name, *verb;
};

struct purpose_word purpose_word(enum purpose p);

/* What is read under that name in the section, whatever its case, or NULL. */
const struct reads *reads_find(enum section s, const char *name);
/*
 * Whether the analysis reads the attribute in the section. A filter of the
 * policy may name any other attribute of AD; that is known only then.
 */
bool reads_has(enum section s, const char *name);

/* Its number in the table, from 0; reads_count() for none. */
size_t reads_number(const struct reads *r);

/* A rule of the analysis, as far as it reads attributes. */
struct reader {
	const char *rule;
	struct section_set sections;     /* whose objects it judges */
	const char *reads[6];
	const char *any[2];              /* of these, one will do */
	const char *each[6];             /* each of them by itself */
	bool matches;                    /* it needs the object's account */
	bool seldom;                     /* only a profile of its own has it */
};

size_t readers_count(void);
const struct reader *readers_at(size_t i);
/*
 * How many rules cannot judge objects of the section, where LACKS says of each
 * row of the table by its number that it was not collected there.
 */
size_t readers_stopped(enum section s, const bool *lacks);
/* How many of them need to know which account an object has. */
size_t readers_matching(enum section s);

/* The table itself, for those that go through all of it. */
size_t reads_count(void);
const struct reads *reads_at(size_t i);

#endif
