/* Counts objects of unknown class, and says what to do about them. */
#include "collect/import/unjudged.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/record.h"
#include "base/utf8.h"
#include "base/warn.h"
#include "collect/snapshot/snapshot.h"

void
unjudged_release(struct unjudged *u)
{
	free(u->first);
	*u = (struct unjudged){ 0 };
}

static char *
place_of(const struct record *r, const char *file, uint64_t line)
{
	enum { SHOWN = 256 };
	const char *dn = record_text(r, AD_DN);
	size_t len = dn ? strlen(dn) : 0;

	if (len > SHOWN)
		len = utf8_bad(dn, SHOWN);
	return xasprintf("%s:%llu%s%.*s", file, (unsigned long long)line,
	                 len ? ", " : "", (int)len, dn ? dn : "");
}

void
unjudged_take(struct unjudged *u, enum section s, const struct record *r,
              const char *file, uint64_t line)
{
	enum ad_class known;

	if (s != AD_OTHER || ad_section_of(r, &known) != AD_OTHER ||
	    known == AD_CLASS_KNOWN)
		return;
	if (!u->count++)
		u->first = place_of(r, file, line);
}

/* Of what was looked at nobody can say any more that all of it is there. */
static void
tell_sections(const struct unjudged *u, struct snapshot_writer *w)
{
	static const enum section sections[] = {
		AD_USERS, AD_GROUPS, AD_CONTACTS,
	};
	char *reason = xasprintf("%llu object%s whose class is not known may "
	                         "belong here", (unsigned long long)u->count,
	                         u->count == 1 ? "" : "s");

	for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++)
		if (snapshot_written_state(w, sections[i]) !=
		    SECTION_NOT_ASKED)
			snapshot_partial(w, sections[i], reason);
	free(reason);
}

void
unjudged_tell(const struct unjudged *u, struct snapshot_writer *w)
{
	char *note;

	if (!u->count)
		return;
	note = xasprintf("%llu object%s not judged, since %s class is not "
	                 "known (%s%s): export with objectClass",
	                 (unsigned long long)u->count,
	                 u->count == 1 ? " is" : "s are",
	                 u->count == 1 ? "its" : "their",
	                 u->count == 1 ? "" : "the first: ", u->first);
	warn("%s", note);
	snapshot_note(w, note);
	free(note);
	tell_sections(u, w);
}
