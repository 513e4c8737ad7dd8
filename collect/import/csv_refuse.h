/* CSV files that are no input, or lack what makes them one. */
#ifndef COLLECT_IMPORT_CSV_REFUSE_H
#define COLLECT_IMPORT_CSV_REFUSE_H

#include <stddef.h>

/*
 * Of a file that no kind takes and that begins with HEAD, what it looks like
 * and what to do, as the end of a sentence ("looks like ..."); NULL when there
 * is nothing to say.
 */
const char *csv_refusal(const char *head, size_t len);

#endif
