/* Running rules on an object: screening and judging. */
#include "analyze/rules/rules.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/rules/assess.h"
#include "analyze/rules/placed.h"
#include "analyze/rules/replica.h"
#include "analyze/rules/running.h"
#include "analyze/rules/sharer_memory.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/utf8.h"

struct check *
check_new(const struct rule_plan *d, struct fetch *f,
          find_stander *stander)
{
	struct check *c = xcalloc(1, sizeof(*c));

	c->plan = d;
	c->fetch = f;
	c->stander = stander;
	c->sharers = sharer_memory_new();
	c->worst_by = xcalloc(d->of.count, sizeof(*c->worst_by));
	return c;
}

void
check_free(struct check *c)
{
	if (!c)
		return;
	suffix_memory_free(c->suffixes);
	sharer_memory_free(c->sharers);
	arena_release(&c->scratch);
	pending_release(&c->pending);
	explained_release(&c->explained);
	free(c->worst_by);
	free(c);
}

struct explained *
check_explained(struct check *c)
{
	return &c->explained;
}

const struct model *
check_model(const struct check *c)
{
	return c->plan->m;
}

bool
check_may_be(const struct check *c, enum fact fact)
{
	return c->screening || fact_is(c->plan->m, fact) == YES;
}

bool
check_has_forecast(const struct check *c)
{
	return c->plan->of.forecast == FORECAST_WRITTEN;
}

bool
check_is_of_system(const struct check *c)
{
	return c->of_system;
}

bool
check_is_screening(const struct check *c)
{
	return c->screening;
}

struct routed
check_suffix(struct check *c, const char *domain)
{
	if (!c->suffixes)
		c->suffixes = suffix_memory_new(c->plan->m->data);
	return suffix_find(c->suffixes, domain);
}

enum severity
check_severity(const struct check *c)
{
	return c->plan->of.rules[c->rule]->severity;
}

enum severity
check_sign_in_severity(const struct object *o, enum severity severity)
{
	return severity < SEVERITY_LOW && (account_is_unused(o) ||
	       account_is_no_persons(o)) ? SEVERITY_LOW : severity;
}

struct arena *
check_arena(struct check *c)
{
	return &c->scratch;
}

struct unseen_object
check_unseen(struct check *c, const struct object *account)
{
	/* While objects are screened not all places are known. */
	return c->screening ? (struct unseen_object){ .why = UNSEEN_NOT }
		: seen_places_judge(c->plan->m, fetch_containers(c->fetch),
		                    account);
}

bool
check_is_emptied(struct check *c, const char *dn)
{
	return !seen_places_has(&c->plan->m->seen_places, container_of(
		fetch_containers(c->fetch), dn)->hash);
}

struct went_with
check_left_with(struct check *c, const struct object *o, when_t when)
{
	return containers_left_with(c->plan->m, fetch_containers(c->fetch),
	                            o->domain, o->dn, when);
}

bool
check_is_gone(struct check *c, const struct object *account,
              struct unseen_object *is)
{
	*is = check_unseen(c, account);
	if (is->why != UNSEEN_NOT)
		unseen_add(&c->count->unseen, is, 1);
	return is->why == UNSEEN_NOT;
}

const struct tombstone *
check_tombstone(const struct check *c, const struct object *account)
{
	return c->screening ? NULL : tombstones_find(c->plan->m, account);
}

/* The object that a finding is keyed by: AD's, where there is one. */
static const struct object *
key_object(const struct object *o)
{
	return o->side == SIDE_TENANT && o->links.twin ? o->links.twin : o;
}

/* That of OTHER, where it is another one than O's. */
static const char *
other_forest(const struct object *o, const struct object *other)
{
	const char *own = domain_forest_name(o->domain);
	const char *theirs = other && other->side == SIDE_AD
		? domain_forest_name(other->domain) : NULL;

	return own && theirs && strcmp(own, theirs) != 0 ? theirs : NULL;
}

/* What its addresses are for, where sync does not take the object. */
static const char *
name_holder(struct check *c, const struct object *key, const char *message)
{
	switch (key->kind) {
	case KIND_FOLDER:
		return check_textf(c, "%s; public folders are synchronized "
		                   "only where that was chosen", message);
	case KIND_DYNAMIC_GROUP:
		return check_textf(c, "%s; dynamic groups are never "
		                   "synchronized: it counts in Exchange "
		                   "on-premises, and for the group that is "
		                   "created in its place in the "
		                   "cloud", message);
	default:
		return message;
	}
}

/*
 * Of what sync never takes, or only if it is asked to: its addresses are one
 * space with all others, its alias and its names the tenant never sees.
 */
static enum severity
held_severity(enum severity severity, const char *attribute)
{
	bool is_address = attribute && strcmp(attribute, "mailNickname") != 0 &&
	                  strcmp(attribute, "displayName") != 0;
	enum severity most = is_address ? SEVERITY_LOW : SEVERITY_INFO;

	return severity < most ? most : severity;
}

