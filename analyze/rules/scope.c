/* Objects that leave the sync scope. */
#include <string.h>
#include <strings.h>

#include "analyze/model/model.h"
#include "analyze/policy/policy.h"
#include "analyze/rules/history.h"
#include "analyze/rules/rule.h"
#include "base/dn.h"

/* A deleted user can be restored for 30 days. */
#define RESTORE_DAYS 30

static bool
was_in_scope(const struct history *s)
{
	return s->scope == SCOPE_IN;
}

/* What happens, or happened, to the account in the tenant. */
struct fate {
	enum severity severity;
	const char *text;
};

static const char *
until(struct check *c, when_t from)
{
	const struct model *m = check_model(c);
	char day[WHEN_TEXT];

	when_format_day(from + RESTORE_DAYS * WHEN_DAY, day);
	return check_textf(c, from + RESTORE_DAYS * WHEN_DAY < m->as_of
	                   ? "it could be restored until %s"
	                   : "it can be restored until %s", day);
}

/* A disabled person has left; shared mailboxes are disabled in their lives. */
static bool
has_left(struct check *c, const struct object *o)
{
	return o->enabled == NO &&
	       model_covers(check_model(c), AD_USERS, ATTR_RECIPIENT_TYPE) &&
	       (!o->ad.recipient_type || recipient_is_person(o));
}

static struct fate
fate_deleted(struct check *c, const struct object *o)
{
	const struct object *account = o->links.deleted_account;
	enum severity severity = has_left(c, o) ? SEVERITY_INFO
	                                        : check_severity(c);
	char day[WHEN_TEXT];

	if (!account || account->tenant.deleted_when == WHEN_NONE)
		return (struct fate){
			severity, "its account is among the deleted users; it "
			"can be restored for 30 days"
		};
	when_format_day(account->tenant.deleted_when, day);
	return (struct fate){
		severity,
		check_textf(c, "its account was deleted on %s; %s", day,
		            until(c, account->tenant.deleted_when))
	};
}

/* With a contact no mailbox, licence or access is lost. */
static enum severity
severity_of(const struct check *c, const struct object *o)
{
	return check_severity(c) +
	       (enum severity)(o->kind == KIND_CONTACT ? 1 : 0);
}

/*
 * What is lost with an object that is no user: contacts go for good, deleted
 * groups of Microsoft 365 and security groups stay for 30 days, and those with
 * mail do not (domain-2026.md B.24).
 */
static const char *
how_final(const struct object *o)
{
	if (o->kind == KIND_CONTACT)
		return "contacts cannot be restored";
	if (object_is_mail_enabled(o))
		return "distribution lists and security groups with mail "
		       "cannot be restored";
	return o->ad.group_type >= 0
		? "only a deleted security group can be restored, for 30 days"
		: "a deleted security group can be restored for 30 days";
}

static struct fate
fate_live(struct check *c, const struct object *o)
{
	if (o->links.account->synced == UNKNOWN &&
	    !model_covers(check_model(c), section_of(SIDE_TENANT, o->kind),
	                  ATTR_SYNCED))
		return (struct fate){
			check_severity(c), "whether its account is "
			"synchronized still was not collected; if it is, the "
			"next synchronization deletes it"
		};
	if (o->links.account->synced != YES)
		return (struct fate){
			SEVERITY_LOW, "its account lives on in the tenant and "
			"is no longer synchronized"
		};
	if (authority_is_cloud(check_model(c), o, o->links.account))
		return (struct fate){
			SEVERITY_INFO, "its account is managed in the tenant "
			"(isCloudManaged), and synchronized still: no document "
			"says whether the next synchronization deletes it"
		};
	if (o->links.renamed && model_policy(check_model(c), o)->engine ==
	    ENGINE_CLOUD_SYNC)
		return (struct fate){
			check_severity(c),
			check_textf(c, "%s has another name now, or is gone: "
			            "Cloud Sync does not notice, and deletes "
			            "the account when all is synchronized anew",
			            o->links.renamed)
		};
	if (o->kind != KIND_USER)
		return (struct fate){
			severity_of(c, o),
			check_textf(c, "the next synchronization deletes it in "
			            "the tenant; %s", how_final(o))
		};
	return (struct fate){
		check_severity(c),
		check_textf(c, "the next synchronization deletes its account; "
		            "counted from this snapshot %s",
		            until(c, snapshot_collected(
		                  check_model(c)->tenant)))
	};
}

