/* Rules are reporting descriptors (SARIF 2.1.0, section 3.49). */
#include "report/export/sarif_rules.h"

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "report/export/json_out.h"

const char *
sarif_level(enum severity s)
{
	static const char *const levels[SEVERITY_COUNT] = {
		[SEVERITY_CRITICAL] = "error", [SEVERITY_HIGH] = "error",
		[SEVERITY_MEDIUM] = "warning", [SEVERITY_LOW] = "note",
		[SEVERITY_INFO] = "note",
	};

	return levels[s];
}

/* The member KEY, an object with TEXT alone. */
static void
put_message(struct json_out *j, const char *key, const char *text)
{
	json_out_begin(j, key, JSON_OUT_OBJECT);
	json_out_text(j, "text", text);
	json_out_end(j, JSON_OUT_OBJECT);
}

/* Whether TEXT may stand in a URI as it is (RFC 3986). */
static bool
is_of_uri(const char *text, size_t len)
{
	return strspn(text, "abcdefghijklmnopqrstuvwxyz"
	              "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	              "-._~:/?#@!$&'()*+,;=") >= len;
}

/* What a rule rests on, where it is an address; other texts may follow it. */
static void
put_help_uri(struct json_out *j, const char *source)
{
	size_t len = source ? strcspn(source, " ") : 0;
	struct buf uri = { 0 };

	if (!source || strncmp(source, "https://", 8) != 0 ||
	    !is_of_uri(source, len))
		return;
	buf_add(&uri, source, len);
	json_out_text(j, "helpUri", buf_text(&uri));
	buf_release(&uri);
}

static void
put_help(struct json_out *j, const struct rule_result *r)
{
	struct buf text = { 0 };

	buf_adds(&text, r->fix);
	if (*r->source)
		buf_addf(&text, "\nSource: %s", r->source);
	put_message(j, "help", buf_text(&text));
	buf_release(&text);
}

static void
put_rule(struct json_out *j, const struct rule_result *r)
{
	json_out_begin(j, NULL, JSON_OUT_OBJECT);
	json_out_text(j, "id", r->id);
	put_message(j, "shortDescription", r->title);
	put_message(j, "fullDescription", r->why);
	put_help(j, r);
	put_help_uri(j, r->source);
	json_out_begin(j, "defaultConfiguration", JSON_OUT_OBJECT);
	json_out_text(j, "level", sarif_level(r->severity));
	json_out_end(j, JSON_OUT_OBJECT);
	json_out_begin(j, "properties", JSON_OUT_OBJECT);
	json_out_text(j, "severity", severity_name(r->severity));
	json_out_maybe(j, "category", r->category);
	json_out_text(j, "outcome", outcome_name(r->outcome));
	json_out_number(j, "findings", r->findings);
	json_out_number(j, "objects", r->objects);
	json_out_end(j, JSON_OUT_OBJECT);
	json_out_end(j, JSON_OUT_OBJECT);
}

/* Why no result of a rule, or not all, is to be had. */
enum told_gap { GAP_NOT_ASSESSED, GAP_IN_PART, GAP_NOT_KNOWN, GAPS_TOLD };

static const struct {
	const char *id, *text;
} told_gaps[GAPS_TOLD] = {
	[GAP_NOT_ASSESSED] = { "not-assessed",
		"A rule could not be checked." },
	[GAP_IN_PART] = { "assessed-in-part",
		"A rule could not look at everything." },
	[GAP_NOT_KNOWN] = { "readiness-not-known",
		"No object of a class can be called ready." },
};

static void
put_notifications(struct json_out *j)
{
	json_out_begin(j, "notifications", JSON_OUT_ARRAY);
	for (int i = 0; i < GAPS_TOLD; i++) {
		json_out_begin(j, NULL, JSON_OUT_OBJECT);
		json_out_text(j, "id", told_gaps[i].id);
		put_message(j, "shortDescription", told_gaps[i].text);
		json_out_end(j, JSON_OUT_OBJECT);
	}
	json_out_end(j, JSON_OUT_ARRAY);
}

void
sarif_tool(struct json_out *j, const struct findings *f)
{
	json_out_begin(j, "tool", JSON_OUT_OBJECT);
	json_out_begin(j, "driver", JSON_OUT_OBJECT);
	json_out_text(j, "name", "syncscope");
	json_out_maybe(j, "version", f->tool_version);
	json_out_begin(j, "rules", JSON_OUT_ARRAY);
	for (size_t i = 0; i < f->rule_count; i++)
		put_rule(j, &f->rules[i]);
	json_out_end(j, JSON_OUT_ARRAY);
	put_notifications(j);
	json_out_end(j, JSON_OUT_OBJECT);
	json_out_end(j, JSON_OUT_OBJECT);
}

/* Leaves the notification open for what is its own. */
static void
begin_notification(struct json_out *j, enum told_gap gap, const char *about,
                   const char *reason)
{
	struct buf text = { 0 };

	buf_addf(&text, "%s: %s", about, reason ? reason : told_gaps[gap].text);
	json_out_begin(j, NULL, JSON_OUT_OBJECT);
	json_out_begin(j, "descriptor", JSON_OUT_OBJECT);
	json_out_text(j, "id", told_gaps[gap].id);
	json_out_number(j, "index", gap);
	json_out_end(j, JSON_OUT_OBJECT);
	json_out_text(j, "level", "warning");
	put_message(j, "message", buf_text(&text));
	buf_release(&text);
}

static void
put_gap(struct json_out *j, const struct findings *f, size_t rule)
{
	const struct rule_result *r = &f->rules[rule];
	bool blind = r->outcome == OUTCOME_NOT_ASSESSED;

	if (!rule_result_has_gap(r))
		return;
	begin_notification(j, blind ? GAP_NOT_ASSESSED : GAP_IN_PART, r->id,
	                   r->reason);
	json_out_begin(j, "associatedRule", JSON_OUT_OBJECT);
	json_out_text(j, "id", r->id);
	json_out_number(j, "index", rule);
	json_out_end(j, JSON_OUT_OBJECT);
	json_out_end(j, JSON_OUT_OBJECT);
}

void
sarif_invocation(struct json_out *j, const struct findings *f)
{
	json_out_begin(j, "invocations", JSON_OUT_ARRAY);
	json_out_begin(j, NULL, JSON_OUT_OBJECT);
	json_out_word(j, "executionSuccessful", "true");
	json_out_begin(j, "toolExecutionNotifications", JSON_OUT_ARRAY);
	for (size_t i = 0; i < f->rule_count; i++)
		put_gap(j, f, i);
	for (size_t i = 0; i < f->not_known_count; i++) {
		begin_notification(j, GAP_NOT_KNOWN, f->not_known[i].class,
		                   f->not_known[i].reason);
		json_out_end(j, JSON_OUT_OBJECT);
	}
	json_out_end(j, JSON_OUT_ARRAY);
	json_out_end(j, JSON_OUT_OBJECT);
	json_out_end(j, JSON_OUT_ARRAY);
}
