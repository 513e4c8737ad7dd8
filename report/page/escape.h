/*
 * The escapes of the page, one for each place in which a value can stand.
 * Nothing else writes a value of the directory, of a file or of the command
 * line into it. All but esc_url take NULL, which is empty.
 */
#ifndef REPORT_PAGE_ESCAPE_H
#define REPORT_PAGE_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* HTML text, and attribute values in quotes. Controls become U+FFFD. */
void esc_html(struct buf *out, const char *text);
/*
 * An href, escaped: https alone, and no character that could end it; false,
 * with nothing appended: it is none, and stands as text.
 */
bool esc_url(struct buf *out, const char *url, size_t len);
/* A string of JSON, with its quotes, within a script of that type. */
void esc_json(struct buf *out, const char *text);
/* KEY=VALUE of a fragment or an id: all but letters, digits and -._~ as %XX. */
void esc_frag(struct buf *out, const char *key, const char *value);

/* What is marked of a value: of addresses spaces and what is not ASCII. */
enum esc_mode { ESC_TEXT, ESC_ADDRESS, ESC_UPN };
/* That of values of the attribute, which may be NULL. */
enum esc_mode esc_mode_of(const char *attribute);

enum { ESC_LONG = 300 };   /* characters of one value that the page shows */
/*
 * A value of the directory as HTML, isolated: what nobody sees is named, and
 * what does not belong in it is marked.
 */
void esc_value(struct buf *out, const char *text, enum esc_mode mode);
/* The same of LEN bytes, without what isolates it. */
void esc_visible(struct buf *out, const char *text, size_t len,
                 enum esc_mode mode);

#endif
