/*
 * Fingerprints of many findings: sorted numbers, since a folder may have
 * millions of them.
 */
#ifndef ANALYZE_FINDINGS_PRINTS_H
#define ANALYZE_FINDINGS_PRINTS_H

#include <stddef.h>
#include <stdint.h>

struct compared_file;
struct err;

/* One, as a number, and what its owner knows of it. */
struct print {
	uint64_t half[2];
	uint32_t state;
	uint32_t number;
};

/* A zeroed one is empty. */
struct prints {
	struct print *items;
	size_t count, room;
};

/* Reads one, which may be NULL; 0 or -1. */
int print_parse(struct print *out, const char *text);
/* That of the line at hand, whose record is filled; 0 or -1. */
int print_take(const struct compared_file *s, struct print *out,
               struct err *err);
/* The same without a record. */
int print_take_raw(const struct compared_file *s, struct print *out,
                   struct err *err);
/* ROOM is how many there will be, as far as that is known. */
void prints_init(struct prints *p, uint64_t room);
void prints_add(struct prints *p, const struct print *one);
/* Sorts them: before that none is found. */
void prints_sort(struct prints *p);
/* The one of that number, or NULL. */
struct print *prints_find(const struct prints *p, const struct print *one);
void prints_release(struct prints *p);

#endif
