/*
 * The words of a line: members with a text or a word of JSON, each found by its
 * number. Readers that ask for no more than these need no record of the line.
 */
#ifndef ANALYZE_FINDINGS_LINE_WORDS_H
#define ANALYZE_FINDINGS_LINE_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct picked;
struct record;

enum { WORDS_MAX = 48 };

/* Members that are asked for; a bit of JSON stands for one that is no text. */
struct word_names {
	const char *const *names;
	size_t count;            /* at most WORDS_MAX */
	uint64_t json;
};

/* What a line has; borrowed from it. NULL: null, of another kind, or not. */
struct line_words {
	const char *text[WORDS_MAX];
	uint64_t present;        /* a bit for each that the line has, or null */
};

static inline bool
words_have(const struct line_words *w, size_t i)
{
	return w->present >> i & 1;
}

void words_of_record(const struct word_names *names, const struct record *r,
                     struct line_words *out);
/* The same of a line that a picker for these names read; once. */
void words_of_picked(const struct word_names *names, const struct picked *p,
                     struct line_words *out);

#endif
