/* Checking a whole snapshot against its manifest. */
#include <stddef.h>

#include "base/record.h"
#include "collect/snapshot.h"

static int
verify_section(const struct snapshot *s, enum section sec, uint64_t *objects,
               struct record *record, struct err *err)
{
	struct section_reader *r = section_open(s, sec, err);
	int rc;

	if (!r)
		return -1;
	while ((rc = section_next(r, record, err)) > 0)
		(*objects)++;
	section_close(r);
	return rc;
}

int
snapshot_verify(const char *path, uint64_t *objects, struct err *err)
{
	struct snapshot *s = snapshot_open(path, err);
	struct record *record = record_new();
	int rc = s ? 0 : -1;

	*objects = 0;
	for (int i = 0; i < SECTION_COUNT && rc == 0; i++)
		rc = verify_section(s, (enum section)i, objects, record, err);
	record_free(record);
	snapshot_close(s);
	return rc;
}
