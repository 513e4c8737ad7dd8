/* Prints timelines, the newest event first. */
#include "report/story_past.h"

#include <stdio.h>
#include <string.h>

#include "base/term.h"

static void
put_when(const struct timeline_event *e)
{
	char after[WHEN_TEXT], by[WHEN_TEXT];

	if (e->after == e->by) {
		when_format(e->by, by);
		printf("  %s", by);
		return;
	}
	when_format_day(e->after, after);
	when_format_day(e->by, by);
	if (strcmp(after, by) == 0) {
		when_format(e->after, after);
		when_format(e->by, by);
	}
	if (e->after == WHEN_NONE)
		printf("  by %s", by);
	else
		printf("  between %s and %s", after, by);
}

static void
put_event(const struct timeline_event *e)
{
	char until[WHEN_TEXT];

	put_when(e);
	printf("  %s%s, %s", happened_name(e->what),
	       e->sure == EVENT_LIKELY ? " (likely)" : "",
	       e->side == TOLD_AD ? "AD" : "tenant");
	if (e->attribute)
		printf(": %s", term_text(e->attribute));
	if (e->until != WHEN_NONE) {
		when_format_day(e->until, until);
		printf("; can be restored until %s", until);
	}
	printf("\n");
	if (e->from || e->to) {
		printf("    %s", e->from ? term_text(e->from) : "none");
		printf(" -> %s\n", e->to ? term_text(e->to) : "none");
	}
	if (e->snapshot)
		printf("    before, in %s\n", term_text(e->snapshot));
}

static void
put_head(const struct timeline *t)
{
	const char *name = t->upn ? t->upn : t->sam ? t->sam : t->dn ? t->dn
		: t->guid ? t->guid : t->object;

	printf("%s (%s%s)\n", term_text(name), term_text(t->class),
	       t->side == TOLD_AD ? ", not in AD any more" : ", in the tenant");
	if (t->dn)
		printf("  %s\n", term_text(t->dn));
	if (t->guid)
		printf("  %s %s\n", t->side == TOLD_AD ? "objectGUID" : "id",
		       term_text(t->guid));
}

long
story_past_print(const struct findings *f, const struct past_sought *s,
                 enum past_head head, struct err *err)
{
	struct findings_reader *r;
	struct timeline one;
	long found = 0;
	int rc;

	if (!timeline_is_there(f))
		return 0;
	r = timeline_read(f, err);
	rc = r ? 1 : -1;
	while (rc > 0 && (rc = timeline_next(r, &one, err)) > 0) {
		if (!s->is(s, &one))
			continue;
		if (head == PAST_HEADED && found)
			printf("\n----\n\n");
		if (head == PAST_HEADED)
			put_head(&one);
		printf("\nWhat happened\n");
		for (size_t i = 0; i < one.event_count; i++)
			put_event(&one.events[i]);
		found++;
	}
	findings_reader_close(r);
	return rc < 0 ? -1 : found;
}
