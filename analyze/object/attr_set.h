/*
 * Sets of attributes, as what was asked for of a section or stood in a line.
 * There is room for ATTR_SET_MAX, however many are read by name.
 */
#ifndef ANALYZE_OBJECT_ATTR_SET_H
#define ANALYZE_OBJECT_ATTR_SET_H

#include <stdbool.h>
#include <stdint.h>

enum { ATTR_SET_MAX = 256, ATTR_SET_WORDS = ATTR_SET_MAX / 64 };

/* A zeroed struct is empty. */
struct attr_set {
	uint64_t words[ATTR_SET_WORDS];
};

/*
 * One for a table, of up to eight attributes:
 *	.attrs = ATTRS(ATTR_MAIL, ATTR_PROXIES),
 */
#define ATTRS(...) { { \
	ATTRS_WORD(0, __VA_ARGS__, ATTRS_PAD), \
	ATTRS_WORD(1, __VA_ARGS__, ATTRS_PAD), \
	ATTRS_WORD(2, __VA_ARGS__, ATTRS_PAD), \
	ATTRS_WORD(3, __VA_ARGS__, ATTRS_PAD) } }
#define ATTRS_PAD \
	ATTR_SET_MAX, ATTR_SET_MAX, ATTR_SET_MAX, ATTR_SET_MAX, \
	ATTR_SET_MAX, ATTR_SET_MAX, ATTR_SET_MAX, ATTR_SET_MAX, ATTR_SET_MAX
#define ATTRS_WORD(...) ATTRS_WORD_(__VA_ARGS__)
#define ATTRS_WORD_(w, a, b, c, d, e, f, g, h, ninth, ...) \
	ATTRS_NONE(ninth) | \
	ATTRS_BIT(w, a) | ATTRS_BIT(w, b) | ATTRS_BIT(w, c) | \
	ATTRS_BIT(w, d) | ATTRS_BIT(w, e) | ATTRS_BIT(w, f) | \
	ATTRS_BIT(w, g) | ATTRS_BIT(w, h)
/* 0; a ninth attribute does not compile. */
#define ATTRS_NONE(a) \
	(0 * sizeof(char[(int)(a) == ATTR_SET_MAX ? 1 : -1]))
/* The attribute's bit, if it belongs to the word. */
#define ATTRS_BIT(w, a) \
	((a) / 64 == (w) ? UINT64_C(1) << (a) % 64 : UINT64_C(0))

static inline bool
attr_set_has(const struct attr_set *s, unsigned a)
{
	return s->words[a / 64] >> a % 64 & 1;
}

static inline void
attr_set_add(struct attr_set *s, unsigned a)
{
	s->words[a / 64] |= UINT64_C(1) << a % 64;
}

static inline void
attr_set_remove(struct attr_set *s, unsigned a)
{
	s->words[a / 64] &= ~(UINT64_C(1) << a % 64);
}

/* Adds all of MORE. */
static inline void
attr_set_join(struct attr_set *s, const struct attr_set *more)
{
	for (int i = 0; i < ATTR_SET_WORDS; i++)
		s->words[i] |= more->words[i];
}

static inline bool
attr_set_is_empty(const struct attr_set *s)
{
	uint64_t any = 0;

	for (int i = 0; i < ATTR_SET_WORDS; i++)
		any |= s->words[i];
	return !any;
}

/* Whether the two have something in common. */
static inline bool
attr_set_meets(const struct attr_set *a, const struct attr_set *b)
{
	uint64_t both = 0;

	for (int i = 0; i < ATTR_SET_WORDS; i++)
		both |= a->words[i] & b->words[i];
	return both;
}

/* Adds what both A and B have. */
static inline void
attr_set_join_common(struct attr_set *s, const struct attr_set *a,
                     const struct attr_set *b)
{
	for (int i = 0; i < ATTR_SET_WORDS; i++)
		s->words[i] |= a->words[i] & b->words[i];
}

/* Whether S has everything that is WANTED. */
static inline bool
attr_set_covers(const struct attr_set *s, const struct attr_set *wanted)
{
	uint64_t lacks = 0;

	for (int i = 0; i < ATTR_SET_WORDS; i++)
		lacks |= wanted->words[i] & ~s->words[i];
	return !lacks;
}

#endif
