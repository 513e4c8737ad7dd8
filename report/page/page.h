/*
 * report.html: one file that answers, lists and explains, that loads nothing,
 * and that is whole without its script. A page takes findings as a view reads
 * them, then reads the forecast once, and prints.
 */
#ifndef REPORT_PAGE_PAGE_H
#define REPORT_PAGE_PAGE_H

#include "report/page/asked.h"

struct err;
struct findings;
struct view_taker;

struct report_page;

/*
 * Checks the settings, and reads their files: NULL with ERR filled. What it has
 * of F and of SET is borrowed.
 */
struct report_page *page_new(const struct findings *f,
                      const struct page_settings *set, struct err *err);
/* What the view hands its findings to. */
struct view_taker *page_taker(struct report_page *p);
void page_free(struct report_page *p);

#endif
