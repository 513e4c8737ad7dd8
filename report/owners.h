/* Who owns an object's attributes, for the terminal. */
#ifndef REPORT_OWNERS_H
#define REPORT_OWNERS_H

#include "analyze/findings/findings.h"

/*
 * Prints each mail attribute with a value on either side, sign-in name and
 * whether the account is enabled: AD's value, the tenant's, who owns it, with
 * what it is changed, and what the other places answer to who tries it there.
 */
void owners_print(const struct findings *f, const struct forecast *o);

#endif
