/* What was counted so far, for domain_count.c and domain_settle.c alone. */
#ifndef COLLECT_SNAPSHOT_DOMAIN_ROWS_H
#define COLLECT_SNAPSHOT_DOMAIN_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/hash_index.h"
#include "collect/schema/schema.h"
#include "collect/snapshot/forest_votes.h"
#include "collect/snapshot/lack.h"
#include "collect/snapshot/partition.h"

enum {
	DOMAIN_SID = 24,         /* bytes of S-1-5-21-a-b-c */
	DOMAIN_TAILS = 16,
};

#define NO_INPUT UINT32_MAX

struct input_list {
	uint32_t *items;         /* each once, as they came */
	size_t count, room;
};

/* What the objects of one section say of one domain. */
struct domain_row {
	uint64_t objects;
	bool has_sid, sid_doubtful;
	unsigned char sid[DOMAIN_SID];   /* the least one */
	struct forest_votes forests;     /* by objectCategory */
	struct lack_list lacks;
	struct input_list inputs;
};

struct domain_entry {
	char *name;
	enum partition kind;     /* PARTITION_NONE: without a name */
	struct domain_row *rows[SECTION_COUNT];  /* NULL: nothing of it */
};

/* The end of a DN and where it leads; see partition_of. */
struct domain_tail {
	char *text;
	size_t len;
	size_t entry;
};

/* What inputs said of a section. */
struct section_said {
	struct input_list asked;
	struct partial_said {
		uint32_t input;
		char *reason;
	} *partials;
	size_t partial_count, partial_room;
};

/* A domain's forest, as a crossRef says. */
struct domain_crossref {
	char *domain, *forest;
};

/* A lack of the object that comes next; its texts lie in a buffer. */
struct pending_lack {
	enum section section;
	size_t attribute, reason;
};

struct domain_count {
	struct domain_entry *entries;
	size_t entry_count, entry_room;
	struct hash_index names;
	struct domain_tail tails[DOMAIN_TAILS];
	size_t tail_count, tail_last, tail_next;
	struct section_said said[SECTION_COUNT];
	struct domain_crossref *crossrefs;
	size_t crossref_count, crossref_room;
	struct pending_lack *pending;
	size_t pending_count, pending_room;
	struct buf pending_text, name;
	uint32_t input;
	size_t input_total;      /* numbers of inputs are below */
	bool by_input;           /* inputs were told apart */
};

#endif
