/* Sign-in names that keep their first part in a domain that is verified. */
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "base/mem.h"
#include "base/utf8.h"

/* With more domains nobody knows which is meant, and each is to be noted. */
enum { DOMAINS_MOST = 8 };

const char *
moved_name(const struct model *m, const struct object *o, struct arena *a)
{
	const char *domain = o->upn ? address_domain(o->upn) : NULL;
	const char *prefix;

	if (!domain || o->kind != KIND_USER || !m->verified_count ||
	    m->verified_count > DOMAINS_MOST || model_is_verified(m, domain))
		return NULL;
	prefix = arena_strndup(a, o->upn, strcspn(o->upn, "@"));
	return o->sam && utf8_same_folded(o->sam, prefix) ? NULL : prefix;
}
