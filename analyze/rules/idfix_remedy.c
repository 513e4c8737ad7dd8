/* Whether what IdFix would write is safe: see idfix_remedy.h. */
#include "analyze/rules/idfix_remedy.h"

#include <string.h>

#include "analyze/object/object.h"
#include "analyze/rules/idfix_value.h"
#include "analyze/rules/rule.h"

/*
 * By the owner of the attribute's proposals: what IdFix makes of a value is not
 * among the claims by which it is known that nobody else is proposed the same.
 */
static struct remedy
owner(struct check *c, const struct idfix_value *v)
{
	switch (v->of) {
	case IDFIX_UPN:
		return remedy_upn(c, v->o);
	case IDFIX_MAIL:
		return remedy_mail(c, v->o);
	case IDFIX_PROXIES:
		return remedy_proxy(c, v->o, v->was);
	case IDFIX_TARGET:
		return remedy_target(c, v->o);
	case IDFIX_NICKNAME:
		return remedy_alias(c, v->o);
	case IDFIX_DISPLAY_NAME:
		return remedy_display_name(c, v->o);
	default:
		return remedy_none("people and programs sign in with it: they "
		                   "have to be told first");
	}
}

/* Whether what is proposed is that very value. */
static bool
proposes(const struct remedy *r, const struct idfix_value *v, const char *new)
{
	const char *name = idfix_attribute_name(v->of);
	const struct proposed *p = &r->proposed;

	while (p && p->attribute && strcmp(p->attribute, name) != 0)
		p = p->and;
	return p && p->attribute && p->new && strcmp(p->new, new) == 0;
}

struct remedy
idfix_remedy(struct check *c, const struct idfix_value *v)
{
	const char *harm = idfix_harm(v);
	const char *new = check_textf(c, "%s", buf_text(&v->now));
	struct remedy r;

	if (check_is_screening(c))
		return remedy_none(NULL);
	if (harm)
		return remedy_none(harm);
	if (!*new || (v->was && strcmp(v->was, new) == 0))
		return remedy_none("IdFix has no other value for it");
	if (idfix_has(v, IDFIX_LENGTH))
		return remedy_none("a value that is cut may mean something "
		                   "else");
	r = owner(c, v);
	return !r.proposed.attribute || proposes(&r, v, new) ? r
		: remedy_none("what IdFix would write is not what sync needs");
}
