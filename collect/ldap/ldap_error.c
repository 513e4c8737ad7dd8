/* One place that makes sentences of LDAP's results. */
#include "collect/ldap/ldap_error.h"

#include <ldap.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/term.h"

/* The codes of AD's sign-in failures, and other texts worth a sentence. */
static const struct {
	const char *said;        /* in the diagnostic text */
	const char *means;
} sayings[] = {
	{ "data 525", "there is no such account" },
	{ "data 52e", "the name or the password is wrong" },
	{ "data 530", "the account may not sign in at this hour" },
	{ "data 531", "the account may not sign in from this computer" },
	{ "data 532", "the password is expired; set a new one" },
	{ "data 533", "the account is disabled" },
	{ "data 701", "the account is expired" },
	{ "data 773", "the password must be changed before it can be used" },
	{ "data 775", "the account is locked" },
	{ "No Kerberos credentials available",
	  "there is no Kerberos ticket; get one with kinit, or sign in with "
	  "--user" },
	{ "No credentials cache found",
	  "there is no Kerberos ticket; get one with kinit, or sign in with "
	  "--user" },
	{ "Ticket expired", "the Kerberos ticket is expired; renew it with "
	  "kinit" },
	{ "Clock skew too great", "this machine's clock and the domain "
	  "controller's differ by more than Kerberos allows; set the clock" },
	{ "not found in Kerberos database",
	  "the domain knows no service of this name; want the domain "
	  "controller's full DNS name after --server" },
	{ "Cannot contact any KDC", "no Kerberos server of the realm answers; "
	  "see krb5.conf and DNS, or sign in with --user" },
	{ "Cannot find KDC", "no Kerberos server of the realm is known; see "
	  "krb5.conf and DNS, or sign in with --user" },
	{ "No worthy mechs found", "the SASL mechanism is not installed; want "
	  "the package libsasl2-modules-gssapi-mit" },
	{ "data 80090346", "the server wants channel binding, which this "
	  "sign-in does not have; use --auth gssapi on an ldap:// server" },
	{ "Sign or Seal are required", "the server wants signing or sealing; "
	  "use ldaps://, or --auth gssapi" },
	{ "SASL:[GSSAPI]: Sign or Seal are not allowed if TLS is used",
	  "the server wants TLS or sealing, not both; use --auth gssapi with "
	  "an ldap:// server" },
	{ "does not match common name",
	  "the server's certificate is for another name; want a name that is "
	  "in it after --server" },
	{ "(0x202)", "the server's certificate is not valid yet; is this "
	  "machine's clock right?" },
	{ "(0x402)", "the server's certificate is expired" },
	{ "(0x42)", "the server's certificate comes from an authority that is "
	  "not trusted here; want its certificate with --ca-file" },
	{ "untrusted or revoked",
	  "the server's certificate is not trusted; want its authority's "
	  "certificate with --ca-file" },
};

/* What each result means, where no text says it better. */
static const struct {
	int code;
	enum ldap_fate fate;
	const char *means;
} results[] = {
	{ LDAP_OPERATIONS_ERROR, FATE_RESTART,
	  "the server could not do it (operations error)" },
	{ LDAP_PROTOCOL_ERROR, FATE_RESTART,
	  "the server did not understand (protocol error)" },
	{ LDAP_TIMELIMIT_EXCEEDED, FATE_SMALLER,
	  "the server's time limit is reached" },
	{ LDAP_SIZELIMIT_EXCEEDED, FATE_SMALLER,
	  "the server's size limit is reached" },
	{ LDAP_ADMINLIMIT_EXCEEDED, FATE_SMALLER,
	  "a limit that the server's administrator set is reached" },
	{ LDAP_STRONG_AUTH_REQUIRED, FATE_FINAL,
	  "the server wants a signed or encrypted connection; use ldaps://, "
	  "or --auth gssapi" },
	{ LDAP_AUTH_METHOD_NOT_SUPPORTED, FATE_FINAL,
	  "the server does not know this way to sign in; try another --auth" },
	{ LDAP_CONFIDENTIALITY_REQUIRED, FATE_FINAL,
	  "the server wants an encrypted connection; use ldaps://" },
	{ LDAP_UNAVAILABLE_CRITICAL_EXTENSION, FATE_RESTART,
	  "the server does not support what was asked" },
	{ LDAP_NO_SUCH_OBJECT, FATE_ABSENT, "there is no such object" },
	{ LDAP_INVALID_DN_SYNTAX, FATE_FINAL,
	  "this is no distinguished name" },
	{ LDAP_INAPPROPRIATE_AUTH, FATE_FINAL,
	  "the account cannot sign in this way; try another --auth" },
	{ LDAP_INVALID_CREDENTIALS, FATE_FINAL,
	  "the name or the password is wrong" },
	{ LDAP_INSUFFICIENT_ACCESS, FATE_REFUSED,
	  "the account may not read this" },
	{ LDAP_BUSY, FATE_AGAIN, "the server is busy" },
	{ LDAP_UNAVAILABLE, FATE_AGAIN, "the server is not available" },
	{ LDAP_UNWILLING_TO_PERFORM, FATE_RESTART, "the server refused" },
	{ LDAP_SERVER_DOWN, FATE_LOST, "the connection was lost" },
	{ LDAP_CONNECT_ERROR, FATE_LOST, "no connection" },
	{ LDAP_TIMEOUT, FATE_LOST, "the server does not answer" },
	{ LDAP_DECODING_ERROR, FATE_LOST,
	  "the server's answer cannot be understood" },
	{ LDAP_LOCAL_ERROR, FATE_FINAL, "signing in failed" },
	{ LDAP_AUTH_UNKNOWN, FATE_FINAL,
	  "this way to sign in is not known here" },
	{ LDAP_FILTER_ERROR, FATE_FINAL, "this is no LDAP filter" },
	{ LDAP_REFERRAL, FATE_FINAL,
	  "the server says that another one holds this; name that one with "
	  "--server" },
};

