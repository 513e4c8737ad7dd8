/* What was collected of the domains of AD and of the tenant. */
#include "analyze/model/model.h"

#include "analyze/object/object.h"

/* A snapshot that speaks for a part, and the number of the domain in it. */
struct voice {
	const struct snapshot *from;     /* NULL: none does */
	size_t at;
};

/*
 * The voices of a part, one by one; *AT begins as 0. Of all domains those speak
 * that have objects; if none has, the newest snapshot does.
 */
static bool
next_voice(struct model_part p, enum section s, size_t *at, struct voice *out)
{
	const struct domains *ds = &p.m->domains;

	*out = (struct voice){ NULL, ALL_DOMAINS };
	if (section_side(s) == SIDE_TENANT)
		out->from = p.m->tenant;
	else if (p.d)
		*out = (struct voice){ p.d->present, p.d->at };
	else if (!ds->with_objects)
		out->from = p.m->ad_count ? p.m->ad[0] : NULL;
	else {
		while (*at < ds->count && !ds->items[*at].objects)
			++*at;
		if (*at < ds->count)
			*out = (struct voice){ ds->items[*at].present,
			                       ds->items[*at].at };
		return (*at)++ < ds->count;
	}
	return (*at)++ == 0;
}

static enum section_state
state_of(struct voice v, enum section s)
{
	if (!v.from)
		return SECTION_NOT_ASKED;
	return snapshot_domain_state(v.from, v.at, s);
}

/* The first voice of the part that says the least of the section. */
static struct voice
least_voice(struct model_part p, enum section s)
{
	static const int rank[] = {
		[SECTION_NOT_ASKED] = 0, [SECTION_REFUSED] = 1,
		[SECTION_PARTIAL] = 2, [SECTION_COMPLETE] = 3,
	};
	struct voice v, least = { NULL, ALL_DOMAINS };
	int worst = rank[SECTION_COMPLETE] + 1;

	for (size_t at = 0; next_voice(p, s, &at, &v); )
		if (rank[state_of(v, s)] < worst) {
			worst = rank[state_of(v, s)];
			least = v;
		}
	return least;
}

enum section_state
part_state(struct model_part p, enum section s)
{
	return state_of(least_voice(p, s), s);
}

const char *
part_reason(struct model_part p, enum section s)
{
	const struct voice v = least_voice(p, s);

	return v.from ? snapshot_domain_reason(v.from, v.at, s) : NULL;
}

bool
part_complete(struct model_part p, enum section s)
{
	struct voice v;

	for (size_t at = 0; next_voice(p, s, &at, &v); )
		if (!v.from ||
		    !snapshot_domain_has_all_objects(v.from, v.at, s))
			return false;
	return true;
}

bool
part_covers(struct model_part p, enum section s, enum attr attr)
{
	const char *name = attr_name(section_side(s), attr);
	struct voice v;

	for (size_t at = 0; name && next_voice(p, s, &at, &v); )
		if (!v.from ||
		    !snapshot_domain_covers(v.from, v.at, s, name))
			return false;
	return true;
}

/* Of the first voice that does not say that it asked for it. */
struct snapshot_asking
part_asking(struct model_part p, enum section s, const char *attribute)
{
	struct snapshot_asking out = { .asked = ASKING_ALL };
	struct voice v;

	for (size_t at = 0; out.asked == ASKING_ALL &&
	     next_voice(p, s, &at, &v); ) {
		if (v.from)
			out = snapshot_domain_asking(v.from, v.at, s,
			                             attribute);
		else
			out.asked = ASKING_NONE;
	}
	return out;
}

/* Of all voices together. */
struct snapshot_lack
part_lack(struct model_part p, enum section s, const char *attribute)
{
	struct snapshot_lack out = { .attribute = attribute };
	struct voice v;

	for (size_t at = 0; next_voice(p, s, &at, &v); ) {
		struct snapshot_lack one = { 0 };

		if (v.from)
			one = snapshot_domain_lack(v.from, v.at, s, attribute);
		if (one.objects && !out.reason)
			out.reason = one.reason;
		out.objects += one.objects;
	}
	return out;
}

uint64_t
part_lines(struct model_part p, enum section s)
{
	if (!p.d || section_side(s) == SIDE_TENANT)
		return model_lines(p.m, s);
	return p.d->present ? snapshot_domain_objects(p.d->present, p.d->at, s)
	                    : 0;
}

bool
part_has_history(struct model_part p)
{
	return p.d ? p.d->history > 0 : p.m->history_count > 0;
}

bool
part_is_filtered(struct model_part p, enum section s)
{
	struct voice v;

	for (size_t at = 0; next_voice(p, s, &at, &v); )
		if (v.from && snapshot_requested(v.from, "filter"))
			return true;
	return false;
}

bool
model_complete(const struct model *m, enum section s)
{
	return part_complete((struct model_part){ m, NULL }, s);
}

bool
model_covers(const struct model *m, enum section s, enum attr attr)
{
	return part_covers((struct model_part){ m, NULL }, s, attr);
}
