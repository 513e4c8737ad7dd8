/* Drives libcurl's multi handle: settings, transfers, and what came of them. */
#include "collect/graph/http.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <curl/curl.h>

#include "base/err.h"
#include "base/mem.h"
#include "collect/graph/http_host.h"
#include "collect/graph/http_reason.h"
#include "collect/graph/http_request.h"
#include "collect/live/live.h"

enum {
	CONNECT_SECONDS = 20,
	POLL_MS = 100,           /* between looks at signals */
	KEPT_BODY = 1 << 20,     /* bytes kept for the next answer */
	TOKEN_ROOM = 1 << 16,    /* bytes that answers with tokens fit in */
};

/* A request under way, and what is kept for the next one. */
struct transfer {
	CURL *easy;
	bool busy;
	struct curl_slist bearer;        /* the one copy of the token */
	struct http_answer answer;
	char error[CURL_ERROR_SIZE];
};

struct http {
	CURLM *multi;
	struct http_settings set;
	struct transfer transfers[HTTP_AT_ONCE + 1];    /* the last posts */
	size_t pending;
};

struct http *
http_open(const struct http_settings *set, struct err *err)
{
	struct http *h = xcalloc(1, sizeof(*h));

	h->set = *set;
	if (set->ca_file && !ca_file_is_good(set->ca_file)) {
		err_usage(err, "--ca-file: %s: want certificates in PEM",
		          set->ca_file);
		free(h);
		return NULL;
	}
	if (curl_global_init(CURL_GLOBAL_DEFAULT) == 0)
		h->multi = curl_multi_init();
	if (!h->multi) {
		err_internal(err, "libcurl cannot be used");
		free(h);
		return NULL;
	}
	curl_multi_setopt(h->multi, CURLMOPT_PIPELINING,
	                  (long)CURLPIPE_MULTIPLEX);
	return h;
}

static void
drop_token(struct transfer *t)
{
	char *text = t->bearer.data;

	if (text)
		explicit_bzero(text, strlen(text));
	free(text);
	t->bearer.data = NULL;
}

void
http_close(struct http *h)
{
	if (!h)
		return;
	for (size_t i = 0; i <= HTTP_AT_ONCE; i++) {
		struct transfer *t = &h->transfers[i];

		if (t->busy && i < HTTP_AT_ONCE)
			curl_multi_remove_handle(h->multi, t->easy);
		curl_easy_cleanup(t->easy);
		drop_token(t);
		buf_release(&t->answer.body);
	}
	curl_multi_cleanup(h->multi);
	curl_global_cleanup();
	free(h);
}

/* libcurl's: takes LEN bytes of an answer, or ends it by taking fewer. */
static size_t
take_body(char *data, size_t size, size_t n, void *transfer)
{
	struct transfer *t = transfer;

	buf_add(&t->answer.body, data, size * n);
	return t->answer.body.full ? 0 : size * n;
}

