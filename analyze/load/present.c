/* The present and the history of each domain of AD. */
#include "analyze/load/present.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/load/forests.h"
#include "analyze/load/partitions.h"
#include "analyze/policy/policy.h"
#include "base/err.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/warn.h"

int
present_by_age(const void *a, const void *b)
{
	const struct snapshot *x = *(const struct snapshot *const *)a;
	const struct snapshot *y = *(const struct snapshot *const *)b;
	when_t tx = snapshot_collected(x), ty = snapshot_collected(y);
	int rc = strcmp(snapshot_name(x), snapshot_name(y));

	if (tx != ty)
		return tx > ty ? -1 : 1;
	return rc ? rc : strcmp(snapshot_digest(x), snapshot_digest(y));
}

/* A domain while the snapshots are gone through, the newest first. */
struct chosen {
	struct domain domain;
	const struct snapshot *last;     /* the oldest so far that holds it */
	const struct snapshot *sid_from;
	struct forest_claim told;
};

/* Another name of a domain. */
struct other_name {
	const char *name;
	size_t item;                 /* whose it is */
};

struct choosing {
	struct model *m;
	const struct snapshot **ad;      /* the newest first */
	size_t ad_count;
	struct chosen *items;
	size_t count, room;
	struct other_name *names;
	size_t name_count, name_room;
	struct err *err;
};

static uint64_t
objects_of(const struct snapshot *s, size_t at)
{
	uint64_t n = 0;

	for (size_t i = 0; i < SYNCED_SECTIONS; i++)
		n += snapshot_domain_objects(s, at, synced_sections[i]);
	return n;
}

/* A forest that was read whole, later, without the domain has it no more. */
static bool
is_gone(const struct choosing *c, size_t before, const char *forest)
{
	for (size_t i = 0; forest && i < before; i++) {
		const struct snapshot *s = c->ad[i];

		if (!snapshot_is_whole_forest(s))
			continue;
		for (size_t k = 0; k < snapshot_domain_count(s); k++) {
			const char *of = snapshot_domain_at(s, k)->forest;

			if (of && ascii_casecmp(of, forest) == 0)
				return true;
		}
	}
	return false;
}

static struct chosen *
find(struct choosing *c, const char *name)
{
	for (size_t i = 0; i < c->count; i++)
		if (ascii_casecmp(c->items[i].domain.name, name) == 0)
			return &c->items[i];
	for (size_t i = 0; i < c->name_count; i++)
		if (ascii_casecmp(c->names[i].name, name) == 0)
			return &c->items[c->names[i].item];
	return NULL;
}

/* One that was renamed stays in its forest, which may be called so, too. */
static bool
is_of_other(const struct chosen *d, const struct snapshot_domain *told)
{
	return d->told.name && told->forest &&
	       ascii_casecmp(d->told.name, told->forest) != 0 &&
	       (ascii_casecmp(d->told.name, d->domain.name) != 0 ||
	        ascii_casecmp(told->forest, told->name) != 0);
}

static bool
holds(const struct snapshot *s, const char *name)
{
	for (size_t i = 0; i < snapshot_domain_count(s); i++)
		if (snapshot_domain_is_held(s, i) &&
		    ascii_casecmp(snapshot_domain_at(s, i)->name, name) == 0)
			return true;
	return false;
}

/* Whether one snapshot holds both, which then are two. */
static bool
are_beside(const struct choosing *c, const char *a, const char *b)
{
	for (size_t i = 0; i < c->ad_count; i++)
		if (holds(c->ad[i], a) && holds(c->ad[i], b))
			return true;
	return false;
}

/* The domain that has the SID, by another name: it was renamed. */
static struct chosen *
find_sid(struct choosing *c, const struct snapshot *s, size_t at)
{
	const struct snapshot_domain *told = snapshot_domain_at(s, at);

	if (!told->sid || !*told->name || snapshot_domain_sid_doubtful(s, at))
		return NULL;
	for (size_t i = 0; i < c->count; i++) {
		struct chosen *d = &c->items[i];

		if (snapshot_collected(d->last) != snapshot_collected(s) &&
		    d->domain.sid && strcmp(d->domain.sid, told->sid) == 0 &&
		    *d->domain.name && !is_of_other(d, told) &&
		    !are_beside(c, d->domain.name, told->name))
			return d;
	}
	return NULL;
}

/* The domain is known by a former name, too. */
static void
add_alias(struct choosing *c, struct chosen *d, const char *name)
{
	warn("%s has the SID of %s: it is taken for its former name", name,
	     d->domain.name);
	LIST_RESERVE(c->names, c->name_room, c->name_count + 1);
	c->names[c->name_count++] = (struct other_name){
		name, (size_t)(d - c->items)
	};
}

