/*
 * How many requests may be under way, and from when on: fewer when the service
 * throttles (429, x-ms-throttle-limit-percentage), slowly more when it does
 * not.
 */
#ifndef COLLECT_GRAPH_GRAPH_PACE_H
#define COLLECT_GRAPH_GRAPH_PACE_H

#include <stdbool.h>

struct graph_pace {
	long most, limit;        /* requests at once */
	long credit;             /* answers without complaint since a change */
	bool cautious;           /* it has throttled: grow slowly */
	double hold;             /* nothing before this time */
	double cut;              /* when the limit was last halved */
	double throttled;        /* seconds waited in all */
};

void graph_pace_init(struct graph_pace *p, long most);
/* An answer came; LOAD: of the allowance, 1 is all, 0 unknown. */
void graph_pace_good(struct graph_pace *p, double load);
/*
 * The answer to a request of the time BEGAN asks to be slower, and for WAIT
 * seconds of quiet.
 */
void graph_pace_slower(struct graph_pace *p, double began, double wait,
                       double now);

#endif
