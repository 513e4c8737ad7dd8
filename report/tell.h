/* What the command report says on the terminal, a sentence each. */
#ifndef REPORT_TELL_H
#define REPORT_TELL_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct deletion_run;
struct findings;
struct view;

/* Appends "14 ready, 7 with warnings, ..." */
void tell_readiness(struct buf *out, const struct view *v);
/*
 * Appends the first item of REASON, of LEN bytes: of a long list of what was
 * not collected the first few, but always that it was not collected.
 */
void tell_reason(struct buf *out, const char *reason, size_t len);
/* Appends "1 update, 34 none"; false: there is no forecast. */
bool tell_actions(struct buf *out, const struct findings *f);
/* Appends that deletions stop the export; false: they do not. */
bool tell_stop(struct buf *out, const struct deletion_run *r);
/* Appends how many are deleted, where a share of all was not compared. */
bool tell_percent(struct buf *out, const struct deletion_run *r);

#endif
