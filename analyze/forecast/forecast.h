/*
 * The forecast: what the tenant will hold for an AD object after the next
 * sync. Addresses by KB3190357 ("How the proxyAddresses attribute is populated
 * in Microsoft Entra ID", 2023-11-06) and "Microsoft Entra Connect Sync service
 * shadow attributes"; the UPN by "Microsoft Entra UserPrincipalName
 * population".
 */
#ifndef ANALYZE_FORECAST_FORECAST_H
#define ANALYZE_FORECAST_FORECAST_H

#include <stdbool.h>

#include "analyze/model/model.h"

/*
 * Who asks for contested values, and a thread's means for that: values that
 * several objects claim, of which one is taken to get them and the others are
 * quarantined.
 */
struct quarantine {
	const struct model *m;
	struct fetch *fetch;
	enum section section;        /* of the object that asks */
	row_id row;                  /* its own, from 0 */
	struct err *err;
	bool failed;                 /* a line could not be read; ERR says so */
	/*
	 * Fills the forecast of O, for which THEIRS asks, as if nobody else
	 * claimed anything; false: it gets nothing of its own.
	 * forecast_object sets it.
	 */
	bool (*would_have)(struct quarantine *theirs, struct object *o,
	                   struct arena *a);
};

/*
 * Fills o->forecast of an AD object whose links are there; texts are the
 * object's own, static, or in A. C is asked whose contested values are, and
 * c->failed and c->err say whether that could be read; NULL: as if no other
 * object claimed any.
 */
void forecast_object(const struct model *m, struct object *o, struct arena *a,
                     struct quarantine *c);
/*
 * The row, + 1, of a user whose account the user of C, who has none, has: sync
 * joins the two, and the latter stands for both; 0: there is none. c->failed
 * and c->err say whether that could be read; scratch is in A.
 */
uint32_t joined_holder(struct quarantine *c, struct arena *a);
/* For members_count and check_new. */
find_stander joined_stander;
/*
 * Adds what only a reader wants: the account's id, the anchor, history, doubts
 * (tell.c).
 */
void forecast_tell(const struct model *m, struct object *o, struct arena *a);
/* Adds what AD calls it today, and where it lies (tell_now.c). */
void forecast_tell_now(const struct model *m, struct object *o,
                       struct arena *a);
/* Adds what AD itself has of mail attributes (tell_ad.c). */
void forecast_tell_ad(struct object *o, struct arena *a);

/* Fills only forecast.will_have_mailbox: who has a licence (licence.c). */
void licence_fill(const struct model *m, struct object *o);
/*
 * The account of the kind's section that a soft match would give O, whose
 * forecast is there: its row, or 0, and how.
 */
row_id match_soft(const struct model *m, const struct keys *held,
                  const struct object *o, enum how *how);

/*
 * What sync will change in the account that O has already (changes.c): the
 * forecast against the present tenant. What was not collected of the tenant is
 * not compared.
 */

/* Whether anything changes, by what is kept of the account. */
bool changes_any(const struct model *m, const struct object *o);
/* Lists what changes of TWIN in the forecast; texts are theirs, or in A. */
void changes_list(const struct model *m, struct object *o,
                  const struct object *twin, struct arena *a);
/* Adds what services have written to TWIN and AD does not take away; in A. */
void changes_keep(struct object *o, const struct object *twin,
                  struct arena *a);
/* In what the first of the listed changes is. */
enum differing changes_first(const struct forecast *f);

/*
 * What the tenant owns of O's account, so that it stays (mail_kept.c): its mail
 * attributes, by Exchange Online, or all, since it was converted. And takes
 * what is kept from the account TWIN.
 */
bool mail_is_kept(const struct model *m, const struct object *o);
bool account_is_kept(const struct object *o);
void account_take_kept(struct object *o, const struct object *twin,
                       struct arena *a);

/*
 * An account that was synchronized after its object last changed is evidence:
 * what it holds is what AD's values make. Where the forecast says otherwise,
 * the forecast is in doubt, not the tenant (evidence.c).
 */
enum proof {
	PROOF_NONE,           /* the account may lag behind */
	PROOF_ERRING,         /* the tenant could not write all of it */
	PROOF_FOR,            /* it holds what the forecast says */
	PROOF_AGAINST,        /* it did not: now the forecast says what it
	                            holds, and that nothing changes */
};

/* Whether the account of O, whose forecast is there, is such evidence. */
bool evidence_is_in_sync(const struct model *m, const struct object *o);
/*
 * Holds the forecast of O, whose account TWIN is synchronized, and whose
 * changes are listed, against TWIN, which must live on; without changes it is
 * not looked at. Whoever holds what is forecast settles doubts about values.
 * BEFORE is O without edits, with its changes listed; NULL: there are no edits,
 * or no changes. What the edits alone change stays forecast.
 */
enum proof evidence_weigh(const struct model *m, struct object *o,
                          const struct object *twin,
                          const struct object *before, struct arena *a);

/* The proof, and in what the account differs, if it is against. */
struct proved {
	enum proof proof;
	enum differing first;
};

/*
 * The same, and reads for it what O was without edits: of it UNEDITED asks,
 * whose model and fetch are without edits; NULL: there are none. 0, or -1 with
 * UNEDITED->err filled (unedited.c).
 */
int evidence_prove(const struct model *m, struct quarantine *unedited,
                   struct object *o, const struct object *twin,
                   struct arena *a, struct proved *out);

#endif