static void
set_tls(struct transfer *t, const struct http_settings *set)
{
	curl_easy_setopt(t->easy, CURLOPT_SSLVERSION,
	                 (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(t->easy, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(t->easy, CURLOPT_SSL_VERIFYHOST, 2L);
	if (set->ca_file) {
		curl_easy_setopt(t->easy, CURLOPT_CAINFO, set->ca_file);
		curl_easy_setopt(t->easy, CURLOPT_CAPATH, NULL);
	}
	/* Whoever calls has looked at the host of a plain URL. */
	curl_easy_setopt(t->easy, CURLOPT_PROTOCOLS_STR,
	                 set->plain == HTTP_PLAIN_LOOPBACK ? "https,http"
	                                                   : "https");
}

static void
set_limits(struct transfer *t, const struct http_settings *set)
{
	curl_easy_setopt(t->easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(t->easy, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(t->easy, CURLOPT_CONNECTTIMEOUT,
	                 (long)CONNECT_SECONDS);
	curl_easy_setopt(t->easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(t->easy, CURLOPT_LOW_SPEED_TIME, set->timeout);
	curl_easy_setopt(t->easy, CURLOPT_HTTP_VERSION,
	                 (long)CURL_HTTP_VERSION_2TLS);
	curl_easy_setopt(t->easy, CURLOPT_PIPEWAIT, 1L);
	curl_easy_setopt(t->easy, CURLOPT_ACCEPT_ENCODING, "");
	curl_easy_setopt(t->easy, CURLOPT_USERAGENT, "syncscope/" VERSION);
}

/* Makes a transfer ready for a request; its connections stay. */
static void
prepare(struct http *h, struct transfer *t, const char *url)
{
	struct http_answer *a = &t->answer;

	if (!t->easy) {
		t->easy = curl_easy_init();
		if (!t->easy)
			xalloc_failed();
	}
	curl_easy_reset(t->easy);
	if (a->body.room > KEPT_BODY)
		buf_release(&a->body);
	buf_clear(&a->body);
	*a = (struct http_answer){
		.body = a->body, .wait = HTTP_WAIT_NONE,
	};
	a->body.max = HTTP_BODY_MAX;
	a->body.full = false;
	t->busy = true;
	t->error[0] = '\0';
	curl_easy_setopt(t->easy, CURLOPT_URL, url);
	curl_easy_setopt(t->easy, CURLOPT_PRIVATE, (char *)t);
	curl_easy_setopt(t->easy, CURLOPT_WRITEDATA, (void *)t);
	curl_easy_setopt(t->easy, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(t->easy, CURLOPT_ERRORBUFFER, t->error);
	set_tls(t, &h->set);
	set_limits(t, &h->set);
}

void
http_get(struct http *h, const char *url, const char *token,
         enum http_connection connection, size_t tag)
{
	struct transfer *t = h->transfers;

	while (t->busy)
		t++;
	prepare(h, t, url);
	t->answer.tag = tag;
	t->bearer.data = xasprintf("Authorization: Bearer %s", token);
	curl_easy_setopt(t->easy, CURLOPT_HTTPGET, 1L);
	curl_easy_setopt(t->easy, CURLOPT_FRESH_CONNECT,
	                 connection == HTTP_NEW_CONNECTION ? 1L : 0L);
	curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, &t->bearer);
	if (curl_multi_add_handle(h->multi, t->easy) != CURLM_OK)
		xalloc_failed();
	h->pending++;
}

size_t
http_pending(const struct http *h)
{
	return h->pending;
}

static const char *
header(const struct transfer *t, const char *name)
{
	struct curl_header *found;

	if (curl_easy_header(t->easy, name, 0, CURLH_HEADER, -1, &found) !=
	    CURLHE_OK)
		return NULL;
	return found->value;
}

/* A decimal number without sign or exponent, or -1. */
static double
plain_number(const char *text)
{
	size_t len = strspn(text, "0123456789.");

	if (!len || text[len] || !isdigit((unsigned char)*text))
		return -1;
	return strtod(text, NULL);
}

/* A date counts from the server's own, whose clock may differ from ours. */
static double
seconds_until(const char *date, const char *now)
{
	time_t then = curl_getdate(date, NULL);
	time_t from = now ? curl_getdate(now, NULL) : -1;

	if (then < 0)
		return HTTP_WAIT_NONSENSE;
	if (from < 0)
		from = time(NULL);
	/* Dates have whole seconds: one more, so as not to be early. */
	return then < from ? 0 : difftime(then, from) + 1;
}

static void
read_headers(struct transfer *t)
{
	const char *wait = header(t, "Retry-After");
	const char *load = header(t, "x-ms-throttle-limit-percentage");
	const char *type = header(t, "Content-Type");
	const char *place = header(t, "Location");
	struct http_answer *a = &t->answer;

	if (wait)
		a->wait = plain_number(wait);
	if (wait && a->wait < 0)
		a->wait = seconds_until(wait, header(t, "Date"));
	if (load && plain_number(load) > 0)
		a->load = plain_number(load);
	a->is_json = !type || strstr(type, "json");
	if (place)
		http_host(place, a->leads_to, sizeof(a->leads_to));
}

static void
settle(struct transfer *t, CURLcode code)
{
	struct http_answer *a = &t->answer;

	t->busy = false;
	drop_token(t);
	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &a->status);
	if (a->status)
		read_headers(t);
	if (code == CURLE_OK)
		return;
	a->fate = a->body.full ? HTTP_TOO_LARGE : http_reason_fate(code);
	if (a->body.full)
		snprintf(a->text, sizeof(a->text), "the answer is larger than "
		         "%d MiB", HTTP_BODY_MAX >> 20);
	else
		http_reason_text(code, t->error, a->text, sizeof(a->text));
}

/* One that has ended, or NULL. */
static struct transfer *
ended(struct http *h)
{
	int left;
	CURLMsg *m = curl_multi_info_read(h->multi, &left);
	char *private = NULL;
	struct transfer *t;

	if (!m || m->msg != CURLMSG_DONE)
		return NULL;
	curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &private);
	t = (struct transfer *)(void *)private;
	settle(t, m->data.result);
	curl_multi_remove_handle(h->multi, t->easy);
	h->pending--;
	return t;
}

const struct http_answer *
http_next(struct http *h, double seconds)
{
	struct transfer *t = ended(h);

	while (!t && !interrupt_came()) {
		int running, wait = seconds * 1000 < POLL_MS
			? (int)ceil(seconds * 1000) : POLL_MS;

		curl_multi_perform(h->multi, &running);
		t = ended(h);
		if (t || seconds <= 0)
			break;
		curl_multi_poll(h->multi, NULL, 0, wait > 0 ? wait : 0, NULL);
		curl_multi_perform(h->multi, &running);
		t = ended(h);
		seconds -= (double)wait / 1000;
	}
	return t ? &t->answer : NULL;
}

/* libcurl's: whether to give up. */
static int
look_at_signals(void *unused, curl_off_t a, curl_off_t b, curl_off_t c,
                curl_off_t d)
{
	(void)unused, (void)a, (void)b, (void)c, (void)d;
	return interrupt_came();
}

const struct http_answer *
http_post(struct http *h, const char *url, const char *form)
{
	struct transfer *t = &h->transfers[HTTP_AT_ONCE];

	prepare(h, t, url);
	/* Room at once: a body that grows would leave pieces behind. */
	buf_extend(&t->answer.body, TOKEN_ROOM);
	buf_clear(&t->answer.body);
	curl_easy_setopt(t->easy, CURLOPT_POSTFIELDS, form);
	curl_easy_setopt(t->easy, CURLOPT_FORBID_REUSE, 1L);
	curl_easy_setopt(t->easy, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(t->easy, CURLOPT_XFERINFOFUNCTION, look_at_signals);
	settle(t, curl_easy_perform(t->easy));
	return &t->answer;
}

void
http_forget(struct http *h)
{
	buf_wipe(&h->transfers[HTTP_AT_ONCE].answer.body);
}

void
http_form_add(struct buf *out, const char *name, const char *value)
{
	char *escaped = curl_easy_escape(NULL, value, 0);

	if (!escaped)
		xalloc_failed();
	buf_addf(out, "%s%s=", out->len ? "&" : "", name);
	buf_adds(out, escaped);
	explicit_bzero(escaped, strlen(escaped));
	curl_free(escaped);
}
