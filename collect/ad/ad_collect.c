/*
 * The order of a collection of a forest: sign in, learn changes, go through the
 * sections, and note what readers of the snapshot should know.
 */
#include "collect/ad/ad_collect.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/mem.h"
#include "base/record.h"
#include "collect/ad/ad_carry.h"
#include "collect/ad/ad_changes.h"
#include "collect/ad/ad_exchange.h"
#include "collect/ad/ad_forest.h"
#include "collect/ad/ad_old.h"
#include "collect/ad/ad_run.h"
#include "collect/ad/ad_since.h"

static bool
has_settings(const struct ad_run *run)
{
	return run->forest.domains[0].server.config != NULL;
}

/* What an earlier run had of a section, whole or not. */
static int
carry(struct ad_run *run, enum section s, struct err *err)
{
	const char *why = snapshot_reason(run->old, s);
	const char *const *names;
	enum cover cover;
	size_t n;

	snapshot_restart(run->writer, s);
	if (ad_carry_whole(run->writer, run->old, s, err) < 0)
		return -1;
	if (snapshot_state(run->old, s) != SECTION_COMPLETE)
		snapshot_partial(run->writer, s, why ? why : "not read whole");
	cover = snapshot_coverage(run->old, s, &names, &n);
	snapshot_cover(run->writer, s, cover, names, n);
	return 0;
}

/* Reads or carries over a section, as far as that goes now. */
static int
take_section(struct ad_run *run, enum section s, struct err *err)
{
	bool had = run->order->resume &&
		snapshot_state(run->old, s) != SECTION_NOT_ASKED;

	if (had && (snapshot_state(run->old, s) == SECTION_COMPLETE ||
	            run->end.text[0]))
		return carry(run, s, err);
	if (run->end.text[0])
		return 0;
	if (ad_run_section(run, s, err) < 0)
		return -1;
	if (had && run->end.text[0] &&
	    snapshot_objects(run->old, s) > snapshot_count(run->writer, s))
		return carry(run, s, err);
	return 0;
}

/* Whether differences turned out not to do, so that all begins anew. */
static bool
is_torn(const struct ad_run *run)
{
	return run->since && !run->end.text[0] && ad_since_torn(run->since);
}

static int
read_sections(struct ad_run *run, struct err *err)
{
	enum section s = SECTION_COUNT;

	for (size_t i = 0; i < ad_query_count(); i++) {
		if (ad_query_at(i)->section == s)
			continue;
		s = ad_query_at(i)->section;
		if (ad_query_at(i)->place != PLACE_DOMAIN &&
		    !has_settings(run))
			continue;
		if (take_section(run, s, err) < 0)
			return -1;
		if (is_torn(run))
			return 0;
		if (s == AD_EXCHANGE && !run->end.text[0])
			ad_exchange_check(run);
		if (!run->end.text[0] &&
		    snapshot_finish(run->writer, s, run->collected, err) < 0)
			return -1;
	}
	return 0;
}

/* Who was asked, for the manifest and for the next differences. */
static void
note_server(struct ad_run *run, struct ad_domain *d)
{
	char *cookie = ad_changes_cookie(&run->reader, d, run->old);
	struct snapshot_server facts = {
		.domain = d->dn, .invocation = d->server.invocation,
		.host = d->server.host ? d->server.host : d->server.url,
		.usn = d->server.usn, .cookie = cookie,
	}, before;

	/* What was carried over is as old as the run that read it. */
	if (run->order->resume) {
		if (snapshot_server_of(run->old, d->dn, &before) == 0 &&
		    ad_old_is_same(&before, &d->server)) {
			facts.usn = before.usn;
			facts.cookie = before.cookie;
		} else {
			facts.usn = facts.cookie = NULL;
		}
	}
	snapshot_server(run->writer, &facts);
	free(cookie);
}

