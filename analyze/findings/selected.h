/* Which rules were to run, as the manifest of findings says it. */
#ifndef ANALYZE_FINDINGS_SELECTED_H
#define ANALYZE_FINDINGS_SELECTED_H

#include <stdbool.h>

struct arena;
struct buf;
struct findings;
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
 * Appends how many rules ran, by what they were chosen, and that readiness is
 * by these alone, without a full stop; false, with nothing appended: all ran
 * that run by default.
 */
bool selection_tell(const struct findings *f, struct buf *out);
/* Adds the key "selection", with the rules that ran; nothing, if all did. */
void selection_to_json(struct json *o, const struct findings *f);
/* That of a manifest; texts go to A. J may be NULL. */
struct selection selection_from_json(const struct json *j, struct arena *a);

#endif
