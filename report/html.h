/* The one escape for HTML, and the little that pages are made of. */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include <stddef.h>

struct buf;

/*
 * Appends TEXT for element content and attribute values: markup is escaped;
 * control characters and those that reorder text become visible as U+FFFD.
 * NULL appends nothing.
 */
void html_text(struct buf *out, const char *text);

/* Appends <TAG>TEXT</TAG>, the text escaped. */
void html_element(struct buf *out, const char *tag, const char *text);

/* Appends a value of the directory: isolated, so that it reorders nothing. */
void html_value(struct buf *out, const char *text);

/* Appends a cell; on a narrow screen its NAME stands before the value. */
void html_cell(struct buf *out, const char *name, const char *value);

/*
 * Appends a document's name as a link when it begins with https://, else as
 * text. What follows the first blank stands behind the link.
 */
void html_source(struct buf *out, const char *source);

#endif
