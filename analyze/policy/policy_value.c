/* Reads values of the policy file, and says where one is wrong. */
#include "analyze/policy/policy_value.h"

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

unsigned
policy_line(const struct policy_reader *r, const char *key)
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
	*out = arena_strdup(&r->p->arena, text);
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
	*out = arena_alloc(&r->p->arena, n * sizeof(**out));
	for (const struct json *i = json_first(j); i; i = json_next(i)) {
		if (!json_string(i) || !*json_string(i))
			return policy_wrong(r, j, "an array of texts");
		(*out)[(*count)++] = arena_strdup(&r->p->arena,
		                                  json_string(i));
	}
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
