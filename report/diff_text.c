/* What two folders differ in, on a terminal: by rule and cause. */
#include "report/diff.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/term.h"
#include "base/wrap.h"
#include "report/diff_groups.h"

enum { EXAMPLES = 3, NOTES_MAX = 8 };

static const char *const titles[CHANGE_KINDS] = {
	[CHANGE_NEW] = "new", [CHANGE_REOPENED] = "reopened",
	[CHANGE_FIXED] = "fixed", [CHANGE_STILL_OPEN] = "still open",
	[CHANGE_WAIVED] = "waived", [CHANGE_NOT_COMPARABLE] = "not comparable",
};

static void
print_head(const struct compared_folders *of)
{
	static const char *const words[] = { "old", "new" };
	const char *notes[NOTES_MAX];
	struct arena a = { 0 };
	size_t n = diff_notes(of, &a, notes, NOTES_MAX);

	for (int i = 0; i < DIFFERENCE_SIDES; i++) {
		char when[WHEN_TEXT];

		when_format(of->findings[i]->as_of, when);
		printf("%s: %s, as of %s, by %s\n", words[i],
		       term_text(of->names[i]), when,
		       term_text(of->findings[i]->tool_version));
	}
	for (size_t i = 0; i < n; i++)
		wrap_print("note: ", notes[i]);
	arena_release(&a);
}

/* "new: 3 (1 high, 2 low)". */
static void
print_counts(const struct change_counts *c)
{
	struct buf text = { 0 };

	for (int k = 0; k < CHANGE_KINDS; k++) {
		buf_clear(&text);
		for (int s = 0; s < SEVERITY_COUNT; s++)
			if (c->of[k][s])
				buf_addf(&text, "%s%" PRIu64 " %s",
				         text.len ? ", " : "", c->of[k][s],
				         severity_name((enum severity)s));
		printf("%s: %" PRIu64 "%s%s%s\n", titles[k],
		       change_count(c, (enum change_kind)k),
		       text.len ? " (" : "", buf_text(&text),
		       text.len ? ")" : "");
	}
	buf_release(&text);
}

static void
print_group(const struct diff_group *g)
{
	struct buf text = { 0 };
	char head[16];

	snprintf(head, sizeof(head), "  %-8s ", severity_name(g->severity));
	buf_addf(&text, "%" PRIu64 " %s: %s", g->count, g->rule, g->title);
	if (g->why)
		buf_addf(&text, ": %s", g->why);
	wrap_print(head, buf_text(&text));
	for (size_t i = 0; i < g->line_count; i++)
		wrap_print("           - ", g->lines[i]);
	if (g->line_count && g->line_count < g->count)
		printf("           and %" PRIu64 " more\n",
		       g->count - g->line_count);
	buf_release(&text);
}

static void
print_kind(const struct diff_groups *g, size_t *at)
{
	const struct diff_group *first = &g->items[*at];
	bool split = first->kind == CHANGE_NOT_COMPARABLE;

	printf("\n%s%s:\n", titles[first->kind], !split ? ""
	       : first->side == BEFORE ? ", of the old ones that are not found"
	       : ", of the new ones");
	while (*at < g->count && g->items[*at].kind == first->kind &&
	       (!split || g->items[*at].side == first->side))
		print_group(&g->items[(*at)++]);
}

static int
collect(struct diff_groups *g, struct findings_diff *d,
        struct change_counts *out, struct err *err)
{
	struct finding_change c;
	int rc;

	while ((rc = findings_diff_next(d, &c, err)) > 0) {
		change_counts_add(out, &c);
		diff_groups_add(g, &c);
	}
	return rc;
}

/* What is open as before takes few lines, unless all is asked for. */
static void
shorten(struct diff_groups *g, enum diff_extent extent)
{
	for (size_t i = 0; i < g->count; i++)
		if (extent == DIFF_EXAMPLES &&
		    g->items[i].kind == CHANGE_STILL_OPEN)
			g->items[i].line_count = 0;
}

int
diff_print_text(const struct compared_folders *of, struct findings_diff *d,
                enum diff_extent extent, struct change_counts *out,
                struct err *err)
{
	struct diff_groups g;
	int rc = diff_groups_init(&g, of, extent == DIFF_ALL ? SIZE_MAX
	                          : EXAMPLES, err);

	if (rc == 0)
		rc = collect(&g, d, out, err);
	if (rc == 0) {
		diff_groups_sort(&g);
		shorten(&g, extent);
		print_head(of);
		print_counts(out);
		for (size_t i = 0; i < g.count; )
			print_kind(&g, &i);
	}
	diff_groups_release(&g);
	return rc;
}
