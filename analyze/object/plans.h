/*
 * The service plans of an account ("assignedPlan resource type", Graph 1.0):
 * whether one of them gives a mailbox.
 */
#ifndef ANALYZE_OBJECT_PLANS_H
#define ANALYZE_OBJECT_PLANS_H

#include <stdbool.h>

/* JSON is the text of assignedPlans. */
bool plans_have_exchange(const char *json);

#endif
