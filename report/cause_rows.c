/* Each as it is read: there may be thousands. */
#include "report/cause_rows.h"

#include <inttypes.h>
#include <stdio.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"

enum cause_column {
	CAUSE_ID, CAUSE_RULE, CAUSE_TITLE, CAUSE_SEVERITY, CAUSE_OBJECTS,
	CAUSE_FINDINGS, CAUSE_ATTACHED, CAUSE_ACTION, CAUSE_AUTHORITY,
	CAUSE_TOOL, CAUSE_SHARED, CAUSE_NAMED, CAUSE_STATUS, CAUSE_WAIVED,
	CAUSE_COLUMNS
};

static const struct table_column columns[CAUSE_COLUMNS] = {
	[CAUSE_ID] = { "id", CELL_TEXT, 14 },
	[CAUSE_RULE] = { "rule", CELL_TEXT, 24 },
	[CAUSE_TITLE] = { "title", CELL_TEXT, 60 },
	[CAUSE_SEVERITY] = { "severity", CELL_SEVERITY, 10 },
	[CAUSE_OBJECTS] = { "objects", CELL_NUMBER, 9 },
	[CAUSE_FINDINGS] = { "findings", CELL_NUMBER, 9 },
	[CAUSE_ATTACHED] = { "attached", CELL_NUMBER, 9 },
	[CAUSE_ACTION] = { "action", CELL_TEXT, 60 },
	[CAUSE_AUTHORITY] = { "authority", CELL_TEXT, 14 },
	[CAUSE_TOOL] = { "tool", CELL_TEXT, 20 },
	[CAUSE_SHARED] = { "shared", CELL_TEXT, 24 },
	[CAUSE_NAMED] = { "examples", CELL_TEXT, 40 },
	[CAUSE_STATUS] = { "status", CELL_TEXT, 9 },
	[CAUSE_WAIVED] = { "waived", CELL_NUMBER, 9 },
};

const struct row_table cause_table = { "causes", columns, CAUSE_COLUMNS };

enum { NUMBER_TEXT = 24 };

static void
put_cause(const struct cause *of, struct buf *examples, struct table_sink *to)
{
	const uint64_t counts[] = {
		of->objects, of->findings, of->attached, of->waived
	};
	char texts[sizeof(counts) / sizeof(counts[0])][NUMBER_TEXT];
	const char *cells[CAUSE_COLUMNS] = {
		[CAUSE_ID] = of->id, [CAUSE_RULE] = of->rule,
		[CAUSE_TITLE] = of->title,
		[CAUSE_SEVERITY] = severity_name(of->severity),
		[CAUSE_OBJECTS] = texts[0], [CAUSE_FINDINGS] = texts[1],
		[CAUSE_ATTACHED] = texts[2], [CAUSE_ACTION] = of->action,
		[CAUSE_AUTHORITY] = of->authority, [CAUSE_TOOL] = of->tool,
		[CAUSE_SHARED] = of->value,
		[CAUSE_STATUS] = of->is_waived ? "waived" : "open",
		[CAUSE_WAIVED] = texts[3],
	};

	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
		snprintf(texts[i], NUMBER_TEXT, "%" PRIu64, counts[i]);
	buf_clear(examples);
	for (size_t i = 0; i < of->example_count; i++)
		buf_addf(examples, "%s%s", i ? ";" : "", of->examples[i]);
	cells[CAUSE_NAMED] = buf_text(examples);
	to->row(to, &cause_table, cells);
}

int
cause_rows_put(const struct findings *f, struct table_sink *to,
               struct err *err)
{
	struct findings_reader *r = causes_read(f, err);
	struct buf examples = { 0 };
	struct cause of;
	int rc = r ? 1 : -1;

	while (rc > 0 && (rc = causes_next(r, &of, err)) > 0)
		put_cause(&of, &examples, to);
	findings_reader_close(r);
	buf_release(&examples);
	return rc;
}
