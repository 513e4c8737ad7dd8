/*
 * Searches: pages, ranges of values and DirSync rounds, one object at a time.
 * Memory holds a page at most, whatever the directory's size.
 */
#ifndef COLLECT_LDAP_LDAP_SEARCH_H
#define COLLECT_LDAP_LDAP_SEARCH_H

#include <stdbool.h>
#include <stddef.h>

struct ldap_failure;
struct ldap_link;
struct record;

enum ldap_reach { REACH_BASE, REACH_CHILDREN, REACH_SUBTREE };
enum ldap_deleted { DELETED_HIDDEN, DELETED_SHOWN };

struct ldap_query {
	const char *base;
	enum ldap_reach reach;
	const char *filter;
	const char *const *attributes;   /* ends in NULL */
	enum ldap_deleted deleted;       /* MS-ADTS 3.1.1.3.4.1.14 */
};

struct ldap_search;

/*
 * Bytes of an object beyond which the rest of its values is not asked for: who
 * takes it must not take it for whole.
 */
enum { LDAP_OBJECT_MAX = 64 << 20 };

/* Nothing is sent yet. What Q points to must last as long as the search. */
struct ldap_search *ldap_search_open(struct ldap_link *l,
                                     const struct ldap_query *q, long page);
/*
 * All changes of a naming context since COOKIE (LEN bytes; 0: since ever) by
 * the DirSync control (MS-ADTS 3.1.1.3.4.1.3). Objects come with the attributes
 * that changed only.
 */
struct ldap_search *ldap_dirsync_open(struct ldap_link *l,
                                      const struct ldap_query *q,
                                      const char *cookie, size_t len);
/*
 * 1 with the next object in R, its distinguished name first; 0 at the end; -1
 * with F filled. When F says FATE_AGAIN, nothing of the page has been
 * handed out, and a further call asks for it once more. After FATE_SMALLER a
 * new search has to begin, with smaller pages: objects of this one may be out.
 */
int ldap_search_next(struct ldap_search *s, struct record *r,
                     struct ldap_failure *f);
/* Only the first page is wanted; afterwards whether there would be more. */
void ldap_search_limit(struct ldap_search *s);
bool ldap_search_has_more(const struct ldap_search *s);
/* How many objects the server expects in all; 0: it does not say. */
long ldap_search_estimate(const struct ldap_search *s);
/* The cookie to go on from another time (DirSync). */
const char *ldap_search_cookie(const struct ldap_search *s, size_t *len);
/* Gives up what is still under way, too. */
void ldap_search_close(struct ldap_search *s);

/*
 * One object by its name: 1, 0 when there is none, -1 with F filled.
 */
int ldap_read(struct ldap_link *l, const struct ldap_query *q,
              struct record *r, struct ldap_failure *f);

#endif
