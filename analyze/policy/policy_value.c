/* Reads values of the policy file, and says where one is wrong. */
#include "analyze/policy/policy_value.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>

#include "analyze/policy/filter_value.h"
#include "analyze/policy/policy.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "base/mem.h"

struct custom_attributes *
policy_custom(struct policy *p)
{
	if (!p->custom) {
		p->custom = arena_alloc(&p->arena, sizeof(*p->custom));
		*p->custom = (struct custom_attributes){ 0 };
	}
	return p->custom;
}

void
policy_enter(struct policy_reader *r, const char *section)
{
	assert(r->depth < POLICY_DEPTH);
	r->sections[r->depth++] = section;
}

void
policy_leave(struct policy_reader *r)
{
	r->depth--;
}

static bool
is_key(const char *after)
{
	return after[strspn(after, " \t\r\n")] == ':';
}

/* What follows NAME, at or after AT; AT itself when it is not there. */
static const char *
behind(const char *at, const char *name, bool as_key)
{
	struct buf quoted = { 0 };
	const char *found = at;

	json_put_string(&quoted, name, strlen(name));
	do
		found = strstr(found, quoted.data);
	while (found && (found += quoted.len, as_key && !is_key(found)));
	buf_release(&quoted);
	return found ? found : at;
}

unsigned
policy_line(const struct policy_reader *r, const char *name)
{
	const char *at = r->text;
	unsigned line = 1;

	for (size_t i = 0; i < r->depth; i++)
		at = behind(at, r->sections[i], true);
	if (name)
		at = behind(at, name, false);
	for (const char *p = r->text; p < at; p++)
		line += *p == '\n';
	return line;
}

static int
unknown(struct policy_reader *r, const struct json *j)
{
	struct buf within = { 0 };

	for (size_t i = 0; i < r->depth; i++)
		buf_addf(&within, "%s%s", i ? "." : " in ", r->sections[i]);
	err_usage(r->err, "%s:%u: unknown key \"%s\"%s", r->path,
	          policy_line(r, json_key(j)), json_key(j),
	          buf_text(&within));
	buf_release(&within);
	return -1;
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

int
policy_keys(struct policy_reader *r, const struct policy_setting *keys,
            const struct json *j)
{
	int rc = 0;

	if (json_kind(j) == JSON_NULL)
		return 0;
	if (json_kind(j) != JSON_OBJECT)
		return policy_wrong(r, j, "an object");
	if (json_key(j))
		policy_enter(r, json_key(j));
	for (const struct json *k = json_first(j); k && rc == 0;
	     k = json_next(k))
		rc = read_key(r, keys, k);
	if (json_key(j))
		policy_leave(r);
	return rc;
}

int
policy_wrong(struct policy_reader *r, const struct json *j, const char *want)
{
	return err_usage(r->err, "%s:%u: %s: want %s", r->path,
	                 policy_line(r, json_key(j)), json_key(j), want);
}

int
policy_text(struct policy_reader *r, const struct json *j, const char **out)
{
	const char *text = json_string(j);

	if (json_kind(j) == JSON_NULL)
		return 0;
	if (!text || !*text)
		return policy_wrong(r, j, "a text that is not empty");
	*out = arena_strdup(&r->top->arena, text);
	return 0;
}

int
policy_yes_no(struct policy_reader *r, const struct json *j,
              enum tristate *out)
{
	if (json_kind(j) == JSON_NULL)
		return 0;
	if (json_kind(j) != JSON_BOOL)
		return policy_wrong(r, j, "true or false");
	*out = json_is_true(j) ? YES : NO;
	return 0;
}

int
policy_texts(struct policy_reader *r, const struct json *j, const char ***out,
             size_t *count)
{
	size_t n = 0;

	if (json_kind(j) == JSON_NULL)
		return 0;
	if (json_kind(j) != JSON_ARRAY)
		return policy_wrong(r, j, "an array of texts");
	if (*out)
		return policy_wrong(r, j, "the key only once");
	for (const struct json *i = json_first(j); i; i = json_next(i))
		n++;
	*out = arena_alloc(&r->top->arena, n * sizeof(**out));
	for (const struct json *i = json_first(j); i; i = json_next(i)) {
		if (!json_string(i) || !*json_string(i))
			return policy_wrong(r, j, "an array of texts");
		(*out)[(*count)++] = arena_strdup(&r->top->arena,
		                                  json_string(i));
	}
	return 0;
}

enum { LABEL_MOST = 63, DOMAIN_MOST = 253 };

static bool
is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z');
}

/* RFC 1123, 2.1; an underscore is told by who says what can be verified. */
static bool
is_label(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!is_alnum(text[i]) && text[i] != '_' &&
		    (text[i] != '-' || i == 0 || i + 1 == len))
			return false;
	return len > 0 && len <= LABEL_MOST;
}

static int
refuse_domain(struct policy_reader *r, const struct json *j, const char *name)
{
	return err_usage(r->err, "%s:%u: %s: want domains in ASCII, such as "
	                 "contoso.com or xn--bcher-kva.de, have \"%s\"",
	                 r->path, policy_line(r, json_key(j)), json_key(j),
	                 name);
}

int
policy_domain(struct policy_reader *r, const struct json *j, const char **name)
{
	const char *label = *name;
	size_t len = strcspn(label, ".");
	bool is = strlen(*name) <= DOMAIN_MOST && label[len] &&
	          is_label(label, len);

	/* The dot of the root at the end is as good as none. */
	while (is && label[len] && label[len + 1]) {
		label += len + 1;
		len = strcspn(label, ".");
		is = is_label(label, len);
	}
	if (!is)
		return refuse_domain(r, j, *name);
	if (label[len])
		*name = arena_strndup(&r->top->arena, *name,
		                      strlen(*name) - 1);
	return 0;
}

static int
no_word(struct policy_reader *r, const struct json *j,
        const struct policy_word *words)
{
	const char *told[POLICY_WORDS];
	struct buf want = { 0 };
	size_t n = 0;
	int rc;

	for (const struct policy_word *w = words; w->text; w++)
		if (w == words || w->meaning != w[-1].meaning)
			told[n++] = w->text;
	for (size_t i = 0; i < n; i++)
		buf_add_listed(&want, told[i], i, n);
	rc = policy_wrong(r, j, buf_text(&want));
	buf_release(&want);
	return rc;
}

int
policy_meaning(struct policy_reader *r, const struct json *j,
               const struct policy_word *words)
{
	const char *text = json_string(j);

	for (const struct policy_word *w = words; text && w->text; w++)
		if (strcmp(w->text, text) == 0)
			return w->meaning;
	return no_word(r, j, words);
}

enum { DNS_LABEL_MAX = 63, DNS_NAME_MAX = 253 };

bool
policy_is_dns_name(const char *name)
{
	size_t label = 0, len = strlen(name);

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)name[i];
		bool letter = c >= 0x80 || isalnum(c) || c == '-' || c == '_';

		if (!letter && (c != '.' || !label))
			return false;
		label = letter ? label + 1 : 0;
		if (label > DNS_LABEL_MAX)
			return false;
	}
	return label && len <= DNS_NAME_MAX;
}
