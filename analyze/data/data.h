/*
 * What changes from year to year and is no part of the program: the data files
 * (data(5)), and the list of public suffixes. All of it is read once, when an
 * analysis begins, and const after that.
 */
#ifndef ANALYZE_DATA_DATA_H
#define ANALYZE_DATA_DATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/build.h"
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

/* ---- how long engines are supported (sync_engine.c) ---- */

/* A build and how it is written; NULL: there is none. */
struct data_build {
	const char *text;
	struct build is;
};

struct engine_build {
	struct data_build build;
	when_t released, ends;       /* or WHEN_NONE: not known */
	const char *ends_day;        /* its last day; or NULL */
	bool is_withdrawn;
};

/* What builds below one no longer do, or what they let others do. */
struct engine_floor {
	struct data_build below;
	const char *day;             /* since then: */
	when_t from;
	const char *id, *what;       /* of a flaw; else NULL */
	const char *source;
};

/* Who owns what: a converted user, Exchange's attributes of a mailbox. */
enum engine_feature { FEATURE_USER_AUTHORITY, FEATURE_EXCHANGE_AUTHORITY };

struct engine_minimum {
	enum engine_feature feature;
	struct data_build connect, agent;    /* of Cloud Sync; or no text */
};

struct engine_ages {
	const char *day;             /* of the file */
	when_t as_of;
	struct engine_build *builds; /* ascending */
	size_t build_count;
	struct engine_floor *stops, *flaws;
	size_t stop_count, flaw_count;
	struct engine_minimum *minima;
	size_t minimum_count;
};

/* NULL where D is. */
const struct engine_ages *data_engine(const struct data *d);

/* ---- how long Exchange is supported (exchange_builds.c) ---- */

struct exchange_product {
	const char *name;
	struct data_build from;      /* its first build */
	const char *ends_day;        /* of support; NULL: it has no end */
	when_t ends;
	const char *paid_day;        /* of updates for money; or NULL */
	when_t paid_until;
	/* Exchange Online takes no mail of older ones; or no text. */
	struct data_build mail_floor;
	const char *mail_floor_day;
	when_t mail_floor_from;
};

/* The product that has such a build, or NULL. */
const struct exchange_product *data_exchange(const struct data *d,
                                             const struct build *of);
/*
 * The service pack or cumulative update of OF, by its first three numbers, as
 * "CU15"; "RTM" is the product's first release. NULL: the file does not have
 * it, and none is guessed.
 */
const char *data_exchange_update(const struct data *d, const struct build *of);

/* ---- who extended the schema for Exchange (exchange_schema.c) ---- */

/*
 * The releases that have rangeUpper of ms-Exch-Schema-Version-Pt so, as "2016
 * CU21 to CU23"; NULL: the file has no such number.
 */
const char *data_exchange_release(const struct data *d, uint64_t range_upper);

#endif
