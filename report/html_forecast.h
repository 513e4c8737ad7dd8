/* The part of report.html about the forecast. */
#ifndef REPORT_HTML_FORECAST_H
#define REPORT_HTML_FORECAST_H

struct buf;
struct view;

/* What synchronization will do, and readiness by class, domain and OU. */
void html_forecast(struct buf *out, const struct view *v);

#endif
