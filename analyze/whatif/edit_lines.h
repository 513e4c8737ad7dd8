/* Where in a file of edits something stands, for messages. */
#ifndef ANALYZE_WHATIF_EDIT_LINES_H
#define ANALYZE_WHATIF_EDIT_LINES_H

#include <stddef.h>

/* Depths of keys in the file. */
enum edit_level { TOP_LEVEL = 1, EDIT_LEVEL = 3 };

/* A file that is looked through once, however many of its edits are asked. */
struct edit_lines {
	const char *text;
	/* Where an edit begins that was asked for: the search goes on there. */
	const char *mark;
	size_t mark_at;
	unsigned mark_line;
};

/*
 * The line of KEY at the depth LEVEL, in the edit number AT, which is none
 * before the one that was asked for last; of the edit itself without KEY, or
 * when it is spelled with escapes.
 */
unsigned edit_line(struct edit_lines *r, size_t at, enum edit_level level,
                   const char *key);

#endif
