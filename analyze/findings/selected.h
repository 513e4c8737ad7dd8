/* Which rules were to run, as the manifest of findings says it. */
#ifndef ANALYZE_FINDINGS_SELECTED_H
#define ANALYZE_FINDINGS_SELECTED_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buf;
struct json;

/* As a user says it, by the options of analyze; a NULL was not said. */
struct selection {
	const char *profile;       /* its name; NULL: the default one */
	const char *rules, *skip;  /* "id,id,pattern*" */
	const char *severity;      /* one: and all worse; or a list */
	const char *category;      /* a list */
};

/* Whether anything was said. */
bool selection_is_any(const struct selection *s);
/*
 * Appends that so many rules RAN, by what they were chosen, and that readiness
 * is by these alone, without a full stop; false, with nothing appended: all ran
 * that run by default.
 */
bool selection_tell(const struct selection *s, size_t ran, struct buf *out);
/* The object E gets what was said. */
void selection_to_json(struct json *e, const struct selection *s);
/* That of a manifest; texts go to A. J may be NULL. */
struct selection selection_from_json(const struct json *j, struct arena *a);

#endif
