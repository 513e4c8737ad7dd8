/* Domain controllers, as AD's computers tell. */
#include <string.h>

#include "analyze/model/model.h"
#include "base/hash.h"

bool
controllers_have(const struct model *m, const struct domain *d,
                 const char *name, size_t len)
{
	const struct key *end, *k;
	char text[CONTROLLER_NAME];
	uint64_t hash;

	if (!len || len >= sizeof(text))
		return false;
	memcpy(text, name, len);
	text[len] = '\0';
	hash = hash_folded(text);
	k = keys_find(&m->controllers, hash, &end);
	for (; k < end; k++) {
		const struct row *r = &m->tables[k->section].rows[k->row];
		const struct domain *of = model_domain(m, r);

		if (k->hash == hash && of && d && of->forest == d->forest)
			return true;
	}
	return false;
}
