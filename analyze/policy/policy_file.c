/* Reads the policy file: what each key may say, and where it goes. */
#include "analyze/policy/policy.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/policy/policy_check.h"
#include "analyze/policy/policy_exchange.h"
#include "analyze/policy/policy_scope.h"
#include "analyze/policy/policy_value.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/guid.h"
#include "base/json.h"

enum { POLICY_MAX = 4 << 20 };

static int
read_tenant_id(struct policy_reader *r, const struct json *j)
{
	struct guid id;

	if (policy_text(r, j, &r->p->tenant_id) < 0)
		return -1;
	if (r->p->tenant_id && guid_parse(&id, r->p->tenant_id) < 0)
		return policy_wrong(r, j, "the organization's id, a GUID such "
		                    "as 0f1d4a3e-7c52-4b8e-9a60-5d2e8c7b1f34");
	return 0;
}

static int
read_initial(struct policy_reader *r, const struct json *j)
{
	if (policy_text(r, j, &r->p->initial_domain) < 0)
		return -1;
	return r->p->initial_domain
		? policy_domain(r, j, &r->p->initial_domain) : 0;
}

static int
read_names(struct policy_reader *r, const struct json *j, const char ***out,
           size_t *count)
{
	if (policy_texts(r, j, out, count) < 0)
		return -1;
	for (size_t i = 0; i < *count; i++)
		if (policy_domain(r, j, &(*out)[i]) < 0)
			return -1;
	return 0;
}

static int
read_verified(struct policy_reader *r, const struct json *j)
{
	return read_names(r, j, &r->p->verified_domains,
	                  &r->p->verified_count);
}

static int
read_primary_domains(struct policy_reader *r, const struct json *j)
{
	return read_names(r, j, &r->p->primary_domains,
	                  &r->p->primary_domain_count);
}

static int
read_engine(struct policy_reader *r, const struct json *j)
{
	static const struct policy_word words[] = {
		{ "dirsync", ENGINE_DIRSYNC }, { "aadsync", ENGINE_AADSYNC },
		{ "connect", ENGINE_CONNECT },
		{ "cloud-sync", ENGINE_CLOUD_SYNC },
		{ 0 }
	};
	int engine;

	if (json_kind(j) == JSON_NULL)
		return 0;
	engine = policy_meaning(r, j, words);
	if (engine < 0)
		return -1;
	r->p->engine = (enum engine)engine;
	return 0;
}

static int
read_version(struct policy_reader *r, const struct json *j)
{
	if (policy_text(r, j, &r->p->version_text) < 0)
		return -1;
	if (!r->p->version_text)
		return 0;
	if (build_parse(&r->p->version, r->p->version_text) < 0)
		return policy_wrong(r, j, "a build such as 1.0.8667.0");
	r->p->has_version = true;
	return 0;
}

static int
read_upgraded(struct policy_reader *r, const struct json *j)
{
	const char *text = NULL;

	if (policy_text(r, j, &text) < 0)
		return -1;
	if (text && when_from_iso(&r->p->upgraded, text) < 0)
		return policy_wrong(r, j,
		                    "a time such as 2015-11-20T00:00:00Z");
	return 0;
}

static int
read_anchor(struct policy_reader *r, const struct json *j)
{
	static const struct policy_word words[] = {
		{ "objectGUID", ANCHOR_OBJECT_GUID },
		{ "ms-DS-ConsistencyGuid", ANCHOR_CONSISTENCY_GUID },
		{ "mS-DS-ConsistencyGuid", ANCHOR_CONSISTENCY_GUID },
		{ 0 }
	};
	int anchor;

	if (json_kind(j) == JSON_NULL)
		return 0;
	anchor = policy_meaning(r, j, words);
	if (anchor < 0)
		return -1;
	r->p->anchor = (enum anchor)anchor;
	return 0;
}

static int
read_password_hash(struct policy_reader *r, const struct json *j)
{
	return policy_yes_no(r, j, &r->p->password_hash);
}

static int
read_writeback(struct policy_reader *r, const struct json *j)
{
	return policy_yes_no(r, j, &r->p->exchange_writeback);
}

static int
read_sign_in(struct policy_reader *r, const struct json *j)
{
	static const struct policy_word words[] = {
		{ "userPrincipalName", false }, { "mail", true }, { 0 }
	};
	int is_mail;

	if (json_kind(j) == JSON_NULL)
		return 0;
	is_mail = policy_meaning(r, j, words);
	if (is_mail < 0)
		return -1;
	r->p->sign_in_is_mail = is_mail;
	r->p->has_sign_in = true;
	return 0;
}

