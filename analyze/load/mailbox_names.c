/* Whose mailbox it is, by what both are called. */
#include "analyze/load/mailbox_names.h"

#include "analyze/object/object.h"
#include "base/utf8.h"
#include "base/warn.h"

static void
take(struct keys *to, const char *name, enum unique kind, uint32_t row)
{
	struct key_list one = { 0 };

	if (!name)
		return;
	key_list_add(&one, (struct key){
		.hash = unique_hash(kind, name), .row = row,
		.section = TENANT_USERS,
	});
	keys_take(to, &one, 0);
	key_list_release(&one);
}

void
mailbox_names_build(struct mailbox_names *n, const struct model *m)
{
	const struct table *t = &m->tables[TENANT_USERS];

	n->m = m;
	for (size_t i = 0; i < t->count; i++) {
		const struct account *h = t->rows[i].account;

		if (t->rows[i].merged || !h)
			continue;
		take(&n->names, account_text(h, ACCOUNT_UPN), UNIQUE_UPN,
		     (uint32_t)i);
		take(&n->primaries, account_text(h, ACCOUNT_PRIMARY),
		     UNIQUE_ADDRESS, (uint32_t)i);
	}
	keys_build(&n->names, m->jobs);
	keys_build(&n->primaries, m->jobs);
}

void
mailbox_names_release(struct mailbox_names *n)
{
	keys_release(&n->names);
	keys_release(&n->primaries);
}

/* The one that has it as WHICH. */
static row_id
only(const struct mailbox_names *n, const struct keys *keys,
     enum account_name which, uint64_t hash, const char *value)
{
	const struct row *rows = n->m->tables[TENANT_USERS].rows;
	const struct key *end, *k = keys_find(keys, hash, &end);
	row_id found = 0;

	for (; k < end; k++) {
		if (k->hash != hash || !utf8_same_folded(value, account_text(
			rows[k->row].account, which)))
			continue;
		if (found)
			return 0;
		found = k->row + 1;
	}
	return found;
}

row_id
mailbox_names_find(const struct mailbox_names *n, const struct object *mailbox)
{
	const char *primary = object_primary(mailbox)
		? object_primary(mailbox) : mailbox->mail;
	row_id row = 0;

	if (!n->names.built)
		return 0;
	if (mailbox->upn)
		row = only(n, &n->names, ACCOUNT_UPN,
		           unique_hash(UNIQUE_UPN, mailbox->upn), mailbox->upn);
	if (!row && primary)
		row = only(n, &n->primaries, ACCOUNT_PRIMARY,
		           unique_hash(UNIQUE_ADDRESS, primary), primary);
	return row;
}

void
mailbox_names_tell(const struct mailbox_names *n, size_t lost)
{
	if (lost && n->names.count)
		warn("%s: of %zu mailbox%s of Exchange Online it is not known "
		     "which account has %s: the export lacks "
		     "ExternalDirectoryObjectId, and no user alone has the "
		     "UserPrincipalName or PrimarySmtpAddress; export that "
		     "column, too", snapshot_name(n->m->tenant), lost,
		     lost == 1 ? "" : "es", lost == 1 ? "it" : "them");
}
