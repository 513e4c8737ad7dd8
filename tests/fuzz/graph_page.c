/*
 * Fuzzes bodies of Graph: no crash, nothing handed on of a page that is bad,
 * and what is mended is strict JSON or bad.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/record.h"
#include "collect/graph/graph_page.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct counter {
	struct graph_page_sink sink;     /* first */
	size_t objects;
};

static int
count(struct graph_page_sink *s, const struct record *raw, struct err *err)
{
	(void)err;
	if (!record_text(raw, "id"))
		abort();
	((struct counter *)s)->objects++;
	return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct counter c = { .sink = { .object = count } };
	struct buf body = { .max = 1 << 20 };
	struct graph_page page;
	struct err err = { 0 };

	buf_add(&body, (const char *)data, size);
	if (graph_page_read(&page, &body, &c.sink, &err) < 0)
		abort();
	if (page.bad ? c.objects != 0 : c.objects != page.objects)
		abort();
	graph_page_release(&page);
	buf_release(&body);
	return 0;
}
