/* Whether the policy takes an object, by where it lies. */
#include "analyze/scope/scope.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/policy/policy.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/utf8.h"

/* A container that the policy names. */
struct named_container {
	char *dn;                /* normalised */
	enum scope_state state;
	char *reason;
	const char *named;       /* as the policy spells it */
	bool met;                /* among the containers of AD */
};

/* A filter group of the policy. */
struct named_group {
	char *dn;                /* normalised */
	const char *named;       /* as the policy spells it */
	bool met;                /* among the groups of AD */
};

struct scope {
	struct named_container *containers; /* sorted by dn */
	size_t count;
	bool took_containers;            /* those of AD: who is met is known */
	struct scope_verdict otherwise;  /* no container is an ancestor */
	struct named_group *groups;
	size_t group_count;
	char **members;                  /* normalised, sorted */
	size_t member_count, member_room;
	bool members_unread;             /* there are others */
	char *text;
	char *outside;
};

static char *
normal(const char *dn)
{
	struct buf out = { 0 };

	dn_normalise(&out, dn);
	return buf_detach(&out);
}

static int
by_dn(const void *a, const void *b)
{
	const struct named_container *x = a, *y = b;

	return strcmp(x->dn, y->dn);
}

/* "included by corp.example/Staff": a place as people read it. */
static char *
reason_of(const char *how, const char *dn)
{
	struct buf out = { 0 };

	buf_addf(&out, "%s ", how);
	dn_canonical(&out, dn);
	return buf_detach(&out);
}

static void
add_containers(struct scope *s, const char *const *dns, size_t n,
               enum scope_state state)
{
	const char *how = state == SCOPE_IN ? "included by" : "excluded by";

	for (size_t i = 0; i < n; i++)
		s->containers[s->count++] = (struct named_container){
			.dn = normal(dns[i]), .state = state,
			.reason = reason_of(how, dns[i]),
			.named = dns[i],
		};
}

static char *
describe(const struct policy *p)
{
	struct buf out = { 0 };

	if (!p->has_scope)
		buf_adds(&out, "no scope was given: every object counts as in "
		         "scope");
	for (size_t i = 0; i < p->include_count; i++)
		buf_addf(&out, "%s%s", i ? "; " : "included: ", p->include[i]);
	if (p->include_count && p->exclude_count)
		buf_adds(&out, "; ");
	for (size_t i = 0; i < p->exclude_count; i++)
		buf_addf(&out, "%s%s", i ? "; " : "excluded: ", p->exclude[i]);
	for (size_t i = 0; i < p->group_count; i++)
		buf_addf(&out, "%s%s", i ? ", " : out.len
		         ? "; only direct members of "
		         : "only direct members of ", p->groups[i]);
	for (const struct filter_rule *f = p->filters ? p->filters->rules
	     : NULL; f; f = f->next)
		buf_addf(&out, "%s%s (%s)", out.len ? "; " : "", f->reason,
		         kind_name(f->kind));
	if (p->scope_name && p->scope_name != p->name)
		buf_addf(&out, "%sread from %s", out.len ? "; " : "",
		         p->scope_name);
	return buf_detach(&out);
}

static void
add_groups(struct scope *s, const struct policy *p)
{
	if (!p->group_count)
		return;
	s->groups = xcalloc(p->group_count, sizeof(*s->groups));
	for (size_t i = 0; i < p->group_count; i++)
		s->groups[s->group_count++] = (struct named_group){
			.dn = normal(p->groups[i]), .named = p->groups[i],
		};
	s->outside = p->group_count == 1
		? reason_of("no direct member of", p->groups[0])
		: xasprintf("no direct member of any of %zu filter groups",
		            p->group_count);
}

struct scope *
scope_new(const struct policy *p)
{
	struct scope *s = xcalloc(1, sizeof(*s));

	s->containers = xcalloc(p->include_count + p->exclude_count,
	                        sizeof(*s->containers));
	add_containers(s, p->include, p->include_count, SCOPE_IN);
	add_containers(s, p->exclude, p->exclude_count, SCOPE_EXCLUDED);
	qsort(s->containers, s->count, sizeof(*s->containers), by_dn);
	/* Where something is included by name, all else is not. */
	s->otherwise = (struct scope_verdict){
		SCOPE_IN, SCOPE_BY_DEFAULT, "not excluded"
	};
	if (p->rest == REST_OUT ||
	    (p->rest == REST_BY_LISTS && p->include_count))
		s->otherwise = (struct scope_verdict){
			SCOPE_EXCLUDED, SCOPE_BY_DEFAULT,
			"in no included OU"
		};
	add_groups(s, p);
	s->text = describe(p);
	return s;
}

struct scope *
scope_fixed(struct scope_verdict all, const char *text)
{
	struct scope *s = xcalloc(1, sizeof(*s));

	s->otherwise = all;
	s->text = xstrdup(text);
	return s;
}

void
scope_free(struct scope *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->count; i++) {
		free(s->containers[i].dn);
		free(s->containers[i].reason);
	}
	for (size_t i = 0; i < s->member_count; i++)
		free(s->members[i]);
	free(s->containers);
	free(s->members);
	for (size_t i = 0; i < s->group_count; i++)
		free(s->groups[i].dn);
	free(s->groups);
	free(s->outside);
	free(s->text);
	free(s);
}

