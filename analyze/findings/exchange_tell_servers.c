/* What exchange.json says of the organization and its servers, in words. */
#include "analyze/findings/exchange_told.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/dn.h"
#include "base/utf8.h"

/* ---- servers ---- */

void
exchange_tell_support(const struct exchange_told_server *s, struct buf *out)
{
	const char *end = s->support_ends;

	switch (s->support) {
	case EXCHANGE_SUPPORT_FULL:
		buf_adds(out, "supported");
		break;
	case EXCHANGE_SUPPORT_PAID:
		buf_adds(out, "paid updates only");
		break;
	case EXCHANGE_SUPPORT_ENDED:
		buf_addf(out, "support ended%s%s", end ? " on " : "",
		         end ? end : "");
		return;
	default:
		buf_adds(out, "whether it has support is not known");
		return;
	}
	if (end)
		buf_addf(out, " until %s", end);
}

/* Of several forests servers may have one name. */
void
exchange_tell_name(const struct exchange_told *t,
                   const struct exchange_told_server *s, struct buf *out)
{
	size_t n = 0;

	for (size_t i = 0; i < t->server_count; i++)
		n += utf8_same_folded(t->servers[i].name, s->name);
	buf_adds(out, s->name);
	if (n > 1 && s->dn) {
		buf_adds(out, " (");
		dn_domain(out, s->dn);
		buf_addc(out, ')');
	}
}

void
exchange_tell_server(const struct exchange_told_server *s, struct buf *out)
{
	buf_adds(out, s->product ? s->product : "version not known");
	if (s->update)
		buf_addf(out, " %s", s->update);
	if (s->version)
		buf_addf(out, " (%s)", s->version);
	for (size_t i = 0; i < s->role_count; i++)
		buf_addf(out, ", %s", s->roles[i]);
	buf_adds(out, "; ");
	exchange_tell_support(s, out);
}

/* ---- the organization ---- */

/*
 * The file has one organization; a server of another forest is of another one.
 */
static void
tell_others(const struct exchange_told *t, struct buf *out)
{
	struct buf own = { 0 }, other = { 0 }, told = { 0 };

	if (t->dn)
		dn_domain(&own, t->dn);
	for (size_t i = 0; t->dn && i < t->server_count; i++) {
		const char *dn = t->servers[i].dn;

		buf_clear(&other);
		if (dn)
			dn_domain(&other, dn);
		if (!other.len || utf8_same_folded(other.data, buf_text(&own))
		    || strstr(buf_text(&told), other.data))
			continue;
		buf_addf(&told, "%s%s", told.len ? ", " : "", other.data);
	}
	if (told.len)
		buf_addf(out, "; it is that of %s, and judged together with "
		         "others: servers of %s", own.data, told.data);
	buf_release(&own);
	buf_release(&other);
	buf_release(&told);
}

void
exchange_tell_organization(const struct exchange_told *t, struct buf *out)
{
	static const char *const states[EXCHANGE_STATES] = {
		[EXCHANGE_UNKNOWN] = "not known",
		[EXCHANGE_NONE] = "none, and no schema for one",
		[EXCHANGE_SCHEMA_ONLY] = "none, only its schema",
		[EXCHANGE_PREPARED] = "prepared, without a server",
		[EXCHANGE_TOOLS_ONLY] = "management tools only",
		[EXCHANGE_SERVERS] = "with servers",
	};

	if (t->name)
		buf_addf(out, "%s, ", t->name);
	buf_adds(out, states[t->state]);
	/* The verdict says it, if it rests on that. */
	if (t->state == EXCHANGE_UNKNOWN && t->reason &&
	    t->verdict != VERDICT_NOT_ASSESSED)
		buf_addf(out, ": %s", t->reason);
	if (t->hybrid != SCHEMA_UNKNOWN)
		buf_adds(out, t->hybrid == SCHEMA_HAS ? "; hybrid"
		         : "; not hybrid");
	if (t->object_version)
		buf_addf(out, "; objectVersion %" PRIu64, t->object_version);
	if (t->range_upper)
		buf_addf(out, "; schema %" PRIu64, t->range_upper);
	if (t->range_upper && t->release)
		buf_addf(out, " (%s)", t->release);
	tell_others(t, out);
}
