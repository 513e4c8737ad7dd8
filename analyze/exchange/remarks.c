/*
 * What the contract's criterion of a condition does not ask, and speaks against
 * it all the same: an answer that settings contradict, a switch that was turned
 * and has not worked yet, a synchronization that is on and does not run.
 */
#include "analyze/exchange/remarks.h"

#include "analyze/exchange/hints.h"
#include "analyze/findings/findings.h"
#include "analyze/model/model.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/mem.h"
#include "base/when.h"

static const char *
taken(struct buf *text, struct arena *a)
{
	const char *out = text->len ? arena_strdup(a, text->data) : NULL;

	buf_release(text);
	return out;
}

/* ---- relay ---- */

/* So many of them are named. */
enum { NAMED = 3 };

const char *
remark_relay(const struct model *m, struct arena *a)
{
	struct exchange_condition c = { 0 };
	struct buf text = { 0 };

	hints_find(m, a, &c);
	for (size_t i = 0; i < c.evidence_count && i < NAMED; i++) {
		buf_adds(&text, i ? ", " : "the policy says that nothing sends "
		         "through the server, and there is still what mail may "
		         "be sent through: ");
		dn_first_value(&text, c.evidence[i].dn);
	}
	if (c.evidence_count > NAMED)
		buf_addf(&text, " and %zu more", c.evidence_count - NAMED);
	return taken(&text, a);
}

/* ---- synchronization ---- */

const char *
remark_sync_off(const struct model *m, struct arena *a)
{
	(void)a;
	return fact_is(m, FACT_SYNCED) == YES ||
	       fact_is(m, FACT_SYNCED_CONTACTS) == YES
		? "accounts of the tenant count as synchronized still: "
		  "switching off takes up to 72 hours, and what AD masters "
		  "cannot be changed in the cloud before; wait until none does"
		: NULL;
}

/* It runs every 30 minutes; after a day Microsoft tells administrators. */
enum { STOPPED_HOURS = 24, HOUR = 60 * 60 };

const char *
remark_sync_on(const struct model *m, struct arena *a)
{
	when_t read = m->tenant ? snapshot_collected(m->tenant) : WHEN_NONE;
	struct buf text = { 0 };
	char day[WHEN_TEXT];

	if (m->sync.never) {
		buf_adds(&text, "it is on and never ran: see whether the sync "
		         "server works");
	} else if (read != WHEN_NONE && m->sync.last != WHEN_NONE &&
	           read - m->sync.last > STOPPED_HOURS * HOUR) {
		when_format_day(m->sync.last, day);
		buf_addf(&text, "it is on and has not run since %s, %lld days "
		         "before the tenant was read: let it run again before "
		         "anything is taken away", day,
		         (long long)((read - m->sync.last) / WHEN_DAY));
	}
	return taken(&text, a);
}
