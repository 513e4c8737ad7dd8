/* What is said of a page on the command line. */
#ifndef REPORT_PAGE_ASKED_H
#define REPORT_PAGE_ASKED_H

#include "base/opt.h"

/* For whom the page is: who it is for decides what it leaves out. */
enum page_audience {
	AUDIENCE_ENGINEER, AUDIENCE_MANAGEMENT, AUDIENCE_CUSTOMER
};

/* As they were typed; a NULL was not said. */
struct page_settings {
	const char *title, *customer, *audience;
	const char *logo, *waves;              /* files */
	struct opt_texts notes;
};

#endif
