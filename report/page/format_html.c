/* The page as a format: it takes objects as they pass by, and then prints. */
#include <stdlib.h>

#include "base/mem.h"
#include "report/format.h"
#include "report/page/parts.h"
#include "report/pass.h"

struct html_taker {
	struct pass_taker taker;     /* first */
	struct report_page *page;
	struct object_reading *objects;
	const struct view *view;
	struct outfile *out;
};

static int
take(struct pass_taker *t, struct pass_object *o, struct err *err)
{
	return page_take_object(((struct html_taker *)t)->objects, o, err);
}

static int
end(struct pass_taker *t, struct err *err)
{
	struct html_taker *h = (struct html_taker *)t;

	(void)err;
	page_end_objects(h->objects);
	page_print(h->page, h->view, h->out);
	return 0;
}

static void
release(struct pass_taker *t)
{
	page_free_objects(((struct html_taker *)t)->objects);
	free(t);
}

struct pass_taker *
format_html(const struct view *v, const struct format_options *o,
            struct outfile *out, struct err *err)
{
	struct html_taker *h = xcalloc(1, sizeof(*h));

	(void)err;
	page_take_end(o->page);
	*h = (struct html_taker){
		.taker = { .reads = PASS_FORECAST, .object = take,
		           .end = end, .free = release },
		.page = o->page, .objects = page_begin_objects(o->page),
		.view = v, .out = out,
	};
	return &h->taker;
}
