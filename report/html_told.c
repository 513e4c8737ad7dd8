/* The small print of a finding on the page. */
#include "report/html_told.h"

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "report/html.h"
#include "report/proposed_text.h"
#include "report/since.h"

/* The new value, or why there is none. */
void
html_proposed(struct buf *out, const struct finding *f)
{
	struct buf text = { 0 };

	if (!f->proposed.attribute && !f->unproposed)
		return;
	proposed_text(&text, f);
	buf_addf(out, "<small>%s ", f->proposed.attribute ? "proposed:"
	         : "nothing proposed:");
	html_value(out, f->proposed.attribute ? buf_text(&text)
	                                      : f->unproposed);
	buf_adds(out, "</small>");
	buf_release(&text);
}

/* Since when it is known. */
void
html_since(struct buf *out, const struct finding *f)
{
	struct buf text = { 0 };

	since_text(&text, f);
	if (text.len)
		html_element(out, "small", buf_text(&text));
	buf_release(&text);
}
