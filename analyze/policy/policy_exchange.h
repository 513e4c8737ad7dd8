/* Reading what the policy file says of Exchange, for policy_file.c. */
#ifndef ANALYZE_POLICY_POLICY_EXCHANGE_H
#define ANALYZE_POLICY_POLICY_EXCHANGE_H

struct json;
struct policy_reader;

/* The object J. 0, or -1 with the error filled. */
int policy_read_exchange(struct policy_reader *r, const struct json *j);

#endif
