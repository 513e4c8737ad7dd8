/*
 * findings.sarif: SARIF 2.1.0 (OASIS, errata 01), a result for each finding.
 * Directories have no files: places are logical locations alone (section 3.33).
 */
#include <string.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "base/file.h"
#include "report/export/json_out.h"
#include "report/export/sarif_result.h"
#include "report/export/sarif_rules.h"
#include "report/format.h"
#include "report/view.h"

#define SARIF_SCHEMA "https://docs.oasis-open.org/sarif/sarif/v2.1.0/" \
	"errata01/os/schemas/sarif-schema-2.1.0.json"

/* A line for each result, so that files can be compared. */
static void
end_line(struct json_out *j)
{
	json_out_flush(j);
	outfile_adds(j->out, "\n");
}

static int
put_results(struct json_out *j, const struct view *v, struct err *err)
{
	struct findings_reader *r = findings_read(v->findings, err);
	struct finding one;
	int rc = r ? 1 : -1;

	json_out_begin(j, "results", JSON_OUT_ARRAY);
	end_line(j);
	while (rc > 0 && (rc = findings_next(r, &one, err)) > 0) {
		sarif_result(j, v, &one);
		end_line(j);
	}
	json_out_end(j, JSON_OUT_ARRAY);
	findings_reader_close(r);
	return rc;
}

static void
put_time(struct json_out *j, const char *key, when_t t)
{
	char text[WHEN_TEXT];

	when_format(t, text);
	json_out_text(j, key, t == WHEN_NONE ? NULL : text);
}

/* What the manifest counts, so that a reader can compare. */
static void
put_counts(struct json_out *j, const struct findings *f)
{
	json_out_begin(j, "properties", JSON_OUT_OBJECT);
	put_time(j, "asOf", f->as_of);
	json_out_number(j, "findings", f->finding_count);
	json_out_begin(j, "openBySeverity", JSON_OUT_OBJECT);
	for (int i = 0; i < SEVERITY_COUNT; i++)
		json_out_number(j, severity_name((enum severity)i),
		                 f->by_severity[i]);
	json_out_end(j, JSON_OUT_OBJECT);
	if (f->baseline.is)
		put_time(j, "baselineAsOf", f->baseline.as_of);
	json_out_end(j, JSON_OUT_OBJECT);
}

static int
put_run(struct json_out *j, const struct view *v, struct err *err)
{
	const struct findings *f = v->findings;
	int rc;

	json_out_begin(j, NULL, JSON_OUT_OBJECT);
	sarif_tool(j, f);
	sarif_invocation(j, f);
	put_counts(j, f);
	rc = put_results(j, v, err);
	json_out_end(j, JSON_OUT_OBJECT);
	return rc;
}

int
format_sarif(const struct view *v, const struct format_options *o,
             struct outfile *out, struct err *err)
{
	struct json_out j = { .out = out };
	int rc;

	(void)o;
	json_out_begin(&j, NULL, JSON_OUT_OBJECT);
	json_out_text(&j, "$schema", SARIF_SCHEMA);
	json_out_text(&j, "version", "2.1.0");
	json_out_begin(&j, "runs", JSON_OUT_ARRAY);
	rc = put_run(&j, v, err);
	json_out_end(&j, JSON_OUT_ARRAY);
	json_out_end(&j, JSON_OUT_OBJECT);
	buf_addc(&j.text, '\n');
	json_out_release(&j);
	return rc;
}
