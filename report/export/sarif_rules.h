/* The rules of a run in SARIF, and what they could not look at. */
#ifndef REPORT_EXPORT_SARIF_RULES_H
#define REPORT_EXPORT_SARIF_RULES_H

#include "analyze/findings/findings.h"

struct json_out;

/* "error", "warning" or "note" (section 3.27.10). */
const char *sarif_level(enum severity s);

/* The member tool: all rules that ran, found or not. */
void sarif_tool(struct json_out *j, const struct findings *f);
/*
 * The member invocations, whose notifications say of which rules not all, or
 * nothing, was looked at: no result is no proof for these.
 */
void sarif_invocation(struct json_out *j, const struct findings *f);

#endif
