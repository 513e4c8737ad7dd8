/*
 * The sync scope: which AD objects the engine takes, by the policy's OUs and
 * group and by the engine's default filters (RULEXML, the sample configuration
 * of the AADConnectConfigDocumenter repository; "Microsoft Entra Connect Sync:
 * Understanding the default configuration").
 */
#ifndef ANALYZE_SCOPE_SCOPE_H
#define ANALYZE_SCOPE_SCOPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/object/object.h"

struct arena;
struct buf;
struct filter_set;
struct policy;
struct scope;
struct snapshot;

struct scope *scope_new(const struct policy *p);
/* Says the same of all objects; TEXT is what scope_text says. */
struct scope *scope_fixed(struct scope_verdict all, const char *text);
void scope_free(struct scope *s);

/*
 * Whether DN is one of the policy's filter groups, whose members are wanted; it
 * is met then.
 */
bool scope_is_group(struct scope *s, const char *dn);
/* The first filter group that was not met, as written; NULL: all were. */
const char *scope_unmet_group(const struct scope *s);
/* Takes a direct member of any filter group. */
void scope_add_member(struct scope *s, const char *dn);
/* There are members that were not collected. */
void scope_members_unread(struct scope *s);
/* All members are there; scope_judge may be called. */
void scope_members_done(struct scope *s);

/* Of an object without a DN, where the policy names places. */
extern const struct scope_verdict scope_not_known;
/* Of one that lay out of scope when last its place was told. */
extern const struct scope_verdict scope_was_out;

/* What the policy's containers and group say of the object DN, or NULL. */
struct scope_verdict scope_place(const struct scope *s, const char *dn);
/*
 * The same for the objects that lie directly in PARENT; *EACH when one of them
 * may be named itself, so that scope_place must be asked for each.
 */
struct scope_verdict scope_children(const struct scope *s, const char *parent,
                                    bool *each);

/*
 * Whether the policy's containers exist: take those of AD one by one, then ask
 * for the first that none of them was; NULL when all were met.
 */
void scope_meet(struct scope *s, const char *dn);
const char *scope_unmet(const struct scope *s);
/* Takes all that the policy names in a domain, whose own are not known. */
void scope_meet_domain(struct scope *s, const char *domain);
/* All of AD's containers were taken. */
void scope_containers_done(struct scope *s);
/*
 * The included container that DN lies below, if AD has none of that name, or
 * NULL: it has, or not all of AD's containers were taken.
 */
const char *scope_gone_container(const struct scope *s, const char *dn);

/* The scope in a sentence; belongs to the scope. */
const char *scope_text(const struct scope *s);

/* ---- filters (filters.c) ---- */

/*
 * Sets o->scope: PLACE, or what a default filter of the engine says, or one of
 * CUSTOM, which may be NULL. COVERED is what was asked for: a
 * filter of the engine that needs another attribute is not applied, and what
 * one of CUSTOM that does says is not known. Reasons belong to the scope and
 * the policy.
 */
void scope_judge(struct object *o, const struct attr_set *covered,
                 const struct filter_set *custom, struct scope_verdict place);

/*
 * The same for what depends on the engine, and on whether the object has an
 * account already: a group over its limit that has one stays, and a user
 * without the mail by which forests are joined.
 */
void scope_judge_account(const struct policy *p, struct object *o,
                         const struct attr_set *covered, struct arena *a);

/* ---- forests and domains (domains.c) ---- */

/* A forest: what the policy says of it holds for all its domains. */
struct forest {
	const char *name;            /* DNS name; "": not known */
	const struct policy *policy; /* what holds for it */
	struct scope *scope;
	struct scope *past;          /* that history has; NULL: the same */
	struct attr_set join_unread; /* what joins go by, and it has not */
};

/* A domain that a snapshot holds. */
/*
 * What AD does with a change of an object that Cloud Sync writes, as the
 * domain's policy CN=Cloud,CN=SOA-Policies,CN=System says.
 */
enum soa_policy {
	SOA_POLICY_UNREAD,       /* nor is it known whether there is one */
	SOA_POLICY_AUDIT, SOA_POLICY_ENFORCED
};

