/*
 * What of Exchange the snapshots hold, forest by forest. A list of servers, or
 * a part of the configuration, is not the configuration: that is told apart.
 */
#include "analyze/load/organization.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "analyze/load/organization_setting.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/record.h"
#include "base/utf8.h"

#define ROW(of) { .name = of },
static const struct schema_mail_attribute mail_names[] = {
	MAIL_SCHEMA_NAMES(ROW)
};
#undef ROW
enum { MAIL_NAMES = sizeof(mail_names) / sizeof(mail_names[0]) };

/*
 * What every AD has, of several beginnings: an export of some attributes alone
 * hardly has all of them.
 */
static const char *const plain_names[] = {
	"mail", "proxyAddresses", "legacyExchangeDN", "mS-DS-ConsistencyGuid",
};
enum { PLAIN_NAMES = sizeof(plain_names) / sizeof(plain_names[0]) };

/* That of the name, made if there is none yet; who is read has some of it. */
static struct exchange_forest *
forest_of(struct model *m, const char *name)
{
	struct exchange_organization *o = &m->organization;

	size_t i = 0;

	while (i < o->forest_count &&
	       ascii_casecmp(o->forests[i].name, name) != 0)
		i++;
	if (i == o->forest_count) {
		LIST_RESERVE(o->forests, o->forest_room, i + 1);
		o->forests[o->forest_count++] = (struct exchange_forest){
			.name = arena_strdup(&m->arena, name),
		};
	}
	if (o->alone)
		o->forests[i].alone = o->alone;
	return &o->forests[i];
}

/* The one whose configuration partition the DN lies in. */
static struct exchange_forest *
forest_at(struct model *m, const char *dn)
{
	struct buf name = { 0 };
	struct exchange_forest *f;

	dn_domain(&name, dn);
	f = forest_of(m, buf_text(&name));
	buf_release(&name);
	return f;
}

/* ---- partitions and schema ---- */

static bool
is_of_class(const struct record *r, const char *class)
{
	long at = record_find(r, "objectClass");

	for (size_t i = 0; at >= 0 && i < record_values(r, (size_t)at); i++)
		if (ascii_casecmp(record_value(r, (size_t)at, i).data,
		                  class) == 0)
			return true;
	return false;
}

static void
take_attribute(struct model *m, struct exchange_forest *f,
               const struct record *r)
{
	struct exchange_organization *o = &m->organization;
	const char *name = record_text(r, "lDAPDisplayName");

	for (size_t i = 0; name && i < o->attribute_count; i++)
		if (ascii_casecmp(o->attributes[i].name, name) == 0)
			o->attributes[i].is_there = true;
	for (size_t i = 0; name && i < PLAIN_NAMES; i++)
		if (ascii_casecmp(plain_names[i], name) == 0)
			f->plain |= 1u << i;
}

/* Its rangeUpper is the version of Exchange's schema. */
static void
take_version(struct exchange_forest *f, const struct record *r)
{
	const char *upper = record_text(r, "rangeUpper");

	f->has_schema_version = true;
	if (upper)
		f->range_upper = strtoull(upper, NULL, 10);
}

static bool
is_schema_version(const char *dn)
{
	struct buf cn = { 0 };
	bool is;

	dn_first_value(&cn, dn);
	is = strcasecmp(buf_text(&cn), "ms-Exch-Schema-Version-Pt") == 0;
	buf_release(&cn);
	return is;
}

static void
take_schema(struct model *m, const char *dn, const struct record *r)
{
	bool is_attribute = is_of_class(r, "attributeSchema");
	struct exchange_forest *f;

	if (!is_attribute && !is_of_class(r, "dMD"))
		return;
	f = forest_at(m, dn);
	f->schema_head = f->schema_head || !is_attribute;
	if (is_attribute)
		take_attribute(m, f, r);
	if (is_attribute && is_schema_version(dn))
		take_version(f, r);
}

static void
take_forest(struct model *m, const struct record *r)
{
	const char *dn = record_text(r, "dn");
	struct buf domain = { 0 }, forest = { 0 };

	if (snapshot_crossref(r, &domain, &forest))
		forest_of(m, buf_text(&forest))->partitions = true;
	buf_release(&domain);
	buf_release(&forest);
	if (dn)
		take_schema(m, dn, r);
}

