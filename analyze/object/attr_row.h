/* The attributes as a table: attributes.h, row by row. */
#ifndef ANALYZE_OBJECT_ATTR_ROW_H
#define ANALYZE_OBJECT_ATTR_ROW_H

#include "analyze/object/object.h"
#include "analyze/object/syntax.h"

#define SETTABLE NULL
#define OF_TENANT "is an attribute of the tenant"

/*
 * Whether a linked mailbox gives the attribute to its master; and where it
 * belongs, if neither has it: Exchange's own to the mailbox.
 */
enum attr_giver { OWN, OF_MAILBOX, OF_EITHER };

struct attr_row {
	enum attr attr;
	const struct syntax *syntax;
	size_t offset;                   /* of its member */
	const char *why;                 /* edits cannot set it; NULL: can */
	enum attr_giver giver;
	const char *name[FORM_COUNT];    /* NULL: not in this form */
};

/* By enum attr. */
extern const struct attr_row attr_rows[ATTR_COUNT];

#endif
