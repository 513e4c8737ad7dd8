/*
 * Every rule, for each that may own what it finds: its cases are bent so that
 * AD, Exchange Online or Entra owns the attributes, or nobody knows who does;
 * then no fix names a place that would refuse the change, what it proposes is
 * AD's, and authority and tool go with the attribute. What a fix may not say is
 * tests/placed.words.
 */
#include "tests/case.h"

#include <regex.h>

#include "analyze/object/object.h"

enum { WORDS_MAX = 64, PEOPLE_MAX = 64 };

/* A line of tests/placed.words. */
static struct word_row {
	bool allowed;
	enum authority who;
	char rule[64];
	regex_t what;
	int line;
} words[WORDS_MAX];
static size_t word_count;

/* Who owns what the case is on. */
static enum authority bent_to;

/* Users of AD, and anchors of accounts, of the model at hand. */
static struct record *people[PEOPLE_MAX];
static size_t person_count;
static char anchors[PEOPLE_MAX][64];
static size_t anchor_count;

/* What was found of each rule, with which authority. */
static unsigned (*found)[AUTHORITY_COUNT];

static void
read_words(void)
{
	FILE *f = fopen("tests/placed.words", "r");
	char line[512], who[32];
	int number = 0;

	assert_non_null(f);
	while (fgets(line, sizeof(line), f)) {
		struct word_row *w = &words[word_count];
		char *rest = line;
		int used = 0;

		number++;
		line[strcspn(line, "\n")] = '\0';
		if (!*line || *line == '#')
			continue;
		assert_true(word_count < WORDS_MAX);
		w->allowed = strncmp(line, "not ", 4) == 0;
		rest += w->allowed ? 4 : 0;
		assert_int_equal(sscanf(rest, "%31s %63s %n", who, w->rule,
		                        &used), 2);
		assert_true(authority_parse(who) >= 0);
		w->who = (enum authority)authority_parse(who);
		if (regcomp(&w->what, rest + used, REG_EXTENDED) != 0)
			fail_msg("tests/placed.words:%d: no expression",
			         number);
		w->line = number;
		word_count++;
	}
	fclose(f);
}

/* ---- bending ---- */

static bool
is_now(const char *day)
{
	return strcmp(day, present) == 0;
}

static struct record *
copy_of(const struct record *r)
{
	struct record *to = record_new();

	for (size_t i = 0; i < record_count(r); i++) {
		record_declare(to, record_name(r, i), record_shape(r, i));
		for (size_t k = 0; k < record_values(r, i); k++) {
			struct value v = record_value(r, i, k);

			record_add(to, record_name(r, i), v.kind, v.data,
			           v.len);
		}
	}
	return to;
}

static void
put(struct fixture *t, enum section s, struct record *r)
{
	struct err err;

	assert_int_equal(snapshot_put(writer(t, present), s, r, &err), 0);
	record_free(r);
}

/* What the mailbox of the account says, where that was exported. */
static void
put_mailbox(struct fixture *t, const char *id, const char *upn)
{
	struct record *r = record_new();

	record_add_text(r, "ExternalDirectoryObjectId", id);
	if (upn)
		record_add_text(r, "UserPrincipalName", upn);
	record_add_text(r, "IsExchangeCloudManaged", "True");
	put(t, TENANT_MAILBOXES, r);
}

static void
put_converted(struct fixture *t, const char *id, const char *type)
{
	struct record *r = record_new();

	record_add_text(r, "id", id);
	record_add_text(r, "type", type);
	record_add(r, "isCloudManaged", VALUE_JSON, "true", 4);
	put(t, TENANT_SYNC_BEHAVIOR, r);
}

static void
remember_account(const struct record *r)
{
	const char *anchor = record_text(r, "onPremisesImmutableId");

	assert_true(anchor_count < PEOPLE_MAX);
	if (anchor)
		snprintf(anchors[anchor_count++], sizeof(anchors[0]), "%s",
		         anchor);
}

static void
bend(struct fixture *t, struct record *r, enum section s, const char *day)
{
	const char *id = record_text(r, "id");

	if (!is_now(day))
		return;
	if (s == AD_USERS && bent_to != AUTHORITY_AD) {
		assert_true(person_count < PEOPLE_MAX);
		people[person_count++] = copy_of(r);
	}
	if (bent_to == AUTHORITY_ENTRA && (s == AD_USERS || s == AD_GROUPS ||
	    s == AD_CONTACTS) && record_find(r, "msDS-ObjectSoa") < 0)
		record_add_text(r, "msDS-ObjectSoa", "Cloud");
	if (s == TENANT_USERS)
		remember_account(r);
	if (s == TENANT_USERS && id && bent_to == AUTHORITY_EXCHANGE_ONLINE &&
	    record_find(r, "IsExchangeCloudManaged") < 0)
		put_mailbox(t, id, record_text(r, "userPrincipalName"));
	if (id && bent_to == AUTHORITY_ENTRA)
		put_converted(t, id, s == TENANT_GROUPS ? "group"
		              : s == TENANT_CONTACTS ? "contact" : "user");
}

