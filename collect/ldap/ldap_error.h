/*
 * What a server's or libldap's refusal means: a sentence for the user, and what
 * the collector can do about it. RFC 4511 section 4.1.9 and appendix A have the
 * codes; "data 52e" and the like are Windows error codes in hexadecimal, which
 * AD puts into its diagnostic text.
 */
#ifndef COLLECT_LDAP_LDAP_ERROR_H
#define COLLECT_LDAP_LDAP_ERROR_H

struct err;

/* What can be done about a failed search. */
enum ldap_fate {
	FATE_FINAL,      /* nothing */
	FATE_REFUSED,    /* not allowed to read this */
	FATE_ABSENT,     /* there is no such object */
	FATE_SMALLER,    /* ask for less at once */
	FATE_AGAIN,      /* the same once more, a little later */
	FATE_RESTART,    /* the search anew: its place is lost */
	FATE_LOST,       /* the connection is gone */
	FATE_STOPPED,    /* the user wanted the end */
};

enum { LDAP_SAYING_MAX = 600 };

/* A failure as the server and libldap told it. */
struct ldap_failure {
	int code;                /* LDAP result, or below 0: libldap's own */
	enum ldap_fate fate;
	char text[LDAP_SAYING_MAX];    /* the whole sentence */
};

/*
 * Makes a sentence of the result CODE with what was said about it: DIAGNOSTIC
 * by the server or Kerberos, REASON by the TLS library; both may be NULL.
 */
void ldap_explain(struct ldap_failure *f, int code, const char *diagnostic,
                  const char *reason);
/* A failure in our own words. */
void ldap_say(struct ldap_failure *f, enum ldap_fate fate, const char *fmt,
              ...) __attribute__((format(printf, 3, 4)));
/* Fills ERR as the failure deserves, with "WHERE: " before it; returns -1. */
int ldap_err(struct err *err, const char *where,
             const struct ldap_failure *f);

#endif
