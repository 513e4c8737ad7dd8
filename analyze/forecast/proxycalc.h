/*
 * What is left of AD's proxyAddresses on their way into the tenant, and what
 * is dropped of them and why (KB3190357, "How the proxyAddresses attribute is
 * populated in Microsoft Entra ID", introduction; "Email address contains an
 * underscore character after directory synchronization").
 */
#ifndef ANALYZE_FORECAST_PROXYCALC_H
#define ANALYZE_FORECAST_PROXYCALC_H

#include <stdbool.h>
#include <stddef.h>

#include "analyze/object/object.h"

struct arena;
struct quarantine;
struct dropped;
struct model;
struct object;

/* Why a value does not reach the tenant as it is. */
enum drop {
	DROP_NOT,
	DROP_NO_PREFIX,
	DROP_LEGACY,         /* MSMAIL, X400 ... */
	DROP_ONLINE,         /* x500 of /o=MicrosoftOnline */
	DROP_MALFORMED,
	DROP_RESERVED,       /* *.onmicrosoft.com, *.microsoftonline.com */
	DROP_UNVERIFIED,
	DROP_CONFLICT,       /* another object has it: quarantined */
};

struct proxycalc_value {
	enum address_type type;
	const char *value;       /* the body of an SMTP address, else whole */
};

struct proxycalc {
	struct proxycalc_value *kept;
	size_t count;
	struct dropped *dropped;
	size_t dropped_count;
	enum drop primary;       /* what became of the SMTP: value; NOT: kept */
};

/* What an object's values are held against. */
struct proxycalc_of {
	const struct model *m;
	struct object *o;
	struct arena *arena;
	struct quarantine *quarantine;   /* NULL: nobody else wants them */
};

/* TEXT without blanks at its ends; it, or in the arena. */
const char *proxycalc_trim(struct arena *a, const char *text);
/*
 * Whether another object keeps O from having the value, which stands in
 * ATTRIBUTE; then who, as a sentence. O remembers who else wants it.
 */
const char *proxycalc_rival(const struct proxycalc_of *with, enum unique kind,
                            const char *value, const char *attribute);
/* Adds a value to what is dropped. */
void proxycalc_drop(const struct proxycalc_of *with, struct proxycalc *out,
                    const char *value, const char *reason);

/* What is left of all of O's proxyAddresses; texts are O's or in the arena. */
void proxycalc_proxies(const struct proxycalc_of *with, struct proxycalc *out);
/*
 * The same for one address of ATTRIBUTE: what it becomes, in *ADDRESS, and
 * DROP_NOT, or why it is dropped, with a sentence in *REASON.
 */
enum drop proxycalc_address(const struct proxycalc_of *with,
                            const char *attribute, const char **address,
                            const char **reason);

#endif
