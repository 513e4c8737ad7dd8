/*
 * Lines of the findings format: the pieces that writer and reader share.
 */
#ifndef ANALYZE_FINDINGS_LINE_H
#define ANALYZE_FINDINGS_LINE_H

#include <stddef.h>

#include "analyze/findings/findings.h"

struct arena;
struct record;

/* The text keys of a finding, and where they stand in its struct. */
enum { FINDING_TEXTS = 12 };

extern const struct finding_key {
	const char *key;
	size_t member;
} finding_texts[FINDING_TEXTS];

const char **finding_text(struct finding *f, size_t i);

/* Appends {"KEY":TEXT, then ,"KEY":TEXT; NULL is null. */
void line_first(struct buf *out, const char *key, const char *text);
void line_text(struct buf *out, const char *key, const char *text);
/* The same with a word of JSON, and with an array of texts. */
void line_word(struct buf *out, const char *key, const char *word);
void line_list(struct buf *out, const char *key, const char *const *list,
               size_t n);

/* A forecast as a line, with its line end. */
void forecast_put(struct buf *out, const struct forecast *f);
/*
 * The forecast of a line that was read; what the line does not say is as if it
 * said null. Lists go to A. 0, or -1 with *WANT set to what was wanted.
 */
int forecast_take(const struct record *r, struct arena *a,
                  struct forecast *out, const char **want);
/* The same without arrays and lists. */
int forecast_take_words(const struct record *r, struct forecast *out,
                        const char **want);

#endif
