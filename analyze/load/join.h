/*
 * How a tenant object names the AD object it stands for: by its source anchor,
 * by the SID, or, when it has neither, by DN or account name; contacts by
 * their address ("Microsoft Entra Connect: Design concepts", sourceAnchor).
 */
#ifndef ANALYZE_LOAD_JOIN_H
#define ANALYZE_LOAD_JOIN_H

#include "analyze/model/model.h"

enum join_way {
	JOIN_ANCHOR, JOIN_SID, JOIN_DN, JOIN_ACCOUNT_NAME, JOIN_MAIL,
	JOIN_FORMER,                 /* deleted users, by their names */
	JOIN_WAYS
};

/* The ways to the objects of one tenant section. */
struct join {
	struct keys ways[JOIN_WAYS];
};

/* Adds the keys of a tenant object that is to have ROW to the lists. */
void join_note(struct key_list lists[JOIN_WAYS], struct containers *cs,
               const struct object *o, uint32_t row);

/* Says that the object will soon be looked for. */
void join_expect(const struct join *j, const struct object *o);
/*
 * The row of the tenant object that stands for the AD object O, and by what it
 * was found; 0: none. -1 with ERR filled when a line cannot be read.
 */
int join_find(const struct join *j, struct fetch *f, enum section tenant,
              const struct object *o, row_id *row, enum how *how,
              struct err *err);

/*
 * The row of a deleted user that is called like the AD user O, whatever its
 * anchor; 0: none. -1 with ERR filled when a line cannot be read.
 */
int join_find_former(const struct join *j, struct fetch *f,
                     const struct object *o, row_id *row, struct err *err);

#endif
