/*
 * Policies of several forests: what the file says of each, what the connectors
 * of sync servers say, and what is the effective policy of a forest. To be run
 * from the top of the tree.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "analyze/policy/filter_value.h"
#include "analyze/policy/policy.h"
#include "base/err.h"

#define CONFIG "tests/sync-config/"

/* Reads the policy TEXT, from a file of that name; 0 or -1. */
static int
load(struct policy *p, const char *text, struct err *err)
{
	char path[] = "/tmp/policy.XXXXXX";
	int fd = mkstemp(path);
	int rc;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	policy_init(p);
	rc = policy_load(p, path, err);
	unlink(path);
	return rc;
}

static const struct policy *
forest(const struct policy *p, const char *name)
{
	return policy_of_forest(p, name, NULL, 0);
}

static void
test_effective(void **state)
{
	static const char text[] =
		"{ \"forests\": { \"contoso.com\": {"
		"  \"domains\": [\"contoso.com\", \"tailspin.net\"],"
		"  \"scope\": { \"include\": [\"OU=S,DC=tailspin,DC=net\"] },"
		"  \"sync\": { \"version\": \"2.6.92.0\" } },"
		" \"fabrikam.local\": { \"sync\": { \"engine\": \"cloud-sync\","
		"  \"deletionThreshold\": 9 },"
		"  \"scope\": { \"group\": [\"CN=A,DC=fabrikam,DC=local\","
		"  \"CN=B,DC=eu,DC=fabrikam,DC=local\"] } } },"
		" \"tenant\": {"
		"  \"id\": \"0f1d4a3e-7c52-4b8e-9a60-5d2e8c7b1f34\" },"
		" \"scope\": { \"exclude\": [\"OU=X,DC=a\"], \"filters\": ["
		"  { \"class\": \"user\", \"where\": [ { \"attribute\":"
		"  \"department\", \"operator\": \"ISNULL\" } ] } ] },"
		" \"sync\": { \"engine\": \"connect\", \"anchor\": "
		"\"objectGUID\", \"join\": \"extensionAttribute5\","
		"  \"deletionThreshold\": 7, \"passwordHash\": true } }";
	static const char *const domains[] = { "x.y", "TAILSPIN.net" };
	const struct policy *one, *two;
	struct wanted wanted;
	struct policy p;
	struct err err;

	(void)state;
	assert_int_equal(load(&p, text, &err), 0);
	assert_string_equal(p.tenant_id,
	                    "0f1d4a3e-7c52-4b8e-9a60-5d2e8c7b1f34");
	one = policy_of_forest(&p, NULL, domains, 2);
	assert_ptr_equal(one, forest(&p, "Contoso.COM"));
	assert_ptr_equal(forest(&p, "emea.contoso.com"), &p);
	assert_string_equal(one->forest, "contoso.com");
	assert_int_equal(one->domain_count, 2);
	assert_string_equal(one->include[0], "OU=S,DC=tailspin,DC=net");
	assert_int_equal(one->exclude_count, 0);
	assert_null(one->filters);
	assert_true(one->has_version && one->has_scope);
	assert_int_equal(one->engine, ENGINE_CONNECT);
	assert_int_equal(one->anchor, ANCHOR_OBJECT_GUID);
	assert_int_equal(one->join, JOIN_ATTRIBUTE);
	assert_string_equal(one->join_attribute, "extensionAttribute5");
	assert_string_equal(one->tenant_id, p.tenant_id);
	assert_int_equal(one->deletion_threshold, 7);
	assert_int_equal(p.password_hash, YES);
	/* They share a server. */
	assert_string_equal(p.version_text, "2.6.92.0");
	two = forest(&p, "fabrikam.local");
	assert_int_equal(two->engine, ENGINE_CLOUD_SYNC);
	assert_int_equal(two->anchor, ANCHOR_CONSISTENCY_GUID);
	assert_int_equal(two->join, JOIN_ONCE);
	assert_false(two->has_version);
	assert_int_equal(two->deletion_threshold, 9);
	assert_int_equal(two->group_count, 2);
	assert_string_equal(two->groups[1], "CN=B,DC=eu,DC=fabrikam,DC=local");
	/* What is read is that of all of them. */
	wanted = policy_wanted(&p);
	assert_int_equal(wanted.custom_count, 2);
	assert_int_equal(policy_wanted(two).custom_count, 2);
	assert_string_equal(wanted.custom[filter_source_attr(p.join_source) -
	                                  ATTR_CUSTOM], "extensionAttribute5");
	assert_true(policy_names_domain(one, "emea.contoso.com"));
	policy_release(&p);
}

