/*
 * The order of a collection of a tenant: sign in, carry over, read, and close
 * what had not ended.
 */
#include "collect/tenant/tenant_collect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/record.h"
#include "base/utf8.h"
#include "collect/graph/graph.h"
#include "collect/live/live.h"
#include "collect/snapshot/snapshot.h"
#include "collect/tenant/tenant_end.h"
#include "collect/tenant/tenant_run.h"
#include "collect/tenant/tenant_since.h"
#include "collect/tenant/tenant_walks.h"

static int
open_old(struct tenant_run *run, struct err *err)
{
	const struct tenant_order *o = run->order;
	const struct earlier_word words[] = {
		{ .key = "graph", .option = "--graph-url",
		  .value = o->login.graph_url },
		{ .key = "tenant", .option = "--tenant",
		  .value = o->login.tenant, .same = utf8_same_folded },
	};

	if (!o->resume && !o->since)
		return 0;
	run->old = earlier_open(o->resume ? o->output : o->since, SIDE_TENANT,
	                        o->resume ? EARLIER_RESUME : EARLIER_SINCE,
	                        words, sizeof(words) / sizeof(words[0]), err);
	return run->old ? 0 : -1;
}

/* Whose the older snapshot is; what is read now must be of the same tenant. */
static int
learn_organization(struct tenant_run *run, struct err *err)
{
	struct section_reader *reader;
	struct record *r;
	const char *id;
	int rc;

	if (!run->old)
		return 0;
	reader = section_open(run->old, TENANT_ORGANIZATION, err);
	if (!reader)
		return -1;
	r = record_new();
	rc = section_next(reader, r, err);
	id = rc > 0 ? record_text(r, "id") : NULL;
	if (id)
		snprintf(run->organization, sizeof(run->organization), "%s",
		         id);
	record_free(r);
	section_close(reader);
	return rc < 0 ? -1 : 0;
}

/* Whether an older run has the section whole. */
static int
carry_whole(struct tenant_run *run, struct err *err)
{
	for (size_t i = 0; i < graph_query_count(); i++) {
		enum section s = graph_query_at(i)->section;

		/* The tenant is asked who it is in any case. */
		if (run->tallies[s].finished || s == TENANT_ORGANIZATION ||
		    snapshot_state(run->old, s) != SECTION_COMPLETE)
			continue;
		if (tenant_since_carry(run, s, err) < 0)
			return -1;
		run->tallies[s].finished = true;
		if (snapshot_finish(run->writer, s, run->collected, err) < 0)
			return -1;
	}
	return 0;
}

static void
note_request(struct tenant_run *run)
{
	const struct tenant_order *o = run->order;
	char *note;

	snapshot_request(run->writer, "graph", o->login.graph_url);
	if (o->login.tenant)
		snapshot_request(run->writer, "tenant", o->login.tenant);
	run->links = o->links ||
		(o->resume && snapshot_requested(run->old, "deltaLinks"));
	if (run->links)
		snapshot_request(run->writer, "deltaLinks", "kept");
	if (!o->since)
		return;
	snapshot_request(run->writer, "since", o->since);
	note = xasprintf(snapshot_delta_link(run->old, TENANT_USERS)
	                 ? "Read as differences from %s where Graph tells them"
	                 : "Everything was read again: %s has no links to "
	                 "later changes", snapshot_name(run->old));
	progress_say(run->progress, "%s", note);
	snapshot_note(run->writer, note);
	free(note);
}

/* What had not ended when the run did. */
static int
close_sections(struct tenant_run *run, struct err *err)
{
	for (size_t i = 0; i < graph_query_count(); i++) {
		enum section s = graph_query_at(i)->section;

		if (run->tallies[s].finished)
			continue;
		run->tallies[s].finished = true;
		tenant_run_cover(run, graph_query_at(i));
		snapshot_partial(run->writer, s, run->end.text);
		if (tenant_since_keep_more(run, s, err) < 0)
			return -1;
	}
	return 0;
}

