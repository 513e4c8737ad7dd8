/*
 * What is kept of a tenant object while the model lives: its state, its names,
 * and fingerprints of the addresses that it holds, so that AD objects are
 * matched and compared with it without reading its line again.
 */
#ifndef ANALYZE_HOLDING_H
#define ANALYZE_HOLDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/model.h"

/* The texts that are kept. */
enum held {
	HELD_UPN, HELD_NICKNAME,
	HELD_MOERA,              /* an address in the initial domain */
	HELD_PRIMARY,            /* the SMTP: value, else mail */
	HELD_SYNC_UPN,           /* onPremisesUserPrincipalName */
	HELD_TEXTS
};

struct holding {
	struct guid id;          /* the Entra id */
	enum tristate synced, enabled, exchange_plan;
	bool guest;
	bool anchored;           /* it has an immutableId */
	bool has_mail, has_proxies;
	uint32_t sip_count;      /* of its proxyAddresses */
	when_t deleted_when;     /* of a deleted user */
	uint32_t text_at[HELD_TEXTS];    /* behind the prints; 0: none */
	uint32_t print_count;
	uint64_t prints[];       /* as claim_hash, of addresses and the UPN */
};

/* Makes one of a tenant object, in A. */
const struct holding *holding_new(const struct model *m,
                                  const struct object *o, struct arena *a);
/* One of its texts, or NULL. */
const char *holding_text(const struct holding *h, enum held which);
bool holding_has(const struct holding *h, uint64_t print);

#endif
