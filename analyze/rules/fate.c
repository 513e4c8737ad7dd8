/* The fate of accounts whose objects left the scope. */
#include "analyze/rules/fate.h"

#include <string.h>

#include "analyze/model/model.h"
#include "analyze/policy/policy.h"
#include "analyze/rules/loss.h"
#include "analyze/rules/rule.h"

/* What was read within an hour counts as one look (seen_places.c). */
enum { ONE_LOOK = 3600 };

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
	struct account_loss loss = { o, o->links.restorable, account };
	struct fate out = {
		.severity = has_left(c, o) ? SEVERITY_INFO : check_severity(c),
		.chance = CHANCE_OPEN, .successor = loss_successor(&loss),
	};
	char day[WHEN_TEXT];

	if (!account || account->tenant.deleted_when == WHEN_NONE) {
		out.text = check_textf(c, "its account is among the deleted "
		                       "users%s; it can be restored for 30 "
		                       "days", loss_text(c, &loss));
		return out;
	}
	if (deleted_is_purged(check_model(c), account->tenant.deleted_when))
		out.chance = CHANCE_GONE;
	when_format_day(account->tenant.deleted_when, day);
	out.until = loss_deadline(account->tenant.deleted_when);
	out.text = check_textf(c, "its account was deleted on %s%s; %s", day,
	                       loss_text(c, &loss),
	                       loss_until(c, account->tenant.deleted_when));
	return out;
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
 * mail do not ("Restore a deleted group in Microsoft Entra ID"). OVER: the days
 * would have ended, had it been deleted as soon as it was out of scope.
 */
static const char *
how_final(const struct object *o, bool over)
{
	if (o->kind == KIND_CONTACT)
		return "contacts cannot be restored";
	if (object_is_mail_enabled(o))
		return "distribution lists and security groups with mail "
		       "cannot be restored";
	if (over)
		return "a deleted security group can be restored for 30 days, "
		       "which are over if it was deleted when it left";
	return o->ad.group_type >= 0
		? "only a deleted security group can be restored, for 30 days"
		: "a deleted security group can be restored for 30 days";
}

/*
 * It was written by sync after AD was read, or after it had left by what older
 * snapshots show: then the engine took it in all the same.
 */
static bool
is_synced_since(const struct check *c, const struct object *o,
                const struct history_event *e)
{
	when_t last = o->links.account->last_sync;
	when_t out_at = e->before || e->remembered
		? e->by : model_collected(check_model(c), o->domain);

	return last != WHEN_NONE && out_at != WHEN_NONE &&
	       last - out_at >= (when_t)ONE_LOOK;
}

/* That is a sign that the policy's scope is not the engine's. */
static const char *
doubt_scope(struct check *c, const struct object *o, const char *text)
{
	char day[WHEN_TEXT];

	when_format_day(o->links.account->last_sync, day);
	return check_textf(c, "%s; but it was synchronized on %s still, after "
	                   "that: check whether it came back in between, or "
	                   "whether the engine's scope is another one than the "
	                   "policy says", text, day);
}

/* It was deleted some time after FROM, and after it had left. */
static const char *
tell_span(struct check *c, when_t from, when_t left)
{
	when_t last = left + RESTORE_DAYS * WHEN_DAY;
	char first[WHEN_TEXT], to[WHEN_TEXT];

	/* An earlier run may not have known it. */
	if (left == WHEN_NONE)
		return "it can be restored for 30 days";
	if (from == left || from == WHEN_NONE)
		return loss_until(c, left);
	when_format_day(from + RESTORE_DAYS * WHEN_DAY, first);
	when_format_day(last, to);
	if (strcmp(first, to) == 0)
		return loss_until(c, left);
	return check_textf(c, last < check_model(c)->as_of
	                   ? "it could be restored for 30 days, which ended "
	                   "between %s and %s"
	                   : "it can be restored for 30 days, which end "
	                   "between %s and %s", first, to);
}

