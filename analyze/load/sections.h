/*
 * What the load takes from the smaller sections before the objects, and finds
 * of the edits in AD.
 */
#ifndef ANALYZE_LOAD_SECTIONS_H
#define ANALYZE_LOAD_SECTIONS_H

#include "analyze/model/model.h"

struct edit;
struct edits;

/* Each: 0, or -1 with ERR filled. */
int load_domains(struct model *m, struct err *err);
/* Those that are said to be verified, and cannot be; and a warning of each. */
int load_supposed_domains(struct model *m, struct err *err);
void load_tell_supposed(struct model *m);
/* The members of the policy's filter group. */
int load_group_members(struct model *m, struct err *err);
/* The tenant's settings of synchronization, its admins, what it manages. */
int load_tenant_settings(struct model *m, struct err *err);
/* Holds the policy's containers against those of AD; warns of a stranger. */
int load_check_scope(struct model *m, struct err *err);
/* Warns of custom filters that want what the AD snapshot does not have. */
void load_check_filters(const struct model *m);
/* Warns of an attribute that joins go by and nobody has; all are read. */
void load_check_join(const struct model *m);
/*
 * Finds what the edits name among the AD objects of M, whose tables are open;
 * 0, or -1 with ERR filled when something is not there, or not one object.
 */
int load_edits(struct edits *e, const struct model *m, struct err *err);
/* Whether domains let EDIT, of E, be made; 0, or -1 with ERR filled. */
int load_check_edit(const struct edits *e, const struct edit *edit,
                    const struct model *m, struct err *err);

#endif
