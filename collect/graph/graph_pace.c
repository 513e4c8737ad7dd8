/*
 * Halves the requests at once when the service throttles, and adds to them
 * slowly afterwards.
 */
#include "collect/graph/graph_pace.h"

enum { AT_FIRST = 8 };

/* Graph tells its load from 0.8 of the allowance on. */
static const double much = 0.8;

void
graph_pace_init(struct graph_pace *p, long most)
{
	*p = (struct graph_pace){
		.most = most, .limit = most < AT_FIRST ? most : AT_FIRST,
	};
}

void
graph_pace_good(struct graph_pace *p, double load)
{
	if (++p->credit < p->limit)
		return;
	p->credit = 0;
	if (load >= much) {
		p->cautious = true;
		if (p->limit > 1)
			p->limit--;
	} else {
		p->limit = p->cautious ? p->limit + 1 : 2 * p->limit;
	}
	if (p->limit > p->most)
		p->limit = p->most;
}

void
graph_pace_slower(struct graph_pace *p, double began, double wait, double now)
{
	double from = p->hold > now ? p->hold : now;

	p->cautious = true;
	p->credit = 0;
	/* What was under way together complains together. */
	if (began >= p->cut) {
		p->limit = p->limit > 1 ? p->limit / 2 : 1;
		p->cut = now;
	}
	if (now + wait > from) {
		p->throttled += now + wait - from;
		p->hold = now + wait;
	}
}
