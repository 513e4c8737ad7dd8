/* Data files: where they are wrong, how old they are; and suffixes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "analyze/data/data.h"
#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"

static char folder[] = "/tmp/syncscope-data-XXXXXX";

#define HEAD "\"source\": \"s\", \"asOf\": \"2026-01-31\""

/* The path of the file, which the caller frees. */
static char *
put(const char *name, const char *text)
{
	char *path = path_join(folder, name);
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	return path;
}

/* The files, each good and without an age; TEXT is that of one of them. */
static struct data *
open_file(const char *name, const char *text, struct err *err)
{
	static const char *const good[][2] = {
		{ "special-use-names.json", "{" HEAD ", \"names\": []}" },
		{ "sync-engine.json", "{" HEAD ", \"builds\": [], "
		  "\"stops\": [], \"flaws\": [], \"minima\": []}" },
		{ "exchange-builds.json", "{" HEAD ", \"products\": [], "
		  "\"updates\": []}" },
		{ "exchange-schema.json", "{" HEAD ", \"schemas\": []}" },
	};

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		free(put(good[i][0], strcmp(good[i][0], name) == 0
		         ? text : good[i][1]));
	return data_open(&(struct data_places){ folder, NULL }, err);
}

static struct data *
open_names(const char *text, struct err *err)
{
	return open_file("special-use-names.json", text, err);
}

/* What is wrong, and behind which line it is told. */
static const struct {
	const char *text, *said;
} wrong[] = {
	{ "{", ":1:2: want" },
	{ "[]", ":1: want an object" },
	{ "{\n" HEAD "}", ":1: want the key names" },
	{ "{\n\"source\": \"s\",\n\"names\": []}", ":1: want the key asOf" },
	{ "{\n" HEAD ",\n\"nams\": []}",
	  ":3: nams: want source, asOf, validDays or names as a key" },
	{ "{\n" HEAD ",\n\"names\": {}}", ":3: names: want an array" },
	{ "{\n\"asOf\": \"31.1.2026\", \"source\": \"s\", \"names\": []}",
	  ":2: asOf: want a day such as 2026-11-01" },
	{ "{\n" HEAD ",\n\"validDays\": 0,\n\"names\": []}",
	  ":3: validDays: want a whole number from 1 to 1000000" },
	{ "{\n" HEAD ",\n\"validDays\": 1.5,\n\"names\": []}",
	  ":3: validDays: want a whole number" },
	{ "{\n" HEAD ",\n\"names\": [],\n\"names\": []}",
	  ":1: want names only once" },
	{ "{\n" HEAD ",\n\"names\": [\n{\"name\": \"a\", \"use\": \"private\", "
	  "\"source\": \"x\"},\n{\"name\": \"b\", \"use\": \"privat\", "
	  "\"source\": \"x\"}]}",
	  ":5: names[2].use: want reserved, private or documentation" },
	{ "{\n" HEAD ",\n\"names\": [\n{\"name\": \"}],\\\"\",\n\"use\":\n"
	  "\"private\", \"source\": 7}]}",
	  ":6: names[1].source: want a text that is not empty" },
	{ "{\n" HEAD ",\n\"names\": [\n\n{\"name\": \"a b\", "
	  "\"use\": \"private\", \"source\": \"x\"}]}",
	  ":5: names[1].name: want a domain name such as home.arpa" },
	{ "{\n" HEAD ",\n\"names\": [\n{\"name\": \"a\"}]}",
	  ":4: names[1]: want the key use" },
	{ "{" HEAD ", \"names\": [{\"name\": \"a\", \"use\": \"private\", "
	  "\"source\": \"x\"}, {\"name\": \"A\", \"use\": \"private\", "
	  "\"source\": \"x\"}]}", "want each name once, have a twice" },
};

static void
test_wrong(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct err err = { 0 };
		struct data *d = open_names(wrong[i].text, &err);

		if (d || !strstr(err.text, wrong[i].said))
			fail_msg("%s: want \"%s\", have \"%s\"", wrong[i].text,
			         wrong[i].said, err.text);
		assert_int_equal(err.code, EXIT_USAGE);
	}
}

