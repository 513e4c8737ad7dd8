/* What exchange.json says, in words: terminal and page say the same. */
#include "analyze/findings/exchange_told.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/term.h"
#include "base/when.h"

/* From then on there is a version that has no end, 2025-07-01. */
static const when_t se_since = 1751328000;

static const char *const path_titles[EXCHANGE_PATHS] = {
	[PATH_NO_SYNC] = "without synchronization",
	[PATH_MANAGEMENT_TOOLS] = "by management tools",
	[PATH_CLOUD_MANAGED] = "by cloud-managed mailboxes",
};

const char *
exchange_path_title(enum exchange_path p)
{
	return path_titles[p];
}

const char *
path_state_title(enum path_state s)
{
	static const char *const titles[PATH_STATES] = {
		[PATH_NOT_ASSESSED] = "not assessed",
		[PATH_NOT_APPLICABLE] = "not applicable",
		[PATH_NOT_READY] = "not ready", [PATH_READY] = "ready",
	};

	return titles[s];
}

const char *
step_owner_title(enum step_owner o)
{
	static const char *const titles[STEP_OWNERS] = {
		[STEP_OF_AD] = "AD", [STEP_OF_EXCHANGE] = "Exchange",
		[STEP_OF_TENANT] = "tenant", [STEP_OF_DNS] = "DNS",
		[STEP_OF_PEOPLE] = "people",
	};

	return titles[o];
}

const char *
exchange_last_step_title(enum exchange_path p)
{
	return p == PATH_MANAGEMENT_TOOLS
		? "shut the last server down, and never uninstall it"
		: "uninstall the last server";
}

/* ---- servers ---- */

static size_t
count_support(const struct exchange_told *t, enum exchange_support support)
{
	size_t n = 0;

	for (size_t i = 0; i < t->server_count; i++)
		n += t->servers[i].support == support;
	return n;
}

/* "EX01 and 1 more have no support since 2026-10-31" */
static void
tell_ended(const struct exchange_told *t, struct buf *out)
{
	size_t n = count_support(t, EXCHANGE_SUPPORT_ENDED);
	const struct exchange_told_server *s = t->servers;

	while (s->support != EXCHANGE_SUPPORT_ENDED)
		s++;
	exchange_tell_name(t, s, out);
	if (n > 1)
		buf_addf(out, " and %zu more", n - 1);
	buf_adds(out, n > 1 ? " have no support" : " has no support");
	/* Of several each has its own day. */
	if (s->support_ends && n == 1)
		buf_addf(out, " since %s", s->support_ends);
}

/* On what it has to stay: only a version with support is one to keep. */
static void
tell_kept(const struct exchange_told *t, struct buf *out)
{
	size_t full = count_support(t, EXCHANGE_SUPPORT_FULL);

	buf_adds(out, "The last Exchange server must stay for now");
	if (t->server_count && full == t->server_count) {
		buf_adds(out, "; its version is supported");
		return;
	}
	buf_adds(out, t->as_of >= se_since ? ", on Exchange Server SE"
	         : ", on a version that has support");
	if (count_support(t, EXCHANGE_SUPPORT_ENDED)) {
		buf_adds(out, ": ");
		tell_ended(t, out);
	} else if (count_support(t, EXCHANGE_SUPPORT_PAID)) {
		buf_adds(out, ": what runs today gets paid updates only");
	}
}

/* ---- the verdict ---- */

/* The way that lacks the fewest conditions, or -1; of equals the later one. */
static int
nearest(const struct exchange_told *t)
{
	size_t best = SIZE_MAX;
	int found = -1;

	for (int p = EXCHANGE_PATHS - 1; p >= 0; p--) {
		const struct exchange_way *w = &t->ways[p];
		size_t n = w->missing_count + w->open_count;

		if (w->state == PATH_NOT_APPLICABLE || n >= best)
			continue;
		best = n;
		found = p;
	}
	return found;
}

static void
tell_nearest(const struct exchange_told *t, struct buf *out)
{
	int p = nearest(t);
	const struct exchange_way *w = p < 0 ? NULL : &t->ways[p];

	if (!w || !(w->missing_count + w->open_count))
		return;
	buf_addf(out, ". The nearest way out, %s, has ", path_titles[p]);
	if (w->missing_count)
		buf_addf(out, "%zu condition%s not met", w->missing_count,
		         w->missing_count == 1 ? "" : "s");
	if (w->missing_count && w->open_count)
		buf_adds(out, " and ");
	if (w->open_count)
		buf_addf(out, "%zu not assessed", w->open_count);
}

