/* findings.csv: RFC 4180, all findings, one a row. */
#include <stdlib.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "base/mem.h"
#include "report/csv_file.h"
#include "report/format.h"
#include "report/pass.h"
#include "report/proposed_text.h"

struct findings_csv {
	struct pass_taker taker;     /* first */
	struct csv_file csv;
};

static void
put_head(struct csv_file *c)
{
	for (size_t i = 0; i < FINDING_COLUMNS; i++)
		csv_file_field(c, finding_key(i));
	csv_file_field(c, "proposed");
	csv_file_field(c, "unproposed");
	csv_file_field(c, "waiver.reason");
	csv_file_field(c, "waiver.owner");
	csv_file_field(c, "waiver.ticket");
	csv_file_field(c, "waiver.expires");
	csv_file_field(c, "firstSeen");
	csv_file_field(c, "reopened");
	csv_file_field(c, "related");
	csv_file_end_row(c);
}

/* Sentences name others as people do; here they can be told apart. */
static void
put_related(struct csv_file *c, const struct finding *f)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < f->related_count; i++) {
		const struct related_object *r = &f->related[i];
		const char *name = r->dn ? r->dn : r->name ? r->name : r->guid;

		if (name)
			buf_addf(&text, "%s%s", text.len ? "; " : "", name);
	}
	csv_file_field(c, buf_text(&text));
	buf_release(&text);
}

/* Also of one that has expired: its finding is open. */
static void
put_waiver(struct csv_file *c, const struct told_waiver *w)
{
	csv_file_field(c, w ? w->reason : NULL);
	csv_file_field(c, w ? w->owner : NULL);
	csv_file_field(c, w ? w->ticket : NULL);
	csv_file_field(c, w ? w->expires : NULL);
}

static void
put_finding(struct csv_file *c, const struct finding *f)
{
	struct buf proposed = { 0 };

	for (size_t i = 0; i < FINDING_COLUMNS; i++)
		csv_file_field(c, finding_value(f, i));
	proposed_text(&proposed, f);
	csv_file_field(c, buf_text(&proposed));
	csv_file_field(c, f->unproposed);
	put_waiver(c, f->waiver);
	csv_file_field(c, f->first_seen);
	csv_file_field(c, f->reopened);
	put_related(c, f);
	csv_file_end_row(c);
	buf_release(&proposed);
}

static int
take(struct pass_taker *t, const struct finding *f, struct err *err)
{
	(void)err;
	put_finding(&((struct findings_csv *)t)->csv, f);
	return 0;
}

static void
release(struct pass_taker *t)
{
	csv_file_release(&((struct findings_csv *)t)->csv);
	free(t);
}

struct pass_taker *
format_csv(const struct view *v, const struct format_options *o,
           struct outfile *out, struct err *err)
{
	struct findings_csv *c = xcalloc(1, sizeof(*c));

	(void)v;
	(void)err;
	c->taker = (struct pass_taker){
		.reads = PASS_FINDINGS, .finding = take, .free = release,
	};
	csv_file_begin(&c->csv, o, out);
	put_head(&c->csv);
	return &c->taker;
}
