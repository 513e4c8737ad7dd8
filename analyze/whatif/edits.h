/*
 * Edits: what AD, the sync scope, the tenant's domains and the licences would
 * be if (what-if(5) describes the file). They are read, then held against the
 * AD snapshot, then applied to every line of it that becomes an object. All
 * that names an object or a place means what it was called before any edit, so
 * that their order does not matter; of two values of one attribute the later
 * counts.
 */
#ifndef ANALYZE_WHATIF_EDITS_H
#define ANALYZE_WHATIF_EDITS_H

#include <stddef.h>

struct arena;
struct buf;
struct edits;
struct err;
struct model;
struct object;
struct policy;

/* Reads the file PATH; NULL with ERR filled. */
struct edits *edits_load(const char *path, struct err *err);
/* The same from a text, which error messages call NAME. */
struct edits *edits_parse(const char *name, const struct buf *text,
                          struct err *err);
void edits_free(struct edits *e);

/* The file's base name and SHA-256. */
const char *edits_name(const struct edits *e);
const char *edits_digest(const struct edits *e);

/*
 * OUT is P with the sync scope that the edits give. It borrows from both, and
 * is not to be released.
 */
void edits_policy(struct edits *e, const struct policy *p,
                  struct policy *out);
/* The domains that shall count as verified. */
const char *const *edits_domains(const struct edits *e, size_t *count);

/*
 * Finds what the edits name among the AD objects of M, whose tables are open;
 * 0, or -1 with ERR filled when something is not there, or not one object.
 */
int edits_find(struct edits *e, const struct model *m, struct err *err);

/* Changes O, an AD object as a line gives it; may be called again. */
void edits_apply(const struct edits *e, struct object *o, struct arena *a);
/* What the object DN is called after the moves: DN itself, or in A. */
const char *edits_dn(const struct edits *e, const char *dn,
                     struct arena *a);

#endif
