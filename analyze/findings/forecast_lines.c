/* The line of a forecast: written and read. */
#include "analyze/findings/findings.h"

#include <string.h>

#include "analyze/findings/ad_json.h"
#include "analyze/findings/cause_count.h"
#include "analyze/findings/forecast_now.h"
#include "analyze/findings/forest_tally.h"
#include "analyze/findings/line.h"
#include "analyze/findings/line_words.h"
#include "analyze/findings/members_json.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/record.h"

static const char *const enabled_words[] = {
	[ENABLED_UNKNOWN] = "null", [ENABLED_YES] = "true",
	[ENABLED_NO] = "false",
};

/* ---- writing ---- */

static void
put_origins(struct buf *out, const struct forecast *f)
{
	if (!f->origin_count)
		return;
	buf_adds(out, ",\"origins\":{");
	for (size_t i = 0; i < f->origin_count; i++) {
		const struct origin *o = &f->origins[i];

		if (i)
			buf_addc(out, ',');
		json_put_string(out, o->value, strlen(o->value));
		buf_addc(out, ':');
		json_put_string(out, o->from, strlen(o->from));
	}
	buf_addc(out, '}');
}

/* Begins the next object of a list: "[" or "," stand before it. */
static void
put_begin(struct buf *out, const char *key, size_t i)
{
	buf_addc(out, ',');
	if (i)
		return;
	buf_addc(out, '"');
	buf_adds(out, key);
	buf_adds(out, "\":[");
}

static void
put_dropped(struct buf *out, const struct forecast *f)
{
	for (size_t i = 0; i < f->dropped_count; i++) {
		put_begin(out, "dropped", i);
		line_first(out, "value", f->dropped[i].value);
		line_told(out, "reason", f->dropped[i].reason);
		buf_addc(out, '}');
	}
	if (f->dropped_count)
		buf_addc(out, ']');
}

static void
put_changes(struct buf *out, const struct forecast *f)
{
	for (size_t i = 0; i < f->change_count; i++) {
		put_begin(out, "changes", i);
		line_first(out, "attribute", f->changes[i].attribute);
		line_text(out, "from", f->changes[i].from);
		line_text(out, "to", f->changes[i].to);
		buf_addc(out, '}');
	}
	if (f->change_count)
		buf_addc(out, ']');
}

static void
put_history(struct buf *out, const struct forecast *f)
{
	for (size_t i = 0; i < f->history_count; i++) {
		const struct past_state *p = &f->history[i];
		char when[WHEN_TEXT];

		when_format(p->when, when);
		put_begin(out, "history", i);
		line_first(out, "when", when);
		line_text(out, "dn", p->dn);
		line_word(out, "inScope", p->unplaced ? "null"
		          : p->in_scope ? "true" : "false");
		line_word(out, "accountEnabled", enabled_words[p->enabled]);
		buf_addc(out, '}');
	}
	if (f->history_count)
		buf_addc(out, ']');
}

static const char *const writeback_words[] = {
	[WRITEBACK_UNKNOWN] = "null", [WRITEBACK_RUNS] = "true",
	[WRITEBACK_NONE] = "false",
};

static void
put_authority(struct buf *out, struct authorities a)
{
	buf_adds(out, ",\"authority\":{\"identity\":\"");
	buf_adds(out, authority_name(a.identity));
	buf_adds(out, "\",\"exchange\":\"");
	buf_adds(out, authority_name(a.exchange));
	buf_adds(out, "\",\"writeback\":");
	buf_adds(out, writeback_words[a.writeback]);
	buf_addc(out, '}');
}

static void
put_ad_copy(struct buf *out, const struct ad_copy *c)
{
	if (!c->is)
		return;
	line_text(out, "adMail", c->mail);
	line_text(out, "adMailNickname", c->mail_nickname);
	line_list(out, "adProxyAddresses", c->proxy_addresses, c->proxy_count);
}

