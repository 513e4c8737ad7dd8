/*
 * How values of attributes are read from a line into an object, told and taken
 * away by edits, and given by a linked mailbox to its master.
 */
#ifndef ANALYZE_OBJECT_SYNTAX_H
#define ANALYZE_OBJECT_SYNTAX_H

#include <stdbool.h>
#include <stddef.h>

#include "analyze/object/object.h"

enum syntax_id {
	SYNTAX_TEXT,             /* the first value; an empty one is none */
	SYNTAX_ANY_TEXT,         /* the same, but an empty one is kept */
	SYNTAX_PROXIES,          /* all values */
	SYNTAX_NUMBER, SYNTAX_FLAG,
	SYNTAX_PRESENCE,         /* whether there is a value at all */
	SYNTAX_AMOUNT,           /* how many there are */
	SYNTAX_FILETIME, SYNTAX_GENERAL_TIME, SYNTAX_ISO_TIME,
	SYNTAX_GUID,             /* of ms-DS-ConsistencyGuid: any octets */
	SYNTAX_SID,
	SYNTAX_EXCHANGE_GUID,    /* of a mailbox or an archive */
	/* of one attribute each */
	SYNTAX_PASSWORD_SET,
	SYNTAX_OBJECT_GUID, SYNTAX_CONTROL, SYNTAX_RECIPIENT_TYPE,
	SYNTAX_DISPLAY_TYPE, SYNTAX_REMOTE_TYPE, SYNTAX_MASTER_SID,
	SYNTAX_CLASS, SYNTAX_MEMBERS, SYNTAX_USER_TYPE, SYNTAX_META_XML,
	SYNTAX_META_BINARY, SYNTAX_PLANS, SYNTAX_GROUP_TYPES,
	SYNTAX_POLICIES, SYNTAX_SYNC_ERRORS, SYNTAX_SERVICE_ERRORS,
	SYNTAX_LICENCES,
	SYNTAX_COUNT
};

struct mapped;                   /* syntax_read.h */

/* OFFSET is the member's in struct object. */
struct syntax {
	/* 0, or -1, with nothing changed, when it cannot be read. */
	int (*read)(const struct mapped *m, size_t offset);
	/* As if the attribute had no value; NULL: edits cannot set it. */
	void (*clear)(struct object *o, size_t offset);
	/* What edits give: SET_... bits, and in words. */
	unsigned takes;
	const char *want;
	/* Gives TO what FROM has, if TO has none. */
	void (*merge)(struct object *to, const struct object *from,
	              size_t offset);
};

extern const struct syntax syntaxes[SYNTAX_COUNT];

#endif
