/* Which change a finding asks for: findings of one change have one id. */
#ifndef ANALYZE_FINDINGS_CHANGE_ID_H
#define ANALYZE_FINDINGS_CHANGE_ID_H

#include "analyze/findings/findings.h"

/*
 * The id of the value to change for F; NULL: nothing is to be changed for it.
 * It stands in TEXT. B lends room.
 */
const char *change_id(struct findings_batch *b, const struct finding *f,
                      char text[FINGERPRINT_TEXT]);
/* Whether findings on other objects may have the same one. */
bool change_is_shared(const struct finding *f);

#endif
