/*
 * What the MSOnline module (Get-MsolUser and its kin) says in other properties
 * than Graph does, so that it follows only from several of them. Each adds to
 * an object in Graph's words what the object does not have.
 */
#ifndef COLLECT_IMPORT_MSONLINE_H
#define COLLECT_IMPORT_MSONLINE_H

#include <stdbool.h>

struct record;

/* onPremisesSyncEnabled; WHEN is LastDirSyncTime, or NULL for none. */
void msonline_add_synced(struct record *r, const char *when);

/* mailEnabled and securityEnabled, by the GroupType; whether it is known. */
bool msonline_add_group(struct record *r);

/* isVerified, by the Status of a domain. */
void msonline_add_domain(struct record *r);

#endif
