/* The rules, each by its case file, and the rows themselves. */
#include "tests/case.h"

#include "analyze/rules/running.h"

/* What was found so far. */
struct found {
	char prints[2 * OBJECTS_MAX][FINGERPRINT_TEXT];
	size_t count;
};

/* One thing is told once. */
static void
check_once(struct fixture *t, struct found *f, const struct finding *one)
{
	for (size_t i = 0; i < f->count; i++)
		if (strcmp(f->prints[i], one->fingerprint) == 0)
			fail_msg("%s: is told twice: %s", t->path,
			         one->message);
	assert_true(f->count < 2 * OBJECTS_MAX);
	strcpy(f->prints[f->count++], one->fingerprint);
}

/* A tenant object with a twin is reported by the twin's GUID. */
static void
compare(struct fixture *t, const char *path)
{
	struct err err = { 0 };
	struct findings *f = findings_open(path, &err);
	struct findings_reader *r = findings_read(f, &err);
	bool fired[OBJECTS_MAX] = { false };
	struct found found = { .count = 0 };
	struct finding one;
	int rc;

	while ((rc = findings_next(r, &one, &err)) > 0) {
		struct expected *e = find_expected(t, &one);

		if (strcmp(one.rule, t->id) != 0)
			continue;
		if (!e || !e->fires)
			fail_msg("%s:%d: must not fire: %s", t->path,
			         e ? e->line : 0, one.message);
		fired[e - t->expected] = true;
		check_once(t, &found, &one);
		if (*e->severity && strcmp(e->severity,
		                           severity_name(one.severity)) != 0)
			fail_msg("%s:%d: want %s, have %s", t->path, e->line,
			         e->severity, severity_name(one.severity));
		assert_true(one.fix && *one.fix);
		assert_non_null(one.attribute);
		if (*e->attribute && strcmp(e->attribute, one.attribute) != 0)
			fail_msg("%s:%d: want %s, have %s", t->path, e->line,
			         e->attribute, one.attribute);
	}
	assert_int_equal(rc, 0);
	for (size_t i = 0; i < t->expected_count; i++)
		if (t->expected[i].fires && !fired[i])
			fail_msg("%s:%d: must fire", t->path,
			         t->expected[i].line);
	findings_reader_close(r);
	findings_close(f);
}

static void
judge(struct fixture *t, struct snapshot *const *snapshots, size_t n)
{
	struct verdict v = case_judge(t, snapshots, n, NULL);
	const struct rule_result *r = verdict_of(&v, t->id);

	if (*t->outcome && strcmp(outcome_name(r->outcome), t->outcome) != 0)
		fail_msg("%s:%d: want %s, have %s: %s", t->path, t->line,
		         t->outcome, outcome_name(r->outcome),
		         r->reason ? r->reason : "");
	/* Accounts that are deleted are told of beside the forecast's. */
	assert_int_equal(r->deletions,
	                 strcmp(t->id, "orphan") == 0 ? r->objects : 0);
	compare(t, v.path);
	verdict_release(&v);
}

static bool
is_well_formed(const char *id)
{
	return *id && strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") ==
	       strlen(id) && *id != '-';
}

static bool
is_sentence(const char *text)
{
	return text && strlen(text) > 15 && text[strlen(text) - 1] == '.';
}

/* The rows themselves: ids, texts, and what they need. */
static void
test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < catalogue.count; i++) {
		const struct rule *r = catalogue.rules[i];

		assert_true(is_well_formed(r->id));
		assert_ptr_equal(rules_find(&catalogue, r->id), r);
		assert_true((r->check || r->check_tenant) !=
		            !!r->check_domain);
		assert_true(!r->kinds == !r->check);
		assert_true(!r->check_tenant || r->check ||
		            r->side == SIDE_TENANT);
		assert_true(!r->lacks || r->check_tenant || r->check);
		assert_true(!r->moot || r->check_tenant || r->check);
		assert_true(strlen(r->title) > 10);
		assert_true(is_sentence(r->why) && is_sentence(r->fix));
	}
}

/* Every rule rests on a document, and no document is there for none. */
static void
test_documents(void **state)
{
	bool named[DOC_COUNT] = { false };

	(void)state;
	for (size_t i = 0; i < catalogue.count; i++) {
		const struct rule *r = catalogue.rules[i];

		if (r->source == DOC_NONE)
			fail_msg("%s: wants a source", r->id);
		named[r->source] = true;
	}
	for (int d = DOC_NONE + 1; d < DOC_COUNT; d++) {
		const struct document *doc = document_get((enum document_id)d);

		if (!named[d])
			fail_msg("no rule rests on %s", doc->address);
		assert_int_equal(strncmp(doc->address, "https://", 8), 0);
	}
}

