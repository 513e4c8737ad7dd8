/* Who owns an object's attributes, for the terminal. */
#ifndef REPORT_OWNERS_H
#define REPORT_OWNERS_H

#include "analyze/findings/findings.h"

/*
 * Prints the attributes of an object that has an account: AD's value, the
 * tenant's, who owns it, and with what it is changed. What the line does not
 * tell is not shown.
 */
void owners_print(const struct forecast *o);

#endif
