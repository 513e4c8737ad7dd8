/* What a rule can judge: "not collected" is never "passed". */
#include "analyze/rules/assess.h"

#include <stdbool.h>
#include <string.h>

#include "analyze/policy/policy.h"
#include "analyze/rules/assess_match.h"
#include "analyze/rules/counterpart.h"
#include "analyze/rules/needs.h"
#include "analyze/rules/rules.h"
#include "base/buf.h"
#include "base/mem.h"

static void
add(struct buf *reasons, const char *text)
{
	buf_addf(reasons, "%s%s", reasons->len ? "; " : "", text);
}

/* The same, if there is one. */
static void
add_known(const char *text, struct buf *reasons)
{
	if (text)
		add(reasons, text);
}

/* "mail", or "mail only in part of the files (b.csv lacks it)". */
static void
add_missing(struct model_part p, enum section s, const char *name,
            struct buf *names)
{
	struct snapshot_asking is = part_asking(p, s, name);

	buf_addf(names, "%s%s", names->len ? ", " : "", name);
	if (is.asked == ASKING_PARTLY)
		buf_addf(names, " only in part of the files (%s lacks it)",
		         is.without);
}

/* Of these one would do: "userAccountControl or Enabled". */
static void
add_any(enum side side, const struct attr_set *of, struct buf *names)
{
	const char *between = names->len ? ", " : "";

	for (int a = 0; a < ATTR_COUNT; a++) {
		const char *name = attr_name(side, (enum attr)a);

		if (!name || !attr_set_has(of, (unsigned)a))
			continue;
		buf_addf(names, "%s%s", between, name);
		between = " or ";
	}
}

/* What only some of the files have is there to be judged. */
static bool
is_there(struct model_part p, enum section s, const char *name)
{
	return part_asking(p, s, name).asked != ASKING_NONE;
}

/* Only mailboxes have these, and Exchange's own list tells them of each. */
static bool
is_listed(struct model_part p, enum section s, enum attr attr)
{
	const char *name = attr == ATTR_MAILBOX_GUID ? "ExchangeGuid"
		: attr == ATTR_ARCHIVE_GUID ? "ArchiveGuid" : NULL;

	return name && s == AD_USERS && part_lines(p, AD_MAILBOXES) &&
	       is_there(p, AD_MAILBOXES, name);
}

/* Appends what was not collected of ATTRS; whether anything is missing. */
static bool
missing_attrs(struct model_part p, enum section s, const struct rule *rule,
              struct buf *reasons)
{
	bool any = attr_set_is_empty(&rule->any_attr), missing = false;
	bool each = attr_set_is_empty(&rule->each_attr);
	struct buf names = { 0 };

	for (int a = 0; a < ATTR_COUNT; a++) {
		const char *name = attr_name(section_side(s), (enum attr)a);
		bool has = name && (part_covers(p, s, (enum attr)a) ||
		                    is_listed(p, s, (enum attr)a));

		any = any ||
		      (has && attr_set_has(&rule->any_attr, (unsigned)a));
		each = each || (name && attr_set_has(&rule->each_attr,
		                                     (unsigned)a) &&
		                (has || is_there(p, s, name)));
		/* What objects of the section never have does not lack. */
		if (!name || has || !reads_has(s, name) ||
		    (!attr_set_has(&rule->attrs, (unsigned)a) &&
		     !attr_set_has(&rule->each_attr, (unsigned)a)))
			continue;
		add_missing(p, s, name, &names);
		missing = missing || attr_set_has(&rule->attrs, (unsigned)a);
	}
	if (!any)
		add_any(section_side(s), &rule->any_attr, &names);
	if (names.len)
		buf_addf(reasons, "%s%s: %s not collected",
		         reasons->len ? "; " : "", section_title(s),
		         names.data);
	buf_release(&names);
	return missing || !any || !each;
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
	attr_set_join(&reads, &rule->each_attr);
	if (rule->needs & NEED_FORECAST)
		attr_set_join(&reads, &matching);
	return reads;
}

