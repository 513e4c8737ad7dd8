/* The data that rules went by. A part of the header of findings. */
#ifndef ANALYZE_FINDINGS_DATA_TOLD_H
#define ANALYZE_FINDINGS_DATA_TOLD_H

#include <stddef.h>

/* A data file, or a list of public suffixes. */
struct judged_data {
	const char *name, *digest;     /* NULL: it is in a library */
	const char *source, *as_of;    /* a day; NULL: it tells none */
};

struct judged_data_list {
	const struct judged_data *items;
	size_t count;
};

#endif
