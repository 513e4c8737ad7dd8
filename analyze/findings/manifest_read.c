/* The manifest of findings, from JSON. */
#include "analyze/findings/manifest.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/findings/cloud_json.h"
#include "analyze/findings/data_json.h"
#include "analyze/findings/deadlines.h"
#include "analyze/findings/deletions_json.h"
#include "analyze/findings/exchange_json.h"
#include "analyze/findings/line.h"
#include "analyze/findings/members_json.h"
#include "analyze/findings/missing.h"
#include "analyze/findings/model_json.h"
#include "analyze/findings/sync_json.h"
#include "analyze/findings/waiver_json.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/json.h"
#include "base/hash.h"
#include "base/hash_index.h"
#include "base/mem.h"
#include "base/utf8.h"

enum { MANIFEST_MAX = 64 << 20 };

/* What findings_open gives: the public part comes first. */
struct opened {
	struct findings findings;
	struct arena arena;
	struct hash_index rules_by_id;
	char *path;
	struct findings_counts counts;
};

static const struct opened *
opened(const struct findings *f)
{
	return (const struct opened *)f;
}

const char *
findings_path(const struct findings *f)
{
	return opened(f)->path;
}

const struct findings_counts *
findings_file_counts(const struct findings *f)
{
	return &opened(f)->counts;
}

when_t
findings_domain_read(const struct findings *f, const char *domain)
{
	for (size_t i = 0; i < f->forest_count; i++)
		for (size_t k = 0; k < f->forests[i].domain_count; k++) {
			const struct judged_domain *d =
				&f->forests[i].domains[k];

			if (d->name && domain ? utf8_same_domain(d->name,
			                                         domain)
			    : !d->name && !domain)
				return d->collected;
		}
	return WHEN_NONE;
}

static const char *
text(struct opened *o, const struct json *j, const char *key)
{
	const char *value = json_string(json_get(j, key));

	return value ? arena_strdup(&o->arena, value) : NULL;
}

/* For texts that reports print without asking: never NULL. */
static const char *
must(struct opened *o, const struct json *j, const char *key)
{
	const char *value = text(o, j, key);

	return value ? value : "";
}

/* An array of texts; how many. */
static size_t
read_texts(struct opened *o, const struct json *list, const char *const **out)
{
	const char **to = arena_alloc(&o->arena,
	                              json_count(list) * sizeof(*to) + 1);
	size_t n = 0;

	*out = to;
	for (const struct json *j = json_first(list); j; j = json_next(j))
		to[n++] = arena_strdup(&o->arena, json_string(j)
		                       ? json_string(j) : "");
	return n;
}

static void
read_snapshots(struct opened *o, const struct json *list)
{
	size_t n = json_count(list);
	struct judged_snapshot *s = arena_alloc(&o->arena, n * sizeof(*s));

	o->findings.snapshots = s;
	o->findings.snapshot_count = n;
	for (const struct json *j = json_first(list); j; j = json_next(j)) {
		*s = (struct judged_snapshot){
			.name = must(o, j, "name"),
			.digest = must(o, j, "manifestSha256"),
			.collected = line_when(j, "collected"),
			.role = must(o, j, "role"),
			.sides = must(o, j, "sides"),
		};
		s->domain_count = read_texts(o, json_get(j, "domains"),
		                             &s->domains);
		s++;
	}
}

static void
read_sections(struct opened *o, const struct json *list)
{
	size_t n = json_count(list);
	struct judged_section *s = arena_alloc(&o->arena, n * sizeof(*s));

	o->findings.sections = s;
	o->findings.section_count = n;
	for (const struct json *j = json_first(list); j; j = json_next(j))
		*s++ = (struct judged_section){
			.snapshot = must(o, j, "snapshot"),
			.section = must(o, j, "section"),
			.title = must(o, j, "title"),
			.state = must(o, j, "state"),
			.reason = text(o, j, "reason"),
			.objects = json_count_of(j, "objects"),
		};
}

static void
read_not_known(struct opened *o, const struct json *list)
{
	size_t n = json_count(list);
	struct not_known *k = arena_alloc(&o->arena, n * sizeof(*k) + 1);

	o->findings.not_known = k;
	o->findings.not_known_count = n;
	for (const struct json *j = json_first(list); j; j = json_next(j))
		*k++ = (struct not_known){
			.class = must(o, j, "class"),
			.reason = must(o, j, "reason"),
		};
}

static int
read_rule(struct opened *o, const struct json *j, struct rule_result *r)
{
	const char *outcome = json_string(json_get(j, "outcome"));
	int i = 0;

	*r = (struct rule_result){
		.id = text(o, j, "id"), .title = must(o, j, "title"),
		.why = must(o, j, "why"), .fix = must(o, j, "fix"),
		.source = must(o, j, "source"),
		.reason = text(o, j, "reason"),
		.category = text(o, j, "category"),
		.findings = json_count_of(j, "findings"),
		.objects = json_count_of(j, "objects"),
	};
	while (outcome && i < OUTCOME_COUNT &&
	       strcmp(outcome_name((enum outcome)i), outcome) != 0)
		i++;
	r->outcome = (enum outcome)i;
	if (!r->id || !outcome || i == OUTCOME_COUNT)
		return -1;
	return severity_parse(&r->severity,
	                      json_string(json_get(j, "severity")));
}

