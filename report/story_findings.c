/* All of the object are held to be sorted: there are few. */
#include "report/story_findings.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/wrap.h"
#include "report/since.h"

/* A finding, and the place of its rule in the catalogue: the last of none. */
struct ranked_finding {
	struct finding f;
	size_t rule, number;
};

struct ranked_list {
	struct ranked_finding *items;
	size_t count, room;
	struct arena texts;
};

static bool
is_about(const struct finding *f, const struct told_by *by)
{
	if (by->guid && f->guid)
		return strcasecmp(by->guid, f->guid) == 0;
	if (by->guid)
		return false;
	if (by->dn)
		return f->dn && strcmp(by->dn, f->dn) == 0;
	return by->object && f->object && strcmp(by->object, f->object) == 0;
}

/* Behind four blanks, as all that is said of a finding. */
static void
put_line(const char *text)
{
	wrap_print("    ", text);
}

/* WORDS and TEXT, if there is one. */
static void
put_behind(const char *words, const char *text)
{
	struct buf line = { 0 };

	if (!text)
		return;
	buf_addf(&line, "%s %s", words, text);
	put_line(line.data);
	buf_release(&line);
}

static void
put_waiver(const struct finding *f)
{
	struct buf text = { 0 };

	if (!f->waiver)
		return;
	buf_adds(&text, f->status == STATUS_OPEN ? "its waiver has expired: "
	         : "waived: ");
	waiver_tell(&text, f->waiver);
	put_line(buf_text(&text));
	buf_release(&text);
}

static void
put_message(const struct finding *f)
{
	struct buf text = { 0 };

	buf_addf(&text, "%s %s%s%s: %s.", severity_name(f->severity), f->rule,
	         f->status == STATUS_OPEN ? "" : ", ",
	         f->status == STATUS_OPEN ? "" : status_name(f->status),
	         f->message);
	wrap_hang("  ", 4, buf_text(&text));
	buf_release(&text);
}

static void
put_finding(const struct finding *f)
{
	struct buf since = { 0 };

	put_message(f);
	since_text(&since, f);
	if (since.len)
		put_line(buf_text(&since));
	buf_release(&since);
	put_behind("a conflict with the forest", f->other_forest);
	put_behind("follows from", f->follows_rule);
	put_waiver(f);
	if (f->fix)
		put_line(f->fix);
	if (f->authority && f->tool) {
		buf_addf(&since, "authority: %s; tool: %s", f->authority,
		         f->tool);
		put_line(buf_text(&since));
		buf_release(&since);
	}
}

static int
by_weight(const void *a, const void *b)
{
	const struct ranked_finding *x = a, *y = b;

	if (x->f.severity != y->f.severity)
		return x->f.severity < y->f.severity ? -1 : 1;
	if (x->rule != y->rule)
		return x->rule < y->rule ? -1 : 1;
	return x->number < y->number ? -1 : x->number > y->number;
}

static int
take(struct ranked_list *l, const struct findings *all,
     const struct told_by *by, struct err *err)
{
	struct findings_reader *r = findings_read(all, err);
	struct finding f;
	int rc = r ? 1 : -1;

	while (rc > 0 && (rc = findings_next(r, &f, err)) > 0) {
		if (!is_about(&f, by))
			continue;
		LIST_RESERVE(l->items, l->room, l->count + 1);
		l->items[l->count] = (struct ranked_finding){
			finding_copy(&f, &l->texts),
			findings_rule_number(all, f.rule),
			l->count,
		};
		l->count++;
	}
	findings_reader_close(r);
	return rc;
}

int
story_findings_print(const struct findings *all, const struct told_by *by,
                     size_t counts[SEVERITY_COUNT], struct err *err)
{
	struct ranked_list l = { 0 };
	int rc = take(&l, all, by, err);

	if (rc == 0 && l.count) {
		qsort(l.items, l.count, sizeof(*l.items), by_weight);
		printf("\nFindings\n");
	}
	for (size_t i = 0; rc == 0 && i < l.count; i++) {
		put_finding(&l.items[i].f);
		/* Readiness heeds no waiver. */
		counts[l.items[i].f.severity]++;
	}
	free(l.items);
	arena_release(&l.texts);
	return rc;
}
