/* Picking members from lines of NDJSON. */
#include "base/json_pick.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/checksum.h"
#include "base/json.h"
#include "base/json_walk.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/record.h"
#include "base/utf8.h"

enum {
	KEYS_MAX = 1024,         /* names remembered */
	KEYS_TABLE = 4 * KEYS_MAX,
	KEY_MAX = 64,            /* bytes of a name that is remembered */
	GUESSES = 2,
	NOT_WANTED = -1,
	NOT_THIS_WAY = -2,
};

/* A name that was met, as it stands in the text: NAME": */
struct met_key {
	char text[KEY_MAX];
	uint64_t first, first_mask;      /* the first word; what counts */
	uint32_t len;
	int slot;                /* or NOT_WANTED */
	uint16_t next[GUESSES];  /* the names that followed it last */
};

struct picker {
	const char *const *names;
	size_t name_count;
	enum json_way way;
	struct met_key *keys;        /* 0: the start of a line */
	size_t key_count;
	uint16_t table[KEYS_TABLE];
	char *block;
	size_t len;
	uint64_t *stop, *high;
	size_t group_room;
	struct picked picked;
	/* For odd lines: they are put into the form that our writer gives. */
	struct picker *odd;
	bool is_odd;             /* this is the picker of such lines */
	struct record *record;
	struct buf text;
};

struct picker *
picker_new(const char *const *names, size_t n, enum json_way way)
{
	struct picker *p = xcalloc(1, sizeof(*p));

	p->names = names;
	p->name_count = n;
	p->way = way;
	p->keys = xcalloc(KEYS_MAX, sizeof(*p->keys));
	p->keys[0].slot = NOT_WANTED;
	p->key_count = 1;
	return p;
}

void
picker_free(struct picker *p)
{
	if (!p)
		return;
	picker_free(p->odd);
	record_free(p->record);
	buf_release(&p->text);
	free(p->keys);
	free(p->stop);
	free(p->high);
	free(p);
}

void
picker_load(struct picker *p, char *block, size_t len)
{
	size_t groups = len / JSON_GROUP + 1;

	if (groups > p->group_room) {
		p->group_room = list_room(p->group_room, groups);
		LIST_RESIZE(p->stop, p->group_room);
		LIST_RESIZE(p->high, p->group_room);
	}
	/* A line end behind the last byte stops every string. */
	memset(block + len, '\n', PICK_PAD);
	json_mask(p->way, block, groups, p->stop, p->high);
	p->block = block;
	p->len = len;
}

/* Behind "[": the strings of an array; false when another value is met. */
static bool
strings(struct json_walk *w, struct pick *k)
{
	k->kind = PICK_LIST;
	k->count = 0;
	k->escaped = false;
	if (json_walk_take(w, ']'))
		return true;
	do {
		if (!json_walk_take(w, '"') || !json_walk_string(w))
			return false;
		k->escaped |= w->escaped;
		k->count++;
	} while (json_walk_take(w, ','));
	return json_walk_take(w, ']');
}

static bool
array(struct json_walk *w, struct pick *k)
{
	size_t from = w->pos;

	w->pos++;
	w->depth++;
	k->data = w->base + w->pos;
	if (strings(w, k)) {
		w->depth--;
		k->len = (size_t)(w->base + w->pos - k->data) - 1;
		return true;
	}
	w->depth--;
	w->pos = from;
	k->kind = PICK_JSON;
	k->data = w->base + from;
	if (!json_walk_value(w))
		return false;
	k->len = w->pos - from;
	return true;
}

static bool
wanted_value(struct json_walk *w, struct pick *k)
{
	size_t from;

	json_walk_blanks(w);
	from = w->pos;
	k->data = w->base + from;
	if (w->base[from] == '[')
		return array(w, k);
	if (w->base[from] == '"') {
		w->pos++;
		if (!json_walk_string(w))
			return false;
		k->kind = PICK_TEXT;
		k->escaped = w->escaped;
		k->count = 1;
		k->data++;
		k->len = w->pos - from - 2;
		return true;
	}
	k->kind = w->base[from] == 'n' ? PICK_NULL : PICK_JSON;
	k->escaped = false;
	k->count = 0;
	if (!json_walk_value(w))
		return false;
	k->len = w->pos - from;
	return true;
}

static inline uint64_t
word_at(const char *p)
{
	uint64_t word;

	memcpy(&word, p, 8);
	return word;
}

