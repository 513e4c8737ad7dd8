/* A domain controller, as it describes itself. */
#ifndef COLLECT_AD_AD_SERVER_H
#define COLLECT_AD_AD_SERVER_H

#include <stdbool.h>

#include "collect/ad/ad_query.h"

struct ldap_failure;
struct ldap_link;

/* Texts are owned; NULL when the server does not say. */
struct ad_server {
	char *url, *host;
	char *domain, *config, *schema;  /* DNs of its naming contexts */
	char *usn;                       /* highestCommittedUSN */
	char *invocation;                /* GUID in text */
	char *time;                      /* its clock, YYYYMMDDHHMMSS.0Z */
	bool is_ad, has_dirsync;
	struct ad_dialect dialect;
};

/* Asks the server behind L; 0, or -1 with F filled and nothing to release. */
int ad_server_learn(struct ad_server *s, struct ldap_link *l, const char *url,
                    struct ldap_failure *f);
void ad_server_release(struct ad_server *s);

#endif
