/* Which of the rows that were kept the page prints, by their bytes. */
#ifndef REPORT_PAGE_CHOOSE_H
#define REPORT_PAGE_CHOOSE_H

#include "report/page/parts.h"

/* A row that is printed: all but its object and place. */
struct chosen_row {
	const struct page_row *row;
	char *json;
};

struct chosen_rows {
	struct chosen_row *items;
	size_t count, room;
	size_t bytes, most;      /* of them, and of their objects */
};

/* Set .most before. Objects that are not printed leave the page's list. */
void choose_rows(struct chosen_rows *c, struct report_page *p);
void chosen_release(struct chosen_rows *c);

#endif
