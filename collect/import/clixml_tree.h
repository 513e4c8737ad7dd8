/*
 * The objects of a CLIXML file (Export-Clixml; MS-PSRP section 2.2.5) as small
 * trees, one at a time: what elements mean is known here alone.
 */
#ifndef COLLECT_IMPORT_CLIXML_TREE_H
#define COLLECT_IMPORT_CLIXML_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;
struct xml_stream_sink;

enum {
	CLIXML_OBJECT_MAX = 48 << 20,    /* bytes of an object */
	CLIXML_VALUES_MAX = 1000000,     /* values of an object */
	CLIXML_PROPS_MAX = 20000,        /* properties of an object */
	CLIXML_TYPES_MAX = 10000,        /* types of a file */
};

enum clixml_kind {
	CLIXML_NIL,
	CLIXML_TEXT,             /* strings, versions, time spans */
	CLIXML_FLAG,             /* "true" or "false" */
	CLIXML_NUMBER,
	CLIXML_TIME,             /* ISO 8601 */
	CLIXML_GUID,
	CLIXML_OCTETS,           /* base64 */
	CLIXML_OBJECT,
	CLIXML_LOST,             /* is elsewhere in the file, or nowhere */
};

/* Lists of values are linked by NEXT. All of it lasts for one object. */
struct clixml_value {
	enum clixml_kind kind;
	const char *name;        /* of a property, or NULL */
	const char *text;        /* never NULL; of an object what it prints */
	const char *type;        /* of an object, or NULL */
	bool is_list;
	struct clixml_value *first, *last;       /* a list's, in order */
	struct clixml_value *props, *props_last; /* in order */
	size_t prop_count;
	struct clixml_value *inner;      /* the plain value of an object */
	struct clixml_value *next;
	bool refers;             /* something in it stands elsewhere */
	bool done;               /* the object has ended */
	size_t weight;           /* values before it; when done, in it */
};

struct clixml_tree_sink {
	/* Takes an object of the file, which begins at LINE. */
	int (*object)(struct clixml_tree_sink *s, const struct clixml_value *v,
	              uint64_t line, struct err *err);
};

struct clixml_tree;

/* NAME stands for the file in errors. */
struct clixml_tree *clixml_tree_new(const char *name,
                                    struct clixml_tree_sink *sink);
void clixml_tree_free(struct clixml_tree *t);
/* What the elements of the file are given to. */
struct xml_stream_sink *clixml_tree_events(struct clixml_tree *t);

/* The property NAME (compared without case), or NULL. */
const struct clixml_value *clixml_prop(const struct clixml_value *v,
                                       const char *name);

#endif
