/*
 * Picks the members that are wanted from the lines of NDJSON: the hot path of
 * reading snapshots. Every byte of a line is checked as json_check checks it;
 * only what is wanted is given out, and it is given out where it stands.
 */
#ifndef BASE_JSON_PICK_H
#define BASE_JSON_PICK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json_mask.h"

struct json_error;
struct picker;

/* The room that a block needs behind its end; picker_load writes there. */
enum {
	PICK_PAD = 2 * JSON_GROUP,
	PICK_NAMES_MAX = 256, PICK_WORDS = PICK_NAMES_MAX / 64
};

enum pick_kind {
	PICK_TEXT,       /* a string */
	PICK_LIST,       /* an array of nothing but strings */
	PICK_NULL,
	PICK_JSON,       /* any other value, as it is written */
};

/* A member: its value lies in the block, without quotes or brackets. */
struct pick {
	enum pick_kind kind;
	bool escaped;            /* a backslash is somewhere in it */
	uint32_t count;          /* strings in a list */
	char *data;
	size_t len;
};

/* A line: PRESENT has a bit for each name that the object has. */
struct picked {
	uint64_t present[PICK_WORDS];
	struct pick at[PICK_NAMES_MAX];
	size_t start, next;      /* the line in the block, and what follows */
	size_t wanted;           /* bytes of it up to the last wanted value */
	bool odd;                /* values lie elsewhere, until the next odd */
};

/* Whether the object has the name number I. */
static inline bool
picked_has(const struct picked *p, size_t i)
{
	return p->present[i / 64] >> i % 64 & 1;
}

/*
 * For N names, at most PICK_NAMES_MAX; a NULL among them is never found. They
 * are compared as records do, without case. NAMES must outlive the picker.
 */
struct picker *picker_new(const char *const *names, size_t n,
                          enum json_way way);
void picker_free(struct picker *p);

/* Sets a block of whole lines, LEN bytes and PICK_PAD of room; borrowed. */
void picker_load(struct picker *p, char *block, size_t len);
/*
 * Reads the line that begins at FROM, with its end ("\n", or the block's). 0,
 * or -1 with *E filled, its offset counted from FROM; OUT->next is set in
 * either case. OUT belongs to the picker and lasts until the next line.
 */
int picker_line(struct picker *p, size_t from, const struct picked **out,
                struct json_error *e);
/* The same for a line known to be right, of which WANTED bytes matter. */
int picker_again(struct picker *p, size_t from, size_t wanted,
                 const struct picked **out, struct json_error *e);

/*
 * Values as C strings, made in place: a value may be asked for once. Of a list
 * the first; NULL when there is none. A NUL in a text becomes U+FFFD.
 */
char *pick_text(const struct pick *k);
/* All texts of a list, or the one of a PICK_TEXT: into OUT, K->count of them */
size_t pick_texts(const struct pick *k, const char **out);
/* How many there are. */
size_t pick_count(const struct pick *k);
/* The text of a PICK_JSON, or NULL. */
char *pick_json(const struct pick *k);

#endif
