/*
 * The CSV files that customers bring: of AD (csvde; Get-ADUser and its kin
 * with Export-Csv), of Exchange (Get-Mailbox, Get-EXOMailbox, Get-Recipient),
 * and the portals' lists of users.
 */
#ifndef COLLECT_IMPORT_CSV_SOURCE_H
#define COLLECT_IMPORT_CSV_SOURCE_H

#include "collect/import/source.h"

extern const struct source ad_csv_source;
extern const struct source exchange_csv_source;
extern const struct source portal_csv_source;

#endif