static int
read_forest(struct model *m, const struct snapshot *s, struct err *err)
{
	struct record_scan r;
	int rc;

	if (record_scan_settings(&r, s, AD_FOREST, err) < 0)
		return -1;
	while ((rc = record_scan_next(&r, err)) > 0)
		take_forest(m, r.record);
	record_scan_close(&r);
	return rc;
}

/* ---- settings ---- */

static bool
is_known(const struct exchange_organization *o, const char *dn)
{
	size_t at = HASH_INDEX_FIRST;
	long i;

	while ((i = hash_index_next(&o->by_dn, hash_folded(dn), &at)) >= 0)
		if (utf8_same_folded(o->settings[i].dn, dn))
			return true;
	return false;
}

static void
take_setting(struct model *m, const struct snapshot *s, const struct record *r)
{
	struct exchange_organization *o = &m->organization;
	struct exchange_setting is;

	if (!organization_setting(r, &m->arena, &is) || is_known(o, is.dn))
		return;
	is.from = s;
	LIST_RESERVE(o->settings, o->setting_room, o->setting_count + 1);
	hash_index_add(&o->by_dn, hash_folded(is.dn), o->setting_count);
	o->settings[o->setting_count++] = is;
	if (is.kind == SETTING_ORGANIZATION)
		forest_at(m, is.dn)->organizations++;
}

static int
read_settings(struct model *m, const struct snapshot *s, struct err *err)
{
	struct record_scan r;
	int rc;

	if (record_scan_settings(&r, s, AD_EXCHANGE, err) < 0)
		return -1;
	while ((rc = record_scan_next(&r, err)) > 0)
		take_setting(m, s, r.record);
	record_scan_close(&r);
	return rc;
}

/* ---- what setup made in domains ---- */

/*
 * The domain's own object: an export of units, or of some objects, lacks it,
 * and need not have the others either.
 */
static void
take_head(struct model *m, const char *dn)
{
	struct exchange_organization *o = &m->organization;
	struct buf name = { 0 };

	dn_domain(&name, dn);
	LIST_RESERVE(o->heads, o->head_room, o->head_count + 1);
	o->heads[o->head_count++] = arena_strdup(&m->arena, buf_text(&name));
	buf_release(&name);
}

/* CN=Microsoft Exchange System Objects has the version of its domain. */
static void
take_container(struct model *m, const struct record *r)
{
	static const char name[] = "CN=Microsoft Exchange System Objects,DC=";
	uint64_t *lowest = &m->organization.domain_version;
	const char *dn = record_text(r, "dn");
	const char *version = record_text(r, "objectVersion");
	uint64_t is = version ? strtoull(version, NULL, 10) : 0;

	if (dn && dn_first_is(dn, "DC"))
		take_head(m, dn);
	if (dn && is && strncasecmp(dn, name, sizeof(name) - 1) == 0 &&
	    (!*lowest || is < *lowest))
		*lowest = is;
}

static int
read_containers(struct model *m, const struct snapshot *s, struct err *err)
{
	struct record_scan r;
	int rc;

	if (record_scan_open(&r, s, AD_CONTAINERS, err) < 0)
		return -1;
	while ((rc = record_scan_next(&r, err)) > 0)
		take_container(m, r.record);
	record_scan_close(&r);
	return rc;
}

/* ---- public folders ---- */

static int
count_folders(struct model *m, const struct snapshot *s, struct err *err)
{
	struct record_scan r;
	int rc;

	if (record_scan_open(&r, s, AD_OTHER, err) < 0)
		return -1;
	while ((rc = record_scan_next(&r, err)) > 0)
		m->organization.folders += is_of_class(r.record,
		                                       "publicFolder");
	record_scan_close(&r);
	return rc;
}

/* ---- all of it ---- */

static int
by_setting_dn(const void *a, const void *b)
{
	const struct exchange_setting *x = a, *y = b;

	return strcmp(x->dn, y->dn);
}

static int
by_forest(const void *a, const void *b)
{
	const struct exchange_forest *x = a, *y = b;

	return strcmp(x->name, y->name);
}

/* Whether the domain is the forest's first one, or is called as if below. */
static bool
may_be_in(const char *domain, const char *forest)
{
	size_t len = strlen(domain), tail = strlen(forest);

	return tail && len >= tail &&
	       ascii_casecmp(domain + len - tail, forest) == 0 &&
	       (len == tail || domain[len - tail - 1] == '.');
}

