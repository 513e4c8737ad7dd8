/* Where Exchange on-premises tells mail programs to ask for a mailbox. */
#ifndef ANALYZE_LOAD_SERVICE_POINTS_H
#define ANALYZE_LOAD_SERVICE_POINTS_H

struct err;
struct model;

/*
 * Fills service_points of the domains, if nobody of AD has a mailbox on
 * premises and all domains were read; facts are settled. 0, or -1 with ERR
 * filled.
 */
int service_points_load(struct model *m, struct err *err);

#endif
