/* Limits of what there is in AD: a part of this room. */
#ifndef ANALYZE_CLOUD_OBJECTS_H
#define ANALYZE_CLOUD_OBJECTS_H

#include "analyze/cloud/judging.h"

judge_limit judge_domain_objects;
judge_limit judge_all_objects;
judge_limit judge_large_groups;
judge_limit judge_across;
judge_limit judge_merged;

#endif
