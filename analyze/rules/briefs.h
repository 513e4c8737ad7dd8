/* What a cause is called within a sentence. */
#ifndef ANALYZE_RULES_BRIEFS_H
#define ANALYZE_RULES_BRIEFS_H

struct cause_brief;

/* Of the rule, static; NULL: its title has to do. */
const struct cause_brief *brief_of(const char *rule);

#endif
