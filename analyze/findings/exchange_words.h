/* The words of exchange.json, read again. */
#ifndef ANALYZE_FINDINGS_EXCHANGE_WORDS_H
#define ANALYZE_FINDINGS_EXCHANGE_WORDS_H

#include "analyze/findings/exchange_told.h"

struct buf;

/* Whose words: each list has those of one enum, in its order. */
enum exchange_words {
	WORDS_OF_STATE, WORDS_OF_VERDICT, WORDS_OF_PATH, WORDS_OF_PATH_STATE,
	WORDS_OF_RESULT, WORDS_OF_KIND, WORDS_OF_OWNER, WORDS_OF_SUPPORT
};

/* The number of WORD in its enum, or -1; NULL is no word. */
int exchange_word(enum exchange_words of, const char *word);
/* Appends all of a list: "a, b or c". */
void exchange_words_put(struct buf *out, enum exchange_words of);

#endif
