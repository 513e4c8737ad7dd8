/* exchange.json, which this room alone writes and reads. */
#ifndef ANALYZE_FINDINGS_EXCHANGE_JSON_H
#define ANALYZE_FINDINGS_EXCHANGE_JSON_H

#include "analyze/findings/exchange_told.h"

struct arena;
struct buf;
struct err;

#define EXCHANGE_FORMAT "syncscope-exchange"
enum { EXCHANGE_VERSION = 1, EXCHANGE_MAX = 64 << 20 };

/* Appends the whole file. */
void exchange_put(struct buf *out, const struct exchange_told *t);
/*
 * Reads the file PATH, whose SHA-256 is DIGEST; all of *OUT goes to A. 0, or -1
 * with ERR filled.
 */
int exchange_load(const char *path, const char *digest, struct arena *a,
                  struct exchange_told *out, struct err *err);

/* Appends the bytes of the file, if they are those of DIGEST; 0 or -1. */
int exchange_bytes(const char *path, const char *digest, struct buf *out,
                   struct err *err);

#endif
