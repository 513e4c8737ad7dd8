/*
 * Lines of the findings format: the pieces that writer and reader share.
 */
#ifndef ANALYZE_FINDINGS_LINE_H
#define ANALYZE_FINDINGS_LINE_H

#include <stddef.h>

#include "analyze/findings/findings.h"

struct arena;
struct json;
struct record;
struct word_names;
struct line_words;

/* The column of a finding's cause. */
extern const size_t finding_cause_column;
/* Whether it is a sentence for people, for line_told. */
bool finding_column_is_told(size_t column);
/* What the object of F is known by, whatever it is called and wherever. */
const char *finding_object(const struct finding *f);

/* Appends TEXT in one form: a DN has many spellings, as values have. */
void line_fold(struct buf *out, const char *text);
/* The same of a text by which F is known: a domain has two spellings, too. */
void line_fold_of(struct buf *out, const struct finding *f, const char *text);

/* Appends {"KEY":TEXT, then ,"KEY":TEXT; NULL is null. */
void line_first(struct buf *out, const char *key, const char *text);
void line_text(struct buf *out, const char *key, const char *text);
/* The same with a sentence for people: what nobody sees in it is marked. */
void line_told(struct buf *out, const char *key, const char *text);
/* The same with a number, a word of JSON, and an array of texts. */
void line_number(struct buf *out, const char *key, uint64_t n);
void line_word(struct buf *out, const char *key, const char *word);
void line_list(struct buf *out, const char *key, const char *const *list,
               size_t n);
/* The same with a time; null: there is none, or none that readers take. */
void line_time(struct buf *out, const char *key, when_t t);

/* The text of a member, in A; NULL: it has none. */
const char *line_copy(const struct json *j, const char *key, struct arena *a);

/* A time of what was read; WHEN_NONE: there is none. */
when_t line_when(const struct json *j, const char *key);
/* What TEXT says; of NULL WHEN_NONE. 0, or -1: it is no time. */
int line_time_of(const char *text, when_t *out);
/* The same of the member of J, which may be null, or lack. */
int line_time_take(const struct json *j, const char *key, when_t *out);

/* The words of a finding. */
extern const struct word_names finding_names;
/*
 * The finding of a line that was read; what it proposes goes to A. 0, or -1
 * when it lacks something.
 */
int finding_take(const struct line_words *w, struct arena *a,
                 struct finding *out);
/* Adds its waiver, the others that it is about, and its deadline. */
void finding_take_beside(const struct line_words *w, struct arena *a,
                         struct finding *out);
/* Adds what happened, if that is told. 0, or -1: it is no event. */
int finding_take_event(const struct line_words *w, struct arena *a,
                       struct finding *out);

/* Sorts them, and appends a line of each, with texts of F's rules. */
void causes_put(struct buf *out, struct cause_table *t,
                const struct findings *f);
/* The cause of a line that was read; lists go to A. 0, or -1. */
int cause_take(const struct record *r, struct arena *a, struct cause *out);

/* The words of a forecast. */
extern const struct word_names forecast_names;
/*
 * The forecast of a line that was read, without arrays and lists: what it does
 * not say is as if it said null. 0, or -1 with *WANT set to what was wanted.
 */
int forecast_take_words(const struct line_words *w, struct forecast *out,
                        const char **want);
/* Adds those of the same line, to A. */
void forecast_take_lists(const struct record *r, struct arena *a,
                         struct forecast *out);
/* Both, of a record. */
int forecast_take(const struct record *r, struct arena *a,
                  struct forecast *out, const char **want);

#endif
