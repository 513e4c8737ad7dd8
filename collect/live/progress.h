/*
 * How far a collection is, on stderr: one line that renews itself on a
 * terminal, lines now and then elsewhere. And its brake: a cap on objects a
 * second.
 */
#ifndef COLLECT_LIVE_PROGRESS_H
#define COLLECT_LIVE_PROGRESS_H

#include <stdint.h>

enum progress_mode { PROGRESS_SHOWN, PROGRESS_QUIET };

struct progress;

/* RATE: objects a second at most; 0: no cap. Never NULL. */
struct progress *progress_new(enum progress_mode mode, long rate);
void progress_free(struct progress *p);
/* What is read from now on. */
void progress_begin(struct progress *p, const char *what);
/* One object more; waits when they come too fast. */
void progress_step(struct progress *p);
/* What stands behind the count from now on. */
void progress_detail(struct progress *p, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* A sentence between the lines; not when quiet. */
void progress_say(struct progress *p, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* The end of what was begun. */
void progress_end(struct progress *p);
/* Waits, but not longer than the user wants to. */
void progress_wait(double seconds);
/* Seconds since some time. */
double progress_clock(void);

#endif