/* Two domains of one name, of two forests, cannot be told apart. */
static int
check_sid(struct choosing *c, struct chosen *d, const struct snapshot *s,
          size_t at)
{
	const char *sid = snapshot_domain_at(s, at)->sid;

	if (*d->domain.name && snapshot_domain_sid_doubtful(s, at))
		return err_usage(c->err, "%s: objects of %s have SIDs of "
		                 "several domains: two of one name; import "
		                 "them one by one", snapshot_name(s),
		                 d->domain.name);
	if (!sid || snapshot_domain_sid_doubtful(s, at))
		return 0;
	if (d->domain.sid && strcmp(d->domain.sid, sid) != 0)
		return err_usage(c->err, "%s has the SID %s in %s, and %s in "
		                 "%s: two domains of one name; analyze them "
		                 "one by one", d->domain.name, d->domain.sid,
		                 snapshot_path(d->sid_from), sid,
		                 snapshot_path(s));
	d->domain.sid = sid;
	d->sid_from = s;
	return 0;
}

static int
check_time(struct choosing *c, const struct chosen *d,
           const struct snapshot *s)
{
	const char *name = *d->domain.name ? d->domain.name
	                                   : "objects without a DN";

	if (snapshot_collected(d->last) != snapshot_collected(s))
		return 0;
	return err_usage(c->err, "%s and %s were collected at the same time "
	                 "and both hold %s, so neither is the present; import "
	                 "one again with --collected", snapshot_path(d->last),
	                 snapshot_path(s), name);
}

/* The newest snapshot that says it is right; who says otherwise may be not. */
static void
take_forest(struct chosen *d, const struct snapshot *s,
            const struct snapshot_domain *told)
{
	if (!told->forest)
		return;
	if (!d->told.name)
		d->told = (struct forest_claim){ told->forest, s };
	else if (ascii_casecmp(told->name, d->domain.name) == 0 &&
	         ascii_casecmp(told->forest, d->told.name) != 0)
		warn("%s is of the forest %s, as %s says, and of %s, as %s "
		     "says, which is older", d->domain.name, d->told.name,
		     snapshot_name(d->told.from), told->forest,
		     snapshot_name(s));
}

/* The domain with the number AT in the snapshot with the number I. */
static int
take_domain(struct choosing *c, size_t i, size_t at)
{
	const struct snapshot *s = c->ad[i];
	const struct snapshot_domain *told = snapshot_domain_at(s, at);
	struct chosen *d = find(c, told->name);

	if (!d) {
		d = find_sid(c, s, at);
		if (d)
			add_alias(c, d, told->name);
	}
	if (!d) {
		LIST_RESERVE(c->items, c->room, c->count + 1);
		d = &c->items[c->count++];
		*d = (struct chosen){ .domain = { .name = told->name } };
		if (is_gone(c, i, told->forest)) {
			d->domain.history = 1;
			d->domain.at = ALL_DOMAINS;
		} else {
			d->domain.present = s;
			d->domain.at = at;
			d->domain.objects = objects_of(s, at);
		}
	} else {
		if (check_time(c, d, s) < 0)
			return -1;
		d->domain.history++;
	}
	d->last = s;
	take_forest(d, s, told);
	return check_sid(c, d, s, at);
}

/* Without any domain the newest speaks for what it has, if anything. */
static void
take_nothing(struct choosing *c)
{
	if (c->count || !c->ad_count)
		return;
	LIST_RESERVE(c->items, c->room, 1);
	c->items[c->count++] = (struct chosen){
		.domain = { .name = "", .present = c->ad[0],
		            .at = ALL_DOMAINS,
		            .objects = objects_of(c->ad[0], ALL_DOMAINS),
		            .history = c->ad_count - 1 },
	};
}

/* A manifest that tells its domains tells those of all objects. */
static int
check_told(struct choosing *c, const struct snapshot *s)
{
	uint64_t told = 0, all = objects_of(s, ALL_DOMAINS);

	for (size_t k = 0; k < snapshot_domain_count(s); k++)
		told += objects_of(s, k);
	if (told || !all)
		return 0;
	return err_input(c->err, "%s/" SNAPSHOT_MANIFEST ": domains: none of "
	                 "its %llu objects is in any; is it damaged?",
	                 snapshot_name(s), (unsigned long long)all);
}

static int
take_domains(struct choosing *c)
{
	for (size_t i = 0; i < c->ad_count; i++)
		if (check_told(c, c->ad[i]) < 0)
			return -1;
	for (size_t i = 0; i < c->ad_count; i++)
		for (size_t k = 0; k < snapshot_domain_count(c->ad[i]); k++)
			if (snapshot_domain_is_held(c->ad[i], k) &&
			    take_domain(c, i, k) < 0)
				return -1;
	take_nothing(c);
	if (c->count > DOMAINS_MAX)
		return err_usage(c->err, "more than %d domains", DOMAINS_MAX);
	return 0;
}

static int
by_name(const void *a, const void *b)
{
	const struct chosen *x = a, *y = b;

	return ascii_casecmp(x->domain.name, y->domain.name);
}

