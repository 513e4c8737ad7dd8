/* forecast.csv: what the tenant will hold, one object a row. */
#include <stddef.h>
#include <stdlib.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "base/mem.h"
#include "report/csv_file.h"
#include "report/format.h"
#include "report/object_told.h"
#include "report/pass.h"

struct forecast_csv {
	struct pass_taker taker;     /* first */
	struct csv_file csv;
	enum format_rows rows;
	uint64_t left;
	struct buf *notes;
};

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

static int
take(struct pass_taker *t, struct pass_object *o, struct err *err)
{
	struct forecast_csv *c = (struct forecast_csv *)t;

	if (!o->forecast)
		return 0;
	if (c->rows == ROWS_TOLD && !object_is_told(o)) {
		c->left++;
		return 0;
	}
	if (pass_fill(o, err) < 0)
		return -1;
	put_forecast(&c->csv, o->forecast);
	return 0;
}

static int
end(struct pass_taker *t, struct err *err)
{
	struct forecast_csv *c = (struct forecast_csv *)t;

	(void)err;
	object_tell_left(c->notes, "forecast.csv and objects.csv", c->left);
	return 0;
}

static void
release(struct pass_taker *t)
{
	csv_file_release(&((struct forecast_csv *)t)->csv);
	free(t);
}

struct pass_taker *
format_forecast(const struct view *v, const struct format_options *o,
                struct outfile *out, struct err *err)
{
	struct forecast_csv *c = xcalloc(1, sizeof(*c));

	(void)v;
	(void)err;
	c->taker = (struct pass_taker){
		.reads = PASS_FORECAST | PASS_FINDINGS, .object = take,
		.end = end, .free = release,
	};
	c->rows = o->rows;
	c->notes = o->notes;
	csv_file_begin(&c->csv, o, out);
	for (size_t i = 0; i < COLUMNS; i++)
		csv_file_field(&c->csv, columns[i].title);
	csv_file_end_row(&c->csv);
	return &c->taker;
}