/* Appends which values lack of what the rule reads. */
static void
add_lacks(struct model_part p, enum section s, const struct rule *rule,
          struct buf *reasons)
{
	const struct attr_set reads = assess_reads(rule);

	for (int a = 0; a < ATTR_COUNT; a++) {
		const char *name = attr_name(section_side(s), (enum attr)a);
		struct snapshot_lack lack;

		if (!name || !attr_set_has(&reads, (unsigned)a))
			continue;
		lack = part_lack(p, s, name);
		if (lack.objects)
			buf_addf(reasons, "%s%s: %s is not known of %llu "
			         "object%s: %s", reasons->len ? "; " : "",
			         section_title(s), name,
			         (unsigned long long)lack.objects,
			         lack.objects == 1 ? "" : "s", lack.reason);
	}
}

static void
put_state(struct buf *out, struct model_part p, enum section s,
          const char *what)
{
	const char *why = part_reason(p, s);

	buf_addf(out, "%s %s%s%s", section_title(s), what, why ? ": " : "",
	         why ? why : "");
}

static void
add_state(struct model_part p, enum section s, const char *what,
          struct buf *reasons)
{
	buf_adds(reasons, reasons->len ? "; " : "");
	put_state(reasons, p, s, what);
}

const char *
assess_lack(struct model_part p, enum section s)
{
	return part_state(p, s) == SECTION_NOT_ASKED ? "not collected"
	                                             : "not complete";
}

/* What lacks of objects, and not of what is said of them. */
static const char *
lack_of(struct model_part p, enum section s)
{
	if (part_is_filtered(p, s))
		return "collected by --filter";
	return part_complete(p, s) ? NULL : assess_lack(p, s);
}

/* The same of each domain of AD, for a rule that needs all of them. */
static void
add_each(struct model_part p, enum section s, struct buf *reasons)
{
	const struct domains *ds = &p.m->domains;
	struct part_texts *t = part_texts_new();
	struct arena scratch = { 0 };
	const char *text;

	for (size_t i = 0; i < ds->count; i++) {
		struct model_part one = { p.m, &ds->items[i] };
		const char *what = lack_of(one, s);
		struct buf state = { 0 };

		if (!one.d->objects)
			continue;
		if (what)
			put_state(&state, one, s, what);
		part_texts_add(t, one.d, what ? arena_strdup(
			&scratch, state.data) : NULL);
		buf_release(&state);
	}
	text = part_texts_join(t, &scratch);
	if (text)
		add(reasons, text);
	part_texts_free(t);
	arena_release(&scratch);
}

/* Appends what lacks of the section, where anything does. */
static void
add_lack(struct model_part p, enum section s, struct buf *reasons)
{
	const char *what = lack_of(p, s);

	if (!p.d && section_side(s) == SIDE_AD && p.m->domains.with_objects)
		add_each(p, s, reasons);
	else if (what)
		add_state(p, s, what, reasons);
}

/* Appends what lacks of it; whether the section can be judged. */
static bool
assess_counterpart(struct model_part p, enum section s, const struct rule *rule,
                   struct buf *reasons)
{
	enum section other = counterpart_of(s);

	if (rule->counterpart == COUNTERPART_FREE || other == SECTION_COUNT ||
	    !part_lines(p, s) || counterpart_is_whole(p, other))
		return true;
	add_lack(p, other, reasons);
	return section_side(other) == SIDE_AD &&
	       counterpart_is_somewhere(p.m, other);
}

/* Lines without any key are of no domain: they are told once. */
static bool
tells_nameless(struct model_part p, enum section s)
{
	const struct domains *ds = &p.m->domains;
	const struct domain *first = domains_unknown(ds);

	for (size_t i = 0; i < ds->count && !first; i++)
		if (ds->items[i].objects)
			first = &ds->items[i];
	return p.m->tables[s].nameless &&
	       (section_side(s) == SIDE_TENANT || !p.d || p.d == first);
}

