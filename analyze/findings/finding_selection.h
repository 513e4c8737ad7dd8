/* Which findings a user chooses, whatever the command: a part of findings.h. */
#ifndef ANALYZE_FINDINGS_FINDING_SELECTION_H
#define ANALYZE_FINDINGS_FINDING_SELECTION_H

#include <stdbool.h>

struct err;
struct finding;
struct findings;

/*
 * As the options say it; NULL: by nothing. RULE, CAUSE (ids, or how they
 * begin), AUTHORITY and READINESS are lists with commas; of SEVERITY one word
 * is it and all worse. SAID is what stands before the keys in messages: "--".
 */
struct finding_selection {
	const char *said;
	const char *rule, *severity, *ou, *class, *object, *attribute, *value;
	const char *cause, *authority, *readiness;
};

bool finding_selection_is_any(const struct finding_selection *s);

struct finding_selector;

/* NULL with ERR filled: a word is wrong, or F cannot be read. */
struct finding_selector *
finding_selector_new(const struct finding_selection *s,
                     const struct findings *f, struct err *err);
bool finding_selector_has(const struct finding_selector *s,
                          const struct finding *f);
void finding_selector_free(struct finding_selector *s);

#endif