/* A forecast as a line, with its line end. */
static void
forecast_put(struct buf *out, const struct forecast *f)
{
	line_first(out, "dn", f->dn);
	line_text(out, "guid", f->guid);
	line_text(out, "class", f->class);
	line_text(out, "kind", f->kind);
	line_text(out, "sAMAccountName", f->sam);
	line_text(out, "userPrincipalName", f->ad_upn);
	forecast_now_put(out, f);
	line_word(out, "inScope", f->unplaced ? "null"
	          : f->in_scope ? "true" : "false");
	line_told(out, "scopeReason", f->scope_reason);
	line_text(out, "action", action_name(f->action));
	line_text(out, "match", match_name(f->match));
	line_told(out, "matchReason", f->match_reason);
	line_text(out, "matchedId", f->matched_id);
	line_text(out, "sourceAnchor", f->source_anchor);
	line_text(out, "upn", f->upn);
	line_text(out, "mail", f->mail);
	line_text(out, "mailNickname", f->mail_nickname);
	line_text(out, "primarySmtp", f->primary_smtp);
	line_list(out, "proxyAddresses", f->proxy_addresses, f->proxy_count);
	put_ad_copy(out, &f->ad_copy);
	ad_json_put(out, f);
	line_word(out, "accountEnabled", enabled_words[f->account_enabled]);
	line_text(out, "confidence", confidence_name(f->confidence));
	line_text(out, "readiness", readiness_name(f->readiness));
	if (f->unready_by.count)
		line_list(out, "readinessRules", f->unready_by.names,
		          f->unready_by.count);
	if (f->doubt_count)
		line_list(out, "doubts", f->doubts, f->doubt_count);
	if (f->ad_lacks.count)
		line_list(out, "adNotCollected", f->ad_lacks.names,
		          f->ad_lacks.count);
	if (f->tenant_lacks.count)
		line_list(out, "tenantNotCollected", f->tenant_lacks.names,
		          f->tenant_lacks.count);
	if (f->object)
		line_text(out, "object", f->object);
	put_origins(out, f);
	put_dropped(out, f);
	put_changes(out, f);
	put_history(out, f);
	members_put(out, f->members);
	line_text(out, "forest", f->forest);
	line_text(out, "domain", f->domain);
	put_authority(out, f->authority);
	buf_adds(out, "}\n");
}

void
findings_put_forecast(struct findings_batch *b, const struct forecast *f)
{
	struct forest_tally *forest = forest_tally_of(&b->forests, f->forest);

	forecast_put(&b->forecast, f);
	b->forecast_count++;
	b->by_readiness[f->readiness]++;
	b->by_action[f->action]++;
	forest->by_readiness[f->readiness]++;
	forest->by_action[f->action]++;
	if (f->readiness == READINESS_BLOCKED)
		causes_block(&b->causes, f->guid ? f->guid : f->dn ? f->dn
		             : f->object);
	members_add(&b->members, f->members);
	if (f->action == ACTION_DELETE)
		forest_tally_of(&b->deletions, f->domain)
			->by_action[ACTION_DELETE]++;
}

/* ---- reading ---- */

static const char *
keep(struct arena *a, const struct json *j)
{
	const char *text = json_string(j);

	return text ? arena_strdup(a, text) : NULL;
}

static void
take_origins(const struct json *list, struct arena *a, struct forecast *out)
{
	struct origin *to = arena_alloc(a, json_count(list) * sizeof(*to) + 1);

	out->origins = to;
	for (const struct json *j = json_first(list); j; j = json_next(j)) {
		const char *from = keep(a, j);

		if (!from || !json_key(j))
			continue;
		to[out->origin_count++] = (struct origin){
			arena_strdup(a, json_key(j)), from, origin_parse(from)
		};
	}
}

static void
take_dropped(const struct json *list, struct arena *a, struct forecast *out)
{
	struct dropped *to = arena_alloc(a, json_count(list) * sizeof(*to) + 1);

	out->dropped = to;
	for (const struct json *j = json_first(list); j; j = json_next(j)) {
		const char *value = keep(a, json_get(j, "value"));

		if (value)
			to[out->dropped_count++] = (struct dropped){
				value, keep(a, json_get(j, "reason"))
			};
	}
}

static void
take_changes(const struct json *list, struct arena *a, struct forecast *out)
{
	struct change *to = arena_alloc(a, json_count(list) * sizeof(*to) + 1);

	out->changes = to;
	for (const struct json *j = json_first(list); j; j = json_next(j)) {
		const char *attribute = keep(a, json_get(j, "attribute"));

		if (attribute)
			to[out->change_count++] = (struct change){
				attribute, keep(a, json_get(j, "from")),
				keep(a, json_get(j, "to"))
			};
	}
}

