/*
 * Finding attributes by name, which happens for every value of every object:
 * by a hash of the name without case, in an index of fixed size that follows
 * from the table alone and that threads read without asking each other.
 */
#include <pthread.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "collect/schema/ad_attr.h"

enum { SLOTS = 4096 };

/* Numbers of rows, plus one; made once, and const from then on. */
static uint16_t slots[SLOTS];
static pthread_once_t made = PTHREAD_ONCE_INIT;

static size_t
slot_of(const char *name)
{
	uint32_t hash = 2166136261u;

	for (; *name; name++)
		hash = (hash ^ (uint32_t)(*name | 32)) * 16777619u;
	return (hash ^ hash >> 16) % SLOTS;
}

static void
make_slots(void)
{
	for (size_t i = 0; i < ad_attr_count(); i++) {
		size_t at = slot_of(ad_attr_at(i)->name);

		while (slots[at])
			at = (at + 1) % SLOTS;
		slots[at] = (uint16_t)(i + 1);
	}
}

const struct ad_attr *
ad_attr_find(const char *name)
{
	size_t at = slot_of(name);

	pthread_once(&made, make_slots);
	for (; slots[at]; at = (at + 1) % SLOTS) {
		const struct ad_attr *a = ad_attr_at(slots[at] - 1u);

		if (strcmp(a->name, name) == 0 ||
		    ascii_casecmp(a->name, name) == 0)
			return a;
	}
	return NULL;
}

const struct ad_attr *
ad_attr_shown(const char *shown)
{
	for (size_t i = 0; i < ad_attr_count(); i++) {
		const struct ad_attr *a = ad_attr_at(i);

		if (a->shown && ascii_casecmp(a->shown, shown) == 0)
			return a;
	}
	return NULL;
}
