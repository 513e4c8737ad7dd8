/*
 * exchange.json: its words, what is read again of what was written, and which
 * evidence is kept. With an argument it writes findings there, for
 * tests/exchange.t.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "analyze/findings/exchange_evidence.h"
#include "analyze/findings/exchange_json.h"
#include "analyze/findings/exchange_words.h"
#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "tests/remove_tree.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum { NOW = 1795845600 };         /* 2026-11-28T06:00:00Z */

static char work[] = "/tmp/exchange-XXXXXX";

/* ---- an organization ---- */

#define SERVERS "CN=Servers,CN=First Organization,DC=x,DC=example"

static const char *const mailbox_role[] = { "mailbox" };
static const char *const edge_role[] = { "edge", "hub-transport" };

static const struct exchange_told_server servers[] = {
	{ .name = "EX01", .dn = "CN=EX01," SERVERS,
	  .guid = "6d0a1c8e-0000-4000-8000-000000000001",
	  .version = "15.2.1748.10", .product = "Exchange Server 2019",
	  .update = "CU15", .roles = mailbox_role, .role_count = 1,
	  .support = EXCHANGE_SUPPORT_ENDED, .support_ends = "2026-10-31" },
	{ .name = "<b>EDGE</b>", .dn = "CN=EDGE," SERVERS,
	  .roles = edge_role, .role_count = 2 },
};

static const struct schema_attribute attributes[] = {
	{ "mail", SCHEMA_HAS }, { "mailNickname", SCHEMA_LACKS },
	{ "targetAddress", SCHEMA_UNKNOWN },
};

static const struct exchange_evidence mailboxes[] = {
	{ "CN=Ann,OU=Staff,DC=x,DC=example",
	  "6d0a1c8e-0000-4000-8000-0000000000a1", "homeMDB",
	  "CN=DB01,CN=Databases,DC=x,DC=example" },
	{ "CN=B\xc3\xa9""la,OU=Staff,DC=x,DC=example", NULL, "homeMDB", "" },
};

static const struct exchange_condition conditions[] = {
	{ .id = "organization-read", .title = "Schema and configuration read",
	  .paths = 7, .owner = STEP_OF_AD, .fix = "Export both partitions.",
	  .source = "https://learn.microsoft.com/a", .result = CONDITION_MET },
	{ .id = "mailboxes-moved", .title = "No mailbox is left",
	  .paths = 7, .owner = STEP_OF_EXCHANGE, .fix = "Move them.",
	  .undo = "Move them back.", .source = "https://learn.microsoft.com/b",
	  .result = CONDITION_NOT_MET, .count = 3, .evidence = mailboxes,
	  .evidence_count = COUNT(mailboxes) },
	{ .id = "no-relay", .title = "No device sends by the server",
	  .paths = 7, .owner = STEP_OF_PEOPLE, .fix = "Ask.",
	  .source = "https://learn.microsoft.com/c",
	  .reason = "policy key exchange.relay is not said" },
	{ .id = "one-server", .title = "Exactly one server",
	  .paths = PATH_BIT(PATH_MANAGEMENT_TOOLS), .owner = STEP_OF_EXCHANGE,
	  .fix = "Uninstall all but one.", .result = CONDITION_NOT_MET,
	  .source = "https://learn.microsoft.com/d", .count = 2 },
	{ .id = "autodiscover-scp", .title = "No service connection point",
	  .kind = CONDITION_TASK, .paths = 7, .owner = STEP_OF_DNS,
	  .fix = "Delete it.", .undo = "Set-ClientAccessService",
	  .source = "https://learn.microsoft.com/e",
	  .result = CONDITION_NOT_APPLICABLE },
};

static const size_t missing[] = { 1, 3 }, left_open[] = { 2 };

static const struct exchange_told told = {
	.as_of = NOW, .verdict = VERDICT_MUST_KEEP, .state = EXCHANGE_SERVERS,
	.name = "First Organization",
	.dn = "CN=First Organization,CN=Microsoft Exchange,DC=x,DC=example",
	.hybrid = SCHEMA_HAS, .object_version = 16763, .range_upper = 17003,
	.release = "2019 CU10 or later, SE RTM",
	.attributes = attributes, .attribute_count = COUNT(attributes),
	.servers = servers, .server_count = COUNT(servers),
	.conditions = conditions, .condition_count = COUNT(conditions),
	.ways = {
		[PATH_NO_SYNC] = { PATH_NOT_READY, missing, left_open, 1, 1 },
		[PATH_MANAGEMENT_TOOLS] = {
			PATH_NOT_READY, missing, left_open, 2, 1 },
		[PATH_CLOUD_MANAGED] = {
			PATH_NOT_READY, missing, left_open, 1, 1 },
	},
};

