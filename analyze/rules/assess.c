/* What a rule can judge: "not collected" is never "passed". */
#include "analyze/rules/assess.h"

#include <stdbool.h>
#include <string.h>

#include "analyze/policy/policy.h"
#include "analyze/rules/assess_match.h"
#include "base/buf.h"
#include "base/mem.h"

static bool
has_scope(const struct model *m)
{
	return m->policy->has_scope;
}

static bool
has_history(const struct model *m)
{
	return m->history_count > 0;
}

/*
 * Metadata is computed on request only: "every attribute" is without it. While
 * the users are still being read there may be some.
 */
static bool
has_events(const struct model *m)
{
	return has_history(m) || fact_is(m, FACT_METADATA) != NO;
}

static bool
has_elsewhere(const struct model *m)
{
	return has_history(m) || model_complete(m, TENANT_USERS);
}

static bool
has_domains(const struct model *m)
{
	return m->initial_domain && m->domains_known;
}

/* Who is synchronized can be told. */
static bool
knows_synced(const struct model *m)
{
	return !model_complete(m, TENANT_USERS) ||
	       !model_objects(m, TENANT_USERS) ||
	       model_covers(m, TENANT_USERS, ATTR_SYNCED);
}

static bool
has_synced(const struct model *m)
{
	/* Users that were not collected are another reason. */
	return fact_is(m, FACT_SYNCED) != NO ||
	       !model_complete(m, TENANT_USERS) || !knows_synced(m);
}

/* What Exchange Online says of mailboxes is of all who have addresses. */
static bool
knows_held(const struct model *m)
{
	static const enum section holders[] = {
		TENANT_USERS, TENANT_GROUPS, TENANT_CONTACTS,
	};
	const struct snapshot *tenant = m->tenant;

	if (!tenant || (model_complete(m, TENANT_MAILBOXES) &&
	                snapshot_covers(tenant, TENANT_MAILBOXES,
	                                "EmailAddresses")))
		return true;
	for (size_t i = 0; i < sizeof(holders) / sizeof(holders[0]); i++)
		if (snapshot_objects(tenant, holders[i]) &&
		    !model_covers(m, holders[i], ATTR_PROXIES))
			return false;
	return true;
}

const struct need_row need_rows[] = {
	{ NEED_SCOPE, has_scope, NEED_DATA,
	  "the sync scope is not known; give it in --policy, \"scope\"" },
	{ NEED_HISTORY, has_history, NEED_OBJECTS,
	  "needs an older AD snapshot beside the newest one" },
	{ NEED_EVENTS, has_events, NEED_OBJECTS,
	  "needs an older AD snapshot, or the attribute "
	  "msDS-ReplAttributeMetaData in this one" },
	{ NEED_ELSEWHERE, has_elsewhere, NEED_DATA,
	  "needs an older AD snapshot or the tenant's users" },
	{ NEED_SYNCED, knows_synced, NEED_DATA,
	  "tenant users: onPremisesSyncEnabled not collected" },
	{ NEED_SYNCED, has_synced, NEED_OBJECTS,
	  "the tenant has no synchronized users yet" },
	{ NEED_DOMAINS, has_domains, NEED_DATA,
	  "the tenant's initial and verified domains are not known; collect "
	  "its domains or give them in --policy, \"tenant\"" },
	{ NEED_ANCHORS, assess_match_anchors, NEED_DATA,
	  "matching is not known: onPremisesImmutableId was not collected of "
	  "the tenant's users" },
	{ NEED_HELD, knows_held, NEED_IN_PART,
	  "which addresses the tenant has is not known: proxyAddresses was "
	  "not collected of all its users, groups and contacts" },
};

const size_t need_row_count = sizeof(need_rows) / sizeof(need_rows[0]);

static void
add(struct buf *reasons, const char *text)
{
	buf_addf(reasons, "%s%s", reasons->len ? "; " : "", text);
}

/* "mail", or "mail only in part of the files (b.csv lacks it)". */
static void
add_missing(const struct model *m, enum section s, const char *name,
            struct buf *names)
{
	struct snapshot_asking is = snapshot_asking(model_source(m, s), s,
	                                            name);

	buf_addf(names, "%s%s", names->len ? ", " : "", name);
	if (is.asked == ASKING_PARTLY)
		buf_addf(names, " only in part of the files (%s lacks it)",
		         is.without);
}

/* Appends what was not collected of ATTRS; whether anything is missing. */
static bool
missing_attrs(const struct model *m, enum section s, const struct rule *rule,
              struct buf *reasons)
{
	bool any = attr_set_is_empty(&rule->any_attr), missing = false;
	struct buf names = { 0 };

