/* What a tenant's snapshot takes over from an older one. */
#include "collect/tenant/tenant_since.h"

#include <stdlib.h>

#include "base/guid.h"
#include "base/mem.h"
#include "base/record.h"
#include "collect/tenant/tenant_run.h"

enum { MUCH = 1000, MUCH_PART = 4 };

static bool
has_id(const struct guid_set *set, const struct record *r, const char *name)
{
	const char *id = record_text(r, name);
	struct guid guid;

	return id && guid_parse(&guid, id) == 0 &&
	       guid_set_has(set, &guid);
}

static struct tenant_list *
list_of(struct tenant_run *run, enum section s)
{
	size_t i = 0;

	while (graph_query_at(i)->section != s)
		i++;
	return tenant_run_list(run, graph_query_at(i));
}

bool
tenant_since_is_much(const struct tenant_run *run, const struct graph_query *q)
{
	size_t n = tenant_run_list(run, q)->changed.count;
	uint64_t old = snapshot_objects(run->old, q->section);

	return n > MUCH && n > old / MUCH_PART;
}

/* What is done with each object of an older section. */
typedef int keep(struct tenant_run *run, enum section s,
                 const struct record *r, struct err *err);

static int
each(struct tenant_run *run, enum section s, keep *use, struct err *err)
{
	struct section_reader *reader = section_open(run->old, s, err);
	struct record *r = record_new();
	int rc = reader ? 0 : -1;

	while (rc >= 0 && (rc = section_next(reader, r, err)) > 0)
		rc = use(run, s, r, err);
	record_free(r);
	section_close(reader);
	return rc;
}

static int
keep_whole(struct tenant_run *run, enum section s, const struct record *r,
           struct err *err)
{
	tenant_run_note_owner(run, s, r);
	return snapshot_put(run->writer, s, r, err);
}

static void
cover_as_old(struct tenant_run *run, enum section s)
{
	const char *const *names;
	size_t n;
	enum cover cover = snapshot_coverage(run->old, s, &names, &n);

	snapshot_cover(run->writer, s, cover, names, n);
}

int
tenant_since_carry(struct tenant_run *run, enum section s, struct err *err)
{
	snapshot_asked(run->writer, s);
	if (snapshot_delta_link(run->old, s))
		snapshot_delta(run->writer, s,
		               snapshot_delta_link(run->old, s));
	cover_as_old(run, s);
	return each(run, s, keep_whole, err);
}

static int
keep_plain(struct tenant_run *run, enum section s, const struct record *r,
           struct err *err)
{
	return snapshot_put(run->writer, s, r, err);
}

int
tenant_since_keep_more(struct tenant_run *run, enum section s,
                       struct err *err)
{
	const char *why = snapshot_written_reason(run->writer, s);
	char *reason;
	int rc;

	if (!run->order->resume ||
	    snapshot_objects(run->old, s) <= snapshot_count(run->writer, s))
		return 0;
	reason = xstrdup(why ? why : "not read whole");
	snapshot_restart(run->writer, s);
	rc = each(run, s, keep_plain, err);
	cover_as_old(run, s);
	snapshot_partial(run->writer, s, reason);
	free(reason);
	return rc;
}

static int
keep_unchanged(struct tenant_run *run, enum section s, const struct record *r,
               struct err *err)
{
	if (has_id(&list_of(run, s)->changed, r, "id"))
		return 0;
	tenant_run_note_owner(run, s, r);
	return snapshot_put(run->writer, s, r, err);
}

int
tenant_since_merge(struct tenant_run *run, const struct graph_query *q,
                   struct err *err)
{
	struct id_queue changed = { 0 };

	/* Groups that did not change are asked for members only if need be. */
	if (q->section == TENANT_GROUPS) {
		changed = run->owners[OWNER_GROUP];
		run->owners[OWNER_GROUP] = (struct id_queue){ 0 };
	}
	if (each(run, q->section, keep_unchanged, err) < 0) {
		id_queue_release(&changed);
		return -1;
	}
	if (q->section == TENANT_GROUPS) {
		run->unchanged = run->owners[OWNER_GROUP];
		run->owners[OWNER_GROUP] = changed;
	}
	cover_as_old(run, q->section);
	run->merged[q->section] = true;
	return 0;
}

/* A user that was restored may be a member again, which groups do not tell. */
static int
note_restored(struct tenant_run *run, enum section s, const struct record *r,
              struct err *err)
{
	struct tenant_list *users = list_of(run, TENANT_USERS);

	(void)s, (void)err;
	if (has_id(&users->changed, r, "id") &&
	    !has_id(&users->removed, r, "id"))
		run->restored = true;
	return 0;
}

static int
keep_membership(struct tenant_run *run, enum section s, const struct record *r,
                struct err *err)
{
	if (has_id(&list_of(run, TENANT_GROUPS)->changed, r, "groupId") ||
	    has_id(&list_of(run, TENANT_USERS)->removed, r, "id") ||
	    has_id(&list_of(run, TENANT_CONTACTS)->removed, r, "id") ||
	    has_id(&list_of(run, TENANT_GROUPS)->removed, r, "id"))
		return 0;
	return snapshot_put(run->writer, s, r, err);
}

/* Whether memberships of groups that did not change can be taken over. */
static bool
may_keep_members(struct tenant_run *run)
{
	return run->merged[TENANT_USERS] && run->merged[TENANT_CONTACTS] &&
	       snapshot_state(run->old, TENANT_GROUP_MEMBERS) ==
	       SECTION_COMPLETE && !run->restored &&
	       snapshot_state(run->old, TENANT_DELETED_USERS) ==
	       SECTION_COMPLETE;
}

int
tenant_since_members(struct tenant_run *run, struct err *err)
{
	struct id_named owner;

	run->members_decided = true;
	if (!run->merged[TENANT_GROUPS])
		return 0;
	if (run->merged[TENANT_USERS] &&
	    each(run, TENANT_DELETED_USERS, note_restored, err) < 0)
		return -1;
	if (may_keep_members(run)) {
		snapshot_asked(run->writer, TENANT_GROUP_MEMBERS);
		cover_as_old(run, TENANT_GROUP_MEMBERS);
		return each(run, TENANT_GROUP_MEMBERS, keep_membership, err);
	}
	snapshot_note(run->writer, "The members of all groups were read again: "
	              "not all changes that concern them can be told");
	while (id_queue_take(&run->unchanged, &owner))
		id_queue_put(&run->owners[OWNER_GROUP], owner.id, owner.name);
	return 0;
}
