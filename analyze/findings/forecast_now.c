/* Names and place of today: null is none, and what is not known is not told. */
#include "analyze/findings/forecast_now.h"

#include "analyze/findings/findings.h"
#include "analyze/findings/line.h"

static void
put_known(struct buf *out, const char *key, struct known_text t)
{
	if (t.is_known)
		line_text(out, key, t.text);
}

void
forecast_now_put(struct buf *out, const struct forecast *f)
{
	put_known(out, "displayName", f->display_name);
	line_text(out, "place", f->place);
	put_known(out, "mailNow", f->mail_now);
	put_known(out, "primaryNow", f->primary_now);
}
