/* Accounts that stand in the way, and the words for why. */
#include "analyze/forecast/block.h"

#include "analyze/forecast/doubt.h"
#include "base/buf.h"
#include "base/mem.h"

void
block_set(struct object *o, enum block block, const char *reason)
{
	struct forecast *f = &o->forecast.line;

	f->match = block == BLOCK_CLOUD_MANAGED ? MATCH_NONE : MATCH_CONFLICT;
	f->action = ACTION_BLOCKED;
	f->match_reason = reason;
	o->forecast.block = block;
	o->forecast.doubts = (struct doubts){ 0 };
	if (block == BLOCK_TYPE)
		doubt_add(o, DOUBT_CLASS);
	f->upn = f->mail = f->mail_nickname = f->primary_smtp = NULL;
	f->proxy_addresses = NULL;
	f->proxy_count = 0;
	f->origins = NULL;
	f->origin_count = 0;
	f->dropped = NULL;
	f->dropped_count = 0;
	f->account_enabled = ENABLED_UNKNOWN;
}

static const char *const reasons[] = {
	[BLOCK_CLOUD_MANAGED] = "the account was converted to be managed in "
		"the tenant: sync does not write to it any more",
	[BLOCK_HARD_OFF] = "the tenant blocks hard matches with cloud accounts "
		"(blockCloudObjectTakeoverThroughHardMatch): InvalidHardMatch",
	[BLOCK_HARD_ADMIN] = "the account holds an administrator's role, or "
		"may activate one: since June 2026 hard matches with it are "
		"refused (InvalidHardMatch)",
	[BLOCK_REMAP] = "the account is mapped to another object of AD by "
		"onPremisesObjectIdentifier: since July 2026 hard matches with "
		"it are refused (AttributeUpdateNotAllowed)",
	[BLOCK_SOFT_OFF] = "the tenant blocks soft matches (blockSoftMatch)",
	[BLOCK_ADMIN] = "the account holds an administrator's role and is "
		"never matched",
	[BLOCK_TYPE] = "an object of another class holds the value: "
		"ObjectTypeMismatch",
};

void
block_set_cloud_managed(struct object *o)
{
	block_set(o, BLOCK_CLOUD_MANAGED, reasons[BLOCK_CLOUD_MANAGED]);
	/* AD's values claim nothing. */
	o->forecast.contested_count = 0;
}

enum block
block_first(unsigned blocks)
{
	enum block b = BLOCK_NOT;

	while (blocks && !(blocks >> b & 1))
		b++;
	return b;
}

const char *
block_reasons(unsigned blocks, struct arena *a)
{
	struct buf text = { 0 };
	const char *out;

	for (unsigned b = 0; blocks >> b; b++)
		if (blocks >> b & 1)
			buf_addf(&text, "%s%s", text.len ? "; and " : "",
			         reasons[b]);
	out = arena_strdup(a, buf_text(&text));
	buf_release(&text);
	return out;
}

bool
block_rights_known(const struct model *m, const struct object *o)
{
	return m->features.block_soft != UNKNOWN &&
	       (o->kind != KIND_USER ||
	        (model_complete(m, TENANT_ROLE_MEMBERS) &&
	         (!m->admins_by_group ||
	          model_complete(m, TENANT_GROUP_MEMBERS))));
}

/*
 * Graph tells neither a contact's source anchor nor its SID: one that was
 * converted is met by its address alone. Before the first synchronization none
 * was.
 */
bool
block_may_be_converted(const struct model *m, const struct object *o)
{
	return o->kind == KIND_CONTACT &&
	       !model_complete(m, TENANT_SYNC_BEHAVIOR) &&
	       (fact_is(m, FACT_SYNCED) == YES ||
	        fact_is(m, FACT_SYNCED_CONTACTS) == YES);
}
