/* What collecting a live tenant rests on and needs no server. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "base/base64.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/guid_set.h"
#include "base/json.h"
#include "base/record.h"
#include "collect/graph/client_key.h"
#include "collect/graph/graph_absence.h"
#include "collect/graph/graph_error.h"
#include "collect/graph/graph_pace.h"
#include "collect/graph/graph_page.h"
#include "collect/graph/graph_query.h"
#include "collect/graph/graph_walk.h"
#include "collect/graph/http.h"
#include "collect/graph/http_request.h"
#include "collect/graph/id_queue.h"
#include "collect/live/backoff.h"
#include "collect/live/secret.h"
#include "collect/schema/name_set.h"
#include "collect/tenant/gone_list.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* ---- what is asked for ---- */

static bool
asks(enum section s, const char *name)
{
	for (size_t i = 0; i < graph_query_count(); i++) {
		const struct graph_query *q = graph_query_at(i);

		for (size_t k = 0; q->section == s && q->properties[k]; k++)
			if (strcmp(q->properties[k], name) == 0)
				return true;
	}
	return false;
}

/* Every property that rules read is asked for where objects have it. */
/* Only the beta endpoint has it, which the collector does not ask. */
static bool
is_beta(const char *name)
{
	return strcmp(name, "onPremisesObjectIdentifier") == 0;
}

static void
test_queries(void **state)
{
	struct policy *policy = calloc(1, sizeof(*policy));
	const char *names[PICK_NAMES_MAX];
	const struct wanted wanted = policy_wanted(policy);
	size_t n = attr_names(&wanted, FORM_TENANT, names), unknown = 0;

	(void)state;
	for (size_t i = 0; i < n; i++)
		if (names[i] && *names[i] != '@' && !is_beta(names[i]) &&
		    !asks(TENANT_USERS, names[i]) &&
		    !asks(TENANT_GROUPS, names[i]) &&
		    !asks(TENANT_CONTACTS, names[i])) {
			print_message("nobody asks for %s\n", names[i]);
			unknown++;
		}
	assert_true(n > 10);
	assert_int_equal(unknown, 0);
	free(policy);
}

static const struct graph_query *
query_of(enum section s)
{
	size_t i = 0;

	while (graph_query_at(i)->section != s)
		i++;
	return graph_query_at(i);
}

static void
test_addresses(void **state)
{
	struct name_set lacking = { 0 };
	const char *base = "https://graph.example";
	char *url = graph_query_url(query_of(TENANT_GROUP_MEMBERS), base,
	                            GRAPH_V1, "7", 50, &lacking);

	(void)state;
	assert_string_equal(url, "https://graph.example/v1.0/groups/7/members"
	                    "?$select=id&$top=50");
	free(url);
	name_set_add(&lacking, "configuration");
	url = graph_query_url(query_of(TENANT_SYNC), base, GRAPH_BETA, "", 50,
	                      &lacking);
	assert_string_equal(url, "https://graph.example/beta/directory/"
	                    "onPremisesSynchronization?$select=id,features");
	free(url);
	url = graph_query_delta_url(query_of(TENANT_SYNC), base, &lacking);
	assert_null(url);
	url = graph_query_delta_url(query_of(TENANT_GROUPS), base, &lacking);
	assert_non_null(strstr(url, "/v1.0/groups/delta?$select=id,"));
	assert_non_null(strstr(url, ",members&$deltatoken=latest"));
	free(url);
	name_set_release(&lacking);
}

