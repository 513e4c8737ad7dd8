/*
 * The CSV files that customers bring: of AD (csvde; Get-ADUser and its kin with
 * Export-Csv; ADRecon, Apache Directory Studio), of Exchange on either side
 * (Get-Mailbox, Get-EXOMailbox, Get-Recipient), and the users and groups of a
 * tenant, from portals and PowerShell.
 */
#ifndef COLLECT_IMPORT_CSV_SOURCE_H
#define COLLECT_IMPORT_CSV_SOURCE_H

#include "collect/import/source.h"

extern const struct source ad_csv_source;
extern const struct source exchange_csv_source;
extern const struct source exchange_online_csv_source;
extern const struct source portal_csv_source;

/*
 * Of a CSV file that none of these takes, what it looks like and what to do, as
 * the end of a sentence ("looks like ..."); NULL when nothing can be said.
 */
const char *csv_refusal(const char *head, size_t len);

#endif
