/* libcurl's codes as fates and sentences. */
#include "collect/graph/http_reason.h"

#include <stdio.h>
#include <string.h>

#include <curl/curl.h>

#include "base/term.h"

/* What another try cannot cure, and what to do about it. */
static const struct {
	int code;
	const char *text;
} refused[] = {
	{ CURLE_PEER_FAILED_VERIFICATION, "the server's certificate is not "
	  "accepted; --ca-file names an authority to trust" },
	{ CURLE_SSL_CACERT_BADFILE, "--ca-file: cannot be read as "
	  "certificates in PEM" },
	{ CURLE_SSL_CRL_BADFILE, "the revocation list cannot be read" },
	{ CURLE_URL_MALFORMAT, "the address is malformed" },
	{ CURLE_COULDNT_RESOLVE_PROXY, "the proxy's name is not found" },
	{ CURLE_SSL_CERTPROBLEM, "the certificate cannot be used" },
	{ CURLE_NOT_BUILT_IN, "libcurl lacks what is needed" },
};

/* The commonest in words; else libcurl's own. */
static const struct {
	int code;
	const char *text;
} lost[] = {
	{ CURLE_COULDNT_RESOLVE_HOST, "the host's name is not found" },
	{ CURLE_COULDNT_CONNECT, "no connection" },
	{ CURLE_OPERATION_TIMEDOUT, "no answer in time" },
	{ CURLE_PARTIAL_FILE, "the answer was cut off" },
	{ CURLE_RECV_ERROR, "the connection broke" },
	{ CURLE_SEND_ERROR, "the connection broke" },
	{ CURLE_GOT_NOTHING, "the connection broke before an answer" },
	{ CURLE_UNSUPPORTED_PROTOCOL, "the answer is no HTTP" },
	{ CURLE_HTTP2, "the connection broke" },
	{ CURLE_HTTP2_STREAM, "the answer was cut off" },
	{ CURLE_BAD_CONTENT_ENCODING, "the answer is packed wrongly" },
	{ CURLE_SSL_CONNECT_ERROR, "TLS was not agreed on" },
};

enum {
	REFUSED = sizeof(refused) / sizeof(refused[0]),
	LOST = sizeof(lost) / sizeof(lost[0]),
};

enum http_fate
http_reason_fate(int code)
{
	for (size_t i = 0; i < REFUSED; i++)
		if (refused[i].code == code)
			return HTTP_REFUSED;
	return HTTP_LOST;
}

/* Certificates have reasons of their own, in OpenSSL's and libcurl's words. */
static const struct {
	const char *word, *text;
} certificates[] = {
	{ "subject name", "the server's certificate is for another name" },
	{ "expired", "the server's certificate has expired" },
	{ "not yet valid", "the server's certificate is not valid yet" },
};

static const char *
sentence(int code, const char *detail)
{
	for (size_t i = 0; code == CURLE_PEER_FAILED_VERIFICATION &&
	     i < sizeof(certificates) / sizeof(certificates[0]); i++)
		if (strstr(detail, certificates[i].word))
			return certificates[i].text;
	for (size_t i = 0; i < REFUSED; i++)
		if (refused[i].code == code)
			return refused[i].text;
	for (size_t i = 0; i < LOST; i++)
		if (lost[i].code == code)
			return lost[i].text;
	return curl_easy_strerror((CURLcode)code);
}

void
http_reason_text(int code, const char *detail, char *out, size_t size)
{
	char safe[HTTP_TEXT / 2];

	term_safe(safe, sizeof(safe), detail);
	snprintf(out, size, "%s%s%s%s", sentence(code, detail),
	         *safe ? " (" : "", safe, *safe ? ")" : "");
}
