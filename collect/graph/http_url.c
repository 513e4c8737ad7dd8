/* Addresses that a credential may go to. */
#include "collect/graph/http.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <curl/curl.h>

#include "base/err.h"

/* The parts of an address that say who is meant; the caller frees them. */
struct url_origin {
	char *scheme, *host, *port;
};

static void
origin_release(struct url_origin *o)
{
	curl_free(o->scheme);
	curl_free(o->host);
	curl_free(o->port);
}

static int
read_origin(struct url_origin *o, const char *text)
{
	CURLU *url = curl_url();
	char *user = NULL;
	int rc = -1;

	*o = (struct url_origin){ 0 };
	if (url && curl_url_set(url, CURLUPART_URL, text, 0) == CURLUE_OK &&
	    curl_url_get(url, CURLUPART_SCHEME, &o->scheme, 0) == CURLUE_OK &&
	    curl_url_get(url, CURLUPART_HOST, &o->host, 0) == CURLUE_OK &&
	    curl_url_get(url, CURLUPART_PORT, &o->port,
	                 CURLU_DEFAULT_PORT) == CURLUE_OK &&
	    curl_url_get(url, CURLUPART_USER, &user, 0) != CURLUE_OK)
		rc = 0;
	curl_free(user);
	curl_url_cleanup(url);
	return rc;
}

static int
is_loopback(const char *host)
{
	return strcasecmp(host, "localhost") == 0 ||
	       strcmp(host, "[::1]") == 0 ||
	       (strncmp(host, "127.", 4) == 0 &&
	        strspn(host, "0123456789.") == strlen(host));
}

int
http_check_url(const char *url, const char *name, enum http_plain plain,
               struct err *err)
{
	struct url_origin o;
	int rc = read_origin(&o, url);

	if (rc < 0)
		err_usage(err, "%s: want an address such as "
		          "https://graph.microsoft.com, have \"%s\"", name,
		          url);
	else if (strcmp(o.scheme, "https") != 0 &&
	         strcmp(o.scheme, "http") != 0)
		rc = err_usage(err, "%s: want https, have \"%s\"", name, url);
	else if (strcmp(o.scheme, "http") == 0 && !is_loopback(o.host))
		rc = err_usage(err, "%s: want https, have \"%s\"; what is "
		               "sent over http can be read on the way", name,
		               url);
	else if (strcmp(o.scheme, "http") == 0 && plain == HTTP_PLAIN_REFUSED)
		rc = err_usage(err, "%s: want https, have \"%s\"; to this "
		               "machine itself --allow-http lets http "
		               "through", name, url);
	origin_release(&o);
	return rc;
}

bool
http_same_origin(const char *a, const char *b)
{
	struct url_origin x, y;
	int first = read_origin(&x, a), second = read_origin(&y, b);
	bool same = first == 0 && second == 0 &&
		strcasecmp(x.scheme, y.scheme) == 0 &&
		strcasecmp(x.host, y.host) == 0 && strcmp(x.port, y.port) == 0;

	origin_release(&x);
	origin_release(&y);
	return same;
}