static int
read_rules(struct opened *o, const struct json *list)
{
	size_t n = json_count(list);
	struct rule_result *r = arena_alloc(&o->arena, n * sizeof(*r));

	o->findings.rules = r;
	o->findings.rule_count = n;
	for (const struct json *j = json_first(list); j; j = json_next(j))
		if (read_rule(o, j, r++) < 0)
			return -1;
	for (size_t i = 0; i < n; i++)
		hash_index_add(&o->rules_by_id,
		               hash_text(o->findings.rules[i].id), i);
	o->findings.rules_by_id = &o->rules_by_id;
	return 0;
}

static int
read_file(const struct json *j, uint64_t *n, char digest[DIGEST_TEXT])
{
	const char *value = json_string(json_get(j, "sha256"));

	if (!value || strlen(value) != DIGEST_TEXT - 1)
		return -1;
	*n = json_count_of(j, "count");
	strcpy(digest, value);
	return 0;
}

static void
read_by_severity(const struct json *j, uint64_t *by)
{
	for (int i = 0; i < SEVERITY_COUNT; i++)
		by[i] = json_count_of(j, severity_name((enum severity)i));
}

static void
read_numbers(const struct json *j, uint64_t *by_severity,
             uint64_t *by_readiness, uint64_t *by_action)
{
	read_by_severity(json_get(j, "bySeverity"), by_severity);
	for (int i = 0; i < READINESS_COUNT; i++)
		by_readiness[i] = json_count_of(
			json_get(j, "byReadiness"),
			readiness_name((enum readiness)i));
	for (int i = 0; i < ACTION_COUNT; i++)
		by_action[i] = json_count_of(
			json_get(j, "byAction"),
			findings_action_key((enum action)i));
}

static void
read_tenant(struct opened *o, const struct json *j)
{
	struct judged_tenant *t;

	if (json_kind(j) != JSON_OBJECT)
		return;
	t = arena_alloc(&o->arena, sizeof(*t));
	*t = (struct judged_tenant){
		.id = text(o, j, "id"),
		.initial_domain = text(o, j, "initialDomain"),
		.snapshot = text(o, j, "snapshot"),
	};
	o->findings.tenant = t;
}

static void
read_domains(struct opened *o, const struct json *list,
             struct judged_forest *forest)
{
	size_t n = json_count(list);
	struct judged_domain *d = arena_alloc(&o->arena, n * sizeof(*d) + 1);

	forest->domains = d;
	forest->domain_count = n;
	for (const struct json *j = json_first(list); j; j = json_next(j))
		*d++ = (struct judged_domain){
			.name = text(o, j, "name"), .sid = text(o, j, "sid"),
			.snapshot = must(o, j, "snapshot"),
			.collected = line_when(j, "collected"),
			.history = json_count_of(j, "history"),
		};
}

static void
read_forests(struct opened *o, const struct json *list)
{
	size_t n = json_count(list);
	struct judged_forest *f = arena_alloc(&o->arena, n * sizeof(*f) + 1);

	o->findings.forests = f;
	o->findings.forest_count = n;
	for (const struct json *j = json_first(list); j; j = json_next(j)) {
		*f = (struct judged_forest){
			.name = text(o, j, "name"),
			.engine = must(o, j, "engine"),
			.scope = must(o, j, "scope"),
			.scopeless = json_get(j, "scopeKnown") &&
				!json_is_true(json_get(j, "scopeKnown")),
		};
		read_domains(o, json_get(j, "domains"), f);
		read_numbers(j, f->by_severity, f->by_readiness, f->by_action);
		f++;
	}
}

