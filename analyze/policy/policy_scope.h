/* Reading the scope and the join of the policy file, for policy_file.c. */
#ifndef ANALYZE_POLICY_POLICY_SCOPE_H
#define ANALYZE_POLICY_POLICY_SCOPE_H

struct json;
struct policy;
struct policy_reader;

/* Each reads the value J of its key; 0, or -1 with the error filled. */
int policy_include(struct policy_reader *r, const struct json *j);
int policy_exclude(struct policy_reader *r, const struct json *j);
int policy_group(struct policy_reader *r, const struct json *j);
int policy_filters(struct policy_reader *r, const struct json *j);
int policy_join(struct policy_reader *r, const struct json *j);

/* As if no scope had been given. */
void policy_forget_scope(struct policy *p);

#endif
