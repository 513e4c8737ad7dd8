/* Writing the lines of sections. */
#include "collect/line_write.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/checksum.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/record.h"
#include "collect/ad_attr.h"
#include "collect/snapshot.h"
#include "collect/tenant_attr.h"

enum {
	BATCH = 64,              /* objects handed over at once */
	LARGE = 4 << 20,         /* an object that is written at once */
};

/* An attribute's place in the canonical order. */
struct ranked {
	size_t rank, attr;
	const char *name;
};

/* Names met, each where its fingerprint puts it; a later one takes over. */
enum { MEMO_NAMES = 1024 };

struct rank_memo {
	struct remembered {
		char *name;
		size_t rank;
	} names[MEMO_NAMES];
};

static void
memo_free(struct rank_memo *m)
{
	for (size_t i = 0; m && i < MEMO_NAMES; i++)
		free(m->names[i].name);
	free(m);
}

struct batch {
	struct record *records[BATCH];
	struct outfile *files[BATCH];
	enum side sides[BATCH];
	size_t count;
};

struct line_writer {
	struct buf line;
	struct ranked *ranked;
	size_t *order, order_room;
	struct rank_memo *memo[SIDE_COUNT];
	/* One batch is filled while the thread writes the other. */
	struct batch batches[2];
	unsigned filling;
	bool started;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct batch *given;     /* to the thread; NULL: it has none */
	bool over;
};

struct line_writer *
line_writer_new(void)
{
	struct line_writer *w = xcalloc(1, sizeof(*w));

	buf_init(&w->line, SNAPSHOT_LINE_MAX);
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->changed, NULL);
	return w;
}

static size_t
rank(enum side side, const char *name)
{
	if (side == SIDE_AD)
		return ad_attr_order(ad_attr_find(name));
	return tenant_attr_order(name);
}

/* The same, remembered: names are few, and come with every object. */
static size_t
rank_of(struct line_writer *w, enum side side, const char *name)
{
	size_t len = strlen(name);
	struct remembered *m;

	if (!w->memo[side])
		w->memo[side] = xcalloc(1, sizeof(*w->memo[side]));
	m = &w->memo[side]->names[checksum_short(name, len) % MEMO_NAMES];
	if (m->name && strcmp(m->name, name) == 0)
		return m->rank;
	free(m->name);
	m->name = xstrndup(name, len);
	m->rank = rank(side, name);
	return m->rank;
}

static int
by_rank(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return strcmp(x->name, y->name);
}

/* By insertion, as long as that is quicker. */
static void
sort_ranked(struct ranked *items, size_t n)
{
	enum { MANY = 200 };

	if (n > MANY) {
		qsort(items, n, sizeof(*items), by_rank);
		return;
	}
	for (size_t i = 1; i < n; i++) {
		struct ranked one = items[i];
		size_t k = i;

		for (; k > 0 && (items[k - 1].rank > one.rank ||
		                 (items[k - 1].rank == one.rank &&
		                  by_rank(&items[k - 1], &one) > 0)); k--)
			items[k] = items[k - 1];
		items[k] = one;
	}
}

/* Fills w->order: the attributes of R in the canonical order. */
static void
sort_attributes(struct line_writer *w, enum side side,
                const struct record *r)
{
	size_t n = record_count(r);

	if (n > w->order_room) {
		w->order_room = 2 * n;
		w->ranked = xreallocarray(w->ranked, w->order_room,
		                          sizeof(*w->ranked));
		w->order = xreallocarray(w->order, w->order_room,
		                         sizeof(*w->order));
	}
	for (size_t i = 0; i < n; i++)
		w->ranked[i] = (struct ranked){
			.rank = rank_of(w, side, record_name(r, i)),
			.attr = i, .name = record_name(r, i),
		};
	sort_ranked(w->ranked, n);
	for (size_t i = 0; i < n; i++)
		w->order[i] = w->ranked[i].attr;
}

