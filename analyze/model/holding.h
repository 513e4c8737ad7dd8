/*
 * What is kept of a tenant object while the model lives: its state, its names,
 * and fingerprints of the addresses that it holds, so that AD objects are
 * matched and compared with it without reading its line again.
 */
#ifndef ANALYZE_MODEL_HOLDING_H
#define ANALYZE_MODEL_HOLDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/object/object.h"

/* The texts that are kept. */
enum held {
	HELD_UPN, HELD_NICKNAME,
	HELD_MOERA,              /* an address in the initial domain */
	HELD_PRIMARY,            /* the SMTP: value, else mail */
	HELD_SYNC_UPN,           /* onPremisesUserPrincipalName */
	HELD_TEXTS
};

/* The texts of which only a fingerprint is kept. */
enum printed { PRINTED_DISPLAY_NAME, PRINTED_GIVEN_NAME, PRINTED_SURNAME,
               PRINTED_COUNT };

struct holding {
	struct guid id;          /* the Entra id */
	enum tristate synced, enabled, exchange_plan;
	bool guest;
	bool anchored;           /* it has an immutableId */
	uint64_t anchor;         /* hash_bytes of its GUID, if it is one */
	bool has_mail, has_proxies;
	uint32_t printed[PRINTED_COUNT];     /* as holding_print */
	uint32_t sip_count;      /* of its proxyAddresses */
	when_t deleted_when;     /* of a deleted user */
	uint32_t text_at[HELD_TEXTS];    /* behind the prints; 0: none */
	uint32_t print_count;
	uint64_t prints[];       /* as claim_hash, of addresses and the UPN */
};

/* Makes one of an object of a tenant whose initial domain may be NULL; in A. */
const struct holding *holding_new(const struct object *o, const char *initial,
                                  struct arena *a);
/* Of a text, case and all; NULL is 0. */
uint32_t holding_print(const char *text);
/* One of its texts, or NULL. */
const char *holding_text(const struct holding *h, enum held which);
bool holding_has(const struct holding *h, uint64_t print);

#endif
