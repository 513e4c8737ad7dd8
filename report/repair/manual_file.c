/* manual.csv: the findings that no file of the folder mends, and why. */
#include <string.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "report/csv_file.h"
#include "report/proposed_text.h"
#include "report/repair/files.h"

static const char *const titles[] = {
	"severity", "rule", "class", "object", "dn", "guid", "attribute",
	"observed", "expected", "proposed", "reason", "fix", "authority",
	"tool", "cause", "fingerprint",
};

static bool
is_of(const struct finding *f, enum authority a)
{
	return f->authority && strcmp(f->authority, authority_name(a)) == 0;
}

/* Of one for which nothing is proposed. */
static const char *
why_none(const struct finding *f)
{
	if (is_of(f, AUTHORITY_EXCHANGE_ONLINE))
		return "Exchange Online is the source of authority: it is "
		       "changed there";
	if (is_of(f, AUTHORITY_ENTRA))
		return "Entra is the source of authority: it is changed "
		       "there";
	if (is_of(f, AUTHORITY_NOT_ASSESSED))
		return "who is the source of authority is not known: export "
		       "Get-Mailbox with IsExchangeCloudManaged first";
	return f->unproposed ? f->unproposed
		: "no value is known that fixes it for sure";
}

/* Why the finding is for people; NULL: a change is written for it. */
static const char *
why_manual(const struct repair_plan *p, const struct repair_fate *fate)
{
	size_t i = fate->change;

	if (i == REPAIR_NONE)
		return fate->why;
	while (p->changes[i].into != i)
		i = p->changes[i].into;
	return p->changes[i].refused;
}

static void
put_row(struct csv_file *c, const struct finding *f, const char *why)
{
	struct buf proposed = { 0 };
	const char *fields[] = {
		severity_name(f->severity), f->rule, f->class,
		finding_label(f), f->dn, f->guid, f->attribute, f->observed,
		f->expected, NULL, why, f->fix, f->authority, f->tool,
		f->cause, f->fingerprint,
	};

	proposed_text(&proposed, f);
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		csv_file_field(c, strcmp(titles[i], "proposed") == 0
		               ? buf_text(&proposed) : fields[i]);
	csv_file_end_row(c);
	buf_release(&proposed);
}

/* An info finding is nobody's work; older folders do not say which are. */
static bool
is_work(const struct findings *of, const struct finding *f)
{
	return f->status == STATUS_OPEN && (f->change || f->proposed.attribute
	       || !of->causes.has_changes);
}

int
manual_file_print(const struct repair_text *t,
                  const struct finding_selector *chosen,
                  const struct format_options *o, struct outfile *out,
                  uint64_t *count, struct err *err)
{
	struct findings_reader *r = findings_read(t->findings, err);
	const struct repair_fate *fate = t->plan->fates;
	struct csv_file c;
	struct finding f;
	int rc = r ? 1 : -1;

	csv_file_begin(&c, o, out);
	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++)
		csv_file_field(&c, titles[i]);
	csv_file_end_row(&c);
	while (rc > 0 && (rc = findings_next(r, &f, err)) > 0) {
		const char *why;

		if (!is_work(t->findings, &f) ||
		    !finding_selector_has(chosen, &f))
			continue;
		why = f.proposed.attribute ? why_manual(t->plan, fate++)
		                           : why_none(&f);
		if (!why)
			continue;
		put_row(&c, &f, why);
		++*count;
	}
	findings_reader_close(r);
	csv_file_release(&c);
	return rc;
}