/* Whether it is on nothing but what only holds addresses. */
static bool
is_on_holders(const struct rule *rule)
{
	return !(rule->kinds & ~(KIND_BIT(KIND_FOLDER) |
	                         KIND_BIT(KIND_DYNAMIC_GROUP)));
}

static void
assess_section(struct model_part p, enum section s, const struct rule *rule,
               struct assessment *out, struct buf *reasons)
{
	enum section_state state = part_state(p, s);

	/*
	 * Recipients of Exchange only complete what the directory says, and
	 * what holds addresses is judged beside what is synchronized.
	 */
	if ((s == TENANT_MAILBOXES || s == AD_MAILBOXES ||
	     (s == AD_OTHER && !is_on_holders(rule))) &&
	    state == SECTION_NOT_ASKED)
		return;
	if (state == SECTION_NOT_ASKED || state == SECTION_REFUSED) {
		add_state(p, s, state == SECTION_REFUSED ? "refused"
		          : "not collected", reasons);
		return;
	}
	if (part_lines(p, s) && s != TENANT_MAILBOXES &&
	    missing_attrs(p, s, rule, reasons))
		return;
	if (!assess_counterpart(p, s, rule, reasons))
		return;
	if (!part_complete(p, s))
		add_state(p, s, "only in part", reasons);
	if (tells_nameless(p, s))
		buf_addf(reasons, "%s%s: %llu of them have no dn, "
		         "objectGUID, objectSid or sAMAccountName that can be "
		         "read", reasons->len ? "; " : "", section_title(s),
		         (unsigned long long)p.m->tables[s].nameless);
	add_lacks(p, s, rule, reasons);
	section_set_add(&out->sections, s);
	out->objects += part_lines(p, s);
}

/* Appends its needs of that kind that are not met; whether there are any. */
static bool
add_needs(struct model_part p, const struct rule *rule, enum need_kind kind,
          struct buf *reasons)
{
	size_t before = reasons->len;

	for (const struct need_row *r = need_rows;
	     r < need_rows + need_row_count; r++)
		if ((rule->needs & r->need) && r->kind == kind && !r->met(p))
			add(reasons, r->reason);
	return reasons->len > before;
}

/* Appends why a rule on objects has nothing to judge; whether that is so. */
static bool
add_moot(struct model_part p, const struct rule *rule, struct arena *a,
         struct buf *reasons)
{
	const char *moot = rule->moot && rule->check ? rule->moot(p.m, a)
	                                             : NULL;

	if (moot)
		add(reasons, moot);
	return moot;
}

/* Appends which past it needs, and is not there; whether that is so. */
static bool
add_past(struct model_part p, const struct rule *rule, struct buf *reasons)
{
	const char *lacks = past_lack(p, rule->past);

	if (lacks)
		add(reasons, lacks);
	return lacks;
}

/* Appends those of the sections that are not complete; whether any is not. */
static bool
add_sections(struct model_part p, const struct section_set *set,
             struct buf *reasons)
{
	bool any = false;

	for (int s = 0; s < SECTION_COUNT; s++)
		if (section_set_has(set, (enum section)s) &&
		    !part_complete(p, (enum section)s)) {
			add_lack(p, (enum section)s, reasons);
			any = true;
		}
	return any;
}

/*
 * A rule on domains reads what lines say of none of their objects: it judges
 * those that have some, and of them those that its engine takes.
 */
static bool
takes_domain(const struct domain *d, const struct rule *rule)
{
	if (!d || !d->objects || d->unconnected)
		return false;
	return !(rule->needs & NEED_CLOUD_SYNC) ||
	       d->forest->policy->engine == ENGINE_CLOUD_SYNC;
}

static void
assess_domain(struct model_part p, const struct rule *rule,
              struct assessment *out, struct buf *reasons)
{
	bool takes = takes_domain(p.d, rule);

