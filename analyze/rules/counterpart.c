/* The other side's section of what a rule judges, and whether it is there. */
#include "analyze/rules/counterpart.h"

enum section
counterpart_of(enum section s)
{
	enum side other = section_side(s) == SIDE_AD ? SIDE_TENANT : SIDE_AD;

	return section_of(other, section_kind(s));
}

bool
counterpart_is_whole(struct model_part p, enum section counterpart)
{
	return part_complete(p, counterpart) &&
	       !part_is_filtered(p, counterpart);
}

/* Of a tenant with several domains those count whose objects are all there. */
bool
counterpart_is_somewhere(const struct model *m, enum section counterpart)
{
	for (size_t i = 0; i < m->domains.count; i++) {
		const struct domain *d = &m->domains.items[i];

		if (d->objects && counterpart_is_whole(
		    (struct model_part){ m, d }, counterpart))
			return true;
	}
	return false;
}