static int
read_exchange_online(struct policy_reader *r, const struct json *j)
{
	static const struct policy_word words[] = {
		{ "all", LICENSING_ALL }, { "none", LICENSING_NONE },
		{ "tenant", LICENSING_TENANT }, { 0 }
	};
	int licensing;

	if (json_kind(j) == JSON_NULL)
		return 0;
	licensing = policy_meaning(r, j, words);
	if (licensing < 0)
		return -1;
	r->p->licensing = (enum licensing)licensing;
	return 0;
}

static int
read_threshold(struct policy_reader *r, const struct json *j)
{
	double n = json_number(j);

	if (json_kind(j) == JSON_NULL)
		return 0;
	if (json_kind(j) != JSON_NUMBER || n < 1 || n > 1e9 ||
	    n != (double)(long)n)
		return policy_wrong(r, j, "a whole number of 1 or more");
	r->p->deletion_threshold = (long)n;
	return 0;
}

/* What is one of two words, the first being the default. */
static const struct {
	const char *key;
	const char *usual, *other;
	size_t member;           /* of the assumptions */
} choices[] = {
	{ "routingDomain", "accepted", "reserved",
	  offsetof(struct assumptions, routing_reserved) },
	{ "masking", "raw", "sanitised",
	  offsetof(struct assumptions, mask_sanitised) },
	{ "severalPrimaries", "first", "moera",
	  offsetof(struct assumptions, several_moera) },
	{ "unverifiedPrimary", "moera", "keep",
	  offsetof(struct assumptions, unverified_kept) },
	{ "nicknameOnUpnChange", "keep", "follow",
	  offsetof(struct assumptions, nickname_follows) },
	{ "invalidCharacters", "discard", "underscore",
	  offsetof(struct assumptions, invalid_underscore) },
};

static int
read_choice(struct policy_reader *r, const struct json *j)
{
	struct policy_word words[3] = { { 0 } };
	size_t i = 0;
	int is_other;

	if (json_kind(j) == JSON_NULL)
		return 0;
	while (strcmp(choices[i].key, json_key(j)) != 0)
		i++;
	words[0] = (struct policy_word){ choices[i].usual, false };
	words[1] = (struct policy_word){ choices[i].other, true };
	is_other = policy_meaning(r, j, words);
	if (is_other < 0)
		return -1;
	*(bool *)((char *)&r->p->assume + choices[i].member) = is_other;
	return 0;
}

static const struct policy_setting tenant_keys[] = {
	{ "id", read_tenant_id },
	{ "initialDomain", read_initial },
	{ "verifiedDomains", read_verified },
	{ "primaryDomains", read_primary_domains },
	{ "routingDomain", read_choice },
	{ 0 }
};

static const struct policy_setting scope_keys[] = {
	{ "include", policy_include },
	{ "exclude", policy_exclude },
	{ "group", policy_group },
	{ "filters", policy_filters },
	{ 0 }
};

static const struct policy_setting sync_keys[] = {
	{ "engine", read_engine },
	{ "version", read_version },
	{ "upgraded", read_upgraded },
	{ "anchor", read_anchor },
	{ "join", policy_join },
	{ "signInName", read_sign_in },
	{ "passwordHash", read_password_hash },
	{ "exchangeWriteback", read_writeback },
	{ "deletionThreshold", read_threshold },
	{ 0 }
};

static const struct policy_setting licensing_keys[] = {
	{ "exchangeOnline", read_exchange_online },
	{ 0 }
};

static const struct policy_setting assume_keys[] = {
	{ "masking", read_choice },
	{ "severalPrimaries", read_choice },
	{ "unverifiedPrimary", read_choice },
	{ "nicknameOnUpnChange", read_choice },
	{ "invalidCharacters", read_choice },
	{ 0 }
};

static int
read_tenant(struct policy_reader *r, const struct json *j)
{
	return policy_keys(r, tenant_keys, j);
}

/* That of a forest takes the place of the whole policy's. */
static int
read_scope(struct policy_reader *r, const struct json *j)
{
	if (json_kind(j) == JSON_NULL)
		return 0;
	if (r->p != r->top)
		policy_forget_scope(r->p);
	r->p->scope_name = r->p->name;
	return policy_keys(r, scope_keys, j);
}

static bool
is_cloud_sync(const struct policy *p)
{
	return p->engine == ENGINE_CLOUD_SYNC;
}

/* The settings of one engine are none of the other's. */
static void
forget_engine(struct policy *p)
{
	p->has_version = false;
	p->version_text = NULL;
	p->upgraded = WHEN_NONE;
	p->anchor = ANCHOR_UNSAID;
	p->join = JOIN_UNSAID;
	p->join_attribute = NULL;
}