static struct fate
fate_unknown(struct check *c, const struct object *o,
             const struct history_event *e)
{
	const struct model *m = check_model(c);

	if (o->kind != KIND_USER)
		return (struct fate){
			severity_of(c, o),
			check_textf(c, "%s in the tenant; %s",
			            model_complete(m, section_of(SIDE_TENANT,
			                                         o->kind))
			            ? "it was deleted" : "the synchronization "
			            "that follows deletes it", how_final(o))
		};
	if (o->links.is_open || o->links.has_namesake)
		return (struct fate){
			check_severity(c), "whether its account is there "
			"still, or among the deleted users, is not known: the "
			"tenant's source anchors were not collected"
		};
	if (model_complete(m, TENANT_USERS) &&
	    model_complete(m, TENANT_DELETED_USERS))
		return (struct fate){
			SEVERITY_MEDIUM, "there is no account of it, nor one "
			"among the deleted users: it cannot be restored"
		};
	return (struct fate){
		check_severity(c),
		check_textf(c, "its account is deleted by the synchronization "
		            "that follows; at the latest, %s", until(c, e->by))
	};
}

static const char *
describe_move(struct check *c, const struct object *o,
              const struct history_event *e)
{
	if (o->links.renamed_to)
		return check_textf(c, "left the sync scope%s%s with its "
		                   "container: AD has no %s any more, and what "
		                   "lay there lies in %s", e->before ? " " : "",
		                   e->before ? history_text(e, check_arena(c))
		                   : "", o->links.renamed,
		                   o->links.renamed_to);
	if (!e->before)
		return o->links.account
			? "is outside the sync scope, but has a synchronized "
			"account" : "is outside the sync scope";
	if (!e->before->dn || !o->dn || strcmp(e->before->dn, o->dn) == 0)
		return check_textf(c, "left the sync scope %s",
		                   history_text(e, check_arena(c)));
	return check_textf(c, "was moved out of the sync scope %s, from %s",
	                   history_text(e, check_arena(c)), e->before->dn);
}

/* Only users come back as they were. */
static const char *
time_for(const struct object *o)
{
	return o->kind == KIND_USER ? "within 30 days and synchronize"
	                            : "before the next synchronization";
}

/* What takes it out of scope must go. */
static const char *
fix_of(struct check *c, const struct object *o, const char *moved)
{
	const char *cure = o->scope.state == SCOPE_FILTERED
		? "change what it is filtered by"
		: o->scope.cause == SCOPE_BY_GROUP
		? "make it a direct member of the group again"
		: moved ? check_textf(c, "include %s, which was renamed or "
		                      "moved, in the sync scope, or move it "
		                      "back", moved)
		: "move the object back below an included OU";

	if (o->links.renamed_to)
		return check_textf(c, "If %s was renamed or moved, include %s "
		                   "in the sync scope, or give the container "
		                   "its former name, %s: no object has to be "
		                   "moved. If it was given up, confirm that "
		                   "the account may go.", o->links.renamed,
		                   o->links.renamed_to, time_for(o));
	return check_textf(c, "If it was a mistake, %s %s; if not, confirm "
	                   "that the account may go.", cure, time_for(o));
}

/*
 * The container with which it went: what lay in another one, that holds nothing
 * any more, lies in this one by the same names. NULL: it was moved by itself.
 */
