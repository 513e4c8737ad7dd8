/* A finding that the newer of two folders has not, and what is known of it. */
#ifndef ANALYZE_FINDINGS_REPAIR_H
#define ANALYZE_FINDINGS_REPAIR_H

#include <stdbool.h>

#include "analyze/findings/comparable.h"
#include "analyze/findings/event_told.h"
#include "analyze/findings/finding_change.h"
#include "base/when.h"

/* What a forecast has of the object; texts live with the repairs. */
struct object_told {
	bool is;                   /* it is there */
	bool known;                /* VALUE is what AD has */
	signed char in_scope, enabled;       /* 0, 1; -1: not known */
	const char *value;         /* of the attribute, lines; or NULL */
};

/*
 * What a rule said of an attribute of an object, in whatever value: of one
 * object there may be thousands of findings.
 */
struct repair_flaw {
	const char *object;        /* GUID, else DN, SID, account */
	const char *rule, *attribute;
	struct object_told told[DIFFERENCE_SIDES];
	const char *again;         /* the value of which the rule says it now */
	size_t first;              /* of its repairs, + 1 */
};

/* A finding that the newer folder has not. */
struct repair {
	struct repair_flaw *flaw;
	size_t next;               /* of the flaw's, + 1; 0: none */
	const char *domain, *class;
	bool of_ad;                /* the object is AD's */
	bool sees_event;           /* the newer snapshots reach back to it */
	struct told_event event;   /* without places */
	const struct compared_rule *compared;
	when_t dated[2];           /* between these the newer timeline has */
	const char *happened;      /* what happened; static; or NULL */
	bool dates_value;          /* that is the attribute's change */
	/* set by repair_settle */
	enum change_kind kind;
	bool suspended;            /* as finding_change has it */
	const char *reason;
};

#endif
