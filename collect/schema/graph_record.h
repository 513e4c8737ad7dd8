/* Objects of Graph as records. */
#ifndef COLLECT_SCHEMA_GRAPH_RECORD_H
#define COLLECT_SCHEMA_GRAPH_RECORD_H

struct record;

/*
 * RAW without annotations (names with "@"): itself when it has none, else
 * CLEAN, which is filled.
 */
const struct record *graph_record_strip(const struct record *raw,
                                        struct record *clean);

/* "#microsoft.graph.user" -> "user", or NULL when it is not said. */
const char *graph_record_type(const struct record *raw);

#endif
