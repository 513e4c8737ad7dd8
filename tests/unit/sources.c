/*
 * The parsers of imported files, by example: tests/sources/KIND/NAME is an
 * input, NAME.want what the parser must make of it, fed in pieces of every
 * size. GOLDEN=write in the environment rewrites the .want files.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include <glob.h>

#include "base/file.h"
#include "base/mem.h"
#include "collect/graph/json_split.h"
#include "collect/import/ad_json.h"
#include "collect/import/azurehound.h"
#include "collect/import/clixml.h"
#include "collect/import/csv_exchange.h"
#include "collect/import/csv_source.h"
#include "collect/import/domaindump.h"
#include "collect/import/exchange_json.h"
#include "collect/import/exchange_organization.h"
#include "collect/import/exchange_server.h"
#include "collect/import/graph_json.h"
#include "collect/import/import.h"
#include "collect/import/ldif.h"
#include "collect/import/sharphound.h"
#include "tests/print_sink.h"

static const struct source *const kinds[] = {
	&ldif_source, &ad_csv_source, &exchange_csv_source,
	&exchange_online_csv_source, &portal_csv_source, &graph_json_source,
	&ad_json_source, &exchange_json_source, &exchange_online_json_source,
	&clixml_source, &domaindump_source, &sharphound_source,
	&azurehound_source, &exchange_organization_csv_source,
	&exchange_organization_json_source, &exchange_server_csv_source,
	&exchange_server_json_source,
};

enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

static bool
ends_in(const char *text, const char *tail)
{
	size_t len = strlen(text), n = strlen(tail);

	return len >= n && strcmp(text + len - n, tail) == 0;
}

/* Pieces of every size; under sanitizers, to which each is dear, of many. */
#ifdef __SANITIZE_ADDRESS__
enum { SMALL = 64, STEP = 9 };
#else
enum { SMALL = 64, STEP = 1 };
#endif

static void
read_whole(const char *path, struct buf *out)
{
	struct err err;

	if (file_read(path, out, &err) < 0)
		fail_msg("%s", err.text);
	buf_add(out, "", 0);
}

static void
write_whole(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static void
test_input(const struct source *source, const char *path)
{
	char *want_path = xasprintf("%s.want", path);
	struct buf text = { 0 }, want = { 0 };
	char *whole;

	read_whole(path, &text);
	whole = print_sink_parse(source, text.data, text.len, text.len + 1);
	if (getenv("GOLDEN"))
		write_whole(want_path, whole);
	read_whole(want_path, &want);
	if (strcmp(whole, want.data) != 0)
		fail_msg("%s:\nwant %s\nhave %s", path, want.data, whole);
	for (size_t chunk = 1; chunk <= text.len;
	     chunk += chunk < SMALL ? 1 : STEP) {
		char *have = print_sink_parse(source, text.data, text.len,
		                              chunk);

		if (strcmp(have, whole) != 0)
			fail_msg("%s, in pieces of %zu:\nwant %s\nhave %s",
			         path, chunk, whole, have);
		free(have);
	}
	free(whole);
	free(want_path);
	buf_release(&text);
	buf_release(&want);
}

static void
test_kind(void **state)
{
	const struct source *source = kinds[(size_t)(uintptr_t)*state];
	char *pattern = xasprintf("tests/sources/%s/*", source->kind);
	size_t count = 0;
	glob_t found;

	assert_int_equal(glob(pattern, 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		if (ends_in(found.gl_pathv[i], ".want"))
			continue;
		test_input(source, found.gl_pathv[i]);
		count++;
	}
	assert_true(count > 0);
	globfree(&found);
	free(pattern);
}

/* A group of so many members that no one holds it. */
static void
test_too_large(void **state)
{
	static const char member[] = "{\"ObjectIdentifier\":\"S-1-5-21-1\"},";
	static const char end[] = "0],\"ObjectIdentifier\":\"S-1-5-21-1-2\","
		"\"Properties\":{\"distinguishedname\":\"CN=a\"}},\n"
		"{\"Members\":[],\"ObjectIdentifier\":\"S-1-5-21-1-3\","
		"\"Properties\":{\"distinguishedname\":\"CN=b\"}}]}";
	struct buf text = { 0 };
	char *have;

	(void)state;
	buf_adds(&text, "{\"data\":[\n{\"Members\":[");
	while (text.len < SPLIT_OBJECT_MAX)
		buf_adds(&text, member);
	buf_adds(&text, end);
	have = print_sink_parse(&sharphound_source, text.data, text.len,
	                        100000);
	assert_non_null(strstr(have, "note: file:2: an object of more than "));
	assert_non_null(strstr(have, "ad.groups partial: "));
	assert_non_null(strstr(have, "ad.groups {\"dn\":\"CN=b\""));
	assert_null(strstr(have, "CN=a"));
	free(have);
	buf_release(&text);
}

/* Whatever import takes is tested. */
static void
test_all(void **state)
{
	char *all = import_kinds(), *save;

	(void)state;
	for (char *k = strtok_r(all, ", ", &save); k;
	     k = strtok_r(NULL, ", ", &save)) {
		size_t i = 0;

		while (i < KINDS && strcmp(kinds[i]->kind, k) != 0)
			i++;
		if (i == KINDS)
			fail_msg("%s: not among the kinds of this test", k);
	}
	free(all);
}

int
main(void)
{
	struct CMUnitTest tests[KINDS + 2];

	for (size_t i = 0; i < KINDS; i++)
		tests[i] = (struct CMUnitTest){
			.name = kinds[i]->kind, .test_func = test_kind,
			.initial_state = (void *)(uintptr_t)i,
		};
	tests[KINDS] = (struct CMUnitTest)cmocka_unit_test(test_all);
	tests[KINDS + 1] = (struct CMUnitTest)cmocka_unit_test(test_too_large);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return _cmocka_run_group_tests("sources", tests, KINDS + 2, NULL, NULL);
}
