/* Rows of the data that the script reads, and the pieces of all of it. */
#ifndef REPORT_PAGE_BLOCK_ROWS_H
#define REPORT_PAGE_BLOCK_ROWS_H

#include "report/page/parts.h"

/* An object as its row is made: of a forecast, or an account AD has not. */
struct block_object {
	const struct forecast *forecast;     /* or NULL */
	const struct page_row *row;          /* then that of a finding on it */
	const char *name;
	uint32_t kind;
	enum page_ready ready;
	const uint32_t *open;                /* findings; NULL: it has none */
};

/* Appends the members of the row behind its place, and its end. */
void block_put_object(struct buf *out, const struct block_object *o);
/* The same of a finding, behind its object and place. */
void block_put_row(struct buf *out, struct report_page *p,
                   const struct page_row *row);
/* ---- pieces ---- */

/* Appends a comma and a text; NULL is null. Monstrous ones are cut. */
void block_text(struct buf *out, const char *text);
void block_number(struct buf *out, uint64_t n);
/* Appends ,"KEY":[TEXT,...]. */
void block_list(struct buf *out, const char *key, const char *const *items,
               size_t n);

#endif
