/*
 * What there is of Exchange, by what was read: not to have read is not to have
 * none, and one sign of an organization is enough.
 */
#include "analyze/model/model.h"

#include <string.h>

#include "analyze/policy/policy.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

#define EXPORT_SETTINGS \
	"export the configuration partition (ldifde -f configuration.ldif " \
	"-d \"CN=Configuration,DC=...\")"
#define EXPORT_SCHEMA \
	"export the schema partition (ldifde -f schema.ldif " \
	"-d \"CN=Schema,CN=Configuration,DC=...\")"

#define EXPORT_DOMAIN \
	"export the whole domain (ldifde -f domain.ldif -d \"DC=...\")"

/* What was found of one forest. */
struct found_state {
	enum exchange_state is;
	const char *reason;        /* of one that is not known */
};

static struct found_state
unknown(const char *reason)
{
	return (struct found_state){ EXCHANGE_UNKNOWN, reason };
}

static struct found_state
known(enum exchange_state is)
{
	return (struct found_state){ .is = is };
}

/* Whether the group that the management tools need is there. */
static struct found_state
of_organization(const struct model *m)
{
	if (fact_is(m, FACT_TOOLS_GROUP) == YES)
		return known(EXCHANGE_TOOLS_ONLY);
	if (!model_complete(m, AD_GROUPS))
		return unknown("there is no server, and whether there is a "
		               "group \"Recipient Management EMT\" is not "
		               "known: not all groups of AD were read");
	return known(EXCHANGE_PREPARED);
}

/* Who has a mailbox has it in an organization, whether it is seen or not. */
static bool
knows_databases(const struct model *m)
{
	return model_complete(m, AD_USERS) &&
	       model_covers(m, AD_USERS, ATTR_HOME_MDB);
}

static struct found_state
of_forest(const struct model *m, const struct exchange_forest *f)
{
	if (f->servers)
		return known(m->policy->exchange.running == NO
		             ? EXCHANGE_TOOLS_ONLY : EXCHANGE_SERVERS);
	if (f->organizations && !f->settings)
		return unknown("there is an organization, but the "
		               "configuration partition was not read whole: "
		               EXPORT_SETTINGS);
	if (f->organizations)
		return of_organization(m);
	if (f->schema && !f->has_schema_version)
		return known(EXCHANGE_NONE);
	if (!f->settings)
		return unknown("the configuration partition of AD was not "
		               "read: " EXPORT_SETTINGS);
	if (!f->has_schema_version)
		return unknown("the schema of AD was not read: " EXPORT_SCHEMA);
	return knows_databases(m) ? known(EXCHANGE_SCHEMA_ONLY)
		: unknown("no organization is to be seen, and whether someone "
		          "has a mailbox on premises (homeMDB) was not read of "
		          "all users of AD");
}

/* Of several forests that with the most decides, but what is not known. */
static const int weights[EXCHANGE_STATES] = {
	[EXCHANGE_NONE] = 0, [EXCHANGE_SCHEMA_ONLY] = 1,
	[EXCHANGE_PREPARED] = 2, [EXCHANGE_TOOLS_ONLY] = 3,
	[EXCHANGE_UNKNOWN] = 4, [EXCHANGE_SERVERS] = 5,
};

static bool
has_organization(const struct model *m)
{
	for (size_t i = 0; i < m->organization.forest_count; i++)
		if (m->organization.forests[i].organizations ||
		    m->organization.forests[i].servers)
			return true;
	return false;
}

void
organization_settle(struct model *m)
{
	struct exchange_organization *o = &m->organization;
	struct found_state all = unknown("AD was not read");

	for (size_t i = 0; i < o->forest_count; i++) {
		struct found_state one = of_forest(m, &o->forests[i]);

		if (!i || weights[one.is] > weights[all.is])
			all = one;
	}
	/* Who has a mailbox has it in an organization. */
	if (all.is != EXCHANGE_UNKNOWN && !has_organization(m) &&
	    fact_is(m, FACT_DATABASE) == YES)
		all = unknown("someone has a mailbox on premises (homeMDB), "
		              "but no organization of Exchange is to be seen: "
		              EXPORT_SETTINGS ", as someone who may read all "
		              "of it");
	o->state = all.is;
	o->reason = all.reason;
}

bool
organization_is_absent(const struct model *m)
{
	return m->organization.state == EXCHANGE_NONE ||
	       m->organization.state == EXCHANGE_SCHEMA_ONLY;
}

/* Whether anybody has said anything of it. */
static bool
is_spoken_of(const struct policy_exchange *p)
{
	return p->relay != UNKNOWN || p->mail_routing != MAIL_ROUTING_UNSAID ||
	       p->recipient_auditing != UNKNOWN || p->running != UNKNOWN;
}

