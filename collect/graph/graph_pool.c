/*
 * Keeps as many walks under way as the pace allows, and decides what becomes of
 * each answer.
 */
#include "collect/graph/graph_pool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/guid.h"
#include "base/mem.h"
#include "base/record.h"
#include "collect/graph/graph_absence.h"
#include "collect/graph/graph_auth.h"
#include "collect/graph/graph_pace.h"
#include "collect/graph/graph_page.h"
#include "collect/graph/graph_query.h"
#include "collect/graph/http.h"
#include "collect/graph/http_request.h"
#include "collect/live/live.h"

enum {
	SEEN_MOST = 1 << 19,     /* ids kept of a list, to bound memory */
	RESTARTS_MOST = 1, HALVED_MOST = 4,
	ODD_SECONDS = 15,        /* without a page, and with odd answers */
};

static const double nap = 0.25;      /* seconds between looks */

struct pool_slot {
	struct graph_walk walk;
	bool used, flying;
	enum http_connection connection;
	double due, began;       /* not to be asked before; asked at */
	long generation;         /* of the token it was asked with */
	long refused;            /* that of the last one refused; 0: none */
};

struct graph_pool {
	struct graph_page_sink pages;    /* first: what pages hand on to */
	struct graph_pool_settings set;
	struct http *http;
	struct graph_auth *auth;
	struct progress *progress;
	struct graph_watcher *watcher;
	struct graph_pace pace;
	struct pool_slot slots[HTTP_AT_ONCE];
	struct graph_walk *reading;      /* whose page is being read */
	size_t active;
	long requests;
	double *odd_since;       /* by query: no list was whole since; or 0 */
};

static int take_object(struct graph_page_sink *s, const struct record *raw,
                       struct err *err);

struct graph_pool *
graph_pool_new(const struct graph_pool_settings *set, struct http *http,
               struct graph_auth *auth, struct progress *progress)
{
	struct graph_pool *p = xcalloc(1, sizeof(*p));

	p->pages.object = take_object;
	p->odd_since = xcalloc(graph_query_count(), sizeof(*p->odd_since));
	p->set = *set;
	p->http = http;
	p->auth = auth;
	p->progress = progress;
	graph_pace_init(&p->pace, set->at_once);
	return p;
}

static void
walk_release(struct graph_walk *w)
{
	free(w->url);
	free(w->asking);
	free(w->delta);
	free(w->mark);
	guid_set_release(&w->seen);
	*w = (struct graph_walk){ 0 };
}

void
graph_pool_free(struct graph_pool *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < HTTP_AT_ONCE; i++)
		walk_release(&p->slots[i].walk);
	free(p->odd_since);
	free(p);
}

long
graph_pool_requests(const struct graph_pool *p)
{
	return p->requests;
}

double
graph_pool_throttled(const struct graph_pool *p)
{
	return p->pace.throttled;
}

/* Lists repeat an object where pages meet, when something changes meanwhile. */
static bool
was_seen(struct graph_walk *w, const struct record *raw)
{
	const char *id = record_text(raw, "id");
	struct guid guid;

	if (w->aim == WALK_CHANGES || !id || guid_parse(&guid, id) < 0)
		return false;
	if (guid_set_has(&w->seen, &guid))
		return true;
	if (w->seen.count >= SEEN_MOST) {
		guid_set_release(&w->seen);
		w->forgot = true;
	}
	guid_set_add(&w->seen, &guid);
	return false;
}

static int
take_object(struct graph_page_sink *s, const struct record *raw,
            struct err *err)
{
	struct graph_pool *p = (struct graph_pool *)s;
	struct graph_walk *w = p->reading;

	if (was_seen(w, raw))
		return 0;
	w->objects++;
	return p->watcher->object(p->watcher, w, raw, err);
}

static int
end_walk(struct graph_pool *p, struct pool_slot *s,
         const struct graph_failure *f, struct err *err)
{
	int rc = p->watcher->ended(p->watcher, &s->walk, f, err);

	walk_release(&s->walk);
	s->used = false;
	p->active--;
	return rc;
}

static int
end_wrong(struct graph_pool *p, struct pool_slot *s, const char *text,
          struct err *err)
{
	struct graph_failure f = { .fate = GRAPH_WRONG };

	snprintf(f.text, sizeof(f.text), "%s", text);
	return end_walk(p, s, &f, err);
}

/* An address that comes twice closes a circle; found as Brent did. */
static bool
is_circle(struct graph_walk *w, const char *next)
{
	if (w->mark && strcmp(w->mark, next) == 0)
		return true;
	if ((w->pages & (w->pages - 1)) == 0) {
		free(w->mark);
		w->mark = xstrdup(next);
	}
	return strcmp(w->url, next) == 0;
}

static double *
odd_since(struct graph_pool *p, const struct graph_walk *w)
{
	return &p->odd_since[w->query - graph_query_at(0)];
}

