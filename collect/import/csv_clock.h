/* The words by which a clock of twelve hours tells morning from afternoon. */
#ifndef COLLECT_IMPORT_CSV_CLOCK_H
#define COLLECT_IMPORT_CSV_CLOCK_H

#include <stddef.h>

enum clock_half {
	HALF_NONE,       /* no word: a clock of 24 hours */
	HALF_MORNING,
	HALF_AFTERNOON,
	HALF_UNKNOWN,    /* a word that no language is known to have */
};

/*
 * What the words in TEXT say, whatever their case, dots and blanks. Words that
 * only stand between a date and its time, as in Finnish, say nothing.
 */
enum clock_half clock_half(const char *text, size_t len);

#endif
