/*
 * Reading objects of the model again, by their rows: what a thread needs for
 * that (fetch.c). Texts go to the caller's arena. A part of the model's header.
 */
#ifndef ANALYZE_MODEL_READING_H
#define ANALYZE_MODEL_READING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/model/rows.h"
#include "base/blob.h"
#include "base/err.h"
#include "base/mem.h"

struct containers;
struct fetch;
struct model;
struct policy;

/* It borrows the model. */
struct fetch *fetch_new(const struct model *m);
void fetch_free(struct fetch *f);

/* Whether the table is of the present: older snapshots have their own. */
bool fetch_is_present(const struct fetch *f, const struct table *t);
/* The thread's containers, and its reader of a file; NULL with ERR filled. */
struct containers *fetch_containers(struct fetch *f);
/* What it reads by: model, policy of O's forest, and the table of a section. */
const struct model *fetch_model(const struct fetch *f);
const struct policy *fetch_policy(const struct fetch *f,
                                  const struct object *o);
const struct table *fetch_table(const struct fetch *f, enum section s);
struct blob_reader *fetch_reader(struct fetch *f,
                                 const struct table_file *file,
                                 struct err *err);
/*
 * Fills T with the lines of a piece of the table, as blob_read_piece does;
 * T->from is their place in the table.
 */
int fetch_piece(struct fetch *f, const struct table *t, size_t piece,
                struct blob_text *text, uint64_t *leaf, struct err *err);

/*
 * The object of a row, from all lines that it has; of AD objects with their
 * scope. Each returns 0, or -1 with ERR filled.
 */
int fetch_object(struct fetch *f, enum section s, uint32_t row,
                 struct arena *a, struct object *o, struct err *err);
/* Takes up what the line says: PICKED from it, or at PLACE in T. */
void fetch_take(struct fetch *f, const struct table *t, enum section s,
                const struct picked *line, struct arena *a,
                struct object *o);
int fetch_line(struct fetch *f, const struct table *t, enum section s,
               uint64_t place, uint32_t wanted, struct arena *a,
               struct object *o, struct err *err);
/* What the row's own line says, without scope and without others. */
int fetch_own_line(struct fetch *f, enum section s, uint32_t row,
                   struct arena *a, struct object *o, struct err *err);
/* Takes up the lines that complete the object of a row. */
int fetch_supplements(struct fetch *f, enum section s, uint32_t row,
                      struct arena *a, struct object *o, struct err *err);
/* Sets the domain of an AD object. */
void fetch_domain(struct fetch *f, struct object *o);
/* The same of an account: where its object lay, of which AD has none. */
void fetch_left_domain(struct fetch *f, struct object *o);
/* Sets its domain, and its scope by what it is and where it lies. */
void fetch_scope(struct fetch *f, const struct table *t, struct object *o);

/*
 * The history of an object into *OUT, in A, newest first; NULL: there is none.
 * 0, or -1 with ERR filled.
 */
int fetch_history(struct fetch *f, const struct row *row, struct arena *a,
                  const struct history **out, struct err *err);

/* "FILE:LINE: NAME: want WANT"; returns -1. */
int fetch_wrong(struct fetch *f, const struct table *t, uint64_t place,
                const char *name, const char *want, struct err *err);

#endif
