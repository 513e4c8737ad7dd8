/* What is so with Cloud Sync alone. */
#ifndef ANALYZE_FORECAST_CLOUD_SYNC_H
#define ANALYZE_FORECAST_CLOUD_SYNC_H

struct model;
struct object;

/* Adds the doubts that an object has since Cloud Sync takes it. */
void cloud_sync_doubt(const struct model *m, struct object *o);

#endif
