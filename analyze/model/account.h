/*
 * What is kept of a tenant object while the model lives: its state, its names,
 * and fingerprints of the addresses that it holds, so that AD objects are
 * matched and compared with it without reading its line again.
 */
#ifndef ANALYZE_MODEL_ACCOUNT_H
#define ANALYZE_MODEL_ACCOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/object/object.h"

/* The texts that are kept. */
enum account_name {
	ACCOUNT_UPN, ACCOUNT_NICKNAME,
	ACCOUNT_MOERA,           /* an address in the initial domain */
	ACCOUNT_PRIMARY,         /* the SMTP: value, else mail */
	ACCOUNT_SYNC_UPN,        /* onPremisesUserPrincipalName */
	ACCOUNT_TEXTS
};

/* The texts of which only a fingerprint is kept. */
enum account_print {
	ACCOUNT_PRINT_DISPLAY_NAME, ACCOUNT_PRINT_GIVEN_NAME,
	ACCOUNT_PRINT_SURNAME,
	ACCOUNT_PRINT_SID,       /* onPremisesSecurityIdentifier */
	ACCOUNT_PRINT_COUNT
};

struct account {
	struct guid id;          /* the Entra id */
	enum tristate synced, enabled;
	/* As of the object. */
	enum tristate exchange_plan, mailbox_plan, licensed;
	bool guest;
	enum tristate unified;   /* a Microsoft 365 group */
	enum tristate exchange_managed; /* Exchange Online owns addresses */
	enum tristate mailbox;   /* in Exchange Online, as that says */
	bool anchored;           /* it has an immutableId */
	bool open;               /* it may be any AD object's (joins_is_open) */
	bool parted;             /* only an anchor joins it (joins_is_parted) */
	uint64_t anchor;         /* hash_bytes of its GUID, if it is one */
	uint64_t mapped;         /* of onPremisesObjectIdentifier, or 0 */
	uint64_t sid;            /* where it is mapped: of AD's SID, or 0 */
	bool has_mail, has_proxies;
	bool has_sip;            /* among them */
	bool erring;             /* the tenant reports errors of writing it */
	bool unread;             /* some of its values cannot be read */
	uint32_t printed[ACCOUNT_PRINT_COUNT]; /* as account_print */
	uint32_t service_count;  /* of its proxyAddresses: services write, */
	uint32_t online_count;   /* and Exchange Online (address.h) */
	bool has_staying;        /* some of these beside SIP */
	when_t deleted_when;     /* of a deleted user */
	when_t last_sync;        /* or WHEN_NONE */
	when_t created;          /* createdDateTime; likewise */
	when_t password_changed; /* lastPasswordChangeDateTime; likewise */
	uint32_t text_at[ACCOUNT_TEXTS]; /* behind the prints; 0: none */
	uint32_t print_count;
	uint64_t prints[];       /* as unique_hash, of addresses and the UPN */
};

/*
 * Makes one of an object, whose links say if it is open, of a tenant whose
 * initial domain may be NULL; in A.
 */
const struct account *account_new(const struct object *o, const char *initial,
                                  struct arena *a);
/* Of a text, case and all; NULL is 0. */
uint32_t account_print(const char *text);
/* One of its texts, or NULL. */
const char *account_text(const struct account *h, enum account_name which);
bool account_has(const struct account *h, uint64_t print);
/* The same of an address without its prefix; H may be NULL. */
bool account_has_address(const struct account *h, const char *address);

/* ---- what older snapshots of the tenant say (load/past_accounts.c) ---- */

/*
 * How a user was who has no plan for Exchange Online now, and a primary address
 * in an initial domain.
 */
struct past_account {
	uint32_t row;            /* of TENANT_USERS, from 0 */
	when_t when, newer;      /* of this look, and of the next one */
	const char *primary;     /* in another domain; there was a plan */
};

/*
 * The account that an object of AD outside the scope had, of which the present
 * shows nothing (load/lost_accounts.c).
 */
struct lost_account {
	enum section section;    /* AD's, and the row there, from 0 */
	uint32_t row;
	when_t when;             /* of the last look that has it */
	when_t newer;            /* of the next one that would show it */
	when_t last_sync;        /* or WHEN_NONE */
	const char *dn;          /* where its object lay then; or NULL */
};

/* A deleted user can be restored so long (Entra, "Restore a deleted user"). */
enum { RESTORE_DAYS = 30 };

struct past_accounts {
	const struct snapshot **tenants;     /* older ones, the newest first */
	size_t tenant_count;
	struct lost_account *lost;           /* by sections and rows */
	size_t lost_count;
	struct past_account *items;          /* by rows */
	size_t count, room;
};

/* That of the tenant's user in that row, or NULL. */
const struct past_account *past_account_find(const struct past_accounts *of,
                                             enum section s, uint32_t row);
/* That of the AD object in that row, or NULL. */
const struct lost_account *lost_account_find(const struct past_accounts *of,
                                             enum section s, uint32_t row);

#endif
