/*
 * What a file of JSON objects is while it is read, and what tells the kinds of
 * such files from each other.
 */
#ifndef COLLECT_IMPORT_JSON_DIALECT_H
#define COLLECT_IMPORT_JSON_DIALECT_H

#include "collect/graph/graph.h"
#include "collect/import/graph_names.h"
#include "collect/import/json_keys.h"
#include "collect/import/json_shape.h"
#include "collect/import/source.h"

struct json_file;

/* No section: objects that are left out. */
#define LEFT_OUT SECTION_COUNT

/* What a dialect did with an object. */
enum json_taken { JSON_FAILED, JSON_TAKEN, JSON_FOREIGN };

struct json_dialect {
	/*
	 * Takes f->raw, which stands at P; JSON_FOREIGN when it is nothing that
	 * the dialect knows.
	 */
	enum json_taken (*take)(struct json_file *f,
	                        const struct split_piece *p, struct err *err);
	/* The section of an answer; NULL: answers say nothing. */
	enum section (*context)(const char *context);
	const char *want;        /* "a user of Graph": what was wanted */
	enum json_absence absence;
	/* Keys that only an export of all attributes has; NULL: none are. */
	const char *const *whole;
};

/* The answer that is read. */
struct json_page {
	enum section expected;   /* by @odata.context; LEFT_OUT: nothing */
	enum section met;        /* of its last object */
	long objects;
	enum json_list { LIST_OBJECTS, LIST_RESPONSES } list;
};

/* What is known of the key at a place: the next object has it there, too. */
struct json_column {
	char *name;              /* as the file has it */
	char *attribute;         /* NULL: it is dropped */
	enum json_holds holds;
	enum graph_sense sense;
	bool read;               /* by the analysis */
	bool plain;              /* the attribute's own name and sense */
};

struct json_file {
	struct parser parser;    /* first: what the importer holds */
	struct split_sink pieces;
	struct json_split *split;
	struct sink *sink;
	char *name;
	const struct json_dialect *dialect;
	/* The object as it stands, as it shall be, and one attribute of it. */
	struct record *raw, *record, *part;
	struct json_page page;
	struct name_set lost;    /* of the object, see json_file_lost */
	struct name_set told;    /* attributes of which was told */
	struct json_keys keys[SECTION_COUNT];
	bool asked[SECTION_COUNT];
	bool members;            /* it has objects of some list of others */
	uint64_t empty_users;    /* the line of an empty answer of users */
	char *failed;            /* why responses lack, or NULL */
	bool any;                /* it says something, or that was told */
	struct json_column *columns;
	size_t column_count, column_room;
	enum section columns_of;
};

#endif
