/* Whether the engine takes an object: by the policy, then by its filters. */
#include "analyze/scope/scope.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/utf8.h"

/* A container that the policy names. */
struct named_container {
	char *dn;                /* normalised */
	enum scope_state state;
	char *reason;
	const char *named;       /* as the policy spells it */
	bool met;                /* among the containers of AD */
};

struct scope {
	struct named_container *containers; /* sorted by dn */
	size_t count;
	struct scope_verdict otherwise;  /* no container is an ancestor */
	char *group;                     /* normalised, or NULL */
	char **members;                  /* normalised, sorted */
	size_t member_count, member_room;
	char *text;
	char *outside;
};

static char *
normal(const char *dn)
{
	struct buf out = { 0 };

	dn_normalise(&out, dn);
	return buf_detach(&out);
}

static int
by_dn(const void *a, const void *b)
{
	const struct named_container *x = a, *y = b;

	return strcmp(x->dn, y->dn);
}

static void
add_containers(struct scope *s, const char *const *dns, size_t n,
               enum scope_state state)
{
	const char *word = state == SCOPE_IN ? "included" : "excluded";

	for (size_t i = 0; i < n; i++)
		s->containers[s->count++] = (struct named_container){
			.dn = normal(dns[i]), .state = state,
			.reason = xasprintf("%s by %s", word, dns[i]),
			.named = dns[i],
		};
}

static char *
describe(const struct policy *p)
{
	struct buf out = { 0 };

	if (!p->has_scope)
		buf_adds(&out, "no scope was given: every object counts as in "
		         "scope");
	for (size_t i = 0; i < p->include_count; i++)
		buf_addf(&out, "%s%s", i ? "; " : "included: ", p->include[i]);
	if (p->include_count && p->exclude_count)
		buf_adds(&out, "; ");
	for (size_t i = 0; i < p->exclude_count; i++)
		buf_addf(&out, "%s%s", i ? "; " : "excluded: ", p->exclude[i]);
	if (p->group)
		buf_addf(&out, "%sonly direct members of %s",
		         out.len ? "; " : "", p->group);
	for (const struct filter_rule *f = p->filters ? p->filters->rules
	     : NULL; f; f = f->next)
		buf_addf(&out, "%s%s (%s)", out.len ? "; " : "", f->reason,
		         kind_name(f->kind));
	if (p->scope_name && p->scope_name != p->name)
		buf_addf(&out, "%sread from %s", out.len ? "; " : "",
		         p->scope_name);
	return buf_detach(&out);
}

struct scope *
scope_new(const struct policy *p)
{
	struct scope *s = xcalloc(1, sizeof(*s));

	s->containers = xcalloc(p->include_count + p->exclude_count,
	                        sizeof(*s->containers));
	add_containers(s, p->include, p->include_count, SCOPE_IN);
	add_containers(s, p->exclude, p->exclude_count, SCOPE_EXCLUDED);
	qsort(s->containers, s->count, sizeof(*s->containers), by_dn);
	/* Where something is included by name, all else is not. */
	s->otherwise = (struct scope_verdict){
		SCOPE_IN, SCOPE_BY_DEFAULT, "not excluded"
	};
	if (p->rest == REST_OUT ||
	    (p->rest == REST_BY_LISTS && p->include_count))
		s->otherwise = (struct scope_verdict){
			SCOPE_EXCLUDED, SCOPE_BY_DEFAULT,
			"below no included container"
		};
	if (p->group) {
		s->group = normal(p->group);
		s->outside = xasprintf("no direct member of %s", p->group);
	}
	s->text = describe(p);
	return s;
}

void
scope_free(struct scope *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->count; i++) {
		free(s->containers[i].dn);
		free(s->containers[i].reason);
	}
	for (size_t i = 0; i < s->member_count; i++)
		free(s->members[i]);
	free(s->containers);
	free(s->members);
	free(s->group);
	free(s->outside);
	free(s->text);
	free(s);
}

