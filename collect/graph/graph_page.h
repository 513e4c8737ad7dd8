/*
 * The body of an answer of Graph: a page ({"value":[...]}) or one object. It is
 * looked at as a whole before anything of it is handed on, so that a page that
 * is broken in the middle can be asked for again.
 */
#ifndef COLLECT_GRAPH_GRAPH_PAGE_H
#define COLLECT_GRAPH_GRAPH_PAGE_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct err;
struct record;

struct graph_page_sink {
	/* An object, annotations included. 0, or -1 with ERR filled. */
	int (*object)(struct graph_page_sink *s, const struct record *raw,
	              struct err *err);
};

struct graph_page {
	char *next, *delta;      /* @odata's links, or NULL */
	size_t objects;
	bool is_list;            /* it has "value" */
	bool mended;             /* it was no strict JSON */
	const char *bad;         /* what was wanted there, or NULL */
};

/*
 * Reads BODY, which may be changed. 0; P->bad says when it holds no page, and
 * then no object was handed on. -1 with ERR filled when the sink failed.
 */
int graph_page_read(struct graph_page *p, struct buf *body,
                    struct graph_page_sink *sink, struct err *err);
void graph_page_release(struct graph_page *p);

#endif
