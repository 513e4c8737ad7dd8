/* The line of a timeline: written and read. */
#include "analyze/findings/timeline_lines.h"

#include <string.h>

#include "analyze/findings/line.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/record.h"

static const char *const happened_words[HAPPENED_COUNT] = {
	[HAPPENED_CREATED] = "created", [HAPPENED_MOVED] = "moved",
	[HAPPENED_RENAMED] = "renamed", [HAPPENED_DISABLED] = "disabled",
	[HAPPENED_ENABLED] = "enabled",
	[HAPPENED_PASSWORD_SET] = "password-set",
	[HAPPENED_VALUE_CHANGED] = "value-changed",
	[HAPPENED_VALUE_CLEARED] = "value-cleared",
	[HAPPENED_LICENSED] = "licensed", [HAPPENED_UNLICENSED] = "unlicensed",
	[HAPPENED_DELETED] = "deleted", [HAPPENED_RESTORED] = "restored",
	[HAPPENED_RE_CREATED] = "re-created",
	[HAPPENED_CONVERTED] = "converted",
	[HAPPENED_LEFT_SCOPE] = "left-scope",
	[HAPPENED_RETURNED] = "returned-to-scope",
	[HAPPENED_SOFT_DELETED] = "soft-deleted",
};

static const char *const side_words[TOLD_SIDES] = {
	[TOLD_AD] = "ad", [TOLD_TENANT] = "tenant",
};

static int
word_in(const char *const *words, int count, const char *text)
{
	for (int i = 0; text && i < count; i++)
		if (strcmp(words[i], text) == 0)
			return i;
	return -1;
}

const char *
happened_name(enum happened h)
{
	return happened_words[h];
}

int
happened_parse(const char *text)
{
	return word_in(happened_words, HAPPENED_COUNT, text);
}

const char *
told_side_name(enum told_side s)
{
	return side_words[s];
}

int
told_side_parse(const char *text)
{
	return word_in(side_words, TOLD_SIDES, text);
}

/* ---- writing ---- */

static void
put_event(struct buf *out, const struct timeline_event *e)
{
	line_first(out, "what", happened_name(e->what));
	line_time(out, "after", e->after);
	line_time(out, "by", e->by);
	line_text(out, "side", told_side_name(e->side));
	line_text(out, "sure", event_sure_name(e->sure));
	line_text(out, "attribute", e->attribute);
	line_text(out, "from", e->from);
	line_text(out, "to", e->to);
	line_text(out, "snapshot", e->snapshot);
	if (e->until != WHEN_NONE)
		line_time(out, "until", e->until);
	buf_addc(out, '}');
}

void
findings_put_timeline(struct findings_batch *b, const struct timeline *t)
{
	struct buf *out = &b->timeline;

	line_first(out, "side", told_side_name(t->side));
	line_text(out, "guid", t->guid);
	line_text(out, "dn", t->dn);
	line_text(out, "class", t->class);
	line_text(out, "upn", t->upn);
	if (t->sam)
		line_text(out, "sAMAccountName", t->sam);
	if (t->mail)
		line_text(out, "mail", t->mail);
	if (t->object)
		line_text(out, "object", t->object);
	buf_adds(out, ",\"events\":[");
	for (size_t i = 0; i < t->event_count; i++) {
		buf_adds(out, i ? "," : "");
		put_event(out, &t->events[i]);
	}
	buf_adds(out, "]}\n");
	b->timeline_count++;
}

/* ---- reading ---- */

static int
take_event(const struct json *j, struct arena *a, struct timeline_event *out)
{
	int what = happened_parse(json_string(json_get(j, "what")));
	int side = told_side_parse(json_string(json_get(j, "side")));
	int sure = event_sure_parse(json_string(json_get(j, "sure")));

	if (what < 0 || side < 0 || sure < 0)
		return -1;
	*out = (struct timeline_event){
		.what = (enum happened)what, .side = (enum told_side)side,
		.sure = (enum event_sure)sure,
		.attribute = line_copy(j, "attribute", a),
		.from = line_copy(j, "from", a), .to = line_copy(j, "to", a),
		.snapshot = line_copy(j, "snapshot", a),
	};
	if (line_time_take(j, "after", &out->after) < 0 ||
	    line_time_take(j, "by", &out->by) < 0)
		return -1;
	return line_time_take(j, "until", &out->until);
}

static int
take_events(const struct json *list, struct arena *a, struct timeline *out)
{
	struct timeline_event *to = arena_alloc(a,
		json_count(list) * sizeof(*to) + 1);

	out->events = to;
	for (const struct json *j = json_first(list); j; j = json_next(j))
		if (take_event(j, a, &to[out->event_count++]) < 0)
			return -1;
	return 0;
}

int
timeline_take(const struct record *r, struct arena *a, struct timeline *out)
{
	int side = told_side_parse(record_text(r, "side"));
	struct json *tree;
	int rc;

	*out = (struct timeline){
		.guid = record_text(r, "guid"), .dn = record_text(r, "dn"),
		.class = record_text(r, "class"),
		.upn = record_text(r, "upn"),
		.sam = record_text(r, "sAMAccountName"),
		.mail = record_text(r, "mail"),
		.object = record_text(r, "object"),
	};
	if (side < 0 || !out->class ||
	    (!out->guid && !out->dn && !out->object))
		return -1;
	out->side = (enum told_side)side;
	tree = record_tree(r, "events");
	rc = tree ? take_events(tree, a, out) : -1;
	json_free(tree);
	return rc;
}
