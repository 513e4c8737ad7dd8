/* What the page shows, and to whom. */
#include <string.h>

#include "report/page/parts.h"

bool
page_has_blocked(const struct report_page *p)
{
	return p->f->causes.has_left && p->f->by_readiness[READINESS_BLOCKED];
}

bool
page_has_change(const struct report_page *p)
{
	return p->f->baseline.is && p->trend.count > 0;
}

bool
page_has_waivers(const struct report_page *p)
{
	return p->number > p->by_status[STATUS_OPEN] ||
	       p->f->waivers.file_count;
}

bool
page_hides(const struct report_page *p, const char *text)
{
	return p->audience != AUDIENCE_ENGINEER &&
	       strncasecmp(text, "internal:", strlen("internal:")) == 0;
}

/* A section without data is left out, and some are not for managers. */
bool
page_has_section(const struct report_page *p, const char *id)
{
	static const char *const managers[] = {
		"summary", "causes", "coverage",
	};
	bool managed = p->audience != AUDIENCE_MANAGEMENT;

	for (size_t i = 0; i < sizeof(managers) / sizeof(managers[0]); i++)
		managed = managed || strcmp(managers[i], id) == 0;
	if (strcmp(id, "places") == 0)
		return managed && p->f->forecast_count;
	if (strcmp(id, "waves") == 0)
		return managed && p->waves;
	if (strcmp(id, "exchange") == 0)
		return managed && p->f->exchange.condition_count;
	if (strcmp(id, "change") == 0)
		return managed && page_has_change(p);
	if (strcmp(id, "waivers") == 0)
		return managed && page_has_waivers(p);
	return managed;
}

