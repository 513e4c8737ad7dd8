/* One lock: pieces are claimed in order, and one thread at a time commits. */
#include "base/crew.h"

#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"

enum { LANES_PER_JOB = 4 };

enum lane_state { LANE_FREE, LANE_BUSY, LANE_DONE, LANE_FAILED };

/* One run: what its threads share, under LOCK. */
struct crew_shared {
	struct crew *crew;
	pthread_mutex_t lock;
	pthread_cond_t freed;    /* a lane, or the run is over */
	enum lane_state *lanes;
	size_t claimed, committed;
	bool committing, failed;
};

unsigned
crew_lanes(unsigned jobs)
{
	return jobs > 1 ? jobs * LANES_PER_JOB : 1;
}

unsigned
crew_default_jobs(void)
{
	cpu_set_t set;
	int n = sched_getaffinity(0, sizeof(set), &set) == 0
		? CPU_COUNT(&set) : 1;

	return n > 64 ? 64 : (unsigned)n;
}

/* Pieces go to lanes in turn, so that the oldest is the next to commit. */
unsigned
crew_lane(unsigned jobs, size_t piece)
{
	return (unsigned)(piece % crew_lanes(jobs));
}

static bool
has_next(const struct crew_shared *r)
{
	return !r->failed && r->claimed < r->crew->pieces;
}

/* Hands over what is ready, in order; another thread may do it already. */
static void
commit_ready(struct crew_shared *r)
{
	if (r->committing)
		return;
	r->committing = true;
	while (!r->failed && r->committed < r->claimed) {
		unsigned lane = crew_lane(r->crew->jobs, r->committed);
		int rc = -1;

		if (r->lanes[lane] == LANE_BUSY)
			break;
		if (r->lanes[lane] == LANE_DONE) {
			pthread_mutex_unlock(&r->lock);
			rc = r->crew->commit(r->crew, lane, r->committed);
			pthread_mutex_lock(&r->lock);
		}
		r->failed = rc < 0;
		r->crew->failed = r->committed;
		r->lanes[lane] = LANE_FREE;
		r->committed++;
		pthread_cond_broadcast(&r->freed);
	}
	r->committing = false;
}

static void *
thread(void *arg)
{
	struct crew_shared *r = arg;

	pthread_mutex_lock(&r->lock);
	while (has_next(r)) {
		size_t piece = r->claimed;
		unsigned lane = crew_lane(r->crew->jobs, piece);
		int rc;

		if (r->lanes[lane] != LANE_FREE) {
			pthread_cond_wait(&r->freed, &r->lock);
			continue;
		}
		r->claimed++;
		r->lanes[lane] = LANE_BUSY;
		pthread_mutex_unlock(&r->lock);
		rc = r->crew->work(r->crew, lane, piece);
		pthread_mutex_lock(&r->lock);
		r->lanes[lane] = rc < 0 ? LANE_FAILED : LANE_DONE;
		commit_ready(r);
	}
	pthread_cond_broadcast(&r->freed);
	pthread_mutex_unlock(&r->lock);
	return NULL;
}

static int
run_alone(struct crew *c)
{
	for (size_t i = 0; i < c->pieces; i++) {
		unsigned lane = crew_lane(c->jobs, i);

		c->failed = i;
		if (c->work(c, lane, i) < 0 || c->commit(c, lane, i) < 0)
			return -1;
	}
	return 0;
}

int
crew_run(struct crew *c)
{
	struct crew_shared r = {
		.crew = c, .lock = PTHREAD_MUTEX_INITIALIZER,
		.freed = PTHREAD_COND_INITIALIZER,
	};
	pthread_t *threads;
	unsigned started = 0;

	if (c->jobs <= 1 || c->pieces <= 1)
		return run_alone(c);
	r.lanes = xcalloc(crew_lanes(c->jobs), sizeof(*r.lanes));
	threads = xcalloc(c->jobs, sizeof(*threads));
	while (started + 1 < c->jobs &&
	       pthread_create(&threads[started], NULL, thread, &r) == 0)
		started++;
	thread(&r);
	while (started > 0)
		pthread_join(threads[--started], NULL);
	free(r.lanes);
	free(threads);
	return r.failed ? -1 : 0;
}
