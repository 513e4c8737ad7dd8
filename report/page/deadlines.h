/* The dates by which something is to be done. */
#ifndef REPORT_PAGE_DEADLINES_H
#define REPORT_PAGE_DEADLINES_H

#include "report/page/parts.h"

void deadlines_put(struct buf *out, const struct report_page *p);

#endif
