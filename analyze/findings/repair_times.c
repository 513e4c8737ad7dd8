/* When what was found may have been mended. */
#include "analyze/findings/repair_times.h"

#include <string.h>

#include "analyze/findings/line.h"
#include "analyze/findings/repair.h"
#include "base/json.h"
#include "base/record.h"
#include "base/utf8.h"

/* What is proof of which findings. */
enum mends {
	MENDS_IF_GONE,             /* nobody restored it */
	MENDS_ACCOUNTS,            /* what is of the account */
	MENDS_SIGN_IN, MENDS_LEFT_SCOPE, MENDS_ATTRIBUTE
};

/* The better evidence first. */
static const struct happening {
	const char *what;          /* a word of timeline.ndjson */
	enum mends mends;
	const char *told;
} happenings[] = {
	{ "deleted", MENDS_IF_GONE, "the object was deleted" },
	{ "password-set", MENDS_SIGN_IN, "its password was set" },
	{ "returned-to-scope", MENDS_LEFT_SCOPE, "it came back into scope" },
	{ "restored", MENDS_LEFT_SCOPE, "it was restored" },
	{ "soft-deleted", MENDS_ACCOUNTS, "its account was deleted" },
	{ "value-changed", MENDS_ATTRIBUTE, "the attribute was changed" },
	{ "value-cleared", MENDS_ATTRIBUTE, "the attribute was cleared" },
};

enum { HAPPENINGS = sizeof(happenings) / sizeof(happenings[0]) };

static bool
mends(enum mends how, const struct repair *r, const struct json *event)
{
	const char *attribute = json_string(json_get(event, "attribute"));

	switch (how) {
	case MENDS_SIGN_IN:
		return r->event.what == EVENT_RETURNED_TO_SCOPE ||
		       r->event.what == EVENT_ENABLED ||
		       (r->attribute && ascii_casecmp(r->attribute,
		                                      "pwdLastSet") == 0);
	case MENDS_LEFT_SCOPE:
		return r->event.what == EVENT_LEFT_SCOPE;
	case MENDS_ATTRIBUTE:
		return r->attribute && attribute &&
		       ascii_casecmp(r->attribute, attribute) == 0;
	case MENDS_ACCOUNTS:
		return !r->of_ad || r->event.what == EVENT_LEFT_SCOPE;
	default:
		return !r->told[AFTER].is;
	}
}

/* The number of the happening; HAPPENINGS: it says nothing of a repair. */
static size_t
happening_of(const struct repair *r, const struct json *event)
{
	const char *what = json_string(json_get(event, "what"));
	size_t i = 0;

	while (i < HAPPENINGS && (!what || !mends(happenings[i].mends, r, event)
	                          || strcmp(happenings[i].what, what) != 0))
		i++;
	return i;
}

static size_t
happened(const struct repair *r)
{
	size_t i = 0;

	while (i < HAPPENINGS && happenings[i].told != r->happened)
		i++;
	return i;
}

/* What ended before the finding was made did not mend it. */
static void
take_event(struct repair *r, const struct json *event, when_t since)
{
	size_t i = happening_of(r, event);
	when_t by = line_when(event, "by");
	when_t from = r->event.what != EVENT_NONE && r->event.by != WHEN_NONE
		? r->event.by : since;

	if (i >= happened(r) || by == WHEN_NONE || by <= from)
		return;
	r->happened = happenings[i].told;
	r->dates_value = happenings[i].mends == MENDS_ATTRIBUTE;
	r->dated[0] = line_when(event, "after");
	r->dated[1] = by;
}

void
repair_take_times(struct repair *r, const struct record *line, when_t since)
{
	long at = record_find(line, "events");
	size_t n = at < 0 ? 0 : record_values(line, (size_t)at);

	for (size_t i = 0; i < n; i++) {
		struct value v = record_value(line, (size_t)at, i);
		struct json_error e;
		struct json *event = v.kind == VALUE_JSON
			? json_parse(v.data, v.len, &e) : NULL;

		if (event)
			take_event(r, event, since);
		json_free(event);
	}
}
