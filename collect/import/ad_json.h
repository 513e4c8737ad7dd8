/* JSON of Active Directory, as Get-ADUser and its kin with ConvertTo-Json. */
#ifndef COLLECT_IMPORT_AD_JSON_H
#define COLLECT_IMPORT_AD_JSON_H

#include "collect/import/source.h"

extern const struct source ad_json_source;

#endif
