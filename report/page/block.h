/* The block of data that the script of the page reads: JSON. */
#ifndef REPORT_PAGE_BLOCK_H
#define REPORT_PAGE_BLOCK_H

#include "report/page/parts.h"

/* Appends all of it. What it leaves out it says. */
void block_put(struct buf *out, struct report_page *p);

#endif
