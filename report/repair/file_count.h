/* How many changes a file of repair/ makes, or rows manual.csv has. */
#ifndef REPORT_REPAIR_FILE_COUNT_H
#define REPORT_REPAIR_FILE_COUNT_H

#include <stdint.h>

struct err;

/*
 * What PATH has, by the ending of its name. One of a kind that is never written
 * has none. 0, or -1 with ERR filled.
 */
int file_count(const char *path, uint64_t *count, struct err *err);

#endif
