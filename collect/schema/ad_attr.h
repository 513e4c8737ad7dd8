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

/* Whether values name other objects, whose names may change. */
enum attr_link { LINK_NONE, LINK_DN };

/* Which searches of a live AD ask for it: those for what has it. */
enum attr_ask {
	ASK_ANY = 1 << 0,        /* every object that is read */
	ASK_IDENTITY = 1 << 1,   /* whatever is no setting or container */
	ASK_ACCOUNT = 1 << 2,
	ASK_MAIL = 1 << 3,       /* recipients of mail */
	ASK_MAILBOX = 1 << 4,
	ASK_PERSON = 1 << 5,
	ASK_TELEPHONY = 1 << 6,
	ASK_MEMBERS = 1 << 7,    /* groups */
	ASK_MACHINE = 1 << 8,
	ASK_CONTAINER = 1 << 9,
	ASK_TOMBSTONE = 1 << 10,
	ASK_PARTITION = 1 << 11, /* settings of the forest */
	ASK_SERVER = 1 << 12,
	ASK_SCHEMA = 1 << 13,
	ASK_EXCHANGE = 1 << 14,  /* settings of Exchange */
	ASK_POLICY = 1 << 15,    /* settings of a domain */
};

struct ad_attr {
	const char *name;        /* LDAP display name, spelt as in the schema */
	enum value_kind kind;    /* VALUE_TEXT or VALUE_BYTES */
	enum attr_shape shape;
	enum attr_treat treat;
	enum attr_link link;
	unsigned rank;           /* place among those written first; 0: none */
	unsigned ask;            /* ASK_ bits; 0: nobody asks for it */
	const char *shown;       /* Get-ADUser's word for it, if another */
};

/* The attribute NAME, whatever its case; NULL when we do not know it. */
const struct ad_attr *ad_attr_find(const char *name);
/* The attribute that PowerShell calls SHOWN, or NULL. */
const struct ad_attr *ad_attr_shown(const char *shown);
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

/* The same, for who looked up the name (A; NULL: unknown). */
void ad_record_add_as(struct record *r, const struct ad_attr *a,
                      const char *name, const char *data, size_t len);

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

/*
 * The section that an object belongs to (ad_section.c): by its class, whose
 * values may be joined into one text; where that was left out, by what else
 * tells for certain.
 */
enum section ad_section(const struct record *r);
/*
 * The same, and whether it is known what the object is: of AD_OTHER and
 * AD_CLASS_UNKNOWN nobody knows whether it should be judged.
 */
enum ad_class { AD_CLASS_KNOWN, AD_CLASS_UNKNOWN };
enum section ad_section_of(const struct record *r, enum ad_class *known);

#endif
