/* The text of a plan, whatever program wrote it, as CSV by RFC 4180. */
#ifndef ANALYZE_WHATIF_PLAN_TEXT_H
#define ANALYZE_WHATIF_PLAN_TEXT_H

#include <stdint.h>

#include "base/buf.h"

struct err;

struct plan_text {
	struct buf csv;            /* UTF-8, without a mark */
	char delimiter;
	uint64_t first_line;       /* its number in the file */
};

/*
 * IdFix quotes only fields with a comma, and does not double quotes within;
 * spreadsheets write UTF-16, semicolons, and a line "sep=;" before the head. 0,
 * or -1 with ERR filled, an error of usage. Release it in any case.
 */
int plan_text_read(struct plan_text *t, const char *path, struct err *err);
void plan_text_release(struct plan_text *t);

#endif
