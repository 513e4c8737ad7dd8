/*
 * Findings by object, for folders in which they do not stand as the forecast
 * does: only then are they all held.
 */
#ifndef REPORT_LOADED_FINDINGS_H
#define REPORT_LOADED_FINDINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "analyze/findings/findings.h"
#include "base/hash_index.h"
#include "base/mem.h"

struct loaded_finding {
	struct finding finding;
	bool taken;
};

struct loaded_findings {
	bool is;                     /* they are loaded */
	struct loaded_finding *items;
	size_t count, room, next;
	struct hash_index by_object;
	struct arena texts;
};

void loaded_add(struct loaded_findings *l, const struct finding *f);
/* The next one of that object that was not taken, which it is now; or NULL. */
const struct finding *loaded_take(struct loaded_findings *l, const char *guid,
                                  const char *dn, const char *object);
/* The first one of all that was not taken, which stays so; or NULL. */
const struct finding *loaded_rest(struct loaded_findings *l);
void loaded_release(struct loaded_findings *l);

#endif
