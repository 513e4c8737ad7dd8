/*
 * One object as its source gave it: attributes in order, each with its values.
 * Sources fill records, the snapshot stores them and gives them back, the
 * model reads them. Whatever a record hands out is borrowed from it until it
 * is changed or cleared.
 */
#ifndef BASE_RECORD_H
#define BASE_RECORD_H

#include <stddef.h>
#include <stdint.h>

enum value_kind {
	VALUE_TEXT,      /* UTF-8 */
	VALUE_BYTES,     /* octets; base64 on disk */
	VALUE_JSON,      /* a JSON text other than a string: 12, true, {...} */
};

enum attr_shape {
	SHAPE_SINGLE,    /* a value, or null when there is none */
	SHAPE_LIST,      /* an array, also of one value or none */
};

struct value {
	enum value_kind kind;
	const char *data;        /* a NUL follows the last byte */
	size_t len;
};

/* An attribute, borrowed as its values are. */
struct record_attr {
	const char *name;
	size_t name_len;
	uint32_t hash;           /* of the name, whatever its case */
	uint32_t tag;            /* see record_set_tag */
	uint32_t kinds;          /* 1 << kind, of all its values */
	enum attr_shape shape;
	size_t values;
};

/* The member that names the attributes of which values were lost. */
#define RECORD_LACKS "@lacks"

struct record;

struct record *record_new(void);
void record_free(struct record *r);
void record_clear(struct record *r);

/*
 * Appends a value to the attribute NAME (compared without case), which is made
 * when there is none yet. A second value turns the attribute into a list.
 */
void record_add(struct record *r, const char *name, enum value_kind kind,
                const char *data, size_t len);
void record_add_text(struct record *r, const char *name, const char *text);
/* Makes the attribute NAME if need be, and gives it SHAPE. */
void record_declare(struct record *r, const char *name,
                    enum attr_shape shape);

/*
 * The same in steps, for who adds many: the number of the attribute NAME, made
 * when there is none yet; a value for the attribute of that number; its shape.
 */
size_t record_attribute(struct record *r, const char *name, size_t len);
void record_append(struct record *r, size_t attr, enum value_kind kind,
                   const char *data, size_t len);
void record_set_shape(struct record *r, size_t attr, enum attr_shape shape);
/* Changes when R is cleared: then no attribute's number holds any longer. */
uint64_t record_generation(const struct record *r);

/*
 * The attribute's place in a table that giver and reader share, so that the
 * reader need not look up its name; 0 when nobody said.
 */
void record_set_tag(struct record *r, size_t attr, uint32_t tag);
uint32_t record_tag(const struct record *r, size_t attr);

/* Makes TO hold what FROM holds, with the same numbers and tags. */
void record_copy(struct record *to, const struct record *from);
/* Takes an attribute's values away, which keeps its number and its tag. */
void record_empty(struct record *r, size_t attr);

/* Makes the attribute NAME if need be, without values, SHAPE_SINGLE. */
void record_reset(struct record *r, const char *name);

/* Attributes are numbered from 0 in the order of their making. */
size_t record_count(const struct record *r);
const char *record_name(const struct record *r, size_t attr);
enum attr_shape record_shape(const struct record *r, size_t attr);
size_t record_values(const struct record *r, size_t attr);
struct value record_value(const struct record *r, size_t attr, size_t i);
/* All that R knows of an attribute but its values. */
struct record_attr record_attr(const struct record *r, size_t attr);

/* The number of the attribute NAME, or -1. */
long record_find(const struct record *r, const char *name);
/* The first value of NAME when it is text, or NULL. */
const char *record_text(const struct record *r, const char *name);
/* The same when it is JSON other than a string. */
const char *record_json(const struct record *r, const char *name);

/* The bytes that R holds, names and values: for ceilings. */
size_t record_size(const struct record *r);

#endif
