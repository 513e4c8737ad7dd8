/* Proposed changes as one text. */
#include "report/proposed_text.h"

#include <stdbool.h>
#include <string.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"

static bool
is_plain(const struct finding *f)
{
	const struct proposed *p = &f->proposed;

	return p->new && !p->and && f->attribute &&
	       strcmp(p->attribute, f->attribute) == 0;
}

void
proposed_text(struct buf *out, const struct finding *f)
{
	const struct proposed *p = &f->proposed;

	if (!p->attribute)
		return;
	if (is_plain(f)) {
		buf_adds(out, p->new);
		return;
	}
	for (; p; p = p->and)
		buf_addf(out, "%s: %s%s%s", p->attribute,
		         p->new ? p->new : "without ",
		         p->new ? "" : p->old, p->and ? "; " : "");
}
