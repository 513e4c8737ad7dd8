/* Names and addresses that keep their first part in a verified domain. */
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "base/mem.h"
#include "base/utf8.h"

/* With more domains nobody knows which is meant, and each is to be noted. */
enum { DOMAINS_MOST = 8 };

/* The account name is tried anyway. */
static const char *
prefix_of(const struct model *m, const struct object *o, const char *value,
          struct arena *a)
{
	const char *domain = value ? address_domain(value) : NULL;
	const char *prefix;

	if (!domain || !m->verified_count ||
	    m->verified_count > DOMAINS_MOST || model_is_verified(m, domain))
		return NULL;
	prefix = arena_strndup(a, value, strcspn(value, "@"));
	return o->sam && utf8_same_folded(o->sam, prefix) ? NULL : prefix;
}

const char *
moved_name(const struct model *m, const struct object *o, struct arena *a)
{
	return o->kind == KIND_USER ? prefix_of(m, o, o->upn, a) : NULL;
}

/* A contact's address is another organization's. */
const char *
moved_address(const struct model *m, const struct object *o, struct arena *a)
{
	const char *primary = object_primary(o);

	return o->kind == KIND_USER || o->kind == KIND_GROUP
		? prefix_of(m, o, primary ? primary : o->mail, a) : NULL;
}