/* So many stand against the conditions of what a server holds. */
static uint64_t
count_held(const struct exchange_told *t)
{
	static const char *const of[] = {
		"mailboxes-moved", "archives-moved", "public-folders-moved",
	};
	uint64_t n = 0;

	for (size_t i = 0; i < t->condition_count; i++)
		for (size_t k = 0; k < sizeof(of) / sizeof(of[0]); k++)
			if (t->conditions[i].result == CONDITION_NOT_MET &&
			    strcmp(t->conditions[i].id, of[k]) == 0)
				n += t->conditions[i].count;
	return n;
}

/* Who has a mailbox in a database has it at a server, whoever says what. */
static void
tell_held(const struct exchange_told *t, uint64_t held, struct buf *out)
{
	buf_addf(out, "No Exchange server %s, and %" PRIu64 " mailbox%s, "
	         "archive%s or public folders on premises %s still: ",
	         t->server_count ? "runs, as the policy says" : "is to be seen",
	         held, held == 1 ? "" : "es", held == 1 ? "" : "s",
	         held == 1 ? "is there" : "are there");
	buf_adds(out, t->server_count
	         ? "start it again and move them, before it is down for good"
	         : "find out what became of their server before anything of "
	           "Exchange is removed");
}

static void
tell_no_server(const struct exchange_told *t, struct buf *out)
{
	uint64_t held = count_held(t);

	if (held)
		tell_held(t, held, out);
	else if (t->state != EXCHANGE_TOOLS_ONLY)
		buf_adds(out, "There is no Exchange server to let go: an "
		         "organization was prepared, and no server is in it");
	else if (t->server_count)
		buf_adds(out, "The last Exchange server is shut down, as the "
		         "policy says, and the management tools take its "
		         "place: never uninstall it");
	else
		buf_adds(out, "There is no Exchange server to let go: "
		         "recipients are managed with the management tools");
}

static void
tell_unknown(const struct exchange_told *t, struct buf *out)
{
	buf_adds(out, "Whether the last Exchange server can go is not known");
	if (t->state != EXCHANGE_UNKNOWN)
		tell_nearest(t, out);
	else if (t->reason)
		buf_addf(out, ": %s", t->reason);
}

static void
tell_never(const struct exchange_told *t, struct buf *out)
{
	buf_adds(out, t->state == EXCHANGE_SCHEMA_ONLY
	         ? "There is no Exchange server to let go: the schema has "
	         "Exchange's attributes, and no organization was created"
	         : "There is no Exchange server to let go: this forest never "
	         "had Exchange");
}

/* What is to be looked at before the last step, though all is met. */
static void
tell_remarks(const struct exchange_told *t, enum exchange_path p,
             struct buf *out)
{
	const char *before = "; but first look at: ";

	for (size_t i = 0; i < t->condition_count; i++) {
		const struct exchange_condition *c = &t->conditions[i];

		if (c->result != CONDITION_MET || !c->reason ||
		    !(c->paths & PATH_BIT(p)))
			continue;
		buf_addf(out, "%s%s (%s)", before, c->id, c->reason);
		before = ", ";
	}
}

static void
tell_go(const struct exchange_told *t, struct buf *out)
{
	static const char *const texts[VERDICT_COUNT] = {
		[VERDICT_BY_CLOUD_MANAGED] = "The last Exchange server can go: "
			"uninstall it; mailboxes are managed in Exchange "
			"Online, and synchronization stays",
		[VERDICT_BY_MANAGEMENT_TOOLS] = "The last Exchange server can "
			"be shut down, and must never be uninstalled; "
			"recipients are then managed with the management "
			"tools",
		[VERDICT_WITHOUT_SYNC] = "The last Exchange server can go: "
			"uninstall it; directory synchronization is switched "
			"off",
	};
	static const enum exchange_path ways[VERDICT_COUNT] = {
		[VERDICT_BY_CLOUD_MANAGED] = PATH_CLOUD_MANAGED,
		[VERDICT_BY_MANAGEMENT_TOOLS] = PATH_MANAGEMENT_TOOLS,
		[VERDICT_WITHOUT_SYNC] = PATH_NO_SYNC,
	};

	buf_adds(out, texts[t->verdict]);
	tell_remarks(t, ways[t->verdict], out);
	if (t->server_count < 2)
		return;
	if (t->verdict != VERDICT_BY_MANAGEMENT_TOOLS)
		buf_addf(out, "; there are %zu servers, and all of them go",
		         t->server_count);
	else
		buf_addf(out, "; this is said of %zu servers, each the last "
		         "one of its organization", t->server_count);
}