bool
scope_is_group(const struct scope *s, const char *dn)
{
	char *norm;
	bool same;

	if (!s->group)
		return false;
	norm = normal(dn);
	same = strcmp(norm, s->group) == 0;
	free(norm);
	return same;
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void
scope_add_member(struct scope *s, const char *dn)
{
	LIST_RESERVE(s->members, s->member_room, s->member_count + 1);
	s->members[s->member_count++] = normal(dn);
}

void
scope_members_done(struct scope *s)
{
	if (s->member_count)
		qsort(s->members, s->member_count, sizeof(*s->members),
		      by_text);
}

/* The nearest ancestor-or-self that the policy names decides. */
static struct scope_verdict
by_container(const struct scope *s, const char *dn)
{
	for (; *dn; dn = dn_parent(dn)) {
		struct named_container key = { .dn = (char *)dn };
		const struct named_container *c =
			s->count ? bsearch(&key, s->containers, s->count,
			                   sizeof(key), by_dn) : NULL;

		if (c)
			return (struct scope_verdict){
				c->state, SCOPE_BY_CONTAINER, c->reason
			};
	}
	return s->otherwise;
}

static const struct scope_verdict nowhere = {
	SCOPE_IN, SCOPE_BY_GUESS, "its place in AD is not known"
};

struct scope_verdict
scope_place(const struct scope *s, const char *dn)
{
	struct scope_verdict v;
	char *norm;

	if (!s->count && !s->group)
		return s->otherwise;
	if (!dn)
		return nowhere;
	norm = normal(dn);
	v = by_container(s, norm);
	if (v.state == SCOPE_IN && s->group &&
	    (!s->member_count ||
	     !bsearch(&norm, s->members, s->member_count, sizeof(norm),
	              by_text)))
		v = (struct scope_verdict){
			SCOPE_EXCLUDED, SCOPE_BY_GROUP, s->outside
		};
	free(norm);
	return v;
}

struct scope_verdict
scope_children(const struct scope *s, const char *parent, bool *each)
{
	struct scope_verdict v = s->otherwise;
	char *norm = normal(parent);

	*each = s->group != NULL;
	for (size_t i = 0; i < s->count && !*each; i++)
		*each = strcmp(dn_parent(s->containers[i].dn), norm) == 0;
	if (s->count)
		v = by_container(s, norm);
	free(norm);
	return v;
}

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
	return o->ad.certificate != YES;
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

static void
judge_custom(struct object *o, const struct attr_set *covered,
             const struct filter_rule *r)
{
	for (; r && o->scope.state == SCOPE_IN; r = r->next) {
		if (r->kind != o->kind || !attr_set_covers(covered, &r->needs))
			continue;
		if (!o->dn && attr_set_has(&r->needs, ATTR_DN))
			o->scope = nowhere;
		else if (filter_rule_holds(r, o))
			o->scope = (struct scope_verdict){
				SCOPE_FILTERED, SCOPE_BY_FILTER, r->reason
			};
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

/*
 * How many members a group may have that is new in the tenant: Cloud Sync and
 * builds before 2.0.3.0, which has the second endpoint, take fewer.
 */
static size_t
member_limit(const struct policy *p)
{
	static const struct build second = { { 2, 0, 3, 0 } };
	bool few = p->engine == ENGINE_CLOUD_SYNC ||
	           p->engine == ENGINE_DIRSYNC || p->engine == ENGINE_AADSYNC
	           || (p->has_version &&
	               build_compare(&p->version, &second) < 0);

	return few ? 50000 : 250000;
}

void
scope_judge_account(const struct policy *p, struct object *o,
                    struct arena *a)
{
	size_t limit = member_limit(p);
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
	if (o->kind != KIND_GROUP || o->links.account ||
	    o->ad.member_count < limit)
		return;
	snprintf(text, sizeof(text), "filtered: a group of %zu members; the "
	         "limit for new ones is %zu", o->ad.member_count, limit);
	o->scope = (struct scope_verdict){
		SCOPE_FILTERED, SCOPE_BY_FILTER, arena_strdup(a, text)
	};
}

void
scope_meet(struct scope *s, const char *dn)
{
	struct named_container key = { .dn = normal(dn) };
	struct named_container *c = s->count
		? bsearch(&key, s->containers, s->count, sizeof(key), by_dn)
		: NULL;

	if (c)
		c->met = true;
	free(key.dn);
}

const char *
scope_unmet(const struct scope *s)
{
	/* A domain that is left out need not be in the snapshot. */
	for (size_t i = 0; i < s->count; i++)
		if (!s->containers[i].met &&
		    (s->containers[i].state == SCOPE_IN ||
		     strncmp(s->containers[i].dn, "dc=", 3) != 0))
			return s->containers[i].named;
	return NULL;
}

const char *
scope_text(const struct scope *s)
{
	return s->text;
}
