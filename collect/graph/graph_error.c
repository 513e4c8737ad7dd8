/* Answers of Graph and of the token service. */
#include "collect/graph/graph_error.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/term.h"
#include "collect/graph/http_request.h"

/* Statuses that are not what their hundred says. */
static const struct {
	long status;
	enum graph_fate fate;
} statuses[] = {
	{ 200, GRAPH_CAME }, { 401, GRAPH_TOKEN }, { 403, GRAPH_DENIED },
	{ 404, GRAPH_GONE }, { 408, GRAPH_AGAIN }, { 410, GRAPH_STALE },
	{ 425, GRAPH_AGAIN }, { 429, GRAPH_AGAIN }, { 501, GRAPH_WRONG },
	{ 505, GRAPH_WRONG },
};

/* Codes that say more than the status. */
static const struct {
	const char *code;
	enum graph_fate fate;
} codes[] = {
	{ "Directory_ExpiredPageToken", GRAPH_STALE },
	{ "Directory_ResyncRequired", GRAPH_STALE },
	{ "InvalidSkipToken", GRAPH_STALE },
	{ "resyncRequired", GRAPH_STALE },
	{ "syncStateNotFound", GRAPH_STALE },
	{ "syncStateInvalid", GRAPH_STALE },
};

static enum graph_fate
fate_of(long status, const char *code)
{
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (strcmp(codes[i].code, code) == 0)
			return codes[i].fate;
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
		if (statuses[i].status == status)
			return statuses[i].fate;
	/* A redirect comes of something on the way, or passes. */
	return status >= 500 || status / 100 == 3 ? GRAPH_AGAIN : GRAPH_WRONG;
}

/* "Could not find a property named 'x' on type 'microsoft.graph.user'." */
static void
find_property(struct graph_failure *f, const char *message)
{
	static const char before[] = "property named '";
	const char *at = message ? strstr(message, before) : NULL;
	size_t len;

	if (!at)
		return;
	at += sizeof(before) - 1;
	len = strcspn(at, "'");
	if (at[len] != '\'' || len >= sizeof(f->property))
		return;
	memcpy(f->property, at, len);
	f->property[len] = '\0';
	f->fate = GRAPH_PROPERTY;
}

/*
 * {"error":{"code","message"}} of Graph; {"error","error_description"} of the
 * token service (RFC 6749 section 5.2), where the description begins with
 * AADSTS and a number, and goes on below with trace ids.
 */
static void
read_body(struct graph_failure *f, const struct http_answer *a)
{
	struct json_error e;
	struct json *tree = json_parse(buf_text(&a->body), a->body.len, &e);
	const struct json *error = json_get(tree, "error");
	const char *code = json_string(json_get(error, "code"));
	const char *message = json_string(json_get(error, "message"));

	if (!code)
		code = json_string(error);
	if (!message)
		message = json_string(json_get(tree, "error_description"));
	snprintf(f->code, sizeof(f->code), "%s", code ? code : "");
	f->fate = fate_of(a->status, f->code);
	if (a->status == 400)
		find_property(f, message);
	snprintf(f->text, sizeof(f->text), "%ld%s%s%s%.*s", a->status,
	         code ? " " : "", code ? term_text(code) : "",
	         message ? ": " : "",
	         message ? (int)strcspn(message, "\r\n") : 0,
	         message ? message : "");
	json_free(tree);
}

void
graph_error_read(struct graph_failure *f, const struct http_answer *a)
{
	char raw[GRAPH_TEXT];

	*f = (struct graph_failure){
		.fate = GRAPH_CAME,
		.status = a->fate == HTTP_CAME ? a->status : 0,
	};
	if (a->fate != HTTP_CAME) {
		f->fate = a->fate == HTTP_REFUSED ? GRAPH_WRONG
			: a->fate == HTTP_TOO_LARGE ? GRAPH_LARGE : GRAPH_AGAIN;
		snprintf(f->text, sizeof(f->text), "%s", a->text);
		return;
	}
	if (a->status == 200)
		return;
	read_body(f, a);
	snprintf(raw, sizeof(raw), "%s", f->text);
	term_safe(f->text, sizeof(f->text), raw);
}

void
graph_error_bad_body(struct graph_failure *f, const char *why)
{
	*f = (struct graph_failure){ .fate = GRAPH_AGAIN };
	snprintf(f->text, sizeof(f->text), "the answer is no whole page of "
	         "Graph: %s", why);
}
