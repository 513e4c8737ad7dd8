/* What a run with a baseline counts: in the manifest, and printed. */
#include "analyze/findings/baseline.h"

#include <stdio.h>

#include "analyze/findings/findings.h"
#include "base/json.h"

static const char *const keys[AGE_COUNT] = {
	[AGE_NEW] = "new", [AGE_NOT_COMPARED] = "notCompared",
	[AGE_BEFORE] = "openBefore", [AGE_REOPENED] = "reopened",
};

void
baseline_to_json(struct json *o, const struct findings *f,
                 const uint64_t ages[AGE_COUNT])
{
	char text[WHEN_TEXT];
	struct json *e;

	if (!f->baseline.is)
		return;
	e = json_add_object(o, "baseline");
	when_format(f->baseline.as_of, text);
	json_add_text(e, "asOf", text);
	for (int i = 0; i < AGE_COUNT; i++)
		json_add_count(e, keys[i], ages[i]);
}

void
baseline_from_json(const struct json *o, struct judged_baseline *out)
{
	const char *as_of = json_string(json_get(o, "asOf"));

	*out = (struct judged_baseline){ .is = false };
	if (!as_of || when_from_iso(&out->as_of, as_of) < 0)
		return;
	out->is = true;
	for (int i = 0; i < AGE_COUNT; i++)
		out->ages[i] = json_count_of(o, keys[i]);
}

void
baseline_print(const struct judged_baseline *b)
{
	char day[WHEN_TEXT];

	if (!b->is)
		return;
	when_format_day(b->as_of, day);
	printf("%llu new since %s, %llu open since before, %llu reopened",
	       (unsigned long long)b->ages[AGE_NEW], day,
	       (unsigned long long)b->ages[AGE_BEFORE],
	       (unsigned long long)b->ages[AGE_REOPENED]);
	if (b->ages[AGE_NOT_COMPARED])
		printf("; %llu of what was not judged then",
		       (unsigned long long)b->ages[AGE_NOT_COMPARED]);
	printf("\n");
}
