/*
 * JSON (RFC 8259): what is written, and documents small enough to be held as a
 * tree, over cJSON, which only this module knows. What checks texts and reads
 * records is json_scan.h, which comes with it.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json_scan.h"

struct buf;
struct err;
struct json;
struct record;

/* Appends R as one line of JSON, with its "\n", attributes as they stand. */
void json_put_record(struct buf *out, const struct record *r);
/* Appends "NAME":VALUE, one attribute of R. */
void json_put_member(struct buf *out, const struct record *r, size_t attr);

/* Appends a JSON string; bytes that are not UTF-8 become U+FFFD. */
void json_put_string(struct buf *out, const char *text, size_t len);

/* Trees. json_parse gives NULL with *E filled; the caller frees the tree. */
struct json *json_parse(const char *text, size_t len, struct json_error *e);
/* The same of a text that was checked; of NULL, NULL. */
struct json *json_of_text(const char *text);
/* That of what record_json gives; NULL where it gives none. */
struct json *record_tree(const struct record *r, const char *name);
/* Reads the file PATH into TEXT, whose ceiling is obeyed, and parses that. */
struct json *json_load(const char *path, struct buf *text, struct err *err);
void json_free(struct json *j);
/* The same, and overwrites all strings first, for secrets. */
void json_wipe(struct json *j);

enum json_kind {
	JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT
};

/* All take NULL and then answer as for null. What they give is borrowed. */
enum json_kind json_kind(const struct json *j);
const struct json *json_get(const struct json *object, const char *key);
const struct json *json_first(const struct json *parent);
const struct json *json_next(const struct json *item);
/* How many children PARENT has. */
size_t json_count(const struct json *parent);
const char *json_key(const struct json *item);
const char *json_string(const struct json *j);       /* or NULL */
double json_number(const struct json *j);            /* or 0 */
/* A member of an object as a whole number; 0: there is none such. */
uint64_t json_count_of(const struct json *object, const char *key);
bool json_is_true(const struct json *j);

/* Making trees: children belong to their parent. KEY is NULL in arrays. */
struct json *json_new_object(void);
struct json *json_add_object(struct json *parent, const char *key);
struct json *json_add_array(struct json *parent, const char *key);
/* NULL is null. */
void json_add_text(struct json *parent, const char *key, const char *text);
void json_add_count(struct json *parent, const char *key, uint64_t n);
void json_add_null(struct json *parent, const char *key);
void json_add_bool(struct json *parent, const char *key, bool b);
/* A deep copy of J. */
void json_add_copy(struct json *parent, const char *key,
                   const struct json *j);
/* Appends the indented text of a tree, with a line end. */
void json_put_pretty(struct buf *out, const struct json *j);

/* Whether no value of R is longer than a reader of JSON takes. */
bool json_values_fit(const struct record *r);

#endif