	out->as_whole = true;
	out->objects = takes;
	/* Without any domain with objects it is told why there is none. */
	if (takes || (!p.d && !p.m->domains.with_objects))
		add_sections(p, &rule->wishes, reasons);
}

/*
 * The tenant is looked at whatever else lacks: what it says it says. So are
 * engines and servers, which are known without one.
 */
static void
assess_tenant(struct model_part p, const struct rule *rule, struct arena *a,
              struct assessment *out, struct buf *reasons)
{
	const char *lack;

	out->as_whole = true;
	lack = rule->moot ? rule->moot(p.m, a) : NULL;
	if (lack) {
		out->inapplicable = true;
		add(reasons, lack);
		return;
	}
	if (!p.m->tenant && !rule->moot) {
		add(reasons, "the tenant was not collected");
		return;
	}
	if (add_sections(p, &rule->sections, reasons))
		return;
	out->objects = 1;
	if (rule->lacks)
		add_known(rule->lacks(p.m, a), reasons);
	add_sections(p, &rule->wishes, reasons);
}

/* Whether another kind of the rule has the same section. */
static bool
is_told_already(const struct rule *rule, enum kind kind)
{
	for (int k = 0; k < (int)kind; k++)
		if ((rule->kinds & KIND_BIT(k)) &&
		    section_of(rule->side, (enum kind)k) ==
		    section_of(rule->side, kind))
			return true;
	return false;
}

void
assess(struct model_part p, const struct rule *rule, struct arena *a,
       struct assessment *out)
{
	struct buf reasons = { 0 };
	bool stop;

	*out = (struct assessment){ 0 };
	out->inapplicable = add_moot(p, rule, a, &reasons) ||
	                    add_needs(p, rule, NEED_OBJECTS, &reasons) ||
	                    add_past(p, rule, &reasons);
	if (out->inapplicable)
		goto out;
	if (rule->check_tenant && !rule->check) {
		assess_tenant(p, rule, a, out, &reasons);
		goto out;
	}
	stop = add_needs(p, rule, NEED_DATA, &reasons);
	if (!stop) {
		add_needs(p, rule, NEED_IN_PART, &reasons);
		add_needs(p, rule, NEED_ASIDE, &reasons);
	}
	stop = add_sections(p, &rule->sections, &reasons) || stop;
	if (!stop && rule->check_domain) {
		assess_domain(p, rule, out, &reasons);
		goto out;
	}
	if (!stop) {
		add_sections(p, &rule->wishes, &reasons);
		assess_match_deleted(p.m, rule, &reasons);
	}
	for (int k = 0; k < KIND_COUNT && !stop; k++)
		if ((rule->kinds & KIND_BIT(k)) &&
		    !is_told_already(rule, (enum kind)k) &&
		    assess_match(p, (enum kind)k, rule, &reasons))
			assess_section(p, section_of(rule->side, (enum kind)k),
			               rule, out, &reasons);
	if ((rule->needs & NEED_MASTERS) &&
	    section_set_has(&out->sections, AD_USERS) &&
	    part_lines(p, AD_USERS))
		add_known(unjoined_lack(p.m), &reasons);
	if (!stop && rule->lacks)
		add_known(rule->lacks(p.m, a), &reasons);
out:
	if (!out->inapplicable)
		out->inapplicable = past_is_remembered(p, rule);
	if (reasons.len)
		out->reason = arena_strdup(a, reasons.data);
	buf_release(&reasons);
}

enum outcome
assess_outcome(const struct assessment *is, uint64_t findings)
{
	if (findings)
		return OUTCOME_FOUND;
	if (is->inapplicable)
		return OUTCOME_NOT_APPLICABLE;
	if ((section_set_is_empty(&is->sections) && !is->as_whole) ||
	    is->reason)
		return OUTCOME_NOT_ASSESSED;
	return is->objects ? OUTCOME_CLEAN : OUTCOME_NOT_APPLICABLE;
}
