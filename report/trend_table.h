/* The runs of a trend as rows: for the terminal, CSV and the page. */
#ifndef REPORT_TREND_TABLE_H
#define REPORT_TREND_TABLE_H

#include <stddef.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"

enum trend_column {
	TREND_AS_OF, TREND_CRITICAL, TREND_HIGH, TREND_MEDIUM, TREND_LOW,
	TREND_INFO, TREND_CAUSES, TREND_BLOCKED, TREND_READY,
	TREND_NOT_ASSESSED, TREND_EXPLAINED, TREND_NEW, TREND_FIXED,
	TREND_COLUMNS
};

/* "asOf", for programs. */
const char *trend_key(enum trend_column c);
/* "Not assessed", for people; short enough for a narrow column. */
const char *trend_title(enum trend_column c);
/* The text of a column; "" where it is not known. */
void trend_cell(struct buf *out, const struct trend_run *run,
                enum trend_column c);

#endif
