/* What is said of each domain stands in a line of its own. */
#include "report/html_reason.h"

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "report/html.h"

void
html_reason(struct buf *out, const char *reason)
{
	struct reason_part part;
	struct buf text = { 0 };

	if (reason_parts(reason) <= 1) {
		html_value(out, reason);
		return;
	}
	buf_adds(out, "<ul>");
	while (reason_next(&reason, &part)) {
		buf_clear(&text);
		buf_add(&text, part.text, part.len);
		buf_adds(out, "<li>");
		html_value(out, buf_text(&text));
		buf_adds(out, "</li>");
	}
	buf_adds(out, "</ul>");
	buf_release(&text);
}