	for (int a = 0; a < ATTR_COUNT; a++) {
		const char *name = attr_name(section_side(s), (enum attr)a);
		bool has = name && model_covers(m, s, (enum attr)a);

		any = any ||
		      (has && attr_set_has(&rule->any_attr, (unsigned)a));
		/* What objects of the section never have does not lack. */
		if (!name || has || !reads_has(s, name) ||
		    !attr_set_has(&rule->attrs, (unsigned)a))
			continue;
		add_missing(m, s, name, &names);
		missing = true;
	}
	if (missing || !any)
		buf_addf(reasons, "%s%s: %s not collected",
		         reasons->len ? "; " : "", section_title(s),
		         missing ? names.data : "what it reads was");
	buf_release(&names);
	return missing || !any;
}

/* Who has which account, and what is said of accounts, hangs on these. */
static const struct attr_set matching = ATTRS(
	ATTR_GUID, ATTR_CONSISTENCY_GUID, ATTR_SID, ATTR_UPN, ATTR_MAIL,
	ATTR_PROXIES, ATTR_IMMUTABLE_ID, ATTR_SYNCED);

struct attr_set
assess_reads(const struct rule *rule)
{
	struct attr_set reads = rule->attrs;

	attr_set_join(&reads, &rule->any_attr);
	if (rule->needs & NEED_FORECAST)
		attr_set_join(&reads, &matching);
	return reads;
}

/* Appends which values lack of what the rule reads. */
static void
add_lacks(const struct model *m, enum section s, const struct rule *rule,
          struct buf *reasons)
{
	const struct attr_set reads = assess_reads(rule);

	for (int a = 0; a < ATTR_COUNT; a++) {
		const char *name = attr_name(section_side(s), (enum attr)a);
		struct snapshot_lack lack;

		if (!name || !attr_set_has(&reads, (unsigned)a))
			continue;
		lack = snapshot_lack_of(model_source(m, s), s, name);
		if (lack.objects)
			buf_addf(reasons, "%s%s: %s is not known of %llu "
			         "object%s: %s", reasons->len ? "; " : "",
			         section_title(s), name,
			         (unsigned long long)lack.objects,
			         lack.objects == 1 ? "" : "s", lack.reason);
	}
}

static void
add_state(const struct model *m, enum section s, const char *what,
          struct buf *reasons)
{
	const struct snapshot *from = model_source(m, s);
	const char *why = from ? snapshot_reason(from, s) : NULL;

	buf_addf(reasons, "%s%s %s%s%s", reasons->len ? "; " : "",
	         section_title(s), what, why ? ": " : "", why ? why : "");
}

const char *
assess_lack(const struct model *m, enum section s)
{
	const struct snapshot *from = model_source(m, s);

	return !from || snapshot_state(from, s) == SECTION_NOT_ASKED
		? "not collected" : "not complete";
}

static enum section
counterpart_of(enum section s)
{
	enum side other = section_side(s) == SIDE_AD ? SIDE_TENANT : SIDE_AD;

	return section_of(other, section_kind(s));
}

/* Whether the collector left out objects that a filter of the user's named. */
static bool
is_filtered(const struct model *m, enum section s)
{
	const struct snapshot *from = model_source(m, s);

	return from && snapshot_requested(from, "filter") != NULL;
}

/* Appends what lacks of it; whether the section can be judged. */
static bool
assess_counterpart(const struct model *m, enum section s,
                   const struct rule *rule, struct buf *reasons)
{
	enum section other = counterpart_of(s);

	if (rule->counterpart == COUNTERPART_FREE || other == SECTION_COUNT ||
	    !snapshot_objects(model_source(m, s), s) ||
	    (model_complete(m, other) && !is_filtered(m, other)))
		return true;
	add_state(m, other, is_filtered(m, other) ? "collected by --filter"
	          : assess_lack(m, other), reasons);
	return false;
}

static void
assess_section(const struct model *m, enum section s, const struct rule *rule,
               struct assessment *out, struct buf *reasons)
{
	const struct snapshot *from = model_source(m, s);
	enum section_state state = from ? snapshot_state(from, s)
	                                : SECTION_NOT_ASKED;

	/* Recipients of Exchange only complete what the directory says. */
	if ((s == TENANT_MAILBOXES || s == AD_MAILBOXES) &&
	    state == SECTION_NOT_ASKED)
		return;
	if (state == SECTION_NOT_ASKED || state == SECTION_REFUSED) {
		add_state(m, s, state == SECTION_REFUSED ? "refused"
		          : "not collected", reasons);
		return;
	}
	if (snapshot_objects(from, s) && s != TENANT_MAILBOXES &&
	    missing_attrs(m, s, rule, reasons))
		return;
	if (!assess_counterpart(m, s, rule, reasons))
		return;
	if (!snapshot_has_all_objects(from, s))
		add_state(m, s, "only in part", reasons);
	if (m->tables[s].nameless)
		buf_addf(reasons, "%s%s: %llu of them have no dn, "
		         "objectGUID, objectSid or sAMAccountName that can be "
		         "read", reasons->len ? "; " : "", section_title(s),
		         (unsigned long long)m->tables[s].nameless);
	add_lacks(m, s, rule, reasons);
	section_set_add(&out->sections, s);
	out->objects += model_objects(m, s);
}

