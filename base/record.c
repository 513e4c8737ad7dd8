/*
 * Records: values in one buffer, told apart by offsets; names in another, which
 * outlive a clearing, as records of one source mostly have the same ones.
 */
#include "base/record.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/list.h"
#include "base/mem.h"

struct value_slot {
	enum value_kind kind;
	size_t offset, len;
	size_t next;             /* the attribute's next value + 1; 0: none */
};

enum { HEADS = 256 };

struct attribute {
	uint32_t hash;           /* of the name, without case */
	uint32_t next;           /* attribute of the same head + 1; 0: none */
	enum attr_shape shape;
	uint32_t tag, kinds;
	size_t name, name_len;   /* offset */
	size_t first, last;      /* values + 1; 0: none */
	size_t count;
};

/* The value handed out last: lists are mostly read from first to last. */
struct cursor {
	size_t attr, i, slot;    /* slot + 1; 0: none */
};

struct record {
	uint32_t heads[HEADS];   /* attribute + 1, by the hash's low byte */
	uint64_t generation;     /* counts the clearings */
	struct cursor *cursor;
	struct buf bytes, names;
	struct attribute *attrs;
	size_t attr_count, attr_room;
	/* Those, and names behind them that stand from before: all distinct */
	size_t name_count;
	struct value_slot *slots;
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
	buf_release(&r->names);
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
	r->generation++;
	r->attr_count = 0;
	r->slot_count = 0;
	*r->cursor = (struct cursor){ 0 };
}

/* Up to eight bytes of a name, letters in small. */
static uint64_t
name_word(const char *name, size_t len)
{
	uint64_t word = 0;

	memcpy(&word, name, len);
	return word | UINT64_C(0x2020202020202020);
}

/* Of the name's head, tail and length: names are short, and few. */
static uint32_t
name_hash(const char *name, size_t len)
{
	uint64_t head, tail;

	if (len >= 8) {
		head = name_word(name, 8);
		tail = name_word(name + len - 8, 8);
	} else {
		head = name_word(name, len);
		tail = len;
	}
	head = (head ^ (tail << 7 | tail >> 57) ^ len) *
	       UINT64_C(0x9e3779b97f4a7c15);
	return (uint32_t)(head >> 32);
}

static size_t
store(struct buf *to, const char *data, size_t len)
{
	char *at = buf_extend(to, len + 1);

	memcpy(at, data, len);
	at[len] = '\0';
	return (size_t)(at - to->data);
}

static bool
is_named(const struct record *r, const struct attribute *a, const char *name,
         size_t len)
{
	const char *own = r->names.data + a->name;

	return a->name_len == len && (memcmp(own, name, len) == 0 ||
	                              strncasecmp(own, name, len) == 0);
}

static long
find(const struct record *r, const char *name, size_t len, uint32_t hash)
{
	uint32_t i = r->heads[hash % HEADS];

	while (i && (r->attrs[i - 1].hash != hash ||
	             !is_named(r, &r->attrs[i - 1], name, len)))
		i = r->attrs[i - 1].next;
	return (long)i - 1;
}

/* Where names end that the first COUNT attributes have. */
static size_t
names_end(const struct record *r, size_t count)
{
	const struct attribute *a = r->attrs;

	return count ? a[count - 1].name + a[count - 1].name_len + 1 : 0;
}

/* The next attribute, whose name stands already. */
static size_t
begin_attribute(struct record *r, uint32_t hash, size_t name, size_t len)
{
	r->attrs[r->attr_count] = (struct attribute){
		.hash = hash, .next = r->heads[hash % HEADS], .name = name,
		.name_len = len,
	};
	r->heads[hash % HEADS] = (uint32_t)++r->attr_count;
	return r->attr_count - 1;
}

/* Whether the next attribute had this name, to the letter, the last time. */
static bool
is_as_before(const struct record *r, const char *name, size_t len)
{
	const struct attribute *a = &r->attrs[r->attr_count];

	return r->attr_count < r->name_count && a->name_len == len &&
	       memcmp(r->names.data + a->name, name, len) == 0;
}

size_t
record_attribute(struct record *r, const char *name, size_t len)
{
	uint32_t hash;
	long at;

	if (is_as_before(r, name, len)) {
		const struct attribute *a = &r->attrs[r->attr_count];

		return begin_attribute(r, a->hash, a->name, len);
	}
	hash = name_hash(name, len);
	at = find(r, name, len, hash);
	if (at >= 0)
		return (size_t)at;
	r->names.len = names_end(r, r->attr_count);
	LIST_RESERVE(r->attrs, r->attr_room, r->attr_count + 1);
	r->name_count = r->attr_count + 1;
	return begin_attribute(r, hash, store(&r->names, name, len), len);
}

