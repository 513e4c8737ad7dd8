/* What the tenant says is wrong with one of its objects. */
#ifndef ANALYZE_OBJECT_PROVISIONING_ERROR_H
#define ANALYZE_OBJECT_PROVISIONING_ERROR_H

#include "base/when.h"

/*
 * What the tenant itself says is wrong with an object: of what sync wrote, a
 * value that another one has; of a service, what it could not do.
 */
struct provisioning_error {
	const struct provisioning_error *next;
	const char *about;       /* the property, or the service; or NULL */
	const char *value;       /* that it has; or what the service says */
	const char *category;    /* of sync's: "PropertyConflict"; or NULL */
	when_t when;             /* or WHEN_NONE */
};

#endif
