/*
 * Reading objects of the model again, by their rows: what a thread needs for
 * that. Texts go to the caller's arena.
 */
#ifndef ANALYZE_MODEL_FETCH_H
#define ANALYZE_MODEL_FETCH_H

#include "analyze/model/model.h"
#include "base/blob.h"
#include "base/json_pick.h"

struct containers;
struct fetch;
struct picked;

struct fetch *fetch_new(const struct model *m);
void fetch_free(struct fetch *f);

/* The thread's containers, picker of a section, and reader of a table. */
struct containers *fetch_containers(struct fetch *f);
const struct policy *fetch_policy(const struct fetch *f);
const struct table *fetch_table(const struct fetch *f, enum section s);
struct picker *fetch_picker(struct fetch *f, enum section s);
struct blob_reader *fetch_reader(struct fetch *f, const struct table *t);

/*
 * The object of a row, from all lines that it has; of AD objects with their
 * scope. Each returns 0, or -1 with ERR filled.
 */
int fetch_object(struct fetch *f, enum section s, uint32_t row,
                 struct arena *a, struct object *o, struct err *err);
/* Takes up what the line says: PICKED from it, or at PLACE in T. */
int fetch_take(struct fetch *f, const struct table *t, enum section s,
               uint64_t place, const struct picked *line, struct arena *a,
               struct object *o, struct err *err);
int fetch_line(struct fetch *f, const struct table *t, enum section s,
               uint64_t place, uint32_t wanted, struct arena *a,
               struct object *o, struct err *err);
/* Takes up the lines that complete the object of a row. */
int fetch_supplements(struct fetch *f, enum section s, uint32_t row,
                      struct arena *a, struct object *o, struct err *err);
/* Sets the scope of an AD object by what it is and where it lies. */
void fetch_scope(struct fetch *f, const struct table *t, struct object *o);

/* The sightings of an object, newest first, or NULL. */
int fetch_past(struct fetch *f, const struct row *row, struct arena *a,
               const struct sighting **out, struct err *err);

/* "FILE:LINE: NAME: want WANT"; returns -1. */
int fetch_wrong(struct fetch *f, const struct table *t, uint64_t place,
                const char *name, const char *want, struct err *err);

#endif
