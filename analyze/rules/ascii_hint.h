/* How an address may be written in ASCII. */
#ifndef ANALYZE_RULES_ASCII_HINT_H
#define ANALYZE_RULES_ASCII_HINT_H

struct check;
struct object;

/*
 * ADDRESS with the plain letters of the Latin ones before the @, as a hint to
 * people, who may write their names otherwise; NULL: it has other letters, or
 * what comes out is no address, or in use as far as the indexes tell.
 */
const char *ascii_hint(struct check *c, const struct object *o,
                       const char *address);

#endif
