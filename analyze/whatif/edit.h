/* One edit as it was read: what the modules of edits.h share, and no others. */
#ifndef ANALYZE_WHATIF_EDIT_H
#define ANALYZE_WHATIF_EDIT_H

#include "analyze/model/model.h"
#include "analyze/whatif/edits.h"
#include "base/digest.h"
#include "base/mem.h"

struct setting;

enum edit_kind {
	EDIT_SET, EDIT_MOVE, EDIT_INCLUDE, EDIT_EXCLUDE, EDIT_VERIFY,
	EDIT_LICENSE, EDIT_KINDS
};

/* Whether the edit's new parent is known. */
enum edit_way { WAY_UNKNOWN, WAY_BEING_FOUND, WAY_KNOWN };

struct edit {
	enum edit_kind kind;
	unsigned line;
	const char *target;      /* the value of the key that names the kind */
	const char *dn;          /* TARGET normalised when it is a DN */
	const struct setting *setting;
	const char **values;     /* set: none when removed */
	size_t count;
	const char *to, *to_dn;  /* move: as written, and normalised */
	enum edit_way way;
	const char *parent;      /* move: TO after all moves */
	bool everyone;           /* license: "*" */
	enum tristate licence;

	/* set, and license of one object: which one */
	bool found, has_guid;
	struct guid guid;
	const char *object_dn;   /* normalised, before the moves */
};

/* Which edits have to do with a fingerprint: it is no proof. */
struct edit_slot {
	uint64_t hash;
	uint32_t edit;           /* its number from 1; 0: free */
};

struct edit_index {
	struct edit_slot *slots;
	size_t room, count;
};

void edit_index_add(struct edit_index *x, uint64_t hash, size_t edit);
void edit_index_release(struct edit_index *x);
/*
 * The edits under HASH in the order they were added: *AT begins as EDIT_FIRST;
 * -1 at the end.
 */
#define EDIT_FIRST SIZE_MAX
long edit_index_next(const struct edit_index *x, uint64_t hash, size_t *at);

struct edits {
	struct arena arena;
	const char *path, *name;
	char digest[DIGEST_TEXT];
	struct edit *items;
	size_t count;
	const char **domains;            /* of EDIT_VERIFY */
	size_t domain_count;
	struct edit_index objects;       /* by GUID and by DN */
	struct edit_index places;        /* moves and licences by DN */
	const struct edit *everyone;     /* the last licence of "*" */
	size_t moves;                    /* how many there are */
	size_t nameless;                 /* objects without GUID */
};

/* Whether it names one object, which has to be found. */
bool edit_is_of_object(const struct edit *e);

/* Appends the normalised DN to the arena; NULL when it is none. */
const char *edit_normal(const char *dn, struct arena *a);

/* As edits_dn, for who has the normalised DN, too. */
const char *edit_moved(const struct edits *e, const char *dn,
                       const char *normal, struct arena *a);

/*
 * What edits that were read say together: 0, or -1 with ERR filled when they
 * contradict each other.
 */
int edits_check(struct edits *e, struct err *err);

/* "FILE:LINE: KEY", for messages: what EDIT_AT takes. */
#define EDIT_PLACE "%s:%u: %s"
#define EDIT_AT(e, x) (e)->path, (x)->line, edit_word((x)->kind)
const char *edit_word(enum edit_kind kind);

#endif
