/*
 * Reading a data file: its head, its keys by a table, and where it is wrong. A
 * file's own reader embeds struct data_reader.
 */
#ifndef ANALYZE_DATA_READER_H
#define ANALYZE_DATA_READER_H

#include <stddef.h>

#include "analyze/data/data.h"
#include "base/json_line.h"
#include "base/buf.h"
#include "base/json.h"

enum { DATA_DEPTH = 8 };

struct data_reader {
	char *path;
	struct buf text;
	struct json *tree;
	struct arena *arena;         /* for texts that stay */
	struct data_file *about;
	struct json_step steps[DATA_DEPTH];      /* what is being read */
	size_t depth;
	struct err *err;
};

enum data_wish { DATA_MAY, DATA_MUST };

/* A key of an object. A table of them ends with an empty row. */
struct data_key {
	const char *name;
	enum data_wish wish;
	int (*read)(struct data_reader *r, const struct json *j);
};

/*
 * Reads the file NAME of FOLDER: its head into ABOUT, and all other keys by
 * KEYS. R has arena, about and err. 0, or -1 with ERR filled; release it in
 * either case.
 */
int data_read(struct data_reader *r, const char *folder, const char *name,
              const struct data_key *keys);
void data_reader_release(struct data_reader *r);

/* All keys of the object J. 0, or -1 with the error filled, as all of these. */
int data_keys(struct data_reader *r, const struct json *j,
              const struct data_key *keys);
/* Each item of the array J. */
int data_each(struct data_reader *r, const struct json *j,
              int (*read)(struct data_reader *r, const struct json *item));
/* A text that is not empty, in the arena. */
int data_text(struct data_reader *r, const struct json *j, const char **out);
/* A day, as "2026-11-01". */
int data_day(struct data_reader *r, const struct json *j, const char **day,
             when_t *out);
/* A whole number from 1. */
int data_number(struct data_reader *r, const struct json *j, unsigned *out);
/* A build, as "2.6.92.0". */
int data_build(struct data_reader *r, const struct json *j,
               struct data_build *out);
/* True or false. */
int data_flag(struct data_reader *r, const struct json *j, bool *out);
/* -1: what is being read is not WANT. */
int data_wrong(struct data_reader *r, const char *want);

#endif
