/* Takes what objects and inputs say of domains; see domain_count.h. */
#include "collect/snapshot/domain_count.h"

#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/dn.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/record.h"
#include "collect/snapshot/domain_rows.h"

enum { SID_WITH_RID = DOMAIN_SID + 4 };

const char *const domain_clues[] = {
	AD_DN, "canonicalName", "objectSid", "objectCategory",
	"nCName", "systemFlags",
	/* of recipients, as Exchange's cmdlets name them */
	"DistinguishedName", "OrganizationalUnit", "Identity",
};

size_t
domain_clue_count(void)
{
	return sizeof(domain_clues) / sizeof(domain_clues[0]);
}

struct domain_count *
domain_count_new(void)
{
	struct domain_count *c = xcalloc(1, sizeof(*c));

	c->input = NO_INPUT;
	return c;
}

static void
row_free(struct domain_row *row)
{
	if (!row)
		return;
	forest_votes_release(&row->forests);
	free(row->inputs.items);
	lack_release(&row->lacks);
	free(row);
}

static void
forget_crossrefs(struct domain_count *c)
{
	for (size_t i = 0; i < c->crossref_count; i++) {
		free(c->crossrefs[i].domain);
		free(c->crossrefs[i].forest);
	}
	c->crossref_count = 0;
}

void
domain_count_restart(struct domain_count *c, enum section s)
{
	struct section_said *said = &c->said[s];

	for (size_t i = 0; i < c->entry_count; i++) {
		row_free(c->entries[i].rows[s]);
		c->entries[i].rows[s] = NULL;
	}
	for (size_t i = 0; i < said->partial_count; i++)
		free(said->partials[i].reason);
	said->partial_count = 0;
	said->asked.count = 0;
	if (s == AD_FOREST)
		forget_crossrefs(c);
}

void
domain_count_free(struct domain_count *c)
{
	if (!c)
		return;
	for (int s = 0; s < SECTION_COUNT; s++) {
		domain_count_restart(c, (enum section)s);
		free(c->said[s].asked.items);
		free(c->said[s].partials);
	}
	for (size_t i = 0; i < c->entry_count; i++)
		free(c->entries[i].name);
	for (size_t i = 0; i < c->tail_count; i++)
		free(c->tails[i].text);
	free(c->entries);
	hash_index_release(&c->names);
	free(c->crossrefs);
	free(c->pending);
	buf_release(&c->pending_text);
	buf_release(&c->name);
	free(c);
}

/* ---- what inputs say ---- */

/* Inputs come one after the other, so that only the last one can be it. */
static void
input_list_add(struct input_list *l, uint32_t input)
{
	if (l->count && l->items[l->count - 1] == input)
		return;
	LIST_RESERVE(l->items, l->room, l->count + 1);
	l->items[l->count++] = input;
}

void
domain_count_from(struct domain_count *c, size_t input)
{
	c->input = (uint32_t)input;
	c->by_input = true;
	if (input >= c->input_total)
		c->input_total = input + 1;
}

void
domain_count_from_none(struct domain_count *c)
{
	c->input = NO_INPUT;
}

void
domain_count_asked(struct domain_count *c, enum section s)
{
	if (section_side(s) == SIDE_AD)
		input_list_add(&c->said[s].asked, c->input);
}

void
domain_count_partial(struct domain_count *c, enum section s,
                     const char *reason)
{
	struct section_said *said = &c->said[s];

	if (section_side(s) != SIDE_AD)
		return;
	domain_count_asked(c, s);
	/* One of each input will do. */
	if (said->partial_count &&
	    said->partials[said->partial_count - 1].input == c->input)
		return;
	LIST_RESERVE(said->partials, said->partial_room,
	             said->partial_count + 1);
	said->partials[said->partial_count++] = (struct partial_said){
		c->input, xstrdup(reason)
	};
}

void
domain_count_lack(struct domain_count *c, enum section s,
                  const char *attribute, const char *reason)
{
	struct pending_lack *p;

	if (section_side(s) != SIDE_AD)
		return;
	LIST_RESERVE(c->pending, c->pending_room, c->pending_count + 1);
	p = &c->pending[c->pending_count++];
	p->section = s;
	p->attribute = c->pending_text.len;
	buf_add(&c->pending_text, attribute, strlen(attribute) + 1);
	p->reason = c->pending_text.len;
	buf_add(&c->pending_text, reason, strlen(reason) + 1);
}

