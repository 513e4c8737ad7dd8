/* Writing a waiver. */
#include "analyze/waivers/waivers.h"

#include "base/buf.h"
#include "base/json.h"

static void
put_value(struct buf *out, const char *text)
{
	if (text)
		json_put_string(out, text, strlen(text));
	else
		buf_adds(out, "null");
}

static void
put(struct buf *out, const char *before, const char *key, const char *text)
{
	buf_addf(out, "%s\"%s\":", before, key);
	put_value(out, text);
}

/* The GUID counts; what else is known of it is for people. */
static void
put_object(struct buf *out, const struct waiver_said *s)
{
	const char *called = s->dn ? "dn" : "name";

	buf_adds(out, ",\"object\":{");
	if (s->suffix)
		put(out, "", "dn-suffix", s->suffix);
	else if (s->guid)
		put(out, "", "guid", s->guid);
	if (!s->suffix && (s->dn || s->name))
		put(out, s->guid ? "," : "", called, s->dn ? s->dn : s->name);
	buf_addc(out, '}');
}

static void
put_said(struct buf *out, const char *key, const char *text)
{
	if (text)
		put(out, ",", key, text);
}

void
waiver_put(struct buf *out, const struct waiver_said *s)
{
	put(out, "{", "rule", s->rule);
	put_object(out, s);
	if (s->has_attribute)
		put(out, ",", "attribute", s->attribute);
	if (s->has_value)
		put(out, ",", "value", s->value);
	put(out, ",", "reason", s->told.reason);
	put_said(out, "owner", s->told.owner);
	put_said(out, "ticket", s->told.ticket);
	put_said(out, "expires", s->told.expires);
	put(out, ",", "result", waiver_result_name(s->told.result));
	buf_adds(out, "}\n");
}
