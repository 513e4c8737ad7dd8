/* Counts of members: in lines, in the manifest, and added up. */
#ifndef ANALYZE_FINDINGS_MEMBERS_JSON_H
#define ANALYZE_FINDINGS_MEMBERS_JSON_H

#include "analyze/findings/findings.h"

struct buf;
struct json;

/* Appends ,"members":{...} to a line; nothing where OF is NULL. */
void members_put(struct buf *out, const struct member_counts *of);
/* Reads that object. */
struct member_counts members_from_json(const struct json *tree);

/* Adds a group, or what FROM has, which is nought then. */
void members_add(struct member_sums *to, const struct member_counts *of);
void members_move(struct member_sums *to, struct member_sums *from);

/* The object of the manifest. */
void members_sums_to_json(struct json *o, const struct member_sums *of);
struct member_sums members_sums_from_json(const struct json *tree);

#endif
