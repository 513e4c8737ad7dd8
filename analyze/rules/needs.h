/* What rules need beside their own objects. */
#ifndef ANALYZE_RULES_NEEDS_H
#define ANALYZE_RULES_NEEDS_H

#include "analyze/model/model.h"
#include "analyze/rules/rule.h"

/*
 * Without it, a rule is not assessed; or there is nothing to assess; or it
 * judges in part; or so it does, and nobody's readiness hangs on that, as on a
 * list that need not be there at all.
 */
enum need_kind { NEED_DATA, NEED_OBJECTS, NEED_IN_PART, NEED_ASIDE };

/* What a need asks of the model, and what is said where that lacks. */
struct need_row {
	enum need need;
	bool (*met)(struct model_part p);
	enum need_kind kind;
	const char *reason;
};

extern const struct need_row need_rows[];
extern const size_t need_row_count;

/*
 * Whether the rule sees no older snapshot of the part, but what a baseline
 * tells of events: it judges these, and else there is nothing to look at.
 */
bool past_is_remembered(struct model_part p, const struct rule *rule);
/* What is said then; NULL: it needs no past. Static. */
const char *past_text(const struct rule *rule);

/* Why there is no such past of the part; NULL: there is. Static. */
const char *past_lack(struct model_part p, enum past past);

#endif
