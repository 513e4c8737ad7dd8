/* Which syntax the values of an attribute have, by the form of its objects. */
#ifndef COLLECT_IMPORT_VALUE_SYNTAX_H
#define COLLECT_IMPORT_VALUE_SYNTAX_H

#include <stdbool.h>
#include <stddef.h>

#include "collect/schema/schema.h"

/* What values must be; behind each, the snapshot's form of it. */
enum value_syntax {
	AS_TEXT,                 /* a text, or several */
	AS_WHATEVER,             /* only looked for, or counted */
	/* octets */
	AS_GUID, AS_SID,
	AS_ANCHOR,               /* any octets, mostly a GUID's */
	AS_METADATA,             /* replPropertyMetaData */
	AS_OCTETS,               /* any */
	/* texts */
	AS_DN,                   /* "CN=Ann,DC=corp,DC=example" */
	AS_FLAG,                 /* "TRUE" */
	AS_NUMBER,               /* 64 bits with a sign */
	AS_FILETIME,             /* 100 ns since 1601 */
	AS_GENERAL_TIME,         /* "20240131100000.0Z" */
	AS_ISO_TIME,             /* "2024-01-31T10:00:00Z" */
	AS_GUID_TEXT, AS_SID_TEXT,
	/* numbers with names */
	AS_CONTROL, AS_GROUP_TYPE, AS_ACCOUNT_TYPE, AS_RECIPIENT_TYPE,
	AS_DISPLAY_TYPE, AS_REMOTE_TYPE,
	/* JSON that is no string */
	AS_JSON_FLAG,            /* true */
	AS_JSON_LIST,            /* an array of objects */
	AS_COUNT
};

/* Whether a value that cannot be read matters: somebody reads it. */
enum value_use { USE_READ, USE_KEPT };

struct value_row {
	const char *name;
	enum value_syntax syntax;
	enum value_use use;
};

/* Who names attributes: AD, Graph, Exchange. */
enum value_form {
	VALUES_OF_AD, VALUES_OF_GRAPH, VALUES_OF_EXCHANGE, VALUES_OF_DOMAINS,
	VALUES_OF_ORGANIZATION,
	VALUES_OF_NOBODY         /* objects whose values have no table */
};

enum value_form value_form(enum section s);
/* The attribute's row, whatever its case; NULL: its values are not judged. */
const struct value_row *value_row_find(enum value_form form, const char *name);
/* Whether AD's sections hang on it (ad_section). */
bool value_tells_section(const struct value_row *row);
/* Whether somebody reads that of the section: else it is put right at most. */
bool value_is_read(enum section s, const struct value_row *row);

#endif
