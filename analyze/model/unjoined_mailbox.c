/* Linked mailboxes that are not joined with their masters. */
#include "analyze/model/model.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/policy/policy.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/sid.h"
#include "base/utf8.h"

static int
by_mailbox(const void *a, const void *b)
{
	const struct mailbox_apart *x = a, *y = b;

	if (x->mailbox != y->mailbox)
		return x->mailbox < y->mailbox ? -1 : 1;
	return x->master < y->master ? -1 : x->master > y->master;
}

static const struct mailbox_apart *
apart_of(const struct unjoined_mailboxes *s, uint32_t mailbox)
{
	size_t low = 0, high = s->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (s->items[mid].mailbox < mailbox)
			low = mid + 1;
		else
			high = mid;
	}
	return low < s->count && s->items[low].mailbox == mailbox
		? &s->items[low] : NULL;
}

/* ---- what was not read ---- */

/* What lacks of the users of a domain, to know whom it has; or NULL. */
static const char *
lack_of(struct model_part p)
{
	const char *sid = attr_name(SIDE_AD, ATTR_SID);

	if (!part_complete(p, AD_USERS) || part_is_filtered(p, AD_USERS))
		return "users";
	return part_lines(p, AD_USERS) &&
	       (!part_covers(p, AD_USERS, ATTR_SID) ||
	        part_lack(p, AD_USERS, sid).objects)
		? "objectSid of users" : NULL;
}

static void
add_lack(struct buf *text, const char *what, const char *of)
{
	buf_addf(text, "%s%s of %s", text->len ? ", " : "", what,
	         *of ? of : "objects without a DN");
}

static void
look_at_domains(const struct model *m, struct unjoined_mailboxes *s,
                struct buf *text)
{
	for (size_t i = 0; i < m->domains.count; i++) {
		const struct domain *d = &m->domains.items[i];
		const char *lacks = d->present
			? lack_of((struct model_part){ m, d }) : NULL;

		s->lacking[i] = lacks != NULL;
		if (lacks)
			add_lack(text, lacks, d->name);
	}
}

static bool
is_read(const struct model *m, const struct policy *entry)
{
	for (size_t i = 0; i < m->domains.forest_count; i++)
		if (m->domains.forests[i].policy == entry)
			return true;
	return false;
}

static void
look_at_forests(const struct model *m, struct unjoined_mailboxes *s,
                struct buf *text)
{
	for (size_t i = 0; i < m->policy->forest_count; i++) {
		const struct policy *entry = &m->policy->forests[i];

		if (is_read(m, entry))
			continue;
		s->elsewhere = true;
		add_lack(text, "a snapshot", entry->forest);
	}
}

/* The domains that the forests of a snapshot name. */
static int
look_at_partitions(const struct model *m, const struct snapshot *from,
                   struct unjoined_mailboxes *s, struct buf *text,
                   struct err *err)
{
	struct buf domain = { 0 }, forest = { 0 };
	struct record_scan r;
	int rc;

	if (record_scan_open(&r, from, AD_FOREST, err) < 0)
		return -1;
	while ((rc = record_scan_next(&r, err)) > 0) {
		if (!snapshot_crossref(r.record, &domain, &forest) ||
		    domains_find(&m->domains, buf_text(&domain)))
			continue;
		s->elsewhere = true;
		add_lack(text, "a snapshot", buf_text(&domain));
	}
	record_scan_close(&r);
	buf_release(&domain);
	buf_release(&forest);
	return rc;
}

static const char unread[] = "whether the masters of all linked mailboxes are "
	"there is not known: lacks ";

static int
look_around(struct model *m, struct unjoined_mailboxes *s, struct err *err)
{
	struct buf text = { 0 };
	int rc = 0;

	s->lacking = arena_alloc(&m->arena, m->domains.count + 1);
	look_at_domains(m, s, &text);
	look_at_forests(m, s, &text);
	for (size_t i = 0; i < m->ad_count && rc == 0; i++)
		rc = look_at_partitions(m, m->ad[i], s, &text, err);
	if (text.len)
		s->lacks = arena_join(&m->arena, unread, sizeof(unread) - 1,
		                      text.data);
	buf_release(&text);
	return rc;
}

/* Whether the SID is one of the domain whose own SID is so. */
static bool
is_of_domain(const struct object *mailbox, const char *domain_sid)
{
	char text[SID_TEXT];
	size_t len = strlen(domain_sid);

	return sid_format(mailbox->ad.master_sid, mailbox->ad.master_sid_len,
	                  text) == 0 &&
	       strncmp(text, domain_sid, len) == 0 && text[len] == '-' &&
	       !strchr(text + len + 1, '-');
}

/* A domain whose SID is known has its own users, and no others. */
static bool
may_be_unread(const struct model *m, const struct object *mailbox)
{
	const struct unjoined_mailboxes *s = &m->unjoined;
	bool any = s->elsewhere;

	if (!s->lacks || !mailbox->ad.master_sid)
		return false;
	for (size_t i = 0; i < m->domains.count; i++) {
		const char *sid = m->domains.items[i].sid;

		if (sid && is_of_domain(mailbox, sid))
			return s->lacking[i];
		any = any || (!sid && s->lacking[i]);
	}
	return any;
}