/* Of a span the first day on which it may be too late. */
static struct told_deadline
end_of_span(when_t from, when_t left)
{
	return loss_deadline(left == WHEN_NONE || from == WHEN_NONE ? left
	                     : from);
}

/*
 * The tenant was read, with the account, before it is known that the object had
 * left: what deletes the account came after that.
 */
static bool
is_tenant_stale(const struct check *c, const struct history_event *e)
{
	return (e->before || e->remembered) && e->by != WHEN_NONE && e->by -
	       snapshot_collected(check_model(c)->tenant) > (when_t)ONE_LOOK;
}

static struct fate
fate_stale(struct check *c, const struct object *o,
           const struct history_event *e)
{
	struct account_loss loss = { o, o->links.account, o->links.twin };
	when_t read = snapshot_collected(check_model(c)->tenant);
	char day[WHEN_TEXT];

	when_format_day(read, day);
	return (struct fate){
		.severity = check_severity(c), .chance = CHANCE_OPEN,
		.successor = loss_successor(&loss),
		.until = end_of_span(e->after > read ? e->after : read, e->by),
		.text = check_textf(c, "its account, which was there on %s, is "
		                    "deleted by the synchronization that "
		                    "follows%s; %s", day, loss_text(c, &loss),
		                    tell_span(c, e->after > read ? e->after
		                                                 : read,
		                              e->by)),
	};
}

static struct fate
fate_user(struct check *c, const struct object *o)
{
	struct account_loss loss = { o, o->links.account, o->links.twin };

	return (struct fate){
		.severity = check_severity(c), .chance = CHANCE_OPEN,
		.successor = loss_successor(&loss),
		.until = loss_next(c, o),
		.text = check_textf(c, "the next synchronization deletes its "
		                    "account%s; counted from this snapshot %s",
		                    loss_text(c, &loss),
		                    loss_until(c, snapshot_collected(
		                               check_model(c)->tenant))),
	};
}

static struct fate
fate_other(struct check *c, const struct object *o)
{
	return (struct fate){
		.severity = severity_of(c, o), .chance = CHANCE_BEFORE,
		.text = check_textf(c, "the next synchronization deletes it in "
		                    "the tenant; %s", how_final(o, false)),
	};
}

/* Where it is not known, or not so, that the next synchronization deletes. */
static bool
is_kept(struct check *c, const struct object *o, struct fate *out)
{
	const struct model *m = check_model(c);

	*out = (struct fate){
		.severity = check_severity(c), .chance = CHANCE_STAYS
	};
	if (o->links.account->synced == UNKNOWN &&
	    !model_covers(m, section_of(SIDE_TENANT, o->kind), ATTR_SYNCED)) {
		out->chance = CHANCE_OPEN;
		out->text = "whether its account is synchronized still was not "
			"collected; if it is, the next synchronization deletes "
			"it";
	} else if (o->links.account->synced != YES) {
		out->severity = SEVERITY_LOW;
		out->text = "its account lives on in the tenant and is no "
			"longer synchronized";
	} else if (authority_is_cloud(m, o, o->links.account)) {
		out->severity = SEVERITY_INFO;
		out->text = "its account is managed in the tenant "
			"(isCloudManaged), and synchronized still: no document "
			"says whether the next synchronization deletes it";
	} else if (m->sync.on == NO) {
		out->severity = SEVERITY_LOW;
		out->text = "synchronization is switched off for the tenant, "
			"and deletes nothing; switched on again, it would "
			"delete the account";
	}
	return out->text;
}

