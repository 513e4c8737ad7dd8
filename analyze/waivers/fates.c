/* What has become of the waivers, when all was judged. */
#include "analyze/waivers/waiver.h"

#include <string.h>

#include "base/buf.h"
#include "base/dn.h"
#include "base/mem.h"

/* What is asked of all of them. */
struct fates {
	const struct waivers *w;
	const struct findings *f;
	const struct guid_set *present;
	struct arena *a;
	struct waivers_told out;
	struct waiver_fated *items[WAIVER_FATES];
	size_t counts[WAIVER_FATES];
};

void
waivers_unmet(const struct waivers *w, struct guid_set *out)
{
	for (size_t i = 0; w && i < w->count; i++)
		if (w->items[i].by == WAIVED_BY_GUID && !w->uses[i].matched)
			guid_set_add(out, &w->items[i].guid);
}

/* ---- whether it could have been used ---- */

/* Why the rule says nothing of DOMAIN, which may be NULL; or NULL. */
static const char *
gap_of(struct fates *s, const struct rule_result *r, const char *domain)
{
	struct buf text = { 0 };
	const char *out = NULL;
	bool is_moot = r->outcome == OUTCOME_NOT_APPLICABLE;

	if (!rule_result_has_gap(r) && !is_moot)
		return NULL;
	if (!is_moot && domain && r->outcome != OUTCOME_NOT_ASSESSED &&
	    r->reason && !reason_is_about(r->reason, domain))
		return NULL;
	buf_addf(&text, "%s %s%s%s", r->id, is_moot ? "was not applicable"
	         : r->outcome == OUTCOME_NOT_ASSESSED ? "was not assessed"
	         : "did not look at everything", r->reason ? ": " : "",
	         r->reason ? r->reason : "");
	out = arena_strdup(s->a, text.data);
	buf_release(&text);
	return out;
}

/* The same of all rules that it names. */
static const char *
gap_of_rules(struct fates *s, const struct waiver *one, const char *domain)
{
	const char *why = NULL;
	size_t ran = 0;

	for (size_t i = 0; i < s->f->rule_count && !why; i++)
		if (waiver_has_rule(one, s->f->rules[i].id)) {
			why = gap_of(s, &s->f->rules[i], domain);
			ran++;
		}
	return why ? why : ran ? NULL : "its rule did not run";
}

/* Why it is not known whether it is used; NULL: that is known. */
static const char *
unknown(struct fates *s, const struct waiver *one)
{
	struct buf domain = { 0 };
	const char *why = NULL;

	if (one->dn)
		dn_domain(&domain, one->dn);
	if (domain.len && !findings_has_domain(s->f, domain.data))
		why = "its domain is not in these snapshots";
	else if (one->by == WAIVED_BY_GUID && !one->dn && !one->has_name &&
	         !guid_set_has(s->present, &one->guid))
		why = "no object of AD in these snapshots has its GUID";
	if (!why)
		why = gap_of_rules(s, one, domain.len ? domain.data : NULL);
	buf_release(&domain);
	return why;
}

/* ---- each ---- */

static void
tell(struct fates *s, size_t i, enum waiver_fate fate, const char *why)
{
	const struct waiver *one = &s->w->items[i];

	s->out.by_fate[fate]++;
	if (s->counts[fate] == WAIVERS_TOLD)
		return;
	if (!s->items[fate])
		s->items[fate] = arena_alloc(s->a, WAIVERS_TOLD *
		                             sizeof(*s->items[fate]));
	s->items[fate][s->counts[fate]++] = (struct waiver_fated){
		.fate = fate, .file = one->file, .line = one->line,
		.rule = one->rule, .object = one->written,
		.attribute = one->attribute, .value = one->value_written,
		.told = one->told, .findings = s->w->uses[i].applied,
		.why = why,
	};
}

static bool
is_expiring(const struct waivers *w, const struct waiver *one)
{
	return one->expires != WHEN_NONE && w->as_of != WHEN_NONE &&
	       one->expires - w->as_of <= WAIVER_DAYS * WHEN_DAY;
}

static void
judge_unmet(struct fates *s, size_t i)
{
	const char *why = unknown(s, &s->w->items[i]);

	if (why)
		tell(s, i, WAIVER_NOT_KNOWN, why);
	else
		tell(s, i, WAIVER_UNUSED,
		     s->w->groups[s->w->items[i].group].is_met
		     ? "another value is found there" : NULL);
}

static void
judge(struct fates *s, size_t i)
{
	const struct waiver *one = &s->w->items[i];
	const struct waiver_use *use = &s->w->uses[i];

	if (!use->matched) {
		judge_unmet(s, i);
	} else if (!waiver_has_expired(s->w, one)) {
		s->out.used++;
		if (is_expiring(s->w, one))
			tell(s, i, WAIVER_EXPIRING, NULL);
	} else if (use->applied) {
		tell(s, i, WAIVER_EXPIRED, NULL);
	} else {
		tell(s, i, WAIVER_UNUSED, "it has expired, and another one "
		     "holds");
	}
}

struct waivers_told
waivers_describe(const struct waivers *w, const struct findings *f,
                 const struct guid_set *present, struct arena *a)
{
	struct fates s = { .w = w, .f = f, .present = present, .a = a };
	struct waiver_fated *to;

	if (!w || !w->file_count)
		return s.out;
	s.out.files = w->files;
	s.out.file_count = w->file_count;
	s.out.count = w->count;
	for (size_t i = 0; i < w->count; i++)
		judge(&s, i);
	for (int i = 0; i < WAIVER_FATES; i++)
		s.out.item_count += s.counts[i];
	to = arena_alloc(a, s.out.item_count * sizeof(*to) + 1);
	s.out.items = to;
	for (int i = 0; i < WAIVER_FATES; i++) {
		if (s.counts[i])
			memcpy(to, s.items[i], s.counts[i] * sizeof(*to));
		to += s.counts[i];
	}
	return s.out;
}
