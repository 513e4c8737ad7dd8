/* Tells what lacks; see lacking.h. */
#include "collect/import/lacking.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/term.h"
#include "collect/import/again.h"
#include "collect/import/wrap.h"
#include "collect/snapshot/snapshot.h"

/* A section while it is told of. */
struct lacking_table {
	struct buf *out;
	const struct claims *claims;
	struct snapshot_writer *w;
	enum section section;
};

static bool
is_of(const struct lacking_table *t, size_t i, enum purpose p)
{
	const struct reads *r = reads_at(i);

	return r->purpose == p && section_set_has(&r->sections, t->section);
}

static bool
lacks_it(const struct lacking_table *t, size_t i)
{
	const char *name = reads_at(i)->name;

	return snapshot_written_asking(t->w, t->section, name).asked !=
	       ASKING_ALL || snapshot_written_lack(t->w, t->section, name);
}

/* Whether no object has it. */
static bool
is_unknown(const struct lacking_table *t, size_t i)
{
	const char *name = reads_at(i)->name;

	return snapshot_written_asking(t->w, t->section, name).asked ==
	       ASKING_NONE || snapshot_written_lack(t->w, t->section, name) >=
	       snapshot_count(t->w, t->section);
}

/* What lacks for a purpose. */
struct purpose_gap {
	enum purpose purpose;
	bool *lacks;             /* by number of the row in reads.h */
	bool all;                /* nothing is known of it */
	bool any;
};

/* Whether it is one of those of which one will do. */
static bool
is_one(const struct reads *r)
{
	return r->want == WANT_ONE || r->want == WANT_INSTEAD;
}

/* Whether one of those that will do is there, or none is asked for. */
static bool
has_one(const struct lacking_table *t, const struct purpose_gap *g)
{
	bool any = false;

	for (size_t i = 0; i < reads_count(); i++) {
		if (!is_of(t, i, g->purpose) || !is_one(reads_at(i)))
			continue;
		if (!g->lacks[i])
			return true;
		any = true;
	}
	return !any;
}

/* What the tenant reports is wanted by who asked for it of some files. */
static bool
is_wanted(const struct lacking_table *t, size_t i)
{
	const struct reads *r = reads_at(i);

	return r->want != WANT_NONE || (r->purpose == PURPOSE_ERRORS &&
	       snapshot_written_asking(t->w, t->section, r->name).asked ==
	       ASKING_PARTLY);
}

/* Whether anything lacks for the purpose. */
static bool
find_gap(const struct lacking_table *t, struct purpose_gap *g)
{
	bool one;

	for (size_t i = 0; i < reads_count(); i++)
		g->lacks[i] = is_of(t, i, g->purpose) &&
		              is_wanted(t, i) && lacks_it(t, i);
	one = has_one(t, g);
	g->all = true;
	for (size_t i = 0; i < reads_count(); i++) {
		bool wanted = is_of(t, i, g->purpose) &&
		              is_wanted(t, i);

		if (is_one(reads_at(i)) && one)
			g->lacks[i] = false;
		g->any = g->any || g->lacks[i];
		g->all = g->all && (!wanted ||
		         (g->lacks[i] && is_unknown(t, i)));
	}
	return g->any;
}

/* "11 rules"; what no rule reads, the forecast does. */
static void
add_cost(const struct lacking_table *t, const struct purpose_gap *g,
         struct buf *out)
{
	size_t rules = readers_stopped(t->section, g->lacks);

	if (g->purpose == PURPOSE_MATCHING && g->all &&
	    section_side(t->section) == SIDE_TENANT)
		rules = readers_matching(t->section);
	if (rules)
		buf_addf(out, "%zu rule%s", rules, rules == 1 ? "" : "s");
	else
		buf_adds(out, "the forecast");
}

