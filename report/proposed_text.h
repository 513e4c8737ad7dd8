/* What a finding proposes, for people. */
#ifndef REPORT_PROPOSED_TEXT_H
#define REPORT_PROPOSED_TEXT_H

struct buf;
struct finding;

/*
 * Appends the new value, if all that is proposed is one of the finding's own
 * attribute; else each change, "mail: NEW; proxyAddresses: without OLD".
 * Nothing where nothing is proposed.
 */
void proposed_text(struct buf *out, const struct finding *f);

#endif