bool
organization_is_unseen(const struct model *m)
{
	const struct exchange_organization *o = &m->organization;

	for (size_t i = 0; i < o->forest_count; i++)
		if (o->forests[i].has_schema_version)
			return false;
	return o->state == EXCHANGE_UNKNOWN && !has_organization(m) &&
	       !o->setting_count && !is_spoken_of(&m->policy->exchange) &&
	       fact_is(m, FACT_RECIPIENT) == NO &&
	       !model_objects(m, AD_MAILBOXES);
}

const struct exchange_setting *
organization_main(const struct model *m)
{
	for (size_t i = 0; i < m->organization.setting_count; i++)
		if (m->organization.settings[i].kind == SETTING_ORGANIZATION)
			return &m->organization.settings[i];
	return NULL;
}

size_t
organization_count(const struct model *m, enum setting_kind kind)
{
	size_t n = 0;

	for (size_t i = 0; i < m->organization.setting_count; i++)
		n += m->organization.settings[i].kind == kind;
	return n;
}

/* ---- what was not read ---- */

static const char *
name_of(const struct exchange_forest *f)
{
	return *f->name ? f->name : "the forest";
}

/* What lacks, of which the snapshot may say why. */
struct forest_lack {
	const char *what, *why, *mend;
};

static void
add_lack(struct buf *out, const struct exchange_forest *f,
         struct forest_lack is)
{
	/* What import advises is told at the end, and how to do it. */
	const char *advice = is.why ? strstr(is.why, ": export the ") : NULL;
	int len = is.why ? (int)(advice ? (size_t)(advice - is.why)
	                         : strlen(is.why)) : 0;

	buf_addf(out, "%s%s of %s was not read whole%s%.*s%s: %s",
	         out->len ? "; " : "", is.what, name_of(f),
	         len ? " (" : "", len, is.why ? is.why : "", len ? ")" : "",
	         is.mend);
}

static const char *
taken(struct buf *text, struct arena *a)
{
	const char *out = text->len ? arena_strdup(a, text->data) : NULL;

	buf_release(text);
	return out;
}

const char *
organization_lack(const struct model *m, struct arena *a)
{
	const struct exchange_organization *o = &m->organization;
	struct buf text = { 0 };

	if (!o->forest_count)
		return "AD was not read";
	for (size_t i = 0; i < o->forest_count; i++) {
		const struct exchange_forest *f = &o->forests[i];

		/* A snapshot says of several together why. */
		bool told = o->forest_count == 1;

		if (!f->settings)
			add_lack(&text, f, (struct forest_lack){
				"the configuration partition",
				told ? f->reason : NULL, EXPORT_SETTINGS
			});
		if (!f->schema)
			add_lack(&text, f, (struct forest_lack){
				"the schema", told ? f->schema_reason : NULL,
				EXPORT_SCHEMA
			});
	}
	if (!text.len && o->state == EXCHANGE_UNKNOWN && o->reason)
		buf_adds(&text, o->reason);
	return taken(&text, a);
}

static bool
has_head(const struct exchange_organization *o, const char *domain)
{
	for (size_t i = 0; i < o->head_count; i++)
		if (ascii_casecmp(o->heads[i], domain) == 0)
			return true;
	return false;
}

const char *
organization_domains_lack(const struct model *m, struct arena *a)
{
	const struct exchange_organization *o = &m->organization;
	const struct domains *ds = &m->domains;
	struct buf text = { 0 };

	for (size_t i = 0; i < o->forest_count; i++)
		if (!o->forests[i].partitions)
			buf_addf(&text, "%swhich domains %s has is not known: "
			         EXPORT_SETTINGS, text.len ? "; " : "",
			         name_of(&o->forests[i]));
	for (size_t i = 0; i < ds->count && o->setting_count; i++)
		if (ds->items[i].objects && !has_head(o, ds->items[i].name))
			buf_addf(&text, "%swhether all of %s was read is not "
			         "known, as its own object was not: "
			         EXPORT_DOMAIN, text.len ? "; " : "",
			         *ds->items[i].name ? ds->items[i].name
			         : "the domain");
	for (size_t i = 0; i < ds->unread_count; i++)
		buf_addf(&text, "%s%s was not read", text.len ? "; " : "",
		         ds->unread[i].name);
	if (m->mailboxes.unplaced)
		buf_addf(&text, "%s%zu mailbox%s of Exchange's own list %s of "
		         "no object that was read of AD: " EXPORT_DOMAIN,
		         text.len ? "; " : "", m->mailboxes.unplaced,
		         m->mailboxes.unplaced == 1 ? "" : "es",
		         m->mailboxes.unplaced == 1 ? "is" : "are");
	return taken(&text, a);
}