/* Whether the reader will take every value: base64 grows by a third. */
static bool
values_fit(const struct record *r)
{
	for (size_t i = 0; i < record_count(r); i++)
		for (size_t k = 0; k < record_values(r, i); k++) {
			struct value v = record_value(r, i, k);
			size_t len = v.kind == VALUE_BYTES ? v.len / 3 * 4 + 4
			                                   : v.len;

			if (len > JSON_VALUE_MAX)
				return false;
		}
	return true;
}

static void
put_line(struct line_writer *w, struct outfile *file, enum side side,
         const struct record *r)
{
	sort_attributes(w, side, r);
	buf_clear(&w->line);
	json_put_record_in(&w->line, r, w->order);
	if (!w->line.full)
		outfile_add(file, w->line.data, w->line.len);
}

static void
write_batch(struct line_writer *w, struct batch *b)
{
	for (size_t i = 0; i < b->count; i++)
		put_line(w, b->files[i], b->sides[i], b->records[i]);
	b->count = 0;
}

static void *
thread(void *arg)
{
	struct line_writer *w = arg;

	pthread_mutex_lock(&w->lock);
	for (;;) {
		struct batch *b = w->given;

		if (!b && w->over)
			break;
		if (!b) {
			pthread_cond_wait(&w->changed, &w->lock);
			continue;
		}
		pthread_mutex_unlock(&w->lock);
		write_batch(w, b);
		pthread_mutex_lock(&w->lock);
		w->given = NULL;
		pthread_cond_signal(&w->changed);
	}
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

static void
wait_idle(struct line_writer *w)
{
	pthread_mutex_lock(&w->lock);
	while (w->given)
		pthread_cond_wait(&w->changed, &w->lock);
	pthread_mutex_unlock(&w->lock);
}

/* Gives the batch to the thread; without one it is written here and now. */
static void
hand_over(struct line_writer *w)
{
	struct batch *b = &w->batches[w->filling];

	if (!w->started && pthread_create(&w->thread, NULL, thread, w) != 0) {
		write_batch(w, b);
		return;
	}
	w->started = true;
	wait_idle(w);
	pthread_mutex_lock(&w->lock);
	w->given = b;
	pthread_cond_signal(&w->changed);
	pthread_mutex_unlock(&w->lock);
	w->filling = !w->filling;
}

void
line_writer_finish(struct line_writer *w)
{
	if (w->started)
		wait_idle(w);
	write_batch(w, &w->batches[w->filling]);
}

/* Only a large one can have a line that is too long. */
static int
write_large(struct line_writer *w, struct outfile *file, enum side side,
            const struct record *r)
{
	line_writer_finish(w);
	put_line(w, file, side, r);
	return w->line.full ? -1 : 0;
}

int
line_write(struct line_writer *w, struct outfile *file, enum side side,
           const struct record *r)
{
	struct batch *b = &w->batches[w->filling];

	if (record_count(r) > SNAPSHOT_ATTRIBUTES_MAX || !values_fit(r))
		return -1;
	if (record_size(r) > LARGE)
		return write_large(w, file, side, r);
	if (!b->records[b->count])
		b->records[b->count] = record_new();
	record_copy(b->records[b->count], r);
	b->files[b->count] = file;
	b->sides[b->count++] = side;
	if (b->count == BATCH)
		hand_over(w);
	return 0;
}

void
line_writer_free(struct line_writer *w)
{
	if (!w)
		return;
	if (w->started) {
		pthread_mutex_lock(&w->lock);
		w->over = true;
		pthread_cond_signal(&w->changed);
		pthread_mutex_unlock(&w->lock);
		pthread_join(w->thread, NULL);
	}
	for (size_t i = 0; i < 2; i++)
		for (size_t k = 0; k < BATCH; k++)
			record_free(w->batches[i].records[k]);
	for (int side = 0; side < SIDE_COUNT; side++)
		memo_free(w->memo[side]);
	pthread_mutex_destroy(&w->lock);
	pthread_cond_destroy(&w->changed);
	buf_release(&w->line);
	free(w->ranked);
	free(w->order);
	free(w);
}
