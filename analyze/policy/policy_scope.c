/* The scope of the policy file, and how it joins forests. */
#include "analyze/policy/policy_scope.h"

#include <ctype.h>
#include <string.h>

#include "analyze/policy/filter_json.h"
#include "analyze/policy/filter_value.h"
#include "analyze/policy/policy.h"
#include "analyze/policy/policy_value.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/json.h"

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

int
policy_include(struct policy_reader *r, const struct json *j)
{
	return read_dns(r, j, &r->p->include, &r->p->include_count);
}

int
policy_exclude(struct policy_reader *r, const struct json *j)
{
	return read_dns(r, j, &r->p->exclude, &r->p->exclude_count);
}

/* A single DN, or a list; an empty one might mean all and might mean none. */
int
policy_group(struct policy_reader *r, const struct json *j)
{
	const char *group = NULL;

	if (json_kind(j) == JSON_ARRAY && !json_count(j))
		return policy_wrong(r, j, "a group in the list, or null");
	if (json_kind(j) == JSON_ARRAY)
		return read_dns(r, j, &r->p->groups, &r->p->group_count);
	if (policy_text(r, j, &group) < 0)
		return -1;
	if (!group)
		return 0;
	if (r->p->groups)
		return policy_wrong(r, j, "the key only once");
	r->p->has_scope = true;
	r->p->groups = arena_alloc(&r->top->arena, sizeof(*r->p->groups));
	r->p->groups[r->p->group_count++] = group;
	return check_dn(r, j, group);
}

int
policy_filters(struct policy_reader *r, const struct json *j)
{
	const char *want;

	if (json_kind(j) == JSON_NULL)
		return 0;
	r->p->has_scope = true;
	r->p->filters = filter_set_new(&r->top->arena,
	                               policy_custom(r->top));
	want = filter_json_read(r->p->filters, &r->top->arena, j);
	return want ? policy_wrong(r, j, want) : 0;
}

void
policy_forget_scope(struct policy *p)
{
	p->has_scope = false;
	p->include = p->exclude = p->groups = NULL;
	p->include_count = p->exclude_count = p->group_count = 0;
	p->filters = NULL;
}

/* What LDAP takes for an attribute's name (RFC 4512, 1.4: keystring). */
static bool
is_attribute(const char *name)
{
	size_t len = strlen(name);

	for (size_t i = 0; i < len; i++)
		if (!isalnum((unsigned char)name[i]) && name[i] != '-')
			return false;
	return len <= 256 && isalpha((unsigned char)*name);
}

/* Everybody who has the same value of it is one. */
static int
join_by_attribute(struct policy_reader *r, const struct json *j,
                  const char *name)
{
	if (filter_source_find(name, policy_custom(r->top),
	                       &r->p->join_source) < 0)
		return policy_wrong(r, j, "at most 16 attributes in join and "
		                    "all filters");
	if (filter_source_attr(r->p->join_source) == ATTR_NEVER)
		return policy_wrong(r, j, "an attribute that is read as text");
	r->p->join = JOIN_ATTRIBUTE;
	r->p->join_attribute = name;
	return 0;
}

int
policy_join(struct policy_reader *r, const struct json *j)
{
	static const struct policy_word words[] = {
		{ "once", JOIN_ONCE }, { "mail", JOIN_MAIL },
		{ "sid", JOIN_SID }, { "name", JOIN_NAME }, { 0 }
	};
	const struct policy_word *w = words;
	const char *text = NULL;

	if (policy_text(r, j, &text) < 0)
		return -1;
	if (!text)
		return 0;
	while (w->text && strcmp(w->text, text) != 0)
		w++;
	r->p->join_attribute = NULL;
	if (w->text)
		r->p->join = (enum join)w->meaning;
	else if (is_attribute(text))
		return join_by_attribute(r, j, text);
	else
		return policy_wrong(r, j, "once, mail, sid, name or an "
		                    "attribute such as extensionAttribute5");
	return 0;
}
