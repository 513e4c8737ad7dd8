/*
 * Blocks of bytes on their way from one thread to another, in order, through a
 * ring of a few: what is far ahead waits. One side produces, one consumes, and
 * which of them is the thread does not matter. Without a thread both can be
 * done in turn, a block at a time. The blocks belong to the relay.
 */
#ifndef BASE_RELAY_H
#define BASE_RELAY_H

#include <stddef.h>

struct relay;

struct relay_block {
	char *data;              /* room for the relay's size */
	size_t len;
};

/* What the thread does; whose it is begins with this struct. */
struct relay_task {
	void (*run)(struct relay_task *t);
};

/* SIZE: bytes in a block. Memory is taken when a block is first used. */
struct relay *relay_new(size_t size);
/* Lets both sides see the end, waits for the thread, frees R; takes NULL. */
void relay_free(struct relay *r);
/* Starts the thread; 0, or -1 when the system has none to give. */
int relay_start(struct relay *r, struct relay_task *task);
/* Waits until the thread is done, if there is one. */
void relay_join(struct relay *r);

/* Producing: an empty block, or NULL when nobody wants it; then pass it on. */
struct relay_block *relay_empty(struct relay *r);
void relay_pass(struct relay *r);
/* There will be no more. */
void relay_end(struct relay *r);

/* Consuming: the next block, or NULL at the end; then give it back. */
struct relay_block *relay_next(struct relay *r);
void relay_return(struct relay *r);

#endif
