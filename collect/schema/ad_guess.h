/* What an AD object is when objectClass does not say: only what is certain. */
#ifndef COLLECT_SCHEMA_AD_GUESS_H
#define COLLECT_SCHEMA_AD_GUESS_H

#include "collect/schema/ad_attr.h"

/* AD_OTHER with AD_CLASS_UNKNOWN: nothing says it. */
enum section ad_guess(const struct record *r, enum ad_class *known);

#endif
