/*
 * A .ps1 file: what is to be changed as data, between what every such file has.
 * Values are expressions in single quotes and nothing else (base/powershell.h).
 */
#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "base/file.h"
#include "report/repair/files.h"

static const char head[] = {
#include "report/repair/ad_head.ps1.inc"
};

static const char body[] = {
#include "report/repair/ad_body.ps1.inc"
};

static void
put_part(struct buf *out, const struct repair_part *p)
{
	static const char in[] = "\t\t\t\t";

	buf_adds(out, "\t\t\t@{\r\n");
	script_put_member(out, in, "Attribute", p->attribute);
	buf_addf(out, "%sList = %s\r\n", in, changes_is_list(p->attribute)
	         ? "$true" : "$false");
	script_put_member(out, in, "Old", p->old);
	script_put_member(out, in, "New", p->new);
	buf_adds(out, "\t\t\t}\r\n");
}

/* By its GUID the object is found wherever it was moved. */
static void
put_change(struct buf *out, const struct repair_change *c)
{
	buf_adds(out, "\t@{\r\n");
	script_put_member(out, "\t\t", "Object", c->guid ? c->guid : c->dn);
	script_put_member(out, "\t\t", "Name", c->dn);
	buf_adds(out, "\t\tValues = @(\r\n");
	for (const struct repair_part *p = c->parts; p; p = p->next)
		put_part(out, p);
	buf_adds(out, "\t\t)\r\n\t}\r\n");
}

void
script_file_print(const struct repair_text *t, struct outfile *out)
{
	const struct repair_file *f = t->file;
	struct buf text = { 0 };

	script_put_mark(&text);
	repair_note(&text, "syncscope: changes of AD that fix what was found");
	repair_head(&text, t);
	script_put_fixed(&text, head, sizeof(head));
	script_put_member(&text, "", "$Domain", f->domain);
	buf_adds(&text, "$Changes = @(\r\n");
	for (size_t i = 0; i < f->count; i++) {
		put_change(&text, &t->plan->changes[f->changes[i]]);
		outfile_add(out, text.data, text.len);
		buf_clear(&text);
	}
	buf_adds(&text, ")\r\n");
	script_put_fixed(&text, body, sizeof(body));
	outfile_add(out, text.data, text.len);
	buf_release(&text);
}
