/*
 * Screening finds the objects that are judged, by all rules that run: what one
 * rule misses there others may find for it. So every rule runs alone over every
 * case and must say what it says among all, but for causes; and each rule's own
 * cases are made clean of what others find, and it must report them all the
 * same.
 */
#include "tests/case.h"

enum { ROUNDS = 4 };

/* Takes what lies from FROM to behind TO out of the line; false: neither. */
static bool
cut(char *line, const char *from, const char *to)
{
	char *start = strstr(line, from);
	char *end = start ? strstr(start + strlen(from), to) : NULL;

	if (!end)
		return false;
	end += strlen(to);
	memmove(start, end, strlen(end) + 1);
	return true;
}

/*
 * What a finding follows from is found by other rules: nobody knows that when
 * its own rule runs alone.
 */
static void
cut_cause(char *line)
{
	cut(line, "\"cause\":", ",");
	cut(line, "\"follows\":", ",");
	/* What mends the root mends this, too. */
	cut(line, "\"change\":", ",");
	if (cut(line, ",\"followsRule\":\"", "\""))
		assert_true(cut(line, "Fix ", " first, from which this "
		                "follows. If it still stands then: ") ||
		            cut(line, "See ", " first. If that is meant to "
		                "be, this is to be done before the "
		                "synchronization that does it: ") ||
		            cut(line, " It follows from ", ": fix that, and "
		                "this is fixed, too.") ||
		            cut(line, ". It follows from ", ": fix that, and "
		                "this is fixed, too"));
}

/* The fingerprint of the finding, and what is behind it. */
static const char *
print_of(const char *line)
{
	return strstr(line, "\"fingerprint\":\"");
}

/*
 * What its root refuses to propose it does not propose, either: that is taken
 * out of a finding whose fingerprint is among REFUSED.
 */
static void
cut_refused(char *line, const struct buf *refused)
{
	const char *print = print_of(line);
	char *end = strstr(line, ",\"proposed\":");
	char text[FINGERPRINT_TEXT + 16];

	assert_non_null(print);
	assert_non_null(end);
	snprintf(text, sizeof(text), "%s", print);
	if (!strstr(buf_text(refused), text))
		return;
	end[0] = '\0';
	cut(line, "\"expected\":", ",\"message\":");
	cut(line, "\"fix\":", ",\"source\":");
}

/* The fingerprints of findings that follow and propose nothing. */
static void
take_refused(struct buf *refused, const char *line)
{
	if (strstr(line, "\"follows\":\"") &&
	    strstr(line, "\"proposed\":null,\"unproposed\":"))
		buf_add(refused, print_of(line), FINGERPRINT_TEXT + 15);
}

static void
learn_refused(struct buf *refused, const char *folder)
{
	char *path = path_join(folder, "findings.ndjson");
	FILE *f = fopen(path, "r");
	char *line = NULL;
	size_t room = 0;

	while (f && getline(&line, &room, f) > 0)
		take_refused(refused, line);
	if (f)
		fclose(f);
	free(line);
	free(path);
}

/*
 * Those lines of the findings that the rule has said, without what is REFUSED;
 * the caller frees it.
 */
static char *
lines_of(const char *folder, const char *id, const struct buf *refused)
{
	char *path = path_join(folder, "findings.ndjson");
	char *mark = xasprintf("{\"rule\":\"%s\",", id);
	FILE *f = fopen(path, "r");
	struct buf out = { 0 };
	char *line = NULL;
	size_t room = 0;

	while (f && getline(&line, &room, f) > 0)
		if (strncmp(line, mark, strlen(mark)) == 0) {
			cut_refused(line, refused);
			cut_cause(line);
			buf_adds(&out, line);
		}
	if (f)
		fclose(f);
	free(line);
	free(mark);
	free(path);
	return buf_detach(&out);
}

static bool
same_result(const struct rule_result *a, const struct rule_result *b)
{
	return a->outcome == b->outcome && a->findings == b->findings &&
	       a->objects == b->objects &&
	       strcmp(a->reason ? a->reason : "",
	              b->reason ? b->reason : "") == 0;
}

static struct verdict
judge_alone(struct fixture *t, struct snapshot *const *snapshots, size_t n,
            const char *id)
{
	bool *chosen = xcalloc(catalogue.count, sizeof(*chosen));
	struct verdict v;

	for (size_t i = 0; i < catalogue.count; i++)
		chosen[i] = strcmp(catalogue.rules[i]->id, id) == 0;
	v = case_judge(t, snapshots, n, chosen);
	assert_int_equal(v.judged.result_count, 1);
	free(chosen);
	return v;
}

