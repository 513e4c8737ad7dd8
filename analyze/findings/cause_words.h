/* Words on a cause: its name in a sentence, its steps, and who takes them. */
#ifndef ANALYZE_FINDINGS_CAUSE_WORDS_H
#define ANALYZE_FINDINGS_CAUSE_WORDS_H

#include "analyze/findings/causes.h"

struct buf;
struct rule_result;

/* Appends TEXT with VALUE in the place of each {}; VALUE NULL: as it is. */
void words_put_filled(struct buf *out, const char *text, const char *value);
/* Appends what follows on "because of"; RULE may be NULL. */
void cause_put_brief(struct buf *out, const struct counted_cause *c,
                     const struct rule_result *rule);
/* Appends ACTION, sentence by sentence, as an array of JSON. */
void cause_put_steps(struct buf *out, const char *action);
/* Who changes what that one masters; static. AUTHORITY may be NULL. */
const char *cause_owner(const char *authority);

#endif
