/* The rules as a screen of objects, while a model is built. */
#include "analyze/rules/rules.h"

#include <stdlib.h>

#include "base/mem.h"

struct rule_screen {
	struct screen screen;
	struct rule_choice of;
	struct rule_plan plan;
	struct check **lanes;
	unsigned lane_count;
};

static bool
judges_holders(const struct rule_plan *p)
{
	for (size_t i = 0; i < p->part_count; i++)
		if (p->parts[i].for_count[SIDE_AD][KIND_FOLDER] ||
		    p->parts[i].for_count[SIDE_AD][KIND_DYNAMIC_GROUP])
			return true;
	return false;
}

static unsigned
open_screen(struct screen *s, const struct model *m)
{
	static const struct {
		enum need need;
		enum screen_want want;
	} wants[] = {
		{ NEED_FORECAST, SCREEN_FORECAST },
		{ NEED_SHARERS, SCREEN_SHARERS },
		{ NEED_UNCLAIMED, SCREEN_UNCLAIMED },
		{ NEED_MEMBERS, SCREEN_MEMBERS },
		{ NEED_REPEATS, SCREEN_REPEATS },
	};
	struct rule_screen *r = (struct rule_screen *)s;
	unsigned out = 0;

	rule_plan_open(&r->plan, &r->of, m);
	for (unsigned i = 0; i < r->lane_count; i++)
		r->lanes[i] = check_new(&r->plan, NULL, NULL);
	for (size_t i = 0; i < sizeof(wants) / sizeof(wants[0]); i++)
		if (r->plan.needs & wants[i].need)
			out |= wants[i].want;
	return judges_holders(&r->plan) ? out | SCREEN_HOLDERS : out;
}

static bool
suspects(struct screen *s, unsigned lane, const struct object *o)
{
	return check_screen(((struct rule_screen *)s)->lanes[lane], o);
}

static void
close_screen(struct screen *s)
{
	struct rule_screen *r = (struct rule_screen *)s;

	for (unsigned i = 0; i < r->lane_count; i++)
		check_free(r->lanes[i]);
	rule_plan_close(&r->plan);
}

struct screen *
screen_new(const struct rule_choice *of, unsigned jobs)
{
	struct rule_screen *r = xcalloc(1, sizeof(*r));

	*r = (struct rule_screen){
		.screen = { open_screen, suspects, close_screen }, .of = *of,
		.lane_count = crew_lanes(jobs),
	};
	r->lanes = xcalloc(r->lane_count, sizeof(struct check *));
	return &r->screen;
}

void
screen_free(struct screen *s)
{
	struct rule_screen *r = (struct rule_screen *)s;

	if (r)
		free(r->lanes);
	free(r);
}
