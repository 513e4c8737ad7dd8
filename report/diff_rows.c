/* What two folders differ in, for programs: every finding, as JSON or CSV. */
#include "report/diff.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/csv.h"
#include "base/json.h"

enum { NOTES_MAX = 8 };

/* The members of a row; those between are texts of the finding. */
enum diff_column {
	COLUMN_CHANGE, COLUMN_SEVERITY, COLUMN_STATUS, COLUMN_RULE,
	COLUMN_CLASS, COLUMN_DN, COLUMN_GUID, COLUMN_UPN, COLUMN_ATTRIBUTE,
	COLUMN_OBSERVED, COLUMN_MESSAGE, COLUMN_REASON, COLUMN_FIRST_SEEN,
	COLUMN_CAUSE, COLUMN_FINGERPRINT, COLUMN_OF, DIFF_COLUMNS
};

static const char *const keys[DIFF_COLUMNS] = {
	[COLUMN_CHANGE] = "change", [COLUMN_SEVERITY] = "severity",
	[COLUMN_STATUS] = "status", [COLUMN_RULE] = "rule",
	[COLUMN_CLASS] = "class", [COLUMN_DN] = "dn", [COLUMN_GUID] = "guid",
	[COLUMN_UPN] = "upn", [COLUMN_ATTRIBUTE] = "attribute",
	[COLUMN_OBSERVED] = "observed", [COLUMN_MESSAGE] = "message",
	[COLUMN_REASON] = "reason", [COLUMN_FIRST_SEEN] = "firstSeen",
	[COLUMN_CAUSE] = "cause", [COLUMN_FINGERPRINT] = "fingerprint",
	[COLUMN_OF] = "of",
};

static void
fill(const struct finding_change *c, char seen[WHEN_TEXT],
     const char *row[DIFF_COLUMNS])
{
	const struct finding *f = c->finding;

	when_format(c->first_seen, seen);
	row[COLUMN_CHANGE] = change_name(c->kind);
	row[COLUMN_SEVERITY] = severity_name(f->severity);
	row[COLUMN_STATUS] = status_name(f->status);
	row[COLUMN_RULE] = f->rule;
	row[COLUMN_CLASS] = f->class;
	row[COLUMN_DN] = f->dn;
	row[COLUMN_GUID] = f->guid;
	row[COLUMN_UPN] = f->upn;
	row[COLUMN_ATTRIBUTE] = f->attribute;
	row[COLUMN_OBSERVED] = f->observed;
	row[COLUMN_MESSAGE] = f->message;
	row[COLUMN_REASON] = c->reason;
	row[COLUMN_FIRST_SEEN] = c->first_seen == WHEN_NONE ? NULL : seen;
	row[COLUMN_CAUSE] = f->cause;
	row[COLUMN_FINGERPRINT] = f->fingerprint;
	row[COLUMN_OF] = c->side == BEFORE ? "old" : "new";
}

static void
put_string(struct buf *out, const char *text)
{
	if (text)
		json_put_string(out, text, strlen(text));
	else
		buf_adds(out, "null");
}

static void
put_row(struct buf *out, const char *const row[DIFF_COLUMNS])
{
	for (int i = 0; i < DIFF_COLUMNS; i++) {
		buf_addf(out, "%s\"%s\":", i ? "," : "{", keys[i]);
		put_string(out, row[i]);
	}
	buf_addc(out, '}');
}

/* The text goes out, and is forgotten. */
static void
flush(struct buf *text)
{
	fwrite(buf_text(text), 1, text->len, stdout);
	buf_clear(text);
}

static void
put_side(struct buf *out, const char *key, const char *name,
         const struct findings *f)
{
	char when[WHEN_TEXT];

	when_format(f->as_of, when);
	buf_addf(out, "\"%s\":{\"findings\":", key);
	put_string(out, name);
	buf_addf(out, ",\"asOf\":\"%s\",\"tool\":", when);
	put_string(out, f->tool_version);
	buf_adds(out, "},\n");
}

static void
put_head(struct buf *out, const struct compared_folders *of)
{
	const char *notes[NOTES_MAX];
	struct arena a = { 0 };
	size_t n = diff_notes(of, &a, notes, NOTES_MAX);

	buf_adds(out, "{");
	put_side(out, "old", of->names[BEFORE], of->findings[BEFORE]);
	put_side(out, "new", of->names[AFTER], of->findings[AFTER]);
	buf_adds(out, "\"notes\":[");
	for (size_t i = 0; i < n; i++) {
		buf_adds(out, i ? "," : "");
		put_string(out, notes[i]);
	}
	buf_adds(out, "],\n\"changes\":[");
	arena_release(&a);
}

static void
put_counts(struct buf *out, const struct change_counts *c)
{
	buf_adds(out, "\n],\n\"counts\":{");
	for (int k = 0; k < CHANGE_KINDS; k++) {
		buf_addf(out, "%s\n\"%s\":{", k ? "," : "",
		         change_name((enum change_kind)k));
		for (int s = 0; s < SEVERITY_COUNT; s++)
			buf_addf(out, "%s\"%s\":%" PRIu64, s ? "," : "",
			         severity_name((enum severity)s), c->of[k][s]);
		buf_adds(out, "}");
	}
	buf_adds(out, "}}\n");
}

int
diff_print_json(const struct compared_folders *of, struct findings_diff *d,
                struct change_counts *out, struct err *err)
{
	const char *row[DIFF_COLUMNS];
	struct finding_change c;
	char seen[WHEN_TEXT];
	struct buf text = { 0 };
	size_t n = 0;
	int rc;

	put_head(&text, of);
	while ((rc = findings_diff_next(d, &c, err)) > 0) {
		change_counts_add(out, &c);
		fill(&c, seen, row);
		buf_adds(&text, n++ ? ",\n" : "\n");
		put_row(&text, row);
		flush(&text);
	}
	put_counts(&text, out);
	if (rc == 0)
		flush(&text);
	buf_release(&text);
	return rc;
}

static void
put_fields(struct buf *out, const char *const fields[DIFF_COLUMNS])
{
	for (int i = 0; i < DIFF_COLUMNS; i++) {
		const char *text = fields[i] ? fields[i] : "";

		buf_adds(out, i ? "," : "");
		csv_put_field(out, text, strlen(text));
	}
	buf_adds(out, "\r\n");
}

int
diff_print_csv(struct findings_diff *d, struct change_counts *out,
               struct err *err)
{
	const char *row[DIFF_COLUMNS];
	struct finding_change c;
	char seen[WHEN_TEXT];
	struct buf text = { 0 };
	int rc;

	put_fields(&text, keys);
	while ((rc = findings_diff_next(d, &c, err)) > 0) {
		change_counts_add(out, &c);
		fill(&c, seen, row);
		put_fields(&text, row);
		flush(&text);
	}
	flush(&text);
	buf_release(&text);
	return rc;
}