void
check_fail(struct check *c, const struct object *o, const struct failure *f)
{
	const struct rule *rule = c->plan->of.rules[c->rule];
	const struct model *m = c->plan->m;
	const struct object *key = key_object(o);
	struct placed placed;
	char guid[GUID_TEXT];
	struct finding out = {
		.rule = rule->id,
		.status = STATUS_OPEN, .class = kind_name(o->kind),
		.dn = key->dn, .object = key->dn || key->has_guid
			? NULL : object_key(key, &c->scratch),
		.sid = key->has_guid || !key->ad.sid
			? NULL : object_key(key, &c->scratch),
		.upn = key->upn ? key->upn : o->upn,
		.attribute = f->attribute, .observed = f->observed,
		.expected = f->expected,
		.source = c->plan->sources[c->rule],
		.snapshot = snapshot_name(model_snapshot(m, o)),
		.kind = account_kind_name(account_kind_of(key)),
		.forest = domain_forest_name(key->domain),
		.domain = domain_name(key->domain),
		.other_forest = other_forest(key, f->other),
		.proposed = f->proposed, .unproposed = f->unproposed,
		.idfix = f->idfix, .key = f->key, .event = f->event,
		.shared = f->shared, .deletes = f->deletes,
		.claimed = f->claimed, .deadline = f->deadline,
		.awaits_sync = rule->awaits_sync,
		.bears = rule->bearing != BEARS_ELSEWHERE,
	};

	if (!c->screening && replica_is_all(m, rule, key, f))
		return;
	c->reported++;
	if (c->screening)
		return;
	if (rule->deletes && c->reported == 1 && !f->stays)
		findings_put_orphan(c->batch, out.domain);
	else if (rule->deletes && c->reported == 1)
		c->count->staying++;
	placed = placed_fix(c, key, f);
	out.fix = placed.fix;
	out.authority = authority_name(placed.authority);
	out.tool = placed.tool;
	out.severity = object_holds_addresses(key)
		? held_severity(placed.severity, out.attribute)
		: placed.severity;
	out.message = name_holder(c, key, check_message(c, f));
	check_relate(c, key, f, &out);
	if (key->has_guid) {
		guid_format(&key->guid, guid);
		out.guid = guid;
	}
	pending_add(&c->pending, &out, party_of(f->other),
	            party_of(f->account));
	if (rule->bearing == BEARS_ELSEWHERE)
		return;
	if (out.severity < c->worst)
		c->worst = out.severity;
	if (out.severity < c->worst_by[c->rule])
		c->worst_by[c->rule] = out.severity;
}

uint64_t
check_in_scope(const struct check *c, const struct domain *d)
{
	static const enum section counted[] = {
		AD_USERS, AD_GROUPS, AD_CONTACTS
	};
	uint64_t n = 0;

	for (size_t i = 0; i < sizeof(counted) / sizeof(counted[0]); i++) {
		const struct table *t = &c->plan->m->tables[counted[i]];

		for (size_t k = 0; k < t->count; k++)
			n += !t->rows[k].merged &&
			     t->rows[k].scope == SCOPE_IN &&
			     model_domain(c->plan->m, &t->rows[k]) == d;
	}
	return n;
}

/*
 * That it is synchronized is all that is wrong with a system's account, whether
 * AD's object of it was read or not.
 */
static bool
is_of_system(const struct object *o)
{
	return o && account_kind_of(o) == ACCOUNT_KIND_SYSTEM;
}

/* Whether the rule, which judges such objects, is to judge this one. */
static bool
is_for(const struct check *c, const struct rule *r, const struct object *o)
{
	return (!r->in_scope_only || o->scope.state == SCOPE_IN ||
	        object_holds_addresses(o)) &&
	       (!c->of_system || r->of_systems || r->deletes);
}

/* Whether it has flaws is found out when a rule asks. */
static void
judge_flaws_of(struct check *c, const struct object *ad)
{
	c->ad = ad;
	c->flawed = ad && ad->side == SIDE_AD ? UNKNOWN : NO;
}

/* Whether what rule I reads of the object can be read. */
static inline bool
is_clear(const struct check *c, size_t i, const struct object *o)
{
	return !attr_set_meets(&c->plan->reads[i], &o->unclear);
}

/* Whether it is known that the object is in scope, or the rule need not. */
static inline bool
is_placed(const struct check *c, size_t i, const struct object *o)
{
	return o->scope.cause != SCOPE_BY_GUESS ||
	       !(c->plan->of.rules[i]->needs & NEED_SCOPE);
}

bool
check_screen(struct check *c, const struct object *o)
{
	const struct rule_part *p = rule_plan_part(c->plan, o);
	const struct rule_plan *d = c->plan;

	bool plain = o->scope.cause != SCOPE_BY_GUESS &&
	             attr_set_is_empty(&o->unclear);

	c->screening = true;
	c->of_system = is_of_system(o);
	judge_flaws_of(c, o);
	c->reported = 0;
	for (size_t k = 0; k < p->for_count[o->side][o->kind] &&
	     !c->reported; k++) {
		size_t i = p->for_kind[o->side][o->kind][k];

		c->rule = i;
		if (is_for(c, d->of.rules[i], o) && (plain ||
		    (is_placed(c, i, o) && is_clear(c, i, o))))
			d->of.rules[i]->check(c, o);
	}
	arena_clear(&c->scratch);
	return c->reported > 0;
}

