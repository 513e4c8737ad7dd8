/* Reading sections into the model: the parts of it that know records. */
#ifndef ANALYZE_MODEL_LOAD_H
#define ANALYZE_MODEL_LOAD_H

#include "analyze/model.h"

struct err;
struct index;
struct reading;

/* Each: 0, or -1 with ERR filled. */
int model_load_objects(struct model *m, enum section s, struct err *err);
/* Exchange recipients complete the objects they belong to. */
int model_load_mailboxes(struct model *m, enum section s, struct err *err);
int model_load_members(struct model *m, struct err *err);
/* Holds the policy's containers against those of AD; warns of a stranger. */
int model_check_scope(struct model *m, struct err *err);
int model_load_domains(struct model *m, struct err *err);
int model_load_history(struct model *m, const struct snapshot *s,
                       struct err *err);

/* Texts as keys, in the arena: folded; a DN normalised, or NULL. */
const char *model_folded(struct model *m, const char *text);
const char *model_dn_key(struct model *m, const char *dn);

/* For these parts: an empty object of a section. */
void object_init(struct object *o, enum section s);
/* Reads the record at hand into O; texts go to the arena A. */
int object_fill(const struct reading *r, struct object *o, struct arena *a,
                struct err *err);
/* The ATTR_BITs that were asked for in a section. */
uint64_t model_covered(const struct snapshot *s, enum section sec);
/* Puts the objects of a side under the text of their GUIDs. */
void model_index_by_guid(struct model *m, struct index *ix,
                         enum side side);

#endif
