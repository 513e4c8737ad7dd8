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

#include "analyze/model/account.h"
#include "analyze/model/joining.h"
#include "analyze/model/keys.h"
#include "analyze/model/known.h"
#include "analyze/model/organization.h"
#include "analyze/model/reading.h"
#include "analyze/model/record_scan.h"
#include "analyze/model/rows.h"
#include "analyze/model/role_rank.h"
#include "analyze/model/service.h"
#include "analyze/model/timeline.h"
#include "analyze/model/unjoined.h"
#include "analyze/model/unseen.h"
#include "analyze/model/verified.h"
#include "analyze/model/went.h"
#include "analyze/object/object.h"
#include "analyze/scope/scope.h"
#include "base/blob.h"
#include "base/crew.h"
#include "base/err.h"
#include "base/guid_set.h"
#include "base/mem.h"
#include "base/when.h"
#include "collect/snapshot/snapshot.h"

struct data;
struct edits;
struct facts;
struct fetch;
struct model;
struct policy;

/*
 * Which keys were collected of a section of the tenant, and with it of AD: what
 * was not collected is not known, so that an account without keys may be
 * anyone's (joins.c).
 */
struct joins {
	bool matter;                 /* AD has objects of the kind */
	enum attr anchor;            /* its key; ATTR_COUNT: it has none */
	bool by_anchor, by_sid;      /* AD has what these are compared with */
	bool knows_anchor;           /* who has none is not synchronized */
	bool knows_synced;           /* who is not said to be is not */
	bool tells;                  /* whoever is synchronized shows a key */
	bool by_name;                /* the names of objects count as well */
	bool open;                   /* it has accounts that may be anyone's */
	bool stray;                  /* it tells, but some show none */
	bool some;                   /* or that are, or may be, synchronized */
};

/* What a screen wants to be known of objects when it sees them. */
enum screen_want {
	SCREEN_FORECAST = 1,         /* what becomes of them */
	SCREEN_SHARERS = 2,          /* who else has an address */
	SCREEN_UNCLAIMED = 4,        /* accounts that no AD object stands for */
	SCREEN_MEMBERS = 8,          /* which of its members a group keeps */
	SCREEN_HOLDERS = 16,         /* what only holds addresses */
	SCREEN_REPEATS = 32,         /* what is nobody else's */
};

/*
 * Looks at every object while the model is built: a suspect is judged later.
 * Whoever judges hands it in. Embed it.
 */
struct screen {
	/* When all is there but the objects. Returns SCREEN_ bits. */
	unsigned (*open)(struct screen *s, const struct model *m);
	/* Whether O is a suspect; a lane is one thread's. */
	bool (*suspects)(struct screen *s, unsigned lane,
	                 const struct object *o);
	void (*close)(struct screen *s);
};

/* A mailbox on premises that Exchange lists, of no object of AD. */
struct listed_mailbox {
	struct guid guid;
	const char *dn, *type_name;
	int64_t type;              /* msExchRecipientTypeDetails */
	const struct snapshot *from;
};

/* What Exchange Online's list of mailboxes has, and that of Exchange. */
struct listed_mailboxes {
	struct listed_mailbox *apart;        /* on premises, by GUID */
	size_t apart_count, apart_room;
	size_t unplaced;           /* of Exchange, of no object of AD */
	size_t lost;               /* of accounts, but of which is not known */
	size_t unsaid;             /* nobody says who manages them */
	unsigned kinds;            /* ONLINE_BITs */
	size_t licensed_in, licensed_out; /* users that are in it, or not */
};

