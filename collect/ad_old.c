/* An older snapshot. */
#include "collect/ad_old.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/record.h"
#include "base/utf8.h"

static bool
has_manifest(const char *folder)
{
	char *path = path_join(folder, SNAPSHOT_MANIFEST);
	bool found = access(path, F_OK) == 0;

	free(path);
	return found;
}

/* A kill left no time to give the folder its name. */
static void
recover(const char *output)
{
	char *work = xasprintf("%s.unfinished", output);

	if (!has_manifest(output) && has_manifest(work))
		rename(work, output);
	free(work);
}

static bool
same_text(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

static int
check_request(const struct snapshot *old, const char *path,
              const struct ad_settings *set, struct err *err)
{
	const struct {
		const char *key, *option, *value;
		bool (*same)(const char *a, const char *b);
	} words[] = {
		{ "base", "--base", set->base, utf8_same_folded },
		{ "filter", "--filter", set->filter, same_text },
		{ "domains", "--domain", set->domains, utf8_same_folded },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const char *was = snapshot_requested(old, words[i].key);
		const char *now = words[i].value;

		if (was && now ? !words[i].same(was, now) : was != now)
			return err_usage(err, "%s: was collected %s %s%s%s; "
			                 "want the same now", path,
			                 was ? "with" : "without",
			                 words[i].option, was ? " " : "",
			                 was ? was : "");
	}
	return 0;
}

/*
 * A run that was to replace PATH and was killed is beside it: which of the two
 * is meant, only the user knows. A resumed one has the time of what it resumes.
 */
static int
check_beside(const struct snapshot *old, const char *path, struct err *err)
{
	char *work = xasprintf("%s.unfinished", path);
	struct err ignored = { 0 };
	struct snapshot *other = has_manifest(work)
		? snapshot_open(work, &ignored) : NULL;
	int rc = 0;

	if (other && snapshot_collected(other) != snapshot_collected(old))
		rc = err_usage(err, "%s: is left of another run that did not "
		               "end; move it or %s away to say which one to "
		               "resume", work, path);
	snapshot_close(other);
	free(work);
	return rc;
}

struct snapshot *
ad_old_open(const struct ad_order *order, struct err *err)
{
	const char *path = order->resume ? order->output : order->since;
	struct snapshot *old;

	if (order->resume)
		recover(path);
	if (order->resume && !has_manifest(path)) {
		err_usage(err, "%s: there is nothing to resume", path);
		return NULL;
	}
	old = snapshot_open(path, err);
	if (!old)
		return NULL;
	if (!snapshot_is_live(old)) {
		err_usage(err, "%s: was not collected from a live AD; want a "
		          "snapshot of \"collect ad\"", path);
	} else if (check_request(old, path, &order->ad, err) == 0 &&
	           (!order->resume || check_beside(old, path, err) == 0)) {
		return old;
	}
	snapshot_close(old);
	return NULL;
}

int
ad_old_check(const struct snapshot *old, const struct ad_forest *f,
             struct err *err)
{
	struct snapshot_server was;

	for (size_t i = 0; snapshot_server_at(old, i, &was) == 0; i++) {
		size_t k = 0;

		while (k < f->count && was.domain &&
		       ascii_casecmp(f->domains[k].dn, was.domain) != 0)
			k++;
		if (k == f->count)
			return err_usage(err, "%s: is of the domain %s, which "
			                 "is not in the forest of %s",
			                 snapshot_name(old), was.domain,
			                 f->domains[0].dn);
	}
	return 0;
}

bool
ad_old_is_same(const struct snapshot_server *facts,
               const struct ad_server *server)
{
	const char *host = server->host ? server->host : server->url;

	return facts->host && ascii_casecmp(facts->host, host) == 0 &&
	       facts->invocation && server->invocation &&
	       strcmp(facts->invocation, server->invocation) == 0;
}

/* Goes through a section; SINCE may be NULL: everything holds. */
static int
copy(struct snapshot_writer *w, const struct snapshot *old, enum section s,
     struct ad_since *since, struct err *err)
{
	struct section_reader *reader = section_open(old, s, err);
	struct record *r = record_new();
	int rc = reader ? 0 : -1;

	while (rc >= 0 && (rc = section_next(reader, r, err)) > 0) {
		const struct record *kept = since ? ad_since_keep(since, r)
		                                  : r;

		if (kept)
			rc = snapshot_put(w, s, kept, err);
	}
	record_free(r);
	section_close(reader);
	return rc;
}

int
ad_old_carry(struct snapshot_writer *w, const struct snapshot *old,
             enum section s, struct err *err)
{
	snapshot_asked(w, s);
	return copy(w, old, s, NULL, err);
}

bool
ad_old_is_merged(enum section s)
{
	return s == AD_USERS || s == AD_GROUPS || s == AD_CONTACTS ||
	       s == AD_COMPUTERS || s == AD_CONTAINERS || s == AD_OTHER;
}

int
ad_old_merge(struct snapshot_writer *w, const struct snapshot *old,
             enum section s, struct ad_since *since, struct err *err)
{
	return copy(w, old, s, since, err);
}
