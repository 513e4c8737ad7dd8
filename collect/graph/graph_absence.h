/*
 * Whether "there is no such object" can be believed. A list that is not found
 * may be of an owner that was deleted meanwhile; it may as well be a replica
 * that does not know the owner yet, a page that was lost, or a proxy. What is
 * not known is never read as empty.
 */
#ifndef COLLECT_GRAPH_GRAPH_ABSENCE_H
#define COLLECT_GRAPH_GRAPH_ABSENCE_H

struct graph_failure;
struct graph_walk;

enum absence {
	ABSENCE_KNOWN,           /* it is gone */
	ABSENCE_ASK,             /* ask for the owner itself */
	ABSENCE_DOUBT,           /* try again; F says why */
};

/* Of F, which is GRAPH_GONE and came for a page of W. */
enum absence graph_absence_of_page(const struct graph_walk *w,
                                   struct graph_failure *f);
/* Of F, which came when W's owner was asked for itself. */
enum absence graph_absence_of_owner(struct graph_failure *f);

#endif
