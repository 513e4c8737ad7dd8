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
	PURPOSE_DOMAINS,
	PURPOSE_SETTINGS,        /* of the tenant's synchronization */
	PURPOSE_COUNT
};

struct reads {
	const char *name;        /* "proxyAddresses" */
	enum purpose purpose;
	struct section_set sections;
};

/* What is read under that name in the section, whatever its case, or NULL. */
const struct reads *reads_find(enum section s, const char *name);
/*
 * Whether the analysis reads the attribute in the section. A filter of the
 * policy may name any other attribute of AD; that is known only then.
 */
bool reads_has(enum section s, const char *name);

/* The table itself, for those that go through all of it. */
size_t reads_count(void);
const struct reads *reads_at(size_t i);

#endif
