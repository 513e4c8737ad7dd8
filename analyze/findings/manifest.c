/* The manifest of findings, to JSON. */
#include "analyze/findings/manifest.h"

#include "analyze/findings/cloud_json.h"
#include "analyze/findings/data_json.h"
#include "analyze/findings/deadlines.h"
#include "analyze/findings/deletions_json.h"
#include "analyze/findings/forest_tally.h"
#include "analyze/findings/members_json.h"
#include "analyze/findings/missing.h"
#include "analyze/findings/model_json.h"
#include "analyze/findings/sync_json.h"
#include "analyze/findings/waiver_json.h"
#include "base/json.h"

/* Of a forest or domain; none is not known. */
static void
add_name(struct json *o, const char *key, const char *text)
{
	json_add_text(o, key, text && *text ? text : NULL);
}

static void
add_when(struct json *o, const char *key, when_t t)
{
	char text[WHEN_TEXT];

	when_format(t, text);
	json_add_text(o, key, text);
}

static void
add_texts(struct json *o, const char *key, const char *const *texts, size_t n)
{
	struct json *list = json_add_array(o, key);

	for (size_t i = 0; i < n; i++)
		json_add_text(list, NULL, texts[i]);
}

static void
add_snapshots(struct json *o, const struct findings *f)
{
	struct json *list = json_add_array(o, "snapshots");

	for (size_t i = 0; i < f->snapshot_count; i++) {
		const struct judged_snapshot *s = &f->snapshots[i];
		struct json *e = json_add_object(list, NULL);

		json_add_text(e, "name", s->name);
		json_add_text(e, "manifestSha256", s->digest);
		add_when(e, "collected", s->collected);
		json_add_text(e, "role", s->role);
		json_add_text(e, "sides", s->sides);
		add_texts(e, "domains", s->domains, s->domain_count);
	}
}

static void
add_sections(struct json *o, const struct findings *f)
{
	struct json *list = json_add_array(o, "sections");

	for (size_t i = 0; i < f->section_count; i++) {
		const struct judged_section *s = &f->sections[i];
		struct json *e = json_add_object(list, NULL);

		json_add_text(e, "snapshot", s->snapshot);
		json_add_text(e, "section", s->section);
		json_add_text(e, "title", s->title);
		json_add_text(e, "state", s->state);
		json_add_text(e, "reason", s->reason);
		json_add_count(e, "objects", s->objects);
	}
}

static void
add_rules(struct json *o, const struct findings *f)
{
	struct json *list = json_add_array(o, "rules");

	for (size_t i = 0; i < f->rule_count; i++) {
		const struct rule_result *r = &f->rules[i];
		struct json *e = json_add_object(list, NULL);

		json_add_text(e, "id", r->id);
		json_add_text(e, "severity", severity_name(r->severity));
		json_add_text(e, "category", r->category);
		json_add_text(e, "outcome", outcome_name(r->outcome));
		json_add_text(e, "reason", r->reason);
		json_add_count(e, "findings", r->findings);
		json_add_count(e, "objects", r->objects);
		json_add_text(e, "title", r->title);
		json_add_text(e, "why", r->why);
		json_add_text(e, "fix", r->fix);
		json_add_text(e, "source", r->source);
	}
}

/* What was asked for, and the rules that ran; nothing, if all did. */
static void
add_selection(struct json *o, const struct findings *f)
{
	struct json *e, *ran;

	if (!selection_is_any(&f->selection))
		return;
	e = json_add_object(o, "selection");
	selection_to_json(e, &f->selection);
	ran = json_add_array(e, "ran");
	for (size_t i = 0; i < f->rule_count; i++)
		json_add_text(ran, NULL, f->rules[i].id);
}

static void
add_file(struct json *o, const char *key, uint64_t count, const char *digest)
{
	struct json *e = json_add_object(o, key);

	json_add_count(e, "count", count);
	json_add_text(e, "sha256", digest);
}

const char *
findings_action_key(enum action a)
{
	return a == ACTION_UNKNOWN ? "unknown" : action_name(a);
}

static void
add_not_known(struct json *o, const struct findings *f)
{
	struct json *list = json_add_array(o, "notKnown");

	for (size_t i = 0; i < f->not_known_count; i++) {
		struct json *e = json_add_object(list, NULL);

		json_add_text(e, "class", f->not_known[i].class);
		json_add_text(e, "reason", f->not_known[i].reason);
	}
}

static void
add_by_severity(struct json *o, const char *key, const uint64_t *by)
{
	struct json *e = json_add_object(o, key);

	for (int i = 0; i < SEVERITY_COUNT; i++)
		json_add_count(e, severity_name((enum severity)i), by[i]);
}

/* Three objects of numbers: findings, then objects twice. */
static void
add_numbers(struct json *o, const uint64_t *by_severity,
            const uint64_t *by_readiness, const uint64_t *by_action)
{
	struct json *e;

	add_by_severity(o, "bySeverity", by_severity);
	e = json_add_object(o, "byReadiness");
	for (int i = 0; i < READINESS_COUNT; i++)
		json_add_count(e, readiness_name((enum readiness)i),
		               by_readiness[i]);
	e = json_add_object(o, "byAction");
	for (int i = 0; i < ACTION_COUNT; i++)
		json_add_count(e, findings_action_key((enum action)i),
		               by_action[i]);
}

