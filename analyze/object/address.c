/* Takes values of proxyAddresses apart. */
#include "analyze/object/address.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"

static enum address_type
other_type(const char *value)
{
	const char *colon = strchr(value, ':');

	if (!colon || colon == value)
		return ADDRESS_MALFORMED;
	for (const char *p = value; p < colon; p++)
		if (!isalnum((unsigned char)*p) && !strchr("-_.+", *p))
			return ADDRESS_MALFORMED;
	return ADDRESS_OTHER;
}

/* Whether VALUE begins with "smtp:" in any spelling. */
static bool
is_smtp(const char *v)
{
	return (v[0] | 32) == 's' && (v[1] | 32) == 'm' &&
	       (v[2] | 32) == 't' && (v[3] | 32) == 'p' && v[4] == ':';
}

enum address_type
address_type(const char *value)
{
	if (is_smtp(value))
		return value[0] == 'S' && value[1] == 'M' && value[2] == 'T' &&
		       value[3] == 'P' ? ADDRESS_PRIMARY : ADDRESS_SECONDARY;
	return other_type(value);
}

bool
address_is_of_service(const char *value)
{
	return (value[0] | 32) == 's' && value[1] && value[2] &&
	       value[3] == ':' && (strncasecmp(value, "sip", 3) == 0 ||
	                           strncasecmp(value, "spo", 3) == 0);
}

bool
address_stays(const char *value)
{
	return address_is_of_online(value) ||
	       (address_is_of_service(value) && (value[1] | 32) == 'p');
}

bool
address_is_of_online(const char *value)
{
	static const char legacy[] = "x500:/o=ExchangeLabs";

	/* Nearly all begin with "smtp:". */
	if ((value[0] | 32) != 'x' && (value[0] | 32) != 'e')
		return false;
	return strncasecmp(value, legacy, sizeof(legacy) - 1) == 0 ||
	       strncasecmp(value, "eum:", 4) == 0;
}

const char *
address_body(const char *value)
{
	if (is_smtp(value))
		return value + 5;
	if (other_type(value) == ADDRESS_MALFORMED)
		return value;
	return strchr(value, ':') + 1;
}

bool
address_is_same(const char *a, const char *b)
{
	return a && b && utf8_same_folded(address_body(a), address_body(b));
}

const char *
address_domain(const char *address)
{
	const char *at = strrchr(address, '@');

	return at ? at + 1 : NULL;
}

/* A domain of the service, and its length: they are asked for very often. */
struct service_domain {
	const char *text;
	size_t len;
};

#define SERVICE_DOMAIN(text) { text, sizeof(text) - 1 }

/* Whether DOMAIN, of LEN bytes, is the suffix or ends in a dot and it. */
static inline bool
is_below(const char *domain, size_t len, const struct service_domain *s)
{
	/* The middle letter tells most strangers at once. */
	if (len < s->len ||
	    (domain[len - s->len / 2] | 32) != s->text[s->len - s->len / 2] ||
	    ascii_casecmp(domain + len - s->len, s->text) != 0)
		return false;
	return len == s->len || domain[len - s->len - 1] == '.';
}

/* Graph documentation, "National cloud deployments". */
static const struct service_domain initial_suffixes[] = {
	SERVICE_DOMAIN("onmicrosoft.com"), SERVICE_DOMAIN("onmicrosoft.us"),
	SERVICE_DOMAIN("onmicrosoft.de"),
	SERVICE_DOMAIN("partner.onmschina.cn"),
};

bool
domain_is_initial(const char *domain)
{
	size_t n = sizeof(initial_suffixes) / sizeof(initial_suffixes[0]);
	size_t len = strlen(domain);

	for (size_t i = 0; i < n; i++)
		if (is_below(domain, len, &initial_suffixes[i]) &&
		    len > initial_suffixes[i].len)
			return true;
	return false;
}

bool
domain_is_routing(const char *domain)
{
	static const char label[] = "mail.";
	const char *dot = strchr(domain, '.');

	return dot && (dot[1] | 32) == label[0] &&
	       strncasecmp(dot + 1, label, sizeof(label) - 1) == 0 &&
	       domain_is_initial(domain) &&
	       !domain_is_initial(dot + 1 + sizeof(label) - 1);
}

bool
domain_is_reserved(const char *domain)
{
	static const struct service_domain reserved =
		SERVICE_DOMAIN("microsoftonline.com");

	return domain_is_initial(domain) ||
	       is_below(domain, strlen(domain), &reserved);
}

/* A domain has no underscore: the last one stands for the @. */
bool
address_of_guest(const char *upn, char address[ADDRESS_OF_GUEST])
{
	const char *end = upn ? strstr(upn, "#EXT#") : NULL;
	size_t len = end ? (size_t)(end - upn) : 0;
	char *at;

	if (!len || len >= ADDRESS_OF_GUEST)
		return false;
	memcpy(address, upn, len);
	address[len] = '\0';
	at = strrchr(address, '_');
	if (!at || at == address || !strchr(at, '.'))
		return false;
	*at = '@';
	return true;
}
