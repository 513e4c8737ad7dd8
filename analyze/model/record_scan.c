/* Going through a section of a snapshot. */
#include "analyze/model/record_scan.h"

#include "base/record.h"

int
record_scan_open(struct record_scan *r, const struct snapshot *s,
                 enum section sec, struct err *err)
{
	*r = (struct record_scan){ .snapshot = s, .section = sec };
	r->reader = section_open(s, sec, err);
	if (!r->reader)
		return -1;
	r->record = record_new();
	return 0;
}

int
record_scan_next(struct record_scan *r, struct err *err)
{
	return section_next(r->reader, r->record, err);
}

void
record_scan_close(struct record_scan *r)
{
	section_close(r->reader);
	record_free(r->record);
}
