/* What the model takes from the smaller sections before the objects. */
#ifndef ANALYZE_LOAD_LOAD_H
#define ANALYZE_LOAD_LOAD_H

struct err;
struct model;

/* Each: 0, or -1 with ERR filled. */
int model_load_domains(struct model *m, struct err *err);
/* The members of the policy's filter group. */
int model_load_members(struct model *m, struct err *err);
/* The tenant's settings of synchronization, its admins, what it manages. */
int model_load_tenant(struct model *m, struct err *err);
/* Holds the policy's containers against those of AD; warns of a stranger. */
int model_check_scope(struct model *m, struct err *err);
/* Warns of custom filters that want what the AD snapshot does not have. */
void model_check_filters(const struct model *m);

#endif
