/*
 * Events in the lines of findings, written and read again; what stands for the
 * observed in the fingerprint; events that a baseline tells of an object.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analyze/findings/event_json.h"
#include "analyze/findings/findings.h"
#include "analyze/rules/remembered.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/record.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static const struct {
	struct told_event event;
	const char *line;
} events[] = {
	{ { .what = EVENT_NONE }, "" },
	{ { EVENT_LEFT_SCOPE, 0, WHEN_DAY, EVENT_SEEN, "OU=a", "OU=b",
	    NULL },
	  ",\"event\":{\"what\":\"left-scope\","
	  "\"after\":\"1970-01-01T00:00:00Z\","
	  "\"by\":\"1970-01-02T00:00:00Z\",\"sure\":\"seen\","
	  "\"from\":\"OU=a\",\"to\":\"OU=b\"}" },
	{ { EVENT_ENABLED, WHEN_NONE, 0, EVENT_LIKELY, NULL, NULL,
	    NULL },
	  ",\"event\":{\"what\":\"enabled\",\"after\":null,"
	  "\"by\":\"1970-01-01T00:00:00Z\",\"sure\":\"likely\","
	  "\"from\":null,\"to\":null}" },
	{ { EVENT_RETURNED_TO_SCOPE, 1, 1, EVENT_STAMPED, NULL, "OU=b",
	    NULL },
	  ",\"event\":{\"what\":\"returned-to-scope\","
	  "\"after\":\"1970-01-01T00:00:01Z\","
	  "\"by\":\"1970-01-01T00:00:01Z\",\"sure\":\"stamped\","
	  "\"from\":null,\"to\":\"OU=b\"}" },
	{ { EVENT_CLEARED, 1, 2, EVENT_SEEN, "SMTP:a@b.nl, smtp:c@b.nl", NULL,
	    "a@b.nl" },
	  ",\"event\":{\"what\":\"value-cleared\","
	  "\"after\":\"1970-01-01T00:00:01Z\","
	  "\"by\":\"1970-01-01T00:00:02Z\",\"sure\":\"seen\","
	  "\"from\":\"SMTP:a@b.nl, smtp:c@b.nl\",\"to\":null,"
	  "\"address\":\"a@b.nl\"}" },
};

static void
assert_same(const char *a, const char *b)
{
	assert_int_equal(!a, !b);
	if (a)
		assert_string_equal(a, b);
}

/* What the members behind the first of a line say. */
static int
take(const char *members, struct arena *a, struct told_event *out)
{
	struct record *r = record_new();
	struct buf line = { 0 };
	struct json_error e;
	int rc;

	buf_adds(&line, "{\"rule\":\"x\"");
	buf_adds(&line, members);
	buf_addc(&line, '}');
	assert_int_equal(json_read_record(line.data, line.len, r, &e), 0);
	rc = event_json_take(r, a, out);
	buf_release(&line);
	record_free(r);
	return rc;
}

static void
test_events(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(events); i++) {
		const struct told_event *want = &events[i].event;
		struct arena a = { 0 };
		struct buf out = { 0 };
		struct told_event e;

		event_json_put(&out, want);
		assert_string_equal(buf_text(&out), events[i].line);
		assert_int_equal(take(events[i].line, &a, &e), 0);
		assert_int_equal(e.what, want->what);
		assert_int_equal(e.sure, want->sure);
		if (want->what != EVENT_NONE) {
			assert_true(e.after == want->after);
			assert_true(e.by == want->by);
		}
		assert_same(e.from, want->from);
		assert_same(e.to, want->to);
		assert_same(e.address, want->address);
		buf_release(&out);
		arena_release(&a);
	}
}

static void
test_no_events(void **state)
{
	static const char *const lines[] = {
		",\"event\":null", ",\"event\":\"enabled\"", ",\"event\":{}",
		",\"event\":{\"what\":\"fell\",\"sure\":\"seen\"}",
		",\"event\":{\"what\":\"enabled\",\"sure\":\"maybe\"}",
		",\"event\":{\"what\":\"enabled\"}",
		",\"event\":{\"what\":\"enabled\",\"sure\":\"seen\","
		"\"after\":12}",
		",\"event\":{\"what\":\"enabled\",\"sure\":\"seen\","
		"\"by\":\"soon\"}",
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct told_event e;

		assert_int_equal(take(lines[i], &a, &e), -1);
	}
	arena_release(&a);
}

