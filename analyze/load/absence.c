/* A list that is there and empty was asked for no attribute that shows. */
#include "analyze/load/absence.h"

bool
absence_is_told(const struct snapshot *from, size_t at, enum section s)
{
	return !snapshot_requested(from, "filter") &&
	       snapshot_domain_has_all_objects(from, at, s) &&
	       (!snapshot_domain_objects(from, at, s) ||
	        snapshot_domain_covers(from, at, s, attr_name(section_side(s),
	                                                      ATTR_GUID)));
}