/* The page is read: on to the next one, if there is one. */
static int
go_on(struct graph_pool *p, struct pool_slot *s, struct graph_page *page,
      struct err *err)
{
	struct graph_walk *w = &s->walk;

	w->pages++;
	w->tries = w->odd = 0;
	s->due = 0;
	w->mended = w->mended || page->mended;
	if (!page->next) {
		w->delta = page->delta;
		page->delta = NULL;
		*odd_since(p, w) = 0;
		return end_walk(p, s, &(struct graph_failure){ .fate =
		                GRAPH_CAME, .status = 200 }, err);
	}
	if (!http_same_origin(page->next, p->set.base))
		return end_wrong(p, s, "the next page's address leads "
		                 "elsewhere", err);
	if (is_circle(w, page->next))
		return end_wrong(p, s, "the pages go round in a circle", err);
	free(w->url);
	w->url = page->next;
	page->next = NULL;
	return 0;
}

/*
 * Something on the way that answers in place of the service does so for all
 * lists of a kind, and for long: then each ends soon.
 */
static bool
is_odd_for_long(struct graph_pool *p, struct graph_walk *w, double now)
{
	double *since = odd_since(p, w);

	if (*since <= 0)
		*since = now;
	return ++w->odd >= GRAPH_ODD_TRIES || now - *since >= ODD_SECONDS;
}

/* What may be cured by time: later, or it ends. */
static int
try_again(struct graph_pool *p, struct pool_slot *s, struct graph_failure *f,
          double wait, struct err *err)
{
	double now = progress_clock();
	size_t len = strlen(f->text);
	bool odd = f->fate == GRAPH_ODD;
	bool ends = odd && is_odd_for_long(p, &s->walk, now);

	s->walk.tries++;
	if (odd)
		wait = graph_odd_wait(s->walk.odd);
	if (!odd && wait > p->set.patience) {
		snprintf(f->text + len, sizeof(f->text) - len,
		         "; it asks to wait for %.0f seconds", wait);
		return end_walk(p, s, f, err);
	}
	if (ends || s->walk.tries >= p->set.tries) {
		snprintf(f->text + len, sizeof(f->text) - len,
		         "; given up after %ld %s", s->walk.tries,
		         s->walk.tries == 1 ? "try" : "tries");
		return end_walk(p, s, f, err);
	}
	if (!odd && (f->status == 429 || wait >= 0))
		graph_pace_slower(&p->pace, s->began, wait >= 0 ? wait
		                  : backoff_seconds(s->walk.tries), now);
	s->due = now + (wait >= 0 ? wait : backoff_seconds(s->walk.tries));
	return 0;
}

/*
 * From the start: once when a page's token has expired, and with smaller pages.
 * What is there stays, and is not taken twice; a list that is too long for that
 * ends.
 */
static int
restart(struct graph_pool *p, struct pool_slot *s, struct graph_failure *f,
        struct err *err)
{
	struct graph_walk *w = &s->walk;
	bool again = f->fate == GRAPH_LARGE ? w->halved++ < HALVED_MOST
	                                    : w->restarts++ < RESTARTS_MOST;

	if (!again || w->forgot || w->aim == WALK_CHANGES)
		return end_walk(p, s, f, err);
	free(w->url);
	w->url = NULL;
	free(w->mark);
	w->mark = NULL;
	w->pages = w->tries = 0;
	return p->watcher->restart(p->watcher, w, err);
}

static bool
must_restart(const struct graph_walk *w, const struct graph_failure *f)
{
	/* Services do not agree on the code; a page's address was theirs. */
	return f->fate == GRAPH_STALE || f->fate == GRAPH_LARGE ||
	       (f->status == 400 && w->pages > 0);
}

/* Once another token may help; when that is not taken either, no more. */
static int
doubt_token(struct graph_pool *p, struct pool_slot *s,
            const struct graph_failure *f, struct err *err)
{
	if (s->refused && s->refused != s->generation)
		return err_auth(err, "%s refuses the token: %s", p->set.base,
		                f->text);
	s->refused = s->generation;
	return graph_auth_refused(p->auth, s->generation, f->text, err);
}

/* "Not found": known, to be asked about, or not believed. */
static int
doubt_absence(struct graph_pool *p, struct pool_slot *s,
              struct graph_failure *f, struct err *err)
{
	struct graph_walk *w = &s->walk;
	enum absence absence = w->asking ? graph_absence_of_owner(f)
	                                 : graph_absence_of_page(w, f);

	free(w->asking);
	w->asking = absence == ABSENCE_ASK
		? graph_query_owner_url(w->query, p->set.base, w->owner.id)
		: NULL;
	if (absence == ABSENCE_ASK)
		return 0;
	return absence == ABSENCE_KNOWN
		? end_walk(p, s, f, err)
		: try_again(p, s, f, HTTP_WAIT_NONE, err);
}

