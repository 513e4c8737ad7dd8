/* Whom else a finding is about, and by when something is to be done. */
#include "analyze/findings/beside_json.h"

#include <string.h>

#include "analyze/findings/findings.h"
#include "analyze/findings/line.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/record.h"

static const char *const kinds[DEADLINE_KINDS] = {
	[DEADLINE_RESTORE] = "restore-until", [DEADLINE_ENGINE] = "engine",
	[DEADLINE_EXCHANGE] = "exchange", [DEADLINE_WAIVER] = "waiver",
};

const char *
deadline_name(enum deadline_kind k)
{
	return kinds[k];
}

int
deadline_parse(const char *text)
{
	for (int i = DEADLINE_NONE + 1; text && i < DEADLINE_KINDS; i++)
		if (strcmp(kinds[i], text) == 0)
			return i;
	return -1;
}

struct told_deadline
deadline_of(const struct finding *f)
{
	const char *expires = f->waiver ? f->waiver->expires : NULL;
	struct told_deadline out = { .kind = DEADLINE_WAIVER };

	if (f->status == STATUS_OPEN || !expires ||
	    when_from_iso(&out.date, expires) < 0)
		return f->deadline;
	return out;
}

/* ---- writing ---- */

static void
put_related(struct buf *out, const struct finding *f)
{
	buf_adds(out, ",\"related\":[");
	for (size_t i = 0; i < f->related_count; i++) {
		const struct related_object *r = &f->related[i];

		if (i)
			buf_addc(out, ',');
		line_first(out, "guid", r->guid);
		line_text(out, "name", r->name);
		line_text(out, "dn", r->dn);
		buf_addc(out, '}');
	}
	buf_addc(out, ']');
}

void
beside_put(struct buf *out, const struct finding *f)
{
	const struct told_deadline until = deadline_of(f);
	char day[WHEN_TEXT];

	if (f->related_count)
		put_related(out, f);
	if (until.kind == DEADLINE_NONE)
		return;
	when_format_day(until.date, day);
	buf_adds(out, ",\"deadline\":");
	line_first(out, "date", day);
	line_text(out, "kind", kinds[until.kind]);
	buf_addc(out, '}');
}

/* ---- reading ---- */

static void
take_related(const struct json *list, struct arena *a, struct finding *out)
{
	struct related_object *to = arena_alloc(a, json_count(list) *
	                                        sizeof(*to) + 1);

	out->related = to;
	for (const struct json *j = json_first(list); j; j = json_next(j))
		to[out->related_count++] = (struct related_object){
			line_copy(j, "guid", a), line_copy(j, "name", a),
			line_copy(j, "dn", a)
		};
}

static void
take_deadline(const struct json *tree, struct finding *out)
{
	const char *date = json_string(json_get(tree, "date"));
	int kind = deadline_parse(json_string(json_get(tree, "kind")));
	when_t day;

	if (kind > 0 && date && when_from_iso(&day, date) == 0)
		out->deadline = (struct told_deadline){
			(enum deadline_kind)kind, day
		};
}

void
beside_take(const char *others, const char *deadline, struct arena *a,
            struct finding *out)
{
	struct json *related = json_of_text(others);
	struct json *until = json_of_text(deadline);

	if (json_kind(related) == JSON_ARRAY)
		take_related(related, a, out);
	if (until)
		take_deadline(until, out);
	json_free(related);
	json_free(until);
}