/*
 * The forest of the domain: one of which something is to be known. Where the
 * partitions were not read, its name has to tell; of a snapshot without a
 * domain there is no name, and its settings are those of the one forest.
 */
static struct exchange_forest *
forest_with(struct model *m, const struct domain *d)
{
	const struct exchange_organization *o = &m->organization;

	if (!*d->name && !*d->forest->name && o->forest_count == 1)
		return &o->forests[0];
	for (size_t i = 0; i < o->forest_count && !*d->forest->name; i++)
		if (may_be_in(d->name, o->forests[i].name))
			return &o->forests[i];
	return forest_of(m, d->forest->name);
}

/* What was read of its settings and schema, by the snapshot that has it. */
struct forest_read {
	enum section_state settings, forest;
	const char *settings_reason, *forest_reason;
};

/*
 * A schema that was cut short is none. Where even the partitions lack it is
 * they that make the section partial.
 */
static void
take_read(struct exchange_forest *f, struct forest_read is)
{
	bool whole = is.settings == SECTION_COMPLETE;

	f->settings = f->settings || whole;
	if (!whole && !f->reason)
		f->reason = is.settings_reason;
	if (is.forest == SECTION_PARTIAL && !f->schema_reason)
		f->schema_reason = is.forest_reason;
	f->schema = f->schema || (f->schema_head &&
		f->plain + 1 == 1u << PLAIN_NAMES &&
		(is.forest != SECTION_PARTIAL || !f->partitions));
}

static void
judge_domain(struct model *m, const struct domain *d)
{
	const struct model_part p = { m, d };

	take_read(forest_with(m, d), (struct forest_read){
		part_state(p, AD_EXCHANGE), part_state(p, AD_FOREST),
		part_reason(p, AD_EXCHANGE), part_reason(p, AD_FOREST),
	});
}

/* What was read holds nothing of any domain. */
static bool
is_nowhere(const struct domain *d)
{
	return !*d->name && !d->objects;
}

/* A snapshot with settings alone, and no domain, of the forests it has. */
static void
judge_alone(struct exchange_forest *f)
{
	const struct snapshot *s = f->alone;

	take_read(f, (struct forest_read){
		snapshot_state(s, AD_EXCHANGE), snapshot_state(s, AD_FOREST),
		snapshot_reason(s, AD_EXCHANGE), snapshot_reason(s, AD_FOREST),
	});
}

static bool
is_alone(const struct model *m, const struct snapshot *s)
{
	for (size_t i = 0; i < m->domains.count; i++)
		if (m->domains.items[i].present == s &&
		    !is_nowhere(&m->domains.items[i]))
			return false;
	return true;
}

static void
sort_out(struct model *m)
{
	struct exchange_organization *o = &m->organization;

	for (size_t i = 0; i < m->exchange.count; i++)
		if (m->exchange.items[i].dn)
			forest_at(m, m->exchange.items[i].dn)->servers++;
	for (size_t i = 0; i < m->domains.count; i++) {
		const struct domain *d = &m->domains.items[i];

		if (d->present && !is_nowhere(d))
			judge_domain(m, d);
	}
	for (size_t i = 0; i < o->forest_count; i++)
		if (o->forests[i].alone)
			judge_alone(&o->forests[i]);
	if (o->setting_count > 1)
		qsort(o->settings, o->setting_count, sizeof(*o->settings),
		      by_setting_dn);
	if (o->forest_count > 1)
		qsort(o->forests, o->forest_count, sizeof(*o->forests),
		      by_forest);
}

int
organization_load(struct model *m, struct err *err)
{
	struct exchange_organization *o = &m->organization;

	o->attributes = arena_alloc(&m->arena, sizeof(mail_names));
	memcpy(o->attributes, mail_names, sizeof(mail_names));
	o->attribute_count = MAIL_NAMES;
	for (size_t i = 0; i < m->ad_count; i++) {
		o->alone = is_alone(m, m->ad[i]) ? m->ad[i] : NULL;
		if (read_forest(m, m->ad[i], err) < 0 ||
		    read_settings(m, m->ad[i], err) < 0)
			return -1;
	}
	o->alone = NULL;
	for (size_t i = 0; i < m->ad_count && o->setting_count; i++)
		if (read_containers(m, m->ad[i], err) < 0 ||
		    count_folders(m, m->ad[i], err) < 0)
			return -1;
	hash_index_release(&o->by_dn);
	sort_out(m);
	return 0;
}
