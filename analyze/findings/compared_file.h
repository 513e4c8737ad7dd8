/*
 * An NDJSON file of findings that are compared, line by line. It is read where
 * it stands, in a folder that is being written, too.
 */
#ifndef ANALYZE_FINDINGS_COMPARED_FILE_H
#define ANALYZE_FINDINGS_COMPARED_FILE_H

#include <stddef.h>
#include <stdint.h>

struct err;
struct lines;
struct record;

/* With the line at hand; LINE is NULL at the end. A zeroed one is closed. */
struct compared_file {
	char *path;
	struct lines *lines;
	const char *line;
	size_t len;
	struct record *record;
};

int compared_open(struct compared_file *s, const char *folder,
                  const char *name, struct err *err);
void compared_close(struct compared_file *s);
/* 1 with the next line, 0 at the end, -1. */
int compared_next(struct compared_file *s, struct err *err);
/* Fills the record from the line. */
int compared_parse(struct compared_file *s, struct err *err);
/* Both; 1, 0 or -1. */
int compared_record(struct compared_file *s, struct err *err);
/*
 * What the line has behind KEY, which is given with its quotes and colon, such
 * as "\"guid\":\"": within a string a backslash would stand before each quote.
 * NULL: the line has it not, or no plain text. The record need not be filled.
 */
const char *compared_text(const struct compared_file *s, const char *key,
                          size_t *len);
/* At the end: 0, or -1 when it is not the file of a manifest. */
int compared_check(const struct compared_file *s, uint64_t count,
                   const char *digest, struct err *err);
/* Says what a line lacks; -1. */
int compared_wrong(const struct compared_file *s, const char *want,
                   struct err *err);

#endif
