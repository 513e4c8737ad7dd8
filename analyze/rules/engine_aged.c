/* What is known of a build, and so of the server that has it. */
#include "analyze/rules/engine_aged.h"

#include "analyze/data/data.h"
#include "analyze/rules/rules.h"
#include "base/mem.h"

/* A build retires so long after the next one has appeared. */
enum { RETIRES_DAYS = 365 };

/* ---- what is known of a build ---- */

enum supported {
	SUPPORTED, SUPPORT_ENDED,
	SUPPORT_UNSAID,            /* the file does not say it */
};

/* The first build that is the same or newer; the count: there is none. */
static size_t
first_from(const struct engine_ages *e, const struct build *b)
{
	size_t i = 0;

	while (i < e->build_count && (e->builds[i].is_withdrawn ||
	       build_compare(&e->builds[i].build.is, b) < 0))
		i++;
	return i;
}

/* The last one that is the same or older; the count: there is none. */
static size_t
last_to(const struct engine_ages *e, const struct build *b)
{
	size_t found = e->build_count;

	for (size_t i = 0; i < e->build_count; i++)
		if (!e->builds[i].is_withdrawn &&
		    build_compare(&e->builds[i].build.is, b) <= 0)
			found = i;
	return found;
}

/* Support ends with the last day; a build without one has no successor. */
static bool
is_supported(const struct engine_ages *e, const struct engine_build *b,
             when_t now)
{
	return b->ends == WHEN_NONE ? now < e->as_of + RETIRES_DAYS * WHEN_DAY
	                            : now < b->ends + WHEN_DAY;
}

static bool
has_ended(const struct engine_build *b, when_t now)
{
	return b->ends != WHEN_NONE && now >= b->ends + WHEN_DAY;
}

static const struct engine_build *
withdrawn_build(const struct engine_ages *e, const struct build *b)
{
	for (size_t i = 0; i < e->build_count; i++)
		if (e->builds[i].is_withdrawn &&
		    build_compare(&e->builds[i].build.is, b) == 0)
			return &e->builds[i];
	return NULL;
}

/* What is between two builds ends between their days. */
static enum supported
support_of(const struct engine_ages *e, const struct build *b, when_t now,
           const struct engine_build **by)
{
	size_t from = first_from(e, b), to = last_to(e, b);

	*by = from < e->build_count ? &e->builds[from] : NULL;
	if (withdrawn_build(e, b))
		return SUPPORTED;
	if (*by && has_ended(*by, now))
		return SUPPORT_ENDED;
	return *by && to < e->build_count &&
	       is_supported(e, &e->builds[to], now) ? SUPPORTED
	                                            : SUPPORT_UNSAID;
}

/* The newest row of which the build is below, since then; or NULL. */
static const struct engine_floor *
floor_of(const struct engine_floor *all, size_t n, const struct build *b,
         when_t now)
{
	const struct engine_floor *found = NULL;

	for (size_t i = 0; i < n; i++)
		if (now >= all[i].from &&
		    build_compare(b, &all[i].below.is) < 0 &&
		    (!found || all[i].from > found->from))
			found = &all[i];
	return found;
}

/* ---- the server ---- */

/*
 * That the tenant was synchronized since the build should have stopped shows
 * that it has not, or is another one.
 */
static bool
ran_since(const struct model *m, const struct engine_floor *stop)
{
	return stop && m->sync.last != WHEN_NONE &&
	       m->sync.last >= stop->from + WHEN_DAY;
}

/* The first that was not run past: what stands still is not stopped again. */
static const struct engine_floor *
stop_of(const struct model *m, const struct engine_ages *e,
        const struct build *b)
{
	const struct engine_floor *one, *found = NULL;

	for (one = e->stops; one < e->stops + e->stop_count; one++)
		if (m->as_of >= one->from && !ran_since(m, one) &&
		    build_compare(b, &one->below.is) < 0 &&
		    (!found || one->from < found->from))
			found = one;
	return found ? found : floor_of(e->stops, e->stop_count, b, m->as_of);
}

static enum age
age_of(const struct model *m, struct aged *is)
{
	const struct engine_ages *e = data_engine(m->data);
	const struct build *b = &is->engine->build;
	enum supported s;

	is->stop = stop_of(m, e, b);
	is->flaw = floor_of(e->flaws, e->flaw_count, b, m->as_of);
	is->ran = ran_since(m, is->stop);
	s = support_of(e, b, m->as_of, &is->ends);
	is->is_unsaid = s == SUPPORT_UNSAID;
	if (is->stop && !is->ran)
		return AGE_STOPPED;
	if (s == SUPPORT_ENDED)
		return AGE_ENDED;
	if (withdrawn_build(e, b))
		return AGE_WITHDRAWN;
	return is->flaw ? AGE_FLAWED : s == SUPPORT_UNSAID ? AGE_UNSAID
	                                                   : AGE_GOOD;
}

struct aged
aged_server(const struct model *m, struct arena *a)
{
	struct aged is = { .engine = sync_engine_connect(m, a) };

	if (m->data && m->as_of != WHEN_NONE && is.engine &&
	    is.engine->build_text)
		is.age = age_of(m, &is);
	return is;
}

struct told_deadline
engine_end(const struct aged *is)
{
	when_t end = is->age == AGE_STOPPED ? is->stop->from
		: is->ends ? is->ends->ends : WHEN_NONE;

	return (struct told_deadline){
		end == WHEN_NONE ? DEADLINE_NONE : DEADLINE_ENGINE, end
	};
}

struct told_deadline
rules_engine_end(const struct model *m)
{
	struct arena scratch = { 0 };
	struct aged is = aged_server(m, &scratch);
	struct told_deadline end = engine_end(&is);

	arena_release(&scratch);
	return end;
}