/* Who waits for the end of a waiver is blocked whatever is done. */
static void
add_to_do(struct json *o, const struct cause_sums *s)
{
	json_add_count(o, "changes", s->changes);
	if (!s->has_left)
		return;
	json_add_count(o, "blockedLeft", s->blocked_left);
	if (s->blocked_left)
		json_add_text(o, "blockedLeftWhy", "What blocks them is waived "
		              "or planned: it does not count as a finding, "
		              "but synchronization meets it all the same.");
}

static void
add_counts(struct json *o, const struct findings *f,
           const struct findings_counts *c)
{
	add_numbers(o, c->by_severity, c->by_readiness, c->by_action);
	add_by_severity(o, "causesBySeverity", c->causes.by_severity);
	add_by_severity(o, "attachedBySeverity", c->causes.attached);
	add_to_do(o, &c->causes);
	deadlines_to_json(o, f, &c->deadlines);
	missing_to_json(o, f);
	add_not_known(o, f);
	add_file(o, "causes", c->causes.count, c->causes_digest);
	add_file(o, "findings", c->findings, c->findings_digest);
	add_file(o, "forecast", c->forecasts, c->forecast_digest);
	if (*c->exchange_digest)
		add_file(o, "exchange", f->exchange.condition_count,
		         c->exchange_digest);
	if (*c->timeline_digest)
		add_file(o, "timeline", c->timelines, c->timeline_digest);
	if (*c->difference_digest)
		add_file(o, "difference", c->differences,
		         c->difference_digest);
	if (*c->plan_digest)
		add_file(o, "plan", c->plan_rows, c->plan_digest);
	if (*c->closed_digest)
		add_file(o, "closed", c->closed, c->closed_digest);
	if (*c->history_digest)
		add_file(o, "history", c->runs, c->history_digest);
}

/* A file of the user's that was heeded. */
static void
add_source(struct json *o, const char *key, const char *name,
           const char *digest)
{
	struct json *e;

	if (!name) {
		json_add_null(o, key);
		return;
	}
	e = json_add_object(o, key);
	json_add_text(e, "name", name);
	json_add_text(e, "sha256", digest);
}

static void
add_tenant(struct json *o, const struct judged_tenant *t)
{
	struct json *e;

	if (!t) {
		json_add_null(o, "tenant");
		return;
	}
	e = json_add_object(o, "tenant");
	json_add_text(e, "id", t->id);
	json_add_text(e, "initialDomain", t->initial_domain);
	json_add_text(e, "snapshot", t->snapshot);
}

static void
add_domains(struct json *o, const struct judged_forest *f)
{
	struct json *list = json_add_array(o, "domains");

	for (size_t i = 0; i < f->domain_count; i++) {
		const struct judged_domain *d = &f->domains[i];
		struct json *e = json_add_object(list, NULL);

		add_name(e, "name", d->name);
		json_add_text(e, "sid", d->sid);
		json_add_text(e, "snapshot", d->snapshot);
		add_when(e, "collected", d->collected);
		json_add_count(e, "history", d->history);
	}
}

/* Of a forest nothing need have been put. */
static void
add_forests(struct json *o, const struct findings *f,
            const struct findings_counts *c)
{
	static const struct forest_tally none = { 0 };
	struct json *list = json_add_array(o, "forests");

	for (size_t i = 0; i < f->forest_count; i++) {
		const struct judged_forest *forest = &f->forests[i];
		const struct forest_tally *t =
			forest_tally_find(&c->forests, forest->name);
		struct json *e = json_add_object(list, NULL);

		if (!t)
			t = &none;
		add_name(e, "name", forest->name);
		json_add_text(e, "engine", forest->engine);
		json_add_text(e, "scope", forest->scope);
		if (forest->scopeless)
			json_add_bool(e, "scopeKnown", false);
		add_domains(e, forest);
		add_numbers(e, t->by_severity, t->by_readiness, t->by_action);
	}
}

struct json *
findings_manifest_to_json(const struct findings *f,
                          const struct findings_counts *c)
{
	struct json *o = json_new_object();

	json_add_text(o, "format", FINDINGS_FORMAT);
	json_add_count(o, "version", FINDINGS_VERSION);
	json_add_text(o, "tool", f->tool_version);
	add_when(o, "asOf", f->as_of);
	add_source(o, "policy", f->policy_name, f->policy_digest);
	waivers_to_json(o, &f->waivers, c->waived);
	if (f->edits_name)
		add_source(o, "whatIf", f->edits_name, f->edits_digest);
	json_add_text(o, "scope", f->scope_text);
	json_add_text(o, "engine", f->engine_text);
	if (f->note_count)
		add_texts(o, "notes", f->notes, f->note_count);
	add_texts(o, "assumed", f->assumed, f->assumed_count);
	data_to_json(o, f);
	add_counts(o, f, c);
	baseline_to_json(o, f, c->ages);
	json_add_count(o, "deletionThreshold", f->deletion_threshold);
	json_add_count(o, "orphans", f->orphans);
	deletions_to_json(o, f, &c->deletions);
	members_sums_to_json(o, &c->members);
	model_to_json(o, &c->model);
	if (f->joined_by_name)
		json_add_count(o, "joinedByName", f->joined_by_name);
	add_tenant(o, f->tenant);
	sync_to_json(o, f->sync);
	cloud_to_json(o, f);
	add_forests(o, f, c);
	add_snapshots(o, f);
	add_sections(o, f);
	add_selection(o, f);
	add_rules(o, f);
	return o;
}
