/* A rule of which all is waived has no part of its own. */
#include "report/html_link.h"

#include <string.h>

#include "base/buf.h"
#include "report/html.h"
#include "report/view.h"

void
html_link_rule(struct buf *out, const struct view *v, const char *id)
{
	size_t i = 0;

	while (i < v->rule_count && strcmp(v->rules[i].rule->id, id) != 0)
		i++;
	buf_adds(out, "<a href=\"#");
	html_text(out, i < v->rule_count || !v->waived_count ? id : "waived");
	buf_adds(out, "\">");
}

void
html_object_cell(struct buf *out, const struct finding *f)
{
	buf_adds(out, "<td>");
	html_value(out, finding_label(f));
	if (f->upn && f->dn) {
		buf_adds(out, "<small>");
		html_value(out, f->dn);
		buf_adds(out, "</small>");
	}
	buf_adds(out, "</td>");
}
