/*
 * Mailboxes on premises that Exchange's own list has, and no object of AD as it
 * was read: each stands against the condition of its type all the same.
 */
#include "analyze/rules/last_server.h"

#include "analyze/model/model.h"

/* Arbitration mailboxes. */
#define ARBITRATION TYPE_BIT(23)

bool
last_is_of(int64_t type, int64_t types)
{
	return type > 0 && (type & types) && !(type & (type - 1));
}

/* NULL: that of arbitration mailboxes, as the rule has it. */
const char *
last_system_fix(int64_t type)
{
	return last_is_of(type, ARBITRATION) ? NULL
		: "It need not move, and may stay: it goes with its server. "
		  "If it prevents the last step, disable it (Disable-Mailbox; "
		  "an audit mailbox with -AuditLog).";
}

struct shared_cause
last_system_cause(int64_t type)
{
	if (last_is_of(type, ARBITRATION))
		return (struct shared_cause){ 0 };
	if (!type)
		return (struct shared_cause){
			"untyped", "Exchange's own mailboxes, by their names",
			last_system_fix(type)
		};
	return (struct shared_cause){
		"other", "Discovery, health and audit mailboxes",
		last_system_fix(type)
	};
}

/* ---- the lists ---- */

static const char *
label_of(struct check *c, const struct listed_mailbox *l)
{
	return last_label(c, &(struct exchange_setting){ .dn = l->dn });
}

static void
fail_listed(struct check *c, const struct listed_mailbox *l,
            struct failure f)
{
	char guid[GUID_TEXT];

	guid_format(&l->guid, guid);
	f.severity = check_severity(c);
	f.attribute = "RecipientTypeDetails";
	f.observed = recipient_type_name(l->type)
		? recipient_type_name(l->type) : l->type_name;
	check_fail_setting(c, &(struct exchange_setting){
		.dn = l->dn, .guid = guid, .from = l->from,
	}, &f);
}

#define AS_LISTED ", as Exchange's own list of mailboxes says; AD's object " \
	"was not read"

void
last_listed_mailboxes(struct check *c)
{
	const struct listed_mailboxes *all = &check_model(c)->mailboxes;

	for (size_t i = 0; i < all->apart_count; i++) {
		const struct listed_mailbox *l = &all->apart[i];

		if (last_is_of(l->type, TYPES_OF_OTHERS))
			continue;
		fail_listed(c, l, (struct failure){
			.expected = "no mailbox on premises",
			.message = check_textf(c, "%s has a mailbox on "
			                       "premises" AS_LISTED,
			                       label_of(c, l)),
		});
	}
}

void
last_listed_systems(struct check *c)
{
	const struct listed_mailboxes *all = &check_model(c)->mailboxes;

	for (size_t i = 0; i < all->apart_count; i++) {
		const struct listed_mailbox *l = &all->apart[i];

		if (!last_is_of(l->type, TYPES_OF_SYSTEMS))
			continue;
		fail_listed(c, l, (struct failure){
			.expected = "no mailbox",
			.fix = last_system_fix(l->type),
			.shared = last_system_cause(l->type),
			.message = check_textf(c, "%s is a mailbox of Exchange "
			                       "itself" AS_LISTED,
			                       label_of(c, l)),
		});
	}
}

void
last_listed_folders(struct check *c)
{
	const struct listed_mailboxes *all = &check_model(c)->mailboxes;

	for (size_t i = 0; i < all->apart_count; i++) {
		const struct listed_mailbox *l = &all->apart[i];

		if (!last_is_of(l->type, TYPES_OF_FOLDERS))
			continue;
		fail_listed(c, l, (struct failure){
			.expected = "no public folders on premises",
			.message = check_textf(c, "%s is a mailbox of public "
			                       "folders" AS_LISTED,
			                       label_of(c, l)),
		});
	}
}
