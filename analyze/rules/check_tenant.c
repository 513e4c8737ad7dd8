/* Running the rules on the tenant as a whole. */
#include "analyze/rules/rules.h"

#include "analyze/model/model.h"
#include "analyze/rules/assess.h"
#include "analyze/rules/replica.h"
#include "analyze/rules/running.h"

/* By its id, which no domain's name is. */
static const char *
key_of(const struct model *m)
{
	return m->tenant_id ? m->tenant_id
		: m->initial_domain ? m->initial_domain : "tenant";
}

/* What was read of it, or else of AD; or NULL. */
static const struct snapshot *
snapshot_of(const struct model *m)
{
	return m->tenant ? m->tenant : m->ad_count ? m->ad[0] : NULL;
}

void
check_fail_tenant(struct check *c, const struct failure *f)
{
	const struct rule *rule = c->plan->of.rules[c->rule];
	const struct model *m = c->plan->m;
	const struct snapshot *s = snapshot_of(m);
	enum authority by = f->in_entra ? AUTHORITY_ENTRA : AUTHORITY_AD;

	c->reported++;
	findings_put(c->batch, &(struct finding){
		.rule = rule->id, .severity = f->severity,
		.status = STATUS_OPEN, .class = "tenant", .object = key_of(m),
		.attribute = f->attribute, .observed = f->observed,
		.expected = f->expected, .message = f->message,
		.fix = f->fix ? f->fix : rule->fix,
		.source = c->plan->sources[c->rule],
		.snapshot = s ? snapshot_name(s) : NULL,
		.authority = authority_name(by),
		.tool = f->in_entra ? tool_name(by, OWNED_IDENTITY, "tenant")
		                    : NULL,
	});
}

void
check_fail_server(struct check *c, const struct exchange_server *s,
                  const struct failure *f)
{
	const struct rule *rule = c->plan->of.rules[c->rule];
	char guid[GUID_TEXT] = "";

	if (s->has_guid)
		guid_format(&s->guid, guid);
	c->reported++;
	findings_put(c->batch, &(struct finding){
		.rule = rule->id, .severity = f->severity,
		.status = STATUS_OPEN, .class = "server", .dn = s->dn,
		.guid = s->has_guid ? guid : NULL,
		.attribute = f->attribute, .observed = f->observed,
		.expected = f->expected, .message = f->message,
		.fix = f->fix ? f->fix : rule->fix,
		.source = c->plan->sources[c->rule],
		.snapshot = snapshot_name(s->from),
		.authority = authority_name(AUTHORITY_AD),
		.shared = f->shared,
	});
}

static struct finding
mail_domain_finding(struct check *c, const char *domain,
                    const struct failure *f)
{
	const struct rule *rule = c->plan->of.rules[c->rule];
	const struct model *m = c->plan->m;
	const struct snapshot *s = snapshot_of(m);
	enum authority by = f->in_entra ? AUTHORITY_ENTRA : AUTHORITY_AD;

	return (struct finding){
		.rule = rule->id, .severity = f->severity,
		.status = STATUS_OPEN, .class = "domain", .object = domain,
		.attribute = f->attribute, .observed = f->observed,
		.expected = f->expected, .message = f->message,
		.fix = f->fix ? f->fix : rule->fix,
		.source = c->plan->sources[c->rule],
		.snapshot = s ? snapshot_name(s) : NULL,
		.authority = authority_name(by),
		.tool = f->in_entra ? tool_name(by, OWNED_IDENTITY, "tenant")
		                    : NULL,
		.shared = f->shared,
	};
}

void
check_fail_mail_domain(struct check *c, const char *domain,
                       const struct failure *f)
{
	const struct finding out = mail_domain_finding(c, domain, f);

	c->reported++;
	findings_put(c->batch, &out);
}

static void
expect(struct check *c, const struct domain_used *u)
{
	const struct finding whole = mail_domain_finding(c, u->domain, u->will);

	pending_expect(&c->pending, &whole);
}

void
check_count_domain(struct check *c, const struct object *o,
                   const struct domain_used *u)
{
	const struct failure as = {
		.attribute = u->attribute, .observed = u->value,
	};

	/* Who is read again is counted then. */
	if (c->screening) {
		c->reported++;
		return;
	}
	if (replica_is_all(c->plan->m, c->plan->of.rules[c->rule], o, &as))
		return;
	domain_tally_add(&c->count->domains, u->domain, u->use);
	expect(c, u);
}

size_t
check_used_domains(struct check *c, const struct used_domain **out)
{
	domain_tally_sort(&c->count->domains);
	*out = c->count->domains.items;
	return c->count->domains.count;
}

void
check_count_object(struct check *c, const struct object *o)
{
	/* Who is read again is counted then. */
	if (c->screening)
		c->reported++;
	else
		object_tally_add(&c->count->counted, o);
}

size_t
check_counted(struct check *c, const struct counted_objects **out)
{
	object_tally_sort(&c->count->counted);
	*out = c->count->counted.items;
	return c->count->counted.count;
}

uint64_t
check_acted(const struct check *c, enum action a)
{
	return findings_acted(c->writer, a);
}

size_t
check_deletions(struct check *c, const struct deletion_run **out)
{
	size_t n;
	struct deletion_run *runs = deletion_runs(c->plan->m, &c->scratch, &n);

	findings_count_deletions(c->writer, runs, n);
	*out = runs;
	return n;
}

bool
check_account(struct check *c, enum section s, uint32_t row, struct object *o)
{
	if (fetch_object(c->fetch, s, row, &c->scratch, o, c->err) == 0)
		return true;
	c->failed = true;
	return false;
}

/* Whether rule I is on the tenant, and can look at it. */
static bool
is_to_run(const struct rule_plan *d, size_t i)
{
	if (!d->of.rules[i]->check_tenant)
		return false;
	for (size_t k = 0; k < d->part_count; k++)
		if (d->parts[k].is[i].objects)
			return true;
	return false;
}

int
check_the_tenant(const struct rule_plan *d, struct findings_writer *w,
                 struct rule_count *counts, struct err *err)
{
	struct findings_batch batch = { 0 };
	struct check c = {
		.plan = d, .batch = &batch, .writer = w, .err = err,
		.fetch = fetch_new(d->m),
	};

	for (size_t i = 0; i < d->of.count && !c.failed; i++) {
		if (!is_to_run(d, i))
			continue;
		c.rule = i;
		c.count = &counts[i];
		c.reported = 0;
		d->of.rules[i]->check_tenant(&c);
		counts[i].findings += c.reported;
		counts[i].objects += c.reported > 0;
		arena_clear(&c.scratch);
	}
	findings_add(w, &batch);
	findings_batch_release(&batch);
	fetch_free(c.fetch);
	suffix_memory_free(c.suffixes);
	arena_release(&c.scratch);
	return c.failed ? -1 : 0;
}
