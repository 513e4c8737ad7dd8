/* Counts the lines of a difference: see what_if.h. */
#include "report/what_if.h"

#include <inttypes.h>
#include <string.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"

/* Within a string a backslash would stand before each quote. */
static bool
has(const char *line, size_t len, const char *member)
{
	return memmem(line, len, member, strlen(member)) != NULL;
}

static void
take(struct what_if_sums *s, const char *line, size_t len)
{
	if (!has(line, len, "\"status\":\"open\""))
		return;
	s->cured += has(line, len, "\"change\":\"cured\"");
	s->fresh += has(line, len, "\"change\":\"new\"");
}

int
what_if_count(struct what_if_sums *out, const struct findings *f,
              struct err *err)
{
	struct findings_reader *r;
	uint64_t open = 0;
	const char *line;
	size_t len;
	int rc;

	*out = (struct what_if_sums){ .is = false };
	if (!f->edits_name || !findings_part_is_there(f, PART_DIFFERENCE))
		return 0;
	r = findings_part_read(f, PART_DIFFERENCE, err);
	rc = r ? 1 : -1;
	while (rc > 0 && (rc = findings_part_next(r, &line, &len, err)) > 0)
		take(out, line, len);
	findings_reader_close(r);
	for (int i = 0; i < SEVERITY_COUNT; i++)
		open += f->by_severity[i];
	out->is = true;
	out->same = open > out->fresh ? open - out->fresh : 0;
	return rc;
}

void
what_if_tell(struct buf *out, const struct what_if_sums *s, const char *name)
{
	buf_addf(out, "judged as if the edits of %s were made: they fix %"
	         PRIu64 " finding%s, %" PRIu64 " %s new, %" PRIu64 " stay%s",
	         name, s->cured, s->cured == 1 ? "" : "s", s->fresh,
	         s->fresh == 1 ? "is" : "are", s->same,
	         s->same == 1 ? "s" : "");
}