static void
take_history(const struct json *list, struct arena *a, struct forecast *out)
{
	struct past_state *to = arena_alloc(a,
	                                    json_count(list) * sizeof(*to) + 1);

	out->history = to;
	for (const struct json *j = json_first(list); j; j = json_next(j)) {
		const struct json *on = json_get(j, "accountEnabled");
		const char *when = json_string(json_get(j, "when"));
		struct past_state *p = &to[out->history_count++];

		*p = (struct past_state){
			.when = WHEN_NONE, .dn = keep(a, json_get(j, "dn")),
			.in_scope = json_is_true(json_get(j, "inScope")),
			.unplaced = json_kind(json_get(j, "inScope")) !=
			            JSON_BOOL,
			.enabled = json_kind(on) != JSON_BOOL
				? ENABLED_UNKNOWN : json_is_true(on)
				? ENABLED_YES : ENABLED_NO,
		};
		if (when && when_from_iso(&p->when, when) < 0)
			p->when = WHEN_NONE;
	}
}

static void
take_members(const struct json *tree, struct arena *a, struct forecast *out)
{
	struct member_counts *to;

	if (!tree)
		return;
	to = arena_alloc(a, sizeof(*to));
	*to = members_from_json(tree);
	out->members = to;
}

/* Findings that were written before it was told have AD's alone. */
static enum authority
authority_of_key(const struct json *tree, const char *key)
{
	int a = authority_parse(json_string(json_get(tree, key)));

	return a < 0 ? AUTHORITY_AD : (enum authority)a;
}

static enum writeback
writeback_of(const struct json *j)
{
	return json_kind(j) != JSON_BOOL ? WRITEBACK_UNKNOWN
		: json_is_true(j) ? WRITEBACK_RUNS : WRITEBACK_NONE;
}

static void
take_authority(const struct json *tree, struct arena *a, struct forecast *out)
{
	(void)a;
	out->authority = (struct authorities){
		authority_of_key(tree, "identity"),
		authority_of_key(tree, "exchange"),
		writeback_of(json_get(tree, "writeback")),
	};
}

static const struct {
	const char *key;
	void (*take)(const struct json *list, struct arena *a,
	             struct forecast *out);
} lists[] = {
	{ "origins", take_origins }, { "dropped", take_dropped },
	{ "changes", take_changes }, { "history", take_history },
	{ "members", take_members }, { "authority", take_authority },
	/* Behind what it completes. */
	{ "adAttributes", ad_json_take },
};

static void
take_lists(const struct record *r, struct arena *a, struct forecast *out)
{
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		const char *text = record_json(r, lists[i].key);
		struct json_error e;
		struct json *tree = text ? json_parse(text, strlen(text), &e)
		                         : NULL;

		lists[i].take(tree, a, out);
		json_free(tree);
	}
}

static const char *const *
take_strings(const struct record *r, const char *name, struct arena *a,
             size_t *count)
{
	long at = record_find(r, name);
	size_t n = at < 0 ? 0 : record_values(r, (size_t)at);
	const char **to = arena_alloc(a, n * sizeof(*to) + 1);

	for (size_t i = 0; i < n; i++)
		to[i] = record_value(r, (size_t)at, i).data;
	*count = n;
	return to;
}

static void
take_ad_copy(const struct record *r, struct arena *a, struct ad_copy *out)
{
	out->is = record_find(r, "adProxyAddresses") >= 0;
	out->mail = record_text(r, "adMail");
	out->mail_nickname = record_text(r, "adMailNickname");
	out->proxy_addresses = take_strings(r, "adProxyAddresses", a,
	                                    &out->proxy_count);
}

void
forecast_take_lists(const struct record *r, struct arena *a,
                    struct forecast *out)
{
	out->proxy_addresses = take_strings(r, "proxyAddresses", a,
	                                    &out->proxy_count);
	take_ad_copy(r, a, &out->ad_copy);
	out->doubts = take_strings(r, "doubts", a, &out->doubt_count);
	out->unready_by.names = take_strings(r, "readinessRules", a,
	                                     &out->unready_by.count);
	out->ad_lacks.names = take_strings(r, "adNotCollected", a,
	                                   &out->ad_lacks.count);
	out->tenant_lacks.names = take_strings(r, "tenantNotCollected", a,
	                                       &out->tenant_lacks.count);
	take_lists(r, a, out);
}

int
forecast_take(const struct record *r, struct arena *a, struct forecast *out,
              const char **want)
{
	struct line_words words;

	words_of_record(&forecast_names, r, &words);
	if (forecast_take_words(&words, out, want) < 0)
		return -1;
	forecast_take_lists(r, a, out);
	return 0;
}
