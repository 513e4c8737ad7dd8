/* The attributes that custom filters name. */
#include "analyze/policy/filter_value.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

/* How a member of the object becomes text. */
enum shape { SHAPE_TEXT, SHAPE_NUMBER, SHAPE_FLAG, SHAPE_TEXTS };

static const struct member_row {
	enum attr attr;
	enum shape shape;
	size_t offset;
} members[] = {
#define AT(member) offsetof(struct object, member)
	{ ATTR_DN, SHAPE_TEXT, AT(dn) },
	{ ATTR_SAM, SHAPE_TEXT, AT(sam) },
	{ ATTR_UPN, SHAPE_TEXT, AT(upn) },
	{ ATTR_DISPLAY_NAME, SHAPE_TEXT, AT(display_name) },
	{ ATTR_CN, SHAPE_TEXT, AT(cn) },
	{ ATTR_MAIL, SHAPE_TEXT, AT(mail) },
	{ ATTR_MAIL_NICKNAME, SHAPE_TEXT, AT(mail_nickname) },
	{ ATTR_TARGET, SHAPE_TEXT, AT(target) },
	{ ATTR_ADMIN_DESCRIPTION, SHAPE_TEXT, AT(ad.admin_description) },
	{ ATTR_ADMIN_COUNT, SHAPE_TEXT, AT(ad.admin_count) },
	{ ATTR_LEGACY_DN, SHAPE_TEXT, AT(ad.legacy_dn) },
	{ ATTR_DESCRIPTION, SHAPE_TEXT, AT(ad.description) },
	{ ATTR_UAC, SHAPE_NUMBER, AT(ad.control) },
	{ ATTR_GROUP_TYPE, SHAPE_NUMBER, AT(ad.group_type) },
	{ ATTR_RECIPIENT_TYPE, SHAPE_NUMBER, AT(ad.recipient_type) },
	{ ATTR_CRITICAL, SHAPE_FLAG, AT(ad.critical) },
	{ ATTR_HIDDEN, SHAPE_FLAG, AT(ad.hidden) },
	{ ATTR_PROXIES, SHAPE_TEXTS, 0 },
#undef AT
};

enum {
	MEMBERS = sizeof(members) / sizeof(members[0]),
	/* The model reads it, and keeps too little of it to compare. */
	SOURCE_LOST = MEMBERS,
	SOURCE_CUSTOM,           /* the first of the custom ones */
};

/* What the model reads of AD under that name; ATTR_COUNT: nothing. */
static enum attr
attr_called(const char *name)
{
	int a = 0;

	if (ascii_casecmp(name, "distinguishedName") == 0)
		return ATTR_DN;
	for (; a < ATTR_COUNT; a++) {
		const char *known = attr_name(SIDE_AD, (enum attr)a);

		if (known && ascii_casecmp(known, name) == 0)
			break;
	}
	return (enum attr)a;
}

static size_t
member_of(enum attr attr)
{
	size_t i = 0;

	while (i < MEMBERS && members[i].attr != attr)
		i++;
	return i < MEMBERS ? i : (size_t)SOURCE_LOST;
}

int
filter_source_find(const char *name, struct custom_attributes *custom,
                   size_t *source)
{
	enum attr attr = attr_called(name);
	size_t i = 0;

	if (attr != ATTR_COUNT) {
		*source = member_of(attr);
		return 0;
	}
	while (i < custom->count && ascii_casecmp(custom->names[i], name) != 0)
		i++;
	if (i == CUSTOM_MAX)
		return -1;
	if (i == custom->count)
		custom->names[custom->count++] = name;
	*source = SOURCE_CUSTOM + i;
	return 0;
}

unsigned
filter_source_attr(size_t source)
{
	if (source >= SOURCE_CUSTOM)
		return ATTR_CUSTOM + (unsigned)(source - SOURCE_CUSTOM);
	return source == SOURCE_LOST ? ATTR_NEVER : members[source].attr;
}

static void
take_number(struct filter_value *v, int64_t number)
{
	if (!number)
		return;
	snprintf(v->room, sizeof(v->room), "%" PRId64, number);
	v->one = v->room;
}

/* A member's value, where it is one: v->one stays NULL when there is none. */
static void
take_member(struct filter_value *v, const struct object *o,
            const struct member_row *row)
{
	static const char *const flags[] = { NULL, "TRUE", "FALSE" };
	const char *at = (const char *)o + row->offset;

	switch (row->shape) {
	case SHAPE_TEXT:
		v->one = *(const char *const *)(const void *)at;
		break;
	case SHAPE_NUMBER:
		take_number(v, *(const int64_t *)(const void *)at);
		break;
	case SHAPE_FLAG:
		v->one = flags[*(const enum tristate *)(const void *)at];
		break;
	default:
		break;
	}
}

void
filter_value_of(struct filter_value *v, const struct object *o, size_t source)
{
	*v = (struct filter_value){ .texts = &v->one };
	if (source >= SOURCE_CUSTOM) {
		v->one = o->ad.custom[source - SOURCE_CUSTOM];
	} else if (source < MEMBERS && members[source].shape == SHAPE_TEXTS) {
		v->texts = o->proxies;
		v->count = o->proxy_count;
		return;
	} else if (source < MEMBERS) {
		take_member(v, o, &members[source]);
	}
	v->count = v->one != NULL;
}
