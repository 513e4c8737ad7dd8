/*
 * Waits in a thread of its own, and shuts the connection down when time is
 * over.
 */
#include "collect/live/watchdog.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#include "base/mem.h"
#include "collect/live/interrupt.h"

enum { TICK_NS = 100000000, SECOND_NS = 1000000000 };

struct watchdog {
	pthread_t thread;
	bool running;
	pthread_mutex_t lock;
	pthread_cond_t change;
	struct timespec deadline;
	int fd;                  /* -1: no connection yet */
	bool stop, fired;
};

static bool
is_past(const struct timespec *now, const struct timespec *t)
{
	return now->tv_sec != t->tv_sec ? now->tv_sec > t->tv_sec
	                                : now->tv_nsec >= t->tv_nsec;
}

static void *
watch(void *arg)
{
	struct watchdog *w = arg;

	pthread_mutex_lock(&w->lock);
	while (!w->stop) {
		struct timespec now, tick;

		clock_gettime(CLOCK_MONOTONIC, &now);
		if (w->fd >= 0 && !w->fired &&
		    (is_past(&now, &w->deadline) || interrupt_came())) {
			shutdown(w->fd, SHUT_RDWR);
			w->fired = true;
		}
		tick = now;
		tick.tv_nsec += TICK_NS;
		if (tick.tv_nsec >= SECOND_NS) {
			tick.tv_sec++;
			tick.tv_nsec -= SECOND_NS;
		}
		pthread_cond_timedwait(&w->change, &w->lock, &tick);
	}
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

struct watchdog *
watchdog_start(long seconds)
{
	struct watchdog *w = xcalloc(1, sizeof(*w));
	pthread_condattr_t attr;

	w->fd = -1;
	clock_gettime(CLOCK_MONOTONIC, &w->deadline);
	w->deadline.tv_sec += seconds;
	pthread_mutex_init(&w->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&w->change, &attr);
	pthread_condattr_destroy(&attr);
	w->running = pthread_create(&w->thread, NULL, watch, w) == 0;
	return w;
}

void
watchdog_guard(struct watchdog *w, int fd)
{
	pthread_mutex_lock(&w->lock);
	w->fd = fd;
	pthread_mutex_unlock(&w->lock);
}

bool
watchdog_stop(struct watchdog *w)
{
	bool fired;

	pthread_mutex_lock(&w->lock);
	w->stop = true;
	pthread_cond_signal(&w->change);
	pthread_mutex_unlock(&w->lock);
	if (w->running)
		pthread_join(w->thread, NULL);
	fired = w->fired;
	pthread_cond_destroy(&w->change);
	pthread_mutex_destroy(&w->lock);
	free(w);
	return fired;
}
