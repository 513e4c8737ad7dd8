/*
 * What is sent over HTTP, and what comes back. There are just two kinds of
 * requests: GET, and the POST of a form that gets a token.
 */
#ifndef COLLECT_GRAPH_HTTP_REQUEST_H
#define COLLECT_GRAPH_HTTP_REQUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "collect/graph/http_fate.h"

struct http;

enum { HTTP_BODY_MAX = 32 << 20 };  /* bytes of an answer, unpacked */

/* Retry-After (RFC 9110 section 10.2.3): seconds, or one of these. */
#define HTTP_WAIT_NONE (-1.0)
#define HTTP_WAIT_NONSENSE (-2.0)

struct http_answer {
	size_t tag;              /* that of the request */
	enum http_fate fate;
	char text[HTTP_TEXT];    /* why nothing came; safe to print */
	long status;             /* 0: none */
	struct buf body;
	double wait;             /* Retry-After, dates turned into seconds */
	double load;             /* x-ms-throttle-limit-percentage, or 0 */
	bool is_json;            /* as Content-Type says, or does not say */
	char leads_to[HTTP_HOST];        /* a redirect's host, or "" */
};

/* One that failed on a connection had better not use it again. */
enum http_connection { HTTP_ANY_CONNECTION, HTTP_NEW_CONNECTION };

/* Begins a GET, with a bearer token (RFC 6750), whose copy is wiped. */
void http_get(struct http *h, const char *url, const char *token,
              enum http_connection connection, size_t tag);
/* How many are under way. */
size_t http_pending(const struct http *h);
/*
 * Waits SECONDS at most for one to end: its answer, which holds until the next
 * call, or NULL.
 */
const struct http_answer *http_next(struct http *h, double seconds);

/*
 * Posts a form (application/x-www-form-urlencoded) and waits for the answer,
 * which holds until the next call. What is under way waits meanwhile.
 */
const struct http_answer *http_post(struct http *h, const char *url,
                                    const char *form);

/* Overwrites the answer to the last http_post, which may hold a token. */
void http_forget(struct http *h);

/* Appends NAME=VALUE, escaped, with "&" before it when OUT holds something. */
void http_form_add(struct buf *out, const char *name, const char *value);

#endif
