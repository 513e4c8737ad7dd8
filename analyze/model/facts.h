/*
 * What only all objects of the model together tell. Rules screen objects while
 * these are still being read, so rules do not include this: they ask
 * check_may_be (rule.h).
 */
#ifndef ANALYZE_MODEL_FACTS_H
#define ANALYZE_MODEL_FACTS_H

#include "analyze/model/model.h"

struct facts {
	enum tristate are[FACT_COUNT];       /* UNKNOWN: not yet read */
};

struct facts *facts_new(struct arena *a);
/* Takes what an object of the section, with its account, is enough for. */
void facts_learn(struct facts *f, enum section s, const struct object *o);
void facts_join(struct facts *to, const struct facts *from);
/* All objects were read: what none has shown is not so. */
void facts_settle(struct facts *f);

enum tristate fact_is(const struct model *m, enum fact fact);

#endif