/* ---- the place of an object ---- */

/* The entry of that name, made if need be; -1 when there are too many. */
static long
entry_of(struct domain_count *c, enum partition kind, const char *name)
{
	uint64_t hash = hash_text(name);
	size_t at = HASH_INDEX_FIRST;
	long i;

	while ((i = hash_index_next(&c->names, hash, &at)) >= 0)
		if (c->entries[i].kind == kind &&
		    strcmp(c->entries[i].name, name) == 0)
			return i;
	if (c->entry_count == SNAPSHOT_DOMAINS_MAX)
		return -1;
	LIST_RESERVE(c->entries, c->entry_room, c->entry_count + 1);
	c->entries[c->entry_count] = (struct domain_entry){
		.name = xstrdup(name), .kind = kind,
	};
	hash_index_add(&c->names, hash, c->entry_count);
	return (long)c->entry_count++;
}

/*
 * Whether DN ends in the tail as in an RDN of its own. A comma before it that
 * is escaped would change that RDN, so that it is looked at more closely.
 */
static bool
ends_in(const char *dn, size_t len, const struct domain_tail *t)
{
	size_t rest = len - t->len;

	if (len <= t->len || dn[rest - 1] != ',' ||
	    (rest > 1 && dn[rest - 2] == '\\'))
		return false;
	return memcmp(dn + rest, t->text, t->len) == 0;
}

/* Nearly all objects lie below a few containers: their DNs end alike. */
static const struct domain_tail *
known_tail(struct domain_count *c, const char *dn, size_t len)
{
	if (c->tail_count && ends_in(dn, len, &c->tails[c->tail_last]))
		return &c->tails[c->tail_last];
	for (size_t i = 0; i < c->tail_count; i++)
		if (ends_in(dn, len, &c->tails[i])) {
			c->tail_last = i;
			return &c->tails[i];
		}
	return NULL;
}

static void
remember_tail(struct domain_count *c, const char *text, size_t entry)
{
	struct domain_tail *t = &c->tails[c->tail_next];

	if (c->tail_next == c->tail_count)
		c->tail_count++;
	else
		free(t->text);
	*t = (struct domain_tail){ xstrdup(text), strlen(text), entry };
	c->tail_last = c->tail_next;
	c->tail_next = (c->tail_next + 1) % DOMAIN_TAILS;
}

/* By canonical names, where the DN says nothing. */
static long
entry_of_canonical(struct domain_count *c, const struct record *r)
{
	static const char *const names[] = {
		"canonicalName", "OrganizationalUnit", "Identity",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *text = record_text(r, names[i]);
		enum partition kind;

		buf_clear(&c->name);
		kind = text ? partition_of_canonical(text, &c->name)
		            : PARTITION_NONE;
		if (kind != PARTITION_NONE)
			return entry_of(c, kind, buf_text(&c->name));
	}
	return entry_of(c, PARTITION_NONE, "");
}

static long
entry_of_record(struct domain_count *c, enum section s,
                const struct record *r)
{
	const char *dn = record_text(r, s == AD_MAILBOXES
	                             ? "DistinguishedName" : AD_DN);
	const struct domain_tail *known;
	enum partition kind;
	bool quoted;
	size_t tail, len;
	long entry;

	if (!dn)
		return entry_of_canonical(c, r);
	len = strlen(dn);
	quoted = memchr(dn, '"', len) != NULL;
	known = quoted ? NULL : known_tail(c, dn, len);
	if (known)
		return (long)known->entry;
	buf_clear(&c->name);
	kind = partition_of(dn, &c->name, &tail);
	if (kind == PARTITION_NONE)
		return entry_of_canonical(c, r);
	entry = entry_of(c, kind, buf_text(&c->name));
	if (entry >= 0 && tail != SIZE_MAX && !quoted)
		remember_tail(c, dn + tail, (size_t)entry);
	return entry;
}

static struct domain_row *
row_of(struct domain_count *c, size_t entry, enum section s)
{
	struct domain_row **row = &c->entries[entry].rows[s];

	if (!*row)
		*row = xcalloc(1, sizeof(**row));
	return *row;
}

/* ---- what an object says ---- */

