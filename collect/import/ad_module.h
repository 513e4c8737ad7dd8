/*
 * What PowerShell's ActiveDirectory module (Get-ADUser and its kin) says in
 * other words than AD does; CSV, JSON and CLIXML alike are written from it.
 */
#ifndef COLLECT_IMPORT_AD_MODULE_H
#define COLLECT_IMPORT_AD_MODULE_H

#include <stdbool.h>

#include "collect/schema/schema.h"

struct record;

/*
 * The attribute that the module calls NAME, or NAME itself; NULL: it is
 * PowerShell's own, and nothing of the object.
 */
const char *ad_module_attribute(const char *name);

/* Adds the groupType of GroupScope and GroupCategory; whether it did. */
bool ad_module_add_group_type(struct record *r);

/*
 * The section of an object; of one whose class is not told, by what it has.
 */
enum section ad_module_section(const struct record *r);

#endif
