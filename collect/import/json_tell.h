/* What is told of a JSON file: what it lost, covers, and does not say. */
#ifndef COLLECT_IMPORT_JSON_TELL_H
#define COLLECT_IMPORT_JSON_TELL_H

#include "collect/import/json_dialect.h"

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

#endif
