/* The sync scope as the sync server itself exports it. */
#ifndef ANALYZE_POLICY_SYNC_CONFIG_H
#define ANALYZE_POLICY_SYNC_CONFIG_H

struct err;
struct policy;

/*
 * Completes P from PATH: a folder that Get-ADSyncServerConfiguration wrote, or
 * a file ...SynchronizationPolicy....JSON. What P says already stays, but it
 * must not say a scope. Warns of what is not understood. 0, or -1 with ERR
 * filled.
 */
int sync_config_load(struct policy *p, const char *path, struct err *err);

#endif
