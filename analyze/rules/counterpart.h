/* The other side's section of what a rule judges, and whether it is there. */
#ifndef ANALYZE_RULES_COUNTERPART_H
#define ANALYZE_RULES_COUNTERPART_H

#include <stdbool.h>

#include "analyze/model/model.h"

/* SECTION_COUNT: it has none. */
enum section counterpart_of(enum section s);
/* Whether its objects are all there, and no filter left any out. */
bool counterpart_is_whole(struct model_part p, enum section counterpart);
/* The same of the objects of one domain at least. */
bool counterpart_is_somewhere(const struct model *m, enum section counterpart);

#endif