/* The bytes of objectSid, which are base64 in a snapshot; their number. */
static size_t
sid_of(const struct record *r, unsigned char bytes[SID_WITH_RID])
{
	long at = record_find(r, "objectSid"), n;
	struct value v;

	if (at < 0 || !record_values(r, (size_t)at))
		return 0;
	v = record_value(r, (size_t)at, 0);
	if (v.kind == VALUE_BYTES && v.len <= SID_WITH_RID) {
		memcpy(bytes, v.data, v.len);
		return v.len;
	}
	n = v.kind == VALUE_TEXT ? base64_bytes(bytes, SID_WITH_RID, v.data,
	                                        v.len) : 0;
	return n > 0 ? (size_t)n : 0;
}

/* The least one is kept, so that the order of the objects does not matter. */
static void
keep_sid(struct domain_row *row, const unsigned char sid[DOMAIN_SID])
{
	int cmp = row->has_sid ? memcmp(row->sid, sid, DOMAIN_SID) : 1;

	row->sid_doubtful = row->sid_doubtful || (row->has_sid && cmp != 0);
	row->has_sid = true;
	if (cmp > 0)
		memcpy(row->sid, sid, DOMAIN_SID);
}

/*
 * Accounts have the SID of their domain and a RID (MS-DTYP 2.4.2.2); those of
 * Windows itself (S-1-5-32-...) are everywhere the same and say nothing.
 */
static void
take_sid(struct domain_row *row, enum section s, const struct record *r)
{
	static const unsigned char authority[] = {
		0, 0, 0, 0, 0, 5, 21, 0, 0, 0,
	};
	size_t want = s == AD_CONTAINERS ? DOMAIN_SID : SID_WITH_RID;
	unsigned char sid[SID_WITH_RID];

	if (s != AD_USERS && s != AD_GROUPS && s != AD_COMPUTERS &&
	    s != AD_CONTAINERS)
		return;
	if (sid_of(r, sid) != want || sid[0] != 1 ||
	    sid[1] != (want - 8) / 4 ||
	    memcmp(sid + 2, authority, sizeof(authority)) != 0)
		return;
	sid[1] = (DOMAIN_SID - 8) / 4;
	keep_sid(row, sid);
}

/* The object that stands for the domain itself has a name of DC alone. */
static bool
is_head(enum section s, const struct record *r)
{
	const char *dn = s == AD_CONTAINERS ? record_text(r, AD_DN) : NULL;

	while (dn && *dn && dn_first_is(dn, "DC"))
		dn = dn_parent(dn);
	return dn && !*dn;
}

static void
take_category(struct domain_row *row, enum section s, const struct record *r)
{
	const char *category = record_text(r, "objectCategory");

	if (category)
		forest_votes_take(&row->forests, category, is_head(s, r)
		                  ? VOTER_HEAD : VOTER_OBJECT);
}

static void
take_crossref(struct domain_count *c, const struct record *r)
{
	struct buf forest = { 0 };

	if (snapshot_crossref(r, &c->name, &forest)) {
		LIST_RESERVE(c->crossrefs, c->crossref_room,
		             c->crossref_count + 1);
		c->crossrefs[c->crossref_count++] = (struct domain_crossref){
			xstrdup(buf_text(&c->name)), xstrdup(buf_text(&forest))
		};
	}
	buf_release(&forest);
}

static void
take_lacks(struct domain_count *c, size_t entry)
{
	const char *text = buf_text(&c->pending_text);

	for (size_t i = 0; i < c->pending_count; i++) {
		const struct pending_lack *p = &c->pending[i];

		lack_add(&row_of(c, entry, p->section)->lacks,
		         text + p->attribute, text + p->reason, 1);
	}
	c->pending_count = 0;
	buf_clear(&c->pending_text);
}

int
domain_count_take(struct domain_count *c, enum section s,
                  const struct record *r, struct err *err)
{
	struct domain_row *row;
	long entry;

	if (section_side(s) != SIDE_AD)
		return 0;
	entry = entry_of_record(c, s, r);
	if (entry < 0)
		return err_input(err, "%s: object %s is of one domain more "
		                 "than the %d that a snapshot can have",
		                 section_name(s), record_text(r, AD_DN)
		                 ? record_text(r, AD_DN) : "without dn",
		                 SNAPSHOT_DOMAINS_MAX);
	row = row_of(c, (size_t)entry, s);
	row->objects++;
	input_list_add(&row->inputs, c->input);
	if (c->pending_count)
		take_lacks(c, (size_t)entry);
	take_sid(row, s, r);
	take_category(row, s, r);
	if (s == AD_FOREST)
		take_crossref(c, r);
	return 0;
}
