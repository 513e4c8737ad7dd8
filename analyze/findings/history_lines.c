/* history.ndjson: its lines, written and read. */
#include "analyze/findings/history_lines.h"

#include <inttypes.h>
#include <string.h>

#include "analyze/findings/compared_file.h"
#include "analyze/findings/findings.h"
#include "analyze/findings/line.h"
#include "base/buf.h"
#include "base/json.h"

const char *
history_rule_set(const struct findings *f, struct arena *a)
{
	enum { DIGITS = 16 };
	char digest[DIGEST_TEXT];
	struct buf ids = { 0 };

	for (size_t i = 0; i < f->rule_count; i++)
		buf_addf(&ids, "%s %s\n", f->rules[i].id,
		         severity_name(f->rules[i].severity));
	digest_of(buf_text(&ids), ids.len, digest);
	buf_release(&ids);
	return arena_strndup(a, digest, DIGITS);
}

const char *
history_sides(const struct findings *f)
{
	bool ad = false, tenant = false;

	for (size_t i = 0; i < f->snapshot_count; i++) {
		const struct judged_snapshot *s = &f->snapshots[i];

		if (strcmp(s->role, "present") != 0)
			continue;
		ad = ad || strstr(s->sides, "ad");
		tenant = tenant || strstr(s->sides, "tenant");
	}
	return ad && tenant ? "ad, tenant" : ad ? "ad"
		: tenant ? "tenant" : "";
}

/* ---- writing ---- */

static void
put_numbers(struct buf *out, const char *key, const uint64_t *by, int n,
            const char *(*name)(int i))
{
	buf_addf(out, ",\"%s\":", key);
	for (int i = 0; i < n; i++)
		buf_addf(out, "%s\"%s\":%" PRIu64, i ? "," : "{", name(i),
		         by[i]);
	buf_addc(out, '}');
}

static const char *
severity_key(int i)
{
	return severity_name((enum severity)i);
}

static const char *
readiness_key(int i)
{
	return readiness_name((enum readiness)i);
}

static void
put_classes(struct buf *out, const struct cause_table *t)
{
	size_t n = 0;

	buf_adds(out, ",\"byClass\":{");
	for (size_t i = 0; i < t->classes.count; i++) {
		const char *name = t->classes.items[i];

		if (!t->open[i])
			continue;
		buf_adds(out, n++ ? "," : "");
		json_put_string(out, name, strlen(name));
		buf_addf(out, ":%" PRIu64, t->open[i]);
	}
	buf_addc(out, '}');
}

static void
put_changes(struct buf *out, const struct trend_run *run)
{
	if (run->compared) {
		line_number(out, "new", run->fresh);
		line_number(out, "fixed", run->fixed);
	} else {
		line_word(out, "new", "null");
		line_word(out, "fixed", "null");
	}
}

void
history_put(struct buf *out, const struct trend_run *run,
            const struct cause_table *classes)
{
	char text[WHEN_TEXT];

	when_format(run->as_of, text);
	line_first(out, "asOf", text);
	put_numbers(out, "bySeverity", run->by_severity, SEVERITY_COUNT,
	            severity_key);
	put_classes(out, classes);
	put_numbers(out, "causes", run->causes, SEVERITY_COUNT, severity_key);
	put_numbers(out, "readiness", run->by_readiness, READINESS_COUNT,
	            readiness_key);
	line_number(out, "notAssessed", run->not_assessed);
	line_number(out, "inPart", run->in_part);
	if (run->explained < 0)
		line_word(out, "explained", "null");
	else
		buf_addf(out, ",\"explained\":%.4f", run->explained);
	line_number(out, "findings", run->findings);
	line_number(out, "waived", run->waived);
	put_changes(out, run);
	line_text(out, "sides", run->sides);
	line_text(out, "tool", run->tool);
	line_text(out, "ruleSet", run->rule_set);
	buf_adds(out, "}\n");
}

/* ---- reading ---- */

static void
take_numbers(const struct json *j, uint64_t *by, int n,
             const char *(*name)(int i))
{
	for (int i = 0; i < n; i++)
		by[i] = json_count_of(j, name(i));
}

static const char *
text_of(const struct json *j, const char *key, struct arena *a)
{
	const char *text = json_string(json_get(j, key));

	return arena_strdup(a, text ? text : "");
}

static int
take_run(const struct json *j, struct arena *a, struct trend_run *out)
{
	const char *when = json_string(json_get(j, "asOf"));
	const struct json *explained = json_get(j, "explained");

	*out = (struct trend_run){
		.not_assessed = json_count_of(j, "notAssessed"),
		.in_part = json_count_of(j, "inPart"),
		.findings = json_count_of(j, "findings"),
		.waived = json_count_of(j, "waived"),
		.explained = json_kind(explained) == JSON_NUMBER
			? json_number(explained) : -1,
		.compared = json_kind(json_get(j, "new")) == JSON_NUMBER,
		.fresh = json_count_of(j, "new"),
		.fixed = json_count_of(j, "fixed"),
		.tool = text_of(j, "tool", a), .sides = text_of(j, "sides", a),
		.rule_set = text_of(j, "ruleSet", a),
	};
	take_numbers(json_get(j, "bySeverity"), out->by_severity,
	             SEVERITY_COUNT, severity_key);
	take_numbers(json_get(j, "causes"), out->causes, SEVERITY_COUNT,
	             severity_key);
	take_numbers(json_get(j, "readiness"), out->by_readiness,
	             READINESS_COUNT, readiness_key);
	return when ? when_from_iso(&out->as_of, when) : -1;
}

int
history_take(const struct compared_file *s, struct arena *a,
             struct trend_run *out, struct err *err)
{
	struct json_error e;
	struct json *tree = json_parse(s->line, s->len, &e);
	int rc = tree ? take_run(tree, a, out) : -1;

	json_free(tree);
	return rc == 0 ? 0 : compared_wrong(s, "a run with asOf and numbers",
	                                    err);
}
