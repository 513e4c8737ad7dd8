/*
 * The CSV files of AD (csvde; Get-ADUser and its kin with Export-Csv; ADRecon,
 * Apache Directory Studio), and of a tenant's users and groups, from portals
 * and PowerShell.
 */
#ifndef COLLECT_IMPORT_CSV_SOURCE_H
#define COLLECT_IMPORT_CSV_SOURCE_H

#include "collect/import/source.h"

extern const struct source ad_csv_source;
extern const struct source portal_csv_source;

#endif
