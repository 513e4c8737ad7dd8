/* The attributes that name objects of any section, the best first. */
#include "collect/import/record_label.h"

#include <stddef.h>

#include "base/record.h"
#include "collect/schema/schema.h"

const char *
record_label(const struct record *r)
{
	static const char *const names[] = {
		AD_DN, "userPrincipalName", "PrimarySmtpAddress",
		"DistinguishedName", "sAMAccountName", "mail", "displayName",
		"id", "objectId", "name",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *text = record_text(r, names[i]);

		if (text && *text)
			return text;
	}
	return "an object";
}
