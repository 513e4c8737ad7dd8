/* Which values of an object are one: see met_values.h. */
#include "analyze/object/met_values.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/utf8.h"

void
met_begin(struct met_values *m)
{
	m->items = m->few;
	m->count = 0;
	m->room = MET_FEW;
	m->by_hash = false;
	m->index = (struct hash_index){ 0 };
}

void
met_end(struct met_values *m)
{
	if (m->items != m->few)
		free(m->items);
	hash_index_release(&m->index);
}

static bool
is_blank(char c)
{
	return isspace((unsigned char)c);
}

/* Whether it may be one with a text of other letters, or of other blanks. */
static bool
is_odd(const char *text)
{
	size_t len = strlen(text);

	return !utf8_is_ascii(text, len) ||
	       (len && (is_blank(text[0]) || is_blank(text[len - 1]))) ||
	       (len > 5 && text[4] == ':' && is_blank(text[5]));
}

static void
index_value(struct met_values *m, size_t i)
{
	hash_index_add(&m->index, unique_hash(m->items[i].kind,
	                                      m->items[i].text), i);
}

static void
go_by_hash(struct met_values *m)
{
	m->by_hash = true;
	for (size_t i = 0; i < m->count; i++)
		index_value(m, i);
}

static long
find_hashed(const struct met_values *m, enum unique kind, const char *text)
{
	uint64_t hash = unique_hash(kind, text);
	size_t at = HASH_INDEX_FIRST;
	long i;

	while ((i = hash_index_next(&m->index, hash, &at)) >= 0)
		if (m->items[i].kind == kind &&
		    unique_is_same(m->items[i].text, text))
			break;
	return i;
}

static long
find_plain(const struct met_values *m, enum unique kind, const char *text)
{
	for (size_t i = 0; i < m->count; i++)
		if (m->items[i].kind == kind &&
		    ascii_casecmp(m->items[i].text, text) == 0)
			return (long)i;
	return -1;
}

static void
add(struct met_values *m, enum unique kind, const char *text)
{
	struct met_value *few = m->items == m->few ? m->few : NULL;

	if (m->count == m->room && few) {
		m->items = NULL;
		m->room = 0;
		LIST_RESERVE(m->items, m->room, m->count + 1);
		memcpy(m->items, few, m->count * sizeof(*few));
	}
	LIST_RESERVE(m->items, m->room, m->count + 1);
	m->items[m->count++] = (struct met_value){ kind, text };
	if (m->by_hash)
		index_value(m, m->count - 1);
}

long
met_before(struct met_values *m, enum unique kind, const char *text)
{
	long before;

	if (!m->by_hash && (m->count == MET_FEW || is_odd(text)))
		go_by_hash(m);
	before = m->by_hash ? find_hashed(m, kind, text)
	                    : find_plain(m, kind, text);
	if (before < 0)
		add(m, kind, text);
	return before;
}
