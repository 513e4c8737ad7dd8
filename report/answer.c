/* What was not looked at never makes it better. */
#include "report/answer.h"

#include "base/buf.h"
#include "base/number.h"
#include "report/view.h"

static const char *
are(uint64_t n)
{
	return n == 1 ? "is" : "are";
}

static void
tell_number(struct buf *out, uint64_t n)
{
	char text[NUMBER_TEXT];

	buf_adds(out, number_grouped(n, text));
}

void
answer_tell_count(struct buf *out, uint64_t n, const char *one,
                  const char *many)
{
	tell_number(out, n);
	buf_addf(out, " %s", n == 1 ? one : many);
}

static void
tell_objects(struct buf *out, uint64_t n)
{
	answer_tell_count(out, n, "object in scope", "objects in scope");
}

static void
tell_ready(struct buf *out, uint64_t all, uint64_t warned)
{
	buf_adds(out, "Ready: nothing blocks the ");
	tell_objects(out, all);
	if (warned) {
		buf_adds(out, ", of which ");
		answer_tell_count(out, warned, "has warnings", "have warnings");
	}
	buf_addc(out, '.');
}

static void
tell_blocked(struct buf *out, uint64_t all, uint64_t blocked)
{
	buf_adds(out, "Not ready: ");
	tell_number(out, blocked);
	buf_adds(out, " of ");
	tell_objects(out, all);
	buf_addf(out, " %s blocked.", are(blocked));
}

static void
tell_unknown(struct buf *out, uint64_t all, uint64_t unknown)
{
	buf_adds(out, "Nothing blocks synchronization so far, but ");
	tell_number(out, unknown);
	buf_adds(out, " of ");
	tell_objects(out, all);
	buf_adds(out, " could not be checked.");
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
		tell_blocked(out, v->objects, blocked);
	else if (unknown)
		tell_unknown(out, v->objects, unknown);
	else if (!v->objects)
		buf_adds(out, "No object is in scope.");
	else
		tell_ready(out, v->objects,
		           f->by_readiness[READINESS_WARNING]);
}
