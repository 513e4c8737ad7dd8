/* What a collection takes over from an older snapshot. */
#include "collect/ad/ad_carry.h"

#include "base/record.h"
#include "collect/ad/ad_since.h"
#include "collect/snapshot/snapshot.h"

/* Goes through a section; SINCE may be NULL: everything holds. */
static int
copy(struct snapshot_writer *w, const struct snapshot *old, enum section s,
     struct ad_since *since, struct err *err)
{
	struct section_reader *reader = section_open(old, s, err);
	struct record *r = record_new();
	int rc = reader ? 0 : -1;

	while (rc >= 0 && (rc = section_next(reader, r, err)) > 0) {
		const struct record *kept = since ? ad_since_keep(since, r)
		                                  : r;

		if (kept)
			rc = snapshot_put(w, s, kept, err);
	}
	record_free(r);
	section_close(reader);
	return rc;
}

int
ad_carry_whole(struct snapshot_writer *w, const struct snapshot *old,
               enum section s, struct err *err)
{
	snapshot_asked(w, s);
	return copy(w, old, s, NULL, err);
}

int
ad_carry_unchanged(struct snapshot_writer *w, const struct snapshot *old,
                   enum section s, struct ad_since *since, struct err *err)
{
	return copy(w, old, s, since, err);
}
