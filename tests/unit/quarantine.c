/* Whom a value is asked about, when that cannot be read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "analyze/forecast/quarantine.h"
#include "analyze/load/load.h"
#include "analyze/policy/policy.h"
#include "analyze/rules/rules.h"
#include "base/err.h"
#include "base/json.h"
#include "base/record.h"

static char place[] = "/tmp/syncscope-quarantine-XXXXXX";

static const char address[] = "shared@x.nl";

/* Two users of AD who both want the address. */
static const char *const users[] = {
	"{\"dn\":\"CN=A,DC=x\",\"sAMAccountName\":\"a\",\"objectGUID\":"
	"\"AAAAAAAAAAAAAAAAAAAAAQ==\",\"proxyAddresses\":"
	"[\"SMTP:shared@x.nl\"]}",
	"{\"dn\":\"CN=B,DC=x\",\"sAMAccountName\":\"b\",\"objectGUID\":"
	"\"AAAAAAAAAAAAAAAAAAAAAg==\",\"proxyAddresses\":"
	"[\"SMTP:shared@x.nl\"]}",
};

enum { USERS = sizeof(users) / sizeof(users[0]) };

/* What was asked of, and what the answers are. */
static struct {
	struct snapshot *snapshot;
	struct policy policy;
	struct model model;
	struct arena arena;
} all;

static int
write_snapshot(void)
{
	struct err err = { 0 };
	struct snapshot_writer *w = snapshot_create("s", FOLDER_NEW, &err);

	for (size_t i = 0; i < USERS; i++) {
		struct record *r = record_new();
		struct json_error e;

		if (json_read_record(users[i], strlen(users[i]), r, &e) < 0 ||
		    snapshot_put(w, AD_USERS, r, &err) < 0)
			return -1;
		record_free(r);
	}
	snapshot_cover(w, AD_USERS, COVER_ALL, NULL, 0);
	return snapshot_commit(w, 0, &err);
}

static int
set_up(void **state)
{
	struct rule_choice of = rules_all(&all.arena);
	struct model_plan plan = {
		.policy = &all.policy, .as_of = WHEN_NONE, .jobs = 1,
		.screen = screen_new(&of, 1),
	};
	struct err err = { 0 };
	int rc;

	(void)state;
	if (!mkdtemp(place) || chdir(place) || write_snapshot() < 0)
		return -1;
	policy_init(&all.policy);
	all.snapshot = snapshot_open("s", &err);
	rc = model_load(&all.model, &all.snapshot, 1, &plan, &err);
	screen_free(plan.screen);
	return rc;
}

static int
tear_down(void **state)
{
	(void)state;
	model_release(&all.model);
	snapshot_close((struct snapshot *)all.snapshot);
	policy_release(&all.policy);
	arena_release(&all.arena);
	return unlink("s/ad-users.ndjson") || unlink("s/manifest.json") ||
	       rmdir("s") || chdir("/") || rmdir(place);
}

static bool
would_get(struct quarantine *theirs, struct object *o, struct arena *a)
{
	const char **have = arena_alloc(a, sizeof(*have));

	(void)theirs;
	*have = o->proxies[0];
	o->forecast.line.proxy_addresses = have;
	o->forecast.line.proxy_count = 1;
	return true;
}

/* A line on the way to the answer is damaged: there is none. */
static bool
would_fail(struct quarantine *theirs, struct object *o, struct arena *a)
{
	(void)o;
	(void)a;
	theirs->failed = true;
	return false;
}

/* Asks for each of those who want the address; whether all have failed. */
static void
ask(bool (*would_have)(struct quarantine *, struct object *, struct arena *),
    enum quarantine_end first, enum quarantine_end second, bool failed)
{
	const enum quarantine_end want[USERS] = { first, second };
	uint64_t hash = unique_hash(UNIQUE_ADDRESS, address);
	const struct key *end, *k = keys_find(&all.model.claims, hash, &end);
	struct fetch *fetch = fetch_new(&all.model);
	struct err err = { 0 };
	size_t n = 0;

	for (; k < end; k++) {
		struct quarantine q = {
			.m = &all.model, .fetch = fetch, .err = &err,
			.section = (enum section)k->section, .row = k->row,
			.would_have = would_have,
		};

		if (k->hash != hash)
			continue;
		assert_true(n < USERS);
		assert_int_equal(quarantine_ask(&q, UNIQUE_ADDRESS, address,
		                                &all.arena).end, want[n++]);
		assert_int_equal(q.failed, failed);
	}
	assert_int_equal(n, USERS);
	fetch_free(fetch);
}

static void
test_asked(void **state)
{
	(void)state;
	ask(would_get, QUARANTINE_WON, QUARANTINE_SECOND, false);
}

/* Who asks must learn of it, or would be told that the value is free. */
static void
test_failed(void **state)
{
	(void)state;
	ask(would_fail, QUARANTINE_FREE, QUARANTINE_FREE, true);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_asked), cmocka_unit_test(test_failed),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
