/*
 * What is read of a forest: one table of searches, each with its section of the
 * snapshot, place, filter and attributes.
 */
#ifndef COLLECT_AD_AD_QUERY_H
#define COLLECT_AD_AD_QUERY_H

#include <stddef.h>

#include "collect/ldap/ldap.h"
#include "collect/schema/schema.h"

/* Where a search begins. */
enum ad_place {
	PLACE_DOMAIN,    /* each domain of the forest */
	PLACE_CONFIG,    /* the forest's configuration partition */
	PLACE_SCHEMA,
};

struct ad_query {
	enum section section;
	enum ad_place place;
	const char *below;       /* stands before the place's name, or "" */
	enum ldap_reach reach;
	enum ldap_deleted deleted;
	const char *filter;
	unsigned asks;           /* ASK_ bits of its objects (ad_attr.h) */
};

/* More than the table of attributes has. */
enum { AD_ATTRIBUTES_MAX = 1024 };

size_t ad_query_count(void);
/* In the order in which sections are read; rows of a section are together. */
const struct ad_query *ad_query_at(size_t i);

/* How "member" is asked for. */
enum ad_ranges { RANGES_PLAIN, RANGES_ASKED };
/* Where stamps of attributes come from. */
enum ad_stamps { STAMPS_STORED, STAMPS_COMPUTED };

/* What a server can do. */
struct ad_dialect {
	enum ad_ranges ranges;
	enum ad_stamps stamps;
};

/*
 * Fills NAMES with the attributes and a NULL; they are const. With RANGES_ASKED
 * the long ones are asked for by a range, as AD answers them anyway; with
 * STAMPS_COMPUTED msDS-ReplAttributeMetaData stands for replPropertyMetaData.
 */
void ad_query_attributes(const struct ad_query *q, struct ad_dialect dialect,
                         const char *names[AD_ATTRIBUTES_MAX]);

#endif
