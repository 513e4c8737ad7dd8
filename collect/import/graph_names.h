/*
 * What programs call the properties of Graph: PowerShell's "DisplayName" is
 * displayName, and older modules and services have words of their own. Files of
 * all formats ask here.
 */
#ifndef COLLECT_IMPORT_GRAPH_NAMES_H
#define COLLECT_IMPORT_GRAPH_NAMES_H

#include <stddef.h>

#include "collect/schema/schema.h"

struct buf;

/* How a value under the word is to be taken. */
enum graph_sense {
	SENSE_PLAIN,
	SENSE_INVERTED,          /* true means false: BlockCredential */
};

struct graph_name {
	const char *name;        /* of the property, lives forever; or NULL */
	enum graph_sense sense;
};

/*
 * The property that is called WORD, whatever its case, in objects of the
 * section; without a name when no table has it.
 */
struct graph_name graph_name_find(enum section s, const char *word);

/*
 * The same as a name for every word, in small letters at its beginning if no
 * table has it; the caller frees it. NULL: the word is no property, but says
 * something of the object.
 */
char *graph_name_of(enum section s, const char *word,
                    enum graph_sense *sense);

/* Appends Graph's name of a member of values that are objects. */
void graph_put_member(struct buf *out, const char *name, size_t len);

#endif