static int
refuse(struct graph_pool *p, struct pool_slot *s, struct graph_failure *f,
       double wait, struct err *err)
{
	graph_auth_mask(p->auth, f->text);
	if (f->fate == GRAPH_TOKEN)
		return doubt_token(p, s, f, err);
	if (f->fate == GRAPH_AGAIN)
		return try_again(p, s, f, wait, err);
	if (f->fate == GRAPH_GONE || s->walk.asking)
		return doubt_absence(p, s, f, err);
	if (f->fate == GRAPH_ODD)
		return try_again(p, s, f, HTTP_WAIT_NONE, err);
	if (must_restart(&s->walk, f))
		return restart(p, s, f, err);
	return end_walk(p, s, f, err);
}

/* Where an object alone is not what was asked for. */
static bool
wants_list(const struct graph_walk *w)
{
	return w->aim != WALK_OBJECT && w->query->paging != ONE_OBJECT;
}

static int
settle(struct graph_pool *p, const struct http_answer *a, struct err *err)
{
	struct pool_slot *s = &p->slots[a->tag];
	struct graph_failure f;
	struct graph_page page;
	int rc;

	s->flying = false;
	graph_error_read(&f, a);
	s->connection = a->fate == HTTP_LOST ? HTTP_NEW_CONNECTION
	                                     : HTTP_ANY_CONNECTION;
	if (f.fate != GRAPH_CAME)
		return refuse(p, s, &f, a->wait, err);
	graph_auth_works(p->auth, s->generation);
	s->refused = 0;
	graph_pace_good(&p->pace, a->load);
	if (s->walk.asking)
		return doubt_absence(p, s, &f, err);
	p->reading = &s->walk;
	rc = graph_page_read(&page, (struct buf *)&a->body, &p->pages, err);
	if (rc == 0 && !page.bad && !page.is_list && wants_list(&s->walk))
		page.bad = "\"value\"";
	if (rc == 0 && page.bad) {
		graph_error_bad_body(&f, a, "no whole page of Graph",
		                     page.bad);
		rc = try_again(p, s, &f, HTTP_WAIT_NONE, err);
	} else if (rc == 0) {
		rc = go_on(p, s, &page, err);
	}
	graph_page_release(&page);
	return rc;
}

/* Walks that ask; those that no service answers mostly wait. */
static long
busy_walks(const struct graph_pool *p)
{
	long n = 0;

	for (size_t i = 0; i < HTTP_AT_ONCE; i++)
		n += p->slots[i].used && !p->slots[i].walk.odd;
	return n;
}

/* New walks, as long as there is room for their requests. */
static void
fill(struct graph_pool *p)
{
	long busy = busy_walks(p);

	for (size_t i = 0; i < HTTP_AT_ONCE && busy < p->pace.limit; i++) {
		struct pool_slot *s = &p->slots[i];

		if (s->used)
			continue;
		*s = (struct pool_slot){ 0 };
		if (!p->watcher->more(p->watcher, &s->walk))
			return;
		s->used = true;
		p->active++;
		busy++;
	}
}

/* Asks for what is due; the time until something else is. */
static double
start(struct graph_pool *p, double now, struct err *err)
{
	double wait = p->pace.hold > now ? p->pace.hold - now : 0, next = nap;

	if (wait > 0)
		return wait;
	for (size_t i = 0; i < HTTP_AT_ONCE; i++) {
		struct pool_slot *s = &p->slots[i];
		const char *token;

		if (!s->used || s->flying ||
		    http_pending(p->http) >= (size_t)p->pace.limit)
			continue;
		if (s->due > now) {
			next = s->due - now < next ? s->due - now : next;
			continue;
		}
		token = graph_auth_token(p->auth, err);
		if (!token)
			return 0;
		s->generation = graph_auth_generation(p->auth);
		s->began = now;
		s->flying = true;
		p->requests++;
		http_get(p->http, s->walk.asking ? s->walk.asking
		         : s->walk.url, token, s->connection, i);
	}
	return next;
}

static void
show(struct graph_pool *p)
{
	double left = p->pace.hold - progress_clock();

	if (left > 0)
		progress_detail(p->progress, "throttled, %.0f s to wait", left);
	else if (p->pace.throttled > 0)
		progress_detail(p->progress, "%zu at once, was throttled for "
		                "%.0f s", http_pending(p->http),
		                p->pace.throttled);
	else
		progress_detail(p->progress, "%zu at once",
		                http_pending(p->http));
}

int
graph_pool_run(struct graph_pool *p, struct graph_watcher *watcher,
               struct err *err)
{
	p->watcher = watcher;
	for (;;) {
		const struct http_answer *a;
		double wait;

		if (interrupt_came())
			return err_network(err, "interrupted");
		fill(p);
		if (!p->active)
			return 0;
		wait = start(p, progress_clock(), err);
		if (err->text[0])
			return -1;
		show(p);
		if (http_pending(p->http))
			a = http_next(p->http, wait < nap ? wait : nap);
		else
			progress_wait(wait), a = NULL;
		if (a && settle(p, a, err) < 0)
			return -1;
	}
}
