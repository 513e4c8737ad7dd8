/* Names and sides of sections, from the table in section.h. */
#include "collect/schema/section.h"

static const struct {
	const char *name, *title;
	enum side side;
} sections[SECTION_COUNT] = {
#define ROW(section, ...) [section] = { __VA_ARGS__ },
	SECTIONS(ROW)
#undef ROW
};

const enum section synced_sections[SYNCED_SECTIONS] = {
	AD_USERS, AD_GROUPS, AD_CONTACTS, AD_COMPUTERS,
};

const char *
section_name(enum section s)
{
	return sections[s].name;
}

const char *
section_title(enum section s)
{
	return sections[s].title;
}

enum side
section_side(enum section s)
{
	return sections[s].side;
}

const char *
section_state_name(enum section_state state)
{
	static const char *const names[] = {
		[SECTION_NOT_ASKED] = "not-asked",
		[SECTION_COMPLETE] = "complete",
		[SECTION_PARTIAL] = "partial",
		[SECTION_REFUSED] = "refused",
	};

	return names[state];
}
