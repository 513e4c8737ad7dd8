/*
 * How a tenant object names the AD object it stands for: by its source anchor,
 * by the SID, or, when it has neither, by DN or account name; contacts by
 * their address ("Microsoft Entra Connect: Design concepts", sourceAnchor).
 * Where none of these was collected, by a name that one object of either side
 * has: the sign-in name, else the primary address, else mail.
 */
#ifndef ANALYZE_LOAD_TWIN_H
#define ANALYZE_LOAD_TWIN_H

#include "analyze/model/model.h"

enum twin_way {
	TWIN_ANCHOR, TWIN_SID, TWIN_DN, TWIN_ACCOUNT_NAME, TWIN_MAIL,
	TWIN_FORMER,                 /* deleted users, by their names */
	TWIN_NAME_UPN, TWIN_NAME_PRIMARY, TWIN_NAME_MAIL,
	TWIN_WAYS
};

/* The ways to the objects of one tenant section. */
struct twin_ways {
	struct keys ways[TWIN_WAYS];
};

/*
 * Adds the keys of an object of section S that is to have ROW to the lists;
 * ANCHOR is its source anchor, NULL: it has none that is a GUID.
 */
void twin_note(struct key_list lists[TWIN_WAYS], const struct model *m,
               enum section s, struct containers *cs, const struct object *o,
               const struct guid *anchor, uint32_t row);

/* Says that the object will soon be looked for. */
void twin_expect(const struct twin_ways *j, const struct object *o);
/* A row of the tenant, 0: none, and by what it was found. */
struct twin_found {
	row_id row;
	enum how how;
	bool parted;                 /* another had its SID or DN */
};

/*
 * The tenant object that stands for the AD object O, of which AD is the row so
 * far. 0, or -1 with ERR filled when a line cannot be read.
 */
int twin_find(const struct twin_ways *j, struct fetch *f, enum section tenant,
              const struct object *o, const struct row *ad,
              struct twin_found *out, struct err *err);

/*
 * The row of a deleted user that is called like the AD user O, whatever its
 * anchor; 0: none. -1 with ERR filled when a line cannot be read.
 */
int twin_find_former(const struct twin_ways *j, struct fetch *f,
                     const struct object *o, row_id *row, struct err *err);

#endif
