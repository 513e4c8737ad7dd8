/* The block of data that the script of the page reads: JSON. */
#ifndef REPORT_PAGE_BLOCK_H
#define REPORT_PAGE_BLOCK_H

#include "report/page/parts.h"

struct outfile;

/*
 * Prints all of it, with fewer rows if WRITTEN bytes of the page and these are
 * too many. What it leaves out it says.
 */
void block_put(struct outfile *out, struct report_page *p, size_t written);

#endif
