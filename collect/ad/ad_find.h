/* Finding the domain controllers that the user named, or that DNS names. */
#ifndef COLLECT_AD_AD_FIND_H
#define COLLECT_AD_AD_FIND_H

struct ad_forest;
struct ad_settings;
struct err;
struct ldap_failure;

/*
 * Signs in to the servers that SET names, or to the first one that answers of
 * those that DNS knows, and enters them in F. 0, or -1 with ERR filled.
 */
int ad_find_first(struct ad_forest *f, const struct ad_settings *set,
                  struct err *err);
/* Tries what DNS names for DNS until one answers; 0, or -1 with WHY filled. */
int ad_find(struct ad_forest *f, const char *dns,
            const struct ad_settings *set, struct ldap_failure *why);

/*
 * The next word of a list that commas and blanks separate, or NULL. The caller
 * frees it.
 */
char *ad_next_word(const char **list);

#endif
