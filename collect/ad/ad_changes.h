/*
 * Which objects of a forest changed since an older snapshot, as the servers
 * tell it: by DirSync where the rights allow it, else by uSNChanged.
 */
#ifndef COLLECT_AD_AD_CHANGES_H
#define COLLECT_AD_AD_CHANGES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/guid_set.h"
#include "collect/ad/ad_read.h"

struct err;
struct snapshot;
struct snapshot_server;

struct ad_change {
	struct guid guid;
	char *dn;                /* NULL: it was deleted */
	bool moved;              /* an older object has another name, or none */
	bool restored;           /* it had been deleted meanwhile */
	bool known;              /* the older snapshot has it */
};

/* A zeroed struct is empty. */
struct ad_changes {
	struct ad_change *list;  /* sorted by GUID */
	size_t count, room;
	bool by_dirsync;         /* in all domains */
	/*
	 * Where deletions are not told: all objects that there are, so that
	 * the others are known to be gone.
	 */
	struct guid_set present;
	bool has_present;
};

void ad_changes_release(struct ad_changes *c);
/* Appends one, for who keeps a list of his own; DN is copied. */
struct ad_change *ad_changes_add(struct ad_changes *c,
                                 const struct guid *guid, const char *dn);
/* 0, or -1 with WHY or ERR filled. */
int ad_changes_learn(struct ad_changes *c, struct ad_reader *rd,
                     struct ad_forest *f, const struct snapshot *old,
                     struct ldap_failure *why, struct err *err);
/* The change of the object, or NULL. */
struct ad_change *ad_changes_find(const struct ad_changes *c,
                                  const struct guid *guid);
/* Whether the object is known to be gone though nobody said so. */
bool ad_changes_lack(const struct ad_changes *c, const struct guid *guid);

/*
 * How many objects of D were there at the time of WAS and were renamed, moved
 * or, as far as it is told, deleted since; -1 with WHY filled.
 */
long ad_changes_moved(struct ad_reader *rd, struct ad_domain *d,
                      const struct snapshot_server *was,
                      struct ldap_failure *why);
/* FILTER for what changed since WAS; the caller frees it. */
char *ad_changes_filter(const struct snapshot_server *was,
                        const char *filter);
/*
 * The DirSync cookie of D in base64, to go on from another time; NULL when the
 * rights do not allow it. The caller frees it. OLD, which may be NULL, has an
 * earlier one from which it is quicker.
 */
char *ad_changes_cookie(struct ad_reader *rd, struct ad_domain *d,
                        const struct snapshot *old);

#endif
