/* What assignedPlans give; without a tree, where that will do. */
#include "analyze/object/plans.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "base/json.h"

/* What is asked of a plan: texts that are borrowed, each with its length. */
struct text {
	const char *data;
	size_t len;
};

struct plan {
	struct text service, state, id;
};

static bool
is_text(struct text t, const char *word)
{
	return t.data && t.len == strlen(word) &&
	       strncasecmp(t.data, word, t.len) == 0;
}

/* MyAnalytics plans report the service "exchange", too. */
static bool
gives_mailbox(const struct plan *p)
{
	static const char *const not_mail[] = {
		"34c0d7a0-a70f-4668-9238-47f9fc208882",
		"33c4f319-9bdd-48d6-9c4d-410b750a4a5a",
	};

	if (!is_text(p->service, "exchange"))
		return false;
	for (size_t i = 0; i < 2; i++)
		if (is_text(p->id, not_mail[i]))
			return false;
	return true;
}

static enum plans
gives(const struct plan *p)
{
	static const char *const live[] = { "Enabled", "Warning", "Suspended" };

	for (size_t i = 0; i < 3; i++)
		if (is_text(p->state, live[i]))
			return gives_mailbox(p) ? PLANS_EXCHANGE : PLANS_OTHER;
	return PLANS_NONE;
}

static enum plans
most(enum plans a, enum plans b)
{
	return a > b ? a : b;
}

static struct text
tree_text(const struct json *plan, const char *key)
{
	const char *text = json_string(json_get(plan, key));

	return (struct text){ text, text ? strlen(text) : 0 };
}

/* By the tree: for texts with escapes, and plans that are nested. */
static enum plans
by_tree(const char *json)
{
	struct json_error e;
	struct json *tree = json_parse(json, strlen(json), &e);
	enum plans found = PLANS_NONE;

	for (const struct json *p = json_first(tree); p; p = json_next(p)) {
		const struct plan plan = {
			.service = tree_text(p, "service"),
			.state = tree_text(p, "capabilityStatus"),
			.id = tree_text(p, "servicePlanId"),
		};

		found = most(found, gives(&plan));
	}
	json_free(tree);
	return found;
}

/* The string whose quote is at *P, which moves behind it. */
static struct text
take_string(const char **p)
{
	struct text t = { .data = *p + 1 };

	t.len = (size_t)(strchr(t.data, '"') - t.data);
	*p = t.data + t.len + 1;
	return t;
}

static const char *
skip_blanks(const char *p)
{
	while (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n')
		p++;
	return p;
}

/* Keys are compared as they are: by their length first. */
static bool
is_key(struct text t, const char *word, size_t len)
{
	return t.len == len && memcmp(t.data, word, len) == 0;
}

/* Where the value of a key goes; NULL: it is not asked for. */
static struct text *
wanted(struct plan *p, struct text key)
{
	if (is_key(key, "service", 7))
		return &p->service;
	if (is_key(key, "capabilityStatus", 16))
		return &p->state;
	return is_key(key, "servicePlanId", 13) ? &p->id : NULL;
}

/*
 * A plan, from behind its brace, in a text that is known to be JSON without
 * backslashes; what follows its end, or NULL when something is nested in it.
 */
static const char *
take_plan(const char *p, struct plan *out)
{
	*out = (struct plan){ 0 };
	for (;;) {
		struct text ignored, *to;

		p = skip_blanks(p);
		if (*p == '}')
			return p + 1;
		to = wanted(out, take_string(&p));
		p = skip_blanks(skip_blanks(p) + 1);
		if (*p == '{' || *p == '[')
			return NULL;
		if (*p == '"')
			*(to ? to : &ignored) = take_string(&p);
		else
			p += strcspn(p, ",}");
		p = skip_blanks(p);
		if (*p == ',')
			p++;
	}
}

enum plans
plans_read(const char *json)
{
	enum plans found = PLANS_NONE;
	const char *p = json;
	struct plan plan;

	if (*json != '[' || strchr(json, '\\'))
		return by_tree(json);
	while (found < PLANS_EXCHANGE && (p = strchr(p, '{'))) {
		p = take_plan(p + 1, &plan);
		if (!p)
			return by_tree(json);
		found = most(found, gives(&plan));
	}
	return found;
}
