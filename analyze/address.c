/* Proxy addresses. */
#include "analyze/address.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"

enum address_type
address_type(const char *value)
{
	const char *colon = strchr(value, ':');

	if (!colon || colon == value)
		return ADDRESS_MALFORMED;
	for (const char *p = value; p < colon; p++)
		if (!isalnum((unsigned char)*p) && !strchr("-_.+", *p))
			return ADDRESS_MALFORMED;
	if (strncmp(value, "SMTP:", 5) == 0)
		return ADDRESS_PRIMARY;
	return strncasecmp(value, "smtp:", 5) == 0 ? ADDRESS_SECONDARY
	                                           : ADDRESS_OTHER;
}

const char *
address_body(const char *value)
{
	if (address_type(value) == ADDRESS_MALFORMED)
		return value;
	return strchr(value, ':') + 1;
}

const char *
address_domain(const char *address)
{
	const char *at = strrchr(address, '@');

	return at ? at + 1 : NULL;
}

static const char *
domain_fault(const char *domain)
{
	size_t len = strlen(domain), label = 0;

	if (len == 0 || len > 255)
		return "has no domain after the @";
	if (!strchr(domain, '.'))
		return "has a domain without a dot";
	for (size_t i = 0; i < len; i++) {
		if (domain[i] == '.') {
			if (label == 0)
				return "has an empty part in its domain";
			label = 0;
			continue;
		}
		if (!isalnum((unsigned char)domain[i]) && domain[i] != '-')
			return "has a character in its domain that no domain "
			       "has";
		label++;
	}
	return label ? NULL : "has a domain that ends in a dot";
}

const char *
address_fault(const char *address)
{
	const char *at = strchr(address, '@');
	size_t local = at ? (size_t)(at - address) : 0;

	if (!*address)
		return "is empty";
	for (const char *p = address; *p; p++) {
		if (isspace((unsigned char)*p))
			return "has a blank in it";
		if (strchr("<>();,[]\"", *p))
			return "has one of < > ( ) ; , [ ] \" in it";
		if ((unsigned char)*p >= 0x80 || iscntrl((unsigned char)*p))
			return "has a character outside ASCII";
	}
	if (!at)
		return "has no @";
	if (strchr(at + 1, '@'))
		return "has more than one @";
	if (strchr(address, ':'))
		return "has a second colon";
	if (local == 0)
		return "has nothing before the @";
	if (local > 64 || strlen(address) > 256)
		return "is too long";
	if (address[0] == '.' || at[-1] == '.' || strstr(address, ".."))
		return "has a dot at the start or end, or two in a row";
	return domain_fault(at + 1);
}

/* Whether DOMAIN is SUFFIX or ends in ".SUFFIX". */
static bool
is_below(const char *domain, const char *suffix)
{
	size_t len = strlen(domain), tail = strlen(suffix);

	if (len < tail || ascii_casecmp(domain + len - tail, suffix) != 0)
		return false;
	return len == tail || domain[len - tail - 1] == '.';
}

/* Graph documentation, "National cloud deployments". */
static const char *const initial_suffixes[] = {
	"onmicrosoft.com", "onmicrosoft.us", "onmicrosoft.de",
	"partner.onmschina.cn",
};

bool
domain_is_initial(const char *domain)
{
	size_t n = sizeof(initial_suffixes) / sizeof(initial_suffixes[0]);

	for (size_t i = 0; i < n; i++)
		if (is_below(domain, initial_suffixes[i]) &&
		    strlen(domain) > strlen(initial_suffixes[i]))
			return true;
	return false;
}

/* "x.mail.onmicrosoft.com": a label, ".mail.", an initial suffix. */
static bool
is_routing(const char *domain)
{
	const char *dot = strchr(domain, '.');

	return dot && strncasecmp(dot, ".mail.", 6) == 0 &&
	       !strncasecmp(dot + 6, "onmicrosoft.", 12);
}

bool
domain_is_reserved(const char *domain)
{
	if (is_routing(domain))
		return false;
	return domain_is_initial(domain) ||
	       is_below(domain, "microsoftonline.com");
}
