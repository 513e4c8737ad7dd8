/* Edits as files of LDIF (RFC 2849) have them: "changetype: modify". */
#ifndef ANALYZE_WHATIF_LDIF_EDITS_H
#define ANALYZE_WHATIF_LDIF_EDITS_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct edits;
struct err;

/* Whether a file that is called so, and begins so, is LDIF. */
bool ldif_edits_is(const char *path, const char *text);
/*
 * Adds the edits of TEXT, which is the file PATH, to E: 0, or -1 with ERR
 * filled. *ROOM is that of the items of E.
 */
int ldif_edits_read(struct edits *e, size_t *room, const char *path,
                    const struct buf *text, struct err *err);

#endif