struct model {
	struct arena arena;          /* for what lives as long as the model */
	when_t as_of;
	unsigned jobs;
	const struct policy *policy;
	const struct data *data;     /* or NULL: none was opened */
	const struct edits *edits;   /* of the present's AD; NULL: none */
	const struct baseline *baseline;     /* of an earlier run; or NULL */
	struct domains domains;
	/*
	 * Snapshots of AD that are the present of a domain, the newest first;
	 * and those that hold domains of which others are.
	 */
	const struct snapshot **ad;
	size_t ad_count;
	const struct snapshot **history;
	size_t history_count;
	const struct snapshot *tenant;                 /* or NULL */
	const char *tenant_id;                         /* or NULL */
	const struct snapshot **other_tenants;         /* not judged */
	size_t other_tenant_count;
	struct past_accounts past;   /* of the tenant that is judged */
	struct timelines timelines[SIDE_COUNT];        /* by enum side */
	struct table tables[SECTION_COUNT];
	struct joins joins[SECTION_COUNT]; /* of the tenant's */
	struct listed_mailboxes mailboxes;
	struct supplement *supplements;                /* by owner and row */
	size_t supplement_count, supplement_room;
	struct history_row *history_rows;
	size_t history_row_count, history_row_room;
	struct table *history_tables; /* SECTION_COUNT for each of history */
	struct unjoined_mailboxes unjoined; /* linked ones */
	struct keys claims;          /* contested values, by unique_hash */
	/* If rules ask for sharers, all that is in use, by unique_hash. */
	struct keys in_use[IN_USE_COUNT];
	struct keys repeats;         /* if rules ask: by repeated_hash */
	struct mail_domains mail_domains;
	/* AD objects, if rules ask for members: by container_dn_hash, by SID */
	struct keys by_dn, by_sid;
	struct features features;
	struct seen_places seen_places; /* where AD objects lie */
	struct tombstones tombstones;   /* those that were deleted */
	struct containers_then containers_then;
	struct keys controllers;     /* of domains, by name without "$" */
	/* Entra ids that hold a role, or are eligible; of groups as well. */
	struct guid_set admins;
	struct guid_set roles[ROLE_RANKS];     /* of that rank; who has, */
	struct guid_set holders[ROLE_RANKS];   /* or may have, one */
	bool admins_by_group;        /* members of groups among them count */
	struct roles_held role_names;          /* what roles are called */
	struct roles_held privileged;          /* who may have one */
	struct guid_set cloud_managed;
	struct tenant_sync sync;
	struct exchange_servers exchange;      /* of AD's snapshots */
	struct exchange_organization organization;
	struct deletion_limit deletions;
	struct facts *facts;         /* not for rules; see fact_is */

	const char *initial_domain;    /* NULL: not known */
	/* The verified ones; the policy verifies more than the tenant did. */
	bool domains_known, domains_supposed;
	const char **verified_domains;     /* utf8_domain */
	size_t verified_count, verified_room;
	size_t verified_unedited;      /* the first of them; others by edits */
	size_t verified_told;          /* of the policy's, by the tenant */
	struct unverifiable unverifiable;
	const char *default_domain;    /* the tenant's default, or NULL */
	struct tenant_domains tenant_domains;
	const char **federated_domains;    /* whose sign-in is elsewhere */
	size_t federated_count, federated_room;
};

/* What the baseline tells of events of the object of AD, or NULL. */
const struct remembered *model_remembered(const struct model *m,
                                          const struct object *o);

/* Frees what the model has; a zeroed one has nothing. */
void model_release(struct model *m);

/*
 * What is judged at once: the objects of one domain of AD; where D is NULL, all
 * domains, or those of the tenant.
 */
struct model_part {
	const struct model *m;
	const struct domain *d;
};

/* The state of a section of the part, and why it is no better, or NULL. */
enum section_state part_state(struct model_part p, enum section s);
const char *part_reason(struct model_part p, enum section s);
/* Whether all objects of the section are there; values may lack. */
bool part_complete(struct model_part p, enum section s);
/* Whether the attribute was asked for in the section, if it can be there. */
bool part_covers(struct model_part p, enum section s, enum attr attr);
/* How many lines the section has. */
uint64_t part_lines(struct model_part p, enum section s);
/* Whether the part has an older look at AD. */
bool part_has_history(struct model_part p);
/* Which files of the section asked for it, and which values of it lack. */
struct snapshot_asking part_asking(struct model_part p, enum section s,
                                   const char *attribute);
