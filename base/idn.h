/* Internationalized domain names: alone knows libidn2. */
#ifndef BASE_IDN_H
#define BASE_IDN_H

/*
 * The form of DOMAIN by which mail goes and DNS finds it, in letters of ASCII
 * ("xn--", RFC 5891), however it is spelt: to be freed. NULL: DOMAIN is none.
 */
char *idn_ascii(const char *domain);

#endif