/* A forest's filters find their attributes in the table of all. */
static void
test_shared_table(void **state)
{
	static const char text[] =
		"{ \"scope\": { \"filters\": [ { \"class\": \"user\","
		"  \"where\": [ { \"attribute\": \"xa\","
		"  \"operator\": \"ISNULL\" } ] } ] },"
		" \"forests\": { \"a.b\": { \"scope\": { \"filters\": ["
		"  { \"class\": \"group\", \"where\": ["
		"  { \"attribute\": \"xb\", \"operator\": \"EQUAL\","
		"  \"value\": \"1\" },"
		"  { \"attribute\": \"XA\", \"operator\": \"ISNULL\" } ] } ]"
		" } } } }";
	const struct object o = { .ad.custom = { NULL, "1" } };
	const struct policy *f;
	struct policy p;
	struct err err;

	(void)state;
	assert_int_equal(load(&p, text, &err), 0);
	f = forest(&p, "a.b");
	assert_int_equal(policy_wanted(&p).custom_count, 2);
	assert_string_equal(policy_wanted(&p).custom[1], "xb");
	assert_int_equal(filter_rule_says(f->filters->rules, &o,
	                                  &f->filters->rules->needs), YES);
	assert_null(f->filters->rules->next);
	policy_release(&p);
}

static void
test_connectors(void **state)
{
	static const char *const paths[] = {
		CONFIG "two", CONFIG "forests.json"
	};
	const struct policy *contoso, *fabrikam, *tailspin, *wingtip;
	struct policy p;
	struct err err;

	(void)state;
	policy_init(&p);
	assert_int_equal(sync_config_load(&p, paths, 2, &err), 0);
	assert_true(p.by_connectors);
	assert_int_equal(p.forest_count, 4);
	assert_null(forest(&p, "exchangelabs.local"));
	contoso = forest(&p, "CONTOSO.com");
	assert_ptr_equal(forest(&p, "emea.contoso.com"), contoso);
	assert_int_equal(contoso->include_count, 1);
	assert_int_equal(contoso->exclude_count, 2);
	assert_string_equal(contoso->groups[0],
	                    "CN=Pilot,OU=G,DC=contoso,DC=com");
	assert_int_equal(contoso->group_count, 1);
	assert_string_equal(contoso->filters->rules->reason,
	                    "filtered: extensionAttribute15 EQUAL NoSync");
	assert_string_equal(contoso->filters->rules->next->reason,
	                    "filtered: department EQUAL Test");
	assert_null(contoso->filters->rules->next->next);
	assert_string_equal(contoso->scope_name, "two");
	assert_true(policy_names_domain(contoso, "EMEA.contoso.com"));
	assert_false(policy_names_domain(contoso, "asia.contoso.com"));
	fabrikam = forest(&p, "fabrikam.local");
	assert_int_equal(fabrikam->include_count, 0);
	assert_string_equal(fabrikam->exclude[0],
	                    "OU=Test,DC=fabrikam,DC=local");
	assert_string_equal(fabrikam->groups[0],
	                    "CN=Ring,OU=G,DC=fabrikam,DC=local");
	assert_int_equal(fabrikam->filters->rules->effect, FILTER_NO_FLOW);
	assert_string_equal(fabrikam->filters->rules->reason,
	                    "no flow: custom rule \"Pilot\" (cloudNoFlow); "
	                    "Cloud Sync has it");
	assert_int_equal(fabrikam->filters->rules->next->effect, FILTER_OUT);
	assert_null(fabrikam->filters->rules->next->next);
	assert_int_equal(fabrikam->join, JOIN_ONCE);
	assert_int_equal(p.join, JOIN_ONCE);
	/* What the other export does not say, that of its server does. */
	tailspin = forest(&p, "tailspin.net");
	assert_int_equal(tailspin->include_count, 2);
	assert_int_equal(tailspin->join, JOIN_ONCE);
	assert_string_equal(tailspin->scope_name, "forests.json");
	wingtip = forest(&p, "wingtip.toys");
	assert_ptr_equal(wingtip, &p.forests[3]);
	assert_int_equal(wingtip->filters->rules->effect, FILTER_NO_FLOW);
	assert_null(wingtip->filters->rules->next);
	assert_int_equal(wingtip->include_count, 0);
	/* At the top stand all of them together, for what tells of them. */
	assert_int_equal(p.group_count, 2);
	assert_string_equal(p.scope_name, "two, forests.json");
	policy_release(&p);
}

static void
test_wrong_password_hash(void **state)
{
	struct policy p;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(load(&p, "{ \"sync\": { \"passwordHash\": \"on\" } }",
	                      &err), -1);
	assert_non_null(strstr(err.text, "want true or false"));
	policy_release(&p);
	assert_int_equal(load(&p, "{ \"sync\": { \"passwordHash\": false } }",
	                      &err), 0);
	assert_int_equal(p.password_hash, NO);
	policy_release(&p);
	assert_int_equal(load(&p, "{ \"sync\": { \"passwordHash\": null } }",
	                      &err), 0);
	assert_int_equal(p.password_hash, UNKNOWN);
	policy_release(&p);
}