bool
scope_is_group(struct scope *s, const char *dn)
{
	char *norm;
	bool is = false;

	if (!s->group_count)
		return false;
	norm = normal(dn);
	for (size_t i = 0; i < s->group_count; i++)
		if (strcmp(norm, s->groups[i].dn) == 0)
			is = s->groups[i].met = true;
	free(norm);
	return is;
}

const char *
scope_unmet_group(const struct scope *s)
{
	for (size_t i = 0; i < s->group_count; i++)
		if (!s->groups[i].met)
			return s->groups[i].named;
	return NULL;
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void
scope_add_member(struct scope *s, const char *dn)
{
	LIST_RESERVE(s->members, s->member_room, s->member_count + 1);
	s->members[s->member_count++] = normal(dn);
}

void
scope_members_unread(struct scope *s)
{
	s->members_unread = true;
}

void
scope_members_done(struct scope *s)
{
	if (s->member_count)
		qsort(s->members, s->member_count, sizeof(*s->members),
		      by_text);
}

/* The nearest ancestor-or-self that the policy names; DN is normalised. */
static const struct named_container *
nearest(const struct scope *s, const char *dn)
{
	for (; s->count && *dn; dn = dn_parent(dn)) {
		struct named_container key = { .dn = (char *)dn };
		const struct named_container *c =
			bsearch(&key, s->containers, s->count, sizeof(key),
			        by_dn);

		if (c)
			return c;
	}
	return NULL;
}

/* It decides. */
static struct scope_verdict
by_container(const struct scope *s, const char *dn)
{
	const struct named_container *c = nearest(s, dn);

	return c ? (struct scope_verdict){
		c->state, SCOPE_BY_CONTAINER, c->reason
	} : s->otherwise;
}

const struct scope_verdict scope_not_known = {
	SCOPE_IN, SCOPE_BY_GUESS, "its place in AD is not known"
};

const struct scope_verdict scope_was_out = {
	SCOPE_IN, SCOPE_BY_GUESS, "it lay out of scope in an older snapshot; "
	"a newer list without distinguishedName does not say where it lies now"
};

static const struct scope_verdict maybe_member = {
	SCOPE_IN, SCOPE_BY_GUESS,
	"not known whether it is a direct member of a filter group"
};

/* DN is normalised. */
static bool
is_member(const struct scope *s, const char *dn)
{
	return s->member_count &&
	       bsearch(&dn, s->members, s->member_count, sizeof(dn), by_text);
}

struct scope_verdict
scope_place(const struct scope *s, const char *dn)
{
	struct scope_verdict v;
	char *norm;

	if (!s->count && !s->group_count)
		return s->otherwise;
	if (!dn)
		return scope_not_known;
	norm = normal(dn);
	v = by_container(s, norm);
	if (v.state == SCOPE_IN && s->group_count && !is_member(s, norm))
		v = s->members_unread ? maybe_member
		  : (struct scope_verdict){
			SCOPE_EXCLUDED, SCOPE_BY_GROUP, s->outside
		};
	free(norm);
	return v;
}

struct scope_verdict
scope_children(const struct scope *s, const char *parent, bool *each)
{
	struct scope_verdict v = s->otherwise;
	char *norm = normal(parent);

	*each = s->group_count > 0;
	for (size_t i = 0; i < s->count && !*each; i++)
		*each = strcmp(dn_parent(s->containers[i].dn), norm) == 0;
	if (s->count)
		v = by_container(s, norm);
	free(norm);
	return v;
}

void
scope_meet(struct scope *s, const char *dn)
{
	struct named_container key = { .dn = NULL };
	struct named_container *c;

	if (!s->count)
		return;
	key.dn = normal(dn);
	c = bsearch(&key, s->containers, s->count, sizeof(key), by_dn);
	if (c)
		c->met = true;
	free(key.dn);
}

void
scope_meet_domain(struct scope *s, const char *domain)
{
	for (size_t i = 0; i < s->count; i++)
		if (dn_is_in_domain(s->containers[i].dn, domain))
			s->containers[i].met = true;
}

const char *
scope_unmet(const struct scope *s)
{
	/* A domain that is left out need not be in the snapshot. */
	for (size_t i = 0; i < s->count; i++)
		if (!s->containers[i].met &&
		    (s->containers[i].state == SCOPE_IN ||
		     strncmp(s->containers[i].dn, "dc=", 3) != 0))
			return s->containers[i].named;
	return NULL;
}

void
scope_containers_done(struct scope *s)
{
	s->took_containers = true;
}

const char *
scope_gone_container(const struct scope *s, const char *dn)
{
	const struct named_container *c;
	char *norm;

	if (!s->took_containers)
		return NULL;
	norm = normal(dn);
	c = nearest(s, norm);
	free(norm);
	return c && c->state == SCOPE_IN && !c->met ? c->named : NULL;
}

const char *
scope_text(const struct scope *s)
{
	return s->text;
}
