/*
 * A stream of JSON cut into its objects: an answer of Graph
 * ({"value":[...]}), several of them, an array of objects or of answers, or
 * NDJSON. A list may be wrapped as PowerShell does it ({"value":[...],
 * "Count":2}), lists may lie in lists, and the "responses" of a $batch are a
 * list, too. No more than one object is held at a time.
 */
#ifndef COLLECT_GRAPH_JSON_SPLIT_H
#define COLLECT_GRAPH_JSON_SPLIT_H

#include <stddef.h>
#include <stdint.h>

struct err;

enum { SPLIT_OBJECT_MAX = 16 << 20 };    /* bytes of one object */

/* One object's text, and where it stands. */
struct split_piece {
	const char *text;        /* a NUL follows */
	size_t len;
	uint64_t line, column;   /* of its first byte, from 1 */
};

struct split_sink {
	int (*object)(struct split_sink *s, const struct split_piece *p,
	              struct err *err);
	/*
	 * An answer begins; the piece has the members before its list, which
	 * is null in it.
	 */
	int (*page_begin)(struct split_sink *s, const struct split_piece *p,
	                  struct err *err);
	/* It ends; the piece has all members, the list being null. */
	int (*page_end)(struct split_sink *s, const struct split_piece *p,
	                struct err *err);
	/*
	 * An answer's object was too large, and the piece has no text of it.
	 * NULL: that ends the stream.
	 */
	int (*too_large)(struct split_sink *s, const struct split_piece *p,
	                 struct err *err);
};

struct json_split;

/* NAME stands for the file in errors: "NAME:LINE:COLUMN: want ...". */
struct json_split *json_split_new(const char *name, struct split_sink *sink);
/* The objects are listed under MEMBER, a literal, in place of "value". */
void json_split_member(struct json_split *s, const char *member);
void json_split_free(struct json_split *s);
/* What is fed begins there, as a part of a text does; before feeding. */
void json_split_begin_at(struct json_split *s, uint64_t line, uint64_t column);
int json_split_feed(struct json_split *s, const char *data, size_t len,
                    struct err *err);
int json_split_finish(struct json_split *s, struct err *err);
/*
 * How many lists began so far: arrays and answers; objects one after the other
 * that stand in neither are a list, too, as a pipeline writes it.
 */
uint64_t json_split_lists(const struct json_split *s);

#endif
