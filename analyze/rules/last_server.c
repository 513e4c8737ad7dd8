/* What all rules on the last Exchange server ask first. */
#include "analyze/rules/last_server.h"

#include "analyze/model/model.h"

const char *
last_moot(const struct model *m, struct arena *a)
{
	(void)a;
	if (!m->ad_count)
		return "there is no AD";
	return organization_is_absent(m)
		? "there is no organization of Exchange" : NULL;
}

const char *
last_lack(const struct model *m, struct arena *a)
{
	return organization_lack(m, a);
}

const char *
last_domains_lack(const struct model *m, struct arena *a)
{
	return organization_domains_lack(m, a);
}