/* Events are dated by the servers' clocks, the snapshot by ours. */
static void
note_clock(struct ad_run *run, const struct ad_server *server)
{
	enum { MUCH = 5 * 60 };
	int y, mo, d, h, mi, s;
	when_t theirs;
	char *note;

	if (!server->time ||
	    sscanf(server->time, "%4d%2d%2d%2d%2d%2d", &y, &mo, &d, &h, &mi,
	           &s) != 6 ||
	    when_from_civil(&theirs, y, mo, d, h, mi, s) < 0 ||
	    llabs((long long)(theirs - (when_t)time(NULL))) <= MUCH)
		return;
	note = xasprintf("The clock of %s and that of the collecting machine "
	                 "differ by %lld minutes",
	                 server->host ? server->host : server->url,
	                 llabs((long long)(theirs - (when_t)time(NULL))) / 60);
	progress_say(run->reader.progress, "%s", note);
	snapshot_note(run->writer, note);
	free(note);
}

static void
note_request(struct ad_run *run)
{
	const struct ad_settings *set = run->reader.set;
	const struct { const char *key, *value; } words[] = {
		{ "base", set->base }, { "filter", set->filter },
		{ "domains", set->domains }, { "since", run->order->since },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i].value)
			snapshot_request(run->writer, words[i].key,
			                 words[i].value);
	if (!run->forest.domains[0].server.is_ad)
		snapshot_note(run->writer, "The server does not say that it "
		              "is an Active Directory");
}

/* 0, or -1 with ERR or WHY filled. */
static int
learn_changes(struct ad_run *run, struct ldap_failure *why, struct err *err)
{
	long attempt = 0;

	progress_begin(run->reader.progress, "changes");
	do {
		run->since = ad_since_open(&run->reader, &run->forest,
		                           run->old, why, err);
		if (run->since || err->text[0])
			break;
		for (size_t i = 0; i < run->forest.count; i++)
			if (why->fate == FATE_LOST)
				ad_domain_drop(&run->forest.domains[i]);
	} while (ad_retry(&run->reader, &run->forest.domains[0], attempt++,
	                  why));
	progress_end(run->reader.progress);
	return run->since ? 0 : -1;
}

/* Goes by differences; a full reading takes their place if need be. */
static int
open_since(struct ad_run *run, struct err *err)
{
	struct ldap_failure why = { 0 };
	char *obstacle = run->torn ? xstrdup(run->torn)
		: ad_since_obstacle(run->old, &run->forest);

	if (!obstacle && learn_changes(run, &why, err) < 0) {
		if (err->text[0])
			return -1;
		/* Nothing is read, neither so nor anew. */
		if (why.fate == FATE_STOPPED)
			return ldap_err(err, "changes", &why);
		obstacle = xstrdup(why.text);
	}
	run->way = obstacle
		? xasprintf("Everything was read again: %s", obstacle)
		: xasprintf("Read as differences from %s, %s",
		            snapshot_name(run->old),
		            ad_since_way(run->since));
	progress_say(run->reader.progress, "%s", run->way);
	free(obstacle);
	return 0;
}

/*
 * A reading is no transaction: what got another name meanwhile was read under
 * the old name in one place and under the new one in another. The next
 * differences cure that, so here it is only told.
 */
static void
note_moved(struct ad_run *run, struct ad_domain *d)
{
	struct snapshot_server from = { .usn = d->server.usn }, was;
	struct ldap_failure why;
	long moved;
	char *note;

	if (!d->server.is_ad || !from.usn)
		return;
	if (run->order->resume &&
	    snapshot_server_of(run->old, d->dn, &was) == 0 &&
	    was.usn && ad_old_is_same(&was, &d->server))
		from.usn = was.usn;
	moved = ad_changes_moved(&run->reader, d, &from, &why);
	if (moved == 0)
		return;
	note = moved < 0 ? xasprintf("It could not be asked whether something "
	                             "was renamed in %s while it was read: "
	                             "%s", d->dns, why.text)
		: xasprintf("While %s was read, %ld of its objects were "
		            "renamed, moved or deleted: other objects may "
		            "name them as before", d->dns, moved);
	snapshot_note(run->writer, note);
	free(note);
}

