/* The GUIDs of mailboxes and archives, and what several objects may share. */
#include <string.h>

#include "analyze/object/object.h"
#include "analyze/object/syntax_edit.h"
#include "base/hash.h"
#include "base/utf8.h"

static bool
is_zero(const struct guid *g)
{
	static const struct guid none;

	return memcmp(g, &none, sizeof(none)) == 0;
}

static const char *
word_of(const struct pick *p)
{
	const char *text = p->kind == PICK_JSON ? pick_json(p) : pick_text(p);

	return text && *text ? text : NULL;
}

/* Exchange writes zeros where there is no mailbox here: that is no value. */
int
exchange_guid_read(struct exchange_guid *to, const struct pick *p)
{
	const char *text = word_of(p);
	struct exchange_guid new = { .is = text ? YES : NO };

	if (to->is == YES)
		return 0;
	if (text && guid_from_base64(&new.guid, text, strlen(text)) < 0 &&
	    guid_parse(&new.guid, text) < 0)
		return -1;
	new.is_known = text && !is_zero(&new.guid);
	*to = new;
	return 0;
}

void
merge_exchange_guid(struct object *to, const struct object *from, size_t offset)
{
	struct exchange_guid *mine =
		(struct exchange_guid *)((char *)to + offset);

	if (mine->is == UNKNOWN)
		*mine = *(const struct exchange_guid *)
			((const char *)from + offset);
}

/* ---- what several may have ---- */

/* A domain's own: S-1-5-21, three numbers of it, and one more. */
enum { DOMAIN_SID_BYTES = 28 };

static const struct guid *
guid_of(const struct object *o, enum repeated of)
{
	const struct exchange_guid *g = of == REPEATED_MAILBOX
		? &o->ad.mailbox_guid : &o->ad.archive_guid;

	return g->is_known ? &g->guid : NULL;
}

/* Equal values of two kinds are apart. */
static uint64_t
salted(uint64_t hash, enum repeated of)
{
	return (hash ^ ((uint64_t)of << 56)) * UINT64_C(0x9e3779b97f4a7c15);
}

uint64_t
repeated_hash(const struct object *o, enum repeated of)
{
	const struct guid *g;

	switch (of) {
	case REPEATED_NICKNAME:
		return o->mail_nickname
			? salted(hash_folded(o->mail_nickname), of) : 0;
	case REPEATED_SID:
		return o->ad.sid && o->ad.sid_len == DOMAIN_SID_BYTES
			? salted(hash_bytes(o->ad.sid, o->ad.sid_len), of) : 0;
	default:
		g = guid_of(o, of);
		return g ? salted(hash_bytes(g, sizeof(*g)), of) : 0;
	}
}

bool
repeated_is_same(const struct object *a, const struct object *b,
                 enum repeated of)
{
	const struct guid *x, *y;

	switch (of) {
	case REPEATED_NICKNAME:
		return a->mail_nickname && b->mail_nickname &&
		       utf8_same_folded(a->mail_nickname, b->mail_nickname);
	case REPEATED_SID:
		return a->ad.sid && b->ad.sid &&
		       a->ad.sid_len == b->ad.sid_len &&
		       memcmp(a->ad.sid, b->ad.sid, a->ad.sid_len) == 0;
	default:
		x = guid_of(a, of);
		y = guid_of(b, of);
		return x && y && memcmp(x, y, sizeof(*x)) == 0;
	}
}
