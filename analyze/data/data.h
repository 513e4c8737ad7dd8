/*
 * What changes from year to year and is no part of the program: the data files
 * (data(5)), and the list of public suffixes. All of it is read once, when an
 * analysis begins, and const after that.
 */
#ifndef ANALYZE_DATA_DATA_H
#define ANALYZE_DATA_DATA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/digest.h"
#include "base/when.h"

struct arena;
struct err;

/* Where it is. NULL: what came with the program; the system's list. */
struct data_places {
	const char *folder;          /* of the data files */
	const char *suffixes;        /* the list of public suffixes */
};

/* A file that was read; texts are the data's. */
struct data_file {
	const char *name;            /* without its folder */
	const char *source;          /* who publishes what it says */
	const char *day;             /* "2026-11-01": of then; or NULL */
	when_t as_of;                /* the same; or WHEN_NONE */
	unsigned valid_days;         /* 0: what it says does not change */
	char digest[DIGEST_TEXT];    /* "": it is no file, but in a library */
};

struct data;

/* NULL with ERR filled; the caller frees it. */
struct data *data_open(const struct data_places *from, struct err *err);
void data_free(struct data *d);

/* The files, in the order of their names; how many. */
size_t data_files(const struct data *d, const struct data_file **out);
/*
 * What files say no more of snapshots of NOW, since more days passed than they
 * are valid, in sentences, in A; how many.
 */
size_t data_tell_ages(const struct data *d, when_t now, struct arena *a,
                      const char *const **out);

/* ---- which domains the internet can know (suffix.c) ---- */

enum routing {
	ROUTING_PUBLIC,              /* it lies below a public suffix */
	ROUTING_RESERVED,            /* the registry of special-use names */
	ROUTING_PRIVATE,             /* by practice */
	ROUTING_UNLISTED,            /* it lies below no public suffix */
	ROUTING_TOP,                 /* it is a top-level domain */
	/* It is a public suffix itself: hardly anybody's, but perhaps his. */
	ROUTING_SUFFIX,
};

/* What is known of a domain. */
struct routed {
	enum routing routing;
	const char *name;            /* the special name: itself, or above it */
	const char *source;          /* what says so of the name */
};

/*
 * A thread's memory of domains: directories have few, each a million times.
 * It borrows D, which may be NULL: of all domains nothing bad is known.
 */
struct suffix_memory *suffix_memory_new(const struct data *d);
void suffix_memory_free(struct suffix_memory *m);
/*
 * In any case, as A-labels or U-labels. Names for documentation ("example") are
 * taken for such of the internet, for which they stand.
 */
struct routed suffix_find(struct suffix_memory *m, const char *domain);
/* The same without a memory. */
struct routed suffix_judge(const struct data *d, const char *domain);

/* Whether somebody can own it, who can have it verified in a tenant. */
bool suffix_is_possible(struct routed s);
/* Why nobody can reach it: "local is reserved (RFC 6762)"; in A or static. */
const char *suffix_reason(struct routed s, struct arena *a);

#endif
