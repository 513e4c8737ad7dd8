/*
 * HTTP over libcurl, which this module alone knows: several requests at once on
 * one multi handle, HTTP/2 where the server offers it. TLS 1.2 at least,
 * certificates checked, no redirect followed, proxies as the environment says
 * (HTTPS_PROXY, NO_PROXY). What is asked is in http_request.h.
 */
#ifndef COLLECT_GRAPH_HTTP_H
#define COLLECT_GRAPH_HTTP_H

#include <stdbool.h>

struct err;

enum { HTTP_AT_ONCE = 64 };         /* requests under way at most */

/* Whether http:// to this machine itself is let through; to others, never. */
enum http_plain { HTTP_PLAIN_REFUSED, HTTP_PLAIN_LOOPBACK };

struct http_settings {
	const char *ca_file;     /* PEM; NULL: the system's authorities */
	long timeout;            /* seconds without a byte */
	enum http_plain plain;
};

struct http;

/* NULL with ERR filled. */
struct http *http_open(const struct http_settings *set, struct err *err);
/* Ends what is under way. */
void http_close(struct http *h);

/*
 * Checks that URL is whole, without a user, and https, or http as PLAIN lets
 * through. NAME (an option) begins the sentence. 0, or -1 with ERR filled.
 */
int http_check_url(const char *url, const char *name, enum http_plain plain,
                   struct err *err);
/* Whether both go to the same scheme, host and port. */
bool http_same_origin(const char *a, const char *b);

#endif
