/* Whether values of the AD object at hand have flaws: few have any. */
#include "analyze/rules/rule.h"

#include "analyze/object/object.h"
#include "analyze/rules/running.h"

bool
check_has_flaws(const struct check *c)
{
	return c->flawed;
}

const char *
check_address_fault(const struct check *c, const char *address)
{
	return c->flawed ? address_fault(address) : NULL;
}

const char *
check_upn_fault(const struct check *c, const char *upn)
{
	return c->flawed ? upn_fault(upn) : NULL;
}
