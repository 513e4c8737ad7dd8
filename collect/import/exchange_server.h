/*
 * What Get-ExchangeServer gives: the servers of an organization, each with the
 * build that it runs, in words of the cmdlet. They go where the objects of the
 * servers in AD's configuration go, which have other words for the same.
 */
#ifndef COLLECT_IMPORT_EXCHANGE_SERVER_H
#define COLLECT_IMPORT_EXCHANGE_SERVER_H

#include <stdbool.h>

#include "collect/import/source.h"

struct record;

extern const struct source exchange_server_csv_source;
extern const struct source exchange_server_json_source;

/* Both of them tell the kind. */
#define SERVER_VERSION "AdminDisplayVersion"
#define SERVER_ROLE "ServerRole"

/* What is told of a file that lacks one of what a list needs, or NULL. */
const char *exchange_server_lacks(bool version, bool role, bool dn);

/* Makes TO, which is empty, of FROM, which has the cmdlet's properties. */
void exchange_server_take(struct record *to, const struct record *from);
/* What is wrong with such a record, as in "want ...", or NULL. */
const char *exchange_server_wrong(const struct record *r);

#endif