/* A forest's completes the whole policy's, key by key. */
static int
read_sync(struct policy_reader *r, const struct json *j)
{
	bool was = is_cloud_sync(r->p);
	int rc = 0;

	if (r->p != r->top) {
		policy_enter(r, json_key(j));
		rc = read_engine(r, json_get(j, "engine"));
		policy_leave(r);
		if (rc == 0 && is_cloud_sync(r->p) != was)
			forget_engine(r->p);
	}
	return rc < 0 ? -1 : policy_keys(r, sync_keys, j);
}

static int
read_licensing(struct policy_reader *r, const struct json *j)
{
	return policy_keys(r, licensing_keys, j);
}

static int
read_assume(struct policy_reader *r, const struct json *j)
{
	return policy_keys(r, assume_keys, j);
}

static int
read_domains(struct policy_reader *r, const struct json *j)
{
	if (policy_texts(r, j, &r->p->domains, &r->p->domain_count) < 0)
		return -1;
	for (size_t i = 0; i < r->p->domain_count; i++)
		if (!policy_is_dns_name(r->p->domains[i]))
			return policy_wrong(r, j, "DNS names such as "
			                    "emea.contoso.com");
	return 0;
}

static const struct policy_setting forests_keys[] = {
	{ "domains", read_domains },
	{ "scope", read_scope },
	{ "sync", read_sync },
	{ 0 }
};

/* What the file says of a forest, over what it says of all. */
static int
read_forest(struct policy_reader *r, const struct json *j)
{
	struct policy *p = &r->top->forests[r->top->forest_count];
	int rc;

	if (!policy_is_dns_name(json_key(j)))
		return policy_wrong(r, j, "the forest's DNS name as key, such "
		                    "as contoso.com");
	*p = *r->top;
	p->arena = (struct arena){ 0 };
	p->forests = NULL;
	p->forest_count = 0;
	p->forest = arena_strdup(&r->top->arena, json_key(j));
	r->p = p;
	rc = policy_keys(r, forests_keys, j);
	r->p = r->top;
	r->top->forest_count++;
	return rc;
}

static int
read_forests(struct policy_reader *r, const struct json *j)
{
	size_t n = json_count(j);
	int rc = 0;

	if (json_kind(j) == JSON_NULL)
		return 0;
	if (json_kind(j) != JSON_OBJECT)
		return policy_wrong(r, j, "an object");
	if (r->top->forests)
		return policy_wrong(r, j, "the key only once");
	r->top->forests = arena_alloc(&r->top->arena,
	                              n * sizeof(*r->top->forests));
	policy_enter(r, json_key(j));
	for (const struct json *k = json_first(j); k && rc == 0;
	     k = json_next(k))
		rc = read_forest(r, k);
	policy_leave(r);
	return rc;
}

/* Read when all that holds for every forest is known. */
static int
wait(struct policy_reader *r, const struct json *j)
{
	(void)r;
	(void)j;
	return 0;
}

static const struct policy_setting sections[] = {
	{ "tenant", read_tenant },
	{ "scope", read_scope },
	{ "sync", read_sync },
	{ "licensing", read_licensing },
	{ "exchange", policy_read_exchange },
	{ "assume", read_assume },
	{ "forests", wait },
	{ 0 }
};

static int
read_policy(struct policy_reader *r, const struct json *tree)
{
	int rc;

	if (json_kind(tree) != JSON_OBJECT)
		return err_usage(r->err, "%s:1: want an object", r->path);
	rc = policy_keys(r, sections, tree);
	for (const struct json *j = json_first(tree); j && rc == 0;
	     j = json_next(j))
		if (strcmp(json_key(j), "forests") == 0)
			rc = read_forests(r, j);
	return rc < 0 ? -1 : policy_check(r);
}

void
policy_init(struct policy *p)
{
	*p = (struct policy){ .upgraded = WHEN_NONE };
}

int
policy_load(struct policy *p, const char *path, struct err *err)
{
	struct buf text = { .max = POLICY_MAX };
	struct policy_reader r = {
		.p = p, .top = p, .path = path, .err = err,
	};
	struct json *tree = json_load(path, &text, err);
	int rc = tree ? 0 : -1;
	char *base;

	if (rc < 0) {
		err->code = EXIT_USAGE;
		goto out;
	}
	p->text = arena_strndup(&p->arena, buf_text(&text), text.len);
	r.text = p->text;
	base = path_base(path);
	p->name = arena_strdup(&p->arena, base);
	free(base);
	digest_of(text.data, text.len, p->digest);
	policy_custom(p);
	rc = read_policy(&r, tree);
out:
	json_free(tree);
	buf_release(&text);
	return rc;
}

void
policy_release(struct policy *p)
{
	arena_release(&p->arena);
}