static bool
has_account(const char *guid)
{
	for (size_t i = 0; i < anchor_count; i++)
		if (strcmp(anchors[i], guid) == 0)
			return true;
	return false;
}

static void
copy_values(struct record *to, const struct record *from, const char *name)
{
	long at = record_find(from, name);

	if (at < 0)
		return;
	record_declare(to, name, record_shape(from, (size_t)at));
	for (size_t k = 0; k < record_values(from, (size_t)at); k++) {
		struct value v = record_value(from, (size_t)at, k);

		record_add(to, name, v.kind, v.data, v.len);
	}
}

/* An account with what AD has, and with a licence for a mailbox. */
static void
put_account(struct fixture *t, const struct record *ad, size_t i)
{
	static const char *const names[] = {
		"userPrincipalName", "displayName", "mail", "mailNickname",
		"proxyAddresses",
	};
	static const char plan[] = "[{\"service\":\"exchange\","
		"\"servicePlanId\":\"efb87545-963c-4e0d-99df-69c6916d9eb0\","
		"\"capabilityStatus\":\"Enabled\"}]";
	struct record *r = record_new();
	char id[64];

	snprintf(id, sizeof(id), "0badcafe-0000-4000-8000-%012zu", i);
	record_add_text(r, "id", id);
	record_add_text(r, "onPremisesImmutableId",
	                record_text(ad, "objectGUID"));
	record_add(r, "onPremisesSyncEnabled", VALUE_JSON, "true", 4);
	record_add(r, "assignedPlans", VALUE_JSON, plan, sizeof(plan) - 1);
	for (size_t k = 0; k < sizeof(names) / sizeof(names[0]); k++)
		copy_values(r, ad, names[k]);
	put(t, TENANT_USERS, r);
	if (bent_to == AUTHORITY_EXCHANGE_ONLINE)
		put_mailbox(t, id, record_text(ad, "userPrincipalName"));
}

static void
more(struct fixture *t)
{
	bool wanted = bent_to == AUTHORITY_EXCHANGE_ONLINE ||
	              bent_to == AUTHORITY_NOT_ASSESSED;

	for (size_t i = 0; i < person_count; i++) {
		if (wanted && record_text(people[i], "objectGUID") &&
		    !has_account(record_text(people[i], "objectGUID")))
			put_account(t, people[i], i);
		record_free(people[i]);
	}
	person_count = anchor_count = 0;
	if (bent_to == AUTHORITY_NOT_ASSESSED)
		t->lacks[t->lack_count++] =
			xstrdup(section_name(TENANT_MAILBOXES));
}

/* ---- judging ---- */

static bool
is_on(const struct word_row *w, const struct finding *f, enum authority who)
{
	return w->who == who && (strcmp(w->rule, "*") == 0 ||
	                         strcmp(w->rule, f->rule) == 0);
}

/* The fix without what is allowed; the caller frees it. */
static char *
without_allowed(const struct finding *f, enum authority who)
{
	char *text = xstrdup(f->fix ? f->fix : "");
	regmatch_t m;

	for (size_t i = 0; i < word_count; i++)
		while (words[i].allowed && is_on(&words[i], f, who) &&
		       regexec(&words[i].what, text, 1, &m, 0) == 0 &&
		       m.rm_eo > m.rm_so)
			memmove(text + m.rm_so, text + m.rm_eo,
			        strlen(text + m.rm_eo) + 1);
	return text;
}

static unsigned wrong;

static void
complain(const struct finding *f, const char *why)
{
	wrong++;
	print_message("# %s, %s, %s of a %s: %s\n#   fix: %s\n#   tool: %s\n",
	              f->rule, f->authority ? f->authority : "-",
	              f->attribute ? f->attribute : "no attribute", f->class,
	              why, f->fix ? f->fix : "-", f->tool ? f->tool : "-");
}

static void
check_words(const struct finding *f, enum authority who)
{
	char *text = without_allowed(f, who);
	char why[64];

	for (size_t i = 0; i < word_count; i++)
		if (!words[i].allowed && is_on(&words[i], f, who) &&
		    regexec(&words[i].what, text, 0, NULL, 0) == 0) {
			snprintf(why, sizeof(why), "tests/placed.words:%d",
			         words[i].line);
			complain(f, why);
		}
	free(text);
}

/* Of a domain, a server or the tenant nobody says with what. */
static bool
is_on_an_object(const struct finding *f)
{
	static const char *const wholes[] = {
		"domain", "server", "setting", "tenant", "forest",
	};

	for (size_t i = 0; i < sizeof(wholes) / sizeof(wholes[0]); i++)
		if (strcmp(f->class, wholes[i]) == 0)
			return false;
	return true;
}

static bool
is_tool(const char *tool, enum authority who, enum owned what)
{
	for (int i = 0; i < 2 * MANAGED_AS_COUNT * EXCHANGE_STATES; i++)
		if (strcmp(tool, tool_name(&(struct tool_asked){
			.who = who, .what = what, .is_no_recipient = i % 2,
			.as = (enum managed_as)(i / 2 % MANAGED_AS_COUNT),
			.state = (enum exchange_state)
				(i / 2 / MANAGED_AS_COUNT)
			})) == 0)
			return true;
	return false;
}

