/* Whether values of the AD object at hand have flaws: few have any. */
#include "analyze/rules/rule.h"

#include "analyze/object/object.h"
#include "analyze/rules/running.h"

bool
check_has_flaws(struct check *c)
{
	if (c->flawed == UNKNOWN)
		c->flawed = object_has_flaws(c->ad) ? YES : NO;
	return c->flawed == YES;
}

const char *
check_address_fault(struct check *c, const char *address)
{
	return check_has_flaws(c) ? address_fault(address) : NULL;
}

/* To look at the name alone is less than to look at everything for it. */
const char *
check_upn_fault(const struct check *c, const char *upn)
{
	return c->flawed != NO ? upn_fault(upn) : NULL;
}

bool
check_upn_flaws(const struct check *c, const struct object *o,
                struct flaws *out)
{
	return c->flawed != NO && o->upn && upn_flaws(o->upn, out);
}
