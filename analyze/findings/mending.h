/* What a finding says of the value that mends it: a part of findings.h. */
#ifndef ANALYZE_FINDINGS_MENDING_H
#define ANALYZE_FINDINGS_MENDING_H

/*
 * What would mend it, as an edit of what-if(5) writes it: ATTRIBUTE of AD gets
 * NEW in the place of OLD, one of its values.
 */
struct proposed {
	const char *attribute;     /* NULL: nothing is proposed */
	const char *old;           /* NULL: NEW is added */
	const char *new;           /* NULL: OLD is removed */
	/* What is to be changed together with it; or NULL. */
	const struct proposed *and;
};

/*
 * What IdFix itself says of a value: its words for the errors, joined by comma;
 * the value that it would write, "" where that does harm; and its action.
 */
struct idfix_row {
	const char *error;         /* NULL: the rule is not IdFix's */
	const char *update, *action;
	const char *class;         /* the last of objectClass */
};

#endif