static const struct findings head = {
	.as_of = NOW, .tool_version = "syncscope test", .scope_text = "all",
	.engine_text = "unknown", .exchange = told,
};

static void
write_findings(const char *path, const struct findings *f)
{
	struct err err;
	struct findings_writer *w = findings_create(path, FOLDER_NEW, &err);

	if (!w || findings_commit(w, f, &err) < 0) {
		fprintf(stderr, "%s\n", err.text);
		exit(1);
	}
}

static char *
path_of(const char *name)
{
	return path_join(work, name);
}

/* ---- words ---- */

#define ALL_WORDS(of, type, last, name) \
	for (int i = 0; i < (last); i++) \
		assert_int_equal(exchange_word((of), name((enum type)i)), i); \
	assert_int_equal(exchange_word((of), ""), -1); \
	assert_int_equal(exchange_word((of), NULL), -1)

static void
test_words(void **state)
{
	(void)state;
	ALL_WORDS(WORDS_OF_STATE, exchange_state, EXCHANGE_STATES,
	          exchange_state_name);
	ALL_WORDS(WORDS_OF_VERDICT, exchange_verdict, VERDICT_COUNT,
	          exchange_verdict_name);
	ALL_WORDS(WORDS_OF_PATH, exchange_path, EXCHANGE_PATHS,
	          exchange_path_name);
	ALL_WORDS(WORDS_OF_PATH_STATE, path_state, PATH_STATES,
	          path_state_name);
	ALL_WORDS(WORDS_OF_RESULT, condition_result, CONDITION_RESULTS,
	          condition_result_name);
	ALL_WORDS(WORDS_OF_KIND, condition_kind, CONDITION_KINDS,
	          condition_kind_name);
	ALL_WORDS(WORDS_OF_OWNER, step_owner, STEP_OWNERS, step_owner_name);
	ALL_WORDS(WORDS_OF_SUPPORT, exchange_support, EXCHANGE_SUPPORTS,
	          exchange_support_name);
	assert_string_equal(exchange_last_step(PATH_NO_SYNC), "uninstall");
	assert_string_equal(exchange_last_step(PATH_MANAGEMENT_TOOLS),
	                    "shut-down");
	assert_string_equal(exchange_last_step(PATH_CLOUD_MANAGED),
	                    "uninstall");
}

/* ---- the file ---- */

/* What was read is written as it stood, and members are where they belong. */
static void
test_round(void **state)
{
	char *path = path_of("round");
	struct buf first = { 0 }, again = { 0 }, text = { 0 };
	struct findings *f;
	struct err err;
	uint64_t n;

	(void)state;
	write_findings(path, &head);
	f = findings_open(path, &err);
	assert_non_null(f);
	exchange_put(&first, &told);
	exchange_put(&again, &f->exchange);
	assert_string_equal(first.data, again.data);
	assert_int_equal(exchange_text(f, &text, &err), 0);
	assert_string_equal(first.data, text.data);
	assert_int_equal(f->exchange.verdict, VERDICT_MUST_KEEP);
	assert_int_equal(f->exchange.conditions[1].count, 3);
	assert_int_equal(f->exchange.ways[PATH_MANAGEMENT_TOOLS].missing[1],
	                 3);
	assert_null(f->exchange.conditions[0].undo);
	assert_null(f->exchange.servers[1].version);
	assert_int_equal(findings_verify(path, &n, &err), 0);
	findings_close(f);
	buf_release(&first);
	buf_release(&again);
	buf_release(&text);
	free(path);
}