struct snapshot_lack part_lack(struct model_part p, enum section s,
                               const char *attribute);
/* Whether the user's own filter left out objects of the section. */
bool part_is_filtered(struct model_part p, enum section s);

/* The same of all of the model: only what is so of every domain is so. */
bool model_complete(const struct model *m, enum section s);
bool model_covers(const struct model *m, enum section s, enum attr attr);
/* Whether there are lines of the section. */
uint64_t model_lines(const struct model *m, enum section s);
/* The domain of a row of AD, or NULL; what holds for its forest. */
const struct domain *model_domain(const struct model *m, const struct row *r);
const struct policy *model_policy(const struct model *m,
                                  const struct object *o);
/* When AD was read that has the object. */
when_t model_collected(const struct model *m, const struct domain *d);
/* The snapshot that has the object of AD or of the tenant. */
const struct snapshot *model_snapshot(const struct model *m,
                                      const struct object *o);
/* How many objects the section has. */
uint64_t model_objects(const struct model *m, enum section s);

/*
 * Who belongs to the AD object of a row of section S, as far as rows tell: all
 * of struct links but what is read when objects are judged.
 */
void model_links(const struct model *m, const struct row *r, enum section s,
                 struct links *out);

/* Adds a line that completes an object. */
void model_supplement(struct model *m, struct supplement s);

/* ---- going through a section (scan.c) ---- */

/*
 * Going through a section of a snapshot from end to end, by several threads:
 * every line is read, checked and made an object of. At the end the file has
 * been held against the manifest.
 */

/* Where an object was read. */
struct seen {
	uint64_t place;
	uint32_t wanted;         /* bytes of its line that matter */
};

/* What a thread has while it goes through a piece. */
struct scan_lane {
	struct fetch *fetch;
	struct picker *picker;
	struct blob_text text;
	struct arena arena;      /* for one object */
	uint64_t leaf, lines, nameless;
	struct err err;
};

/* Embed it; fill in the upper part. */
struct scan {
	struct crew crew;        /* scan_run fills it */
	const struct model *m;
	const struct table *table;
	enum section section;
	/* Each object, in several threads at once. 0, or -1 with ERR filled. */
	int (*each)(struct scan *s, unsigned lane, struct object *o,
	            const struct seen *at);
	/* What a lane has found, piece by piece in order. */
	void (*take)(struct scan *s, unsigned lane, size_t piece);
	/* Before a lane is closed, one by one; may be NULL. */
	void (*end)(struct scan *s, unsigned lane);

	struct scan_lane *lanes;
	uint64_t *leaves;        /* of each piece */
	uint64_t *lines;         /* of each file */
	uint64_t nameless;       /* objects of AD without a key: passed over */
	struct err *err;
};

/* 0, or -1 with ERR filled. */
int scan_run(struct scan *s, struct err *err);

/* ---- tables (table.c) ---- */

/* Whose lines of a file count: those that it is the present of, or others. */
enum table_age { TABLE_NOW, TABLE_PAST };

/*
 * Adds what the snapshot has in the section, behind what T has; it may have
 * nothing. 0, or -1 with ERR filled.
 */
int table_add(struct model *m, struct table *t, const struct snapshot *from,
              enum section s, enum table_age age, struct err *err);
/* What was asked for of objects such as O. */
const struct attr_set *table_covered(const struct table *t,
                                     const struct object *o);
/* Closes its files; who reads a line of them opens them anew. */
void table_close_files(struct table *t);
void table_release(struct table *t);
/* How many lines its manifests say it has. */
uint64_t table_lines(const struct table *t);
/* The file that has the place, or the piece. */
const struct table_file *table_file_at(const struct table *t, uint64_t place);
const struct table_file *table_file_of_piece(const struct table *t,
                                             size_t piece);

