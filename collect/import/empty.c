/* What shows that nothing is the answer, and no gap. */
#include "collect/import/empty.h"

#include <string.h>

#include "base/utf8.h"

/* What comes when nothing is selected ("Get user", "List users"). */
static const char *const graph_user[] = {
	"id", "userPrincipalName", "displayName", "givenName", "surname",
	"mail", NULL
};

/* And of Get-ADUser without -Properties. */
static const char *const ad_user[] = {
	"dn", "Enabled", "givenName", "objectClass", "objectGUID",
	"sAMAccountName", "objectSid", "sn", "userPrincipalName", NULL
};

/* And of the other classes of AD; of Graph's others all that is read. */
static const char *const ad_object[] = {
	"dn", "objectClass", "objectGUID", "sAMAccountName", "objectSid",
	"cn", NULL
};

static bool
is_among(const char *const *names, const char *name)
{
	for (; *names; names++)
		if (ascii_casecmp(*names, name) == 0)
			return true;
	return false;
}

/* Whether the attribute comes unasked. */
static bool
is_usual(enum section s, const char *name)
{
	if (s == AD_USERS)
		return is_among(ad_user, name);
	if (section_side(s) == SIDE_AD)
		return is_among(ad_object, name);
	return (s != TENANT_USERS && s != TENANT_DELETED_USERS) ||
	       is_among(graph_user, name);
}

/* Whether another attribute of its kin has values. */
static bool
has_kin(const struct claim *c, enum kin kin)
{
	for (size_t i = 0; i < reads_count(); i++)
		if (c->valued[i] && reads_at(i)->kin == kin)
			return true;
	return false;
}

/* Whether there is a value of what does not come unasked. */
static bool
was_chosen(const struct claim *c)
{
	for (size_t i = 0; i < reads_count(); i++)
		if (c->valued[i] && !is_usual(c->section, reads_at(i)->name))
			return true;
	return false;
}

static bool
found(enum asked_by by, enum asked_by *out)
{
	*out = by;
	return true;
}

/* Graph's own answer has no property that was not selected. */
static bool
graph_answers(const struct claim *c, const struct reads *r)
{
	return c->is_answer &&
	       (is_usual(c->section, r->name) || was_chosen(c));
}

/* A tenant that synchronizes has users of it, and may have no groups of it. */
static bool
may_have_none(enum section s, enum synchronizes tenant)
{
	return tenant != SYNCHRONIZES || s == TENANT_GROUPS ||
	       s == TENANT_CONTACTS;
}

static bool
synced_is_none(const struct claim *c, const struct reads *r,
               enum synchronizes tenant, enum asked_by *by)
{
	if (has_kin(c, KIN_ANCHOR))
		return found(ASKED_BY_KIN, by);
	if (tenant == SYNCHRONIZES_NOT)
		return found(ASKED_BY_UNSYNCED, by);
	return may_have_none(c->section, tenant) && graph_answers(c, r) &&
	       found(ASKED_BY_ANSWER, by);
}

/* Who is synchronized has anchors; who is not has none. */
static bool
anchor_is_none(const struct claim *c, enum synchronizes tenant,
               enum asked_by *by)
{
	const struct reads *flag = reads_find(c->section,
	                                      "onPremisesSyncEnabled");
	bool known = name_set_has(&c->names, flag->name);

	if (has_kin(c, KIN_ANCHOR))
		return found(ASKED_BY_KIN, by);
	if (c->synced)
		return false;
	if (known && !c->valued[reads_number(flag)])
		known = name_set_has(&c->context, flag->name) ||
		        synced_is_none(c, flag, tenant, by);
	return (known || tenant == SYNCHRONIZES_NOT) &&
	       found(ASKED_BY_UNSYNCED, by);
}

/* What most objects lack: whoever chose attributes means it. */
static bool
seldom_is_none(const struct claim *c, const struct reads *r,
               enum asked_by *by)
{
	if (section_side(c->section) == SIDE_TENANT)
		return (has_kin(c, KIN_SELDOM) || graph_answers(c, r)) &&
		       found(ASKED_BY_KIN, by);
	return (is_usual(c->section, r->name) || was_chosen(c)) &&
	       found(ASKED_BY_KIN, by);
}

/* A default answer of Get-MgUser has what is usual, and nothing else. */
static bool
alone_is_none(const struct claim *c, const struct reads *r, enum asked_by *by)
{
	bool usual = c->tool == TOOL_GRAPH_POWERSHELL || c->tool == TOOL_GRAPH
		? is_usual(c->section, r->name) && !was_chosen(c)
		: c->tool == TOOL_AD_POWERSHELL &&
		  is_usual(c->section, r->name);

	return (usual || graph_answers(c, r)) && found(ASKED_BY_ANSWER, by);
}

/* A list whose columns are fixed; only anchors can be seen to lack. */
static bool
is_fixed(const struct claim *c, const struct reads *r)
{
	return !tool_shows_unasked(c->tool) &&
	       (r->kin != KIN_ANCHOR || !c->synced);
}

bool
empty_is_none(const struct claim *c, const struct reads *r,
              enum synchronizes tenant, enum asked_by *by)
{
	if (is_fixed(c, r))
		return true;
	if (name_set_has(&c->context, r->name))
		return found(ASKED_BY_CONTEXT, by);
	switch (r->kin) {
	case KIN_ALWAYS:
		return false;
	case KIN_FATE:
		return c->section != TENANT_DELETED_USERS &&
		       found(ASKED_BY_KIN, by);
	case KIN_SYNCED:
		return synced_is_none(c, r, tenant, by);
	case KIN_ANCHOR:
		return anchor_is_none(c, tenant, by);
	case KIN_EXCHANGE:
		return has_kin(c, KIN_EXCHANGE) && found(ASKED_BY_KIN, by);
	case KIN_SELDOM:
		return seldom_is_none(c, r, by);
	case KIN_LIST:
		return c->is_answer && c->listed[reads_number(r)] &&
		       found(ASKED_BY_ANSWER, by);
	default:
		return alone_is_none(c, r, by);
	}
}
