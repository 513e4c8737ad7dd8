/*
 * The service plans of an account ("assignedPlan resource type", Graph 1.0):
 * whether one of them gives a mailbox, or anything else.
 */
#ifndef ANALYZE_OBJECT_PLANS_H
#define ANALYZE_OBJECT_PLANS_H

enum plans {
	PLANS_NONE,              /* none is live */
	PLANS_OTHER,             /* one is, but none gives a mailbox */
	PLANS_EXCHANGE,
};

/* The most that any gives; JSON is the text of assignedPlans. */
enum plans plans_read(const char *json);

#endif
