/* What is not known of objects without a DN, and what is. */
#include "collect/import/placeless.h"

#include <stddef.h>

#include "base/record.h"
#include "collect/import/source.h"

bool
placeless_is_object(const struct record *r)
{
	static const char *const keys[] = {
		"objectGUID", "objectSid", "sAMAccountName", NULL
	};

	for (const char *const *key = keys; *key; key++) {
		long at = record_find(r, *key);

		if (at >= 0 && record_values(r, (size_t)at))
			return true;
	}
	return false;
}

void
placeless_tell(struct sink *sink)
{
	sink->note(sink, "objects of AD have no DistinguishedName: where they "
	           "are, and so whether they are in scope, is not known; add "
	           "it to the export");
}
