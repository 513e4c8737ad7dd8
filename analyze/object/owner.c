/* Who an attribute, or an object of AD, belongs to. */
#include "analyze/object/object.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"

bool
object_is_of_cloud(const struct object *o)
{
	return o->ad.authority &&
	       ascii_casecmp(o->ad.authority, "Cloud") == 0;
}

enum owned
attr_owned(const char *name)
{
	if (strcmp(name, "mail") == 0 || strcmp(name, "proxyAddresses") == 0)
		return OWNED_ADDRESS;
	return attr_is_of_exchange(name) ? OWNED_EXCHANGE : OWNED_IDENTITY;
}

bool
attr_is_of_exchange(const char *name)
{
	static const char *const names[] = {
		"mail", "mailNickname", "proxyAddresses", "targetAddress",
		"homeMDB", "legacyExchangeDN",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return strncasecmp(name, "msExch", 6) == 0 ||
	       strncasecmp(name, "extensionAttribute", 18) == 0;
}
