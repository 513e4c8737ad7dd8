/* The connectors of sync servers as the forests of a policy. */
#include "analyze/policy/sync_forests.h"

#include <stdlib.h>

#include "analyze/policy/connect_server.h"
#include "analyze/policy/policy.h"
#include "analyze/policy/sync_filters.h"
#include "analyze/policy/sync_scope.h"
#include "analyze/policy/sync_settings.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/err.h"
#include "base/file.h"
#include "base/utf8.h"

/* The forests being made, and of which source each is. */
struct forests {
	struct policy *top;
	struct policy *list;
	const struct sync_source **from;     /* NULL: of the policy alone */
	size_t count;
};

static size_t
count_connectors(const struct sync_source *s)
{
	size_t n = 0;

	for (const struct sync_connector *c = s->export.connectors; c;
	     c = c->next)
		n++;
	return n;
}

/* Room for the policy's own forests, and for all connectors. */
static void
begin(struct forests *f, struct policy *p, const struct sync_source *all,
      size_t n)
{
	size_t room = p->forest_count;

	for (size_t i = 0; i < n; i++)
		room += count_connectors(&all[i]);
	*f = (struct forests){
		.top = p,
		.list = arena_alloc(&p->arena, room * sizeof(*f->list)),
		.from = arena_alloc(&p->arena, room * sizeof(*f->from)),
	};
	for (size_t i = 0; i < p->forest_count; i++) {
		f->list[i] = p->forests[i];
		f->from[f->count++] = NULL;
	}
}

static bool
is_listed(const struct text_list *l, const char *name)
{
	for (size_t i = 0; i < l->count; i++)
		if (utf8_same_folded(l->texts[i], name))
			return true;
	return false;
}

/* The DNS names of the connector's domains. */
static struct text_list
domains_of(const struct sync_connector *c, struct arena *a)
{
	struct text_list out = { 0 };
	struct buf name = { 0 };

	for (const struct sync_partition *d = c->partitions; d; d = d->next) {
		buf_clear(&name);
		dn_domain(&name, d->dn);
		if (name.len && !is_listed(&out, buf_text(&name)))
			text_list_add(&out, a, buf_text(&name));
	}
	buf_release(&name);
	return out;
}

/* The forest among those that there are that has a name of the connector's. */
static size_t
find(const struct forests *f, const char *forest,
     const struct text_list *domains)
{
	const struct policy all = {
		.forests = f->list, .forest_count = f->count,
	};
	const struct policy *found =
		policy_of_forest(&all, *forest ? forest : NULL,
		                 domains->texts, domains->count);

	return found == &all ? f->count : (size_t)(found - f->list);
}

static int
refuse_second(const struct forests *f, size_t at, const struct sync_source *s,
              const char *forest, struct err *err)
{
	const struct policy *p = &f->list[at];

	if (f->from[at] == s)
		return err_usage(err, "%s: want one connector to a forest, "
		                 "have two to %s", s->path, p->forest);
	if (f->from[at])
		return err_usage(err, "%s and %s both have a connector to %s: "
		                 "want each forest in one export",
		                 f->from[at]->path, s->path, p->forest);
	return err_usage(err, "%s and %s both say the scope of %s: want "
	                 "--scope, or a policy with scope", f->top->name,
	                 s->path, forest);
}

static void
take_filters(struct policy *p, struct policy *top, struct sync_source *s,
             const struct sync_connector *c)
{
	struct filter_set *set = filter_set_new(&top->arena, top->custom);

	sync_filters_add(set, &s->export, c);
	p->filters = set->rules ? set : NULL;
}

/* A forest that the policy does not name. */
static void
add_forest(struct forests *f, const char *name)
{
	struct policy *p = &f->list[f->count];

	*p = *f->top;
	p->arena = (struct arena){ 0 };
	p->forests = NULL;
	p->forest_count = 0;
	p->forest = name;
	f->from[f->count++] = NULL;
}

static int
take_connector(struct forests *f, struct sync_source *s,
               const struct sync_connector *c, struct err *err)
{
	struct arena *a = &f->top->arena;
	struct text_list domains = domains_of(c, a);
	const char *forest = *c->forest || !domains.count ? c->forest
	                                                  : domains.texts[0];
	size_t at = find(f, forest, &domains);
	struct policy *p = &f->list[at];
	char *base;

	if (at == f->count)
		add_forest(f, forest);
	else if (f->from[at] || p->scope_name)
		return refuse_second(f, at, s, forest, err);
	f->from[at] = s;
	base = path_base(s->path);
	p->scope_name = arena_strdup(a, base);
	free(base);
	p->domains = domains.texts;
	p->domain_count = domains.count;
	p->by_connectors = true;
	sync_settings_take(p, &s->export);
	take_filters(p, f->top, s, c);
	return sync_scope_take(p, a, &c, 1, s->path, err);
}

/* Those of the policy that no connector names, and that say nothing else. */
static void
drop_unnamed(struct forests *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->count; i++) {
		const struct policy *p = &f->list[i];

		if (!f->from[i] && !p->scope_name &&
		    p->engine != ENGINE_CLOUD_SYNC)
			continue;
		f->from[n] = f->from[i];
		f->list[n++] = *p;
	}
	f->count = n;
}

/* What the connectors of all servers say together. */
static int
take_all(struct policy *p, struct sync_source *all, size_t n, struct err *err)
{
	struct filter_set *set = filter_set_new(&p->arena, p->custom);
	const struct sync_connector **list;
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += count_connectors(&all[i]);
	list = arena_alloc(&p->arena, count * sizeof(*list));
	count = 0;
	for (size_t i = 0; i < n; i++) {
		for (const struct sync_connector *c = all[i].export.connectors;
		     c; c = c->next)
			list[count++] = c;
		sync_filters_add(set, &all[i].export, NULL);
	}
	p->filters = set->rules ? set : NULL;
	return sync_scope_take(p, &p->arena, list, count, all[0].path, err);
}

/* Where servers differ the policy decides, if it says so. */
static int
check_server(const struct forests *f, struct err *err)
{
	struct server_conflict c;
	const struct sync_source *one, *other;

	if (connect_server_agrees(f->top, &c))
		return 0;
	other = f->from[c.other - f->list];
	one = c.one == f->top ? NULL : f->from[c.one - f->list];
	return err_usage(err, "%s and %s: %s: want one for all forests under "
	                 "Connect, which share its server, have %s and %s; "
	                 "sync.%s of the policy decides",
	                 one ? one->path : f->top->name,
	                 other ? other->path : f->top->name, c.key,
	                 c.texts[0], c.texts[1], c.key);
}

int
sync_forests_add(struct policy *p, struct sync_source *all, size_t n,
                 struct err *err)
{
	struct forests f;

	begin(&f, p, all, n);
	for (size_t i = 0; i < n; i++)
		for (const struct sync_connector *c = all[i].export.connectors;
		     c; c = c->next)
			if (take_connector(&f, &all[i], c, err) < 0)
				return -1;
	drop_unnamed(&f);
	p->forests = f.list;
	p->forest_count = f.count;
	p->by_connectors = true;
	if (check_server(&f, err) < 0 || take_all(p, all, n, err) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		sync_settings_take(p, &all[i].export);
	connect_server_share(p);
	return 0;
}
