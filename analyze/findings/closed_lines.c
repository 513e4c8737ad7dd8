/* closed.ndjson: its lines, written and read. */
#include "analyze/findings/closed_lines.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/findings/compared_file.h"
#include "analyze/findings/diff_side.h"
#include "analyze/findings/event_json.h"
#include "analyze/findings/line.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/record.h"

static const char *const states[] = {
	[CLOSED_FIXED] = "fixed", [CLOSED_NOT_COMPARABLE] = "not-comparable",
};

void
closed_put(struct buf *out, const struct closed_finding *c)
{
	const struct finding *f = &c->finding;

	line_first(out, "fingerprint", f->fingerprint);
	line_text(out, "rule", f->rule);
	line_text(out, "severity", severity_name(f->severity));
	line_text(out, "class", f->class);
	line_text(out, "dn", f->dn);
	line_text(out, "guid", f->guid);
	line_text(out, "upn", f->upn);
	line_text(out, "attribute", f->attribute);
	line_text(out, "observed", f->observed);
	line_time(out, "firstSeen", c->first_seen);
	line_time(out, "lastSeen", c->last_seen);
	line_text(out, "state", states[c->state]);
	line_time(out, "since", c->since);
	line_text(out, "reason", c->reason);
	line_text(out, "forest", f->forest);
	line_text(out, "domain", f->domain);
	if (f->object)
		line_text(out, "object", f->object);
	event_json_put(out, &f->event);
	buf_adds(out, "}\n");
}

static int
take_state(const struct record *r, enum closed_state *out)
{
	const char *text = record_text(r, "state");

	for (int i = 0; text && i <= CLOSED_NOT_COMPARABLE; i++)
		if (strcmp(states[i], text) == 0) {
			*out = (enum closed_state)i;
			return 0;
		}
	return -1;
}

int
closed_take(const struct compared_file *s, struct arena *a,
            struct closed_finding *out, struct err *err)
{
	const struct record *r = s->record;
	struct finding *f = &out->finding;

	*out = (struct closed_finding){
		.reason = record_text(r, "reason"),
		.finding = {
			.fingerprint = record_text(r, "fingerprint"),
			.rule = record_text(r, "rule"),
			.class = record_text(r, "class"),
			.dn = record_text(r, "dn"),
			.guid = record_text(r, "guid"),
			.upn = record_text(r, "upn"),
			.object = record_text(r, "object"),
			.attribute = record_text(r, "attribute"),
			.observed = record_text(r, "observed"),
			.forest = record_text(r, "forest"),
			.domain = record_text(r, "domain"),
		},
	};
	if (!f->rule || !f->fingerprint || take_state(r, &out->state) < 0 ||
	    severity_parse(&f->severity, record_text(r, "severity")) < 0 ||
	    event_json_take(r, a, &f->event) < 0 ||
	    line_time_of(record_text(r, "firstSeen"),
	                 &out->first_seen) < 0 ||
	    line_time_of(record_text(r, "lastSeen"),
	                 &out->last_seen) < 0 ||
	    line_time_of(record_text(r, "since"),
	                 &out->since) < 0)
		return compared_wrong(s, "a fingerprint, a rule, a severity, "
		                      "a state and times", err);
	return 0;
}

int
closed_load(struct closed_prints *c, const struct diff_side *of,
            struct err *err)
{
	struct compared_file s = { .path = NULL };
	struct closed_finding one;
	struct arena scratch = { 0 };
	int rc;

	if (!*of->counts->closed_digest)
		return 0;
	rc = compared_open(&s, of->folder, CLOSED_FILE, err);
	while (rc == 0 && (rc = compared_record(&s, err)) > 0) {
		struct print p;

		arena_clear(&scratch);
		rc = print_take(&s, &p, err);
		if (rc < 0 || (rc = closed_take(&s, &scratch, &one, err)) < 0)
			continue;
		p.state = one.state;
		p.number = (uint32_t)c->count;
		LIST_RESERVE(c->reasons, c->room, c->count + 1);
		c->reasons[c->count++] = arena_strdup(&c->arena, one.reason
		                                      ? one.reason : "");
		prints_add(&c->prints, &p);
	}
	if (rc == 0)
		rc = compared_check(&s, of->counts->closed,
		                    of->counts->closed_digest, err);
	prints_sort(&c->prints);
	compared_close(&s);
	arena_release(&scratch);
	return rc;
}

const char *
closed_reason(const struct closed_prints *c, const struct print *p)
{
	return c->reasons[p->number];
}

void
closed_prints_release(struct closed_prints *c)
{
	prints_release(&c->prints);
	free(c->reasons);
	arena_release(&c->arena);
	*c = (struct closed_prints){ .count = 0 };
}
