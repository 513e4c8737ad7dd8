/*
 * The service plans of an account ("assignedPlan resource type", Graph 1.0):
 * what those of Exchange Online give it.
 */
#ifndef ANALYZE_OBJECT_PLANS_H
#define ANALYZE_OBJECT_PLANS_H

#include "analyze/object/object.h"

struct plans {
	enum tristate any;       /* one is live */
	enum tristate exchange;  /* one makes it a recipient's account */
	enum tristate mailbox;   /* one gives a mailbox; UNKNOWN: a new one */
};

/* JSON is the text of assignedPlans. */
struct plans plans_read(const char *json);

#endif
