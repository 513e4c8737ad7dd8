/* Which kinds of Exchange's policies apply to an object. */
#include "analyze/object/policies.h"

#include <string.h>

/*
 * Kinds of policies by their GUIDs, alone or behind that of a policy; this is
 * that of e-mail address policies.
 */
static bool
is_address_policy(const char *text)
{
	static const char guid[] = "26491cfc-9e50-4857-861b-0cb8df22b5d7";

	/* Every user has several of them: only where one begins is compared. */
	while ((text = strchr(text, guid[0])) != NULL)
		if (strncasecmp(text++, guid, sizeof(guid) - 1) == 0)
			return true;
	return false;
}

int
policies_read(const struct pick *pick, struct arena *a, enum tristate *to)
{
	size_t n = pick_count(pick);
	const char **texts = arena_alloc(a, n * sizeof(*texts) + 1);

	if (pick->kind == PICK_JSON)
		return -1;
	n = pick_texts(pick, texts);
	for (size_t i = 0; i < n && *to != YES; i++)
		*to = is_address_policy(texts[i]) ? YES : NO;
	return 0;
}
