/* What happened, in the line of a finding: written, and read again. */
#include "analyze/findings/event_json.h"

#include <string.h>

#include "analyze/findings/event_told.h"
#include "analyze/findings/line.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/record.h"

static const char *const whats[EVENT_WHAT_COUNT] = {
	[EVENT_LEFT_SCOPE] = "left-scope",
	[EVENT_RETURNED_TO_SCOPE] = "returned-to-scope",
	[EVENT_ENABLED] = "enabled",
	[EVENT_CLEARED] = "value-cleared", [EVENT_CHANGED] = "value-changed",
	[EVENT_UNLICENSED] = "unlicensed",
};

static const char *const sures[EVENT_SURE_COUNT] = {
	[EVENT_SEEN] = "seen", [EVENT_STAMPED] = "stamped",
	[EVENT_LIKELY] = "likely",
};

const char *
event_sure_name(enum event_sure s)
{
	return sures[s];
}

int
event_sure_parse(const char *text)
{
	for (int i = 0; text && i < EVENT_SURE_COUNT; i++)
		if (strcmp(sures[i], text) == 0)
			return i;
	return -1;
}

void
event_json_put(struct buf *out, const struct told_event *e)
{
	if (e->what == EVENT_NONE)
		return;
	buf_adds(out, ",\"event\":");
	line_first(out, "what", whats[e->what]);
	line_time(out, "after", e->after);
	line_time(out, "by", e->by);
	line_text(out, "sure", event_sure_name(e->sure));
	line_text(out, "from", e->from);
	line_text(out, "to", e->to);
	if (e->address)
		line_text(out, "address", e->address);
	buf_addc(out, '}');
}

/* EVENT_NONE: it is none of the words. */
static enum event_what
what_of(const char *word)
{
	int i = EVENT_NONE + 1;

	while (word && i < EVENT_WHAT_COUNT && strcmp(word, whats[i]) != 0)
		i++;
	return word && i < EVENT_WHAT_COUNT ? (enum event_what)i : EVENT_NONE;
}

static int
take_tree(const struct json *tree, struct arena *a, struct told_event *out)
{
	int sure = event_sure_parse(json_string(json_get(tree, "sure")));

	out->what = what_of(json_string(json_get(tree, "what")));
	if (out->what == EVENT_NONE || sure < 0 ||
	    line_time_take(tree, "after", &out->after) < 0 ||
	    line_time_take(tree, "by", &out->by) < 0)
		return -1;
	out->sure = (enum event_sure)sure;
	out->from = line_copy(tree, "from", a);
	out->to = line_copy(tree, "to", a);
	out->address = line_copy(tree, "address", a);
	return 0;
}

int
event_text_take(const char *text, struct arena *a, struct told_event *out)
{
	struct json *tree = json_of_text(text);
	int rc = tree ? take_tree(tree, a, out) : -1;

	json_free(tree);
	return rc;
}

int
event_json_take(const struct record *r, struct arena *a,
                struct told_event *out)
{
	*out = (struct told_event){ .what = EVENT_NONE };
	return record_find(r, "event") < 0 ? 0
		: event_text_take(record_json(r, "event"), a, out);
}