/* "proxyAddresses", "mail [not in b.csv]", "mail [lost]". */
static void
add_name(const struct lacking_table *t, size_t i, struct buf *out)
{
	const char *name = reads_at(i)->name;
	struct snapshot_asking is = snapshot_written_asking(t->w, t->section,
	                                                    name);

	buf_adds(out, name);
	if (snapshot_written_lack(t->w, t->section, name))
		buf_adds(out, " [values lost]");
	else if (is.asked == ASKING_PARTLY)
		buf_addf(out, " [not in %s]", term_text(is.without));
}

static void
add_gap(const struct lacking_table *t, const struct purpose_gap *g)
{
	struct purpose_word word = purpose_word(g->purpose);
	struct wrap w = wrap_begin(t->out, 2, WRAP_TEXT);
	struct buf text = { 0 };
	const char *join = " (";

	buf_addf(&text, "%s %s %s: ", word.name, word.verb,
	         g->all ? "not known" : "known in part only");
	add_cost(t, g, &text);
	for (size_t i = 0; i < reads_count(); i++) {
		if (!g->lacks[i] || reads_at(i)->want == WANT_INSTEAD)
			continue;
		buf_adds(&text, join);
		add_name(t, i, &text);
		join = ", ";
	}
	buf_addc(&text, ')');
	buf_add(&text, "", 0);
	wrap_words(&w, buf_text(&text));
	wrap_end(&w);
	buf_release(&text);
}

static void
add_head(struct lacking_table *t, const struct claim *c)
{
	size_t n = claims_count(t->claims, t->section);
	struct wrap w;
	char *text;

	text = n > 1 ? xasprintf("%s: %s and %zu other%s lack what rules and "
	                         "the forecast read",
	                         section_title(t->section),
	                         term_text(c->input), n - 1,
	                         n == 2 ? "" : "s")
	             : xasprintf("%s: %s lacks what rules and the forecast "
	                         "read", section_title(t->section),
	                         term_text(c->input));
	buf_addc(t->out, '\n');
	w = wrap_begin(t->out, 0, WRAP_TEXT);
	wrap_words(&w, text);
	wrap_end(&w);
	free(text);
}

/* What else the user can say, and what to run. */
static void
add_cure(struct lacking_table *t, const struct claim *c)
{
	/* Arrays of JSON come of PowerShell, or of what cannot select. */
	enum tool tool = c->tool == TOOL_GRAPH && !c->is_answer
		? TOOL_GRAPH_POWERSHELL : c->tool;

	if (claims_doubt(t->claims, t->section))
		buf_adds(t->out, "  what is empty for every object may not "
		         "have been asked for;\n  if it was, and there is "
		         "none: --empty-is-none\n");
	if (c->cover == COVER_SEEN && section_side(t->section) == SIDE_AD)
		buf_adds(t->out, "  if the files hold every attribute that is "
		         "set: --all-attributes\n");
	if (!again_knows(t->section))
		return;
	buf_adds(t->out, "  to export it again:\n");
	again_add(t->out, t->section, tool, claims_domain(t->claims));
}

static void
add_section(struct lacking_table *t, bool *lacks)
{
	const struct claim *c = claims_of(t->claims, t->section);
	bool any = false;

	for (int p = 0; c && p < PURPOSE_COUNT; p++) {
		struct purpose_gap g = {
			.purpose = (enum purpose)p, .lacks = lacks,
		};

		if (!find_gap(t, &g))
			continue;
		if (!any)
			add_head(t, c);
		any = true;
		add_gap(t, &g);
	}
	if (any)
		add_cure(t, c);
}

void
lacking_add(struct buf *out, const struct claims *c,
            struct snapshot_writer *w)
{
	bool *lacks = xcalloc(reads_count(), sizeof(*lacks));
	struct lacking_table t = { .out = out, .claims = c, .w = w };

	for (int s = 0; s < SECTION_COUNT; s++) {
		t.section = (enum section)s;
		if (snapshot_count(w, t.section))
			add_section(&t, lacks);
	}
	free(lacks);
}
