/* What the tenant reports of objects: Graph's lists of provisioning errors. */
#ifndef ANALYZE_OBJECT_PROVISIONING_H
#define ANALYZE_OBJECT_PROVISIONING_H

struct arena;
struct provisioning_error;

/*
 * The errors of a JSON array, in its order and in the arena; those that are
 * resolved are left out. NULL: none.
 */
typedef const struct provisioning_error *
provisioning_errors_reader(const char *json, struct arena *a);

provisioning_errors_reader provisioning_sync_errors;
provisioning_errors_reader provisioning_service_errors;

#endif
