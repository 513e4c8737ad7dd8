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

static bool
has_synced(const struct model *m)
{
	/* Users that were not collected are another reason. */
	return fact_is(m, FACT_SYNCED) != NO ||
	       !model_complete(m, TENANT_USERS);
}

static const struct {
	enum need need;
	bool (*met)(const struct model *m);
	const char *reason;
} needs[] = {
	{ NEED_SCOPE, has_scope,
	  "the sync scope is not known; give it in --policy, \"scope\"" },
	{ NEED_HISTORY, has_history,
	  "needs an older AD snapshot beside the newest one" },
	{ NEED_EVENTS, has_events,
	  "needs an older AD snapshot, or the attribute "
	  "msDS-ReplAttributeMetaData in this one" },
	{ NEED_ELSEWHERE, has_elsewhere,
	  "needs an older AD snapshot or the tenant's users" },
	{ NEED_SYNCED, has_synced,
	  "the tenant has no synchronized users yet" },
	{ NEED_DOMAINS, has_domains,
	  "the tenant's initial and verified domains are not known; collect "
	  "its domains or give them in --policy, \"tenant\"" },
	{ NEED_ANCHORS, assess_match_anchors,
	  "matching is not known: onPremisesImmutableId was not collected of "
	  "the tenant's users" },
};

static void
add(struct buf *reasons, const char *text)
{
	buf_addf(reasons, "%s%s", reasons->len ? "; " : "", text);
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
		if (!name || has ||
		    !attr_set_has(&rule->attrs, (unsigned)a))
			continue;
		buf_addf(&names, "%s%s", missing ? ", " : "", name);
		missing = true;
	}
	if (missing || !any)
		buf_addf(reasons, "%s%s: %s not collected",
		         reasons->len ? "; " : "", section_title(s),
		         missing ? names.data : "what it reads was");
	buf_release(&names);
	return missing || !any;
}

/* Appends which values lack of what the rule reads. */
static void
add_lacks(const struct model *m, enum section s, const struct rule *rule,
          struct buf *reasons)
{
	for (int a = 0; a < ATTR_COUNT; a++) {
		const char *name = attr_name(section_side(s), (enum attr)a);
		struct snapshot_lack lack;

		if (!name || (!attr_set_has(&rule->attrs, (unsigned)a) &&
		              !attr_set_has(&rule->any_attr, (unsigned)a)))
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
	if (!snapshot_has_all_objects(from, s))
		add_state(m, s, "only in part", reasons);
	add_lacks(m, s, rule, reasons);
	section_set_add(&out->sections, s);
	out->objects += model_objects(m, s);
}

void
assess(const struct model *m, const struct rule *rule, struct arena *a,
       struct assessment *out)
{
	struct buf reasons = { 0 };
	bool stop = false;

	*out = (struct assessment){ 0 };
	for (size_t i = 0; i < sizeof(needs) / sizeof(needs[0]); i++)
		if ((rule->needs & needs[i].need) && !needs[i].met(m)) {
			add(&reasons, needs[i].reason);
			stop = true;
		}
	for (int s = 0; s < SECTION_COUNT; s++)
		if (section_set_has(&rule->sections, (enum section)s) &&
		    !model_complete(m, (enum section)s)) {
			add_state(m, (enum section)s, "not complete",
			          &reasons);
			stop = true;
		}
	for (int s = 0; s < SECTION_COUNT && !stop; s++)
		if (section_set_has(&rule->wishes, (enum section)s) &&
		    !model_complete(m, (enum section)s))
			add_state(m, (enum section)s, "not complete",
			          &reasons);
	if (!stop)
		assess_match_deleted(m, rule, &reasons);
	for (int k = 0; k < KIND_COUNT && !stop; k++)
		if ((rule->kinds & KIND_BIT(k)) &&
		    assess_match(m, (enum kind)k, rule, &reasons))
			assess_section(m, section_of(rule->side, (enum kind)k),
			               rule, out, &reasons);
	if (reasons.len)
		out->reason = arena_strdup(a, reasons.data);
	buf_release(&reasons);
}

enum outcome
assess_outcome(const struct assessment *is, uint64_t findings)
{
	if (findings)
		return OUTCOME_FOUND;
	if (section_set_is_empty(&is->sections) || is->reason)
		return OUTCOME_NOT_ASSESSED;
	return is->objects ? OUTCOME_CLEAN : OUTCOME_NOT_APPLICABLE;
}
