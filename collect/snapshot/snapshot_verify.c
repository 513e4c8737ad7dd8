/* Checking a whole snapshot against its manifest. */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/record.h"
#include "collect/snapshot/snapshot.h"

/* Readers are content with the checksum; this is the place to be thorough. */
static int
verify_digest(const struct snapshot *s, enum section sec, struct err *err)
{
	struct section_file f = snapshot_file(s, sec);
	char digest[DIGEST_TEXT];
	int rc = f.path ? digest_file(f.path, digest, err) : 0;

	if (f.path && rc == 0 && strcmp(digest, f.digest) != 0)
		rc = err_input(err, "%s: was changed: its SHA-256 is not the "
		               "manifest's", f.path);
	free(f.path);
	return rc;
}

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
	return rc < 0 ? -1 : verify_digest(s, sec, err);
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
