/* Whether what is no longer found was repaired, and what shows that. */
#include "analyze/findings/repair_settle.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

enum { VALUES_TOLD = 3 };

/* ---- objects that are gone ---- */

/* The section of AD that has objects of the class; NULL: none does. */
static const char *
section_of(const char *class)
{
	static const struct {
		const char *class, *section;
	} of[] = {
		{ "user", "ad.users" }, { "group", "ad.groups" },
		{ "contact", "ad.contacts" }, { "computer", "ad.computers" },
	};

	for (size_t i = 0; class && i < sizeof(of) / sizeof(of[0]); i++)
		if (strcmp(of[i].class, class) == 0)
			return of[i].section;
	return NULL;
}

/* Whether all of a section was read where the domain was. */
static bool
is_complete(const struct findings *f, const char *snapshot,
            const char *section)
{
	for (size_t i = 0; i < f->section_count; i++) {
		const struct judged_section *s = &f->sections[i];

		if (strcmp(s->section, section) == 0 &&
		    strcmp(s->snapshot, snapshot) == 0)
			return strcmp(s->state, "complete") == 0;
	}
	return false;
}

static bool
was_read(const struct findings *f, const char *domain, const char *section)
{
	for (size_t i = 0; i < f->forest_count; i++)
		for (size_t k = 0; k < f->forests[i].domain_count; k++) {
			const struct judged_domain *d =
				&f->forests[i].domains[k];

			if (d->name && utf8_same_domain(d->name, domain))
				return is_complete(f, d->snapshot, section);
		}
	return false;
}

/*
 * Only who was in the older forecast can have gone from the newer one, which
 * has all of its class that were read.
 */
static bool
is_gone(const struct repair *r, const struct diff_side sides[DIFFERENCE_SIDES])
{
	const char *section = section_of(r->class);

	return r->of_ad && r->domain && section && r->flaw->told[BEFORE].is &&
	       !r->flaw->told[AFTER].is && sides[AFTER].counts->forecasts &&
	       was_read(sides[AFTER].f, r->domain, section);
}

/* ---- values ---- */

static bool
has_line(const char *lines, const char *line, size_t len)
{
	for (const char *p = lines; p && *p; ) {
		size_t n = strcspn(p, "\n");

		if (n == len && memcmp(p, line, len) == 0)
			return true;
		p += n + (p[n] == '\n');
	}
	return false;
}

/* Appends the lines of A that B has not, behind HEAD; how many. */
static size_t
put_lost(struct buf *out, const char *head, const char *a, const char *b)
{
	size_t n = 0, told = 0;

	for (const char *p = a; p && *p; ) {
		size_t len = strcspn(p, "\n");

		if (!has_line(b, p, len) && n++ < VALUES_TOLD) {
			buf_adds(out, told++ ? ", " : head);
			buf_add(out, p, len);
		}
		p += len + (p[len] == '\n');
	}
	if (n > told)
		buf_addf(out, " and %zu more", n - told);
	return n;
}

static bool
is_list(const char *text)
{
	return text && strchr(text, '\n');
}

/* "mail: was a, is b"; false: it is not known to have changed. */
static bool
put_value(struct buf *out, const struct repair *r)
{
	const struct object_told *was = &r->flaw->told[BEFORE];
	const struct object_told *is = &r->flaw->told[AFTER];

	if (!r->flaw->attribute || !was->is || !is->is || !was->known ||
	    !is->known || (!was->value && !is->value) ||
	    (was->value && is->value && strcmp(was->value, is->value) == 0))
		return false;
	buf_adds(out, r->flaw->attribute);
	if (is_list(was->value) || is_list(is->value)) {
		size_t lost = put_lost(out, " has lost ", was->value,
		                       is->value);

		put_lost(out, lost ? ", and got " : " has got ", is->value,
		         was->value);
	} else if (!was->value) {
		buf_addf(out, " is now %s", is->value);
	} else if (!is->value) {
		buf_addf(out, " has no value now; it was %s", was->value);
	} else {
		buf_addf(out, " is now %s; it was %s", is->value, was->value);
	}
	return true;
}

/* Whether AD has the very value in which the rule saw it. */
static bool
is_unchanged(const struct repair *r)
{
	const struct object_told *was = &r->flaw->told[BEFORE];
	const struct object_told *is = &r->flaw->told[AFTER];

	return r->flaw->attribute && was->is && is->is && was->known &&
	       is->known && was->value && is->value &&
	       strcmp(was->value, is->value) == 0;
}

/* ---- what happened to the object ---- */

static void
put_times(struct buf *out, const struct repair *r)
{
	char after[WHEN_TEXT], by[WHEN_TEXT];

	when_format_day(r->dated[0], after);
	when_format_day(r->dated[1], by);
	if (r->dated[0] == r->dated[1])
		buf_addf(out, " on %s", by);
	else if (r->dated[0] == WHEN_NONE)
		buf_addf(out, " by %s", by);
	else
		buf_addf(out, " between %s and %s", after, by);
}

