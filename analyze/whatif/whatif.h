/*
 * Edits: what AD, the sync scope, the tenant's domains and the licences would
 * be if (what-if(5) describes the file). They are read, then held against the
 * AD snapshot, then applied to every line of it that becomes an object. All
 * that names an object or a place means what it was called before any edit, so
 * that their order does not matter; of two values of one attribute the later
 * counts.
 */
#ifndef ANALYZE_WHATIF_WHATIF_H
#define ANALYZE_WHATIF_WHATIF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/object/object.h"
#include "base/digest.h"
#include "base/hash_index.h"
#include "base/mem.h"

struct buf;
struct err;
struct policy;

struct edits;

/* Reads the file PATH; NULL with ERR filled. */
struct edits *edits_load(const char *path, struct err *err);
/* The same from a text, which error messages call NAME. */
struct edits *edits_parse(const char *name, const struct buf *text,
                          struct err *err);
/*
 * The same from a plan, the CSV that IdFix writes with its column ACTION filled
 * (what-if(5)). A wrong row is an error of usage.
 */
struct edits *edits_load_plan(const char *path, struct err *err);
/*
 * What these paths are: one file of either kind, a plan by its name *.csv; or
 * files of LDIF and folders of "report --format ldif", all taken together.
 */
struct edits *edits_load_all(const char *const *paths, size_t count,
                             struct err *err);
void edits_free(struct edits *e);

/*
 * The rows of a plan that are edits, in A, when their objects were found; NULL:
 * these are no edits of a plan.
 */
struct edit_plan *edits_plan(const struct edits *e, struct arena *a);

/* The file's base name and SHA-256. */
const char *edits_name(const struct edits *e);
const char *edits_digest(const struct edits *e);

/*
 * OUT is P with the sync scope that the edits give. It borrows from both, and
 * is not to be released.
 */
void edits_policy(struct edits *e, const struct policy *p,
                  struct policy *out);
/* The domains that shall count as verified. */
const char *const *edits_domains(const struct edits *e, size_t *count);

/* Changes O, an AD object as a line gives it; may be called again. */
void edits_apply(const struct edits *e, struct object *o, struct arena *a);
/* What the object DN is called after the moves: DN itself, or in A. */
const char *edits_dn(const struct edits *e, const char *dn,
                     struct arena *a);

/* ---- as they were read: for this room, and who finds their objects ---- */

enum edit_kind {
	EDIT_SET, EDIT_MOVE, EDIT_INCLUDE, EDIT_EXCLUDE, EDIT_VERIFY,
	EDIT_LICENSE, EDIT_KINDS
};

/* Whether the edit's new parent is known. */
enum edit_way { WAY_UNKNOWN, WAY_BEING_FOUND, WAY_KNOWN };

struct edit {
	enum edit_kind kind;
	unsigned line;
	const char *path;        /* its file; NULL: that of all */
	unsigned modify;         /* LDIF: what is made whole, or not at all */
	const char *target;      /* the value of the key that names the kind */
	const char *dn;          /* TARGET normalised when it is a DN */
	const struct attr_row *setting;
	const char **values;     /* set: none when removed */
	size_t count;
	bool by_value;           /* set: in the place of OLD; NULL: added */
	const char *old;
	bool stale;              /* plan, LDIF: the object has no OLD */
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

struct edits {
	struct arena arena;
	const char *path, *name;
	char digest[DIGEST_TEXT];
	struct edit *items;
	size_t count;
	const char **domains;            /* of EDIT_VERIFY */
	size_t domain_count;
	struct hash_index objects;       /* by GUID and by DN */
	struct hash_index places;        /* moves and licences by DN */
	const struct edit *everyone;     /* the last licence of "*" */
	size_t moves;                    /* how many there are */
	size_t nameless;                 /* objects without GUID */
	bool is_plan, is_ldif;
	size_t idle;                     /* rows with nothing to do */
	size_t refused;                  /* and with UNDO or FAIL */
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

/*
 * Takes edits by the objects that were found for them: 0, or -1 with ERR filled
 * when two rows of a plan are on one value.
 */
int edits_found(struct edits *e, struct err *err);

/* "FILE:LINE: KEY", for messages: what EDIT_AT takes. */
#define EDIT_PLACE "%s:%u: %s"
#define EDIT_AT(e, x) edit_path(e, x), (x)->line, edit_called(e, x)
const char *edit_path(const struct edits *e, const struct edit *x);
/* "set", "move": the key that names the kind. */
const char *edit_word(enum edit_kind kind);
/* The same, or the column of a plan that names the object. */
const char *edit_called(const struct edits *e, const struct edit *x);

#endif
