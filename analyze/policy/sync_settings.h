/* From the settings of a sync server to those of a policy. */
#ifndef ANALYZE_POLICY_SYNC_SETTINGS_H
#define ANALYZE_POLICY_SYNC_SETTINGS_H

struct policy;
struct sync_export;

/*
 * Completes P by the engine, version, anchor, join, sign-in name and threshold
 * of X; what P says already stays. What is not understood is added to X.
 */
void sync_settings_take(struct policy *p, struct sync_export *x);

#endif
