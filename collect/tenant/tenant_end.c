/* What becomes of a section when its lists have ended. */
#include "collect/tenant/tenant_end.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/guid.h"
#include "base/mem.h"
#include "base/term.h"
#include "collect/tenant/tenant_gone.h"
#include "collect/tenant/tenant_run.h"
#include "collect/tenant/tenant_since.h"

enum {
	IN_A_ROW = 3,            /* failures that speak for the whole section */
	NOT_FOUND = 404,
};

/* The path as the user knows it, of one owner, who is named, or of all. */
static char *
sentence(const struct graph_walk *w, const struct graph_failure *f)
{
	const char *hole = strstr(w->query->path, "%s");

	if (!hole || !w->owner.id[0])
		return xasprintf("%s: %s", w->query->path, f->text);
	return xasprintf("\"%s\", %.*s%s%s: %s", w->owner.name[0]
	                 ? term_text(w->owner.name) : "without a name",
	                 (int)(hole - w->query->path), w->query->path,
	                 w->owner.id, hole + 2, f->text);
}

static void
note_denied(struct tenant_run *run, const struct graph_walk *w,
            const struct graph_failure *f)
{
	struct tenant_list *l = tenant_run_list(run, w->query);
	char *why = xasprintf("wants the permission %s: %s",
	                      w->query->permission, f->text);
	bool known = l->given_up;

	l->denied++;
	if (w->query->owner == OWNER_TENANT ||
	    (!l->good && l->denied >= IN_A_ROW))
		l->given_up = true;
	snapshot_refused(run->writer, w->query->section, why);
	if (l->given_up && !known)
		progress_say(run->progress, "%s: %s",
		             section_title(w->query->section), why);
	free(why);
}

/* The section's reason tells of the first one only. */
static void
name_lost(struct tenant_run *run, const struct graph_walk *w, const char *why)
{
	enum section s = w->query->section;
	char *note;

	if (run->tallies[s].named++ >= OWNERS_NAMED)
		return;
	note = xasprintf("%s: not read: %s", section_title(s), why);
	snapshot_note(run->writer, note);
	free(note);
}

static void
note_lost(struct tenant_run *run, const struct graph_walk *w,
          const struct graph_failure *f)
{
	struct tenant_list *l = tenant_run_list(run, w->query);
	char *why = sentence(w, f);
	bool known = l->given_up;
	struct err *why_not;

	if (++l->lost >= IN_A_ROW || w->query->owner == OWNER_TENANT)
		l->given_up = true;
	snapshot_partial(run->writer, w->query->section, why);
	if (!known)
		progress_say(run->progress, "%s", why);
	if (w->query->owner != OWNER_TENANT)
		name_lost(run, w, why);
	/* The service, or what seems to be it, did answer. */
	why_not = f->fate == GRAPH_ODD && f->status == NOT_FOUND
		? &run->missing : &run->end;
	if (!why_not->text[0])
		err_network(why_not, "%s", why);
	free(why);
}

/* The service does not know the list: that is no fault of the network. */
static void
note_missing(struct tenant_run *run, const struct graph_walk *w,
             const struct graph_failure *f)
{
	struct tenant_list *l = tenant_run_list(run, w->query);
	char *why = sentence(w, f);

	if (!l->given_up)
		progress_say(run->progress, "%s", why);
	if (w->query->owner == OWNER_TENANT ||
	    (!l->good && ++l->denied >= IN_A_ROW))
		l->given_up = true;
	snapshot_refused(run->writer, w->query->section, why);
	free(why);
}

static void
note_failure(struct tenant_run *run, const struct graph_walk *w,
             const struct graph_failure *f)
{
	/* A list of the tenant that Graph itself says it has not. */
	bool unknown = w->query->owner == OWNER_TENANT && f->code[0];

	if (f->fate == GRAPH_DENIED)
		note_denied(run, w, f);
	else if (f->fate == GRAPH_GONE)
		tenant_gone_note(run, w);
	else if (f->status && f->fate != GRAPH_AGAIN && w->pages == 0 &&
	         (f->fate != GRAPH_ODD || unknown))
		note_missing(run, w, f);
	else
		note_lost(run, w, f);
}