/* These never find anything: whether they could judge is all that they say. */
static bool
never_fires(const char *id)
{
	return strcmp(id, "exchange-organization-read") == 0;
}

static void
test_rule(void **state)
{
	const struct rule *r = catalogue.rules[(size_t)(uintptr_t)*state];
	struct fixture t = { .id = r->id, .judge = judge };

	run_case(&t);
	if (!t.fires != never_fires(r->id) || !t.passes)
		fail_msg("%s: wants %s", r->id, never_fires(r->id)
		         ? "pass, and no fire" : "both fire and pass");
}

/* What is said of AD objects, or of their accounts, though out of scope. */
static const char *const outside[] = {
	"moved-out-of-scope", "orphan", "primary-onmicrosoft",
	"proxy-duplicate", "sync-error", "service-error",
	"domain-default-initial", "snapshots-too-far", "licence-removed",
	"sync-stale", "sync-off-leftovers", "restore-deadline",
	"matching-open", "remap-bypass-on", "upn-updates-off",
	"password-sync-off", "cloud-passwords-never-expire",
	"deletes-over-threshold", "admin-synced", "sync-account-left",
	"cloud-enforced",
	"conflict-object", "guest-holds-address",
	"licence-no-mailbox", "mailbox-no-licence", "scp-left",
	"licence-error", "usagelocation-missing",
	"group-dynamic", "public-folder-mail", "sync-on-dc",
};

/*
 * Engines and servers are there whatever is in scope, and who needs a server of
 * Exchange does so there or not.
 */
static bool
may_be_outside(const char *id)
{
	const struct rule *r = rules_find(&catalogue, id);

	if (never_fires(id))
		return false;
	/* IdFix knows no scope. */
	if ((r->moot && !r->check) || strncmp(id, "idfix-", 6) == 0 ||
	    rule_category(r) == CATEGORY_LAST_SERVER)
		return true;
	for (size_t i = 0; i < sizeof(outside) / sizeof(outside[0]); i++)
		if (strcmp(outside[i], id) == 0)
			return true;
	return false;
}

/* The case, with nothing in the sync scope. */
static void
judge_outside(struct fixture *t, struct snapshot *const *snapshots, size_t n)
{
	struct verdict v;

	t->policy.has_scope = true;
	t->policy.include_count = t->policy.exclude_count = 0;
	t->policy.rest = REST_OUT;
	v = case_judge(t, snapshots, n, NULL);
	t->found += verdict_of(&v, t->id)->findings;
	verdict_release(&v);
}

static void
test_outside(void **state)
{
	const char *id = catalogue.rules[(size_t)(uintptr_t)*state]->id;
	struct fixture t = { .id = id, .judge = judge_outside };

	run_case(&t);
	if (may_be_outside(id) != (t.found > 0))
		fail_msg("%s: %llu findings though nothing is in scope", id,
		         (unsigned long long)t.found);
}

/* ---- rules that say the opposite ---- */

/* The rule that is negated, and the cases that its negation fails. */
static struct negation {
	const struct rule *rule;
	unsigned silent, loud;   /* must fire and did not; the other way */
} negation;

static const struct failure opposite = {
	.severity = SEVERITY_HIGH, .attribute = "none", .message = "none",
};

/* What the rule reported is taken back; if it did nothing, something is. */
static void
negated_check(struct check *c, const struct object *o)
{
	unsigned reported = c->reported;
	size_t pending = c->pending.count;

	if (!c->screening)
		negation.rule->check(c, o);
	if (c->reported == reported)
		check_fail(c, o, &opposite);
	else
		c->reported = reported;
	if (!c->reported)
		c->pending.count = pending;
}

/* Findings on domains go straight to the batch: it is told by its length. */
static void
negated_domain(struct check *c, const struct domain *d)
{
	size_t len = c->batch->findings.len;
	unsigned reported = c->reported;

	negation.rule->check_domain(c, d);
	if (c->reported == reported) {
		check_fail_domain(c, d, &opposite);
		return;
	}
	c->batch->finding_count -= c->reported - reported;
	c->batch->findings.len = len;
	c->reported = reported;
}

