/* Objects of AD without a DN: where they lie was not collected. */
#ifndef COLLECT_IMPORT_PLACELESS_H
#define COLLECT_IMPORT_PLACELESS_H

#include <stdbool.h>

struct record;
struct sink;

/* Whether anything else says which object of AD it is. */
bool placeless_is_object(const struct record *r);
/* Says what is not known of such objects; once of all. */
void placeless_tell(struct sink *sink);

#endif
