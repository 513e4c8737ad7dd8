/* Adds up pages of the same answer, in whatever files they are. */
#include "collect/import/page_log.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/hash_index.h"
#include "base/list.h"
#include "base/mem.h"

/* The pages of one answer. */
struct answer {
	enum section section;
	char *context;           /* "" when there is none */
	long last_pages, objects, total;
};

struct page_log {
	struct answer *answers;
	size_t count, room;
	struct hash_index index; /* by context */
};

struct page_log *
page_log_new(void)
{
	return xcalloc(1, sizeof(struct page_log));
}

void
page_log_free(struct page_log *log)
{
	if (!log)
		return;
	for (size_t i = 0; i < log->count; i++)
		free(log->answers[i].context);
	hash_index_release(&log->index);
	free(log->answers);
	free(log);
}

static struct answer *
answer_of(struct page_log *log, enum section s, const char *context)
{
	uint64_t hash = hash_text(context);
	size_t at = HASH_INDEX_FIRST;
	long found;

	while ((found = hash_index_next(&log->index, hash, &at)) >= 0)
		if (log->answers[found].section == s &&
		    strcmp(log->answers[found].context, context) == 0)
			return &log->answers[found];
	LIST_RESERVE(log->answers, log->room, log->count + 1);
	log->answers[log->count] = (struct answer){
		.section = s, .context = xstrdup(context), .total = -1
	};
	hash_index_add(&log->index, hash, log->count);
	return &log->answers[log->count++];
}

void
page_log_add(struct page_log *log, enum section s, const struct page *p)
{
	struct answer *a = answer_of(log, s, p->context ? p->context : "");

	a->last_pages += !p->more;
	a->objects += p->objects;
	if (p->total > a->total)
		a->total = p->total;
}

char *
page_log_gap(const struct page_log *log, enum section s)
{
	for (size_t i = 0; i < log->count; i++) {
		const struct answer *a = &log->answers[i];

		if (a->section != s)
			continue;
		if (!a->last_pages)
			return xstrdup("a page names a next one "
			               "(@odata.nextLink) that is not among "
			               "the inputs");
		if (a->total > a->objects)
			return xasprintf("the inputs have %ld objects of %ld "
			                 "(@odata.count)", a->objects,
			                 a->total);
	}
	return NULL;
}
