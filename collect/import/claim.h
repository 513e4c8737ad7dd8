/*
 * What the inputs claim to have of each section. A field that is empty for
 * every object may not have been asked for; once all inputs were read, that is
 * judged (empty.h), and the snapshot is told.
 */
#ifndef COLLECT_IMPORT_CLAIM_H
#define COLLECT_IMPORT_CLAIM_H

#include <stdbool.h>
#include <stddef.h>

#include "collect/import/empty.h"
#include "collect/import/source.h"

struct snapshot_writer;

struct claims;

/* What to make of fields that are empty throughout. */
enum empties { EMPTIES_JUDGED, EMPTIES_ARE_NONE };

struct claims *claims_new(enum empties empties);
void claims_free(struct claims *c);
/*
 * The file that is read from now on; NAME is its base name. Returns its number,
 * from 0.
 */
size_t claims_file(struct claims *c, const char *name, const char *kind,
                   const char *head, size_t len);
/* What the sink was told. */
void claims_put(struct claims *c, enum section s, const struct record *r);
void claims_page(struct claims *c, enum section s, const struct page *p);
/* WORD: whoever imports says that every attribute is there. */
enum claim_by { CLAIM_BY_INPUT, CLAIM_BY_WORD };
void claims_cover(struct claims *c, enum section s, enum cover cover,
                  const char *const *names, size_t n, enum claim_by by);
/* All inputs were read: tells W. */
void claims_settle(struct claims *c, struct snapshot_writer *w);
/* Whether an empty field of the section was taken for not asked for. */
bool claims_doubt(const struct claims *c, enum section s);
/* The DN of the first domain that an AD object lies in, or NULL. */
const char *claims_domain(const struct claims *c);
/* How many inputs said what they have of the section. */
size_t claims_count(const struct claims *c, enum section s);
/* The first of them, or NULL. */
const struct claim *claims_of(const struct claims *c, enum section s);

#endif