/* Alone nothing is forecast that it could count: it says so. */
static bool
is_of_whole(const char *id)
{
	return rules_find(&catalogue, id)->needs & NEED_WHOLE;
}

static bool
says_so(const struct rule_result *r)
{
	return r->outcome == OUTCOME_NOT_APPLICABLE && r->reason &&
	       strstr(r->reason, "no forecast is written");
}

/* Whether the rule says among all what it says alone. */
static bool
compare_rule(struct fixture *t, struct snapshot *const *snapshots, size_t n,
             const struct verdict *all, const char *id)
{
	const struct rule_result *r = verdict_of(all, id);
	struct verdict v = judge_alone(t, snapshots, n, id);
	struct buf refused = { 0 };
	char *want, *have;
	const struct rule_result *one = &v.judged.results[0];
	bool same;

	learn_refused(&refused, all->path);
	want = lines_of(all->path, id, &refused);
	have = lines_of(v.path, id, &refused);
	buf_release(&refused);
	same = is_of_whole(id) ? says_so(one)
		: same_result(r, one) && strcmp(want, have) == 0;
	if (!same)
		print_message("# %s: %s\n# %s (%s) among all rules:\n%s"
		              "# %s (%s) alone:\n%s", t->path, id,
		              outcome_name(r->outcome), r->reason
		              ? r->reason : "", want,
		              outcome_name(one->outcome), one->reason
		              ? one->reason : "", have);
	free(want);
	free(have);
	verdict_release(&v);
	return same;
}

/* Rules take turns with the cases of others, but where ALONE_ALL is set. */
enum { TURNS = 5 };

static bool
has_turn(const struct fixture *t, size_t rule)
{
	static size_t met, first;

	if (rule == 0)
		first = met++;
	return getenv("ALONE_ALL") || (rule + first) % TURNS == 0 ||
	       strcmp(catalogue.rules[rule]->id, t->id) == 0;
}

static void
compare(struct fixture *t, struct snapshot *const *snapshots, size_t n)
{
	struct verdict all = case_judge(t, snapshots, n, NULL);
	bool same = true;

	for (size_t i = 0; i < catalogue.count; i++)
		if (has_turn(t, i) && case_has(t, catalogue.rules[i]))
			same &= compare_rule(t, snapshots, n, &all,
			                     catalogue.rules[i]->id);
	verdict_release(&all);
	if (!same)
		fail_msg("%s: alone a rule says something else", t->path);
}

/* ---- without what other rules find ---- */

/* What an object may get, if the rule that is tested does not read it. */
static const struct {
	enum attr attr;
	const char *before, *after;      /* the line's number */
} healthy[] = {
	{ ATTR_DISPLAY_NAME, "Person ", "" },
	{ ATTR_MAIL_NICKNAME, "p", "" },
	{ ATTR_MAIL, "p", "@x.nl" },
	{ ATTR_PROXIES, "SMTP:p", "@x.nl" },
	{ ATTR_TARGET, "SMTP:p", "@x.nl" },
	{ ATTR_UPN, "p", "@x.nl" },
};

enum { HEALTHY = sizeof(healthy) / sizeof(healthy[0]) };

/* What rules read beside what their rows ask for: the forecast, and matches. */
static const struct {
	const char *id;
	struct attr_set attrs;
} beside[] = {
	{ "primary-onmicrosoft", ATTRS(ATTR_UPN) },
	{ "proxy-conflict", ATTRS(ATTR_MAIL) },
	{ "proxy-duplicate", ATTRS(ATTR_MAIL) },
	{ "upn-conflict", ATTRS(ATTR_MAIL) },
	{ "address-lost", ATTRS(ATTR_MAIL, ATTR_UPN) },
	{ "broken-again", ATTRS(ATTR_UPN) },
	{ "former-account", ATTRS(ATTR_PROXIES, ATTR_UPN) },
	{ "two-mailboxes", ATTRS(ATTR_PROXIES, ATTR_MAIL, ATTR_UPN) },
};

