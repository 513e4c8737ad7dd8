/* What AD has of an object's names today, in the line of its forecast. */
#ifndef ANALYZE_FINDINGS_FORECAST_NOW_H
#define ANALYZE_FINDINGS_FORECAST_NOW_H

struct buf;
struct forecast;

/* What was not collected is not there. */
void forecast_now_put(struct buf *out, const struct forecast *f);

#endif
