/* Draws the line of progress, and holds back who reads too fast. */
#include "collect/live/progress.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/term.h"
#include "collect/live/interrupt.h"

enum {
	LOOK_EVERY = 64,         /* objects between looks at the clock */
	TEXT_MAX = 1024, DETAIL_MAX = 128,
};

static const double renew_seconds = 0.3, line_seconds = 10, nap = 0.1;
/* What may be caught up after a pause: a page's jitter, not a stall. */
static const double slack = 0.1;

struct progress {
	enum progress_mode mode;
	bool terminal, open;     /* a line is being renewed */
	long rate;
	double due;              /* when the cap allows the next object */
	double began, shown;
	uint64_t unpaid, count;  /* unpaid: objects that DUE does not have */
	char what[TEXT_MAX], detail[DETAIL_MAX];
};

double
progress_clock(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void
progress_wait(double seconds)
{
	double end = progress_clock() + seconds, left;

	while ((left = end - progress_clock()) > 0 && !interrupt_came()) {
		double part = left < nap ? left : nap;
		struct timespec t = {
			.tv_nsec = (long)(part * 1e9),
		};

		nanosleep(&t, NULL);
	}
}

struct progress *
progress_new(enum progress_mode mode, long rate)
{
	struct progress *p = xcalloc(1, sizeof(*p));

	p->mode = mode;
	p->rate = rate;
	p->terminal = isatty(STDERR_FILENO) == 1;
	p->due = progress_clock();
	return p;
}

/* The renewed line makes room for another. */
static void
wipe(struct progress *p)
{
	if (p->open)
		fputs("\r\033[K", stderr);
	p->open = false;
}

void
progress_free(struct progress *p)
{
	if (!p)
		return;
	wipe(p);
	free(p);
}

void
progress_begin(struct progress *p, const char *what)
{
	p->began = p->shown = progress_clock();
	p->count = 0;
	snprintf(p->what, sizeof(p->what), "%s", what);
}

static void
show(struct progress *p, double now, const char *end)
{
	double seconds = now - p->began;
	double rate = seconds > 0 ? (double)p->count / seconds : 0;

	if (p->mode == PROGRESS_QUIET)
		return;
	fprintf(stderr, "%s%s: %llu objects", p->terminal ? "\r\033[K" : "",
	        p->what, (unsigned long long)p->count);
	if (p->count)
		fprintf(stderr, ", %.0f a second", rate);
	if (p->detail[0])
		fprintf(stderr, ", %s", p->detail);
	fputs(end, stderr);
	p->open = p->terminal;
	p->shown = now;
}

static void
brake(struct progress *p, double now)
{
	if (!p->rate)
		return;
	if (p->due < now - slack)
		p->due = now - slack;
	p->due += (double)p->unpaid / (double)p->rate;
	p->unpaid = 0;
	if (p->due > now)
		progress_wait(p->due - now);
}

static void
show_now_and_then(struct progress *p, double now)
{
	if (now - p->shown >= (p->terminal ? renew_seconds : line_seconds))
		show(p, now, p->terminal ? "" : "\n");
}

void
progress_detail(struct progress *p, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(p->detail, sizeof(p->detail), fmt, ap);
	va_end(ap);
	show_now_and_then(p, progress_clock());
}

void
progress_step(struct progress *p)
{
	double now;

	p->count++;
	p->unpaid++;
	if (p->rate ? p->unpaid <= (uint64_t)(p->rate / 20)
	            : p->count % LOOK_EVERY != 0)
		return;
	now = progress_clock();
	brake(p, now);
	show_now_and_then(p, now);
}

void
progress_say(struct progress *p, const char *fmt, ...)
{
	char raw[TEXT_MAX], safe[TEXT_MAX];
	va_list ap;

	if (p->mode == PROGRESS_QUIET)
		return;
	va_start(ap, fmt);
	vsnprintf(raw, sizeof(raw), fmt, ap);
	va_end(ap);
	term_safe(safe, sizeof(safe), raw);
	wipe(p);
	fprintf(stderr, "%s\n", safe);
}

void
progress_end(struct progress *p)
{
	if (!p->terminal && p->mode != PROGRESS_QUIET)
		show(p, progress_clock(), "\n");
	wipe(p);
}
