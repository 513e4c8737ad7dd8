/*
 * Text as lines of LDIF (RFC 2849): the escape of what repairs write. Lines end
 * in CR LF, which ldifde and ldapmodify take alike.
 */
#ifndef REPORT_REPAIR_LDIF_TEXT_H
#define REPORT_REPAIR_LDIF_TEXT_H

struct buf;

/*
 * Appends "NAME: VALUE", or "NAME:: " and base64 where VALUE is not a
 * SAFE-STRING, ends in a blank or has a character that acts on a terminal.
 * What is longer than 76 is folded. NAME is the name of an attribute.
 */
void ldif_put_line(struct buf *out, const char *name, const char *value);

#endif
