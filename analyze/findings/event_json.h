/* What happened, in the line of a finding: written, and read again. */
#ifndef ANALYZE_FINDINGS_EVENT_JSON_H
#define ANALYZE_FINDINGS_EVENT_JSON_H

struct arena;
struct buf;
struct record;
struct told_event;

/* Appends ,"event":{...}; nothing where there is none. */
void event_json_put(struct buf *out, const struct told_event *e);
/*
 * Reads it of the line, with texts in A; a line without one has EVENT_NONE. 0,
 * or -1: it is no event.
 */
int event_json_take(const struct record *r, struct arena *a,
                    struct told_event *out);
/* The same of the member's JSON; NULL is none. */
int event_text_take(const char *text, struct arena *a, struct told_event *out);

#endif