static void
note_way(struct ad_run *run)
{
	if (run->way)
		snapshot_note(run->writer, run->way);
	for (size_t i = 0; i < run->forest.count && !run->end.text[0]; i++)
		if (run->forest.domains[i].wanted &&
		    !run->forest.domains[i].reason)
			note_moved(run, &run->forest.domains[i]);
}

static int
check_any(const struct ad_run *run, struct err *err)
{
	for (int s = 0; s < SECTION_COUNT; s++)
		if (snapshot_written_state(run->writer, (enum section)s) !=
		    SECTION_NOT_ASKED &&
		    snapshot_count(run->writer, (enum section)s))
			return 0;
	if (run->end.text[0])
		*err = run->end;
	else
		err_input(err, "%s: there is nothing to collect that the "
		          "account may read",
		          run->forest.domains[0].server.url);
	return -1;
}

static enum exit_code
finish(struct ad_run *run, struct err *err)
{
	struct snapshot_writer *w = run->writer;
	bool partial, refused = false, lost = false;

	run->writer = NULL;
	if (snapshot_commit_listed(w, run->collected, &partial, err) < 0)
		return err->code;
	for (size_t i = 0; i < run->forest.count; i++) {
		struct ad_domain *d = &run->forest.domains[i];

		refused = refused || (d->reason && d->refused);
		lost = lost || (d->reason && !d->refused);
	}
	if (run->end.text[0]) {
		*err = run->end;
		err_add(err, "; what was read is in %s, and --resume goes on",
		        run->order->output);
		return err->code;
	}
	return refused ? EXIT_AUTH : lost ? EXIT_NETWORK
		: partial ? EXIT_PARTIAL : EXIT_DONE;
}

static enum exit_code
collect(struct ad_run *run, struct err *err)
{
	const struct ad_order *order = run->order;

	if ((order->resume || order->since) &&
	    !(run->old = ad_old_open(order, err)))
		return err->code;
	if (ad_forest_open(&run->forest, &order->ad, err) < 0 ||
	    (run->old && ad_old_check(run->old, &run->forest, err) < 0))
		return err->code;
	run->writer = snapshot_create(order->output, order->resume
	                              ? FOLDER_REPLACE : order->mode, err);
	if (!run->writer)
		return err->code;
	snapshot_pack(run->writer, order->packing);
	run->collected = order->resume ? snapshot_collected(run->old)
	                               : (when_t)time(NULL);
	for (size_t i = 0; i < run->forest.count; i++)
		if (run->forest.domains[i].wanted &&
		    !run->forest.domains[i].reason)
			note_server(run, &run->forest.domains[i]);
	note_request(run);
	note_clock(run, &run->forest.domains[0].server);
	if (order->since && open_since(run, err) < 0)
		return err->code;
	if (read_sections(run, err) < 0)
		return err->code;
	if (is_torn(run))
		return EXIT_NETWORK;
	if (check_any(run, err) < 0)
		return err->code;
	note_way(run);
	return finish(run, err);
}

/* The reader stays. */
static void
close_run(struct ad_run *run)
{
	snapshot_abort(run->writer);
	snapshot_close(run->old);
	ad_since_free(run->since);
	ad_forest_close(&run->forest);
	free(run->way);
	run->writer = NULL;
	run->old = NULL;
	run->since = NULL;
	run->way = NULL;
}

enum exit_code
ad_collect(const struct ad_order *order, struct err *err)
{
	struct ad_run run = {
		.order = order,
		.reader = { .set = &order->ad, .page = order->ad.page },
	};
	enum exit_code code;

	run.reader.progress = progress_new(order->progress, order->ad.rate);
	run.reader.record = record_new();
	code = collect(&run, err);
	/* Also the place from which the next differences are told. */
	if (!err->text[0] && is_torn(&run)) {
		run.torn = xstrdup(ad_since_torn(run.since));
		close_run(&run);
		code = collect(&run, err);
	}
	close_run(&run);
	free(run.torn);
	record_free(run.reader.record);
	progress_free(run.reader.progress);
	return code;
}
