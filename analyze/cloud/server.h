/* Limits of what the sync server does, and its scope: a part of this room. */
#ifndef ANALYZE_CLOUD_SERVER_H
#define ANALYZE_CLOUD_SERVER_H

#include "analyze/cloud/judging.h"

judge_limit judge_rules;
judge_limit judge_devices;
judge_limit judge_sign_in;
judge_limit judge_build;
judge_limit judge_engine_places;
judge_limit judge_move_places;
judge_limit judge_excluded;
judge_limit judge_group_filter;
judge_limit judge_forests;
judge_limit judge_public_cloud;

#endif
