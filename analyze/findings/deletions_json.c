/* Deletions that count together, in the manifest. */
#include "analyze/findings/deletions_json.h"

#include <string.h>

#include "analyze/findings/forest_tally.h"
#include "base/json.h"
#include "base/utf8.h"

static const char *const by_words[] = {
	[DELETIONS_BY_SERVER] = "server", [DELETIONS_BY_DOMAIN] = "domain",
};

static const char *const from_words[THRESHOLD_FROM_COUNT] = {
	[THRESHOLD_ASSUMED] = "assumed", [THRESHOLD_POLICY] = "policy",
	[THRESHOLD_TENANT] = "tenant",
};

const char *
threshold_from_text(enum threshold_from from)
{
	static const char *const texts[THRESHOLD_FROM_COUNT] = {
		[THRESHOLD_ASSUMED] = ("the default, as what is set was not "
			"collected"),
		[THRESHOLD_POLICY] = "as the policy says",
		[THRESHOLD_TENANT] = "as the tenant says",
	};

	return texts[from];
}

bool
deletions_are_near(uint64_t n, uint64_t threshold)
{
	return n > threshold || threshold - n <= threshold / 10;
}

static bool
has_domain(const struct deletion_run *r, const char *domain)
{
	for (size_t i = 0; i < r->domain_count; i++)
		if (ascii_casecmp(r->domains[i], domain) == 0)
			return true;
	return false;
}

const struct deletion_run *
deletion_run_of(const struct findings *f, const char *domain)
{
	const struct deletion_run *rest = NULL;

	for (size_t i = 0; i < f->deletion_run_count; i++) {
		const struct deletion_run *r = &f->deletion_runs[i];

		if (domain && has_domain(r, domain))
			return r;
		if (r->is_rest)
			rest = r;
	}
	return rest;
}

void
findings_put_orphan(struct findings_batch *b, const char *domain)
{
	forest_tally_of(&b->deletions, domain)->orphans++;
}

void
deletions_count(const struct findings *f, const struct deletion_run *r,
                const struct forest_tallies *put, struct deletion_run *to)
{
	to->leaving = to->orphans = 0;
	for (size_t i = 0; i < put->count; i++) {
		const struct forest_tally *t = &put->items[i];

		if (deletion_run_of(f, t->name) != r)
			continue;
		to->leaving += t->by_action[ACTION_DELETE];
		to->orphans += t->orphans;
	}
}

/* ---- writing ---- */

/* What was put of the domains whose deletions count in R. */
static void
add_counts(struct json *o, const struct findings *f,
           const struct deletion_run *r, const struct forest_tallies *put)
{
	struct deletion_run n = { .leaving = 0 };

	deletions_count(f, r, put, &n);
	json_add_count(o, "leaving", n.leaving);
	json_add_count(o, "orphans", n.orphans);
}

void
deletions_to_json(struct json *o, const struct findings *f,
                  const struct forest_tallies *put)
{
	struct json *list = json_add_array(o, "deletions");

	for (size_t i = 0; i < f->deletion_run_count; i++) {
		const struct deletion_run *r = &f->deletion_runs[i];
		struct json *e = json_add_object(list, NULL);
		struct json *domains;

		json_add_text(e, "by", by_words[r->by]);
		domains = json_add_array(e, "domains");
		for (size_t k = 0; k < r->domain_count; k++)
			json_add_text(domains, NULL, r->domains[k]);
		add_counts(e, f, r, put);
		json_add_count(e, "threshold", r->threshold);
		if (r->percent)
			json_add_count(e, "thresholdPercent", r->percent);
		json_add_text(e, "thresholdFrom", from_words[r->from]);
	}
}

/* ---- reading ---- */

static void
read_domains(const struct json *list, struct arena *a, struct deletion_run *r)
{
	const char **to = arena_alloc(a, json_count(list) * sizeof(*to) + 1);

	r->domains = to;
	for (const struct json *j = json_first(list); j; j = json_next(j))
		if (json_string(j))
			to[r->domain_count++] = arena_strdup(a,
			                                     json_string(j));
}

/* Older findings do not say it. */
static enum threshold_from
read_from(const struct json *j)
{
	const char *text = json_string(json_get(j, "thresholdFrom"));
	int i = THRESHOLD_FROM_COUNT - 1;

	while (i > 0 && (!text || strcmp(from_words[i], text) != 0))
		i--;
	return (enum threshold_from)i;
}

/* Older findings have one threshold for everything. */
static void
read_whole(struct arena *a, struct findings *f)
{
	struct deletion_run *r = arena_alloc(a, sizeof(*r));

	*r = (struct deletion_run){
		.is_rest = true, .threshold = f->deletion_threshold,
		.leaving = f->by_action[ACTION_DELETE], .orphans = f->orphans,
	};
	f->deletion_runs = r;
	f->deletion_run_count = 1;
}

void
deletions_from_json(const struct json *list, struct arena *a,
                    struct findings *f)
{
	struct deletion_run *r;

	if (json_kind(list) != JSON_ARRAY) {
		read_whole(a, f);
		return;
	}
	r = arena_alloc(a, json_count(list) * sizeof(*r) + 1);
	f->deletion_runs = r;
	for (const struct json *j = json_first(list); j; j = json_next(j)) {
		const char *by = json_string(json_get(j, "by"));

		*r = (struct deletion_run){
			.by = by && strcmp(by, "domain") == 0
				? DELETIONS_BY_DOMAIN : DELETIONS_BY_SERVER,
			.threshold = json_count_of(j, "threshold"),
			.percent = json_count_of(j, "thresholdPercent"),
			.from = read_from(j),
			.leaving = json_count_of(j, "leaving"),
			.orphans = json_count_of(j, "orphans"),
		};
		read_domains(json_get(j, "domains"), a, r);
		/* As whoever wrote it has counted. */
		r->is_rest = json_count(list) == 1 || !r->domain_count ||
		             r->by == DELETIONS_BY_SERVER;
		f->deletion_run_count++;
		r++;
	}
}
