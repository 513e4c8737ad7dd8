/*
 * Who has an address or a name beside the object that it might be given to: of
 * all that was read of AD and of the tenant, in scope or not, its deleted users
 * as well.
 */
#ifndef ANALYZE_RULES_IN_USE_H
#define ANALYZE_RULES_IN_USE_H

#include <stdbool.h>
#include <stddef.h>

#include "analyze/object/object.h"
#include "base/err.h"

struct arena;
struct fetch;
struct key;
struct model;
struct object;

/* What others are read with. */
struct reading {
	const struct model *m;
	struct fetch *fetch;
	struct arena *arena;       /* theirs, and for lists of them */
	struct err *err;
	bool failed;               /* a line could not be read; ERR says so */
	/* What sync joins with an object counts as another one. */
	bool apart;
	bool ad_alone;             /* only objects of AD count */
};

/*
 * Whether two objects of AD are one, or become one: sync joins them, or they
 * are a linked mailbox and its master account.
 */
bool in_use_is_one(const struct model *m, const struct object *o,
                   const struct object *other);
/*
 * Whether anybody but O has ADDRESS, as an address or as a UPN. What O has
 * itself may be of an account that may be its own.
 */
bool in_use_by_other(struct reading *r, const struct object *o,
                     const char *address);
/* The same, as a value of that kind alone. */
bool in_use_as(struct reading *r, const struct object *o, enum unique kind,
               const char *address);
/*
 * A way through the objects of AD but O that the indexes name for a value, an
 * address, a UPN or another one of proxyAddresses, by themselves or by their
 * accounts. A fingerprint is no proof, and many have a value that only may be
 * proposed to them, or is masked: who asks reads and compares each.
 */
struct owner_walk {
	const struct object *o;
	uint64_t hashes[2];
	size_t list;                 /* the next one */
	const struct key *at, *end;  /* of the one at hand */
	struct key *met;             /* in the reading's arena */
	size_t met_count, met_room;
};

void in_use_walk(struct owner_walk *w, const struct object *o,
                 const char *value);
/* The next one, each once; false: that was all. */
bool in_use_next_owner(struct reading *r, struct owner_walk *w,
                       struct key *out);

/* Deleted users hold nothing, but had it. */
enum alive { HOLDERS_LIVING, HOLDERS_DELETED };

/*
 * Who else has VALUE, of proxyAddresses or a sign-in name, that the account O
 * is refused: in the tenant first. Or NULL.
 */
const struct object *in_use_who_has(struct reading *r, const struct object *o,
                                    const char *value, enum alive of);
/*
 * The next object of another domain of AD that has O's sAMAccountName, comes
 * before it, and may have mail in DOMAIN, or NULL; *AT begins as 0.
 */
const struct object *in_use_namesake(struct reading *r, const struct object *o,
                                     const char *domain, size_t *at);

/*
 * The sections of AD and of the tenant of which not all was read that may have
 * an address, as a list in A; NULL: there are none. A tenant of which there is
 * no snapshot is asked only with ASKED_OF_ALL.
 */
enum asked_of { ASKED_OF_ALL, ASKED_OF_GIVEN };
const char *in_use_unread(const struct model *m, enum asked_of of,
                          struct arena *a);

#endif
