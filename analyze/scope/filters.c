/* What the engine and the policy filter, by what an object is. */
#include "analyze/scope/scope.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "base/mem.h"
#include "base/utf8.h"

static bool
begins(const char *text, const char *prefix)
{
	return text && strncasecmp(text, prefix, strlen(prefix)) == 0;
}

static bool
is_critical(const struct object *o)
{
	return o->ad.critical == YES;
}

static bool
is_conflict(const struct object *o)
{
	return object_mark(o) == DN_CONFLICT;
}

static bool
has_no_sam(const struct object *o)
{
	return !o->sam;
}

static bool
is_sync_account(const struct object *o)
{
	return begins(o->sam, "AAD_") || begins(o->sam, "MSOL_") ||
	       begins(o->sam, "SUPPORT_388945a0");
}

static bool
is_cas(const char *name)
{
	return begins(name, "CAS_") && strchr(name, '}');
}

static bool
is_system_mailbox(const struct object *o)
{
	return is_cas(o->sam) || is_cas(o->mail_nickname) ||
	       begins(o->mail_nickname, "SystemMailbox{");
}

/* The bits of msExchRecipientTypeDetails that user rules filter. */
static bool
is_system_recipient(const struct object *o)
{
	return o->ad.recipient_type & 0x21C07000;
}

static bool
is_role_group(const struct object *o)
{
	return o->ad.recipient_type & 0x40000000;
}

/* The rule of inetOrgPersons has no such clause. */
static bool
is_marked_user(const struct object *o)
{
	return o->ad.inet_org_person != YES &&
	       begins(o->ad.admin_description, "User_");
}

/* Made by the first sync tool for its own ends. */
static bool
is_coexistence_group(const struct object *o)
{
	return o->sam && ascii_casecmp(o->sam,
	                               "MSOL_AD_Sync_RichCoexistence") == 0;
}

static bool
is_tool_contact(const struct object *o)
{
	return is_cas(o->mail_nickname) ||
	       (o->ad.hidden == YES && o->display_name &&
	        strcasestr(o->display_name, "(MSOL)"));
}

static bool
is_marked_group(const struct object *o)
{
	return begins(o->ad.admin_description, "Group_");
}

static bool
is_plain_list(const struct object *o)
{
	const int64_t security = INT64_C(0x80000000);

	return !(o->ad.group_type & security) && !object_is_mail_enabled(o);
}

static bool
is_not_mail_enabled(const struct object *o)
{
	return !object_is_mail_enabled(o);
}

static bool
has_no_certificate(const struct object *o)
{
	return o->ad.certificates == 0;
}

/* A default filter of the sync engine. */
struct filter {
	enum kind kind;
	struct attr_set needs;   /* what must have been asked for */
	bool (*applies)(const struct object *o);
	const char *reason;
};

static const struct filter filters[] = {
	{ .kind = KIND_USER, .applies = is_critical,
	  .reason = "filtered: isCriticalSystemObject" },
	{ .kind = KIND_USER, .applies = is_conflict,
	  .reason = "filtered: replication conflict object (CNF)" },
	{ .kind = KIND_USER, .needs = ATTRS(ATTR_SAM),
	  .applies = has_no_sam, .reason = "filtered: no sAMAccountName" },
	{ .kind = KIND_USER, .applies = is_sync_account,
	  .reason = "filtered: account of the sync engine or of support" },
	{ .kind = KIND_USER, .applies = is_system_mailbox,
	  .reason = "filtered: system mailbox" },
	{ .kind = KIND_USER, .applies = is_system_recipient,
	  .reason = "filtered: msExchRecipientTypeDetails of a system "
	            "recipient" },
	{ .kind = KIND_USER, .applies = linked_mailbox_waits,
	  .reason = "filtered: linked mailbox, waits for its master account" },
	{ .kind = KIND_USER, .applies = is_marked_user,
	  .reason = "filtered: adminDescription begins with User_" },
	{ .kind = KIND_GROUP, .applies = is_critical,
	  .reason = "filtered: isCriticalSystemObject" },
	{ .kind = KIND_GROUP, .applies = is_conflict,
	  .reason = "filtered: replication conflict object (CNF)" },
	{ .kind = KIND_GROUP, .applies = is_coexistence_group,
	  .reason = "filtered: group of the sync engine" },
	{ .kind = KIND_GROUP, .applies = is_role_group,
	  .reason = "filtered: Exchange role group" },
	{ .kind = KIND_GROUP, .applies = is_marked_group,
	  .reason = "filtered: adminDescription begins with Group_" },
	{ .kind = KIND_GROUP,
	  .needs = ATTRS(ATTR_GROUP_TYPE, ATTR_MAIL),
	  .applies = is_plain_list,
	  .reason = "filtered: distribution group without an address" },
	{ .kind = KIND_CONTACT, .applies = is_critical,
	  .reason = "filtered: isCriticalSystemObject" },
	{ .kind = KIND_CONTACT, .applies = is_conflict,
	  .reason = "filtered: replication conflict object (CNF)" },
	{ .kind = KIND_CONTACT, .applies = is_tool_contact,
	  .reason = "filtered: contact of the sync tool" },
	{ .kind = KIND_CONTACT, .needs = ATTRS(ATTR_MAIL),
	  .applies = is_not_mail_enabled,
	  .reason = "filtered: contact without an address" },
	{ .kind = KIND_COMPUTER, .needs = ATTRS(ATTR_CERTIFICATE),
	  .applies = has_no_certificate,
	  .reason = "filtered: computer without userCertificate" },
};

