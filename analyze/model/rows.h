/*
 * What is kept of objects, and of the files that they are read from. A part of
 * the model's header.
 */
#ifndef ANALYZE_MODEL_ROWS_H
#define ANALYZE_MODEL_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/object/object.h"
#include "base/blob.h"
#include "base/guid.h"
#include "base/when.h"
#include "collect/snapshot/snapshot.h"

struct account;

/* The numbers of rows are such: 0 is none, 1 the first. */
typedef uint32_t row_id;

/* What is kept of an object. */
struct row {
	uint64_t place : 47;     /* of its line in the section's files */
	uint64_t shared : 1;     /* AD: others may have a value of it, too */
	uint64_t domain : 16;    /* AD: its number, from 1; 0: none is known */
	struct guid guid;        /* objectGUID; tenant: in the immutableId */
	union {
		const struct account *account;   /* tenant; or NULL */
		when_t created;                  /* AD: whenCreated */
	};
	uint32_t wanted;         /* bytes of the line that matter */
	row_id twin;             /* in the other side's section */
	row_id deleted;          /* AD: in the deleted users */
	uint32_t history;        /* AD: its newest entry; 0: none */
	/*
	 * These two, TWIN, DELETED and HISTORY change while other threads read
	 * the rest (and TWIN of merged rows): bits would be shared.
	 */
	bool suspect;            /* a rule may have something to say */
	bool seen_before;        /* in an older snapshot */
	unsigned has_guid : 1;
	unsigned merged : 1;     /* it only completes another row: TWIN */
	unsigned completed : 1;  /* there are lines that complete it */
	unsigned scope : 2;
	unsigned enabled : 2;
	unsigned how : 3;        /* AD: enum how */
	unsigned contested : 1;  /* AD: others claim a value of it */
	unsigned part : 1;       /* AD: a linked mailbox that has its master */
	unsigned former : 1;     /* AD: DELETED is his by name, not by anchor */
	unsigned keyless : 1;    /* AD: it has no key that accounts show */
	unsigned unplaced : 1;   /* AD: whether in scope is not known */
	unsigned parted : 1;     /* AD: a parted account has its SID or DN */
	/*
	 * AD: the low bits of the stamps' versions, 0: there are none; what
	 * tells userAccountControl from another one, 0: it is not known.
	 */
	unsigned control_version : 12, name_version : 12;
	unsigned flags : 8;
};

static inline uint16_t
row_version(const struct stamp *s)
{
	return s->version & 0xfff;
}

/* Two that differ in one flag, or in neighbours, differ in this. */
static inline uint8_t
row_flags(int64_t control)
{
	return (uint8_t)(control ^ control >> 8 ^ control >> 16 ^
	                 control >> 24);
}

_Static_assert(sizeof(struct row) == 56, "millions of them are kept");

/* The domains that rows can tell. */
enum { DOMAINS_MAX = UINT16_MAX };

/*
 * A file of a table: what one snapshot has in the section. In the present, that
 * of a snapshot that is history for some of its domains is mixed: only lines of
 * the others count. In history it is the other way round.
 */
struct table_file {
	const struct snapshot *from;
	bool is_mixed;
	struct section_file file;    /* its path is ours */
	struct blob *blob;           /* NULL: closed, for there are many */
	uint64_t first, size;        /* the place of its first byte; bytes */
	size_t first_piece, pieces;
};

/*
 * The objects of a section, in the order of its files. Places and pieces count
 * through all files, as if these were one.
 */
struct table {
	struct row *rows;
	size_t count, room;
	size_t merged;               /* of them */
	uint64_t nameless;           /* lines of AD without any key: no row */
	struct table_file *files;
	size_t file_count, file_room;      /* 0: the section has none */
	/* What was asked for: of AD by the numbers of domains; else one. */
	struct attr_set *covered;
	uint32_t *piece_rows;        /* each piece's first row, and the end */
	size_t pieces;
};

/* A line that completes an object of another line, or of another section. */
struct supplement {
	enum section owner;          /* the object's section */
	uint32_t row;                /* in it, from 0 */
	enum section section;        /* the line's */
	uint64_t place;
	uint32_t wanted;
	bool is_linked;              /* the line is a linked mailbox's own */
};

/* An entry of history as it is kept. */
enum { HISTORY_NOW = UINT16_MAX };
/* Whether it was in scope then is not known. */
enum { SCOPE_UNSEEN = UINT8_MAX };

struct history_row {
	uint32_t older;              /* + 1; 0: none */
	/* In history; of the next look that tells each, perhaps HISTORY_NOW: */
	uint16_t snapshot, newer[HISTORY_TELLS];
	uint8_t scope, enabled;
	uint32_t wanted;
	enum section section;        /* of the line */
	uint64_t place;
};

/*
 * How many users and groups of a domain of AD have their primary addresses in a
 * verified domain that is no initial one.
 */
struct mail_domain {
	unsigned of;                 /* AD's: its number, from 1; 0: unknown */
	size_t verified;             /* in verified_domains */
	uint64_t objects;
};

struct mail_domains {
	struct mail_domain *items;
	size_t count, room, last;
	const char **most;           /* by numbers of domains; or NULL */
};

/* Who has an address, by where that was read. */
enum in_use {
	IN_USE_CLAIMED,              /* what AD objects have, or will have */
	IN_USE_HELD,                 /* what live objects of the tenant hold */
	IN_USE_BESIDE,               /* the rest */
	IN_USE_NAMES,                /* account names and aliases */
	/*
	 * What AD objects had in older snapshots, and have no more; of one that
	 * is gone the section is SECTION_COUNT.
	 */
	IN_USE_PAST,
	IN_USE_COUNT
};

#endif