enum {
	SAYINGS = sizeof(sayings) / sizeof(sayings[0]),
	RESULTS = sizeof(results) / sizeof(results[0]),
};

static const char *
find_saying(const char *text)
{
	for (size_t i = 0; text && i < SAYINGS; i++)
		if (strstr(text, sayings[i].said))
			return sayings[i].means;
	return NULL;
}

/* What was said, without the NUL and the line ends that AD sends along. */
static void
tidy(char *out, size_t size, const char *text)
{
	size_t len;

	snprintf(out, size, "%s", text ? text : "");
	len = strlen(out);
	while (len && strchr(" \r\n.", out[len - 1]))
		out[--len] = '\0';
}

void
ldap_explain(struct ldap_failure *f, int code, const char *diagnostic,
             const char *reason)
{
	char said[LDAP_SAYING_MAX / 2], text[LDAP_SAYING_MAX];
	const char *means = find_saying(reason);
	size_t i = 0;

	while (i < RESULTS && results[i].code != code)
		i++;
	f->code = code;
	f->fate = i < RESULTS ? results[i].fate : FATE_FINAL;
	if (!means)
		means = find_saying(diagnostic);
	if (!means)
		means = i < RESULTS ? results[i].means : ldap_err2string(code);
	tidy(said, sizeof(said), reason && *reason ? reason : diagnostic);
	snprintf(text, sizeof(text), *said ? "%s (%d: %s)" : "%s (%d%s)",
	         means, code, said);
	/* It goes into manifests: what servers say may be anything. */
	term_safe(f->text, sizeof(f->text), text);
}

void
ldap_say(struct ldap_failure *f, enum ldap_fate fate, const char *fmt, ...)
{
	char text[LDAP_SAYING_MAX];
	va_list ap;

	f->code = LDAP_OTHER;
	f->fate = fate;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	term_safe(f->text, sizeof(f->text), text);
}

/* Whether it was the sign-in or a right that failed. */
static bool
is_refusal(int code)
{
	static const int codes[] = {
		LDAP_STRONG_AUTH_REQUIRED, LDAP_AUTH_METHOD_NOT_SUPPORTED,
		LDAP_CONFIDENTIALITY_REQUIRED, LDAP_INAPPROPRIATE_AUTH,
		LDAP_INVALID_CREDENTIALS, LDAP_INSUFFICIENT_ACCESS,
		LDAP_LOCAL_ERROR, LDAP_AUTH_UNKNOWN,
	};

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (codes[i] == code)
			return true;
	return false;
}

int
ldap_err(struct err *err, const char *where, const struct ldap_failure *f)
{
	err_input(err, "%s: %s", where, f->text);
	err->code = is_refusal(f->code) ? EXIT_AUTH
		: f->code == LDAP_FILTER_ERROR ||
		  f->code == LDAP_PARAM_ERROR ||
		  f->code == LDAP_INVALID_DN_SYNTAX ? EXIT_USAGE
		: EXIT_NETWORK;
	return -1;
}
