/*
 * The pages of Graph's answers, over all inputs: is the last one there? Pages
 * of one answer have the same @odata.context ("Paging Microsoft Graph data in
 * your app").
 */
#ifndef COLLECT_IMPORT_PAGE_LOG_H
#define COLLECT_IMPORT_PAGE_LOG_H

#include "collect/import/source.h"

struct page_log;

struct page_log *page_log_new(void);
void page_log_free(struct page_log *log);
void page_log_add(struct page_log *log, enum section s,
                  const struct page *p);
/* What lacks of the section's answers; NULL: nothing. The caller frees it. */
char *page_log_gap(const struct page_log *log, enum section s);

#endif
