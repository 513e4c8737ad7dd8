/*
 * What is read of a tenant: one table of Graph's lists, each with its section
 * of the snapshot, its properties and the permission that it wants. Paths,
 * properties and permissions are those of the Microsoft Graph REST API v1.0
 * reference, "List users" and its like.
 */
#ifndef COLLECT_GRAPH_GRAPH_QUERY_H
#define COLLECT_GRAPH_GRAPH_QUERY_H

#include <stddef.h>

#include "collect/schema/schema.h"

/* Of which objects there is one such list each. */
enum graph_owner {
	OWNER_TENANT,            /* of the tenant: once */
	OWNER_GROUP,
	OWNER_ROLE,
	OWNER_USER,              /* users that synchronization may have left */
	OWNER_CONVERTED_GROUP,   /* groups likewise */
	OWNER_CONTACT,           /* contacts likewise */
	OWNER_COUNT
};

/* How a list comes: in pages of a settable size, at once, or as an object. */
enum graph_paging { PAGED, ONE_PAGE, ONE_OBJECT };

/* Who else may be asked when the usual version does not tell. */
enum graph_version { GRAPH_V1, GRAPH_BETA };

struct graph_query {
	enum section section;
	enum graph_owner owner;
	const char *path;            /* "%s": the owner's id */
	enum graph_paging paging;
	const char *const *properties;   /* ends in NULL */
	const char *permission;      /* the least that lets an application */
	const char *type;            /* of objects that do not say it */
	const char *owner_key;       /* the record's name for the owner's id */
	/*
	 * What else is watched when Graph tells the changes of the list ("Use
	 * delta query to track changes in Microsoft Graph data"), or ""; NULL:
	 * it does not tell them.
	 */
	const char *delta;
};

enum { GRAPH_PAGE_MOST = 999 };

size_t graph_query_count(void);
/* In the order of reading; lists of owners follow the owners' own. */
const struct graph_query *graph_query_at(size_t i);

/* Whether every object of their section owns a list. */
enum graph_owning {
	OWNING_ALL,
	OWNING_LEFT,             /* those that synchronization may have left */
};

/* The section that such owners come from; SECTION_COUNT: none. */
enum section graph_owner_section(enum graph_owner o);
enum graph_owning graph_owner_owning(enum graph_owner o);
/* Whether one that is not found is believed to be gone. */
enum graph_vanishing { VANISHING, LASTING };
enum graph_vanishing graph_owner_vanishing(enum graph_owner o);
/* ", for each group": after the name of a section. */
const char *graph_owner_words(enum graph_owner o);

/* Properties not to be asked for, since a service said that it lacks them. */
struct name_set;

/*
 * The list's first address below BASE ("https://graph.microsoft.com"); the
 * caller frees it. PAGE: objects in a page.
 */
char *graph_query_url(const struct graph_query *q, const char *base,
                      enum graph_version version, const char *owner,
                      long page, const struct name_set *lacking);

/*
 * That of one object of a list of the tenant, and that of the changes of the
 * list: NULL when there are none to be had.
 */
char *graph_query_object_url(const struct graph_query *q, const char *base,
                             const char *id, const struct name_set *lacking);
/* That of the owner of a list of owners, which tells whether it is there. */
char *graph_query_owner_url(const struct graph_query *q, const char *base,
                            const char *owner);
char *graph_query_delta_url(const struct graph_query *q, const char *base,
                            const struct name_set *lacking);

#endif
