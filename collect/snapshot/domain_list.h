/* What the manifest says of domains. */
#ifndef COLLECT_SNAPSHOT_DOMAIN_LIST_H
#define COLLECT_SNAPSHOT_DOMAIN_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "collect/snapshot/manifest_section.h"
#include "collect/snapshot/snapshot.h"

struct err;
struct json;

/* More than any forest has; each costs memory and a place in the manifest. */
enum { SNAPSHOT_DOMAINS_MAX = 4096 };

struct manifest_domain {
	struct snapshot_domain is;       /* owns its texts */
	bool sid_doubtful, forest_doubtful;
	/* Without files; of attributes only what the section has otherwise. */
	struct manifest_section sections[SECTION_COUNT];
	bool own_attributes[SECTION_COUNT];
};

struct domain_list {
	struct manifest_domain **items;  /* sorted by name */
	size_t count, room;
};

void domain_list_release(struct domain_list *l);
/* A new one, whose texts are copied; the order is the caller's. */
struct manifest_domain *domain_list_add(struct domain_list *l,
                                        const struct snapshot_domain *is);
void domain_list_sort(struct domain_list *l);

/* Adds the member "domains" to the manifest's tree. */
void domain_list_to_json(struct json *manifest, const struct domain_list *l);
/*
 * Fills L, which is empty; PATH is the manifest's. 0, or -1 with ERR filled,
 * also when domains have more objects than SECTIONS.
 */
int domain_list_from_json(struct domain_list *l, const struct json *domains,
                          const struct manifest_section *sections,
                          const char *path, struct err *err);

#endif
