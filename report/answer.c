/* What was not looked at never makes it better. */
#include "report/answer.h"

#include <inttypes.h>

#include "base/buf.h"
#include "report/view.h"

static const char *
are(uint64_t n)
{
	return n == 1 ? "is" : "are";
}

static void
tell_ready(struct buf *out, uint64_t all, uint64_t warned)
{
	buf_addf(out, "Ready: nothing blocks the %" PRIu64 " object%s in "
	         "scope", all, all == 1 ? "" : "s");
	if (warned)
		buf_addf(out, ", of which %" PRIu64 " %s warnings", warned,
		         warned == 1 ? "has" : "have");
	buf_addc(out, '.');
}

void
answer_tell(const struct view *v, struct buf *out)
{
	const struct findings *f = v->findings;
	uint64_t blocked = f->by_readiness[READINESS_BLOCKED];
	uint64_t unknown = f->by_readiness[READINESS_NOT_KNOWN];

	if (!f->forecast_count)
		buf_adds(out, "Readiness is not known: it was not judged.");
	else if (blocked)
		buf_addf(out, "Not ready: %" PRIu64 " of %" PRIu64 " object%s "
		         "in scope %s blocked.", blocked, v->objects,
		         v->objects == 1 ? "" : "s", are(blocked));
	else if (unknown)
		buf_addf(out, "Nothing blocks synchronization so far, but %"
		         PRIu64 " of %" PRIu64 " object%s in scope could not "
		         "be checked.", unknown, v->objects,
		         v->objects == 1 ? "" : "s");
	else if (!v->objects)
		buf_adds(out, "No object is in scope.");
	else
		tell_ready(out, v->objects,
		           f->by_readiness[READINESS_WARNING]);
}
