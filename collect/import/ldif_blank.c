/* Blank texts: see ldif_blank.h. */
#include "collect/import/ldif_blank.h"

#include <strings.h>

#include "base/record.h"
#include "collect/schema/schema.h"

void
ldif_add_blank(struct record *r, const char *const *names, size_t count)
{
	static const char name[] = "displayName";

	if (record_find(r, name) >= 0 || record_find(r, "cn") < 0)
		return;
	for (size_t i = 0; i < count; i++)
		if (strcasecmp(names[i], name) == 0)
			ad_record_add(r, name, "", 0);
}
