/* The one escape for Markdown (CommonMark 0.31, and GitHub's tables). */
#ifndef REPORT_EXPORT_MD_TEXT_H
#define REPORT_EXPORT_MD_TEXT_H

struct buf;

/* Where it stands: in a cell of a table a bar would end it. */
enum md_place { MD_LINE, MD_CELL };

enum { MD_VALUE_MAX = 300 };     /* bytes shown of a value */

/*
 * Appends a value of the directory as a code span, in which nothing acts: no
 * markup, link, mention or reference. What nobody sees is named as on the
 * terminal, <U+202E>, bytes that are not UTF-8 are \xHH. What is longer than
 * MD_VALUE_MAX is cut, and said to be. NULL and "" are "(empty)".
 */
void md_put_value(struct buf *out, const char *text, enum md_place place);
/*
 * Appends a sentence, within a line that begins otherwise: words that could act
 * become values. NULL appends nothing.
 */
void md_put_text(struct buf *out, const char *text, enum md_place place);

#endif
