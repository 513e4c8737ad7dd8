/* What was judged: evidence for whoever doubts the rest of the page. */
#include "report/html_judged.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "report/html.h"
#include "report/view.h"

/* With one, there is nothing to tell apart. */
static size_t
domain_count(const struct findings *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->forest_count; i++)
		n += f->forests[i].domain_count;
	return n;
}

static void
put_sides(struct buf *out, const struct findings *f,
          const struct judged_snapshot *s)
{
	buf_adds(out, "<td data-name=\"Holds\">");
	html_value(out, s->sides);
	for (size_t i = 0; domain_count(f) > 1 && i < s->domain_count; i++) {
		buf_adds(out, "<small>");
		html_value(out, s->domains[i]);
		buf_adds(out, "</small>");
	}
	buf_adds(out, "</td>");
}

static void
put_snapshots(struct buf *out, const struct findings *f)
{
	buf_adds(out, "<h2>What was judged</h2>\n<table>\n<thead><tr>"
	         "<th scope=\"col\">Snapshot</th><th scope=\"col\">Collected"
	         "</th><th scope=\"col\">Holds</th><th scope=\"col\">Role</th>"
	         "<th scope=\"col\">SHA-256 of its manifest</th></tr></thead>"
	         "\n<tbody>\n");
	for (size_t i = 0; i < f->snapshot_count; i++) {
		const struct judged_snapshot *s = &f->snapshots[i];
		char when[WHEN_TEXT];

		when_format(s->collected, when);
		buf_adds(out, "<tr><td>");
		html_value(out, s->name);
		buf_adds(out, "</td>");
		html_cell(out, "Collected", when);
		put_sides(out, f, s);
		html_cell(out, "Role", s->role);
		html_cell(out, "SHA-256", s->digest);
		buf_adds(out, "</tr>\n");
	}
	buf_adds(out, "</tbody>\n</table>\n");
}

static void
put_domain(struct buf *out, const struct judged_domain *d)
{
	char when[WHEN_TEXT];

	when_format(d->collected, when);
	html_cell(out, "Domain", forest_domain_name(d));
	html_cell(out, "SID", d->sid);
	html_cell(out, "Snapshot", d->snapshot);
	html_cell(out, "Collected", when);
	buf_addf(out, "<td class=\"number\" data-name=\"Older snapshots\">%zu"
	         "</td></tr>\n", d->history);
}

static void
put_domains(struct buf *out, const struct view *v)
{
	if (domain_count(v->findings) <= 1)
		return;
	buf_adds(out, "<table>\n<caption>Domains</caption>\n<thead><tr>"
	         "<th scope=\"col\">Forest</th><th scope=\"col\">Domain</th>"
	         "<th scope=\"col\">SID</th><th scope=\"col\">Snapshot</th>"
	         "<th scope=\"col\">Collected</th>"
	         "<th scope=\"col\" class=\"number\">Older snapshots</th>"
	         "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < v->forests.count; i++) {
		const struct told_forest *f = &v->forests.items[i];

		for (size_t k = 0; k < f->forest->domain_count; k++) {
			buf_adds(out, "<tr><td>");
			html_value(out, f->name);
			buf_adds(out, "</td>");
			put_domain(out, &f->forest->domains[k]);
		}
	}
	buf_adds(out, "</tbody>\n</table>\n");
}

/* Whether a section was read of several snapshots. */
static bool
has_twice(const struct findings *f)
{
	for (size_t i = 0; i < f->section_count; i++)
		for (size_t k = 0; k < i; k++)
			if (strcmp(f->sections[i].section,
			           f->sections[k].section) == 0)
				return true;
	return false;
}

static void
put_sections(struct buf *out, const struct findings *f)
{
	bool twice = has_twice(f);

	buf_adds(out, "<table>\n<caption>Sections of the present</caption>\n"
	         "<thead><tr><th scope=\"col\">Section</th>");
	if (twice)
		buf_adds(out, "<th scope=\"col\">Snapshot</th>");
	buf_adds(out, "<th scope=\"col\">State</th>"
	         "<th scope=\"col\" class=\"number\">Objects</th>"
	         "<th scope=\"col\">Why</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < f->section_count; i++) {
		const struct judged_section *s = &f->sections[i];

		buf_adds(out, "<tr><td>");
		html_text(out, s->title);
		buf_adds(out, "</td>");
		if (twice)
			html_cell(out, "Snapshot", s->snapshot);
		html_cell(out, "State", judged_section_is_asked(s)
		         ? s->state : "not collected");
		buf_addf(out, "<td class=\"number\" data-name=\"Objects\">%"
		         PRIu64 "</td>", s->objects);
		html_cell(out, "Why", s->reason);
		buf_adds(out, "</tr>\n");
	}
	buf_adds(out, "</tbody>\n</table>\n");
}