static void
note_anew(struct tenant_run *run, const struct graph_walk *w, const char *why)
{
	char *note = xasprintf("%s: read again: %s",
	                       section_title(w->query->section), why);

	progress_say(run->progress, "%s", note);
	snapshot_note(run->writer, note);
	free(note);
}

/* A property that this service lacks is not asked for again. */
static bool
learn_property(struct tenant_run *run, const struct graph_walk *w,
               const struct graph_failure *f)
{
	struct name_set *lacking = &run->tallies[w->query->section].lacking;

	if (f->fate != GRAPH_PROPERTY || w->pages ||
	    name_set_has(lacking, f->property))
		return false;
	name_set_add(lacking, f->property);
	return true;
}

/* Changes are whole when they end in a link to later ones. */
static void
end_changes(struct tenant_run *run, const struct graph_walk *w,
            const struct graph_failure *f)
{
	struct tenant_list *l = tenant_run_list(run, w->query);
	const char *why = f->fate != GRAPH_CAME ? f->text
		: !w->delta ? "the changes end without a link to later ones"
		: l->odd ? "a change has an id that is no GUID"
		: tenant_since_is_much(run, w->query) ? "much has changed"
		: NULL;

	if (why) {
		note_anew(run, w, why);
		id_queue_release(&l->objects);
		l->step = STEP_LINK;
		return;
	}
	snapshot_delta(run->writer, w->query->section, w->delta);
	l->step = STEP_OBJECTS;
}

static void
end_link(struct tenant_run *run, const struct graph_walk *w,
         const struct graph_failure *f)
{
	char *note;

	tenant_run_list(run, w->query)->step = STEP_LIST;
	if (f->fate == GRAPH_CAME && w->delta) {
		snapshot_delta(run->writer, w->query->section, w->delta);
		return;
	}
	note = xasprintf("%s: no link to later changes: %s",
	                 section_title(w->query->section),
	                 f->fate == GRAPH_CAME ? "the service gave none"
	                 : f->text);
	progress_say(run->progress, "%s", note);
	snapshot_note(run->writer, note);
	free(note);
}

/* On to the next step of a list of the tenant. */
static void
end_list(struct tenant_run *run, struct graph_walk *w,
         const struct graph_failure *f)
{
	struct tenant_list *l = tenant_run_list(run, w->query);

	l->begun = false;
	if (learn_property(run, w, f))
		return;
	if (w->aim == WALK_CHANGES) {
		end_changes(run, w, f);
	} else if (w->aim == WALK_LINK) {
		end_link(run, w, f);
	} else {
		l->step = STEP_DONE;
		if (f->fate != GRAPH_CAME)
			note_failure(run, w, f);
	}
}

/* An object that changed: read, or no more there. */
static void
end_object(struct tenant_run *run, const struct graph_walk *w,
           const struct graph_failure *f)
{
	struct tenant_tally *t = &run->tallies[w->query->section];
	struct tenant_list *l = tenant_run_list(run, w->query);
	struct guid id;

	/* Others that were under way had asked for the same property. */
	if (learn_property(run, w, f) ||
	    (f->fate == GRAPH_PROPERTY && t->again++ < t->lacking.count *
	     HTTP_AT_ONCE))
		id_queue_put(&l->objects, w->owner.id, w->owner.name);
	else if (f->fate == GRAPH_GONE && guid_parse(&id, w->owner.id) == 0)
		guid_set_add(&l->removed, &id);
	else if (f->fate != GRAPH_CAME)
		note_failure(run, w, f);
}

int
tenant_end_walk(struct graph_watcher *g, struct graph_walk *w,
                const struct graph_failure *f, struct err *err)
{
	struct tenant_run *run = (struct tenant_run *)g;
	struct tenant_tally *t = &run->tallies[w->query->section];

	t->open--;
	t->mended = t->mended || w->mended;
	if (f->fate == GRAPH_CAME) {
		tenant_run_list(run, w->query)->good++;
		tenant_run_list(run, w->query)->lost = 0;
	}
	if (w->aim == WALK_OBJECT)
		end_object(run, w, f);
	else if (w->query->owner == OWNER_TENANT)
		end_list(run, w, f);
	else if (f->fate != GRAPH_CAME)
		note_failure(run, w, f);
	return tenant_end_ready(run, err);
}

