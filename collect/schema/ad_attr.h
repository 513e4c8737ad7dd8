/*
 * What we know of Active Directory's attributes: spelling, kind and shape, and
 * how a raw value becomes one of a record. All ways that AD objects come in
 * use it, so that a snapshot does not show which way they came.
 */
#ifndef COLLECT_SCHEMA_AD_ATTR_H
#define COLLECT_SCHEMA_AD_ATTR_H

#include <stddef.h>

#include "base/record.h"
#include "collect/schema/section.h"

/* The attribute that holds an object's distinguished name. */
#define AD_DN "dn"

enum attr_treat {
	TREAT_PLAIN,
	TREAT_CUT_NUL,    /* AD ends the text in a NUL */
	TREAT_SECRET,     /* a password or a key: never stored */
};

struct ad_attr {
	const char *name;        /* LDAP display name, spelt as in the schema */
	enum value_kind kind;    /* VALUE_TEXT or VALUE_BYTES */
	enum attr_shape shape;
	enum attr_treat treat;
	unsigned rank;           /* place among those written first; 0: none */
};

/* The attribute NAME, whatever its case; NULL when we do not know it. */
const struct ad_attr *ad_attr_find(const char *name);
/*
 * Where the attribute stands in an object of the snapshot; NULL stands for
 * every unknown one and comes last.
 */
size_t ad_attr_order(const struct ad_attr *a);
/* The table itself, for those that go through all of it. */
size_t ad_attr_count(void);
const struct ad_attr *ad_attr_at(size_t i);
size_t ad_attr_index(const struct ad_attr *a);

/*
 * Adds one value as LDAP gave it, under the attribute's own spelling and in its
 * kind and shape. A text that is none (not UTF-8, or with a NUL) becomes
 * {"base64":"..."}. A secret is left out: an export made by an administrator
 * can hold LAPS and BitLocker passwords in clear text.
 */
void ad_record_add(struct record *r, const char *name, const char *data,
                   size_t len);

/* What is known of a raw value. */
enum raw_value { RAW_TEXT, RAW_UNKNOWN };    /* UTF-8 without NUL, or not */

/*
 * The same in steps, for who looked up the name (A; NULL: unknown): the number
 * that the attribute has in R, whose tag becomes ad_attr_index + 1; a value. A
 * is no secret.
 */
size_t ad_record_attribute(struct record *r, const struct ad_attr *a,
                           const char *name);
void ad_record_append(struct record *r, size_t number,
                      const struct ad_attr *a, enum raw_value raw,
                      const char *data, size_t len);

/* The section that an object belongs to, by its class (ad_section.c). */
enum section ad_section(const struct record *r);

#endif
