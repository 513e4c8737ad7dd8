/* Names and place of today: null is none, and what lacks is not known. */
#include "analyze/findings/forecast_now.h"

#include "analyze/findings/findings.h"
#include "analyze/findings/line.h"
#include "base/record.h"

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

static struct known_text
known_of(const struct record *r, const char *key)
{
	return (struct known_text){
		record_find(r, key) >= 0, record_text(r, key)
	};
}

void
forecast_now_take(const struct record *r, struct forecast *out)
{
	out->display_name = known_of(r, "displayName");
	out->place = record_text(r, "place");
	out->mail_now = known_of(r, "mailNow");
	out->primary_now = known_of(r, "primaryNow");
}
