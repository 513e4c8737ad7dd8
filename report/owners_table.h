/* A table of attributes and of what is said of who owns them. */
#ifndef REPORT_OWNERS_TABLE_H
#define REPORT_OWNERS_TABLE_H

#include "analyze/findings/findings.h"

struct owned_row {
	const char *name;
	enum owned what;
	const char *ad, *tenant;
};

struct owners {
	const struct forecast *of;
	struct owned_row *rows;
	size_t count;
	enum managed_as as;
	enum exchange_state state;
	bool is_no_recipient;
};

/* Prints it, and below it the tools and the answers of the other places. */
void owners_put(const struct owners *t);

#endif
