/*
 * Counts objects by the domains that they lie in, with what tells SIDs and
 * forests and which inputs gave them: as objects are written, or as those of an
 * older program are read, so that both say the same.
 */
#ifndef COLLECT_SNAPSHOT_DOMAIN_COUNT_H
#define COLLECT_SNAPSHOT_DOMAIN_COUNT_H

#include "collect/schema/schema.h"
#include "collect/snapshot/domain_list.h"

struct coverage;
struct domain_count;
struct err;
struct manifest;
struct record;

/* The attributes that are looked at; for those who read no others. */
extern const char *const domain_clues[];
size_t domain_clue_count(void);

struct domain_count *domain_count_new(void);
void domain_count_free(struct domain_count *c);

/* What is said next comes of this input: a number below 2^32 - 1. */
void domain_count_from(struct domain_count *c, size_t input);
/* It was the last one: what is said next is of no input. */
void domain_count_from_none(struct domain_count *c);
/* As snapshot_asked, snapshot_partial and snapshot_lack. */
void domain_count_asked(struct domain_count *c, enum section s);
void domain_count_partial(struct domain_count *c, enum section s,
                          const char *reason);
void domain_count_lack(struct domain_count *c, enum section s,
                       const char *attribute, const char *reason);
/* Forgets what was said of the section. */
void domain_count_restart(struct domain_count *c, enum section s);
/* Takes an object; -1 with ERR filled when there are too many domains. */
int domain_count_take(struct domain_count *c, enum section s,
                      const struct record *r, struct err *err);

/*
 * What is known of the domains, into the empty OUT. Of M are the sections' and
 * the servers; sections that are not asked for there do not count. COVERAGE:
 * that of each section, or NULL.
 */
void domain_count_settle(const struct domain_count *c,
                         const struct manifest *m,
                         const struct coverage *coverage,
                         struct domain_list *out);

#endif
