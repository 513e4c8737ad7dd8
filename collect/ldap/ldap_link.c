/* Connects, starts TLS, signs in, and refuses what would be unsafe. */
#include "collect/ldap/ldap_link.h"

#include <errno.h>
#include <lber.h>
#include <ldap.h>
#include <sasl/sasl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/time.h>

#include "base/err.h"
#include "base/mem.h"
#include "collect/ldap/ldap_error.h"
#include "collect/live/live.h"

enum {
	CONNECT_SECONDS = 30,    /* for connecting and signing in */
	REASON_MAX = 200,
	GC_PORT = 3268, GC_TLS_PORT = 3269,
	PORT_MAX = 65535,
};

/*
 * libldap believes the length that a message begins with and asks for so much
 * memory. An object is one message; the largest honest ones have some values of
 * a megabyte, or 5,000 members (MaxValRange) with names of 4 KB: a tenth of it.
 */
static const ber_len_t message_max = 256 << 20;

/* Where Debian keeps the authorities that the system trusts. */
static const char system_authorities[] = "/etc/ssl/certs/ca-certificates.crt";

struct ldap_link {
	LDAP *ld;
	long timeout;
	bool tls, connected;
	struct watchdog *watchdog;       /* while signing in */
	ldap_conncb callback;
};

/*
 * libldap tells why TLS failed only to its log, which has no argument: the line
 * of the connection being made that says most.
 */
static char tls_reason[REASON_MAX];

static void
on_log(const char *line)
{
	if (strncmp(line, "TLS", 3) == 0 &&
	    (!*tls_reason || !strstr(line, "can't connect")))
		snprintf(tls_reason, sizeof(tls_reason), "%s", line);
}

void
ldap_link_prepare(void)
{
	static const char *const loose[] = {
		"LDAPTLS_REQCERT", "LDAPTLS_CACERT", "LDAPCONF", "LDAPRC",
	};

	setenv("LDAPNOINIT", "1", 1);
	for (size_t i = 0; i < sizeof(loose) / sizeof(loose[0]); i++)
		unsetenv(loose[i]);
	ber_set_option(NULL, LBER_OPT_LOG_PRINT_FN, (void *)on_log);
	interrupt_watch();
}

static bool
names_port_0(const char *server)
{
	const char *colon = strrchr(server, ':');
	const char *end = colon ? colon + 1 + strspn(colon + 1, "0") : NULL;

	return end && end > colon + 1 && (*end == '\0' || *end == '/');
}

static int
check_url(const LDAPURLDesc *u, const char *server, struct err *err)
{
	if (strcmp(u->lud_scheme, "ldap") != 0 &&
	    strcmp(u->lud_scheme, "ldaps") != 0)
		return err_usage(err, "--server: want ldap:// or ldaps://, "
		                 "have \"%s\"", server);
	if (!u->lud_host || !*u->lud_host)
		return err_usage(err, "--server: want the name of a domain "
		                 "controller, have \"%s\"", server);
	/* libldap takes 0 for the usual port. */
	if (u->lud_port < 0 || u->lud_port > PORT_MAX || names_port_0(server))
		return err_usage(err, "--server: want a port of 1 to 65535, "
		                 "have \"%s\"", server);
	if (u->lud_port == GC_PORT || u->lud_port == GC_TLS_PORT)
		return err_usage(err, "--server: port %d is the global "
		                 "catalog's, which lacks attributes and group "
		                 "members; want 389 or 636", u->lud_port);
	if ((u->lud_dn && *u->lud_dn) || u->lud_attrs || u->lud_filter ||
	    u->lud_exts)
		return err_usage(err, "--server: want only a host and perhaps "
		                 "a port, have \"%s\"; --base and --filter "
		                 "narrow", server);
	return 0;
}

char *
ldap_link_url(const char *server, enum ldap_auth auth, struct err *err)
{
	const char *scheme = auth == AUTH_SIMPLE ? "ldaps" : "ldap";
	char *url = strstr(server, "://") ? xstrdup(server)
		: xasprintf("%s://%s", scheme, server);
	LDAPURLDesc *u = NULL;
	int rc = ldap_url_parse(url, &u);

	if (rc != LDAP_URL_SUCCESS) {
		err_usage(err, "--server: want ldaps://HOST[:PORT], "
		          "ldap://HOST[:PORT] or HOST, have \"%s\"", server);
		free(url);
		return NULL;
	}
	if (check_url(u, server, err) < 0) {
		free(url);
		url = NULL;
	} else {
		bool bracket = strchr(u->lud_host, ':') != NULL;

		free(url);
		url = xasprintf(bracket ? "%s://[%s]:%d" : "%s://%s:%d",
		                u->lud_scheme, u->lud_host, u->lud_port);
	}
	ldap_free_urldesc(u);
	return url;
}

/* By the records of MS-ADTS 6.3.2.3. */
char *
ldap_link_find(const char *dns)
{
	char *name = xasprintf("dc._msdcs.%s", dns), *found = NULL, *list;

	if (ldap_domain2hostlist(name, &found) != LDAP_SUCCESS)
		found = NULL;
	free(name);
	list = found && *found ? xstrdup(found) : NULL;
	ldap_memfree(found);
	return list;
}