static void
keep_domains(struct choosing *c)
{
	struct domains *ds = &c->m->domains;

	if (c->count)
		qsort(c->items, c->count, sizeof(*c->items), by_name);
	ds->items = arena_alloc(&c->m->arena, c->count * sizeof(*ds->items) +
	                        1);
	ds->count = c->count;
	for (size_t i = 0; i < c->count; i++) {
		ds->items[i] = c->items[i].domain;
		ds->items[i].index = i;
		ds->with_objects += ds->items[i].objects > 0;
	}
}

/* Other names of domains that are to be kept by now. */
static void
keep_names(struct choosing *c)
{
	struct domains *ds = &c->m->domains;
	const char **whose = xcalloc(c->name_count + 1, sizeof(*whose));

	for (size_t i = 0; i < c->name_count; i++)
		whose[i] = c->items[c->names[i].item].domain.name;
	keep_domains(c);
	ds->names = arena_alloc(&c->m->arena, c->name_count *
	                        sizeof(*ds->names) + 1);
	for (size_t i = 0; i < c->name_count; i++)
		ds->names[i] = (struct domain_alias){
			c->names[i].name, domains_find(ds, whose[i])
		};
	ds->name_count = c->name_count;
	free(whose);
}

/* Whether the snapshot is the present of a domain. */
static bool
is_present(const struct choosing *c, const struct snapshot *s)
{
	for (size_t i = 0; i < c->count; i++)
		if (c->items[i].domain.present == s)
			return true;
	return false;
}

/* Whether it holds one of which another snapshot is, or none any more. */
static bool
is_history(const struct choosing *c, const struct snapshot *s)
{
	for (size_t k = 0; k < snapshot_domain_count(s); k++) {
		const struct domain *d = domains_find(&c->m->domains,
			snapshot_domain_at(s, k)->name);

		if (snapshot_domain_is_held(s, k) && d && d->present != s)
			return true;
	}
	return false;
}

/* Whether it has what no other one has that is kept. */
static bool
alone_has(const struct choosing *c, const struct snapshot *s, enum section sec)
{
	for (size_t i = 0; i < c->m->ad_count; i++)
		if (snapshot_state(c->m->ad[i], sec) != SECTION_NOT_ASKED)
			return false;
	return snapshot_state(s, sec) != SECTION_NOT_ASKED;
}

/*
 * Recipients of Exchange come alone, too, and so do the settings of a forest:
 * the newest ones complete AD.
 */
static bool
is_addition(const struct choosing *c, const struct snapshot *s)
{
	static const enum section may[] = {
		AD_MAILBOXES, AD_EXCHANGE, AD_FOREST
	};

	for (size_t k = 0; k < snapshot_domain_count(s); k++)
		if (snapshot_domain_is_held(s, k))
			return false;
	for (size_t i = 0; i < sizeof(may) / sizeof(may[0]); i++)
		if (alone_has(c, s, may[i]))
			return true;
	return false;
}

static int
keep_snapshots(struct choosing *c)
{
	struct model *m = c->m;

	m->ad = xcalloc(c->ad_count + 1, sizeof(*m->ad));
	m->history = xcalloc(c->ad_count + 1, sizeof(*m->history));
	for (size_t i = 0; i < c->ad_count; i++)
		if (is_present(c, c->ad[i]))
			m->ad[m->ad_count++] = c->ad[i];
	for (size_t i = 0; i < c->ad_count; i++) {
		if (!is_present(c, c->ad[i]) && is_addition(c, c->ad[i]))
			m->ad[m->ad_count++] = c->ad[i];
		else if (!is_present(c, c->ad[i]) || is_history(c, c->ad[i]))
			m->history[m->history_count++] = c->ad[i];
	}
	if (m->history_count >= HISTORY_NOW)
		return err_usage(c->err, "more than %d older snapshots",
		                 HISTORY_NOW - 1);
	return 0;
}

static int
find_forests(struct choosing *c, const struct policy *past)
{
	struct forest_claim *told = xcalloc(c->count + 1, sizeof(*told));
	int rc;

	for (size_t i = 0; i < c->count; i++)
		told[i] = c->items[i].told;
	rc = partitions_read(c->m, c->ad, c->ad_count, told, c->err);
	if (rc == 0)
		rc = load_forests(c->m, told, past, c->err);
	free(told);
	return rc;
}

int
present_choose(struct model *m, struct snapshot *const *all, size_t count,
               const struct policy *past, struct err *err)
{
	struct choosing c = {
		.m = m, .ad = xcalloc(count + 1, sizeof(*c.ad)), .err = err,
	};
	int rc = 0;

	for (size_t i = 0; i < count && rc == 0; i++)
		if (snapshot_has_side(all[i], SIDE_AD)) {
			c.ad[c.ad_count++] = all[i];
			rc = snapshot_find_domains(all[i], err);
		}
	if (c.ad_count)
		qsort(c.ad, c.ad_count, sizeof(*c.ad), present_by_age);
	if (rc == 0)
		rc = take_domains(&c);
	if (rc == 0) {
		keep_names(&c);
		rc = keep_snapshots(&c);
	}
	if (rc == 0)
		rc = find_forests(&c, past);
	free(c.ad);
	free(c.items);
	free(c.names);
	return rc;
}
