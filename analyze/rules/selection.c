/* Which rules of the catalogue run: profiles, and lists of ids and words. */
#include "analyze/rules/rules.h"

#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"

/* What no snapshot of AD can say. */
static const unsigned of_tenant =
	NEED_DOMAINS | NEED_SYNCED | NEED_UNCLAIMED | NEED_MATCH |
	NEED_MATCH_IN_PART | NEED_ANCHORS | NEED_HELD | NEED_SYNC_ERRORS |
	NEED_SERVICE_ERRORS | NEED_LAST_SYNC | NEED_ONLINE | NEED_ANCHOR |
	NEED_MAPPED;

static const char *const profiles[PROFILE_COUNT] = {
	[PROFILE_DEFAULT] = "default", [PROFILE_STRICT] = "strict",
	[PROFILE_IDFIX] = "idfix", [PROFILE_AD_ONLY] = "ad-only",
};

static const char *const categories[CATEGORY_COUNT] = {
	[CATEGORY_ATTRIBUTES] = "attributes",
	[CATEGORY_UNIQUENESS] = "uniqueness",
	[CATEGORY_OBJECTS] = "objects", [CATEGORY_TENANT] = "tenant",
	[CATEGORY_DOMAINS] = "domains", [CATEGORY_RECIPIENTS] = "recipients",
	[CATEGORY_ENGINE] = "engine", [CATEGORY_SCOPE] = "scope",
	[CATEGORY_SIGN_IN] = "sign-in", [CATEGORY_MATCHING] = "matching",
	[CATEGORY_HISTORY] = "history",
	[CATEGORY_LAST_SERVER] = "last-server", [CATEGORY_IDFIX] = "idfix",
};

const char *
profile_name(enum profile p)
{
	return profiles[p];
}

const char *
category_name(enum category c)
{
	return categories[c];
}

bool
rule_is_of_ad(const struct rule *r)
{
	for (int s = 0; s < SECTION_COUNT; s++)
		if (section_side((enum section)s) == SIDE_TENANT &&
		    (section_set_has(&r->sections, (enum section)s) ||
		     section_set_has(&r->wishes, (enum section)s)))
			return false;
	/* Engines and servers need no tenant, either. */
	return (r->side == SIDE_AD || (r->moot && !r->kinds)) &&
	       r->counterpart == COUNTERPART_FREE && !(r->needs & of_tenant);
}

bool
profile_has(enum profile p, const struct rule *r)
{
	switch (p) {
	case PROFILE_STRICT:
		return r->profile != PROFILE_IDFIX;
	case PROFILE_AD_ONLY:
		return r->profile == PROFILE_DEFAULT && rule_is_of_ad(r);
	default:
		return r->profile == p;
	}
}

/* ---- lists of words ---- */

enum { WORD_BYTES = 128 };

/* Takes the word that *LIST begins with; false at its end. */
static bool
next_word(const char **list, char word[WORD_BYTES])
{
	size_t len;

	if (!*list)
		return false;
	len = strcspn(*list, ",");
	snprintf(word, WORD_BYTES, "%.*s", (int)len, *list);
	*list = (*list)[len] ? *list + len + 1 : NULL;
	return true;
}

/* The place of the word among N names, or -1 with ERR filled. */
static int
place_of(const char *option, const char *word, const char *const *names,
         int n, struct err *err)
{
	struct buf want = { 0 };
	int first = names[0] ? 0 : 1;

	for (int i = first; i < n; i++)
		if (strcmp(names[i], word) == 0)
			return i;
	for (int i = first; i < n; i++)
		buf_add_listed(&want, names[i], (size_t)(i - first),
		               (size_t)(n - first));
	err_usage(err, "--%s: want %s, have \"%s\"", option, buf_text(&want),
	          word);
	buf_release(&want);
	return -1;
}

/* A choice under way: those that are left. */
struct selecting {
	const struct rule_choice *of;
	enum profile profile;
	bool *left;
	struct err *err;
};

static int
take_profile(struct selecting *c, const char *name)
{
	int p = name ? place_of("profile", name, profiles, PROFILE_COUNT,
	                        c->err) : PROFILE_DEFAULT;

	if (p < 0)
		return -1;
	c->profile = (enum profile)p;
	for (size_t i = 0; i < c->of->count; i++)
		c->left[i] = profile_has(c->profile, c->of->rules[i]);
	return 0;
}

