/* What the whole policy file must be like when all of it is read. */
#ifndef ANALYZE_POLICY_POLICY_CHECK_H
#define ANALYZE_POLICY_POLICY_CHECK_H

struct policy_reader;

/*
 * 0, or -1 with the error filled. Then the forests under Connect, and the whole
 * policy, know all that one of them says of the server that they share, and
 * those under Cloud Sync that it joins nobody.
 */
int policy_check(struct policy_reader *r);

#endif
