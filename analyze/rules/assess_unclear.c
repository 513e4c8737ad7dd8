/* What a rule could not judge since values could not be read. */
#include "analyze/rules/assess.h"

#include "analyze/model/model.h"
#include "base/buf.h"

/* Whether the manifest says that values of the attribute lack. */
static bool
is_told(const struct model *m, const struct rule *rule, enum attr a)
{
	for (int k = 0; k < KIND_COUNT; k++) {
		enum section s = section_of(rule->side, (enum kind)k);
		const char *name = attr_name(rule->side, a);

		if ((rule->kinds & KIND_BIT(k)) && s != SECTION_COUNT && name &&
		    part_lack((struct model_part){ m, NULL }, s, name).objects)
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