/* Whether NAME": of the key stands at P: by words, the last overlapping. */
static inline bool
is_at(const struct met_key *k, const char *p)
{
	if ((word_at(p) ^ k->first) & k->first_mask)
		return false;
	if (k->len <= 8)
		return true;
	for (size_t i = 8; i + 8 < k->len; i += 8)
		if (word_at(p + i) != word_at(k->text + i))
			return false;
	return word_at(p + k->len - 8) == word_at(k->text + k->len - 8);
}

static int
slot_of(const struct picker *p, const char *name, size_t len)
{
	for (size_t i = 0; i < p->name_count; i++)
		if (p->names[i] && strlen(p->names[i]) == len &&
		    strncasecmp(p->names[i], name, len) == 0)
			return (int)i;
	return NOT_WANTED;
}

/* The number of the key whose NAME": is at TEXT, made when it is new. */
static unsigned
intern(struct picker *p, const char *text, size_t len)
{
	size_t at = checksum_short(text, len) % KEYS_TABLE;
	struct met_key *k;

	while (p->table[at]) {
		k = &p->keys[p->table[at]];
		if (k->len == len && memcmp(k->text, text, len) == 0)
			return p->table[at];
		at = (at + 1) % KEYS_TABLE;
	}
	if (len > KEY_MAX || p->key_count == KEYS_MAX)
		return 0;
	k = &p->keys[p->key_count];
	memcpy(k->text, text, len);
	memcpy(&k->first, text, len < 8 ? len : 8);
	memset(&k->first_mask, 0xff, len < 8 ? len : 8);
	k->len = (uint32_t)len;
	k->slot = slot_of(p, text, len - 2);
	p->table[at] = (uint16_t)p->key_count;
	return (unsigned)p->key_count++;
}

/*
 * Reads a name with its colon; the slot that it is wanted for. *KNOWN is the
 * name before it, and then its own: names follow each other as they did in the
 * lines before, mostly. NOT_THIS_WAY: the line is for the strict reader.
 */
static inline int
name(struct picker *p, struct json_walk *w, unsigned *known)
{
	struct met_key *before = &p->keys[*known];
	size_t from = w->pos;
	unsigned id;

	for (unsigned i = 0; i < GUESSES; i++) {
		const struct met_key *k = &p->keys[before->next[i]];

		if (before->next[i] && is_at(k, w->base + from)) {
			*known = before->next[i];
			w->pos = from + k->len;
			return k->slot;
		}
	}
	if (!json_walk_string(w))
		return NOT_THIS_WAY;
	if (w->escaped) {
		/* After the strict reader such a name is none of ours. */
		*known = 0;
		return p->is_odd && json_walk_take(w, ':') ? NOT_WANTED
		                                           : NOT_THIS_WAY;
	}
	if (w->base[w->pos] != ':') {
		size_t len = w->pos - from - 1;

		*known = 0;
		return json_walk_take(w, ':') ? slot_of(p, w->base + from, len)
		                    : NOT_THIS_WAY;
	}
	w->pos++;
	id = intern(p, w->base + from, w->pos - from);
	*known = id;
	if (!id)
		return slot_of(p, w->base + from, w->pos - from - 2);
	before->next[1] = before->next[0];
	before->next[0] = (uint16_t)id;
	return p->keys[id].slot;
}

/* Runs of bytes that are not ASCII must be UTF-8, each for itself. */
static bool
is_utf8(const struct picker *p, size_t from, size_t to)
{
	for (size_t pos = from; pos < to; ) {
		uint64_t bits = p->high[pos / JSON_GROUP] >> pos % JSON_GROUP;
		size_t start;

		if (!bits) {
			pos = (pos / JSON_GROUP + 1) * JSON_GROUP;
			continue;
		}
		start = pos += (size_t)__builtin_ctzll(bits);
		if (start >= to)
			break;
		while (pos < to && (p->block[pos] & 0x80))
			pos++;
		if (utf8_bad(p->block + start, pos - start) < pos - start)
			return false;
	}
	return true;
}

/* Most values are strings: they are gone over here and now. */
static inline bool
unwanted_value(struct json_walk *w)
{
	if (w->base[w->pos] != '"')
		return json_walk_value(w);
	w->pos++;
	return json_walk_string(w);
}

/*
 * Goes over members as long as each has the name that came last time, is not
 * wanted, and is a plain string: most of them. From and to the quote before a
 * name; how many there were.
 */