void
exchange_tell(const struct exchange_told *t, struct buf *out)
{
	static void (*const tells[VERDICT_COUNT])(
		const struct exchange_told *t, struct buf *out) = {
		[VERDICT_NOT_ASSESSED] = tell_unknown,
		[VERDICT_NEVER_NEEDED] = tell_never,
		[VERDICT_NO_SERVER] = tell_no_server,
		[VERDICT_BY_CLOUD_MANAGED] = tell_go,
		[VERDICT_BY_MANAGEMENT_TOOLS] = tell_go,
		[VERDICT_WITHOUT_SYNC] = tell_go,
		[VERDICT_MUST_KEEP] = tell_kept,
	};

	tells[t->verdict](t, out);
	if (t->verdict == VERDICT_MUST_KEEP)
		tell_nearest(t, out);
}

void
exchange_print(const struct exchange_told *t, const char *head)
{
	struct buf text = { 0 };

	/* Who never gave data of Exchange did not ask. */
	if (!t->condition_count || t->state == EXCHANGE_UNKNOWN)
		return;
	exchange_tell(t, &text);
	printf("%s: %s\n", head, term_text(text.data));
	buf_release(&text);
}

/* ---- conditions ---- */

void
exchange_tell_result(const struct exchange_condition *c, struct buf *out)
{
	static const char *const texts[CONDITION_RESULTS] = {
		[CONDITION_NOT_ASSESSED] = "not assessed",
		[CONDITION_NOT_APPLICABLE] = "not applicable",
		[CONDITION_MET] = "met", [CONDITION_NOT_MET] = "not met",
	};

	buf_adds(out, texts[c->result]);
	if (c->result == CONDITION_NOT_MET)
		buf_addf(out, ": %" PRIu64, c->count);
}

static void
tell_paths(const struct exchange_condition *c, struct buf *out)
{
	const char *before = "the way ";

	if (c->paths == PATH_BIT(EXCHANGE_PATHS) - 1) {
		buf_adds(out, "every way");
		return;
	}
	for (int p = 0; p < EXCHANGE_PATHS; p++) {
		if (!(c->paths & PATH_BIT(p)))
			continue;
		buf_addf(out, "%s%s", before, path_titles[p]);
		before = " and that ";
	}
}

void
exchange_tell_blocked(const struct exchange_told *t,
                      const struct exchange_condition *c, struct buf *out)
{
	/* There is nothing to let go, so no way to it. */
	if (t->verdict == VERDICT_NO_SERVER) {
		buf_adds(out, "blocks nothing: there is no server to let go");
		return;
	}
	buf_adds(out, c->kind == CONDITION_BLOCKS ? "blocks "
	         : "blocks nothing, a task on ");
	tell_paths(c, out);
}

void
exchange_tell_evidence(const struct exchange_evidence *e, struct buf *out)
{
	const char *name = e->dn ? e->dn : e->guid;

	if (name)
		buf_adds(out, name);
	if (e->attribute)
		buf_addf(out, "%s%s", name ? ": " : "", e->attribute);
	if (e->value)
		buf_addf(out, "%s%s", e->attribute ? " " : name ? ": " : "",
		         e->value);
}

bool
exchange_is_work(const struct exchange_told *t,
                 const struct exchange_condition *c)
{
	if (c->result != CONDITION_NOT_MET &&
	    c->result != CONDITION_NOT_ASSESSED)
		return false;
	if (t->verdict != VERDICT_NO_SERVER ||
	    c->paths == PATH_BIT(EXCHANGE_PATHS) - 1)
		return true;
	/* Who has the tools keeps them in order. */
	return c->kind == CONDITION_TASK && t->state == EXCHANGE_TOOLS_ONLY &&
	       (c->paths & PATH_BIT(PATH_MANAGEMENT_TOOLS));
}

uint64_t
exchange_untold(const struct exchange_condition *c, size_t n)
{
	uint64_t all = c->evidence_count;

	if (n > c->evidence_count)
		n = c->evidence_count;
	/* Hints are not counted, and an object may be told twice. */
	if (c->result == CONDITION_NOT_MET && c->count > all)
		all = c->count;
	return all - n;
}

const char *
exchange_moot(const struct exchange_told *t)
{
	for (size_t i = 0; i < t->condition_count; i++)
		if (t->conditions[i].result != CONDITION_NOT_APPLICABLE)
			return NULL;
	if (!t->condition_count || !t->conditions[0].reason)
		return "there is nothing to judge";
	return t->conditions[0].reason;
}