/* Appends its needs of that kind that are not met; whether there are any. */
static bool
add_needs(const struct model *m, const struct rule *rule, enum need_kind kind,
          struct buf *reasons)
{
	size_t before = reasons->len;

	for (const struct need_row *r = need_rows;
	     r < need_rows + need_row_count; r++)
		if ((rule->needs & r->need) && r->kind == kind && !r->met(m))
			add(reasons, r->reason);
	return reasons->len > before;
}

void
assess(const struct model *m, const struct rule *rule, struct arena *a,
       struct assessment *out)
{
	struct buf reasons = { 0 };
	bool stop;

	*out = (struct assessment){ 0 };
	out->inapplicable = add_needs(m, rule, NEED_OBJECTS, &reasons);
	if (out->inapplicable)
		goto out;
	stop = add_needs(m, rule, NEED_DATA, &reasons);
	if (!stop)
		add_needs(m, rule, NEED_IN_PART, &reasons);
	for (int s = 0; s < SECTION_COUNT; s++)
		if (section_set_has(&rule->sections, (enum section)s) &&
		    !model_complete(m, (enum section)s)) {
			add_state(m, (enum section)s,
			          assess_lack(m, (enum section)s), &reasons);
			stop = true;
		}
	for (int s = 0; s < SECTION_COUNT && !stop; s++)
		if (section_set_has(&rule->wishes, (enum section)s) &&
		    !model_complete(m, (enum section)s))
			add_state(m, (enum section)s,
			          assess_lack(m, (enum section)s), &reasons);
	if (!stop)
		assess_match_deleted(m, rule, &reasons);
	for (int k = 0; k < KIND_COUNT && !stop; k++)
		if ((rule->kinds & KIND_BIT(k)) &&
		    assess_match(m, (enum kind)k, rule, &reasons))
			assess_section(m, section_of(rule->side, (enum kind)k),
			               rule, out, &reasons);
out:
	if (reasons.len)
		out->reason = arena_strdup(a, reasons.data);
	buf_release(&reasons);
}

/* Whether the manifest says that values of the attribute lack. */
static bool
is_told(const struct model *m, const struct rule *rule, enum attr a)
{
	for (int k = 0; k < KIND_COUNT; k++) {
		enum section s = section_of(rule->side, (enum kind)k);
		const char *name = attr_name(rule->side, a);

		if ((rule->kinds & KIND_BIT(k)) && s != SECTION_COUNT && name &&
		    model_source(m, s) &&
		    snapshot_lack_of(model_source(m, s), s, name).objects)
			return true;
	}
	return false;
}

void
assess_unclear(const struct model *m, const struct rule *rule,
               const struct attr_set *unclear, uint64_t objects,
               struct arena *a, struct assessment *is)
{
	struct buf text = { 0 };
	size_t n = 0;

	if (is->reason)
		buf_addf(&text, "%s; ", is->reason);
	for (int i = 0; i < ATTR_COUNT; i++) {
		const char *name = attr_name(rule->side, (enum attr)i);

		if (!attr_set_has(unclear, (unsigned)i) ||
		    is_told(m, rule, (enum attr)i))
			continue;
		if (!name)
			name = attr_name(rule->side == SIDE_AD
			                 ? SIDE_TENANT : SIDE_AD,
			                 (enum attr)i);
		buf_addf(&text, "%s%s", n++ ? ", " : "", name);
	}
	if (n) {
		buf_addf(&text, " %s of %llu object%s",
		         attr_set_has(unclear, ATTR_DN) ? "is not known"
		                                        : "cannot be read",
		         (unsigned long long)objects,
		         objects == 1 ? "" : "s");
		is->reason = arena_strdup(a, text.data);
	}
	buf_release(&text);
}

enum outcome
assess_outcome(const struct assessment *is, uint64_t findings)
{
	if (findings)
		return OUTCOME_FOUND;
	if (is->inapplicable)
		return OUTCOME_NOT_APPLICABLE;
	if (section_set_is_empty(&is->sections) || is->reason)
		return OUTCOME_NOT_ASSESSED;
	return is->objects ? OUTCOME_CLEAN : OUTCOME_NOT_APPLICABLE;
}
