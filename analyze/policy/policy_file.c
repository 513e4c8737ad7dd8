/* Reads the policy file: what each key may say, and where it goes. */
#include "analyze/policy/policy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/policy/filter_json.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/err.h"
#include "base/file.h"
#include "base/json.h"

enum { POLICY_MAX = 4 << 20 };

struct policy_reader {
	struct policy *p;
	const char *path, *text;
	const char *section;     /* the key of the object being read */
	struct err *err;
};

/* A key of a section: where it goes, and how it is read. */
struct policy_setting {
	const char *name;
	int (*read)(struct policy_reader *r, const struct json *j);
};

struct key_section {
	const char *name;
	const struct policy_setting *keys;
};

/* The line of KEY inside SECTION, or of SECTION itself. */
static unsigned
line_of(const struct policy_reader *r, const char *key)
{
	const char *names[] = { r->section, key };
	const char *at = r->text;
	unsigned line = 1;

	for (size_t i = 0; i < 2; i++) {
		struct buf quoted = { 0 };
		const char *found = NULL;

		if (names[i]) {
			json_put_string(&quoted, names[i], strlen(names[i]));
			found = strstr(at, quoted.data);
		}
		at = found ? found : at;
		buf_release(&quoted);
	}
	for (const char *p = r->text; p < at; p++)
		line += *p == '\n';
	return line;
}

static int
wrong(struct policy_reader *r, const struct json *j, const char *want)
{
	return err_usage(r->err, "%s:%u: %s: want %s", r->path,
	                 line_of(r, json_key(j)), json_key(j), want);
}

static int
read_text(struct policy_reader *r, const struct json *j, const char **out)
{
	const char *text = json_string(j);

	if (json_kind(j) == JSON_NULL)
		return 0;
	if (!text || !*text)
		return wrong(r, j, "a text that is not empty");
	*out = arena_strdup(&r->p->arena, text);
	return 0;
}

static int
read_texts(struct policy_reader *r, const struct json *j, const char ***out,
           size_t *count)
{
	size_t n = 0;

	if (json_kind(j) == JSON_NULL)
		return 0;
	if (json_kind(j) != JSON_ARRAY)
		return wrong(r, j, "an array of texts");
	if (*out)
		return wrong(r, j, "the key only once");
	for (const struct json *i = json_first(j); i; i = json_next(i))
		n++;
	*out = arena_alloc(&r->p->arena, n * sizeof(**out));
	for (const struct json *i = json_first(j); i; i = json_next(i)) {
		if (!json_string(i) || !*json_string(i))
			return wrong(r, j, "an array of texts");
		(*out)[(*count)++] = arena_strdup(&r->p->arena,
		                                  json_string(i));
	}
	return 0;
}

static int
check_dn(struct policy_reader *r, const struct json *j, const char *dn)
{
	struct buf out = { 0 };
	int rc = dn_normalise(&out, dn);

	buf_release(&out);
	return rc < 0 ? wrong(r, j, "distinguished names such as "
	                      "OU=Accounts,DC=corp,DC=example") : 0;
}

static int
read_dns(struct policy_reader *r, const struct json *j, const char ***out,
         size_t *count)
{
	if (read_texts(r, j, out, count) < 0)
		return -1;
	for (size_t i = 0; i < *count; i++)
		if (check_dn(r, j, (*out)[i]) < 0)
			return -1;
	r->p->has_scope = r->p->has_scope || *count > 0;
	return 0;
}

/* The index of the text J in WORDS, or -1 with the error filled. */
static int
read_word(struct policy_reader *r, const struct json *j,
          const char *const *words, const char *want)
{
	const char *text = json_string(j);

	for (int i = 0; text && words[i]; i++)
		if (strcmp(words[i], text) == 0)
			return i;
	return wrong(r, j, want);
}

static int
read_initial(struct policy_reader *r, const struct json *j)
{
	return read_text(r, j, &r->p->initial_domain);
}

