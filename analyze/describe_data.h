/* What the manifest of findings says of the data files. */
#ifndef ANALYZE_DESCRIBE_DATA_H
#define ANALYZE_DESCRIBE_DATA_H

struct arena;
struct findings;
struct model;

/*
 * Fills data of F, and puts behind its notes which of them are too old for what
 * was judged, and what they contradict. The list and texts are A's or the
 * data's.
 */
void describe_data(const struct model *m, struct arena *a, struct findings *f);

#endif
