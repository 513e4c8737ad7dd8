/*
 * Groups that were migrated with their source anchor: the new one has the old
 * one's objectGUID in ms-DS-ConsistencyGuid.
 */
#ifndef ANALYZE_LOAD_GROUP_ANCHORS_H
#define ANALYZE_LOAD_GROUP_ANCHORS_H

#include "analyze/load/registry.h"

/*
 * Gives such a group the account of the old one, where that is out of scope:
 * Graph tells no anchor of groups, but the account has the old one's SID. AD is
 * indexed, and its anchors are built. 0, or -1 with ERR filled.
 */
int group_anchors_follow(struct registry *g, struct err *err);

#endif
