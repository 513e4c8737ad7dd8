/* The host of an address. */
#include "collect/graph/http_host.h"

#include <stdio.h>
#include <string.h>

#include <curl/curl.h>

void
http_host(const char *url, char *out, size_t size)
{
	CURLU *parts = curl_url();
	char *host = NULL;

	*out = '\0';
	if (parts && curl_url_set(parts, CURLUPART_URL, url, 0) == CURLUE_OK &&
	    curl_url_get(parts, CURLUPART_HOST, &host, 0) == CURLUE_OK &&
	    strlen(host) < size)
		snprintf(out, size, "%s", host);
	curl_free(host);
	curl_url_cleanup(parts);
}
