/* forecast.csv: what the tenant will hold, one object a row. */
#include <string.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/file.h"
#include "report/format.h"
#include "report/view.h"

static const char *const titles[] = {
	"dn", "guid", "class", "sAMAccountName", "userPrincipalName",
	"inScope", "scopeReason", "action", "match", "matchReason",
	"matchedId", "upn", "mailNickname", "primarySmtp", "proxyAddresses",
	"accountEnabled", "confidence", "readiness", "changes",
};

static void
put_field(struct buf *row, char delimiter, const char *text)
{
	if (row->len)
		buf_addc(row, delimiter);
	csv_put_field(row, text ? text : "", text ? strlen(text) : 0);
}

/* Several values in one field, as csvde and the portals join them. */
static const char *
joined(struct buf *out, const struct forecast *f)
{
	buf_clear(out);
	for (size_t i = 0; i < f->proxy_count; i++)
		buf_addf(out, "%s%s", i ? ";" : "", f->proxy_addresses[i]);
	return buf_text(out);
}

static const char *
changed(struct buf *out, const struct forecast *f)
{
	buf_clear(out);
	for (size_t i = 0; i < f->change_count; i++) {
		const struct change *c = &f->changes[i];

		buf_addf(out, "%s%s: %s -> %s", i ? "; " : "", c->attribute,
		         c->from ? c->from : "none", c->to ? c->to : "none");
	}
	return buf_text(out);
}

static void
put_forecast(struct buf *row, char delimiter, const struct forecast *f)
{
	struct buf proxies = { 0 }, changes = { 0 };
	const char *const texts[] = {
		f->dn, f->guid, f->class, f->sam, f->ad_upn,
		f->in_scope ? "true" : "false", f->scope_reason,
		action_name(f->action), match_name(f->match), f->match_reason,
		f->matched_id, f->upn, f->mail_nickname, f->primary_smtp,
		joined(&proxies, f), f->account_enabled == ENABLED_YES
		? "true" : f->account_enabled == ENABLED_NO ? "false" : NULL,
		confidence_name(f->confidence), readiness_name(f->readiness),
		changed(&changes, f),
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		put_field(row, delimiter, texts[i]);
	buf_release(&proxies);
	buf_release(&changes);
}

static void
put_row(struct outfile *out, struct buf *row)
{
	buf_adds(row, "\r\n");
	outfile_add(out, row->data, row->len);
	buf_clear(row);
}

int
format_forecast(const struct view *v, const struct format_options *o,
                struct outfile *out, struct err *err)
{
	struct findings_reader *r = forecast_read(v->findings, err);
	struct buf row = { 0 };
	struct forecast f;
	int rc = r ? 1 : -1;

	if (o->csv_mark)
		outfile_adds(out, "\xef\xbb\xbf");
	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++)
		put_field(&row, o->csv_delimiter, titles[i]);
	put_row(out, &row);
	while (rc > 0 && (rc = forecast_next(r, &f, err)) > 0) {
		put_forecast(&row, o->csv_delimiter, &f);
		put_row(out, &row);
	}
	findings_reader_close(r);
	buf_release(&row);
	return rc;
}
