/* forecast.csv: what the tenant will hold, one object a row. */
#include <stddef.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "report/csv_file.h"
#include "report/format.h"
#include "report/view.h"

static const char *
scope(const struct forecast *f, struct buf *out)
{
	(void)out;
	return f->unplaced ? "" : f->in_scope ? "true" : "false";
}

static const char *
action(const struct forecast *f, struct buf *out)
{
	(void)out;
	return action_name(f->action);
}

static const char *
match(const struct forecast *f, struct buf *out)
{
	(void)out;
	return match_name(f->match);
}

/* Several values in one field, as csvde and the portals join them. */
static const char *
proxies(const struct forecast *f, struct buf *out)
{
	for (size_t i = 0; i < f->proxy_count; i++)
		buf_addf(out, "%s%s", i ? ";" : "", f->proxy_addresses[i]);
	return buf_text(out);
}

static const char *
enabled(const struct forecast *f, struct buf *out)
{
	(void)out;
	return f->account_enabled == ENABLED_YES ? "true" :
	       f->account_enabled == ENABLED_NO ? "false" : NULL;
}

static const char *
confidence(const struct forecast *f, struct buf *out)
{
	(void)out;
	return confidence_name(f->confidence);
}

static const char *
readiness(const struct forecast *f, struct buf *out)
{
	(void)out;
	return readiness_name(f->readiness);
}

/* By which rules it is not ready. */
static const char *
readiness_rules(const struct forecast *f, struct buf *out)
{
	for (size_t i = 0; i < f->unready_by.count; i++)
		buf_addf(out, "%s%s", i ? ";" : "", f->unready_by.names[i]);
	return buf_text(out);
}

static const char *
changes(const struct forecast *f, struct buf *out)
{
	for (size_t i = 0; i < f->change_count; i++) {
		const struct change *c = &f->changes[i];

		buf_addf(out, "%s%s: %s -> %s", i ? "; " : "", c->attribute,
		         c->from ? c->from : "none", c->to ? c->to : "none");
	}
	return buf_text(out);
}

/* A column: a member of the forecast, or what TEXT says, maybe in OUT. */
static const struct {
	const char *title;
	size_t member;
	const char *(*text)(const struct forecast *f, struct buf *out);
} columns[] = {
	{ "dn", .member = offsetof(struct forecast, dn) },
	{ "guid", .member = offsetof(struct forecast, guid) },
	{ "class", .member = offsetof(struct forecast, class) },
	{ "kind", .member = offsetof(struct forecast, kind) },
	{ "sAMAccountName", .member = offsetof(struct forecast, sam) },
	{ "userPrincipalName", .member = offsetof(struct forecast, ad_upn) },
	{ "inScope", .text = scope },
	{ "scopeReason", .member = offsetof(struct forecast, scope_reason) },
	{ "action", .text = action },
	{ "match", .text = match },
	{ "matchReason", .member = offsetof(struct forecast, match_reason) },
	{ "matchedId", .member = offsetof(struct forecast, matched_id) },
	{ "upn", .member = offsetof(struct forecast, upn) },
	{ "mailNickname", .member = offsetof(struct forecast, mail_nickname) },
	{ "primarySmtp", .member = offsetof(struct forecast, primary_smtp) },
	{ "proxyAddresses", .text = proxies },
	{ "accountEnabled", .text = enabled },
	{ "confidence", .text = confidence },
	{ "readiness", .text = readiness },
	{ "changes", .text = changes },
	{ "forest", .member = offsetof(struct forecast, forest) },
	{ "domain", .member = offsetof(struct forecast, domain) },
	{ "readinessRules", .text = readiness_rules },
};

enum { COLUMNS = sizeof(columns) / sizeof(columns[0]) };

static void
put_forecast(struct csv_file *c, const struct forecast *f)
{
	struct buf out = { 0 };

	for (size_t i = 0; i < COLUMNS; i++) {
		buf_clear(&out);
		csv_file_field(c, columns[i].text ? columns[i].text(f, &out)
		               : *(const char *const *)((const char *)f +
		                                        columns[i].member));
	}
	csv_file_end_row(c);
	buf_release(&out);
}

int
format_forecast(const struct view *v, const struct format_options *o,
                struct outfile *out, struct err *err)
{
	struct findings_reader *r = forecast_read(v->findings, err);
	struct csv_file c;
	struct forecast f;
	int rc = r ? 1 : -1;

	csv_file_begin(&c, o, out);
	for (size_t i = 0; i < COLUMNS; i++)
		csv_file_field(&c, columns[i].title);
	csv_file_end_row(&c);
	while (rc > 0 && (rc = forecast_next(r, &f, err)) > 0)
		put_forecast(&c, &f);
	findings_reader_close(r);
	csv_file_release(&c);
	return rc;
}
