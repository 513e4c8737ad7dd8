/*
 * What is wrong with addresses, sign-in names and aliases: a part of the header
 * of objects. Each flaw is a fact of its own, which one rule tells; the others
 * are looked for as if it were mended.
 */
#ifndef ANALYZE_OBJECT_FLAWS_H
#define ANALYZE_OBJECT_FLAWS_H

#include <stdbool.h>

struct object;

enum flaw {
	FLAW_UNSEEN,             /* blanks, and characters that nobody sees */
	FLAW_FORM,               /* it is not built as such a value is */
	FLAW_LETTER,             /* outside ASCII, before the @ of an address */
	FLAW_LENGTH,             /* as a whole */
	FLAW_PART,               /* of a part of it alone */
	/* Letters outside ASCII in its domain (RFC 5890): no fault of it. */
	FLAW_IDN,
	FLAW_COUNT
};

/* Each as the end of the sentence "the address ..."; or NULL. Static. */
struct flaws {
	const char *of[FLAW_COUNT];
};

/*
 * Fills OUT with what is wrong, and says whether anything is: with an SMTP
 * address without its prefix (PREP, "Prepare for directory synchronization to
 * Microsoft 365", proxyAddresses; RFC 5321 and 5322); with a value of
 * proxyAddresses; with a targetAddress, which has no backslash, either; with a
 * sign-in name; with a mailNickname ("Set-Mailbox", parameter Alias). Lengths
 * count UTF-16 units.
 */
bool address_flaws(const char *address, struct flaws *out);
bool proxy_flaws(const char *value, struct flaws *out);
bool target_flaws(const char *value, struct flaws *out);
bool upn_flaws(const char *upn, struct flaws *out);
bool alias_flaws(const char *alias, struct flaws *out);

/*
 * FAULT, one of the above, of VALUE, which has it, with the characters that it
 * is of, "...: ü (U+00FC)"; what nobody sees is told by others. In A.
 */
struct arena;
const char *flaw_named(const char *value, const char *fault, struct arena *a);
/* What a sAMAccountName cannot have, and the flaw that it has then. */
extern const char account_refused[], flaw_account_sign[];

/* Whether any value of O has any flaw. */
bool object_has_flaws(const struct object *o);

/* The first of what is wrong with ADDRESS; NULL: it can be an SMTP address. */
const char *address_fault(const char *address);
/*
 * The same of a sign-in name in the tenant: a domain that is long all by itself
 * is none, since the tenant may have taken that.
 */
const char *upn_fault(const char *upn);
/* The same of an alias. */
const char *alias_fault(const char *alias);
/* What a sign-in name may have before the @ beside letters, digits and dots. */
extern const char upn_signs[];
/* What an address, and an alias, may not have of ASCII. */
extern const char address_refused[], alias_refused[];

/*
 * Characters before the @ that the tenant replaces by "_" ("Email address
 * contains an underscore character after directory synchronization").
 */
extern const char address_replaced[];
/* Whether it has one of them. */
bool address_is_replaced(const char *address);

#endif