/* Null where nothing is known; a number of nothing is nought. */
static void
test_text(void **state)
{
	static const char *const wanted[] = {
		"{\n\t\"format\":\t\"syncscope-exchange\",\n\t\"version\":\t1,"
		"\n\t\"asOf\":\t\"2026-11-28T06:00:00Z\",\n\t\"verdict\":\t"
		"\"must-keep\",\n\t\"organization\":\t{\n\t\t\"state\":\t"
		"\"servers\",\n\t\t\"reason\":\tnull,",
		"\"hybrid\":\ttrue", "\"objectVersion\":\t16763",
		"\"domainVersion\":\tnull", "\"mail\":\ttrue",
		"\"mailNickname\":\tfalse", "\"targetAddress\":\tnull",
		"\"support\":\t\"ended\"", "\"supportEnds\":\tnull",
		"\"result\":\t\"met\",\n\t\t\t\"count\":\t0,",
		"\"result\":\t\"not-met\",\n\t\t\t\"count\":\t3,",
		"\"result\":\t\"not-assessed\",\n\t\t\t\"count\":\tnull,",
		"\"result\":\t\"not-applicable\",\n\t\t\t\"count\":\tnull,",
		"\"paths\":\t[\"management-tools\"]",
		"\"missing\":\t[\"mailboxes-moved\", \"one-server\"],",
		"\"open\":\t[\"no-relay\"],\n\t\t\t\"lastStep\":\t"
		"\"shut-down\"",
		"\"owner\":\t\"people\",\n\t\t\t\"undo\":\tnull",
	};
	struct buf text = { 0 };

	(void)state;
	exchange_put(&text, &told);
	for (size_t i = 0; i < COUNT(wanted); i++)
		if (!strstr(text.data, wanted[i]))
			fail_msg("lacks %s in\n%s", wanted[i], text.data);
	buf_release(&text);
}

/* Replaces FROM by TO in the file of findings; its digest is made anew. */
static void
forge(const char *folder, const char *from, const char *to)
{
	char *file = path_join(folder, "exchange.json");
	char *manifest = path_join(folder, "manifest.json");
	char old[DIGEST_TEXT], new[DIGEST_TEXT];
	struct buf text = { 0 };
	struct err err;
	FILE *out;
	char *at;

	assert_int_equal(file_read(file, &text, &err), 0);
	digest_of(text.data, text.len, old);
	at = strstr(text.data, from);
	assert_non_null(at);
	out = fopen(file, "w");
	fprintf(out, "%.*s%s%s", (int)(at - text.data), text.data, to,
	        at + strlen(from));
	fclose(out);
	assert_int_equal(digest_file(file, new, &err), 0);
	buf_clear(&text);
	assert_int_equal(file_read(manifest, &text, &err), 0);
	at = strstr(text.data, old);
	assert_non_null(at);
	memcpy(at, new, DIGEST_TEXT - 1);
	out = fopen(manifest, "w");
	fwrite(text.data, 1, text.len, out);
	fclose(out);
	buf_release(&text);
	free(manifest);
	free(file);
}

static void
test_wrong(void **state)
{
	static const struct {
		const char *from, *to, *want;
	} rows[] = {
		{ "\"must-keep\"", "\"keep\"",
		  "exchange.json: verdict: want not-assessed, "
		  "never-needed, no-server, " },
		{ "\"syncscope-exchange\"", "\"x\"",
		  "want \"format\": \"syncscope-exchange\", have \"x\"" },
		{ "\"version\":\t1", "\"version\":\t2", "has version 2" },
		{ "\"servers\",", "\"some\",", "organization: state: want" },
		{ "\"ended\"", "null", "EX01: support: want unknown, " },
		{ "\"not-met\"", "\"unmet\"", "mailboxes-moved: result: want" },
		{ "\"blocks\"", "\"block\"", "organization-read: kind: want" },
		{ "\"people\"", "\"me\"", "no-relay: owner: want" },
		{ "[\"management-tools\"]", "[\"tools\"]",
		  "one-server: paths: there is no path \"tools\"" },
		{ "\"missing\":\t[\"mailboxes-moved\"", "\"missing\":\t[\"x\"",
		  "paths: there is no condition \"x\"" },
		{ "\"not-ready\"", "7", "paths: state: want" },
		{ "\"conditions\"", "\"condition\"", "has no conditions" },
		{ "\"asOf\"", "asOf", "exchange.json: byte 52: want" },
	};
	char *path = path_of("wrong");

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct err err = { 0 };
		struct findings_writer *w = findings_create(
			path, FOLDER_REPLACE, &err);

		if (!w)
			fail_msg("%s", err.text);
		assert_int_equal(findings_commit(w, &head, &err), 0);
		forge(path, rows[i].from, rows[i].to);
		assert_null(findings_open(path, &err));
		assert_int_equal(err.code, EXIT_INPUT);
		if (!strstr(err.text, rows[i].want))
			fail_msg("want %s, have %s", rows[i].want, err.text);
	}
	free(path);
}

/* ---- evidence ---- */

static void
put(struct findings_batch *b, const char *rule, int number)
{
	char dn[64];
	const struct finding f = {
		.rule = rule, .class = "user", .dn = dn, .observed = "x",
		.message = "is there", .fix = "f", .source = "s",
	};

	snprintf(dn, sizeof(dn), "CN=%03d,DC=x", number);
	findings_put(b, &f);
}