static int
no_rule(struct selecting *c, const char *option, const char *word)
{
	return err_usage(c->err, "--%s: no rule is called \"%s\"; "
	                 "\"syncscope rules\" lists them", option, word);
}

/*
 * Adds to NAMED the rules that the word names: of the profile, but the one of
 * which it is the whole id.
 */
static int
add_rules(struct selecting *c, const char *word, bool *named)
{
	bool any = false, there = false;

	for (size_t i = 0; i < c->of->count; i++) {
		const struct rule *r = c->of->rules[i];

		if (fnmatch(word, r->id, 0) != 0)
			continue;
		there = true;
		if (strcmp(r->id, word) == 0 || profile_has(c->profile, r))
			named[i] = any = true;
	}
	if (!there)
		return no_rule(c, "rules", word);
	return any ? 0 : err_usage(c->err, "--rules: no rule of the profile %s "
	                           "is called \"%s\"; name it in full, or its "
	                           "--profile", profile_name(c->profile), word);
}

static int
take_rules(struct selecting *c, const char *list, struct arena *a)
{
	bool *named = arena_alloc(a, c->of->count * sizeof(*named));
	char word[WORD_BYTES];

	if (!list)
		return 0;
	memset(named, 0, c->of->count * sizeof(*named));
	while (next_word(&list, word))
		if (add_rules(c, word, named) < 0)
			return -1;
	c->left = named;
	return 0;
}

static int
skip_rules(struct selecting *c, const char *list)
{
	char word[WORD_BYTES];

	while (next_word(&list, word)) {
		bool there = false;

		for (size_t i = 0; i < c->of->count; i++)
			if (fnmatch(word, c->of->rules[i]->id, 0) == 0) {
				c->left[i] = false;
				there = true;
			}
		if (!there)
			return no_rule(c, "skip-rules", word);
	}
	return 0;
}

/* One severity: it, and all worse; several: these. */
static int
take_severities(struct selecting *c, const char *list)
{
	const char *names[SEVERITY_COUNT];
	bool wanted[SEVERITY_COUNT] = { false };
	bool one = list && !strchr(list, ',');
	char word[WORD_BYTES];

	if (!list)
		return 0;
	for (int s = 0; s < SEVERITY_COUNT; s++)
		names[s] = severity_name((enum severity)s);
	while (next_word(&list, word)) {
		int s = place_of("severity", word, names, SEVERITY_COUNT,
		                 c->err);

		if (s < 0)
			return -1;
		for (int worse = one ? 0 : s; worse <= s; worse++)
			wanted[worse] = true;
	}
	for (size_t i = 0; i < c->of->count; i++)
		c->left[i] = c->left[i] && wanted[c->of->rules[i]->severity];
	return 0;
}

static int
take_categories(struct selecting *c, const char *list)
{
	bool wanted[CATEGORY_COUNT] = { false };
	char word[WORD_BYTES];

	if (!list)
		return 0;
	while (next_word(&list, word)) {
		int k = place_of("category", word, categories, CATEGORY_COUNT,
		                 c->err);

		if (k < 0)
			return -1;
		wanted[k] = true;
	}
	for (size_t i = 0; i < c->of->count; i++)
		c->left[i] = c->left[i] &&
		             wanted[rule_category(c->of->rules[i])];
	return 0;
}

static bool
is_any_left(const struct selecting *c)
{
	for (size_t i = 0; i < c->of->count; i++)
		if (c->left[i])
			return true;
	return false;
}

int
rules_select(struct rule_choice *of, const struct selection *s,
             struct arena *a, struct err *err)
{
	struct selecting c = {
		.of = of, .err = err,
		.left = arena_alloc(a, of->count * sizeof(*c.left)),
	};

	if (take_profile(&c, s->profile) < 0 ||
	    take_rules(&c, s->rules, a) < 0 ||
	    take_severities(&c, s->severity) < 0 ||
	    take_categories(&c, s->category) < 0 ||
	    skip_rules(&c, s->skip) < 0)
		return -1;
	if (!is_any_left(&c))
		return err_usage(err, "no rule is left to run; \"syncscope "
		                 "rules\" lists them, with their severities "
		                 "and categories");
	of->chosen = c.left;
	of->forecast = s->rules && !s->profile && !s->skip && !s->severity &&
	               !s->category ? FORECAST_NONE : FORECAST_WRITTEN;
	return 0;
}
