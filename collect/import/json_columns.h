/* Objects whose keys and values are to become those of the snapshot. */
#ifndef COLLECT_IMPORT_JSON_COLUMNS_H
#define COLLECT_IMPORT_JSON_COLUMNS_H

#include "collect/import/json_dialect.h"

/*
 * f->raw, of the section, as the snapshot has it: itself, or f->record. FIND
 * says what a key is. What was lost is told.
 */
const struct record *json_columns_apply(
	struct json_file *f, enum section s,
	void (*find)(enum section s, struct json_column *c),
	const struct split_piece *p);
/* Gives TO attribute ATTR of FROM, instead of what it has, as NAME. */
void json_columns_copy(struct record *to, const char *name,
                       const struct record *from, size_t attr);

#endif