static const char *
moved_container(struct check *c, const struct object *o,
                const struct history_event *e)
{
	const char *then = e->before ? e->before->dn : NULL, *now = o->dn;
	const char *old = NULL, *place = NULL;

	while (then && now && *then && *now &&
	       dn_first_len(then) == dn_first_len(now) &&
	       strncasecmp(then, now, dn_first_len(then)) == 0) {
		old = then;
		place = now;
		then = dn_parent(then);
		now = dn_parent(now);
	}
	if (!old || !*then || !*now || !check_is_emptied(c, e->before->dn))
		return NULL;
	/* It was renamed where it is; else the last that is alike was moved. */
	if (dn_same(dn_parent(then), dn_parent(now)) &&
	    check_is_emptied(c, old))
		return now;
	return place == o->dn ? NULL : place;
}

/* The container that was renamed, the one it lies in now, or the filter. */
static struct shared_cause
shared_place(const struct object *o, const char *moved)
{
	if (o->links.renamed_to)
		return (struct shared_cause){
			o->links.renamed_to, "Left the sync scope with the "
			"container {}", "If the container was renamed or "
			"moved, include {} in the sync scope, or give it its "
			"former name: no object has to be moved. If it was "
			"given up, confirm that the accounts may go."
		};
	if (moved && o->scope.state != SCOPE_FILTERED)
		return (struct shared_cause){
			moved, "Left the sync scope with the container {}",
			"If the container was renamed or moved by mistake, "
			"include {} in the sync scope, or move it back, within "
			"30 days, and synchronize: no object has to be moved. "
			"If not, confirm that the accounts may go."
		};
	if (o->scope.state == SCOPE_FILTERED)
		return (struct shared_cause){
			o->scope.reason, "Left the sync scope: {}",
			"If it was a mistake, change what they are filtered by "
			"within 30 days and synchronize; if not, confirm that "
			"the accounts may go."
		};
	return (struct shared_cause){
		o->dn ? dn_parent(o->dn) : NULL,
		"Moved out of the sync scope, to {}", NULL
	};
}

/* An account, told by more than its name, shows that it was in scope. */
static bool
has_synced_account(const struct object *o)
{
	return o->links.account && o->links.account->synced == YES &&
	       !how_is_name(o->links.how);
}

static void
check_moved_out(struct check *c, const struct object *o)
{
	struct history_event e = { 0 };
	const char *moved;
	struct fate fate;

	/* What this server does not take, it does not delete. */
	if (o->scope.state == SCOPE_IN || o->scope.cause == SCOPE_BY_CONNECTOR)
		return;
	if (history_find(o, was_in_scope, &e))
		history_date(&e, &o->ad.name_stamp);
	else if (!o->links.has_deleted_account && !has_synced_account(o))
		return;
	moved = check_is_screening(c) ? NULL : moved_container(c, o, &e);
	if (o->links.account)
		fate = fate_live(c, o);
	else if (o->links.has_deleted_account)
		fate = fate_deleted(c, o);
	else
		fate = fate_unknown(c, o, &e);
	check_fail(c, o, &(struct failure){
		.severity = fate.severity, .attribute = "distinguishedName",
		.observed = o->dn, .key = "",
		.expected = o->scope.state == SCOPE_FILTERED
			? "what no filter of the sync engine meets"
			: "a place in the sync scope",
		.message = check_textf(c, "%s %s (%s): %s", object_label(o),
		                       describe_move(c, o, &e),
		                       o->scope.reason, fate.text),
		.fix = fix_of(c, o, moved), .shared = shared_place(o, moved),
	});
}

static const struct rule rules[] = {
	{
		.id = "moved-out-of-scope",
		.severity = SEVERITY_HIGH,
		.side = SIDE_AD,
		.kinds = KINDS_SYNCED,
		.needs = NEED_SCOPE | NEED_ELSEWHERE,
		.check = check_moved_out,
		.title = "Moved out of the sync scope",
		.why = "When a synchronized object leaves the scope its "
		       "account in the tenant is deleted at the next cycle, "
		       "with mailbox and licences. A user is kept among the "
		       "deleted users for 30 days and comes back with the "
		       "object; after that a new, empty account is made.",
		.fix = "If it was a mistake, move the object back below an "
		       "included OU within 30 days and synchronize; if not, "
		       "confirm that the account may go.",
		.source = DOC_FILTERING,
	},
};

const struct family scope_rules = { rules, sizeof(rules) / sizeof(rules[0]) };
