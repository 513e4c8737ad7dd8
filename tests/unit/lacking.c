/*
 * What a rule does not find for want of an attribute it must say: each is taken
 * out of the rule's own cases, as if nobody had asked for it. Then what was to
 * fire fires, or the rule is not assessed, or in part; and nothing fires that
 * was to pass, since what was not collected is not absent.
 */
#include "tests/case.h"

/* Who is who: without these there are other objects, or none. */
static const struct attr_set identity = ATTRS(
	ATTR_GUID, ATTR_DN, ATTR_SAM, ATTR_SID, ATTR_CLASS,
	ATTR_CONSISTENCY_GUID);

/*
 * What is read beside, of which the row does not tell, since the forecast tells
 * it of each object (its doubts), or it only makes a finding milder, or it is a
 * second sign of what others show. The list may only become shorter.
 */
static const char *const beside[] = {
	"account-missing mail",
	"account-missing userPrincipalName",
	"address-duplicate msExchRecipientTypeDetails",
	"address-lost userPrincipalName",
	"anchor-differs mail",
	"anchor-differs userAccountControl",
	"anchor-left-over proxyAddresses",
	"broken-again userPrincipalName",
	"cloud-managed-differs mail",
	"cloud-managed-differs mailNickname",
	"cloud-managed-differs proxyAddresses",
	"disabled-then-enabled adminDescription",
	"disabled-then-enabled msDS-ReplAttributeMetaData",
	"disabled-then-enabled whenCreated",
	"displayname-missing mail",
	"domain-unverified-in-use msExchRecipientTypeDetails",
	"domain-unverified-in-use targetAddress",
	"former-account userPrincipalName",
	"group-members-lost msExchMasterAccountSid",
	"group-members-lost msExchRecipientTypeDetails",
	"idfix-displayname groupType",
	"idfix-displayname isCriticalSystemObject",
	"idfix-displayname proxyAddresses",
	"idfix-mailnickname proxyAddresses",
	"inetorgperson-password userAccountControl",
	"joined-both-enabled msExchMasterAccountSid",
	"licence-no-mailbox msExchMailboxGuid",
	"mail-missing isCriticalSystemObject",
	"match-blocked mail",
	"match-blocked userPrincipalName",
	"password-must-change msDS-ReplAttributeMetaData",
	"password-must-change msExchRecipientTypeDetails",
	"policy-rewrites msDS-ObjectSoa",
	"primary-onmicrosoft userPrincipalName",
	"proxy-conflict mail",
	"password-differs adminDescription",
	"returned-to-scope adminDescription",
	"returned-to-scope msDS-ReplAttributeMetaData",
	"scp-left homeMDB",
	"scp-left msExchRecipientTypeDetails",
	"service-account-in-scope userAccountControl",
	"soft-match mail",
	"soft-match proxyAddresses",
	"soft-match userPrincipalName",
	"stale whenCreated",
	"system-account cn",
	"system-account msExchRecipientTypeDetails",
	"upn-missing mail",
	"value-not-synchronized proxyAddresses",
};

static bool
is_beside(const char *id, const char *attribute)
{
	char *pair = xasprintf("%s %s", id, attribute);
	bool is = false;

	for (size_t i = 0; i < sizeof(beside) / sizeof(beside[0]); i++)
		is = is || strcmp(beside[i], pair) == 0;
	free(pair);
	return is;
}

static void
print(const struct fixture *t, const struct expected *e, const char *how)
{
	print_message("# %s:%d: %s without %s\n", t->path, e->line, how,
	              t->dropped);
}

/* Whether what is said of the objects is right; WHOLE: the rule is assessed. */
static bool
compare_fired(struct fixture *t, const char *path, bool whole)
{
	struct err err = { 0 };
	struct findings *f = findings_open(path, &err);
	struct findings_reader *r = findings_read(f, &err);
	bool fired[OBJECTS_MAX] = { false }, good = true;
	struct finding one;

	while (findings_next(r, &one, &err) > 0) {
		const struct expected *e = find_expected(t, &one);

		if (e)
			fired[e - t->expected] = true;
	}
	for (size_t i = 0; i < t->expected_count; i++) {
		const struct expected *e = &t->expected[i];

		if (fired[i] == e->fires || (e->fires && !whole))
			continue;
		print(t, e, e->fires ? "is not told, nor why," : "fires");
		good = false;
	}
	findings_reader_close(r);
	findings_close(f);
	return good;
}

static void
judge_without(struct fixture *t, struct snapshot *const *snapshots, size_t n)
{
	bool *chosen = xcalloc(catalogue.count, sizeof(*chosen));
	struct verdict v;
	const struct rule_result *r;

	for (size_t i = 0; i < catalogue.count; i++)
		chosen[i] = strcmp(catalogue.rules[i]->id, t->id) == 0;
	v = case_judge(t, snapshots, n, chosen);
	r = verdict_of(&v, t->id);
	if (!compare_fired(t, v.path, !r->reason))
		t->found++;
	verdict_release(&v);
	free(chosen);
}

/* Whether an object of the case has a value of it. */
static bool
is_in_case(const char *id, const char *attribute)
{
	char *path = xasprintf("tests/rules/%s.case", id);
	char *name = xasprintf("\"%s\":", attribute);
	struct err err = { 0 };
	struct buf text = { 0 };
	bool is;

	assert_int_equal(file_read(path, &text, &err), 0);
	is = strstr(buf_text(&text), name) != NULL;
	buf_release(&text);
	free(name);
	free(path);
	return is;
}

static void
test_lacking(void **state)
{
	const struct rule *r = catalogue.rules[(size_t)(uintptr_t)*state];
	uint64_t bad = 0;

	for (int a = 0; a < ATTR_COUNT && !(r->needs & NEED_WHOLE); a++) {
		struct fixture t = {
			.id = r->id, .judge = judge_without,
			.dropped = attr_name(SIDE_AD, (enum attr)a),
		};

		/* Of these another one will do. */
		if (!t.dropped || attr_set_has(&identity, (unsigned)a) ||
		    attr_set_has(&r->any_attr, (unsigned)a) ||
		    !is_in_case(r->id, t.dropped))
			continue;
		run_case(&t);
		if ((t.found > 0) == is_beside(r->id, t.dropped))
			continue;
		print_message("# %s %s: %s\n", r->id, t.dropped, t.found
		              ? "the row does not have it" : "it need not "
		              "be listed any more");
		bad++;
	}
	if (bad)
		fail_msg("%s: its row says less than it reads", r->id);
}

int
main(void)
{
	struct arena arena = { 0 };
	struct CMUnitTest *tests;
	size_t count = 0;
	int failed;

	catalogue = rules_all(&arena);
	tests = xcalloc(catalogue.count, sizeof(*tests));
	for (size_t i = 0; i < catalogue.count; i += EACH)
		tests[count++] = (struct CMUnitTest){
			.name = catalogue.rules[i]->id,
			.test_func = test_lacking,
			.initial_state = (void *)(uintptr_t)i,
		};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	failed = _cmocka_run_group_tests("lacking", tests, count, NULL, NULL);
	free(tests);
	arena_release(&arena);
	return failed;
}