static int
read_counts(struct opened *o, const struct json *j)
{
	struct findings_counts *c = &o->counts;
	struct findings *f = &o->findings;
	uint64_t conditions;

	read_numbers(j, f->by_severity, f->by_readiness, f->by_action);
	f->deletion_threshold = json_count_of(j, "deletionThreshold");
	f->orphans = json_count_of(j, "orphans");
	f->joined_by_name = json_count_of(j, "joinedByName");
	f->members = members_sums_from_json(json_get(j, "members"));
	f->model = model_from_json(json_get(j, "model"));
	deletions_from_json(json_get(j, "deletions"), &o->arena, f);
	read_by_severity(json_get(j, "causesBySeverity"),
	                 f->causes.by_severity);
	read_by_severity(json_get(j, "attachedBySeverity"),
	                 f->causes.attached);
	f->causes.has_changes = json_get(j, "changes");
	f->causes.changes = json_count_of(j, "changes");
	f->causes.has_left = json_get(j, "blockedLeft");
	f->causes.blocked_left = json_count_of(j, "blockedLeft");
	deadlines_from_json(json_get(j, "deadlines"), &o->arena, f);
	missing_from_json(json_get(j, "missing"), &o->arena, f);
	if (read_file(json_get(j, "causes"), &f->causes.count,
	              c->causes_digest) < 0 ||
	    read_file(json_get(j, "findings"), &c->findings,
	              c->findings_digest) < 0 ||
	    read_file(json_get(j, "forecast"), &c->forecasts,
	              c->forecast_digest) < 0)
		return -1;
	if (json_get(j, "difference") &&
	    read_file(json_get(j, "difference"), &c->differences,
	              c->difference_digest) < 0)
		return -1;
	if (json_get(j, "exchange") &&
	    read_file(json_get(j, "exchange"), &conditions,
	              c->exchange_digest) < 0)
		return -1;
	if (json_get(j, "timeline") &&
	    read_file(json_get(j, "timeline"), &c->timelines,
	              c->timeline_digest) < 0)
		return -1;
	if (json_get(j, "plan") &&
	    read_file(json_get(j, "plan"), &c->plan_rows, c->plan_digest) < 0)
		return -1;
	if (json_get(j, "closed") &&
	    read_file(json_get(j, "closed"), &c->closed,
	              c->closed_digest) < 0)
		return -1;
	if (json_get(j, "history") &&
	    read_file(json_get(j, "history"), &c->runs,
	              c->history_digest) < 0)
		return -1;
	c->causes = f->causes;
	f->finding_count = c->findings;
	f->forecast_count = c->forecasts;
	return 0;
}

static int
read_manifest(struct opened *o, const struct json *j, const char *path,
              struct err *err)
{
	const char *format = json_string(json_get(j, "format"));
	const struct json *policy = json_get(j, "policy");
	const struct json *edits = json_get(j, "whatIf");
	struct findings *f = &o->findings;

	if (!format || strcmp(format, FINDINGS_FORMAT) != 0)
		return err_input(err, "%s: is no manifest of findings; want "
		                 "\"format\": \"%s\", have \"%s\"", path,
		                 FINDINGS_FORMAT, format ? format : "");
	if (json_number(json_get(j, "version")) != FINDINGS_VERSION)
		return err_input(err, "%s: has version %g; this program reads "
		                 "version %d", path,
		                 json_number(json_get(j, "version")),
		                 FINDINGS_VERSION);
	f->as_of = line_when(j, "asOf");
	f->tool_version = must(o, j, "tool");
	f->policy_name = text(o, policy, "name");
	f->policy_digest = text(o, policy, "sha256");
	f->edits_name = text(o, edits, "name");
	f->edits_digest = text(o, edits, "sha256");
	f->waivers = waivers_from_json(j, &o->arena);
	f->scope_text = must(o, j, "scope");
	f->engine_text = must(o, j, "engine");
	f->note_count = read_texts(o, json_get(j, "notes"), &f->notes);
	f->assumed_count = read_texts(o, json_get(j, "assumed"), &f->assumed);
	baseline_from_json(json_get(j, "baseline"), &f->baseline);
	data_from_json(json_get(j, "data"), &o->arena, f);
	read_not_known(o, json_get(j, "notKnown"));
	read_tenant(o, json_get(j, "tenant"));
	f->sync = sync_from_json(json_get(j, "sync"), &o->arena);
	f->cloud = cloud_from_json(json_get(j, "cloudSync"), &o->arena);
	read_forests(o, json_get(j, "forests"));
	read_snapshots(o, json_get(j, "snapshots"));
	read_sections(o, json_get(j, "sections"));
	f->selection = selection_from_json(json_get(j, "selection"),
	                                   &o->arena);
	if (read_rules(o, json_get(j, "rules")) < 0)
		return err_input(err, "%s: rules: want id, severity and "
		                 "outcome of each", path);
	if (read_counts(o, j) < 0)
		return err_input(err, "%s: want count and sha256 of causes, "
		                 "findings and forecast; what an older program "
		                 "wrote is to be analyzed again", path);
	return 0;
}

/* What older programs wrote has none. */
static int
read_exchange(struct opened *o, struct err *err)
{
	char *path;
	int rc;

	if (!*o->counts.exchange_digest)
		return 0;
	path = path_join(o->path, EXCHANGE_FILE);
	rc = exchange_load(path, o->counts.exchange_digest, &o->arena,
	                   &o->findings.exchange, err);
	free(path);
	return rc;
}

struct findings *
findings_open(const char *path, struct err *err)
{
	struct opened *o = xcalloc(1, sizeof(*o));
	char *manifest = path_join(path, FINDINGS_MANIFEST);
	struct buf text = { .max = MANIFEST_MAX };
	struct json *tree = json_load(manifest, &text, err);
	int rc = tree ? read_manifest(o, tree, manifest, err) : -1;

	o->path = xstrdup(path);
	if (rc == 0)
		rc = read_exchange(o, err);
	buf_release(&text);
	json_free(tree);
	free(manifest);
	if (rc < 0) {
		findings_close(&o->findings);
		return NULL;
	}
	return &o->findings;
}

void
findings_close(struct findings *f)
{
	struct opened *o = (struct opened *)f;

	if (!f)
		return;
	arena_release(&o->arena);
	hash_index_release(&o->rules_by_id);
	free(o->path);
	free(o);
}