static void
put_setting(struct buf *out, const char *name, const char *state,
            const char *means)
{
	buf_adds(out, "<tr><td>");
	html_text(out, name);
	buf_adds(out, "</td>");
	html_cell(out, "State", state);
	html_cell(out, "Meaning", means);
	buf_adds(out, "</tr>\n");
}

/* When it last ran, and at how many deletions it stops. */
static void
put_run(struct buf *out, const struct judged_sync *s)
{
	char last[WHEN_TEXT];
	struct buf text = { 0 };

	put_setting(out, "Synchronization", enabled_text(s->on), NULL);
	put_setting(out, "Last synchronization", sync_last_text(s, last),
	            NULL);
	if (s->prevention)
		buf_addf(&text, "%s", s->prevention);
	if (s->alert)
		buf_addf(&text, "%s%" PRIu64, text.len ? ", " : "", s->alert);
	put_setting(out, "Prevention of accidental deletions", text.len
	            ? text.data : "not collected", NULL);
	buf_release(&text);
}

static bool
has_feature(const struct judged_sync *s)
{
	for (size_t i = 0; i < s->feature_count; i++)
		if (s->features[i].on != ENABLED_UNKNOWN)
			return true;
	return false;
}

static void
put_sync(struct buf *out, const struct judged_sync *s)
{
	if (!s)
		return;
	buf_adds(out, "<table>\n<caption>What the tenant says of its "
	         "synchronization</caption>\n<thead><tr>"
	         "<th scope=\"col\">Setting</th><th scope=\"col\">State</th>"
	         "<th scope=\"col\">Meaning</th></tr></thead>\n<tbody>\n");
	put_run(out, s);
	if (!has_feature(s))
		put_setting(out, "Switches of synchronization",
		            enabled_text(ENABLED_UNKNOWN), NULL);
	for (size_t i = 0; has_feature(s) && i < s->feature_count; i++)
		put_setting(out, s->features[i].name,
		            enabled_text(s->features[i].on),
		            s->features[i].means);
	buf_adds(out, "</tbody>\n</table>\n");
}

/* Nobody has to move: it is folded away. */
static void
put_cloud(struct buf *out, const struct cloud_limits *all)
{
	if (!all->count)
		return;
	buf_adds(out, "<details>\n<summary>What stands against Cloud Sync in "
	         "place of Connect</summary>\n<table>\n<thead><tr>"
	         "<th scope=\"col\">Limit</th><th scope=\"col\">State</th>"
	         "<th scope=\"col\">Evidence</th><th scope=\"col\">Source"
	         "</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < all->count; i++) {
		const struct cloud_limit *l = &all->items[i];

		buf_addf(out, "<tr><td>%s", l->of == LIMIT_OF_MOVE
		         ? "Guided move: " : "");
		html_text(out, l->text);
		buf_adds(out, "</td>");
		html_cell(out, "State", limit_state_text(l->state));
		html_cell(out, "Evidence", l->evidence);
		buf_adds(out, "<td data-name=\"Source\">");
		html_source(out, l->source);
		buf_adds(out, "</td></tr>\n");
	}
	buf_adds(out, "</tbody>\n</table>\n</details>\n");
}

/* What the judgement rests on where nobody said anything. */
static void
put_assumed(struct buf *out, const struct findings *f)
{
	if (f->policy_name || !f->assumed_count)
		return;
	buf_adds(out, "<h2>Assumed, since there is no policy</h2>\n<ul>\n");
	for (size_t i = 0; i < f->assumed_count; i++)
		html_element(out, "li", f->assumed[i]);
	buf_adds(out, "</ul>\n");
}

void
html_judged(struct buf *out, const struct view *v)
{
	put_assumed(out, v->findings);
	put_snapshots(out, v->findings);
	put_sync(out, v->findings->sync);
	put_cloud(out, &v->findings->cloud);
	put_domains(out, v);
	put_sections(out, v->findings);
}
