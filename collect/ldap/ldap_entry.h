/*
 * From libldap's messages to records. Entries are read in one pass over their
 * bytes, which is several times faster than by attribute; values that the
 * server cut into ranges are noted.
 */
#ifndef COLLECT_LDAP_LDAP_ENTRY_H
#define COLLECT_LDAP_LDAP_ENTRY_H

struct ldap;
struct ldap_failure;
struct ldapmsg;
struct record;

struct ldap_entry;

struct ldap_entry *ldap_entry_new(void);
void ldap_entry_free(struct ldap_entry *e);
/* Clears R and fills it from MESSAGE; 0, or -1 with F filled. */
int ldap_entry_take(struct ldap_entry *e, struct ldap *ld,
                    struct ldapmsg *message, struct record *r,
                    struct ldap_failure *f);
/*
 * What to ask for to get more values ("member;range=1500-2999"), or NULL; the
 * caller frees it.
 */
char *ldap_entry_rest(const struct ldap_entry *e);
/* Adds what MESSAGE has of it. */
int ldap_entry_more(struct ldap_entry *e, struct ldap *ld,
                    struct ldapmsg *message, struct record *r,
                    struct ldap_failure *f);
/* The distinguished name as the server gave it. */
const char *ldap_entry_dn(const struct ldap_entry *e);

#endif
