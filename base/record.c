/* Records: names and values in one buffer, told apart by offsets. */
#include "base/record.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

struct slot {
	enum value_kind kind;
	size_t offset, len;
	size_t next;             /* the attribute's next value + 1; 0: none */
};

enum { HEADS = 256 };

struct attribute {
	uint32_t hash;           /* of the name, without case */
	uint32_t next;           /* attribute of the same head + 1; 0: none */
	enum attr_shape shape;
	size_t name;             /* offset */
	size_t first, last;      /* values + 1; 0: none */
	size_t count;
};

/* The value handed out last: lists are mostly read from first to last. */
struct cursor {
	size_t attr, i, slot;    /* slot + 1; 0: none */
};

struct record {
	uint32_t heads[HEADS];   /* attribute + 1, by the hash's low byte */
	struct cursor *cursor;
	struct buf bytes;
	struct attribute *attrs;
	size_t attr_count, attr_room;
	struct slot *slots;
	size_t slot_count, slot_room;
};

struct record *
record_new(void)
{
	struct record *r = xcalloc(1, sizeof(*r));

	r->cursor = xcalloc(1, sizeof(*r->cursor));
	return r;
}

void
record_free(struct record *r)
{
	if (!r)
		return;
	buf_release(&r->bytes);
	free(r->cursor);
	free(r->attrs);
	free(r->slots);
	free(r);
}

void
record_clear(struct record *r)
{
	buf_clear(&r->bytes);
	memset(r->heads, 0, sizeof(r->heads));
	r->attr_count = 0;
	r->slot_count = 0;
	*r->cursor = (struct cursor){ 0 };
}

void
record_copy(struct record *to, const struct record *from)
{
	record_clear(to);
	memcpy(to->heads, from->heads, sizeof(to->heads));
	buf_add(&to->bytes, buf_text(&from->bytes), from->bytes.len);
	if (to->attr_room < from->attr_count) {
		to->attr_room = from->attr_room;
		to->attrs = xreallocarray(to->attrs, to->attr_room,
		                          sizeof(*to->attrs));
	}
	if (to->slot_room < from->slot_count) {
		to->slot_room = from->slot_room;
		to->slots = xreallocarray(to->slots, to->slot_room,
		                          sizeof(*to->slots));
	}
	if (from->attr_count)
		memcpy(to->attrs, from->attrs,
		       from->attr_count * sizeof(*to->attrs));
	if (from->slot_count)
		memcpy(to->slots, from->slots,
		       from->slot_count * sizeof(*to->slots));
	to->attr_count = from->attr_count;
	to->slot_count = from->slot_count;
}

static uint32_t
name_hash(const char *name)
{
	uint32_t hash = 2166136261u;

	for (; *name; name++) {
		unsigned char c = (unsigned char)*name;

		if (c >= 'A' && c <= 'Z')
			c |= 32;
		hash = (hash ^ c) * 16777619u;
	}
	return hash;
}

static size_t
store(struct record *r, const char *data, size_t len)
{
	size_t at = r->bytes.len;

	buf_add(&r->bytes, data, len);
	buf_addc(&r->bytes, '\0');
	return at;
}

/* Mostly they are spelt alike. */
static bool
same_name(const char *a, const char *b)
{
	return strcmp(a, b) == 0 || ascii_casecmp(a, b) == 0;
}

static long
find(const struct record *r, const char *name, uint32_t hash)
{
	uint32_t i = r->heads[hash % HEADS];

	while (i && (r->attrs[i - 1].hash != hash ||
	             !same_name(r->bytes.data + r->attrs[i - 1].name, name)))
		i = r->attrs[i - 1].next;
	return (long)i - 1;
}

static struct attribute *
make(struct record *r, const char *name)
{
	uint32_t hash = name_hash(name);
	long at = find(r, name, hash);

	if (at >= 0)
		return &r->attrs[at];
	if (r->attr_count == r->attr_room) {
		r->attr_room = r->attr_room ? 2 * r->attr_room : 64;
		r->attrs = xreallocarray(r->attrs, r->attr_room,
		                         sizeof(*r->attrs));
	}
	r->attrs[r->attr_count] = (struct attribute){
		.hash = hash, .next = r->heads[hash % HEADS],
		.name = store(r, name, strlen(name)),
	};
	r->heads[hash % HEADS] = (uint32_t)++r->attr_count;
	return &r->attrs[r->attr_count - 1];
}

void
record_add(struct record *r, const char *name, enum value_kind kind,
           const char *data, size_t len)
{
	struct attribute *a = make(r, name);

	if (r->slot_count == r->slot_room) {
		r->slot_room = r->slot_room ? 2 * r->slot_room : 64;
		r->slots = xreallocarray(r->slots, r->slot_room,
		                         sizeof(*r->slots));
	}
	r->slots[r->slot_count++] = (struct slot){
		.kind = kind, .offset = store(r, data, len), .len = len,
	};
	if (a->last)
		r->slots[a->last - 1].next = r->slot_count;
	else
		a->first = r->slot_count;
	a->last = r->slot_count;
	if (++a->count > 1)
		a->shape = SHAPE_LIST;
}

void
record_add_text(struct record *r, const char *name, const char *text)
{
	record_add(r, name, VALUE_TEXT, text, strlen(text));
}

void
record_declare(struct record *r, const char *name, enum attr_shape shape)
{
	make(r, name)->shape = shape;
}

void
record_reset(struct record *r, const char *name)
{
	struct attribute *a = make(r, name);

	*r->cursor = (struct cursor){ 0 };
	a->shape = SHAPE_SINGLE;
	a->first = a->last = a->count = 0;
}

size_t
record_count(const struct record *r)
{
	return r->attr_count;
}

const char *
record_name(const struct record *r, size_t attr)
{
	return r->bytes.data + r->attrs[attr].name;
}

enum attr_shape
record_shape(const struct record *r, size_t attr)
{
	return r->attrs[attr].shape;
}

size_t
record_values(const struct record *r, size_t attr)
{
	return r->attrs[attr].count;
}

struct value
record_value(const struct record *r, size_t attr, size_t i)
{
	struct cursor *c = r->cursor;
	const struct slot *s;

	if (!c->slot || c->attr != attr || c->i > i)
		*c = (struct cursor){ .attr = attr,
		                      .slot = r->attrs[attr].first };
	for (; c->i < i; c->i++)
		c->slot = r->slots[c->slot - 1].next;
	s = &r->slots[c->slot - 1];
	return (struct value){
		.kind = s->kind, .data = r->bytes.data + s->offset,
		.len = s->len,
	};
}

long
record_find(const struct record *r, const char *name)
{
	return find(r, name, name_hash(name));
}

const char *
record_text(const struct record *r, const char *name)
{
	long at = record_find(r, name);
	struct value v;

	if (at < 0 || !r->attrs[at].count)
		return NULL;
	v = record_value(r, (size_t)at, 0);
	return v.kind == VALUE_TEXT ? v.data : NULL;
}

size_t
record_size(const struct record *r)
{
	return r->bytes.len;
}