/* Whether there is anything but refusals. */
static bool
has_any(const struct tenant_run *run)
{
	for (size_t i = 0; i < graph_query_count(); i++)
		if (snapshot_count(run->writer, graph_query_at(i)->section))
			return true;
	return false;
}

static enum exit_code
finish(struct tenant_run *run, struct err *err)
{
	struct snapshot_writer *w = run->writer;
	bool partial, any = has_any(run);

	if (!run->end.text[0] && !any)
		run->end = run->missing;
	if (!any && run->end.text[0]) {
		*err = run->end;
		return err->code;
	}
	run->writer = NULL;
	if (snapshot_commit_listed(w, run->collected, &partial, err) < 0)
		return err->code;
	if (run->end.text[0]) {
		*err = run->end;
		err_add(err, "; what was read is in %s, and --resume goes on",
		        run->order->output);
		return err->code;
	}
	if (!any)
		err_auth(err, "%s: no list may be read; --dry-run tells the "
		         "permissions", run->order->login.graph_url);
	return !any ? EXIT_AUTH : partial ? EXIT_PARTIAL : EXIT_DONE;
}

/* Reads all; 0, also when it ended early, or -1 with ERR filled. */
static int
read_all(struct tenant_run *run, struct http *http, struct graph_auth *auth,
         struct err *err)
{
	const struct tenant_order *o = run->order;
	const struct graph_pool_settings set = {
		.base = o->login.graph_url, .at_once = o->at_once,
		.tries = o->tries, .patience = o->login.patience,
	};
	struct graph_pool *pool = graph_pool_new(&set, http, auth,
	                                         run->progress);
	struct err why = { 0 };
	int rc;

	progress_begin(run->progress, "tenant");
	rc = graph_pool_run(pool, &run->watcher, &why);
	progress_end(run->progress);
	if (graph_pool_throttled(pool) > 0)
		progress_say(run->progress, "%ld requests; the service made "
		             "us wait for %.0f s",
		             graph_pool_requests(pool),
		             graph_pool_throttled(pool));
	graph_pool_free(pool);
	if (rc == 0)
		return 0;
	if (why.code == EXIT_AUTH || why.code == EXIT_NETWORK) {
		run->end = why;
		return close_sections(run, err);
	}
	*err = why;
	return -1;
}

static enum exit_code
collect(struct tenant_run *run, struct err *err)
{
	const struct tenant_order *o = run->order;
	struct http *http = NULL;
	struct graph_auth *auth = NULL;
	enum exit_code code = EXIT_INTERNAL;

	if (open_old(run, err) < 0 || learn_organization(run, err) < 0)
		return err->code;
	http = http_open(&o->http, err);
	if (http)
		auth = graph_auth_new(http, &o->login, run->progress);
	/* A sign-in that fails leaves nothing behind. */
	if (auth && graph_auth_token(auth, err))
		run->writer = snapshot_create(o->output, o->resume
		                              ? FOLDER_REPLACE : o->mode, err);
	if (run->writer) {
		snapshot_pack(run->writer, o->packing);
		run->collected = o->resume ? snapshot_collected(run->old)
		                           : (when_t)time(NULL);
		note_request(run);
		if ((!o->resume || carry_whole(run, err) == 0) &&
		    tenant_end_ready(run, err) == 0 &&
		    read_all(run, http, auth, err) == 0)
			code = finish(run, err);
	}
	graph_auth_free(auth);
	http_close(http);
	return err->text[0] ? err->code : code;
}

enum exit_code
tenant_collect(const struct tenant_order *order, struct err *err)
{
	struct tenant_run run = { .order = order };
	enum exit_code code;

	interrupt_watch();
	tenant_run_init(&run);
	tenant_walks_watch(&run);
	run.progress = progress_new(order->progress, 0);
	code = collect(&run, err);
	snapshot_abort(run.writer);
	snapshot_close(run.old);
	progress_free(run.progress);
	tenant_run_release(&run);
	return code;
}
