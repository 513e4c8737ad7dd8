/* Going through a section of a snapshot. */
#include "analyze/model/record_scan.h"

#include "base/record.h"

int
record_scan_open(struct record_scan *r, const struct snapshot *s,
                 enum section sec, struct err *err)
{
	*r = (struct record_scan){
		.snapshot = s, .section = sec, .wanted = sec,
	};
	r->reader = section_open(s, sec, err);
	if (!r->reader)
		return -1;
	r->record = record_new();
	return 0;
}

int
record_scan_settings(struct record_scan *r, const struct snapshot *s,
                     enum section sec, struct err *err)
{
	enum section in = snapshot_state(s, sec) == SECTION_NOT_ASKED
		? AD_OTHER : sec;

	if (record_scan_open(r, s, in, err) < 0)
		return -1;
	r->wanted = sec;
	return 0;
}

/* On to the second of the sections that settings may be among. */
static int
go_on(struct record_scan *r, struct err *err)
{
	struct section_reader *next;

	if (r->wanted == r->section || r->section == AD_CONTAINERS)
		return 0;
	next = section_open(r->snapshot, AD_CONTAINERS, err);
	if (!next)
		return -1;
	section_close(r->reader);
	r->reader = next;
	r->section = AD_CONTAINERS;
	return 1;
}

int
record_scan_next(struct record_scan *r, struct err *err)
{
	int rc;

	do {
		rc = section_next(r->reader, r->record, err);
		if (rc > 0 && (r->wanted == r->section ||
		               ad_section(r->record) == r->wanted))
			return rc;
		if (rc == 0)
			rc = go_on(r, err);
	} while (rc > 0);
	return rc;
}

void
record_scan_close(struct record_scan *r)
{
	section_close(r->reader);
	record_free(r->record);
}