static bool
is_alone(const struct object *o)
{
	return o->kind == KIND_USER && !o->links.is_part &&
	       o->scope.state == SCOPE_FILTERED && linked_mailbox_waits(o);
}

/* ---- why the two are not joined ---- */

static enum unjoined_by
by_policy(const struct model *m, const struct object *mailbox,
          const struct object *master)
{
	static const enum unjoined_by by[] = {
		[JOIN_UNSAID] = UNJOINED_UNREAD, [JOIN_SID] = UNJOINED_UNREAD,
		[JOIN_ONCE] = UNJOINED_ONCE, [JOIN_MAIL] = UNJOINED_MAIL,
		[JOIN_NAME] = UNJOINED_NAME,
		[JOIN_ATTRIBUTE] = UNJOINED_ATTRIBUTE,
	};

	if (joined_pairing(m, mailbox, master) == PAIR_APART)
		return UNJOINED_ENGINE;
	if (mailbox->links.account && mailbox->links.account->synced == YES &&
	    master->links.account && master->links.account->synced == YES)
		return UNJOINED_SYNCED;
	return joined_is_read(m, mailbox) && joined_is_read(m, master)
		? by[model_policy(m, mailbox)->join] : UNJOINED_UNREAD;
}

void
unjoined_note(struct model *m, struct mailbox_apart rows,
              const struct object *mailbox, const struct object *master)
{
	struct unjoined_mailboxes *s = &m->unjoined;

	LIST_RESERVE(s->items, s->room, s->count + 1);
	s->items[s->count++] = rows;
	if (is_alone(mailbox) &&
	    by_policy(m, mailbox, master) == UNJOINED_UNREAD)
		s->pair_unread = true;
}

static int
read_master(const struct model *m, struct fetch *f, uint32_t row,
            struct arena *a, struct unjoined *out, struct err *err)
{
	struct object *o = arena_alloc(a, sizeof(*o));

	if (fetch_object(f, AD_USERS, row, a, o, err) < 0)
		return -1;
	model_links(m, &m->tables[AD_USERS].rows[row], AD_USERS, &o->links);
	out->master = o;
	return 0;
}

int
unjoined_find(const struct model *m, struct fetch *f, const struct row *r,
              struct arena *a, struct object *o, struct err *err)
{
	const struct mailbox_apart *pair;
	struct unjoined *out;

	if (!is_alone(o))
		return 0;
	pair = apart_of(&m->unjoined,
	                (uint32_t)(r - m->tables[AD_USERS].rows));
	if (!pair && !may_be_unread(m, o))
		return 0;
	o->links.unjoined = out = arena_alloc(a, sizeof(*out));
	*out = (struct unjoined){ .by = UNJOINED_UNREAD };
	if (!pair)
		return 0;
	if (read_master(m, f, pair->master, a, out, err) < 0)
		return -1;
	out->by = by_policy(m, o, out->master);
	out->attribute = model_policy(m, o)->join_attribute;
	out->unjoining = model_policy(m, o)->engine == ENGINE_CLOUD_SYNC
		? o : out->master;
	return 0;
}

/* ---- all together ---- */

/* Whether the mailbox has a master that was not found, and may be there. */
static int
look_at_mailbox(struct model *m, struct fetch *f, uint32_t row,
                struct err *err)
{
	const struct row *r = &m->tables[AD_USERS].rows[row];
	struct arena scratch = { 0 };
	struct object o;
	int rc;

	if (r->merged || r->part || r->scope != SCOPE_FILTERED ||
	    apart_of(&m->unjoined, row))
		return 0;
	rc = fetch_object(f, AD_USERS, row, &scratch, &o, err);
	if (rc == 0 && is_alone(&o) && may_be_unread(m, &o))
		m->unjoined.master_unread = true;
	arena_release(&scratch);
	return rc;
}

static int
look_at_all(struct model *m, struct fetch *f, const struct key_list *linked,
            struct err *err)
{
	int rc = 0;

	for (size_t i = 0; i < linked->count && rc == 0 &&
	     !m->unjoined.master_unread; i++)
		rc = look_at_mailbox(m, f, linked->items[i].row, err);
	return rc;
}

int
unjoined_settle(struct model *m, const struct keys *linked, struct err *err)
{
	struct unjoined_mailboxes *s = &m->unjoined;
	struct fetch *f;
	int rc;

	if (s->count)
		qsort(s->items, s->count, sizeof(*s->items), by_mailbox);
	rc = look_around(m, s, err);
	if (rc < 0 || !s->lacks)
		return rc;
	f = fetch_new(m);
	for (size_t i = 0; i < KEY_PARTS && rc == 0; i++)
		rc = look_at_all(m, f, &linked->parts[i].list, err);
	fetch_free(f);
	return rc;
}

const char *
unjoined_lack(const struct model *m)
{
	if (m->unjoined.master_unread)
		return m->unjoined.lacks;
	return m->unjoined.pair_unread
		? "whether linked mailboxes are joined with their masters is "
		  "not known: what joins go by (policy: sync.join) was not "
		  "collected of all users" : NULL;
}
