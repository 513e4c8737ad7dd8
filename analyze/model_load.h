/* Reading sections into the model; the part of model.c that knows records. */
#ifndef ANALYZE_MODEL_LOAD_H
#define ANALYZE_MODEL_LOAD_H

#include "analyze/model.h"

struct err;

/* Each: 0, or -1 with ERR filled. */
int model_load_objects(struct model *m, enum section s, struct err *err);
/* Exchange recipients complete the objects they belong to. */
int model_load_mailboxes(struct model *m, enum section s, struct err *err);
int model_load_members(struct model *m, struct err *err);
int model_load_domains(struct model *m, struct err *err);
int model_load_history(struct model *m, const struct snapshot *s,
                       struct err *err);

#endif
