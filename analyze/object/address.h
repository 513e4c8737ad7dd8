/*
 * Proxy addresses: "SMTP:user@example.com". The prefix in upper case marks the
 * primary address (KB3190357, "How the proxyAddresses attribute is populated
 * in Microsoft Entra ID", section Terminology).
 */
#ifndef ANALYZE_OBJECT_ADDRESS_H
#define ANALYZE_OBJECT_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum address_type {
	ADDRESS_PRIMARY,       /* "SMTP:" */
	ADDRESS_SECONDARY,     /* "smtp:" in any other spelling */
	ADDRESS_OTHER,         /* "x500:", "sip:" ... */
	ADDRESS_MALFORMED,     /* no prefix */
};

enum address_type address_type(const char *value);
/*
 * Whether it is a value that services of the tenant write by themselves, and
 * synchronization leaves alone: of Teams ("SIP:") and SharePoint ("SPO:").
 */
bool address_is_of_service(const char *value);
/*
 * Whether it is one that Exchange Online writes into an account by itself: by
 * its own legacyExchangeDN ("X500:/o=ExchangeLabs"), or of the unified
 * messaging of old ("EUM:"). Where AD has it as well, it is like others.
 */
bool address_is_of_online(const char *value);
/* Whether it stays what the account has, whatever AD says: all but SIP. */
bool address_stays(const char *value);
/* What follows the prefix; VALUE itself when there is none. */
const char *address_body(const char *value);
/* Whether both are there and one, with a prefix or without, in any case. */
bool address_is_same(const char *a, const char *b);
/* What follows the last "@", or NULL. */
const char *address_domain(const char *address);

enum { ADDRESS_OF_GUEST = 256 };
/*
 * Writes the address by which a guest signs in, as his userPrincipalName tells
 * it: "x_example.com#EXT#@contoso.onmicrosoft.com"; false where it does not.
 */
bool address_of_guest(const char *upn, char address[ADDRESS_OF_GUEST]);

/*
 * VALUE, of proxyAddresses or an address alone, without what nobody meant to
 * write (clean_text), before and behind its prefix; in A.
 */
const char *address_cleaned(const char *value, struct arena *a);
/* Whether that may be another text; nearly always it is not. */
bool address_is_unclean(const char *value);

/* Whether DOMAIN is an initial domain of some cloud or below one. */
bool domain_is_initial(const char *domain);

/*
 * Whether DOMAIN is a routing domain, tenant.mail.onmicrosoft.com, by which
 * Exchange on-premises and Exchange Online send to each other's mailboxes.
 */
bool domain_is_routing(const char *domain);

/*
 * Whether addresses in DOMAIN are dropped before they reach the tenant:
 * *.onmicrosoft.com and *.microsoftonline.com (KB3190357). The tenant's own
 * routing domain, which hybrid moves need, is for others to except.
 */
bool domain_is_reserved(const char *domain);

#endif