/* Whether the host is the domain's name, or ends in it. */
static bool
is_inside(const char *host, size_t len, const char *dns)
{
	size_t n = strlen(dns);

	while (n && dns[n - 1] == '.')
		n--;
	return n && len >= n && strncasecmp(host + len - n, dns, n) == 0 &&
	       (len == n || host[len - n - 1] == '.');
}

/* GSS-SPNEGO may end up with NTLM, whose answers can be tried for passwords. */
int
ldap_link_check_found(const char *host, const char *dns, const char *forest,
                      enum ldap_auth auth, struct ldap_failure *f)
{
	size_t len = strcspn(host, ":");

	while (len && host[len - 1] == '.')
		len--;
	if (auth == AUTH_GSSAPI || is_inside(host, len, dns) ||
	    (forest && is_inside(host, len, forest)))
		return 0;
	ldap_say(f, FATE_FINAL, "DNS names it for %s, but it is not inside "
	         "that domain, and gets no password; if it is right, name it "
	         "with --server", dns);
	f->code = LDAP_PARAM_ERROR;
	return -1;
}

int
ldap_link_failed(const struct ldap_link *l, int rc, struct ldap_failure *f)
{
	char *diagnostic = NULL;

	/* All that libldap tells of a message above the ceiling. */
	if (rc == LDAP_SERVER_DOWN && errno == ERANGE) {
		ldap_say(f, FATE_FINAL, "the server announced a message of "
		         "more than %lu MiB", (unsigned long)message_max >> 20);
		return -1;
	}
	ldap_get_option(l->ld, LDAP_OPT_DIAGNOSTIC_MESSAGE, &diagnostic);
	ldap_explain(f, rc, diagnostic, tls_reason);
	ldap_memfree(diagnostic);
	return -1;
}

/* ---- connecting ---- */

static int
on_connect(LDAP *ld, Sockbuf *sb, LDAPURLDesc *url, struct sockaddr *addr,
           struct ldap_conncb *cb)
{
	struct ldap_link *l = cb->lc_arg;
	ber_socket_t fd = -1;
	ber_len_t most = message_max;

	(void)ld;
	(void)url;
	(void)addr;
	ber_sockbuf_ctrl(sb, LBER_SB_OPT_SET_MAX_INCOMING, &most);
	ber_sockbuf_ctrl(sb, LBER_SB_OPT_GET_FD, &fd);
	if (l->watchdog && fd >= 0)
		watchdog_guard(l->watchdog, fd);
	l->connected = true;
	return 0;
}

static void
on_disconnect(LDAP *ld, Sockbuf *sb, struct ldap_conncb *cb)
{
	struct ldap_link *l = cb->lc_arg;

	(void)ld;
	(void)sb;
	if (l->watchdog)
		watchdog_guard(l->watchdog, -1);
}

static void
set_options(struct ldap_link *l, long seconds)
{
	struct timeval wait = { .tv_sec = seconds };
	int version = LDAP_VERSION3, debug = 1;

	ldap_set_option(l->ld, LDAP_OPT_PROTOCOL_VERSION, &version);
	ldap_set_option(l->ld, LDAP_OPT_REFERRALS, LDAP_OPT_OFF);
	ldap_set_option(l->ld, LDAP_OPT_X_SASL_NOCANON, LDAP_OPT_ON);
	ldap_set_option(l->ld, LDAP_OPT_NETWORK_TIMEOUT, &wait);
	ldap_set_option(l->ld, LDAP_OPT_TIMEOUT, &wait);
	l->callback = (ldap_conncb){
		.lc_add = on_connect, .lc_del = on_disconnect, .lc_arg = l,
	};
	ldap_set_option(l->ld, LDAP_OPT_CONNECT_CB, &l->callback);
	/* Only for the reasons of TLS; off again when signed in. */
	ldap_set_option(NULL, LDAP_OPT_DEBUG_LEVEL, &debug);
}

/*
 * A context of its own: if it cannot be made, libldap would go on with a
 * global one that may check nothing.
 */
static int
demand_certificate(struct ldap_link *l, const char *ca_file,
                   struct ldap_failure *f)
{
	const char *file = ca_file ? ca_file : system_authorities;
	int demand = LDAP_OPT_X_TLS_DEMAND, client = 0;

	if (!ca_file_is_good(file)) {
		ldap_say(f, FATE_FINAL, "%s: holds no certificates in PEM "
		         "that can be read, so that the server's cannot be "
		         "checked; name the authorities' with --ca-file",
		         file);
		f->code = LDAP_PARAM_ERROR;
		return -1;
	}
	if (ldap_set_option(l->ld, LDAP_OPT_X_TLS_REQUIRE_CERT,
	                    &demand) != 0 ||
	    ldap_set_option(l->ld, LDAP_OPT_X_TLS_CACERTFILE, file) != 0 ||
	    ldap_set_option(l->ld, LDAP_OPT_X_TLS_NEWCTX, &client) != 0) {
		ldap_say(f, FATE_FINAL, "%s: cannot be used to check the "
		         "server's certificate", file);
		return -1;
	}
	return 0;
}