/* So do those on the tenant. */
static void
negated_tenant(struct check *c)
{
	size_t len = c->batch->findings.len;
	unsigned reported = c->reported;

	negation.rule->check_tenant(c);
	if (c->reported == reported) {
		check_fail_tenant(c, &opposite);
		return;
	}
	c->batch->finding_count -= c->reported - reported;
	c->batch->findings.len = len;
	c->reported = reported;
}

/* Reads what was found, and compares it with what the case wants. */
static void
judge_negated(struct fixture *t, struct snapshot *const *snapshots, size_t n)
{
	struct verdict v = case_judge(t, snapshots, n, NULL);
	struct err err = { 0 };
	struct findings *f = findings_open(v.path, &err);
	struct findings_reader *r = findings_read(f, &err);
	bool fired[OBJECTS_MAX] = { false };
	struct finding one;

	while (findings_next(r, &one, &err) > 0) {
		struct expected *e = find_expected(t, &one);

		if (e && strcmp(one.rule, t->id) == 0)
			fired[e - t->expected] = true;
	}
	for (size_t i = 0; i < t->expected_count; i++) {
		negation.silent += t->expected[i].fires && !fired[i];
		negation.loud += !t->expected[i].fires && fired[i];
	}
	findings_reader_close(r);
	findings_close(f);
	verdict_release(&v);
}

/*
 * A case would fail if the rule did not fire where it does, and another one if
 * it fired where it does not: its function is called for an object that must
 * pass, which neither scope nor class keeps from it.
 */
static void
test_negated(void **state)
{
	size_t number = (size_t)(uintptr_t)*state;
	struct rule_choice plain = catalogue;
	const struct rule **rules = xcalloc(plain.count, sizeof(*rules));
	struct rule negated = *plain.rules[number];
	struct fixture t = { .id = negated.id, .judge = judge_negated };

	negation = (struct negation){ .rule = plain.rules[number] };
	negated.check = negated.check ? negated_check : NULL;
	negated.check_domain = negated.check_domain ? negated_domain : NULL;
	negated.check_tenant = negated.check_tenant ? negated_tenant : NULL;
	memcpy(rules, plain.rules, plain.count * sizeof(*rules));
	rules[number] = &negated;
	catalogue.rules = rules;
	run_case(&t);
	catalogue = plain;
	free(rules);
	if (!negation.silent != never_fires(t.id) || !negation.loud)
		fail_msg("%s: negated, it is silent on %u that must fire, and "
		         "fires on %u that must not", t.id, negation.silent,
		         negation.loud);
}

/* Sanitizers see each model once: out of scope and negated it is the same. */
#ifdef __SANITIZE_ADDRESS__
enum { WAYS = 1 };
#else
enum { WAYS = 3 };
#endif

int
main(void)
{
	struct arena arena = { 0 };
	struct CMUnitTest *tests;
	size_t rules, n;
	int failed;

	catalogue = rules_all(&arena);
	rules = catalogue.count;
	n = WAYS * rules + 2;
	tests = xcalloc(3 * rules + 2, sizeof(*tests));
	tests[0] = (struct CMUnitTest){ .name = "rows",
	                                .test_func = test_rows };
	tests[1] = (struct CMUnitTest){ .name = "documents",
	                                .test_func = test_documents };
	for (size_t i = 0; i < rules; i++) {
		void *number = (void *)(uintptr_t)i;
		const char *id = catalogue.rules[i]->id;

		tests[2 + i] = (struct CMUnitTest){
			.name = id, .test_func = test_rule,
			.initial_state = number,
		};
		tests[2 + rules + i] = (struct CMUnitTest){
			.name = xasprintf("%s out of scope", id),
			.test_func = test_outside, .initial_state = number,
		};
		tests[2 + 2 * rules + i] = (struct CMUnitTest){
			.name = xasprintf("%s negated", id),
			.test_func = test_negated, .initial_state = number,
		};
	}
	cmocka_set_message_output(CM_OUTPUT_TAP);
	/* Of one rule alone, for tests/mutants.pl. */
	if (getenv("RULE"))
		cmocka_set_test_filter(getenv("RULE"));
	failed = _cmocka_run_group_tests("rules", tests, n, NULL, NULL);
	for (size_t i = 2 + rules; i < 3 * rules + 2; i++)
		free((char *)tests[i].name);
	free(tests);
	arena_release(&arena);
	return failed;
}
