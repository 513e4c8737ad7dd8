/* What is in a snapshot, as a table for people; see snapshot.h. */
#include "collect/snapshot/snapshot.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/term.h"

/* Whether any section that was asked for is not whole. */
static bool
list_sections(const struct snapshot_writer *w, struct buf *out)
{
	bool partial = false;

	for (int i = 0; i < SECTION_COUNT; i++) {
		enum section s = (enum section)i;
		enum section_state state = snapshot_written_state(w,
		                                                  s);
		const char *why = snapshot_written_reason(w, s);

		if (state == SECTION_NOT_ASKED)
			continue;
		partial = partial || state != SECTION_COMPLETE;
		buf_addf(out, "%-32s %8llu  %s%s%s\n", section_title(s),
		         (unsigned long long)snapshot_count(w, s),
		         section_state_name(state), why ? ": " : "",
		         why ? term_text(why) : "");
	}
	return partial;
}

int
snapshot_commit_listed(struct snapshot_writer *w, when_t collected,
                       bool *partial, struct err *err)
{
	struct buf table = { 0 };
	int rc;

	snapshot_settle(w);
	*partial = list_sections(w, &table);
	rc = snapshot_commit(w, collected, err);
	if (rc == 0)
		fputs(buf_text(&table), stdout);
	buf_release(&table);
	return rc;
}
