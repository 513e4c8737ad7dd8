/* Proposals: what an administrator should write into AD. */
#ifndef ANALYZE_RULES_SUGGEST_H
#define ANALYZE_RULES_SUGGEST_H

#include <stdbool.h>

struct check;
struct object;

/*
 * What is proposed: a sign-in name has fewer characters; mail of contacts and
 * mail users is sent on to domains of others.
 */
enum proposed_as { AS_ADDRESS, AS_NAME, AS_TARGET };

struct proposal {
	const char *address;       /* NULL: nothing can be proposed */
	/*
	 * What was not read, in which somebody may have the address; NULL: all
	 * was, or it is one of the object's addresses.
	 */
	const char *unread;
	const char *why;           /* there is none, where more is known */
};

/*
 * Whether ADDRESS can be O's primary, or name: well formed, in a company's
 * domain that is verified, and nobody else's.
 */
bool suggest_is_good(struct check *c, const struct object *o,
                     const char *address, enum proposed_as as);

/* Why ADDRESS, what cleaning leaves of a value, is none of these; or NULL. */
const char *suggest_why_bad(struct check *c, const struct object *o,
                            const char *address, enum proposed_as as);

/*
 * The address that should be the primary of an AD object: an address of its
 * own in a verified domain of the company, one that it lost, else its account
 * name in the domain that its neighbours have mail in. Nobody else has it, as
 * an address or as a UPN, as far as was read, and it is proposed to nobody
 * else. While objects are screened there is none. Of a recipient of another
 * organization it is the one that its mail is sent to, if it has that already:
 * one of the company's would be another recipient.
 */
struct proposal suggest_address(struct check *c, const struct object *o);
/*
 * ADDRESS, which it had, if it can be that again, and no other is proposed; as
 * above.
 */
struct proposal suggest_former(struct check *c, const struct object *o,
                               const char *address);
/*
 * The same for its sign-in name, which has fewer characters: where its account
 * has one already that will do, that.
 */
struct proposal suggest_name(struct check *c, const struct object *o);
/* Whether O has another mail than ADDRESS, which becomes its SMTP: value. */
bool suggest_mail_too(const struct object *o, const char *address);

#endif