static inline size_t
skim(const struct picker *p, struct json_walk *w, unsigned *known)
{
	const char *base = w->base;
	size_t pos = w->pos, count = 0;

	for (;; count++) {
		unsigned id = p->keys[*known].next[0];
		const struct met_key *k = &p->keys[id];
		size_t at = pos + 1 + k->len;

		if (!id || k->slot != NOT_WANTED || base[pos] != '"' ||
		    !is_at(k, base + pos + 1) || base[at] != '"')
			break;
		at = json_walk_stop(w->stop, at + 1);
		if (base[at] != '"' || base[at + 1] != ',')
			break;
		pos = at + 2;
		*known = id;
	}
	w->pos = pos;
	return count;
}

/* The members of an object, from behind its brace; false: not this way. */
static bool
members(struct picker *p, struct json_walk *w, size_t stop_at)
{
	struct picked *out = &p->picked;
	unsigned known = 0;
	size_t count = 0;

	if (json_walk_take(w, '}'))
		return true;
	do {
		int slot;

		count += skim(p, w, &known) + 1;
		if (!json_walk_take(w, '"'))
			return false;
		slot = name(p, w, &known);
		if (slot < NOT_WANTED || count > JSON_NAMES_MAX)
			return false;
		if (slot == NOT_WANTED) {
			if (!unwanted_value(w))
				return false;
			continue;
		}
		if (picked_has(out, (size_t)slot) ||
		    !wanted_value(w, &out->at[slot]))
			return false;
		out->present[slot / 64] |= UINT64_C(1) << slot % 64;
		out->wanted = w->pos - out->start;
		if (w->pos >= stop_at)
			return true;
	} while (json_walk_take(w, ','));
	return json_walk_take(w, '}');
}

/* The quick way; false when the line is not for it. */
static bool
quick(struct picker *p, size_t from)
{
	struct json_walk w = {
		.base = p->block, .stop = p->stop, .pos = from,
		.end = p->len, .depth = 1,
	};

	memset(p->picked.present, 0, sizeof(p->picked.present));
	p->picked.start = from;
	p->picked.wanted = 0;
	if (!json_walk_take(&w, '{') || !members(p, &w, SIZE_MAX))
		return false;
	json_walk_blanks(&w);
	if (w.pos > p->len || p->block[w.pos] != '\n' ||
	    !is_utf8(p, from, w.pos))
		return false;
	/* The strict reader has a ceiling for strings. */
	if (w.pos - from > JSON_VALUE_MAX && !p->is_odd)
		return false;
	p->picked.next = w.pos + 1;
	return true;
}

static size_t
line_end(const struct picker *p, size_t from)
{
	const char *nl = memchr(p->block + from, '\n', p->len - from);

	return nl ? (size_t)(nl - p->block) : p->len;
}

/* The strict reader judges the line, and writes it anew for the quick way. */
static int
slow(struct picker *p, size_t from, const struct picked **out,
     struct json_error *e)
{
	size_t end = line_end(p, from), len;

	p->picked.next = end + 1;
	if (!p->record)
		p->record = record_new();
	*out = &p->picked;
	if (json_read_record(p->block + from, end - from, p->record, e) < 0)
		return -1;
	buf_clear(&p->text);
	json_put_record(&p->text, p->record);
	len = p->text.len;
	for (size_t i = 0; i < PICK_PAD; i++)
		buf_addc(&p->text, '\n');
	if (!p->odd) {
		p->odd = picker_new(p->names, p->name_count, p->way);
		p->odd->is_odd = true;
	}
	picker_load(p->odd, p->text.data, len);
	if (!quick(p->odd, 0)) {
		*e = (struct json_error){ .want = "an object that is not so "
		                                  "odd" };
		return -1;
	}
	p->odd->picked.odd = true;
	p->odd->picked.start = from;
	p->odd->picked.next = end + 1;
	p->odd->picked.wanted = end - from;
	*out = &p->odd->picked;
	return 0;
}

int
picker_line(struct picker *p, size_t from, const struct picked **out,
            struct json_error *e)
{
	*out = &p->picked;
	return quick(p, from) ? 0 : slow(p, from, out, e);
}

int
picker_again(struct picker *p, size_t from, size_t wanted,
             const struct picked **out, struct json_error *e)
{
	struct json_walk w = {
		.base = p->block, .stop = p->stop, .pos = from,
		.end = p->len, .depth = 1,
	};

	memset(p->picked.present, 0, sizeof(p->picked.present));
	p->picked.start = p->picked.next = from;
	*out = &p->picked;
	if (json_walk_take(&w, '{') && members(p, &w, from + wanted) &&
	    w.pos <= p->len)
		return 0;
	return slow(p, from, out, e);
}