/* Of Exchange on premises: what is not said, or null, is not known. */
static void
test_exchange(void **state)
{
	static const char said[] =
		"{ \"forests\": { \"a.b\": {} }, \"exchange\": {"
		" \"relay\": false, \"mailRouting\": \"on-premises\","
		" \"recipientAuditing\": true, \"running\": null } }";
	const struct policy_exchange *x;
	struct policy p;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(load(&p, "{ \"exchange\": null }", &err), 0);
	assert_int_equal(p.exchange.relay, UNKNOWN);
	assert_int_equal(p.exchange.mail_routing, MAIL_ROUTING_UNSAID);
	assert_int_equal(p.exchange.recipient_auditing, UNKNOWN);
	policy_release(&p);
	assert_int_equal(load(&p, said, &err), 0);
	/* It holds for every forest. */
	x = &forest(&p, "a.b")->exchange;
	assert_ptr_not_equal(x, &p.exchange);
	assert_int_equal(x->relay, NO);
	assert_int_equal(x->mail_routing, MAIL_ROUTING_ON_PREMISES);
	assert_int_equal(x->recipient_auditing, YES);
	assert_int_equal(x->running, UNKNOWN);
	policy_release(&p);
	assert_int_equal(load(&p, "{ \"exchange\": { \"running\": false,"
	                      " \"mailRouting\": \"cloud\" } }", &err), 0);
	assert_int_equal(p.exchange.running, NO);
	assert_int_equal(p.exchange.mail_routing, MAIL_ROUTING_CLOUD);
	policy_release(&p);
}

static void
test_writeback(void **state)
{
	struct policy p;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(load(&p, "{ \"sync\": {\n"
	                      "\"exchangeWriteback\": \"yes\" } }", &err), -1);
	assert_non_null(strstr(err.text, ":2: exchangeWriteback: want "
	                       "true or false"));
	policy_release(&p);
	assert_int_equal(load(&p, "{ \"sync\": { "
	                      "\"exchangeWriteback\": true }, "
	                      "\"forests\": { \"a.b\": { \"sync\": { "
	                      "\"exchangeWriteback\": false } }, "
	                      "\"c.d\": {} } }", &err), 0);
	assert_int_equal(p.exchange_writeback, YES);
	assert_int_equal(p.forests[0].exchange_writeback, NO);
	assert_int_equal(p.forests[1].exchange_writeback, YES);
	policy_release(&p);
	assert_int_equal(load(&p, "{ \"sync\": { "
	                      "\"exchangeWriteback\": null } }", &err), 0);
	assert_int_equal(p.exchange_writeback, UNKNOWN);
	policy_release(&p);
}

/* What the sync server's export says. */
static void
test_exported_password_hash(void **state)
{
	static const char *const on[] = { CONFIG "folder" };
	static const char *const off[] = { CONFIG "positive" };
	struct policy p;
	struct err err = { 0 };

	(void)state;
	policy_init(&p);
	assert_int_equal(sync_config_load(&p, on, 1, &err), 0);
	assert_int_equal(p.password_hash, YES);
	policy_release(&p);
	policy_init(&p);
	assert_int_equal(sync_config_load(&p, off, 1, &err), 0);
	assert_int_equal(p.password_hash, NO);
	policy_release(&p);
}

/* What the policy says of a forest stays, and is kept if it stands alone. */
static void
test_policy_and_connectors(void **state)
{
	static const char *const paths[] = { CONFIG "two" };
	static const char text[] =
		"{ \"forests\": { \"fabrikam.local\": { \"sync\": "
		"{ \"signInName\": \"mail\" } },"
		" \"cloud.example\": { \"sync\": { \"engine\": \"cloud-sync\" }"
		",  \"scope\": { \"include\": [\"OU=A,DC=cloud,DC=example\"] }"
		" },"
		" \"bare.example\": { \"domains\": [\"bare.example\"] } },"
		" \"sync\": { \"version\": \"2.5.1.0\" } }";
	const struct policy *f;
	struct policy p;
	struct err err;

	(void)state;
	assert_int_equal(load(&p, text, &err), 0);
	assert_int_equal(sync_config_load(&p, paths, 1, &err), 0);
	assert_int_equal(p.forest_count, 3);
	f = forest(&p, "fabrikam.local");
	assert_true(f->sign_in_is_mail && f->by_connectors);
	assert_string_equal(f->version_text, "2.5.1.0");
	assert_int_equal(f->anchor, ANCHOR_CONSISTENCY_GUID);
	assert_false(forest(&p, "contoso.com")->sign_in_is_mail);
	f = forest(&p, "cloud.example");
	assert_int_equal(f->engine, ENGINE_CLOUD_SYNC);
	assert_int_equal(f->include_count, 1);
	assert_false(f->by_connectors);
	assert_null(forest(&p, "bare.example"));
	policy_release(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_effective),
		cmocka_unit_test(test_shared_table),
		cmocka_unit_test(test_connectors),
		cmocka_unit_test(test_wrong_password_hash),
		cmocka_unit_test(test_exchange),
		cmocka_unit_test(test_writeback),
		cmocka_unit_test(test_exported_password_hash),
		cmocka_unit_test(test_policy_and_connectors),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
