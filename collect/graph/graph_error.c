/* Answers of Graph and of the token service. */
#include "collect/graph/graph_error.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/json.h"
#include "base/term.h"
#include "collect/graph/http_request.h"
#include "collect/live/live.h"

/* Statuses that are not what their hundred says. */
static const struct {
	long status;
	enum graph_fate fate;
} statuses[] = {
	{ 200, GRAPH_CAME }, { 401, GRAPH_TOKEN }, { 403, GRAPH_DENIED },
	{ 404, GRAPH_GONE }, { 408, GRAPH_AGAIN }, { 410, GRAPH_STALE },
	{ 425, GRAPH_AGAIN }, { 429, GRAPH_AGAIN }, { 501, GRAPH_WRONG },
	{ 505, GRAPH_WRONG },
	/* "Network Authentication Required", RFC 6585: a captive portal. */
	{ 511, GRAPH_ODD },
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
	if (status / 100 == 3)
		return GRAPH_ODD;
	return status >= 500 ? GRAPH_AGAIN : GRAPH_WRONG;
}

static const char on_the_way[] = "is a captive portal or a proxy on the way?";

static bool
is_html(const struct http_answer *a)
{
	const char *text = buf_text(&a->body);

	return text[strspn(text, " \t\r\n")] == '<';
}

/*
 * What has a meaning only where the service itself says it: 404 with a code
 * such as Request_ResourceNotFound, and 403 that is no page of a proxy.
 */
static bool
is_foreign(const struct graph_failure *f, const struct http_answer *a,
           const char *code)
{
	if (f->fate == GRAPH_GONE)
		return !code || !strcasestr(code, "NotFound");
	return f->fate == GRAPH_DENIED && is_html(a);
}

/* The sentence ends with where the answer may have come from. */
static void
tell_odd(struct graph_failure *f, const struct http_answer *a)
{
	size_t len = strlen(f->text), left = sizeof(f->text) - len;

	if (f->status / 100 == 3 && a->leads_to[0])
		snprintf(f->text + len, left, ", a redirect to %s, which is "
		         "not followed: %s", a->leads_to, on_the_way);
	else if (f->status / 100 == 3)
		snprintf(f->text + len, left, ", a redirect, which is not "
		         "followed: %s", on_the_way);
	else
		snprintf(f->text + len, left, "%s, which is no answer of the "
		         "service: %s", is_html(a) ? " with HTML" : "",
		         on_the_way);
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
	const char *own = json_string(json_get(error, "code")), *code = own;
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
	if (is_foreign(f, a, own))
		f->fate = GRAPH_ODD;
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
	if (f->fate == GRAPH_ODD && !f->code[0])
		tell_odd(f, a);
	snprintf(raw, sizeof(raw), "%s", f->text);
	term_safe(f->text, sizeof(f->text), raw);
}

void
graph_error_bad_body(struct graph_failure *f, const struct http_answer *a,
                     const char *what, const char *why)
{
	*f = (struct graph_failure){ .fate = GRAPH_ODD };
	if (is_html(a))
		snprintf(f->text, sizeof(f->text), "the answer is %s, but "
		         "HTML: %s", what, on_the_way);
	else
		snprintf(f->text, sizeof(f->text), "the answer is %s: want %s",
		         what, why);
}

double
graph_odd_wait(long tries)
{
	static const double longest = 5;
	double wait = backoff_seconds(tries);

	return wait < longest ? wait : longest;
}