/* What a custom filter that holds says, or may hold. */
static struct scope_verdict
verdict_of(const struct filter_rule *r, enum tristate holds)
{
	if (holds == UNKNOWN)
		return (struct scope_verdict){
			SCOPE_IN, SCOPE_BY_GUESS, r->unknown
		};
	return r->effect == FILTER_NO_FLOW
		? (struct scope_verdict){
			SCOPE_EXCLUDED, SCOPE_BY_CONNECTOR, r->reason
		} : (struct scope_verdict){
			SCOPE_FILTERED, SCOPE_BY_FILTER, r->reason
		};
}

/* Where one is not known, another one may hold. */
static void
judge_custom(struct object *o, const struct attr_set *covered,
             const struct filter_rule *r)
{
	for (; r && o->scope.state == SCOPE_IN; r = r->next) {
		enum tristate holds = r->kind == o->kind
			? filter_rule_says(r, o, covered) : NO;

		if (holds == YES || (holds == UNKNOWN &&
		                     o->scope.cause != SCOPE_BY_GUESS))
			o->scope = verdict_of(r, holds);
	}
}

void
scope_judge(struct object *o, const struct attr_set *covered,
            const struct filter_set *custom, struct scope_verdict place)
{
	size_t n = sizeof(filters) / sizeof(filters[0]);

	/* Public folders, dynamic groups (KB4014115): nobody reads them. */
	o->scope = section_of(SIDE_AD, o->kind) != AD_OTHER ? place
		: (struct scope_verdict){ SCOPE_FILTERED, SCOPE_BY_FILTER,
		                          "filtered: its class" };
	for (size_t i = 0; i < n && o->scope.state == SCOPE_IN; i++) {
		const struct filter *f = &filters[i];

		if (f->kind == o->kind && attr_set_covers(covered, &f->needs) &&
		    f->applies(o))
			o->scope = (struct scope_verdict){
				SCOPE_FILTERED, SCOPE_BY_FILTER, f->reason
			};
	}
	if (custom)
		judge_custom(o, covered, custom->rules);
}

/* "Custom installation of Microsoft Entra Connect", Mail attribute. */
static bool
lacks_mail(const struct policy *p, const struct object *o,
           const struct attr_set *covered)
{
	return p->join == JOIN_MAIL && o->kind == KIND_USER && !o->mail &&
	       attr_set_has(covered, ATTR_MAIL) &&
	       !attr_set_has(&o->unclear, ATTR_MAIL);
}

/* Several lines may tell of the same members: only near the limit it counts. */
static bool
is_too_large(const struct policy *p, struct object *o)
{
	size_t limit = engine_member_limit(p);

	if (o->kind != KIND_GROUP || o->ad.member_count < limit)
		return false;
	o->ad.member_count = member_list_distinct(o);
	return o->ad.member_count >= limit;
}

void
scope_judge_account(const struct policy *p, struct object *o,
                    const struct attr_set *covered, struct arena *a)
{
	char text[128];

	if (o->links.is_part && o->scope.state == SCOPE_FILTERED)
		o->scope.reason = "filtered: linked mailbox, joined with its "
		                  "master account";
	if (o->scope.state != SCOPE_IN)
		return;
	if (o->kind == KIND_COMPUTER && p->engine == ENGINE_CLOUD_SYNC)
		o->scope = (struct scope_verdict){
			SCOPE_FILTERED, SCOPE_BY_FILTER,
			"filtered: Cloud Sync does not synchronize computers"
		};
	if (lacks_mail(p, o, covered))
		o->scope = (struct scope_verdict){
			SCOPE_FILTERED, SCOPE_BY_FILTER,
			"filtered: no mail, by which forests are joined "
			"(sync.join)"
		};
	if (!is_too_large(p, o) || o->links.account)
		return;
	snprintf(text, sizeof(text), "filtered: a group of %zu members; the "
	         "limit for new ones is %zu", o->ad.member_count,
	         engine_member_limit(p));
	o->scope = (struct scope_verdict){
		SCOPE_FILTERED, SCOPE_BY_LIMIT, arena_strdup(a, text)
	};
}
