/* Which objects IdFix leaves out. */
#include "analyze/rules/idfix_value.h"

#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/dn.h"

static bool
begins(const char *text, const char *const *words)
{
	for (; text && *words; words++)
		if (strncasecmp(text, *words, strlen(*words)) == 0)
			return true;
	return false;
}

static bool
has_skipped_name(const struct object *o)
{
	static const char *const names[] = {
		"Admini", "CAS_{", "DiscoverySearchMailbox", "FederatedEmail",
		"Guest", "HTTPConnector", "krbtgt", "iusr_", "iwam", "msol",
		"support_", "SystemMailbox", "WWIOadmini", "HealthMailbox",
		"Exchange Online-ApplicationAccount", NULL
	};
	struct buf out = { 0 };
	const char *cn = idfix_cn(o, &out);
	size_t len = strlen(cn);
	bool skipped = begins(cn, names) || (len && cn[len - 1] == '$');

	buf_release(&out);
	return skipped;
}

/*
 * Of class user alone. What it means to skip by msExchRecipientTypeDetails is
 * written as no directory writes it, and skips nobody.
 */
static bool
is_skipped_user(const struct object *o)
{
	static const char *const accounts[] = {
		"CAS_", "SUPPORT_", "MSOL_", NULL
	};
	static const char *const aliases[] = {
		"CAS_", "SYSTEMMAILBOX", NULL
	};
	static const char *const hidden[] = { "MSOL", NULL };

	if (o->kind != KIND_USER || o->ad.inet_org_person == YES)
		return false;
	return begins(o->sam, accounts) || begins(o->mail_nickname, aliases) ||
	       (o->ad.hidden == YES && begins(o->display_name, hidden));
}

/* A security group without mail, another one without addresses. */
static bool
is_skipped_group(const struct object *o)
{
	bool security = o->ad.group_type & INT64_C(0x80000000);

	if (o->kind != KIND_GROUP || !o->ad.group_type)
		return false;
	return security ? !o->mail || !*o->mail : !o->proxy_count;
}

bool
idfix_skips(const struct object *o)
{
	return has_skipped_name(o) || object_mark(o) == DN_CONFLICT ||
	       o->ad.critical == YES || is_skipped_user(o) ||
	       is_skipped_group(o);
}