/* What cannot be read of the object, or of its account, is counted. */
static bool
is_passed_over(const struct check *c, size_t i, const struct object *o,
               struct rule_count *count)
{
	const struct attr_set *reads = &c->plan->reads[i];
	const struct object *twin = o->links.twin;

	if (is_placed(c, i, o) && is_clear(c, i, o) &&
	    (!twin || is_clear(c, i, twin)))
		return false;
	count->passed_over++;
	if (!is_placed(c, i, o))
		attr_set_add(&count->unclear, ATTR_DN);
	attr_set_join_common(&count->unclear, &o->unclear, reads);
	if (twin)
		attr_set_join_common(&count->unclear, &twin->unclear, reads);
	return true;
}

/* One rule on the one of the two that it judges, if it is there. */
static void
judge_one(struct check *c, size_t i, const struct object *ad,
          const struct object *account, struct rule_count *count)
{
	const struct rule *rule = c->plan->of.rules[i];
	const struct object *o = rule->side == SIDE_AD ? ad : account;

	if (!o || !(rule->kinds & KIND_BIT(o->kind)) ||
	    !section_set_has(&rule_plan_part(c->plan, o)->is[i].sections,
	                     section_of(o->side, o->kind)) ||
	    !is_for(c, rule, o))
		return;
	if (is_passed_over(c, i, o, count))
		return;
	c->rule = i;
	c->count = count;
	c->reported = 0;
	rule->check(c, o);
	count->findings += c->reported;
	count->objects += c->reported > 0;
	arena_clear(&c->scratch);
}

/* All that was found of one object, with what it follows from. */
static void
put_pending(struct check *c, const struct object *ad,
            const struct object *account)
{
	causes_settle(&c->pending, ad ? ad : account, c->batch,
	              &c->explained);
	if (!ad)
		causes_settle_account(&c->pending, account,
		                      &c->plan->explained);
	for (size_t i = 0; i < c->pending.count; i++)
		check_put(c, &c->pending.items[i].finding);
	pending_clear(&c->pending);
}

int
check_judge(struct check *c, const struct object *ad,
            const struct object *account, struct findings_batch *batch,
            struct rule_count *counts, enum severity *worst, struct err *err)
{
	c->screening = false;
	sharer_memory_turn(c->sharers);
	c->of_system = is_of_system(ad ? ad : account);
	judge_flaws_of(c, ad);
	c->batch = batch;
	c->worst = SEVERITY_COUNT;
	c->err = err;
	c->failed = false;
	for (size_t i = 0; i < c->plan->of.count; i++)
		c->worst_by[i] = SEVERITY_COUNT;
	for (size_t i = 0; i < c->plan->of.count && !c->failed; i++)
		judge_one(c, i, ad, account, &counts[i]);
	put_pending(c, ad, account);
	*worst = c->worst;
	return c->failed ? -1 : 0;
}

size_t
check_unready_by(const struct check *c, enum readiness is, struct arena *a,
                 const char *const **out)
{
	enum severity least = is == READINESS_BLOCKED ? SEVERITY_HIGH
	                                              : SEVERITY_LOW;
	const char **ids;
	size_t n = 0;

	*out = NULL;
	if (is != READINESS_BLOCKED && is != READINESS_WARNING)
		return 0;
	ids = arena_alloc(a, c->plan->of.count * sizeof(*ids));
	for (size_t i = 0; i < c->plan->of.count; i++)
		if (c->worst_by[i] <= least)
			ids[n++] = c->plan->of.rules[i]->id;
	*out = ids;
	return n;
}

/* The domain, by the rules on such that can judge it. */
static void
judge_domain(struct check *c, const struct domain *d,
             struct rule_count *counts)
{
	const struct rule_plan *p = c->plan;

	for (size_t i = 0; i < p->of.count; i++) {
		if (!p->of.rules[i]->check_domain ||
		    !p->parts[d->index].is[i].objects)
			continue;
		c->rule = i;
		c->count = &counts[i];
		c->reported = 0;
		p->of.rules[i]->check_domain(c, d);
		check_whole_end(c);
		arena_clear(&c->scratch);
	}
}

void
check_domains(const struct rule_plan *d, struct findings_writer *w,
              struct rule_count *counts)
{
	struct findings_batch batch = {
		.baseline = findings_baseline(w),
	};
	struct check c = { .plan = d, .batch = &batch };

	for (size_t i = 0; i < d->m->domains.count; i++)
		judge_domain(&c, &d->m->domains.items[i], counts);
	findings_add(w, &batch);
	findings_batch_release(&batch);
	suffix_memory_free(c.suffixes);
	free(c.wholes.items);
	arena_release(&c.scratch);
}
