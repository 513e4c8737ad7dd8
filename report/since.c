/* Since when a finding is known, by --baseline. */
#include "report/since.h"

#include "analyze/findings/findings.h"
#include "base/buf.h"

/* The day of a time; what is none is told as it stands. */
static void
put_day(struct buf *out, const char *time)
{
	char day[WHEN_TEXT];
	when_t when;

	if (when_from_iso(&when, time) < 0) {
		buf_adds(out, time);
		return;
	}
	when_format_day(when, day);
	buf_adds(out, day);
}

void
since_text(struct buf *out, const struct finding *f)
{
	if (!f->first_seen)
		return;
	buf_adds(out, f->status == STATUS_OPEN ? "open since "
	                                       : "known since ");
	put_day(out, f->first_seen);
	if (!f->reopened)
		return;
	buf_adds(out, ", reopened on ");
	put_day(out, f->reopened);
}
