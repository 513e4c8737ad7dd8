/*
 * What is known of AD and tenant as a whole (facts.c). In model.h.
 */
#ifndef ANALYZE_MODEL_KNOWN_H
#define ANALYZE_MODEL_KNOWN_H

#include <stdlib.h>

#include "analyze/object/object.h"

struct arena;
struct domain;
struct model;

/* What one object is enough for, and all must be read to deny. */
enum fact {
	FACT_METADATA,               /* replication metadata was collected */
	FACT_SYNCED,                 /* the tenant has synchronized users */
	FACT_SYNCED_CONTACTS,        /* and contacts */
	FACT_ANCHORED,               /* a user's account has his anchor */
	FACT_UNLIKE,                 /* one in sync has another one */
	FACT_MAILBOX_GUID,           /* a mailbox on premises has its GUID */
	FACT_JOIN_VALUE,             /* somebody has what joins go by */
	FACT_OF_CLOUD,               /* AD says that the tenant manages one */
	/* An account and its object say when they were written. */
	FACT_DATED,
	/* Of Exchange; what nobody has was perhaps not asked for. */
	FACT_DATABASE,               /* somebody has a mailbox database */
	FACT_TARGET,                 /* a remote mailbox: targetAddress, */
	FACT_REMOTE_TYPE,            /* and msExchRemoteRecipientType */
	FACT_ROUTED,                 /* an address in a routing domain */
	FACT_LOCAL_MAILBOX,          /* somebody has a mailbox on premises */
	FACT_REMOTE_SHARED,          /* a remote mailbox is no person's */
	FACT_TOOLS_GROUP,            /* "Recipient Management EMT" */
	FACT_RECIPIENT,              /* an object is marked as a recipient */
	FACT_MAIL,                   /* one in ten of AD's users has mail */
	FACT_COUNT
};

/*
 * Of enabled users in scope whose times say SAME or OLDER, how many agree: what
 * shows whether password hashes are synchronized. And how many are marked as
 * those whose are ("Selective password hash synchronization configuration for
 * Microsoft Entra Connect").
 */
struct password_tally {
	uint64_t agree, of;
	uint64_t late;               /* AD's is of after the tenant's look */
	uint64_t users;              /* with an account in sync, all told */
	uint64_t included;
};

/*
 * What only all objects of the model together tell. Rules screen objects while
 * these are still being read, so no rule asks this: they ask
 * check_may_be (rules/rule.h).
 */
struct facts {
	enum tristate are[FACT_COUNT];       /* UNKNOWN: not yet read */
	uint64_t people, with_mail;          /* for FACT_MAIL */
	struct password_tally *passwords;    /* by domains; first: of none */
	size_t password_count;
};

/* In A: nothing is known. */
struct facts *facts_new(struct arena *a);
/* Takes what an object of the section, with its account, is enough for. */
void facts_learn(struct facts *f, enum section s, const struct object *o);
/* Adds to the tally of D; NULL: of no domain. */
void facts_add_passwords(struct facts *f, const struct domain *d,
                         const struct password_tally *more);
/* Adds what FROM, of another thread, has learnt. */
void facts_join(struct facts *to, const struct facts *from);
/* All objects were read: what none has shown is not so. */
void facts_settle(struct facts *f);

/* Its memory; not F itself. */
static inline void
facts_release(struct facts *f)
{
	free(f->passwords);
	f->passwords = NULL;
	f->password_count = 0;
}

/* UNKNOWN: objects are still being read, and none has shown it. */
enum tristate fact_is(const struct model *m, enum fact fact);

/* Of the forest of D, or of all where D is NULL; all objects were read. */
struct password_tally password_count(const struct model *m,
                                     const struct domain *d);

/* ---- when passwords were set, here and there (password_time.c) ---- */

/* What the tenant's time says of AD's present password. */
enum password_word {
	PASSWORD_NOT_TOLD,           /* one is not known, or tells nothing */
	PASSWORD_SAME,               /* it is there: the times agree */
	PASSWORD_OLDER,              /* the tenant's clearly is */
	PASSWORD_NEWER,              /* that was set in the cloud */
};
/* By O's account, whatever signs in with it. */
enum password_word password_told(const struct model *m,
                                 const struct object *o);
/*
 * The same of a password that is to be changed, so that pwdLastSet does not
 * tell when it was set: by the stamp of it.
 */
enum password_word password_due_told(const struct model *m,
                                     const struct object *o);
/* Whether the tenant's time is that at which the account H was made. */
bool password_is_of_creation(const struct account *h);

/* Counts an object in the tally of its domain. */
void password_learn(struct facts *f, const struct model *m,
                    const struct object *o);

/*
 * Whether nobody signs in to the tenant with the password that AD has of O: it
 * takes a smart card, or the hash is not synchronized, since it is an
 * inetOrgPerson, or left out by hand (as above, by adminDescription).
 */
bool password_stays(const struct object *o);
/* Whether it is marked as one whose hash is. */
bool password_is_included(const struct object *o);

/* Whether accountExpires of the AD object had passed when AD was read. */
bool account_has_expired(const struct model *m, const struct object *o);

/*
 * What the sign-in name of O has before the @, if it may be proposed with a
 * domain that is verified: it has another one now, and the part is not the
 * account name, which is proposed anyway (moved_name.c). In A; or NULL.
 */
const char *moved_name(const struct model *m, const struct object *o,
                       struct arena *a);
/* The same of its primary address, or mail: of users and groups. */
const char *moved_address(const struct model *m, const struct object *o,
                          struct arena *a);

#endif
