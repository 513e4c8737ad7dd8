/*
 * What a rule can judge where it is not known whose account is whose: a part of
 * assess.c, by NEED_MATCH and its like. While a model is still built everything
 * may be known, so that nothing is screened away.
 */
#ifndef ANALYZE_RULES_ASSESS_MATCH_H
#define ANALYZE_RULES_ASSESS_MATCH_H

#include "analyze/rules/rule.h"

struct buf;

/*
 * Whether enough is known of the kind's objects for the rule; appends what is
 * not, to REASONS, also where the rule judges in part.
 */
bool assess_match(struct model_part p, enum kind kind,
                  const struct rule *rule, struct buf *reasons);
/* Appends it if deleted users, for which the rule asks, cannot be told. */
void assess_match_deleted(const struct model *m, const struct rule *rule,
                          struct buf *reasons);
/* Whether the immutableId of users was collected, if there are any. */
bool assess_match_anchors(struct model_part p);

#endif
