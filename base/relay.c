/* A ring: the lock guards its counts, and a block is used without it. */
#include "base/relay.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"

enum { BLOCKS = 4 };

struct relay {
	pthread_mutex_t lock;
	pthread_cond_t moved;    /* a block, or the end */
	struct relay_block blocks[BLOCKS];
	size_t size;
	size_t passed, returned; /* blocks, ever */
	bool ended, dropped;
	bool running;
	pthread_t thread;
	struct relay_task *task;
};

struct relay *
relay_new(size_t size)
{
	struct relay *r = xcalloc(1, sizeof(*r));

	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->moved, NULL);
	r->size = size;
	return r;
}

void
relay_free(struct relay *r)
{
	if (!r)
		return;
	pthread_mutex_lock(&r->lock);
	r->dropped = true;
	pthread_cond_signal(&r->moved);
	pthread_mutex_unlock(&r->lock);
	relay_join(r);
	for (size_t i = 0; i < BLOCKS; i++)
		free(r->blocks[i].data);
	pthread_cond_destroy(&r->moved);
	pthread_mutex_destroy(&r->lock);
	free(r);
}

/* What pthread_create wants. */
static void *
run(void *relay)
{
	struct relay *r = relay;

	r->task->run(r->task);
	return NULL;
}

int
relay_start(struct relay *r, struct relay_task *task)
{
	r->task = task;
	r->running = pthread_create(&r->thread, NULL, run, r) == 0;
	return r->running ? 0 : -1;
}

void
relay_join(struct relay *r)
{
	if (r->running)
		pthread_join(r->thread, NULL);
	r->running = false;
}

struct relay_block *
relay_empty(struct relay *r)
{
	struct relay_block *b = &r->blocks[r->passed % BLOCKS];
	bool dropped;

	pthread_mutex_lock(&r->lock);
	while (r->passed - r->returned == BLOCKS && !r->dropped)
		pthread_cond_wait(&r->moved, &r->lock);
	dropped = r->dropped;
	pthread_mutex_unlock(&r->lock);
	if (dropped)
		return NULL;
	if (!b->data)
		b->data = xmalloc(r->size);
	b->len = 0;
	return b;
}

/* Only one side waits at a time: there are blocks for the other. */
static void
move(struct relay *r, size_t *count)
{
	pthread_mutex_lock(&r->lock);
	++*count;
	pthread_cond_signal(&r->moved);
	pthread_mutex_unlock(&r->lock);
}

void
relay_pass(struct relay *r)
{
	move(r, &r->passed);
}

void
relay_end(struct relay *r)
{
	pthread_mutex_lock(&r->lock);
	r->ended = true;
	pthread_cond_signal(&r->moved);
	pthread_mutex_unlock(&r->lock);
}

struct relay_block *
relay_next(struct relay *r)
{
	struct relay_block *b = &r->blocks[r->returned % BLOCKS];
	bool none;

	pthread_mutex_lock(&r->lock);
	while (r->passed == r->returned && !r->ended && !r->dropped)
		pthread_cond_wait(&r->moved, &r->lock);
	none = r->dropped || r->passed == r->returned;
	pthread_mutex_unlock(&r->lock);
	return none ? NULL : b;
}

void
relay_return(struct relay *r)
{
	move(r, &r->returned);
}
