/*
 * What was read beside a condition that is met, and who goes on is to know: a
 * part of this room.
 */
#ifndef ANALYZE_EXCHANGE_REMARKS_H
#define ANALYZE_EXCHANGE_REMARKS_H

struct arena;
struct model;

/* Each a sentence without its end, in A; or NULL. */
const char *remark_relay(const struct model *m, struct arena *a);
const char *remark_sync_off(const struct model *m, struct arena *a);
const char *remark_sync_on(const struct model *m, struct arena *a);

#endif
