/* Waivers in words, for the terminal and the page alike. */
#include "analyze/findings/findings.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/term.h"

/* The terminal shows so many; the page and the manifest have more. */
enum { FATED_TOLD = 5 };

const char *
waiver_result_name(enum status result)
{
	return result == STATUS_WAIVED ? "accepted" : status_name(result);
}

int
waiver_result_parse(enum status *out, const char *text)
{
	for (int s = STATUS_OPEN + 1; s < STATUS_COUNT; s++)
		if (strcmp(waiver_result_name((enum status)s), text) == 0) {
			*out = (enum status)s;
			return 0;
		}
	return -1;
}

const char *
waiver_fate_name(enum waiver_fate fate)
{
	static const char *const names[] = {
		[WAIVER_EXPIRED] = "expired", [WAIVER_UNUSED] = "unused",
		[WAIVER_NOT_KNOWN] = "not-known",
		[WAIVER_EXPIRING] = "expiring",
	};

	return names[fate];
}

static const char *
copied(const char *text, struct arena *a)
{
	return text ? arena_strdup(a, text) : NULL;
}

const struct told_waiver *
waiver_copy(const struct told_waiver *w, struct arena *a)
{
	struct told_waiver *out = w ? arena_alloc(a, sizeof(*out)) : NULL;

	if (w)
		*out = (struct told_waiver){
			copied(w->reason, a), copied(w->owner, a),
			copied(w->ticket, a), copied(w->expires, a), w->result,
		};
	return out;
}

void
waiver_tell(struct buf *out, const struct told_waiver *w)
{
	const char *parts[] = { w->owner, w->ticket, w->expires };
	const char *before = " (";

	buf_adds(out, w->reason ? w->reason : "no reason");
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (!parts[i])
			continue;
		buf_addf(out, "%s%s%s", before, parts[i] == w->expires
		         ? "until " : "", parts[i]);
		before = ", ";
	}
	if (*before == ',')
		buf_addc(out, ')');
}

static void
put_findings(struct buf *out, uint64_t n)
{
	buf_addf(out, "%" PRIu64 " finding%s", n, n == 1 ? "" : "s");
}

void
waiver_tell_fate(struct buf *out, const struct waiver_fated *w)
{
	buf_addf(out, "%s:%" PRIu64 ": %s of %s: ", w->file, w->line, w->rule,
	         w->object);
	switch (w->fate) {
	case WAIVER_EXPIRED:
		buf_addf(out, "expired on %s, ", w->told.expires);
		put_findings(out, w->findings);
		buf_adds(out, w->findings == 1 ? " is open again"
		         : " are open again");
		break;
	case WAIVER_EXPIRING:
		buf_addf(out, "expires on %s, of ", w->told.expires);
		put_findings(out, w->findings);
		break;
	case WAIVER_NOT_KNOWN:
		buf_adds(out, "not known whether it is used");
		break;
	default:
		buf_adds(out, "is not used");
		break;
	}
	if (w->why)
		buf_addf(out, ": %s", w->why);
}

static void
print_numbers(const struct waivers_told *w, enum causes_style style)
{
	static const char *const words[] = {
		[WAIVER_EXPIRED] = "expired with findings that are open again",
		[WAIVER_UNUSED] = "not used",
		[WAIVER_NOT_KNOWN] = "not known whether used",
		[WAIVER_EXPIRING] = "soon to expire",
	};

	printf("%s: %" PRIu64 ", used %" PRIu64, style == CAUSES_OF_RUN
	       ? "waivers" : "Waivers", w->count, w->used);
	for (int i = 0; i < WAIVER_FATES; i++)
		if (w->by_fate[i])
			printf(", %s %" PRIu64, words[i], w->by_fate[i]);
	printf("\n");
}

/* Each fate has its share, so that none hides another. */
static void
print_fated(const struct waivers_told *w)
{
	uint64_t told[WAIVER_FATES] = { 0 };

	for (size_t i = 0; i < w->item_count; i++) {
		const struct waiver_fated *one = &w->items[i];
		struct buf text = { 0 };

		if (++told[one->fate] > FATED_TOLD)
			continue;
		waiver_tell_fate(&text, one);
		printf("  %s\n", term_text(text.data));
		buf_release(&text);
	}
	for (int i = 0; i < WAIVER_FATES; i++)
		if (w->by_fate[i] > FATED_TOLD)
			printf("  and %" PRIu64 " more: %s\n",
			       w->by_fate[i] - FATED_TOLD,
			       waiver_fate_name((enum waiver_fate)i));
}

void
waivers_print(const struct findings *f, enum causes_style style)
{
	const struct waivers_told *w = &f->waivers;

	if (!w->file_count)
		return;
	printf("%s", style == CAUSES_OF_RUN ? "waived:" : "Waived:");
	for (int s = 0; s < SEVERITY_COUNT; s++)
		printf("%s %" PRIu64 " %s", s ? "," : "", w->waived[s],
		       severity_name((enum severity)s));
	printf("\n");
	print_numbers(w, style);
	print_fated(w);
}