static int
read_verified(struct policy_reader *r, const struct json *j)
{
	return read_texts(r, j, &r->p->verified_domains,
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
	if (read_text(r, j, &r->p->group) < 0)
		return -1;
	if (!r->p->group)
		return 0;
	r->p->has_scope = true;
	return check_dn(r, j, r->p->group);
}

static int
read_filters(struct policy_reader *r, const struct json *j)
{
	const char *want;

	if (json_kind(j) == JSON_NULL)
		return 0;
	r->p->has_scope = true;
	want = filter_json_read(&r->p->filters, &r->p->arena, j);
	return want ? wrong(r, j, want) : 0;
}

static int
read_engine(struct policy_reader *r, const struct json *j)
{
	static const char *const words[] = {
		"dirsync", "aadsync", "connect", "cloud-sync", NULL
	};
	int at;

	if (json_kind(j) == JSON_NULL)
		return 0;
	at = read_word(r, j, words,
	               "dirsync, aadsync, connect or cloud-sync");
	if (at < 0)
		return -1;
	r->p->engine = (enum engine)(at + 1);
	return 0;
}

static int
read_version(struct policy_reader *r, const struct json *j)
{
	if (read_text(r, j, &r->p->version_text) < 0)
		return -1;
	if (!r->p->version_text)
		return 0;
	if (build_parse(&r->p->version, r->p->version_text) < 0)
		return wrong(r, j, "a build such as 1.0.8667.0");
	r->p->has_version = true;
	return 0;
}

static int
read_upgraded(struct policy_reader *r, const struct json *j)
{
	const char *text = NULL;

	if (read_text(r, j, &text) < 0)
		return -1;
	if (text && when_from_iso(&r->p->upgraded, text) < 0)
		return wrong(r, j, "a time such as 2015-11-20T00:00:00Z");
	return 0;
}

static int
read_anchor(struct policy_reader *r, const struct json *j)
{
	static const char *const words[] = {
		"objectGUID", "ms-DS-ConsistencyGuid", "mS-DS-ConsistencyGuid",
		NULL
	};

	int at;

	if (json_kind(j) == JSON_NULL)
		return 0;
	at = read_word(r, j, words, "objectGUID or ms-DS-ConsistencyGuid");
	r->p->anchor = at == 0 ? ANCHOR_OBJECT_GUID : ANCHOR_CONSISTENCY_GUID;
	return at < 0 ? -1 : 0;
}

static int
read_sign_in(struct policy_reader *r, const struct json *j)
{
	static const char *const words[] = {
		"userPrincipalName", "mail", NULL
	};
	int at;

	if (json_kind(j) == JSON_NULL)
		return 0;
	at = read_word(r, j, words, "userPrincipalName or mail");
	r->p->sign_in_is_mail = at == 1;
	r->p->has_sign_in = true;
	return at < 0 ? -1 : 0;
}

static int
read_exchange(struct policy_reader *r, const struct json *j)
{
	static const char *const words[] = { "all", "none", "tenant", NULL };
	int at;

	if (json_kind(j) == JSON_NULL)
		return 0;
	at = read_word(r, j, words, "all, none or tenant");
	if (at < 0)
		return -1;
	r->p->licensing = (enum licensing)(at + 1);
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
		return wrong(r, j, "a whole number of 1 or more");
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
	const char *words[3] = { NULL };
	char want[64];
	size_t i = 0;
	int at;

	if (json_kind(j) == JSON_NULL)
		return 0;
	while (strcmp(choices[i].key, json_key(j)) != 0)
		i++;
	words[0] = choices[i].usual;
	words[1] = choices[i].other;
	snprintf(want, sizeof(want), "%s or %s", words[0], words[1]);
	at = read_word(r, j, words, want);
	*(bool *)((char *)&r->p->assume + choices[i].member) = at == 1;
	return at < 0 ? -1 : 0;
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
	                 line_of(r, json_key(j)), json_key(j),
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
		return wrong(r, j, "an object");
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
				               line_of(r, r->p->exclude[k]),
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
