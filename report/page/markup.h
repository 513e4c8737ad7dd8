/* The little that all sections of the page are made of. */
#ifndef REPORT_PAGE_MARKUP_H
#define REPORT_PAGE_MARKUP_H

#include <stdint.h>

#include "analyze/findings/findings.h"
#include "base/when.h"

struct buf;

/* "12,345". */
void mark_number(struct buf *out, uint64_t n);
/* "1 object", "12,345 objects". */
void mark_count(struct buf *out, uint64_t n, const char *one,
                const char *many);
/* A cell of a table; NAME, which may be NULL, stands before it on a phone. */
void mark_cell_number(struct buf *out, const char *name, uint64_t n);
/* "28 Nov 2026"; then the same as <time>. */
void mark_day(struct buf *out, when_t t);
void mark_time(struct buf *out, when_t t);
/* The same of a text that may be no time. */
void mark_time_of(struct buf *out, const char *text);

void mark_severity(struct buf *out, enum severity s);
/* <TAG>TEXT</TAG>, TEXT escaped; TAG may have attributes. */
void mark_element(struct buf *out, const char *tag, const char *text);
/* A value of an attribute, which may be NULL; a name; a path with slashes. */
void mark_value(struct buf *out, const char *value, const char *attribute);
void mark_name(struct buf *out, const char *name);
void mark_path(struct buf *out, const char *path);
/* "https://... (note)" as a link, or as text. */
void mark_source(struct buf *out, const char *source);

/*
 * Readiness as a bar: shares of it; told in words for those who do not see it,
 * unless the numbers stand beside it.
 */
enum bar_kind { BAR_LARGE, BAR_IN_TABLE };
void mark_bar(struct buf *out, const uint64_t by[READINESS_COUNT],
              enum bar_kind kind);
/* The four that bars show, from worst to best. */
extern const enum readiness mark_order[4];
const char *mark_ready(enum readiness r);

/* A part that scrolls sideways, named for the keyboard. */
void mark_scroll(struct buf *out, const char *label);
void mark_scroll_end(struct buf *out);
void mark_section(struct buf *out, const char *id, const char *title,
                  const char *intro);
void mark_section_end(struct buf *out);
/* "What is said of each domain": one sentence, or a list of its parts. */
void mark_reason(struct buf *out, const char *reason);

#endif
