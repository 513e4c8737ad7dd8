/* How to export again, so that nothing lacks that the analysis reads. */
#ifndef COLLECT_IMPORT_AGAIN_H
#define COLLECT_IMPORT_AGAIN_H

#include "collect/import/tool.h"

struct buf;

/* Whether there is a command for the section. */
bool again_knows(enum section s);
/*
 * Appends the command of the tool, ready to be copied, that gives all that is
 * read of the section; DOMAIN is the DN of the AD domain, or NULL.
 */
void again_add(struct buf *out, enum section s, enum tool tool,
               const char *domain);

#endif
