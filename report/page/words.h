/* What the page says through its script: the script itself has no words. */
#ifndef REPORT_PAGE_WORDS_H
#define REPORT_PAGE_WORDS_H

#include "report/page/parts.h"

/* The text of a key of the table; never NULL. */
const char *page_word(const char *key);
/* "critical", "blocked", "planned" ... as people read them. */
const char *word_of_ready(enum page_ready r);
const char *word_of_age(enum row_age a);
const char *word_of_status(enum status s);
const char *word_of_severity(enum severity s);
/* Of an authority, or AUTHORITY_COUNT. */
const char *word_of_where(uint32_t authority);
const char *word_of_action(enum action a);

/* Appends all of it as members of an object of JSON. */
void words_put(struct buf *out, const struct report_page *p);

#endif
