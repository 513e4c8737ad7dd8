/*
 * A file of JSON objects, whatever they are of: finds the objects in answers,
 * lists, wrappers and the responses of a $batch, reads them into records, and
 * counts what they have. A dialect knows what an object is.
 */
#ifndef COLLECT_IMPORT_JSON_FILE_H
#define COLLECT_IMPORT_JSON_FILE_H

#include "collect/graph/graph.h"
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
	enum json_sense { SENSE_PLAIN, SENSE_INVERTED } sense;
	bool read;               /* by the analysis */
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
	uint64_t empty_users;    /* the line of an empty answer of users */
	char *failed;            /* why responses lack, or NULL */
	bool any;                /* it says something, or that was told */
	struct json_column *columns;
	size_t column_count, column_room;
	enum section columns_of;
};

struct parser *json_file_open(const char *name, struct sink *sink,
                              const struct json_dialect *dialect);

/* "NAME:LINE:COLUMN: want ...": always -1. */
int json_file_wrong(const struct json_file *f, const struct split_piece *p,
                    size_t offset, const char *want, struct err *err);
/* The file is about the section. */
void json_file_asked(struct json_file *f, enum section s);
/*
 * The object at P has values of the attribute, which cannot be used. Whoever
 * reads it is told, once with the place.
 */
void json_file_lost(struct json_file *f, enum section s,
                    const char *attribute, enum json_loss loss,
                    const struct split_piece *p);
/* An answer without objects does not say of what it is. */
void json_file_tell_empty(struct json_file *f, uint64_t line,
                          const char *context);
/* The file has ended: what it covers, and what lacks. */
void json_file_tell(struct json_file *f);
/* Puts R, which stands at P, and counts its keys and what was lost. */
enum json_taken json_file_put(struct json_file *f, enum section s,
                              const struct record *r,
                              const struct split_piece *p, struct err *err);

/* Whether a head is JSON; whether it has a key, at most two objects deep. */
bool json_head_is(const char *head, size_t len);
bool json_head_has(const char *head, size_t len, const char *key);

#endif