/* ---- where AD has objects (seen_places.c) ---- */

/* Adds the containers that CS, of the domains DS, has met. */
void seen_places_take(struct seen_places *to, const struct containers *cs,
                      const struct domains *ds);
/* All places are known: after this they may be asked for. */
void seen_places_done(struct model *m);

/*
 * Whether AD would have been seen to hold the object of the account O, which it
 * does not show: its container has others, or its whole domain was read, and no
 * other domain of the forest may have it by now. Texts are CS's, O's, or M's.
 */
struct unseen_object seen_places_judge(const struct model *m,
                                       struct containers *cs,
                                       const struct object *o);

/* Makes synchronized accounts that no AD object stands for suspect. */
void seen_places_mark_unclaimed(struct model *m);

/* ---- members of groups (members.c) ---- */

/*
 * Replaces the key of an AD object by that of the one that stands for it in the
 * end: itself, where sync takes it for the same as no other. 0, or -1 with ERR
 * filled.
 */
typedef int find_stander(const struct model *m, struct fetch *f,
                         struct key *k, struct err *err);

/*
 * Counts what the tenant will have of the members of O, if it is a group in
 * scope that has some, all of them are known, and somebody asked for members
 * when the model was built: O->links.members, in A. Once for each reading of
 * O. 0, or -1 with ERR filled.
 */
int members_count(const struct model *m, struct fetch *f, struct object *o,
                  find_stander *stander, struct arena *a, struct err *err);

/* ---- containers under another name (renamed.c) ---- */

/*
 * Where R's object is out of scope now, and an older snapshot, or its account,
 * has it below an included container that is no more, fills O->links.renamed.
 * RENAMED_TO is what it may be called now: the object lies there as it did.
 * Under Cloud Sync, which does not notice that one was renamed, and deletes
 * nobody for that, it may be NULL; under Connect both are there, or neither.
 * 0, or -1 with ERR filled.
 */
int renamed_find(const struct model *m, struct fetch *f, const struct row *r,
                 struct arena *a, struct object *o, struct err *err);

/* ---- deletions that count together (deletion_runs.c) ---- */

/* Those that stop one export, without counts; in A; COUNT of them. */
struct deletion_run *deletion_runs(const struct model *m, struct arena *a,
                                   size_t *count);

/* ---- source anchors (anchor.c) ---- */

/* The source anchor's GUID by the policy, or NULL: the object has none. */
const struct guid *anchor_of(const struct model *m,
                             const struct object *o);
/* Whether the policy says which attribute the anchor of users comes from. */
bool anchor_is_said(const struct policy *p);
/* Whether O has an ms-DS-ConsistencyGuid that is its anchor, or may be. */
bool anchor_is_chosen(const struct policy *p, const struct object *o);
/* Whether the account that it has shows another one. */
bool anchor_differs(const struct model *m, const struct object *o);
/* Whether a user who was deleted then can be restored no more. */
bool deleted_is_purged(const struct model *m, when_t since);
/* Whether the account among the deleted users can still come back. */
bool anchor_is_restorable(const struct model *m, const struct object *o);

/*
 * Whether a group's ms-DS-ConsistencyGuid is its source anchor: it counts from
 * Connect 1.5.18.0 ("Migrate groups from one forest to another for Microsoft
 * Entra Connect"). Where the build is not known nobody knows, nor of Cloud
 * Sync, whose documents speak of objects ("Cloud Sync supported topologies").
 */
enum tristate anchor_counts_of_groups(const struct policy *p);

/* ---- Exchange Online's list of mailboxes (mailbox_list.c) ---- */

enum mailbox_list {
	MAILBOXES_NOT_LISTED,
	MAILBOXES_CUT,             /* by the number that Exchange gives */
	MAILBOXES_UNJOINED,        /* whose some are is not known */
	MAILBOXES_LISTED,
};