static void
print(const char *observed, const char *key, char text[FINGERPRINT_TEXT])
{
	struct findings_batch b = { .finding_count = 0 };

	findings_print(&b, &(struct finding){
		.rule = "x", .guid = "1", .attribute = "a",
		.observed = observed, .key = key,
	}, text);
	findings_batch_release(&b);
}

/* The key stands for the observed, and only where there is one. */
static void
test_key(void **state)
{
	char plain[FINGERPRINT_TEXT], other[FINGERPRINT_TEXT];

	(void)state;
	print("7 days", NULL, plain);
	print("8 days", NULL, other);
	assert_string_not_equal(plain, other);
	print("8 days", "7 days", other);
	assert_string_equal(plain, other);
	print("7 days", "", plain);
	assert_string_not_equal(plain, other);
	print("8 days", "", other);
	assert_string_equal(plain, other);
}

static void
test_find(void **state)
{
	const struct remembered old = {
		.event = { EVENT_ENABLED, 1, 1, EVENT_SEEN, NULL, NULL,
		           NULL },
	}, new = {
		.next = &old,
		.event = { EVENT_ENABLED, 2, 3, EVENT_SEEN, NULL, NULL,
		           NULL },
	}, left = {
		.next = &new,
		.event = { EVENT_LEFT_SCOPE, 4, 4, EVENT_SEEN, "OU=a", NULL,
		           NULL },
	};
	struct object o = { .links = { .remembered = &left } };
	struct history_event e;

	(void)state;
	assert_true(remembered_find(&o, EVENT_ENABLED, &e));
	assert_true(e.after == 2 && e.by == 3 && !e.dated && !e.before);
	assert_ptr_equal(e.remembered, &new);
	assert_true(remembered_find(&o, EVENT_LEFT_SCOPE, &e));
	assert_true(e.dated);
	assert_string_equal(e.remembered->event.from, "OU=a");
	assert_false(remembered_find(&o, EVENT_RETURNED_TO_SCOPE, &e));
	o.links.remembered = NULL;
	assert_false(remembered_find(&o, EVENT_ENABLED, &e));
}

/* One of the same attribute, whose dates count where they are the closer. */
static void
test_values(void **state)
{
	const struct remembered mail = {
		.attribute = "mail",
		.event = { EVENT_CLEARED, 1, 1, EVENT_SEEN, "a@b.nl", NULL,
		           "a@b.nl" },
	}, alias = {
		.next = &mail, .attribute = "mailNickname",
		.event = { EVENT_CLEARED, 2, 3, EVENT_SEEN, "a", NULL, NULL },
	};
	struct object o = { .links = { .remembered = &alias } };
	struct history_event e, own = { .after = 0, .by = 9 };

	(void)state;
	assert_true(remembered_value(&o, EVENT_CLEARED, "mail", &e));
	assert_ptr_equal(e.remembered, &mail);
	assert_string_equal(remembered_address(&o), "a@b.nl");
	assert_false(remembered_value(&o, EVENT_CHANGED, "mail", &e));
	assert_false(remembered_value(&o, EVENT_CLEARED, "proxyAddresses",
	                              &e));
	assert_true(remembered_value(&o, EVENT_CLEARED, "mailNickname", &e));
	remembered_date(&own, &e);
	assert_true(own.after == 2 && own.by == 3 && !own.dated);
	own = (struct history_event){ .after = 3, .by = 9 };
	remembered_date(&own, &e);
	assert_true(own.after == 3 && own.by == 9);
	o.links.remembered = NULL;
	assert_null(remembered_address(&o));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_events),
		cmocka_unit_test(test_no_events),
		cmocka_unit_test(test_key),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_values),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
