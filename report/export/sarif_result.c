/* Results (SARIF 2.1.0, section 3.27). */
#include "report/export/sarif_result.h"

#include <stdbool.h>
#include <string.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "report/export/json_out.h"
#include "report/export/sarif_rules.h"
#include "report/view.h"

/* The object: no file has it, and none is made up. */
static void
put_location(struct json_out *j, const struct finding *f)
{
	const char *full = f->dn ? f->dn : f->guid ? f->guid : f->object;

	json_out_begin(j, "locations", JSON_OUT_ARRAY);
	json_out_begin(j, NULL, JSON_OUT_OBJECT);
	json_out_begin(j, "logicalLocations", JSON_OUT_ARRAY);
	json_out_begin(j, NULL, JSON_OUT_OBJECT);
	json_out_text(j, "name", finding_label(f));
	json_out_maybe(j, "fullyQualifiedName", full);
	json_out_maybe(j, "kind", f->class);
	json_out_end(j, JSON_OUT_OBJECT);
	json_out_end(j, JSON_OUT_ARRAY);
	json_out_end(j, JSON_OUT_OBJECT);
	json_out_end(j, JSON_OUT_ARRAY);
}

/* Ours survives moves and renames; its name says how it is made. */
static void
put_fingerprint(struct json_out *j, const struct finding *f)
{
	json_out_begin(j, "partialFingerprints", JSON_OUT_OBJECT);
	json_out_maybe(j, "syncscope/v1", f->fingerprint);
	json_out_end(j, JSON_OUT_OBJECT);
}

/*
 * Section 3.27.23: if one result has suppressions, all have the member. Also
 * what is planned counts no more, as in the manifest.
 */
static void
put_suppressions(struct json_out *j, const struct finding *f)
{
	struct buf why = { 0 };

	json_out_begin(j, "suppressions", JSON_OUT_ARRAY);
	if (f->status != STATUS_OPEN) {
		buf_addf(&why, "%s", status_name(f->status));
		if (f->waiver) {
			buf_adds(&why, ": ");
			waiver_tell(&why, f->waiver);
		}
		json_out_begin(j, NULL, JSON_OUT_OBJECT);
		json_out_text(j, "kind", "external");
		json_out_text(j, "status", "accepted");
		json_out_text(j, "justification", buf_text(&why));
		json_out_end(j, JSON_OUT_OBJECT);
	}
	json_out_end(j, JSON_OUT_ARRAY);
	buf_release(&why);
}

/* Section 3.27.24 knows no more of a finding that was not looked for then. */
static const char *
baseline_state(const struct findings *f, const struct finding *one)
{
	const char *since = one->reopened ? one->reopened : one->first_seen;
	when_t seen;

	if (!since || when_from_iso(&seen, since) < 0)
		return "new";
	return seen < f->as_of ? "unchanged" : "new";
}

static void
put_proposed(struct json_out *j, const char *key, const struct proposed *p)
{
	if (!p || !p->attribute)
		return;
	json_out_begin(j, key, JSON_OUT_OBJECT);
	json_out_text(j, "attribute", p->attribute);
	json_out_text(j, "old", p->old);
	json_out_text(j, "new", p->new);
	put_proposed(j, "and", p->and);
	json_out_end(j, JSON_OUT_OBJECT);
}

static void
put_properties(struct json_out *j, const struct finding *f)
{
	const struct {
		const char *key, *text;
	} texts[] = {
		{ "severity", severity_name(f->severity) },
		{ "status", status_name(f->status) },
		{ "attribute", f->attribute }, { "observed", f->observed },
		{ "expected", f->expected }, { "fix", f->fix },
		{ "authority", f->authority }, { "tool", f->tool },
		{ "cause", f->cause }, { "follows", f->follows },
		{ "unproposed", f->unproposed }, { "guid", f->guid },
		{ "upn", f->upn }, { "kind", f->kind },
		{ "forest", f->forest }, { "domain", f->domain },
		{ "firstSeen", f->first_seen }, { "reopened", f->reopened },
	};

	json_out_begin(j, "properties", JSON_OUT_OBJECT);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		json_out_maybe(j, texts[i].key, texts[i].text);
	put_proposed(j, "proposed", &f->proposed);
	json_out_end(j, JSON_OUT_OBJECT);
}

void
sarif_result(struct json_out *j, const struct view *v,
             const struct finding *one)
{
	const struct findings *f = v->findings;

	json_out_begin(j, NULL, JSON_OUT_OBJECT);
	json_out_text(j, "ruleId", one->rule);
	json_out_number(j, "ruleIndex", findings_rule_number(f, one->rule));
	json_out_text(j, "level", sarif_level(one->severity));
	json_out_begin(j, "message", JSON_OUT_OBJECT);
	json_out_text(j, "text", one->message);
	json_out_end(j, JSON_OUT_OBJECT);
	put_location(j, one);
	put_fingerprint(j, one);
	if (v->waived_count)
		put_suppressions(j, one);
	if (f->baseline.is)
		json_out_text(j, "baselineState", baseline_state(f, one));
	put_properties(j, one);
	json_out_end(j, JSON_OUT_OBJECT);
}
