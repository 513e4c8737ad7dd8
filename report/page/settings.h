/* What is said on the command line of a page, and the files behind it. */
#ifndef REPORT_PAGE_SETTINGS_H
#define REPORT_PAGE_SETTINGS_H

struct err;
struct report_page;

/* Fills P's audience, logo, notes and waves. 0, or -1 with ERR filled. */
int settings_read(struct report_page *p, struct err *err);

#endif