/* Likewise of the other files. */
static const struct {
	const char *name, *text, *said;
} wrong_too[] = {
	{ "sync-engine.json", "{" HEAD ",\n\"builds\": [\n"
	  "{\"build\": \"2.6\"}]}", ":3: builds[1].build: want a build such as "
	  "2.6.92.0" },
	{ "sync-engine.json", "{" HEAD ",\n\"builds\": [\n"
	  "{\"build\": \"2.6.2.0\"},\n{\"build\": \"2.6.1.0\"}]}",
	  ":4: builds[2]: want builds in ascending order" },
	{ "sync-engine.json", "{" HEAD ",\n\"builds\": [\n"
	  "{\"build\": \"2.6.2.0\", \"withdrawn\": 1}]}",
	  ":3: builds[1].withdrawn: want true or false" },
	{ "sync-engine.json", "{" HEAD ",\n\"stops\": [\n"
	  "{\"below\": \"2.6.2.0\"}]}", ":3: stops[1]: want the key from" },
	{ "sync-engine.json", "{" HEAD ",\n\"minima\": [\n"
	  "{\"feature\": \"users\", \"connect\": \"2.6.2.0\"}]}",
	  ":3: minima[1].feature: want user-authority or "
	  "exchange-authority" },
	{ "sync-engine.json", "{" HEAD ", \"builds\": []}",
	  "want the key stops" },
	{ "exchange-builds.json", "{" HEAD ",\n\"products\": [\n"
	  "{\"product\": \"E\", \"from\": \"15.2.0.0\", \"mailFloor\": "
	  "\"15.2.1.0\"}]}", ":3: products[1]: want both mailFloor and "
	  "mailFloorFrom, or neither" },
	{ "exchange-builds.json", "{" HEAD ",\n\"products\": [\n"
	  "{\"product\": \"E\", \"from\": \"15.2.0.0\", \"paidUntil\": "
	  "\"2026-10-31\"}]}", ":3: products[1]: want supportEnds beside "
	  "paidUntil" },
	{ "exchange-builds.json", "{" HEAD ",\n\"products\": [\n"
	  "{\"product\": \"E\", \"from\": \"15.2.0.0\"},\n"
	  "{\"product\": \"F\", \"from\": \"15.2.0.0\"}]}",
	  ":4: products[2]: want products in ascending order of from" },
	{ "exchange-builds.json", "{" HEAD ", \"products\": []}",
	  ":1: want the key updates" },
	{ "exchange-builds.json", "{" HEAD ",\n\"updates\": {}}",
	  ":2: updates: want an array" },
	{ "exchange-builds.json", "{" HEAD ",\n\"updates\": [\n"
	  "{\"build\": \"15.2.1748.10\", \"update\": \"CU15\"}]}",
	  ":3: updates[1].build: want three numbers such as 15.2.1748" },
	{ "exchange-builds.json", "{" HEAD ",\n\"updates\": [\n"
	  "{\"build\": \"15.2.65535.65535.65535\", \"update\": \"x\"}]}",
	  ":3: updates[1].build: want three numbers such as 15.2.1748" },
	{ "exchange-builds.json", "{" HEAD ",\n\"updates\": [\n"
	  "{\"build\": 15.2, \"update\": \"CU15\"}]}",
	  ":3: updates[1].build: want three numbers such as 15.2.1748" },
	{ "exchange-builds.json", "{" HEAD ",\n\"updates\": [\n"
	  "{\"build\": \"15.2.1748\", \"update\": 15}]}",
	  ":3: updates[1].update: want a text that is not empty" },
	{ "exchange-builds.json", "{" HEAD ",\n\"updates\": [\n"
	  "{\"build\": \"15.2.1748\"}]}",
	  ":3: updates[1]: want the key update" },
	{ "exchange-builds.json", "{" HEAD ",\n\"updates\": [\n"
	  "{\"build\": \"15.2.1544\", \"update\": \"CU14\"},\n"
	  "{\"build\": \"15.2.1544\", \"update\": \"CU15\"}]}",
	  ":4: updates[2]: want updates in ascending order of build" },
	{ "exchange-builds.json", "{" HEAD ",\n\"updates\": [\n"
	  "{\"build\": \"15.2.986\", \"update\": \"CU11\"},\n"
	  "{\"build\": \"15.1.2507\", \"update\": \"CU23\"}]}",
	  ":4: updates[2]: want updates in ascending order of build" },
	{ "exchange-schema.json", "{" HEAD "}", ":1: want the key schemas" },
	{ "exchange-schema.json", "{" HEAD ",\n\"schemas\": [\n"
	  "{\"rangeUpper\": \"17003\", \"release\": \"x\"}]}",
	  ":3: schemas[1].rangeUpper: want a whole number from 1 to "
	  "1000000" },
	{ "exchange-schema.json", "{" HEAD ",\n\"schemas\": [\n"
	  "{\"rangeUpper\": 17003, \"release\": \"\"}]}",
	  ":3: schemas[1].release: want a text that is not empty" },
	{ "exchange-schema.json", "{" HEAD ",\n\"schemas\": [\n"
	  "{\"rangeUpper\": 17003, \"release\": \"x\"},\n"
	  "{\"rangeUpper\": 17003, \"release\": \"y\"}]}",
	  ":4: schemas[2]: want schemas in ascending order of rangeUpper" },
	{ "exchange-schema.json", "{" HEAD ",\n\"schemas\": [\n"
	  "{\"rangeUpper\": 17003, \"releases\": \"x\"}]}",
	  ":3: schemas[1].releases: want rangeUpper or release as a key" },
};