/* Where the object is now, and whether it is enabled, if that is new. */
static bool
put_state(struct buf *out, const struct repair *r)
{
	const struct object_told *was = &r->flaw->told[BEFORE];
	const struct object_told *is = &r->flaw->told[AFTER];
	const char *scope = NULL, *enabled = NULL;

	if (!was->is || !is->is)
		return false;
	if (was->in_scope >= 0 && is->in_scope >= 0 &&
	    was->in_scope != is->in_scope)
		scope = is->in_scope ? "it is in the sync scope now"
		                     : "it is out of the sync scope now";
	if (was->enabled == 1 && is->enabled == 0)
		enabled = "its account is disabled now";
	if (scope)
		buf_adds(out, scope);
	if (enabled)
		buf_addf(out, "%s%s", scope ? ", and " : "", enabled);
	return scope || enabled;
}

/* Who is disabled again has not got what lacked when he was enabled. */
static bool
is_suspended(const struct repair *r)
{
	const struct object_told *is = &r->flaw->told[AFTER];

	return r->event.what == EVENT_ENABLED && !r->happened && is->is &&
	       is->enabled == 0 && is->in_scope != 0;
}

/* ---- the verdict ---- */

/* What proves it, even where the rule did not look at everything. */
static bool
put_proof(struct buf *out, const struct repair *r)
{
	bool is_event = r->event.what != EVENT_NONE;

	if (r->happened) {
		buf_adds(out, r->dates_value && put_value(out, r)
		         ? "; changed" : r->happened);
		put_times(out, r);
		return true;
	}
	/* Values that were not asked for look like none. */
	if (r->flaw->told[AFTER].value &&
	    (!is_event || r->event.what == EVENT_CLEARED))
		return put_value(out, r);
	return is_event && put_state(out, r);
}

/* What is known beside that the rule looked and found nothing. */
static void
put_evidence(struct buf *out, const struct repair *r)
{
	if (put_proof(out, r) || put_value(out, r) || put_state(out, r))
		return;
	buf_adds(out, "the rule looked again, and does not find it");
	if (is_unchanged(r))
		buf_addf(out, "; %s is what it was", r->flaw->attribute);
}

static void
put_gone(struct buf *out, const struct repair *r)
{
	buf_addf(out, "the object is gone: %s has it no more", r->domain);
	if (r->happened && !r->dates_value) {
		buf_addf(out, "; %s", r->happened);
		put_times(out, r);
	}
}

static bool
is_by_other_rules(const struct diff_side sides[DIFFERENCE_SIDES])
{
	return strcmp(sides[BEFORE].f->tool_version,
	              sides[AFTER].f->tool_version) != 0;
}

/* Why it is not known; false: it is. */
static bool
put_doubt(struct buf *out, const struct repair *r,
          const struct diff_side sides[DIFFERENCE_SIDES])
{
	char after[WHEN_TEXT];

	if (r->compared->is != COMPARABLE) {
		buf_adds(out, r->compared->why);
	} else if (!r->sees_event) {
		when_format(r->event.after, after);
		buf_addf(out, "the snapshots do not reach back to %s, before "
		         "it happened", r->event.after == WHEN_NONE
		         ? "the time" : after);
	} else if (is_unchanged(r) && is_by_other_rules(sides)) {
		buf_addf(out, "%s is what it was; the rules of %s judge it "
		         "otherwise", r->flaw->attribute,
		         sides[AFTER].f->tool_version);
	} else {
		return false;
	}
	return true;
}

/*
 * An event's rule looks at nothing without an older snapshot: what undoes the
 * event is proof all the same.
 */
static bool
may_be_proved(const struct repair *r)
{
	enum event_what what = r->event.what;

	return r->compared->is <= COMPARABLE_IN_PART ||
	       (r->compared->is == COMPARABLE_IF_GONE && r->sees_event &&
	        (what == EVENT_ENABLED || what == EVENT_RETURNED_TO_SCOPE ||
	         what == EVENT_CLEARED));
}

/* Its place shows that, whether or not the rule can look for others. */
static bool
came_back(const struct repair *r)
{
	const struct object_told *was = &r->flaw->told[BEFORE];
	const struct object_told *is = &r->flaw->told[AFTER];

	return r->compared->is != COMPARABLE_NOT &&
	       r->event.what == EVENT_LEFT_SCOPE &&
	       was->is && was->in_scope == 0 && is->is && is->in_scope == 1;
}

void
repair_settle(struct repair *r, const struct diff_side sides[DIFFERENCE_SIDES],
              struct buf *out)
{
	buf_clear(out);
	r->kind = CHANGE_FIXED;
	r->suspended = false;
	if (r->compared->is != COMPARABLE_NOT && is_gone(r, sides)) {
		put_gone(out, r);
	} else if (r->compared->is != COMPARABLE_NOT && is_suspended(r)) {
		r->kind = CHANGE_NOT_COMPARABLE;
		r->suspended = true;
		buf_adds(out, "its account is disabled now: whether its "
		         "password is in the tenant shows when it is enabled");
	} else if ((may_be_proved(r) || came_back(r)) && put_proof(out, r)) {
		r->kind = CHANGE_FIXED;
	} else if (put_doubt(out, r, sides)) {
		r->kind = CHANGE_NOT_COMPARABLE;
	} else {
		put_evidence(out, r);
	}
	if (r->kind == CHANGE_FIXED && r->flaw->again)
		buf_addf(out, "; the rule finds the same of %s",
		         r->flaw->again);
	r->reason = buf_text(out);
}
