/*
 * onPremisesSyncBehavior of objects: who holds authority over them, which Graph
 * gives by itself, or with the objects where $expand asks for it.
 */
#ifndef COLLECT_IMPORT_SYNC_BEHAVIOR_H
#define COLLECT_IMPORT_SYNC_BEHAVIOR_H

#include "collect/import/json_dialect.h"

#define SYNC_BEHAVIOR "onPremisesSyncBehavior"

/*
 * Puts R, of the section, as json_file_put, and what f->raw, of which it was
 * made, has of the behavior with it.
 */
enum json_taken sync_behavior_put(struct json_file *f, enum section s,
                                  const struct record *r,
                                  const struct split_piece *p,
                                  struct err *err);

#endif
