/* Going through a section of a snapshot. */
#include "analyze/model/reading.h"

#include "base/err.h"
#include "base/record.h"

int
reading_open(struct reading *r, const struct snapshot *s, enum section sec,
             struct err *err)
{
	*r = (struct reading){ .snapshot = s, .section = sec };
	r->reader = section_open(s, sec, err);
	if (!r->reader)
		return -1;
	r->record = record_new();
	return 0;
}

int
reading_next(struct reading *r, struct err *err)
{
	return section_next(r->reader, r->record, err);
}

void
reading_close(struct reading *r)
{
	section_close(r->reader);
	record_free(r->record);
}

int
reading_wrong(const struct reading *r, const char *name, const char *want,
              struct err *err)
{
	return err_input(err, "%s:%llu: %s: want %s", section_path(r->reader),
	                 (unsigned long long)section_line(r->reader), name,
	                 want);
}