enum mailbox_list mailbox_list_is(const struct model *m);
/* It lacks more of those who are licensed for a mailbox than it has. */
bool mailbox_list_is_narrowed(const struct model *m);
/* As one that was asked for user or for shared mailboxes alone. */
bool mailbox_list_is_of_one_kind(const struct model *m);
/* Whether a mailbox of that kind, which it lacks, is not there. */
bool mailbox_list_has(const struct model *m, enum online_kind kind);
void mailbox_list_count(struct model *m);

/* ---- what joins can be known by (joins.c) ---- */

/* Fills what the manifests tell; the tables are open. */
void joins_fill(struct model *m);
/* Whether the tenant object tells which AD object it stands for. */
bool joins_is_placed(const struct joins *j, const struct object *o);
/* Whether an AD object that no key joined may have ACCOUNT all the same. */
bool joins_may_be_own(const struct row *ad, const struct account *account);
/* Whether the tenant object of the section may be anyone's. */
bool joins_is_open(const struct model *m, enum section s,
                   const struct object *o);
/*
 * Whether the tenant object is joined by its source anchor or by names alone:
 * it is not synchronized, so that a SID or DN is a left-over of former times,
 * or it is deleted; and what anchor it has is known.
 */
bool joins_is_parted(const struct model *m, enum section s,
                     const struct object *o);
/* Whether the AD object has no key that accounts show; contacts have none. */
bool joins_is_keyless(const struct model *m, const struct object *o);
/* The section was indexed, and has such accounts, or perhaps not. */
void joins_settle(struct model *m, enum section s);
/* Whether AD objects may be joined by name alone with those of the section. */
bool joins_use_names(const struct model *m, enum section tenant);
/* How many AD objects were joined with their accounts by name alone. */
uint64_t joins_by_name(const struct model *m);
/*
 * Whether it is known which of the kind's AD objects have accounts in the
 * tenant; NULL, or why not, which is static.
 */
const char *joins_lack(const struct model *m, enum section tenant);

/* ---- who owns attributes (authority.c) ---- */

/* Of an AD object with its links, or of a tenant object that AD has not. */
struct authorities authority_of(const struct model *m,
                                const struct object *o);
/* Of its attribute, as findings name it; NULL: of the object itself. */
enum authority authority_of_attribute(const struct model *m,
                                      const struct object *o,
                                      const char *attribute);
/* Whether it is managed in the tenant: ACCOUNT was converted, or AD says so. */
bool authority_is_cloud(const struct model *m, const struct object *o,
                        const struct account *account);
/* Whether its synchronized account keeps its mail attributes. */
bool authority_keeps_mail(const struct model *m, const struct object *o);

/* ---- edits (edited.c) ---- */

/*
 * Whether edits (what-if(5)) change names or addresses of the AD object, its
 * licence, or the domain of one of them.
 */
bool edited_is(const struct model *m, const struct object *o);
/*
 * M as it reads objects without edits: it shares all that M has, and is not to
 * be released. Places stay in the scope that they have with the edits.
 */
struct model edited_not(const struct model *m);

/* ---- domains that mail is in (mail_domains.c) ---- */

/* Takes what an object of AD has as its primary address. */
void mail_domains_learn(struct mail_domains *u, const struct model *m,
                        const struct object *o);
/* Adds what FROM, of another thread, has learnt, and empties it. */
void mail_domains_join(struct mail_domains *to, struct mail_domains *from);

/* All objects were read: after this it may be asked. */
void mail_domains_settle(struct model *m);
/*
 * The domain that most objects of a domain of AD have their primary addresses
 * in, or else of its forest; NULL: none has any. Its number counts from 1; 0
 * is for those of no known domain.
 */
const char *mail_domains_most_used(const struct model *m, size_t domain);

/* ---- how old what was collected is (ages.c) ---- */

/*
 * What AD and the tenant are too far apart for, and the last synchronization if
 * it was long before, in sentences, in A; how many.
 */
size_t ages_tell(const struct model *m, struct arena *a,
                 const char *const **out);

#endif
