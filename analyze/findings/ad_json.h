/* What AD has of an object's mail attributes, in the line of its forecast. */
#ifndef ANALYZE_FINDINGS_AD_JSON_H
#define ANALYZE_FINDINGS_AD_JSON_H

struct arena;
struct buf;
struct forecast;
struct json;

/*
 * Appends ,"adAttributes":{...}, which leaves out what the rest of the line
 * tells; nothing where F does not tell.
 */
void ad_json_put(struct buf *out, const struct forecast *f);
/* Fills OUT's from that and from what is read of it already; lists go to A. */
void ad_json_take(const struct json *tree, struct arena *a,
                  struct forecast *out);

#endif
