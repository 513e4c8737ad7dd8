/* Reads the policy file: what each key may say, and where it goes. */
#include "analyze/policy/policy.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/policy/filter_json.h"
#include "analyze/policy/policy_value.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/err.h"
#include "base/file.h"
#include "base/json.h"

enum { POLICY_MAX = 4 << 20 };

/* A key of a section: where it goes, and how it is read. */
struct policy_setting {
	const char *name;
	int (*read)(struct policy_reader *r, const struct json *j);
};

struct key_section {
	const char *name;
	const struct policy_setting *keys;
};

static int
check_dn(struct policy_reader *r, const struct json *j, const char *dn)
{
	struct buf out = { 0 };
	int rc = dn_normalise(&out, dn);

	buf_release(&out);
	return rc < 0 ? policy_wrong(r, j, "distinguished names such as "
	                             "OU=Accounts,DC=corp,DC=example") : 0;
}

static int
read_dns(struct policy_reader *r, const struct json *j, const char ***out,
         size_t *count)
{
	if (policy_texts(r, j, out, count) < 0)
		return -1;
	for (size_t i = 0; i < *count; i++)
		if (check_dn(r, j, (*out)[i]) < 0)
			return -1;
	r->p->has_scope = r->p->has_scope || *count > 0;
	return 0;
}

static int
read_initial(struct policy_reader *r, const struct json *j)
{
	return policy_text(r, j, &r->p->initial_domain);
}

static int
read_verified(struct policy_reader *r, const struct json *j)
{
	return policy_texts(r, j, &r->p->verified_domains,
	                    &r->p->verified_count);
}

static int
read_include(struct policy_reader *r, const struct json *j)
{
	return read_dns(r, j, &r->p->include, &r->p->include_count);
}

static int
read_exclude(struct policy_reader *r, const struct json *j)
{
	return read_dns(r, j, &r->p->exclude, &r->p->exclude_count);
}

static int
read_group(struct policy_reader *r, const struct json *j)
{
	const char *group = NULL;

	if (json_kind(j) == JSON_ARRAY)
		return read_dns(r, j, &r->p->groups, &r->p->group_count);
	if (policy_text(r, j, &group) < 0)
		return -1;
	if (!group)
		return 0;
	r->p->has_scope = true;
	r->p->groups = arena_alloc(&r->p->arena, sizeof(*r->p->groups));
	r->p->groups[r->p->group_count++] = group;
	return check_dn(r, j, group);
}

static int
read_filters(struct policy_reader *r, const struct json *j)
{
	const char *want;

	if (json_kind(j) == JSON_NULL)
		return 0;
	r->p->has_scope = true;
	r->p->filters = filter_set_new(&r->p->arena, policy_custom(r->p));
	want = filter_json_read(r->p->filters, &r->p->arena, j);
	return want ? policy_wrong(r, j, want) : 0;
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
read_exchange(struct policy_reader *r, const struct json *j)
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
	{ "initialDomain", read_initial },
	{ "verifiedDomains", read_verified },
	{ "routingDomain", read_choice },
	{ 0 }
};

static const struct policy_setting scope_keys[] = {
	{ "include", read_include },
	{ "exclude", read_exclude },
	{ "group", read_group },
	{ "filters", read_filters },
	{ 0 }
};

static const struct policy_setting sync_keys[] = {
	{ "engine", read_engine },
	{ "version", read_version },
	{ "upgraded", read_upgraded },
	{ "anchor", read_anchor },
	{ "signInName", read_sign_in },
	{ "deletionThreshold", read_threshold },
	{ 0 }
};

static const struct policy_setting licensing_keys[] = {
	{ "exchangeOnline", read_exchange },
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

static const struct key_section sections[] = {
	{ "tenant", tenant_keys },
	{ "scope", scope_keys },
	{ "sync", sync_keys },
	{ "licensing", licensing_keys },
	{ "assume", assume_keys },
	{ 0 }
};

static int
unknown(struct policy_reader *r, const struct json *j)
{
	return err_usage(r->err, "%s:%u: unknown key \"%s\"%s%s", r->path,
	                 policy_line(r, json_key(j)), json_key(j),
	                 r->section ? " in " : "",
	                 r->section ? r->section : "");
}

static int
read_key(struct policy_reader *r, const struct policy_setting *keys,
         const struct json *j)
{
	for (; keys->name; keys++)
		if (strcmp(keys->name, json_key(j)) == 0)
			return keys->read(r, j);
	return unknown(r, j);
}

static int
read_section(struct policy_reader *r, const struct json *j)
{
	const struct key_section *s = sections;
	int rc = 0;

	while (s->name && strcmp(s->name, json_key(j)) != 0)
		s++;
	if (!s->name)
		return unknown(r, j);
	if (json_kind(j) != JSON_OBJECT)
		return policy_wrong(r, j, "an object");
	r->section = s->name;
	if (s->keys == scope_keys)
		r->p->scope_name = r->p->name;
	for (j = json_first(j); j && rc == 0; j = json_next(j))
		rc = read_key(r, s->keys, j);
	r->section = NULL;
	return rc;
}

/* A DN that is both included and excluded decides nothing. */
static int
check_conflict(struct policy_reader *r)
{
	struct buf in = { 0 }, ex = { 0 };
	int rc = 0;

	for (size_t i = 0; i < r->p->include_count; i++) {
		for (size_t k = 0; k < r->p->exclude_count && rc == 0; k++) {
			buf_clear(&in);
			buf_clear(&ex);
			dn_normalise(&in, r->p->include[i]);
			dn_normalise(&ex, r->p->exclude[k]);
			r->section = "scope";
			if (strcmp(in.data, ex.data) == 0)
				rc = err_usage(r->err, "%s:%u: scope both "
				               "includes and excludes %s",
				               r->path,
				               policy_line(r, r->p->exclude[k]),
				               r->p->exclude[k]);
		}
	}
	buf_release(&in);
	buf_release(&ex);
	return rc;
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
	struct policy_reader r = { .p = p, .path = path, .err = err };
	struct json *tree = json_load(path, &text, err);
	int rc = tree ? 0 : -1;
	char *base;

	if (rc < 0) {
		err->code = EXIT_USAGE;
		goto out;
	}
	r.text = buf_text(&text);
	base = path_base(path);
	p->name = arena_strdup(&p->arena, base);
	free(base);
	digest_of(text.data, text.len, p->digest);
	if (json_kind(tree) != JSON_OBJECT)
		rc = err_usage(err, "%s:1: want an object", path);
	for (const struct json *j = json_first(tree); j && rc == 0;
	     j = json_next(j))
		rc = read_section(&r, j);
	if (rc == 0)
		rc = check_conflict(&r);
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
