/* The catalogue and the runner. */
#include "analyze/rule.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/assess.h"
#include "base/mem.h"

static const struct family *const families[] = {
	&primary_rules,
	&address_rules,
	&scope_rules,
	&password_rules,
};

enum { FAMILIES = sizeof(families) / sizeof(families[0]) };

size_t
rules_count(void)
{
	size_t n = 0;

	for (size_t i = 0; i < FAMILIES; i++)
		n += families[i]->count;
	return n;
}

const struct rule *
rules_get(size_t i)
{
	for (size_t f = 0; f < FAMILIES; f++) {
		if (i < families[f]->count)
			return &families[f]->rules[i];
		i -= families[f]->count;
	}
	return NULL;
}

const struct rule *
rules_find(const char *id)
{
	for (size_t i = 0; i < rules_count(); i++)
		if (strcmp(rules_get(i)->id, id) == 0)
			return rules_get(i);
	return NULL;
}

struct check {
	const struct model *m;
	struct findings_writer *w;
	struct rule_result *results;
	struct arena scratch;        /* for texts of one finding */
	struct assessment *is;       /* per rule: what it can judge */
	size_t rule;                 /* that runs */
	const struct object *last;   /* that it reported last */
	enum severity worst;         /* of the object at hand; COUNT: none */
};

const struct model *
check_model(const struct check *c)
{
	return c->m;
}

enum severity
check_severity(const struct check *c)
{
	return rules_get(c->rule)->severity;
}

struct arena *
check_arena(struct check *c)
{
	return &c->scratch;
}

const char *
check_textf(struct check *c, const char *fmt, ...)
{
	const char *kept;
	char *text = NULL;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		text = NULL;
	va_end(ap);
	kept = arena_strdup(&c->scratch, text ? text : "");
	free(text);
	return kept;
}

/* The object that a finding is keyed by: AD's, where there is one. */
static const struct object *
key_object(const struct object *o)
{
	return o->side == SIDE_TENANT && o->twin ? o->twin : o;
}

void
check_fail(struct check *c, const struct object *o, const struct failure *f)
{
	const struct rule *rule = rules_get(c->rule);
	struct rule_result *result = &c->results[c->rule];
	const struct object *key = key_object(o);
	char guid[GUID_TEXT];
	struct finding out = {
		.rule = rule->id, .severity = f->severity,
		.status = STATUS_OPEN, .class = kind_name(o->kind),
		.dn = key->dn, .upn = key->upn ? key->upn : o->upn,
		.attribute = f->attribute, .observed = f->observed,
		.expected = f->expected, .message = f->message,
		.fix = f->fix ? f->fix : rule->fix, .source = rule->source,
		.snapshot = snapshot_name(c->m->present[o->side]),
	};

	if (key->has_guid) {
		guid_format(&key->guid, guid);
		out.guid = guid;
	}
	findings_put(c->w, &out);
	result->findings++;
	result->objects += c->last != o;
	c->last = o;
	if (f->severity < c->worst)
		c->worst = f->severity;
}

/* Runs the rules on an AD object and its account; either may be NULL. */
static void
judge(struct check *c, const struct object *ad, const struct object *account)
{
	for (size_t i = 0; i < rules_count(); i++) {
		const struct rule *rule = rules_get(i);
		const struct object *o = rule->side == SIDE_AD ? ad : account;

		if (!o || !(rule->kinds & KIND_BIT(o->kind)) ||
		    !(c->is[i].sections &
		      SECTION_BIT(section_of(o->side, o->kind))))
			continue;
		c->rule = i;
		c->last = NULL;
		rule->check(c, o);
		arena_clear(&c->scratch);
	}
}

/* A finding that must be mended first blocks; lesser ones warn. */
static enum readiness
readiness(const struct check *c, const struct object *o)
{
	if (o->scope.state != SCOPE_IN)
		return READINESS_OUT_OF_SCOPE;
	if (c->worst <= SEVERITY_HIGH)
		return READINESS_BLOCKED;
	return c->worst <= SEVERITY_LOW ? READINESS_WARNING : READINESS_READY;
}

static void
put_forecast(struct check *c, const struct object *o)
{
	struct forecast f = o->forecast;
	char guid[GUID_TEXT];

	if (o->has_guid) {
		guid_format(&o->guid, guid);
		f.guid = guid;
	}
	f.readiness = readiness(c, o);
	findings_put_forecast(c->w, &f);
}

/* An AD object and its account in the tenant are judged together. */
static void
judge_ad(struct check *c, enum section s)
{
	const struct object_list *l = &c->m->objects[s];

	for (size_t i = 0; i < l->count; i++) {
		const struct object *o = l->items[i];

		c->worst = SEVERITY_COUNT;
		judge(c, o, o->twin);
		put_forecast(c, o);
	}
}

static void
judge_tenant(struct check *c, enum section s)
{
	const struct object_list *l = &c->m->objects[s];

	for (size_t i = 0; i < l->count; i++)
		if (!l->items[i]->twin)
			judge(c, NULL, l->items[i]);
}

static void
report_rule(struct check *c, size_t i)
{
	const struct rule *rule = rules_get(i);
	struct rule_result *r = &c->results[i];

	r->id = rule->id;
	r->severity = rule->severity;
	r->title = rule->title;
	r->why = rule->why;
	r->fix = rule->fix;
	r->source = rule->source;
	r->outcome = assess_outcome(&c->is[i], r->findings);
	r->reason = c->is[i].reason;
	if (r->outcome == OUTCOME_NOT_APPLICABLE)
		r->reason = "there is no such object";
}

void
rules_run(const struct model *m, struct findings_writer *w,
          struct rule_result *results, struct arena *arena)
{
	struct check c = { .m = m, .w = w, .results = results };

	c.is = xcalloc(rules_count(), sizeof(*c.is));
	for (size_t i = 0; i < rules_count(); i++) {
		results[i] = (struct rule_result){ 0 };
		assess(m, rules_get(i), arena, &c.is[i]);
	}
	judge_ad(&c, AD_USERS);
	judge_ad(&c, AD_GROUPS);
	judge_ad(&c, AD_CONTACTS);
	judge_tenant(&c, TENANT_USERS);
	judge_tenant(&c, TENANT_GROUPS);
	judge_tenant(&c, TENANT_CONTACTS);
	judge_tenant(&c, TENANT_MAILBOXES);
	for (size_t i = 0; i < rules_count(); i++)
		report_rule(&c, i);
	arena_release(&c.scratch);
	free(c.is);
}
