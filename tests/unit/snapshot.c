/* Snapshots that do not come to their end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/record.h"
#include "collect/snapshot/snapshot.h"

static char place[] = "/tmp/syncscope-snapshot-XXXXXX";

static int
set_up(void **state)
{
	(void)state;
	return !mkdtemp(place) || chdir(place);
}

static int
tear_down(void **state)
{
	(void)state;
	return chdir("/") || rmdir(place);
}

static void
put(struct snapshot_writer *w, enum section s, const char *dn)
{
	struct record *r = record_new();
	struct err err;

	record_declare(r, "dn", SHAPE_SINGLE);
	record_add(r, "dn", VALUE_TEXT, dn, strlen(dn));
	assert_int_equal(snapshot_put(w, s, r, &err), 0);
	record_free(r);
}

/* What an end without warning leaves: the sections that were finished. */
static void
test_unfinished(void **state)
{
	struct err err = { 0 };
	struct snapshot_writer *w = snapshot_create("s", FOLDER_NEW, &err);
	struct snapshot *s;

	(void)state;
	assert_non_null(w);
	put(w, AD_USERS, "CN=A,DC=x");
	put(w, AD_GROUPS, "CN=G,DC=x");
	snapshot_asked(w, AD_CONTACTS);
	assert_int_equal(snapshot_finish(w, AD_USERS, 1, &err), 0);
	s = snapshot_open("s.unfinished", &err);
	assert_non_null(s);
	assert_int_equal(snapshot_state(s, AD_USERS), SECTION_COMPLETE);
	assert_int_equal(snapshot_objects(s, AD_USERS), 1);
	assert_int_equal(snapshot_state(s, AD_GROUPS), SECTION_NOT_ASKED);
	assert_int_equal(snapshot_state(s, AD_CONTACTS), SECTION_NOT_ASKED);
	snapshot_close(s);
	snapshot_abort(w);
	assert_int_equal(access("s.unfinished", F_OK), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_unfinished),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
