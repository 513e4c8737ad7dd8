/* What is in a snapshot, as a table for people; see snapshot.h. */
#include "collect/snapshot/snapshot.h"

#include "base/buf.h"
#include "base/term.h"

bool
snapshot_list(const struct snapshot_writer *w, struct buf *out)
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