/* Where a credential may go to. */
static void
test_urls(void **state)
{
	static const struct {
		const char *url;
		int refused, loopback;   /* by the two settings */
	} cases[] = {
		{ "https://graph.microsoft.com", 0, 0 },
		{ "http://graph.microsoft.com", -1, -1 },
		{ "http://127.0.0.1:8080", -1, 0 },
		{ "http://[::1]:8080", -1, 0 },
		{ "http://localhost", -1, 0 },
		{ "http://localhost.evil.example", -1, -1 },
		{ "http://127.0.0.1.evil.example", -1, -1 },
		{ "http://127.0.0.1@evil.example", -1, -1 },
		{ "https://user:word@graph.microsoft.com", -1, -1 },
		{ "file:///etc/passwd", -1, -1 },
		{ "graph.microsoft.com", -1, -1 },
		{ "", -1, -1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err err = { 0 };

		assert_int_equal(http_check_url(cases[i].url, "--graph-url",
		                 HTTP_PLAIN_REFUSED, &err), cases[i].refused);
		assert_int_equal(http_check_url(cases[i].url, "--graph-url",
		                 HTTP_PLAIN_LOOPBACK, &err),
		                 cases[i].loopback);
	}
}

static void
test_origins(void **state)
{
	static const struct {
		const char *a, *b;
		bool same;
	} cases[] = {
		{ "https://a.example/x", "https://A.example:443/y?z", true },
		{ "https://a.example", "http://a.example", false },
		{ "https://a.example", "https://a.example:8443", false },
		{ "https://a.example", "https://a.example.evil.example",
		  false },
		{ "https://a.example", "https://a.example@evil.example",
		  false },
		{ "https://a.example", "//a.example/x", false },
		{ "https://a.example", "file:///etc/passwd", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(http_same_origin(cases[i].a, cases[i].b),
		                 cases[i].same);
}

/* ---- answers ---- */

static void
test_fates(void **state)
{
	static const struct {
		long status;
		const char *body;
		enum graph_fate fate;
	} cases[] = {
		{ 200, "", GRAPH_CAME },
		{ 401, "", GRAPH_TOKEN },
		{ 403, "{\"error\":{\"code\":\"Authorization_RequestDenied\","
		  "\"message\":\"no\"}}", GRAPH_DENIED },
		{ 403, "<html>", GRAPH_ODD },
		{ 404, "{\"error\":{\"code\":\"Request_ResourceNotFound\","
		  "\"message\":\"no\"}}", GRAPH_GONE },
		{ 404, "{\"error\":{\"code\":\"itemNotFound\"}}", GRAPH_GONE },
		{ 404, "{\"error\":{\"code\":\"UnknownError\"}}", GRAPH_ODD },
		{ 404, "{\"error\":\"NotFound\"}", GRAPH_ODD },
		{ 404, "{\"value\":[]}", GRAPH_ODD },
		{ 404, "<html>", GRAPH_ODD },
		{ 404, "", GRAPH_ODD },
		{ 511, "<html>", GRAPH_ODD },
		{ 429, "", GRAPH_AGAIN },
		{ 500, "", GRAPH_AGAIN },
		{ 502, "<html>", GRAPH_AGAIN },
		{ 509, "", GRAPH_AGAIN },
		{ 501, "", GRAPH_WRONG },
		{ 302, "", GRAPH_ODD },
		{ 410, "", GRAPH_STALE },
		{ 400, "{\"error\":{\"code\":\"Directory_ExpiredPageToken\"}}",
		  GRAPH_STALE },
		{ 400, "{\"error\":{\"code\":\"Request_BadRequest\","
		  "\"message\":\"Could not find a property named 'x1' on type"
		  " 'microsoft.graph.user'.\"}}", GRAPH_PROPERTY },
		{ 400, "{\"error\":\"invalid_client\",\"error_description\":"
		  "\"AADSTS7000215: wrong\\r\\nTrace ID: 1\"}", GRAPH_WRONG },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct http_answer a = { .status = cases[i].status };
		struct graph_failure f;

		buf_adds(&a.body, cases[i].body);
		graph_error_read(&f, &a);
		assert_int_equal(f.fate, cases[i].fate);
		if (f.fate == GRAPH_PROPERTY)
			assert_string_equal(f.property, "x1");
		buf_release(&a.body);
	}
}

/* One line, nothing that a terminal would obey. */
static void
test_error_text(void **state)
{
	struct http_answer a = { .status = 400 };
	struct graph_failure f;

	(void)state;
	buf_adds(&a.body, "{\"error\":\"invalid_client\",\"error_description\""
	         ":\"AADSTS7000215: \\u001b[2Jwrong.\\r\\nTrace ID: 1\"}");
	graph_error_read(&f, &a);
	assert_string_equal(f.text, "400 invalid_client: AADSTS7000215: "
	                    "\\x1b[2Jwrong.");
	assert_string_equal(f.code, "invalid_client");
	buf_release(&a.body);
}

/* Who may have answered in the service's place is named. */
static void
test_odd_text(void **state)
{
	struct http_answer a = { .status = 302, .leads_to = "portal.example" };
	struct graph_failure f;

	(void)state;
	graph_error_read(&f, &a);
	assert_string_equal(f.text, "302, a redirect to portal.example, which "
	                    "is not followed: is a captive portal or a proxy "
	                    "on the way?");
	a = (struct http_answer){ .status = 200 };
	buf_adds(&a.body, "\n<!doctype html>");
	graph_error_bad_body(&f, &a, "no page", "a value");
	assert_string_equal(f.text, "the answer is no page, but HTML: is a "
	                    "captive portal or a proxy on the way?");
	buf_release(&a.body);
}

/* ---- what is not there ---- */

static void
test_absence(void **state)
{
	const struct graph_query *users = query_of(TENANT_USERS);
	const struct graph_query *members = query_of(TENANT_GROUP_MEMBERS);
	const struct graph_query *roles = query_of(TENANT_ROLE_MEMBERS);
	const struct {
		struct graph_walk walk;
		enum absence absence;
	} cases[] = {
		{ { .query = users }, ABSENCE_DOUBT },
		{ { .query = users, .aim = WALK_CHANGES }, ABSENCE_DOUBT },
		{ { .query = users, .aim = WALK_OBJECT }, ABSENCE_KNOWN },
		{ { .query = members }, ABSENCE_ASK },
		{ { .query = members, .pages = 1 }, ABSENCE_DOUBT },
		{ { .query = members, .objects = 1 }, ABSENCE_DOUBT },
		{ { .query = members, .doubted = true }, ABSENCE_DOUBT },
		{ { .query = roles }, ABSENCE_DOUBT },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct graph_failure f = { .fate = GRAPH_GONE };

		assert_int_equal(graph_absence_of_page(&cases[i].walk, &f),
		                 cases[i].absence);
		assert_int_equal(f.fate, cases[i].absence == ABSENCE_DOUBT
		                 ? GRAPH_ODD : GRAPH_GONE);
	}
}

/* Owners that follow each other, in whatever order they are told. */
static void
test_gone_in_row(void **state)
{
	static const size_t told[] = { 7, 3, 0, 4, 9, 5 };
	static const bool in_row[] = { false, true, true, true, false, false };
	const struct id_named nobody = { .id = "1" };
	struct gone_list l = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(told); i++)
		gone_list_add(&l, told[i], &nobody);
	gone_list_sort(&l);
	for (size_t i = 0; i < COUNT(told); i++)
		assert_int_equal(gone_list_in_row(&l, i), in_row[i]);
	gone_list_release(&l);
}

struct counter {
	struct graph_page_sink sink;     /* first */
	size_t objects;
	char last[64];
};

static int
count(struct graph_page_sink *s, const struct record *raw, struct err *err)
{
	struct counter *c = (struct counter *)s;

	(void)err;
	c->objects++;
	snprintf(c->last, sizeof(c->last), "%s", record_text(raw, "id"));
	return 0;
}

static void
test_pages(void **state)
{
	static const struct {
		const char *body;
		size_t objects;
		bool bad, mended, more;
	} cases[] = {
		{ "{\"value\":[{\"id\":\"1\"},{\"id\":\"2\"}]}", 2, 0, 0, 0 },
		{ "{\"value\":[],\"@odata.nextLink\":\"https://x\"}",
		  0, 0, 0, 1 },
		{ "{\"@odata.context\":\"c\",\"id\":\"1\"}", 1, 0, 0, 0 },
		{ "\xef\xbb\xbf{\"value\":[{\"id\":\"1\"}]}", 1, 0, 1, 0 },
		{ "{\"value\":[{\"id\":\"1\",\"n\":\"\\ud800\"}]}",
		  1, 0, 1, 0 },
		{ "{\"value\":[{\"id\":\"1\",\"n\":\"a\xff\"}]}", 1, 0, 1, 0 },
		{ "{\"value\":[{\"id\":\"1\",\"n\":\"a\nb\"}]}", 1, 0, 1, 0 },
		{ "{\"value\":[{\"id\":\"1\",\"n\":1e400}]}", 1, 0, 0, 0 },
		{ "{\"value\":[{\"id\":\"1\"},{\"id\":", 0, 1, 0, 0 },
		{ "{\"value\":[{\"id\":\"1\"},{\"x\":1}]}", 0, 1, 0, 0 },
		{ "<html></html>", 0, 1, 0, 0 },
		{ "{}", 0, 1, 0, 0 },
		{ "{\"error\":{\"code\":\"x\"}}", 0, 1, 0, 0 },
		{ "{\"value\":[],\"@odata.nextLink\":7}", 0, 1, 0, 0 },
		{ "{\"value\":[],\"@odata.nextLink\":null}", 0, 0, 0, 0 },
		{ "{\"value\":[null]}", 0, 1, 0, 0 },
		{ "{\"value\":null}", 0, 1, 0, 0 },
		{ "[{\"value\":[],\"@odata.nextLink\":\"a\"},{\"value\":[],"
		  "\"@odata.nextLink\":\"b\"}]", 0, 1, 0, 0 },
		{ "", 0, 1, 0, 0 },
		{ "[]", 0, 1, 0, 0 },
		{ "null", 0, 1, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct counter c = { .sink = { .object = count } };
		struct buf body = { 0 };
		struct graph_page page;
		struct err err = { 0 };

		buf_adds(&body, cases[i].body);
		assert_int_equal(graph_page_read(&page, &body, &c.sink, &err),
		                 0);
		assert_int_equal(page.bad != NULL, cases[i].bad);
		assert_int_equal(c.objects, cases[i].objects);
		assert_int_equal(page.mended, cases[i].mended);
		assert_int_equal(page.next != NULL, cases[i].more);
		graph_page_release(&page);
		buf_release(&body);
	}
}

/* ---- pace ---- */

static void
test_pace(void **state)
{
	struct graph_pace p;

	(void)state;
	graph_pace_init(&p, 16);
	assert_int_equal(p.limit, 8);
	for (int i = 0; i < 8; i++)
		graph_pace_good(&p, 0);
	assert_int_equal(p.limit, 16);
	/* Three that were under way together: one cut, the longest wait. */
	graph_pace_slower(&p, 9, 5, 10);
	graph_pace_slower(&p, 9, 7, 10);
	graph_pace_slower(&p, 9, 2, 10);
	assert_int_equal(p.limit, 8);
	assert_true(p.hold > 16.9 && p.hold < 17.1);
	assert_true(p.throttled > 6.9 && p.throttled < 7.1);
	/* From now on by one. */
	for (int i = 0; i < 8; i++)
		graph_pace_good(&p, 0);
	assert_int_equal(p.limit, 9);
	for (int i = 0; i < 9; i++)
		graph_pace_good(&p, 0.9);
	assert_int_equal(p.limit, 8);
	for (int i = 0; i < 10; i++)
		graph_pace_slower(&p, 100 + i, 0, 100 + i);
	assert_int_equal(p.limit, 1);
}

static void
test_backoff(void **state)
{
	(void)state;
	for (int i = 0; i < 100; i++) {
		assert_in_range((int)(backoff_seconds(1) * 100), 74, 126);
		assert_in_range((int)(backoff_seconds(4) * 100), 599, 1001);
		assert_in_range((int)(backoff_seconds(50) * 100), 4499, 7501);
	}
}

/* ---- ids ---- */

static void
test_ids(void **state)
{
	struct id_queue q = { 0 };
	struct guid_set set = { 0 };
	char id[ID_TEXT], want[ID_TEXT];
	struct id_named one;
	int next = 0;

	(void)state;
	assert_int_equal(id_queue_put(&q, "../users", NULL), -1);
	for (int i = 1; i <= 5000; i++) {
		struct guid g;

		snprintf(id, sizeof(id), "00000001-0000-4000-8000-%012d", i);
		assert_int_equal(id_queue_put(&q, id, id), 0);
		guid_parse(&g, id);
		guid_set_add(&set, &g);
		assert_true(guid_set_has(&set, &g));
		if (i % 3 == 0)
			continue;
		assert_true(id_queue_take(&q, &one));
		snprintf(want, sizeof(want), "00000001-0000-4000-8000-%012d",
		         ++next);
		assert_string_equal(one.id, want);
		assert_string_equal(one.name, want);
	}
	while (id_queue_take(&q, &one))
		next++;
	assert_int_equal(next, 5000);
	assert_int_equal(set.count, 5000);
	id_queue_release(&q);
	guid_set_release(&set);
}

static void
test_masks(void **state)
{
	struct secret s = { 0 };
	char text[] = "a (hunter2-and-some-more) b hunter2-and-so... c";

	(void)state;
	assert_int_equal(secret_set(&s, "hunter2-and-some-more"), 0);
	secret_mask(&s, text);
	assert_string_equal(text, "a (*********************) b "
	                    "**************... c");
	secret_release(&s);
}

/* ---- assertions ---- */

static char folder[] = "/tmp/collect_tenant.XXXXXX";

static EVP_PKEY *
make_certificate(const char *path)
{
	EVP_PKEY *key = EVP_RSA_gen(2048);
	X509 *cert = X509_new();
	FILE *out = fopen(path, "w");

	ASN1_INTEGER_set(X509_get_serialNumber(cert), 1);
	X509_gmtime_adj(X509_getm_notBefore(cert), 0);
	X509_gmtime_adj(X509_getm_notAfter(cert), 3600);
	X509_set_pubkey(cert, key);
	X509_NAME_add_entry_by_txt(X509_get_subject_name(cert), "CN",
	                           MBSTRING_ASC, (const unsigned char *)"app",
	                           -1, -1, 0);
	X509_set_issuer_name(cert, X509_get_subject_name(cert));
	X509_sign(cert, key, EVP_sha256());
	PEM_write_X509(out, cert);
	PEM_write_PrivateKey(out, key, NULL, NULL, 0, NULL, NULL);
	fclose(out);
	X509_free(cert);
	return key;
}

/* The bytes of base64url without padding. */
static void
decode(struct buf *out, const char *text, size_t len)
{
	struct buf plain = { 0 };

	for (size_t i = 0; i < len; i++)
		buf_addc(&plain, text[i] == '-' ? '+' : text[i] == '_' ? '/'
		         : text[i]);
	while (plain.len % 4)
		buf_addc(&plain, '=');
	assert_int_equal(base64_decode(out, plain.data, plain.len), 0);
	buf_release(&plain);
}

static int
verify(EVP_PKEY *key, enum client_alg alg, const char *jwt)
{
	const char *dot = strrchr(jwt, '.');
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	EVP_PKEY_CTX *how;
	struct buf sig = { 0 };
	int good;

	decode(&sig, dot + 1, strlen(dot + 1));
	EVP_DigestVerifyInit(ctx, &how, EVP_sha256(), NULL, key);
	if (alg == CLIENT_PS256) {
		EVP_PKEY_CTX_set_rsa_padding(how, RSA_PKCS1_PSS_PADDING);
		EVP_PKEY_CTX_set_rsa_pss_saltlen(how, 32);
	}
	good = EVP_DigestVerify(ctx, (unsigned char *)sig.data, sig.len,
	                        (const unsigned char *)jwt,
	                        (size_t)(dot - jwt));
	EVP_MD_CTX_free(ctx);
	buf_release(&sig);
	return good;
}

static void
test_assertions(void **state)
{
	char path[64];
	EVP_PKEY *key;
	struct secret none = { 0 };
	struct err err = { 0 };
	struct client_key *k;
	bool wants;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/app.pem", folder);
	key = make_certificate(path);
	k = client_key_load(path, NULL, &none, &wants, &err);
	assert_non_null(k);
	for (int alg = CLIENT_PS256; alg <= CLIENT_RS256; alg++) {
		struct client_claims claims = {
			.audience = "https://login.example/t/oauth2/v2.0/token",
			.client = "app\"1", .now = 1000,
		};
		struct buf jwt = { 0 }, head = { 0 }, body = { 0 };
		const char *dot;

		assert_int_equal(client_key_assert(k, (enum client_alg)alg,
		                                   &claims, &jwt, &err), 0);
		assert_int_equal(verify(key, (enum client_alg)alg, jwt.data),
		                 1);
		dot = strchr(jwt.data, '.');
		decode(&head, jwt.data, (size_t)(dot - jwt.data));
		decode(&body, dot + 1, strcspn(dot + 1, "."));
		assert_non_null(strstr(head.data, alg == CLIENT_RS256
		                       ? "\"RS256\"" : "\"PS256\""));
		assert_non_null(strstr(head.data, "\"x5t#S256\":\""));
		assert_non_null(strstr(body.data, "\"iss\":\"app\\\"1\",\"sub\""
		                       ":\"app\\\"1\""));
		assert_non_null(strstr(body.data, "\"exp\":1600"));
		buf_release(&jwt);
		buf_release(&head);
		buf_release(&body);
	}
	client_key_free(k);
	EVP_PKEY_free(key);
	unlink(path);
	rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_queries),
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_urls),
		cmocka_unit_test(test_origins),
		cmocka_unit_test(test_fates),
		cmocka_unit_test(test_error_text),
		cmocka_unit_test(test_odd_text),
		cmocka_unit_test(test_absence),
		cmocka_unit_test(test_gone_in_row),
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_pace),
		cmocka_unit_test(test_backoff),
		cmocka_unit_test(test_ids),
		cmocka_unit_test(test_masks),
		cmocka_unit_test(test_assertions),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