/* Numbers 0 to 199, as STEP goes through them, by two batches. */
static struct findings_writer *
writer_of(const char *path, int step)
{
	struct err err;
	struct findings_writer *w = findings_create(path, FOLDER_REPLACE,
	                                            &err);
	struct findings_batch b[2] = { 0 };

	assert_non_null(w);
	for (int i = 0; i < 200; i++) {
		put(&b[i % 2], "exchange-mailboxes-moved", i * step % 200);
		put(&b[i % 2], "exchange-archives-moved", i * step % 200 / 60);
		put(&b[i % 2], "exchangeless", 1);
		if (i % 30 == 0)
			findings_add(w, &b[i % 2]);
	}
	findings_add(w, &b[1]);
	findings_add(w, &b[0]);
	findings_batch_release(&b[0]);
	findings_batch_release(&b[1]);
	return w;
}

static void
test_evidence(void **state)
{
	static const int steps[] = { 1, 199, 77, 33 };
	char *path = path_of("evidence");

	(void)state;
	for (size_t s = 0; s < COUNT(steps); s++) {
		struct findings_writer *w = writer_of(path, steps[s]);
		const struct exchange_evidence *e;
		char dn[64];
		size_t n;

		e = findings_evidence(w, "exchange-mailboxes-moved", &n);
		assert_int_equal(n, EXCHANGE_EVIDENCE);
		for (size_t i = 0; i < n; i++) {
			snprintf(dn, sizeof(dn), "CN=%03zu,DC=x", i);
			assert_string_equal(e[i].dn, dn);
			assert_string_equal(e[i].value, "x");
			assert_null(e[i].guid);
		}
		e = findings_evidence(w, "exchange-archives-moved", &n);
		assert_int_equal(n, EXCHANGE_EVIDENCE);
		assert_string_equal(e[n - 1].dn, "CN=000,DC=x");
		assert_null(findings_evidence(w, "exchangeless", &n));
		assert_int_equal(n, 0);
		findings_abort(w);
	}
	free(path);
}

/* The first text that differs decides; none comes before any. */
static void
test_order(void **state)
{
	static const struct finding all[] = {
		{ .dn = "A", .guid = "2", .attribute = "b", .observed = "z" },
		{ .dn = "A", .guid = "2", .attribute = "b", .observed = NULL },
		{ .dn = "A", .guid = "2", .attribute = "a", .observed = "x" },
		{ .dn = "A", .guid = "1", .attribute = "b", .observed = "x" },
		{ .dn = "A" "B", .guid = "0" }, { .dn = NULL, .guid = "9" },
	};
	static const char *const values[] = { "", "x", "x", "", "z", "" };
	static const char *const guids[] = { "9", "1", "2", "2", "2", "0" };
	struct evidence_rules r = { 0 };
	const struct exchange_evidence *e;
	size_t n;

	(void)state;
	for (size_t i = 0; i < COUNT(all); i++) {
		struct finding f = all[i];

		f.rule = EXCHANGE_RULE "x";
		evidence_take(&r, &f);
	}
	e = evidence_of(&r, EXCHANGE_RULE "x", &n);
	assert_int_equal(n, COUNT(all));
	for (size_t i = 0; i < n; i++) {
		assert_string_equal(e[i].guid, guids[i]);
		assert_string_equal(e[i].value ? e[i].value : "", values[i]);
	}
	evidence_release(&r);
}

/* A monstrous value is cut before a character. */
static void
test_long(void **state)
{
	struct evidence_rules r = { 0 };
	const struct exchange_evidence *e;
	struct buf text = { 0 };
	size_t n;

	(void)state;
	buf_addc(&text, 'x');
	while (text.len < 10000)
		buf_adds(&text, "\xc3\xa9");
	evidence_take(&r, &(struct finding){ .rule = EXCHANGE_RULE "x",
	                                     .observed = text.data });
	e = evidence_of(&r, EXCHANGE_RULE "x", &n);
	assert_int_equal(strlen(e->value), 4095);
	evidence_release(&r);
	buf_release(&text);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_round),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_evidence),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_long),
	};
	int failed;

	if (argc == 2) {
		write_findings(argv[1], &head);
		return 0;
	}
	if (!mkdtemp(work))
		return 1;
	cmocka_set_message_output(CM_OUTPUT_TAP);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	remove_tree(work);
	return failed;
}
