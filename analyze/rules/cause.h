/* Findings that follow from others, told with what they follow from. */
#ifndef ANALYZE_RULES_CAUSE_H
#define ANALYZE_RULES_CAUSE_H

#include <stdbool.h>
#include <stddef.h>

#include "analyze/findings/findings.h"
#include "analyze/object/object.h"
#include "analyze/rules/relation.h"
#include "analyze/rules/rules.h"

struct party party_of(const struct object *o);       /* which may be NULL */

/* Those of one object and its account. A zeroed one is empty. */
struct pending_list {
	struct pending *items;
	size_t count, room;
	/* Of wholes, as domains, which are put behind all objects. */
	struct pending *wholes;
	size_t whole_count, whole_room;
	struct arena texts;
};

void pending_add(struct pending_list *l, const struct finding *f,
                 struct party other, struct party account);
/*
 * A finding of a whole, which the object is a part of, and which is sure to
 * come: those of the object may follow from it.
 */
void pending_expect(struct pending_list *l, const struct finding *f);
/* Forgets them, and keeps their room. */
void pending_clear(struct pending_list *l);
void pending_release(struct pending_list *l);

/*
 * Sets what each that follows from another one follows from, which must stay
 * where it is until both are put, and tells it in its fix. They are about O; B
 * lends room. Those that explain findings on an account without an object go to
 * OUT.
 */
void causes_settle(struct pending_list *l, const struct object *o,
                   struct findings_batch *b, struct explained *out);
/*
 * The same of findings on such an ACCOUNT, by what objects of AD explain of it;
 * KNOWN is sorted, and its texts are lent to the findings.
 */
void causes_settle_account(struct pending_list *l, const struct object *account,
                           const struct explained *known);

/*
 * The row NUMBER of the table as ids of rules, for tests; false behind the
 * last.
 */
bool causes_row(size_t number, const char **root, const char **follower);

#endif