static void
test_wrong_too(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(wrong_too) / sizeof(wrong_too[0]); i++) {
		struct err err = { 0 };
		struct data *d = open_file(wrong_too[i].name,
		                           wrong_too[i].text, &err);

		if (d || !strstr(err.text, wrong_too[i].said))
			fail_msg("%s: want \"%s\", have \"%s\"",
			         wrong_too[i].text, wrong_too[i].said,
			         err.text);
		assert_int_equal(err.code, EXIT_USAGE);
	}
}

/* Notes of a file that is good for 10 days, judged as of that day. */
static size_t
notes_of(const char *day, const char *valid)
{
	char *text = xasprintf("{" HEAD "%s, \"names\": []}", valid);
	struct err err = { 0 };
	struct data *d = open_names(text, &err);
	struct arena a = { 0 };
	const char *const *notes;
	when_t now;
	size_t n;

	assert_non_null(d);
	assert_int_equal(when_from_iso(&now, day), 0);
	n = data_tell_ages(d, now, &a, &notes);
	if (n)
		assert_non_null(strstr(notes[0], "2026-01-31"));
	arena_release(&a);
	data_free(d);
	free(text);
	return n;
}

static void
test_ages(void **state)
{
	(void)state;
	assert_int_equal(notes_of("2026-02-10", ", \"validDays\": 10"), 0);
	assert_int_equal(notes_of("2026-02-11", ", \"validDays\": 10"), 1);
	assert_int_equal(notes_of("2025-01-01", ", \"validDays\": 10"), 0);
	assert_int_equal(notes_of("2046-01-01", ""), 0);
}

static enum routing
routing_by(const struct data *d, const char *domain)
{
	struct suffix_memory *m = suffix_memory_new(d);
	enum routing first = suffix_find(m, domain).routing;

	/* What is remembered is the same, with others in between. */
	suffix_find(m, "other.nl");
	assert_int_equal(suffix_find(m, domain).routing, first);
	assert_int_equal(suffix_judge(d, domain).routing, first);
	suffix_memory_free(m);
	return first;
}

static void
test_suffixes(void **state)
{
	static const struct {
		const char *domain;
		enum routing want;
	} all[] = {
		{ "contoso.com", ROUTING_PUBLIC },
		{ "a.b.contoso.CO.UK", ROUTING_PUBLIC },
		{ "com", ROUTING_TOP }, { "co.uk", ROUTING_SUFFIX },
		{ "contoso.local", ROUTING_RESERVED },
		{ "LOCAL", ROUTING_RESERVED },
		{ "local.contoso.com", ROUTING_PUBLIC },
		{ "notlocal", ROUTING_UNLISTED },
		{ "x.home.arpa", ROUTING_RESERVED },
		{ "contoso.corp", ROUTING_PRIVATE },
		{ "contoso.nowhere", ROUTING_UNLISTED },
		{ "corp.example", ROUTING_PUBLIC },
		{ "\xd1\x82\xd0\xb5\xd1\x81\xd1\x82.\xd1\x80\xd1\x84",
		  ROUTING_PUBLIC },
		{ "\xd0\xa2.\xd0\xa0\xd0\xa4", ROUTING_PUBLIC },
		{ "xn--e1aybc.xn--p1ai", ROUTING_PUBLIC },
		{ "XN--P1AI", ROUTING_TOP },
		{ "github.io", ROUTING_PUBLIC },
		{ "", ROUTING_UNLISTED }, { ".", ROUTING_UNLISTED },
	};
	struct err err = { 0 };
	struct data *d = data_open(&(struct data_places){ "data", NULL }, &err);

	(void)state;
	assert_non_null(d);
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (routing_by(d, all[i].domain) != all[i].want)
			fail_msg("%s: want %d, have %d", all[i].domain,
			         all[i].want, routing_by(d, all[i].domain));
	data_free(d);
	assert_int_equal(routing_by(NULL, "contoso.local"), ROUTING_PUBLIC);
}

/* More domains than are remembered. */
static void
test_many(void **state)
{
	struct err err = { 0 };
	struct data *d = data_open(&(struct data_places){ "data", NULL }, &err);
	struct suffix_memory *m = suffix_memory_new(d);

	(void)state;
	for (int i = 0; i < 5000; i++) {
		char domain[32];

		snprintf(domain, sizeof(domain), "d%d.%s", i % 2500,
		         i % 2 ? "local" : "nl");
		assert_int_equal(suffix_find(m, domain).routing, i % 2
		                 ? ROUTING_RESERVED : ROUTING_PUBLIC);
	}
	suffix_memory_free(m);
	data_free(d);
}

