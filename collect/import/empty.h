/* Whether a field that no object has a value of was asked for. */
#ifndef COLLECT_IMPORT_EMPTY_H
#define COLLECT_IMPORT_EMPTY_H

#include <stdbool.h>

#include "collect/import/claim.h"
#include "collect/snapshot/snapshot.h"

/*
 * Whether the attribute R, which the claim names and none of its objects has a
 * value of, was asked for; if so, *BY what.
 */
bool empty_is_none(const struct claim *c, const struct reads *r,
                   enum synchronizes tenant, enum asked_by *by);

#endif
