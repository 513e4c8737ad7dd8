/* The one escape for XML 1.0. */
#ifndef REPORT_EXPORT_XML_TEXT_H
#define REPORT_EXPORT_XML_TEXT_H

struct buf;

/*
 * Appends TEXT for element content and attribute values: markup is escaped;
 * what XML cannot hold, or nobody sees, is named as on the terminal, <U+202E>,
 * and bytes that are not UTF-8 are \xHH. NULL appends nothing.
 */
void xml_put_text(struct buf *out, const char *text);
/* Appends ' NAME="TEXT"'. */
void xml_put_attribute(struct buf *out, const char *name, const char *text);

#endif