/* ---- sections ---- */

/* Whether nothing of the query is left to be read. */
static bool
is_through(struct tenant_run *run, const struct graph_query *q)
{
	struct tenant_list *l = tenant_run_list(run, q);
	enum section from = graph_owner_section(q->owner);

	if (q->owner != OWNER_TENANT)
		return run->tallies[from].finished &&
			(q->section != TENANT_GROUP_MEMBERS ||
			 run->members_decided) &&
			(l->given_up ||
			 (id_queue_is_empty(&run->owners[q->owner]) &&
			  id_queue_is_empty(&l->doubted)));
	return l->step == STEP_DONE ||
		(l->step == STEP_OBJECTS && id_queue_is_empty(&l->objects));
}

/* What the owners' own section lacks, the lists of owners lack as well. */
static void
inherit(struct tenant_run *run, const struct graph_query *q)
{
	enum section from = graph_owner_section(q->owner);
	enum section_state state;
	char *why;

	if (from == SECTION_COUNT)
		return;
	state = snapshot_written_state(run->writer, from);
	if (state == SECTION_COMPLETE)
		return;
	why = xasprintf("%s: %s", section_title(from),
	                snapshot_written_reason(run->writer, from)
	                ? snapshot_written_reason(run->writer, from)
	                : "not read whole");
	if (state == SECTION_REFUSED)
		snapshot_refused(run->writer, q->section, why);
	else
		snapshot_partial(run->writer, q->section, why);
	free(why);
}

static void
note_oddities(struct tenant_run *run, enum section s)
{
	struct tenant_tally *t = &run->tallies[s];
	char *note;

	if (t->gone > OWNERS_NAMED) {
		note = xasprintf("%s: %ld objects were gone when their lists "
		                 "were asked for", section_title(s), t->gone);
		snapshot_note(run->writer, note);
		free(note);
	}
	if (t->mended) {
		note = xasprintf("%s: some answers were no strict JSON; what "
		                 "was no text is U+FFFD", section_title(s));
		snapshot_note(run->writer, note);
		free(note);
	}
	for (size_t i = 0; i < t->lacking.count; i++) {
		note = xasprintf("%s: this service has no property %s",
		                 section_title(s), t->lacking.names[i]);
		snapshot_note(run->writer, note);
		free(note);
	}
}

static int
finish(struct tenant_run *run, enum section s, struct err *err)
{
	struct tenant_tally *t = &run->tallies[s];

	for (size_t i = 0; i < graph_query_count(); i++) {
		const struct graph_query *q = graph_query_at(i);

		if (q->section != s)
			continue;
		if (q->owner == OWNER_TENANT &&
		    tenant_run_list(run, q)->step == STEP_OBJECTS &&
		    tenant_since_merge(run, q, err) < 0)
			return -1;
		inherit(run, q);
		tenant_run_cover(run, q);
	}
	snapshot_asked(run->writer, s);
	if (snapshot_written_state(run->writer, s) != SECTION_COMPLETE &&
	    tenant_since_keep_more(run, s, err) < 0)
		return -1;
	note_oddities(run, s);
	t->finished = true;
	return snapshot_finish(run->writer, s, run->collected, err);
}

static bool
is_ready(struct tenant_run *run, enum section s)
{
	bool any = false;

	for (size_t i = 0; i < graph_query_count(); i++) {
		const struct graph_query *q = graph_query_at(i);

		if (q->section != s)
			continue;
		any = true;
		if (!is_through(run, q))
			return false;
	}
	return any && !run->tallies[s].open && !run->tallies[s].finished &&
		tenant_gone_settle(run, s);
}

int
tenant_end_ready(struct tenant_run *run, struct err *err)
{
	for (size_t i = 0; i < graph_query_count(); i++) {
		enum section s = graph_query_at(i)->section;

		if (!run->members_decided &&
		    run->tallies[TENANT_GROUPS].finished &&
		    run->tallies[TENANT_USERS].finished &&
		    run->tallies[TENANT_CONTACTS].finished &&
		    tenant_since_members(run, err) < 0)
			return -1;
		if (is_ready(run, s) && finish(run, s, err) < 0)
			return -1;
	}
	return 0;
}
