/* Takes values of proxyAddresses apart, and says what is wrong in them. */
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

const char *
address_domain(const char *address)
{
	const char *at = strrchr(address, '@');

	return at ? at + 1 : NULL;
}

const char address_replaced[] = "`|=?/%";

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

/* What every address may have; other characters are looked at one by one. */
static const bool is_plain[256] = {
	['-'] = true, ['.'] = true, ['@'] = true, ['_'] = true,
	['0'] = true, ['1'] = true, ['2'] = true, ['3'] = true, ['4'] = true,
	['5'] = true, ['6'] = true, ['7'] = true, ['8'] = true, ['9'] = true,
	['A'] = true, ['B'] = true, ['C'] = true, ['D'] = true, ['E'] = true,
	['F'] = true, ['G'] = true, ['H'] = true, ['I'] = true, ['J'] = true,
	['K'] = true, ['L'] = true, ['M'] = true, ['N'] = true, ['O'] = true,
	['P'] = true, ['Q'] = true, ['R'] = true, ['S'] = true, ['T'] = true,
	['U'] = true, ['V'] = true, ['W'] = true, ['X'] = true, ['Y'] = true,
	['Z'] = true, ['a'] = true, ['b'] = true, ['c'] = true, ['d'] = true,
	['e'] = true, ['f'] = true, ['g'] = true, ['h'] = true, ['i'] = true,
	['j'] = true, ['k'] = true, ['l'] = true, ['m'] = true, ['n'] = true,
	['o'] = true, ['p'] = true, ['q'] = true, ['r'] = true, ['s'] = true,
	['t'] = true, ['u'] = true, ['v'] = true, ['w'] = true, ['x'] = true,
	['y'] = true, ['z'] = true,
};

bool
address_is_replaced(const char *address)
{
	for (; *address && *address != '@'; address++)
		if (!is_plain[(unsigned char)*address] &&
		    strchr(address_replaced, *address))
			return strchr(address, '@') != NULL;
	return false;
}

static const char *
character_fault(char c)
{
	if (is_plain[(unsigned char)c])
		return NULL;
	if (isspace((unsigned char)c))
		return "has a blank in it";
	if (strchr("<>();,[]\"", c))
		return "has one of < > ( ) ; , [ ] \" in it";
	if (c & 0x80 || iscntrl((unsigned char)c))
		return "has a character outside ASCII";
	return NULL;
}

/*
 * Whether it is as nearly all addresses are: a pass over it tells, and nothing
 * is wrong with it.
 */
static bool
is_common(const char *address)
{
	size_t at = 0, dot = 0, i = 0;
	unsigned signs = 0;
	char last = '.';

	for (; is_plain[(unsigned char)address[i]]; last = address[i++]) {
		if (address[i] == '.' && (last == '.' || last == '@'))
			return false;
		if (address[i] == '.')
			dot = i;
		if (address[i] != '@')
			continue;
		if (last == '.' || signs++)
			return false;
		at = i;
	}
	return !address[i] && signs == 1 && at > 0 && at <= 64 && i <= 256 &&
	       dot > at && dot < i - 1 && !strchr(address + at, '_');
}

const char *
address_fault(const char *address)
{
	const char *at;
	size_t local;

	if (is_common(address))
		return NULL;
	at = strchr(address, '@');
	local = at ? (size_t)(at - address) : 0;
	if (!*address)
		return "is empty";
	for (const char *p = address; *p; p++)
		if (character_fault(*p))
			return character_fault(*p);
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

const char upn_signs[] = "'-_!#^~";

static const char *
upn_character_fault(char c)
{
	if (is_plain[(unsigned char)c] || (c && strchr(upn_signs, c)))
		return NULL;
	return c & 0x80 ? "has a letter that is not in A to Z"
	                : "has a character that a UPN cannot have";
}

const char *
upn_fault(const char *upn)
{
	const char *at;

	/* Whatever can be an address in 64 and 48 characters can be a name. */
	if (is_common(upn) && strlen(upn) <= 113)
		return NULL;
	at = strchr(upn, '@');
	if (!at || at == upn)
		return at ? "has nothing before the @" : "has no @";
	if (strchr(at + 1, '@'))
		return "has more than one @";
	for (const char *p = upn; p < at; p++)
		if (upn_character_fault(*p))
			return upn_character_fault(*p);
	for (const char *p = at + 1; *p; p++)
		if (!isalnum((unsigned char)*p) && *p != '.' && *p != '-')
			return "has a character after the @ that no domain "
			       "has";
	if (!at[1])
		return "has no domain after the @";
	if (at - upn > 64 || strlen(upn) > 113)
		return "is too long";
	if (*upn == '.' || at[-1] == '.' || strstr(upn, "..") ||
	    upn[strlen(upn) - 1] == '.')
		return "has a dot at the start or end, before the @, or two "
		       "in a row";
	return NULL;
}

/* Whether DOMAIN, of LEN bytes, is SUFFIX or ends in ".SUFFIX". */
static bool
is_below(const char *domain, size_t len, const char *suffix)
{
	size_t tail = strlen(suffix);

	/* The middle letter tells most strangers at once. */
	if (len < tail ||
	    (domain[len - tail / 2] | 32) != suffix[tail - tail / 2] ||
	    ascii_casecmp(domain + len - tail, suffix) != 0)
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
	size_t len = strlen(domain);

	for (size_t i = 0; i < n; i++)
		if (is_below(domain, len, initial_suffixes[i]) &&
		    len > strlen(initial_suffixes[i]))
			return true;
	return false;
}

bool
domain_is_reserved(const char *domain)
{
	return domain_is_initial(domain) ||
	       is_below(domain, strlen(domain), "microsoftonline.com");
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
