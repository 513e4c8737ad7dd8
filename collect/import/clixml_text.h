/* The texts of CLIXML. */
#ifndef COLLECT_IMPORT_CLIXML_TEXT_H
#define COLLECT_IMPORT_CLIXML_TEXT_H

struct buf;

/*
 * Puts characters in place of "_x000D_" and its like, which stand for what XML
 * cannot hold (MS-PSRP section 2.2.5.3.2). A half of a pair becomes U+FFFD, and
 * so does NUL.
 */
void clixml_unescape(struct buf *text);

#endif
