/*
 * Objects of AD that sync takes for one (joined_pair.c): it joins users, and
 * users with contacts, of several forests that one server synchronizes
 * ("Understanding Users, Groups, and Contacts"; "Custom installation of
 * Microsoft Entra Connect", Uniquely identify your users); those under Cloud
 * Sync with nobody. Groups are never joined.
 */
#ifndef ANALYZE_MODEL_JOINING_H
#define ANALYZE_MODEL_JOINING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/object/object.h"

struct model;
struct model_part;
struct row;

/* What the domains of two objects are to each other. */
enum pairing {
	PAIR_WITHIN,             /* one forest, as far as is known */
	PAIR_ACROSS,             /* two, and one server */
	PAIR_APART,              /* an engine that joins nobody has one */
};
enum pairing joined_pairing(const struct model *m, const struct object *a,
                            const struct object *b);
/*
 * By what two different objects are one, if sync takes both; their links are
 * there. Equal anchors are told also where they are a conflict.
 */
enum joined_by joined_pair(const struct model *m, const struct object *a,
                           const struct object *b);
/*
 * Whether two may be one whose mail was not asked for: contacts are joined by
 * it, and users of two forests may be.
 */
bool joined_may_be(const struct model *m, const struct object *a,
                   const struct object *b);
/* Whether there may be such of the kind in the part. */
bool joined_by_mail_is_open(struct model_part p, enum kind kind);
/*
 * Fingerprints by which O can find others that are one with it, beside those of
 * anchors and SIDs; *OUT in A; how many.
 */
size_t joined_prints(const struct model *m, const struct object *o,
                     struct arena *a, uint64_t **out);

/* Whether what the policy joins O by was collected of it. */
bool joined_is_read(const struct model *m, const struct object *o);
/* Notes which forests lack what joins go by; the tables are open. */
void joined_fill(struct model *m);
/* Whether O has what its policy joins objects of several forests by. */
bool joined_has_value(const struct model *m, const struct object *o);
/*
 * Whether what the policy joins O by was not collected: of it, or of those of
 * another forest that it may be one with; or nobody has it.
 */
bool joined_is_open(const struct model *m, const struct object *o);
/*
 * Whether HOLDER, of the tenant, may be what sync joins the contact with (GAL
 * synchronization): it is synchronized from a domain that was not read.
 */
bool joined_with_unread(const struct model *m, const struct row *contact,
                        const struct object *holder);

#endif
