/* What is lost with an account, and what of it comes back. */
#include "analyze/rules/loss.h"

#include <string.h>

#include "analyze/model/model.h"
#include "analyze/rules/rule.h"
#include "base/buf.h"

/* What AD says: it cannot say that there is none. */
static bool
is_online_by_ad(const struct object *o)
{
	return o && recipient_is_remote(o);
}

enum tristate
loss_of_mailbox(const struct account_loss *l)
{
	const struct account *h = l->account;

	if ((h && (h->mailbox == YES || h->mailbox_plan == YES)) ||
	    is_online_by_ad(l->o))
		return YES;
	if ((h && h->guest) || (l->o && recipient_is_on_premises(l->o)))
		return NO;
	return !h || (h->mailbox_plan == UNKNOWN && h->mailbox != NO)
		? UNKNOWN : NO;
}

/* Exchange on-premises has one by a database, Exchange Online by its GUID. */
static bool
has_online_archive(const struct object *o)
{
	return o && o->ad.archive_guid.is == YES && !o->ad.archive_database;
}

static const char *
mailbox_text(const struct account_loss *l)
{
	bool archive = has_online_archive(l->o);

	switch (loss_of_mailbox(l)) {
	case YES:
		return archive ? "its mailbox and its archive in Exchange "
			"Online" : "its mailbox in Exchange Online";
	case NO:
		return archive ? "its archive in Exchange Online"
			: l->o && l->o->ad.recipient_type ==
			  RECIPIENT_MAIL_USER
			? "its mail user in Exchange Online" : NULL;
	default:
		return !l->account ? NULL
			: "a mailbox in Exchange Online, if it has one "
			"(which was not collected)";
	}
}

/* Products, however many ways each of them is given; 0: not told. */
static size_t
count_licences(struct check *c, const struct object *read)
{
	const struct licence_state *all, *l, *before;
	size_t n = 0;

	if (!read || !read->tenant.licences)
		return 0;
	all = licences_read(read->tenant.licences, check_arena(c));
	for (l = all; l; l = l->next) {
		for (before = all; before != l; before = before->next)
			if (before->is == LICENCE_ACTIVE && before->sku &&
			    l->sku && strcmp(before->sku, l->sku) == 0)
				break;
		n += before == l && l->is == LICENCE_ACTIVE;
	}
	return n;
}

static const char *
licence_text(struct check *c, const struct account_loss *l)
{
	size_t n = count_licences(c, l->read);

	if (!l->account || l->account->licensed != YES)
		return NULL;
	return !n ? "its licenses" : n == 1 ? "its license"
		: check_textf(c, "its %zu licenses", n);
}

enum { LOSSES_MAX = 16 };

/* What is lost, in words. */
struct lost_parts {
	const char *items[LOSSES_MAX];
	size_t count;
};

static void
add(struct lost_parts *to, const char *text)
{
	if (text && to->count < LOSSES_MAX)
		to->items[to->count++] = text;
}

/* What a group gives it has again when it is a member again. */
static void
add_roles(struct check *c, const struct account_loss *l, struct lost_parts *to)
{
	const struct role_held *held;
	size_t n;

	if (!l->account)
		return;
	held = roles_held_of(&check_model(c)->privileged, &l->account->id, &n);
	for (size_t i = 0; i < n; i++)
		if (!held[i].eligible && !held[i].by_group)
			add(to, check_textf(c, "the role %s", held[i].role));
}

const char *
loss_text(struct check *c, const struct account_loss *l)
{
	struct lost_parts all = { .count = 0 };
	struct buf list = { 0 };
	const char *out;

	if (check_is_screening(c))
		return "";
	add(&all, mailbox_text(l));
	add(&all, licence_text(c, l));
	add_roles(c, l, &all);
	for (size_t i = 0; i < all.count; i++)
		buf_addf(&list, "%s%s", !i ? ", with "
		         : i + 1 < all.count ? ", " : " and ", all.items[i]);
	out = check_textf(c, "%s", buf_text(&list));
	buf_release(&list);
	return out;
}

const char *
loss_successor(const struct account_loss *l)
{
	return loss_of_mailbox(l) == YES
		? "a new account with an empty mailbox" : "a new account";
}

const char *
loss_until(struct check *c, when_t deleted)
{
	when_t until = deleted + RESTORE_DAYS * WHEN_DAY;
	char day[WHEN_TEXT];

	when_format_day(until, day);
	return check_textf(c, until < check_model(c)->as_of
	                   ? "it could be restored until %s"
	                   : "it can be restored until %s", day);
}

struct told_deadline
loss_deadline(when_t deleted)
{
	if (deleted == WHEN_NONE)
		return (struct told_deadline){ .kind = DEADLINE_NONE };
	return (struct told_deadline){
		DEADLINE_RESTORE, deleted + RESTORE_DAYS * WHEN_DAY
	};
}

/* Counted from when the tenant was read. */
struct told_deadline
loss_next(const struct check *c, const struct object *o)
{
	return loss_deadline(o->kind == KIND_USER ? snapshot_collected(
		check_model(c)->tenant) : WHEN_NONE);
}