struct domain {
	size_t index;                /* among all domains */
	const char *name;            /* DNS name in lower case; "": not known */
	const char *sid;             /* as text; NULL: not known */
	const struct forest *forest;
	bool unconnected;            /* no connector of the server names it */
	bool unnamed;                /* the scope takes nothing of it */
	/* The newest that holds it; NULL: it is gone from its forest. */
	const struct snapshot *present;
	size_t at;                   /* in PRESENT, or ALL_DOMAINS */
	size_t history;              /* older snapshots that hold it */
	uint64_t objects;            /* that PRESENT has of it */
	enum soa_policy soa;
	/*
	 * Of its forest's Exchange, where nobody has a mailbox any more: how
	 * many points of Autodiscover there are, and where one leads.
	 */
	size_t service_points;
	const char *service_point, *service_url;
};

/* A name that a domain had. */
struct domain_alias {
	const char *name;
	const struct domain *domain;
};

/* A domain that a forest has, and no snapshot holds. */
struct unread_domain {
	const char *name, *forest;   /* DNS names */
};

/*
 * All domains, by name, and their forests. What lies in none of them is judged
 * by REST: by what the policy says of every forest. They live in the arena that
 * whoever fills this has.
 */
struct domains {
	struct domain *items;
	size_t count;
	size_t with_objects;         /* of them */
	struct domain_alias *names;  /* by which they are known, too */
	size_t name_count;
	struct unread_domain *unread;        /* as forests tell */
	size_t unread_count, unread_room;
	struct forest *forests;      /* by name */
	size_t forest_count;
	bool joins_unread;           /* some forest has such attributes */
	struct forest rest;
	struct scope *unconnected;   /* of domains that no connector names */
};

/* By a DNS name, whatever its case; NULL: there is none. */
const struct domain *domains_find(const struct domains *ds, const char *name);
/* That of objects which say neither DN nor canonical name, or NULL. */
const struct domain *domains_unknown(const struct domains *ds);
/* The forest of D; of NULL the rest. */
const struct forest *domains_forest(const struct domains *ds,
                                    const struct domain *d);
/* For texts: NULL where D is, or the name is not known. */
const char *domain_name(const struct domain *d);
const char *domain_forest_name(const struct domain *d);
/* Appends "DC=corp,DC=example" of "corp.example"; nothing of no name. */
void domain_dn(const struct domain *d, struct buf *out);
/* What the scope of its forest says of the objects at the domain's top. */
struct scope_verdict domain_place(const struct domain *d);
/* Frees the scopes. */
void domains_release(struct domains *ds);

/* ---- containers (container.c) ---- */

/*
 * The containers that objects lie in. There are few of them beside the objects:
 * what a DN's parent decides is worked out once. Each thread has its own.
 */
struct container {
	const char *dn;              /* as it is written; "" at the top */
	size_t len;
	uint64_t hash;               /* of the normalised DN; 0: is none */
	const char *domain;          /* the DNS name that its DN gives */
	const struct domain *of;     /* the same, or NULL: none that is known */
	struct scope_verdict place;  /* what the policy says of its children */
	bool each;                   /* they must be asked for one by one */
};

struct containers;

/* Whose scope it is: that of the present, or of older snapshots. */
enum scope_age { SCOPE_OF_NOW, SCOPE_OF_PAST };

/* It borrows DS. */
struct containers *containers_new(const struct domains *ds,
                                  enum scope_age age);
void containers_free(struct containers *cs);

/* Those that CS has met: *AT begins as 0; NULL at the end. */
const struct container *containers_next(const struct containers *cs,
                                        size_t *at);

/* The container of the object DN; lives as long as CS. */
const struct container *container_of(struct containers *cs, const char *dn);

/*
 * What the policy's containers and group say of the object O of AD, whose
 * domain is set.
 */
struct scope_verdict container_place(struct containers *cs, struct object *o);
/*
 * The domain of O, by its DN, or else its canonical name; NULL: it is none that
 * is known.
 */
const struct domain *container_domain(struct containers *cs,
                                      const struct object *o);

/* A fingerprint in which equal DNs are equal; 0 when DN is none. */
uint64_t container_dn_hash(struct containers *cs, const char *dn);

#endif
