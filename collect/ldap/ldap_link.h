/*
 * A signed-in connection to one LDAP server, over libldap. What can be sent is
 * bind, StartTLS, search, abandon and unbind: no function of libldap that
 * writes is called anywhere in this program.
 */
#ifndef COLLECT_LDAP_LDAP_LINK_H
#define COLLECT_LDAP_LDAP_LINK_H

#include <stdbool.h>

struct err;
struct ldap;
struct ldap_failure;
struct secret;

enum ldap_auth {
	AUTH_GSSAPI,     /* Kerberos, from the ticket cache */
	AUTH_SPNEGO,     /* Kerberos or NTLM, as both sides agree */
	AUTH_SIMPLE,     /* name and password, under TLS only */
};

struct ldap_login {
	enum ldap_auth auth;
	const char *user;                /* AUTH_SIMPLE */
	const struct secret *password;
	const char *ca_file;             /* NULL: the system's authorities */
	long timeout;                    /* seconds to wait for an answer */
};

struct ldap_link;

/*
 * Whether libldap can be used as it must be: its own configuration and
 * environment (ldap.conf, LDAPTLS_REQCERT) could turn checks off and are not
 * read. Call it once, before anything else here.
 */
void ldap_link_prepare(void);

/*
 * Checks what a user wrote for a server: ldap:// or ldaps://, a host, perhaps a
 * port; a host alone gets the scheme that suits AUTH. The caller frees the URL;
 * NULL with ERR filled.
 */
char *ldap_link_url(const char *server, enum ldap_auth auth,
                    struct err *err);

/*
 * The domain controllers of a domain by DNS, "HOST:PORT HOST:PORT ..." in the
 * order of their priorities and weights; NULL when there are none. The caller
 * frees it.
 */
char *ldap_link_find(const char *dns);

/*
 * DNS is not to say who gets a password: a HOST[:PORT] that it names for the
 * domain DNS has to lie in that domain, or in FOREST (or NULL). Kerberos shows
 * the password to nobody, and may go anywhere. 0, or -1 with F filled.
 */
int ldap_link_check_found(const char *host, const char *dns,
                          const char *forest, enum ldap_auth auth,
                          struct ldap_failure *f);

/*
 * Connects and signs in. An ldaps:// server's certificate is always checked; on
 * ldap:// a simple bind comes after StartTLS, and a SASL bind has to seal. NULL
 * with F filled: FATE_AGAIN when there is a server, and it may yet answer.
 */
struct ldap_link *ldap_link_open(const char *url,
                                 const struct ldap_login *login,
                                 struct ldap_failure *f);
void ldap_link_close(struct ldap_link *l);

/* For ldap_search.c. */
struct ldap *ldap_link_handle(const struct ldap_link *l);
long ldap_link_timeout(const struct ldap_link *l);
/* Fills F from RC, errno and what the connection knows; returns -1. */
int ldap_link_failed(const struct ldap_link *l, int rc,
                     struct ldap_failure *f);

#endif
