/* Whether a field that no object has a value of was asked for. */
#ifndef COLLECT_IMPORT_EMPTY_H
#define COLLECT_IMPORT_EMPTY_H

#include <stdbool.h>
#include <stddef.h>

#include "collect/import/tool.h"
#include "collect/schema/schema.h"
#include "collect/snapshot/snapshot.h"

/* What an input has of a section. */
struct claim {
	const char *input;
	size_t number;           /* of the input */
	enum section section;
	enum tool tool;
	enum cover cover;
	bool covered;            /* it said what it has: COVER and NAMES */
	bool by_word;            /* COVER_ALL, by a word of the user */
	bool doubted;            /* of an empty field: it was not asked for */
	struct name_set names;
	bool is_answer;          /* an answer of Graph, as it came */
	struct name_set context; /* what its @odata.context names */
	size_t objects;
	const struct claim *first;       /* the first one alike, or itself */
	/* By number of the row in reads.h; the first has those of all alike. */
	bool *valued;            /* some object has a value */
	bool *listed;            /* some object has a list without values */
	size_t *pending;         /* rows that no object had a value of */
	size_t pending_count;
	bool synced;             /* some object is synchronized */
};

/* Whether the tenant synchronizes, as its organization says. */
enum synchronizes { SYNCHRONIZES_UNKNOWN, SYNCHRONIZES, SYNCHRONIZES_NOT };

/*
 * Whether the attribute R, which the claim names and none of its objects has a
 * value of, was asked for; if so, *BY what if not by what is usual.
 */
bool empty_is_none(const struct claim *c, const struct reads *r,
                   enum synchronizes tenant, enum asked_by *by);

#endif