static int
open_list(const char *text, struct data **out, struct err *err)
{
	char *path = put("list.dat", text);

	*out = data_open(&(struct data_places){ "data", path }, err);
	free(path);
	return *out ? 0 : -1;
}

/*
 * In the place of libpsl's: which list the system has. A binary one is taken
 * without being looked at, so that libpsl can refuse it.
 */
static char *list_of_system;

const char *
psl_dist_filename(void);

const char *
psl_dist_filename(void)
{
	return list_of_system;
}

static const struct data_file *
suffix_file(const struct data *d)
{
	const struct data_file *files;
	size_t n = data_files(d, &files);

	for (size_t i = 0; i < n; i++)
		if (strcmp(files[i].source, "https://publicsuffix.org/") == 0)
			return &files[i];
	fail_msg("there is no list of suffixes");
	return NULL;
}

static void
open_system(const char *text, const char *name, size_t digest_len)
{
	struct err err = { 0 };
	struct data *d;

	list_of_system = put("system.dafsa", text);
	d = data_open(&(struct data_places){ "data", NULL }, &err);
	assert_non_null(d);
	assert_memory_equal(suffix_file(d)->name, name, strlen(name));
	assert_int_equal(strlen(suffix_file(d)->digest), digest_len);
	assert_int_equal(routing_by(d, "contoso.com"), ROUTING_PUBLIC);
	data_free(d);
	free(list_of_system);
	list_of_system = NULL;
}

/* Of a list that was refused nothing stands where the list is told. */
static void
test_system(void **state)
{
	(void)state;
	open_system("com\n", "system.dafsa", DIGEST_TEXT - 1);
	open_system(".DAFSA@PSL_9   \n", "libpsl, ", 0);
	open_system("<html>\n", "libpsl, ", 0);
}

static void
test_lists(void **state)
{
	static const char *const no_lists[] = {
		"", "// com\n\n", "a text\n", "com\n<html>\n", "{\"a\": 1}\n",
		"com\nco..uk\n", "com\n.uk\n", "com\nuk.\n", "com,uk\n",
		"\xff\xfe", "com\n*a\n", ".DAFSA@PSL_0  \n",
		/* Cut. */
		"// ===BEGIN ICANN DOMAINS===\nnl\n",
		"// ===BEGIN ICANN DOMAINS===\nnl\n// ===END ICANN DOM",
		"// ===BEGIN ICANN DOMAINS===\nnl\n// ===END ICANN "
		"DOMAINS===\n// ===BEGIN PRIVATE DOMAINS===\nmy.nl\n",
	};
	struct err err = { 0 };
	struct data *d;

	(void)state;
	for (size_t i = 0; i < sizeof(no_lists) / sizeof(no_lists[0]); i++) {
		if (open_list(no_lists[i], &d, &err) == 0)
			fail_msg("taken for a list: \"%s\"", no_lists[i]);
		assert_int_equal(err.code, EXIT_USAGE);
	}
	/* Without parts all rules count; with both those of registries. */
	assert_int_equal(open_list("nl\r\n*.ck // all\n!www.ck\n", &d, &err),
	                 0);
	assert_int_equal(routing_by(d, "x.nl"), ROUTING_PUBLIC);
	assert_int_equal(routing_by(d, "x.com"), ROUTING_UNLISTED);
	assert_int_equal(routing_by(d, "a.ck"), ROUTING_SUFFIX);
	assert_int_equal(routing_by(d, "x.a.ck"), ROUTING_PUBLIC);
	data_free(d);
	assert_int_equal(open_list("// ===BEGIN ICANN DOMAINS===\nnl\n"
	                           "// ===END ICANN DOMAINS===\n"
	                           "// ===BEGIN PRIVATE DOMAINS===\nmy.nl\n"
	                           "// ===END PRIVATE DOMAINS===\n", &d, &err),
	                 0);
	assert_int_equal(routing_by(d, "my.nl"), ROUTING_PUBLIC);
	data_free(d);
}

static int
set_up(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int
tear_down(void **state)
{
	static const char *const names[] = {
		"special-use-names.json", "sync-engine.json",
		"exchange-builds.json", "exchange-schema.json", "list.dat",
		"system.dafsa",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char *path = path_join(folder, names[i]);

		unlink(path);
		free(path);
	}
	return rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_wrong_too),
		cmocka_unit_test(test_ages),
		cmocka_unit_test(test_suffixes), cmocka_unit_test(test_many),
		cmocka_unit_test(test_system), cmocka_unit_test(test_lists),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("data", tests, set_up, tear_down);
}
