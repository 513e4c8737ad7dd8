/*
 * A JSON report on its way into a file, member by member: what is printed
 * passes json_put_string, the one escape. Commas are set here.
 */
#ifndef REPORT_EXPORT_JSON_OUT_H
#define REPORT_EXPORT_JSON_OUT_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct outfile;

/* A zeroed one with OUT is ready; release it. */
struct json_out {
	struct outfile *out;
	struct buf text;         /* not yet in the file */
};

enum json_shape { JSON_OUT_OBJECT, JSON_OUT_ARRAY };

/* KEY is NULL in an array, and at the top. It is ours, and plain. */
void json_out_begin(struct json_out *j, const char *key, enum json_shape s);
void json_out_end(struct json_out *j, enum json_shape s);
/* Likewise; a TEXT of NULL is null. */
void json_out_text(struct json_out *j, const char *key, const char *text);
/* The same, and nothing at all of NULL. */
void json_out_maybe(struct json_out *j, const char *key, const char *text);
void json_out_number(struct json_out *j, const char *key, uint64_t n);
/* A word of JSON: true. */
void json_out_word(struct json_out *j, const char *key, const char *word);
/* Hands over what was put: call it now and then. */
void json_out_flush(struct json_out *j);
void json_out_release(struct json_out *j);

#endif
