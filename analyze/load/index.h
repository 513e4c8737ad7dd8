/*
 * Taking the objects of the present into the model: a row for each, and the
 * fingerprints by which objects find each other.
 */
#ifndef ANALYZE_LOAD_INDEX_H
#define ANALYZE_LOAD_INDEX_H

#include "analyze/load/registry.h"
#include "analyze/model/model.h"

/*
 * Fills the row but for its place from the object, and adds its keys to the
 * lists. 0, or -1 with the error filled.
 */
int index_entry(const struct registry *g, const struct entry *e);

/* All objects of a section of the present; 0, or -1 with ERR filled. */
int index_section(struct registry *g, enum section s, struct err *err);

/* Takes the twins that R names, if they are free; else it is left alone. */
void index_twins(struct model *m, enum section s, uint32_t row);
/* AD was indexed: accounts whose name several objects have are nobody's. */
void index_shared(struct model *m, enum section s);

#endif
