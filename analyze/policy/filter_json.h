/* Custom filters as the policy file writes them; see policy(5). */
#ifndef ANALYZE_POLICY_FILTER_JSON_H
#define ANALYZE_POLICY_FILTER_JSON_H

struct arena;
struct filter_set;
struct json;

/* Adds the rules of LIST to SET; NULL, or what was wanted there instead. */
const char *filter_json_read(struct filter_set *set, struct arena *a,
                             const struct json *list);

#endif
