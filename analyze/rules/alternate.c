/* Which attribute of AD sync takes for a user's sign-in name. */
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "analyze/rules/rule.h"
#include "analyze/rules/told.h"

/*
 * Who has no mail is sent by his UPN all the same (forecast/names.c); but where
 * mail was not collected nothing says so.
 */
bool
signs_in_by_mail(const struct check *c, const struct object *o)
{
	const struct model *m = check_model(c);

	return o->kind == KIND_USER && o->side == SIDE_AD &&
	       model_policy(m, o)->sign_in_is_mail &&
	       (o->mail || !attr_set_has(table_covered(&m->tables[AD_USERS], o),
	                                 ATTR_MAIL));
}

struct named_by
sign_in_of(const struct check *c, const struct object *o)
{
	return signs_in_by_mail(c, o)
		? (struct named_by){ "mail", o->mail }
		: (struct named_by){ "userPrincipalName", o->upn };
}
