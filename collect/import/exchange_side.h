/*
 * Recipients of Exchange on premises and of Exchange Online look the same; on
 * which side they are is told by where they are, or else by what only one side
 * has.
 */
#ifndef COLLECT_IMPORT_EXCHANGE_SIDE_H
#define COLLECT_IMPORT_EXCHANGE_SIDE_H

#include <stdbool.h>
#include <stddef.h>

struct record;

enum exchange_side {
	EXCHANGE_UNKNOWN,        /* nothing tells */
	EXCHANGE_ON_PREMISES,
	EXCHANGE_ONLINE,
	EXCHANGE_BOTH,           /* places of both */
};

/* What was met so far; a zeroed struct is nothing. */
struct exchange_signs {
	bool place[2], rest[2];  /* on premises, online */
};

/* A property that tells something, or NULL behind the last. */
enum { EXCHANGE_PROPERTIES = 18 };
const char *exchange_property(size_t i);

/* Weighs a value of the property of that number; an empty one says nothing. */
void exchange_weigh(struct exchange_signs *s, size_t property,
                    const char *text);
/* Weighs all texts and flags that an object has. */
void exchange_weigh_record(struct exchange_signs *s, const struct record *r);

enum exchange_side exchange_side_of(const struct exchange_signs *s);

/* Whether a name is one of Exchange Online's forests, servers or tenants. */
bool exchange_is_online_name(const char *text);

/* Any of these makes an object a recipient; they end in a NULL. */
extern const char *const exchange_recipient_properties[];

#endif
