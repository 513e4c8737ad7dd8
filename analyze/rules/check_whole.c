/*
 * Findings on no object: on a domain, a server, the tenant. All that a rule
 * says of one is told; what can only be said of objects is not to be said.
 */
#include "analyze/rules/running.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/rules/last_server.h"
#include "analyze/rules/placed.h"
#include "analyze/rules/replica.h"
#include "base/buf.h"
#include "base/list.h"

/* What was read of the tenant, or else of AD; or NULL. */
static const struct snapshot *
snapshot_of(const struct model *m)
{
	return m->tenant ? m->tenant : m->ad_count ? m->ad[0] : NULL;
}

/* NULL: with what differs from one to the next, and the fix says it. */
static const char *
tool_of_whole(enum mended mended, const char *class)
{
	if (mended == MENDED_IN_ENTRA)
		return tool_name(&(struct tool_asked){
			.who = AUTHORITY_ENTRA
		});
	if (mended == MENDED_IN_EXCHANGE_ONLINE)
		return "Exchange Online PowerShell";
	return strcmp(class, "setting") == 0 || strcmp(class, "server") == 0
		? "Exchange Management Shell on-premises" : NULL;
}

/* Without the names of what it is on. */
static struct finding
whole_finding(struct check *c, const struct failure *f,
              const char *class, const struct snapshot *from)
{
	const struct rule *rule = c->plan->of.rules[c->rule];
	enum authority by = authority_mended(f, AUTHORITY_AD);

	assert(!f->other && !f->account && !f->unread && !f->stays);
	return (struct finding){
		.rule = rule->id, .severity = f->severity,
		.status = STATUS_OPEN, .class = class,
		.attribute = f->attribute, .observed = f->observed,
		.expected = f->expected, .message = check_message(c, f),
		.fix = f->fix ? f->fix : rule->fix,
		.source = c->plan->sources[c->rule],
		.snapshot = from ? snapshot_name(from) : NULL,
		.authority = authority_name(by),
		.tool = tool_of_whole(f->mended, class),
		.proposed = f->proposed, .unproposed = f->unproposed,
		.key = f->key, .event = f->event,
		.shared = f->shared, .deadline = f->deadline,
		.related = f->related, .related_count = f->related_count,
	};
}

/* Reports what no other is called in the rule's class of it. */
static void
put_whole(struct check *c, const struct finding *f, const char *called)
{
	struct reported_wholes *w = &c->wholes;

	c->reported++;
	LIST_RESERVE(w->items, w->room, w->count + 1);
	w->items[w->count++] = check_textf(c, "%s %s", f->class, called);
	check_put(c, f);
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void
check_whole_end(struct check *c)
{
	struct reported_wholes *w = &c->wholes;

	if (w->count > 1)
		qsort(w->items, w->count, sizeof(*w->items), by_name);
	for (size_t i = 0; i < w->count; i++)
		c->count->objects += !i ||
			strcmp(w->items[i], w->items[i - 1]) != 0;
	c->count->findings += c->reported;
	w->count = 0;
}

/* ---- domains of AD ---- */

void
check_fail_domain(struct check *c, const struct domain *d,
                  const struct failure *f)
{
	struct finding out = whole_finding(c, f, "domain", d ? d->present
	                                   : c->plan->m->ad[0]);
	struct buf dn = { 0 };

	out.forest = domain_forest_name(d);
	out.domain = domain_name(d);
	if (d)
		domain_dn(d, &dn);
	if (dn.len)
		out.dn = dn.data;
	else
		out.object = d && d->sid ? d->sid : "domain";
	put_whole(c, &out, out.dn ? out.dn : out.object);
	buf_release(&dn);
}

/* ---- the tenant ---- */

/* By its id, which no domain's name is. */
static const char *
key_of(const struct model *m)
{
	return m->tenant_id ? m->tenant_id
		: m->initial_domain ? m->initial_domain : "tenant";
}

void
check_fail_tenant(struct check *c, const struct failure *f)
{
	const struct model *m = c->plan->m;
	struct finding out = whole_finding(c, f, "tenant", snapshot_of(m));

	out.object = key_of(m);
	put_whole(c, &out, out.object);
}

/* ---- servers ---- */

void
check_fail_server(struct check *c, const struct exchange_server *s,
                  const struct failure *f)
{
	struct finding out = whole_finding(c, f, "server", s->from);
	char guid[GUID_TEXT] = "";

	if (s->has_guid)
		guid_format(&s->guid, guid);
	out.dn = s->dn;
	out.guid = s->has_guid ? guid : NULL;
	put_whole(c, &out, s->has_guid ? guid : s->dn ? s->dn : "");
}

/* ---- Exchange's settings ---- */

void
check_fail_setting(struct check *c, const struct exchange_setting *s,
                   const struct failure *f)
{
	struct finding out = whole_finding(c, f, "setting", s->from);

	out.dn = s->dn;
	out.guid = s->guid;
	put_whole(c, &out, s->guid ? s->guid : s->dn);
}

/* ---- domains of mail ---- */

static struct finding
mail_domain_finding(struct check *c, const char *domain,
                    const struct failure *f)
{
	struct finding out = whole_finding(c, f, "domain",
	                                   snapshot_of(c->plan->m));

	out.object = domain;
	return out;
}

void
check_fail_mail_domain(struct check *c, const char *domain,
                       const struct failure *f)
{
	const struct finding out = mail_domain_finding(c, domain, f);

	put_whole(c, &out, domain);
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
