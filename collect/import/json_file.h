/*
 * A file of JSON objects, whatever they are of: finds the objects in answers,
 * lists, wrappers and the responses of a $batch, reads them into records, and
 * counts what they have. A dialect knows what an object is.
 */
#ifndef COLLECT_IMPORT_JSON_FILE_H
#define COLLECT_IMPORT_JSON_FILE_H

#include "collect/import/json_dialect.h"

struct parser *json_file_open(const char *name, struct sink *sink,
                              const struct json_dialect *dialect);

/* "NAME:LINE:COLUMN: want ...": always -1. */
int json_file_wrong(const struct json_file *f, const struct split_piece *p,
                    size_t offset, const char *want, struct err *err);
/* The file is about the section. */
void json_file_asked(struct json_file *f, enum section s);
/* Puts R, which stands at P, and counts its keys and what was lost. */
enum json_taken json_file_put(struct json_file *f, enum section s,
                              const struct record *r,
                              const struct split_piece *p, struct err *err);

#endif