static bool
reads(const struct rule *r, enum attr attr)
{
	struct attr_set attrs = r->attrs;

	attr_set_join(&attrs, &r->any_attr);
	attr_set_join(&attrs, &r->each_attr);
	for (size_t i = 0; i < sizeof(beside) / sizeof(beside[0]); i++)
		if (strcmp(beside[i].id, r->id) == 0)
			attr_set_join(&attrs, &beside[i].attrs);
	return attr_set_has(&attrs, attr);
}

static void
cure(struct fixture *t, const struct expected *e, const char *attribute)
{
	const struct rule *r = rules_find(&catalogue, t->id);

	for (size_t i = 0; i < HEALTHY; i++) {
		const char *name = attr_name(e->side, healthy[i].attr);
		struct cure *to = &t->cures->items[t->cures->count];

		if (!name || strcmp(name, attribute) != 0 ||
		    reads(r, healthy[i].attr) ||
		    find_cure(t, e->line, name))
			continue;
		*to = (struct cure){ .line = e->line, .attribute = name };
		snprintf(to->value, sizeof(to->value), "%s%d%s",
		         healthy[i].before, e->line, healthy[i].after);
		assert_true(++t->cures->count < CURES_MAX);
		return;
	}
}

/* What is to fire must; whatever else is said of it is cured next. */
static void
check_fires(struct fixture *t, const char *path, const char *how)
{
	struct err err = { 0 };
	struct findings *f = findings_open(path, &err);
	struct findings_reader *r = findings_read(f, &err);
	bool fired[OBJECTS_MAX] = { false };
	struct finding one;

	while (findings_next(r, &one, &err) > 0) {
		const struct expected *e = find_expected(t, &one);

		if (!e || !e->fires)
			continue;
		if (strcmp(one.rule, t->id) == 0)
			fired[e - t->expected] = true;
		else if (rules_find(&catalogue, one.rule)->side == e->side)
			cure(t, e, one.attribute);
	}
	for (size_t i = 0; i < t->expected_count; i++)
		if (t->expected[i].fires && !fired[i])
			fail_msg("%s:%d: must fire %s", t->path,
			         t->expected[i].line, how);
	findings_reader_close(r);
	findings_close(f);
}

static void
judge_cured(struct fixture *t, struct snapshot *const *snapshots, size_t n)
{
	struct verdict all = case_judge(t, snapshots, n, NULL);
	struct verdict v = judge_alone(t, snapshots, n, t->id);

	check_fires(t, all.path, "without other flaws");
	if (!is_of_whole(t->id))
		check_fires(t, v.path, "alone");
	verdict_release(&v);
	verdict_release(&all);
}

static void
test_cured(void **state)
{
	const char *id = catalogue.rules[(size_t)(uintptr_t)*state]->id;
	struct cures cures = { .count = 0 };

	for (int round = 0; round < ROUNDS; round++) {
		struct fixture t = {
			.id = id, .judge = judge_cured, .cures = &cures,
		};
		size_t had = cures.count;

		run_case(&t);
		if (cures.count == had)
			return;
	}
	fail_msg("%s: what cures one flaw makes another", id);
}

static void
test_alone(void **state)
{
	struct fixture t = {
		.id = catalogue.rules[(size_t)(uintptr_t)*state]->id,
		.judge = compare,
	};

	run_case(&t);
}

int
main(void)
{
	struct arena arena = { 0 };
	struct CMUnitTest *tests;
	size_t n;
	int failed;

	catalogue = rules_all(&arena);
	n = catalogue.count;
	tests = xcalloc(2 * n, sizeof(*tests));
	for (size_t i = 0; i < n; i++) {
		void *number = (void *)(uintptr_t)i;
		const char *id = catalogue.rules[i]->id;

		tests[i] = (struct CMUnitTest){
			.name = xasprintf("%s.case, every rule alone", id),
			.test_func = test_alone, .initial_state = number,
		};
		tests[n + i] = (struct CMUnitTest){
			.name = xasprintf("%s without other flaws", id),
			.test_func = test_cured, .initial_state = number,
		};
	}
	cmocka_set_message_output(CM_OUTPUT_TAP);
	/* Of one case alone: "orphan*". */
	if (getenv("RULE"))
		cmocka_set_test_filter(getenv("RULE"));
	failed = _cmocka_run_group_tests("alone", tests, 2 * n, NULL, NULL);
	for (size_t i = 0; i < 2 * n; i++)
		free((char *)tests[i].name);
	free(tests);
	arena_release(&arena);
	return failed;
}
