/*
 * Steps through the JSON that json_read_record leaves as text: arrays of any
 * values, and objects within objects.
 */
#ifndef COLLECT_IMPORT_JSON_ITEMS_H
#define COLLECT_IMPORT_JSON_ITEMS_H

#include <stdbool.h>
#include <stddef.h>

struct err;
struct record;
struct split_piece;

/* Reads the object P of the file NAME into OUT; 0, or -1 with ERR filled. */
int json_piece_read(const char *name, const struct split_piece *p,
                    struct record *out, struct err *err);
/* "NAME:LINE: want WANT", of the line that the piece begins in; -1. */
int json_piece_wrong(const char *name, const struct split_piece *p,
                     const char *want, struct err *err);

/* The values of one attribute: an array's items, or the one that it is. */
struct json_items {
	const struct record *record;
	size_t attr, next;
	const char *at;          /* within an array that is text; or NULL */
};

/* An item: a string without quotes, or any other value as it is written. */
struct json_item {
	bool is_string;
	const char *text;
	size_t len;
};

/* Begins with the attribute NAME of R, which need not be there. */
struct json_items json_items_of(const struct record *r, const char *name);
/*
 * The next item; SCRATCH holds its text until the next call. null is none.
 * False at the end.
 */
bool json_items_next(struct json_items *it, struct record *scratch,
                     struct json_item *out);

/*
 * Reads the object under NAME into OUT; false when there is none. It was read
 * as part of R, and so is right.
 */
bool json_inner(const struct record *r, const char *name, struct record *out);
/* The same of an item. */
bool json_item_object(const struct json_item *item, struct record *out);

#endif
