/* The table of findings that follow from others, and what is not known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analyze/rules/cause.h"

static void
test_rules(void **state)
{
	struct arena a = { 0 };
	const struct rule_choice all = rules_all(&a);
	const char *root, *follower;

	(void)state;
	for (size_t i = 0; causes_row(i, &root, &follower); i++) {
		assert_non_null(rules_find(&all, root));
		assert_non_null(rules_find(&all, follower));
	}
	arena_release(&a);
}

/*
 * How many rows lead up from the rule at most; they end. Of a rule that follows
 * from itself the place of the value decides, of which there is an order.
 */
static size_t
height(const char *rule, size_t depth)
{
	const char *root, *follower;
	size_t most = 0;

	assert_true(depth < 10);
	for (size_t i = 0; causes_row(i, &root, &follower); i++) {
		size_t h = strcmp(follower, rule) == 0 &&
			strcmp(root, follower) != 0
			? 1 + height(root, depth + 1) : 0;

		most = h > most ? h : most;
	}
	return most;
}

static void
test_no_circle(void **state)
{
	const char *root, *follower;

	(void)state;
	for (size_t i = 0; causes_row(i, &root, &follower); i++)
		assert_true(strcmp(root, follower) == 0 ||
		            height(follower, 0) > height(root, 0));
}

static struct finding
finding(const char *rule, const char *observed)
{
	return (struct finding){
		.rule = rule, .dn = "CN=Ann,DC=x", .fix = "Mend it.",
		.observed = observed, .message = rule,
	};
}

static const struct object ann = { .dn = "CN=Ann,DC=x", .display_name = "Ann" };

/* What the second follows from, by the first. */
static const char *
cause_of(const struct finding *root, struct party others,
         const struct finding *follower, struct party other)
{
	static char rule[64];
	const struct party nobody = { .has_ad = false };
	struct findings_batch b = { .finding_count = 0 };
	struct explained out = { .count = 0 };
	struct pending_list l = { .count = 0 };
	char print[FINGERPRINT_TEXT];
	const struct finding *f;

	pending_add(&l, root, others, nobody);
	pending_add(&l, follower, other, nobody);
	causes_settle(&l, &ann, &b, &out);
	f = &l.items[1].finding;
	assert_null(l.items[0].finding.follows);
	*rule = '\0';
	if (f->follows) {
		findings_print(&b, root, print);
		assert_string_equal(f->follows, print);
		assert_string_equal(f->root->rule, root->rule);
		assert_non_null(strstr(f->fix, root->rule));
		strcpy(rule, f->follows_rule);
	} else {
		assert_string_equal(f->fix, "Mend it.");
	}
	findings_batch_release(&b);
	explained_release(&out);
	pending_release(&l);
	return rule;
}

/* Two who are not known are not the same one. */
static void
test_others(void **state)
{
	const struct party nobody = { .has_ad = false };
	struct party jim = { .has_account = true }, leo = jim, his;
	struct finding root = finding("proxy-conflict", "ann@x.nl");
	struct finding f = finding("sync-error", "smtp:Ann@x.nl");
	struct finding other = finding("sync-error", "smtp:anna@x.nl");

	(void)state;
	memset(&jim.account, 1, sizeof(jim.account));
	memset(&leo.account, 2, sizeof(leo.account));
	his = (struct party){ .has_ad = true, .ad = jim.account };
	assert_string_equal(cause_of(&root, jim, &f, jim), "proxy-conflict");
	assert_string_equal(cause_of(&root, jim, &other, jim), "");
	assert_string_equal(cause_of(&root, jim, &f, leo), "");
	assert_string_equal(cause_of(&root, jim, &f, his), "");
	assert_string_equal(cause_of(&root, nobody, &f, nobody), "");
	assert_string_equal(cause_of(&root, jim, &f, nobody), "");
	his.has_account = true;
	his.account = jim.account;
	assert_string_equal(cause_of(&root, his, &f, jim), "proxy-conflict");
}

/* An object of which nothing is told but its attributes has no name to lend. */
static void
test_nameless(void **state)
{
	const struct party nobody = { .has_ad = false };
	struct party party = { .has_account = true };
	struct findings_batch b = { .finding_count = 0 };
	struct explained out = { .count = 0 };
	struct pending_list l = { .count = 0 };
	struct finding root = finding("former-account", NULL);
	const struct object nameless = { .side = SIDE_AD };

	(void)state;
	root.dn = NULL;
	memset(&party.account, 1, sizeof(party.account));
	pending_add(&l, &root, nobody, party);
	causes_settle(&l, &nameless, &b, &out);
	assert_int_equal(out.count, 1);
	assert_non_null(out.items[0].object);
	pending_release(&l);
	explained_release(&out);
	findings_batch_release(&b);
}

/* Of several objects of AD that explain an account the first counts. */
static void
test_account(void **state)
{
	const struct party nobody = { .has_ad = false };
	struct object account = { .side = SIDE_TENANT, .has_guid = true };
	struct party party = { .has_account = true };
	struct findings_batch b = { .finding_count = 0 };
	struct explained all = { .count = 0 }, one = { .count = 0 };
	struct pending_list l = { .count = 0 };
	struct finding f = finding("orphan", NULL);

	(void)state;
	for (unsigned char i = 3; i > 0; i--) {
		struct finding root = finding("former-account", NULL);
		char dn[] = "CN=0\xe2\x80\x8b,OU=a\\1Bb,DC=x";
		const struct object o = { .dn = dn };

		dn[3] = (char)('0' + i);
		root.dn = dn;
		memset(&party.account, i > 1 ? 2 : 1, sizeof(party.account));
		pending_add(&l, &root, nobody, party);
		causes_settle(&l, &o, &b, &one);
		explained_move(&all, &one);
		pending_clear(&l);
	}
	explained_sort(&all);
	for (unsigned char i = 0; i < 4; i++) {
		static const char *const of[] = {
			NULL, " 1<U+200B> in x/a<U+001B>b ",
			" 3<U+200B> in x/a<U+001B>b ", NULL
		};

		memset(&account.guid, i, sizeof(account.guid));
		pending_add(&l, &f, nobody, nobody);
		causes_settle_account(&l, &account, &all);
		assert_true(!of[i] == !l.items[0].finding.follows);
		if (of[i])
			assert_non_null(strstr(l.items[0].finding.fix, of[i]));
		pending_clear(&l);
	}
	pending_release(&l);
	explained_release(&one);
	explained_release(&all);
	findings_batch_release(&b);
}

static void
test_values(void **state)
{
	const struct party nobody = { .has_ad = false };
	struct finding root = finding("proxy-malformed", "SMTP:A..b@x.nl");
	struct finding same = finding("primary-onmicrosoft-forecast",
	                              "a..b@x.nl");
	struct finding other = finding("primary-onmicrosoft-forecast",
	                               "c@x.nl");
	struct finding none = finding("primary-onmicrosoft-forecast", NULL);
	struct finding bare = finding("proxy-malformed", NULL);

	(void)state;
	assert_string_equal(cause_of(&root, nobody, &same, nobody),
	                    "proxy-malformed");
	assert_string_equal(cause_of(&root, nobody, &other, nobody), "");
	assert_string_equal(cause_of(&root, nobody, &none, nobody), "");
	assert_string_equal(cause_of(&bare, nobody, &none, nobody), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_no_circle),
		cmocka_unit_test(test_others),
		cmocka_unit_test(test_account),
		cmocka_unit_test(test_nameless),
		cmocka_unit_test(test_values),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
