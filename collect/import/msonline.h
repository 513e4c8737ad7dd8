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

/* mailEnabled and securityEnabled of a GroupType; whether it is known. */
bool msonline_add_group_type(struct record *r, const char *type);

/* isVerified of a domain, by its status. */
void msonline_add_verified(struct record *r);

#endif