static struct fate
fate_live(struct check *c, const struct object *o,
          const struct history_event *e)
{
	struct fate out;

	if (is_kept(c, o, &out))
		return out;
	if (o->links.renamed && model_policy(check_model(c), o)->engine ==
	    ENGINE_CLOUD_SYNC)
		return (struct fate){
			.severity = check_severity(c), .chance = CHANCE_OPEN,
			.text = check_textf(c, "%s has another name now, or is "
			                    "gone: Cloud Sync does not notice, "
			                    "and deletes the account when all "
			                    "is synchronized again",
			                    place_described(o->links.renamed,
			                                    check_arena(c))),
		};
	if (o->kind != KIND_USER)
		out = fate_other(c, o);
	else
		out = is_tenant_stale(c, e) ? fate_stale(c, o, e)
		                            : fate_user(c, o);
	if (is_synced_since(c, o, e))
		out.text = doubt_scope(c, o, out.text);
	return out;
}

static struct fate
fate_unknown_other(struct check *c, const struct object *o,
                   const struct history_event *e)
{
	const struct model *m = check_model(c);
	bool is_known = model_complete(m, section_of(SIDE_TENANT, o->kind));
	bool over = is_known && deleted_is_purged(m, e->by);

	return (struct fate){
		.severity = over ? SEVERITY_MEDIUM : severity_of(c, o),
		.chance = is_known ? CHANCE_GONE : CHANCE_BEFORE,
		.text = check_textf(c, "%s in the tenant; %s", is_known
		                    ? "it was deleted" : "the synchronization "
		                    "that follows deletes it",
		                    how_final(o, over)),
	};
}

static struct fate
fate_unknown(struct check *c, const struct object *o,
             const struct history_event *e)
{
	const struct model *m = check_model(c);
	struct account_loss loss = { .o = o };
	struct fate out = {
		.severity = check_severity(c), .chance = CHANCE_OPEN,
		.successor = loss_successor(&loss),
	};

	if (o->kind != KIND_USER)
		return fate_unknown_other(c, o, e);
	if (o->links.is_open || o->links.has_namesake) {
		out.text = "whether its account is there still, or among the "
			"deleted users, is not known: the tenant's source "
			"anchors were not collected";
	} else if (model_complete(m, TENANT_USERS) &&
	           model_complete(m, TENANT_DELETED_USERS)) {
		out.severity = has_left(c, o) ? SEVERITY_INFO
		                              : SEVERITY_MEDIUM;
		out.chance = CHANCE_GONE;
		out.text = "there is no account of it, nor one among the "
			"deleted users: it cannot be restored";
	} else {
		out.until = end_of_span(e->after, e->by);
		out.text = check_textf(c, "its account is deleted by the "
		                       "synchronization that follows%s (%s); "
		                       "%s", loss_text(c, &loss),
		                       model_complete(m, TENANT_USERS)
		                       ? "it is among the users no more, and "
		                       "deleted ones were not collected"
		                       : "the tenant's users were not "
		                       "collected",
		                       tell_span(c, e->after, e->by));
	}
	return out;
}

/* An older snapshot of the tenant has its account, and the present not. */
static struct fate
fate_lost(struct check *c, const struct object *o,
          const struct lost_account *l)
{
	struct account_loss loss = { .o = o };
	char then[WHEN_TEXT], now[WHEN_TEXT];

	when_format_day(l->when, then);
	when_format_day(l->newer, now);
	return (struct fate){
		.severity = SEVERITY_INFO, .chance = CHANCE_GONE,
		.successor = o->kind == KIND_USER ? loss_successor(&loss)
		                                  : NULL,
		.text = check_textf(c, "its account was there on %s, and was "
		                    "gone by %s%s; %s", then, now,
		                    o->kind == KIND_USER ? ", and is not among "
		                    "the deleted users" : "",
		                    o->kind == KIND_USER
		                    ? "it cannot be restored"
		                    : how_final(o, deleted_is_purged(
		                              check_model(c), l->newer))),
	};
}

struct fate
fate_of(struct check *c, const struct object *o, const struct history_event *e)
{
	return o->links.account ? fate_live(c, o, e)
		: o->links.has_deleted_account ? fate_deleted(c, o)
		: e->lost ? fate_lost(c, o, e->lost)
		: fate_unknown(c, o, e);
}
