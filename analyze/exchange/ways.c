/* The ways out, and the verdict, of what the conditions say. */
#include "analyze/exchange/conditions.h"

#include "base/mem.h"

/* Whether there is a server that could go. */
static bool
has_server(enum exchange_state s)
{
	return s == EXCHANGE_SERVERS || s == EXCHANGE_UNKNOWN;
}

/* The numbers of those that block the way, and are IS. */
static size_t
blocking(const struct exchange_told *t, enum exchange_path p,
         enum condition_result is, struct arena *a, const size_t **out)
{
	size_t *list = arena_alloc(a, (t->condition_count + 1) * sizeof(*list));
	size_t n = 0;

	for (size_t i = 0; i < t->condition_count; i++)
		if (t->conditions[i].kind == CONDITION_BLOCKS &&
		    (t->conditions[i].paths & PATH_BIT(p)) &&
		    t->conditions[i].result == is)
			list[n++] = i;
	*out = list;
	return n;
}

static struct exchange_way
way_of(const struct exchange_told *t, enum exchange_path p, struct arena *a)
{
	struct exchange_way w = { .state = PATH_NOT_APPLICABLE };

	if (!has_server(t->state))
		return w;
	w.missing_count = blocking(t, p, CONDITION_NOT_MET, a, &w.missing);
	w.open_count = blocking(t, p, CONDITION_NOT_ASSESSED, a, &w.open);
	w.state = w.missing_count ? PATH_NOT_READY
		: w.open_count ? PATH_NOT_ASSESSED : PATH_READY;
	return w;
}

/* In the order in which they are recommended. */
static const struct {
	enum exchange_path path;
	enum exchange_verdict verdict;
} best[EXCHANGE_PATHS] = {
	{ PATH_CLOUD_MANAGED, VERDICT_BY_CLOUD_MANAGED },
	{ PATH_MANAGEMENT_TOOLS, VERDICT_BY_MANAGEMENT_TOOLS },
	{ PATH_NO_SYNC, VERDICT_WITHOUT_SYNC },
};

static enum exchange_verdict
verdict_of(const struct exchange_told *t)
{
	size_t closed = 0;

	if (t->state == EXCHANGE_NONE || t->state == EXCHANGE_SCHEMA_ONLY)
		return VERDICT_NEVER_NEEDED;
	if (!has_server(t->state))
		return VERDICT_NO_SERVER;
	for (int i = 0; i < EXCHANGE_PATHS; i++) {
		enum path_state is = t->ways[best[i].path].state;

		if (is == PATH_READY && t->state == EXCHANGE_SERVERS)
			return best[i].verdict;
		closed += is == PATH_NOT_READY;
	}
	return closed == EXCHANGE_PATHS ? VERDICT_MUST_KEEP
	                                : VERDICT_NOT_ASSESSED;
}

void
ways_judge(struct arena *a, struct exchange_told *out)
{
	for (int p = 0; p < EXCHANGE_PATHS; p++)
		out->ways[p] = way_of(out, (enum exchange_path)p, a);
	out->verdict = verdict_of(out);
}
