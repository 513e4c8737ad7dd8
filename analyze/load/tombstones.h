/* What AD remembers of deleted objects: the section AD_DELETED. */
#ifndef ANALYZE_LOAD_TOMBSTONES_H
#define ANALYZE_LOAD_TOMBSTONES_H

struct err;
struct model;

/* Reads them into M->tombstones. 0, or -1 with ERR filled. */
int tombstones_load(struct model *m, struct err *err);

#endif