/* What nobody can mend on one side alone. */
static bool
is_of_both_sides(const struct finding *f)
{
	return strcmp(f->rule, "two-mailboxes") == 0 &&
	       strstr(f->tool, "on-premises") && strstr(f->tool, "Online");
}

/* Its tool is that of its owner, for what the attribute is. */
static void
check_tool(const struct finding *f, enum authority who)
{
	const char *name = f->attribute;
	enum owned what = name ? attr_owned(name) : OWNED_IDENTITY;

	if (!f->tool) {
		complain(f, "has no tool");
		return;
	}
	/* Without an alias Exchange's cmdlets do not find the object. */
	if (name && strcmp(name, "mailNickname") == 0 && !f->observed)
		what = OWNED_ALIAS;
	if (!is_tool(f->tool, who, what) && !is_of_both_sides(f))
		complain(f, "has another's tool");
}

static void
check_finding(const struct finding *f)
{
	int who = authority_parse(f->authority);

	if (who < 0) {
		complain(f, "has no authority");
		return;
	}
	if (is_on_an_object(f))
		check_tool(f, (enum authority)who);
	check_words(f, (enum authority)who);
	if (f->proposed.attribute && who != AUTHORITY_AD)
		complain(f, "proposes a change of AD");
	if (who == AUTHORITY_NOT_ASSESSED && f->fix &&
	    strncmp(f->fix, "In AD", 5) == 0 &&
	    !strcasestr(f->fix, "IsExchangeCloudManaged") &&
	    !strcasestr(f->fix, "isCloudManaged"))
		complain(f, "sends to AD alone, which may not own it");
}

static size_t
number_of(const char *id)
{
	size_t i = 0;

	while (strcmp(catalogue.rules[i]->id, id) != 0)
		i++;
	return i;
}

static void
judge(struct fixture *t, struct snapshot *const *snapshots, size_t n)
{
	struct verdict v = case_judge(t, snapshots, n, NULL);
	struct err err = { 0 };
	struct findings *f = findings_open(v.path, &err);
	struct findings_reader *r = findings_read(f, &err);
	struct finding one;
	uint64_t had = t->found;

	while (findings_next(r, &one, &err) > 0) {
		int who = authority_parse(one.authority);

		if (strcmp(one.rule, t->id) != 0)
			continue;
		t->found += find_expected(t, &one) != NULL;
		if (who >= 0)
			found[number_of(one.rule)][who]++;
		check_finding(&one);
	}
	assert_true(t->found <= verdict_of(&v, t->id)->findings + had);
	findings_reader_close(r);
	findings_close(f);
	verdict_release(&v);
}

static void
test_rule(void **state)
{
	const char *id = catalogue.rules[(size_t)(uintptr_t)*state]->id;

	wrong = 0;
	/* It is only assessed, or not. */
	if (strcmp(id, "exchange-organization-read") == 0)
		return;
	for (int who = 0; who < AUTHORITY_COUNT; who++) {
		struct fixture t = {
			.id = id, .judge = judge, .bend = bend, .more = more,
		};

		bent_to = (enum authority)who;
		run_case(&t);
		/* As the case is, it has findings to look at. */
		assert_true(bent_to != AUTHORITY_AD || t.found);
	}
	assert_int_equal(wrong, 0);
}

/* So many rules at least have met findings of each. */
static void
test_met(void **state)
{
	static const size_t least[AUTHORITY_COUNT] = {
		[AUTHORITY_AD] = 80, [AUTHORITY_EXCHANGE_ONLINE] = 20,
		[AUTHORITY_ENTRA] = 40, [AUTHORITY_NOT_ASSESSED] = 20,
	};

	(void)state;
	for (int who = 0; who < AUTHORITY_COUNT; who++) {
		size_t n = 0;

		for (size_t i = 0; i < catalogue.count; i++)
			n += found[i][who] > 0;
		print_message("# %s: findings of %zu rules\n",
		              authority_name((enum authority)who), n);
		assert_true(EACH > 1 || n >= least[who]);
	}
}

int
main(void)
{
	struct arena arena = { 0 };
	struct CMUnitTest *tests;
	size_t n, count = 0;
	int failed;

	catalogue = rules_all(&arena);
	n = catalogue.count;
	found = xcalloc(n, sizeof(*found));
	read_words();
	tests = xcalloc(n + 1, sizeof(*tests));
	for (size_t i = 0; i < n; i += EACH)
		tests[count++] = (struct CMUnitTest){
			.name = catalogue.rules[i]->id,
			.test_func = test_rule,
			.initial_state = (void *)(uintptr_t)i,
		};
	tests[count++] = (struct CMUnitTest){
		.name = "findings of each authority", .test_func = test_met,
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	failed = _cmocka_run_group_tests("placed", tests, count, NULL, NULL);
	for (size_t i = 0; i < word_count; i++)
		regfree(&words[i].what);
	free(tests);
	free(found);
	arena_release(&arena);
	return failed;
}
