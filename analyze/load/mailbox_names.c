/* Whose mailbox it is, by what both are called. */
#include "analyze/load/mailbox_names.h"

#include "analyze/object/object.h"
#include "base/utf8.h"
#include "base/warn.h"

static void
note(struct key_list *to, const char *name, enum unique kind, uint32_t row)
{
	if (name)
		key_list_add(to, (struct key){
			.hash = unique_hash(kind, name), .row = row,
			.section = TENANT_USERS,
		});
}

static void
build(struct keys *to, struct key_list *from, unsigned jobs)
{
	keys_take(to, from, 0);
	keys_build(to, jobs);
	key_list_release(from);
}

void
mailbox_names_build(struct mailbox_names *n, const struct model *m)
{
	const struct table *t = &m->tables[TENANT_USERS];
	struct key_list names = { 0 }, primaries = { 0 };

	n->m = m;
	for (size_t i = 0; i < t->count; i++) {
		const struct account *h = t->rows[i].account;

		if (t->rows[i].merged || !h)
			continue;
		note(&names, account_text(h, ACCOUNT_UPN), UNIQUE_UPN,
		     (uint32_t)i);
		note(&primaries, account_text(h, ACCOUNT_PRIMARY),
		     UNIQUE_ADDRESS, (uint32_t)i);
	}
	build(&n->names, &names, m->jobs);
	build(&n->primaries, &primaries, m->jobs);
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