static int
on_interact(LDAP *ld, unsigned flags, void *defaults, void *in)
{
	(void)ld;
	(void)flags;
	(void)defaults;
	for (sasl_interact_t *i = in; i->id != SASL_CB_LIST_END; i++) {
		i->result = i->defresult ? i->defresult : "";
		i->len = (unsigned)strlen(i->result);
	}
	return LDAP_SUCCESS;
}

/*
 * AD takes either TLS or sealing, not both; without TLS the connection has to
 * seal, so that nobody on the way reads the directory.
 */
static int
sign_in_sasl(struct ldap_link *l, const char *mechanism)
{
	static char sealed[] = "noanonymous,noplain,minssf=56";
	static char bare[] = "noanonymous,noplain,maxssf=0";
	int binding = LDAP_OPT_X_SASL_CBINDING_TLS_ENDPOINT;

	if (l->tls)
		ldap_set_option(l->ld, LDAP_OPT_X_SASL_CBINDING, &binding);
	ldap_set_option(l->ld, LDAP_OPT_X_SASL_SECPROPS,
	                l->tls ? bare : sealed);
	return ldap_sasl_interactive_bind_s(l->ld, NULL, mechanism, NULL, NULL,
	                                    LDAP_SASL_QUIET, on_interact,
	                                    NULL);
}

static int
sign_in_simple(struct ldap_link *l, const struct ldap_login *login)
{
	struct berval password = {
		.bv_val = login->password->text,
		.bv_len = login->password->len,
	};

	/* A password never goes over a line that others can read. */
	if (!l->tls)
		return LDAP_CONFIDENTIALITY_REQUIRED;
	return ldap_sasl_bind_s(l->ld, login->user, LDAP_SASL_SIMPLE,
	                        &password, NULL, NULL, NULL);
}

static int
sign_in(struct ldap_link *l, const struct ldap_login *login)
{
	int rc;

	if (!l->tls && login->auth == AUTH_SIMPLE) {
		rc = ldap_start_tls_s(l->ld, NULL, NULL);
		if (rc != LDAP_SUCCESS)
			return rc;
		l->tls = true;
	}
	switch (login->auth) {
	case AUTH_GSSAPI:
		return sign_in_sasl(l, "GSSAPI");
	case AUTH_SPNEGO:
		return sign_in_sasl(l, "GSS-SPNEGO");
	default:
		return sign_in_simple(l, login);
	}
}

/* Under the watchdog, which alone ends a handshake that hangs. */
static int
sign_in_by(struct ldap_link *l, const struct ldap_login *login, long seconds,
           struct ldap_failure *f)
{
	int rc, debug = 0, failed;
	bool fired;

	tls_reason[0] = '\0';
	l->watchdog = watchdog_start(seconds);
	errno = 0;
	rc = sign_in(l, login);
	failed = errno;
	fired = watchdog_stop(l->watchdog);
	l->watchdog = NULL;
	ldap_set_option(NULL, LDAP_OPT_DEBUG_LEVEL, &debug);
	if (rc == LDAP_SUCCESS) {
		tls_reason[0] = '\0';
		return 0;
	}
	errno = failed;
	ldap_link_failed(l, rc, f);
	tls_reason[0] = '\0';
	if (interrupt_came())
		ldap_say(f, FATE_STOPPED, "interrupted");
	else if (fired)
		ldap_say(f, FATE_LOST, "the server accepted the connection "
		         "and then said nothing for %ld seconds", seconds);
	else if (rc == LDAP_SERVER_DOWN && strstr(f->text, "was lost"))
		ldap_say(f, l->connected ? FATE_AGAIN : FATE_LOST,
		         l->connected ? "the server closed the connection "
		         "during the sign-in (%d)"
		         : "no server answers there (%d)", rc);
	return -1;
}

struct ldap_link *
ldap_link_open(const char *url, const struct ldap_login *login,
               struct ldap_failure *f)
{
	struct ldap_link *l = xcalloc(1, sizeof(*l));
	long seconds = login->timeout < CONNECT_SECONDS ? login->timeout
	                                                : CONNECT_SECONDS;
	int rc = ldap_initialize(&l->ld, url);

	l->timeout = login->timeout;
	l->tls = strncmp(url, "ldaps:", 6) == 0;
	if (rc != LDAP_SUCCESS) {
		ldap_explain(f, rc, NULL, NULL);
		free(l);
		return NULL;
	}
	set_options(l, seconds);
	if (((l->tls || login->auth == AUTH_SIMPLE) &&
	     demand_certificate(l, login->ca_file, f) < 0) ||
	    sign_in_by(l, login, seconds, f) < 0) {
		ldap_link_close(l);
		return NULL;
	}
	return l;
}

void
ldap_link_close(struct ldap_link *l)
{
	if (!l)
		return;
	ldap_unbind_ext_s(l->ld, NULL, NULL);
	free(l);
}

struct ldap *
ldap_link_handle(const struct ldap_link *l)
{
	return l->ld;
}

long
ldap_link_timeout(const struct ldap_link *l)
{
	return l->timeout;
}