static struct attribute *
make(struct record *r, const char *name)
{
	/* Making may move r->attrs. */
	size_t attr = record_attribute(r, name, strlen(name));

	return &r->attrs[attr];
}

void
record_append(struct record *r, size_t attr, enum value_kind kind,
              const char *data, size_t len)
{
	struct attribute *a = &r->attrs[attr];

	LIST_RESERVE(r->slots, r->slot_room, r->slot_count + 1);
	r->slots[r->slot_count++] = (struct value_slot){
		.kind = kind, .offset = store(&r->bytes, data, len), .len = len,
	};
	if (a->last)
		r->slots[a->last - 1].next = r->slot_count;
	else
		a->first = r->slot_count;
	a->last = r->slot_count;
	a->kinds |= 1u << kind;
	if (++a->count > 1)
		a->shape = SHAPE_LIST;
}

void
record_add(struct record *r, const char *name, enum value_kind kind,
           const char *data, size_t len)
{
	record_append(r, record_attribute(r, name, strlen(name)), kind, data,
	              len);
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
record_set_shape(struct record *r, size_t attr, enum attr_shape shape)
{
	r->attrs[attr].shape = shape;
}

void
record_set_tag(struct record *r, size_t attr, uint32_t tag)
{
	r->attrs[attr].tag = tag;
}

uint64_t
record_generation(const struct record *r)
{
	return r->generation;
}

void
record_copy(struct record *to, const struct record *from)
{
	record_clear(to);
	LIST_RESERVE(to->attrs, to->attr_room, from->attr_count);
	LIST_RESERVE(to->slots, to->slot_room, from->slot_count);
	memcpy(to->heads, from->heads, sizeof(to->heads));
	buf_add(&to->bytes, buf_text(&from->bytes), from->bytes.len);
	buf_clear(&to->names);
	buf_add(&to->names, buf_text(&from->names),
	        names_end(from, from->attr_count));
	if (from->attr_count)
		memcpy(to->attrs, from->attrs,
		       from->attr_count * sizeof(*to->attrs));
	if (from->slot_count)
		memcpy(to->slots, from->slots,
		       from->slot_count * sizeof(*to->slots));
	to->attr_count = to->name_count = from->attr_count;
	to->slot_count = from->slot_count;
}

void
record_empty(struct record *r, size_t attr)
{
	struct attribute *a = &r->attrs[attr];

	*r->cursor = (struct cursor){ 0 };
	a->shape = SHAPE_SINGLE;
	a->first = a->last = a->count = 0;
	a->kinds = 0;
}

void
record_reset(struct record *r, const char *name)
{
	record_empty(r, record_attribute(r, name, strlen(name)));
}

size_t
record_count(const struct record *r)
{
	return r->attr_count;
}

const char *
record_name(const struct record *r, size_t attr)
{
	return r->names.data + r->attrs[attr].name;
}

struct record_attr
record_attr(const struct record *r, size_t attr)
{
	const struct attribute *a = &r->attrs[attr];

	return (struct record_attr){
		.name = r->names.data + a->name, .name_len = a->name_len,
		.hash = a->hash, .tag = a->tag, .shape = a->shape,
		.kinds = a->kinds, .values = a->count,
	};
}

uint32_t
record_tag(const struct record *r, size_t attr)
{
	return r->attrs[attr].tag;
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

/* The slot of a value that is not the first. */
static size_t
seek(const struct record *r, size_t attr, size_t i)
{
	struct cursor *c = r->cursor;

	if (!c->slot || c->attr != attr || c->i > i)
		*c = (struct cursor){ .attr = attr,
		                      .slot = r->attrs[attr].first };
	for (; c->i < i; c->i++)
		c->slot = r->slots[c->slot - 1].next;
	return c->slot - 1;
}

struct value
record_value(const struct record *r, size_t attr, size_t i)
{
	const struct value_slot *s;

	s = &r->slots[i ? seek(r, attr, i) : r->attrs[attr].first - 1];
	return (struct value){
		.kind = s->kind, .data = r->bytes.data + s->offset,
		.len = s->len,
	};
}

long
record_find(const struct record *r, const char *name)
{
	size_t len = strlen(name);

	return find(r, name, len, name_hash(name, len));
}

static const char *
first_of(const struct record *r, const char *name, enum value_kind kind)
{
	long at = record_find(r, name);
	struct value v;

	if (at < 0 || !r->attrs[at].count)
		return NULL;
	v = record_value(r, (size_t)at, 0);
	return v.kind == kind ? v.data : NULL;
}

const char *
record_text(const struct record *r, const char *name)
{
	return first_of(r, name, VALUE_TEXT);
}

const char *
record_json(const struct record *r, const char *name)
{
	return first_of(r, name, VALUE_JSON);
}

size_t
record_size(const struct record *r)
{
	return names_end(r, r->attr_count) + r->bytes.len;
}
