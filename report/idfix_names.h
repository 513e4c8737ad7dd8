/* What IdFix calls the errors that rules find. */
#ifndef REPORT_IDFIX_NAMES_H
#define REPORT_IDFIX_NAMES_H

#include <stdbool.h>
#include <stdint.h>

struct finding;
struct findings;

/*
 * "Length", or several joined by comma: in its own rules' findings what it says
 * itself. NULL: it has no name for what the rule finds.
 */
const char *idfix_names(const struct finding *f);
/* Whether it was decided what the rule's findings are called, if anything. */
bool idfix_judged(const char *rule);
/* How many of the findings it has no name for. */
uint64_t idfix_nameless(const struct findings *f);

#endif
